//! The entries of menus, which the command table gives.

use super::{COMMANDS, Command};

/// A part of a menu that opens from one entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Submenu {
    /// Projects sent as one file.
    Packets,
    /// The project as a whole: its details, people, history and problems.
    Project,
    /// Moving the boundaries of a passage.
    Boundaries,
    /// Marked places in the texts.
    Bookmarks,
    /// Using the reading of one person.
    Readings,
    /// Figures of the Agreement screen.
    Agreement,
    /// The tabs of the right panel.
    RightPanel,
    /// Moving the keyboard between the panes.
    Keyboard,
    /// The size of the text, and the scale of the whole interface.
    TextSize,
    /// Light or dark.
    Theme,
}

/// An entry of a menu.
pub enum Entry {
    /// A command.
    Command(&'static Command),
    /// A submenu with its commands.
    Submenu(Submenu, Vec<&'static Command>),
}

impl Entry {
    /// Returns the group inside the menu.
    pub fn group(&self) -> u8 {
        match self {
            Self::Command(command) => command.menu.group(),
            Self::Submenu(_, commands) => commands.first().map_or(0, |command| command.menu.group()),
        }
    }
}

/// Returns the entries of a menu. A submenu is where its first command is.
pub fn entries(menu: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for command in COMMANDS.iter().filter(|command| command.menu.name() == menu) {
        let Some(submenu) = command.submenu else {
            entries.push(Entry::Command(command));
            continue;
        };
        let known = entries.iter_mut().find_map(|entry| match entry {
            Entry::Submenu(other, commands) if *other == submenu => Some(commands),
            Entry::Submenu(..) | Entry::Command(_) => None,
        });
        match known {
            Some(commands) => commands.push(command),
            None => entries.push(Entry::Submenu(submenu, vec![command])),
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::commands::Menu;

    #[test]
    fn every_menu_has_fewer_than_twenty_entries() {
        for menu in Menu::ALL {
            // The recent projects are one more in the File menu.
            let count = entries(menu).len() + usize::from(menu == "File");
            assert!((1..20).contains(&count), "{menu}: {count}");
        }
    }

    #[test]
    fn every_command_is_in_one_menu_under_a_name_of_its_own() {
        let mut names = BTreeSet::new();
        for menu in Menu::ALL {
            for entry in entries(menu) {
                let commands = match entry {
                    Entry::Command(command) => vec![command],
                    Entry::Submenu(_, commands) => commands,
                };
                assert!(commands.iter().all(|command| names.insert(command.name)), "{menu}");
            }
        }
        assert_eq!(names.len(), COMMANDS.len());
    }

    #[test]
    fn groups_of_a_menu_are_in_one_piece() {
        for menu in Menu::ALL {
            let groups: Vec<u8> = entries(menu).iter().map(Entry::group).collect();
            assert!(groups.is_sorted(), "{menu}: {groups:?}");
        }
    }
}
