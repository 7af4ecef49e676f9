//! Keys and clicks as real platforms send them.

use egui::{Event, Key, Modifiers, PointerButton, Pos2};

/// Presses and releases a key.
pub fn press(modifiers: Modifiers, key: Key) -> Vec<Event> {
    vec![
        Event::ModifiersChanged(modifiers),
        key_event(key, modifiers, true),
        key_event(key, modifiers, false),
        Event::ModifiersChanged(Modifiers::NONE),
    ]
}

/// Presses and releases a key that writes a sign.
pub fn write(key: Key, sign: &str) -> Vec<Event> {
    let written = Event::Text(sign.to_owned());
    vec![key_event(key, Modifiers::NONE, true), written, key_event(key, Modifiers::NONE, false)]
}

/// Clicks at a place.
pub fn click(place: Pos2) -> Vec<Event> {
    vec![Event::PointerMoved(place), button(place, true), button(place, false)]
}

/// Drags the pointer from one place to another, and takes it away.
pub fn drag(from: Pos2, to: Pos2) -> Vec<Event> {
    vec![
        Event::PointerMoved(from),
        button(from, true),
        Event::PointerMoved(from + (to - from) / 2.0),
        Event::PointerMoved(to),
        button(to, false),
        Event::PointerGone,
    ]
}

fn key_event(key: Key, modifiers: Modifiers, pressed: bool) -> Event {
    Event::Key { key, physical_key: Some(key), pressed, repeat: false, modifiers }
}

fn button(pos: Pos2, pressed: bool) -> Event {
    let modifiers = Modifiers::NONE;
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers }
}
