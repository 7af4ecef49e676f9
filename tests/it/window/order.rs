//! Keys and clicks act in the order in which they were made, however many of them one frame receives.

use std::collections::BTreeMap;

use demarche::ui::commands::CommandId;
use egui::{Event, Key, Modifiers, Pos2};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::RngSeed;
use tempfile::TempDir;

use crate::support::project::files;
use crate::support::session::{in_memory, passages, root_of, small_in, undo_label};
use crate::support::strokes;
use crate::support::window::{CTRL, Window};

const NONE: Modifiers = Modifiers::NONE;
const ALT: Modifiers = Modifiers::ALT;
const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..CTRL };

const TEXT: &str = "Norvania demands the survey data at once. Estmark offers half of it.\n\n\
    The delegation will suspend the talks unless the port reopens. Nobody has replied.";

/// The events of a key, a click or a drag.
type Stroke = Vec<Event>;

/// A window on a text that has the keyboard, with the caret at its start.
fn open() -> (TempDir, Window) {
    let (dir, root) = small_in(in_memory(), &[TEXT]);
    let mut window = Window::on(&root);
    window.press(NONE, Key::F5);
    window.press(CTRL, Key::Home);
    (dir, window)
}

/// Makes strokes slowly: every event is in a frame of its own, and frames without input follow.
fn slowly(strokes: &[Stroke]) -> (TempDir, Window) {
    let (dir, mut window) = open();
    for event in strokes.iter().flatten() {
        window.event(event.clone());
        // The character that a key writes arrives with the key.
        if !matches!(event, Event::Key { pressed: true, .. }) {
            window.settle(3);
        }
    }
    window.run();
    (dir, window)
}

/// Makes strokes while frames take long: each receives the number of events in `cuts`, the last one the rest.
fn stalled(strokes: &[Stroke], cuts: &[usize]) -> (TempDir, Window) {
    let (dir, mut window) = open();
    let mut events = strokes.concat().into_iter();
    for &count in cuts {
        events.by_ref().take(count).for_each(|event| window.event(event));
        window.frame();
    }
    events.for_each(|event| window.event(event));
    window.run();
    (dir, window)
}

/// The passages, the step that can be undone, and the saved files.
fn outcome(window: &mut Window) -> (Vec<String>, String, BTreeMap<String, String>) {
    window.command(CommandId::Save);
    window.wait("it is saved", |window| !window.session().has_unsaved());
    let session = window.session();
    (passages(session), undo_label(session).to_owned(), files(root_of(session)))
}

#[track_caller]
fn assert_same_in_one_frame(strokes: &[Stroke]) -> Vec<String> {
    let (_slow, mut slow) = slowly(strokes);
    let (_fast, mut fast) = stalled(strokes, &[]);
    let expected = outcome(&mut slow);
    assert_eq!(outcome(&mut fast), expected);
    expected.0
}

fn press(modifiers: Modifiers, key: Key) -> Stroke {
    strokes::press(modifiers, key)
}

#[test]
fn the_words_that_were_selected_are_tagged_not_those_selected_after() {
    let strokes = [
        press(CTRL_SHIFT, Key::ArrowRight),
        strokes::write(Key::Num1, "1"),
        press(CTRL, Key::ArrowRight),
        press(CTRL_SHIFT, Key::ArrowRight),
    ];
    assert_eq!(assert_same_in_one_frame(&strokes), ["ana demand: Norvania"]);
}

#[test]
fn undo_takes_back_the_tag_that_was_set_before_it() {
    let strokes = [
        press(CTRL_SHIFT, Key::ArrowRight),
        strokes::write(Key::Num1, "1"),
        press(CTRL, Key::ArrowRight),
        press(CTRL_SHIFT, Key::ArrowRight),
        strokes::write(Key::Num5, "5"),
        press(CTRL, Key::Z),
    ];
    assert_eq!(assert_same_in_one_frame(&strokes), ["ana demand: Norvania"]);
}

#[test]
fn a_command_selects_before_a_key_tags() {
    let strokes = [
        press(ALT, Key::ArrowDown),
        press(CTRL, Key::L),
        strokes::write(Key::Num1, "1"),
        press(NONE, Key::ArrowRight),
    ];
    assert_eq!(assert_same_in_one_frame(&strokes).len(), 1);
}

