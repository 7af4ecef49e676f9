//! Changes of the codebook: categories, attributes, kinds of link, and what becomes of the spans meanwhile.

use std::sync::Arc;

use crate::model::{
    AnnotatorId, AttributeDef, AttributeId, Category, CategoryId, Codebook, Edit, LinkKind, LinkKindId,
    SpanRef,
};

use super::Session;

/// A change of the codebook; each is one step.
#[derive(Clone, PartialEq, Debug)]
pub enum CodebookChange {
    /// Adds a category, or changes the one with its id.
    PutCategory(Box<Category>),
    /// Moves a category before another one (`None`: to the end) and under a parent (`None`: to the top).
    MoveCategory { id: CategoryId, before: Option<CategoryId>, parent: Option<CategoryId> },
    /// Makes several categories one: their spans become `into`'s, and they go.
    Merge { from: Vec<CategoryId>, into: CategoryId },
    /// Takes a category apart: each passage goes to the category chosen for it.
    Split {
        /// What is taken apart.
        from: CategoryId,
        /// Categories to add first.
        fresh: Vec<Category>,
        /// Which passage goes where; those not named stay.
        choices: Vec<(SpanRef, CategoryId)>,
        /// Whether the category is closed for new spans afterwards.
        retire: bool,
    },
    /// Removes a category.
    Delete { id: CategoryId, fate: Fate },
    /// Adds an attribute, or changes the one with its id.
    PutAttribute(Box<AttributeDef>),
    /// Moves an attribute before another one; `None`: to the end.
    MoveAttribute { id: AttributeId, before: Option<AttributeId> },
    /// Removes an attribute; `values` says whether the user's spans lose their values too.
    DeleteAttribute { id: AttributeId, values: bool },
    /// Adds a kind of link, or changes the one with its id.
    PutLinkKind(Box<LinkKind>),
    /// Removes a kind of link that no link is of.
    DeleteLinkKind(LinkKindId),
    /// Replaces the list of actors.
    SetActors(Vec<String>),
    /// Replaces the list of issues.
    SetIssues(Vec<String>),
    /// Adds what another codebook has: what stands in both stays as it is here, or becomes as it is there.
    TakeIn { codebook: Box<Codebook>, replace: bool },
}

/// What becomes of the spans of a category that is removed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fate {
    /// They become another category's.
    MoveTo(CategoryId),
    /// They go with it. Only where all are the user's own: nobody removes another's spans.
    Remove,
}

/// What a change of the codebook would touch.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Impact {
    /// How many spans.
    pub spans: usize,
    /// In how many documents.
    pub documents: usize,
    /// Whose, and how many of each; by id.
    pub annotators: Vec<(AnnotatorId, usize)>,
    /// Documents whose layers have not been read yet, so that the figures may be too low.
    pub unread: usize,
}

impl Session {
    pub(super) fn change_codebook(&mut self, change: CodebookChange) {
        match change {
            CodebookChange::PutCategory(category) => self.put_category(*category),
            CodebookChange::Delete { id, .. } => self.remove_category(&id),
            _ => {}
        }
    }

    fn put_category(&mut self, category: Category) {
        let codebook = self.project.codebook();
        let (at, label) = match codebook.position(&category.id) {
            Some(at) => (at, format!("change {}", category.name)),
            None => (codebook.categories.len(), format!("add {}", category.name)),
        };
        self.edit(label, Edit::SetCategory { id: category.id.clone(), to: Some((at, Arc::new(category))) });
    }

    fn remove_category(&mut self, id: &CategoryId) {
        let unread = self
            .project
            .documents()
            .iter()
            .find(|d| !d.is_read() && self.listing.has_layers(d.id()))
            .cloned();
        if let Some(unread) = unread {
            return match self.reading_failed(unread.id()) {
                Some(why) => self.notify_error(format!("Not done: nobody knows what is tagged here. {why}")),
                None => self.notify("Layers are still being read; try again in a moment"),
            };
        }
        let name = self.project.codebook().name_of(id).to_owned();
        self.edit(format!("remove {name}"), Edit::SetCategory { id: id.clone(), to: None });
    }
}
