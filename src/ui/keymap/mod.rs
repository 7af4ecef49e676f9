//! The shortcuts of commands: the defaults of the table, as the user has changed them.

mod problem;
mod prose;
mod reserved;
pub mod shortcut;

use std::sync::Arc;

use egui::{Context, Id, KeyboardShortcut};

use crate::commands::{COMMANDS, CommandId};
use demarche_io::settings::ShortcutChanges;

use prose::Moved;

pub use problem::KeymapProblem;
pub use reserved::{Reserved, reserved};

/// The shortcuts of every command; the first of a command is the one that is shown.
#[derive(Clone, PartialEq, Debug)]
pub struct Keymap {
    /// In the order of the table.
    shortcuts: Vec<Vec<KeyboardShortcut>>,
    /// The defaults that the user has changed.
    moved: Vec<Moved>,
}

impl Default for Keymap {
    /// The shortcuts of the table.
    fn default() -> Self {
        let shortcuts = COMMANDS.iter().map(|command| defaults(command.id).collect());
        Self { shortcuts: shortcuts.collect(), moved: Vec::new() }
    }
}

/// Returns the shortcuts that a command has in the table.
pub fn defaults(id: CommandId) -> impl Iterator<Item = KeyboardShortcut> {
    id.command().keys.iter().filter_map(|keys| shortcut::parse(keys))
}

impl Keymap {
    /// Applies the user's changes to the defaults. What can't be used is returned, and the rest is used.
    pub fn new(changes: &ShortcutChanges) -> (Self, Vec<KeymapProblem>) {
        let mut keymap = Self::default();
        let mut problems = Vec::new();
        let mut changed = Vec::new();
        let Some(entries) = changes.entries() else { return (keymap, vec![KeymapProblem::Unreadable]) };
        for entry in entries {
            let Some(command) = COMMANDS.iter().find(|command| command.id.name() == entry.command) else {
                problems.push(KeymapProblem::UnknownCommand(entry.command.to_owned()));
                continue;
            };
            let Some(keys) = entry.keys else {
                problems.push(KeymapProblem::UnreadableKeys(command.id));
                continue;
            };
            changed.push(command.id);
            *keymap.shortcuts_mut(command.id) = usable(command.id, &keys, &mut problems);
        }
        keymap.remove_clashes(&changed, &mut problems);
        keymap.moved = Moved::all(&keymap);
        (keymap, problems)
    }

    /// Leaves a key that two commands have to the one that the user has given it to, or else to the first one.
    fn remove_clashes(&mut self, changed: &[CommandId], problems: &mut Vec<KeymapProblem>) {
        for &winner in changed {
            for shortcut in self.shortcuts(winner).to_vec() {
                for loser in self.owners(winner, shortcut) {
                    self.shortcuts_mut(loser).retain(|other| *other != shortcut);
                    problems.push(KeymapProblem::Taken { command: loser, shortcut, by: winner });
                }
            }
        }
    }

    /// Returns the keymap of the window.
    pub fn of(ctx: &Context) -> Arc<Self> {
        ctx.data_mut(|data| Arc::clone(data.get_temp_mut_or_default(Id::unique("keymap"))))
    }

    /// Makes it the keymap of the window.
    pub fn install(self, ctx: &Context) {
        ctx.data_mut(|data| data.insert_temp(Id::unique("keymap"), Arc::new(self)));
    }

    /// Returns the shortcuts of a command.
    pub fn shortcuts(&self, id: CommandId) -> &[KeyboardShortcut] {
        &self.shortcuts[id as usize]
    }

    /// Returns all shortcuts of a command as they are displayed.
    pub fn display_all(&self, id: CommandId) -> Vec<String> {
        self.shortcuts(id).iter().map(|shortcut| shortcut::display(*shortcut)).collect()
    }

    fn shortcuts_mut(&mut self, id: CommandId) -> &mut Vec<KeyboardShortcut> {
        &mut self.shortcuts[id as usize]
    }

