//! Layers of people who work blind are marked when the work of others comes into view, and rounds leave later work out.

use std::fs;
use std::path::{Path, PathBuf};

use demarche::analysis::later_changes::LaterChanges;
use demarche::io::project::{Folder, RoundId, check, read_round};
use demarche::model::*;
use demarche::session::{AnnotateAction, ProjectAction, RoundAction, Session};
use tempfile::TempDir;

use crate::support::cli::demarche;
use crate::support::session::*;
use crate::support::wait::until;

const TEXT: &str = "Norvania will suspend the talks. The fee must come down.";

/// A project in which Ben has tagged a passage, as Ana opens it.
fn ana_after_ben(is_blind: bool) -> (TempDir, PathBuf, Clock, Session) {
    let (dir, root) = small(&[TEXT]);
    let mut session = open(&root);
    session.perform(ProjectAction::SetBlind(is_blind));
    session.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
    tag(&mut session, "fee", "demand");
    session.save_now().unwrap();
    drop(session);
    works_here(&root, "ana");
    let (clock, session) = later(&root);
    (dir, root, clock, session)
}

/// A session of the user on another day, whose clock can be moved.
fn later(root: &Path) -> (Clock, Session) {
    let (clock, env) = clock();
    clock.pass(24 * 60 * 60);
    (0..1000).for_each(|_| {
        env.new_uuid();
    });
    (clock, open_with(root, env))
}

fn mark(session: &Session) -> Option<Stamp> {
    let layer = LayerId::new(&"d001".into(), &"ana".into());
    session.project().layer(&layer).and_then(|layer| layer.unblinded())
}

fn file(root: &Path) -> String {
    fs::read_to_string(root.join("layers/ana/d001.ron")).unwrap()
}

#[test]
fn done_marks_the_layer_and_neither_undo_nor_reopening_removes_the_mark() {
    let (_dir, root, clock, mut ana) = ana_after_ben(true);
    tag(&mut ana, "suspend", "threat");
    ana.tick();
    assert_eq!(mark(&ana), None, "she has seen nothing yet");
    clock.pass(60);
    ana.toggle_done();
    let count = steps(&ana);
    ana.tick();
    let seen = mark(&ana).expect("a mark");
    assert_eq!((seen, steps(&ana)), (Stamp(START.0 + 24 * 60 * 60 + 60), count), "it is no step");
    ana.undo();
    clock.pass(60);
    ana.toggle_done();
    ana.toggle_done();
    ana.tick();
    assert_eq!(mark(&ana), Some(seen), "what was seen first counts");
    ana.save_now().unwrap();
    assert!(
        file(&root).starts_with("(\n    format: 4,")
            && file(&root).contains("unblinded: \"2027-01-16T08:01:00Z\"")
    );
    let history = fs::read_to_string(root.join("history/ana.log")).unwrap();
    assert_eq!(history.matches("saw the work of others").count(), 1);
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
    drop(ana);
    let (_, again) = later(&root);
    assert_eq!(mark(&again), Some(seen));
}

#[test]
fn a_layer_is_marked_when_the_work_of_others_comes_after_done() {
    let (_dir, root) = small(&[TEXT]);
    let mut ana = open(&root);
    ana.perform(ProjectAction::SetBlind(true));
    tag(&mut ana, "suspend", "threat");
    ana.toggle_done();
    ana.save_now().unwrap();
    ana.tick();
    assert_eq!(mark(&ana), None, "there is nothing to see");
    std::thread::sleep(std::time::Duration::from_millis(150));
    let layer = "(\n    format: 1,\n    document: \"d001\",\n    annotator: \"ben\",\n    status: Done,\n    spans: [\n    ],\n    \
                 links: [\n    ],\n)\n";
    fs::create_dir_all(root.join("layers/ben")).unwrap();
    fs::write(root.join("layers/ben/d001.ron"), layer).unwrap();
    until(&mut ana, "Ben's work comes into view", |ana| mark(ana).is_some());
}

#[test]
fn the_end_of_blind_coding_marks_own_layers() {
    let (_dir, _root, clock, mut ana) = ana_after_ben(true);
    tag(&mut ana, "suspend", "threat");
    clock.pass(60);
    ana.perform(ProjectAction::SetBlind(false));
    ana.tick();
    assert_eq!(mark(&ana), Some(Stamp(START.0 + 24 * 60 * 60 + 60)));
    let ben = LayerId::new(&"d001".into(), &"ben".into());
    assert_eq!(ana.project().layer(&ben).unwrap().unblinded(), None, "that is for Ben's Demarche to write");
}

#[test]
fn people_who_see_everything_anyway_are_not_marked() {
    let (_dir, root, _clock, mut ana) = ana_after_ben(false);
    tag(&mut ana, "suspend", "threat");
    ana.toggle_done();
    ana.tick();
    ana.save_now().unwrap();
    assert_eq!(mark(&ana), None);
    assert!(file(&root).starts_with("(\n    format: 1,"), "{}", file(&root));
}

#[test]
fn a_round_leaves_out_what_was_added_or_changed_after_unblinding_and_says_so() {
    let (dir, root, clock, mut ana) = ana_after_ben(true);
    let first = tag(&mut ana, "suspend", "threat");
    tag(&mut ana, "talks", "demand");
    ana.toggle_done();
    ana.tick();
    clock.pass(60);
    ana.toggle_done();
    ana.perform(AnnotateAction::SetCategory { at: vec![first], category: "demand".into() });
    tag(&mut ana, "fee", "demand");
    let late = LaterChanges::new(ana.project(), &[]);
    assert_eq!((late.after_unblinding.len(), late.after_review.len()), (2, 0));
    ana.perform(RoundAction::Freeze { note: String::new() });
    until(&mut ana, "the round is frozen", |_| root.join("rounds/r1-ana/round.ron").exists());
    ana.finish_jobs();
    drop(ana);
    assert_eq!(file(&root), fs::read_to_string(root.join("rounds/r1-ana/layers/ana/d001.ron")).unwrap());
    let id: RoundId = "r1-ana".parse().unwrap();
    let round = read_round(&Folder::new(&root), &id, &()).unwrap();
    assert_eq!(round.left_out, LeftOut { spans: 2, links: 0 });
    let layer = round.project.layer(&LayerId::new(&"d001".into(), &"ana".into())).unwrap();
    let text = round.project.documents()[0].text.clone().unwrap();
    assert_eq!(layer.spans().map(|span| span.quote(&text)).collect::<Vec<_>>(), ["talks"]);

    let run = |args: &[&str]| demarche(args, &root);
    let export = dir.path().join("out.jsonl");
    for args in [
        &["agree", ".", "--round", "r1-ana", "--json"][..],
        &["summary", ".", "--round", "r1-ana"],
        &["export", ".", "--round", "r1-ana", "--format", "jsonl", "--output", export.to_str().unwrap()],
    ] {
        let (code, _, err) = run(args);
        assert!(code == 0 && err.contains("2 spans left out"), "{args:?}: {err}");
    }
    let frozen = open_later(&root.join("rounds/r1-ana"));
    assert_eq!(frozen.left_out(), LeftOut { spans: 2, links: 0 });
    assert!(frozen.read_only().is_some_and(|why| why.contains("2 passages")), "{:?}", frozen.read_only());
    assert_eq!(passages(&frozen), ["ana demand: talks", "ben demand: fee"]);
}
