//! Tagging all occurrences of a text.

use super::grammar::counted;

texts! {
    title: "Tag all occurrences",
    text: "Text",
    whole_words: "Whole words",
    match_case: "Match case",
    in_document: "In this document",
    in_project: "In all documents",
    category: "Tag as",
    confirm: "Tag all",
}

/// How often the text occurs; `None` if it was not counted, since that would take long.
pub fn matches(count: Option<usize>) -> String {
    match count {
        Some(0) => "No matches.".to_owned(),
        Some(1) => "1 match. If it is already tagged, it is left unchanged.".to_owned(),
        Some(count) => {
            format!("{}. Those already tagged are left unchanged.", counted(count, "match", "matches"))
        }
        None => "Matches are counted when you tag them.".to_owned(),
    }
}
