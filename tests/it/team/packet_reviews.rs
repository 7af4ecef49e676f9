//! Packets carry reviews: what others say about the coder's passages goes out, and the coder's answers come back.

use std::fs;
use std::path::{Path, PathBuf};

use demarche::io::project::{Folder, check, unpack};
use demarche::model::*;
use demarche::session::{
    Env, MergeAction, NavigateAction, ProjectAction, ReviewAction, Screen, Session, Shown,
};

use super::adjudication::be;
use crate::support::cli::demarche;
use crate::support::project::files;
use crate::support::session::*;

const TEXT: &str = "Norvania will suspend the talks. The fee must come down.";

/// A project in which Cleo and Dan have each tagged a passage, and Ben has disputed both.
fn reviewed(is_blind: bool) -> (tempfile::TempDir, PathBuf, [SpanRef; 2]) {
    let (dir, root) = small(&[TEXT]);
    let mut lead = open(&root);
    be(&mut lead, "Dan");
    let dan = tag(&mut lead, "fee", "demand");
    be(&mut lead, "Cleo");
    let cleo = tag(&mut lead, "suspend", "offer");
    be(&mut lead, "Ben");
    let ben = lead.project().annotator(&"ben".into()).unwrap().clone();
    lead.perform(ProjectAction::SetPeople(vec![Annotator { role: Role::Reviewer, ..ben }]));
    lead.perform(ProjectAction::SetBlind(is_blind));
    lead.perform(NavigateAction::Show(Shown::Everyone));
    for at in [&dan, &cleo] {
        lead.perform(NavigateAction::GoTo(at.clone()));
        lead.run(CommandId::Dispute);
        lead.perform(ReviewAction::Comment { at: at.clone(), text: "Is it a threat?".to_owned() });
    }
    lead.save_now().unwrap();
    (dir, root, [dan, cleo])
}

/// The packet for Cleo, unpacked.
fn sent(root: &Path, dir: &Path) -> PathBuf {
    let packet = dir.join("cleo.demarche-packet");
    let args = ["packet", ".", "--for", "Cleo", "--output", packet.to_str().unwrap()];
    let (code, _, err) = demarche(&args, root);
    assert_eq!(code, 0, "{err}");
    unpack(&packet, &dir.join("elsewhere")).unwrap()
}

/// What people say in a document: `who about whose: verdict, comments`.
fn said(session: &Session) -> Vec<String> {
    let document = session.document().unwrap();
    let line = |who: &AnnotatorId, decision: &Decision| {
        let comments: Vec<_> =
            decision.comments.iter().map(|c| format!("{}: {}", c.author, c.text)).collect();
        format!("{who} about {}: {:?} {}", decision.annotator, decision.verdict, comments.join(", "))
    };
    let reviews = document.reviews.iter();
    reviews.flat_map(|(who, review)| review.decisions.values().map(move |d| line(who, d))).collect()
}

#[test]
fn decisions_on_the_coders_passages_go_out_and_answers_come_back() {
    let (dir, root, [_, at]) = reviewed(false);
    let packet = sent(&root, dir.path());
    assert_eq!(check(&Folder::new(&packet)).unwrap(), []);
    let mut cleo = open_later(&packet);
    assert_eq!(said(&cleo), ["ben about cleo: Some(Disputed) ben: Is it a threat?"]);
    assert_eq!(cleo.review().unread(), 1, "it is in the inbox");
    cleo.perform(ReviewAction::Comment { at, text: "No, an offer.".to_owned() });
    cleo.save_now().unwrap();
    drop(cleo);
    let (code, out, err) = demarche(&["merge", ".", packet.to_str().unwrap()], &root);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert_eq!(
        said(&open_later(&root)),
        [
            "ben about dan: Some(Disputed) ben: Is it a threat?",
            "ben about cleo: Some(Disputed) ben: Is it a threat?",
            "cleo about cleo: None cleo: No, an offer.",
        ]
    );
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
}

