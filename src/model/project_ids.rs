//! Ids of documents and people in a project: which are taken, which are free, which may be added.

use std::collections::HashSet;

use uuid::Uuid;

use super::file_id::free_id;
use super::{AnnotatorId, Document, DocumentId, EditError, FoldedId, Project, check_file_id, is_slug, slug};

/// The bits of the second half of a UUID v7 that are random.
const RANDOM_BITS: u64 = (1 << 62) - 1;

impl Project {
    /// Ids that a new document can't have: those of all documents, and those of documents removed since the
    /// project was opened, since undo may bring them back.
    pub fn used_ids(&self) -> impl Iterator<Item = &DocumentId> {
        self.documents.iter().map(|document| document.id()).chain(&self.reserved_ids)
    }

    /// Returns an id for a new document, which neither the project nor `given` has. `ids` is a source of random UUIDs.
    pub fn new_document_id(&self, ids: &mut dyn FnMut() -> Uuid, given: &HashSet<DocumentId>) -> DocumentId {
        let mut bits = ids().as_u64_pair().1 & RANDOM_BITS;
        loop {
            let id = DocumentId::from_bits(bits);
            if !self.file_ids.contains(&FoldedId::new(id.as_str())) && !given.contains(&id) {
                return id;
            }
            bits += 1;
        }
    }

    /// Reserves ids, so that no new document gets one of them: their texts are already on disk.
    pub fn reserve_ids(&mut self, ids: impl IntoIterator<Item = DocumentId>) {
        for id in ids {
            if self.position(&id).is_none() {
                self.file_ids.insert(FoldedId::new(id.as_str()));
                self.reserved_ids.insert(id);
            }
        }
    }

    /// Returns an id for a new person: readable, valid as a file name, and different from all others even where
    /// case is ignored.
    ///
    /// # Examples
    ///
    /// ```
    /// use demarche_model::{Annotator, Codebook, Colour, Edit, Project};
    ///
    /// let mut project = Project::new("Harbour talks", Codebook::default());
    /// let id = project.free_person_id("Ana Müller");
    /// assert_eq!(id.as_str(), "ana-muller");
    /// let ana = Annotator::new(id.clone(), "Ana Müller", Colour::nth(0));
    /// project.apply(Edit::SetAnnotator { id, to: Some((0, ana)) }).unwrap();
    /// assert_eq!(project.free_person_id("Ana Muller").as_str(), "ana-muller-2");
    /// assert_eq!(project.free_person_id("…").as_str(), "person");
    /// ```
    pub fn free_person_id(&self, name: &str) -> AnnotatorId {
        self.free_person_id_besides(name, &[])
    }

    /// As [`Self::free_person_id`], and also different from the ids in `others`.
    pub fn free_person_id_besides(&self, name: &str, others: &[AnnotatorId]) -> AnnotatorId {
        let ids = self.people_ids().chain(others.iter().cloned());
        let taken: HashSet<FoldedId> = ids.map(|id| FoldedId::new(id.as_str())).collect();
        let base = if is_slug(name) { name.to_owned() } else { slug(name, "person") };
        AnnotatorId::new(free_id(&base, |id| taken.contains(id)))
    }

    /// Everyone who has a file or an entry: people listed, owners of loaded layers, reviews and analysis notes, people removed since
    /// the project was opened, and the consensus.
    fn people_ids(&self) -> impl Iterator<Item = AnnotatorId> {
        let listed = self.annotators.iter().map(|person| &person.id);
        let owners = self.documents.iter().flat_map(|document| owners(document)).map(AnnotatorId::writer);
        let former = self.former_people.iter().map(AnnotatorId::writer);
        let notes = self.analysis_notes.keys().cloned();
        let all = listed.cloned().chain(owners).chain(notes).chain(former);
        all.chain([AnnotatorId::consensus()])
    }

    /// Checks that a person may be added or changed under an id. People whom the project has had may return, so that
    /// every inverse can be applied.
    pub(super) fn check_person(&self, id: &AnnotatorId) -> Result<(), EditError> {
        if self.annotator(id).is_some() || self.former_people.contains(id) {
            return Ok(());
        }
        check_id(id.as_str())?;
        let consensus = AnnotatorId::consensus();
        let others = self.annotators.iter().map(|person| &person.id).chain([&consensus]);
        check_twins(id.as_str(), others.map(AnnotatorId::as_str))
    }

    /// Checks that an annotator may own a layer or review. Owners whom the project has or does not list are allowed;
    /// new ones follow the rule for people.
    pub(super) fn check_owner(&self, document: &Document, id: &AnnotatorId) -> Result<(), EditError> {
        let has_file = document.layers.contains_key(id) || document.reviews.contains_key(id);
        if has_file || id.is_consensus() { Ok(()) } else { self.check_person(id) }
    }

