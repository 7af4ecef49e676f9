//! Finds what two texts have in common, in order: lines first, then words where lines differ, then the ends
//! of words.

use std::collections::HashMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation as _;

use demarche_model::Progress;

use super::{MatchedRun, phrases};

/// The most word pairs that are compared directly. Longer stretches are first divided at phrases that occur
/// once in each, since comparing two unrelated texts would cost the full product.
const MAX_WORD_PAIRS: usize = 1_000_000;

/// Returns the runs that two texts share, sorted, and joined where they touch in both. Once the work is
/// stopped, the remaining stretches are skipped.
pub(super) fn matched_runs(old: &str, new: &str, progress: &dyn Progress) -> Vec<MatchedRun> {
    let mut out = Collector::default();
    let prefix = common_first_lines(old, new);
    let suffix = common_last_lines(&old[prefix..], &new[prefix..]);
    out.add(MatchedRun { old: 0, new: 0, len: prefix });
    let (old_end, new_end) = (old.len() - suffix, new.len() - suffix);
    let middle = Stretches { old: &old[prefix..old_end], new: &new[prefix..new_end], at: (prefix, prefix) };
    let units = Units::of_both_texts(middle, |text| text.split_inclusive('\n').map(str::len).collect());
    middle.compare(&units, &mut out, &|gap, out| {
        if !progress.is_stopped() {
            gap.compare_words(out);
        }
    });
    out.add(MatchedRun { old: old_end, new: new_end, len: suffix });
    without_lone_punctuation(out.runs, old)
}

#[derive(Default)]
struct Collector {
    runs: Vec<MatchedRun>,
}

impl Collector {
    fn add(&mut self, run: MatchedRun) {
        if run.len == 0 {
            return;
        }
        match self.runs.last_mut() {
            Some(last) if last.old_end() == run.old && last.new_end() == run.new => last.len += run.len,
            _ => self.runs.push(run),
        }
    }
}

/// Corresponding stretches of both texts that are to be compared, with their starts.
#[derive(Clone, Copy)]
struct Stretches<'a> {
    old: &'a str,
    new: &'a str,
    at: (usize, usize),
}

impl<'a> Stretches<'a> {
    /// Compares both stretches unit by unit. A gap between matches goes to `on_gap` if neither side of it is
    /// empty.
    fn compare(
        self,
        (old, new): &(Units, Units),
        out: &mut Collector,
        on_gap: &dyn Fn(Stretches<'a>, &mut Collector),
    ) {
        let mut open = (0, 0);
        for op in capture_diff_slices(Algorithm::Patience, &old.ids, &new.ids) {
            let DiffOp::Equal { old_index, new_index, len } = op else { continue };
            let start = (old.starts[old_index], new.starts[new_index]);
            self.pass_gap(open, start, out, on_gap);
            let length = old.starts[old_index + len] - start.0;
            out.add(MatchedRun { old: self.at.0 + start.0, new: self.at.1 + start.1, len: length });
            open = (start.0 + length, start.1 + length);
        }
        self.pass_gap(open, (self.old.len(), self.new.len()), out, on_gap);
    }

    fn pass_gap(
        self,
        from: (usize, usize),
        to: (usize, usize),
        out: &mut Collector,
        on_gap: &dyn Fn(Stretches<'a>, &mut Collector),
    ) {
        let part = self.between(from, to);
        if !part.old.is_empty() && !part.new.is_empty() {
            on_gap(part, out);
        }
    }

    /// Compares word by word, dividing a long stretch first. Parts that are still too long have no
    /// distinctive phrase in common and are skipped.
    fn compare_words(self, out: &mut Collector) {
        let units = Units::of_both_texts(self, |text| text.split_word_bounds().map(str::len).collect());
        let product = |(old, new): &(Units, Units)| old.ids.len().saturating_mul(new.ids.len());
        if product(&units) <= MAX_WORD_PAIRS {
            return self.compare(&units, out, &|gap, out| gap.match_ends(out));
        }
        let (old, new) = &units;
        let is_word = |text: &str, units: &Units, at: usize| {
            text[units.starts[at]..units.starts[at + 1]].chars().any(|c| !c.is_whitespace())
        };
        let words = |text: &str, units: &Units| {
            let words = (0..units.ids.len()).filter(|&at| is_word(text, units, at));
            words.map(|at| (at, units.ids[at])).collect::<Vec<_>>()
        };
        let mut open = (0, 0);
        let part = |from, to, out: &mut Collector| {
            self.pass_gap(from, to, out, &|gap, out| {
                let units =
                    Units::of_both_texts(gap, |text| text.split_word_bounds().map(str::len).collect());
                if product(&units) <= MAX_WORD_PAIRS {
                    gap.compare(&units, out, &|gap, out| gap.match_ends(out));
                }
            });
        };
        for (at, to) in phrases::paired_words(&words(self.old, old), &words(self.new, new)) {
            let start = (old.starts[at], new.starts[to]);
            part(open, start, out);
            let length = old.starts[at + 1] - start.0;
            out.add(MatchedRun { old: self.at.0 + start.0, new: self.at.1 + start.1, len: length });
            open = (start.0 + length, start.1 + length);
        }
        part(open, (self.old.len(), self.new.len()), out);
    }

    fn between(self, from: (usize, usize), to: (usize, usize)) -> Self {
        Stretches {
            old: &self.old[from.0..to.0],
            new: &self.new[from.1..to.1],
            at: (self.at.0 + from.0, self.at.1 + from.1),
        }
    }

    /// Matches what both stretches begin and end with, so that a word with a new ending keeps its stem.
    fn match_ends(self, out: &mut Collector) {
        let same = self.old.char_indices().zip(self.new.chars()).take_while(|((_, a), b)| a == b).last();
        let prefix = same.map_or(0, |((at, c), _)| at + c.len_utf8());
        let (old, new) = (&self.old[prefix..], &self.new[prefix..]);
        let tail = old.chars().rev().zip(new.chars().rev()).take_while(|(a, b)| a == b);
        let suffix: usize = tail.map(|(c, _)| c.len_utf8()).sum();
        out.add(MatchedRun { old: self.at.0, new: self.at.1, len: prefix });
        let (old_end, new_end) = (self.old.len() - suffix, self.new.len() - suffix);
        out.add(MatchedRun { old: self.at.0 + old_end, new: self.at.1 + new_end, len: suffix });
    }
}

/// A text as a sequence of numbers, equal ones for equal units.
struct Units {
    ids: Vec<u32>,
    /// Start of each unit, followed by the end of the text.
    starts: Vec<usize>,
}

impl Units {
    /// Divides both texts into units whose lengths `lengths` returns.
    fn of_both_texts(pair: Stretches<'_>, lengths: impl Fn(&str) -> Vec<usize>) -> (Self, Self) {
        let mut ids = HashMap::new();
        let old = Self::from_text(pair.old, lengths(pair.old), &mut ids);
        (old, Self::from_text(pair.new, lengths(pair.new), &mut ids))
    }

    fn from_text<'a>(text: &'a str, lengths: Vec<usize>, ids: &mut HashMap<&'a str, u32>) -> Self {
        let mut units = Self { ids: Vec::with_capacity(lengths.len()), starts: vec![0] };
        let mut at = 0;
        for length in lengths {
            let next = ids.len() as u32;
            units.ids.push(*ids.entry(&text[at..at + length]).or_insert(next));
            at += length;
            units.starts.push(at);
        }
        units
    }
}

/// Returns the number of bytes of whole lines that two texts start with in common.
fn common_first_lines(old: &str, new: &str) -> usize {
    if old == new {
        return old.len();
    }
    let same = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    old.as_bytes()[..same].iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1)
}

