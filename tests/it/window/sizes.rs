//! The window at every size: nothing overlaps, and the text keeps a readable width.

use demarche::model::ViewKind;
use demarche::session::{AnalyseAction, AnalyseQuestion, Screen};
use demarche::ui::Settings;
use demarche::ui::commands::CommandId;
use demarche::ui::words::{agreement, analyse, common, export, manual, project, text_panes, window as words};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect, Vec2, ViewportId, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::session::{sample_copy, small};
use crate::support::window::{CTRL, Window};

/// The sizes that are checked, in points, with pixels per point.
const SIZES: [(Vec2, f32); 7] = [
    (vec2(760.0, 480.0), 1.0),
    (vec2(760.0, 480.0), 2.0),
    (vec2(1024.0, 700.0), 1.0),
    (vec2(1280.0, 800.0), 1.0),
    (vec2(1920.0, 1080.0), 1.0),
    (vec2(1920.0, 1080.0), 2.0),
    (vec2(3840.0, 2160.0), 1.0),
];

fn resize(window: &mut Window, size: Vec2, pixels_per_point: f32) {
    let viewport = window.harness.input_mut().viewports.get_mut(&ViewportId::ROOT).unwrap();
    viewport.native_pixels_per_point = Some(pixels_per_point);
    window.harness.set_size(size);
    window.settle(12);
}

/// Widgets of the bars at the top, with their rectangles: everything that can be pressed above `bottom`.
fn widgets_above(window: &Window, bottom: f32) -> Vec<(String, Rect)> {
    let pressed =
        |role: Role| matches!(role, Role::Button | Role::ComboBox | Role::TextInput | Role::CheckBox);
    let nodes = window.harness.query_all_by(|node| pressed(node.role()));
    let all = nodes.map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect()));
    all.filter(|(_, rect)| rect.width() > 0.0 && rect.bottom() <= bottom).collect()
}

fn assert_apart(widgets: &[(String, Rect)], size: Vec2) {
    let window = Rect::from_min_size(egui::Pos2::ZERO, size);
    for (at, (name, rect)) in widgets.iter().enumerate() {
        assert!(
            window.expand(1.0).contains_rect(*rect),
            "{name} is outside the window at {size:?}: {rect:?}"
        );
        for (other, other_rect) in &widgets[at + 1..] {
            let common = rect.intersect(*other_rect);
            assert!(
                !common.is_positive() || common.width() < 1.0 || common.height() < 1.0,
                "{name} and {other} overlap at {size:?}: {rect:?} {other_rect:?}"
            );
        }
    }
}

#[test]
fn nothing_overlaps_and_the_text_has_room_at_any_size() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    for (size, scale) in SIZES {
        for screen in [Screen::Annotate, Screen::Compare] {
            window.command(match screen {
                Screen::Compare => CommandId::ShowCompare,
                Screen::Annotate | Screen::Agreement | Screen::Board | Screen::Analyse => {
                    CommandId::ShowAnnotate
                }
            });
            resize(&mut window, size, scale);
            let text = window.harness.get_by_role(Role::Document).rect();
            assert!(text.width() >= 380.0 && text.height() >= 130.0, "{screen:?} at {size:?}: {text:?}");
            let blocks = window.harness.query_all_by_role(Role::Paragraph);
            let blocks = blocks.map(|block| block.rect()).filter(|block| text.contains_rect(*block));
            let column = blocks.max_by(|a, b| a.width().total_cmp(&b.width())).unwrap();
            assert!(column.width() >= 300.0, "{screen:?} at {size:?} × {scale}: {column:?} in {text:?}");
            let above = widgets_above(&window, text.top() + 1.0);
            assert!(above.len() > 5, "{above:?}");
            assert_apart(&above, size);
        }
    }
}

/// What can be pressed, looked at or typed into, inside `area`, with what is scrolled away left out.
fn widgets_in(window: &Window, area: Rect) -> Vec<(String, Rect)> {
    let is_shown = |rect: Rect| rect.width() > 0.0 && area.contains(rect.center());
    let all = window.harness.query_all_by(|node| {
        matches!(node.role(), Role::Button | Role::ComboBox | Role::TextInput | Role::CheckBox | Role::Slider)
    });
    let all = all.map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect()));
    all.filter(|(_, rect)| is_shown(*rect)).collect()
}

