//! Relations of actors and issues, roles and meanings in project.ron: reading, writing, damage, merges.

use std::fs;
use std::path::Path;

use demarche::io::ProblemKind;
use demarche::io::project::{Folder, Remedy, check, damage, merge_file, open, repair};
use demarche::model::{AttributeKind, Edit, EditError, Meaning, Relations};
use tempfile::TempDir;

use crate::support::project::*;

/// A copy of the project that was written in the third format.
fn kept() -> (TempDir, Folder) {
    let dir = tempfile::tempdir().expect("a folder");
    let root = dir.path().join("fees");
    copy_tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/formats/3"), &root);
    (dir, Folder::new(root))
}

fn project_ron(folder: &Folder) -> String {
    fs::read_to_string(folder.root().join("project.ron")).expect("a file")
}

#[test]
fn everything_is_read_and_written_as_it_was() {
    let (_dir, folder) = kept();
    assert_eq!(check(&folder).expect("checked"), []);
    let before = files(folder.root());
    let (project, problems) = read_all(&folder).expect("read");
    assert_eq!(problems, []);
    let relations = project.relations();
    assert_eq!(relations.expanded("Both parties"), ["Estmark", "Norvania"].into());
    assert_eq!(relations.party("Minister Osk"), "Estmark");
    assert!(relations.observers.contains("Orsa Institute"));
    assert!(relations.is_issue_within("berth fees", "transit fees"));
    let book = project.codebook();
    let [by, time, fee] = ["by", "time", "fee"].map(|id| book.attribute(&id.into()).expect("an attribute"));
    assert_eq!((&by.kind, by.means.as_slice()), (&AttributeKind::Actors, &[Meaning::Actor][..]));
    assert_eq!(time.means, [Meaning::Hypothetical("imagined".into()), Meaning::Past("past".into())]);
    assert_eq!(
        (fee.means.as_slice(), fee.unit.as_deref()),
        (&[Meaning::Position][..], Some("crowns a tonne"))
    );
    let answers = |id: &str| book.link_kind(&id.into()).expect("a kind").is_answer();
    assert!(answers("takes-back") && !answers("responds-to"));
    save_all(&folder, &project).expect("saved");
    assert_eq!(files(folder.root()), before);
}

#[test]
fn any_valid_layout_is_read() {
    let (_dir, folder) = kept();
    let expected = open(&folder).expect("opened").project;
    for (from, to) in [
        (
            "{\n        \"Both parties\": [\"Estmark\", \"Norvania\"],\n    }",
            "{\"Both parties\": [\"Estmark\", \"Norvania\"]}",
        ),
        ("persons: {\n", "persons:\n {\n // a comment\n"),
        ("observers: [\n        \"Orsa Institute\",\n    ]", "observers: [\"Orsa Institute\"]"),
    ] {
        edit(&folder, "project.ron", from, to);
        assert_eq!(open(&folder).expect("opened").project.relations(), expected.relations());
    }
    assert_eq!(check(&folder).expect("checked"), []);
    edit(&folder, "project.ron", "(\n    format: 3", "(\n\n    format: 3");
    assert_eq!(open(&folder).expect("opened").project.relations(), expected.relations());
}

#[test]
fn a_project_without_them_is_written_in_the_format_that_it_had() {
    let (_dir, folder) = kept();
    let (mut project, _) = read_all(&folder).expect("read");
    project.apply(Edit::SetRelations { to: Default::default() }).expect("set");
    for id in ["by", "time", "fee"] {
        project.apply(Edit::SetAttribute { id: id.into(), to: None }).expect("removed");
    }
    for id in ["takes-back", "responds-to"] {
        project.apply(Edit::SetLinkKind { id: id.into(), to: None }).expect("removed");
    }
    save_all(&folder, &project).expect("saved");
    let text = project_ron(&folder);
    assert!(text.starts_with("(\n    format: 2,\n"), "{text}");
    assert!(["members", "persons", "observers", "issues_below"].iter().all(|name| !text.contains(name)));
    for edit in [
        Edit::SetRelations {
            to: Relations { observers: ["Norvania".into()].into(), ..Relations::default() }.into(),
        },
        Edit::SetLinkKind {
            id: "x".into(),
            to: Some((
                0,
                demarche::model::LinkKind {
                    answers: Some(true),
                    ..demarche::model::LinkKind::new("x".into(), "x", "")
                }
                .into(),
            )),
        },
    ] {
        let undo = project.apply(edit).expect("applied").inverse;
        save_all(&folder, &project).expect("saved");
        assert!(project_ron(&folder).starts_with("(\n    format: 3,\n"));
        project.apply(undo).expect("undone");
    }
}