/// Returns the number of bytes of whole lines that two texts end with in common.
fn common_last_lines(old: &str, new: &str) -> usize {
    let same = old.bytes().rev().zip(new.bytes().rev()).take_while(|(a, b)| a == b).count();
    let tail = &old.as_bytes()[old.len() - same..];
    // The line in which the common part begins may differ before it, unless the common part begins with the
    // line.
    let whole = |text: &str| same == text.len() || text.as_bytes()[text.len() - same - 1] == b'\n';
    if whole(old) && whole(new) {
        return same;
    }
    tail.iter().position(|&b| b == b'\n').map_or(0, |at| same - at - 1)
}

/// Drops runs of spaces and punctuation that are isolated between changes: every text has them, so they are
/// no evidence.
fn without_lone_punctuation(mut runs: Vec<MatchedRun>, old: &str) -> Vec<MatchedRun> {
    runs.retain(|run| run.len > 64 || old[run.old..run.old_end()].chars().any(char::is_alphanumeric));
    runs
}

#[cfg(test)]
mod tests {
    use super::MatchedRun;

    fn runs(old: &str, new: &str) -> Vec<MatchedRun> {
        super::matched_runs(old, new, &())
    }

    fn common(old: &str, new: &str) -> Vec<String> {
        runs(old, new).iter().map(|run| old[run.old..run.old + run.len].to_owned()).collect()
    }

    #[test]
    fn lines_then_words_then_stems_are_compared() {
        assert_eq!(runs("a\nb\n", "a\nb\n"), [MatchedRun { old: 0, new: 0, len: 4 }]);
        assert_eq!(common("one\ntwo\nthree\n", "one\n2\nthree\n"), ["one\n", "\nthree\n"]);
        assert_eq!(common("the port closes today", "the port opens today"), ["the port ", "s today"]);
        assert_eq!(common("unthreatened", "threatened"), ["threatened"]);
        assert_eq!(common("항구를 연다", "항구가 연다"), ["항구", " 연다"]);
        assert_eq!(common("", "x"), [""; 0]);
    }

    #[test]
    fn no_run_cuts_a_character() {
        for (old, new) in [("é", "è"), ("👩‍👩‍👧 x", "👩‍👩‍👦 x"), ("한국", "한글\n"), ("a\r\nb", "a\nb")]
        {
            for run in runs(old, new) {
                assert!(old.get(run.old..run.old + run.len).is_some(), "{old:?} {run:?}");
                assert_eq!(old.get(run.old..run.old + run.len), new.get(run.new..run.new + run.len));
            }
        }
    }
}
