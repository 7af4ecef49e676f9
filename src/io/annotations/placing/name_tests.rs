//! Names that the project lacks: what is found, and what comes of each choice.

use uuid::Uuid;

use super::{Fresh, Incoming, NameChoice, NameChoices, NameKind, Naming, SpanOwner, place_named};
use crate::annotations::{Input, importer};
use crate::export::sample;
use demarche_model::{AttributeDef, AttributeKind, Edit, Project, Value};

/// Two passages that a link joins; the second has a new category, kind of link, attribute and actor.
const FILE: &str = r#"{"id":"a","text":"One two.","spans":[
{"id":"s1","start":0,"end":3,"category":"threat","annotator":"ana"},
{"id":"s2","start":4,"end":7,"category":"threaat","annotator":"ana","attributes":{"actor":"Norvannia","wieght":2}},
{"id":"s3","start":0,"end":7,"category":"threat","annotator":"ana","attributes":{"actor":"Norvannia"}}],
"links":[{"kind":"responds to","from":"s1","to":"s3"},{"kind":"reponds-to","from":"s1","to":"s3"},{"kind":"responds-to","from":"s1","to":"s2"}]}"#;

fn project() -> Project {
    let mut project = Project::new("N", sample::codebook());
    project.apply(Edit::SetActors { to: vec!["Norvania".to_owned()] }).unwrap();
    project
}

fn import(project: &mut Project, choices: &NameChoices) -> Incoming {
    import_file(FILE, project, choices)
}

fn import_file(file: &str, project: &mut Project, choices: &NameChoices) -> Incoming {
    let bytes = file.replace('\n', "").into_bytes();
    let draft = importer("jsonl").unwrap().read(&Input::new("in.jsonl".as_ref(), bytes)).unwrap();
    let fresh = Fresh { ids: &mut Uuid::now_v7, now: sample::NOW };
    let naming = Naming { choices: Some(choices), ..Naming::default() };
    let drafts = vec![("in.jsonl".into(), draft)];
    let incoming = place_named(project, drafts, SpanOwner::Named, naming, fresh).unwrap();
    assert_eq!(incoming.problems, []);
    project.apply(incoming.edit.clone()).unwrap();
    incoming
}

fn losses(incoming: &Incoming) -> Vec<String> {
    incoming.losses.iter().map(crate::Loss::short).collect()
}

#[test]
fn names_that_the_project_lacks_are_found_with_the_nearest() {
    let mut project = project();
    let before = project.clone();
    let incoming = import(&mut project, &NameChoices::default());
    let unknown = incoming.unknown.finish(&before);
    let found: Vec<_> = unknown
        .iter()
        .map(|name| {
            let nearest = name.nearest.as_ref().map(|(id, _)| id.as_str());
            (name.kind, name.name.as_str(), name.line, name.uses, nearest)
        })
        .collect();
    assert_eq!(
        found,
        [
            (NameKind::Category, "threaat", Some(1), 1, Some("threat")),
            (NameKind::LinkKind, "reponds-to", Some(1), 1, Some("responds-to")),
            (NameKind::Attribute, "wieght", Some(1), 1, Some("weight")),
            (NameKind::Actor, "Norvannia", Some(1), 2, Some("Norvania")),
        ]
    );
    assert_eq!((incoming.spans, incoming.links), (3, 3));
    assert_eq!(project.actors(), ["Norvania", "Norvannia"]);
}

#[test]
fn what_is_mapped_is_not_added() {
    let mut choices = NameChoices::default();
    for (kind, name, to) in [
        (NameKind::Category, "threaat", "threat"),
        (NameKind::LinkKind, "reponds-to", "responds-to"),
        (NameKind::Attribute, "wieght", "weight"),
        (NameKind::Actor, "Norvannia", "Norvania"),
    ] {
        choices.set(kind, name, NameChoice::Map(to.to_owned()));
    }
    let mut project = project();
    let incoming = import(&mut project, &choices);
    assert_eq!(incoming.additions.categories, []);
    assert_eq!(incoming.additions.link_kinds, []);
    assert_eq!(incoming.additions.attributes, []);
    assert!(incoming.additions.actors.is_empty());
    // Two of the links are the same now.
    assert_eq!((incoming.spans, incoming.links, losses(&incoming).len()), (3, 2, 0));
    let layer = project.documents()[0].layers.values().next().unwrap();
    assert!(layer.spans().all(|span| span.category.as_str() == "threat"));
    let two = layer.spans().find(|span| span.attributes.contains_key(&"weight".into())).unwrap();
    assert_eq!(two.attributes.get(&"weight".into()).unwrap(), &Value::Number(2.0));
    assert_eq!(two.attributes.get(&"actor".into()).unwrap(), &Value::Choice("Norvania".into()));
}

