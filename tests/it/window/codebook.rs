//! What a person does with the codebook in the window.

use demarche::io::codebook;
use demarche::model::{AttributeKind, Category, CategoryId, Codebook};
use demarche::ui::words::{attribute, categories as words, codebook_editor as editor_words, common};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2};
use egui_kittest::kittest::Queryable as _;

use crate::support::session::{sample_copy, steps};
use crate::support::window::{CTRL, Window};

/// The sample project with the codebook editor open.
fn editor() -> (tempfile::TempDir, Window) {
    let (dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.press(CTRL | Modifiers::SHIFT, Key::K);
    assert!(window.says(editor_words::lists()), "the editor is open");
    (dir, window)
}

fn book(window: &Window) -> &Codebook {
    window.session().project().codebook()
}

fn category<'a>(window: &'a Window, id: &str) -> &'a Category {
    book(window).category(&id.into()).unwrap_or_else(|| panic!("there is a category {id}"))
}

fn place(window: &Window, fits: impl Fn(Role, Option<String>) -> bool, what: &str) -> Pos2 {
    // What is shown last lies on top.
    let found = window.harness.query_all_by(|node| fits(node.role(), node.label())).last();
    found.unwrap_or_else(|| panic!("{what} is shown:\n{}", window.labels().join("\n"))).rect().center()
}

/// Clicks on the topmost thing of this name that can be clicked.
#[track_caller]
fn click(window: &mut Window, name: &str) {
    let clickable = [Role::Button, Role::ComboBox, Role::CheckBox, Role::RadioButton];
    let fits = |role, label: Option<String>| clickable.contains(&role) && label.as_deref() == Some(name);
    let at = place(window, fits, name);
    window.click_at(at);
}

/// Gives a field the keyboard.
#[track_caller]
fn field(window: &mut Window, name: &str) {
    let texts = [Role::TextInput, Role::MultilineTextInput];
    let fits = |role, label: Option<String>| texts.contains(&role) && label.as_deref() == Some(name);
    let at = place(window, fits, name);
    window.click_at(at);
}

/// Writes a field anew and leaves it.
fn rewrite(window: &mut Window, words: &str) {
    window.press(CTRL, Key::A);
    window.type_text(words);
    window.press(Modifiers::NONE, Key::Tab);
}

/// How many passages have this category, whoever tagged them.
fn tagged(window: &Window, id: &str) -> usize {
    window.session().impact(&[CategoryId::from(id)]).spans
}

/// The number of the user's passages of this category.
fn own(window: &Window, id: &str) -> usize {
    let impact = window.session().impact(&[CategoryId::from(id)]);
    let mine = impact.annotators.iter().filter(|(annotator, _)| annotator == window.session().me());
    mine.map(|(_, spans)| spans).sum()
}

#[test]
fn two_categories_are_merged_after_saying_what_that_touches_and_undo_brings_both_back() {
    let (_dir, mut window) = editor();
    let (threats, rejections) = (tagged(&window, "threat"), tagged(&window, "rejection"));
    let before = steps(window.session());
    click(&mut window, "Threat");
    click(&mut window, words::merge_into());
    click(&mut window, words::merge_target_menu());
    click(&mut window, "Rejection");
    assert!(window.says(&words::becomes(&["Threat"], "Rejection")));
    assert!(window.says(&format!("{threats} passages in ")), "{:?}", window.labels());
    let impact = window.session().impact(&["threat".into()]);
    let others = impact.annotators.iter().map(|(id, _)| id).filter(|id| *id != window.session().me());
    let others: Vec<&str> = others.map(|id| window.session().project().name_of(id)).collect();
    assert!(window.says(&words::others_unchanged(&others).unwrap()), "{:?}", window.labels());
    click(&mut window, words::merge_confirm());
    assert_eq!(tagged(&window, "rejection"), threats + rejections);
    assert!(book(&window).category(&"threat".into()).is_none());
    assert_eq!(steps(window.session()), before + 1, "one step");
    window.press(CTRL, Key::Z);
    assert_eq!((tagged(&window, "threat"), tagged(&window, "rejection")), (threats, rejections));
    assert!(window.says(editor_words::lists()), "the editor is still open");
}

