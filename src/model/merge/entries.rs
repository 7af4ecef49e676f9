//! The entries of the project's own file: how two of each are joined, and their fields in words.

use std::sync::Arc;

use super::join::Fields;
use super::list::Lists;
use super::{AnnotatorField, AttributeField, CategoryField, DocumentField, Field, LinkKindField, Side};
use crate::{
    Annotator, AttributeDef, AttributeKind, Category, CategoryId, Colour, DocumentId, DocumentMeta, LinkKind,
};

pub(super) fn join_annotators(
    base: Option<&Annotator>,
    ours: &Annotator,
    theirs: &Annotator,
    prefer: Side,
) -> (Annotator, Vec<AnnotatorField>) {
    let mut fields = Fields::new(prefer);
    let name = fields.take(AnnotatorField::Name, base.map(|b| &b.name), &ours.name, &theirs.name);
    let colour = fields.take(AnnotatorField::Colour, base.map(|b| &b.colour), &ours.colour, &theirs.colour);
    let rest = |a: &Annotator| Annotator { name: String::new(), colour: Colour([0; 3]), ..a.clone() };
    let rest = fields.take(AnnotatorField::Work, base.map(rest).as_ref(), &rest(ours), &rest(theirs));
    fields.end(Annotator { name, colour, ..rest })
}

pub(super) fn say_annotator(annotator: &Annotator, field: &AnnotatorField) -> String {
    match field {
        AnnotatorField::Name => annotator.name.clone(),
        AnnotatorField::Colour => say_colour(annotator.colour),
        AnnotatorField::Work => say_work(annotator),
    }
}

fn say_work(annotator: &Annotator) -> String {
    let documents = annotator.documents.iter().map(DocumentId::as_str).collect::<Vec<_>>().join(", ");
    let documents = if documents.is_empty() { "all documents".to_owned() } else { documents };
    [annotator.display_initials(), annotator.role.name().to_owned(), documents].join(", ")
}

pub(super) fn join_categories(
    base: Option<&Arc<Category>>,
    ours: &Arc<Category>,
    theirs: &Arc<Category>,
    prefer: Side,
) -> (Arc<Category>, Vec<CategoryField>) {
    let mut f = Fields::new(prefer);
    let b = base.map(|base| base.as_ref());
    let (o, t) = (ours.as_ref(), theirs.as_ref());
    let category = Category {
        id: ours.id.clone(),
        name: f.take(CategoryField::Name, b.map(|b| &b.name), &o.name, &t.name),
        colour: f.take(CategoryField::Colour, b.map(|b| &b.colour), &o.colour, &t.colour),
        hotkey: f.take(CategoryField::Hotkey, b.map(|b| &b.hotkey), &o.hotkey, &t.hotkey),
        parent: f.take(CategoryField::Parent, b.map(|b| &b.parent), &o.parent, &t.parent),
        definition: f.take(CategoryField::Definition, b.map(|b| &b.definition), &o.definition, &t.definition),
        include: f.take(CategoryField::Include, b.map(|b| &b.include), &o.include, &t.include),
        exclude: f.take(CategoryField::Exclude, b.map(|b| &b.exclude), &o.exclude, &t.exclude),
        examples: f.take(CategoryField::Examples, b.map(|b| &b.examples), &o.examples, &t.examples),
        codes: f.take(CategoryField::Codes, b.map(|b| &b.codes), &o.codes, &t.codes),
        retired: f.take(CategoryField::Retired, b.map(|b| &b.retired), &o.retired, &t.retired),
    };
    f.end(Arc::new(category))
}

