//! Writing an export to disk, and verifying it by reading it back.

use std::fs;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

use super::Scope;
use super::exporter::{Exporter, FolderOut};
use super::read_back::{ReadBack, read_back, recount};
use crate::annotations::importer;
use crate::{IoError, Loss};

/// The result of an export.
#[derive(Clone, PartialEq, Debug)]
pub struct Exported {
    /// What the format could not carry.
    pub losses: Vec<Loss>,
    /// The result of reading it back; `None` if the format does not allow that.
    pub read_back: Option<ReadBack>,
}

/// Writes a file or a folder of files, each of them atomically: if anything fails, an existing file stays as it was. Then
/// reads everything back and compares it with the scope.
///
/// # Errors
/// A file can't be written or read back, or the progress hook stops the export.
pub fn export_to_path(exporter: &dyn Exporter, scope: &Scope<'_>, path: &Path) -> Result<Exported, IoError> {
    let (losses, files) = if exporter.is_folder() {
        fs::create_dir_all(path).map_err(IoError::system("can't make the folder of the export", path))?;
        let mut folder = Folder { root: path, files: Vec::new() };
        (exporter.write_folder(scope, &mut folder)?, folder.files)
    } else {
        (to_file(exporter, scope, path)?, vec![path.to_owned()])
    };
    let read_back = match importer(exporter.info().name) {
        Some(importer) => Some(read_back(scope, importer, &files)?),
        None => recount(scope, exporter, path)?,
    };
    Ok(Exported { losses, read_back })
}

fn to_file(exporter: &dyn Exporter, scope: &Scope<'_>, path: &Path) -> Result<Vec<Loss>, IoError> {
    let failed = || IoError::system("can't write the export", path);
    let mut out = BufWriter::new(AtomicWriteFile::open(path).map_err(failed())?);
    let losses = exporter.write(scope, &mut out).map_err(|error| match error {
        IoError::System { source, .. } => failed()(source),
        other => other,
    })?;
    let file = out.into_inner().map_err(|error| failed()(error.into_error()))?;
    file.commit().map_err(failed())?;
    Ok(losses)
}

/// A folder on disk.
struct Folder<'a> {
    root: &'a Path,
    files: Vec<PathBuf>,
}

impl FolderOut for Folder<'_> {
    fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), IoError> {
        let path = name.split('/').fold(self.root.to_owned(), |path, part| path.join(part));
        let failed = || IoError::system("can't write the export", &path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(failed())?;
        }
        // Written to a temporary file, then renamed, without a sync: everything is read back, and syncing a thousand files
        // would take long.
        let part = path.with_extension("part");
        fs::write(&part, bytes).and_then(|()| fs::rename(&part, &path)).map_err(failed())?;
        self.files.push(path);
        Ok(())
    }
}
