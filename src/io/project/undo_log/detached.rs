//! Records in the undo log that could not be placed, with the reason.

use std::borrow::Cow;
use std::fmt::Write as _;

use ron::value::RawValue;
use serde::Deserialize;

use super::super::compose::{Record, joined, string};
use super::super::layer_record::read_claim;
use super::super::layer_write::write_span_at;
use super::super::quote::{WireLongQuote, read_quote, write_quote};
use super::super::raw::{Fault, Raw};
use demarche_model::{Claim, ConflictKind, Detached, DetachedReason, FuzzyMatch, Quote, Ranges, TextRange};

#[derive(Deserialize)]
#[serde(rename = "detached", deny_unknown_fields)]
pub(super) struct WireDetached<'a> {
    record: String,
    line: usize,
    #[serde(default)]
    link: bool,
    #[serde(borrow, default)]
    claim: Option<&'a RawValue>,
    /// The version of the text that the claim refers to.
    text: Option<u32>,
    #[serde(borrow)]
    reason: WireReason<'a>,
}

#[derive(Deserialize)]
#[serde(rename = "reason")]
enum WireReason<'a> {
    Unreadable(String),
    OutsideText,
    OtherQuote {
        #[serde(borrow)]
        quote: Option<Cow<'a, str>>,
        #[serde(borrow)]
        long_quote: Option<WireLongQuote<'a>>,
    },
    UnknownCategory,
    DuplicateId,
    ConflictOther,
    ConflictRemoved,
    TextChanged,
    TextChangedTo(Vec<(usize, usize)>, u8),
}

/// Reads a record.
pub(super) fn read_detached(raw: Raw<'_>, wire: WireDetached<'_>) -> Result<Detached, Fault> {
    let text = wire.text.unwrap_or(1);
    let claim = wire.claim.map(|claim| read_claim(raw.inside(claim), text)).transpose()?;
    Ok(Detached {
        record: wire.record,
        claim: claim.map(|(claim, _)| claim),
        reason: match wire.reason {
            WireReason::Unreadable(why) => DetachedReason::Unreadable(why),
            WireReason::OutsideText => DetachedReason::OutsideText,
            WireReason::OtherQuote { quote, long_quote } => {
                let found = read_quote(raw, quote, long_quote)?;
                DetachedReason::OtherQuote(found.unwrap_or_else(|| Quote::of_words("")))
            }
            WireReason::UnknownCategory => DetachedReason::UnknownCategory,
            WireReason::DuplicateId => DetachedReason::DuplicateId,
            WireReason::ConflictOther => DetachedReason::Conflict(ConflictKind::Other),
            WireReason::ConflictRemoved => DetachedReason::Conflict(ConflictKind::Removed),
            WireReason::TextChanged => DetachedReason::TextChanged(None),
            WireReason::TextChangedTo(ranges, percent) => {
                let ranges = ranges.into_iter().map(|(start, end)| TextRange { start, end });
                let ranges = Ranges::new(ranges).ok_or_else(|| raw.fault("not an undo log"))?;
                DetachedReason::TextChanged(Some(FuzzyMatch { ranges, percent }))
            }
        },
        line: wire.line,
        link: wire.link,
    })
}

/// Writes a record that could not be placed, with the reason.
pub(super) fn write_detached(out: &mut String, detached: &Detached) {
    let mut record = Record::new(out);
    record.text("record", &detached.record);
    let _ = write!(record.field("line"), "{}", detached.line);
    if detached.link {
        record.field("link").push_str("true");
    }
    if let Some(Claim { span, quote, text }) = &detached.claim {
        write_span_at(record.field("claim"), span, quote, |at| at);
        let _ = write!(record.field("text"), "{text}");
    }
    write_reason(record.field("reason"), &detached.reason);
    record.end();
}

fn write_reason(out: &mut String, reason: &DetachedReason) {
    let with_text = |out: &mut String, name: &str, text: &str| {
        out.push_str(name);
        out.push('(');
        string(out, text);
        out.push(')');
    };
    match reason {
        DetachedReason::Unreadable(why) => with_text(out, "Unreadable", why),
        DetachedReason::OutsideText => out.push_str("OutsideText"),
        DetachedReason::OtherQuote(found) => {
            out.push_str("OtherQuote");
            let mut record = Record::new(out);
            write_quote(&mut record, found);
            record.end();
        }
        DetachedReason::UnknownCategory => out.push_str("UnknownCategory"),
        DetachedReason::DuplicateId => out.push_str("DuplicateId"),
        DetachedReason::Conflict(ConflictKind::Other) => out.push_str("ConflictOther"),
        DetachedReason::Conflict(ConflictKind::Removed) => out.push_str("ConflictRemoved"),
        DetachedReason::TextChanged(None) => out.push_str("TextChanged"),
        DetachedReason::TextChanged(Some(best)) => {
            out.push_str("TextChangedTo(");
            joined(out, ['[', ']'], best.ranges.iter(), |out, range| {
                let _ = write!(out, "({}, {})", range.start, range.end);
            });
            let _ = write!(out, ", {})", best.percent);
        }
    }
}
