//! The people whose coding the project has, derived from the project and kept up to date.

use std::collections::BTreeSet;

use demarche_io::project::Listing;
use demarche_model::{AnnotatorId, Document, DocumentId, LayerId, Project, Role, Status, Touch};

use crate::Session;

/// People listed, then owners of layers who are not; see [`Project::coders`].
#[derive(Default)]
pub(crate) struct Coders {
    all: Vec<AnnotatorId>,
    /// Those of them who tag; see [`Project::taggers`].
    taggers: Vec<AnnotatorId>,
    /// Owners of layers, read or not.
    owners: BTreeSet<AnnotatorId>,
}

impl Coders {
    /// The coders of a project with these files.
    pub fn new(project: &Project, listing: &Listing) -> Self {
        let unread = project.documents().iter().filter(|document| !document.is_loaded());
        let unread = unread.flat_map(|document| listing.annotators(document.id()));
        let read = project.documents().iter().flat_map(|document| owners(document));
        Self::of(project, unread.chain(read).cloned().collect())
    }

    fn of(project: &Project, owners: BTreeSet<AnnotatorId>) -> Self {
        let all = project.coders();
        let tags = |id: &&AnnotatorId| project.role(id) == Role::Annotator || owners.contains(id);
        Self { taggers: all.iter().filter(tags).cloned().collect(), all, owners }
    }

    /// Their ids.
    pub fn ids(&self) -> &[AnnotatorId] {
        &self.all
    }

    /// The ids of those who tag.
    pub fn taggers(&self) -> &[AnnotatorId] {
        &self.taggers
    }

    /// Follows an edit. Tagging by people who are listed and have tagged before changes nothing here.
    pub fn follow(&mut self, project: &Project, touched: &[Touch]) {
        let mut is_stale = false;
        for touch in touched {
            is_stale |= match touch {
                Touch::Project | Touch::Text(_) => true,
                Touch::Layer(layer, _) => {
                    self.follow_layer(project, layer) || project.is_unlisted(&layer.annotator)
                }
                Touch::Anchors(_)
                | Touch::Original(..)
                | Touch::Recoded(..)
                | Touch::Realigned(_)
                | Touch::Review(..)
                | Touch::AnalysisNotes(..) => false,
            };
        }
        if is_stale {
            *self = Self::of(project, std::mem::take(&mut self.owners));
        }
    }

    /// Returns whether a layer was somebody's first, or the last one that they had.
    fn follow_layer(&mut self, project: &Project, id: &LayerId) -> bool {
        let owner = &id.annotator;
        if project.layer(id).is_some_and(|layer| !layer.is_empty()) {
            return !self.owners.contains(owner) && self.owners.insert(owner.clone());
        }
        !project.owns_a_layer(owner) && self.owners.remove(owner)
    }

    /// Adds the owners of a document that was read.
    pub fn document_read(&mut self, project: &Project, id: &DocumentId) {
        let Some(document) = project.document(id) else { return };
        // Owners of files are known before these are read, but count as coders only once they are.
        let is_new = |owner: &&AnnotatorId| {
            !self.owners.contains(*owner) || project.is_unlisted(owner) && !self.all.contains(owner)
        };
        let new: Vec<AnnotatorId> = document.layers.keys().filter(is_new).cloned().collect();
        if !new.is_empty() {
            let known = std::mem::take(&mut self.owners);
            *self = Self::of(project, known.into_iter().chain(owners(document).cloned()).collect());
        }
    }
}

/// The people who have a layer in a document.
fn owners(document: &Document) -> impl Iterator<Item = &AnnotatorId> {
    document.layers.iter().filter(|(_, layer)| !layer.is_empty()).map(|(owner, _)| owner)
}

impl Session {
    /// Everyone who codes here: people listed, in their order, then owners of layers who are not listed.
    pub fn coders(&self) -> &[AnnotatorId] {
        self.coders.ids()
    }

    /// Those of [`Session::coders`] who tag: all but reviewers and leads without a layer.
    pub fn taggers(&self) -> &[AnnotatorId] {
        self.coders.taggers()
    }

    /// Returns whether the user looks after the work of others: a reviewer or lead who has tagged nothing.
    pub fn oversees(&self) -> bool {
        self.project.role(&self.me) > Role::Annotator && !self.taggers().contains(&self.me)
    }

    /// The status of a document as lists show it: the user's; for a user who oversees others, that of all of them.
    pub fn listed_status(&self, id: &DocumentId) -> Status {
        match self.project.document(id) {
            Some(document) if self.oversees() => self.status_of_all(document),
            Some(_) | None => self.status(id),
        }
    }

    /// Done if everyone to whom a document is assigned is done with it, and somebody is; in progress if somebody has begun.
    fn status_of_all(&self, document: &Document) -> Status {
        let status = |id: &AnnotatorId| document.layer(id).map_or(Status::New, |layer| layer.status());
        let tags = |id: &AnnotatorId| self.taggers().contains(id);
        let begun = document.layers.iter().filter(|(owner, _)| tags(owner));
        let statuses: Vec<Status> = begun.map(|(_, layer)| layer.status()).collect();
        if statuses.iter().all(|status| *status == Status::New) {
            return Status::New;
        }
        let is_assigned = |id: &AnnotatorId| {
            self.project.annotator(id).is_none_or(|person| person.is_assigned(document.id()))
        };
        let are_done = self.taggers().iter().all(|id| status(id) == Status::Done || !is_assigned(id));
        let some_done = statuses.contains(&Status::Done);
        if are_done && some_done { Status::Done } else { Status::InProgress }
    }

    /// The position of a person among all who code here, from 0. It gives them their key and their underline in every
    /// document.
    pub fn coder_position(&self, id: &AnnotatorId) -> Option<usize> {
        self.coders().iter().position(|other| other == id)
    }

    /// Owners of layers and reviews whom the project does not list. Looks at every document: call it for a dialog, not in
    /// every frame.
    pub fn unlisted_owners(&self) -> Vec<AnnotatorId> {
        let mut found = self.project.unlisted_owners();
        let listing = self.files.listing();
        for document in self.project.documents().iter().filter(|document| !document.is_loaded()) {
            let owners = listing.annotators(document.id()).chain(listing.reviewers(document.id()));
            found.extend(owners.filter(|owner| self.project.is_unlisted(owner)).cloned());
        }
        found.into_iter().collect()
    }
}