    /// Checks that a document may be added under an id. One that was removed may return.
    pub(super) fn check_new_document(&self, id: &DocumentId) -> Result<(), EditError> {
        if self.position(id).is_some() {
            return Err(EditError::AlreadyExists(id.to_string()));
        }
        if self.reserved_ids.contains(id) {
            return Ok(());
        }
        check_id(id.as_str())?;
        if self.file_ids.contains(&FoldedId::new(id.as_str())) {
            check_twins(id.as_str(), self.used_ids().map(DocumentId::as_str))
        } else {
            Ok(())
        }
    }
}

fn owners(document: &Document) -> impl Iterator<Item = &AnnotatorId> {
    document.layers.keys().chain(document.reviews.keys())
}

fn check_id(id: &str) -> Result<(), EditError> {
    check_file_id(id).map_err(|fault| EditError::BadFileId { id: id.to_owned(), fault })
}

/// Refuses an id that would be one file with one of `others`.
fn check_twins<'a>(id: &str, mut others: impl Iterator<Item = &'a str>) -> Result<(), EditError> {
    let folded = FoldedId::new(id);
    match others.find(|other| FoldedId::new(other) == folded) {
        Some(other) => Err(EditError::SameFile { id: id.to_owned(), other: other.to_owned() }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::Arc;

    use uuid::Uuid;

    use crate::*;

    fn person(id: &str) -> Edit {
        let id = AnnotatorId::new(id);
        Edit::SetAnnotator { id: id.clone(), to: Some((0, Annotator::new(id, "N", Colour::nth(0)))) }
    }

    fn text(id: &str) -> Document {
        fixtures::document(id, "A.")
    }

    fn document(id: &str) -> Edit {
        Edit::InsertDocument { at: 0, document: Arc::new(text(id)) }
    }

    #[test]
    fn a_new_document_gets_an_id_that_nothing_has() {
        let of = |n: u128| move || Uuid::from_u128(n);
        let none = HashSet::new();
        let mut project = Project::default();
        assert_eq!(project.new_document_id(&mut of(u128::MAX), &none).as_str().len(), 7);
        for (n, id) in
            [(0, "d000000"), (35, "d00000z"), (36_u128.pow(6) - 1, "dzzzzzz"), (36_u128.pow(6), "d000000")]
        {
            assert_eq!(project.new_document_id(&mut of(n), &none).as_str(), id);
        }
        // An id is taken whatever its case, by a document that is gone, and by one that is about to be added.
        project.apply(document("D000000")).unwrap();
        project.apply(document("d000001")).unwrap();
        project.apply(Edit::RemoveDocument { document: "d000001".into() }).unwrap();
        let given = HashSet::from(["d000002".into()]);
        assert_eq!(project.new_document_id(&mut of(0), &given).as_str(), "d000003");
    }

    #[test]
    fn two_people_or_documents_are_never_one_file() {
        let mut project = Project::default();
        for make in [person, document] {
            project.apply(make("ana")).unwrap();
            assert!(matches!(project.apply(make("Ana")), Err(EditError::SameFile { .. })));
            assert!(matches!(project.apply(make("a/b")), Err(EditError::BadFileId { .. })));
        }
        assert!(matches!(project.apply(person("Consensus")), Err(EditError::SameFile { .. })));
    }

    #[test]
    fn twins_of_a_project_are_kept_and_undo_brings_them_back() {
        let twins = ["ana", "Ana"].map(|id| Annotator::new(id.into(), "N", Colour::nth(0)));
        let documents = vec![text("d001"), text("D001")];
        let codebook = Codebook::default();
        let mut project = Project::assemble("N".into(), twins.to_vec(), vec![], vec![], codebook, documents);
        let before = project.clone();
        for edit in [
            Edit::SetAnnotator { id: "Ana".into(), to: None },
            Edit::RemoveDocument { document: "D001".into() },
        ] {
            let undo = project.apply(edit).unwrap().inverse;
            project.apply(undo).unwrap();
        }
        assert_eq!(project.annotators(), before.annotators());
        assert_eq!(project.documents().len(), 2);
    }

    #[test]
    fn ids_that_name_no_file_are_compared_exactly() {
        let mut project = Project::default();
        for id in ["org", "ORG", "../Org"] {
            let category = Category::new(id.into(), "Organisation", Colour::nth(0));
            let to = Some((0, Arc::new(category)));
            project.apply(Edit::SetCategory { id: id.into(), to }).unwrap();
        }
        assert_eq!(project.codebook().categories.len(), 3);
        let blank = Category::new(" ".into(), "Blank", Colour::nth(0));
        let edit = Edit::SetCategory { id: " ".into(), to: Some((0, Arc::new(blank))) };
        assert_eq!(project.apply(edit), Err(EditError::EmptyId));
    }
}
