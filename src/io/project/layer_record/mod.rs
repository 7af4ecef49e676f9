//! The records of layer files: spans and links. Those in the form that Demarche writes are read without `ron`.

use std::borrow::Cow;

use serde::Deserialize;

use super::own_form::OwnForm;
use super::quote::{WireLongQuote, read_quote};
use super::raw::{Entries, Fault, Raw};
use super::wire::{WireValue, read_time, read_uuid};
use crate::words::project as words;
use crate::words::quotes;
use demarche_model::{
    AnnotatorId, AttributeId, Basis, Claim, ConflictKind, DocumentId, Link, LinkId, Provenance, Ranges,
    SourceSpan, Span, SpanId, TextRange,
};

#[derive(Deserialize, PartialEq, Debug)]
#[serde(rename = "span", deny_unknown_fields)]
struct WireSpan<'a> {
    id: Cow<'a, str>,
    category: Cow<'a, str>,
    ranges: Vec<(usize, usize)>,
    #[serde(borrow)]
    quote: Option<Cow<'a, str>>,
    #[serde(borrow)]
    long_quote: Option<WireLongQuote<'a>>,
    #[serde(borrow, default)]
    attributes: Entries<Cow<'a, str>, WireValue>,
    #[serde(borrow, default)]
    note: Cow<'a, str>,
    created: Cow<'a, str>,
    modified: Option<Cow<'a, str>>,
    #[serde(borrow)]
    provenance: Option<WireProvenance<'a>>,
    conflict: Option<WireConflict>,
    /// The version of the text that the offsets refer to, if it differs from that of the file.
    text: Option<u32>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Debug)]
enum WireConflict {
    Other,
    Removed,
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(rename = "provenance", deny_unknown_fields)]
struct WireProvenance<'a> {
    /// Annotator and span, each.
    #[serde(borrow, default)]
    from: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    #[serde(borrow, default)]
    over: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    #[serde(default)]
    single: bool,
    by: Cow<'a, str>,
    at: Cow<'a, str>,
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(rename = "link", deny_unknown_fields)]
struct WireLink<'a> {
    id: Cow<'a, str>,
    kind: Cow<'a, str>,
    from: Cow<'a, str>,
    to_document: Cow<'a, str>,
    to: Cow<'a, str>,
    created: Cow<'a, str>,
}

impl<'a> WireSpan<'a> {
    /// Reads a span as `write_span` writes it.
    fn in_own_form(form: &mut OwnForm<'a>) -> Option<Self> {
        let span = Self {
            id: form.field("(id: ", OwnForm::text)?,
            category: form.field(", category: ", OwnForm::text)?,
            ranges: form
                .field(", ranges: ", |form| form.items(["[", "]"], |form| form.pair(OwnForm::number)))?,
            quote: form.field_if_any(", quote: ", OwnForm::text)?,
            long_quote: form.field_if_any(", long_quote: ", WireLongQuote::in_own_form)?,
            attributes: Entries(form.field_if_any(", attributes: ", attributes)?.unwrap_or_default()),
            note: form.field_if_any(", note: ", OwnForm::text)?.unwrap_or_default(),
            created: form.field(", created: ", OwnForm::text)?,
            modified: form.field_if_any(", modified: ", OwnForm::text)?,
            provenance: form.field_if_any(", provenance: ", WireProvenance::in_own_form)?,
            conflict: form.field_if_any(", conflict: ", WireConflict::in_own_form)?,
            text: form.field_if_any(", text: ", OwnForm::number)?,
        };
        form.pass(")")?;
        Some(span)
    }
}

/// Reads attributes, each with its value.
fn attributes<'a>(form: &mut OwnForm<'a>) -> Option<Vec<(Cow<'a, str>, WireValue)>> {
    form.items(["{", "}"], |form| {
        let id = form.text()?;
        Some((id, form.field(": ", WireValue::in_own_form)?))
    })
}

impl WireConflict {
    fn in_own_form(form: &mut OwnForm<'_>) -> Option<Self> {
        if form.has("Other") { Some(Self::Other) } else { form.pass("Removed").map(|()| Self::Removed) }
    }
}

