//! The plan of an assignment: who reads what, now and with later batches, and the people as they are then.

use std::collections::BTreeSet;
use std::ops::Range;

use demarche_model::{Annotator, AnnotatorId, Assignment, DocumentId, Project};

use super::schedule::schedule;
use super::{AssignmentDesign, DesignError};
use crate::random::Random;

/// A document and its coders.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlannedDocument {
    /// The document.
    pub document: DocumentId,
    /// The coders who read it.
    pub readers: Vec<AnnotatorId>,
    /// Whether all coders of the design read it.
    pub is_in_sample: bool,
}

/// The plan of an assignment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AssignmentPlan {
    /// The documents that are distributed, by batch. The first batch is opened, the others wait.
    pub batches: Vec<Vec<PlannedDocument>>,
    /// The number of documents that stay as they are, since someone has begun them.
    pub begun: usize,
    /// Everyone in the project, with the documents that they have then.
    pub people: Vec<Annotator>,
    /// The parameters.
    pub design: AssignmentDesign,
}

impl AssignmentPlan {
    /// Plans an assignment. `begun` are the documents that stay with those who have them.
    ///
    /// # Errors
    /// There is no such design.
    pub fn new(
        project: &Project,
        begun: &BTreeSet<DocumentId>,
        design: &AssignmentDesign,
    ) -> Result<Self, DesignError> {
        let ids = project.documents().iter().map(|document| document.id());
        let free: Vec<DocumentId> = ids.filter(|id| !begun.contains(*id)).cloned().collect();
        check(design, free.len())?;
        let begun_here = project.documents().len() - free.len();
        let batches = distribute(free, design);
        let people = project.annotators().iter().map(|person| {
            let takes_part = design.people.iter().any(|share| share.person == person.id);
            if takes_part { assigned(person, project, begun, &batches) } else { person.clone() }
        });
        let people = people.collect();
        Ok(Self { batches, begun: begun_here, people, design: design.clone() })
    }

    /// Returns the people whom the plan changes.
    pub fn changed<'a>(&'a self, project: &'a Project) -> impl Iterator<Item = &'a Annotator> {
        self.people.iter().filter(|person| project.annotator(&person.id) != Some(*person))
    }

    /// Returns the number of documents that are distributed.
    pub fn distributed(&self) -> usize {
        self.batches.iter().map(Vec::len).sum()
    }

    /// Returns the documents that a person has then, with those of later batches.
    pub fn documents_of<'a>(
        &'a self,
        project: &'a Project,
        person: &AnnotatorId,
    ) -> BTreeSet<&'a DocumentId> {
        let person = self.people.iter().find(|other| other.id == *person);
        let now = person.into_iter().flat_map(|person| person.documents.documents_in(project));
        now.chain(person.into_iter().flat_map(|person| person.batches.iter().flatten())).collect()
    }
}

/// Returns everyone's entry after the next batch is opened, if one is waiting. A batch in which nobody gets a document is
/// passed over.
pub fn next_batch(project: &Project) -> Option<Vec<Annotator>> {
    let waiting = project.waiting_batches();
    let empty = waiting.iter().take_while(|batch| batch.is_empty()).count();
    if empty == waiting.len() {
        return None;
    }
    let mut people = project.annotators().to_vec();
    for _ in 0..=empty {
        people.iter_mut().for_each(|person| {
            person.open_batch();
        });
    }
    Some(people)
}

fn check(design: &AssignmentDesign, documents: usize) -> Result<(), DesignError> {
    let &AssignmentDesign { readers, sample, batches, .. } = design;
    let people = design.people.iter().filter(|share| share.weight > 0).count();
    if documents == 0 {
        Err(DesignError::NoDocuments)
    } else if design.people.is_empty() {
        Err(DesignError::NoPeople)
    } else if readers == 0 {
        Err(DesignError::NoReaders)
    } else if readers > people {
        Err(DesignError::TooManyReaders { readers, people })
    } else if sample > documents {
        Err(DesignError::SampleTooLarge { sample, documents })
    } else if batches == 0 || batches > documents {
        Err(DesignError::BadBatches { batches, documents })
    } else {
        Ok(())
    }
}

/// Draws the sample and distributes the other documents. Sample and others are spread evenly over the batches, so that
/// agreement can be measured in each of them.
fn distribute(mut documents: Vec<DocumentId>, design: &AssignmentDesign) -> Vec<Vec<PlannedDocument>> {
    let mut random = Random::new(design.seed);
    random.shuffle(&mut documents);
    let others = documents.split_off(design.sample);
    let everyone: Vec<AnnotatorId> = design.people.iter().map(|share| share.person.clone()).collect();
    let ranges = parts(others.len(), design.batches, false);
    let weights: Vec<u32> = design.people.iter().map(|share| share.weight).collect();
    let blocks = schedule(&ranges, design.readers, &weights, &mut random);
    let mut sample = documents.into_iter().map(|document| PlannedDocument {
        document,
        readers: everyone.clone(),
        is_in_sample: true,
    });
    let mut rest = others.into_iter().zip(blocks).map(|(document, block)| PlannedDocument {
        document,
        readers: block.into_iter().filter_map(|person| everyone.get(person).cloned()).collect(),
        is_in_sample: false,
    });
    let of_sample = parts(design.sample, design.batches, true);
    let sizes = of_sample.iter().map(Range::len).zip(ranges.iter().map(Range::len));
    sizes
        .map(|(in_sample, others)| {
            let sampled: Vec<PlannedDocument> = sample.by_ref().take(in_sample).collect();
            sampled.into_iter().chain(rest.by_ref().take(others)).collect()
        })
        .collect()
}

/// Divides a number into parts that differ by one at most: the larger ones first, or last. One of each kind together differ
/// by one at most, too.
fn parts(count: usize, parts: usize, are_larger_last: bool) -> Vec<Range<usize>> {
    let (least, larger) = (count / parts, count % parts);
    let is_larger = |part: usize| if are_larger_last { part + larger >= parts } else { part < larger };
    let mut end = 0;
    let next = |part| {
        let start = end;
        end += least + usize::from(is_larger(part));
        start..end
    };
    (0..parts).map(next).collect()
}

/// Returns a person with what the plan gives them, and with the begun documents that they have already.
fn assigned(
    person: &Annotator,
    project: &Project,
    begun: &BTreeSet<DocumentId>,
    batches: &[Vec<PlannedDocument>],
) -> Annotator {
    let kept = person.documents.documents_in(project).filter(|id| begun.contains(*id));
    let mut later: Vec<BTreeSet<DocumentId>> =
        person.batches.iter().map(|batch| batch.intersection(begun).cloned().collect()).collect();
    let mut now: BTreeSet<DocumentId> = kept.cloned().collect();
    for (at, batch) in batches.iter().enumerate() {
        let own = batch.iter().filter(|planned| planned.readers.contains(&person.id));
        let own = own.map(|planned| planned.document.clone());
        match at.checked_sub(1) {
            None => now.extend(own),
            Some(at) => {
                later.resize_with(later.len().max(at + 1), BTreeSet::new);
                later[at].extend(own);
            }
        }
    }
    while later.last().is_some_and(BTreeSet::is_empty) {
        later.pop();
    }
    let documents = if later.is_empty() { Assignment::of(now, project) } else { Assignment::Only(now) };
    Annotator { documents, batches: later, ..person.clone() }
}
