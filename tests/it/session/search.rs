//! Searching one document and all documents.

use demarche::analysis::search::Query;
use demarche::model::*;
use demarche::session::{FindAction, NavigateAction, Session, TextSelection};

use crate::support::session::*;

const HITS: &str = "One talk, two talks.\nNo word.\nTalks again: talk 👩‍👩‍👧 talk.\n";

/// Searches from the words `from` on, and expects that these commands lead to these offsets, in bytes.
fn find(from: &str, commands: &[(CommandId, usize)]) {
    let (_dir, mut session) = desk(&[HITS]);
    let caret = place_of(&session, from).start;
    session.perform(NavigateAction::SelectText(TextSelection::caret(caret)));
    session.perform(FindAction::InDocument(Query { whole_words: true, ..Query::words("talk") }));
    assert_eq!(session.find().hits().len(), 3);
    for (command, start) in commands {
        session.run(*command);
        let selected = session.text_selection().range();
        assert_eq!((selected.start, selected.len()), (*start, 4), "{command:?} from {from}");
    }
}

#[test]
fn searching_starts_at_the_caret_and_wraps_around() {
    let third = HITS.rfind("talk").unwrap();
    let second = HITS.rfind(": talk").unwrap() + 2;
    let (next, back) = (CommandId::NextMatch, CommandId::PreviousMatch);
    find("One", &[(next, 4), (next, second), (next, third), (next, 4), (back, third)]);
    find("No word", &[(next, second), (back, 4), (back, third)]);
    find(" talk.\n", &[(next, third), (next, 4)]);
}

#[test]
fn hits_follow_the_query_and_the_document() {
    let (_dir, mut session) = desk(&[HITS, "A talk.\n"]);
    let mut hits = |query: Query| {
        session.perform(FindAction::InDocument(query));
        (session.find().hits().len(), session.find().error().map(str::to_owned))
    };
    assert_eq!(hits(Query::words("talk")), (5, None));
    assert_eq!(hits(Query { match_case: true, ..Query::words("talks") }), (1, None));
    assert_eq!(hits(Query { regex: true, ..Query::words("t.lk ") }), (1, None));
    let (none, error) = hits(Query { regex: true, ..Query::words("(") });
    assert!(none == 0 && error.unwrap().contains("can't be read"));
    assert_eq!(hits(Query::words("absent")), (0, None));
    assert_eq!(hits(Query::words("talk")).0, 5);
    session.perform(NavigateAction::OpenDocument("d002".into()));
    assert_eq!(session.find().hits(), [TextRange { start: 2, end: 6 }]);
    session.perform(FindAction::End);
    assert!(session.find().hits().is_empty() && session.find().query().is_none());
}

#[test]
fn all_documents_are_searched_even_unread_ones() {
    let (_dir, root) = small(&[HITS, "Nothing.\n", "A talk.\n"]);
    let mut session = Session::open(&root, demarche::session::Env::fixed(START)).unwrap();
    session.perform(FindAction::Everywhere(Query { whole_words: true, ..Query::words("talk") }));
    session.finish_jobs();
    let (_, rows, done) = session.find().everywhere().unwrap();
    let found: Vec<(&str, usize)> = rows.iter().map(|row| (row.document.as_str(), row.range.start)).collect();
    let second = HITS.rfind(": talk").unwrap() + 2;
    assert!(done);
    assert_eq!(found, [("d001", 4), ("d001", second), ("d001", HITS.rfind("talk").unwrap()), ("d003", 2)]);
    assert_eq!(rows[3].context[0..2], ["A ", "talk"]);
    let (document, range) = (rows[3].document.clone(), rows[3].range);
    session.perform(NavigateAction::GoToRange(document, range));
    session.finish_jobs();
    assert_eq!(
        (session.view_state().document.clone(), session.text_selection().range()),
        (Some("d003".into()), range)
    );
}
