//! Exporting the codebook for other projects and programs, as a job.

use std::path::PathBuf;

use demarche_io::codebook::{CodebookFormat, write_files};
use demarche_io::project::Preset;
use demarche_io::{IoError, Loss};

use super::super::{JobKind, Report, Session, Tone};
use crate::words::codebook as words;

impl Session {
    /// Writes the codebook in a format, and reports losses.
    pub(crate) fn export_codebook(&mut self, format: &'static dyn CodebookFormat, path: PathBuf) {
        let title = self.project.name().to_owned();
        let codebook = (**self.project.codebook()).clone();
        let book = Preset { id: "codebook".to_owned(), name: title, description: String::new(), codebook };
        self.jobs.start(JobKind::Export, move |_| {
            let written = write(format, &book, &path);
            Box::new(move |session| match written {
                Ok(losses) => session.show_report(report(&losses, path)),
                Err(error) => session.notify_error(words::not_exported(&error)),
            })
        });
    }
}

fn write(format: &dyn CodebookFormat, book: &Preset, path: &std::path::Path) -> Result<Vec<Loss>, IoError> {
    let written = format.write(book)?;
    write_files(&written.files, path)?;
    Ok(written.losses)
}

fn report(losses: &[Loss], path: PathBuf) -> Report {
    let title = words::exported(!losses.is_empty()).to_owned();
    let line = |loss: &Loss| (Tone::Plain, loss.to_string());
    Report { title, lines: losses.iter().map(line).collect(), path: Some(path) }
}
