//! A packet that comes back brings the passages of its annotator, and nothing else unless it is accepted.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use demarche::analysis::merge_project::{CodebookEntry, LeftOut, PersonChange, ProjectChange};
use demarche::io::project::{Folder, check, unpack};
use demarche::model::*;
use demarche::session::{
    AnnotateAction, CodebookChange, ExchangeAction, MergeAction, NavigateAction, ProjectAction, Session,
};

use crate::support::project::{files, put_files};
use crate::support::session::*;

const TEXTS: [&str; 2] =
    ["Norvania will suspend the talks. The fee must come down.", "A second text of talks."];

fn be(session: &mut Session, name: &str) {
    session.perform(ProjectAction::WorkAs { name: name.to_owned() });
}

fn write_packet(session: &mut Session, path: &Path, documents: &[&str]) {
    session.perform(MergeAction::WritePacket {
        name: "Cleo".to_owned(),
        documents: documents.iter().map(|id| (*id).into()).collect(),
        path: path.to_owned(),
    });
    session.finish_jobs();
}

/// A blind project in which Cleo is to read `d001` and has tagged one passage, and her packet, unpacked.
fn sent() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let (dir, root) = small(&TEXTS);
    let mut lead = open(&root);
    be(&mut lead, "Cleo");
    tag(&mut lead, "suspend", "offer");
    be(&mut lead, "Ana");
    let cleo = lead.project().annotator(&"cleo".into()).unwrap().clone();
    let cleo = Annotator { documents: Assignment::Only(["d001".into()].into()), ..cleo };
    lead.perform(ProjectAction::SetPeople(vec![cleo]));
    lead.perform(ProjectAction::SetBlind(true));
    lead.save_now().unwrap();
    let packet = dir.path().join("cleo.demarche-packet");
    write_packet(&mut lead, &packet, &["d001"]);
    let unpacked = unpack(&packet, &dir.path().join("elsewhere")).unwrap();
    (dir, root, unpacked)
}

/// Cleo tags a demand and a passage of a category of her own, and changes all that is not hers.
fn work(unpacked: &Path) {
    let mut cleo = open_later(unpacked);
    be(&mut cleo, "Cleo");
    let own = cleo.project().annotator(&"cleo".into()).unwrap().clone();
    let own = Annotator { role: Role::Lead, documents: Default::default(), ..own };
    cleo.perform(ProjectAction::SetPeople(vec![own]));
    cleo.perform(ProjectAction::SetBlind(false));
    cleo.perform(ProjectAction::SetName("Cleo's talks".to_owned()));
    let category = Category::new("cleo-own".into(), "Cleo own", Colour::nth(7));
    change(&mut cleo, CodebookChange::PutCategory(Box::new(category)));
    let threat = Category::clone(cleo.project().codebook().category(&"threat".into()).unwrap());
    let threat = Category { definition: "Another one.".to_owned(), ..threat };
    change(&mut cleo, CodebookChange::PutCategory(Box::new(threat)));
    cleo.perform(ExchangeAction::ImportText("A text that only Cleo has.".to_owned()));
    cleo.finish_jobs();
    cleo.perform(NavigateAction::OpenDocument("d001".into()));
    tag(&mut cleo, "fee", "demand");
    tag(&mut cleo, "talks", "cleo-own");
    be(&mut cleo, "Dan");
    tag(&mut cleo, "Norvania", "threat");
    cleo.save_now().unwrap();
}

fn merge(args: &[&str], root: &Path, other: &Path) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
    let out = command.arg("merge").args(args).arg(root).arg(other).output().unwrap();
    (out.status.code().unwrap(), String::from_utf8_lossy(&out.stderr).into_owned())
}

fn project_file(root: &Path) -> String {
    fs::read_to_string(root.join("project.ron")).unwrap()
}

#[test]
fn the_command_line_takes_the_passages_and_says_what_it_ignores() {
    let (_dir, root, other) = sent();
    work(&other);
    let (before, file) = (files(&root), project_file(&root));
    let (code, dry) = merge(&["--dry-run"], &root, &other);
    assert_eq!(code, 1, "a passage of a category that is not accepted is left out: {dry}");
    assert_eq!(files(&root), before);
    for said in ["Cleo own", "Threat", "blind", "role of Cleo", "assigned to Cleo", "Cleo's talks", "Dan"] {
        assert!(dry.contains(said), "{said}: {dry}");
    }
    let (code, said) = merge(&[], &root, &other);
    assert_eq!((code, project_file(&root)), (1, file), "{said}");
    assert_eq!(passages(&open_later(&root)), ["cleo offer: suspend", "cleo demand: fee"]);
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
}

