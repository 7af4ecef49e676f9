//! A queue that makes keys and clicks act in the order in which they were made, however long a frame took.
//!
//! egui gives a pass everything that arrived since the last one, and each widget takes what concerns it when it is
//! drawn; requests are carried out at the end of the pass. Two keys in one pass could therefore act in the wrong
//! order, or the second before the first has had its effect. So a pass gets the events up to and including the next
//! one that acts, and the rest waits. Nothing acts in the pass after that, because a dialog or field that has just been
//! opened takes the keyboard only once it is drawn.

use std::collections::VecDeque;

use egui::{Context, Event, Key, Modifiers, RawInput};

/// The events that wait for their pass.
#[derive(Default)]
pub struct InputQueue {
    waiting: VecDeque<Arrival>,
    /// What acted last, while more of the same can follow without waiting.
    last: Option<Effect>,
    /// Whether the last pass acted on something, which the next pass only shows.
    settling: bool,
    /// The pass that the last events were for, and their number.
    passed_on: (u64, usize),
}

/// An event and the time of its arrival in seconds, as egui counts it.
struct Arrival {
    event: Event,
    time_s: Option<f64>,
}

/// The state of the window before a pass.
#[derive(Clone, Copy, Default)]
struct Moment {
    /// The number of passes so far.
    pass: u64,
    /// Whether a text field has the keyboard.
    typing: bool,
    /// Whether a button of the pointer is down.
    button_down: bool,
}

/// What an event does that acts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Effect {
    /// A key is pressed or held.
    Key(Key, Modifiers),
    /// A text field receives text.
    Typing,
    /// Something is dragged.
    Drag,
    /// Anything else; nothing follows it in the same pass.
    Single,
}

impl InputQueue {
    /// Leaves in `input` what the next pass of egui may act on, and keeps the rest for later passes.
    pub fn pass_on(&mut self, ctx: &Context, input: &mut RawInput) {
        let moment = Moment {
            pass: ctx.cumulative_pass_nr(),
            typing: ctx.text_edit_focused(),
            button_down: ctx.input(|input| input.pointer.any_down()),
        };
        self.divide(input, moment);
    }

    /// Returns whether events are waiting for a further pass.
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    fn divide(&mut self, input: &mut RawInput, moment: Moment) {
        // A hidden window has no passes: eframe returns the events that it was given, in front of the new ones.
        let (pass, count) = self.passed_on;
        let returned = if pass == moment.pass { count.min(input.events.len()) } else { 0 };
        let time_s = input.time;
        let arrived = input.events.drain(returned..);
        self.waiting.extend(arrived.map(|event| Arrival { event, time_s }));
        if returned == 0 {
            self.fill(input, moment);
        } else {
            // Time has passed for the returned events, and egui's clock can't go back.
            self.waiting.iter_mut().for_each(|arrival| arrival.time_s = time_s);
        }
        self.passed_on = (moment.pass, input.events.len());
    }

    /// Moves the events of the next pass to `input`.
    fn fill(&mut self, input: &mut RawInput, moment: Moment) {
        let mut may_act = !self.settling;
        let mut acted = false;
        while let Some(arrival) = self.waiting.front() {
            let next = self.waiting.get(1).map(|next| &next.event);
            let effect = effect(&arrival.event, next, moment);
            if !self.follows(&arrival.event, effect) {
                // Not even a released modifier may reach a pass after the event that acts in it.
                if acted || effect.is_some() && !may_act {
                    break;
                }
                may_act &= effect.is_none();
                self.last = effect;
            }
            acted |= effect.is_some();
            let is_key = matches!(effect, Some(Effect::Key(..) | Effect::Typing));
            self.pop(input);
            if is_key && self.waiting.front().is_some_and(|next| matches!(next.event, Event::Text(_))) {
                self.pop(input);
            }
        }
        // A drag changes nothing that the release of the button depends on.
        self.settling = acted && self.last != Some(Effect::Drag);
        if input.events.is_empty() {
            // The clock stops until events that wait have their turn: otherwise a double click could become two.
            input.time = self.waiting.front().map_or(input.time, |next| next.time_s);
        }
    }

    fn pop(&mut self, input: &mut RawInput) {
        if let Some(Arrival { event, time_s }) = self.waiting.pop_front() {
            input.events.push(event);
            input.time = time_s;
        }
    }

    /// Returns whether an event may reach a pass together with what acted last, or right after it.
    fn follows(&self, event: &Event, effect: Option<Effect>) -> bool {
        match (self.last, effect) {
            (Some(last), Some(effect)) => last == effect && last != Effect::Single,
            (Some(Effect::Key(..)), None) => is_move(event),
            (Some(Effect::Typing), None) => {
                is_move(event) || matches!(event, Event::Key { pressed: false, .. })
            }
            (Some(Effect::Drag | Effect::Single) | None, None) | (None, Some(_)) => false,
        }
    }
}

