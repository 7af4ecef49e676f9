//! The documents that a command names.

use std::sync::Arc;

use super::Failure;
use super::words::usage;
use crate::model::{Document, DocumentId, Project, nearest};

/// Number of ids that a message lists at most.
const LISTED: usize = 20;

/// Returns the document with this id, or with this title if only one has it.
///
/// # Errors
/// There is no such document, or several have the title.
pub(super) fn named_document<'a>(project: &'a Project, name: &str) -> Result<&'a Arc<Document>, Failure> {
    let documents = project.documents();
    let titled: Vec<_> = documents.iter().filter(|document| document.meta.title == name).collect();
    let found = project.document(&DocumentId::new(name));
    match (found, titled.as_slice()) {
        (Some(found), _) | (None, &[found]) => Ok(found),
        (None, []) => {
            let ids: Vec<&str> =
                documents.iter().take(LISTED).map(|document| document.id().as_str()).collect();
            let more = documents.len() > ids.len();
            let all = documents.iter();
            let near = nearest(
                name,
                all.flat_map(|document| [document.id().as_str(), document.meta.title.as_str()]),
            );
            Err(Failure::Usage(usage::unknown_document(name, near, &ids, more)))
        }
        (None, several) => {
            let ids: Vec<&str> = several.iter().map(|document| document.id().as_str()).collect();
            Err(Failure::Usage(usage::ambiguous_title(&ids)))
        }
    }
}
