//! Names in labelled files that the project lacks.

use super::grammar::{count, counted, plural};
use demarche_io::annotations::{NameKind, UnknownName};
use demarche_session::UnknownNamesChoice;

texts! {
    explanation: "Names that differ by a typo are best mapped to the ones of the project.",
    add_it: "Add as new",
    leave_it_out: "Leave out",
    target_hint: "The most similar name is proposed; choose another if it is wrong",
    checking: "Looking for new names…",
}

/// The heading of the names.
pub fn title(names: usize) -> String {
    format!("{} that the project does not have", plural(names, "name"))
}

/// The entry of the names in the list of files.
pub fn entry(names: usize) -> String {
    plural(names, "new name")
}

fn entries(kind: NameKind, number: usize) -> String {
    let (one, many) = match kind {
        NameKind::Category => ("category", "categories"),
        NameKind::LinkKind => ("kind of link", "kinds of link"),
        NameKind::Attribute => ("attribute", "attributes"),
        NameKind::Actor => ("actor", "actors"),
        NameKind::Issue => ("issue", "issues"),
    };
    counted(number, one, many)
}

/// A choice for the names of a list.
pub fn choice(kind: NameKind, choice: UnknownNamesChoice, names: usize) -> String {
    let several = names != 1;
    match choice {
        UnknownNamesChoice::Add => format!("Add {}", entries(kind, names).replacen(' ', " new ", 1)),
        UnknownNamesChoice::Map if several => "Map them".to_owned(),
        UnknownNamesChoice::Map => "Map it".to_owned(),
        UnknownNamesChoice::LeaveOut if several => "Leave them out".to_owned(),
        UnknownNamesChoice::LeaveOut => "Leave it out".to_owned(),
    }
}

/// A choice for the names of a list, for a screen reader.
pub fn choice_in_full(kind: NameKind, choice: UnknownNamesChoice, names: usize) -> String {
    let entries = entries(kind, names);
    match choice {
        UnknownNamesChoice::Add => self::choice(kind, choice, names),
        UnknownNamesChoice::Map => format!("Map {entries}"),
        UnknownNamesChoice::LeaveOut => format!("Leave out {entries}"),
    }
}

/// The effect of a choice.
pub fn choice_hint(kind: NameKind, choice: UnknownNamesChoice) -> &'static str {
    match (choice, kind) {
        (UnknownNamesChoice::Add, _) => "They become part of the project",
        (UnknownNamesChoice::Map, _) => "Each becomes an entry that the project has",
        (UnknownNamesChoice::LeaveOut, NameKind::Category) => {
            "Their passages are not imported; the report counts them"
        }
        (UnknownNamesChoice::LeaveOut, NameKind::LinkKind) => {
            "Their links are not imported; the report counts them"
        }
        (UnknownNamesChoice::LeaveOut, NameKind::Attribute | NameKind::Actor | NameKind::Issue) => {
            "The passages are imported without these values; the report counts them"
        }
    }
}

/// How often a name is used.
pub fn uses(kind: NameKind, uses: usize) -> String {
    match kind {
        _ if uses == 0 => "above another".to_owned(),
        NameKind::LinkKind => plural(uses, "link"),
        NameKind::Category | NameKind::Attribute | NameKind::Actor | NameKind::Issue => {
            plural(uses, "passage")
        }
    }
}

/// The first use of a name.
pub fn place(unknown: &UnknownName) -> String {
    let line = unknown.line.map_or_else(String::new, |line| format!(":{}", count(line)));
    format!("“{}”, first in {}{line}", unknown.name, unknown.file.display())
}

/// The field with the entry of a name, for a screen reader.
pub fn target(name: &str) -> String {
    format!("Map {name} to")
}
