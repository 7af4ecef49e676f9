//! A change of the codebook that is being put together.

use std::sync::Arc;

use demarche_model::{AttributeDef, Category, CategoryId, Codebook, Edit, LinkKind};

/// The edits so far, and the codebook that they result in, so that each edit has the right positions.
pub(super) struct Draft {
    /// The codebook after the edits.
    pub codebook: Codebook,
    /// The edits, in order.
    pub edits: Vec<Edit>,
}

impl Draft {
    /// A draft without edits.
    pub fn new(codebook: &Codebook) -> Self {
        Self { codebook: codebook.clone(), edits: Vec::new() }
    }

    /// Replaces a category, or adds it at the end.
    pub fn put(&mut self, category: Category) {
        let end = self.codebook.categories.len();
        self.put_at(self.codebook.position(&category.id).unwrap_or(end), category);
    }

    /// Puts a category at a position, which does not count the category itself. Makes no edit if nothing changes.
    pub fn put_at(&mut self, at: usize, category: Category) {
        let categories = &mut self.codebook.categories;
        let old =
            categories.iter().position(|c| c.id == category.id).map(|old| (old, categories.remove(old)));
        let at = at.min(categories.len());
        let same = old.is_some_and(|(was, old)| was == at && *old == category);
        let category = Arc::new(category);
        categories.insert(at, category.clone());
        if !same {
            self.edits.push(Edit::SetCategory { id: category.id.clone(), to: Some((at, category)) });
        }
    }

    /// Changes an existing category.
    pub fn change(&mut self, id: &CategoryId, change: impl FnOnce(&mut Category)) {
        if let Some(category) = self.codebook.category(id) {
            let mut category = Category::clone(category);
            change(&mut category);
            self.put(category);
        }
    }

    /// Moves a category with its descendants to just before another one, or to the end.
    pub fn move_before(&mut self, id: &CategoryId, before: Option<&CategoryId>) {
        for member in self.block(id) {
            let Some(category) = self.codebook.category(&member).cloned() else { continue };
            let others = self.codebook.categories.iter().filter(|c| c.id != member);
            let at = others.clone().position(|c| Some(&c.id) == before).unwrap_or(others.count());
            self.put_at(at, Category::clone(&category));
        }
    }

    /// A category followed by its descendants, in the order of the codebook.
    pub fn block(&self, id: &CategoryId) -> Vec<CategoryId> {
        let below =
            self.codebook.categories.iter().filter(|c| self.codebook.is_descendant(&c.id, id) && c.id != *id);
        std::iter::once(id.clone()).chain(below.map(|category| category.id.clone())).collect()
    }

    /// The category just after another one and its descendants, ignoring `except` and its descendants.
    pub fn next_after(&self, id: &CategoryId, except: &CategoryId) -> Option<CategoryId> {
        let (inside, moved) = (self.block(id), self.block(except));
        let stay: Vec<&CategoryId> =
            self.codebook.categories.iter().map(|c| &c.id).filter(|id| !moved.contains(id)).collect();
        let last = stay.iter().rposition(|id| inside.contains(id))?;
        stay.get(last + 1).map(|id| (*id).clone())
    }

    /// Removes a category. Nothing may be tagged with it, and no alias may lead to it.
    pub fn remove(&mut self, id: &CategoryId) {
        self.codebook.categories.retain(|category| category.id != *id);
        self.edits.push(Edit::SetCategory { id: id.clone(), to: None });
    }

    /// Sets or removes an alias.
    pub fn alias(&mut self, from: &CategoryId, to: Option<&CategoryId>) {
        match to {
            Some(to) => self.codebook.aliases.insert(from.clone(), to.clone()),
            None => self.codebook.aliases.remove(from),
        };
        self.edits.push(Edit::SetAlias { from: from.clone(), to: to.cloned() });
    }

    /// The aliases that lead directly to a category.
    pub fn aliases_of(&self, to: &CategoryId) -> Vec<CategoryId> {
        self.codebook.aliases.iter().filter(|(_, now)| *now == to).map(|(old, _)| old.clone()).collect()
    }

    /// Puts an attribute at a position. Without one, replaces it in its place or adds it at the end.
    pub fn put_attribute(&mut self, at: Option<usize>, attribute: AttributeDef) {
        let attributes = &mut self.codebook.attributes;
        let old = attributes.iter().position(|a| a.id == attribute.id);
        let old = old.map(|old| (old, attributes.remove(old)));
        let at = at.or(old.as_ref().map(|(old, _)| *old)).unwrap_or(attributes.len()).min(attributes.len());
        let same = old.is_some_and(|(was, old)| was == at && *old == attribute);
        let attribute = Arc::new(attribute);
        attributes.insert(at, attribute.clone());
        if !same {
            self.edits.push(Edit::SetAttribute { id: attribute.id.clone(), to: Some((at, attribute)) });
        }
    }

    /// Changes the categories that attributes apply to.
    pub fn change_attribute_categories(&mut self, change: impl Fn(&mut Vec<CategoryId>)) {
        for attribute in self.codebook.attributes.clone() {
            let mut categories = attribute.categories.clone();
            change(&mut categories);
            self.put_attribute(None, AttributeDef { categories, ..AttributeDef::clone(&attribute) });
        }
    }

    /// Replaces a kind of link, or adds it at the end.
    pub fn put_link_kind(&mut self, kind: LinkKind) {
        let kinds = &mut self.codebook.link_kinds;
        let at = kinds.iter().position(|k| k.id == kind.id).unwrap_or(kinds.len());
        let same = kinds.get(at).is_some_and(|old| **old == kind);
        let kind = Arc::new(kind);
        kinds.splice(at..(at + 1).min(kinds.len()), [kind.clone()]);
        if !same {
            self.edits.push(Edit::SetLinkKind { id: kind.id.clone(), to: Some((at, kind)) });
        }
    }

    /// The category other than `except` that uses a key; retired ones do not count.
    pub fn holder_of_key(&self, key: Option<char>, except: &CategoryId) -> Option<&Arc<Category>> {
        let open = self.codebook.categories.iter().filter(|c| !c.retired && c.id != *except);
        key.and_then(|key| open.clone().find(|c| c.hotkey == Some(key)))
    }

    /// The other attribute that uses the key of this one.
    pub fn attribute_of_key(&self, attribute: &AttributeDef) -> Option<&Arc<AttributeDef>> {
        let key = attribute.hotkey?;
        self.codebook.attributes.iter().find(|a| a.hotkey == Some(key) && a.id != attribute.id)
    }
}
