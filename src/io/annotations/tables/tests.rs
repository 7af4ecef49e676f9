//! Tables of coded segments, and corrected tables.

use std::path::Path;

use rust_xlsxwriter::Workbook;
use uuid::Uuid;

use crate::ProblemKind;
use crate::annotations::fixtures::root;
use crate::annotations::{Changed, Fresh, Incoming, Input, SpanOwner, importer, place};
use crate::export::sample;
use demarche_model::{AnnotatorId, Project};

/// Reads a file in a format, and places it in the sample for Ana.
fn placed(format: &str, name: &str, bytes: Vec<u8>) -> (Project, Incoming) {
    let mut project = sample::project();
    let path = Path::new(name);
    let draft = importer(format).unwrap().read(&Input::new(path, bytes)).unwrap();
    let mut last = 0;
    let mut ids = || {
        last += 1;
        Uuid::from_u128(last)
    };
    let ana = AnnotatorId::new("ana");
    let fresh = Fresh { ids: &mut ids, now: sample::NOW };
    let mut incoming = place(&project, path, draft, SpanOwner::Unsigned(&ana), fresh).unwrap();
    let edit = std::mem::replace(&mut incoming.edit, demarche_model::Edit::Batch(Vec::new()));
    project.apply(edit).unwrap();
    (project, incoming)
}

fn kinds(incoming: &Incoming) -> Vec<(Option<usize>, ProblemKind)> {
    incoming.problems.iter().map(|problem| (problem.line, problem.kind)).collect()
}

fn export(path: &str) -> Vec<u8> {
    std::fs::read(root("tests/golden/export").join(path)).unwrap()
}

#[test]
fn a_table_that_nobody_changed_changes_nothing() {
    for (format, file) in [("demarche-csv", "csv/export.csv"), ("demarche-xlsx", "xlsx/export.xlsx")] {
        let (project, incoming) = placed(format, file, export(file));
        assert_eq!(incoming.corrections, [], "{format}");
        assert_eq!(kinds(&incoming), [], "{format}: {:?}", incoming.problems);
        assert!(incoming.skipped > 0 && incoming.spans == 0, "{format}");
        assert_eq!(project.document(&"d001".into()).unwrap().layers, sample::project().documents()[0].layers);
    }
}

/// Returns the exported table with some cells replaced.
fn corrected(changes: &[(&str, &str)]) -> Vec<u8> {
    let mut table = String::from_utf8(export("csv/export.csv")).unwrap();
    for (from, to) in changes {
        assert!(table.contains(from), "{from}");
        table = table.replacen(from, to, 1);
    }
    table.into_bytes()
}

#[test]
fn cells_that_changed_change_their_passages() {
    let table = corrected(&[
        ("ana,offer,Offer,,0,14", "ana,threat,Offer,,0,14"),
        ("Norvania,'=1+1,-2.5,true,2026-04-01,fees; port", ",'=2+2,\"-2,5\",TRUE,01.04.2026,port"),
    ]);
    let (project, incoming) = placed("demarche-csv", "a.csv", table);
    assert_eq!(kinds(&incoming), [], "{:?}", incoming.problems);
    let changes: Vec<Vec<Changed>> = incoming
        .corrections
        .iter()
        .map(|correction| correction.changes.iter().map(|(what, ..)| what.clone()).collect())
        .collect();
    assert_eq!(changes.iter().map(Vec::len).collect::<Vec<_>>(), [1, 3], "{changes:?}");
    assert_eq!(changes[0], [Changed::Category]);
    let layer = project.document(&"d001".into()).unwrap().layer(&"ana".into()).unwrap();
    let text = |span: u128, attribute: &str| {
        let id = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + span);
        let span = layer.span(demarche_model::SpanId(id)).unwrap();
        span.attributes.get(&attribute.into()).map(|value| value.data_text().into_owned())
    };
    assert_eq!((text(1, "actor"), text(1, "note").as_deref()), (None, Some("=2+2")));
    assert_eq!((text(1, "weight").as_deref(), text(1, "issues").as_deref()), (Some("-2.5"), Some("port")));
}

#[test]
fn rows_that_can_not_be_followed_change_nothing() {
    let check = |changes: &[(&str, &str)], kind: ProblemKind| {
        let (_, incoming) = placed("demarche-csv", "a.csv", corrected(changes));
        let found: Vec<ProblemKind> = incoming.problems.iter().map(|problem| problem.kind).collect();
        assert_eq!(found, [kind], "{changes:?}");
        assert_eq!(incoming.corrections, [], "{changes:?}");
    };
    check(&[("ana,offer,Offer,,0,14", "ana,offers,Offer,,0,14")], ProblemKind::UnknownCategory);
    check(&[("ana,offer,Offer,,0,14", "ana,threat,Move,,0,14")], ProblemKind::Malformed);
    check(&[("7000-8000-000000000002", "7000-8000-0000000000ff")], ProblemKind::Malformed);
    check(&[("0 14,'=SUM(A1) opens,", "0 14,Other words,")], ProblemKind::QuoteMismatch);
    check(&[("ben,threat,Threat,move,44", "ben,offer,Threat,move,44")], ProblemKind::NotImported);
    check(&[("-2.5,true", "many,true")], ProblemKind::AttributeValue);
    let stale = [
        ("ana,offer,Offer,,0,14", "ana,threat,Offer,,0,14"),
        ("09:01:00Z,01900000-0000-7000-8000-000000000002", "08:00:00Z,01900000-0000-7000-8000-000000000002"),
    ];
    check(&stale, ProblemKind::NotImported);
}

