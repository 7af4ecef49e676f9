//! New texts in a commit: an import can have thousands of them.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Commit, Guard, Put};
use crate::IoError;

/// Number of texts up to which they are written one after the other.
pub(super) const FEW: usize = 32;

impl Commit<'_> {
    /// Writes texts under temporary names, several at a time if there are many. An existing text is never overwritten.
    ///
    /// # Errors
    /// One of them can't be written, or another text is in its place.
    pub(in crate::project) fn put_texts(&mut self, texts: &[(PathBuf, &[u8])]) -> Result<(), IoError> {
        for (path, _) in texts {
            self.make_folder_of(path)?;
        }
        if texts.len() <= FEW {
            return texts.iter().try_for_each(|(path, text)| self.put_text(path, text));
        }
        let this = &*self;
        let written: Vec<_> = texts.par_iter().map(|(path, text)| this.write_text(path, text)).collect();
        // Those that were written are in the commit even if another failed, so that nothing of them is left behind.
        let add = |put: Result<Option<Put>, IoError>| {
            put.map(|put| put.into_iter().for_each(|put| self.add_put(put)))
        };
        written.into_iter().map(add).fold(Ok(()), Result::and)
    }

    /// Writes a text under a temporary name, unless the file has it already. An existing text is never overwritten.
    ///
    /// # Errors
    /// It can't be written, or another text is in its place.
    pub(in crate::project) fn put_text(&mut self, path: &Path, text: &[u8]) -> Result<(), IoError> {
        self.make_folder_of(path)?;
        self.write_text(path, text)?.into_iter().for_each(|put| self.add_put(put));
        Ok(())
    }

    /// Writes a text under a temporary name; `None` if the file has it already.
    fn write_text(&self, path: &Path, text: &[u8]) -> Result<Option<Put>, IoError> {
        match self.read(path)? {
            Some(old) if old == text => Ok(None),
            Some(_) => Err(IoError::Occupied { what: "this text", path: self.folder.root().join(path) }),
            None => self.write(path, text, None, Guard::New).map(Some),
        }
    }
}