/// Returns what an event does, or none if it does not act by itself. `next` is the event after it.
#[deny(clippy::wildcard_enum_match_arm)]
fn effect(event: &Event, next: Option<&Event>, moment: Moment) -> Option<Effect> {
    match event {
        Event::Key { key, pressed: true, modifiers, .. } if !is_modifier(*key) => {
            let plain = !modifiers.ctrl && !modifiers.alt && !modifiers.command;
            let types = moment.typing && plain && next.is_some_and(is_typed_freely);
            Some(if types { Effect::Typing } else { Effect::Key(*key, *modifiers) })
        }
        Event::Text(_) | Event::Ime(_) if moment.typing && is_typed_freely(event) => Some(Effect::Typing),
        Event::PointerMoved(_) | Event::MouseMoved(_) => moment.button_down.then_some(Effect::Drag),
        Event::Text(_)
        | Event::Ime(_)
        | Event::Copy
        | Event::Cut
        | Event::Paste(_)
        | Event::PasteImage(_)
        | Event::MiddleClickPaste { .. }
        | Event::PointerButton { .. }
        | Event::AccessKitActionRequest(_) => Some(Effect::Single),
        Event::Key { .. }
        | Event::ModifiersChanged(_)
        | Event::PointerGone
        | Event::Zoom(_)
        | Event::Rotate(_)
        | Event::Touch { .. }
        | Event::MouseWheel { .. }
        | Event::WindowFocused(_) => None,
    }
}

/// Returns whether an event is text that can reach a field together with other text. Digits can't: while a list of
/// values has nothing typed into its field, they select a row.
fn is_typed_freely(event: &Event) -> bool {
    match event {
        Event::Text(text) => !text.contains(|c: char| c.is_ascii_digit()),
        Event::Ime(_) => true,
        _ => false,
    }
}

fn is_move(event: &Event) -> bool {
    matches!(event, Event::PointerMoved(_) | Event::MouseMoved(_))
}

/// Returns whether a key only changes what other keys do.
fn is_modifier(key: Key) -> bool {
    matches!(
        key,
        Key::ShiftLeft
            | Key::ShiftRight
            | Key::ControlLeft
            | Key::ControlRight
            | Key::AltLeft
            | Key::AltRight
            | Key::SuperLeft
            | Key::SuperRight
    )
}

#[cfg(test)]
mod tests {
    use egui::{PointerButton, Pos2};

    use super::*;

    const CTRL: Modifiers = Modifiers::COMMAND;
    const NONE: Modifiers = Modifiers::NONE;

    /// A window in which passes are counted and nothing else happens.
    #[derive(Default)]
    struct Window {
        queue: InputQueue,
        moment: Moment,
        now_s: f64,
    }

    impl Window {
        fn typing() -> Self {
            Self { moment: Moment { typing: true, ..Moment::default() }, ..Self::default() }
        }

        /// Returns the input of a pass and counts it.
        fn pass(&mut self, events: Vec<Event>) -> RawInput {
            self.now_s += 0.1;
            let mut input = RawInput { events, time: Some(self.now_s), ..RawInput::default() };
            self.queue.divide(&mut input, self.moment);
            self.moment.pass += 1;
            for event in &input.events {
                if let Event::PointerButton { pressed, .. } = event {
                    self.moment.button_down = *pressed;
                }
            }
            input
        }

        /// Returns the events of all passes after these events arrive, without those that have none.
        fn passes(&mut self, events: Vec<Event>) -> Vec<Vec<Event>> {
            let mut passes = vec![self.pass(events).events];
            while self.queue.is_waiting() {
                passes.push(self.pass(Vec::new()).events);
            }
            passes.retain(|pass| !pass.is_empty());
            passes
        }
    }

    fn key(key: Key, modifiers: Modifiers, pressed: bool) -> Event {
        Event::Key { key, physical_key: None, pressed, repeat: false, modifiers }
    }

    fn down(pressed: Key) -> Event {
        key(pressed, NONE, true)
    }

    fn up(released: Key) -> Event {
        key(released, NONE, false)
    }

    fn text(text: &str) -> Event {
        Event::Text(text.to_owned())
    }

    fn moved(x: f32) -> Event {
        Event::PointerMoved(Pos2::new(x, 0.0))
    }

    fn button(pressed: bool) -> Event {
        let (pos, button) = (Pos2::ZERO, PointerButton::Primary);
        Event::PointerButton { pos, button, pressed, modifiers: NONE }
    }

    #[test]
    fn each_pass_gets_one_event_that_acts_with_its_modifiers() {
        let first = vec![down(Key::Num5), text("5")];
        let settling = vec![
            up(Key::Num5),
            down(Key::ControlLeft),
            Event::ModifiersChanged(CTRL),
            moved(1.0),
            moved(2.0),
        ];
        let second = vec![key(Key::Z, CTRL, true)];
        let rest = vec![Event::ModifiersChanged(NONE)];
        let all = [first.clone(), settling.clone(), second.clone(), rest.clone()].concat();
        assert_eq!(Window::default().passes(all), [first, settling, second, rest]);
    }