#[test]
fn the_command_line_takes_the_codebook_if_told_to_and_never_a_role() {
    let (_dir, root, other) = sent();
    work(&other);
    let (code, said) = merge(&["--accept-codebook"], &root, &other);
    assert_eq!(code, 0, "{said}");
    let here = open_later(&root);
    let project = here.project();
    assert_eq!(passages(&here), ["cleo offer: suspend", "cleo cleo-own: talks", "cleo demand: fee"]);
    assert_eq!(project.codebook().category(&"threat".into()).unwrap().definition, "Another one.");
    let cleo = project.annotator(&"cleo".into()).unwrap();
    assert_eq!(
        (cleo.role, cleo.documents.listed().map_or(0, |ids| ids.len()), project.is_blind()),
        (Role::Annotator, 1, true)
    );
    assert_eq!(project.documents().len(), 2);
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
}

#[test]
fn proposals_are_accepted_one_by_one() {
    let (_dir, root, other) = sent();
    work(&other);
    let mut lead = open_later(&root);
    lead.perform(MergeAction::Start(other));
    lead.finish_jobs();
    let plan = lead.merging().unwrap().plan();
    assert_eq!((plan.changes.as_slice(), plan.decisions), (&[][..], 0));
    let entry = |id: &str| CodebookEntry::Category(id.into());
    let proposed: Vec<_> = plan.proposals.iter().map(|p| (p.entry.clone(), p.is_accepted)).collect();
    assert_eq!(proposed, [(entry("threat"), false), (entry("cleo-own"), false)]);
    let role = PersonChange::Role(Role::Lead);
    let ignored = ProjectChange::Person { name: "Cleo".to_owned(), change: role };
    assert!(plan.left_out.contains(&LeftOut::Change(ignored)), "{:?}", plan.left_out);
    let left_work = |session: &Session| {
        session.merging().unwrap().plan().left_out.iter().filter(|item| item.is_work()).count()
    };
    assert_eq!(left_work(&lead), 1);
    lead.perform(MergeAction::Accept(entry("cleo-own"), true));
    assert_eq!(left_work(&lead), 0);
    lead.perform(MergeAction::Accept(entry("threat"), true));
    lead.perform(MergeAction::Accept(entry("threat"), false));
    lead.perform(MergeAction::Finish);
    let codebook = lead.project().codebook();
    assert!(codebook.category(&"cleo-own".into()).is_some());
    assert_ne!(codebook.category(&"threat".into()).unwrap().definition, "Another one.");
    assert_eq!(passages(&lead).len(), 3);
    lead.undo();
    assert_eq!(passages(&lead), ["cleo offer: suspend"], "one step");
}

#[test]
fn the_last_passage_that_an_annotator_removed_is_removed() {
    let (dir, root, unpacked) = sent();
    let mut cleo = open_later(&unpacked);
    let (at, _) = spans(&cleo).remove(0);
    cleo.perform(AnnotateAction::Remove(vec![at]));
    cleo.save_now().unwrap();
    let back = dir.path().join("back.demarche-packet");
    write_packet(&mut cleo, &back, &["d001"]);
    let (code, said) = merge(&[], &root, &back);
    assert_eq!(code, 0, "{said}");
    assert_eq!(passages(&open_later(&root)), [""; 0]);
}

#[test]
fn the_command_line_says_what_an_ordinary_copy_changes() {
    let (dir, root, _) = sent();
    let other = dir.path().join("other");
    put_files(&other, files(&root));
    let mut there = open_later(&other);
    // A copy does not know its user.
    there.perform(ProjectAction::WorkAs { name: "ana".to_owned() });
    let cleo = there.project().annotator(&"cleo".into()).unwrap().clone();
    there.perform(ProjectAction::SetPeople(vec![Annotator { role: Role::Reviewer, ..cleo }]));
    let category = Category::new("new-one".into(), "New one", Colour::nth(7));
    change(&mut there, CodebookChange::PutCategory(Box::new(category)));
    there.save_now().unwrap();
    drop(there);
    let (code, said) = merge(&["--dry-run"], &root, &other);
    assert!(said.contains("New one"), "{code} {said}");
    let (_, said) = merge(&[], &root, &other);
    assert!(open_later(&root).project().codebook().category(&"new-one".into()).is_some(), "{said}");
}

