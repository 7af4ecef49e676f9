//! The codebook editor: its views, kinds of link, actors and issues; importing and exporting a codebook.

use super::grammar::{counted, plural};

texts! {
    title: "Codebook",
    categories: "Categories",
    categories_hint: "What passages are tagged with",
    attributes: "Attributes",
    attributes_hint: "What is recorded about a passage",
    lists: "Links and lists",
    lists_hint: "Kinds of link, actors, issues",
    export: "Export…",
    export_hint: "Export the codebook for other projects and programs",
    import: "Import…",
    import_hint: "Add categories, attributes and kinds of link from a file",
    close_hint: "All changes are applied already (Escape)",

    link_kinds: "Kinds of link",
    link_kinds_hint: "How one passage relates to another.",
    new_link_kind: "New kind of link",
    new_link_kind_hint: "Type a name, then Enter",
    answers: "Answers what it leads to",
    answers_hint: "The Analyse screen counts the first passage as an answer to the second.",
    actors: "Actors",
    actor: "actor",
    actors_hint: "Those who act or are addressed.",
    issues: "Issues",
    issue: "issue",
    issues_hint: "What the moves are about.",
    rename_hint: "Renaming an entry does not change passages that are already tagged.",

    export_title: "Export codebook",
    export_folder: "Folder for the files",
    export_confirm: "Export",

    import_title: "Import codebook",
    import_confirm: "Import",
    codebook_file: "Codebook file",
    codebook_file_hint: "A .ron, .csv, .tsv, .qdc or brat .conf file",
    existing: "Entries that exist already",
    keep_existing: "Keep as they are",
    replace_existing: "Replace with those in the file",
    empty: "It is empty.",
    import_hint_keys: "Keys that are taken are left out, and colours in use are replaced.",
}

/// Undo or redo, with the step and its shortcut.
pub fn undo_step(name: &str, step: Option<&str>, keys: &str) -> String {
    step.map_or_else(|| name.to_owned(), |step| format!("{name}: {step} ({keys})"))
}

/// The field of a kind of link.
pub fn link_kind(number: usize) -> String {
    format!("Kind of link {number}")
}

/// The button that deletes a kind of link.
pub fn delete_link_kind(name: &str) -> String {
    format!("Delete kind of link {name}")
}

/// Problems in a codebook file.
pub fn problems(count: usize) -> String {
    format!("{} in the file", plural(count, "problem"))
}

/// A problem in a codebook file.
pub fn problem(line: Option<usize>, message: &str) -> String {
    line.map_or_else(|| message.to_owned(), |line| format!("line {line}: {message}"))
}

/// What an import adds, and how much of it exists already.
pub fn additions(categories: usize, attributes: usize, link_kinds: usize, existing: usize) -> String {
    let parts = [
        (categories, "new category", "new categories"),
        (attributes, "new attribute", "new attributes"),
        (link_kinds, "new kind of link", "new kinds of link"),
        (existing, "already exists", "already exist"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(number, ..)| *number > 0)
        .map(|(number, one, several)| counted(number, one, several))
        .collect();
    if parts.is_empty() { empty().to_owned() } else { format!("{}.", parts.join(", ")) }
}
