//! The documents that several people have tagged, for the range of figures over coders.

use std::collections::{BTreeMap, BTreeSet};

use super::ReportRequest;
use crate::agreement::active_annotators;
use crate::bargain::Reading;
use crate::read_moves::{MovesRequest, ReadMoves};
use crate::views::Sizes;
use demarche_model::{AnnotatorId, Document, DocumentId, Project};

/// The documents that several people have tagged, with the moves of each person in them alone.
pub(super) struct Shared {
    /// The project with these documents alone.
    pub project: Project,
    /// The people, in the order of the project.
    pub people: Vec<AnnotatorId>,
    /// The moves of each.
    pub reads: Vec<ReadMoves>,
    pub sizes: Sizes,
}

impl Shared {
    /// The documents that the same people have tagged; `None` if nobody shares a document.
    pub fn of(request: &ReportRequest<'_>) -> Option<Self> {
        let (people, documents) = most_shared(request)?;
        let project = restricted(request.project, &documents);
        let asked = MovesRequest {
            project: &project,
            visible: request.visible,
            bound: request.bound,
            settings: request.settings.clone(),
        };
        let read = |person: &AnnotatorId| {
            ReadMoves::of(&asked, &Reading::of_coder(person.clone(), request.visible.clone()))
        };
        let reads = people.iter().map(read).collect();
        Some(Self { reads, sizes: Sizes::of(&project), people, project })
    }

    /// The names of the people.
    pub fn names(&self) -> Vec<&str> {
        self.people.iter().map(|person| self.project.name_of(person)).collect()
    }
}

/// The two people who have tagged the most documents in common, with everybody else who has tagged all of these.
fn most_shared(request: &ReportRequest<'_>) -> Option<(Vec<AnnotatorId>, BTreeSet<DocumentId>)> {
    let people = active_annotators(request.project);
    let tagged: BTreeMap<&AnnotatorId, BTreeSet<DocumentId>> =
        people.iter().map(|person| (person, tagged_by(request, person))).collect();
    let mut most: BTreeSet<DocumentId> = BTreeSet::new();
    for (at, one) in people.iter().enumerate() {
        for other in &people[at + 1..] {
            let common: BTreeSet<_> = tagged[one].intersection(&tagged[other]).cloned().collect();
            if common.len() > most.len() {
                most = common;
            }
        }
    }
    if most.is_empty() {
        return None;
    }
    let people = people.iter().filter(|person| most.is_subset(&tagged[person])).cloned().collect();
    Some((people, most))
}

fn tagged_by(request: &ReportRequest<'_>, person: &AnnotatorId) -> BTreeSet<DocumentId> {
    let has_passages = |document: &Document| {
        let layer = document.layer(person).filter(|_| request.visible.shows_in(document, person));
        layer.is_some_and(|layer| layer.len() + layer.pending_count() > 0)
    };
    let documents = request.project.documents().iter().filter(|document| has_passages(document));
    documents.map(|document| document.id().clone()).collect()
}

/// The project with these documents alone.
fn restricted(project: &Project, documents: &BTreeSet<DocumentId>) -> Project {
    let kept = project.documents().iter().filter(|document| documents.contains(document.id()));
    Project::assemble(
        project.name().to_owned(),
        project.annotators().to_vec(),
        project.actors().to_vec(),
        project.issues().to_vec(),
        (**project.codebook()).clone(),
        kept.map(|document| (**document).clone()).collect(),
    )
    .with_relations(project.relations().clone())
    .with_document_sets(project.document_sets().clone())
    .with_blind(project.is_blind())
}