#[test]
fn a_category_is_added_and_renamed_each_in_one_step() {
    let (_dir, mut window) = editor();
    let before = steps(window.session());
    click(&mut window, words::new());
    "Linkage".chars().for_each(|sign| window.type_text(&sign.to_string()));
    assert_eq!(steps(window.session()), before, "typing changes nothing yet");
    click(&mut window, words::add());
    assert_eq!(category(&window, "linkage").name, "Linkage");
    window.press(Modifiers::NONE, Key::F2);
    window.press(CTRL, Key::A);
    "Issue linkage".chars().for_each(|sign| window.type_text(&sign.to_string()));
    assert_eq!(steps(window.session()), before + 1, "typing changes nothing yet");
    window.press(Modifiers::NONE, Key::Tab);
    assert_eq!(category(&window, "linkage").name, "Issue linkage");
    assert_eq!(steps(window.session()), before + 2);
    assert!(window.session().undo_stack().undo_label().unwrap().contains("rename Linkage to Issue linkage"));
}

#[test]
fn what_is_typed_is_taken_also_when_another_category_is_chosen_or_the_editor_closed() {
    let (_dir, mut window) = editor();
    click(&mut window, "Offer");
    field(&mut window, common::name());
    window.press(CTRL, Key::A);
    window.type_text("Proposal");
    click(&mut window, "Concession");
    assert_eq!(category(&window, "offer").name, "Proposal");
    assert_eq!(category(&window, "concession").name, "Concession");
    field(&mut window, common::definition());
    rewrite(&mut window, "Gives way.");
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(category(&window, "concession").definition, "Gives way.");
}

#[test]
fn a_key_that_is_taken_is_said_at_once_and_can_be_taken_over() {
    let (_dir, mut window) = editor();
    let key = category(&window, "threat").hotkey.unwrap();
    click(&mut window, "Offer");
    field(&mut window, words::key());
    rewrite(&mut window, &key.to_string());
    assert!(window.says(&words::key_taken(&key.to_string(), "Threat")));
    assert_ne!(category(&window, "offer").hotkey, Some(key));
    click(&mut window, words::use_key_here());
    assert_eq!(category(&window, "offer").hotkey, Some(key));
    assert_eq!(category(&window, "threat").hotkey, None);
}

