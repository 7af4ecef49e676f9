//! A shortcut as people write it, such as `Ctrl+Shift+Z`, and as egui knows it.

use std::fmt;

use egui::{Key, KeyboardShortcut, Modifiers};

/// The modifiers in the order in which they are written.
const MODIFIERS: [(&str, Modifiers); 3] =
    [("Ctrl", Modifiers::COMMAND), ("Alt", Modifiers::ALT), ("Shift", Modifiers::SHIFT)];

/// Parses a shortcut. `Ctrl` is the command key on a Mac.
pub fn parse(text: &str) -> Option<KeyboardShortcut> {
    let mut modifiers = Modifiers::NONE;
    let mut rest = text;
    while let Some((first, more)) = rest.split_once('+').filter(|(_, more)| !more.is_empty()) {
        modifiers |= MODIFIERS.iter().find(|(name, _)| *name == first)?.1;
        rest = more;
    }
    Key::from_name(rest).map(|key| KeyboardShortcut::new(modifiers, key))
}

/// Returns the shortcut of a key that was pressed, or `None` if it can't be written, such as one with the control key of
/// a Mac.
pub fn pressed(key: Key, modifiers: Modifiers) -> Option<KeyboardShortcut> {
    let used = MODIFIERS.iter().filter(|(_, modifier)| modifiers.contains(*modifier));
    let plain = used.fold(Modifiers::NONE, |all, (_, modifier)| all | *modifier);
    modifiers.matches_exact(plain).then_some(KeyboardShortcut::new(plain, key))
}

/// Writes a shortcut for the file of settings.
pub struct Written(pub KeyboardShortcut);

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let KeyboardShortcut { modifiers, logical_key } = self.0;
        for (name, _) in MODIFIERS.iter().filter(|(_, modifier)| modifiers.contains(*modifier)) {
            write!(f, "{name}+")?;
        }
        f.write_str(key_name(logical_key))
    }
}

/// Returns a shortcut as it is displayed, with arrows for arrow keys.
pub fn display(shortcut: KeyboardShortcut) -> String {
    let text = Written(shortcut).to_string();
    let text = text.replace("ArrowRight", "→").replace("ArrowLeft", "←");
    let text = text.replace("ArrowUp", "↑").replace("ArrowDown", "↓");
    let text = text.replace("PageDown", "Page Down").replace("PageUp", "Page Up");
    if cfg!(target_os = "macos") { text.replace("Ctrl", "⌘") } else { text }
}

/// The names of keys that egui calls otherwise.
const NAMES: [(Key, &str); 16] = [
    (Key::ArrowDown, "ArrowDown"),
    (Key::ArrowLeft, "ArrowLeft"),
    (Key::ArrowRight, "ArrowRight"),
    (Key::ArrowUp, "ArrowUp"),
    (Key::Comma, ","),
    (Key::Period, "."),
    (Key::Semicolon, ";"),
    (Key::Equals, "="),
    (Key::Slash, "/"),
    (Key::Backslash, "\\"),
    (Key::OpenBracket, "["),
    (Key::CloseBracket, "]"),
    (Key::OpenCurlyBracket, "{"),
    (Key::CloseCurlyBracket, "}"),
    (Key::Backtick, "`"),
    (Key::Quote, "'"),
];

fn key_name(key: Key) -> &'static str {
    let named = NAMES.iter().find(|(other, _)| *other == key);
    named.map_or_else(|| key.name(), |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::COMMANDS;

    #[test]
    fn every_shortcut_of_the_table_is_parsed_and_written_as_it_is_there() {
        for command in COMMANDS {
            for text in command.keys {
                let shortcut = parse(text).unwrap_or_else(|| panic!("{:?}: {text}", command.id));
                assert_eq!(Written(shortcut).to_string(), *text, "{:?}", command.id);
            }
        }
    }

    #[test]
    fn every_key_is_written_so_that_it_is_read_again() {
        for &key in Key::ALL {
            let shortcut = KeyboardShortcut::new(Modifiers::COMMAND | Modifiers::SHIFT, key);
            assert_eq!(parse(&Written(shortcut).to_string()), Some(shortcut));
        }
        for text in ["", "Ctrl", "Ctrl+", "Super+A", "Ctrl+Nothing", "+"] {
            assert_eq!(
                parse(text).map(|shortcut| shortcut.modifiers.any()),
                (text == "+").then_some(false),
                "{text}"
            );
        }
    }
}
