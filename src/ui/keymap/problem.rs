//! What is wrong with the shortcuts in `settings.json`.

use egui::KeyboardShortcut;

use crate::commands::CommandId;

/// An entry, or a part of one, that can't be used. The rest is used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum KeymapProblem {
    /// None of it can be read.
    Unreadable,
    /// There is no such command.
    UnknownCommand(String),
    /// The keys of a command can't be read; it keeps its defaults.
    UnreadableKeys(CommandId),
    /// There is no such key.
    UnknownKey { command: CommandId, keys: String },
    /// The key is needed by text or categories.
    Reserved { command: CommandId, shortcut: KeyboardShortcut },
    /// Another command has the key.
    Taken { command: CommandId, shortcut: KeyboardShortcut, by: CommandId },
}
