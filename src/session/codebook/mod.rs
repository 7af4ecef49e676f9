//! Changes of the codebook: categories, attributes and kinds of link, and of the spans that use them.

mod attributes;
mod categories;
mod delete;
mod draft;
mod export;
mod impact;
mod import;
mod merge;
mod names;
mod roles;
mod split;

use std::collections::BTreeSet;
use std::path::PathBuf;

use demarche_analysis::merge_project::CodebookEntry;
use demarche_io::codebook::CodebookFormat;
use demarche_model::{
    AnnotatorId, AttributeDef, AttributeId, Category, CategoryId, Codebook, Edit, LinkKind, LinkKindId,
    OwnRole, Relations, SpanRef,
};

use super::Session;
use crate::words::codebook as words;

/// Changes the codebook, or exports it for other projects and programs.
#[derive(Clone, PartialEq, Debug)]
pub enum CodebookAction {
    /// Changes it.
    Change(CodebookChange),
    /// Exports it.
    Export {
        /// The format.
        format: &'static dyn CodebookFormat,
        /// The file to write; a folder if the format has several files.
        path: PathBuf,
    },
}

/// A change of the codebook; each is one step.
#[derive(Clone, PartialEq, Debug)]
pub enum CodebookChange {
    /// Adds a category, or changes the one with its id.
    PutCategory(Box<Category>),
    /// Moves a category before another one (`None`: to the end) and under a parent (`None`: to the top level).
    MoveCategory { id: CategoryId, before: Option<CategoryId>, parent: Option<CategoryId> },
    /// Merges categories into another one, which gets their spans.
    Merge { from: Vec<CategoryId>, into: CategoryId },
    /// Splits a category: each passage is moved to the category chosen for it.
    Split {
        /// The category to split.
        from: CategoryId,
        /// Categories to add first.
        fresh: Vec<Category>,
        /// The new category of each passage; those that are not listed keep theirs.
        choices: Vec<(SpanRef, CategoryId)>,
        /// Whether to retire the category afterwards.
        retire: bool,
    },
    /// Removes a category.
    Delete { id: CategoryId, fate: Fate },
    /// Adds an attribute, or changes the one with its id.
    PutAttribute(Box<AttributeDef>),
    /// Moves an attribute before another one (`None`: to the end).
    MoveAttribute { id: AttributeId, before: Option<AttributeId> },
    /// Removes an attribute, and with `values` also its values in the user's spans.
    DeleteAttribute { id: AttributeId, values: bool },
    /// Adds a kind of link, or changes the one with its id.
    PutLinkKind(Box<LinkKind>),
    /// Removes a kind of link that is not in use.
    DeleteLinkKind(LinkKindId),
    /// Replaces the list of actors.
    SetActors(Vec<String>),
    /// Replaces the list of issues.
    SetIssues(Vec<String>),
    /// Replaces the relations between actors and issues.
    SetRelations(Box<Relations>),
    /// Gives categories bargaining roles.
    SetRoles(Vec<(CategoryId, OwnRole)>),
    /// Adopts entries of the second edition of the codebook of negotiation.
    Adopt(BTreeSet<CodebookEntry>),
    /// Adds the entries of another codebook. Those that exist are kept, or replaced with `replace`.
    Import { codebook: Box<Codebook>, replace: bool },
}

/// The treatment of the spans of a removed category.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fate {
    /// They are moved to another category.
    MoveTo(CategoryId),
    /// They are removed too. Only possible if all are the user's own: no one removes another person's spans.
    Remove,
}

/// The spans that a change of the codebook would touch.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Impact {
    /// Number of spans.
    pub spans: usize,
    /// Number of documents that they are in.
    pub documents: usize,
    /// Their annotators, with the number of spans.
    pub annotators: Vec<(AnnotatorId, usize)>,
    /// Number of documents whose layers have not been read yet. The other numbers may be too low because of them.
    pub unread: usize,
}

impl Impact {
    /// Counts spans of an annotator.
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

    /// Changes the codebook. If spans have to change with it, reads layers that are not in memory first.
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
            CodebookChange::SetRelations(to) => self.set_relations(*to),
            CodebookChange::SetRoles(roles) => self.set_roles(&roles),
            CodebookChange::Adopt(chosen) => self.adopt(&chosen),
            CodebookChange::Import { codebook, replace } => self.import_codebook(&codebook, replace),
        }
    }

    /// Makes a change as one step, with a notice that says what was done.
    fn change(&mut self, label: impl Into<String>, edits: Vec<Edit>, notice: String) -> bool {
        let edit = if let [edit] = edits.as_slice() { edit.clone() } else { Edit::Batch(edits) };
        let done = self.edit(label, edit);
        if done {
            self.notify(words::done(&notice));
        }
        done
    }
}
