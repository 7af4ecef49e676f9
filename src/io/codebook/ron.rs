//! Demarche's own codebook files: everything, in the form of the presets.

use super::codebook_format::{CodebookFormat, Files, Input, Written};
use crate::FormatInfo;
use crate::project::{Preset, compose_codebook, parse_codebook};
use crate::{IoError, Problem};

/// RON, as in assets/codebooks.
pub(super) struct Ron;

impl CodebookFormat for Ron {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "ron",
            title: "Codebook of Demarche",
            extension: "ron",
            carries: "everything: categories with their texts, keys, colours and codes, attributes, kinds of link",
            loses: "nothing",
        }
    }

    fn endings(&self) -> &'static [&'static str] {
        &["ron"]
    }

    fn write(&self, book: &Preset) -> Result<Written, IoError> {
        Ok(Written { files: Files::One(compose_codebook(book).into_bytes()), losses: Vec::new() })
    }

    fn read(&self, input: &Input<'_>) -> Result<(Preset, Vec<Problem>), IoError> {
        parse_codebook(input.bytes.clone(), input.path).map_err(IoError::Problem)
    }
}
