//! Saved views, calendars and dismissed pairs in copies of a project: merges, git, packets.

use std::path::Path;

use demarche::io::project::{FileKey, Folder, check, merge_file, read_other, unpack};
use demarche::model::*;
use demarche::session::{AnalysisNotesAction, MergeAction, ProjectAction, Session};

use crate::support::cli::demarche;
use crate::support::git::{clones, done, pull};
use crate::support::project::{copy_tree, files};
use crate::support::session::*;

const TEXTS: [&str; 1] = ["Norvania will suspend the talks. The fee must come down."];

fn save_view(session: &mut Session, name: &str) -> ViewId {
    let id = ViewId(session.env().new_uuid());
    let view = Box::new(SavedView::new(id, name, ViewKind::Asks));
    session.perform(AnalysisNotesAction::SaveView(view));
    id
}

fn add_event(session: &mut Session, label: &str) {
    let date = Date::parse("2026-03-06").unwrap();
    let (label, colour) = (label.to_owned(), Colour::nth(3));
    session.perform(AnalysisNotesAction::AddEvent { date, label, colour });
}

fn rename(session: &mut Session, id: ViewId, name: &str) {
    session.perform(AnalysisNotesAction::RenameView { id, name: name.to_owned() });
}

/// A project in which Ana has saved a view, and a copy of it.
fn two(dir: &Path, root: &Path) -> (std::path::PathBuf, ViewId) {
    let mut session = open(root);
    let id = save_view(&mut session, "Fees");
    session.save_now().unwrap();
    let other = dir.join("other");
    copy_tree(root, &other);
    (other, id)
}

fn names(project: &Project, owner: &str) -> Vec<String> {
    let notes = project.analysis_notes_of(&owner.into());
    let views = notes.into_iter().flat_map(|notes| notes.views.values());
    views.map(|view| view.name.clone()).collect()
}

fn project(root: &Path) -> Project {
    demarche::io::project::open(&Folder::new(root)).unwrap().project
}

#[test]
fn another_copy_brings_its_views_and_a_name_changed_in_both_is_a_conflict() {
    let (dir, root) = small(&TEXTS);
    let (other, id) = two(dir.path(), &root);
    let mut here = open(&root);
    rename(&mut here, id, "Fees here");
    add_event(&mut here, "Here");
    here.save_now().unwrap();
    drop(here);
    let mut there = open_later(&other);
    rename(&mut there, id, "Fees there");
    save_view(&mut there, "Threats");
    add_event(&mut there, "There");
    there.save_now().unwrap();
    drop(there);
    let [root_arg, other_arg] = [&root, &other].map(|path| path.to_str().unwrap());
    let (code, _, said) = demarche(&["merge", root_arg, other_arg, "--annotator", "ana"], dir.path());
    assert_eq!(code, 1, "{said}");
    assert!(said.contains(&id.to_string()), "{said}");
    let merged = project(&root);
    assert_eq!(names(&merged, "ana"), ["Fees here", "Threats"]);
    assert_eq!(merged.analysis_notes_of(&"ana".into()).unwrap().calendar.events.len(), 2);
    let before = files(&root);
    let (code, _, said) = demarche(&["merge", root_arg, other_arg, "--annotator", "ana"], dir.path());
    assert_eq!((code, files(&root)), (1, before), "a second time changes nothing: {said}");
}

#[test]
fn a_merge_in_the_window_is_one_step() {
    let (dir, root) = small(&TEXTS);
    let (other, id) = two(dir.path(), &root);
    let mut there = open_later(&other);
    there.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
    save_view(&mut there, "Ben's");
    there.save_now().unwrap();
    drop(there);
    let mut here = open(&root);
    rename(&mut here, id, "Fees, all");
    here.perform(MergeAction::Start(other));
    here.finish_jobs();
    assert_eq!(here.merging().unwrap().plan().notes, 1);
    here.perform(MergeAction::Finish);
    assert_eq!(names(here.project(), "ben"), ["Ben's"]);
    assert_eq!(names(here.project(), "ana"), ["Fees, all"], "without a base, what is only here stays");
    here.undo();
    assert!(names(here.project(), "ben").is_empty());
}

#[test]
fn git_merges_views_and_calendars_record_by_record() {
    let (dir, root) = small(&TEXTS);
    let (_, id) = two(dir.path(), &root);
    let Some([mine, other]) = clones(dir.path(), &root) else { return };
    for (clone, name, label, later) in [(&mine, "Fees A", "A", false), (&other, "Fees B", "B", true)] {
        works_here(clone, "ana");
        let mut session = if later { open_later(clone) } else { open(clone) };
        add_event(&mut session, label);
        if later {
            let view = SavedView::clone(session.saved_view(id).unwrap().view);
            let view = SavedView { filter: "category:threat".to_owned(), ..view };
            session.perform(AnalysisNotesAction::SaveView(Box::new(view)));
        } else {
            rename(&mut session, id, name);
        }
        session.save_now().unwrap();
        drop(session);
        done(clone, &["add", "."]).unwrap();
        done(clone, &["commit", "-qm", label]).unwrap();
    }
    let Some((merged, said)) = pull(&mine, &other) else { return };
    assert!(merged, "{said}");
    let project = project(&mine);
    assert_eq!(names(&project, "ana"), ["Fees A"]);
    let notes = project.analysis_notes_of(&"ana".into()).unwrap();
    assert_eq!(notes.views[&id].filter, "category:threat");
    assert_eq!(notes.calendar.events.len(), 2);
    assert_eq!(check(&Folder::new(&mine)).unwrap(), []);
}

