//! Assignments in a project: whose documents are which, who may change that, and batches that wait.

use std::collections::BTreeSet;

use super::{Annotator, AnnotatorId, Assignment, DocumentId, Project, Role};

impl Assignment {
    /// These documents, or [`Self::All`] if they are all documents of a project: then new ones are included, too.
    pub fn of(documents: BTreeSet<DocumentId>, project: &Project) -> Self {
        let has_all = !documents.is_empty() && project.documents().iter().all(|d| documents.contains(d.id()));
        if has_all { Self::All } else { Self::Only(documents) }
    }

    /// The documents of a project that are included.
    pub fn documents_in<'a>(&'a self, project: &'a Project) -> impl Iterator<Item = &'a DocumentId> {
        project.documents().iter().map(|document| document.id()).filter(|id| self.includes(id))
    }
}

impl Annotator {
    /// Assigns one document to them, or no longer. Someone who then has all documents of the project gets new ones, too.
    pub fn assign(&mut self, document: &DocumentId, is_assigned: bool, project: &Project) {
        let mut documents: BTreeSet<DocumentId> = self.documents.documents_in(project).cloned().collect();
        if is_assigned {
            documents.insert(document.clone());
        } else {
            documents.remove(document);
        }
        self.documents = Assignment::of(documents, project);
    }

    /// The person with other ids of documents in all assignments.
    #[must_use]
    pub fn with_document_ids(&self, to: impl Fn(&DocumentId) -> DocumentId) -> Self {
        let documents = match &self.documents {
            Assignment::All => Assignment::All,
            Assignment::Only(ids) => ids.iter().map(&to).collect(),
        };
        let batches = self.batches.iter().map(|batch| batch.iter().map(&to).collect());
        Self { documents, batches: batches.collect(), ..self.clone() }
    }

    /// Opens their next batch: its documents become theirs. Returns whether there was one.
    pub fn open_batch(&mut self) -> bool {
        if self.batches.is_empty() {
            return false;
        }
        let batch = self.batches.remove(0);
        if let Assignment::Only(documents) = &mut self.documents {
            documents.extend(batch);
        }
        true
    }
}

impl Project {
    /// True if a person may assign documents, change roles and turn blind coding on and off: a lead, or anyone in a
    /// project without a lead.
    pub fn may_lead(&self, person: &AnnotatorId) -> bool {
        self.role(person) == Role::Lead || self.annotators().iter().all(|person| person.role != Role::Lead)
    }

    /// The batches that are not open yet, in the order in which they will be: all documents that someone gets with each.
    pub fn waiting_batches(&self) -> Vec<BTreeSet<&DocumentId>> {
        let mut batches: Vec<BTreeSet<&DocumentId>> = Vec::new();
        for person in self.annotators() {
            for (at, documents) in person.batches.iter().enumerate() {
                if batches.len() == at {
                    batches.push(BTreeSet::new());
                }
                if let Some(batch) = batches.get_mut(at) {
                    batch.extend(documents);
                }
            }
        }
        batches
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Codebook, Colour, fixtures};

    fn project(people: Vec<Annotator>) -> Project {
        let documents = ["d1", "d2", "d3"].map(|id| fixtures::document(id, "A.")).to_vec();
        Project::assemble("Talks".into(), people, vec![], vec![], Codebook::default(), documents)
    }

    fn set(ids: &[&str]) -> BTreeSet<DocumentId> {
        ids.iter().map(|id| DocumentId::from(*id)).collect()
    }

    #[test]
    fn nothing_is_not_everything() {
        let project = project(vec![]);
        let counts = |assignment: &Assignment| assignment.documents_in(&project).count();
        assert_eq!((counts(&Assignment::All), counts(&Assignment::none())), (3, 0));
        assert_eq!(Assignment::of(set(&[]), &project), Assignment::none());
        assert_eq!(Assignment::of(set(&["d1", "d2", "d3"]), &project), Assignment::All);
        assert_eq!(Assignment::of(set(&["d1", "d3"]), &project), Assignment::Only(set(&["d1", "d3"])));
    }

    #[test]
    fn only_a_person_who_reads_some_documents_has_a_list() {
        let project = project(vec![]);
        let mut person = Annotator::new("ana".into(), "Ana", Colour::nth(0));
        person.assign(&"d2".into(), false, &project);
        assert_eq!(person.documents, Assignment::Only(set(&["d1", "d3"])));
        person.assign(&"d1".into(), false, &project);
        person.assign(&"d3".into(), false, &project);
        assert_eq!(person.documents, Assignment::none());
        ["d1", "d2", "d3"].iter().for_each(|id| person.assign(&(*id).into(), true, &project));
        assert_eq!(person.documents, Assignment::All);
    }

    #[test]
    fn a_batch_is_assigned_once_it_is_open() {
        let person = |id: &str, batches: &[&[&str]]| Annotator {
            documents: Assignment::Only(set(&["d1"])),
            batches: batches.iter().map(|batch| set(batch)).collect(),
            ..Annotator::new(id.into(), id, Colour::nth(0))
        };
        let people = vec![person("ana", &[&["d2"], &["d3"]]), person("ben", &[&["d3"]]), person("cem", &[])];
        let project = project(people);
        let waiting = project.waiting_batches();
        let waiting: Vec<Vec<&str>> =
            waiting.iter().map(|batch| batch.iter().map(|id| id.as_str()).collect()).collect();
        assert_eq!(waiting, [vec!["d2", "d3"], vec!["d3"]]);
        let mut ana = project.annotators()[0].clone();
        assert!(!ana.is_assigned(&"d2".into()));
        assert!(ana.open_batch() && ana.is_assigned(&"d2".into()) && !ana.is_assigned(&"d3".into()));
        assert!(ana.open_batch() && ana.is_assigned(&"d3".into()) && !ana.open_batch());
    }

    #[test]
    fn only_leads_lead_where_there_is_one() {
        let with_role = |role| Annotator { role, ..Annotator::new("ana".into(), "Ana", Colour::nth(0)) };
        let ben = Annotator::new("ben".into(), "Ben", Colour::nth(1));
        let led = project(vec![with_role(Role::Lead), ben.clone()]);
        assert_eq!(["ana", "ben", "zoe"].map(|id| led.may_lead(&id.into())), [true, false, false]);
        let without = project(vec![with_role(Role::Reviewer), ben]);
        assert_eq!(["ana", "ben", "zoe"].map(|id| without.may_lead(&id.into())), [true; 3]);
    }
}
