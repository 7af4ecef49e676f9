//! Memos in copies of a project: merges, git, packets, conflict copies, and files that are not to be trusted.

use std::path::{Path, PathBuf};

use demarche::io::ProblemKind;
use demarche::io::project::{Folder, check, merge_file, unpack};
use demarche::model::*;
use demarche::session::{AnalysisNotesAction, MergeAction, ProjectAction, Session};

use crate::support::cli::demarche;
use crate::support::project::{copy_tree, files};
use crate::support::session::*;

const TEXTS: [&str; 1] = ["Norvania will suspend the talks. The fee must come down."];

fn write(session: &mut Session, text: &str) {
    let (subject, text) = (MemoSubject::Project, text.to_owned());
    session.perform(AnalysisNotesAction::WriteMemo { subject, text });
}

fn project(root: &Path) -> Project {
    demarche::io::project::open(&Folder::new(root)).unwrap().project
}

fn text(project: &Project, owner: &str) -> String {
    let notes = project.analysis_notes_of(&owner.into());
    notes
        .and_then(|notes| notes.memos.get(&MemoSubject::Project))
        .map_or(String::new(), |memo| memo.text.clone())
}

/// A project in which Ana has a memo, and a copy of it.
fn two(dir: &Path, root: &Path) -> PathBuf {
    let mut session = open(root);
    write(&mut session, "Shared.");
    session.save_now().unwrap();
    let other = dir.join("other");
    copy_tree(root, &other);
    other
}

fn memos(lines: &[(&str, &str)]) -> String {
    let lines: String = lines
        .iter()
        .map(|(about, text)| {
            format!("        (about: {about}, text: \"{text}\", modified: \"2026-03-14T09:14:00Z\"),\n")
        })
        .collect();
    format!("(\n    format: 1,\n    memos: [\n{lines}    ],\n)\n")
}

#[test]
fn what_two_copies_have_typed_is_merged_without_loss_or_conflict() {
    let (dir, root) = small(&TEXTS);
    let other = two(dir.path(), &root);
    let mut here = open(&root);
    write(&mut here, "Shared.\nHere.");
    here.save_now().unwrap();
    drop(here);
    let mut there = open_later(&other);
    write(&mut there, "Shared.\nThere.");
    there.save_now().unwrap();
    drop(there);
    let [root_arg, other_arg] = [&root, &other].map(|path| path.to_str().unwrap());
    let (code, _, said) = demarche(&["merge", root_arg, other_arg, "--annotator", "ana"], dir.path());
    assert_eq!(code, 0, "{said}");
    let merged = text(&project(&root), "ana");
    assert!(merged.contains("Here.") && merged.contains("There."), "{merged}");
    let before = files(&root);
    let (code, _, said) = demarche(&["merge", root_arg, other_arg, "--annotator", "ana"], dir.path());
    assert_eq!((code, files(&root)), (0, before), "a second time changes nothing: {said}");
}

#[test]
fn git_merges_memos_line_by_line_and_never_those_of_two_people() {
    let file = Path::new("memos/ana.ron");
    let merge = |base: &str, ours: &str, theirs: &str| {
        merge_file(file, base.as_bytes(), ours.as_bytes(), theirs.as_bytes()).unwrap()
    };
    let base = memos(&[("Project", "One")]);
    let ours = memos(&[("Project", "One"), ("Document(\"d001\")", "Here")]);
    let theirs = memos(&[("Project", "One\\nThere")]);
    let merged = merge(&base, &ours, &theirs);
    let both = memos(&[("Project", "One\\nThere"), ("Document(\"d001\")", "Here")]);
    assert_eq!((merged.text, merged.conflicts), (both, Vec::new()));
    let gone = memos(&[]);
    let merged = merge(&base, &gone, &theirs);
    assert_eq!(merged.conflicts.len(), 1, "removed here, changed there");
    let key = |n: u128, text: &str| {
        text.replace(
            "    format: 1,\n",
            &format!("    format: 2,\n    key: \"{}\",\n", uuid::Uuid::from_u128(n)),
        )
    };
    let merged = merge("", &key(1, &base), &key(2, &theirs));
    assert!(merged.conflicts.len() == 1 && merged.text.contains("<<<<<<<"));
}

