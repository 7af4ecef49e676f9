//! Property: with the keyboard in the text, keys and clicks change only passages in view, and undo shows what it changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use demarche::model::{Span, SpanRef, TextRange};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, Rect, TouchPhase, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::RngSeed;
use tempfile::TempDir;

use crate::support::session::{in_memory, open_later, small_in, spans, tag};
use crate::support::strokes;
use crate::support::window::{CTRL, Window};

const NONE: Modifiers = Modifiers::NONE;
const CTRL_ALT: Modifiers = Modifiers { alt: true, ..CTRL };
const ALT_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::ALT };

/// Number of paragraphs, several windows full.
const PARAGRAPHS: usize = 90;

/// A window on a text of numbered paragraphs; in every third, some words are tagged.
fn long_text() -> (TempDir, Window) {
    let paragraph =
        |n: usize| format!("Point {n:02} says that the delegation will suspend talk{n:02} on access.");
    let text = (0..PARAGRAPHS).map(paragraph).collect::<Vec<_>>().join("\n\n");
    let (dir, root) = small_in(in_memory(), &[&text]);
    // The window gives other ids.
    let mut session = open_later(&root);
    for n in (0..PARAGRAPHS).step_by(3) {
        tag(&mut session, &format!("will suspend talk{n:02}"), "threat");
    }
    session.save_now().unwrap();
    drop(session);
    let mut window = Window::on(&root);
    window.press(NONE, Key::F5);
    (dir, window)
}

#[derive(Clone, Debug)]
enum Move {
    /// Turns the wheel, by points.
    Scroll(f32),
    /// Clicks in the text, at parts of its width and height, so many times.
    Click(f32, f32, usize),
    /// Clicks on a passage in view.
    Passage(Index),
    Key(Modifiers, Key),
    Category(Key, &'static str),
    Undo,
    /// Moves the focus to the other one of two texts.
    OtherText,
}

fn a_move() -> impl Strategy<Value = Move> {
    let keys = [
        (NONE, Key::Delete),
        (NONE, Key::Backspace),
        (Modifiers::ALT, Key::ArrowLeft),
        (Modifiers::ALT, Key::ArrowRight),
        (ALT_SHIFT, Key::ArrowLeft),
        (ALT_SHIFT, Key::ArrowRight),
        (CTRL_ALT, Key::ArrowLeft),
        (CTRL_ALT, Key::ArrowRight),
        (NONE, Key::Tab),
        (NONE, Key::Enter),
        (CTRL, Key::L),
        (NONE, Key::PageDown),
        (Modifiers::SHIFT, Key::PageUp),
    ];
    let categories = [(Key::Num1, "1"), (Key::Num2, "2"), (Key::Num5, "5")];
    prop_oneof![
        4 => (-1500.0_f32..1500.0).prop_map(Move::Scroll),
        1 => (0.1_f32..0.9, 0.02_f32..0.98, 1_usize..4).prop_map(|(x, y, n)| Move::Click(x, y, n)),
        4 => any::<Index>().prop_map(Move::Passage),
        6 => select(keys.to_vec()).prop_map(|(modifiers, key)| Move::Key(modifiers, key)),
        5 => select(categories.to_vec()).prop_map(|(key, sign)| Move::Category(key, sign)),
        3 => Just(Move::Undo),
        1 => Just(Move::OtherText),
    ]
}

/// Where the text is; of two, the one with the focus.
fn page(window: &Window) -> Rect {
    let panes = window.session().panes().collect::<Vec<_>>();
    let texts = window.harness.query_all_by_role(Role::Document).map(|text| text.rect());
    let focused = panes.iter().zip(texts).find(|(pane, _)| pane.is_focused());
    focused.map(|(_, text)| text).unwrap()
}

/// The parts of the text that a screen reader finds inside the view.
fn in_view(window: &Window) -> Vec<TextRange> {
    let document = window.session().document().unwrap();
    let text = document.text.as_ref().unwrap().as_str();
    let page = page(window);
    let blocks = window.harness.query_all_by_role(Role::Paragraph);
    let seen = blocks.filter(|block| {
        let common = block.rect().intersect(page);
        common.height() > 2.0 && common.width() > 2.0
    });
    seen.filter_map(|block| {
        let words = block.accesskit_node().value()?;
        let start = text.find(&words)?;
        Some(TextRange { start, end: start + words.len() })
    })
    .collect()
}

fn all(window: &Window) -> BTreeMap<SpanRef, Arc<Span>> {
    spans(window.session()).into_iter().collect()
}

fn make(window: &mut Window, what: &Move) {
    let page = page(window);
    match what {
        Move::Scroll(y) => {
            window.event(Event::PointerMoved(page.center()));
            let (unit, phase, source) = (MouseWheelUnit::Point, TouchPhase::Move, MouseWheelSource::Unknown);
            window.event(Event::MouseWheel { unit, delta: vec2(0.0, *y), phase, source, modifiers: NONE });
            window.settle(12);
        }
        Move::Click(x, y, count) => {
            let at = page.min + page.size() * vec2(*x, *y);
            (0..*count).for_each(|_| strokes::click(at).into_iter().for_each(|event| window.event(event)));
            window.settle(3);
        }
        Move::Passage(index) => {
            let marks = window.harness.query_all_by_role(Role::Mark).map(|mark| mark.rect().center());
            let marks: Vec<Pos2> = marks.filter(|mark| page.contains(*mark)).collect();
            if !marks.is_empty() {
                strokes::click(*index.get(&marks)).into_iter().for_each(|event| window.event(event));
                window.settle(3);
            }
        }
        Move::Key(modifiers, key) => {
            strokes::press(*modifiers, *key).into_iter().for_each(|event| window.event(event));
            window.settle(3);
        }
        Move::Category(key, sign) => {
            strokes::write(*key, sign).into_iter().for_each(|event| window.event(event));
            window.settle(3);
        }
        Move::OtherText => {
            strokes::press(CTRL, Key::F6).into_iter().for_each(|event| window.event(event));
            window.settle(3);
        }
        Move::Undo => {
            strokes::press(CTRL, Key::Z).into_iter().for_each(|event| window.event(event));
            window.settle(3);
        }
    }
}

/// The passages that differ, as they were before, or after if they are new.
fn changed(before: &BTreeMap<SpanRef, Arc<Span>>, after: &BTreeMap<SpanRef, Arc<Span>>) -> Vec<TextRange> {
    let here = before.iter().filter(|(at, span)| after.get(at) != Some(span));
    let new = after.iter().filter(|(at, _)| !before.contains_key(at));
    here.chain(new).map(|(_, span)| span.ranges.cover()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 4,
        rng_seed: RngSeed::Fixed(15),
        failure_persistence: None,
        max_shrink_iters: 40,
        ..ProptestConfig::default()
    })]

    #[test]
    fn keys_and_clicks_in_the_text_change_only_what_is_in_view(moves in vec(a_move(), 40)) {
        let (_dir, mut window) = long_text();
        changes_are_in_view(&mut window, &moves)?;
    }

    #[test]
    fn of_two_texts_keys_and_clicks_change_only_what_is_in_view_of_one(moves in vec(a_move(), 40)) {
        let (_dir, mut window) = long_text();
        window.press(CTRL | Modifiers::SHIFT, Key::B);
        window.settle(6);
        changes_are_in_view(&mut window, &moves)?;
    }
}

