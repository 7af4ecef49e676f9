//! The start page, and the line over the sample project.

use std::path::{Path, PathBuf};

use demarche::io::settings::{RecentProject, Settings};
use demarche::session::{NavigateAction, Session, TextSelection};
use demarche::ui::commands::CommandId;
use demarche::ui::words::start;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::session::{clock, sample_copy, small};
use crate::support::window::Window;

fn recent(path: &Path, name: &str, opened_s: Option<i64>) -> RecentProject {
    RecentProject { path: path.to_owned(), name: name.to_owned(), opened_s }
}

/// The start page with two projects of which the second is missing.
fn start_page() -> (tempfile::TempDir, PathBuf, Window) {
    let (dir, root) = small(&["We demand an answer."]);
    let gone = dir.path().join("gone");
    let projects = vec![recent(&root, "Small", Some(1_800_000_000)), recent(&gone, "", None)];
    let settings = Settings { recent: projects, ..Settings::default() };
    let mut window = Window::at_start(settings);
    window.wait("the missing project is known", |window| window.says(start::missing()));
    (dir, root, window)
}

/// The labels of the buttons, from top to bottom.
fn buttons(window: &Window) -> Vec<String> {
    let found = window.harness.query_all_by_role(Role::Button);
    found.filter_map(|button| button.accesskit_node().label()).collect()
}

fn focused(window: &Window) -> Option<String> {
    let node = window.harness.query_all_by(|node| node.is_focused()).next()?;
    node.accesskit_node().label()
}

#[test]
fn the_first_start_says_what_can_be_done() {
    let window = Window::at_start(Settings::default());
    let commands = [
        CommandId::NewFromFiles,
        CommandId::NewProject,
        CommandId::OpenProject,
        CommandId::OpenPacket,
        CommandId::OpenSample,
    ];
    assert_eq!(buttons(&window), commands.map(|id| id.command().name));
    assert_eq!(focused(&window).as_deref(), Some(CommandId::NewFromFiles.command().name));
    assert!(window.says("No projects yet"));
}

#[test]
fn enter_opens_the_last_project_and_closing_it_leads_back() {
    let (_dir, root, mut window) = start_page();
    assert!(window.says("Small") && window.says(&root.display().to_string()));
    assert!(focused(&window).is_some_and(|label| label.starts_with("Small, ")), "{:?}", focused(&window));
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.session().folder().root(), root);
    window.command(CommandId::CloseProject);
    assert!(!window.has_project());
    assert!(window.says("Recent projects") && window.says("Small, "));
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.session().folder().root(), root);
}

#[test]
fn the_keyboard_reaches_everything() {
    let (_dir, _root, mut window) = start_page();
    window.press(Modifiers::NONE, Key::ArrowDown);
    assert!(focused(&window).is_some_and(|label| label.starts_with("gone, ")), "{:?}", focused(&window));
    window.press(Modifiers::NONE, Key::Enter);
    assert!(!window.has_project(), "a missing project does not open");
    window.press(Modifiers::NONE, Key::Delete);
    assert!(!window.says("gone") && window.says("Small"));
    let mut reached = Vec::new();
    for _ in 0..8 {
        window.press(Modifiers::NONE, Key::Tab);
        reached.extend(focused(&window));
    }
    for button in buttons(&window) {
        assert!(reached.contains(&button), "{button}: {reached:?}");
    }
}

#[test]
fn a_missing_project_can_be_removed_from_the_list() {
    let (_dir, _root, mut window) = start_page();
    window.click("Remove from list: gone");
    assert!(!window.says("gone") && window.says("Small"));
}

#[test]
fn a_project_that_can_not_be_opened_stays_on_the_page_with_the_reason() {
    let (dir, root, mut window) = start_page();
    std::fs::write(root.join("project.ron"), "(format: 9999)").unwrap();
    window.press(Modifiers::NONE, Key::Enter);
    assert!(!window.has_project() && window.says("Not opened"));
    drop(dir);
}

