//! Changing shortcuts on the settings page.

use super::grammar::{list, plural};
use crate::keymap::{KeymapProblem, Reserved, shortcut};

texts! {
    search: "Command, menu or key",
    search_name: "Search commands",
    none: "None",
    capture: "Press a new shortcut…",
    capture_hint: "Escape cancels",
    replace: "Replace",
    reset: "Reset to default",
    reset_all: "Reset all shortcuts",
    no_command: "No matches",
    no_command_hint: "Try another word, or a key such as Ctrl+M.",
    unreadable: "The shortcuts in settings.json can't be read; the defaults are used.",
}

/// The button that changes the shortcut of a command.
pub fn change(command: &str, keys: &str) -> String {
    format!("{command}: {keys}. Change shortcut")
}

/// The tooltip of the button that changes a shortcut.
pub fn change_hint(help: &str, default: &str) -> String {
    format!("{help}\nDefault: {default}")
}

/// The button that takes the shortcut of a command away.
pub fn remove(command: &str) -> String {
    format!("Remove shortcut of {command}")
}

/// The button that resets the shortcut of a command.
pub fn reset_one(command: &str, default: &str) -> String {
    format!("Reset {command} to {default}")
}

/// A shortcut that other commands have.
pub fn clash(keys: &str, commands: &[&str]) -> String {
    format!("{keys} is the shortcut of {}.", list(commands))
}

/// The question before all shortcuts are reset.
pub fn ask_reset_all(count: usize) -> String {
    format!("Reset {} to the default?", plural(count, "shortcut"))
}

/// Why a key can't be taken.
pub fn reserved(keys: &str, why: Reserved) -> String {
    let why = match why {
        Reserved::Categories => "types text and tags with categories",
        Reserved::Editing => "edits text",
        Reserved::Caret => "moves the caret",
        Reserved::Focus => "is for buttons and dialogs",
    };
    format!("{keys} {why}. Choose another, such as one with Ctrl or Alt.")
}

/// Shortcuts in the file that can't be used.
pub fn problems(count: usize) -> String {
    format!("{} in settings.json can't be used. See Settings, Shortcuts.", plural(count, "shortcut"))
}

/// What is wrong with an entry of the file.
pub fn problem(problem: &KeymapProblem) -> String {
    match problem {
        KeymapProblem::Unreadable => unreadable().to_owned(),
        KeymapProblem::UnknownCommand(name) => {
            format!("“{name}” is not a command of this version; it is ignored.")
        }
        KeymapProblem::UnreadableKeys(id) => {
            format!("{}: the shortcuts are not a list of texts; the default is used.", id.command().name)
        }
        KeymapProblem::UnknownKey { command, keys } => {
            format!("{}: “{keys}” is not a key; it is ignored.", command.command().name)
        }
        KeymapProblem::Reserved { command, shortcut } => {
            format!(
                "{}: {} can't be taken; it is ignored.",
                command.command().name,
                shortcut::display(*shortcut)
            )
        }
        KeymapProblem::Taken { command, shortcut, by } => format!(
            "{}: {} was given to {}.",
            command.command().name,
            shortcut::display(*shortcut),
            by.command().name
        ),
    }
}
