//! Wrong usage: values that the command line does not know.

use std::path::Path;

use crate::model::{Annotator, AnnotatorId};

/// A value that is not known, and those that are.
pub fn unknown<'a>(what: &str, given: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match known.as_slice() {
        [] => format!("no {what} `{given}`; the project has none"),
        known => format!("no {what} `{given}`; choose from: {}", known.join(", ")),
    }
}

/// A value that is not known, with the nearest one, and those that are.
pub fn unknown_near<'a>(
    what: &str,
    given: &str,
    near: Option<&str>,
    known: impl IntoIterator<Item = &'a str>,
) -> String {
    match near {
        Some(near) => {
            let known: Vec<&str> = known.into_iter().collect();
            format!("no {what} `{given}`; did you mean `{near}`? choose from: {}", known.join(", "))
        }
        None => unknown(what, given, known),
    }
}

/// An unknown format.
pub fn unknown_format<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    unknown("format", given, known)
}

/// An unknown annotator.
pub fn unknown_annotator<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    unknown("annotator", given, known)
}

/// An unknown category.
pub fn unknown_category<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    unknown("category", given, known)
}

/// An unknown document, and the ids of some that exist; `more` if there are others.
pub fn unknown_document(given: &str, near: Option<&str>, known: &[&str], more: bool) -> String {
    let mut text = unknown_near("document", given, near, known.iter().copied());
    if more {
        text.push_str(", …");
    }
    text
}

/// A title that several documents have.
pub fn ambiguous_title(ids: &[&str]) -> String {
    format!("several documents have this title; choose one by its id: {}", ids.join(", "))
}

/// A codebook that is neither a file nor one that ships.
pub fn unknown_codebook(path: &Path, presets: &[&str]) -> String {
    format!("no codebook `{}`; give a file or choose from: {}", path.display(), presets.join(", "))
}

/// A format that is not one of the choices of an option.
pub fn choose_format(names: &[&str]) -> String {
    format!("choose from: {}", names.join(", "))
}

/// An encoding that is not known.
pub fn unknown_encoding() -> String {
    "unknown encoding; try utf-8, windows-1252 or euc-kr".to_owned()
}

/// An annotator who is named twice.
pub fn repeated_annotator() -> String {
    "--annotators names the same annotator twice".to_owned()
}

/// A codebook of several files without a folder to write them to.
pub fn codebook_needs_folder(format: &str, files: &[&str]) -> String {
    format!("{format} consists of several files ({}); give a folder with --output", files.join(", "))
}

/// A report on standard output, where the export would go as well.
pub fn report_needs_output() -> String {
    "--json reports on an export to a file; give one with --output".to_owned()
}

/// An export of a folder without one to write to.
pub fn export_needs_folder(format: &str) -> String {
    format!("{format} is a folder of files; give one with --output")
}

/// An annotator who is nobody yet, with a name close to a known one.
pub fn near_annotator(given: &str, near: &AnnotatorId) -> String {
    format!("no annotator `{given}`; is it `{near}`? If the name is right, add --new-annotator")
}

/// A name that several people have.
pub fn ambiguous_annotator(given: &str, ids: &[AnnotatorId]) -> String {
    let ids: Vec<&str> = ids.iter().map(AnnotatorId::as_str).collect();
    format!("several annotators are called `{given}`; choose one by its id: {}", ids.join(", "))
}

/// A person who is to give their work to themselves.
pub fn same_annotator(id: &AnnotatorId) -> String {
    format!("FROM and TO are both `{id}`; name two people")
}

/// A name that no person can have.
pub fn invalid_annotator(given: &str) -> String {
    format!("`{given}` can't be an annotator; give another name")
}

/// Spans that name no annotator, while it is not known who imports them.
pub fn unsigned_spans(people: &[Annotator]) -> String {
    let people: Vec<String> =
        people.iter().map(|person| format!("{} ({})", person.id, person.name)).collect();
    let choices = match people.as_slice() {
        [] => String::new(),
        people => format!("; the project has: {}", people.join(", ")),
    };
    format!("the spans do not say who tagged them; say whose they are with --annotator{choices}")
}

/// A packet for someone to whom no document is assigned.
pub fn nothing_assigned(name: &str) -> String {
    format!("no documents are assigned to `{name}`; assign some, or name them with --documents")
}

/// A name that someone has already.
pub fn known_annotator(given: &str) -> String {
    format!("there is already an annotator `{given}`; give another name")
}

/// An owner of layers who is not in the list of people.
pub fn unlisted_annotator(id: &AnnotatorId) -> String {
    format!("`{id}` is not in the list of people; add them with `demarche people PROJECT add {id}`")
}

/// A share that can't be read.
pub fn bad_share(given: &str) -> String {
    format!("`{given}` is not a share; write a name and a whole number, such as ana=2")
}

/// The share of someone who gets no documents.
pub fn share_of_another(id: &AnnotatorId) -> String {
    format!("`{id}` has a share, but is not one of the coders; add them to --people")
}

/// A question about rounds in a project without any.
pub fn no_rounds() -> String {
    "the project has no rounds; freeze one with `demarche rounds PROJECT freeze`".to_owned()
}
