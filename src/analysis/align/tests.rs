//! Tests of what happens to passages when their text changes.

use std::sync::Arc;

use proptest::prelude::*;

use super::{Alignment, Realignment};
use demarche_model::{FuzzyMatch, Ranges, Text, TextRange};

fn align(old: &str, new: &str) -> Alignment {
    Alignment::new(Arc::new(Text::new(old)), Arc::new(Text::new(new)))
}

/// Returns the ranges between `[` and `]`, and the text without the brackets.
fn marked(text: &str) -> (Ranges, String) {
    let (mut plain, mut starts, mut ranges) = (String::new(), Vec::new(), Vec::new());
    for c in text.chars() {
        match c {
            '[' => starts.push(plain.len()),
            ']' => ranges.push(TextRange { start: starts.pop().unwrap(), end: plain.len() }),
            c => plain.push(c),
        }
    }
    (Ranges::new(ranges).unwrap(), plain)
}

/// Checks that the passage marked in `old` becomes the one marked in `new`.
fn check(old: &str, new: &str, expect: impl Fn(Ranges) -> Realignment) {
    let (before, old_text) = marked(old);
    let (after, new_text) = marked(new);
    assert_eq!(align(&old_text, &new_text).realign(&before), expect(after), "{old} → {new}");
}

fn fuzzy(percent: u8) -> impl Fn(Ranges) -> Realignment {
    move |ranges| Realignment::Fuzzy(FuzzyMatch { ranges, percent })
}

fn lost(old: &str, new: &str) {
    let (before, old_text) = marked(old);
    assert_eq!(align(&old_text, new).realign(&before), Realignment::Lost, "{old} → {new}");
}

#[test]
fn unchanged_passages_are_exact_or_moved() {
    check("We [will suspend the talks].", "We [will suspend the talks].", |_| Realignment::Exact);
    check("We [will suspend the talks]. Bye.", "We [will suspend the talks]. So long.", |_| {
        Realignment::Exact
    });
    check("We [will suspend] the talks.", "Today we [will suspend] the talks.", Realignment::Moved);
    check(
        "First.\nWe [will suspend] the talks.\nLast line.\n",
        "First.\nA new line stands here.\nWe [will suspend] the talks.\nLast line.\n",
        Realignment::Moved,
    );
    // The neighbours on both sides have changed.
    check(
        "They may [suspend] talks on fishing.",
        "They will [suspend] negotiations on fishing.",
        Realignment::Moved,
    );
}

#[test]
fn changed_words_are_a_fuzzy_match() {
    check("We leave [by Friday] at noon.", "We leave [by Monday] at noon.", fuzzy(67));
    check("We [will suspend the talks] today.", "We [will suspend all talks] today.", fuzzy(86));
    // Only the spacing has changed.
    check("We [will suspend the talks] today.", "We [will suspend\nthe talks] today.", fuzzy(100));
}

#[test]
fn a_passage_of_several_ranges_moves_as_a_whole() {
    check(
        "We [will], if need be, [suspend] talks.",
        "Now we [will], if need be, [suspend] talks.",
        Realignment::Moved,
    );
    check("We [will], if need be, [suspend] talks.", "We [will], if need be, [suspends] talks.", |ranges| {
        Realignment::Fuzzy(FuzzyMatch { ranges, percent: 95 })
    });
    // The words in between are gone, and the two ranges have become one.
    let (before, old) = marked("Norvania [will ]perhaps [suspend] the talks.");
    let realignment = align(&old, "Norvania will suspend the talks.").realign(&before);
    assert!(matches!(realignment, Realignment::Fuzzy(FuzzyMatch { percent: 100, .. })), "{realignment:?}");
}

#[test]
fn a_moved_paragraph_is_proposed_but_not_certain() {
    let old = "Alpha speaks of fish.\nWe [will suspend the talks unless the port reopens].\nBeta speaks of ships.\nGamma \
               speaks of survey data.\n";
    let new = "Alpha speaks of fish.\nBeta speaks of ships.\nGamma speaks of survey data.\nWe [will suspend the talks \
               unless the port reopens].\n";
    let (before, old) = marked(old);
    let (after, new) = marked(new);
    let Realignment::Fuzzy(found) = align(&old, &new).realign(&before) else { panic!("not fuzzy") };
    assert_eq!(found.ranges, after);
    assert!(found.percent > 60, "{found:?}");
}

#[test]
fn similar_words_elsewhere_are_not_taken_for_the_passage() {
    // The passage is gone; the same words occur in a sentence that was there before.
    lost("We [suspend the talks].\nOthers say: suspend the talks.\n", "Others say: suspend the talks.\n");
    // One of two identical lines is gone, and there is no telling which.
    let (before, old) = marked("[Yes.]\nYes.\nNo.\n");
    assert!(matches!(align(&old, "Yes.\nNo.\n").realign(&before), Realignment::Fuzzy(_)));
    // A common word in a sentence that was rewritten.
    let old = "We thank [the] harbour master for long years of good and faithful work in times of trouble.";
    let new =
        "Survey ships of all nations may enter, says a paper that the committee has put before parliament.";
    let (before, old) = marked(old);
    let realignment = align(&old, new).realign(&before);
    assert!(matches!(realignment, Realignment::Fuzzy(_) | Realignment::Lost), "{realignment:?}");
}

