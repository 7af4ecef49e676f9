//! The keyboard in an open menu: arrows go through the entries, and a letter goes to the next entry that begins with it.

use egui::{Event, Id, Key, Response, Ui};

/// The entries of an open menu, as they are shown.
#[derive(Default)]
pub(super) struct MenuKeys {
    entries: Vec<(char, Id)>,
}

impl MenuKeys {
    /// Adds an entry that can be chosen.
    pub(super) fn add(&mut self, name: &str, response: &Response) {
        let first = name.chars().find(|c| c.is_alphanumeric()).and_then(|c| c.to_lowercase().next());
        if let Some(first) = first.filter(|_| response.enabled()) {
            self.entries.push((first, response.id));
        }
    }

    /// Gives the focus to the entry that the keys lead to.
    pub(super) fn follow(&self, ui: &Ui) {
        let focused = ui.memory(|memory| memory.focused());
        let at = self.entries.iter().position(|(_, id)| Some(*id) == focused);
        let (letter, down) = ui.input(|input| (typed(&input.events), input.key_pressed(Key::ArrowDown)));
        let to = match letter {
            Some(letter) => self.next(at, letter),
            // From the menu bar, the focus would go to what is below it.
            None if down && at.is_none() => self.entries.first().map(|(_, id)| *id),
            None => None,
        };
        if let Some(to) = to {
            ui.memory_mut(|memory| memory.request_focus(to));
        }
    }

    /// Returns the next entry after the one at `at` that begins with a letter, from the top after the last one.
    fn next(&self, at: Option<usize>, letter: char) -> Option<Id> {
        let after = at.map_or(0, |at| at + 1);
        let (before, rest) = self.entries.split_at(after.min(self.entries.len()));
        rest.iter().chain(before).find(|(first, _)| *first == letter).map(|(_, id)| *id)
    }
}

/// Returns the letter that was typed.
fn typed(events: &[Event]) -> Option<char> {
    events.iter().find_map(|event| match event {
        Event::Text(text) => text.chars().next()?.to_lowercase().next(),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_goes_round_the_entries_that_begin_with_it() {
        let id = |name: &str| Id::unique(name);
        let names = ["new", "open", "new too", "save"];
        let entries = names.iter().map(|name| (name.chars().next().unwrap(), id(name))).collect();
        let keys = MenuKeys { entries };
        assert_eq!(keys.next(None, 'n'), Some(id("new")));
        assert_eq!(keys.next(Some(0), 'n'), Some(id("new too")));
        assert_eq!(keys.next(Some(2), 'n'), Some(id("new")));
        assert_eq!(keys.next(Some(3), 'x'), None);
    }
}
