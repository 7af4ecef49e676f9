//! Problems in the files of a project: what is wrong, and what to do.

use std::fmt;

use demarche_analysis::differences::{Contradiction, OtherDecision};
use demarche_model::{Span, SpanId};

/// A record in a file of a project.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum RecordKind {
    Alias,
    Anchor,
    Annotator,
    Attribute,
    Category,
    Decision,
    Document,
    Link,
    LinkKind,
    Name,
    Span,
    Step,
}

impl fmt::Display for RecordKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Alias => "alias",
            Self::Anchor => "anchor",
            Self::Annotator => "annotator",
            Self::Attribute => "attribute",
            Self::Category => "category",
            Self::Decision => "decision",
            Self::Document => "document",
            Self::Link => "link",
            Self::LinkKind => "link kind",
            Self::Name => "name",
            Self::Span => "span",
            Self::Step => "step",
        })
    }
}

/// A record that is kept as it is until somebody fixes its line.
pub(crate) fn unreadable(record: RecordKind, why: &str) -> String {
    format!("the {record} can't be read: {why}; fix the line or remove it")
}

/// A record without which the project opens read-only.
pub(crate) fn unreadable_until_fixed(record: RecordKind, why: &str) -> String {
    format!("the {record} can't be read: {why}; fix the line, then open the project again")
}

/// A part of a file, which is its name or "the file".
pub(crate) fn unreadable_part(part: impl fmt::Display, why: &str) -> String {
    format!("{part} can't be read: {why}; fix the line")
}

/// A file that the system does not give out.
pub(crate) fn unreadable_file(what: &str, error: &std::io::Error) -> String {
    format!("{what} can't be read ({error}); check its permissions and the disk")
}

pub(crate) fn newer_format(format: u32) -> String {
    format!("made by a newer Demarche (format {format}); update this one")
}

pub(crate) fn duplicate_id(record: RecordKind, id: &str) -> String {
    format!("another {record} above has the id `{id}`; give one of them another id")
}

/// Two ids that differ only in case, and how to join them.
pub(crate) fn twins(record: RecordKind, first: &str, second: &str) -> String {
    let differ = format!("the ids `{first}` and `{second}` differ only in case");
    let join = match record {
        RecordKind::Category => "merge one into the other (Codebook ▸ Edit codebook)",
        RecordKind::Annotator => "reassign the passages of one to the other (Team ▸ People)",
        RecordKind::Document => "export one, import it into the other, and remove it",
        RecordKind::Attribute | RecordKind::LinkKind => "give one of them another id here and in the layers",
        RecordKind::Alias
        | RecordKind::Anchor
        | RecordKind::Decision
        | RecordKind::Link
        | RecordKind::Name
        | RecordKind::Span
        | RecordKind::Step => "give one of them another id",
    };
    format!("{differ}; both are kept. To join them, {join}")
}

/// The fault of a range in a span or a proposal.
pub(crate) fn empty_range(start: usize, end: usize) -> String {
    format!("its range ({start}, {end}) does not end after its start")
}

/// A file in the place of another one. `says` and `belongs` are what the file says it is and what belongs there.
pub(crate) fn misplaced(says: impl fmt::Display, belongs: impl fmt::Display) -> String {
    format!("the file says it is {says}, but is in the place of {belongs}; move it, or fix what it says")
}

/// Two decisions of adjudicators that contradict each other: `lena` decided on `rejection`, `rita` on `demand`.
pub(crate) fn contradiction<'a>(found: &Contradiction, span: impl Fn(SpanId) -> Option<&'a Span>) -> String {
    let decision = |id: SpanId| match span(id) {
        Some(Span { category, provenance: Some(provenance), .. }) => {
            format!("`{}` decided on `{category}`", provenance.by)
        }
        _ => "someone decided".to_owned(),
    };
    match found.with {
        OtherDecision::Adopted(other) => format!("{}, {}", decision(found.span), decision(other)),
        OtherDecision::LeftOut => {
            format!("{}, but the reading is also left out of the consensus", decision(found.span))
        }
    }
}
