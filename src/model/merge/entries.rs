//! Merges the entries of the project file, field by field.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use smol_str::SmolStr;

use super::field_merge::FieldMerge;
use super::list::ThreeWayList;
use super::maps::merge_sets;
use super::{AnnotatorField, AttributeField, CategoryField, DocumentField, Field, LinkKindField, Side};
use crate::{Annotator, AttributeDef, AttributeKind, Category, Colour, DocumentMeta, LinkKind, Meaning};

pub(super) fn join_annotators(
    base: Option<&Annotator>,
    ours: &Annotator,
    theirs: &Annotator,
    prefer: Side,
) -> (Annotator, Vec<AnnotatorField>) {
    let (ours, theirs) = (&with_key_of(ours, theirs), &with_key_of(theirs, ours));
    let mut fields = FieldMerge::new(prefer);
    // Another key is another person, even if only one side has changed it.
    let key = fields.merge(AnnotatorField::Key, None, &ours.key, &theirs.key);
    let name = fields.merge(AnnotatorField::Name, base.map(|b| &b.name), &ours.name, &theirs.name);
    let colour = fields.merge(AnnotatorField::Colour, base.map(|b| &b.colour), &ours.colour, &theirs.colour);
    let rest =
        |a: &Annotator| Annotator { name: String::new(), colour: Colour([0; 3]), key: None, ..a.clone() };
    let rest = fields.merge(AnnotatorField::Work, base.map(rest).as_ref(), &rest(ours), &rest(theirs));
    fields.finish(Annotator { name, colour, key, ..rest })
}

/// A person with the key that only the other side knows.
fn with_key_of(person: &Annotator, other: &Annotator) -> Annotator {
    Annotator { key: person.key.or(other.key), ..person.clone() }
}

pub(super) fn join_categories(
    base: Option<&Arc<Category>>,
    ours: &Arc<Category>,
    theirs: &Arc<Category>,
    prefer: Side,
) -> (Arc<Category>, Vec<CategoryField>) {
    let mut f = FieldMerge::new(prefer);
    let b = base.map(|base| base.as_ref());
    let (o, t) = (ours.as_ref(), theirs.as_ref());
    let category = Category {
        id: ours.id.clone(),
        name: f.merge(CategoryField::Name, b.map(|b| &b.name), &o.name, &t.name),
        colour: f.merge(CategoryField::Colour, b.map(|b| &b.colour), &o.colour, &t.colour),
        hotkey: f.merge(CategoryField::Hotkey, b.map(|b| &b.hotkey), &o.hotkey, &t.hotkey),
        parent: f.merge(CategoryField::Parent, b.map(|b| &b.parent), &o.parent, &t.parent),
        definition: f.merge(
            CategoryField::Definition,
            b.map(|b| &b.definition),
            &o.definition,
            &t.definition,
        ),
        include: f.merge(CategoryField::Include, b.map(|b| &b.include), &o.include, &t.include),
        exclude: f.merge(CategoryField::Exclude, b.map(|b| &b.exclude), &o.exclude, &t.exclude),
        examples: f.merge(CategoryField::Examples, b.map(|b| &b.examples), &o.examples, &t.examples),
        codes: merge_codes(&mut f, b.map(|b| &b.codes), &o.codes, &t.codes),
        retired: f.merge(CategoryField::Retired, b.map(|b| &b.retired), &o.retired, &t.retired),
    };
    f.finish(Arc::new(category))
}

type Codes = BTreeMap<SmolStr, Vec<SmolStr>>;

/// Merges the codes of each scheme. What only one side has was added, unless it is in the base.
fn merge_codes(
    fields: &mut FieldMerge<CategoryField>,
    base: Option<&Codes>,
    ours: &Codes,
    theirs: &Codes,
) -> Codes {
    let schemes: BTreeSet<&SmolStr> = ours.keys().chain(theirs.keys()).collect();
    let mut merged = Codes::new();
    for scheme in schemes {
        let base = base.and_then(|base| base.get(scheme)).cloned();
        let (ours, theirs) = (ours.get(scheme).cloned(), theirs.get(scheme).cloned());
        let codes = fields.merge(CategoryField::Codes, Some(&base), &ours, &theirs);
        merged.extend(codes.map(|codes| (scheme.clone(), codes)));
    }
    merged
}

