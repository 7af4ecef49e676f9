//! The passages table.

use demarche::analysis::search::Query;
use demarche::analysis::summary::Day;
use demarche::model::*;
use demarche::session::{
    AnnotateAction, Arrangement, Column, ColumnFilter, DocumentAction, NavigateAction, OccurrenceScope,
    PassageFilter, PassagesAction, ProjectAction, Session, Shown, Sort, TableLine,
};

use crate::support::session::*;

/// The table's rows as their words.
fn rows(session: &Session) -> Vec<String> {
    let passages = session.passage_table();
    let words = |index| passages.row(index).unwrap().passage(session.project()).unwrap().quote();
    (0..passages.len()).map(words).collect()
}

/// Two documents, tagged on three days by two annotators.
fn tagged() -> (tempfile::TempDir, Session) {
    let (dir, root) = small(&["Norvania will suspend the talks.\n", "Estmark offers to lower the fee.\n"]);
    let (clock, env) = clock();
    let mut session = open_with(&root, env);
    let day = 24 * 60 * 60;
    tag(&mut session, "suspend the talks", "threat");
    let at = tag(&mut session, "Norvania", "demand");
    session.perform(AnnotateAction::SetNote { at, note: "who ASKS".to_owned() });
    clock.pass(day);
    session.perform(NavigateAction::OpenDocument("d002".into()));
    tag(&mut session, "Estmark offers", "offer");
    clock.pass(day);
    session.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
    tag(&mut session, "the fee", "demand");
    session.perform(NavigateAction::Show(Shown::Everyone));
    (dir, session)
}

fn check(filter: PassageFilter, expect: &[&str]) {
    let (_dir, mut session) = tagged();
    session.perform(PassagesAction::Filter(filter));
    assert_eq!(rows(&session), expect);
    assert_eq!(session.passage_table().total(), 4);
    figures_are_right(&session);
}

#[test]
fn the_table_shows_what_the_filter_matches() {
    let all = PassageFilter::default;
    check(all(), &["Norvania", "suspend the talks", "Estmark offers", "the fee"]);
    check(PassageFilter { category: Some("demand".into()), ..all() }, &["Norvania", "the fee"]);
    check(PassageFilter { document: Some("d002".into()), ..all() }, &["Estmark offers", "the fee"]);
    check(PassageFilter { annotator: Some("ben".into()), ..all() }, &["the fee"]);
    let stretch = |start, end| Some(TextRange { start, end });
    let d001 = || Some("d001".into());
    check(PassageFilter { document: d001(), stretch: stretch(10, 25), ..all() }, &["suspend the talks"]);
    // A passage that overlaps the range counts, since the strip shows it there.
    check(PassageFilter { document: d001(), stretch: stretch(1, 2), ..all() }, &["Norvania"]);
    let created = Some(Day::from_stamp(START));
    check(PassageFilter { created, ..all() }, &["Norvania", "suspend the talks"]);
    let holds = |column, words: &str| [(column, ColumnFilter::Holds(words.to_owned()))].into();
    check(
        PassageFilter { columns: holds(Column::Passage, "THE"), ..all() },
        &["suspend the talks", "the fee"],
    );
    check(PassageFilter { columns: holds(Column::Note, "asks"), ..all() }, &["Norvania"]);
    let columns = holds(Column::Passage, "fee");
    check(PassageFilter { category: Some("demand".into()), columns, ..all() }, &["the fee"]);
}

#[test]
fn the_filter_still_applies_after_tagging_and_undo() {
    let (_dir, mut session) = tagged();
    session.perform(PassagesAction::Filter(PassageFilter {
        category: Some("demand".into()),
        ..Default::default()
    }));
    tag(&mut session, "lower", "demand");
    assert_eq!(rows(&session), ["Norvania", "lower", "the fee"]);
    let at = tag(&mut session, "Estmark", "threat");
    assert_eq!(rows(&session), ["Norvania", "lower", "the fee"]);
    session.perform(AnnotateAction::SetCategory { at: vec![at], category: "demand".into() });
    assert_eq!(rows(&session), ["Norvania", "Estmark", "lower", "the fee"]);
    session.undo();
    session.undo();
    session.undo();
    assert_eq!(rows(&session), ["Norvania", "the fee"]);
}

fn value(session: &mut Session, at: &SpanRef, attribute: &str, value: Value) {
    let at = vec![at.clone()];
    session.perform(AnnotateAction::SetAttribute { at, attribute: attribute.into(), to: Some(value) });
}

fn sorted(column: Column, descending: bool) -> Arrangement {
    Arrangement { sort: Some(Sort { column, descending }), group: None }
}

