//! Places in one of two compared texts, as seen from the other: for showing both side by side. They follow from the
//! stretches that both texts share, and from nothing else, so they cost a binary search.

use demarche_model::{Ranges, TextRange};

use super::{Alignment, MatchedRun};
use crate::segment;

impl Alignment {
    /// Returns the byte of the old text that corresponds to one of the new text. Between shared stretches it is as far from
    /// both, on a character boundary.
    pub fn old_offset(&self, new: usize) -> usize {
        let to = self.project(new, |run| (run.new, run.old), (self.new.len(), self.old.len()));
        self.old.as_str().floor_char_boundary(to)
    }

    /// Returns the byte of the new text that corresponds to one of the old text, like [`Alignment::old_offset`].
    pub fn new_offset(&self, old: usize) -> usize {
        let to = self.project(old, |run| (run.old, run.new), (self.old.len(), self.new.len()));
        self.new.as_str().floor_char_boundary(to)
    }

    /// Returns where the words at `ranges` of the new text are in the old one: from the first to the last that both share,
    /// for each range. `None` if they share none.
    pub fn old_ranges(&self, ranges: &Ranges) -> Option<Ranges> {
        Ranges::new(ranges.iter().filter_map(|range| self.old_range(range)))
    }

    /// Returns the stretches of the old text whose words the new one does not share, in order.
    pub fn only_in_old(&self) -> Vec<TextRange> {
        self.gaps(self.old.as_str(), |run| run.old)
    }

    /// Returns the stretches of the new text whose words the old one does not share, in order.
    pub fn only_in_new(&self) -> Vec<TextRange> {
        self.gaps(self.new.as_str(), |run| run.new)
    }

    /// Returns the stretches of a text between the runs in whole words, without those that are nothing but white space.
    fn gaps(&self, text: &str, start: impl Fn(&MatchedRun) -> usize) -> Vec<TextRange> {
        let starts = self.runs.iter().map(&start).chain([text.len()]);
        let ends = [0].into_iter().chain(self.runs.iter().map(|run| start(run) + run.len));
        let gaps = ends.zip(starts).filter(|(from, to)| from < to);
        let trimmed = gaps.map(|(start, end)| segment::trim(text, TextRange { start, end }));
        let mut out: Vec<TextRange> = Vec::new();
        for gap in trimmed.filter(|gap| !gap.is_empty()) {
            let words = segment::snap_to_words(text, gap);
            match out.last_mut().filter(|last| words.start < last.end) {
                Some(last) => last.end = last.end.max(words.end),
                None => out.push(words),
            }
        }
        out
    }

    fn old_range(&self, range: TextRange) -> Option<TextRange> {
        let first = self.runs.partition_point(|run| run.new_end() <= range.start);
        let after = self.runs.partition_point(|run| run.new < range.end);
        let (first, last) = (self.runs.get(first)?, self.runs.get(after.checked_sub(1)?)?);
        let start = first.old + range.start.saturating_sub(first.new);
        let end = last.old + (range.end.min(last.new_end()) - last.new);
        (start < end).then_some(TextRange { start, end })
    }

    /// `sides` gives the starts of a run in the text of `from` and in the other; `lengths` are those of the two texts.
    fn project(
        &self,
        from: usize,
        sides: impl Fn(&MatchedRun) -> (usize, usize),
        lengths: (usize, usize),
    ) -> usize {
        let next = self.runs.partition_point(|run| sides(run).0 <= from);
        let before = next.checked_sub(1).and_then(|at| self.runs.get(at));
        let (here, there) = match before {
            Some(run) if from < sides(run).0 + run.len => return sides(run).1 + (from - sides(run).0),
            Some(run) => (sides(run).0 + run.len, sides(run).1 + run.len),
            None => (0, 0),
        };
        let (here_end, there_end) = self.runs.get(next).map_or(lengths, &sides);
        let (gap, gap_there) = (here_end.saturating_sub(here), there_end.saturating_sub(there));
        let inside = from.saturating_sub(here).min(gap);
        let part = inside as u64 * gap_there as u64 / (gap as u64).max(1);
        there + part as usize
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use demarche_model::Text;

    const OLD: &str =
        "One line stays.\n\nWe leave by Friday at noon.\n\nThis goes away.\n\nThe end is near.\n";
    const NEW: &str =
        "A new first line.\n\nOne line stays.\n\nWe leave by Monday at noon.\n\nThe end is near.\n";

    fn alignment() -> Alignment {
        Alignment::new(Arc::new(Text::new(OLD)), Arc::new(Text::new(NEW)))
    }

    fn at(text: &str, words: &str) -> TextRange {
        let start = text.find(words).unwrap();
        TextRange { start, end: start + words.len() }
    }

    fn old_words(words: &str) -> Option<String> {
        let found = alignment().old_ranges(&Ranges::one(at(NEW, words)).unwrap())?;
        Some(Text::new(OLD).slice(found.cover()).to_owned())
    }

    #[test]
    fn shared_words_are_where_they_were() {
        assert_eq!(old_words("line stays").as_deref(), Some("line stays"));
        assert_eq!(old_words("leave by Monday at noon").as_deref(), Some("leave by Friday at noon"));
        assert_eq!(old_words("new first"), None);
    }

    #[test]
    fn words_that_only_one_text_has_are_listed() {
        let alignment = alignment();
        let words = |text: &str, ranges: Vec<TextRange>| {
            ranges.into_iter().map(|range| Text::new(text).slice(range).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(words(OLD, alignment.only_in_old()), ["Friday", "This goes away."]);
        assert_eq!(words(NEW, alignment.only_in_new()), ["A new first line.", "Monday"]);
        let same = Alignment::new(Arc::new(Text::new(OLD)), Arc::new(Text::new(OLD)));
        assert!(same.only_in_old().is_empty() && same.only_in_new().is_empty());
    }

    #[test]
    fn offsets_lead_there_and_back_and_stay_in_order() {
        let alignment = alignment();
        for words in ["line stays", "leave by", "end is near"] {
            let (old, new) = (at(OLD, words).start, at(NEW, words).start);
            assert_eq!((alignment.old_offset(new), alignment.new_offset(old)), (old, new), "{words}");
        }
        let all: Vec<usize> = (0..=NEW.len()).map(|new| alignment.old_offset(new)).collect();
        assert!(all.is_sorted() && all.iter().all(|old| *old <= OLD.len()));
        assert_eq!((all.first(), all.last()), (Some(&0), Some(&OLD.len())));
        let back: Vec<usize> = (0..=OLD.len()).map(|old| alignment.new_offset(old)).collect();
        assert!(back.is_sorted() && back.iter().all(|new| *new <= NEW.len()));
    }

    #[test]
    fn texts_without_common_words_and_empty_ones_have_places_too() {
        for (old, new) in [("", ""), ("", "words"), ("words", ""), ("alpha beta", "γ δ ε ζ")] {
            let alignment = Alignment::new(Arc::new(Text::new(old)), Arc::new(Text::new(new)));
            for offset in 0..=new.len() {
                assert!(old.is_char_boundary(alignment.old_offset(offset)));
            }
        }
    }
}
