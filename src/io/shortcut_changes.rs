//! The user's shortcuts, as `settings.json` holds them: only those that differ from the defaults.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The commands whose shortcuts the user has changed. What can't be read stays as it is in the file, until the user changes
/// that command or resets all.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ShortcutChanges(Value);

/// An entry of the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShortcutEntry<'a> {
    /// The id of the command.
    pub command: &'a str,
    /// Its shortcuts; none of them means that it has none. `None` if they can't be read.
    pub keys: Option<Vec<&'a str>>,
}

impl Default for ShortcutChanges {
    fn default() -> Self {
        Self(Value::Object(Map::new()))
    }
}

impl ShortcutChanges {
    /// Returns the entries by the commands' ids, or `None` if the value in the file is no object.
    pub fn entries(&self) -> Option<impl Iterator<Item = ShortcutEntry<'_>>> {
        let entries = self.0.as_object()?.iter();
        Some(entries.map(|(command, value)| ShortcutEntry { command, keys: keys(value) }))
    }

    /// Returns whether the user has changed the shortcuts of a command.
    pub fn contains(&self, command: &str) -> bool {
        self.0.get(command).is_some()
    }

    /// Sets the shortcuts of a command.
    pub fn set(&mut self, command: &str, keys: Vec<String>) {
        if !self.0.is_object() {
            *self = Self::default();
        }
        if let Some(entries) = self.0.as_object_mut() {
            entries.insert(command.to_owned(), keys.into());
        }
    }

    /// Resets the shortcuts of a command to the defaults.
    pub fn reset(&mut self, command: &str) {
        if let Some(entries) = self.0.as_object_mut() {
            entries.remove(command);
        }
    }
}

fn keys(value: &Value) -> Option<Vec<&str>> {
    value.as_array()?.iter().map(Value::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> ShortcutChanges {
        serde_json::from_str(json).unwrap()
    }

    fn entries(changes: &ShortcutChanges) -> Vec<(&str, Option<Vec<&str>>)> {
        changes.entries().unwrap().map(|entry| (entry.command, entry.keys)).collect()
    }

    #[test]
    fn what_cant_be_read_costs_only_itself_and_stays_in_the_file() {
        let mut changes = read(r#"{"Later": {"chord": 1}, "Save": ["Ctrl+D"], "Undo": [], "Redo": "F3"}"#);
        let expect =
            [("Later", None), ("Redo", None), ("Save", Some(vec!["Ctrl+D"])), ("Undo", Some(vec![]))];
        assert_eq!(entries(&changes), expect);
        changes.set("Redo", vec!["F3".to_owned()]);
        changes.reset("Undo");
        let written = serde_json::to_value(&changes).unwrap();
        assert_eq!(written, serde_json::json!({"Later": {"chord": 1}, "Save": ["Ctrl+D"], "Redo": ["F3"]}));
        assert_eq!((changes.contains("Redo"), changes.contains("Undo")), (true, false));
    }

    #[test]
    fn a_value_that_is_no_object_is_replaced_by_the_next_change() {
        let mut changes = read("7");
        assert!(changes.entries().is_none());
        changes.set("Save", vec!["Ctrl+D".to_owned()]);
        assert_eq!(entries(&changes), [("Save", Some(vec!["Ctrl+D"]))]);
    }
}
