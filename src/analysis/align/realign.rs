//! Realigns a passage: finds its words in a later version of the text.

use super::inserted::Quote;
use super::similarity::upper_bound;
use super::{Alignment, MatchedRun, similarity};
use crate::segment;
use demarche_model::{FuzzyMatch, Ranges, TextRange};

/// The lowest similarity, in percent, at which a match is proposed. Below it, two quotes share letters rather
/// than words.
const MIN_PROPOSED_PERCENT: u8 = 55;
/// The similarity, in percent, from which the text at the passage's old position is accepted without
/// searching elsewhere.
const NEARLY_SAME_PERCENT: u8 = 90;
/// Longer passages, in bytes, take their similarity from the matched runs instead of being compared again.
const MAX_COMPARED_BYTES: usize = 4096;
/// A matched run of this many bytes is not a coincidence.
const LONG_RUN_BYTES: usize = 1024;
/// Bytes on either side of a passage that help to tell it from others.
const CONTEXT_BYTES: usize = 96;
/// A window of this many bytes that contains a unique phrase is enough, whatever its surroundings.
const UNIQUE_WINDOW_BYTES: usize = 40;
/// One in this many bytes around a passage must be unchanged for its context to count as kept.
const MIN_SAME_SHARE: usize = 3;

/// The position of a passage in a later version of its text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Realignment {
    /// The same words at the same position.
    Exact,
    /// The same words at another position, which follows from their surroundings; the new ranges.
    Moved(Ranges),
    /// A possible match that a person has to check.
    Fuzzy(FuzzyMatch),
    /// Nothing similar was found.
    Lost,
}

/// The position of a single range in the new text; a likely one with its similarity in percent.
enum Located {
    Certain(TextRange),
    Likely(TextRange, u8),
    Nowhere,
}

pub(super) fn realign(alignment: &Alignment, ranges: &Ranges) -> Realignment {
    let located: Vec<Located> = ranges.iter().map(|range| locate(alignment, range)).collect();
    let (mut found, mut sure, mut weighted_percent) = (Vec::new(), true, 0);
    for (range, located) in ranges.iter().zip(&located) {
        match located {
            Located::Certain(to) => {
                found.push(*to);
                weighted_percent += 100 * range.len();
            }
            Located::Likely(to, percent) => {
                found.push(*to);
                weighted_percent += usize::from(*percent) * range.len();
                sure = false;
            }
            Located::Nowhere => sure = false,
        }
    }
    let total: usize = ranges.iter().map(TextRange::len).sum();
    let percent = (weighted_percent / total.max(1)) as u8;
    let Some(new) = Ranges::new(found) else { return Realignment::Lost };
    // Two ranges that now touch have become one, so the quote has changed.
    if sure && new.count() == ranges.count() {
        return if new == *ranges { Realignment::Exact } else { Realignment::Moved(new) };
    }
    if percent < MIN_PROPOSED_PERCENT {
        Realignment::Lost
    } else {
        Realignment::Fuzzy(FuzzyMatch { ranges: new, percent })
    }
}

fn locate(alignment: &Alignment, range: TextRange) -> Located {
    if !alignment.old.holds(range) {
        return Located::Nowhere;
    }
    if let Some((to, window)) =
        carry_over(alignment, range).filter(|(to, _)| keeps_word_bounds(alignment, range, *to))
    {
        let sure = is_certain(alignment, range, to, window);
        return if sure { Located::Certain(to) } else { Located::Likely(to, 100) };
    }
    let here = in_place(alignment, range);
    if let Some(here) = here.filter(|(_, percent)| *percent >= NEARLY_SAME_PERCENT) {
        return likely(here);
    }
    let quote = Quote { text: &alignment.old, range };
    let there = alignment.inserted().find(&alignment.new, &quote);
    let better = |a: (TextRange, u8), b: (TextRange, u8)| if b.1 > a.1 { b } else { a };
    match (here, there) {
        (Some(here), Some(there)) => likely(better(here, there)),
        (here, there) => here.or(there).map_or(Located::Nowhere, likely),
    }
}