/// Breaks one thing, and expects problems of these kinds in these lines; nothing is lost when the project is saved.
fn reported(from: &str, to: &str, expected: &[(usize, ProblemKind)]) {
    let (_dir, folder) = kept();
    edit(&folder, "project.ron", from, to);
    let found: Vec<_> =
        check(&folder).expect("checked").into_iter().map(|p| (p.line.unwrap_or_default(), p.kind)).collect();
    assert_eq!(found, expected, "{to}");
    let before = project_ron(&folder);
    let (mut project, _) = read_all(&folder).expect("read");
    save_all(&folder, &project).expect("saved");
    assert_eq!(project_ron(&folder), before);
    // Another change is not refused because of it, and can be undone.
    let mut other = Relations::clone(project.relations());
    other.observers.insert("Norvania".into());
    let undo = project.apply(Edit::SetRelations { to: other.into() }).expect("applied").inverse;
    project.apply(undo).expect("undone");
}

#[test]
fn what_does_not_fit_is_reported_and_kept() {
    use ProblemKind::{
        DuplicateMeaning, MeaningMismatch, PersonWithMembers, RelationCycle, UnknownActor, UnknownIssue,
        UnknownRole,
    };
    reported("[\"Estmark\", \"Norvania\"]", "[\"Estmark\", \"Sudmark\"]", &[(19, UnknownActor)]);
    reported("\"Minister Osk\": \"Estmark\"", "\"Minister Bo\": \"Estmark\"", &[(22, UnknownActor)]);
    reported("[\n        \"Orsa Institute\"", "[\n        \"Orsa\"", &[(25, UnknownActor)]);
    reported("\"berth fees\": \"transit fees\"", "\"berth fees\": \"fees\"", &[(28, UnknownIssue)]);
    reported("\"berth fees\": \"transit fees\"", "\"berth fees\": \"berth fees\"", &[(28, RelationCycle)]);
    reported("\"Minister Osk\": \"Estmark\"", "\"Minister Osk\": \"Minister Osk\"", &[(22, RelationCycle)]);
    reported(
        "\"Minister Osk\": \"Estmark\"",
        "\"Both parties\": \"Minister Osk\"",
        &[(19, PersonWithMembers)],
    );
    reported("\"MOVE\": [\"demand\"]", "\"MOVE\": [\"Demand\"]", &[(31, UnknownRole)]);
    reported("means: [Position]", "means: [When]", &[(36, MeaningMismatch)]);
    reported("Hypothetical(\"imagined\")", "Hypothetical(\"dreamt\")", &[(35, MeaningMismatch)]);
    reported("kind: Number, means: [Position]", "kind: Actor, means: [Actor]", &[(36, DuplicateMeaning)]);
}

#[test]
fn an_entry_that_would_be_lost_keeps_the_project_from_being_opened_until_it_is_repaired() {
    for (from, to, line) in [
        ("[\"Estmark\", \"Norvania\"]", "\"Estmark\"", 19),
        ("\"Minister Osk\": \"Estmark\"", "\"Minister Osk\"", 22),
        (
            "\"Minister Osk\": \"Estmark\"",
            "\"Minister Osk\": \"Estmark\",\n        \"Minister Osk\": \"Norvania\"",
            23,
        ),
        ("\"berth fees\": \"transit fees\"", "\"berth fees\": \"transit fees", 28),
    ] {
        let (_dir, folder) = kept();
        edit(&folder, "project.ron", from, to);
        assert!(open(&folder).is_err(), "{to}");
        let found = damage(&folder).expect("damaged");
        assert_eq!(
            (found.problems.len(), found.problems[0].line, found.remedy),
            (1, Some(line), Remedy::Repair)
        );
        repair(&folder).expect("repaired");
        let project = open(&folder).expect("opened").project;
        assert_eq!(project.actors().len(), 5);
    }
    // Two entries in one line are read.
    let (_dir, folder) = kept();
    edit(&folder, "project.ron", "\"Estmark\",\n    },", "\"Estmark\", \"Estmark\": \"Norvania\",\n    },");
    assert_eq!(open(&folder).expect("opened").project.relations().persons.len(), 2);
    edit(&folder, "project.ron", "persons: {", "persons: [");
    assert!(open(&folder).is_err());
}

