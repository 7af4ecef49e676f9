//! REFI-QDA codebook 1.0 (`.qdc`), the format in which QDA programs exchange codebooks.
//!
//! Source: the REFI-QDA standard, <https://www.qdasoftware.org/>. A code has a GUID, a name, a colour, a description, a flag
//! that it can be used, and codes under it. Everything else in a category is written into the description, in lines that
//! people can read and [`description`] parses.

mod description;
mod guid;
mod read;
mod write;

pub(crate) use guid::hashed;
pub(crate) use read::read_codes;
pub(crate) use write::write_codes;

use super::codebook_format::{CodebookFormat, Files, Input, Written};
use crate::FormatInfo;
use crate::project::Preset;
use crate::{IoError, Problem};

/// The namespace of the schema.
const NAMESPACE: &str = "urn:QDA-XML:codebook:1.0";

/// The scheme under which a category keeps the GUID that another program has given it.
const SCHEME: &str = "REFI-QDA";

/// QDA-XML for codebooks.
pub(super) struct Qdc;

impl CodebookFormat for Qdc {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "qdc",
            title: "REFI-QDA codebook 1.0",
            extension: "qdc",
            carries: "categories under one another, with GUID, colour, whether they are open, all texts, codes and keys",
            loses: "attributes, kinds of link, name and description; other programs show keys and codes as description",
        }
    }

    fn endings(&self) -> &'static [&'static str] {
        &["qdc", "qde"]
    }

    fn write(&self, book: &Preset) -> Result<Written, IoError> {
        if book.codebook.categories.is_empty() {
            return Err(IoError::EmptyCodebook);
        }
        let (xml, losses) = write::compose(book);
        Ok(Written { files: Files::One(xml.into_bytes()), losses })
    }

    fn read(&self, input: &Input<'_>) -> Result<(Preset, Vec<Problem>), IoError> {
        read::read(input)
    }
}
