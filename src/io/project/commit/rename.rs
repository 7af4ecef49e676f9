//! The last part of a commit: the new contents take the places of the old ones.

use std::path::PathBuf;

use rayon::prelude::*;

use super::texts::FEW;
use super::{Commit, Guard, Put, Rank, Removal};
use crate::project::files::{hash, move_to_trash};
use crate::{FileTask, IoError};

impl Commit<'_> {
    /// Renames the new contents: texts several at a time, then one after the other what refers to them.
    pub(super) fn rename_all(&mut self) -> Result<(), IoError> {
        let (folder, series) = (self.folder, &self.series);
        let rename = |put: &Put| {
            let renamed = series.disk().rename(&put.temporary, &put.path);
            renamed.map_err(folder.failed(FileTask::SaveFile, &put.path)).map(|()| put.path.clone())
        };
        let texts = self.puts.iter().take_while(|put| Rank::of(&put.path) == Rank::Text).count();
        let (texts, others) = self.puts.split_at(if texts > FEW { texts } else { 0 });
        let renamed: Vec<Result<PathBuf, IoError>> = texts.par_iter().map(rename).collect();
        // Those that were renamed are done even if another failed.
        let (done, failed): (Vec<_>, Vec<_>) = renamed.into_iter().partition(Result::is_ok);
        self.done.extend(done.into_iter().flatten());
        failed.into_iter().collect::<Result<Vec<_>, _>>()?;
        for path in others.iter().map(rename) {
            self.done.insert(path?);
        }
        Ok(())
    }

    /// Drops the new contents of files that another program has changed.
    pub(super) fn leave_foreign(&mut self) -> Result<(), IoError> {
        let is_taken = |put: &&Put| put.guard == Guard::New && self.series.has(&put.path);
        if let Some(put) = self.puts.par_iter().find_first(is_taken) {
            let path = self.folder.root().join(&put.path);
            return Err(IoError::Occupied { what: "this file", path });
        }
        for put in &self.puts {
            match put.guard {
                Guard::None | Guard::New => {}
                Guard::Unchanged => {
                    let found = self.read(&put.path)?.as_deref().map(hash);
                    // A file that was removed can be written again.
                    if found.is_some() && found != put.old {
                        self.foreign.insert(put.path.clone());
                    }
                }
            }
        }
        for put in self.puts.extract_if(.., |put| self.foreign.contains(&put.path)) {
            let _ = self.folder.disk().remove_file(&put.temporary);
        }
        Ok(())
    }

    pub(super) fn remove_all(&mut self) -> Result<(), IoError> {
        for Removal { path, before } in &self.removals {
            match before {
                // Its content may have moved to a file that was left alone.
                Some(_) if !self.foreign.is_empty() => continue,
                Some(_) => match self.folder.disk().remove_file(path) {
                    Err(error) if error.is_missing() => {}
                    removed => removed.map_err(self.folder.failed(FileTask::RemoveFile, path))?,
                },
                None => self.folders.extend(move_to_trash(self.folder, path)?),
            }
            self.done.insert(path.clone());
        }
        Ok(())
    }
}
