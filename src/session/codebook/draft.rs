//! A change of the codebook under way.

use std::sync::Arc;

use demarche_model::{AttributeDef, Category, CategoryId, Codebook, Edit, LinkKind};

/// The edits so far, and the codebook as they will leave it, so that each finds places as they are by then.
pub(super) struct Draft {
    /// The codebook after the edits.
    pub codebook: Codebook,
    /// What has to be done, in this order.
    pub edits: Vec<Edit>,
}

impl Draft {
    /// A draft of nothing yet.
    pub fn of(codebook: &Codebook) -> Self {
        Self { codebook: codebook.clone(), edits: Vec::new() }
    }

    /// Changes a category where it stands, or adds it at the end.
    pub fn put(&mut self, category: Category) {
        let end = self.codebook.categories.len();
        self.put_at(self.codebook.position(&category.id).unwrap_or(end), category);
    }

    /// Puts a category at a position: counted without itself, if it is there already. Nothing is done where it stands so.
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

    /// Changes a category that is there.
    pub fn change(&mut self, id: &CategoryId, change: impl FnOnce(&mut Category)) {
        if let Some(category) = self.codebook.category(id) {
            let mut category = Category::clone(category);
            change(&mut category);
            self.put(category);
        }
    }

    /// Puts a category and all that stands below it right before another one; `None`: at the end.
    pub fn move_before(&mut self, id: &CategoryId, before: Option<&CategoryId>) {
        for member in self.block(id) {
            let Some(category) = self.codebook.category(&member).cloned() else { continue };
            let others = self.codebook.categories.iter().filter(|c| c.id != member);
            let at = others.clone().position(|c| Some(&c.id) == before).unwrap_or(others.count());
            self.put_at(at, Category::clone(&category));
        }
    }

    /// A category and all that stands below it, in the order of the codebook but the category itself first.
    pub fn block(&self, id: &CategoryId) -> Vec<CategoryId> {
        let below =
            self.codebook.categories.iter().filter(|c| self.codebook.is_descendant(&c.id, id) && c.id != *id);
        std::iter::once(id.clone()).chain(below.map(|category| category.id.clone())).collect()
    }

    /// What stands right behind a category and all that is below it, `but` and what is below that left out.
    pub fn behind(&self, id: &CategoryId, but: &CategoryId) -> Option<CategoryId> {
        let (inside, moved) = (self.block(id), self.block(but));
        let stay: Vec<&CategoryId> =
            self.codebook.categories.iter().map(|c| &c.id).filter(|id| !moved.contains(id)).collect();
        let last = stay.iter().rposition(|id| inside.contains(id))?;
        stay.get(last + 1).map(|id| (*id).clone())
    }

    /// Takes a category out. Nothing may be tagged with it, and no alias lead to it.
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

    /// The aliases that lead straight to a category.
    pub fn aliases_of(&self, to: &CategoryId) -> Vec<CategoryId> {
        self.codebook.aliases.iter().filter(|(_, now)| *now == to).map(|(old, _)| old.clone()).collect()
    }

    /// Puts an attribute at a position, or where it stands, or at the end.
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

    /// Changes the categories that attributes are for.
    pub fn change_attribute_categories(&mut self, change: impl Fn(&mut Vec<CategoryId>)) {
        for attribute in self.codebook.attributes.clone() {
            let mut categories = attribute.categories.clone();
            change(&mut categories);
            self.put_attribute(None, AttributeDef { categories, ..AttributeDef::clone(&attribute) });
        }
    }

    /// Changes a kind of link where it stands, or adds it at the end.
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

    /// Whose key this is among the categories that are open for new spans, but for one.
    pub fn holder_of_key(&self, key: Option<char>, but: &CategoryId) -> Option<&Arc<Category>> {
        let open = self.codebook.categories.iter().filter(|c| !c.retired && c.id != *but);
        key.and_then(|key| open.clone().find(|c| c.hotkey == Some(key)))
    }

    /// As [`Self::holder_of_key`], among the attributes.
    pub fn attribute_of_key(&self, attribute: &AttributeDef) -> Option<&Arc<AttributeDef>> {
        let key = attribute.hotkey?;
        self.codebook.attributes.iter().find(|a| a.hotkey == Some(key) && a.id != attribute.id)
    }
}