    /// Returns the other commands that have a shortcut where those of a command work.
    pub fn owners(&self, id: CommandId, shortcut: KeyboardShortcut) -> Vec<CommandId> {
        let context = id.command().key_context;
        let others = COMMANDS.iter().filter(|other| other.id != id && other.key_context.meets(context));
        others.map(|other| other.id).filter(|other| self.shortcuts(*other).contains(&shortcut)).collect()
    }

    /// Returns the shortcut of a command that is shown, or nothing if it has none.
    pub fn display(&self, id: CommandId) -> String {
        self.shortcuts(id).first().map(|first| shortcut::display(*first)).unwrap_or_default()
    }
}

/// Returns the keys that a command can have.
fn usable(id: CommandId, keys: &[&str], problems: &mut Vec<KeymapProblem>) -> Vec<KeyboardShortcut> {
    let mut shortcuts = Vec::new();
    for keys in keys {
        match shortcut::parse(keys).map(|shortcut| (shortcut, reserved(id.command(), shortcut))) {
            Some((shortcut, None)) => shortcuts.push(shortcut),
            Some((shortcut, Some(_))) => problems.push(KeymapProblem::Reserved { command: id, shortcut }),
            None => problems.push(KeymapProblem::UnknownKey { command: id, keys: (*keys).to_owned() }),
        }
    }
    shortcuts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keymap(json: &str) -> (Keymap, Vec<KeymapProblem>) {
        Keymap::new(&serde_json::from_str(json).unwrap())
    }

    #[test]
    fn no_two_commands_share_a_default() {
        let keymap = Keymap::default();
        for command in COMMANDS {
            for &shortcut in keymap.shortcuts(command.id) {
                assert_eq!(keymap.owners(command.id, shortcut), [], "{:?}", command.id);
            }
        }
    }

    #[test]
    fn two_commands_can_swap_their_keys() {
        let (keymap, problems) = keymap(r#"{"Save": ["Ctrl+O"], "OpenProject": ["Ctrl+S"]}"#);
        assert_eq!(problems, []);
        assert_eq!(
            (keymap.display(CommandId::Save), keymap.display(CommandId::OpenProject)),
            ("Ctrl+O".into(), "Ctrl+S".into())
        );
    }

    #[test]
    fn what_cant_be_used_is_returned_and_the_rest_is_used() {
        let (keymap, problems) = keymap(
            r#"{"Nothing": ["F2"], "Undo": 3, "Save": ["Ctrl+C", "Ctrl+Nowhere", "F12"], "Quit": ["Ctrl+N"],
                "Shortcuts": []}"#,
        );
        let key = |keys| shortcut::parse(keys).unwrap();
        assert_eq!(
            problems,
            [
                KeymapProblem::UnknownCommand("Nothing".to_owned()),
                KeymapProblem::Reserved { command: CommandId::Save, shortcut: key("Ctrl+C") },
                KeymapProblem::UnknownKey { command: CommandId::Save, keys: "Ctrl+Nowhere".to_owned() },
                KeymapProblem::UnreadableKeys(CommandId::Undo),
                KeymapProblem::Taken {
                    command: CommandId::NewProject,
                    shortcut: key("Ctrl+N"),
                    by: CommandId::Quit
                },
            ]
        );
        assert_eq!(keymap.shortcuts(CommandId::Save), [key("F12")]);
        assert_eq!(keymap.shortcuts(CommandId::Undo), [key("Ctrl+Z")]);
        assert_eq!(keymap.shortcuts(CommandId::Quit), [key("Ctrl+N")]);
        assert_eq!(keymap.shortcuts(CommandId::Shortcuts), []);
        assert_eq!(self::keymap("[]").1, [KeymapProblem::Unreadable]);
    }

    #[test]
    fn keys_of_two_screens_dont_clash() {
        let (_, problems) = keymap(r#"{"NextDifference": ["T"]}"#);
        assert_eq!(problems, [], "T is a key of the Analyse screen");
        let (_, problems) = keymap(r#"{"NextDifference": ["O"]}"#);
        assert_eq!(problems.len(), 1);
    }
}
