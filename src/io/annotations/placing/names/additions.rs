//! The additions of an import to the project's lists, and the edits for them.

use std::sync::Arc;

use uuid::Uuid;

use super::{NameChoice, NameKind, Names, UnknownNames, defined};
use demarche_model::{
    AnnotatorId, AttributeDef, AttributeId, AttributeKind, Category, CategoryId, Colour, Edit, LinkKind,
    LinkKindId, PersonKey, readable,
};

/// New entries of the project's lists, in the order in which they were added.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Additions {
    /// Categories: as defined in the file, or with a colour of the palette and no definition.
    pub categories: Vec<CategoryId>,
    /// Attributes, with a kind derived from their values.
    pub attributes: Vec<AttributeId>,
    /// Link kinds.
    pub link_kinds: Vec<LinkKindId>,
    /// Annotators.
    pub annotators: Vec<AnnotatorId>,
    /// Actors.
    pub actors: Vec<String>,
    /// Issues.
    pub issues: Vec<String>,
}

impl Additions {
    /// Appends the additions of another file.
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
    /// Returns the edits for all additions, the additions, the names that the project lacks, and remarks on names. New
    /// people get a key from `ids`.
    pub fn finish(
        mut self,
        ids: &mut dyn FnMut() -> Uuid,
    ) -> (Vec<Edit>, Additions, UnknownNames, Vec<String>) {
        let codebook = self.project.codebook();
        let mut edits = Vec::new();
        for (at, annotator) in (self.project.annotators().len()..).zip(std::mem::take(&mut self.people)) {
            let person = self.project.with_first_key(annotator, PersonKey(ids()));
            edits.push(Edit::SetAnnotator { id: person.id.clone(), to: Some((at, person)) });
        }
        for (at, id) in (codebook.categories.len()..).zip(&self.additions.categories) {
            edits.push(Edit::SetCategory { id: id.clone(), to: Some((at, self.new_category(at, id))) });
        }
        for (at, id) in (codebook.attributes.len()..).zip(&self.additions.attributes) {
            let kind = self.kinds.get(id).cloned().unwrap_or(AttributeKind::Text);
            let attribute = match defined(&self.codebook, id) {
                Some(defined) => self.adapted(AttributeDef { kind, ..AttributeDef::clone(defined) }),
                None => AttributeDef::new(id.clone(), readable(id.as_str()), kind),
            };
            edits.push(Edit::SetAttribute { id: id.clone(), to: Some((at, Arc::new(attribute))) });
        }
        for (at, id) in (codebook.link_kinds.len()..).zip(&self.additions.link_kinds) {
            let plain = || LinkKind::new(id.clone(), readable(id.as_str()), "");
            let defined = self.codebook.link_kinds.iter().find(|kind| kind.id == *id).cloned();
            let kind = defined.unwrap_or_else(|| Arc::new(plain()));
            edits.push(Edit::SetLinkKind { id: id.clone(), to: Some((at, kind)) });
        }
        if !self.additions.actors.is_empty() {
            edits.push(Edit::SetActors { to: [self.project.actors(), &self.additions.actors].concat() });
        }
        if !self.additions.issues.is_empty() {
            edits.push(Edit::SetIssues { to: [self.project.issues(), &self.additions.issues].concat() });
        }
        (edits, self.additions, self.unknown, self.remarks)
    }

    /// Returns a category as defined in the file, without what conflicts with the project, or a plain one.
    fn new_category(&self, at: usize, id: &CategoryId) -> Arc<Category> {
        let Some(defined) = self.codebook.category(id) else {
            return Arc::new(Category::new(id.clone(), readable(id.as_str()), Colour::nth(at)));
        };
        let mut category = Category::clone(defined);
        let before: Vec<&CategoryId> =
            self.additions.categories.iter().take_while(|other| *other != id).collect();
        let known = |parent: &CategoryId| {
            self.project.codebook().category(parent).is_some() || before.contains(&parent)
        };
        let stands_for = |parent: CategoryId| match self.choices.of(NameKind::Category, parent.as_str()) {
            NameChoice::Map(to) if !known(&parent) => CategoryId::new(to),
            NameChoice::Map(_) | NameChoice::Add | NameChoice::LeaveOut => parent,
        };
        category.parent = category.parent.map(stands_for).filter(known);
        let taken = |key: &char| self.project.codebook().by_hotkey(*key).is_some();
        category.hotkey = category.hotkey.filter(|key| !taken(key));
        Arc::new(category)
    }

    /// Returns an attribute without what does not fit the project.
    fn adapted(&self, mut attribute: AttributeDef) -> AttributeDef {
        attribute.categories.retain(|id| self.has(id));
        let others = &self.project.codebook().attributes;
        attribute.hotkey = attribute.hotkey.filter(|key| others.iter().all(|a| a.hotkey != Some(*key)));
        attribute
    }
}
