//! Projects that can't be opened as they are: what is wrong, opening them read-only, repairing them.

use std::path::{Path, PathBuf};

use demarche_io::project::{self, Damage, Folder};
use demarche_model::AnnotatorId;

use super::open::watch;
use crate::team::identity::remembered;
use crate::{Access, Env, Session, SessionError};

/// A project that can't be opened as it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DamagedProject {
    /// Its path.
    pub path: PathBuf,
    /// What is wrong.
    pub damage: Damage,
}

impl DamagedProject {
    /// What keeps the project at a path from being opened; `None` if that is nothing that its files say.
    pub fn at(path: &Path) -> Option<Self> {
        let damage = project::damage(&Folder::named_by(path))?;
        Some(Self { path: path.to_owned(), damage })
    }

    /// Opens what can be read, to be looked at.
    ///
    /// # Errors
    /// If nothing of it can be read.
    pub fn open_read_only(&self, env: Env) -> Result<Session, SessionError> {
        let folder = Folder::named_by(&self.path);
        let watch = watch(&folder, &env);
        let opened = project::open_partly(&folder)?;
        let me = remembered(&folder, &opened.project).unwrap_or_else(AnnotatorId::nobody);
        Ok(Session::opened(folder, opened, me, Access::Damaged, env, watch))
    }

    /// Repairs what can be repaired without guessing. Returns the copies that are kept of what was changed.
    ///
    /// # Errors
    /// If it can't be repaired, or a file can't be written.
    pub fn repair(&self) -> Result<Vec<PathBuf>, SessionError> {
        Ok(project::repair(&Folder::named_by(&self.path))?)
    }
}
