//! Files that belong to someone other than their paths say.

use demarche_model::{AnnotatorId, DocumentId, LayerId};

/// A file that was written by another person with the same id.
pub(crate) fn other_person(id: &AnnotatorId) -> String {
    format!(
        "it belongs to another person with the id `{id}`: its key differs from the one in project.ron. Give that \
         person an id of their own, and move the file to their folder, with that id as its `annotator`. \
         If it is the same person, remove the line `key` from the file"
    )
}

/// A merge of the files of two people with the same id.
pub(crate) fn two_people(id: &AnnotatorId) -> String {
    format!(
        "`{id}` is one person here and another there: their keys differ. The files of both are kept in full. \
         `demarche merge` keeps such people apart automatically"
    )
}

/// A file that states another annotator or document than its path: what it states, and what was expected.
pub(crate) fn other_owner(stated: &LayerId, expected: (&AnnotatorId, &DocumentId)) -> String {
    let file = format!("`{}`'s of `{}`", stated.annotator, stated.document);
    misplaced(&file, &format!("`{}`'s of `{}`", expected.0, expected.1))
}

/// A file that states another document than its path.
pub(crate) fn other_document(stated: &str, expected: &DocumentId) -> String {
    misplaced(&format!("of `{stated}`"), &format!("of `{expected}`"))
}

fn misplaced(stated: &str, expected: &str) -> String {
    format!("the file says it is {stated}, but its path says it is {expected}; move it, or correct the file")
}
