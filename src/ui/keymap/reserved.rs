//! Keys that no command can take, because something else needs them where the command's keys work.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::shortcut;
use crate::category_keys;
use crate::commands::{Command, KeyContext};

/// What needs a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reserved {
    /// Categories, and typing.
    Categories,
    /// Copying, pasting and changing the text of a field.
    Editing,
    /// The caret.
    Caret,
    /// The widget with the keyboard focus, and dialogs.
    Focus,
}

/// Returns what needs a key where the keys of a command work. The command's own defaults are never reserved.
pub fn reserved(command: &Command, shortcut: KeyboardShortcut) -> Option<Reserved> {
    if command.keys.iter().filter_map(|keys| shortcut::parse(keys)).any(|own| own == shortcut) {
        return None;
    }
    let KeyboardShortcut { modifiers, logical_key: key } = shortcut;
    let is_plain = !modifiers.command && !modifiers.alt;
    let everywhere = command.key_context == KeyContext::Window;
    if moves_caret(key, modifiers) {
        return Some(Reserved::Caret);
    }
    if edits(key, modifiers, command.key_context) {
        return Some(Reserved::Editing);
    }
    if is_plain && is_for_focus(key) {
        return (command.key_context != KeyContext::Text).then_some(Reserved::Focus);
    }
    let types = category_keys::char_on(key).is_some() && !command.key_context.is_of_screen();
    (is_plain && (types || everywhere && is_sign(key))).then_some(Reserved::Categories)
}

/// Returns whether a key moves the caret; with Shift it extends the selection.
fn moves_caret(key: Key, modifiers: Modifiers) -> bool {
    match key {
        Key::ArrowUp | Key::ArrowDown => !(modifiers.command && modifiers.alt),
        Key::ArrowLeft | Key::ArrowRight | Key::Home | Key::End => !modifiers.alt,
        Key::PageUp | Key::PageDown => !modifiers.alt && !modifiers.command,
        _ => false,
    }
}

/// Returns whether a key edits text: in fields, or by the clipboard anywhere.
fn edits(key: Key, modifiers: Modifiers, context: KeyContext) -> bool {
    let in_fields = context == KeyContext::Window;
    match key {
        Key::C | Key::X | Key::V => modifiers.matches_exact(Modifiers::COMMAND),
        Key::A => modifiers.matches_exact(Modifiers::COMMAND) && context != KeyContext::Text,
        Key::Z | Key::Y => modifiers.command && !modifiers.alt && in_fields,
        Key::Backspace | Key::Delete => modifiers.any() && in_fields,
        Key::Copy | Key::Cut | Key::Paste | Key::Insert => true,
        _ => false,
    }
}

/// Returns whether a key without Ctrl or Alt is for buttons, fields and dialogs.
fn is_for_focus(key: Key) -> bool {
    matches!(key, Key::Enter | Key::Tab | Key::Escape | Key::Space | Key::Backspace | Key::Delete)
}

/// Returns whether a key types a sign other than a letter or digit.
fn is_sign(key: Key) -> bool {
    key.symbol_or_name() != key.name() || matches!(key, Key::Plus | Key::Minus)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::{COMMANDS, CommandId};

    fn why(command: CommandId, keys: &str) -> Option<Reserved> {
        reserved(command.command(), shortcut::parse(keys).unwrap())
    }

    #[test]
    fn the_defaults_are_never_reserved() {
        for command in COMMANDS {
            for keys in command.keys {
                assert_eq!(why(command.id, keys), None, "{:?}", command.id);
            }
        }
    }

    #[test]
    fn keys_of_text_and_categories_cant_be_taken() {
        let link = CommandId::StartLink;
        for (keys, expect) in [
            ("5", Reserved::Categories),
            ("T", Reserved::Categories),
            ("Shift+T", Reserved::Categories),
            ("/", Reserved::Categories),
            ("-", Reserved::Categories),
            ("Ctrl+C", Reserved::Editing),
            ("Ctrl+V", Reserved::Editing),
            ("Ctrl+A", Reserved::Editing),
            ("Ctrl+Shift+Z", Reserved::Editing),
            ("Ctrl+ArrowLeft", Reserved::Caret),
            ("Shift+Home", Reserved::Caret),
            ("Alt+ArrowDown", Reserved::Caret),
            ("Enter", Reserved::Focus),
            ("Escape", Reserved::Focus),
        ] {
            assert_eq!(why(link, keys), Some(expect), "{keys}");
        }
        for keys in ["F2", "Shift+F9", "Ctrl+M", "Ctrl+Alt+5", "Alt+L", "Ctrl+5", "Alt+PageDown"] {
            assert_eq!(why(link, keys), None, "{keys}");
        }
    }

    #[test]
    fn letters_are_free_on_the_screens_that_use_them_and_enter_in_the_text() {
        assert_eq!(why(CommandId::NextDifference, "J"), None);
        assert_eq!(why(CommandId::NextDifference, "Enter"), Some(Reserved::Focus));
        assert_eq!(why(CommandId::NextPassage, "Enter"), None);
        assert_eq!(why(CommandId::NextPassage, "J"), Some(Reserved::Categories));
    }
}
