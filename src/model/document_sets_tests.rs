use std::sync::Arc;

use crate::*;

fn project(ids: &[&str]) -> Project {
    let documents = ids.iter().map(|id| fixtures::document(id, "A.")).collect();
    let names = || vec![];
    Project::assemble("Talks".into(), vec![], names(), names(), Codebook::default(), documents)
}

fn set(id: &str, name: &str) -> Edit {
    Edit::SetDocumentSet { id: id.into(), to: Some(name.into()) }
}

fn members(set: &str, documents: &[&str], are_in: bool) -> Edit {
    let documents = documents.iter().map(|id| DocumentId::from(*id)).collect();
    Edit::SetMembers { set: set.into(), documents, are_in }
}

fn order(project: &Project) -> String {
    let ids = project.documents().iter().map(|document| document.id().as_str());
    assert!(project.documents().iter().enumerate().all(|(at, d)| project.position(d.id()) == Some(at)));
    ids.collect()
}

fn moves(to: &[(usize, &str)]) -> Edit {
    Edit::MoveDocuments { to: to.iter().map(|(at, id)| (*at, DocumentId::from(*id))).collect() }
}

#[test]
fn documents_join_and_leave_a_set_and_undo_knows_who_changed() {
    let mut project = project(&["a", "b", "c"]);
    project.apply(set("one", "Round one")).unwrap();
    project.apply(members("one", &["a"], true)).unwrap();
    let applied = project.apply(members("one", &["a", "c"], true)).unwrap();
    assert_eq!(applied.inverse, members("one", &["c"], false));
    assert_eq!(applied.touched, [Touch::Project]);
    let in_set = |project: &Project| project.members(&"one".into()).count();
    assert_eq!(in_set(&project), 2);
    project.apply(applied.inverse).unwrap();
    assert_eq!(in_set(&project), 1);
}

#[test]
fn a_set_in_use_stays_and_a_removed_document_comes_back_into_its_set() {
    let mut project = project(&["a"]);
    project.apply(set("one", "Round one")).unwrap();
    project.apply(members("one", &["a"], true)).unwrap();
    let removal = Edit::SetDocumentSet { id: "one".into(), to: None };
    assert_eq!(project.apply(removal.clone()), Err(EditError::DocumentSetInUse("one".into())));
    let undo = project.apply(Edit::RemoveDocument { document: "a".into() }).unwrap().inverse;
    project.apply(undo).unwrap();
    assert_eq!(project.members(&"one".into()).count(), 1);
    project.apply(members("one", &["a"], false)).unwrap();
    let undo = project.apply(removal).unwrap().inverse;
    assert_eq!(undo, set("one", "Round one"));
}

#[test]
fn details_leave_the_sets_of_a_document_alone() {
    let mut project = project(&["a"]);
    let meta = project.document(&"a".into()).unwrap().meta.clone();
    project.apply(set("one", "Round one")).unwrap();
    project.apply(members("one", &["a"], true)).unwrap();
    let to = Box::new(DocumentMeta { title: "Note".into(), ..meta });
    project.apply(Edit::SetMeta { document: "a".into(), to }).unwrap();
    assert_eq!(project.members(&"one".into()).next().unwrap().meta.title, "Note");
}

#[test]
fn what_does_not_exist_is_refused() {
    let mut project = project(&["a"]);
    assert_eq!(project.apply(members("one", &["a"], true)), Err(EditError::NoDocumentSet("one".into())));
    project.apply(set("one", "Round one")).unwrap();
    assert_eq!(project.apply(members("one", &["b"], true)), Err(EditError::NoDocument("b".into())));
    assert_eq!(project.apply(set("two", " ")), Err(EditError::EmptyName));
    assert_eq!(project.apply(set("", "Two")), Err(EditError::EmptyId));
    let removal = Edit::SetDocumentSet { id: "two".into(), to: None };
    assert_eq!(project.apply(removal), Err(EditError::Missing("two".into())));
    for wrong in [&[(1, "a")][..], &[(0, "a"), (0, "a")]] {
        assert_eq!(project.apply(moves(wrong)), Err(EditError::BadPositions));
    }
}

#[test]
fn documents_move_together_and_back() {
    let mut project = project(&["a", "b", "c", "d", "e"]);
    for (to, after) in [(&[(0, "d"), (1, "b")][..], "dbace"), (&[(4, "d")], "baced"), (&[], "baced")] {
        let before = order(&project);
        let undo = project.apply(moves(to)).unwrap().inverse;
        assert_eq!(order(&project), after);
        let redo = project.apply(undo).unwrap().inverse;
        assert_eq!(order(&project), before);
        project.apply(redo).unwrap();
    }
}

#[test]
fn a_set_is_merged_document_by_document() {
    let mut base = project(&["a", "b", "c"]);
    base.apply(set("one", "Round one")).unwrap();
    base.apply(members("one", &["a", "b"], true)).unwrap();
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    ours.apply(members("one", &["c"], true)).unwrap();
    ours.apply(members("one", &["a"], false)).unwrap();
    ours.apply(moves(&[(0, "c")])).unwrap();
    theirs.apply(members("one", &["b", "a"], false)).unwrap();
    theirs.apply(Edit::SetDocumentSet { id: "one".into(), to: None }).unwrap();
    theirs.apply(set("two", "Round two")).unwrap();
    theirs.apply(members("two", &["c"], true)).unwrap();
    let merged = merge::merge_projects(Some(&base), &ours, &theirs);
    assert!(merged.conflicts.is_empty());
    // What one side still uses stays, although the other has removed it.
    let sets = |project: &Project| -> Vec<String> {
        let member = |id: &DocumentSetId| format!("{id}:{}", project.members(id).count());
        project.document_sets().keys().map(member).collect()
    };
    assert_eq!(sets(&merged.value), ["one:1", "two:1"]);
    assert_eq!(order(&merged.value), "cab");
    for side in [ours, theirs] {
        let mut now = side.clone();
        let edits =
            merge::project_edits(&side, &merged.value, |meta| Arc::new(Document::unloaded(meta.clone())));
        let undo = now.apply(Edit::Batch(edits)).unwrap().inverse;
        assert_eq!((sets(&now), order(&now)), (sets(&merged.value), order(&merged.value)));
        now.apply(undo).unwrap();
        assert_eq!((sets(&now), order(&now)), (sets(&side), order(&side)));
    }
}

#[test]
fn two_new_names_of_a_set_conflict() {
    let mut base = project(&[]);
    base.apply(set("one", "Round one")).unwrap();
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    ours.apply(set("one", "First round")).unwrap();
    theirs.apply(set("one", "Round 1")).unwrap();
    let merged = merge::merge_projects(Some(&base), &ours, &theirs);
    assert_eq!(merged.conflicts.len(), 1);
    assert_eq!(merged.conflicts[0].at, merge::ConflictKey::DocumentSet("one".into()));
    assert_eq!(merged.value.document_sets()[&DocumentSetId::from("one")], "First round");
}

#[test]
fn the_order_on_disk_is_taken_and_documents_that_it_lacks_stay_in_place() {
    let mut here = project(&["a", "x", "b", "c"]);
    let on_disk = project(&["c", "a", "b"]);
    here.set_project_file_from_disk(&on_disk, &["x".into()].into());
    assert_eq!(order(&here), "caxb");
}
