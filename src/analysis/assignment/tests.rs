//! The laws of assignment designs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;

use demarche_model::{
    Annotator, AnnotatorId, Assignment, Codebook, Colour, Document, DocumentId, DocumentMeta, Layer, Origin,
    Project, Status, Text, Versions,
};

use super::*;

fn document(number: usize) -> Document {
    let meta = DocumentMeta {
        id: DocumentId::new(format!("d{number:03}")),
        title: String::new(),
        date: None,
        author: String::new(),
        source: String::new(),
        origin: Origin::default(),
        characters: 2,
        versions: Versions::default(),
        sets: Default::default(),
    };
    Document::new(meta, Arc::new(Text::new("A.")))
}

fn id(person: usize) -> AnnotatorId {
    AnnotatorId::new(format!("p{person:02}"))
}

fn project(documents: usize, people: usize) -> Project {
    let people = (0..people).map(|n| Annotator::new(id(n), id(n).as_str(), Colour::nth(n))).collect();
    let documents = (0..documents).map(document).collect();
    Project::assemble("Talks".into(), people, vec![], vec![], Codebook::default(), documents)
}

fn design(weights: &[u32], readers: usize, seed: u64) -> AssignmentDesign {
    let people = weights.iter().enumerate().map(|(n, &weight)| Share { person: id(n), weight }).collect();
    AssignmentDesign { people, readers, sample: 0, batches: 1, seed }
}

fn plan(project: &Project, design: &AssignmentDesign) -> AssignmentPlan {
    AssignmentPlan::new(project, &BTreeSet::new(), design).expect("a plan")
}

/// The numbers of documents of each person in a part of a plan.
fn loads(people: usize, documents: &[PlannedDocument]) -> Vec<usize> {
    let reads = |n: usize| documents.iter().filter(|planned| planned.readers.contains(&id(n))).count();
    (0..people).map(reads).collect()
}

/// The numbers of documents that each pair shares.
fn meetings(people: usize, documents: &[PlannedDocument]) -> Vec<usize> {
    let both = |a: usize, b: usize| {
        let share = |planned: &&PlannedDocument| [a, b].iter().all(|n| planned.readers.contains(&id(*n)));
        documents.iter().filter(share).count()
    };
    (0..people).flat_map(|a| (0..a).map(move |b| (a, b))).map(|(a, b)| both(a, b)).collect()
}

fn spread(counts: &[usize]) -> usize {
    counts.iter().max().unwrap_or(&0) - counts.iter().min().unwrap_or(&0)
}