#[test]
fn changes_of_both_sides_are_merged_entry_by_entry() {
    let (_dir, folder) = kept();
    let base = project_ron(&folder);
    let merge = |ours: &str, theirs: &str| {
        merge_file(Path::new("project.ron"), base.as_bytes(), ours.as_bytes(), theirs.as_bytes())
            .expect("read")
    };
    let ours = base
        .replace(
            "\"Orsa Institute\",\n    ],\n    issues_below",
            "\"Orsa Institute\",\n        \"Norvania\",\n    ],\n    issues_below",
        )
        .replace("[\"Estmark\", \"Norvania\"]", "[\"Estmark\", \"Minister Osk\", \"Norvania\"]");
    let theirs = base
        .replace("    issues_below: {\n        \"berth fees\": \"transit fees\",\n    },\n", "")
        .replace("[\"Estmark\", \"Norvania\"]", "[\"Estmark\", \"Norvania\", \"Orsa Institute\"]");
    let merged = merge(&ours, &theirs);
    assert!(merged.conflicts.is_empty(), "{:?}", merged.conflicts);
    assert!(!merged.text.contains("issues_below"));
    assert!(merged.text.contains("[\"Estmark\", \"Minister Osk\", \"Norvania\", \"Orsa Institute\"]"));
    assert!(
        merged
            .text
            .contains("    observers: [\n        \"Norvania\",\n        \"Orsa Institute\",\n    ],\n")
    );
    // Two parties of one person are a conflict.
    let party =
        |name: &str| base.replace("\"Minister Osk\": \"Estmark\"", &format!("\"Minister Osk\": \"{name}\""));
    let merged = merge(&party("Norvania"), &party("Orsa Institute"));
    assert_eq!(merged.conflicts.len(), 1);
    assert!(merged.text.contains("<<<<<<< ours\n        \"Minister Osk\": \"Norvania\",\n======="));
    // So are a change of a person and their removal.
    let removed = base.replace("    persons: {\n        \"Minister Osk\": \"Estmark\",\n    },\n", "");
    assert_eq!(merge(&removed, &party("Norvania")).conflicts.len(), 1);
}

#[test]
fn a_merge_keeps_actors_that_are_related_and_makes_no_circle() {
    let (_dir, folder) = kept();
    let base = project_ron(&folder);
    let merged = |ours: &str, theirs: &str| {
        let merge = merge_file(Path::new("project.ron"), base.as_bytes(), ours.as_bytes(), theirs.as_bytes());
        fs::write(folder.root().join("project.ron"), merge.expect("read").text).expect("written");
        assert_eq!(check(&folder).expect("checked"), []);
        open(&folder).expect("opened").project
    };
    // One removes an issue, the other puts another below it.
    let ours = base
        .replace("        \"berth fees\",\n", "")
        .replace("    issues_below: {\n        \"berth fees\": \"transit fees\",\n    },\n", "");
    let theirs = base.replace("\"berth fees\": \"transit fees\"", "\"transit fees\": \"berth fees\"");
    assert_eq!(merged(&ours, &theirs).issues(), ["transit fees", "berth fees"]);
    // Each makes the other's actor a member.
    let member = |of: &str, member: &str| {
        base.replace("    members: {\n", &format!("    members: {{\n        \"{of}\": [\"{member}\"],\n"))
    };
    let project = merged(&member("Estmark", "Norvania"), &member("Norvania", "Estmark"));
    assert!(project.relations().has_members("Estmark") && !project.relations().has_members("Norvania"));
    // One makes an actor a person, the other a collective.
    let person =
        base.replace("    persons: {\n", "    persons: {\n        \"Norvania\": \"Orsa Institute\",\n");
    let project = merged(&member("Norvania", "Estmark"), &person);
    assert!(
        project.relations().has_members("Norvania") && !project.relations().persons.contains_key("Norvania")
    );
}

#[test]
fn a_meaning_that_does_not_fit_is_refused() {
    let (_dir, folder) = kept();
    let (mut project, _) = read_all(&folder).expect("read");
    let fee = project.codebook().attribute(&"fee".into()).expect("an attribute").clone();
    let text = demarche::model::AttributeDef { kind: AttributeKind::Text, ..(*fee).clone() };
    let edit = Edit::SetAttribute { id: "fee".into(), to: Some((2, text.clone().into())) };
    let refused = EditError::Meaning { name: "Fee".into(), meaning: Meaning::Position };
    assert_eq!(project.apply(edit), Err(refused));
    let plain = demarche::model::AttributeDef { means: Vec::new(), ..text };
    project.apply(Edit::SetAttribute { id: "fee".into(), to: Some((2, plain.into())) }).expect("applied");
}
