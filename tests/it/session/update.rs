//! Updating the text of a document that has been tagged.

use std::collections::BTreeMap;
use std::path::Path;

use demarche::analysis::align::RealignmentCounts;
use demarche::io::project::check;
use demarche::model::*;
use demarche::session::{
    Action, AnnotateAction, DocumentListAction, LinkAction, NavigateAction, NewTextSource, PendingPassage,
    ProjectAction, Session, Tone, UpdateAction,
};
use proptest::prelude::*;

use crate::support::project::files;
use crate::support::session::*;

const OLD: &str = "Norvania will suspend the talks. Estmark regrets this. The port is closed by Friday.\n\nBoth sides \
                   met again on the next day and spoke of fish.\n";
const NEW: &str = "Yesterday, Norvania said: we will suspend the talks. The port is closed by Monday.\n\nBoth sides met \
                   again on the next day and spoke of fish.\n";

fn d001() -> DocumentId {
    "d001".into()
}

/// Updates the text of the document.
fn compare(session: &mut Session, text: &str) -> RealignmentCounts {
    session.perform(UpdateAction::Compare(d001(), NewTextSource::Pasted(text.to_owned())));
    session.finish_jobs();
    session.text_update().map(|update| update.total()).unwrap_or_default()
}

fn update(session: &mut Session, text: &str) -> RealignmentCounts {
    let counts = compare(session, text);
    session.perform(UpdateAction::Apply(BTreeMap::new()));
    counts
}

fn be(session: &mut Session, name: &str) {
    session.perform(ProjectAction::WorkAs { name: name.to_owned() });
}

fn text_of(session: &Session) -> String {
    session.project().document(&d001()).unwrap().text.as_ref().unwrap().as_str().to_owned()
}

/// A project in which Ana has tagged four passages.
fn tagged() -> (tempfile::TempDir, Session) {
    let (dir, mut session) = desk(&[OLD]);
    tag(&mut session, "will suspend the talks", "threat");
    tag(&mut session, "Estmark regrets", "rejection");
    tag(&mut session, "by Friday", "demand");
    tag(&mut session, "spoke of fish", "offer");
    session.save_now().unwrap();
    (dir, session)
}

fn all_files(session: &Session) -> BTreeMap<String, String> {
    files(root_of(session))
}

#[test]
fn a_text_update_is_one_step_and_undo_restores_every_byte() {
    let (_dir, mut session) = tagged();
    let (before, steps_before) = (all_files(&session), steps(&session));
    let counts = update(&mut session, NEW);
    assert_eq!(counts, RealignmentCounts { exact: 0, moved: 2, fuzzy: 1, lost: 1 });
    assert_eq!(steps(&session), steps_before + 1);
    assert_eq!(undo_label(&session), "update the text of “Text \"d001\"”");
    assert_eq!(text_of(&session), NEW);
    assert_eq!(passages(&session), ["ana threat: will suspend the talks", "ana offer: spoke of fish"]);
    let waiting = session.pending_passages(&d001());
    let quotes: Vec<&str> = waiting.iter().map(|waiting| waiting.old.quote.as_str()).collect();
    assert_eq!(quotes, ["Estmark regrets", "by Friday"]);
    assert_eq!(waiting[1].new.as_ref().unwrap().quote, "by Monday");
    figures_are_right(&session);
    session.save_now().unwrap();
    let after = all_files(&session);
    assert_eq!(after["documents/d001.txt"], OLD);
    assert_eq!(after["documents/d001.v2.txt"], NEW);
    assert!(after["layers/ana/d001.ron"].contains("    text: 2,\n"));
    assert!(after["project.ron"].contains("version: 2, updated: \""));
    assert_eq!(check(session.folder()).unwrap(), []);

    session.undo();
    assert_eq!(text_of(&session), OLD);
    assert_eq!(passages(&session).len(), 4);
    figures_are_right(&session);
    session.save_now().unwrap();
    assert_eq!(all_files(&session), before);
    assert!(root_of(&session).join(".demarche/trash/documents/d001.v2.txt").exists());

    session.redo();
    session.save_now().unwrap();
    assert_eq!(all_files(&session), after);
    assert_eq!(check(session.folder()).unwrap(), []);
}

#[test]
fn passages_placed_before_an_update_are_part_of_its_step() {
    let (_dir, mut session) = tagged();
    compare(&mut session, NEW);
    let waiting = session.text_update().unwrap().pending_passages(&"ana".into());
    let monday = &waiting[1];
    let to = monday.likeness.as_ref().unwrap().ranges.clone();
    session.perform(UpdateAction::Apply(BTreeMap::from([(monday.key, to)])));
    assert!(passages(&session).contains(&"ana demand: by Monday".to_owned()));
    let open = session.pending_passages(&d001());
    assert_eq!(open.len(), 1);
    // The lost one is placed at the selection.
    let before_that = steps(&session);
    let range = place_of(&session, "Both sides");
    session.perform(UpdateAction::PlacePending {
        document: d001(),
        places: [(open[0].key, Ranges::one(range).unwrap())].into(),
    });
    assert!(passages(&session).contains(&"ana rejection: Both sides".to_owned()));
    assert_eq!(session.pending_count(&d001()), 0);
    assert_eq!(steps(&session), before_that + 1);
    session.undo();
    assert_eq!(session.pending_count(&d001()), 1);
    session.perform(AnnotateAction::Discard { document: d001(), key: open[0].key });
    assert_eq!(session.pending_count(&d001()), 0);
    session.undo();
    session.save_now().unwrap();
    let again = open_again(&mut session);
    assert_eq!(again.pending_passages(&d001()), session.pending_passages(&d001()));
    assert_eq!(passages(&again), passages(&session));
}