fn likely((range, percent): (TextRange, u8)) -> Located {
    if percent >= MIN_PROPOSED_PERCENT { Located::Likely(range, percent) } else { Located::Nowhere }
}

/// Returns the new position of a range whose words are unchanged, if the comparison leads there, and the
/// unchanged stretch of the old text around it.
fn carry_over(alignment: &Alignment, range: TextRange) -> Option<(TextRange, TextRange)> {
    let to = |start: usize| TextRange { start, end: start + range.len() };
    let at = alignment.run_before(range.start);
    if let Some(run) = at.map(|at| alignment.runs[at])
        && range.end <= run.old_end()
    {
        let start = run.new + (range.start - run.old);
        return Some((to(start), TextRange { start: run.old, end: run.old_end() }));
    }
    // A deletion or insertion next to a repetition could also have happened a little further on: “no, |no,
    // |no” minus one “no, ”.
    let before = at.map(|at| alignment.runs[at]);
    let after = alignment.runs.get(at.map_or(0, |at| at + 1)).copied();
    shifted_into_next(alignment, range, before, after)
        .or_else(|| shifted_into_previous(alignment, range, before, after))
}

/// Handles a range that ends in the run `after`, where the part before that run equals the end of the run
/// `before` and is found there in the new text.
fn shifted_into_next(
    alignment: &Alignment,
    range: TextRange,
    before: Option<MatchedRun>,
    after: Option<MatchedRun>,
) -> Option<(TextRange, TextRange)> {
    let after = after.filter(|run| run.old < range.end && range.end <= run.old_end())?;
    let missing = after.old - range.start;
    let start = after.new.checked_sub(missing)?;
    let free = before.map_or(0, |run| run.new);
    let (old, new) = (alignment.old.as_str(), alignment.new.as_str());
    let same = start >= free && old.get(range.start..after.old)? == new.get(start..after.new)?;
    let end = start + range.len();
    same.then_some((TextRange { start, end }, TextRange { start: range.start, end: after.old_end() }))
}

/// Handles a range that begins in the run `before`, in the same way.
fn shifted_into_previous(
    alignment: &Alignment,
    range: TextRange,
    before: Option<MatchedRun>,
    after: Option<MatchedRun>,
) -> Option<(TextRange, TextRange)> {
    let before = before.filter(|run| run.old <= range.start && range.start < run.old_end())?;
    let end = before.new_end() + (range.end - before.old_end());
    let free = after.map_or(alignment.new.len(), |run| run.new_end());
    let (old, new) = (alignment.old.as_str(), alignment.new.as_str());
    let same = end <= free && old.get(before.old_end()..range.end)? == new.get(before.new_end()..end)?;
    let start = end - range.len();
    same.then_some((TextRange { start, end }, TextRange { start: before.old, end: range.end }))
}

/// Checks that no word has grown at either end: “port” in “ports” is a different word.
fn keeps_word_bounds(alignment: &Alignment, range: TextRange, to: TextRange) -> bool {
    let cut = |text: &str, at: usize| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at..).and_then(|text| text.chars().next());
        before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
    };
    let (old, new) = (alignment.old.as_str(), alignment.new.as_str());
    (cut(old, range.start) || !cut(new, to.start)) && (cut(old, range.end) || !cut(new, to.end))
}

/// Checks that the words at a range are unambiguous, given the unchanged stretch around them.
fn is_certain(alignment: &Alignment, range: TextRange, to: TextRange, run: TextRange) -> bool {
    if run.len() >= LONG_RUN_BYTES {
        return true;
    }
    let old = alignment.old.as_str();
    let start = old.ceil_char_boundary(run.start.max(range.start.saturating_sub(CONTEXT_BYTES)));
    let end = old.floor_char_boundary(run.end.min(range.end + CONTEXT_BYTES));
    let window = &old[start.min(range.start)..end.max(range.end)];
    let phrase = alignment.unique().has_phrase(window);
    (phrase && window.len() >= UNIQUE_WINDOW_BYTES)
        || ((phrase || alignment.unique().has_word(window)) && is_context_kept(alignment, range, to))
}

