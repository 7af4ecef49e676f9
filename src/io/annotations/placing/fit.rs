//! Detection of the unit of offsets in a file that does not state it: the one with which more spans fit the text.

use super::offsets::Offsets;
use super::ranges::ranges;
use crate::annotations::refusal::SpanFault;
use crate::annotations::{DraftDocument, Unit};
use crate::words::remarks;
use demarche_model::{Ranges, Text};

/// The numbers of spans of a document that fit its text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Fit {
    /// Spans whose quote is at their ranges or, without a quote, that start and end at word boundaries.
    fitting: usize,
    /// Spans inside the text.
    inside: usize,
}

/// Chooses the unit of each document, with a remark if it makes a difference. A document that decides nothing follows the
/// others.
pub(in crate::annotations) fn settle_units(documents: &mut [DraftDocument]) -> Vec<String> {
    let mut open = Vec::new();
    let mut found: [Tally; 2] = Default::default();
    for (at, document) in documents.iter_mut().enumerate() {
        // Without a character of two units, both readings are the same.
        if document.spans.is_empty() || document.text.chars().all(|c| c.len_utf16() == 1) {
            continue;
        }
        let fits = [Unit::Characters, Unit::Utf16].map(|unit| fit(document, unit));
        if fits[0] == fits[1] {
            open.push(at);
            continue;
        }
        let utf16 = usize::from(fits[1] > fits[0]);
        document.unit = [Unit::Characters, Unit::Utf16][utf16];
        found[utf16].add(document.spans.len(), fits[utf16], fits[1 - utf16]);
    }
    if found[1].documents > found[0].documents {
        open.into_iter().for_each(|at| documents[at].unit = Unit::Utf16);
    }
    let tallies = found.iter().zip([false, true]).filter(|(tally, _)| tally.documents > 0);
    tallies.map(|(tally, is_utf16)| tally.remark(is_utf16)).collect()
}

/// The result for one unit.
#[derive(Default)]
struct Tally {
    documents: usize,
    spans: usize,
    fitting: usize,
    otherwise: usize,
}

impl Tally {
    fn add(&mut self, spans: usize, fit: Fit, other: Fit) {
        self.documents += 1;
        self.spans += spans;
        self.fitting += fit.fitting;
        self.otherwise += other.fitting;
    }

    fn remark(&self, is_utf16: bool) -> String {
        remarks::offset_unit(is_utf16, self.documents, (self.spans, self.fitting), self.otherwise)
    }
}

fn fit(document: &DraftDocument, unit: Unit) -> Fit {
    let (text, offsets) = Offsets::new(document.text.clone(), unit);
    let text = Text::new(text);
    let mut fit = Fit::default();
    for span in &document.spans {
        match ranges(span, &offsets, &text) {
            Ok(ranges) => {
                fit.inside += 1;
                fit.fitting += usize::from(span.quote.is_some() || on_words(&ranges, text.as_str()));
            }
            Err(SpanFault::QuoteMismatch(_)) => fit.inside += 1,
            Err(_) => {}
        }
    }
    fit
}

/// Returns whether every range starts and ends at a word boundary and without white space.
fn on_words(ranges: &Ranges, text: &str) -> bool {
    ranges.iter().all(|range| {
        let inner = &text[range.start..range.end];
        let (before, after) = (text[..range.start].chars().next_back(), text[range.end..].chars().next());
        let cuts = |a: Option<char>, b: Option<char>| {
            let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            is_word(a) && is_word(b)
        };
        inner.trim() == inner
            && !cuts(before, inner.chars().next())
            && !cuts(inner.chars().next_back(), after)
    })
}