const SEGMENTS: &str = "Document group,Document name,Code,Segment,Beginning,End,Weight,Created by,Created,Comment\n\
    Talks,\"Briefing, 14 March\",Moves\\Announce,\"here. Tabs, and “quotes”\",1,1,0,Ben,14.03.2026 13:11,Why?\n\
    Talks,\"Briefing, 14 March\",Threat,한국어  위협,1,1,50,,,\n\
    Talks,\"Briefing, 14 March\",Threat,nowhere at all,1,1,0,,,\n\
    Talks,\"Briefing, 14 March\",Threat,i,,,0,,,\n";

#[test]
fn coded_segments_are_found_by_their_words() {
    let (project, incoming) = placed("coded-segments", "a.csv", SEGMENTS.as_bytes().to_vec());
    let kind = ProblemKind::Malformed;
    assert_eq!(kinds(&incoming), [(Some(4), kind), (Some(5), kind)], "{:?}", incoming.problems);
    assert_eq!(incoming.spans, 2);
    let document = project.document(&"d001".into()).unwrap();
    let text = document.text.as_ref().unwrap();
    let new = |person: &str, category: &str| {
        let layer = document.layer(&person.into()).unwrap();
        let found = layer.spans().filter(|span| span.category.as_str() == category);
        found.last().map(|span| (span.quote(text), span.note.clone()))
    };
    let (quote, note) = new("ben", "Announce").unwrap();
    assert_eq!((quote.as_str(), note.as_str()), ("here.\n\tTabs,\tand \"quotes\"", "Why?"));
    let category = project.codebook().category(&"Announce".into()).unwrap();
    assert_eq!(category.parent.as_ref().map(|parent| parent.as_str()), Some("Moves"));
    assert_eq!(
        incoming.losses.iter().map(crate::Loss::short).collect::<Vec<_>>(),
        ["2 UnreadColumns", "1 AmbiguousPassages"]
    );
}

#[test]
fn a_workbook_of_segments_is_read_like_a_table() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let rows = [["Dokumentname", "Code", "Segment", "Anfang"], ["@memo", "Offer", "한국어", "1"]];
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell).unwrap();
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    for format in ["coded-segments", "demarche-xlsx"] {
        let (_, incoming) = placed(format, "a.xlsx", bytes.clone());
        assert_eq!(incoming.spans + incoming.problems.len(), 1, "{format}");
    }
}

#[test]
fn hypothesis_is_found_by_quote_and_context() {
    let rows = r#"{"total":2,"rows":[
        {"id":"a","user":"acct:ben@hypothes.is","uri":"https://x.example/1","text":"why","tags":["Threat","New"],"created":"2026-03-14T09:00:00.123456+00:00",
         "target":[{"source":"https://x.example/1","selector":[{"type":"TextQuoteSelector","exact":"한국어","prefix":"élan — ","suffix":" 위협"}]}]},
        {"id":"b","user":"acct:ben@hypothes.is","uri":"https://x.example/1","text":"of the page","tags":[],"target":[{"source":"https://x.example/1"}]}]}"#;
    let (_, incoming) = placed("hypothesis", "a.json", rows.as_bytes().to_vec());
    assert_eq!((incoming.spans, kinds(&incoming)), (2, vec![]), "{:?}", incoming.problems);
    assert_eq!(incoming.losses.iter().map(crate::Loss::short).collect::<Vec<_>>(), ["1 ResourceAnnotations"]);
    assert_eq!(incoming.remarks.len(), 1, "the page is no document of the project");
    let exported =
        rows.replace("\"total\":2,\"rows\"", "\"export_userid\":\"acct:ben@hypothes.is\",\"annotations\"");
    let (_, incoming) = placed("hypothesis", "a.json", exported.as_bytes().to_vec());
    assert_eq!((incoming.spans, kinds(&incoming)), (2, vec![]), "as exported in the sidebar");
    for file in [rows, &exported] {
        let found = crate::annotations::importer_of(Path::new("a.txt"), file.as_bytes());
        assert_eq!(found.map(|found| found.name()), Some("hypothesis"));
    }
}
