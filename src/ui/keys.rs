//! Shortcuts of commands: display and input.

use egui::{Context, Event, Key, KeyboardShortcut};

use crate::category_keys;
use crate::commands::{COMMANDS, CommandId, KeyContext};
use crate::keymap::Keymap;
use demarche_session::{Screen, Session};

/// Returns by how many rows a key moves in a list of which `page` rows are in view: down if that is positive. `isize::MIN` and
/// `isize::MAX` stand for the first and the last row; `None` for any other key.
pub fn row_steps(key: Key, page: usize) -> Option<isize> {
    let page = page.max(1) as isize;
    match key {
        Key::ArrowDown => Some(1),
        Key::ArrowUp => Some(-1),
        Key::PageDown => Some(page),
        Key::PageUp => Some(-page),
        Key::Home => Some(isize::MIN),
        Key::End => Some(isize::MAX),
        _ => None,
    }
}

/// The first shortcut of a command, or nothing if it has none.
pub fn display(ctx: &Context, id: CommandId) -> String {
    Keymap::of(ctx).display(id)
}

/// `text` with the shortcut of a command, if it has one: `Import documents (Ctrl+I)`.
pub fn with_shortcut(ctx: &Context, text: &str, id: CommandId) -> String {
    let keys = display(ctx, id);
    if keys.is_empty() { text.to_owned() } else { format!("{text} ({keys})") }
}

/// A sentence that names the keys of commands, with the user's keys.
pub fn in_sentence(ctx: &Context, text: &str) -> String {
    Keymap::of(ctx).in_sentence(text).into_owned()
}

/// Consumes shortcuts from the input and returns the commands to run. `text` says whether the document's text has the
/// keyboard focus, `typing` whether a text field has it.
pub fn take_pressed(ctx: &Context, session: Option<&Session>, text: bool, typing: bool) -> Vec<CommandId> {
    let mut found = Vec::new();
    let any = |event: &Event| matches!(event, Event::Key { pressed: true, .. });
    if !ctx.input(|input| input.events.iter().any(any)) {
        return found;
    }
    let keymap = Keymap::of(ctx);
    for command in COMMANDS {
        let here = match command.key_context {
            KeyContext::Window => true,
            KeyContext::OutsideFields => !typing,
            KeyContext::Text => text,
            KeyContext::Compare => !typing && session.is_some_and(|s| s.screen() == Screen::Compare),
            KeyContext::Analyse => !typing && session.is_some_and(|s| s.screen() == Screen::Analyse),
        };
        let possible = session.is_some() || command.needs_no_project();
        let tags = |shortcut: &KeyboardShortcut| {
            command.key_context == KeyContext::Compare && session.is_some_and(|s| tags_words(s, shortcut))
        };
        let mut usable = keymap.shortcuts(command.id).iter().filter(|shortcut| !tags(shortcut));
        if here && possible && usable.any(|shortcut| consume(ctx, shortcut)) {
            found.push(command.id);
            if command.key_context.is_of_screen() {
                // The character of the key must not reach a text field.
                ctx.input_mut(|input| input.events.retain(|event| !matches!(event, Event::Text(_))));
            }
        }
    }
    found
}

/// Returns whether a key tags the selected words, instead of settling the current difference.
fn tags_words(session: &Session, shortcut: &KeyboardShortcut) -> bool {
    let key = category_keys::char_on(shortcut.logical_key).filter(|_| shortcut.modifiers.is_none());
    let category = key.and_then(|key| session.project().codebook().by_hotkey(key));
    !session.text_selection().is_empty() && category.is_some()
}

/// Consumes the shortcut of one command from the input, and returns whether it was pressed.
pub fn consume_shortcut(ctx: &Context, id: CommandId) -> bool {
    Keymap::of(ctx).shortcuts(id).iter().any(|shortcut| consume(ctx, shortcut))
}

/// Like [`egui::InputState::consume_shortcut`], but with exactly these modifiers: `Ctrl+Z` is not `Ctrl+Shift+Z`.
fn consume(ctx: &Context, shortcut: &KeyboardShortcut) -> bool {
    ctx.input_mut(|input| {
        let before = input.events.len();
        let mut taken = false;
        input.events.retain(|event| {
            // The character that Alt with a key types follows right after it; on its own it would tag something.
            let written = taken && shortcut.modifiers.alt && matches!(event, Event::Text(_));
            taken = matches!(event, Event::Key { key, modifiers, pressed: true, .. }
                if *key == shortcut.logical_key && modifiers.matches_exact(shortcut.modifiers));
            !taken && !written
        });
        input.events.len() < before
    })
}
