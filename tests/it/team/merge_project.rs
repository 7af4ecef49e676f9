//! Merging two copies of a project, and packets.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use demarche::io::project::{Folder, check, unpack};
use demarche::model::merge::{Side, SpanField};
use demarche::model::*;
use demarche::session::{
    AnnotateAction, CodebookAction, Env, ExchangeAction, MergeAction, NavigateAction, ProjectAction, Session,
    Shown, WindowRequest,
};

use crate::support::project::{copy_tree, files};
use crate::support::session::*;

const TEXTS: [&str; 2] =
    ["Norvania will suspend the talks. The fee must come down.", "A second text of talks."];

/// A project in which Ana has tagged two passages, and a copy of it.
fn two() -> (tempfile::TempDir, PathBuf, PathBuf, [SpanRef; 2]) {
    let (dir, root) = small(&TEXTS);
    let mut session = open(&root);
    let spans = [tag(&mut session, "talks", "threat"), tag(&mut session, "fee", "demand")];
    session.save_now().unwrap();
    drop(session);
    let other = dir.path().join("other");
    copy_tree(&root, &other);
    (dir, root, other, spans)
}

fn merge(session: &mut Session, other: &Path) {
    while session.take_request(|_| true).is_some() {}
    session.perform(MergeAction::Start(other.to_owned()));
    session.finish_jobs();
    assert_eq!(session.take_request(|_| true), Some(WindowRequest::Merge), "{:?}", session.notices());
}

#[test]
fn another_copy_is_planned_resolved_and_merged_as_one_step() {
    let (_dir, root, other, [talks, fee]) = two();
    let mut there = open_later(&other);
    there.perform(AnnotateAction::SetCategory { at: vec![talks.clone()], category: "offer".into() });
    there.perform(AnnotateAction::SetNote { at: fee.clone(), note: "how much?".to_owned() });
    there.perform(ExchangeAction::ImportText("A text that only the other has.".to_owned()));
    there.finish_jobs();
    tag(&mut there, "only the other", "demand");
    there.perform(NavigateAction::OpenDocument("d001".into()));
    there.perform(ProjectAction::WorkAs { name: "Cleo".to_owned() });
    tag(&mut there, "Norvania", "threat");
    there.save_now().unwrap();
    drop(there);
    let mut here = open_later(&root);
    here.perform(AnnotateAction::SetCategory { at: vec![talks.clone()], category: "demand".into() });
    here.perform(ExchangeAction::ImportText("A text of my own under the same id.".to_owned()));
    here.finish_jobs();
    here.save_now().unwrap();
    let before = passages(&here);
    merge(&mut here, &other);
    let plan = here.merging().unwrap().plan();
    assert_eq!((plan.documents.len(), plan.annotators.as_slice()), (1, &["Cleo".to_owned()][..]));
    let changes: Vec<_> =
        plan.layers.iter().map(|l| (l.layer.annotator.as_str(), l.added, l.changed)).collect();
    assert_eq!(changes, [("ana", 0, 1), ("cleo", 1, 0)]);
    let (spot, conflict) = plan.conflicts[0].clone();
    assert_eq!((plan.conflicts.len(), conflict.fields.as_slice()), (1, &[SpanField::Category.into()][..]));
    assert_eq!(passages(&here), before, "nothing has changed yet");
    here.perform(MergeAction::Decide(spot, Side::Theirs));
    here.perform(MergeAction::Finish);
    here.perform(NavigateAction::Show(Shown::Everyone));
    assert_eq!(
        passages(&here),
        ["ana offer: talks", "ana demand: fee", "cleo threat: Norvania", "ana demand: only the other"]
    );
    assert_eq!(here.project().span(&fee).unwrap().note, "how much?");
    assert_eq!(here.project().documents().len(), 4, "one id, two texts: both are kept");
    here.save_now().unwrap();
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
    here.undo();
    assert_eq!(passages(&here), before, "one step");
    // Merged again, there is nothing more to take.
    here.redo();
    merge(&mut here, &other);
    assert!(here.merging().unwrap().plan().edits.is_empty());
    here.perform(MergeAction::Cancel);
    assert!(here.merging().is_none());
}

