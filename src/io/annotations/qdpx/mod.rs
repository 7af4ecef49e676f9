//! REFI-QDA projects in: what `io::export::qdpx` writes, and what MAXQDA, ATLAS.ti, NVivo, QualCoder, Taguette write.
//!
//! Those differ: the project file has any name that ends in `qde`; texts begin with a byte order mark, stand in the
//! project file itself, or are missing; memos are notes or descriptions; ends of passages are exclusive or inclusive,
//! line ends and characters beyond the BMP count one or two. What counts how is found out by [`reading`].

mod drafting;
mod project;
mod reading;

#[cfg(test)]
mod tests;

use std::fmt;

use super::Draft;
use super::importer::{Importer, Input};
use crate::IoError;
use crate::annotations::refusal::FileFault;
use crate::archive::Archive;
use crate::decode::decode;
use drafting::Drafting;

/// A project of the REFI standard.
pub(super) struct Qdpx;

impl Importer for Qdpx {
    fn name(&self) -> &'static str {
        "qdpx"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["qdpx"]
    }

    fn read(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        const WHAT: &str = "REFI-QDA project";
        let whole = |why: &dyn fmt::Display| {
            let why = FileFault::Closed { what: WHAT, why: why.to_string() };
            IoError::Problem(input.refused(None, why))
        };
        let mut archive = Archive::open(&input.bytes).map_err(|error| whole(&error))?;
        let at = project_file(archive.names())
            .ok_or_else(|| whole(&"there is no file in it whose name ends in .qde"))?;
        let bytes = archive.read(at).map_err(|error| whole(&error))?;
        // Nearly all are UTF-8, and then nothing has to be found out.
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(other) => decode(other.as_bytes(), None).map_err(|error| whole(&error))?.text,
        };
        let project = project::read(&text, input);
        drop(text);
        let (mut project, draft) = project.map_err(|error| {
            let why = FileFault::Broken { what: WHAT, why: error.to_string() };
            IoError::Problem(input.refused(Some(error.line), why))
        })?;
        let losses = std::mem::take(&mut project.losses);
        Ok(Drafting::new(input, archive, draft, losses).finish(project))
    }
}

/// The number of the file that holds the project: as the standard calls it, else the first of its ending.
fn project_file(names: &[String]) -> Option<usize> {
    let base = |name: &String| name.rsplit(['/', '\\']).next().unwrap_or_default().to_lowercase();
    let named = names.iter().position(|name| base(name) == "project.qde");
    named.or_else(|| names.iter().position(|name| base(name).ends_with(".qde")))
}