/// Two documents with five passages that have values in all columns, and one that has none.
fn described() -> (tempfile::TempDir, Session) {
    let (_, env) = clock();
    let (dir, root) = small(&["zeta Éclair apple Öl.\n", "banana echo.\n"]);
    let mut session = open_with(&root, env);
    let meta = session.document().unwrap().meta.clone();
    session.perform(DocumentAction::SetMeta(Box::new(DocumentMeta { date: None, ..meta })));
    for (words, category, actor, note) in [
        ("zeta", "offer", Some("Estmark"), "b"),
        ("Éclair", "demand", Some("norvania"), ""),
        ("apple", "offer", None, "Á"),
        ("Öl", "threat", Some("Ägir"), "a"),
    ] {
        let at = tag(&mut session, words, category);
        if let Some(actor) = actor {
            value(&mut session, &at, "actor", Value::Choice(actor.into()));
        }
        session.perform(AnnotateAction::SetNote { at, note: note.to_owned() });
    }
    session.perform(NavigateAction::OpenDocument("d002".into()));
    let meta = session.document().unwrap().meta.clone();
    let (title, date) = ("A memo".to_owned(), Date::parse("2026-03-14"));
    session.perform(DocumentAction::SetMeta(Box::new(DocumentMeta {
        title,
        date,
        source: String::new(),
        ..meta
    })));
    tag(&mut session, "echo", "demand");
    (dir, session)
}

#[test]
fn the_table_is_sorted_by_any_column_with_missing_values_last() {
    let (_dir, mut session) = described();
    let place = ["zeta", "Éclair", "apple", "Öl", "echo"];
    assert_eq!(rows(&session), place);
    let actor = || Column::Attribute("actor".into());
    let by = |session: &mut Session, column: Column| {
        [false, true].map(|descending| {
            session.perform(PassagesAction::Arrange(sorted(column.clone(), descending)));
            figures_are_right(session);
            rows(session).join(" ")
        })
    };
    let s = &mut session;
    assert_eq!(by(s, Column::Passage), ["apple echo Éclair Öl zeta", "zeta Öl Éclair echo apple"]);
    // Categories sort in the order of the codebook, ties by document and position, in both directions.
    assert_eq!(by(s, Column::Category), ["Éclair echo zeta apple Öl", "Öl zeta apple Éclair echo"]);
    assert_eq!(by(s, actor()), ["Öl zeta Éclair apple echo", "Éclair zeta Öl apple echo"]);
    assert_eq!(by(s, Column::Note), ["Öl apple zeta Éclair echo", "zeta apple Öl Éclair echo"]);
    assert_eq!(by(s, Column::Document), ["echo zeta Éclair apple Öl", "zeta Éclair apple Öl echo"]);
    assert_eq!(by(s, Column::Date), ["echo zeta Éclair apple Öl"; 2]);
    session.perform(PassagesAction::Arrange(Arrangement::default()));
    assert_eq!(rows(&session), place);
}

#[test]
fn a_click_on_a_header_sorts_ascending_then_descending_then_by_position() {
    let up = Arrangement::default().clicked(&Column::Note);
    let down = up.clicked(&Column::Note);
    assert_eq!((&up, &down), (&sorted(Column::Note, false), &sorted(Column::Note, true)));
    assert!(down.clicked(&Column::Note).is_by_place());
    assert_eq!(down.clicked(&Column::Date), sorted(Column::Date, false));
}

#[test]
fn columns_are_filtered_by_words_values_and_ranges() {
    let (_dir, mut session) = described();
    let mut check = |column: Column, limit: ColumnFilter, expect: &str| {
        let mut filter = PassageFilter::default();
        filter.set_column_filter(&column, limit);
        session.perform(PassagesAction::Filter(filter));
        assert_eq!(rows(&session).join(" "), expect, "{column:?}");
    };
    let actor = || Column::Attribute("actor".into());
    let among = |values: &[&str]| ColumnFilter::Among(values.iter().map(|value| (*value).into()).collect());
    let between = |from: &str, to: &str| ColumnFilter::Between { from: from.to_owned(), to: to.to_owned() };
    check(actor(), among(&["Estmark"]), "zeta");
    check(actor(), among(&["Estmark", ""]), "zeta apple echo");
    check(Column::Category, among(&["offer", "threat"]), "zeta apple Öl");
    check(Column::Passage, ColumnFilter::Holds("ÉC".to_owned()), "Éclair");
    check(Column::Note, ColumnFilter::Holds("á".to_owned()), "apple");
    check(Column::Date, between("2026-03", "2026-03"), "echo");
    check(Column::Date, between("2026-03-15", ""), "");
    check(Column::Date, between("", "2026-03-13"), "");
    check(Column::Note, ColumnFilter::Holds(String::new()), "zeta Éclair apple Öl echo");
}

