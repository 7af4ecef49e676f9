//! Changes of the codebook: categories, attributes, kinds of link, and what becomes of the spans meanwhile.

mod attributes;
mod categories;
mod delete;
mod draft;
mod export;
mod impact;
mod import;
mod merge;
mod split;

use std::path::PathBuf;

use demarche_io::codebook::CodebookFormat;
use demarche_model::{
    AnnotatorId, AttributeDef, AttributeId, Category, CategoryId, Codebook, Edit, LinkKind, LinkKindId,
    SpanRef,
};

use super::Session;

/// Changes the codebook, or writes it for other projects and programs.
#[derive(Clone, PartialEq, Debug)]
pub enum CodebookAction {
    /// Changes it.
    Change(CodebookChange),
    /// Writes it.
    Export {
        /// The format.
        format: &'static dyn CodebookFormat,
        /// The file to write; of a format of several files the folder.
        path: PathBuf,
    },
}

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
    Import { codebook: Box<Codebook>, replace: bool },
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

impl Impact {
    /// Counts spans of a layer.
    fn add(&mut self, annotator: &AnnotatorId, spans: usize) {
        if spans == 0 {
            return;
        }
        self.spans += spans;
        match self.annotators.iter_mut().find(|(id, _)| id == annotator) {
            Some((_, count)) => *count += spans,
            None => self.annotators.push((annotator.clone(), spans)),
        }
    }
}

impl Session {
    #[deny(clippy::wildcard_enum_match_arm)]
    pub(super) fn perform_codebook(&mut self, action: CodebookAction) {
        match action {
            CodebookAction::Change(change) => self.change_codebook(change),
            CodebookAction::Export { format, path } => self.export_codebook(format, path),
        }
    }

    /// Changes the codebook. Where spans have to follow, layers that are not in memory are read first.
    #[deny(clippy::wildcard_enum_match_arm)]
    pub(super) fn change_codebook(&mut self, change: CodebookChange) {
        if let Some(why) = self.read_only() {
            return self.notify_error(why);
        }
        match change {
            CodebookChange::PutCategory(category) => self.put_category(*category),
            CodebookChange::MoveCategory { id, before, parent } => self.move_category(&id, before, parent),
            CodebookChange::Merge { from, into } => {
                self.once_layers_are_read(move |session| session.merge(from, &into));
            }
            CodebookChange::Split { from, fresh, choices, retire } => {
                self.split(&from, fresh, choices, retire);
            }
            CodebookChange::Delete { id, fate } => {
                self.once_layers_are_read(move |session| match fate {
                    Fate::MoveTo(into) => session.merge(vec![id], &into),
                    Fate::Remove => session.remove_category(&id),
                });
            }
            CodebookChange::PutAttribute(attribute) => self.put_attribute(*attribute),
            CodebookChange::MoveAttribute { id, before } => self.move_attribute(&id, before.as_ref()),
            CodebookChange::DeleteAttribute { id, values } => {
                self.once_layers_are_read(move |session| session.remove_attribute(&id, values));
            }
            CodebookChange::PutLinkKind(kind) => self.put_link_kind(*kind),
            CodebookChange::DeleteLinkKind(id) => {
                self.once_layers_are_read(move |session| session.remove_link_kind(&id));
            }
            CodebookChange::SetActors(to) => self.set_actors(to),
            CodebookChange::SetIssues(to) => self.set_issues(to),
            CodebookChange::Import { codebook, replace } => self.import_codebook(&codebook, replace),
        }
    }

    /// Carries out a change as one step; tells what was done.
    fn change(&mut self, label: String, edits: Vec<Edit>, told: impl Into<String>) -> bool {
        let told = told.into();
        let edit = if let [edit] = edits.as_slice() { edit.clone() } else { Edit::Batch(edits) };
        let done = self.edit(label, edit);
        if done {
            self.notify(format!("{told}. Ctrl+Z takes it back"));
        }
        done
    }
}