#[test]
fn the_command_line_merges_and_keeps_conflicts_for_their_owner() {
    let (_dir, root, other, [talks, _]) = two();
    let mut there = open_later(&other);
    there.perform(AnnotateAction::SetCategory { at: vec![talks.clone()], category: "offer".into() });
    there.save_now().unwrap();
    drop(there);
    let mut here = open_later(&root);
    here.perform(AnnotateAction::SetCategory { at: vec![talks.clone()], category: "demand".into() });
    here.save_now().unwrap();
    drop(here);
    let run = |args: &[&str]| {
        let out =
            Command::new(env!("CARGO_BIN_EXE_demarche")).args(args).arg(&root).arg(&other).output().unwrap();
        (out.status.code().unwrap(), String::from_utf8_lossy(&out.stderr).into_owned())
    };
    let before = files(&root);
    let (code, said) = run(&["merge", "--dry-run"]);
    assert!(code == 1 && said.contains("conflict") && said.contains("category"), "{said}");
    assert_eq!(files(&root), before);
    let (code, said) = run(&["merge", "--annotator", "ana"]);
    assert_eq!(code, 1, "{said}");
    let mut session = open_later(&root);
    assert_eq!(passages(&session), ["ana demand: talks", "ana demand: fee"]);
    let key = session.project().layer(&talks.layer).unwrap().detached().next().unwrap().0;
    session.perform(AnnotateAction::Repair { document: "d001".into(), key });
    assert_eq!(passages(&session), ["ana offer: talks", "ana demand: fee"]);
}

#[test]
fn a_packet_has_one_persons_work_and_returns_as_a_three_way_merge() {
    let (dir, root, ..) = two();
    let packet = dir.path().join("for-ben.demarche-packet");
    let mut lead = open(&root);
    lead.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
    let old = tag(&mut lead, "suspend", "offer");
    lead.perform(ProjectAction::WorkAs { name: "Ana".to_owned() });
    lead.perform(MergeAction::WritePacket {
        name: "Ben".to_owned(),
        documents: vec!["d001".into()],
        path: packet.clone(),
    });
    lead.finish_jobs();
    lead.save_now().unwrap();
    let unpacked = unpack(&packet, &dir.path().join("elsewhere")).unwrap();
    let inside: Vec<String> =
        files(&unpacked).into_keys().filter(|name| !name.starts_with(".demarche")).collect();
    assert_eq!(inside, ["documents/d001.txt", "guidelines.md", "layers/ben/d001.ron", "project.ron"]);
    let guidelines = fs::read_to_string(unpacked.join("guidelines.md")).unwrap();
    assert!(
        guidelines.contains("Threat"),
        "the codebook in words, where a project has no guidelines of its own"
    );
    let project = fs::read_to_string(unpacked.join("project.ron")).unwrap();
    assert!(!project.contains("\"ana\"") && project.contains("\"ben\"") && project.contains("Norvania"));
    // On Ben's machine: he tags as himself, and removes something.
    let mut ben = open_later(&unpacked);
    assert_eq!((ben.me().as_str(), ben.read_only()), ("ben", None));
    tag(&mut ben, "Norvania", "demand");
    ben.perform(AnnotateAction::Remove(vec![old.clone()]));
    ben.save_now().unwrap();
    assert_eq!(
        unpack(&packet, &dir.path().join("elsewhere")).unwrap(),
        unpacked,
        "his work is not unpacked over"
    );
    let back = dir.path().join("back.demarche-packet");
    ben.perform(MergeAction::WritePacket {
        name: "Ben".to_owned(),
        documents: vec!["d001".into()],
        path: back.clone(),
    });
    ben.finish_jobs();
    drop(ben);
    // Meanwhile the codebook has changed. That is no conflict, since the base is known.
    let threat = lead.project().codebook().category(&"threat".into()).unwrap();
    let threat = Category { definition: "A new one.".to_owned(), ..(**threat).clone() };
    lead.perform(CodebookAction::Change(demarche::session::CodebookChange::PutCategory(Box::new(threat))));
    merge(&mut lead, &back);
    assert!(lead.merging().unwrap().has_base());
    assert_eq!(lead.merging().unwrap().plan().conflicts, []);
    lead.perform(MergeAction::Finish);
    assert_eq!(passages(&lead), ["ana threat: talks", "ana demand: fee", "ben demand: Norvania"]);
    assert_eq!(lead.project().codebook().category(&"threat".into()).unwrap().definition, "A new one.");
    assert_eq!(lead.project().documents().len(), 2);
    lead.save_now().unwrap();
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
}