#[test]
fn categories_are_moved_and_nested_by_keyboard() {
    let (_dir, mut window) = editor();
    let order = |window: &Window| -> Vec<String> {
        book(window).categories.iter().map(|category| category.id.to_string()).collect()
    };
    let before = order(&window);
    let second = before[1].clone();
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::ALT, Key::ArrowRight);
    assert_eq!(category(&window, &second).parent, Some(before[0].as_str().into()));
    window.press(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(category(&window, &second).parent, None);
    window.press(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(order(&window)[..2], [second, before[0].clone()]);
    (0..3).for_each(|_| window.press(CTRL, Key::Z));
    assert_eq!(order(&window), before);
}

#[test]
fn an_attribute_is_defined() {
    let (_dir, mut window) = editor();
    click(&mut window, editor_words::attributes());
    click(&mut window, attribute::new());
    rewrite(&mut window, "Firmness");
    for choice in ["firm", "mild"] {
        field(&mut window, "New choice");
        window.type_text(choice);
        window.press(Modifiers::NONE, Key::Enter);
    }
    field(&mut window, common::definition());
    rewrite(&mut window, "How hard it sounds.");
    let attribute = book(&window).attributes.last().unwrap().clone();
    assert_eq!(attribute.name, "Firmness");
    assert_eq!(attribute.kind, AttributeKind::Choice(vec!["firm".into(), "mild".into()]));
    assert_eq!(attribute.definition, "How hard it sounds.");
}

#[test]
fn a_category_is_split_by_keys_as_one_step() {
    let (_dir, mut window) = editor();
    let before = (steps(window.session()), tagged(&window, "threat"), own(&window, "threat"));
    click(&mut window, "Threat");
    click(&mut window, words::split());
    for (number, name) in [(1, "Warning"), (2, "Ultimatum")] {
        field(&mut window, &words::target_name(number));
        window.type_text(name);
    }
    click(&mut window, words::split_start());
    window.write(Key::Num1, "1");
    window.write(Key::Space, " ");
    window.write(Key::Num2, "2");
    assert!(window.says(&words::sort_progress(4, before.2)), "{:?}", window.labels());
    window.press(Modifiers::NONE, Key::Backspace);
    assert!(window.says(&words::sort_progress(3, before.2)));
    window.write(Key::Num1, "1");
    window.press(Modifiers::NONE, Key::Escape);
    assert!(
        window.says(&words::split_moves(2, "Warning")) && window.says(&words::split_moves(0, "Ultimatum"))
    );
    click(&mut window, words::split_confirm());
    assert_eq!((tagged(&window, "warning"), tagged(&window, "threat")), (2, before.1 - 2));
    assert_eq!(steps(window.session()), before.0 + 1);
    window.press(CTRL, Key::Z);
    assert_eq!(tagged(&window, "threat"), before.1);
    assert!(book(&window).category(&"warning".into()).is_none());
}

#[test]
fn a_category_that_others_use_is_moved_or_retired_but_not_removed_with_their_passages() {
    let (_dir, mut window) = editor();
    let offers = tagged(&window, "offer");
    click(&mut window, "Threat");
    click(&mut window, common::delete());
    assert!(window.says(words::fate_delete_disabled()));
    click(&mut window, words::fate_delete());
    click(&mut window, words::fate_move_target());
    click(&mut window, "Offer");
    let threats = tagged(&window, "threat");
    click(&mut window, words::confirm_move());
    assert!(book(&window).category(&"threat".into()).is_none());
    assert_eq!(tagged(&window, "offer"), offers + threats);
}

#[test]
fn actors_are_added_and_a_kind_of_link_in_use_stays() {
    let (_dir, mut window) = editor();
    click(&mut window, editor_words::lists());
    let actors = window.session().project().actors().len();
    field(&mut window, "New actor");
    window.type_text("Observers");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.session().project().actors().len(), actors + 1);
    let used =
        book(&window).link_kinds.iter().find(|kind| window.session().impact_of_link_kind(&kind.id) > 0);
    let name = used.map(|kind| kind.name.clone()).unwrap();
    let kinds = book(&window).link_kinds.len();
    click(&mut window, &editor_words::delete_link_kind(&name));
    assert_eq!(book(&window).link_kinds.len(), kinds);
    assert!(window.says("Not removed"), "{:?}", window.labels());
}

#[test]
fn a_codebook_goes_out_and_comes_in_through_the_window() {
    let (dir, mut window) = editor();
    let path = dir.path().join("out.ron");
    click(&mut window, editor_words::export());
    field(&mut window, common::file());
    rewrite(&mut window, &path.display().to_string());
    click(&mut window, editor_words::export_confirm());
    window.wait("it is written", |window| window.says("Codebook exported"));
    assert_eq!(&codebook::read(&path).unwrap().0.codebook, book(&window));
    click(&mut window, common::close());
    let other = dir.path().join("other.csv");
    std::fs::write(&other, "id,name\ndemand,Request\nlinkage,Linkage\n").unwrap();
    click(&mut window, editor_words::import());
    window.type_text(&other.display().to_string());
    window.wait("it is read", |window| window.says(&editor_words::additions(1, 0, 0, 1)));
    click(&mut window, editor_words::replace_existing());
    click(&mut window, editor_words::import_confirm());
    assert_eq!(category(&window, "demand").name, "Request");
    assert_eq!(category(&window, "linkage").name, "Linkage");
    window.press(CTRL, Key::Z);
    assert!(book(&window).category(&"linkage".into()).is_none());
}

#[test]
fn every_widget_of_the_editor_has_a_name() {
    let (_dir, mut window) = editor();
    window.harness.check_accessibility();
    let views = [editor_words::attributes(), editor_words::lists(), editor_words::categories()];
    let dialogs = [words::merge_into(), words::split(), common::delete()];
    for name in views.into_iter().chain(dialogs) {
        click(&mut window, name);
        window.harness.check_accessibility();
        if name.ends_with('…') {
            window.press(Modifiers::NONE, Key::Escape);
        }
    }
}
