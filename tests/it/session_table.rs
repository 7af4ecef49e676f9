//! The passages table, and finding words.

use demarche::analysis::search::Query;
use demarche::analysis::summary::Day;
use demarche::model::*;
use demarche::session::{Action, PassageFilter, Selection, Session, Shown};

use crate::session_help::*;

/// The table's rows as their words.
fn rows(session: &Session) -> Vec<String> {
    let passages = session.passages();
    let row = |index| {
        let (document, row) = passages.row(index).unwrap();
        let document = &session.project().documents()[document];
        let layer = document.layer(&row.annotator).unwrap();
        layer.span(row.span).unwrap().quote(document.text.as_ref().unwrap())
    };
    (0..passages.len()).map(row).collect()
}

/// Two documents, tagged on three days by two annotators.
fn tagged() -> (tempfile::TempDir, Session) {
    let (dir, root) = small(&["Norvania will suspend the talks.\n", "Estmark offers to lower the fee.\n"]);
    let (clock, env) = clock();
    let mut session = open_with(&root, env);
    let day = 24 * 60 * 60;
    tag(&mut session, "suspend the talks", "threat");
    let at = tag(&mut session, "Norvania", "demand");
    session.perform(Action::SetNote { at, note: "who ASKS".to_owned() });
    clock.pass(day);
    session.perform(Action::OpenDocument("d002".into()));
    tag(&mut session, "Estmark offers", "offer");
    clock.pass(day);
    session.perform(Action::BeAnnotator { name: "Ben".to_owned() });
    tag(&mut session, "the fee", "demand");
    session.perform(Action::Show(Shown::Everyone));
    (dir, session)
}

fn check(filter: PassageFilter, expect: &[&str]) {
    let (_dir, mut session) = tagged();
    session.perform(Action::Filter(filter));
    assert_eq!(rows(&session), expect);
    assert_eq!(session.passages().total(), 4);
    figures_are_right(&session);
}

#[test]
fn the_table_shows_what_the_filter_lets_through() {
    let all = PassageFilter::default;
    check(all(), &["Norvania", "suspend the talks", "Estmark offers", "the fee"]);
    check(PassageFilter { category: Some("demand".into()), ..all() }, &["Norvania", "the fee"]);
    check(PassageFilter { document: Some("d002".into()), ..all() }, &["Estmark offers", "the fee"]);
    check(PassageFilter { annotator: Some("ben".into()), ..all() }, &["the fee"]);
    let stretch = |start, end| Some(TextRange { start, end });
    let d001 = || Some("d001".into());
    check(PassageFilter { document: d001(), stretch: stretch(10, 25), ..all() }, &["suspend the talks"]);
    // A passage that only reaches into the stretch is part of what a strip shows there.
    check(PassageFilter { document: d001(), stretch: stretch(1, 2), ..all() }, &["Norvania"]);
    let first = Day::of(START);
    let next = Day(first.0 + 1);
    let created = Some((first.start(), next.start()));
    check(PassageFilter { created, ..all() }, &["Norvania", "suspend the talks"]);
    check(PassageFilter { words: "THE".to_owned(), ..all() }, &["suspend the talks", "the fee"]);
    check(PassageFilter { words: "asks".to_owned(), ..all() }, &["Norvania"]);
    let both = PassageFilter { category: Some("demand".into()), words: "fee".to_owned(), ..all() };
    check(both, &["the fee"]);
}

#[test]
fn the_filter_holds_while_one_tags_and_undoes() {
    let (_dir, mut session) = tagged();
    session.perform(Action::Filter(PassageFilter { category: Some("demand".into()), ..Default::default() }));
    tag(&mut session, "lower", "demand");
    assert_eq!(rows(&session), ["Norvania", "lower", "the fee"]);
    let at = tag(&mut session, "Estmark", "threat");
    assert_eq!(rows(&session), ["Norvania", "lower", "the fee"]);
    session.perform(Action::SetCategory { at: vec![at], category: "demand".into() });
    assert_eq!(rows(&session), ["Norvania", "Estmark", "lower", "the fee"]);
    session.undo();
    session.undo();
    session.undo();
    assert_eq!(rows(&session), ["Norvania", "the fee"]);
}

#[test]
fn a_row_leads_to_its_passage() {
    let (_dir, mut session) = tagged();
    let (at, span) = spans(&session).remove(1);
    let serial = session.reveal().serial;
    session.perform(Action::GoTo(at.clone()));
    assert_eq!(session.place().document.as_ref(), Some(&at.layer.document));
    assert_eq!(session.picked(), Some(&at));
    assert_eq!(session.reveal().range, span.ranges.cover());
    assert!(session.reveal().serial > serial);
}

