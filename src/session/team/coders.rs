//! The people whose coding the project has, derived from the project and kept up to date.

use demarche_model::{AnnotatorId, DocumentId, Project, Touch};

use crate::Session;

/// People listed, then owners of layers who are not; see [`Project::coders`].
#[derive(Default)]
pub(crate) struct Coders(Vec<AnnotatorId>);

impl Coders {
    /// The coders of a project.
    pub fn new(project: &Project) -> Self {
        Self(project.coders())
    }

    /// Their ids.
    pub fn ids(&self) -> &[AnnotatorId] {
        &self.0
    }

    /// Follows an edit. Tagging by people who are listed changes nothing here.
    pub fn follow(&mut self, project: &Project, touched: &[Touch]) {
        let changes = |touch: &Touch| match touch {
            Touch::Project | Touch::Text(_) => true,
            Touch::Layer(layer, _) => project.is_unlisted(&layer.annotator),
            Touch::Anchors(_)
            | Touch::Original(..)
            | Touch::Recoded(..)
            | Touch::Realigned(_)
            | Touch::Review(..)
            | Touch::AnalysisNotes(..) => false,
        };
        if touched.iter().any(changes) {
            *self = Self::new(project);
        }
    }

    /// Adds the owners of a document that was read.
    pub fn document_read(&mut self, project: &Project, id: &DocumentId) {
        let Some(document) = project.document(id) else { return };
        let is_new = |owner: &AnnotatorId| project.is_unlisted(owner) && !self.0.contains(owner);
        if document.layers.keys().any(is_new) {
            *self = Self::new(project);
        }
    }
}

impl Session {
    /// Everyone who codes here: people listed, in their order, then owners of layers who are not listed.
    pub fn coders(&self) -> &[AnnotatorId] {
        self.coders.ids()
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
