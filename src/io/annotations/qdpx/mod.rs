//! Import of REFI-QDA projects: what `export::qdpx`, MAXQDA, ATLAS.ti, NVivo, QualCoder and Taguette write. Source: the
//! REFI-QDA standard, <https://www.qdasoftware.org/>.
//!
//! These programs differ: the project file has any name that ends in `qde`; texts begin with a byte order mark, are in the
//! project file itself, in the folder `sources` next to an unpacked one, or are missing; memos are notes or descriptions; ends of passages are exclusive or inclusive; line
//! ends and characters outside the BMP count as one or two. [`reading`] finds out which.

mod drafting;
mod notes;
mod project;
mod reading;

#[cfg(test)]
mod tests;

use std::fmt;

use super::Draft;
use super::importer::{Importer, Input};
use crate::IoError;
use crate::annotations::refusal::FileFault;
use crate::archive::{Archive, is_archive};
use crate::decode::decode_verbatim;
use drafting::Drafting;

/// A REFI-QDA project.
pub(super) struct Qdpx;

impl Importer for Qdpx {
    fn name(&self) -> &'static str {
        "qdpx"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["qdpx", "qde"]
    }

    fn is_sure(&self, head: &[u8]) -> bool {
        is_project(head)
    }

    fn holds(&self, paths: &[String]) -> bool {
        project_file(paths).is_some()
    }

    fn is_archive(&self) -> bool {
        true
    }

    fn parse(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        const WHAT: &str = "REFI-QDA project";
        let whole = |why: &dyn fmt::Display| {
            let why = FileFault::Closed { what: WHAT, why: why.to_string() };
            IoError::Problem(input.refused(None, why))
        };
        let mut archive = match is_archive(&input.bytes) {
            true => Some(Archive::open(&input.bytes).map_err(|error| whole(&error))?),
            false => None,
        };
        let unpacked = match &mut archive {
            Some(archive) => {
                let at = project_file(archive.names())
                    .ok_or_else(|| whole(&"there is no file in it whose name ends in .qde"))?;
                Some(archive.read(at).map_err(|error| whole(&error))?)
            }
            None => None,
        };
        let bytes = unpacked.as_deref().unwrap_or(&input.bytes);
        // It states its encoding, unlike the texts.
        let decoded = decode_verbatim(bytes, None).map_err(|error| whole(&error))?;
        let project = project::read(&decoded.text, input);
        drop(unpacked);
        let (mut project, mut draft) = project.map_err(|error| {
            let why = FileFault::Broken { what: WHAT, why: error.to_string() };
            IoError::Problem(input.refused(Some(error.line), why))
        })?;
        draft.brings_codebook = true;
        let mut losses = std::mem::take(&mut project.losses);
        losses.extend(decoded.damage.losses());
        Ok(Drafting::new(input, archive, draft, losses).finish(project))
    }
}

/// Number of bytes in which a project file declares what it is.
const START: usize = 8 * 1024;

/// Returns whether the first bytes are those of a project file, in UTF-8.
fn is_project(head: &[u8]) -> bool {
    let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head).trim_ascii_start();
    let start = &head[..head.len().min(START)];
    start.starts_with(b"<") && memchr::memmem::find(start, b"urn:QDA-XML:project").is_some()
}

/// Returns the index of the project file: with the standard name, or else the first one with its extension.
fn project_file(names: &[String]) -> Option<usize> {
    let base = |name: &String| name.rsplit(['/', '\\']).next().unwrap_or_default().to_lowercase();
    let named = names.iter().position(|name| base(name) == "project.qde");
    named.or_else(|| names.iter().position(|name| base(name).ends_with(".qde")))
}
