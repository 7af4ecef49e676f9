//! Adopting a later edition of a codebook in a project that has an earlier one.

use std::collections::BTreeSet;
use std::sync::Arc;

use demarche_model::merge::{
    AttributeField, CategoryField, Field, LinkKindField, Resolutions, Side, merge_projects,
    merge_projects_with,
};
use demarche_model::{AttributeDef, Category, Codebook, Edit, LinkKind, Project};

use crate::merge_project::{CodebookEntry, EntryChange};

/// The least number of categories that a codebook shares with an edition that it derives from.
const SHARED: usize = 4;

/// What a later edition would change in a codebook.
#[derive(Clone, PartialEq, Debug)]
pub enum Adoption {
    /// The codebook does not derive from the earlier edition.
    OtherCodebook,
    /// These entries; none if the codebook has everything already.
    Changes(Vec<AdoptedEntry>),
}

/// An entry of the codebook that a later edition adds or changes.
#[derive(Clone, PartialEq, Debug)]
pub struct AdoptedEntry {
    /// The entry.
    pub entry: CodebookEntry,
    /// Its name.
    pub name: String,
    /// Whether it is new.
    pub change: EntryChange,
    /// The fields that change; empty for a new entry.
    pub fields: Vec<Field>,
    /// Its new value.
    value: Value,
}

#[derive(Clone, PartialEq, Debug)]
enum Value {
    Category(Arc<Category>),
    Attribute(Arc<AttributeDef>),
    LinkKind(Arc<LinkKind>),
}

/// Compares a codebook with two editions of the one that it derives from. What the project has changed itself is kept, and
/// what it has removed stays removed.
pub fn adoption(codebook: &Codebook, earlier: &Codebook, later: &Codebook) -> Adoption {
    let shared = earlier.categories.iter().filter(|category| codebook.resolve(&category.id).is_some());
    if shared.count() < SHARED {
        return Adoption::OtherCodebook;
    }
    let project = |codebook: &Codebook| Project::new("", codebook.clone());
    let (base, ours, theirs) = (project(earlier), project(codebook), project(later));
    let conflicts = merge_projects(Some(&base), &ours, &theirs).conflicts.into_iter();
    let ours_first: Resolutions = conflicts.map(|conflict| (conflict.at, Side::Ours)).collect();
    let merged = merge_projects_with(Some(&base), &ours, &theirs, &ours_first).value;
    Adoption::Changes(entries(codebook, merged.codebook()))
}

fn entries(old: &Codebook, new: &Codebook) -> Vec<AdoptedEntry> {
    let mut found = Vec::new();
    let categories = new.categories.iter().filter(|category| !old.aliases.contains_key(&category.id));
    for category in categories {
        let before = old.category(&category.id);
        if before != Some(category) {
            let fields = before.map(|before| category_fields(before, category)).unwrap_or_default();
            let entry = CodebookEntry::Category(category.id.clone());
            let value = Value::Category(without_taken_key(category, old));
            found.push(adopted(entry, &category.name, before.is_none(), fields, value));
        }
    }
    for attribute in &new.attributes {
        let before = old.attribute(&attribute.id);
        if before != Some(attribute) {
            let fields = before.map(|before| attribute_fields(before, attribute)).unwrap_or_default();
            let entry = CodebookEntry::Attribute(attribute.id.clone());
            let value = Value::Attribute(without_taken_letter(attribute, old));
            found.push(adopted(entry, &attribute.name, before.is_none(), fields, value));
        }
    }
    for kind in &new.link_kinds {
        let before = old.link_kind(&kind.id);
        if before != Some(kind) {
            let fields = before.map(|before| link_kind_fields(before, kind)).unwrap_or_default();
            let entry = CodebookEntry::LinkKind(kind.id.clone());
            found.push(adopted(entry, &kind.name, before.is_none(), fields, Value::LinkKind(kind.clone())));
        }
    }
    found
}

fn adopted(entry: CodebookEntry, name: &str, is_new: bool, fields: Vec<Field>, value: Value) -> AdoptedEntry {
    let change = if is_new { EntryChange::Added } else { EntryChange::Changed };
    AdoptedEntry { entry, name: name.to_owned(), change, fields, value }
}

