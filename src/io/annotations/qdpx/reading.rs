//! Interpretation of positions: the standard leaves open whether the end is inclusive, and programs count different units.

use super::project::Selection;
use crate::annotations::Unit;

/// Number of passages that must support another reading than the default, if no quotes do.
const FEW: usize = 3;

/// One way to read positions. The default is that of the standard, with an exclusive end.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Reading {
    /// Whether the end is the last character rather than the one after it.
    pub inclusive: bool,
    /// Whether CR LF counts as one.
    pub joined: bool,
    /// The unit.
    pub unit: Unit,
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
    let has = |test: fn(&str) -> bool| documents.iter().any(|(text, _)| test(text));
    let units: &[Unit] = match has(|text| text.chars().any(|c| c.len_utf16() == 2)) {
        true => &[Unit::Characters, Unit::Utf16],
        false => &[Unit::Characters],
    };
    let joins: &[bool] = if has(|text| text.contains("\r\n")) { &[false, true] } else { &[false] };
    let mut best = (Reading::default(), None);
    for &unit in units {
        for &joined in joins {
            let fits = fits(documents, unit, joined);
            for (inclusive, fit) in [false, true].into_iter().zip(fits) {
                if best.1.is_none_or(|other| fit.beats(other)) {
                    best = (Reading { inclusive, joined, unit }, Some(fit));
                }
            }
        }
    }
    best.0
}

/// Rates positions with an exclusive and with an inclusive end.
fn fits(documents: &[(&str, &[Selection])], unit: Unit, joined: bool) -> [Fit; 2] {
    let mut fits = [Fit::default(); 2];
    for (text, selections) in documents {
        let places = places(text, unit, joined);
        for selection in *selections {
            let Some((start, end)) = selection.range else { continue };
            for (more, fit) in fits.iter_mut().enumerate() {
                let place = |at: i64| places.get(usize::try_from(at).ok()?).copied();
                let range = place(start).zip(place(end.saturating_add(more as i64)));
                match range.filter(|(start, end)| start < end) {
                    Some((start, end)) => judge(fit, text, start, end, &selection.name),
                    None => fit.outside += 1,
                }
            }
        }
    }
    fits
}

/// Returns the byte offset of each position.
fn places(text: &str, unit: Unit, joined: bool) -> Vec<usize> {
    let mut places = Vec::with_capacity(text.len() + 1);
    for (at, c) in text.char_indices() {
        if joined && c == '\n' && text[..at].ends_with('\r') {
            continue;
        }
        places.push(at);
        if unit == Unit::Utf16 && c.len_utf16() == 2 {
            places.push(at);
        }
    }
    places.push(text.len());
    places
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