fn choose(n: usize, k: usize) -> usize {
    (0..k).fold(1, |product, i| product * (n - i) / (i + 1))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    /// With equal shares everyone reads as much, and with two readers every pair meets as often; with more, whenever all
    /// groups of coders fit.
    #[test]
    fn equal_shares_are_equal(documents in 1_usize..70, people in 1_usize..8, k in 1_usize..8, seed: u64) {
        let k = k.min(people);
        let plan = plan(&project(documents, people), &design(&vec![1; people], k, seed));
        let all = &plan.batches[0];
        prop_assert_eq!(all.len(), documents);
        for planned in all {
            let different: BTreeSet<_> = planned.readers.iter().collect();
            prop_assert_eq!((planned.readers.len(), different.len()), (k, k));
        }
        prop_assert!(spread(&loads(people, all)) <= 1);
        let meetings = meetings(people, all);
        if k <= 2 || k == people {
            prop_assert!(spread(&meetings) <= 1, "{:?}", meetings);
        } else if documents.is_multiple_of(choose(people, k)) {
            prop_assert_eq!(spread(&meetings), 0, "{:?}", meetings);
        } else {
            prop_assert!(spread(&meetings) <= 2, "{:?}", meetings);
        }
    }

    /// Each load is the share, rounded up or down, and nobody reads more than there is.
    #[test]
    fn shares_are_obeyed(
        documents in 1_usize..60,
        weights in prop::collection::vec(0_u32..6, 1..8),
        k in 1_usize..5,
        seed: u64,
    ) {
        let working = weights.iter().filter(|weight| **weight > 0).count();
        prop_assume!(working > 0);
        let k = k.min(working);
        let plan = plan(&project(documents, weights.len()), &design(&weights, k, seed));
        let loads = loads(weights.len(), &plan.batches[0]);
        prop_assert_eq!(loads.iter().sum::<usize>(), documents * k);
        let total: u32 = weights.iter().sum();
        let exact = weights.iter().map(|&w| f64::from(w) * (documents * k) as f64 / f64::from(total));
        let is_capped = exact.clone().any(|share| share > documents as f64);
        for ((&load, exact), &weight) in loads.iter().zip(exact).zip(&weights) {
            prop_assert!(load <= documents && (weight > 0 || load == 0));
            prop_assert!(is_capped || (load as f64 - exact).abs() < 1.0, "{} {}", load, exact);
        }
        for (a, b) in (0..loads.len()).flat_map(|a| (0..a).map(move |b| (a, b))) {
            let in_order = if weights[a] < weights[b] { loads[a] <= loads[b] + 1 } else { loads[a] + 1 >= loads[b] };
            prop_assert!(in_order, "{:?} {:?}", weights, loads);
        }
    }

    /// The same seed gives the same plan; a sample is read by all; batches are of one size; each document is in one batch.
    #[test]
    fn samples_and_batches_are_spread(
        documents in 1_usize..60,
        people in 1_usize..7,
        k in 1_usize..4,
        sample in 0_usize..60,
        batches in 1_usize..6,
        seed: u64,
    ) {
        let project = project(documents, people);
        let (sample, batches) = (sample.min(documents), batches.min(documents));
        let design = AssignmentDesign { sample, batches, ..design(&vec![1; people], k.min(people), seed) };
        let plan = plan(&project, &design);
        prop_assert_eq!(&plan, &AssignmentPlan::new(&project, &BTreeSet::new(), &design).expect("a plan"));
        let sizes: Vec<usize> = plan.batches.iter().map(Vec::len).collect();
        prop_assert!(sizes.len() == batches && spread(&sizes) <= 1, "{:?}", sizes);
        let all = plan.batches.concat();
        let different: BTreeSet<_> = all.iter().map(|planned| &planned.document).collect();
        prop_assert_eq!((all.len(), different.len()), (documents, documents));
        let sampled: Vec<_> = all.iter().filter(|planned| planned.is_in_sample).collect();
        prop_assert_eq!(sampled.len(), sample);
        prop_assert!(sampled.iter().all(|planned| planned.readers.len() == people));
        let in_batch = |batch: &Vec<PlannedDocument>| batch.iter().filter(|p| p.is_in_sample).count();
        prop_assert!(spread(&plan.batches.iter().map(in_batch).collect::<Vec<_>>()) <= 1);
        prop_assert!(spread(&loads(people, &all)) <= 1);
        // What is written into people is the plan, and opening all batches ends there.
        let mut now = project.clone();
        set(&mut now, &plan.people);
        for opened in 0..batches {
            let expected: BTreeMap<AnnotatorId, BTreeSet<DocumentId>> = (0..people).map(|n| {
                let read = plan.batches[..=opened].iter().flatten().filter(|p| p.readers.contains(&id(n)));
                (id(n), read.map(|planned| planned.document.clone()).collect())
            }).collect();
            for person in now.annotators() {
                let has: BTreeSet<_> = person.documents.documents_in(&now).cloned().collect();
                prop_assert_eq!(&has, &expected[&person.id], "batch {}", opened);
            }
            if let Some(people) = next_batch(&now) {
                set(&mut now, &people);
            }
        }
        prop_assert!(next_batch(&now).is_none());
        for person in now.annotators() {
            let has: BTreeSet<&DocumentId> = person.documents.documents_in(&now).collect();
            prop_assert_eq!(has, plan.documents_of(&project, &person.id));
        }
    }

    /// What someone has begun stays with those who have it, in whatever batch.
    #[test]
    fn begun_documents_are_untouched(
        lists in prop::collection::vec(prop::option::of(prop::collection::btree_set(0_usize..20, 0..20)), 4),
        later in prop::collection::vec(prop::collection::btree_set(0_usize..20, 0..20), 0..3),
        begun in prop::collection::btree_set(0_usize..20, 0..19),
        seed: u64,
    ) {
        let ids = |numbers: &BTreeSet<usize>| -> BTreeSet<DocumentId> {
            numbers.iter().map(|&n| document(n).id().clone()).collect()
        };
        let begun = ids(&begun);
        let mut project = project(20, 4);
        let people: Vec<Annotator> = project.annotators().iter().zip(&lists).map(|(person, list)| {
            let documents = list.as_ref().map_or(Assignment::All, |list| Assignment::Only(ids(list)));
            Annotator { documents, batches: later.iter().map(ids).collect(), ..person.clone() }
        }).collect();
        set(&mut project, &people);
        let design = design(&[1, 1, 1], 2, seed);
        let plan = AssignmentPlan::new(&project, &begun, &design).expect("a plan");
        prop_assert_eq!(plan.begun, begun.len());
        prop_assert_eq!(&plan.people[3], &project.annotators()[3], "who takes no part keeps all");
        for (before, after) in project.annotators().iter().zip(&plan.people).take(3) {
            for document in &begun {
                prop_assert_eq!(before.is_assigned(document), after.is_assigned(document));
                let waits = |person: &Annotator| -> Vec<bool> {
                    (0..3).map(|at| person.batches.get(at).is_some_and(|b| b.contains(document))).collect()
                };
                prop_assert_eq!(waits(before), waits(after));
            }
        }
        let moved: BTreeSet<_> = plan.batches.iter().flatten().map(|planned| planned.document.clone()).collect();
        prop_assert!(moved.is_disjoint(&begun) && moved.len() + begun.len() == 20);
    }
}