    #[test]
    fn a_pass_without_action_follows_one_that_acted() {
        let mut window = Window::default();
        assert_eq!(window.pass(vec![down(Key::Num5), down(Key::Num6)]).events, [down(Key::Num5)]);
        assert_eq!(window.pass(vec![]).events, []);
        assert_eq!(window.pass(vec![]).events, [down(Key::Num6)]);
        assert!(!window.queue.is_waiting());
        assert_eq!(window.pass(vec![up(Key::Num6)]).events, [up(Key::Num6)], "what does not act passes");
        assert_eq!(
            window.pass(vec![down(Key::Num5)]).events,
            [down(Key::Num5)],
            "an idle window acts at once"
        );
    }

    #[test]
    fn repeats_of_a_held_key_stay_together() {
        let mut window = Window::default();
        let held = vec![down(Key::ArrowDown); 3];
        assert_eq!(window.passes(held.clone()), std::slice::from_ref(&held));
        assert_eq!(window.pass(held.clone()).events, held, "there is no wait between them");
        let moving = vec![down(Key::ArrowDown), moved(1.0), down(Key::ArrowDown)];
        assert_eq!(window.pass(moving.clone()).events, moving, "the pointer may move meanwhile");
        let twice = vec![up(Key::ArrowDown), down(Key::ArrowDown), up(Key::ArrowDown), down(Key::ArrowDown)];
        let apart: Vec<Vec<Event>> = twice.iter().map(|event| vec![event.clone()]).collect();
        assert_eq!(window.passes(twice), apart, "a key that is pressed again is not held");
        let other = key(Key::ArrowDown, Modifiers::SHIFT, true);
        assert_eq!(window.passes(vec![other.clone(), other.clone()]), [vec![other.clone(), other]]);
    }

    #[test]
    fn text_reaches_a_field_together_and_in_order() {
        let word = vec![down(Key::A), text("a"), up(Key::A), down(Key::B), text("b"), text("é")];
        let all = [word.clone(), vec![down(Key::Enter)]].concat();
        assert_eq!(Window::typing().passes(all.clone()), [word, vec![down(Key::Enter)]]);
        let apart = [all[..2].to_vec(), all[2..3].to_vec(), all[3..5].to_vec(), all[5..6].to_vec()];
        assert_eq!(Window::default().passes(all)[..4], apart, "keys without a field act one by one");
        let mut typing = Window::typing();
        assert_eq!(typing.pass(vec![text("a")]).events, [text("a")]);
        assert_eq!(typing.pass(vec![text("b")]).events, [text("b")], "a field needs no pass to settle");
        let digits = vec![text("n"), down(Key::Num3), text("3"), text("4")];
        let apart = [digits[..1].to_vec(), digits[1..3].to_vec(), digits[3..].to_vec()];
        assert_eq!(Window::typing().passes(digits), apart);
    }

    #[test]
    fn a_drag_is_pressed_moved_and_released_in_passes_of_their_own() {
        let all = vec![moved(0.0), button(true), moved(1.0), moved(9.0), button(false), Event::PointerGone];
        let passes = [all[..2].to_vec(), all[2..4].to_vec(), all[4..5].to_vec(), all[5..].to_vec()];
        assert_eq!(Window::default().passes(all), passes);
        let mut window = Window::default();
        window.pass(vec![button(true)]);
        window.pass(Vec::new());
        for x in [1.0, 2.0, 3.0] {
            assert_eq!(window.pass(vec![moved(x)]).events, [moved(x)], "a drag follows the pointer");
        }
        assert_eq!(window.pass(vec![button(false)]).events, [button(false)]);
    }

    #[test]
    fn clicks_that_wait_keep_the_time_of_their_arrival() {
        let mut window = Window::default();
        let click = [button(true), button(false)];
        let first = window.pass([click.clone(), click].concat()).time;
        while window.queue.is_waiting() {
            assert_eq!(window.pass(Vec::new()).time, first);
        }
        assert_eq!(window.pass(Vec::new()).time, Some(window.now_s));
    }

    #[test]
    fn what_a_hidden_window_gets_back_comes_before_what_waits() {
        let mut window = Window::default();
        let keys = [Key::A, Key::B, Key::C].map(down);
        let first = window.pass(keys[..2].to_vec());
        window.moment.pass -= 1;
        let events = [first.events, vec![keys[2].clone()]].concat();
        let again = window.pass(events);
        assert_eq!((again.events.as_slice(), again.time), (&keys[..1], Some(window.now_s)));
        let time = again.time;
        window.pass(Vec::new());
        let next = window.pass(Vec::new());
        assert_eq!((next.events.as_slice(), next.time), (&keys[1..2], time), "the clock never goes back");
        window.pass(Vec::new());
        assert_eq!(window.pass(Vec::new()).events, keys[2..]);
    }
}