pub(super) fn say_category(category: &Arc<Category>, field: &CategoryField) -> String {
    let none = || "none".to_owned();
    match field {
        CategoryField::Name => category.name.clone(),
        CategoryField::Colour => say_colour(category.colour),
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

pub(super) fn join_attributes(
    base: Option<&Arc<AttributeDef>>,
    ours: &Arc<AttributeDef>,
    theirs: &Arc<AttributeDef>,
    prefer: Side,
) -> (Arc<AttributeDef>, Vec<AttributeField>) {
    let mut f = Fields::new(prefer);
    let b = base.map(|base| base.as_ref());
    let (o, t) = (ours.as_ref(), theirs.as_ref());
    let attribute = AttributeDef {
        id: ours.id.clone(),
        name: f.take(AttributeField::Name, b.map(|b| &b.name), &o.name, &t.name),
        kind: {
            // Choices that both have added are no clash.
            let united = unite_choices(b.map(|b| &b.kind), &o.kind, &t.kind);
            united.unwrap_or_else(|| f.take(AttributeField::Kind, b.map(|b| &b.kind), &o.kind, &t.kind))
        },
        categories: f.take(
            AttributeField::Categories,
            b.map(|b| &b.categories),
            &o.categories,
            &t.categories,
        ),
        default: f.take(AttributeField::Default, b.map(|b| &b.default), &o.default, &t.default),
        hotkey: f.take(AttributeField::Hotkey, b.map(|b| &b.hotkey), &o.hotkey, &t.hotkey),
        definition: f.take(
            AttributeField::Definition,
            b.map(|b| &b.definition),
            &o.definition,
            &t.definition,
        ),
    };
    f.end(Arc::new(attribute))
}

/// One kind with the lists of both sides merged; `None` for kinds that differ, or have no list.
fn unite_choices(
    base: Option<&AttributeKind>,
    ours: &AttributeKind,
    theirs: &AttributeKind,
) -> Option<AttributeKind> {
    let base = base.and_then(AttributeKind::own_list).unwrap_or_default();
    let merged = Lists { base, ours: ours.own_list()?, theirs: theirs.own_list()? };
    let merged = merged.merge(|choice| choice, |_, a, _, _| (a.clone(), Vec::<Field>::new())).into_iter();
    let list = merged.filter_map(|(_, outcome)| outcome.resolve(None)).collect();
    ours.is_same(theirs).then(|| ours.with_list(list))
}

fn say_colour(Colour([red, green, blue]): Colour) -> String {
    format!("#{red:02X}{green:02X}{blue:02X}")
}

pub(super) fn say_attribute(attribute: &Arc<AttributeDef>, field: &AttributeField) -> String {
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
    }
}

pub(super) fn join_link_kinds(
    base: Option<&Arc<LinkKind>>,
    ours: &Arc<LinkKind>,
    theirs: &Arc<LinkKind>,
    prefer: Side,
) -> (Arc<LinkKind>, Vec<LinkKindField>) {
    let mut fields = Fields::new(prefer);
    let name = fields.take(LinkKindField::Name, base.map(|b| &b.name), &ours.name, &theirs.name);
    let definition = fields.take(
        LinkKindField::Definition,
        base.map(|b| &b.definition),
        &ours.definition,
        &theirs.definition,
    );
    fields.end(Arc::new(LinkKind { id: ours.id.clone(), name, definition }))
}

pub(super) fn say_link_kind(kind: &Arc<LinkKind>, field: &LinkKindField) -> String {
    match field {
        LinkKindField::Name => kind.name.clone(),
        LinkKindField::Definition => kind.definition.clone(),
    }
}

pub(super) fn join_metas(
    base: Option<&DocumentMeta>,
    ours: &DocumentMeta,
    theirs: &DocumentMeta,
    prefer: Side,
) -> (DocumentMeta, Vec<DocumentField>) {
    let mut fields = Fields::new(prefer);
    let title = fields.take(DocumentField::Title, base.map(|b| &b.title), &ours.title, &theirs.title);
    let date = fields.take(DocumentField::Date, base.map(|b| &b.date), &ours.date, &theirs.date);
    let source = fields.take(DocumentField::Source, base.map(|b| &b.source), &ours.source, &theirs.source);
    let author = fields.take(DocumentField::Author, base.map(|b| &b.author), &ours.author, &theirs.author);
    let rest = |meta: &DocumentMeta| DocumentMeta {
        title: String::new(),
        date: None,
        source: String::new(),
        author: String::new(),
        ..meta.clone()
    };
    let rest = fields.take(DocumentField::Text, base.map(rest).as_ref(), &rest(ours), &rest(theirs));
    fields.end(DocumentMeta { title, date, source, author, ..rest })
}

pub(super) fn say_meta(meta: &DocumentMeta, field: &DocumentField) -> String {
    match field {
        DocumentField::Title => meta.title.clone(),
        DocumentField::Date => meta.date.as_ref().map_or_else(|| "none".to_owned(), |date| date.to_string()),
        DocumentField::Source => meta.source.clone(),
        DocumentField::Author => meta.author.clone(),
        DocumentField::Text => format!("{} characters, from {}", meta.characters, meta.origin.file_name),
    }
}
