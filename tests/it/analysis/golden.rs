//! Golden values: those of an independent implementation, field by field.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use demarche::analysis::bargain::{Ledger, LedgerOptions, Moves, Reading};
use demarche::io::project::Folder;
use demarche::model::{Edit, Project, Relations, Visibility};
use serde_json::Value;

use super::json;
use crate::support::project::read_all;

/// The roles of the categories of the codebook of negotiation.
const ROLES: [(&str, &str); 9] = [
    ("demand", "demand"),
    ("offer", "offer"),
    ("concession", "concession"),
    ("commitment", "commitment"),
    ("threat", "threat"),
    ("rejection", "rejection"),
    ("acceptance", "acceptance"),
    ("withdrawal", "withdrawal"),
    ("justification", "reason"),
];

/// Collective actors that the projects do not declare.
const MEMBERS: [(&str, [&str; 2]); 2] = [
    ("United States and North Korea", ["United States", "North Korea"]),
    ("United States and South Korea", ["United States", "South Korea"]),
];

/// Gives the categories their roles, and collective actors their members, where the project has none.
fn with_roles_and_members(mut project: Project) -> Project {
    if !project.codebook().has_move_roles() {
        for (id, role) in ROLES {
            let Some(at) = project.codebook().position(&id.into()) else { continue };
            let mut category = (*project.codebook().categories[at]).clone();
            category.codes.insert("MOVE".into(), vec![role.into()]);
            let edit = Edit::SetCategory { id: id.into(), to: Some((at, Arc::new(category))) };
            project.apply(edit).unwrap();
        }
    }
    if !project.relations().is_empty() {
        return project;
    }
    let members = MEMBERS.map(|(name, members)| (name.to_owned(), members.map(str::to_owned).into()));
    project.with_relations(Relations { members: members.into(), ..Relations::default() })
}

fn figures(project: &Project, coder: &str) -> Value {
    let reading = Reading::of_coder(coder.into(), Visibility::default());
    let moves = Moves::of(project, &reading);
    json::all(project, &moves, &Ledger::of(&moves, LedgerOptions::default()))
}

/// Collects where `found` differs from `expected`, whose numbers are rounded to three digits. Fields that `expected` lacks
/// are not compared.
fn differences(path: &str, expected: &Value, found: &Value, out: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(fields), Value::Object(_)) => {
            for (name, value) in fields {
                differences(&format!("{path}.{name}"), value, &found[name], out);
            }
        }
        (Value::Array(values), Value::Array(others)) if values.len() == others.len() => {
            for (at, (value, other)) in values.iter().zip(others).enumerate() {
                differences(&format!("{path}[{at}]"), value, other, out);
            }
        }
        (Value::Number(value), Value::Number(other)) => {
            let distance = value.as_f64().unwrap() - other.as_f64().unwrap();
            if distance.abs() > 0.000_51 {
                out.push(format!("{path}: {value} expected, {other} found"));
            }
        }
        _ if expected == found => {}
        _ => out.push(format!("{path}: {expected} expected, {found} found")),
    }
}

fn check(name: &str, expected: &Value, found: &Value) {
    let mut out = Vec::new();
    differences(name, expected, found, &mut out);
    assert!(out.is_empty(), "{} differences:\n{}", out.len(), out.join("\n"));
}

fn parsed(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn the_sample_has_the_values_of_the_reference() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Folder::new(root.join("projects/halden-port-talks"));
    let project = read_all(&folder).unwrap().0;
    for coder in ["ana", "ben"] {
        let expected = parsed(&root.join(format!("tests/golden/analysis/halden-{coder}.json")));
        check(coder, &expected, &figures(&project, coder));
    }
}

/// Compares with the reference values of a project that is not part of the repository: `DEMARCHE_PAPERS` names its folder,
/// `DEMARCHE_PAPERS_GOLDEN` a folder with a file `CODER.json` for each coder.
#[test]
#[ignore = "needs a project that is not part of the repository"]
fn papers_have_the_values_of_the_reference() {
    let path = |name| std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set"));
    let folder = Folder::new(path("DEMARCHE_PAPERS"));
    let project = with_roles_and_members(read_all(&folder).unwrap().0);
    let mut coders = 0;
    for file in fs::read_dir(path("DEMARCHE_PAPERS_GOLDEN")).unwrap().flatten().map(|file| file.path()) {
        let coder = file.file_stem().unwrap().to_string_lossy().into_owned();
        check(&coder, &parsed(&file), &figures(&project, &coder));
        coders += 1;
    }
    assert!(coders > 0);
}
