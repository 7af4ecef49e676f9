//! Exports into memory, for tests.

use super::{Exporter, FolderOut, Scope, exporter};
use crate::{IoError, Loss};

/// The files of an export, in the order in which they were written.
#[derive(Default)]
pub(crate) struct Memory(pub Vec<(String, Vec<u8>)>);

impl FolderOut for Memory {
    fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), IoError> {
        self.0.push((name.to_owned(), bytes.to_vec()));
        Ok(())
    }
}

/// Returns the files of an export, and what it could not carry. A single file is named `export` with its extension.
pub(crate) fn export(name: &str, scope: &Scope<'_>) -> (Vec<(String, Vec<u8>)>, Vec<Loss>) {
    let mut files = Memory::default();
    let losses = match exporter(name).unwrap() {
        Exporter::Folder(format) => format.write(scope, &mut files),
        Exporter::File(format) => {
            let mut out = Vec::new();
            let losses = format.write(scope, &mut out);
            files.file(&format!("export.{}", format.info().extension), &out).unwrap();
            losses
        }
    };
    (files.0, losses.unwrap())
}

/// Returns the text of an export that is a single file.
pub(crate) fn text(name: &str, scope: &Scope<'_>) -> String {
    let (mut files, _) = export(name, scope);
    String::from_utf8(files.remove(0).1).unwrap()
}