#[test]
fn what_is_typed_reaches_the_field_that_a_key_opens() {
    let words = "sure 5".chars().map(|sign| vec![Event::Text(sign.to_string())]);
    let mut strokes =
        vec![press(CTRL_SHIFT, Key::ArrowRight), strokes::write(Key::Num1, "1"), press(NONE, Key::F2)];
    strokes.extend(words);
    strokes.extend([press(NONE, Key::F5), press(CTRL, Key::ArrowRight)]);
    assert_eq!(assert_same_in_one_frame(&strokes), ["ana demand: Norvania"]);
    let (_dir, fast) = stalled(&strokes, &[]);
    assert_eq!(fast.session().current_span().map(|span| span.note.as_str()), Some("sure 5"));
}

#[test]
fn the_palette_runs_the_command_whose_name_is_typed_at_once() {
    let name = "mark as done".chars().map(|sign| vec![Event::Text(sign.to_string())]);
    let mut strokes = vec![press(CTRL, Key::K)];
    strokes.extend(name);
    strokes.push(press(NONE, Key::Enter));
    let (_dir, fast) = stalled(&strokes, &[]);
    let session = fast.session();
    assert_eq!(session.status(&"d001".into()), demarche::model::Status::Done);
}

/// A recorded stroke. Places are fractions of the rectangle that the text fills.
#[derive(Clone, Debug)]
enum Recorded {
    Press(Modifiers, Key),
    Write(Key, &'static str),
    Click((f32, f32)),
    Drag((f32, f32), (f32, f32)),
}

impl Recorded {
    fn events(&self, window: &Window) -> Stroke {
        let rows = window.block("Norvania").union(window.block("The delegation"));
        let place =
            |(x, y): (f32, f32)| Pos2::new(rows.left() + x * rows.width(), rows.top() + y * rows.height());
        match *self {
            Self::Press(modifiers, key) => strokes::press(modifiers, key),
            Self::Write(key, sign) => strokes::write(key, sign),
            Self::Click(at) => strokes::click(place(at)),
            Self::Drag(from, to) => strokes::drag(place(from), place(to)),
        }
    }
}

fn stroke() -> impl Strategy<Value = Recorded> {
    let keys = [
        (NONE, Key::ArrowRight),
        (Modifiers::SHIFT, Key::ArrowRight),
        (CTRL, Key::ArrowRight),
        (CTRL, Key::ArrowLeft),
        (NONE, Key::ArrowDown),
        (ALT, Key::ArrowDown),
        (CTRL, Key::L),
        (CTRL, Key::Z),
        (CTRL_SHIFT, Key::Z),
        (NONE, Key::Delete),
        (NONE, Key::Tab),
        (NONE, Key::Escape),
        (NONE, Key::Enter),
    ];
    let place = || (0.0..0.5f32, 0.0..1.0f32);
    prop_oneof![
        3 => Just(Recorded::Press(CTRL_SHIFT, Key::ArrowRight)),
        4 => select(keys.to_vec()).prop_map(|(modifiers, key)| Recorded::Press(modifiers, key)),
        4 => select(vec![(Key::Num1, "1"), (Key::Num2, "2"), (Key::Num5, "5")])
            .prop_map(|(key, sign)| Recorded::Write(key, sign)),
        2 => place().prop_map(Recorded::Click),
        2 => (place(), place()).prop_map(|(from, to)| Recorded::Drag(from, to)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 12,
        max_shrink_iters: 60,
        rng_seed: RngSeed::Fixed(2),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]
    #[test]
    fn frames_cut_at_random_give_the_same_project(
        recorded in vec(stroke(), 4..16),
        cuts in vec(any::<Index>(), 0..12),
    ) {
        let (_dir, window) = open();
        let strokes: Vec<Stroke> = recorded.iter().map(|stroke| stroke.events(&window)).collect();
        drop(window);
        let cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(9)).collect();
        let (_slow, mut slow) = slowly(&strokes);
        let (_fast, mut fast) = stalled(&strokes, &cuts);
        prop_assert_eq!(outcome(&mut fast), outcome(&mut slow));
    }
}
