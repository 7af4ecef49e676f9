//! Files from elsewhere, as documents and layers.

mod files;
pub mod jsonl;
pub mod text;

pub use files::{files_in, from_text, same_origin};
pub use text::{Imported, read_text_file};

use crate::model::{DocumentId, Project};

/// The id of the next document that comes in: `d001`, `d002` and so on, after the greatest that there is or was.
pub fn next_document_id(project: &Project) -> DocumentId {
    DocumentId::new(format!("d{:03}", next_number(project)))
}

/// The ids of the documents that come in next, in order.
pub fn document_ids(project: &Project) -> impl Iterator<Item = DocumentId> {
    (next_number(project)..).map(|number| DocumentId::new(format!("d{number:03}")))
}

fn next_number(project: &Project) -> u32 {
    let numbers = project.taken_ids().filter_map(|id| id.as_str().strip_prefix('d')?.parse::<u32>().ok());
    numbers.max().unwrap_or(0).saturating_add(1)
}
