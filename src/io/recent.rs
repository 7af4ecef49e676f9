//! A project that was opened on this machine, for lists of recent projects.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// A project that was opened on this machine.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(from = "Listed")]
pub struct RecentProject {
    /// Its folder.
    pub path: PathBuf,
    /// Its name when it was opened last; empty if unknown.
    pub name: String,
    /// The time at which it was opened last, in seconds since 1970, if known.
    pub opened_s: Option<i64>,
}

impl RecentProject {
    /// Its name, or that of its folder.
    pub fn shown_name(&self) -> String {
        if !self.name.is_empty() {
            return self.name.clone();
        }
        let folder = self.path.file_name();
        folder.map_or_else(|| self.path.display().to_string(), |name| name.to_string_lossy().into_owned())
    }
}

/// An entry of the settings. Earlier versions wrote only the path.
#[derive(Deserialize)]
#[serde(untagged)]
enum Listed {
    Path(PathBuf),
    Project {
        path: PathBuf,
        #[serde(default)]
        name: String,
        #[serde(default)]
        opened_s: Option<i64>,
    },
}

impl From<Listed> for RecentProject {
    fn from(listed: Listed) -> Self {
        match listed {
            Listed::Path(path) => Self { path, name: String::new(), opened_s: None },
            Listed::Project { path, name, opened_s } => Self { path, name, opened_s },
        }
    }
}
