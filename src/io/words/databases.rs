//! Words for what projects in databases become: memos and people.

/// A memo on a case.
pub(crate) fn on_case(case: &str, memo: &str) -> String {
    format!("Case {case}: {memo}")
}

/// The name of a variable of a case, where it describes a document.
pub(crate) fn of_case(case: &str, name: &str) -> String {
    format!("{case}, {name}")
}

/// A note on words that have no code.
pub(crate) fn on_words(words: &str, note: &str) -> String {
    format!("“{words}”: {note}")
}

/// A note at a place.
pub(crate) fn at_words(words: &str, note: &str) -> String {
    format!("At “{words}”: {note}")
}

/// An entry of a journal.
pub(crate) fn journal(title: Option<String>, text: &str) -> String {
    title.map_or_else(|| text.to_owned(), |title| format!("{title}\n\n{text}"))
}

/// A description of one of several projects in a database.
pub(crate) fn on_project(project: &str, text: &str) -> String {
    format!("{project}: {text}")
}

/// The name of a coder for the second round of codings.
pub(crate) fn second_round(coder: &str) -> String {
    format!("{coder} (second coding)")
}

/// A coder of whom a file knows only the number.
pub(crate) fn coder(number: &str) -> String {
    format!("Coder {number}")
}

/// The reason why a document is left out.
pub(crate) fn no_text() -> &'static str {
    "its text is empty"
}