#[test]
fn the_values_of_a_column_are_counted_under_the_other_filters() {
    let (_dir, mut session) = described();
    let actor = Column::Attribute("actor".into());
    let mut filter = PassageFilter { category: Some("offer".into()), ..Default::default() };
    filter.set_values(&actor, ["Estmark".into()].into());
    session.perform(PassagesAction::Filter(filter));
    let counted = |session: &mut Session, column: &Column| -> Vec<(String, usize)> {
        session.perform(PassagesAction::CountValues(column.clone()));
        session.finish_jobs();
        assert!(session.values_are_fresh(column));
        let values = session.passage_values(column).unwrap().iter();
        values.map(|value| (value.name.clone(), value.count)).collect()
    };
    let pairs = |expect: &[(&str, usize)]| -> Vec<(String, usize)> {
        expect.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
    };
    assert_eq!(counted(&mut session, &actor), pairs(&[("Estmark", 1), ("", 1)]));
    assert_eq!(counted(&mut session, &Column::Category), pairs(&[("Offer", 1)]));
    session.perform(PassagesAction::Filter(PassageFilter::default()));
    assert_eq!(
        counted(&mut session, &Column::Category),
        pairs(&[("Demand", 2), ("Offer", 2), ("Threat", 1)])
    );
}

#[test]
fn filtering_by_one_value_equals_a_click_on_a_figure() {
    let mut filter = PassageFilter::default();
    filter.set_values(&Column::Category, ["offer".into()].into());
    assert_eq!(filter, PassageFilter { category: Some("offer".into()), ..Default::default() });
    filter.set_values(&Column::Category, ["offer".into(), "threat".into()].into());
    assert!(filter.category.is_none() && filter.values(&Column::Category).len() == 2);
    filter.set_values(&Column::Category, Default::default());
    assert!(filter.is_empty());
}

/// The lines of the table: headings as `name count`, rows as their words.
fn lines(session: &Session) -> Vec<String> {
    let passages = session.passage_table();
    let column = passages.arrangement().group.clone().unwrap();
    let passage = |row: usize| passages.row(row).unwrap();
    let line = |at| match passages.line(at).unwrap() {
        TableLine::Row(row) => passage(row).passage(session.project()).unwrap().quote(),
        TableLine::Group { first, rows, .. } => {
            format!("{} {rows}", passage(first).passage(session.project()).unwrap().text(&column))
        }
    };
    (0..passages.lines()).map(line).collect()
}

#[test]
fn rows_are_grouped_sorted_within_and_groups_can_be_closed() {
    let (_dir, mut session) = described();
    let sort = Some(Sort { column: Column::Passage, descending: true });
    session.perform(PassagesAction::Arrange(Arrangement { sort, group: Some(Column::Category) }));
    assert_eq!(lines(&session), ["Demand 2", "Éclair", "echo", "Offer 2", "zeta", "apple", "Threat 1", "Öl"]);
    let group = session.passage_table().group_of(0).cloned();
    session.perform(PassagesAction::CloseGroup { group, closed: true });
    assert_eq!(lines(&session), ["Demand 2", "Offer 2", "zeta", "apple", "Threat 1", "Öl"]);
    figures_are_right(&session);
    // The next row is the next visible one, wrapping around.
    let mut went = Vec::new();
    for _ in 0..4 {
        session.run(CommandId::NextRow);
        let text = session.document().unwrap().text.clone().unwrap();
        went.push(session.current_span().unwrap().quote(&text));
    }
    assert_eq!(went, ["zeta", "apple", "Öl", "zeta"]);
    let at = session.current().cloned().unwrap();
    session.perform(AnnotateAction::SetCategory { at: vec![at], category: "demand".into() });
    assert_eq!(lines(&session), ["Demand 3", "Offer 1", "apple", "Threat 1", "Öl"]);
    order_is_as_if_rebuilt(&mut session);
    session.perform(PassagesAction::CloseGroup { group: None, closed: false });
    assert_eq!(lines(&session)[0..4], ["Demand 3", "zeta", "Éclair", "echo"]);
}

#[test]
fn documents_with_the_same_title_are_separate_groups() {
    let (_dir, mut session) = desk(&["One.\n", "Two.\n"]);
    for (id, words) in [("d001", "One"), ("d002", "Two")] {
        session.perform(NavigateAction::OpenDocument(id.into()));
        let meta = session.document().unwrap().meta.clone();
        session.perform(DocumentAction::SetMeta(Box::new(DocumentMeta { title: "Memo".to_owned(), ..meta })));
        tag(&mut session, words, "demand");
    }
    session.perform(PassagesAction::Arrange(Arrangement { sort: None, group: Some(Column::Document) }));
    assert_eq!(lines(&session), ["Memo 1", "One", "Memo 1", "Two"]);
}