#[test]
fn what_is_left_out_is_counted() {
    let mut choices = NameChoices::default();
    for (kind, name) in [
        (NameKind::Category, "threaat"),
        (NameKind::LinkKind, "reponds-to"),
        (NameKind::Attribute, "wieght"),
        (NameKind::Actor, "Norvannia"),
    ] {
        choices.set(kind, name, NameChoice::LeaveOut);
    }
    let mut project = project();
    let incoming = import(&mut project, &choices);
    assert_eq!((incoming.spans, incoming.links), (2, 1));
    // The passage of the category takes its own values along.
    assert_eq!(losses(&incoming), ["1 LeftOutPassages", "2 LeftOutLinks", "1 LeftOutValues"]);
    assert_eq!(project.codebook(), &std::sync::Arc::new(sample::codebook()));
    assert_eq!(project.actors(), ["Norvania"]);
}

#[test]
fn each_of_several_actors_is_added_mapped_or_left_out() {
    let file = r#"{"id":"a","text":"One two.","spans":[{"id":"s1","start":0,"end":3,"category":"threat",
"annotator":"ana","attributes":{"parties":["Norvania","Norvannia"]}}]}"#;
    let value = |choice: Option<NameChoice>| {
        let mut project = project();
        let kind = AttributeDef::new("parties".into(), "Parties", AttributeKind::Actors);
        project.apply(Edit::SetAttribute { id: "parties".into(), to: Some((0, kind.into())) }).unwrap();
        let mut choices = NameChoices::default();
        choice.into_iter().for_each(|choice| choices.set(NameKind::Actor, "Norvannia", choice));
        let incoming = import_file(file, &mut project, &choices);
        let layer = project.documents()[0].layers.values().next().unwrap();
        let value = layer.spans().next().unwrap().attributes.get(&"parties".into()).unwrap().to_string();
        (value, project.actors().len(), losses(&incoming).join(", "))
    };
    assert_eq!(value(None), ("Norvania, Norvannia".to_owned(), 2, String::new()));
    let mapped = value(Some(NameChoice::Map("Norvania".to_owned())));
    assert_eq!(mapped, ("Norvania".to_owned(), 1, String::new()));
    let left_out = value(Some(NameChoice::LeaveOut));
    assert_eq!(left_out, ("Norvania".to_owned(), 1, "1 LeftOutValues".to_owned()));
}

#[test]
fn annotators_are_found_again_by_any_name() {
    let names = [
        "nul",
        "con",
        "consensus-2",
        "Ana",
        "ana",
        "лена",
        "lena",
        "zoë",
        "Zoë",
        "x1",
        "🦀",
        "陈伟",
        "person",
    ];
    let span = |name: &&str| format!(r#"{{"start":0,"end":3,"category":"threat","annotator":"{name}"}}"#);
    let spans = names.iter().map(span).collect::<Vec<_>>().join(",");
    let file = format!(r#"{{"id":"a","text":"One two.","spans":[{spans}]}}"#);
    let mut project = project();
    let before = project.annotators().len();
    for people in [names.len(), 0] {
        let input = Input::new("in.jsonl".as_ref(), file.clone().into_bytes());
        let draft = importer("jsonl").unwrap().read(&input).unwrap();
        let fresh = Fresh { ids: &mut Uuid::now_v7, now: sample::NOW };
        let drafts = vec![("in.jsonl".into(), draft)];
        let incoming = place_named(&project, drafts, SpanOwner::Named, Naming::default(), fresh).unwrap();
        assert_eq!(incoming.additions.annotators.len(), people);
        project.apply(incoming.edit).unwrap();
    }
    assert_eq!(project.annotators().len(), before + names.len());
}
