//! Assignments in merges, packets and the undo log: nothing assigned is a value, and batches wait.

use std::collections::BTreeSet;
use std::fs;

use demarche::analysis::assignment::{AssignmentDesign, Share};
use demarche::io::project::{Folder, check};
use demarche::model::merge::{AnnotatorField, Field, merge_projects};
use demarche::model::*;
use demarche::session::{ProjectAction, Session};

use crate::support::cli::demarche;
use crate::support::session::*;

const TEXTS: [&str; 3] = ["One talks.", "Two talks.", "Three talks."];

fn set(ids: &[&str]) -> BTreeSet<DocumentId> {
    ids.iter().map(|id| DocumentId::from(*id)).collect()
}

fn of<'a>(project: &'a Project, id: &str) -> &'a Annotator {
    project.annotator(&id.into()).unwrap()
}

/// A project in which a person is changed.
fn with(project: &Project, id: &str, change: impl FnOnce(&mut Annotator)) -> Project {
    let mut project = project.clone();
    let at = project.annotators().iter().position(|person| person.id.as_str() == id).unwrap();
    let mut person = project.annotators()[at].clone();
    change(&mut person);
    project.apply(Edit::SetAnnotator { id: person.id.clone(), to: Some((at, person)) }).unwrap();
    project
}

#[test]
fn nothing_assigned_and_batches_are_merged_three_ways() {
    let (_dir, session) = desk(&TEXTS);
    let base = session.project().clone();
    let none = with(&base, "ana", |ana| ana.documents = Assignment::none());
    let batches = with(&base, "ben", |ben| {
        ben.documents = Assignment::Only(set(&["d001"]));
        ben.batches = vec![set(&["d002"]), set(&["d003"])];
    });
    for (ours, theirs) in [(&none, &batches), (&batches, &none)] {
        let merged = merge_projects(Some(&base), ours, theirs);
        assert_eq!(merged.conflicts, []);
        assert_eq!(of(&merged.value, "ana"), of(&none, "ana"));
        assert_eq!(of(&merged.value, "ben"), of(&batches, "ben"));
    }
    // None and all are as different as two lists.
    let some = with(&none, "ana", |ana| ana.documents = Assignment::Only(set(&["d002"])));
    let merged = merge_projects(Some(&base), &none, &some);
    let fields: Vec<&Field> = merged.conflicts.iter().flat_map(|conflict| &conflict.fields).collect();
    assert_eq!(fields, [&Field::Annotator(AnnotatorField::Work)]);
    let back = with(&none, "ana", |ana| ana.documents = Assignment::All);
    assert!(of(&merge_projects(Some(&none), &none, &back).value, "ana").documents.is_all());
}

#[test]
fn assignments_follow_documents_that_have_other_ids_here() {
    let (_dir, ours) = desk(&["Three talks.", "One talks."]);
    let (_other, mut theirs) = desk(&TEXTS);
    let zoe = Annotator {
        documents: Assignment::Only(set(&["d001"])),
        batches: vec![set(&["d003"])],
        ..Annotator::new("zoe".into(), "Zoe", Colour::nth(3))
    };
    theirs.perform(ProjectAction::SetPeople(vec![zoe]));
    theirs.save_now().unwrap();
    let [here, there] = [&ours, &theirs].map(|session| root_of(session).to_owned());
    drop((ours, theirs));
    // Titles of the two texts with one id are conflicts, which are reported.
    let (code, _, err) = demarche(&["merge", here.to_str().unwrap(), there.to_str().unwrap()], &here);
    assert!(code < 2, "{err}");
    let now = open(&here);
    let zoe = of(now.project(), "zoe");
    assert_eq!((zoe.documents.listed(), &zoe.batches[..]), (Some(&set(&["d002"])), &[set(&["d001"])][..]));
}

#[test]
fn a_step_that_assigns_is_undone_after_the_project_was_closed() {
    let (_dir, mut session) = desk(&TEXTS);
    let root = root_of(&session).to_owned();
    let people = ["ana", "ben"].map(|id| Share { person: id.into(), weight: 1 }).to_vec();
    let design = AssignmentDesign { people, readers: 1, sample: 0, batches: 3, seed: 3 };
    session.perform(ProjectAction::AssignByDesign(design));
    session.perform(ProjectAction::OpenBatch);
    let open_now = |session: &Session| session.project().waiting_batches().len();
    assert_eq!(open_now(&session), 1);
    session.save_now().unwrap();
    drop(session);
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
    let mut session = open_later(&root);
    session.undo();
    assert_eq!(open_now(&session), 2);
    session.undo();
    assert!(session.project().annotators().iter().all(|person| person.documents.is_all()));
    assert_eq!(open_now(&session), 0);
    session.redo();
    session.redo();
    assert_eq!(open_now(&session), 1);
}

#[test]
fn a_packet_holds_what_is_assigned_and_is_refused_for_nothing() {
    let (dir, mut session) = desk(&TEXTS);
    let root = root_of(&session).to_owned();
    let [ana, ben] = ["ana", "ben"].map(|id| of(session.project(), id).clone());
    let ana = Annotator { documents: Assignment::none(), ..ana };
    let batches = vec![set(&["d003"])];
    let ben = Annotator { documents: Assignment::Only(set(&["d002"])), batches, ..ben };
    session.perform(ProjectAction::SetPeople(vec![ana, ben]));
    session.save_now().unwrap();
    let before = session.project().annotators().to_vec();
    drop(session);
    let packet = |name: &str| {
        let output = format!("{name}.demarche-packet");
        demarche(&["packet", root.to_str().unwrap(), "--for", name, "--output", &output], dir.path()).0
    };
    assert_eq!((packet("ana"), packet("ben")), (2, 0));
    let unpacked =
        demarche::io::project::unpack(&dir.path().join("ben.demarche-packet"), dir.path()).unwrap();
    let texts: Vec<_> = fs::read_dir(unpacked.join("documents")).unwrap().collect();
    assert_eq!(texts.len(), 1, "the batch that waits stays here");
    let merged =
        demarche(&["merge", root.to_str().unwrap(), "ben.demarche-packet", "--annotator", "ana"], dir.path());
    assert_eq!(merged.0, 0, "{}", merged.2);
    assert_eq!(open(&root).project().annotators(), before);
}
