//! Interpretation of positions: the standard leaves open whether the end is inclusive, and programs count different units.
//!
//! The readings of units and line ends are those of all formats. The one that fits is chosen here, since a selection
//! has no quote. Its name usually begins with its words, but may be cut short or edited by hand, so it can support a
//! reading but is not a reason to refuse a selection.

use super::project::Selection;
use crate::annotations::placing::{Offsets, readings};
use crate::annotations::{Counting, LineEnds};
use demarche_model::Text;

/// Number of passages that must support another reading than the default, if no quotes do.
const FEW: usize = 3;

/// One way to read positions. The default is that of the standard, with an exclusive end.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Reading {
    /// Whether the end is the last character rather than the one after it.
    pub inclusive: bool,
    /// The unit of positions.
    pub counting: Counting,
}

/// The quality of a reading, the most important criterion first.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
struct Fit {
    /// Selections that are empty or leave the text.
    outside: usize,
    /// Selections whose name is exactly their words.
    named: usize,
    /// Selections that begin with their name.
    begun: usize,
    /// Selections that end at the end of a word.
    ended: usize,
}

impl Fit {
    fn beats(self, other: Self) -> bool {
        let clearly = self.ended >= FEW && self.ended > 2 * other.ended;
        let order = other.outside.cmp(&self.outside).then(self.named.cmp(&other.named));
        order.then(self.begun.cmp(&other.begun)).then(clearly.cmp(&false)).is_gt()
    }
}

/// Returns the reading that fits all documents best, given texts with their selections.
pub(super) fn best(documents: &[(&str, &[Selection])]) -> Reading {
    let mut countings = vec![Counting::default()];
    for counting in documents.iter().flat_map(|(text, _)| readings(text, Counting::default())) {
        if !countings.contains(&counting) {
            countings.push(counting);
        }
    }
    let mut best = (Reading::default(), None);
    for counting in countings {
        let fits = fits(documents, counting);
        for (inclusive, fit) in [false, true].into_iter().zip(fits) {
            // Other line ends are assumed only if names support it.
            let is_credible = counting.line_ends != LineEnds::Two || fit.begun > 0;
            if is_credible && best.1.is_none_or(|other| fit.beats(other)) {
                best = (Reading { inclusive, counting }, Some(fit));
            }
        }
    }
    best.0
}

/// Rates positions with an exclusive and with an inclusive end.
fn fits(documents: &[(&str, &[Selection])], counting: Counting) -> [Fit; 2] {
    let mut fits = [Fit::default(); 2];
    for (text, selections) in documents {
        let (text, offsets) = Offsets::new((*text).to_owned(), counting);
        let text = Text::new(text);
        for selection in *selections {
            let Some((start, end)) = selection.range else { continue };
            for (more, fit) in fits.iter_mut().enumerate() {
                let place = |at: i64| {
                    let character = offsets.character(at).filter(|at| *at <= text.characters())?;
                    text.byte_offset(character)
                };
                let range = place(start).zip(place(end.saturating_add(more as i64)));
                match range.filter(|(start, end)| start < end) {
                    Some((start, end)) => judge(fit, text.as_str(), start, end, &selection.name),
                    None => fit.outside += 1,
                }
            }
        }
    }
    fits
}

fn judge(fit: &mut Fit, text: &str, start: usize, end: usize, name: &str) {
    let (slice, rest) = (&text[start..end], &text[end..]);
    let ends = slice.ends_with(|c: char| !c.is_whitespace());
    fit.ended += usize::from(
        ends && !(slice.ends_with(char::is_alphanumeric) && rest.starts_with(char::is_alphanumeric)),
    );
    let name = name.trim().trim_end_matches(['.', '…']);
    if name.is_empty() {
        return;
    }
    let mut words = slice.split_whitespace().flat_map(|word| [" ", word]).skip(1).flat_map(str::chars);
    let mut called = name.split_whitespace().flat_map(|word| [" ", word]).skip(1).flat_map(str::chars);
    let begun = called.all(|c| words.next() == Some(c));
    fit.begun += usize::from(begun);
    // White space at the end belongs to the words as well.
    fit.named += usize::from(begun && ends && words.all(|c| matches!(c, '.' | '…')));
}