#[test]
fn whose_tags_are_shown_are_counted() {
    let (_dir, mut session) = tagged();
    for (shown, spans, rows_expected) in [
        (Shown::Mine, 1, vec!["the fee"]),
        (Shown::One("ana".into()), 3, vec!["Norvania", "suspend the talks", "Estmark offers"]),
        (Shown::Everyone, 4, vec!["Norvania", "suspend the talks", "Estmark offers", "the fee"]),
    ] {
        session.perform(Action::Show(shown));
        assert_eq!(
            (session.totals().spans, rows(&session)),
            (spans, rows_expected.iter().map(|s| (*s).to_owned()).collect())
        );
        figures_are_right(&session);
    }
}

const HITS: &str = "One talk, two talks.\nNo word.\nTalks again: talk 👩‍👩‍👧 talk.\n";

/// Starts at the words `from`, searches, and expects to be led to these places (as bytes) by these commands.
fn find(from: &str, commands: &[(&str, usize)]) {
    let (_dir, mut session) = desk(&[HITS]);
    let caret = place_of(&session, from).start;
    session.perform(Action::Select(Selection::caret(caret)));
    session.perform(Action::Find(Query { whole_words: true, ..Query::words("talk") }));
    assert_eq!(session.find().hits().len(), 3);
    for (command, start) in commands {
        session.run(command);
        let selected = session.selection().range();
        assert_eq!((selected.start, selected.len()), (*start, 4), "{command} from {from}");
    }
}

#[test]
fn finding_goes_on_from_the_caret_and_round_the_ends() {
    let third = HITS.rfind("talk").unwrap();
    let second = HITS.rfind(": talk").unwrap() + 2;
    let (next, back) = ("find.next", "find.previous");
    find("One", &[(next, 4), (next, second), (next, third), (next, 4), (back, third)]);
    find("No word", &[(next, second), (back, 4), (back, third)]);
    find(" talk.\n", &[(next, third), (next, 4)]);
}

#[test]
fn what_is_found_follows_the_query_and_the_document() {
    let (_dir, mut session) = desk(&[HITS, "A talk.\n"]);
    let mut hits = |query: Query| {
        session.perform(Action::Find(query));
        (session.find().hits().len(), session.find().error().map(str::to_owned))
    };
    assert_eq!(hits(Query::words("talk")), (5, None));
    assert_eq!(hits(Query { match_case: true, ..Query::words("talks") }), (1, None));
    assert_eq!(hits(Query { regex: true, ..Query::words("t.lk ") }), (1, None));
    let (none, error) = hits(Query { regex: true, ..Query::words("(") });
    assert!(none == 0 && error.unwrap().contains("can't be read"));
    assert_eq!(hits(Query::words("absent")), (0, None));
    assert_eq!(hits(Query::words("talk")).0, 5);
    session.perform(Action::OpenDocument("d002".into()));
    assert_eq!(session.find().hits(), [TextRange { start: 2, end: 6 }]);
    session.perform(Action::EndFind);
    assert!(session.find().hits().is_empty() && session.find().query().is_none());
    session.run("find.next");
    assert_eq!(told(&session), "Search for something first");
}

#[test]
fn words_are_found_in_all_documents_those_not_in_memory_too() {
    let (_dir, root) = small(&[HITS, "Nothing.\n", "A talk.\n"]);
    let mut session = Session::open(&root, demarche::session::Env::fixed(START)).unwrap();
    session.perform(Action::FindEverywhere(Query { whole_words: true, ..Query::words("talk") }));
    session.finish_jobs();
    let (_, rows, done) = session.find().everywhere().unwrap();
    let found: Vec<(&str, usize)> = rows.iter().map(|row| (row.document.as_str(), row.range.start)).collect();
    let second = HITS.rfind(": talk").unwrap() + 2;
    assert!(done);
    assert_eq!(found, [("d001", 4), ("d001", second), ("d001", HITS.rfind("talk").unwrap()), ("d003", 2)]);
    assert_eq!(rows[3].context[0..2], ["A ", "talk"]);
    let (document, range) = (rows[3].document.clone(), rows[3].range);
    session.perform(Action::GoToRange(document, range));
    session.finish_jobs();
    assert_eq!((session.place().document.clone(), session.selection().range()), (Some("d003".into()), range));
}