#[test]
fn a_packet_holds_the_memos_of_its_person_alone_and_brings_them_back() {
    let (dir, root) = small(&TEXTS);
    let mut lead = open(&root);
    lead.perform(ProjectAction::WorkAs { name: "Cleo".to_owned() });
    write(&mut lead, "Cleo's");
    lead.perform(ProjectAction::WorkAs { name: "Ana".to_owned() });
    write(&mut lead, "Ana's");
    let path = dir.path().join("cleo.demarche-packet");
    let (name, documents) = ("Cleo".to_owned(), vec!["d001".into()]);
    lead.perform(MergeAction::WritePacket { name, documents, path: path.clone() });
    lead.finish_jobs();
    lead.save_now().unwrap();
    let unpacked = unpack(&path, &dir.path().join("elsewhere")).unwrap();
    let sent: Vec<String> = files(&unpacked).into_keys().filter(|name| name.starts_with("memos/")).collect();
    assert_eq!(sent, ["memos/cleo.ron"]);
    let mut cleo = open_later(&unpacked);
    cleo.perform(ProjectAction::WorkAs { name: "Cleo".to_owned() });
    write(&mut cleo, "Cleo's, later");
    let back = dir.path().join("back.demarche-packet");
    let (name, documents) = ("Cleo".to_owned(), vec!["d001".into()]);
    cleo.perform(MergeAction::WritePacket { name, documents, path: back.clone() });
    cleo.finish_jobs();
    drop(cleo);
    lead.perform(MergeAction::Start(back));
    lead.finish_jobs();
    lead.perform(MergeAction::Finish);
    assert_eq!(text(lead.project(), "cleo"), "Cleo's, later");
    assert_eq!(text(lead.project(), "ana"), "Ana's");
    lead.undo();
    assert_eq!(text(lead.project(), "cleo"), "Cleo's");
}

#[test]
fn memos_follow_a_text_that_has_another_id_here() {
    let (dir, root) = small(&TEXTS);
    let other = two(dir.path(), &root);
    let [here, there] = [&root, &other].map(|root| project(root).documents()[0].id().to_string());
    let head = std::fs::read_to_string(other.join("project.ron")).unwrap();
    std::fs::write(other.join("project.ron"), head.replace(&format!("\"{there}\""), "\"d777\"")).unwrap();
    std::fs::rename(other.join(format!("documents/{there}.txt")), other.join("documents/d777.txt")).unwrap();
    std::fs::write(other.join("memos/ana.ron"), memos(&[("Document(\"d777\")", "On it")])).unwrap();
    let [root_arg, other_arg] = [&root, &other].map(|path| path.to_str().unwrap());
    let (code, _, said) = demarche(&["merge", root_arg, other_arg, "--annotator", "ana"], dir.path());
    assert_eq!(code, 0, "{said}");
    let merged = project(&root);
    let memos = &merged.analysis_notes_of(&"ana".into()).unwrap().memos;
    assert!(memos.contains_key(&MemoSubject::Document(here.as_str().into())), "{memos:?}");
}

#[test]
fn a_conflict_copy_of_memos_is_merged() {
    let (_dir, root) = small(&TEXTS);
    let mut here = open(&root);
    write(&mut here, "Here.");
    here.save_now().unwrap();
    drop(here);
    let copy = "memos/ana (1).ron";
    std::fs::write(root.join(copy), memos(&[("Project", "There."), ("Category(\"demand\")", "Rare")]))
        .unwrap();
    let mut here = open(&root);
    here.perform(MergeAction::Copy(copy.into()));
    here.finish_jobs();
    let merged = text(here.project(), "ana");
    assert!(merged.contains("Here.") && merged.contains("There."), "{merged}");
    assert_eq!(here.memos().len(), 2);
    assert!(!root.join(copy).exists());
}

#[test]
fn hostile_files_of_memos_are_reported_and_harm_nothing() {
    let (dir, root) = small(&TEXTS);
    two(dir.path(), &root);
    let path = root.join("memos/ana.ron");
    let kinds = || -> Vec<ProblemKind> {
        check(&Folder::new(&root)).unwrap().iter().map(|problem| problem.kind).collect()
    };
    let huge = std::fs::File::create(&path).unwrap();
    huge.set_len(65 << 20).unwrap();
    assert_eq!(text(&project(&root), "ana"), "");
    assert_eq!(kinds().len(), 1);
    std::fs::write(&path, memos(&[("Document(\"../../etc/passwd\")", "x")])).unwrap();
    assert_eq!(kinds(), [ProblemKind::Malformed]);
    let key = "    format: 2,\n    key: \"00000000-0000-0000-0000-000000000001\",\n";
    let other = memos(&[("Project", "Not mine")]).replace("    format: 1,\n", key);
    std::fs::write(&path, other).unwrap();
    if project(&root).key_of(&"ana".into()).is_some() {
        assert_eq!((text(&project(&root), "ana"), kinds()), (String::new(), vec![ProblemKind::OtherPerson]));
    }
    std::fs::write(&path, memos(&[("Project", "\\u{1b}[31mred\\u{0}")])).unwrap();
    assert_eq!(text(&project(&root), "ana"), "\u{1b}[31mred\u{0}");
    std::fs::write(root.join("memos/..ron"), memos(&[])).unwrap();
    std::fs::create_dir(root.join("memos/ben.ron")).unwrap();
    let _ = project(&root);
    std::fs::remove_dir(root.join("memos/ben.ron")).unwrap();
    #[cfg(unix)]
    {
        std::fs::write(dir.path().join("secret.ron"), memos(&[("Project", "secret")])).unwrap();
        std::fs::remove_file(&path).unwrap();
        std::os::unix::fs::symlink(dir.path().join("secret.ron"), &path).unwrap();
        assert_eq!((text(&project(&root), "ana"), kinds()), (String::new(), vec![ProblemKind::Special]));
    }
}
