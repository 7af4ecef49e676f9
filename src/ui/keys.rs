//! Shortcuts of commands: parsing, display and input.

use egui::{Event, Key, KeyboardShortcut, Modifiers};

use crate::category_keys;
use crate::commands::{COMMANDS, Command, CommandId, KeyContext};
use demarche_session::{Screen, Session};

/// The shortcuts of a command, in the order of the table.
pub fn shortcuts(command: &Command) -> impl Iterator<Item = KeyboardShortcut> {
    command.keys.iter().filter_map(|keys| parse(keys))
}

/// Parses a shortcut such as `Ctrl+Shift+Z`. `Ctrl` is the command key on a Mac.
pub fn parse(keys: &str) -> Option<KeyboardShortcut> {
    let mut modifiers = Modifiers::NONE;
    let mut rest = keys;
    while let Some((first, more)) = rest.split_once('+').filter(|(_, more)| !more.is_empty()) {
        modifiers |= match first {
            "Ctrl" => Modifiers::COMMAND,
            "Shift" => Modifiers::SHIFT,
            "Alt" => Modifiers::ALT,
            _ => return None,
        };
        rest = more;
    }
    Key::from_name(rest).map(|key| KeyboardShortcut::new(modifiers, key))
}

/// The first shortcut of a command as displayed, with arrows for arrow keys.
pub fn display(command: &Command) -> String {
    let first = command.keys.first().copied().unwrap_or_default();
    let first = first.replace("ArrowRight", "→").replace("ArrowLeft", "←");
    let first = first.replace("PageDown", "Page Down").replace("PageUp", "Page Up");
    if cfg!(target_os = "macos") { first.replace("Ctrl", "⌘") } else { first }
}

/// `text` with the shortcut of a command: `Import documents (Ctrl+I)`.
pub fn with_shortcut(text: &str, id: CommandId) -> String {
    format!("{text} ({})", display(id.command()))
}

/// Consumes shortcuts from the input and returns the commands to run. `text` says whether the document's text has the
/// keyboard focus, `typing` whether a text field has it.
pub fn take_pressed(
    ctx: &egui::Context,
    session: Option<&Session>,
    text: bool,
    typing: bool,
) -> Vec<CommandId> {
    let mut found = Vec::new();
    let any = |event: &Event| matches!(event, Event::Key { pressed: true, .. });
    if !ctx.input(|input| input.events.iter().any(any)) {
        return found;
    }
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
        let mut usable = shortcuts(command).filter(|shortcut| !tags(shortcut));
        if here && possible && usable.any(|shortcut| consume(ctx, &shortcut)) {
            found.push(command.id);
            if matches!(command.key_context, KeyContext::Compare | KeyContext::Analyse) {
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
pub fn consume_shortcut(ctx: &egui::Context, id: CommandId) -> bool {
    shortcuts(id.command()).any(|shortcut| consume(ctx, &shortcut))
}

/// Like [`egui::InputState::consume_shortcut`], but with exactly these modifiers: `Ctrl+Z` is not `Ctrl+Shift+Z`.
fn consume(ctx: &egui::Context, shortcut: &KeyboardShortcut) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shortcut_of_the_table_can_be_parsed() {
        for command in COMMANDS {
            assert_eq!(shortcuts(command).count(), command.keys.len(), "{:?}", command.id);
        }
    }

    #[test]
    fn no_two_commands_share_a_shortcut() {
        let mut seen: Vec<(KeyboardShortcut, CommandId)> = Vec::new();
        for command in COMMANDS {
            for shortcut in shortcuts(command) {
                let meets = |other: &CommandId| other.command().key_context.meets(command.key_context);
                if let Some((_, other)) = seen.iter().find(|(known, id)| *known == shortcut && meets(id)) {
                    panic!("{:?} and {other:?} share a key", command.id);
                }
                seen.push((shortcut, command.id));
            }
        }
    }
}
