//! Projects that can't be opened as they are.

use super::grammar::counted;

texts! {
    title: "This project is damaged",
    repair_hint: "Repair leaves out what can’t be read and opens the rest. A copy of each file that it changes is kept next to it, such as project.ron.before-repair.",
    by_hand: "Demarche can’t repair this without guessing. Fix the line in a text editor, or restore the file from a backup or from git.",
    unreadable: "It can’t be opened:",
    repair: "Repair",
    open_read_only: "Open read-only",
}

/// The number of problems above their list.
pub fn problems(count: usize) -> String {
    format!(
        "It can’t be opened as it is: {} would be lost on the next save.",
        counted(count, "entry", "entries")
    )
}

/// A repair that was done, with the copies that were kept.
pub fn repaired(copies: &[std::path::PathBuf]) -> String {
    let copies: Vec<String> = copies.iter().map(|copy| copy.display().to_string()).collect();
    format!("Repaired. What was there before is kept in {}", copies.join(", "))
}
