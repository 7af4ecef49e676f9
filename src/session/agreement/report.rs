//! The report of the reliability study, for a paper, as files.

use std::path::{Path, PathBuf};

use demarche_analysis::agreement::{DRAWS, Question, measure};
use demarche_analysis::study::compose;
use demarche_io::export::analysis::{ReportFormat, study_format, write_study};

use super::{question, restricted};
use crate::words::agreement as words;
use crate::{JobKind, Report, Session, Tone};

impl Session {
    /// Measures what the Agreement screen is asked, and writes the report on a worker. The extension of the path names the
    /// format; HTML without one that is known.
    pub(super) fn write_agreement_report(&mut self, path: PathBuf) {
        self.read_layers();
        if self.is_reading_layers() {
            return self.notify(crate::words::analyse::still_reading());
        }
        let format = study_format(&path);
        let path = if format.is_some() { path } else { path.with_extension(ReportFormat::Html.extension()) };
        let format = format.unwrap_or(ReportFormat::Html);
        let (project, segments) = (self.project.clone(), self.agreement.segments.clone());
        let (me, choice) = (self.me.clone(), self.agreement.choice.clone());
        let compared = self.agreement_annotators();
        self.jobs.start(JobKind::Export, move |worker| {
            let (project, hidden) = restricted(&project, &me, &compared);
            let question = Question { draws: DRAWS, ..question(&choice, compared) };
            let agreed = worker.compute(|| measure(&project, &question, &segments, worker.progress()));
            let written = agreed.map(|agreed| {
                let study = worker.compute(|| compose(&project, &agreed, &segments));
                write_study(&path, format, &study, project.codebook())
            });
            Box::new(move |session: &mut Session| match written {
                Ok(Ok(files)) => session.show_report(report(path, &files, hidden)),
                Ok(Err(error)) => session.notify_error(words::report_not_written(&error)),
                // The user has cancelled the job.
                Err(_) => {}
            })
        });
    }
}

/// The files that were written, with buttons to open the page or its folder.
fn report(path: PathBuf, files: &[PathBuf], hidden: usize) -> Report {
    let name = |file: &Path| file.file_name().map(|name| name.to_string_lossy().into_owned());
    let names = files.iter().filter_map(|file| name(file));
    let mut lines: Vec<_> = names.map(|name| (Tone::Plain, name)).collect();
    lines.extend((hidden > 0).then(|| (Tone::Plain, words::hidden_documents(hidden))));
    Report { title: words::report_written().to_owned(), lines, path: Some(path) }
}