#[test]
fn a_blind_project_does_not_say_who_has_reviewed() {
    let (dir, root, _) = reviewed(true);
    let packet = sent(&root, dir.path());
    for (name, content) in files(&packet) {
        let text = content.to_lowercase();
        let names = ["ben", "dan"].map(|who| format!("\"{who}\""));
        assert!(!names.iter().any(|who| text.contains(who)), "{name}: {text}");
        assert!(!name.contains("/ben/") && !name.contains("/dan/"), "{name}");
    }
    let cleo = open_later(&packet);
    assert_eq!(said(&cleo), ["reviewer-1 about cleo: Some(Disputed) reviewer-1: Is it a threat?"]);
}

#[test]
fn nothing_but_answers_on_own_passages_is_taken() {
    let (dir, root, [dan, at]) = reviewed(false);
    let packet = sent(&root, dir.path());
    // A verdict on one's own passage, a comment under another name, and a decision of the reviewer that was changed.
    let theirs = packet.join("reviews/ben/d001.ron");
    let text = fs::read_to_string(&theirs).unwrap();
    fs::write(&theirs, text.replace("verdict: Disputed", "verdict: Accepted")).unwrap();
    let comment =
        |who: &str| format!("(author: \"{who}\", at: \"2027-01-16T08:00:00Z\", text: \"Of {who}.\")");
    let decision = |annotator: &str, span: SpanId| {
        format!(
            "        (annotator: \"{annotator}\", span: \"{span}\", verdict: Accepted, comments: [{}, {}], modified: \
             \"2027-01-16T08:00:00Z\"),\n",
            comment("cleo"),
            comment("ben")
        )
    };
    let mut decisions = [decision("cleo", at.span), decision("dan", dan.span)];
    decisions.sort();
    let review = format!(
        "(\n    format: 1,\n    document: \"d001\",\n    annotator: \"cleo\",\n    decisions: [\n{}    ],\n)\n",
        decisions.concat()
    );
    fs::create_dir_all(packet.join("reviews/cleo")).unwrap();
    fs::write(packet.join("reviews/cleo/d001.ron"), review).unwrap();
    let (code, _, err) = demarche(&["merge", ".", packet.to_str().unwrap()], &root);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("3 decisions"), "what is ignored is counted: {err}");
    assert_eq!(
        said(&open_later(&root)),
        [
            "ben about dan: Some(Disputed) ben: Is it a threat?",
            "ben about cleo: Some(Disputed) ben: Is it a threat?",
            "cleo about cleo: None cleo: Of cleo.",
        ]
    );
}

