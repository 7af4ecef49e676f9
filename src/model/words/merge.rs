//! The fields of a merge conflict: their names, and their values in words.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use crate::merge::{
    AnnotatorField, AttributeField, CategoryField, DecisionField, DocumentField, EventField, Field,
    LinkField, LinkKindField, PhaseField, RelationField, SpanField, ViewField,
};
use crate::{
    Annotator, Assignment, AttributeDef, Category, CategoryId, DocumentId, DocumentMeta, LinkKind, Memo,
    NegotiationPhase, ProjectEvent, SavedView,
};

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ProjectName => "name",
            Self::Annotator(field) => annotator(*field),
            Self::Category(field) => category(*field),
            Self::AliasTarget => "category",
            Self::Attribute(field) => attribute(*field),
            Self::LinkKind(LinkKindField::Name) => "name",
            Self::LinkKind(LinkKindField::Definition) => "definition",
            Self::LinkKind(LinkKindField::Answers) => "answers",
            Self::Relation(RelationField::Members) => "members",
            Self::Relation(RelationField::Party) => "party",
            Self::Relation(RelationField::IssueAbove) => "issue above",
            Self::Document(field) => document(*field),
            Self::DocumentSetName => "name",
            Self::Span(field) => span(field),
            Self::Link(LinkField::Kind) => "kind",
            Self::Link(LinkField::From) => "from",
            Self::Link(LinkField::To) => "to",
            Self::Decision(DecisionField::Verdict) => "verdict",
            Self::Decision(DecisionField::Proposal) => "proposal",
            Self::View(ViewField::Name) | Self::Phase(PhaseField::Name) => "name",
            Self::View(ViewField::Filter) => "filter",
            Self::View(ViewField::Settings) => "settings",
            Self::Event(EventField::Date) => "date",
            Self::Event(EventField::Label) => "label",
            Self::Event(EventField::Colour) => "colour",
            Self::Phase(PhaseField::Dates) => "dates",
            Self::Memo => "memo",
        })
    }
}

fn annotator(field: AnnotatorField) -> &'static str {
    match field {
        AnnotatorField::Name => "name",
        AnnotatorField::Colour => "colour",
        AnnotatorField::Key => "person",
        AnnotatorField::Work => "role and documents",
    }
}

fn category(field: CategoryField) -> &'static str {
    match field {
        CategoryField::Name => "name",
        CategoryField::Colour => "colour",
        CategoryField::Hotkey => "key",
        CategoryField::Parent => "parent",
        CategoryField::Definition => "definition",
        CategoryField::Include => "include",
        CategoryField::Exclude => "exclude",
        CategoryField::Examples => "examples",
        CategoryField::Codes => "codes",
        CategoryField::Retired => "retired",
    }
}

fn attribute(field: AttributeField) -> &'static str {
    match field {
        AttributeField::Name => "name",
        AttributeField::Kind => "kind",
        AttributeField::Categories => "categories",
        AttributeField::Default => "default",
        AttributeField::Hotkey => "key",
        AttributeField::Definition => "definition",
        AttributeField::Means => "meaning",
        AttributeField::Unit => "unit",
    }
}

fn document(field: DocumentField) -> &'static str {
    match field {
        DocumentField::Title => "title",
        DocumentField::Date => "date",
        DocumentField::Source => "source",
        DocumentField::Author => "author",
        DocumentField::Text => "text",
    }
}

fn span(field: &SpanField) -> &str {
    match field {
        SpanField::Category => "category",
        SpanField::Ranges => "ranges",
        SpanField::Attribute(id) => id.as_str(),
        SpanField::Note => "note",
        SpanField::Provenance => "provenance",
    }
}

pub(crate) fn describe_annotator(annotator: &Annotator, field: &AnnotatorField) -> String {
    match field {
        AnnotatorField::Name => annotator.name.clone(),
        AnnotatorField::Colour => annotator.colour.to_string(),
        AnnotatorField::Key => {
            let key = annotator.key.map_or_else(|| "no key".to_owned(), |key| format!("key {key}"));
            format!("{}, {key}", annotator.name)
        }
        AnnotatorField::Work => describe_work(annotator),
    }
}

