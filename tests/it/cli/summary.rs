//! The layers of `demarche summary`: who has done what, and what is assigned.

use demarche::model::{Annotator, DocumentId, Edit, LayerId, Project, Role, Status};
use serde_json::Value;

use crate::support::cli::demarche;
use crate::support::talks::{said, talks, written};

/// A project of two documents: Ana is done with the first and has opened the second, Ben has this role and has not tagged.
fn project(role: Role) -> Project {
    let mut project = talks(&[(None, vec![said("demand", &[(0, 4)], "A", "B")]), (None, vec![])]);
    let layer = LayerId::new(&DocumentId::new("d001"), &"ana".into());
    project.apply(Edit::SetStatus { layer, to: Status::Done }).unwrap();
    let ben = Annotator { role, ..project.annotator(&"ben".into()).unwrap().clone() };
    project.apply(Edit::SetAnnotator { id: "ben".into(), to: Some((1, ben)) }).unwrap();
    project
}

#[test]
fn json_has_a_row_for_each_coder_and_document() {
    let layers = |project: &Project| -> Value {
        let (dir, _root) = written(project);
        let (code, out, err) = demarche(&["summary", "talks", "--json"], dir.path());
        assert_eq!(code, 0, "{err}");
        serde_json::from_str::<Value>(&out).unwrap()["layers"].clone()
    };
    let found = layers(&project(Role::Annotator));
    let row = |document: &str, annotator: &str, status: &str, spans: usize, changed: Value| {
        serde_json::json!({"document": document, "annotator": annotator, "status": status, "assigned": true,
            "spans": spans, "last_change": changed})
    };
    let changed = found[0]["last_change"].clone();
    assert!(changed.as_str().unwrap().ends_with('Z'), "{changed}");
    let wanted = serde_json::json!([
        row("d001", "ana", "done", 1, changed),
        row("d001", "ben", "new", 0, Value::Null),
        row("d002", "ana", "in_progress", 0, Value::Null),
        row("d002", "ben", "new", 0, Value::Null),
    ]);
    assert_eq!(found, wanted);
    // A reviewer who has not tagged has nothing to do.
    let layers = layers(&project(Role::Reviewer));
    let owners: Vec<&str> =
        layers.as_array().unwrap().iter().map(|row| row["annotator"].as_str().unwrap()).collect();
    assert_eq!(owners, ["ana", "ana"]);
}

#[test]
fn text_says_how_many_documents_each_has_finished() {
    let (dir, _root) = written(&project(Role::Annotator));
    let (code, out, err) = demarche(&["summary", "talks"], dir.path());
    assert_eq!(code, 0, "{err}");
    let line = |name: &str| out.lines().find(|line| line.trim_start().starts_with(name)).unwrap().to_owned();
    assert!(line("Ana").ends_with("1 of 2 documents done"), "{out}");
    assert!(line("Ben").ends_with("0 of 2 documents done"), "{out}");
}
