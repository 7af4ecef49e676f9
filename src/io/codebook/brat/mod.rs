//! The two files that configure a brat project: `annotation.conf` says what can be annotated, `visual.conf` how it is
//! shown. <https://brat.nlplab.org/configuration.html>; details as brat's `projectconfig.py` reads them.

mod conf;
mod read;
mod write;

pub(crate) use conf::{safe_name, safe_value};
pub(crate) use write::{Configuration, configure};

use super::codebook_format::{CodebookFormat, Files, Input, Written};
use crate::FormatInfo;
use crate::project::Preset;
use crate::{IoError, Problem};

/// What can be annotated.
pub(crate) const ANNOTATION: &str = "annotation.conf";
/// Labels and colours.
pub(crate) const VISUAL: &str = "visual.conf";

/// Names in `visual.conf` that mean something else than a type.
const RESERVED: [&str; 3] = ["SPAN_DEFAULT", "ARC_DEFAULT", "SEPARATOR"];

/// A project's configuration in brat.
pub(super) struct Brat;

impl CodebookFormat for Brat {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "brat",
            title: "brat's annotation.conf and visual.conf",
            extension: "conf",
            carries: "categories under one another with names and colours; kinds of link; yes/no and one-choice attributes",
            loses: "definitions, rules, examples, codes, keys; other attributes, defaults; ids become letters, digits, _ and -",
        }
    }

    fn endings(&self) -> &'static [&'static str] {
        &["conf"]
    }

    fn beside(&self) -> Option<&'static str> {
        Some(VISUAL)
    }

    fn write(&self, book: &Preset) -> Result<Written, IoError> {
        let Configuration { annotation, visual, losses, .. } = configure(book);
        let files = vec![(ANNOTATION, annotation.into_bytes()), (VISUAL, visual.into_bytes())];
        Ok(Written { files: Files::Several(files), losses })
    }

    fn read(&self, input: &Input<'_>) -> Result<(Preset, Vec<Problem>), IoError> {
        read::read(input)
    }
}