/// Makes moves, and expects each to change only passages that the text with the focus shows.
fn changes_are_in_view(window: &mut Window, moves: &[Move]) -> Result<(), TestCaseError> {
    for what in moves {
        let (before, seen) = (all(window), in_view(window));
        make(window, what);
        let changed = changed(&before, &all(window));
        let seen = if matches!(what, Move::Undo) { in_view(window) } else { seen };
        for range in changed {
            let is_seen = seen.iter().any(|part| part.overlaps(range));
            prop_assert!(is_seen, "{what:?} changed {range:?}, in view: {seen:?}");
        }
    }
    Ok(())
}

#[test]
fn a_passage_that_was_scrolled_away_is_shown_first() {
    let (_dir, mut window) = long_text();
    let mark = window.harness.query_all_by_role(Role::Mark).next().unwrap().rect().center();
    window.click_at(mark);
    let threat = window.session().current().cloned().unwrap();
    let category =
        |window: &Window| window.session().project().span(&threat).map(|span| span.category.clone());
    (0..3).for_each(|_| make(&mut window, &Move::Scroll(-1500.0)));
    window.write(Key::Num1, "1");
    assert_eq!(category(&window), Some("threat".into()), "nothing has changed");
    let range = window.session().current_span().unwrap().ranges.cover();
    assert!(in_view(&window).iter().any(|part| part.overlaps(range)), "it is in view again");
    window.write(Key::Num1, "1");
    assert_eq!(category(&window), Some("demand".into()));
    (0..3).for_each(|_| make(&mut window, &Move::Scroll(-1500.0)));
    window.press(NONE, Key::Delete);
    assert_eq!(category(&window), Some("demand".into()));
    window.press(NONE, Key::Delete);
    assert_eq!(category(&window), None);
}
