//! Detection of what the offsets in a file count, if the file does not state it: the reading with which more spans fit the
//! text. The same for all formats.

use rayon::prelude::*;

use super::offsets::Offsets;
use super::ranges::ranges;
use super::readings::{has_other_line_ends, is_wide, readings};
use crate::annotations::refusal::{DocumentFault, SpanFault};
use crate::annotations::{Counting, Draft, DraftDocument, LineEnds, Unit};
use crate::words::remarks;
use demarche_model::{Ranges, Text};

/// Least number of spans without quotes that must fit, and none of them otherwise, for CRLF to have been counted in a text
/// with LF.
const CLEAR: usize = 2;

/// The numbers of spans of a document that fit its text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Fit {
    /// Spans whose quote is at their ranges or, without a quote, that start and end at word boundaries.
    fitting: usize,
    /// Spans inside the text.
    inside: usize,
}

/// What was found out about the offsets of a document.
enum Found {
    /// Nothing to find out.
    Clear,
    /// All readings fit equally well.
    Open,
    /// A reading that fits better than the others, with its fit and that of the next best.
    Best(Counting, Fit, Fit),
    /// No span fits in any reading, and nothing else tells which one is right.
    None,
}

/// Chooses the reading of offsets in each document, with a remark if it makes a difference. A document that decides nothing
/// follows the others. The spans of a document that fit in no reading are removed; returns its line and the reason.
///
/// `states_unit` is whether the standard of the format states the unit, so that offsets that keep to it need no remark.
pub(in crate::annotations) fn settle(
    draft: &mut Draft,
    states_unit: bool,
) -> Vec<(Option<usize>, DocumentFault)> {
    let found: Vec<Found> = draft.documents.par_iter().with_max_len(16).map(find).collect();
    let mut tallies: Vec<(Counting, Tally)> = Vec::new();
    let mut refused = Vec::new();
    for (document, found) in draft.documents.iter_mut().zip(&found) {
        match found {
            Found::Clear | Found::Open => {}
            Found::None => {
                let why = DocumentFault::NoReading { spans: document.spans.len() };
                refused.push((document.line, why));
                document.spans.clear();
                document.links.clear();
            }
            Found::Best(counting, ..) if *counting == document.counting && states_unit => {}
            Found::Best(counting, fit, other) => {
                let at = tallies.iter().position(|(known, _)| known == counting).unwrap_or_else(|| {
                    tallies.push((*counting, Tally::default()));
                    tallies.len() - 1
                });
                tallies[at].1.add(document, *fit, *other);
                document.counting = *counting;
            }
        }
    }
    let usual =
        tallies.iter().max_by_key(|(counting, tally)| (tally.documents, *counting == Counting::default()));
    if let Some((usual, _)) = usual {
        let open = draft.documents.iter_mut().zip(&found).filter(|(_, found)| matches!(found, Found::Open));
        open.for_each(|(document, _)| document.counting = *usual);
    }
    tallies.sort_by_key(|(counting, _)| *counting);
    draft.remarks.extend(tallies.iter().filter_map(|(counting, tally)| tally.remark(*counting)));
    refused
}

/// Finds the reading with which most spans of a document fit.
fn find(document: &DraftDocument) -> Found {
    if document.is_settled || document.rebuilt || document.spans.is_empty() {
        return Found::Clear;
    }
    let given = document.counting;
    let first = fit(document, given);
    let fits_all = first.fitting == document.spans.len();
    let mut others = readings(&document.text, given);
    // Other line ends are tried only if spans don't fit; units always, since the texts without a difference follow.
    others.retain(|other| *other != given && (!fits_all || other.line_ends == given.line_ends));
    let others: Vec<(Counting, Fit)> =
        others.into_iter().map(|other| (other, fit(document, other))).collect();
    let has_quotes = document.spans.iter().any(|span| span.quote.is_some());
    let is_credible = |(other, fit): &&(Counting, Fit)| {
        let is_far = other.line_ends == LineEnds::Two && !has_quotes;
        *fit > first && (!is_far || first.fitting == 0 && fit.fitting >= CLEAR)
    };
    // Of several, the first is the likeliest.
    let best = others.iter().filter(is_credible).rev().max_by_key(|(_, fit)| *fit);
    let is_doubtful = is_wide(&document.text) || has_other_line_ends(&document.text);
    let most = best.map_or(first, |(_, fit)| *fit);
    // A quote that is not at its place, or an offset outside the text, is refused by itself.
    if most.fitting == 0 && most.inside > 0 && !has_quotes && is_doubtful {
        return Found::None;
    }
    match (best, others.iter().map(|(_, fit)| *fit).max()) {
        (Some((best, fit)), _) => Found::Best(*best, *fit, first),
        (None, Some(other)) if other != first => Found::Best(given, first, other),
        (None, Some(_)) => Found::Open,
        (None, None) => Found::Clear,
    }
}

/// The result for one reading.
#[derive(Default)]
struct Tally {
    documents: usize,
    spans: usize,
    fitting: usize,
    otherwise: usize,
    /// Whether a text has characters of two units.
    is_wide: bool,
}

impl Tally {
    fn add(&mut self, document: &DraftDocument, fit: Fit, other: Fit) {
        self.documents += 1;
        self.spans += document.spans.len();
        self.fitting += fit.fitting;
        self.otherwise += other.fitting;
        self.is_wide |= is_wide(&document.text);
    }

    /// Returns the remark; `None` if the offsets count what is expected.
    fn remark(&self, Counting { unit, line_ends }: Counting) -> Option<String> {
        let (documents, fits) = (self.documents, (self.spans, self.fitting));
        match line_ends {
            LineEnds::AsWritten if self.is_wide => {
                Some(remarks::offset_unit(unit == Unit::Utf16, documents, fits, self.otherwise))
            }
            LineEnds::AsWritten => None,
            LineEnds::One | LineEnds::Two => {
                Some(remarks::line_ends(unit, line_ends, documents, fits, self.otherwise))
            }
        }
    }
}

fn fit(document: &DraftDocument, counting: Counting) -> Fit {
    let (text, offsets) = Offsets::new(document.text.clone(), counting);
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
            let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c));
            is_word(a) && is_word(b)
        };
        inner.trim() == inner
            && !cuts(before, inner.chars().next())
            && !cuts(inner.chars().next_back(), after)
    })
}

/// Returns whether a character is of a script without spaces between words, or of Korean, which has none before particles.
fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        '\u{0E00}'..='\u{0FFF}'
            | '\u{1000}'..='\u{109F}'
            | '\u{1100}'..='\u{11FF}'
            | '\u{1780}'..='\u{17FF}'
            | '\u{2E80}'..='\u{9FFF}'
            | '\u{A960}'..='\u{A97F}'
            | '\u{AC00}'..='\u{D7FF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{FF66}'..='\u{FFDC}'
            | '\u{20000}'..='\u{3FFFF}'
    )
}
