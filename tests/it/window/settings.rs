//! The settings page, the zoom of the interface, and Ctrl with the wheel.

use demarche::ui::words::settings as words;
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
