//! What has become of a passage.

use super::fresh::Wanted;
use super::similarity::at_most;
use super::{Alignment, Run, similarity};
use crate::segment;
use demarche_model::{Likeness, Ranges, TextRange};

/// From this likeness on, in percent, a place is proposed. Below it two quotes share letters rather than words.
const ALIKE: u8 = 55;
/// From this likeness on, in percent, what stands in the place of a passage is not looked for elsewhere.
const NEARLY: u8 = 90;
/// Longer passages, in bytes, are as alike as their runs say: they need not be compared once more.
const BY_RUNS: usize = 4096;
/// A run of so many bytes is not met twice by chance.
const LONG: usize = 1024;
/// Bytes to either side of a passage that help to tell it from others.
const CONTEXT: usize = 96;
/// A window of so many bytes with a phrase that is met once is enough, whatever stands around it.
const TELLING: usize = 40;
/// One byte of so many around a passage has to be the same still, or it stands among other words.
const HELD: usize = 3;

/// What has become of a passage in a later version of its text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fate {
    /// The same words at the same place.
    Exact,
    /// The same words at another place, which follows from what stands around them; where they are now.
    Moved(Ranges),
    /// Perhaps here; a person has to look.
    Fuzzy(Likeness),
    /// Nothing like it was found.
    Lost,
}

/// Where one range has gone.
enum Place {
    Sure(TextRange),
    Likely(TextRange, u8),
    Nowhere,
}

pub(super) fn fate(alignment: &Alignment, ranges: &Ranges) -> Fate {
    let places: Vec<Place> = ranges.iter().map(|range| place(alignment, range)).collect();
    let (mut found, mut sure, mut likeness) = (Vec::new(), true, 0);
    for (range, place) in ranges.iter().zip(&places) {
        match place {
            Place::Sure(to) => {
                found.push(*to);
                likeness += 100 * range.len();
            }
            Place::Likely(to, percent) => {
                found.push(*to);
                likeness += usize::from(*percent) * range.len();
                sure = false;
            }
            Place::Nowhere => sure = false,
        }
    }
    let total: usize = ranges.iter().map(TextRange::len).sum();
    let percent = (likeness / total.max(1)) as u8;
    let Some(new) = Ranges::new(found) else { return Fate::Lost };
    // Two ranges that touch now are one: no longer the same quote.
    if sure && new.count() == ranges.count() {
        return if new == *ranges { Fate::Exact } else { Fate::Moved(new) };
    }
    if percent < ALIKE { Fate::Lost } else { Fate::Fuzzy(Likeness { ranges: new, percent }) }
}

fn place(alignment: &Alignment, range: TextRange) -> Place {
    if !alignment.old.holds(range) {
        return Place::Nowhere;
    }
    if let Some((to, window)) = carried(alignment, range).filter(|(to, _)| is_whole(alignment, range, *to)) {
        let sure = is_certain(alignment, range, to, window);
        return if sure { Place::Sure(to) } else { Place::Likely(to, 100) };
    }
    let here = in_place(alignment, range);
    if let Some(here) = here.filter(|(_, percent)| *percent >= NEARLY) {
        return likely(here);
    }
    let wanted = Wanted { text: &alignment.old, range };
    let there = alignment.fresh().find(&alignment.new, &wanted);
    let better = |a: (TextRange, u8), b: (TextRange, u8)| if b.1 > a.1 { b } else { a };
    match (here, there) {
        (Some(here), Some(there)) => likely(better(here, there)),
        (here, there) => here.or(there).map_or(Place::Nowhere, likely),
    }
}

fn likely((range, percent): (TextRange, u8)) -> Place {
    if percent >= ALIKE { Place::Likely(range, percent) } else { Place::Nowhere }
}

/// Where the words of a range are, if they are unchanged and the comparison leads there; and the unchanged stretch of the
/// old text that they stand in.
fn carried(alignment: &Alignment, range: TextRange) -> Option<(TextRange, TextRange)> {
    let to = |start: usize| TextRange { start, end: start + range.len() };
    let at = alignment.run_before(range.start);
    if let Some(run) = at.map(|at| alignment.runs[at])
        && range.end <= run.old_end()
    {
        let start = run.new + (range.start - run.old);
        return Some((to(start), TextRange { start: run.old, end: run.old_end() }));
    }
    // What was taken out or put in may as well have been one a little further: “no, |no, |no” less one “no, ”.
    let before = at.map(|at| alignment.runs[at]);
    let after = alignment.runs.get(at.map_or(0, |at| at + 1)).copied();
    slid_to_after(alignment, range, before, after).or_else(|| slid_to_before(alignment, range, before, after))
}

