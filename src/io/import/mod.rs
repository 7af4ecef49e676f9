//! Importing files, in one way for the command line, the window and its preview.
//!
//! [`Files`] tells documents from labelled files. [`read`] reads documents and notes which of them the project has already.
//! [`import`] keeps copies of their files, places labelled files, and makes one step of all that is new.

mod files;
mod new_document;
mod originals;
mod request;

pub use files::Files;
pub use new_document::{Arrived, FileRead, NewDocument, Refused, pasted_text, read};
pub use request::{ImportRequest, Imported, Labelled, import};