#[test]
fn a_packet_has_what_its_person_decided_in_the_consensus() {
    let (dir, root, unpacked) = sent();
    let decided = |who: &str, id: &str| {
        let text = fs::read_to_string(unpacked.join("layers/cleo/d001.ron")).unwrap();
        let at = text.find("(id: \"").unwrap() + "(id: \"".len();
        let text = text.replace(&text[at..at + 36], id);
        let file = unpacked.join("consensus").join(who).join("d001.ron");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text.replace("annotator: \"cleo\"", &format!("annotator: \"{who}\""))).unwrap();
    };
    decided("cleo", "01a2296a-0001-740d-801c-bb8d5b32bd18");
    decided("ana", "01a2296a-0002-740d-801c-bb8d5b32bd18");
    let left_out = |who: &str| {
        let decision = "(annotator: \"ana\", span: \"01a2296a-0003-740d-801c-bb8d5b32bd18\", verdict: Rejected, \
                        comments: [(author: \"WHO\", at: \"2026-11-21T09:00:00Z\", text: \"No.\")], \
                        modified: \"2026-11-21T09:00:00Z\")";
        let text = format!(
            "(\n    format: 1,\n    document: \"d001\",\n    annotator: \"WHO\",\n    decisions: [\n        {decision},\n    ],\n)\n"
        );
        fs::write(unpacked.join(format!("consensus/{who}/d001.left-out.ron")), text.replace("WHO", who))
            .unwrap();
    };
    left_out("cleo");
    left_out("ana");
    let mut cleo = open_later(&unpacked);
    let back = dir.path().join("back.demarche-packet");
    write_packet(&mut cleo, &back, &["d001"]);
    let again = unpack(&back, &dir.path().join("again")).unwrap();
    let names: Vec<String> = files(&again).into_keys().filter(|name| name.starts_with("consensus")).collect();
    assert_eq!(names, ["consensus/cleo/d001.left-out.ron", "consensus/cleo/d001.ron"]);
    // As a folder it has Ana's file, too, which is not Cleo's to bring.
    let mut lead = open_later(&root);
    be(&mut lead, "Ana");
    lead.perform(MergeAction::Start(unpacked));
    lead.finish_jobs();
    lead.perform(MergeAction::Finish);
    lead.save_now().unwrap();
    let document = lead.project().document(&"d001".into()).unwrap();
    let owners: Vec<&AnnotatorId> = document.consensus_layers().map(|(owner, _)| owner).collect();
    assert_eq!(owners, [&AnnotatorId::consensus_of(&"cleo".into())]);
    let names: Vec<String> = files(&root).into_keys().filter(|name| name.starts_with("consensus")).collect();
    assert_eq!(names, ["consensus/cleo/d001.left-out.ron", "consensus/cleo/d001.ron"]);
}

/// Unpacks a packet as any archiver does.
fn unzipped_by_hand(packet: &Path, to: &Path) {
    zip::ZipArchive::new(fs::File::open(packet).unwrap()).unwrap().extract(to).unwrap();
}

#[test]
fn a_packet_that_was_unzipped_by_hand_is_merged_as_a_packet() {
    let (dir, root, unpacked) = sent();
    let by_hand = dir.path().join("by hand");
    unzipped_by_hand(&dir.path().join("cleo.demarche-packet"), &by_hand);
    work(&by_hand);
    work(&unpacked);
    let (code, said) = merge(&[], &root, &by_hand);
    assert_eq!(code, 1, "a passage of a category that is not accepted is left out: {said}");
    let after = files(&root);
    assert_eq!(passages(&open_later(&root)), ["cleo offer: suspend", "cleo demand: fee"]);
    let project = open_later(&root).project().clone();
    assert_eq!((project.name(), project.is_blind(), project.documents().len()), ("Small", true, TEXTS.len()));
    assert_eq!(project.role(&"cleo".into()), Role::Annotator);
    assert!(
        project.codebook().category(&"cleo-own".into()).is_none()
            && project.annotator(&"dan".into()).is_none()
    );
    assert_eq!(merge(&[], &root, &by_hand).0, 1);
    assert_eq!(files(&root), after, "again changes nothing");
}

