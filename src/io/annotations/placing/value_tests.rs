//! Values that do not fit the attributes of the project, in every format that carries attributes.

use std::sync::Arc;

use uuid::Uuid;

use super::{Fresh, Incoming, SpanOwner, place};
use crate::ProblemKind;
use crate::annotations::{Input, importer};
use crate::export::{Scope, export_to_path, exporter, sample};
use demarche_model::{AnnotatorId, AttributeDef, AttributeId, AttributeKind, Edit, LayerId, Project, Value};

/// The formats that carry attributes.
const FORMATS: [&str; 9] =
    ["jsonl", "w3c", "label-studio", "prodigy", "brat", "webanno-tsv", "cas-xmi", "cas-json", "qdpx"];

/// A project with one span that has a value of each kind, of attributes defined like that.
fn exported() -> Project {
    let values = [
        ("a", AttributeKind::Choice(vec!["maybe".into()]), Value::Choice("maybe".into())),
        ("b", AttributeKind::Choice(vec!["soon".into()]), Value::Choice("soon".into())),
        ("c", AttributeKind::Choice(vec!["many".into()]), Value::Choice("many".into())),
        (
            "d",
            AttributeKind::Choices(vec!["Estmark".into(), "Norvania".into()]),
            Value::Choices(["Estmark".into(), "Norvania".into()].into()),
        ),
        ("e", AttributeKind::Choice(vec!["loud".into()]), Value::Choice("loud".into())),
    ];
    let mut project = sample::project();
    let at = project.codebook().attributes.len();
    let layer = LayerId::new(&"d001".into(), &"ana".into());
    let mut span = sample::span(2, "offer", sample::FIRST, &["=SUM(A1) opens"]);
    for (number, (id, kind, value)) in values.into_iter().enumerate() {
        define(&mut project, at + number, id, kind);
        span.attributes.insert(id.into(), value);
    }
    let id = span.id;
    project.apply(Edit::SetSpan { layer, id, to: Some(Arc::new(span)) }).unwrap();
    project
}

fn define(project: &mut Project, at: usize, id: &str, kind: AttributeKind) {
    let id = AttributeId::new(id);
    let attribute = Arc::new(AttributeDef::new(id.clone(), id.as_str(), kind));
    project.apply(Edit::SetAttribute { id, to: Some((at, attribute)) }).unwrap();
}

/// An empty project whose attributes of the same names take other kinds of value.
fn receiving() -> Project {
    let mut project = Project::new("N", sample::codebook());
    let at = project.codebook().attributes.len();
    let tones = AttributeKind::Choice(vec!["calm".into()]);
    let kinds =
        [AttributeKind::Flag, AttributeKind::Date, AttributeKind::Number, AttributeKind::Actor, tones];
    for (number, (id, kind)) in ["a", "b", "c", "d", "e"].into_iter().zip(kinds).enumerate() {
        define(&mut project, at + number, id, kind);
    }
    project
}

fn import(project: &mut Project, format: &str, from: &Project, last: &mut u128) -> Incoming {
    let folder = tempfile::tempdir().unwrap();
    let exporter = exporter(format).unwrap();
    let name = if exporter.is_folder() { "x".to_owned() } else { format!("x.{}", exporter.info().extension) };
    export_to_path(exporter, &Scope::everything(from), &folder.path().join(&name)).unwrap();
    let importer = importer(format).unwrap();
    let files = crate::import::Files::at(&[folder.path().to_owned()], Some(format)).labelled;
    let path = files.iter().find(|path| path.to_string_lossy().contains("ana")).unwrap_or(&files[0]);
    let draft = importer.read(&Input::open(path).unwrap()).unwrap();
    let mut ids = || {
        *last += 1;
        Uuid::from_u128(*last)
    };
    let fresh = Fresh { ids: &mut ids, now: sample::NOW };
    let incoming = place(project, path, draft, SpanOwner::All(&AnnotatorId::new("ana")), fresh).unwrap();
    project.apply(incoming.edit.clone()).unwrap();
    incoming
}

