//! Pages and headings in use: in citations, in the table, in exports.

use crate::support::anchors::{anchors, paged};
use std::fs;
use std::path::Path;

use demarche::io::export::{Scope, export_to_path, exporter};
use demarche::io::{AnnotationLoss, Loss};
use demarche::model::*;
use demarche::session::{
    Arrangement, Column, ColumnFilter, ExchangeAction, NavigateAction, PassageFilter, PassagesAction,
    Session, Shown, Sort,
};

use crate::support::session::*;

fn desk() -> (tempfile::TempDir, Session) {
    let (dir, root) = paged();
    let mut session = open(&root);
    for words in ["ships.\nEstmark", "opens", "Norvania"] {
        tag(&mut session, words, "demand");
    }
    session.perform(NavigateAction::OpenDocument("d002".into()));
    tag(&mut session, "memo", "offer");
    session.perform(NavigateAction::OpenDocument("d001".into()));
    (dir, session)
}

#[test]
fn a_citation_names_author_and_page() {
    let (_dir, mut session) = desk();
    select(&mut session, "ships.\nEstmark offers");
    let cited = session.text_to_copy(true).unwrap();
    let expect = "“ships.\nEstmark offers” (M. Ek, Text \"d001\", 2026-03-14, Harbour press, pp. 5–6)";
    assert_eq!(cited, expect);
    assert_eq!(session.text_to_copy(false).unwrap(), "ships.\nEstmark offers");
    let all = session.cite_passages().text;
    assert!(all.contains("Harbour press, p. iv; Demand)"), "{all}");
    assert!(all.ends_with("“memo” (Text \"d002\", 2026-03-14, Harbour press; Offer)"), "{all}");
}

#[test]
fn the_table_has_a_column_for_pages_and_headings() {
    let (_dir, mut session) = desk();
    assert!(session.passage_table().have_places());
    let places = |session: &Session| -> Vec<String> {
        let passages = session.passage_table();
        let row =
            |index| passages.row(index).unwrap().passage(session.project()).unwrap().text(&Column::Place);
        (0..passages.len()).map(row).collect()
    };
    let expect = ["p. iv, Talks at Halden", "p. iv, Guarantees", "pp. 5–6, Guarantees", ""];
    assert_eq!(places(&session), expect);
    let sort =
        |descending| Arrangement { sort: Some(Sort { column: Column::Place, descending }), group: None };
    session.perform(PassagesAction::Arrange(sort(true)));
    assert_eq!(places(&session), [expect[2], expect[1], expect[0], ""]);
    session.perform(PassagesAction::Arrange(Arrangement::default()));
    let columns = [(Column::Place, ColumnFilter::Holds("guarantees".to_owned()))].into();
    session.perform(PassagesAction::Filter(PassageFilter { columns, ..PassageFilter::default() }));
    assert_eq!(places(&session), expect[1..3]);
}

#[test]
fn a_project_without_pages_has_no_column_for_them() {
    let (_dir, mut session) = crate::support::session::desk(&["Norvania asks.\n"]);
    tag(&mut session, "asks", "demand");
    session.show(Shown::Everyone);
    assert!(!session.passage_table().have_places());
}

fn export(session: &Session, format: &str, folder: &Path) -> String {
    let exporter = exporter(format).unwrap();
    let path = folder.join(format!("out.{}", exporter.info().extension));
    export_to_path(exporter, &Scope::everything(session.project()), &path).unwrap();
    fs::read_to_string(path).unwrap()
}

#[test]
fn exports_carry_page_and_heading() {
    let (dir, session) = desk();
    let tsv = export(&session, "tsv", dir.path());
    let rows: Vec<&str> = tsv.lines().collect();
    assert!(rows[0].contains("\tspan\tpage\theading\trole\t"), "{}", rows[0]);
    assert!(rows[1].contains("\tiv\tTalks at Halden\t"), "{tsv}");
    assert!(tsv.contains("\t5–6\tGuarantees\t"), "{tsv}");
    let markdown = export(&session, "markdown", dir.path());
    assert!(markdown.contains("> — Ana · pp. 5–6, Guarantees · characters"), "{markdown}");
    let html = export(&session, "html", dir.path());
    assert!(html.contains("<span class=\"fact\">pp. 5–6, Guarantees</span>"), "{html}");
    for format in ["csv", "xlsx"] {
        let exporter = exporter(format).unwrap();
        let path = dir.path().join(format!("x.{format}"));
        let done = export_to_path(exporter, &Scope::everything(session.project()), &path).unwrap();
        assert_eq!(done.read_back.unwrap().spans, (4, 4), "{format}");
    }
}

#[test]
fn author_pages_and_headings_survive_a_jsonl_round_trip() {
    let (dir, session) = desk();
    let jsonl = export(&session, "jsonl", dir.path());
    let first = jsonl.lines().next().unwrap();
    assert!(first.contains(r#""author":"M. Ek","source""#), "{first}");
    assert!(
        first.contains(r#""anchors":[{"at":0,"page":"iv"},{"at":0,"heading":"Talks at Halden","level":1},"#)
    );
    assert!(!jsonl.lines().nth(1).unwrap().contains("anchors"), "no field without anchors");
    let (_other, mut copy) = crate::support::session::desk(&["Another text.\n"]);
    copy.perform(ExchangeAction::Import(vec![dir.path().join("out.jsonl")]));
    copy.finish_jobs();
    let came = copy.project().documents().iter().find(|d| d.meta.author == "M. Ek").unwrap();
    assert_eq!(*came.anchors, anchors());
    let bad = r#"{"text":"Short.\n","anchors":[{"at":99,"page":1},{"at":0,"page":2},{"at":1}],"spans":[]}"#;
    let path = dir.path().join("bad.jsonl");
    fs::write(&path, bad).unwrap();
    copy.perform(ExchangeAction::Import(vec![path]));
    copy.finish_jobs();
    let last = copy.project().documents().last().unwrap();
    assert_eq!(last.anchors.all(), [Anchor { at: 0, kind: AnchorKind::Page("2".into()) }]);
    let report: Vec<&str> = copy.report().unwrap().lines.iter().map(|(_, line)| line.as_str()).collect();
    assert!(report[0].ends_with(&Loss::new(AnnotationLoss::AnchorsOutside, 1).to_string()), "{report:?}");
    assert!(report[1].ends_with("bad.jsonl:1"), "{report:?}");
}
