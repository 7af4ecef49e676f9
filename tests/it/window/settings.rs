//! The settings page, the zoom of the interface, and Ctrl with the wheel.

use demarche::io::settings::Typeface;
use demarche::ui::Settings;
use demarche::ui::keymap::Reserved;
use demarche::ui::words::{common, help, settings as words, shortcuts};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, TouchPhase};
use egui_kittest::kittest::Queryable as _;

use crate::support::session::small;
use crate::support::window::{CTRL, Window};

const NONE: Modifiers = Modifiers::NONE;

fn one_text() -> (tempfile::TempDir, Window) {
    let (dir, root) = small(&["Norvania will suspend the talks. Nobody has replied to that."]);
    (dir, Window::on(&root))
}

/// The height of the first block, which grows with the text size and the height of a line.
fn height(window: &Window) -> f32 {
    window.block("Norvania").height()
}

#[test]
fn what_is_chosen_on_the_page_applies_at_once() {
    let (_dir, mut window) = one_text();
    let before = height(&window);
    window.press(CTRL, Key::Comma);
    assert!(window.says(words::title()), "{:?}", window.labels());
    let slider = window.harness.query_by_role_and_label(Role::Slider, words::line_height());
    slider.expect("the height of a line is a slider").focus();
    window.run();
    (0..3).for_each(|_| window.press(NONE, Key::ArrowRight));
    let dark = window.harness.query_all_by_label(words::dark()).next().unwrap().rect().center();
    window.click_at(dark);
    window.press(NONE, Key::Escape);
    assert!(!window.says(words::line_height()));
    assert!(height(&window) > before + 1.0);
    assert_eq!(window.harness.ctx.theme(), egui::Theme::Dark);
    window.press(CTRL, Key::Comma);
    window.click(words::reset());
    window.press(NONE, Key::Escape);
    assert!((height(&window) - before).abs() < 0.1);
}

#[test]
fn ctrl_alt_zooms_the_interface_between_80_and_200_per_cent() {
    let (_dir, mut window) = one_text();
    let chord = CTRL | Modifiers::ALT;
    (0..12).for_each(|_| window.press(chord, Key::Plus));
    assert!((window.harness.ctx.zoom_factor() - 2.0).abs() < 0.01);
    (0..15).for_each(|_| window.press(chord, Key::Minus));
    assert!((window.harness.ctx.zoom_factor() - 0.8).abs() < 0.01);
    window.press(chord, Key::Num0);
    assert!((window.harness.ctx.zoom_factor() - 1.0).abs() < 0.01);
}

#[test]
fn ctrl_and_the_wheel_change_the_text_size_and_nothing_scrolls() {
    let (_dir, mut window) = one_text();
    let (before, place) = (height(&window), window.block("Norvania").center());
    let wheel = |window: &mut Window, modifiers: Modifiers, lines: f32| {
        window.event(Event::PointerMoved(place));
        let (unit, delta) = (MouseWheelUnit::Line, egui::vec2(0.0, lines));
        let (phase, source) = (TouchPhase::Move, MouseWheelSource::Unknown);
        window.event(Event::MouseWheel { unit, delta, phase, source, modifiers });
        window.run();
    };
    wheel(&mut window, CTRL, 1.0);
    wheel(&mut window, CTRL, 1.0);
    assert!(height(&window) > before);
    wheel(&mut window, CTRL, -1.0);
    wheel(&mut window, CTRL, -1.0);
    assert!((height(&window) - before).abs() < 0.1);
    assert!((window.harness.ctx.zoom_factor() - 1.0).abs() < 0.01);
}

/// Opens the settings at the shortcuts, and searches for a command.
fn find_shortcut(window: &mut Window, name: &str) {
    window.press(CTRL, Key::Comma);
    window.click(words::shortcuts());
    window.type_text(name);
}

fn change(window: &mut Window, name: &str, keys: &str) {
    window.click(&shortcuts::change(name, keys));
    assert!(window.says(shortcuts::capture()), "{:?}", window.labels());
}

#[test]
fn a_shortcut_is_changed_and_followed_everywhere() {
    let (_dir, mut window) = one_text();
    find_shortcut(&mut window, "start link");
    change(&mut window, "Start link", "Ctrl+M");
    window.press(CTRL | Modifiers::ALT, Key::L);
    assert!(window.says(&shortcuts::change("Start link", "Ctrl+Alt+L")), "{:?}", window.labels());
    window.press(NONE, Key::Escape);
    window.press(CTRL, Key::L);
    window.write(Key::Num5, "5");
    window.press(CTRL, Key::M);
    assert!(window.session().link_start().is_none(), "the old key does nothing");
    window.press(Modifiers::ALT, Key::Num1);
    assert!(window.says("None. Press Ctrl+Alt+L to start one here."), "{:?}", window.labels());
    window.press(CTRL | Modifiers::ALT, Key::L);
    assert!(window.session().link_start().is_some());
    assert!(window.says("Go to the other passage and press Ctrl+Alt+L"));
    window.press(NONE, Key::Escape);
    window.press(CTRL, Key::Slash);
    assert!(window.says(&help::shortcut("Start link", "Ctrl+Alt+L")));
    window.press(NONE, Key::Escape);
    window.press(NONE, Key::F1);
    assert!(window.says("Ctrl+Alt+L"), "the manual: {:?}", window.labels());
}

