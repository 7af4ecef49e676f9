//! Writing an export to disk, and verifying it by reading it back.

use std::fs;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

use super::Scope;
use super::exporter::{Exporter, FileExporter, FolderOut};
use super::read_back::{ReadBack, is_read, read_back, recount};
use crate::annotations::importer;
use crate::{FileTask, IoError, Loss};
use demarche_model::Unfinished;

/// The result of an export.
#[derive(Clone, PartialEq, Debug)]
pub struct Exported {
    /// What the format could not carry.
    pub losses: Vec<Loss>,
    /// The result of reading it back; `None` if the format does not allow that.
    pub read_back: Option<ReadBack>,
}

impl Exported {
    /// Returns whether every passage came back that the format can carry.
    pub fn is_whole(&self) -> bool {
        self.read_back.as_ref().is_none_or(|read_back| read_back.is_whole(&self.losses))
    }
}

/// Writes a file or a folder of files. If anything fails or the export is stopped, nothing is written, and existing files
/// stay as they were. Then reads everything back and compares it with the scope, which can't be stopped any more.
///
/// # Errors
/// A file can't be written or read back, or the export is stopped.
pub fn export_to_path(
    exporter: Exporter<'_>,
    scope: &Scope<'_>,
    path: &Path,
) -> Result<Exported, Unfinished<IoError>> {
    let (losses, files) = match exporter {
        Exporter::File(format) => (to_file(format, scope, path)?, vec![path.to_owned()]),
        Exporter::Folder(format) => {
            let mut folder = Folder::new(path)?;
            (format.write(scope, &mut folder)?, folder.finish()?)
        }
    };
    let read_back = match (importer(exporter.info().name), exporter) {
        (Some(importer), Exporter::File(_)) => Some(read_back(scope, importer, &files, &losses)?),
        (Some(importer), Exporter::Folder(_)) => {
            let read: Vec<PathBuf> = files.into_iter().filter(|file| is_read(importer, file)).collect();
            Some(read_back(scope, importer, &read, &losses)?)
        }
        (None, Exporter::File(format)) => recount(scope, format, path)?,
        (None, Exporter::Folder(_)) => None,
    };
    Ok(Exported { losses, read_back })
}

fn to_file(
    format: &dyn FileExporter,
    scope: &Scope<'_>,
    path: &Path,
) -> Result<Vec<Loss>, Unfinished<IoError>> {
    let failed = || IoError::system(FileTask::WriteExport, path);
    let mut out = BufWriter::new(AtomicWriteFile::open(path).map_err(failed())?);
    let losses = format.write(scope, &mut out).map_err(|error| match error {
        Unfinished::Failed(IoError::System { source, .. }) => failed()(source).into(),
        other => other,
    })?;
    let file = out.into_inner().map_err(|error| failed()(error.into_error()))?;
    file.commit().map_err(failed())?;
    Ok(losses)
}

/// A folder on disk. Its files are renamed to their final names once all are written. If that fails or is stopped, no
/// new file or folder is left.
struct Folder<'a> {
    root: &'a Path,
    /// The files by their final names.
    files: Vec<PathBuf>,
    /// The folders that were created, outer before inner.
    made: Vec<PathBuf>,
}

impl<'a> Folder<'a> {
    fn new(root: &'a Path) -> Result<Self, IoError> {
        let mut folder = Self { root, files: Vec::new(), made: Vec::new() };
        folder.make(root).map_err(IoError::system(FileTask::MakeFolder, root))?;
        Ok(folder)
    }

    fn make(&mut self, folder: &Path) -> io::Result<()> {
        let missing: Vec<&Path> = folder
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
            .collect();
        self.made.extend(missing.into_iter().rev().map(Path::to_owned));
        fs::create_dir_all(folder)
    }

    /// Renames the files to their final names.
    fn finish(mut self) -> Result<Vec<PathBuf>, IoError> {
        for path in &self.files {
            fs::rename(part(path), path).map_err(IoError::system(FileTask::WriteExport, path))?;
        }
        self.made.clear();
        Ok(std::mem::take(&mut self.files))
    }
}

impl Drop for Folder<'_> {
    fn drop(&mut self) {
        // Remaining files do no harm, and the export has failed already.
        self.files.iter().for_each(|path| drop(fs::remove_file(part(path))));
        self.made.iter().rev().for_each(|folder| drop(fs::remove_dir(folder)));
    }
}

impl FolderOut for Folder<'_> {
    fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), IoError> {
        let path = name.split('/').fold(self.root.to_owned(), |path, part| path.join(part));
        let failed = || IoError::system(FileTask::WriteExport, &path);
        path.parent().map_or(Ok(()), |parent| self.make(parent)).map_err(failed())?;
        self.files.push(path.clone());
        // Without a sync: everything is read back, and syncing a thousand files would take long.
        fs::write(part(&path), bytes).map_err(failed())
    }
}

/// Returns the temporary name of a file.
fn part(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    name.into()
}
