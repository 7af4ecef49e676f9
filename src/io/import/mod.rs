//! Importing files, in one way for the command line, the window and its preview.
//!
//! [`Files`] tells documents from files of labelled spans. [`read`] reads documents and finds out which of them the project
//! has already. [`import`] keeps copies of their files, places labelled spans, and makes one edit of all of it.

mod files;
mod new_document;
mod originals;
mod request;

pub use files::Files;
pub use new_document::{Arrived, FileRead, NewDocument, Refused, pasted_text, read};
pub use request::{ImportRequest, Imported, Labelled, import};
