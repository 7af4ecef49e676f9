//! The next key that is pressed, taken from the input before anything else sees it.

use egui::{Context, Event, Key, KeyboardShortcut, Modifiers};

use crate::keymap::shortcut;

/// What was pressed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Captured {
    /// Escape.
    Cancel,
    /// A shortcut.
    Shortcut(KeyboardShortcut),
}

/// Removes what the keyboard has sent from the input, and returns the first key.
pub fn capture(ctx: &Context) -> Option<Captured> {
    ctx.input_mut(|input| {
        let captured = input.events.iter().find_map(captured);
        input.events.retain(|event| {
            !matches!(
                event,
                Event::Key { .. }
                    | Event::Text(_)
                    | Event::Copy
                    | Event::Cut
                    | Event::Paste(_)
                    | Event::PasteImage(_)
            )
        });
        captured
    })
}

/// The system turns the keys of the clipboard into events of their own.
fn captured(event: &Event) -> Option<Captured> {
    let ctrl = |key| Some(Captured::Shortcut(KeyboardShortcut::new(Modifiers::COMMAND, key)));
    match event {
        Event::Key { key: Key::Escape, pressed: true, modifiers, .. } if modifiers.is_none() => {
            Some(Captured::Cancel)
        }
        Event::Key { key, pressed: true, repeat: false, modifiers, .. } => {
            shortcut::pressed(*key, *modifiers).map(Captured::Shortcut)
        }
        Event::Copy => ctrl(Key::C),
        Event::Cut => ctrl(Key::X),
        Event::Paste(_) | Event::PasteImage(_) => ctrl(Key::V),
        _ => None,
    }
}