pub(super) fn join_attributes(
    base: Option<&Arc<AttributeDef>>,
    ours: &Arc<AttributeDef>,
    theirs: &Arc<AttributeDef>,
    prefer: Side,
) -> (Arc<AttributeDef>, Vec<AttributeField>) {
    let mut f = FieldMerge::new(prefer);
    let b = base.map(|base| base.as_ref());
    let (o, t) = (ours.as_ref(), theirs.as_ref());
    let mut attribute = AttributeDef {
        id: ours.id.clone(),
        name: f.merge(AttributeField::Name, b.map(|b| &b.name), &o.name, &t.name),
        kind: {
            // Choices that both sides have added do not conflict.
            let merged = merge_choices(b.map(|b| &b.kind), &o.kind, &t.kind);
            merged.unwrap_or_else(|| f.merge(AttributeField::Kind, b.map(|b| &b.kind), &o.kind, &t.kind))
        },
        categories: f.merge(
            AttributeField::Categories,
            b.map(|b| &b.categories),
            &o.categories,
            &t.categories,
        ),
        default: f.merge(AttributeField::Default, b.map(|b| &b.default), &o.default, &t.default),
        hotkey: f.merge(AttributeField::Hotkey, b.map(|b| &b.hotkey), &o.hotkey, &t.hotkey),
        definition: f.merge(
            AttributeField::Definition,
            b.map(|b| &b.definition),
            &o.definition,
            &t.definition,
        ),
        means: f.merge(AttributeField::Means, b.map(|b| &b.means), &o.means, &t.means),
        unit: f.merge(AttributeField::Unit, b.map(|b| &b.unit), &o.unit, &t.unit),
    };
    let is_known = |meaning: &Meaning| [o, t].iter().any(|side| side.misfits().any(|m| m == meaning));
    if attribute.misfits().any(|meaning| !is_known(meaning)) {
        // One side has changed the kind, the other the meaning.
        let whole = if prefer == Side::Ours { o } else { t };
        (attribute.kind, attribute.means) = (whole.kind.clone(), whole.means.clone());
        f.conflict([AttributeField::Kind, AttributeField::Means]);
    }
    f.finish(Arc::new(attribute))
}

/// Merges the lists of two kinds; `None` if the kinds differ or have no list.
fn merge_choices(
    base: Option<&AttributeKind>,
    ours: &AttributeKind,
    theirs: &AttributeKind,
) -> Option<AttributeKind> {
    let base = base.and_then(AttributeKind::own_list).unwrap_or_default();
    let merged = ThreeWayList { base, ours: ours.own_list()?, theirs: theirs.own_list()? };
    let merged = merged.merge(|choice| choice, |_, a, _, _| (a.clone(), Vec::<Field>::new())).into_iter();
    let list = merged.filter_map(|(_, outcome)| outcome.resolve(None)).collect();
    ours.is_same(theirs).then(|| ours.with_list(list))
}

pub(super) fn join_link_kinds(
    base: Option<&Arc<LinkKind>>,
    ours: &Arc<LinkKind>,
    theirs: &Arc<LinkKind>,
    prefer: Side,
) -> (Arc<LinkKind>, Vec<LinkKindField>) {
    let mut fields = FieldMerge::new(prefer);
    let name = fields.merge(LinkKindField::Name, base.map(|b| &b.name), &ours.name, &theirs.name);
    let definition = fields.merge(
        LinkKindField::Definition,
        base.map(|b| &b.definition),
        &ours.definition,
        &theirs.definition,
    );
    let answers =
        fields.merge(LinkKindField::Answers, base.map(|b| &b.answers), &ours.answers, &theirs.answers);
    fields.finish(Arc::new(LinkKind { id: ours.id.clone(), name, definition, answers }))
}

pub(super) fn join_metas(
    base: Option<&DocumentMeta>,
    ours: &DocumentMeta,
    theirs: &DocumentMeta,
    prefer: Side,
) -> (DocumentMeta, Vec<DocumentField>) {
    let (ours, theirs) = (&with_checksums_of(ours, theirs), &with_checksums_of(theirs, ours));
    let mut fields = FieldMerge::new(prefer);
    let title = fields.merge(DocumentField::Title, base.map(|b| &b.title), &ours.title, &theirs.title);
    let date = fields.merge(DocumentField::Date, base.map(|b| &b.date), &ours.date, &theirs.date);
    let source = fields.merge(DocumentField::Source, base.map(|b| &b.source), &ours.source, &theirs.source);
    let author = fields.merge(DocumentField::Author, base.map(|b| &b.author), &ours.author, &theirs.author);
    let rest = |meta: &DocumentMeta| DocumentMeta {
        title: String::new(),
        date: None,
        source: String::new(),
        author: String::new(),
        sets: BTreeSet::new(),
        ..meta.clone()
    };
    // Sets that both sides have put it into do not conflict.
    let sets = merge_sets(base.map(|base| &base.sets), &ours.sets, &theirs.sets);
    let base = base.map(|base| rest(&with_checksums_of(base, ours)));
    let rest = fields.merge(DocumentField::Text, base.as_ref(), &rest(ours), &rest(theirs));
    fields.finish(DocumentMeta { title, date, source, author, sets, ..rest })
}

/// A document with the checksums of texts that only the other side knows. To add one is not a change.
fn with_checksums_of(meta: &DocumentMeta, other: &DocumentMeta) -> DocumentMeta {
    let mut meta = meta.clone();
    for version in meta.versions.all_mut().filter(|version| version.sha256.is_empty()) {
        let known = other.versions.all().find(|known| known.number == version.number);
        version.sha256 = known.map(|known| known.sha256.clone()).unwrap_or_default();
    }
    meta
}
