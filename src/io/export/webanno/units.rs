//! Passages as WebAnno TSV places them: on tokens, and on parts of tokens.

use std::collections::BTreeMap;

use crate::export::Scope;
use crate::export::words::Words;
use crate::loss::{Losses, RangeLoss};
use demarche_model::{Layer, Span, TextRange};

/// A token by its number, or a part of it by its bytes.
pub(super) type Unit = (usize, Option<TextRange>);

/// A passage, or a piece of one, on its units.
pub(super) struct Mark<'a> {
    pub span: &'a Span,
    /// The unit that it begins with.
    pub first: Unit,
    /// What tells it from others, where that is needed.
    pub number: Option<usize>,
}

/// All passages of a layer, and which lie on a unit.
#[derive(Default)]
pub(super) struct Units<'a> {
    pub marks: Vec<Mark<'a>>,
    pub at: BTreeMap<Unit, Vec<usize>>,
}

impl<'a> Units<'a> {
    /// Places the chosen passages of a layer.
    pub fn of(scope: &'a Scope<'_>, layer: &'a Layer, words: &Words, losses: &mut Losses) -> Self {
        let mut units = Self::default();
        for span in scope.spans(layer) {
            losses.add(RangeLoss::SplitPassages, usize::from(span.ranges.count() > 1));
            let mut moved = false;
            for range in span.ranges.iter() {
                let touched = words.touched(range);
                if touched.is_empty() {
                    losses.add(RangeLoss::PartsWithoutWords, 1);
                    continue;
                }
                let ends = [touched.start, touched.end - 1].map(|at| words.tokens[at]);
                moved |= range.start < ends[0].start || range.end > ends[1].end;
                let list: Vec<Unit> = touched.map(|at| (at, part(words.tokens[at], range))).collect();
                units.add(span, &list);
            }
            losses.add(RangeLoss::TrimmedPassages, usize::from(moved));
        }
        units.number();
        units
    }

    fn add(&mut self, span: &'a Span, list: &[Unit]) {
        let mark = self.marks.len();
        // Until they are numbered, `Some` marks those that need it.
        let number = (list.len() > 1).then_some(0);
        self.marks.push(Mark { span, first: list[0], number });
        for unit in list {
            let there = self.at.entry(*unit).or_default();
            there.push(mark);
            if there.len() > 1 {
                there.iter().for_each(|&mark| self.marks[mark].number = Some(0));
            }
        }
    }

    fn number(&mut self) {
        let needy = self.marks.iter_mut().filter_map(|mark| mark.number.as_mut());
        needy.zip(1..).for_each(|(number, next)| *number = next);
    }
}

/// The part of a token that lies in a range, if that is not all of it.
fn part(token: TextRange, range: TextRange) -> Option<TextRange> {
    token.intersect(range).filter(|part| *part != token)
}