pub(crate) fn describe_category(category: &Arc<Category>, field: &CategoryField) -> String {
    let none = || "none".to_owned();
    match field {
        CategoryField::Name => category.name.clone(),
        CategoryField::Colour => category.colour.to_string(),
        CategoryField::Hotkey => category.hotkey.map_or_else(none, String::from),
        CategoryField::Parent => category.parent.as_ref().map_or_else(none, |parent| parent.to_string()),
        CategoryField::Definition => category.definition.clone(),
        CategoryField::Include => category.include.clone(),
        CategoryField::Exclude => category.exclude.clone(),
        CategoryField::Examples => category.examples.join(" / "),
        CategoryField::Codes => {
            let codes = category.codes.iter().map(|(scheme, codes)| format!("{scheme} {}", codes.join(", ")));
            codes.collect::<Vec<_>>().join("; ")
        }
        CategoryField::Retired => if category.retired { "retired" } else { "in use" }.to_owned(),
    }
}

pub(crate) fn describe_attribute(attribute: &Arc<AttributeDef>, field: &AttributeField) -> String {
    let none = || "none".to_owned();
    match field {
        AttributeField::Name => attribute.name.clone(),
        AttributeField::Kind => attribute.kind.to_string(),
        AttributeField::Categories if attribute.categories.is_empty() => "all".to_owned(),
        AttributeField::Categories => {
            attribute.categories.iter().map(CategoryId::as_str).collect::<Vec<_>>().join(", ")
        }
        AttributeField::Default => attribute.default.as_ref().map_or_else(none, |value| value.to_string()),
        AttributeField::Hotkey => attribute.hotkey.map_or_else(none, String::from),
        AttributeField::Definition => attribute.definition.clone(),
        AttributeField::Means if attribute.means.is_empty() => none(),
        AttributeField::Means => {
            attribute.means.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        }
        AttributeField::Unit => attribute.unit.clone().unwrap_or_else(none),
    }
}

pub(crate) fn describe_link_kind(kind: &Arc<LinkKind>, field: &LinkKindField) -> String {
    match field {
        LinkKindField::Name => kind.name.clone(),
        LinkKindField::Definition => kind.definition.clone(),
        LinkKindField::Answers => if kind.is_answer() { "answers" } else { "does not answer" }.to_owned(),
    }
}

pub(crate) fn describe_members(members: &BTreeSet<String>) -> String {
    members.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

pub(crate) fn describe_meta(meta: &DocumentMeta, field: &DocumentField) -> String {
    match field {
        DocumentField::Title => meta.title.clone(),
        DocumentField::Date => meta.date.as_ref().map_or_else(|| "none".to_owned(), |date| date.to_string()),
        DocumentField::Source => meta.source.clone(),
        DocumentField::Author => meta.author.clone(),
        DocumentField::Text => format!("{} characters, from {}", meta.characters, meta.origin.file_name),
    }
}

pub(crate) fn describe_view(view: &Arc<SavedView>, field: &ViewField) -> String {
    match field {
        ViewField::Name => view.name.clone(),
        ViewField::Filter if view.filter.is_empty() => "none".to_owned(),
        ViewField::Filter => view.filter.clone(),
        ViewField::Settings => {
            let settings = [&view.rows, &view.columns, &view.measure, &view.scale, &view.bin];
            let settings = settings.into_iter().flatten().map(|setting| setting.as_str());
            let all: Vec<&str> = [view.kind.code()].into_iter().chain(settings).collect();
            all.join(", ")
        }
    }
}

pub(crate) fn describe_event(event: &ProjectEvent, field: &EventField) -> String {
    match field {
        EventField::Date => event.date.to_string(),
        EventField::Label => event.label.clone(),
        EventField::Colour => event.colour.to_string(),
    }
}

pub(crate) fn describe_phase(phase: &NegotiationPhase, field: &PhaseField) -> String {
    match field {
        PhaseField::Name => phase.name.clone(),
        PhaseField::Dates => format!("{} to {}", phase.from, phase.to),
    }
}

pub(crate) fn describe_memo(memo: &Arc<Memo>, _field: &Field) -> String {
    memo.text.clone()
}

fn describe_work(annotator: &Annotator) -> String {
    let listed =
        |ids: &BTreeSet<DocumentId>| ids.iter().map(DocumentId::as_str).collect::<Vec<_>>().join(", ");
    let documents = match &annotator.documents {
        Assignment::All => "all documents".to_owned(),
        Assignment::Only(ids) if ids.is_empty() => "no documents".to_owned(),
        Assignment::Only(ids) => listed(ids),
    };
    let batches = annotator.batches.iter().map(|batch| format!("later {}", listed(batch)));
    let work = [annotator.display_initials(), annotator.role.name().to_owned(), documents];
    work.into_iter().chain(batches).collect::<Vec<_>>().join(", ")
}