#[test]
fn placing_several_passages_is_one_step() {
    let (_dir, mut session) = tagged();
    update(&mut session, "Something else.\n");
    let waiting = session.pending_passages(&d001());
    assert_eq!(waiting.len(), 4);
    let before = steps(&session);
    let word = Ranges::one(place_of(&session, "else")).unwrap();
    let places = waiting.iter().take(3).map(|waiting| (waiting.key, word.clone())).collect();
    session.perform(UpdateAction::PlacePending { document: d001(), places });
    assert_eq!((steps(&session), undo_label(&session)), (before + 1, "place 3 passages"));
    assert_eq!((session.pending_count(&d001()), passages(&session).len()), (1, 3));
    figures_are_right(&session);
    session.undo();
    assert_eq!((session.pending_count(&d001()), passages(&session).len()), (4, 0));
    assert_eq!(session.pending_passages(&d001()), waiting);
}

#[test]
fn comparing_can_be_cancelled() {
    let (_dir, mut session) = tagged();
    session.perform(UpdateAction::Compare(d001(), NewTextSource::Pasted(NEW.to_owned())));
    session.perform(Action::CancelJobs);
    session.finish_jobs();
    assert!(session.text_update().is_none());
    assert_eq!(session.notices().last().map(|notice| notice.tone), Some(Tone::Plain));
}

/// Reopens the project.
fn open_again(session: &mut Session) -> Session {
    session.save_now().unwrap();
    open(root_of(session))
}

#[test]
fn the_files_of_others_are_kept_until_they_decide() {
    let (dir, mut session) = tagged();
    be(&mut session, "Ben");
    tag(&mut session, "will suspend", "threat");
    tag(&mut session, "closed by Friday", "demand");
    tag(&mut session, "Estmark regrets this", "rejection");
    session.save_now().unwrap();
    let root = root_of(&session).to_owned();
    drop(session);

    // Ana updates the text on her machine.
    let mut ana = open_as(&root, "ana");
    let bens = || std::fs::read_to_string(root.join("layers/ben/d001.ron")).unwrap();
    let before = bens();
    update(&mut ana, NEW);
    ana.save_now().unwrap();
    assert_eq!(bens(), before);
    let shown: Vec<String> = passages(&ana).into_iter().filter(|p| p.starts_with("ben")).collect();
    assert_eq!(shown, ["ben threat: will suspend"]);
    assert_eq!(check(ana.folder()).unwrap(), []);
    drop(ana);

    // Ben opens it afterwards.
    let mut ben = open_as(&root, "ben");
    assert_eq!(passages(&ben).into_iter().filter(|p| p.starts_with("ben")).collect::<Vec<_>>(), shown);
    let waiting = ben.pending_passages(&d001());
    assert_eq!(waiting.len(), 2);
    ben.save_now().unwrap();
    assert_eq!(bens(), before);
    let monday = waiting.iter().find(|w| w.old.quote == "closed by Friday").unwrap();
    let to = monday.likeness.as_ref().unwrap().ranges.clone();
    ben.perform(UpdateAction::PlacePending { document: d001(), places: [(monday.key, to)].into() });
    ben.save_now().unwrap();
    assert!(bens().contains("    text: 2,\n") && bens().contains("closed by Monday"));
    assert_eq!(ben.pending_count(&d001()), 1);
    // After undo, his file still refers to the new version.
    ben.undo();
    ben.save_now().unwrap();
    assert_eq!(ben.pending_count(&d001()), 2);
    assert_eq!(check(ben.folder()).unwrap(), []);
    let again = open_as_again(&mut ben, &root);
    assert_eq!(again.pending_passages(&d001()).len(), 2);
    drop(dir);
}

fn open_as_again(session: &mut Session, root: &Path) -> Session {
    session.save_now().unwrap();
    open_as(root, "ben")
}

fn open_as(root: &Path, who: &str) -> Session {
    demarche::io::settings::Local { annotator: Some(who.to_owned()), ..Default::default() }
        .write(&demarche::io::project::Folder::new(root));
    open_later(root)
}