impl<'a> WireProvenance<'a> {
    /// Reads a provenance with at least one source, as `write_provenance` writes it.
    fn in_own_form(form: &mut OwnForm<'a>) -> Option<Self> {
        let sources = |form: &mut OwnForm<'a>| form.items(["[", "]"], |form| form.pair(OwnForm::text));
        let provenance = Self {
            from: form.field("(from: ", sources)?,
            over: form.field_if_any(", over: ", sources)?.unwrap_or_default(),
            single: form.field_if_any(", single: ", |form| form.pass("true"))?.is_some(),
            by: form.field(", by: ", OwnForm::text)?,
            at: form.field(", at: ", OwnForm::text)?,
        };
        form.pass(")")?;
        Some(provenance)
    }
}

impl<'a> WireLink<'a> {
    /// Reads a link as `write_link` writes it.
    fn in_own_form(form: &mut OwnForm<'a>) -> Option<Self> {
        let link = Self {
            id: form.field("(id: ", OwnForm::text)?,
            kind: form.field(", kind: ", OwnForm::text)?,
            from: form.field(", from: ", OwnForm::text)?,
            to_document: form.field(", to_document: ", OwnForm::text)?,
            to: form.field(", to: ", OwnForm::text)?,
            created: form.field(", created: ", OwnForm::text)?,
        };
        form.pass(")")?;
        Some(link)
    }
}

pub(super) fn read_claim(raw: Raw<'_>, text: u32) -> Result<(Claim, Option<ConflictKind>), Fault> {
    let wire = OwnForm::whole(raw.text, WireSpan::in_own_form).map_or_else(|| raw.parse(), Ok)?;
    let created = read_time(raw, &wire.created)?;
    let mut ranges = Vec::with_capacity(wire.ranges.len());
    for (start, end) in wire.ranges {
        if start >= end {
            return Err(raw.fault(words::empty_range(start, end)));
        }
        ranges.push(TextRange { start, end });
    }
    let span = Span {
        id: SpanId(read_uuid(raw, &wire.id)?),
        category: wire.category.as_ref().into(),
        ranges: Ranges::new(ranges).ok_or_else(|| raw.fault(words::no_range()))?,
        attributes: wire.attributes.0.into_iter().map(|(id, v)| (AttributeId::new(id), v.into())).collect(),
        note: wire.note.into_owned(),
        created,
        modified: wire.modified.map_or(Ok(created), |time| read_time(raw, &time))?,
        provenance: wire.provenance.map(|wire| read_provenance(raw, wire)).transpose()?.map(Box::new),
    };
    let conflict = wire.conflict.map(|conflict| match conflict {
        WireConflict::Other => ConflictKind::Other,
        WireConflict::Removed => ConflictKind::Removed,
    });
    let quote = read_quote(raw, wire.quote, wire.long_quote)?.ok_or_else(|| raw.fault(quotes::no_quote()))?;
    Ok((Claim { span, quote, text: wire.text.unwrap_or(text) }, conflict))
}

fn read_provenance(raw: Raw<'_>, wire: WireProvenance<'_>) -> Result<Provenance, Fault> {
    let sources = |wire: Vec<(Cow<'_, str>, Cow<'_, str>)>| {
        let source = |(annotator, span): (Cow<'_, str>, Cow<'_, str>)| {
            Ok(SourceSpan { annotator: AnnotatorId::new(annotator), span: SpanId(read_uuid(raw, &span)?) })
        };
        wire.into_iter().map(source).collect::<Result<Vec<_>, Fault>>()
    };
    Ok(Provenance {
        from: sources(wire.from)?,
        over: sources(wire.over)?,
        basis: if wire.single { Basis::Single } else { Basis::Compared },
        by: AnnotatorId::new(wire.by),
        at: read_time(raw, &wire.at)?,
    })
}

pub(super) fn read_link(raw: Raw<'_>) -> Result<Link, Fault> {
    let wire = OwnForm::whole(raw.text, WireLink::in_own_form).map_or_else(|| raw.parse(), Ok)?;
    Ok(Link {
        id: LinkId(read_uuid(raw, &wire.id)?),
        kind: wire.kind.as_ref().into(),
        from: SpanId(read_uuid(raw, &wire.from)?),
        to_document: DocumentId::new(wire.to_document),
        to: SpanId(read_uuid(raw, &wire.to)?),
        created: read_time(raw, &wire.created)?,
    })
}

#[cfg(test)]
mod tests;
