use std::cell::Cell;
use std::sync::Arc;

use super::super::{Cache, Corpus, DocumentPassages, Filter};
use super::sample::{Tags, id, project, views};
use demarche_model::{Document, Edit, LayerId, Project, Visibility};

/// The results of a filter, and which documents were evaluated for it.
struct Probe {
    cache: Cache,
    facts: Tags,
}

impl Probe {
    fn passing(&mut self, filter: &str, project: &Project) -> Vec<DocumentPassages> {
        let bound = Filter::parse(filter).unwrap().bind(project, &views()).unwrap();
        let corpus = Corpus { project, visible: &Visibility::default(), facts: &self.facts };
        let everyone = |document: &Document| document.layers.keys().cloned().collect();
        self.cache.passing(&bound, corpus, everyone)
    }

    /// Which documents have the same result as before, not merely an equal one.
    fn kept(&mut self, filter: &str, project: &Project, before: &[DocumentPassages]) -> Vec<bool> {
        let now = self.passing(filter, project);
        now.iter().zip(before).map(|(now, old)| Arc::ptr_eq(&now.passing, &old.passing)).collect()
    }
}

fn retag(project: &mut Project) {
    let layer = LayerId::new(&"d1".into(), &"ana".into());
    let edit = Edit::SetSpan { layer, id: id(5), to: None };
    project.apply(edit).unwrap();
}

#[test]
fn results_are_kept_until_something_changes_them() {
    for (filter, after_edit, after_ledger) in [
        ("category:demand near(any)", [false, true], [true, true]),
        ("answers(any)", [false, false], [true, true]),
        ("ask:open", [false, true], [false, false]),
        ("is:denied", [false, true], [true, true]),
        ("is:linked", [false, false], [true, true]),
        ("is:unsure", [false, true], [false, false]),
    ] {
        let mut project = project();
        let mut probe = Probe { cache: Cache::default(), facts: Tags::default() };
        let first = probe.passing(filter, &project);
        assert_eq!(first.len(), 2);
        assert_eq!(probe.kept(filter, &project, &first), [true, true], "{filter}");
        probe.facts.ledger_revision += 1;
        assert_eq!(probe.kept(filter, &project, &first), after_ledger, "{filter}");
        let first = probe.passing(filter, &project);
        retag(&mut project);
        assert_eq!(probe.kept(filter, &project, &first), after_edit, "{filter}");
    }
}

#[test]
fn other_owners_and_filters_give_other_results() {
    let project = project();
    let bound = Filter::parse("any").unwrap().bind(&project, &views()).unwrap();
    let corpus = Corpus { project: &project, visible: &Visibility::default(), facts: &() };
    let mut cache = Cache::default();
    let asked = Cell::new(0);
    let mut count = |owner: &str| {
        let chosen = |_: &Document| {
            asked.set(asked.get() + 1);
            vec![owner.into()]
        };
        cache.passing(&bound, corpus, chosen).iter().map(|one| one.passing.count()).sum::<usize>()
    };
    assert_eq!((count("ana"), count("ben"), count("ana")), (6, 2, 6));
    assert_eq!(asked.get(), 6);
    let mut probe = Probe { cache: Cache::default(), facts: Tags::default() };
    let first = probe.passing("category:demand", &project);
    for number in 0..20 {
        probe.passing(&format!("words:{number}"), &project);
    }
    assert_eq!(probe.kept("category:demand", &project, &first), [false, false]);
}
