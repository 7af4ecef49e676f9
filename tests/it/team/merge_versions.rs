//! Merging copies of a layer that refer to different versions of the text.

use std::path::Path;

use demarche::io::project::{check, merge_file};
use demarche::model::*;
use demarche::session::{AnnotateAction, NewTextSource, Session, UpdateAction};

use crate::support::session::*;

const OLD: &str = "Norvania will suspend the talks. Estmark regrets this. The port is closed by Friday.\n";
const NEW: &str = "Yesterday, Norvania said: we will suspend the talks. Estmark regrets this. The port is closed by Friday.\n";
const FILE: &str = "layers/ana/d001.ron";

fn layer(root: &Path) -> Vec<u8> {
    std::fs::read(root.join(FILE)).unwrap()
}

/// A project whose text was updated, and three versions of Ana's layer: before, with the new text, and with more work
/// on the old text from elsewhere.
fn versions(
    elsewhere: impl Fn(&mut Session),
    here: impl Fn(&mut Session),
) -> (tempfile::TempDir, Session, [Vec<u8>; 3]) {
    let (dir, root) = small(&[OLD]);
    let mut session = open(&root);
    tag(&mut session, "will suspend the talks", "threat");
    tag(&mut session, "Estmark regrets this", "rejection");
    session.save_now().unwrap();
    let base = layer(&root);
    elsewhere(&mut session);
    session.save_now().unwrap();
    let old = layer(&root);
    drop(session);
    std::fs::write(root.join(FILE), &base).unwrap();
    let mut session = open_later(&root);
    session.perform(UpdateAction::Compare("d001".into(), NewTextSource::Pasted(NEW.to_owned())));
    session.finish_jobs();
    session.perform(UpdateAction::Apply(Default::default()));
    tag(&mut session, "Yesterday", "justification");
    here(&mut session);
    session.save_now().unwrap();
    let new = layer(&root);
    (dir, session, [base, old, new])
}

/// Merges in both directions, and checks the number of conflicts and the merged file in a session.
fn merged(
    (_dir, session, [base, old, new]): (tempfile::TempDir, Session, [Vec<u8>; 3]),
    mut look: impl FnMut(usize, Session),
) {
    let root = root_of(&session).to_owned();
    drop(session);
    for (ours, theirs) in [(&old, &new), (&new, &old)] {
        let merge = merge_file(Path::new(FILE), &base, ours, theirs).unwrap();
        assert!(merge.text.contains("\n    text: 2,\n"), "{}", merge.text);
        std::fs::write(root.join(FILE), &merge.text).unwrap();
        look(merge.conflicts.len(), open_later(&root));
    }
}

#[test]
fn changes_in_the_old_and_the_new_text_are_merged() {
    let there = |session: &mut Session| {
        let talks = spans(session)[0].0.clone();
        session.perform(AnnotateAction::SetNote { at: talks, note: "from the other machine".to_owned() });
        tag(session, "closed by Friday", "demand");
    };
    merged(versions(there, |_| {}), |conflicts, session| {
        assert_eq!(conflicts, 0);
        assert_eq!(
            passages(&session),
            [
                "ana justification: Yesterday",
                "ana threat: will suspend the talks",
                "ana rejection: Estmark regrets this",
                "ana demand: closed by Friday"
            ]
        );
        assert_eq!(spans(&session)[1].1.note, "from the other machine");
        assert_eq!(check(session.folder()).unwrap(), []);
    });
}

fn shorten(session: &mut Session, words: &str) {
    let (at, _) = spans(session).into_iter().find(|(_, span)| span.category.as_str() == "threat").unwrap();
    let to = place_of(session, words);
    session.perform(AnnotateAction::SetBounds { at, index: 0, to });
}

#[test]
fn bounds_changed_in_the_old_text_are_moved_to_the_new_one() {
    let there = |session: &mut Session| shorten(session, "suspend the talks");
    merged(versions(there, |_| {}), |conflicts, session| {
        assert_eq!((conflicts, passages(&session)[1].as_str()), (0, "ana threat: suspend the talks"));
        assert_eq!(check(session.folder()).unwrap(), []);
    });
}

#[test]
fn bounds_changed_in_both_texts_are_a_conflict() {
    let there = |session: &mut Session| shorten(session, "suspend the talks");
    let mut said = Vec::new();
    merged(versions(there, |session| shorten(session, "we will suspend")), |conflicts, mut session| {
        assert_eq!(conflicts, 1);
        let words = |session: &Session| passages(session)[1].clone();
        let before = words(&session);
        let key = session.project().documents()[0].layers[&"ana".into()].detached().next().unwrap().0;
        session.perform(AnnotateAction::Repair { document: "d001".into(), key });
        said.push((before, words(&session)));
        session.undo();
        session.perform(AnnotateAction::Discard { document: "d001".into(), key });
        session.save_now().unwrap();
        assert_eq!(check(session.folder()).unwrap(), []);
    });
    let (old, new) = ("ana threat: suspend the talks".to_owned(), "ana threat: we will suspend".to_owned());
    assert_eq!(said, [(old.clone(), new.clone()), (new, old)]);
}

#[test]
fn a_passage_removed_on_one_side_and_unchanged_on_the_other_stays_removed() {
    let there = |session: &mut Session| {
        let (at, _) = spans(session)[1].clone();
        session.perform(AnnotateAction::Remove(vec![at]));
    };
    merged(versions(there, |_| {}), |conflicts, session| {
        assert_eq!((conflicts, passages(&session).len()), (0, 2));
        assert_eq!(session.pending_count(&DocumentId::new("d001")), 0);
    });
}
