//! The people whose coding a project has, whether it lists them or not.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Annotator, AnnotatorId, Colour, Document, Edit, PersonKey, Project, Role};

impl Project {
    /// Everyone who codes here: the people listed, in their order, then owners of layers who are not listed. The
    /// consensus is not a person. Looks at every document, so views keep the result.
    ///
    /// # Examples
    ///
    /// ```
    /// use demarche_model::{Codebook, PersonKey, Project};
    ///
    /// let mut project = Project::new("Harbour talks", Codebook::default());
    /// project.apply(project.new_person("ana".into(), "Ana", PersonKey(uuid::Uuid::nil()))).unwrap();
    /// assert_eq!(project.coders(), ["ana".into()]);
    /// ```
    pub fn coders(&self) -> Vec<AnnotatorId> {
        let listed = self.annotators.iter().map(|person| &person.id).filter(|id| !id.is_consensus());
        let layers = self.documents.iter().flat_map(|document| document.layers.keys());
        let unlisted: BTreeSet<&AnnotatorId> = layers.filter(|id| self.is_unlisted(id)).collect();
        listed.chain(unlisted).cloned().collect()
    }

    /// The coders without the reviewers and leads who have tagged nothing, which is not their task. Looks at every
    /// document, so views keep the result.
    pub fn taggers(&self) -> Vec<AnnotatorId> {
        let mut coders = self.coders();
        coders.retain(|id| self.role(id) == Role::Annotator || self.owns_a_layer(id));
        coders
    }

    /// True if a person has tagged something in a document that is in memory, or has set their status there.
    pub fn owns_a_layer(&self, person: &AnnotatorId) -> bool {
        let is_owned =
            |document: &Arc<Document>| document.layer(person).is_some_and(|layer| !layer.is_empty());
        self.documents.iter().any(is_owned)
    }

    /// Owners of layers, reviews or analysis notes in memory who are not listed, those of unreadable files and adjudicators
    /// too.
    pub fn unlisted_owners(&self) -> BTreeSet<AnnotatorId> {
        let owners = self.documents.iter().flat_map(|document| owners(document));
        owners
            .chain(self.owners_of_notes())
            .map(AnnotatorId::writer)
            .filter(|id| self.is_unlisted(id))
            .collect()
    }

    /// The edit that lists a new person, after the others and in a colour of their own.
    pub fn new_person(&self, id: AnnotatorId, name: &str, key: PersonKey) -> Edit {
        let at = self.annotators.len();
        let person = self.with_first_key(Annotator::new(id.clone(), name, Colour::nth(at)), key);
        Edit::SetAnnotator { id, to: Some((at, person)) }
    }

    /// Returns a person who is about to be listed, with a key. Someone who already owns files gets none: the files may
    /// have another key, and would count as someone else's.
    pub fn with_first_key(&self, person: Annotator, key: PersonKey) -> Annotator {
        let mut owners = self.documents.iter().flat_map(|document| owners(document));
        if owners.any(|owner| owner.writer() == person.id) { person } else { person.with_key(key) }
    }

    fn owners_of_notes(&self) -> impl Iterator<Item = &AnnotatorId> {
        self.analysis_notes.keys().chain(self.unreadable_notes.iter().map(|(owner, _)| owner))
    }

    /// True if `owner` is a person whom the project does not list.
    pub fn is_unlisted(&self, owner: &AnnotatorId) -> bool {
        !owner.is_consensus() && self.annotator(owner).is_none()
    }
}

fn owners(document: &Document) -> impl Iterator<Item = &AnnotatorId> {
    document.layers.keys().chain(document.reviews.keys()).chain(&document.unreadable)
}
