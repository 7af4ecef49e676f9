//! What two texts have in common, in order: lines, then words where lines differ, then the ends of words.

use std::collections::HashMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation as _;

use demarche_model::Progress;

use super::{Run, anchors};

/// Stretches are compared word by word up to this product of their numbers of words; for longer ones, phrases that each has
/// once say first what belongs together. Comparing two texts that have nothing in common would cost that product.
const WORD_BY_WORD: usize = 1_000_000;

/// The common runs of two texts, sorted, joined where they touch in both. Once the work is stopped, the rest is left out.
pub(super) fn runs(old: &str, new: &str, progress: &dyn Progress) -> Vec<Run> {
    let mut out = Collector::default();
    let prefix = common_lines(old, new);
    let suffix = common_last_lines(&old[prefix..], &new[prefix..]);
    out.add(Run { old: 0, new: 0, len: prefix });
    let (old_end, new_end) = (old.len() - suffix, new.len() - suffix);
    let middle = Pair { old: &old[prefix..old_end], new: &new[prefix..new_end], at: (prefix, prefix) };
    let units = Units::of_both(middle, |text| text.split_inclusive('\n').map(str::len).collect());
    middle.compare(&units, &mut out, &|gap, out| {
        if !progress.is_stopped() {
            gap.compare_words(out);
        }
    });
    out.add(Run { old: old_end, new: new_end, len: suffix });
    without_marks_alone(out.runs, old)
}

#[derive(Default)]
struct Collector {
    runs: Vec<Run>,
}

impl Collector {
    fn add(&mut self, run: Run) {
        if run.len == 0 {
            return;
        }
        match self.runs.last_mut() {
            Some(last) if last.old_end() == run.old && last.new_end() == run.new => last.len += run.len,
            _ => self.runs.push(run),
        }
    }
}

/// A stretch of each text, to be compared, and where the two start.
#[derive(Clone, Copy)]
struct Pair<'a> {
    old: &'a str,
    new: &'a str,
    at: (usize, usize),
}