fn set(project: &mut Project, people: &[Annotator]) {
    for (at, person) in people.iter().enumerate() {
        let edit =
            demarche_model::Edit::SetAnnotator { id: person.id.clone(), to: Some((at, person.clone())) };
        project.apply(edit).expect("set");
    }
}

#[test]
fn the_pairs_of_the_round_robin_that_it_replaces_are_complete() {
    // Coders, readers and the pairs that shared a document when documents were dealt in turn: 2, 3, 6, 3 and 5.
    for (people, readers, pairs) in [(4, 2, 6), (6, 2, 15), (6, 3, 15), (3, 2, 3), (5, 2, 10)] {
        let plan = plan(&project(60, people), &design(&vec![1; people], readers, 7));
        let meetings = meetings(people, &plan.batches[0]);
        assert_eq!((meetings.len(), spread(&meetings)), (pairs, 0), "{people} × {readers}: {meetings:?}");
    }
    let one = plan(&project(2, 4), &design(&[1; 4], 1, 7));
    let none = one.people.iter().filter(|person| person.documents == Assignment::none()).count();
    assert_eq!(none, 2, "who gets nothing has nothing");
}

#[test]
fn another_seed_is_another_design() {
    let project = project(30, 4);
    let of = |seed| plan(&project, &design(&[1; 4], 2, seed));
    assert_ne!(of(1).people, of(2).people);
}

#[test]
fn what_can_not_be_designed_is_refused() {
    let project = project(10, 3);
    let none = BTreeSet::new();
    let refused =
        |design: &AssignmentDesign| AssignmentPlan::new(&project, &none, design).expect_err("refused");
    let three = design(&[1, 1, 0], 2, 1);
    assert_eq!(refused(&design(&[], 1, 1)), DesignError::NoPeople);
    assert_eq!(refused(&AssignmentDesign { readers: 0, ..three.clone() }), DesignError::NoReaders);
    let error = refused(&AssignmentDesign { readers: 3, ..three.clone() });
    assert_eq!(error, DesignError::TooManyReaders { readers: 3, people: 2 });
    let error = refused(&AssignmentDesign { sample: 11, ..three.clone() });
    assert_eq!(error, DesignError::SampleTooLarge { sample: 11, documents: 10 });
    let error = refused(&AssignmentDesign { batches: 11, ..three.clone() });
    assert_eq!(error, DesignError::BadBatches { batches: 11, documents: 10 });
    let all = project.documents().iter().map(|document| document.id().clone()).collect();
    assert_eq!(AssignmentPlan::new(&project, &all, &three), Err(DesignError::NoDocuments));
}

#[test]
fn a_document_is_begun_by_a_status_but_not_by_an_adjudicator() {
    let mut text = document(1);
    let done = || Arc::new(Layer::new(Status::Done, vec![], vec![], vec![]));
    text.layers.insert("ana".into(), Arc::new(Layer::default()));
    text.layers.insert(AnnotatorId::consensus_of(&"lena".into()), done());
    assert!(!is_begun(&text));
    text.layers.insert("ben".into(), done());
    assert!(is_begun(&text));
    let mut unreadable = document(2);
    unreadable.unreadable.insert("ana".into());
    assert!(is_begun(&unreadable), "there is something that can't be read");
}
