//! Import of files, in the same way for the command line, the window and its preview.
//!
//! [`Files`] separates documents from labelled files. [`read`] reads documents and marks those that exist in the
//! project. [`import`] keeps copies of their files, places labelled files, and turns everything new into one step.

mod doubt;
mod files;
mod new_document;
mod originals;
mod request;

pub use doubt::Doubt;
pub use files::{Files, NotImportable, PassedOver};
pub use new_document::{Arrived, FileRead, NewDocument, Refused, pasted_text, read};
pub use originals::KeptOriginals;
pub use request::{ImportRequest, Imported, Labelled, import, unknown_names};