#[test]
fn values_of_the_wrong_kind_are_reported_and_their_words_kept() {
    for format in FORMATS {
        let (mut project, mut last) = (receiving(), 0);
        let incoming = import(&mut project, format, &exported(), &mut last);
        let wrong: Vec<_> =
            incoming.problems.iter().filter(|problem| problem.kind == ProblemKind::AttributeValue).collect();
        // WebAnno has no lists of values: one is a single word there.
        let lists = usize::from(format != "webanno-tsv");
        assert_eq!(wrong.len(), 4 + lists, "{format}: {:?} {:?}", incoming.problems, incoming.losses);
        assert!(
            wrong.iter().all(|p| p.line.is_some() || p.message.contains("in the record")),
            "{format}: {wrong:?}"
        );
        let losses: Vec<String> = incoming.losses.iter().map(crate::Loss::short).collect();
        assert!(losses.contains(&format!("{} WrongValues", 3 + lists)), "{format}: {losses:?}");
        let spans = || project.documents()[0].layers.values().flat_map(|layer| layer.spans());
        let span = spans().find(|span| span.attributes.contains_key(&AttributeId::new("a"))).unwrap();
        let texts = [("a", "maybe"), ("b", "soon"), ("c", "many"), ("d", "Estmark; Norvania")];
        for (id, text) in texts.into_iter().take(3 + lists) {
            let value = span.attributes.get(&AttributeId::new(id)).unwrap();
            assert_eq!(value, &Value::Text(text.to_owned()), "{format}");
        }
        let choice = span.attributes.get(&AttributeId::new("e")).unwrap();
        assert_eq!(choice, &Value::Choice("loud".into()), "{format}");
        assert_eq!(project.actors().iter().any(|actor| actor.contains("Estmark")), lists == 0, "{format}");
        // Importing the same again changes nothing.
        let count = spans().count();
        let again = import(&mut project.clone(), format, &exported(), &mut last);
        assert_eq!((again.spans, again.edit), (0, Edit::Batch(Vec::new())), "{format}: {count}");
    }
}

#[test]
fn a_value_of_the_wrong_kind_is_named_with_its_line() {
    let span = |value: &str| {
        format!(
            r#"{{"text":"One two.","spans":[{{"start":0,"end":3,"category":"move","annotator":"ana","attributes":{value}}}]}}"#
        )
    };
    let lines = [span(r#"{"conditional":"maybe"}"#), span(r#"{"actor":["A","B"],"due":"2026-03"}"#)];
    let (draft, path) = jsonl(&lines.join("\n"));
    let mut project = Project::new("N", sample::codebook());
    let fresh = Fresh { ids: &mut Uuid::now_v7, now: sample::NOW };
    let incoming = place(&project, path.as_ref(), draft, SpanOwner::Named, fresh).unwrap();
    let found: Vec<_> = incoming.problems.iter().map(|problem| (problem.line, &*problem.message)).collect();
    assert_eq!(
        found,
        [
            (Some(1), "“maybe” does not fit “conditional”, which takes yes or no; it was kept as a text"),
            (Some(2), "“A; B” does not fit “actor”, which takes one actor; it was kept as a text"),
        ]
    );
    project.apply(incoming.edit).unwrap();
    let layer = project.documents()[0].layers.values().next().unwrap();
    let dates = layer.spans().filter_map(|span| span.attributes.get(&AttributeId::new("due")));
    assert_eq!(dates.collect::<Vec<_>>(), [&Value::Date("2026-03".into())]);
}

fn jsonl(content: &str) -> (crate::annotations::Draft, &'static str) {
    let path = "in.jsonl";
    let input = Input::new(path.as_ref(), content.as_bytes().to_vec());
    (importer("jsonl").unwrap().read(&input).unwrap(), path)
}

#[test]
fn a_new_attribute_gets_a_kind_that_takes_all_its_values() {
    let cases = [
        (["true", "false"], AttributeKind::Flag, 0),
        (["true", r#""maybe""#], AttributeKind::Text, 0),
        ([r#""a""#, r#"["b","c"]"#], AttributeKind::Choices(["a", "b", "c"].map(Into::into).into()), 0),
        (["1", r#""many""#], AttributeKind::Text, 0),
    ];
    for (values, kind, problems) in cases {
        let span = |(at, value): (usize, &&str)| {
            format!(
                r#"{{"start":{at},"end":3,"category":"move","annotator":"ana","attributes":{{"x":{value}}}}}"#
            )
        };
        let spans: Vec<String> = values.iter().enumerate().map(span).collect();
        let (draft, path) = jsonl(&format!(r#"{{"text":"One two.","spans":[{}]}}"#, spans.join(",")));
        let project = Project::new("N", sample::codebook());
        let fresh = Fresh { ids: &mut Uuid::now_v7, now: sample::NOW };
        let incoming = place(&project, path.as_ref(), draft, SpanOwner::Named, fresh).unwrap();
        assert_eq!(incoming.problems.len(), problems, "{:?}", incoming.problems);
        let mut after = project.clone();
        after.apply(incoming.edit).unwrap();
        assert_eq!(after.codebook().attribute(&"x".into()).unwrap().kind, kind, "{values:?}");
        let spans = after.documents()[0].layers.values().flat_map(|layer| layer.spans());
        assert!(spans.into_iter().all(|span| after.wrong_values(&span.attributes).is_empty()), "{values:?}");
    }
}