/// The range ends in the run `after`, and what of it stands before that equals what the run `before` ends with: the new
/// text has it there.
fn slid_to_after(
    alignment: &Alignment,
    range: TextRange,
    before: Option<Run>,
    after: Option<Run>,
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

/// The same for a range that begins in the run `before`.
fn slid_to_before(
    alignment: &Alignment,
    range: TextRange,
    before: Option<Run>,
    after: Option<Run>,
) -> Option<(TextRange, TextRange)> {
    let before = before.filter(|run| run.old <= range.start && range.start < run.old_end())?;
    let end = before.new_end() + (range.end - before.old_end());
    let free = after.map_or(alignment.new.len(), |run| run.new_end());
    let (old, new) = (alignment.old.as_str(), alignment.new.as_str());
    let same = end <= free && old.get(before.old_end()..range.end)? == new.get(before.new_end()..end)?;
    let start = end - range.len();
    same.then_some((TextRange { start, end }, TextRange { start: before.old, end: range.end }))
}

/// Whether no word at either end has grown: “port” in “ports” is another word than “port”.
fn is_whole(alignment: &Alignment, range: TextRange, to: TextRange) -> bool {
    let cut = |text: &str, at: usize| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at..).and_then(|text| text.chars().next());
        before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
    };
    let (old, new) = (alignment.old.as_str(), alignment.new.as_str());
    (cut(old, range.start) || !cut(new, to.start)) && (cut(old, range.end) || !cut(new, to.end))
}

/// Whether the words at a range can't be mistaken for others, given the unchanged stretch around them.
fn is_certain(alignment: &Alignment, range: TextRange, to: TextRange, run: TextRange) -> bool {
    if run.len() >= LONG {
        return true;
    }
    let old = alignment.old.as_str();
    let start = old.ceil_char_boundary(run.start.max(range.start.saturating_sub(CONTEXT)));
    let end = old.floor_char_boundary(run.end.min(range.end + CONTEXT));
    let window = &old[start.min(range.start)..end.max(range.end)];
    let phrase = alignment.unique().has_phrase(window);
    (phrase && window.len() >= TELLING)
        || ((phrase || alignment.unique().has_word(window)) && is_held(alignment, range, to))
}

/// Whether the neighbourhood is what it was: a good part of what stands around the two places is the same.
fn is_held(alignment: &Alignment, range: TextRange, to: TextRange) -> bool {
    let around = |range: TextRange, length: usize| TextRange {
        start: range.start.saturating_sub(CONTEXT),
        end: (range.end + CONTEXT).min(length),
    };
    let old = around(range, alignment.old.len());
    let new = around(to, alignment.new.len());
    let first = alignment.run_before(old.start).unwrap_or(0);
    let near = alignment.runs.iter().skip(first).take_while(|run| run.old < old.end);
    let same: usize = near.filter_map(|run| shared(*run, old, new)).sum();
    let beside = (old.len() - range.len()).max(new.len() - to.len());
    same.saturating_sub(range.len()) * HELD >= beside
}

/// How many bytes a run has inside both stretches.
fn shared(run: Run, old: TextRange, new: TextRange) -> Option<usize> {
    let from = old.start.saturating_sub(run.old).max(new.start.saturating_sub(run.new));
    let to = old.end.checked_sub(run.old)?.min(new.end.checked_sub(run.new)?).min(run.len);
    to.checked_sub(from)
}

/// What stands now between the words around a range, whose own words have changed, and how alike it is.
fn in_place(alignment: &Alignment, range: TextRange) -> Option<(TextRange, u8)> {
    let new = alignment.new.as_str();
    let start = first_at(alignment, range.start);
    let end = last_at(alignment, range.end);
    let found = segment::trim(new, TextRange { start, end: end.max(start) });
    let found = as_whole_words(alignment, range, found);
    // A sentence need not be compared with the chapter that stands in its place now.
    let length = range.len().max(found.len());
    if found.is_empty() || length > LONG && at_most(range.len(), found.len()) < ALIKE {
        return None;
    }
    let percent = if length > BY_RUNS {
        in_common(alignment, range, found)
    } else {
        similarity(alignment.old.slice(range), alignment.new.slice(found))
    };
    Some((found, percent))
}

/// How alike two stretches are, in percent, by what the comparison has found to be the same in them.
fn in_common(alignment: &Alignment, old: TextRange, new: TextRange) -> u8 {
    let first = alignment.run_before(old.start).unwrap_or(0);
    let near = alignment.runs.iter().skip(first).take_while(|run| run.old < old.end);
    let same: usize = near.filter_map(|run| shared(*run, old, new)).sum();
    (200 * same / (old.len() + new.len()).max(1)).min(99) as u8
}

/// Where in the new text something starts that starts here in the old one: what was changed counts as a whole.
fn first_at(alignment: &Alignment, old: usize) -> usize {
    match alignment.run_before(old).map(|at| alignment.runs[at]) {
        Some(run) if old < run.old_end() => run.new + (old - run.old),
        Some(run) => run.new_end(),
        None => 0,
    }
}

/// Where in the new text something ends that ends here in the old one.
fn last_at(alignment: &Alignment, old: usize) -> usize {
    let at = alignment.runs.partition_point(|run| run.old < old);
    match at.checked_sub(1).map(|at| alignment.runs[at]) {
        Some(run) if old <= run.old_end() => run.new + (old - run.old),
        _ => alignment.runs.get(at).map_or(alignment.new.len(), |run| run.new),
    }
}

/// A passage of whole words stays one.
fn as_whole_words(alignment: &Alignment, range: TextRange, found: TextRange) -> TextRange {
    let old = alignment.old.as_str();
    let new = alignment.new.as_str();
    if segment::snap_to_words(old, range) == range && !found.is_empty() {
        segment::snap_to_words(new, found)
    } else {
        found
    }
}