/// The packets in a folder, by name.
fn packets(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn packets_are_sent_to_all_and_merged_in_one_go() {
    let (dir, root, _) = reviewed(false);
    let out = dir.path().join("out");
    let (code, _, err) = demarche(&["packet", ".", "--all", "--output", out.to_str().unwrap()], &root);
    assert_eq!(code, 0, "{err}");
    let expected = ["ana", "cleo", "dan"].map(|who| format!("small-{who}.demarche-packet"));
    assert_eq!(packets(&out), expected, "Ben is a reviewer");
    let again = dir.path().join("again");
    let mut lead = open_later(&root);
    be(&mut lead, "Ben");
    lead.perform(MergeAction::WritePackets(again.clone()));
    lead.finish_jobs();
    assert_eq!(lead.report().map(|report| report.lines.len()), Some(3));
    drop(lead);
    let back = dir.path().join("back");
    fs::create_dir(&back).unwrap();
    for (who, words) in [("cleo", "talks"), ("dan", "Norvania")] {
        let unpacked =
            unpack(&out.join(format!("small-{who}.demarche-packet")), &dir.path().join("at")).unwrap();
        let mut coder = open_with(&unpacked, Env::system(|| {}));
        tag(&mut coder, words, "threat");
        let path = back.join(format!("{who}.demarche-packet"));
        coder.perform(MergeAction::WritePacket {
            name: coder.project().name_of(coder.me()).to_owned(),
            documents: vec!["d001".into()],
            path,
        });
        coder.finish_jobs();
    }
    fs::write(back.join("broken.demarche-packet"), "no packet").unwrap();
    let before = files(&root);
    let (code, _, err) = demarche(&["merge", ".", back.to_str().unwrap(), "--dry-run"], &root);
    assert_eq!((code, files(&root) == before), (1, true), "{err}");
    let mut lead = open_later(&root);
    let steps_before = steps(&lead);
    lead.perform(MergeAction::StartAll(vec![back.clone()]));
    lead.finish_jobs();
    let report = lead.report().unwrap();
    assert_eq!(report.lines.len(), 3, "{report:?}");
    assert_eq!((passages(&lead).len(), steps(&lead)), (4, steps_before + 2), "each is a step");
    drop(lead);
    let one = |who: &str| back.join(format!("{who}.demarche-packet")).display().to_string();
    let (code, _, err) = demarche(&["merge", ".", &one("cleo"), &one("broken"), &one("dan")], &root);
    assert_eq!(code, 1, "a broken one shows in the exit code: {err}");
    assert_eq!(passages(&open_later(&root)).len(), 4);
    let (code, _, err) = demarche(&["merge", ".", &one("cleo"), &one("dan")], &root);
    assert_eq!(code, 0, "{err}");
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
}

/// The status and passages of Cleo's layer.
fn cleo_of(session: &Session) -> (Status, usize) {
    let layer = session.project().layer(&LayerId::new(&"d001".into(), &"cleo".into())).unwrap();
    (layer.status(), layer.len())
}

#[test]
fn a_lead_returns_a_document_in_a_packet_once() {
    for is_blind in [false, true] {
        let (dir, root, _) = reviewed(is_blind);
        let mut lead = open_later(&root);
        be(&mut lead, "Cleo");
        lead.toggle_done();
        be(&mut lead, "Ben");
        let ben = lead.project().annotator(&"ben".into()).unwrap().clone();
        lead.perform(ProjectAction::SetPeople(vec![Annotator { role: Role::Lead, ..ben }]));
        let reason = "read the annex".to_owned();
        lead.perform(ReviewAction::Return { annotator: "cleo".into(), reason });
        lead.save_now().unwrap();
        drop(lead);

        let packet = sent(&root, dir.path());
        let mut cleo = open_later(&packet);
        cleo.tick();
        assert_eq!(cleo_of(&cleo), (Status::InProgress, 1), "her Demarche has followed the return");
        assert!(cleo.notices().iter().any(|notice| notice.text.contains("read the annex")));
        cleo.show_screen(Screen::Board);
        cleo.tick();
        let left = cleo
            .board()
            .to_do()
            .returned
            .iter()
            .filter_map(|returned| returned.by.clone())
            .collect::<Vec<_>>();
        let lead = if is_blind { "reviewer-1" } else { "ben" };
        assert_eq!(left, [(lead.into(), "read the annex".to_owned())]);
        cleo.show_screen(Screen::Annotate);
        tag(&mut cleo, "fee", "demand");
        cleo.toggle_done();
        cleo.save_now().unwrap();
        cleo.tick();
        assert_eq!(cleo_of(&cleo), (Status::Done, 2), "once");
        drop(cleo);
        let (code, _, err) = demarche(&["merge", ".", packet.to_str().unwrap()], &root);
        assert_eq!(code, 0, "{err}");
        assert_eq!(check(&Folder::new(&root)).unwrap(), []);
        // The next packet knows that it was followed, and so does her Demarche in the project.
        let again = dir.path().join("again");
        fs::create_dir(&again).unwrap();
        works_here(&root, "cleo");
        for folder in [sent(&root, &again), root.clone()] {
            let mut cleo = open_later(&folder);
            cleo.tick();
            assert_eq!(cleo_of(&cleo), (Status::Done, 2));
        }
    }
}
