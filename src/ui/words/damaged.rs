//! Projects that can't be opened as they are.

use super::grammar::counted;

texts! {
    title: "This project is damaged",
    repair_hint: "Repair leaves out what can’t be read and opens the rest. A copy of each file that it changes is kept next to it, such as project.ron.before-repair.",
    rebuild_hint: "Repair rebuilds project.ron from the texts and everyone’s passages, which are all kept. What only that file held can’t be restored: the name of the project, names and roles of people, order, titles, dates and sources of documents, blind coding, and names and definitions of categories and attributes that are in no built-in codebook. If you have a backup or use git, restore the file instead.",
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
    if copies.is_empty() {
        return "Repaired: project.ron was rebuilt. Check names, titles and the codebook.".to_owned();
    }
    let copies: Vec<String> = copies.iter().map(|copy| copy.display().to_string()).collect();
    format!("Repaired. What was there before is kept in {}", copies.join(", "))
}