impl<'a> Pair<'a> {
    /// Compares the two unit by unit; what has no counterpart goes to `rest`, where both sides have something.
    fn compare(
        self,
        (old, new): &(Units, Units),
        out: &mut Collector,
        rest: &dyn Fn(Pair<'a>, &mut Collector),
    ) {
        let mut open = (0, 0);
        for op in capture_diff_slices(Algorithm::Patience, &old.names, &new.names) {
            let DiffOp::Equal { old_index, new_index, len } = op else { continue };
            let start = (old.starts[old_index], new.starts[new_index]);
            self.rest(open, start, out, rest);
            let length = old.starts[old_index + len] - start.0;
            out.add(Run { old: self.at.0 + start.0, new: self.at.1 + start.1, len: length });
            open = (start.0 + length, start.1 + length);
        }
        self.rest(open, (self.old.len(), self.new.len()), out, rest);
    }

    fn rest(
        self,
        from: (usize, usize),
        to: (usize, usize),
        out: &mut Collector,
        rest: &dyn Fn(Pair<'a>, &mut Collector),
    ) {
        let part = self.part(from, to);
        if !part.old.is_empty() && !part.new.is_empty() {
            rest(part, out);
        }
    }

    /// Compares word by word, a long stretch in parts. Parts that are long still have nothing in common that would tell
    /// them from others, and are left out.
    fn compare_words(self, out: &mut Collector) {
        let units = Units::of_both(self, |text| text.split_word_bounds().map(str::len).collect());
        let product = |(old, new): &(Units, Units)| old.names.len().saturating_mul(new.names.len());
        if product(&units) <= WORD_BY_WORD {
            return self.compare(&units, out, &|gap, out| gap.ends(out));
        }
        let (old, new) = &units;
        let is_word = |text: &str, units: &Units, at: usize| {
            text[units.starts[at]..units.starts[at + 1]].chars().any(|c| !c.is_whitespace())
        };
        let words = |text: &str, units: &Units| {
            let words = (0..units.names.len()).filter(|&at| is_word(text, units, at));
            words.map(|at| (at, units.names[at])).collect::<Vec<_>>()
        };
        let mut open = (0, 0);
        let part = |from, to, out: &mut Collector| {
            self.rest(from, to, out, &|gap, out| {
                let units = Units::of_both(gap, |text| text.split_word_bounds().map(str::len).collect());
                if product(&units) <= WORD_BY_WORD {
                    gap.compare(&units, out, &|gap, out| gap.ends(out));
                }
            });
        };
        for (at, to) in anchors::anchors(&words(self.old, old), &words(self.new, new)) {
            let start = (old.starts[at], new.starts[to]);
            part(open, start, out);
            let length = old.starts[at + 1] - start.0;
            out.add(Run { old: self.at.0 + start.0, new: self.at.1 + start.1, len: length });
            open = (start.0 + length, start.1 + length);
        }
        part(open, (self.old.len(), self.new.len()), out);
    }

    fn part(self, from: (usize, usize), to: (usize, usize)) -> Self {
        Pair {
            old: &self.old[from.0..to.0],
            new: &self.new[from.1..to.1],
            at: (self.at.0 + from.0, self.at.1 + from.1),
        }
    }

    /// What the two begin and end with: a word that has got another ending keeps its stem.
    fn ends(self, out: &mut Collector) {
        let same = self.old.char_indices().zip(self.new.chars()).take_while(|((_, a), b)| a == b).last();
        let prefix = same.map_or(0, |((at, c), _)| at + c.len_utf8());
        let (old, new) = (&self.old[prefix..], &self.new[prefix..]);
        let tail = old.chars().rev().zip(new.chars().rev()).take_while(|(a, b)| a == b);
        let suffix: usize = tail.map(|(c, _)| c.len_utf8()).sum();
        out.add(Run { old: self.at.0, new: self.at.1, len: prefix });
        let (old_end, new_end) = (self.old.len() - suffix, self.new.len() - suffix);
        out.add(Run { old: self.at.0 + old_end, new: self.at.1 + new_end, len: suffix });
    }
}

/// A text as numbers, one a unit, the same number for the same unit.
struct Units {
    names: Vec<u32>,
    /// Where each unit starts, and after the last one where the text ends.
    starts: Vec<usize>,
}

impl Units {
    /// Those of both texts, `lengths` giving the lengths of the units of one.
    fn of_both(pair: Pair<'_>, lengths: impl Fn(&str) -> Vec<usize>) -> (Self, Self) {
        let mut names = HashMap::new();
        let old = Self::of(pair.old, lengths(pair.old), &mut names);
        (old, Self::of(pair.new, lengths(pair.new), &mut names))
    }

    fn of<'a>(text: &'a str, lengths: Vec<usize>, names: &mut HashMap<&'a str, u32>) -> Self {
        let mut units = Self { names: Vec::with_capacity(lengths.len()), starts: vec![0] };
        let mut at = 0;
        for length in lengths {
            let next = names.len() as u32;
            units.names.push(*names.entry(&text[at..at + length]).or_insert(next));
            at += length;
            units.starts.push(at);
        }
        units
    }
}

/// How many bytes of whole lines two texts begin with in common.
fn common_lines(old: &str, new: &str) -> usize {
    if old == new {
        return old.len();
    }
    let same = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    old.as_bytes()[..same].iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1)
}

/// How many bytes of whole lines two texts end with in common.
fn common_last_lines(old: &str, new: &str) -> usize {
    let same = old.bytes().rev().zip(new.bytes().rev()).take_while(|(a, b)| a == b).count();
    let tail = &old.as_bytes()[old.len() - same..];
    // The line that the common part begins in may differ before it, unless it begins where a line does.
    let whole = |text: &str| same == text.len() || text.as_bytes()[text.len() - same - 1] == b'\n';
    if whole(old) && whole(new) {
        return same;
    }
    tail.iter().position(|&b| b == b'\n').map_or(0, |at| same - at - 1)
}

/// Leaves out runs of spaces and marks that stand alone between changes: every text has them, so that they say nothing.
fn without_marks_alone(mut runs: Vec<Run>, old: &str) -> Vec<Run> {
    runs.retain(|run| run.len > 64 || old[run.old..run.old_end()].chars().any(char::is_alphanumeric));
    runs
}

#[cfg(test)]
mod tests {
    use super::Run;

    fn runs(old: &str, new: &str) -> Vec<Run> {
        super::runs(old, new, &())
    }

    fn common(old: &str, new: &str) -> Vec<String> {
        runs(old, new).iter().map(|run| old[run.old..run.old + run.len].to_owned()).collect()
    }

    #[test]
    fn lines_then_words_then_stems_are_compared() {
        assert_eq!(runs("a\nb\n", "a\nb\n"), [Run { old: 0, new: 0, len: 4 }]);
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