#[test]
fn files_dropped_on_the_page_go_into_a_new_project_of_the_user() {
    let (dir, _root, mut window) = start_page();
    let file = dir.path().join("briefing.txt");
    std::fs::write(&file, "The minister regrets it.\n").unwrap();
    window.drop_file(&file);
    assert!(window.says("briefing.txt will be imported.") && window.says("Your name"));
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!window.says("Your name") && window.says("Recent projects"));
}

/// A window on a working copy of the sample.
fn sample() -> (tempfile::TempDir, Window) {
    let dir = tempfile::tempdir().unwrap();
    let (_, env) = clock();
    let session = Session::open_sample(&dir.path().join("sample"), env).unwrap();
    (dir, Window::with(session))
}

#[test]
fn a_line_says_that_this_is_the_sample_until_it_is_dismissed() {
    let (_dir, mut window) = sample();
    assert!(window.says("Sample project: you are Ana Reyes."));
    // Scrolled: at its start, the text follows the upper edge.
    let middle = window.session().document().unwrap().text.as_ref().unwrap().len() / 2;
    window.perform(NavigateAction::SelectText(TextSelection::caret(middle)));
    window.press(Modifiers::NONE, Key::ArrowRight);
    let place = |window: &Window| {
        let block = window.harness.query_all_by_role(Role::Paragraph).nth(2).unwrap();
        (block.accesskit_node().value(), block.rect().top())
    };
    let before = place(&window);
    window.click("Dismiss");
    assert!(!window.says("Sample project: you are"));
    let blocks = window.harness.query_all_by_role(Role::Paragraph);
    let after = blocks.map(|block| (block.accesskit_node().value(), block.rect().top()));
    let after = after.into_iter().find(|(value, _)| *value == before.0).unwrap();
    assert!((after.1 - before.1).abs() < 1.5, "{before:?} {after:?}");
    let (_dir, root) = sample_copy();
    let other = Window::on(&root);
    assert!(!other.says("Sample project: you are"), "only over the working copy");
}

#[test]
fn the_line_leads_to_a_project_of_ones_own() {
    let (_dir, mut window) = sample();
    let link = window.harness.query_by_role_and_label(Role::Link, "Start your own…");
    assert!(link.is_some(), "{:?}", window.labels());
    window.click("Start your own…");
    window.wait("files are asked for", |window| window.says("Choose the texts of the new project"));
}

#[test]
fn a_name_is_suggested_once_it_is_known() {
    let settings = Settings { my_name: Some("Zoë Li".to_owned()), ..Settings::default() };
    let mut window = Window::at_start(settings);
    window.command(CommandId::NewProject);
    assert!(window.labels().iter().any(|label| label == "Zoë Li"), "{:?}", window.labels());
}

/// The first paragraph that is seen completely, and its upper edge.
fn first_whole_paragraph(window: &Window) -> (String, f32) {
    let blocks = window.harness.query_all_by_role(Role::Paragraph);
    let mut seen: Vec<(f32, String)> = blocks
        .filter_map(|block| Some((block.rect().top(), block.accesskit_node().value()?)))
        .filter(|(top, _)| *top > 130.0)
        .collect();
    seen.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let (top, text) = seen.into_iter().next().unwrap();
    (text, top)
}

#[test]
fn a_document_is_shown_from_the_same_line_when_it_is_opened_again() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.perform(NavigateAction::OpenDocument("d003".into()));
    window.wait("the document is read", |window| window.session().document().is_some_and(|d| d.is_loaded()));
    let end = window.session().document().unwrap().text.as_ref().unwrap().len() - 20;
    window.perform(NavigateAction::SelectText(TextSelection::caret(end)));
    window.press(Modifiers::NONE, Key::ArrowRight);
    let before = first_whole_paragraph(&window);
    window.session().save_local_state();
    drop(window);
    let window = Window::on(&root);
    assert_eq!(window.session().view_state().document, Some("d003".into()));
    assert_eq!(window.session().text_selection().head, end + 1);
    let after = first_whole_paragraph(&window);
    assert_eq!(after.0, before.0);
    assert!((after.1 - before.1).abs() < 26.0, "{before:?} {after:?}");
}
