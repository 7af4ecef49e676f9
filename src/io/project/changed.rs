//! Kinds of change as the audit log writes them.

use std::borrow::Cow;

use demarche_model::{
    AnnotatorId, AttributeId, CategoryId, Changed, DocumentId, DocumentSetId, LinkKindId, MemoSubject,
};

/// Returns the text of a kind of change in `history/*.log` and in the CSV of the history. It is part of the file format:
/// never translated, never reworded.
pub fn changed_text(what: &Changed) -> Cow<'_, str> {
    Cow::Borrowed(match what {
        Changed::Span => "passage",
        Changed::Spans => "passages",
        Changed::SpanCategory => "category",
        Changed::Ranges => "place",
        Changed::Note => "note",
        Changed::Attribute(id) => return Cow::Owned(format!("attribute {id}")),
        Changed::Link => "link",
        Changed::Status => "status",
        Changed::Detached => "record that could not be placed",
        Changed::Decision => "decision",
        Changed::CategoryDef(id) => return Cow::Owned(format!("category {id}")),
        Changed::AttributeDef(id) => return Cow::Owned(format!("definition of attribute {id}")),
        Changed::LinkKindDef(id) => return Cow::Owned(format!("kind of link {id}")),
        Changed::Alias(id) => return Cow::Owned(format!("old id {id}")),
        Changed::Annotator(id) => return Cow::Owned(format!("annotator {id}")),
        Changed::ProjectName => "name of the project",
        Changed::Blind => "who sees whose tags",
        Changed::Actors => "actors",
        Changed::Issues => "issues",
        Changed::Relations => "relations of actors and issues",
        Changed::Meta => "title, date, source",
        Changed::DocumentSetName(id) => return Cow::Owned(format!("set of documents {id}")),
        Changed::Members(id) => return Cow::Owned(format!("documents in set {id}")),
        Changed::DocumentOrder => "order of documents",
        Changed::Document => "document",
        Changed::Text => "text",
        Changed::SavedView => "saved view",
        Changed::Event => "event",
        Changed::Phase => "phase",
        Changed::DismissedPair => "dismissed answer",
        Changed::Memo(MemoSubject::Project) => "memo on the project",
        Changed::Memo(MemoSubject::Document(id)) => return Cow::Owned(format!("memo on document {id}")),
        Changed::Memo(MemoSubject::Category(id)) => return Cow::Owned(format!("memo on category {id}")),
        Changed::Other(text) => text,
    })
}

/// Parses what [`changed_text`] writes. Any other text is kept as [`Changed::Other`].
pub fn parse_changed(text: &str) -> Changed {
    match text {
        "passage" => Changed::Span,
        "passages" => Changed::Spans,
        "category" => Changed::SpanCategory,
        "place" => Changed::Ranges,
        "note" => Changed::Note,
        "link" => Changed::Link,
        "status" => Changed::Status,
        "record that could not be placed" => Changed::Detached,
        "decision" => Changed::Decision,
        "name of the project" => Changed::ProjectName,
        "who sees whose tags" => Changed::Blind,
        "actors" => Changed::Actors,
        "issues" => Changed::Issues,
        "relations of actors and issues" => Changed::Relations,
        "title, date, source" => Changed::Meta,
        "order of documents" => Changed::DocumentOrder,
        "document" => Changed::Document,
        "text" => Changed::Text,
        "saved view" => Changed::SavedView,
        "event" => Changed::Event,
        "phase" => Changed::Phase,
        "dismissed answer" => Changed::DismissedPair,
        "memo on the project" => Changed::Memo(MemoSubject::Project),
        _ => parse_with_id(text).unwrap_or_else(|| Changed::Other(text.into())),
    }
}

fn parse_with_id(text: &str) -> Option<Changed> {
    let id = |prefix: &str| text.strip_prefix(prefix);
    let attribute = || id("attribute ").map(|id| Changed::Attribute(AttributeId::new(id)));
    let category = || id("category ").map(|id| Changed::CategoryDef(CategoryId::new(id)));
    let definition = || id("definition of attribute ").map(|id| Changed::AttributeDef(AttributeId::new(id)));
    let link_kind = || id("kind of link ").map(|id| Changed::LinkKindDef(LinkKindId::new(id)));
    let alias = || id("old id ").map(|id| Changed::Alias(CategoryId::new(id)));
    let annotator = || id("annotator ").map(|id| Changed::Annotator(AnnotatorId::new(id)));
    let set = || id("set of documents ").map(|id| Changed::DocumentSetName(DocumentSetId::new(id)));
    let members = || id("documents in set ").map(|id| Changed::Members(DocumentSetId::new(id)));
    let document = || id("memo on document ").map(|id| MemoSubject::Document(DocumentId::new(id)));
    let memo =
        || document().or_else(|| Some(MemoSubject::Category(CategoryId::new(id("memo on category ")?))));
    let in_codebook = attribute().or_else(category).or_else(definition).or_else(link_kind).or_else(alias);
    let listed = in_codebook.or_else(annotator).or_else(set).or_else(members);
    listed.or_else(|| memo().map(Changed::Memo))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back_and_an_unknown_one_is_kept() {
        let kinds = [
            (Changed::Span, "passage"),
            (Changed::Spans, "passages"),
            (Changed::SpanCategory, "category"),
            (Changed::Ranges, "place"),
            (Changed::Note, "note"),
            (Changed::Attribute("actor".into()), "attribute actor"),
            (Changed::Link, "link"),
            (Changed::Status, "status"),
            (Changed::Detached, "record that could not be placed"),
            (Changed::Decision, "decision"),
            (Changed::CategoryDef("threat".into()), "category threat"),
            (Changed::AttributeDef("actor".into()), "definition of attribute actor"),
            (Changed::LinkKindDef("responds-to".into()), "kind of link responds-to"),
            (Changed::Alias("warning".into()), "old id warning"),
            (Changed::Annotator("ana".into()), "annotator ana"),
            (Changed::ProjectName, "name of the project"),
            (Changed::Blind, "who sees whose tags"),
            (Changed::Actors, "actors"),
            (Changed::Issues, "issues"),
            (Changed::Relations, "relations of actors and issues"),
            (Changed::Meta, "title, date, source"),
            (Changed::DocumentSetName("one".into()), "set of documents one"),
            (Changed::Members("one".into()), "documents in set one"),
            (Changed::DocumentOrder, "order of documents"),
            (Changed::Document, "document"),
            (Changed::Text, "text"),
            (Changed::SavedView, "saved view"),
            (Changed::Event, "event"),
            (Changed::Phase, "phase"),
            (Changed::DismissedPair, "dismissed answer"),
            (Changed::Memo(MemoSubject::Project), "memo on the project"),
            (Changed::Memo(MemoSubject::Document("d001".into())), "memo on document d001"),
            (Changed::Memo(MemoSubject::Category("threat".into())), "memo on category threat"),
            (Changed::Other("something older".into()), "something older"),
            (Changed::Other("".into()), ""),
        ];
        for (kind, text) in kinds {
            assert_eq!(changed_text(&kind), text);
            assert_eq!(parse_changed(text), kind);
        }
    }
}
