//! Another person updates the text of a document that is open here.

use demarche::io::project::{Folder, check};
use demarche::model::*;
use demarche::session::{NavigateAction, NewTextSource, ProjectAction, Session, Shown, Tone, UpdateAction};
use tempfile::TempDir;

use crate::support::session::*;
use crate::support::wait::until;

const OLD: &str = "Norvania will suspend the talks. Estmark regrets this. The port is closed by Friday.\n";
const NEW: &str = "Yesterday, Norvania said: we will suspend the talks. Estmark regrets this. The port is closed by Monday.\n";

fn d001() -> DocumentId {
    "d001".into()
}

/// Ana's session and Ben's, in one folder.
fn two() -> (TempDir, Session, Session) {
    let (dir, root) = small(&[OLD, "A second text."]);
    let mut ana = open(&root);
    ana.perform(NavigateAction::Show(Shown::Everyone));
    let mut ben = open_later(&root);
    ben.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
    std::thread::sleep(std::time::Duration::from_millis(150));
    (dir, ana, ben)
}

fn update(session: &mut Session) {
    session.perform(UpdateAction::Compare(d001(), NewTextSource::Pasted(NEW.to_owned())));
    session.finish_jobs();
    session.perform(UpdateAction::Apply(Default::default()));
    session.save_now().unwrap();
}

fn has_the_new_text(session: &Session) -> bool {
    let text = session.document().and_then(|document| document.text.clone());
    text.is_some_and(|text| text.as_str() == NEW)
}

#[test]
fn unsaved_work_follows_an_update_of_the_text() {
    let (dir, mut ana, mut ben) = two();
    let talks = tag(&mut ben, "suspend the talks", "threat");
    ben.save_now().unwrap();
    until(&mut ana, "Ben's passage comes", |ana| passages(ana).len() == 1);
    tag(&mut ana, "Estmark regrets", "rejection");
    tag(&mut ana, "by Friday", "demand");
    let before = (ana.project().revision(), ana.text_selection());
    // A decision and a comment by Ana on Ben's passage, all of it unsaved.
    ana.perform(NavigateAction::GoTo(talks.clone()));
    ana.run(CommandId::Accept);
    assert!(ana.has_unsaved());
    update(&mut ben);
    until(&mut ana, "the new text comes", has_the_new_text);
    assert!(ana.project().revision() > before.0);
    let mut mine: Vec<String> = passages(&ana).into_iter().filter(|p| p.starts_with("ana")).collect();
    mine.sort();
    assert_eq!(mine, ["ana rejection: Estmark regrets"]);
    let waiting = ana.pending_passages(&d001());
    assert_eq!(waiting.len(), 1);
    assert_eq!((waiting[0].old.quote.as_str(), waiting[0].version), ("by Friday", 1));
    let review = |session: &Session| {
        let document = session.project().document(&d001()).unwrap();
        document.reviews.get(&"ana".into()).map(|review| review.decisions.len())
    };
    assert_eq!(review(&ana), Some(1), "the decision is there still");
    assert!(ana.notices().iter().any(|notice| notice.tone == Tone::Error));
    // Earlier steps refer to the old version and can't be undone.
    assert_eq!(steps(&ana), 0);
    assert_eq!(ana.text_selection().range(), TextRange::default());
    assert!(ana.current().is_none());
    figures_are_right(&ana);
    // Deciding, undo and saving still work.
    let to = waiting[0].likeness.clone().unwrap().ranges;
    ana.perform(UpdateAction::PlacePending { document: d001(), places: [(waiting[0].key, to)].into() });
    assert!(passages(&ana).contains(&"ana demand: by Monday".to_owned()));
    ana.undo();
    assert_eq!(ana.pending_count(&d001()), 1);
    ana.redo();
    tag(&mut ana, "Yesterday", "justification");
    ana.save_now().unwrap();
    assert!(ana.changed_elsewhere().next().is_none(), "her own file is not a change");
    let root = dir.path().join("small");
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
    let again = open_later(&root);
    let all = |session: &Session| passages(session);
    assert_eq!(all(&again), all(&ana));
    assert_eq!(review(&again), Some(1));
    until(&mut ben, "Ana's passages come", |ben| passages(ben).len() == 4);
}

#[test]
fn a_document_without_unsaved_work_follows_an_update() {
    let (_dir, mut ana, mut ben) = two();
    tag(&mut ana, "Estmark regrets this", "rejection");
    ana.save_now().unwrap();
    let file = root_of(&ana).join("layers/ana/d001.ron");
    let before = std::fs::read(&file).unwrap();
    select(&mut ana, "Friday");
    update(&mut ben);
    until(&mut ana, "the new text comes", has_the_new_text);
    assert_eq!(passages(&ana), ["ana rejection: Estmark regrets this"]);
    assert!(!ana.has_unsaved());
    assert_eq!(
        std::fs::read(&file).unwrap(),
        before,
        "her file is hers to write, when she changes something"
    );
    // The comparison of the text is outdated.
    ana.perform(UpdateAction::Apply(Default::default()));
    assert!(has_the_new_text(&ana));
    figures_are_right(&ana);
}

#[test]
fn my_file_changed_elsewhere_is_merged_before_an_update() {
    let (dir, mut ana, mut ben) = two();
    tag(&mut ana, "Estmark regrets this", "rejection");
    ana.save_now().unwrap();
    let root = dir.path().join("small");
    let file = root.join("layers/ana/d001.ron");
    // Ana's other machine: a note at the passage.
    let other = std::fs::read_to_string(&file).unwrap().replace(
        "quote: \"Estmark regrets this\",",
        "quote: \"Estmark regrets this\", note: \"from elsewhere\",",
    );
    tag(&mut ana, "suspend the talks", "threat");
    std::fs::write(&file, other).unwrap();
    let has_note = |ana: &Session| spans(ana).iter().any(|(_, span)| span.note == "from elsewhere");
    until(&mut ana, "the other file is seen", has_note);
    update(&mut ben);
    until(&mut ana, "the new text comes", has_the_new_text);
    assert_eq!(passages(&ana), ["ana threat: suspend the talks", "ana rejection: Estmark regrets this"]);
    let notes: Vec<String> = spans(&ana).iter().map(|(_, span)| span.note.clone()).collect();
    assert_eq!(notes, ["", "from elsewhere"]);
    ana.save_now().unwrap();
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
}