#[test]
fn other_scripts_and_line_ends_are_handled() {
    check("협박: [항구를 닫겠다]. 끝.", "새 협박: [항구를 닫겠다]. 끝.", Realignment::Moved);
    check(
        "one 👩‍👩‍👧 [two 🏴‍☠️ three] four",
        "one 👩‍👩‍👦 [two 🏴‍☠️ three] four",
        |ranges| {
            assert_eq!(ranges.start(), "one 👩‍👩‍👧 ".len());
            Realignment::Exact
        },
    );
    check("a first line\r\n[second line]\r\nthird", "a first line\n[second line]\nthird", Realignment::Moved);
    check("e\u{301}tude [cafe\u{301}] bar", "etude [cafe\u{301}] bar", Realignment::Moved);
}

#[test]
fn deleted_texts_and_invalid_ranges_are_lost() {
    lost("We [will suspend the talks].", "");
    lost("[a]", "b");
    let beyond = Ranges::one(TextRange { start: 5, end: 9 }).unwrap();
    assert_eq!(align("abc", "abc").realign(&beyond), Realignment::Lost);
    let cut = Ranges::one(TextRange { start: 1, end: 2 }).unwrap();
    assert_eq!(align("é", "é").realign(&cut), Realignment::Lost);
}

/// Lines of words that are all different.
fn words() -> impl Strategy<Value = Vec<String>> {
    (20_usize..120).prop_map(|count| {
        (0..count).map(|n| format!("w{n}{}", if n % 9 == 8 { ".\n" } else { " " })).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Distinct words, some of which are deleted, inserted or replaced, but none in the passage.
    #[test]
    fn a_passage_that_no_edit_touches_keeps_its_words(
        words in words(),
        first in 0_usize..1000,
        length in 2_usize..8,
        edits in prop::collection::vec((0_usize..1000, 0_usize..3, 1_usize..4), 0..6),
    ) {
        let first = first % (words.len() - 10);
        let passage = first..first + length;
        let start: usize = words[..first].iter().map(String::len).sum();
        let quote = words[passage.clone()].concat();
        let span = Ranges::one(TextRange { start, end: start + quote.trim_end().len() }).unwrap();
        let mut new: Vec<String> = words.clone();
        for (at, what, count) in edits {
            let at = at % words.len();
            let free = |at: usize| !passage.contains(&at);
            for (step, at) in (at..(at + count).min(words.len())).enumerate().filter(|(_, at)| free(*at)) {
                match what {
                    0 => new[at].clear(),
                    1 => new[at] = format!("x{at}y{step} "),
                    _ => new[at].push_str(&format!("n{at}m{step} ")),
                }
            }
        }
        let (old, new) = (words.concat(), new.concat());
        let alignment = align(&old, &new);
        let to = match alignment.realign(&span) {
            Realignment::Exact => span.clone(),
            Realignment::Moved(to) => to,
            other => return Err(TestCaseError::fail(format!("{other:?}\n{old}\n{new}"))),
        };
        prop_assert_eq!(to.count(), 1);
        prop_assert_eq!(quote.trim_end(), alignment.new_text().slice(to.cover()));
    }

    /// For any two texts: an exact or moved passage keeps its words, a proposed one is inside the text, and
    /// the result is the same every time.
    #[test]
    fn realignment_holds_for_any_two_texts(
        old in "([a-c ]|\n|é|한|👩‍👧){0,80}",
        new in "([a-c ]|\n|é|한|👩‍👧){0,80}",
        keep in 0_usize..80,
        at in 0_usize..80,
        length in 1_usize..20,
    ) {
        let keep = old.floor_char_boundary(keep);
        let new = format!("{new}{}", &old[keep..]);
        let start = old.floor_char_boundary(at);
        let end = old.ceil_char_boundary((start + length).min(old.len()));
        let Some(span) = Ranges::one(TextRange { start, end }) else { return Ok(()) };
        let alignment = align(&old, &new);
        let mut last = (0, 0);
        for run in alignment.runs() {
            prop_assert_eq!(&old[run.old..run.old + run.len], &new[run.new..run.new + run.len]);
            prop_assert!(run.old >= last.0 && run.new >= last.1);
            last = (run.old + run.len, run.new + run.len);
        }
        let realignment = alignment.realign(&span);
        match &realignment {
            Realignment::Exact => prop_assert_eq!(old.get(start..end), new.get(start..end)),
            Realignment::Moved(to) => prop_assert_eq!(old.get(start..end), new.get(to.start()..to.end())),
            Realignment::Fuzzy(found) => {
                for range in found.ranges.iter() {
                    prop_assert!(alignment.new_text().holds(range), "{:?}", found);
                }
            }
            Realignment::Lost => {}
        }
        prop_assert_eq!(align(&old, &new).realign(&span), realignment);
        if old == new {
            prop_assert!(!matches!(alignment.realign(&span), Realignment::Moved(_) | Realignment::Lost));
        }
    }
}