/// Checks that enough of the text around both positions is the same.
fn is_context_kept(alignment: &Alignment, range: TextRange, to: TextRange) -> bool {
    let around = |range: TextRange, length: usize| TextRange {
        start: range.start.saturating_sub(CONTEXT_BYTES),
        end: (range.end + CONTEXT_BYTES).min(length),
    };
    let old = around(range, alignment.old.len());
    let new = around(to, alignment.new.len());
    let first = alignment.run_before(old.start).unwrap_or(0);
    let near = alignment.runs.iter().skip(first).take_while(|run| run.old < old.end);
    let same: usize = near.filter_map(|run| shared_bytes(*run, old, new)).sum();
    let context_bytes = (old.len() - range.len()).max(new.len() - to.len());
    same.saturating_sub(range.len()) * MIN_SAME_SHARE >= context_bytes
}

/// Returns the number of bytes of a run that are inside both ranges.
fn shared_bytes(run: MatchedRun, old: TextRange, new: TextRange) -> Option<usize> {
    let from = old.start.saturating_sub(run.old).max(new.start.saturating_sub(run.new));
    let to = old.end.checked_sub(run.old)?.min(new.end.checked_sub(run.new)?).min(run.len);
    to.checked_sub(from)
}

/// Returns the text that has replaced a range whose words have changed, bounded by its unchanged neighbours,
/// and the similarity in percent.
fn in_place(alignment: &Alignment, range: TextRange) -> Option<(TextRange, u8)> {
    let new = alignment.new.as_str();
    let start = new_start(alignment, range.start);
    let end = new_end(alignment, range.end);
    let found = segment::trim(new, TextRange { start, end: end.max(start) });
    let found = as_whole_words(alignment, range, found);
    // Comparing a sentence with the chapter that has replaced it would be a waste.
    let length = range.len().max(found.len());
    if found.is_empty()
        || length > LONG_RUN_BYTES && upper_bound(range.len(), found.len()) < MIN_PROPOSED_PERCENT
    {
        return None;
    }
    let percent = if length > MAX_COMPARED_BYTES {
        shared_percent(alignment, range, found)
    } else {
        similarity(alignment.old.slice(range), alignment.new.slice(found))
    };
    Some((found, percent))
}

/// Returns the similarity of two stretches in percent, measured by the matched runs.
fn shared_percent(alignment: &Alignment, old: TextRange, new: TextRange) -> u8 {
    let first = alignment.run_before(old.start).unwrap_or(0);
    let near = alignment.runs.iter().skip(first).take_while(|run| run.old < old.end);
    let same: usize = near.filter_map(|run| shared_bytes(*run, old, new)).sum();
    (200 * same / (old.len() + new.len()).max(1)).min(99) as u8
}

/// Maps the start of a range to the new text; a changed stretch counts as a whole.
fn new_start(alignment: &Alignment, old: usize) -> usize {
    match alignment.run_before(old).map(|at| alignment.runs[at]) {
        Some(run) if old < run.old_end() => run.new + (old - run.old),
        Some(run) => run.new_end(),
        None => 0,
    }
}

/// Maps the end of a range to the new text; a changed stretch counts as a whole.
fn new_end(alignment: &Alignment, old: usize) -> usize {
    let at = alignment.runs.partition_point(|run| run.old < old);
    match at.checked_sub(1).map(|at| alignment.runs[at]) {
        Some(run) if old <= run.old_end() => run.new + (old - run.old),
        _ => alignment.runs.get(at).map_or(alignment.new.len(), |run| run.new),
    }
}

/// Widens the match to whole words if the passage consisted of whole words.
fn as_whole_words(alignment: &Alignment, range: TextRange, found: TextRange) -> TextRange {
    let old = alignment.old.as_str();
    let new = alignment.new.as_str();
    if segment::snap_to_words(old, range) == range && !found.is_empty() {
        segment::snap_to_words(new, found)
    } else {
        found
    }
}