/// The sizes at which a user may have zoomed the interface: 1280 × 800 at 200 %.
const ZOOMED: (Vec2, f32) = (vec2(640.0, 400.0), 2.0);

#[test]
fn the_table_of_agreement_and_the_views_keep_their_room() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.command(CommandId::ComputeAgreement);
    window.wait("figures are there", |window| window.session().agreement().result().is_some());
    for (size, scale) in SIZES.into_iter().chain([ZOOMED]) {
        resize(&mut window, size, scale);
        assert_apart(&widgets_above(&window, 36.0), size);
        let left = window.harness.query_all_by_label(agreement::units()).next().map(|node| node.rect());
        let room = size.x - left.map_or(0.0, |left| left.right());
        assert!(room >= 440.0, "the table has {room} at {size:?}");
    }
    window.command(CommandId::ShowAnalyse);
    window.wait("the view is counted", |window| window.session().analyse().result().is_some());
    for view in ViewKind::ALL {
        let asked = AnalyseQuestion { view, ..window.session().analyse().question().clone() };
        window.perform(AnalyseAction::Ask(Box::new(asked)));
        window.wait("the view is counted", |window| window.session().analysis_is_fresh());
        for (size, scale) in SIZES.into_iter().chain([ZOOMED]) {
            resize(&mut window, size, scale);
            let whole = Rect::from_min_size(egui::Pos2::ZERO, size);
            let bars: Vec<_> = widgets_in(&window, whole.with_max_y(100.0));
            assert!(bars.len() > 4, "{view:?} at {size:?}: {bars:?}");
            assert_apart(&bars, size);
            let labels = window.harness.query_all_by_role_and_label(Role::Label, analyse::view(view));
            let heading = labels.map(|node| node.rect()).min_by(|a, b| a.top().total_cmp(&b.top())).unwrap();
            assert!(whole.contains_rect(heading), "{view:?} at {size:?}: {heading:?}");
        }
    }
}

#[test]
fn start_page_settings_manual_and_export_fit_at_any_size() {
    let mut start = Window::at_start(Settings::default());
    for (size, scale) in SIZES.into_iter().chain([ZOOMED]) {
        resize(&mut start, size, scale);
        // The page scrolls.
        let page = vec2(size.x, size.y + 200.0);
        assert_apart(&widgets_in(&start, Rect::from_min_size(egui::Pos2::ZERO, size)), page);
    }
    let (_dir, root) = sample_copy();
    for command in [
        CommandId::Settings,
        CommandId::ExportPassages,
        CommandId::NewProject,
        CommandId::Manual,
        CommandId::Shortcuts,
    ] {
        let mut window = Window::on(&root);
        window.command(command);
        for (size, scale) in SIZES.into_iter().chain([ZOOMED]) {
            resize(&mut window, size, scale);
            let close = match command {
                CommandId::ExportPassages => export::confirm(),
                CommandId::NewProject => project::create(),
                CommandId::Manual => manual::close(),
                _ => common::close(),
            };
            let buttons = window.harness.query_all_by_role_and_label(Role::Button, close);
            let button = buttons
                .map(|node| node.rect())
                .next_back()
                .unwrap_or_else(|| panic!("{command:?} at {size:?}"));
            let whole = Rect::from_min_size(egui::Pos2::ZERO, size);
            assert!(whole.contains_rect(button), "{command:?} at {size:?}: {button:?}");
        }
    }
}

