//! Lists of short texts that are edited in place. `one` is the noun for an entry: `example`.

/// The field of an entry.
pub fn entry(one: &str, number: usize) -> String {
    format!("{one} {number}")
}

/// The button that moves an entry up.
pub fn move_up(one: &str, number: usize) -> String {
    format!("Move {one} {number} up (Alt+↑)")
}

/// The button that moves an entry down.
pub fn move_down(one: &str, number: usize) -> String {
    format!("Move {one} {number} down (Alt+↓)")
}

/// The button that removes an entry.
pub fn remove(one: &str, number: usize) -> String {
    format!("Remove {one} {number}")
}

/// The field for a new entry.
pub fn new_entry(one: &str) -> String {
    format!("New {one}")
}

/// The hint in the field for a new entry.
pub fn new_entry_hint(one: &str) -> String {
    format!("Add {one}, then press Enter")
}
