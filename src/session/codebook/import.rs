//! Taking in another codebook.

use std::collections::HashMap;
use std::sync::Arc;

use demarche_model::{AttributeDef, Category, CategoryId, Codebook, Colour, LinkKind};

use super::super::Session;
use super::draft::Draft;
use crate::words::counted;

/// What came in.
#[derive(Default)]
struct ImportCounts {
    new: usize,
    replaced: usize,
    kept: usize,
}

impl Session {
    /// Adds what another codebook has. What stands in both stays as it is here, or with `replace` becomes as it is there;
    /// keys that are taken here are dropped, and colours that are in use become others.
    pub(super) fn import_codebook(&mut self, other: &Codebook, replace: bool) {
        let mut draft = Draft::of(self.project.codebook());
        let mut came = ImportCounts::default();
        let ids = categories(&mut draft, other, replace, &mut came);
        let here = |id: &CategoryId| ids.get(id).unwrap_or(id).clone();
        for attribute in &other.attributes {
            let known = draft.codebook.attribute(&attribute.id).is_some();
            if !came.takes(known, replace) {
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
            if came.takes(draft.codebook.link_kind(&kind.id).is_some(), replace) {
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
            return self.notify("Nothing taken in: all of it is here already");
        }
        let told = came.sentence();
        self.change("take in a codebook".to_owned(), draft.edits, told);
    }
}

impl ImportCounts {
    /// Counts something that comes, and says whether it is taken.
    fn takes(&mut self, known: bool, replace: bool) -> bool {
        match (known, replace) {
            (false, _) => self.new += 1,
            (true, true) => self.replaced += 1,
            (true, false) => self.kept += 1,
        }
        !known || replace
    }

    fn sentence(&self) -> String {
        let mut out = format!("Taken in: {}", counted(self.new, "new entry", "new entries"));
        if self.replaced > 0 {
            out.push_str(&format!(", {} replaced", self.replaced));
        }
        if self.kept > 0 {
            out.push_str(&format!(", {} kept as they are here", self.kept));
        }
        out
    }
}

/// Takes the categories in. Says which id each has here.
fn categories(
    draft: &mut Draft,
    other: &Codebook,
    replace: bool,
    came: &mut ImportCounts,
) -> HashMap<CategoryId, CategoryId> {
    let mut ids = HashMap::new();
    let mut taken: Vec<&Arc<Category>> = Vec::new();
    for category in &other.categories {
        let known = draft.codebook.category(&category.id).is_some();
        // An id that was another category's once stays its old id.
        let id = if known { category.id.clone() } else { draft.codebook.free_id(category.id.as_str()) };
        ids.insert(category.id.clone(), id.clone());
        if !came.takes(known, replace) {
            continue;
        }
        let mut here = Category { id: id.clone(), ..Category::clone(category) };
        // Parents come last: on the way two categories could stand below each other.
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

/// The colour, if no other category has it; else the first of the palette that is free, if one is.
fn free_colour(codebook: &Codebook, id: &CategoryId, colour: Colour) -> Colour {
    let used = |colour: &Colour| codebook.categories.iter().any(|c| c.id != *id && c.colour == *colour);
    if !used(&colour) {
        return colour;
    }
    Colour::PALETTE.into_iter().find(|colour| !used(colour)).unwrap_or(colour)
}