/// Asserts that nothing overlaps in any row of the window: widgets at one height, unless one contains the other.
fn assert_rows_apart(window: &Window, size: Vec2, what: &str) {
    let above_status_bar = Rect::from_min_size(egui::Pos2::ZERO, size - vec2(0.0, 32.0));
    let mut all = widgets_in(window, above_status_bar);
    // Marks in the text, such as the dots of links, may be over each other.
    // So may rows of a list that are scrolled away, behind the bars above and below it.
    let is_row = |name: &str| name.starts_with("Inbox, ") || name.contains(" difference, ");
    all.retain(|(name, rect)| rect.height() >= 12.0 && !is_row(name));
    assert!(all.len() > 3, "{what} at {size:?}: {all:?}");
    for (at, (name, rect)) in all.iter().enumerate() {
        let is_inside = rect.left() >= -1.0 && rect.right() <= size.x + 1.0;
        assert!(is_inside, "{what}: {name} is outside the window at {size:?}: {rect:?}");
        for (other, other_rect) in &all[at + 1..] {
            let is_beside = (rect.center().y - other_rect.center().y).abs() < 6.0;
            let is_nested = rect.contains_rect(*other_rect) || other_rect.contains_rect(*rect);
            let common = rect.intersect(*other_rect);
            let overlaps = common.is_positive() && common.width() >= 1.0 && common.height() >= 1.0;
            assert!(
                !(is_beside && !is_nested && overlaps),
                "{what}: {name} and {other} overlap at {size:?}: {rect:?} {other_rect:?}"
            );
        }
    }
}

#[test]
fn every_screen_and_every_tab_of_the_right_panel_keeps_its_widgets_apart() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.command(CommandId::ComputeAgreement);
    window.wait("figures are there", |window| window.session().agreement().result().is_some());
    window.command(CommandId::ShowAnnotate);
    // Rows that are scrolled away are behind it.
    window.command(CommandId::ToggleBottom);
    for command in [
        CommandId::ShowInspector,
        CommandId::ShowSummary,
        CommandId::StartReview,
        CommandId::ShowInbox,
        CommandId::ShowMemos,
        CommandId::ShowOriginalPage,
        CommandId::ShowCompare,
        CommandId::ShowAgreement,
        CommandId::ShowAnalyse,
    ] {
        window.command(CommandId::ShowAnnotate);
        window.command(command);
        for (size, scale) in SIZES.into_iter().chain([ZOOMED]) {
            resize(&mut window, size, scale);
            assert_rows_apart(&window, size, &format!("{command:?}"));
        }
    }
}

#[test]
fn the_tabs_of_the_right_panel_are_in_one_row_at_its_least_width() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.command(CommandId::ShowMemos);
    for (size, scale) in SIZES {
        resize(&mut window, size, scale);
        let tab = |name: &str| {
            let tabs = window.harness.query_all_by_role_and_label(Role::Button, name).map(|tab| tab.rect());
            tabs.max_by(|a, b| a.left().total_cmp(&b.left()))
        };
        let tabs = [words::inspector_tab(), words::summary_tab(), words::review_tab(), words::memos_tab()];
        let tabs: Vec<Rect> = tabs.into_iter().filter_map(tab).collect();
        assert_eq!(tabs.len(), 4, "{size:?}");
        assert!(tabs.iter().all(|tab| tab.top() == tabs[0].top()), "{size:?}: {tabs:?}");
    }
}

#[test]
fn the_splitter_between_two_texts_stays_where_it_was_dragged() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.command(CommandId::SideBySide);
    resize(&mut window, vec2(1920.0, 1080.0), 1.0);
    let left = |window: &Window| {
        let texts = window.harness.query_all_by_role(Role::Document).map(|text| text.rect().width());
        texts.collect::<Vec<_>>()[0].round()
    };
    let before = left(&window);
    let splitter =
        window.harness.get_by_role_and_label(Role::Splitter, text_panes::splitter()).rect().center();
    window.harness.drag_at(splitter);
    window.harness.run_steps(2);
    for moved in [-40.0, -80.0, -120.0] {
        window.harness.hover_at(splitter + vec2(moved, 0.0));
        window.harness.run_steps(2);
    }
    window.harness.drop_at(splitter + vec2(-120.0, 0.0));
    window.settle(4);
    let dragged = left(&window);
    assert!(dragged < before - 60.0, "{before} {dragged}");
    window.command(CommandId::SideBySide);
    window.command(CommandId::SideBySide);
    window.settle(4);
    assert_eq!(left(&window), dragged);
}