#[test]
fn an_edit_moves_a_row_to_its_new_position() {
    let (_dir, mut session) = described();
    session.perform(PassagesAction::Arrange(sorted(Column::Attribute("actor".into()), false)));
    assert_eq!(rows(&session).join(" "), "Öl zeta Éclair apple echo");
    let (at, _) = spans(&session).into_iter().find(|(_, s)| s.note == "Á").unwrap();
    value(&mut session, &at, "actor", Value::Choice("Estmark".into()));
    assert_eq!(rows(&session).join(" "), "Öl zeta apple Éclair echo");
    let place = session.passage_table().position(session.project(), &at);
    assert_eq!(place, Some(2));
    session.undo();
    assert_eq!(rows(&session).join(" "), "Öl zeta Éclair apple echo");
    figures_are_right(&session);
}

#[test]
fn many_rows_are_sorted_by_a_worker_and_follow_edits() {
    let (_dir, mut session) = desk(&[&"ba ta ".repeat(12_000)]);
    for (words, category) in [("ba", "offer"), ("ta", "demand")] {
        let query = Query { whole_words: true, ..Query::words(words) };
        let scope = OccurrenceScope::Document;
        session.perform(AnnotateAction::TagEvery { query, scope, category: category.into() });
        session.finish_jobs();
    }
    assert_eq!(session.passage_table().len(), 24_000);
    session.perform(PassagesAction::Arrange(sorted(Column::Category, false)));
    assert!(session.passage_table().is_sorting());
    assert_eq!(rows(&session)[0..3], ["ba", "ta", "ba"], "the old file is kept");
    let (at, _) = spans(&session)[0].clone();
    session.perform(AnnotateAction::SetCategory { at: vec![at], category: "threat".into() });
    session.finish_jobs();
    assert!(!session.passage_table().is_sorting());
    let words = rows(&session);
    assert_eq!((words[0].as_str(), words[11_999].as_str()), ("ta", "ta"));
    assert_eq!((words[12_000].as_str(), words[23_999].as_str()), ("ba", "ba"));
    let category = |row: usize| {
        let row = session.passage_table().row(row).unwrap();
        row.passage(session.project()).unwrap().span.category.to_string()
    };
    assert_eq!((category(23_998), category(23_999)), ("offer".to_owned(), "threat".to_owned()));
}

#[test]
fn passages_are_copied_with_their_citations() {
    let (_dir, mut session) = described();
    let all = session.cite_passages();
    assert_eq!((all.copied, all.omitted), (1, 0), "only the current one");
    assert_eq!(all.text, "“echo” (A memo, 2026-03-14; Demand)");
    session.perform(NavigateAction::SetCurrent(None));
    assert_eq!(session.cite_passages().copied, 5);
    let spans: Vec<SpanRef> = session.passage_table().spans().take(2).collect();
    session.perform(NavigateAction::GoTo(spans[1].clone()));
    session.perform(NavigateAction::SelectSpans(vec![spans[1].clone(), spans[0].clone()]));
    let cited = session.cite_passages().text;
    let meta = &session.project().documents()[0].meta;
    let from = format!("{}, {}", meta.title, meta.source);
    let expect = format!("“zeta” ({from}; Offer; Estmark)\n\n“Éclair” ({from}; Demand; norvania)");
    assert_eq!(cited, expect, "in the order of the table");
}

#[test]
fn a_row_leads_to_its_passage() {
    let (_dir, mut session) = tagged();
    let (at, span) = spans(&session).remove(1);
    let serial = session.reveal().serial;
    session.perform(NavigateAction::GoTo(at.clone()));
    assert_eq!(session.view_state().document.as_ref(), Some(&at.layer.document));
    assert_eq!(session.current(), Some(&at));
    assert_eq!(session.reveal().range, span.ranges.cover());
    assert!(session.reveal().serial > serial);
}

#[test]
fn only_visible_layers_are_counted() {
    let (_dir, mut session) = tagged();
    for (shown, spans, rows_expected) in [
        (Shown::Mine, 1, vec!["the fee"]),
        (Shown::One("ana".into()), 3, vec!["Norvania", "suspend the talks", "Estmark offers"]),
        (Shown::Everyone, 4, vec!["Norvania", "suspend the talks", "Estmark offers", "the fee"]),
    ] {
        session.perform(NavigateAction::Show(shown));
        assert_eq!(
            (session.totals().spans, rows(&session)),
            (spans, rows_expected.iter().map(|s| (*s).to_owned()).collect())
        );
        figures_are_right(&session);
    }
}
