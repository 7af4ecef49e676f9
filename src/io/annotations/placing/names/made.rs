//! What an import adds to the project's lists, and the edits that do so.

use std::sync::Arc;

use super::{Names, defined};
use demarche_model::{
    AnnotatorId, AttributeDef, AttributeId, AttributeKind, Category, CategoryId, Colour, Edit, LinkKind,
    LinkKindId,
};

/// What the project did not have before, in the order in which it came.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Made {
    /// Categories: as the file defines them, else with a colour of the palette and no definition.
    pub categories: Vec<CategoryId>,
    /// Attributes, of the kind that their values show.
    pub attributes: Vec<AttributeId>,
    /// Kinds of link.
    pub link_kinds: Vec<LinkKindId>,
    /// Annotators.
    pub annotators: Vec<AnnotatorId>,
    /// Actors.
    pub actors: Vec<String>,
    /// Issues.
    pub issues: Vec<String>,
}

impl Made {
    /// Adds what another file has made.
    pub(crate) fn extend(&mut self, other: Self) {
        self.categories.extend(other.categories);
        self.attributes.extend(other.attributes);
        self.link_kinds.extend(other.link_kinds);
        self.annotators.extend(other.annotators);
        self.actors.extend(other.actors);
        self.issues.extend(other.issues);
    }
}

impl Names<'_> {
    /// Returns the edits that make everything that was added, what that is, and remarks on names.
    pub fn finish(mut self) -> (Vec<Edit>, Made, Vec<String>) {
        let codebook = self.project.codebook();
        let mut edits = Vec::new();
        for (at, annotator) in (self.project.annotators().len()..).zip(std::mem::take(&mut self.people)) {
            edits.push(Edit::SetAnnotator { id: annotator.id.clone(), to: Some((at, annotator)) });
        }
        for (at, id) in (codebook.categories.len()..).zip(&self.made.categories) {
            edits.push(Edit::SetCategory { id: id.clone(), to: Some((at, self.new_category(at, id))) });
        }
        for (at, id) in (codebook.attributes.len()..).zip(&self.made.attributes) {
            let kind = self.kinds.get(id).cloned().unwrap_or(AttributeKind::Text);
            let attribute = match defined(&self.codebook, id) {
                Some(defined) => self.adapted(AttributeDef { kind, ..AttributeDef::clone(defined) }),
                None => AttributeDef::new(id.clone(), title(id.as_str()), kind),
            };
            edits.push(Edit::SetAttribute { id: id.clone(), to: Some((at, Arc::new(attribute))) });
        }
        for (at, id) in (codebook.link_kinds.len()..).zip(&self.made.link_kinds) {
            let plain = || LinkKind { id: id.clone(), name: title(id.as_str()), definition: String::new() };
            let defined = self.codebook.link_kinds.iter().find(|kind| kind.id == *id).cloned();
            let kind = defined.unwrap_or_else(|| Arc::new(plain()));
            edits.push(Edit::SetLinkKind { id: id.clone(), to: Some((at, kind)) });
        }
        if !self.made.actors.is_empty() {
            edits.push(Edit::SetActors { to: [self.project.actors(), &self.made.actors].concat() });
        }
        if !self.made.issues.is_empty() {
            edits.push(Edit::SetIssues { to: [self.project.issues(), &self.made.issues].concat() });
        }
        (edits, self.made, self.remarks)
    }

    /// A category as the file defines it, as far as that fits in here; else a plain one.
    fn new_category(&self, at: usize, id: &CategoryId) -> Arc<Category> {
        let Some(defined) = self.codebook.category(id) else {
            return Arc::new(Category::new(id.clone(), title(id.as_str()), Colour::nth(at)));
        };
        let mut category = Category::clone(defined);
        let before: Vec<&CategoryId> = self.made.categories.iter().take_while(|made| *made != id).collect();
        let known = |parent: &CategoryId| {
            self.project.codebook().category(parent).is_some() || before.contains(&parent)
        };
        category.parent = category.parent.filter(known);
        let taken = |key: &char| self.project.codebook().by_hotkey(*key).is_some();
        category.hotkey = category.hotkey.filter(|key| !taken(key));
        Arc::new(category)
    }

    /// An attribute without what would not fit in here.
    fn adapted(&self, mut attribute: AttributeDef) -> AttributeDef {
        attribute.categories.retain(|id| self.has(id));
        let others = &self.project.codebook().attributes;
        attribute.hotkey = attribute.hotkey.filter(|key| others.iter().all(|a| a.hotkey != Some(*key)));
        attribute
    }
}

/// A name for people from an id: `red-line` gives `Red line`.
pub(super) fn title(id: &str) -> String {
    let spaced = id.replace(['-', '_'], " ");
    let mut rest = spaced.trim().chars();
    match rest.next() {
        Some(first) => first.to_uppercase().chain(rest).collect(),
        None => id.to_owned(),
    }
}
