//! Damage of codebooks in project.ron: keys, parents, old ids and values.

use demarche::io::project::open;
use demarche::model::LayerId;

use crate::support::project::*;

use super::damage::{LAYER, damage, found, whole};

#[test]
fn two_categories_with_one_key_are_reported() {
    damage(
        "project.ron",
        "retired: true),\n",
        "retired: true),\n        (id: \"plea\", name: \"Plea\", colour: \"#000000\", hotkey: \"1\"),\n",
        "project.ron:18 hotkey-clash",
        "the key 1 of “Plea” is already that of “Demand”",
    );
}

#[test]
fn two_attributes_with_one_key_are_reported() {
    damage(
        "project.ron",
        "kind: Actor)",
        "kind: Actor, hotkey: \"t\")",
        "project.ron:22 hotkey-clash",
        "the key t of “actor” is already that of “tone”",
    );
}

#[test]
fn a_category_under_one_that_is_not_there_is_reported() {
    damage(
        "project.ron",
        "parent: \"demand\"",
        "parent: \"plea\"",
        "project.ron:17 unknown-category",
        "the parent `plea` of “Threat” is not a category",
    );
}

/// Adds aliases to the project's file, and expects one problem with them.
fn damage_aliases(aliases: &[&str], place: &str, message: &str) {
    let lines: String = aliases.iter().map(|alias| format!("        {alias},\n")).collect();
    let to = format!("    aliases: [\n{lines}    ],\n    documents: [");
    damage("project.ron", "    documents: [", &to, place, message);
}

#[test]
fn an_old_id_that_leads_nowhere_is_reported() {
    damage_aliases(
        &["(from: \"plea\", to: \"nowhere\")"],
        "project.ron:33 unknown-category",
        "the old id `plea` leads to `nowhere`, which is not a category",
    );
}

#[test]
fn an_alias_that_cannot_be_read_would_be_lost_and_the_project_is_not_opened() {
    let (_dir, folder) = whole();
    let aliases = "    aliases: [\n        (from: \"plea\"),\n    ],\n    documents: [";
    edit(&folder, "project.ron", "    documents: [", aliases);
    assert_eq!(found(&folder)[0].0, "project.ron:33 malformed");
    assert!(open(&folder).expect_err("refused").to_string().ends_with("project.ron:33"));
}

#[test]
fn an_old_id_that_is_a_category_still_is_reported() {
    damage_aliases(
        &["(from: \"threat\", to: \"demand\")"],
        "project.ron:33 alias-clash",
        "`threat` is both a category and an old id of `demand`",
    );
}

#[test]
fn old_ids_that_go_in_a_circle_are_reported() {
    damage_aliases(
        &["(from: \"plea\", to: \"plea\")"],
        "project.ron:33 alias-cycle",
        "the old id `plea` leads back to itself",
    );
}

#[test]
fn a_span_with_an_old_id_is_no_problem_and_is_read_as_what_it_is_now() {
    let (_dir, folder) = whole();
    let aliases = "    aliases: [\n        (from: \"begging\", to: \"plea\"),\n        (from: \"plea\", to: \"threat\"),\n    ],\n";
    edit(&folder, "project.ron", "    documents: [", &format!("{aliases}    documents: ["));
    edit(&folder, LAYER, "category: \"demand\"", "category: \"begging\"");
    assert_eq!(found(&folder), []);
    let before = files(folder.root());
    let (project, problems) = read_all(&folder).expect("opened");
    assert_eq!(problems, []);
    let layer = project.layer(&LayerId::new(&"d001".into(), &"ana".into())).expect("there").clone();
    let categories: Vec<&str> = layer.spans().map(|span| span.category.as_str()).collect();
    assert!(categories.contains(&"threat") && !categories.contains(&"begging"), "{categories:?}");
    save_all(&folder, &project).expect("saved");
    let after = files(folder.root());
    assert_eq!(after["project.ron"], before["project.ron"], "old ids stay as they are");
    assert_eq!(after[LAYER], before[LAYER].replace("begging", "threat"), "what is saved has today's id");
}

#[test]
fn categories_under_themselves_are_reported_once() {
    damage(
        "project.ron",
        "hotkey: \"1\")",
        "hotkey: \"1\", parent: \"threat\")",
        "project.ron:16 parent-cycle",
        "`demand` under `threat` under `demand`",
    );
    damage(
        "project.ron",
        "parent: \"demand\"",
        "parent: \"threat\"",
        "project.ron:17 parent-cycle",
        "`threat`",
    );
}

#[test]
fn values_that_are_no_choice_are_reported() {
    damage(
        LAYER,
        "Choice(\"sharp\")",
        "Choice(\"loud\")",
        "layers/ana/d001.ron:7 attribute-value",
        "“loud” is not a choice of “tone”",
    );
    damage(
        LAYER,
        "Choices([\"fee\", \"port\"])",
        "Choices([\"fee\", \"sea\", \"sun\"])",
        "layers/ana/d001.ron:7 attribute-value",
        "“sea”, “sun” are not choices of “means”",
    );
    damage(
        LAYER,
        "Choice(\"sharp\")",
        "Flag(true)",
        "layers/ana/d001.ron:7 attribute-value",
        "“yes” does not fit “tone”",
    );
    damage(
        "project.ron",
        "default: Choice(\"calm\")",
        "default: Choice(\"loud\")",
        "project.ron:20 attribute-value",
        "the default “loud” of “tone”",
    );
}
