//! Roles, relations and the second edition of the codebook in the window.

use demarche::io::project::{Folder, create, editions};
use demarche::model::{Annotator, AttributeKind, Colour, Meaning, MoveRole, OwnRole, Project};
use demarche::ui::words::{attribute, common, relations as relation_words, roles as words};
use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tempfile::TempDir;

use crate::support::session::{CommandId, steps, works_here};
use crate::support::window::{CTRL, Window};

/// A project with the first edition of the codebook of negotiation, in which Ana works.
fn first_edition() -> (TempDir, Window) {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("talks");
    let (first, _) = editions().unwrap();
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let people = vec![Annotator::new("ana".into(), "Ana", Colour::nth(0))];
    let actors = names(&["Both", "Estmark", "Norvania"]);
    let issues = names(&["berths", "fees"]);
    let project =
        Project::assemble("Talks".to_owned(), people, actors, issues, first.codebook.clone(), vec![]);
    create(&Folder::new(&root), &project).unwrap();
    works_here(&root, "ana");
    (dir, Window::on(&root))
}

/// Clicks on the topmost thing of this name that can be clicked.
#[track_caller]
fn click(window: &mut Window, name: &str) {
    let clickable = [Role::Button, Role::ComboBox, Role::CheckBox];
    let found = window
        .harness
        .query_all_by_label(name)
        .rfind(|node| clickable.contains(&node.accesskit_node().role()));
    let at = found.unwrap_or_else(|| panic!("{name} in {:?}", window.labels())).rect().center();
    window.click_at(at);
}

#[test]
fn proposed_roles_are_set_in_one_step_and_one_that_is_changed_counts() {
    let (_dir, mut window) = first_edition();
    let before = window.session().project().codebook().clone();
    window.command(CommandId::SetRoles);
    assert!(window.says(words::title()) && window.says(&words::changes(8)), "{:?}", window.labels());
    click(&mut window, &words::role_of("Threat"));
    click(&mut window, words::no_role());
    click(&mut window, words::confirm());
    let codebook = window.session().project().codebook();
    let role = |id: &str| codebook.category(&id.into()).unwrap().own_role();
    assert_eq!(role("demand"), OwnRole::Role(MoveRole::Demand));
    assert_eq!((role("threat"), steps(window.session())), (OwnRole::NoRole, 1));
    window.press(CTRL, Key::Z);
    assert_eq!(window.session().project().codebook(), &before);
}

#[test]
fn the_second_edition_is_adopted_without_what_is_not_ticked() {
    let (_dir, mut window) = first_edition();
    window.command(CommandId::AdoptEdition);
    assert!(window.says(words::adopt_intro()), "{:?}", window.labels());
    click(&mut window, "Category Withdrawal: added");
    click(&mut window, words::adopt_confirm());
    let codebook = window.session().project().codebook();
    assert_eq!(codebook.attribute(&"actor".into()).unwrap().kind, AttributeKind::Actors);
    assert!(codebook.category(&"withdrawal".into()).is_none() && codebook.has_move_roles());
    assert_eq!(steps(window.session()), 1);
}

#[test]
fn relations_are_chosen_for_each_actor_and_issue() {
    let (_dir, mut window) = first_edition();
    window.command(CommandId::Relations);
    click(&mut window, &relation_words::kind_of("Both"));
    click(&mut window, relation_words::collective());
    click(&mut window, "Estmark");
    click(&mut window, &relation_words::below("berths"));
    click(&mut window, "fees");
    click(&mut window, relation_words::confirm());
    let relations = window.session().project().relations();
    assert_eq!(relations.issues_below["berths"], "fees");
    assert!(relations.has_members("Both"), "{relations:?}");
    assert_eq!(steps(window.session()), 1);
    window.press(CTRL, Key::Z);
    assert!(window.session().project().relations().is_empty());
}

#[test]
fn the_editor_sets_a_role_and_a_meaning() {
    let (_dir, mut window) = first_edition();
    window.command(CommandId::EditCodebook);
    click(&mut window, "Demand");
    click(&mut window, words::role());
    click(&mut window, words::name(MoveRole::Concession));
    window.press(egui::Modifiers::NONE, Key::Escape);
    let codebook = window.session().project().codebook();
    assert_eq!(codebook.move_role(&"demand".into()), Some(MoveRole::Concession));
    window.command(CommandId::EditCodebook);
    click(&mut window, demarche::ui::words::codebook_editor::attributes());
    click(&mut window, "Actor");
    click(&mut window, attribute::meaning_name(&Meaning::Speaker));
    window.press(egui::Modifiers::NONE, Key::Escape);
    let codebook = window.session().project().codebook();
    assert_eq!(codebook.attribute(&"actor".into()).unwrap().means, [Meaning::Speaker]);
    assert!(!window.says(common::definition()));
}
