//! The sets of documents.

use super::plural;

/// Documents that are in a set now.
pub fn added(documents: usize, set: &str, is_new: bool) -> String {
    let documents = plural(documents, "document");
    if is_new { format!("created the set `{set}` of {documents}") } else { format!("{documents} in `{set}`") }
}

/// Documents that were taken out of a set; without any, the set was deleted.
pub fn removed(documents: usize, set: &str) -> String {
    match documents {
        0 => format!("deleted the set `{set}`; its documents stay"),
        some => format!("took {} out of `{set}`", plural(some, "document")),
    }
}

pub fn unknown_set(name: &str, nearest: Option<&str>) -> String {
    format!("there is no set `{name}` in this project{}", suggestion(nearest))
}

fn suggestion(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |nearest| format!("; did you mean `{nearest}`?"))
}