#[test]
fn a_file_that_is_not_a_packet_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("bad.demarche-packet");
    fs::write(&path, "no archive").unwrap();
    let why = unpack(&path, dir.path()).unwrap_err().to_string();
    assert!(why.contains("not a packet") && why.contains("bad.demarche-packet"), "{why}");
    assert!(Session::open(&path, demarche::session::Env::fixed(START)).is_err());
}

#[test]
fn the_command_line_writes_packets() {
    let (dir, root, ..) = two();
    let run = |args: &[&str]| {
        let out =
            Command::new(env!("CARGO_BIN_EXE_demarche")).args(args).current_dir(dir.path()).output().unwrap();
        (out.status.code().unwrap(), String::from_utf8_lossy(&out.stderr).into_owned())
    };
    let root = root.display().to_string();
    let (code, said) =
        run(&["packet", &root, "--for", "Ben", "--documents", "d009", "--output", "b.demarche-packet"]);
    assert!(code == 2 && said.contains("d009"), "{said}");
    let (code, said) = run(&["packet", &root, "--for", "Ben", "--output", "b.demarche-packet"]);
    assert_eq!(code, 0, "{said}");
    let folder = unpack(&dir.path().join("b.demarche-packet"), dir.path()).unwrap();
    assert_eq!(check(&Folder::new(folder)).unwrap(), []);
    let (code, said) = run(&["merge", &root, "b.demarche-packet"]);
    assert_eq!(code, 0, "{said}");
}

/// Adds a person named Cleo, who tags a passage. `ids` have been given before.
fn cleo_tags(root: &Path, ids: usize, words: &str) -> PersonKey {
    let env = Env::fixed(START);
    (0..ids).for_each(|_| {
        env.new_uuid();
    });
    let mut session = open_with(root, env);
    session.perform(ProjectAction::WorkAs { name: "Cleo".to_owned() });
    tag(&mut session, words, "threat");
    session.save_now().unwrap();
    session.project().annotator(&"cleo".into()).unwrap().key.unwrap()
}

fn cleos_words(session: &Session, id: &str) -> Vec<String> {
    let layer = session.project().layer(&LayerId::new(&"d001".into(), &id.into())).unwrap().clone();
    let text = session.project().document(&"d001".into()).unwrap().text.clone().unwrap();
    layer.spans_unsorted().map(|span| span.quote(&text)).collect()
}

#[test]
fn two_people_with_one_id_stay_apart() {
    let (_dir, root, other, _) = two();
    let [here, there] = [cleo_tags(&root, 2000, "Norvania"), cleo_tags(&other, 3000, "suspend")];
    assert_ne!(here, there);
    let mut session = open_later(&root);
    for _ in 0..2 {
        merge(&mut session, &other);
        assert_eq!(session.merging().unwrap().plan().conflicts, []);
        session.perform(MergeAction::Finish);
        session.finish_jobs();
        let keys = ["cleo", "cleo-2"].map(|id| session.project().annotator(&id.into()).unwrap().key);
        assert_eq!(keys, [Some(here), Some(there)]);
        assert_eq!(session.project().annotators().len(), 4, "a second merge finds them again");
        assert_eq!(cleos_words(&session, "cleo"), ["Norvania"]);
        assert_eq!(cleos_words(&session, "cleo-2"), ["suspend"]);
    }
    session.save_now().unwrap();
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
}

#[test]
fn a_person_without_a_key_is_the_one_with_that_id() {
    let (_dir, root, other, _) = two();
    let mut session = open(&root);
    let keyed =
        session.project().annotator(&"ana".into()).unwrap().clone().with_key(PersonKey(uuid::Uuid::nil()));
    session.perform(ProjectAction::SetPeople(vec![keyed.clone()]));
    merge(&mut session, &other);
    assert!(session.merging().unwrap().plan().is_empty());
    assert_eq!(session.project().annotator(&"ana".into()), Some(&keyed));
}
