//! Ids that differ only in case or encoding.

use super::project::RecordKind;

/// Two ids that differ only in case or encoding, and how to join them.
pub(crate) fn twins(record: RecordKind, first: &str, second: &str) -> String {
    let is_case = first.to_lowercase() == second.to_lowercase();
    let how = if is_case { "in case" } else { "in how their letters are encoded" };
    let differ = format!("the ids `{first}` and `{second}` differ only {how}");
    let join = match record {
        RecordKind::Category => "merge one into the other (Codebook ▸ Edit codebook)",
        RecordKind::Annotator => {
            "give one of them the passages of the other (`demarche people PROJECT reassign FROM TO`)"
        }
        RecordKind::Document => "export one, import it into the other, and remove it",
        RecordKind::Attribute | RecordKind::LinkKind => "give one of them another id here and in the layers",
        RecordKind::Alias
        | RecordKind::Anchor
        | RecordKind::Decision
        | RecordKind::Return
        | RecordKind::DocumentSet
        | RecordKind::IssueBelow
        | RecordKind::Event
        | RecordKind::Link
        | RecordKind::Members
        | RecordKind::Memo
        | RecordKind::Name
        | RecordKind::Observer
        | RecordKind::Person
        | RecordKind::Pair
        | RecordKind::Phase
        | RecordKind::Span
        | RecordKind::Step => "give one of them another id",
    };
    format!("{differ}; both are kept. To join them, {join}")
}
