//! Importing another codebook.

use std::collections::HashMap;
use std::sync::Arc;

use demarche_model::{AttributeDef, Category, CategoryId, Codebook, Colour, LinkKind};

use super::super::Session;
use super::draft::Draft;
use crate::words::{codebook as words, steps};

/// Numbers of imported entries.
#[derive(Default)]
struct ImportCounts {
    new: usize,
    replaced: usize,
    kept: usize,
}

impl Session {
    /// Adds the entries of another codebook. Those that exist are kept, or replaced with `replace`. Keys that are taken
    /// are dropped, and colours that are in use are changed.
    pub(super) fn import_codebook(&mut self, other: &Codebook, replace: bool) {
        let mut draft = Draft::new(self.project.codebook());
        let mut counts = ImportCounts::default();
        let ids = categories(&mut draft, other, replace, &mut counts);
        let here = |id: &CategoryId| ids.get(id).unwrap_or(id).clone();
        for attribute in &other.attributes {
            let known = draft.codebook.attribute(&attribute.id).is_some();
            if !counts.add(known, replace) {
                continue;
            }
            let mut attribute = AttributeDef::clone(attribute);
            attribute.categories = attribute.categories.iter().map(here).collect();
            if draft.attribute_of_key(&attribute).is_some() {
                attribute.hotkey = None;
            }
            draft.put_attribute(None, attribute);
        }
        for kind in &other.link_kinds {
            if counts.add(draft.codebook.link_kind(&kind.id).is_some(), replace) {
                draft.put_link_kind(LinkKind::clone(kind));
            }
        }
        for old in other.aliases.keys() {
            let fresh = draft.codebook.category(old).is_none() && !draft.codebook.aliases.contains_key(old);
            let now = other.resolve(old).map(|category| here(&category.id)).filter(|_| fresh);
            if let Some(now) = now.filter(|now| draft.codebook.category(now).is_some()) {
                draft.alias(old, Some(&now));
            }
        }
        if draft.edits.is_empty() {
            return self.notify(words::nothing_to_import());
        }
        let notice = words::imported(counts.new, counts.replaced, counts.kept);
        self.change(steps::import_codebook(), draft.edits, notice);
    }
}

impl ImportCounts {
    /// Counts an entry. Returns whether to import it.
    fn add(&mut self, known: bool, replace: bool) -> bool {
        match (known, replace) {
            (false, _) => self.new += 1,
            (true, true) => self.replaced += 1,
            (true, false) => self.kept += 1,
        }
        !known || replace
    }
}

/// Imports the categories. Returns the id that each has here.
fn categories(
    draft: &mut Draft,
    other: &Codebook,
    replace: bool,
    counts: &mut ImportCounts,
) -> HashMap<CategoryId, CategoryId> {
    let mut ids = HashMap::new();
    let mut taken: Vec<&Arc<Category>> = Vec::new();
    for category in &other.categories {
        let known = draft.codebook.category(&category.id).is_some();
        // An id that is an alias remains the alias, so the category needs another one.
        let id = if known { category.id.clone() } else { draft.codebook.free_id(category.id.as_str()) };
        ids.insert(category.id.clone(), id.clone());
        if !counts.add(known, replace) {
            continue;
        }
        let mut here = Category { id: id.clone(), ..Category::clone(category) };
        // Parents are set at the end: in between, two categories could be below each other.
        here.parent = None;
        if !here.retired && draft.holder_of_key(here.hotkey, &id).is_some() {
            here.hotkey = None;
        }
        here.colour = free_colour(&draft.codebook, &id, here.colour);
        draft.put(here);
        taken.push(category);
    }
    for category in taken {
        let Some(id) = ids.get(&category.id) else { continue };
        let parent = category.parent.as_ref().map(|parent| ids.get(parent).unwrap_or(parent).clone());
        let fits = |parent: &CategoryId| {
            parent != id
                && draft.codebook.category(parent).is_some()
                && !draft.codebook.is_descendant(parent, id)
        };
        if let Some(parent) = parent.filter(fits) {
            draft.change(id, |category| category.parent = Some(parent));
        }
    }
    ids
}

/// Returns the colour unless another category has it. In that case, returns the first free one of the palette.
fn free_colour(codebook: &Codebook, id: &CategoryId, colour: Colour) -> Colour {
    let used = |colour: &Colour| codebook.categories.iter().any(|c| c.id != *id && c.colour == *colour);
    if !used(&colour) {
        return colour;
    }
    Colour::PALETTE.into_iter().find(|colour| !used(colour)).unwrap_or(colour)
}
