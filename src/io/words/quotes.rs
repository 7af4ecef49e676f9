//! Quotes of spans.

use demarche_analysis::mismatch::Mismatch;
use demarche_model::Quote;

/// A span whose quote is not the text at its ranges.
pub(crate) fn other_quote(quote: &Quote, found: &Quote) -> String {
    let (stated, there) = (quote.shown(), found.shown());
    if stated == there {
        return "the quote of the span differs from the text at its place, somewhere in the middle; fix or remove it"
            .to_owned();
    }
    let mismatch = Mismatch::of(&stated, &there);
    format!("the quote of the span is not the text at its place: {mismatch}; fix or remove it")
}

// Faults of a record, as the reason after "can't be read"

pub(crate) fn no_quote() -> String {
    "it has neither `quote` nor `long_quote`".to_owned()
}

pub(crate) fn two_quotes() -> String {
    "it has both `quote` and `long_quote`".to_owned()
}

pub(crate) fn bad_fingerprint(fingerprint: &str) -> String {
    format!("the fingerprint `{fingerprint}` is not 16 hexadecimal digits below 2⁶¹ − 1")
}
