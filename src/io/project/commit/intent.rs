//! `.demarche/commit-x7gk2q.ron`: the changes that a commit is about to make. It is durable before the first file is
//! renamed.

use std::path::{Component, Path, PathBuf};

use serde::Deserialize;

use super::super::compose::{File, Record, string};
use super::super::folder::{FOLDERS_OF_PEOPLE, Folder, LOCAL, MEMOS};
use super::super::format::Format;
use super::super::limits;
use super::super::raw::options;
use crate::disk::steps;
use crate::{FileTask, IoError};
use demarche_model::{IdFault, check_file_id};

/// The start of the last line, before the checksum of everything above it.
const SUM: &str = "// ";

/// The files and folders at the top of a project that commits change.
const FILES: [&str; 4] = ["project.ron", "packet.ron", "guidelines.md", ".gitattributes"];
const FOLDERS: [&str; 3] = ["documents", "history", MEMOS];

/// The changes of a commit, in order.
#[derive(Debug)]
pub(super) struct Intent {
    /// The program and project that it belongs to; see [`Folder::writer`].
    pub writer: u64,
    pub puts: Vec<PlannedPut>,
    pub removals: Vec<PlannedRemoval>,
}

/// A file that a temporary file replaces.
#[derive(Deserialize, Debug)]
#[serde(rename = "put", deny_unknown_fields)]
pub(super) struct PlannedPut {
    pub path: PathBuf,
    /// The checksum of the old content; `None` if there is no such file.
    pub before: Option<String>,
    /// The checksum of the new content.
    pub after: String,
}

/// A file to be removed.
#[derive(Deserialize, Debug)]
#[serde(rename = "removal", deny_unknown_fields)]
pub(super) struct PlannedRemoval {
    pub path: PathBuf,
    /// Its checksum; `None` if it moves to the trash.
    pub before: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename = "intent", deny_unknown_fields)]
struct WireIntent {
    format: u32,
    writer: String,
    puts: Vec<PlannedPut>,
    removals: Vec<PlannedRemoval>,
}

impl Intent {
    /// Writes the intent of the commit with this mark. Returns its path.
    ///
    /// # Errors
    /// It can't be written.
    pub fn write(&self, folder: &Folder, mark: &str) -> Result<PathBuf, IoError> {
        let path = path(mark);
        let created = folder.disk().create(&path, &mut self.compose().as_bytes());
        created.map_err(folder.failed(FileTask::WriteFile, &path))?;
        Ok(path)
    }

    fn compose(&self) -> String {
        let mut file = File::new(Format::FIRST);
        file.text("writer", &format!("{:016x}", self.writer));
        file.list("puts", &self.puts, |out, put| {
            let mut record = Record::new(out);
            record.text("path", &shown(&put.path));
            if let Some(before) = &put.before {
                string(record.field("before"), before);
            }
            record.text("after", &put.after).end();
        });
        file.list("removals", &self.removals, |out, removal| {
            let mut record = Record::new(out);
            record.text("path", &shown(&removal.path));
            if let Some(before) = &removal.before {
                string(record.field("before"), before);
            }
            record.end();
        });
        let text = file.finish();
        let sum = crc32fast::hash(text.as_bytes());
        format!("{text}{SUM}{sum:08x}\n")
    }

    /// Reads the intent of the commit with this mark. `None` if there is none, or it is incomplete, since nothing has been
    /// renamed yet, or damaged, since it may then name any file.
    pub fn read(folder: &Folder, mark: &str) -> Option<Self> {
        let bytes = steps::read(folder.disk(), &path(mark), limits::INTENT).ok()?;
        let text = checked(std::str::from_utf8(&bytes).ok()?)?;
        let wire: WireIntent = options().from_str(text).ok()?;
        let writer = u64::from_str_radix(&wire.writer, 16).ok()?;
        let is_known = Format(wire.format) == Format::FIRST;
        is_known.then_some(Self { writer, puts: wire.puts, removals: wire.removals })
    }

    /// Returns the first path that no commit changes. Another program has made an intent with such a path, which could
    /// be a script or a git hook.
    pub fn foreign(&self) -> Option<&Path> {
        let puts = self.puts.iter().map(|put| put.path.as_path());
        puts.chain(self.removals.iter().map(|removal| removal.path.as_path()))
            .find(|path| !is_of_project(path))
    }
}

/// Returns whether a commit may write or remove a file of this name.
fn is_of_project(path: &Path) -> bool {
    let part = |part| match part {
        Component::Normal(part) => part.to_str(),
        Component::Prefix(_) | Component::RootDir | Component::CurDir | Component::ParentDir => None,
    };
    let parts: Option<Vec<&str>> = path.components().map(part).collect();
    // The name of a file is longer than the id in it.
    let is_name = |part: &str| matches!(check_file_id(part), Ok(()) | Err(IdFault::Long(_)));
    match parts.unwrap_or_default().as_slice() {
        [file] => FILES.contains(file),
        [folder, name] => FOLDERS.contains(folder) && is_name(name),
        [folder, person, name] => FOLDERS_OF_PEOPLE.contains(folder) && is_name(person) && is_name(name),
        _ => false,
    }
}

/// Returns the text above the checksum; `None` if it is another text's.
fn checked(text: &str) -> Option<&str> {
    let (above, sum) = text.strip_suffix('\n')?.rsplit_once(SUM)?;
    (format!("{:08x}", crc32fast::hash(above.as_bytes())) == sum).then_some(above)
}

/// Returns the path of the intent of the commit with this mark.
pub(super) fn path(mark: &str) -> PathBuf {
    Path::new(LOCAL).join(format!("commit-{mark}.ron"))
}

/// Returns a path with slashes, which every system understands.
fn shown(path: &Path) -> String {
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}