#[test]
fn a_packet_that_came_back_and_was_unzipped_by_hand_knows_what_was_sent() {
    let (dir, _, unpacked) = sent();
    let mut cleo = open_later(&unpacked);
    tag(&mut cleo, "fee", "demand");
    cleo.save_now().unwrap();
    let back = dir.path().join("back.demarche-packet");
    write_packet(&mut cleo, &back, &["d001"]);
    let by_hand = dir.path().join("by hand");
    unzipped_by_hand(&back, &by_hand);
    let mut again = open_later(&by_hand);
    be(&mut again, "Cleo");
    let back = dir.path().join("again.demarche-packet");
    write_packet(&mut again, &back, &["d001"]);
    let unpacked_again = unpack(&back, &dir.path().join("again")).unwrap();
    let sent =
        |folder: &Path| fs::read_to_string(folder.join(".demarche/base/layers/cleo/d001.ron")).unwrap();
    assert_eq!(sent(&unpacked_again), sent(&unpacked));
}

/// Zips an unpacked packet as any archiver does: without what was sent.
fn zipped_by_hand(unpacked: &Path, to: &Path) {
    let mut zip = zip::ZipWriter::new(fs::File::create(to).unwrap());
    for (name, bytes) in files(unpacked).into_iter().filter(|(name, _)| !name.starts_with(".demarche")) {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, bytes.as_ref()).unwrap();
    }
    zip.finish().unwrap();
}

#[test]
fn a_packet_that_was_zipped_by_hand_brings_its_passages_too() {
    let (dir, root, other) = sent();
    let mut cleo = open_later(&other);
    let category = Category::new("cleo-own".into(), "Cleo own", Colour::nth(7));
    change(&mut cleo, CodebookChange::PutCategory(Box::new(category)));
    let own = cleo.project().annotator(&"cleo".into()).unwrap().clone();
    cleo.perform(ProjectAction::SetPeople(vec![Annotator { role: Role::Lead, ..own }]));
    tag(&mut cleo, "fee", "demand");
    tag(&mut cleo, "talks", "cleo-own");
    cleo.save_now().unwrap();
    drop(cleo);
    let back = dir.path().join("by hand.demarche-packet");
    zipped_by_hand(&other, &back);
    let (code, said) = merge(&[], &root, &back);
    assert_eq!(code, 1, "a passage of a category that is not accepted is left out: {said}");
    assert_eq!(passages(&open_later(&root)), ["cleo offer: suspend", "cleo demand: fee"]);
    let (code, said) = merge(&["--accept-codebook"], &root, &back);
    assert_eq!(code, 0, "{said}");
    let here = open_later(&root);
    assert_eq!(passages(&here), ["cleo offer: suspend", "cleo cleo-own: talks", "cleo demand: fee"]);
    assert_eq!(here.project().annotator(&"cleo".into()).unwrap().role, Role::Annotator);
    drop(here);
    // One that lists several people does not say whose it is.
    let mut cleo = open_later(&other);
    be(&mut cleo, "Dan");
    cleo.save_now().unwrap();
    zipped_by_hand(&other, &back);
    let before = files(&root);
    let (code, said) = merge(&[], &root, &back);
    assert!(code == 1 && said.contains("whose it is"), "{said}");
    assert_eq!(files(&root), before);
}

#[test]
fn a_copy_with_a_layer_in_a_newer_format_is_not_merged_in_silence() {
    let (dir, root) = small(&TEXTS);
    let other = dir.path().join("other");
    let mut ana = open(&root);
    tag(&mut ana, "fee", "demand");
    ana.save_now().unwrap();
    drop(ana);
    put_files(&other, files(&root));
    let layer = other.join("layers/ana/d001.ron");
    let newer = fs::read_to_string(&layer).unwrap().replace("format: 1", "format: 9");
    fs::write(layer, newer).unwrap();
    let (code, said) = merge(&["--annotator", "ana"], &root, &other);
    assert!(code == 1 && said.contains("layers/ana/d001.ron"), "{said}");
    assert_eq!(passages(&open_later(&root)), ["ana demand: fee"]);
}