#[test]
fn what_git_cannot_decide_is_marked_in_the_file() {
    let id = ViewId(uuid::Uuid::from_u128(7));
    let file = FileKey::AnalysisNotes("ana".into(), NotesPart::View(id)).relative();
    let view = |name: &str| format!("(\n    format: 1,\n    name: \"{name}\",\n    view: \"asks\",\n)\n");
    let merge = |base: &str, ours: &str, theirs: &str| {
        merge_file(&file, base.as_bytes(), ours.as_bytes(), theirs.as_bytes()).unwrap()
    };
    let merged = merge(&view("Fees"), &view("Here"), &view("There"));
    assert_eq!(merged.conflicts.len(), 1);
    assert!(merged.conflicts[0].contains(&id.to_string()));
    assert!(merged.text.contains("<<<<<<< ours") && merged.text.contains("There"));
    let merged = merge(&view("Fees"), &view("Fees"), &view("There"));
    assert_eq!((merged.text, merged.conflicts.len()), (view("There"), 0));
    let pairs = |lines: &str| format!("(\n    format: 1,\n    pairs: [\n{lines}    ],\n)\n");
    let pair = |n: u128| {
        let [ask, answer] = [n, 9].map(uuid::Uuid::from_u128);
        format!("        (ask: \"{ask}\", answer: \"{answer}\"),\n")
    };
    let [one, two, three] = [1, 2, 3].map(pair);
    let both = format!("{one}{two}");
    let (ours, theirs) = (format!("{two}{three}"), both.clone());
    let merged = merge(&pairs(&both), &pairs(&ours), &pairs(&theirs));
    assert_eq!((merged.text, merged.conflicts.len()), (pairs(&ours), 0), "what one side has removed is gone");
}

#[test]
fn a_packet_holds_the_notes_of_its_person_alone_and_brings_them_back() {
    let (dir, root) = small(&TEXTS);
    let mut lead = open(&root);
    lead.perform(ProjectAction::WorkAs { name: "Cleo".to_owned() });
    let id = save_view(&mut lead, "Cleo's");
    lead.perform(ProjectAction::WorkAs { name: "Ana".to_owned() });
    save_view(&mut lead, "Ana's");
    add_event(&mut lead, "Round");
    let path = dir.path().join("cleo.demarche-packet");
    let (name, documents) = ("Cleo".to_owned(), vec!["d001".into()]);
    lead.perform(MergeAction::WritePacket { name, documents, path: path.clone() });
    lead.finish_jobs();
    lead.save_now().unwrap();
    let unpacked = unpack(&path, &dir.path().join("elsewhere")).unwrap();
    let sent: Vec<String> = files(&unpacked).into_keys().filter(|name| name.starts_with("views/")).collect();
    assert_eq!(sent, [format!("views/cleo/{id}.ron")]);
    let mut cleo = open_later(&unpacked);
    cleo.perform(ProjectAction::WorkAs { name: "Cleo".to_owned() });
    rename(&mut cleo, id, "Cleo's, renamed");
    add_event(&mut cleo, "Cleo's event");
    // Someone else's notes in her packet are not merged.
    cleo.perform(ProjectAction::WorkAs { name: "Dan".to_owned() });
    save_view(&mut cleo, "Dan's");
    cleo.save_now().unwrap();
    drop(cleo);
    let other = read_other(&unpacked, lead.project()).unwrap();
    assert_eq!(other.copy.owner, Some("cleo".into()));
    lead.perform(MergeAction::Start(unpacked.clone()));
    lead.finish_jobs();
    let left_out = lead.merging().unwrap().plan().left_out.clone();
    let dans = demarche::analysis::merge_project::LeftOut::Notes { name: "Dan".to_owned() };
    assert!(left_out.contains(&dans), "{left_out:?}");
    lead.perform(MergeAction::Finish);
    assert_eq!(names(lead.project(), "cleo"), ["Cleo's, renamed"]);
    assert_eq!(names(lead.project(), "ana"), ["Ana's"]);
    assert!(names(lead.project(), "dan").is_empty());
}

#[test]
fn a_conflict_copy_of_a_calendar_is_merged() {
    let (dir, root) = small(&TEXTS);
    let (other, _) = two(dir.path(), &root);
    let mut there = open_later(&other);
    add_event(&mut there, "There");
    there.save_now().unwrap();
    let mut here = open(&root);
    add_event(&mut here, "Here");
    here.save_now().unwrap();
    drop(here);
    let copy = "views/ana/calendar (1).ron";
    std::fs::copy(other.join("views/ana/calendar.ron"), root.join(copy)).unwrap();
    let mut here = open(&root);
    here.perform(MergeAction::Copy(copy.into()));
    here.finish_jobs();
    assert_eq!(here.events().len(), 2);
    assert!(!root.join(copy).exists());
}

#[test]
fn no_link_among_the_views_is_followed() {
    #[cfg(unix)]
    {
        let (dir, root) = small(&TEXTS);
        let (other, id) = two(dir.path(), &root);
        let file = format!("views/ana/{id}.ron");
        std::fs::remove_file(root.join(&file)).unwrap();
        std::os::unix::fs::symlink(other.join(&file), root.join(&file)).unwrap();
        assert!(names(&project(&root), "ana").is_empty());
        let kinds: Vec<_> = check(&Folder::new(&root)).unwrap().iter().map(|problem| problem.kind).collect();
        assert_eq!(kinds, [demarche::io::ProblemKind::Special]);
        std::fs::remove_dir_all(root.join("views")).unwrap();
        std::os::unix::fs::symlink(other.join("views"), root.join("views")).unwrap();
        assert!(names(&project_or_default(&root), "ana").is_empty());
    }
}

#[cfg(unix)]
fn project_or_default(root: &Path) -> Project {
    demarche::io::project::open(&Folder::new(root)).map(|opened| opened.project).unwrap_or_default()
}