#[test]
fn two_texts_are_side_by_side_or_behind_tabs_and_nothing_overlaps() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.command(CommandId::SideBySide);
    for (size, scale) in SIZES {
        resize(&mut window, size, scale);
        let texts: Vec<Rect> =
            window.harness.query_all_by_role(Role::Document).map(|text| text.rect()).collect();
        assert_eq!(texts.len(), if size.x < 1000.0 { 1 } else { 2 }, "{size:?}");
        let blocks = window.harness.query_all_by_role(Role::Paragraph).map(|block| block.rect());
        let column = blocks.map(|block| block.width()).fold(f32::INFINITY, f32::min);
        assert!(column >= 320.0, "{column} at {size:?}");
        let top = texts.iter().map(|text| text.top()).fold(f32::INFINITY, f32::min);
        assert_apart(&widgets_above(&window, top + 1.0), size);
    }
}

#[test]
fn panels_get_their_sizes_back_when_the_window_grows_again() {
    let (_dir, root) = small(&["Norvania will suspend the talks."]);
    let mut window = Window::on(&root);
    let place = |window: &Window| {
        let threat = window.harness.get_by_role_and_label(Role::Button, "Threat").rect();
        (threat.top().round(), threat.width().round())
    };
    window.settle(12);
    let before = place(&window);
    resize(&mut window, vec2(760.0, 480.0), 1.0);
    resize(&mut window, vec2(1280.0, 800.0), 1.0);
    assert_eq!(place(&window), before);
}

#[test]
fn the_panel_asked_for_last_stays_in_a_narrow_window() {
    let (_dir, root) = small(&["Norvania will suspend the talks."]);
    let mut window = Window::on(&root);
    window.press(CTRL, Key::L);
    window.write(Key::Num5, "5");
    resize(&mut window, vec2(760.0, 480.0), 1.0);
    let shows = |window: &Window| (window.says("Codebook"), window.says("Inspector"));
    assert_eq!(shows(&window), (true, false));
    window.press(Modifiers::NONE, Key::F2);
    assert_eq!(shows(&window), (false, true));
    window.press(Modifiers::NONE, Key::F7);
    assert_eq!(shows(&window), (true, false));
    window.press(Modifiers::NONE, Key::F8);
    assert_eq!(shows(&window), (false, true));
    window.press(Modifiers::NONE, Key::F8);
    assert_eq!(shows(&window), (true, false), "it is closed, and the other has room");
}

#[test]
fn f2_brings_the_note_into_view_and_it_is_in_view_anyway_at_1280_by_800() {
    let quote =
        "The delegation will suspend the talks on access to the port unless the other side ".repeat(6);
    let (_dir, root) = small(&[&quote]);
    let mut window = Window::on(&root);
    window.press(CTRL, Key::L);
    window.write(Key::Num5, "5");
    window.press(Modifiers::ALT, Key::Num1);
    window.settle(12);
    let note = |window: &Window| {
        let fields = window.harness.query_all_by_role(Role::MultilineTextInput);
        let fields = fields.map(|field| field.rect());
        fields.max_by(|a, b| a.top().total_cmp(&b.top())).unwrap_or_else(|| panic!("{:?}", window.labels()))
    };
    let status = |window: &Window| window.harness.get_by_label("Snap to words: on").rect().top();
    assert!(note(&window).bottom() <= status(&window), "{:?}", note(&window));
    resize(&mut window, vec2(1024.0, 480.0), 1.0);
    window.press(Modifiers::NONE, Key::F2);
    window.settle(30);
    assert!(note(&window).bottom() <= status(&window), "{:?}", note(&window));
}

#[test]
fn a_link_that_is_started_does_not_move_the_text() {
    let paragraphs: Vec<String> = (0..60).map(|n| format!("Point {n:02} says nothing new.")).collect();
    let (_dir, root) = small(&[&paragraphs.join("\n\n")]);
    let mut window = Window::on(&root);
    window.press(CTRL, Key::L);
    window.write(Key::Num5, "5");
    let before = window.block("Point 00");
    window.press(CTRL, Key::M);
    assert!(window.session().link_start().is_some());
    assert_eq!(window.block("Point 00"), before);
    window.press(Modifiers::NONE, Key::Escape);
    (0..3).for_each(|_| window.press(Modifiers::NONE, Key::PageDown));
    let shown = window.harness.query_all_by_role(Role::Paragraph).nth(2).unwrap();
    let (words, before) = (shown.accesskit_node().value().unwrap(), shown.rect());
    window.press(CTRL, Key::F);
    assert_eq!(window.block(&words), before, "the find bar covers the text");
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(window.block(&words), before);
}