#[test]
fn a_clash_is_named_and_replaced_or_left() {
    let (_dir, mut window) = one_text();
    find_shortcut(&mut window, "link");
    change(&mut window, "Start link", "Ctrl+M");
    window.press(CTRL | Modifiers::SHIFT, Key::M);
    let clash = shortcuts::clash("Ctrl+Shift+M", &["Follow link"]);
    assert!(window.says(&clash), "{:?}", window.labels());
    window.click(common::cancel());
    assert!(!window.says(&clash) && window.says(&shortcuts::change("Start link", "Ctrl+M")));
    change(&mut window, "Start link", "Ctrl+M");
    window.press(CTRL | Modifiers::SHIFT, Key::M);
    window.click(shortcuts::replace());
    assert!(window.says(&shortcuts::change("Start link", "Ctrl+Shift+M")));
    assert!(window.says(&shortcuts::change("Follow link", shortcuts::none())));
    window.click(&shortcuts::reset_one("Follow link", "Ctrl+Shift+M"));
    assert!(window.says(&shortcuts::clash("Ctrl+Shift+M", &["Start link"])), "also by its default");
    window.click(shortcuts::reset_all());
    window.click(shortcuts::reset_all());
    assert!(window.says(&shortcuts::change("Start link", "Ctrl+M")));
    assert!(window.says(&shortcuts::change("Follow link", "Ctrl+Shift+M")));
}

#[test]
fn keys_of_text_and_categories_are_refused_and_escape_cancels() {
    let (_dir, mut window) = one_text();
    find_shortcut(&mut window, "start link");
    for (modifiers, key, shown) in
        [(NONE, Key::Num5, "5"), (CTRL, Key::C, "Ctrl+C"), (CTRL, Key::ArrowLeft, "Ctrl+←")]
    {
        change(&mut window, "Start link", "Ctrl+M");
        window.press(modifiers, key);
        let start = shortcuts::reserved(shown, Reserved::Categories);
        let start = start.split(' ').next().unwrap();
        assert!(window.labels().iter().any(|label| label.starts_with(start)), "{:?}", window.labels());
        assert!(window.says(&shortcuts::change("Start link", "Ctrl+M")));
    }
    change(&mut window, "Start link", "Ctrl+M");
    window.press(NONE, Key::Escape);
    assert!(window.says(&shortcuts::change("Start link", "Ctrl+M")), "the page stays open");
    assert_eq!(window.session().undo_stack().undo_label(), None, "nothing was tagged");
}

#[test]
fn what_is_wrong_in_the_file_is_said_and_the_rest_is_used() {
    let (_dir, root) = small(&["Norvania will suspend the talks."]);
    let json = r#"{"Nonsense": ["F2"], "StartLink": ["5"], "FollowLink": ["F11"]}"#;
    let settings = Settings { shortcuts: serde_json::from_str(json).unwrap(), ..Settings::default() };
    let mut window = Window::with_settings(&root, settings);
    assert!(window.says(&shortcuts::problems(2)), "{:?}", window.labels());
    find_shortcut(&mut window, "link");
    assert!(window.says("“Nonsense”") && window.says(&shortcuts::change("Follow link", "F11")));
    assert!(window.says(&shortcuts::change("Start link", shortcuts::none())));
}

#[test]
fn the_typeface_changes_the_text_and_a_missing_font_is_said() {
    let (_dir, root) = small(&[&"Norvania will suspend the talks. ".repeat(60)]);
    let mut window = Window::on(&root);
    let before = height(&window);
    window.press(CTRL, Key::Comma);
    window.click(words::mono());
    window.press(NONE, Key::Escape);
    window.run();
    assert!(height(&window) != before, "letters are wider");
    let mut settings = Settings::default();
    settings.look.typeface = Typeface::Installed;
    settings.look.font_name = "No font has this name".to_owned();
    let mut window = Window::with_settings(&root, settings);
    let missing = words::missing_font("No font has this name");
    window.wait("the font was looked for", |window| window.says(&missing));
    assert!((height(&window) - before).abs() < 0.1);
}

#[test]
fn f1_on_the_page_leads_to_its_manual() {
    let (_dir, mut window) = one_text();
    window.press(CTRL, Key::Comma);
    window.press(NONE, Key::F1);
    assert!(!window.says(words::line_height()));
    assert!(window.says("Change shortcuts"), "{:?}", window.labels());
}