#[test]
fn pending_passages_are_found_again_in_a_later_version() {
    let (_dir, mut session) = tagged();
    update(&mut session, NEW);
    assert_eq!(session.pending_count(&d001()), 2);
    // The third version has the old words again.
    let counts = update(&mut session, &format!("{OLD}A last line.\n"));
    assert_eq!(counts.total(), 4);
    assert_eq!(session.pending_count(&d001()), 0);
    assert_eq!(passages(&session).len(), 4);
    session.save_now().unwrap();
    let names: Vec<String> =
        all_files(&session).into_keys().filter(|name| name.starts_with("documents")).collect();
    assert_eq!(names, ["documents/d001.txt", "documents/d001.v2.txt", "documents/d001.v3.txt"]);
    assert_eq!(check(session.folder()).unwrap(), []);
    // Removing the document removes all versions of its text, and undo restores them.
    let before = all_files(&session);
    session.perform(DocumentListAction::Remove(vec![d001()]));
    session.save_now().unwrap();
    assert!(all_files(&session).keys().all(|name| !name.starts_with("documents")));
    session.undo();
    session.save_now().unwrap();
    assert_eq!(all_files(&session), before);
}

#[test]
fn an_update_that_changes_nothing_is_refused() {
    let (_dir, mut session) = tagged();
    let before = steps(&session);
    compare(&mut session, OLD);
    assert!(session.text_update().is_none());
    assert_eq!(session.notices().last().map(|notice| notice.tone), Some(Tone::Plain));
    session.perform(UpdateAction::Compare(d001(), NewTextSource::File("/nowhere/at.txt".into())));
    session.finish_jobs();
    assert!(notice(&session).starts_with("Not updated: "), "{}", notice(&session));
    // The comparison is outdated as soon as a passage is tagged.
    compare(&mut session, NEW);
    tag(&mut session, "met again", "offer");
    session.perform(UpdateAction::Apply(BTreeMap::new()));
    assert!(notice(&session).contains("has changed since"), "{}", notice(&session));
    assert_eq!(steps(&session), before + 1);
    // Links keep their ends, even pending ones.
    let from = tag(&mut session, "by Friday", "demand");
    let to = tag(&mut session, "will suspend the talks", "threat");
    session.perform(LinkAction::Add { from: from.clone(), to, kind: "responds-to".into() });
    update(&mut session, NEW);
    session.save_now().unwrap();
    assert_eq!(check(session.folder()).unwrap(), []);
    let waiting = session.pending_passages(&d001());
    let monday = waiting.iter().find(|waiting| waiting.old.quote == "by Friday").unwrap();
    let ranges = monday.likeness.clone().unwrap().ranges;
    session.perform(UpdateAction::PlacePending { document: d001(), places: [(monday.key, ranges)].into() });
    assert_eq!(session.links_of(&from).len(), 1);
}

fn texts() -> impl Strategy<Value = String> {
    let pieces = [
        "Estmark will suspend. ",
        "talks ",
        "한국어 ",
        "👩‍👩‍👧‍👦 ",
        "e\u{301}",
        "\n",
        "\r\n",
        "ba ",
        "the port ",
        "x1 ",
        "y2 ",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 3..40)
        .prop_map(|pieces| format!("T: {}", pieces.concat()))
}

/// The pending passages, in the order of the list. Their keys are handles of a session, and follow the file when it is
/// read.
fn waiting_in_order(session: &Session) -> Vec<PendingPassage> {
    session
        .pending_passages(&d001())
        .into_iter()
        .map(|waiting| PendingPassage { key: 0, ..waiting })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Every passage is placed or pending, with its words, also after saving and reading, and undo restores every
    /// byte.
    #[test]
    fn no_passage_is_lost_by_an_update(
        texts in prop::collection::vec(texts(), 2..4),
        at in prop::collection::vec((0_usize..400, 1_usize..40), 1..8),
    ) {
        let old = texts[0].replace("\r\n", "\n");
        let (_dir, root) = small_in(in_memory(), &[&old]);
        let mut session = open(&root);
        for (start, length) in at {
            let start = old.floor_char_boundary(start % old.len());
            let end = old.ceil_char_boundary((start + length).min(old.len()));
            let selection = demarche::session::TextSelection::over(TextRange { start, end });
            session.perform(NavigateAction::SelectText(selection));
            session.perform(AnnotateAction::Tag("offer".into()));
        }
        session.save_now().unwrap();
        let count = spans(&session).len();
        let mut stages = vec![files(&root)];
        for text in &texts[1..] {
            let counts = update(&mut session, text);
            let there = spans(&session).len() + session.pending_count(&d001());
            prop_assert_eq!(there, count);
            prop_assert!(counts.total() == count || text.replace("\r\n", "\n") == *texts[0].replace("\r\n", "\n") || counts.total() == 0);
            figures_are_right(&session);
            session.save_now().unwrap();
            prop_assert_eq!(check(session.folder()).unwrap(), vec![]);
            let again = open(&root);
            prop_assert_eq!(passages(&again), passages(&session));
            prop_assert_eq!(waiting_in_order(&again), waiting_in_order(&session));
            stages.push(files(&root));
        }
        for stage in stages.iter().rev().skip(1) {
            while steps(&session) > 0 && files(&root) != *stage {
                session.undo();
                session.save_now().unwrap();
                if files(&root) == *stage { break }
            }
            prop_assert_eq!(&files(&root), stage);
        }
    }
}