/// The category without its key, if another category of the codebook has it.
fn without_taken_key(category: &Arc<Category>, codebook: &Codebook) -> Arc<Category> {
    let is_taken = |other: &Arc<Category>| other.id != category.id && other.hotkey == category.hotkey;
    let open = codebook.categories.iter().filter(|other| !other.retired && other.hotkey.is_some());
    match open.into_iter().any(is_taken) {
        true => Arc::new(Category { hotkey: None, ..(**category).clone() }),
        false => category.clone(),
    }
}

/// The attribute without its letter, if another attribute of the codebook has it.
fn without_taken_letter(attribute: &Arc<AttributeDef>, codebook: &Codebook) -> Arc<AttributeDef> {
    let is_taken = |other: &Arc<AttributeDef>| other.id != attribute.id && other.hotkey == attribute.hotkey;
    match codebook.attributes.iter().filter(|other| other.hotkey.is_some()).any(is_taken) {
        true => Arc::new(AttributeDef { hotkey: None, ..(**attribute).clone() }),
        false => attribute.clone(),
    }
}

fn category_fields(a: &Category, b: &Category) -> Vec<Field> {
    let fields = [
        (CategoryField::Name, a.name != b.name),
        (CategoryField::Colour, a.colour != b.colour),
        (CategoryField::Hotkey, a.hotkey != b.hotkey),
        (CategoryField::Parent, a.parent != b.parent),
        (CategoryField::Definition, a.definition != b.definition),
        (CategoryField::Include, a.include != b.include),
        (CategoryField::Exclude, a.exclude != b.exclude),
        (CategoryField::Examples, a.examples != b.examples),
        (CategoryField::Codes, a.codes != b.codes),
        (CategoryField::Retired, a.retired != b.retired),
    ];
    changed(fields)
}

fn attribute_fields(a: &AttributeDef, b: &AttributeDef) -> Vec<Field> {
    let fields = [
        (AttributeField::Name, a.name != b.name),
        (AttributeField::Kind, a.kind != b.kind),
        (AttributeField::Categories, a.categories != b.categories),
        (AttributeField::Default, a.default != b.default),
        (AttributeField::Hotkey, a.hotkey != b.hotkey),
        (AttributeField::Definition, a.definition != b.definition),
        (AttributeField::Means, a.means != b.means),
        (AttributeField::Unit, a.unit != b.unit),
    ];
    changed(fields)
}

fn link_kind_fields(a: &LinkKind, b: &LinkKind) -> Vec<Field> {
    let fields = [
        (LinkKindField::Name, a.name != b.name),
        (LinkKindField::Definition, a.definition != b.definition),
        (LinkKindField::Answers, a.answers != b.answers),
    ];
    changed(fields)
}

fn changed<F: Into<Field>>(fields: impl IntoIterator<Item = (F, bool)>) -> Vec<Field> {
    fields.into_iter().filter(|(_, is_changed)| *is_changed).map(|(field, _)| field.into()).collect()
}

/// Returns the edits that adopt the chosen entries. New ones are added at the end of their lists.
pub fn adoption_edits(
    codebook: &Codebook,
    entries: &[AdoptedEntry],
    chosen: &BTreeSet<CodebookEntry>,
) -> Vec<Edit> {
    let mut ends = [codebook.categories.len(), codebook.attributes.len(), codebook.link_kinds.len()];
    let mut place = |list: usize, at: Option<usize>| {
        at.unwrap_or_else(|| {
            let end = ends[list];
            ends[list] += 1;
            end
        })
    };
    let chosen = entries.iter().filter(|entry| chosen.contains(&entry.entry));
    let edit = |entry: &AdoptedEntry| match &entry.value {
        Value::Category(to) => {
            let at = place(0, codebook.position(&to.id));
            Edit::SetCategory { id: to.id.clone(), to: Some((at, to.clone())) }
        }
        Value::Attribute(to) => {
            let at = place(1, codebook.attributes.iter().position(|old| old.id == to.id));
            Edit::SetAttribute { id: to.id.clone(), to: Some((at, to.clone())) }
        }
        Value::LinkKind(to) => {
            let at = place(2, codebook.link_kinds.iter().position(|old| old.id == to.id));
            Edit::SetLinkKind { id: to.id.clone(), to: Some((at, to.clone())) }
        }
    };
    chosen.map(edit).collect()
}
