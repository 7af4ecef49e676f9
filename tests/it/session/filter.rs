//! The one filter of the window: the Analyse screen, the passages table and the summary show what passes it.

use std::fs;

use demarche::analysis::filter::BindFault;
use demarche::analysis::search::Query;
use demarche::model::*;
use demarche::session::{
    AnalysisNotesAction, AnnotateAction, CodebookChange, CountScope, FilterAction, FilterRefusal,
    OccurrenceScope, Screen, Session, Shown,
};

use crate::support::session::*;

fn sample_session() -> (tempfile::TempDir, Session) {
    let (dir, root) = sample_copy();
    let mut session = open(&root);
    session.show(Shown::Everyone);
    (dir, session)
}

fn set(session: &mut Session, filter: &str) {
    session.perform(FilterAction::Set(filter.to_owned()));
    session.finish_jobs();
}

fn categories(session: &Session) -> Vec<String> {
    let spans = session.passage_table().spans();
    let mut found: Vec<String> =
        spans.map(|at| session.project().span(&at).unwrap().category.to_string()).collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn table_and_summary_show_what_passes() {
    let (_dir, mut session) = sample_session();
    let all = session.passage_table().len();
    set(&mut session, "category:demand actor:Estmark");
    let found = session.filtered().unwrap().clone();
    let rows = session.passage_table().len();
    assert!(0 < rows && rows < all);
    assert_eq!((found.passing, found.summary().totals().spans), (rows, rows));
    assert_eq!(categories(&session), ["demand"]);
    let counted: Vec<&str> = found.summary().totals().categories.keys().map(CategoryId::as_str).collect();
    assert_eq!(counted, ["demand"]);
    assert_eq!(found.summary().totals().documents, session.totals().documents);
    assert_eq!(session.totals().spans, all, "other panels count everything");
    // The Analyse screen has the same filter.
    session.show_screen(Screen::Analyse);
    session.tick();
    session.finish_jobs();
    assert_eq!(session.analyse().result().unwrap().question.filter, session.filter());
    session.perform(FilterAction::Clear);
    assert!(session.filtered().is_none());
    assert_eq!(session.passage_table().len(), all);
}

#[test]
fn edits_are_followed_and_undone() {
    let (_dir, mut session) = desk(&["Norvania will suspend the talks. The fee must come down."]);
    tag(&mut session, "suspend the talks", "threat");
    set(&mut session, "category:demand words:2..");
    assert_eq!(session.passage_table().len(), 0);
    tag(&mut session, "The fee", "demand");
    tag(&mut session, "down", "demand");
    let counts = |session: &Session| {
        (session.passage_table().len(), session.filtered().unwrap().summary().totals().spans)
    };
    assert_eq!(counts(&session), (1, 1));
    session.undo();
    session.undo();
    assert_eq!(counts(&session), (0, 0));
}

#[test]
fn coders_that_the_filter_names_choose_the_layers() {
    let (_dir, mut session) = sample_session();
    set(&mut session, "coder:ben");
    let owners: Vec<String> =
        session.passage_table().spans().map(|at| at.layer.annotator.to_string()).collect();
    assert!(!owners.is_empty() && owners.iter().all(|owner| owner == "ben"));
}

#[test]
fn nothing_passes_a_filter_that_no_longer_fits() {
    let (_dir, mut session) = sample_session();
    set(&mut session, "actor:nobody");
    assert!(session.filtered().unwrap().refusal.is_some());
    assert_eq!(session.passage_table().len(), 0);
}

#[test]
fn many_passages_are_filtered_by_a_worker() {
    let text: String = (0..2_500).map(|n| format!("fee on pier {n}; ")).collect();
    let (_dir, mut session) = desk(&[&text]);
    let query = Query { whole_words: true, ..Query::words("fee") };
    let (scope, category) = (OccurrenceScope::Document, CategoryId::new("demand"));
    session.perform(AnnotateAction::TagEvery { query, scope, category });
    session.finish_jobs();
    let at = session.passage_table().row(7).unwrap().at();
    session.perform(AnnotateAction::SetCategory { at: vec![at.clone()], category: "threat".into() });
    session.perform(FilterAction::Set("category:threat".to_owned()));
    assert!(session.is_filtering());
    assert_eq!(session.passage_table().len(), 2_500, "the rows stay until the worker is done");
    session.finish_jobs();
    assert_eq!((session.is_filtering(), session.passage_table().len()), (false, 1));
    let next = SpanRef { span: session.project().layer(&at.layer).unwrap().spans().nth(9).unwrap().id, ..at };
    session.perform(AnnotateAction::SetCategory { at: vec![next], category: "threat".into() });
    session.finish_jobs();
    assert_eq!(session.passage_table().len(), 2);
    assert_eq!(session.filtered().unwrap().summary().totals().spans, 2);
}

#[test]
fn a_filter_is_counted_before_it_is_set() {
    let (_dir, mut session) = sample_session();
    let all = session.passage_table().len();
    for among in [CountScope::Visible, CountScope::Analysed] {
        session.perform(FilterAction::Count { text: "category:threat".to_owned(), among });
        session.finish_jobs();
        let count = session.filter_count("category:threat", among).unwrap();
        assert!(0 < count.passing && count.passing < count.of, "{count:?}");
        assert_eq!(count.of == all, among == CountScope::Visible);
        assert_eq!(session.filter_count("category:demand", among), None);
    }
    let count = session.filter_count("category:threat", CountScope::Analysed).unwrap();
    set(&mut session, "category:threat");
    session.show_screen(Screen::Analyse);
    session.tick();
    session.finish_jobs();
    let readings = &session.analyse().result().unwrap().readings;
    assert_eq!(count.passing, readings.iter().map(|reading| reading.passing.len()).sum::<usize>());
    assert_eq!(count.of, readings.iter().map(|reading| reading.moves.len()).sum::<usize>());
}

fn save_view(session: &mut Session, name: &str, filter: &str) -> ViewId {
    let id = ViewId(session.env().new_uuid());
    let view = SavedView { filter: filter.to_owned(), ..SavedView::new(id, name, ViewKind::Matrix) };
    session.perform(AnalysisNotesAction::SaveView(Box::new(view)));
    id
}

#[test]
fn filters_follow_new_names_as_part_of_the_same_step() {
    let (_dir, mut session) = sample_session();
    let view = save_view(&mut session, "Mine", "target:Norvania -actor:Estmark");
    set(&mut session, "actor:Norvania");
    let rows = session.passage_table().len();
    let before = steps(&session);
    let rename = |name: &String| if name == "Norvania" { "Norvania Union".to_owned() } else { name.clone() };
    let actors = session.project().actors().iter().map(rename).collect();
    session.perform(CodebookChange::SetActors(actors));
    assert_eq!(steps(&session), before + 1);
    let filter = |session: &Session| session.saved_view(view).unwrap().view.filter.clone();
    assert_eq!(filter(&session), "target:\"Norvania Union\" -actor:Estmark");
    assert_eq!(session.filter(), "actor:\"Norvania Union\"");
    assert_eq!(session.filtered().unwrap().refusal, None);
    session.undo();
    assert_eq!(filter(&session), "target:Norvania -actor:Estmark");
    assert_eq!((session.filter(), session.passage_table().len()), ("actor:Norvania", rows));
}

#[test]
fn a_name_that_views_of_several_people_have_is_an_error_unless_one_is_mine() {
    let (_dir, root) = sample_copy();
    for (person, id) in [("ben", 1), ("clara", 2)] {
        let id = uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + id);
        let folder = root.join("views").join(person);
        fs::create_dir_all(&folder).unwrap();
        let text = "(\n    format: 1,\n    name: \"Summit\",\n    filter: \"category:threat\",\n    view: \"matrix\",\n)\n";
        fs::write(folder.join(format!("{id}.ron")), text).unwrap();
    }
    let mut session = open(&root);
    let refusal = session.check_filter("view:summit").unwrap_err();
    let FilterRefusal::Unfit(error) = refusal else { panic!("{refusal:?}") };
    let BindFault::AmbiguousView { owners, .. } = error.fault else { panic!("{error:?}") };
    assert_eq!(owners, ["Ben Okafor", "Clara Lindqvist"]);
    save_view(&mut session, "Summit", "category:demand");
    set(&mut session, "view:Summit");
    assert_eq!(categories(&session), ["demand"]);
}
