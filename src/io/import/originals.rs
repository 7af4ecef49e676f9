//! Copies of imported files, kept next to the texts on request.

use std::collections::BTreeSet;
use std::path::Path;

use super::NewDocument;
use crate::checksum::sha256;
use crate::disk::outside;
use crate::limits;
use crate::project::{Folder, PDF, forget_original, keep_original, kept_ending};
use crate::words::disk::why_unread;
use crate::{Problem, ProblemKind};
use demarche_model::Project;

/// The files of an import of which the project keeps copies.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum KeptOriginals {
    /// None.
    #[default]
    None,
    /// PDF files, whose pages can be shown beside the text.
    Pdfs,
    /// All files.
    All,
}

impl KeptOriginals {
    /// Returns whether a copy of this file is kept.
    pub fn has(self, path: &Path) -> bool {
        match self {
            Self::None => false,
            Self::Pdfs => kept_ending(path) == PDF,
            Self::All => true,
        }
    }
}

/// The copies of files in an import. A file with several documents is copied once, for the first of them.
#[derive(Debug)]
pub(super) struct Originals<'a> {
    folder: &'a Folder,
    files: KeptOriginals,
    /// SHA-256 of the files with several documents that have been copied.
    kept: BTreeSet<String>,
    /// SHA-256 of the files without an earlier copy.
    new: Vec<String>,
}

impl<'a> Originals<'a> {
    /// Starts the copies of an import into this project, in its folder.
    pub fn new((folder, files): (&'a Folder, KeptOriginals), project: &Project) -> Self {
        let origins = project.documents().iter().map(|document| &document.meta.origin);
        let several = origins.filter(|origin| !origin.kept.is_empty() && !origin.file_sha256.is_empty());
        let kept = several.map(|origin| origin.file_sha256.clone()).collect();
        Self { folder, files, kept, new: Vec::new() }
    }

    /// Stores a copy of a document's file, so that saving finds it.
    ///
    /// # Errors
    /// The file can't be read or has changed since it was read, or the copy can't be written.
    pub fn keep(&mut self, document: &mut NewDocument) -> Result<(), Problem> {
        let Some(path) = document.path.as_ref().filter(|path| self.files.has(path)) else { return Ok(()) };
        let origin = &mut document.meta.origin;
        if self.kept.contains(&origin.file_sha256) {
            return Ok(());
        }
        let refuse = |why: String| Problem {
            file: path.clone(),
            line: None,
            kind: ProblemKind::NotImported,
            message: format!("the text was imported, but no copy of the file was kept: {why}"),
        };
        let bytes = outside::read(path, limits::DOCUMENT)
            .map_err(|error| refuse(format!("it can't be read ({})", why_unread(&error))))?;
        if sha256(&bytes) != origin.whole_sha256() {
            return Err(refuse("it has changed since it was read".to_owned()));
        }
        let is_new = keep_original(self.folder, origin.whole_sha256(), &bytes)
            .map_err(|error| refuse(error.to_string()))?;
        self.new.extend(is_new.then(|| origin.whole_sha256().to_owned()));
        origin.kept = kept_ending(path);
        if !origin.file_sha256.is_empty() {
            self.kept.insert(origin.file_sha256.clone());
        }
        Ok(())
    }

    /// Removes the copies of a stopped or failed import.
    pub fn discard(self) {
        self.new.iter().for_each(|sha256| forget_original(self.folder, sha256));
    }
}
