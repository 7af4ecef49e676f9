//! Reads files for a preview, on a worker.

use std::path::{Path, PathBuf};

use encoding_rs::Encoding;

use demarche_io::import::{self, FileRead, Files, NewDocument};
use demarche_model::Stopped;

use super::{Candidate, CandidateContent, Preview};
use crate::exchange::import::file_name;
use crate::jobs::Worker;
use crate::words::exchange as words;
use crate::{JobKind, Session, WindowRequest};

impl Session {
    /// Reads files for a preview. Labelled spans alone have one only if they have names that the project lacks; otherwise
    /// they are imported with a report, and can be undone.
    pub(crate) fn preview_files(&mut self, paths: &[PathBuf]) {
        if let Some(why) = self.read_only() {
            return self.notify_error(why);
        }
        let files = Files::at(paths, None);
        if files.documents.is_empty() {
            return match files.labelled.is_empty() || !files.skipped.is_empty() {
                true => self.import_files(files),
                false => {
                    self.report_passed_over(&files.passed_over);
                    self.preview_labelled(files.labelled);
                }
            };
        }
        let Files { documents, labelled, skipped, passed_over } = files;
        let of_spans = labelled.clone();
        let serial = self.staging.open_preview(Preview { labelled, passed_over, ..Preview::default() });
        self.request(WindowRequest::Preview);
        if !of_spans.is_empty() {
            self.find_unknown_names(serial, of_spans);
        }
        let (project, reader) = (self.project.clone(), self.env.reader().clone());
        self.start_reading_files(move |worker| {
            let mut read = import::read(&project, &documents, &reader, worker.progress());
            if let Ok(read) = &mut read {
                read.extend(skipped.into_iter().map(Err));
            }
            Box::new(move |session: &mut Session| session.have_read(serial, read))
        });
    }

    fn start_reading_files(&mut self, work: impl FnOnce(&Worker) -> crate::jobs::Done + Send + 'static) {
        let reading = self.jobs.start(JobKind::ReadFiles, work);
        if let Some(preview) = self.staging.preview_mut() {
            preview.reading = Some(reading);
        }
    }

    fn have_read(&mut self, serial: u64, read: Result<Vec<FileRead>, Stopped>) {
        let Some(preview) = self.staging.preview_of(serial) else { return };
        preview.reading = None;
        match read {
            Ok(read) => preview.set_candidates(read.into_iter().flat_map(candidates).collect()),
            Err(Stopped) => {
                self.staging.close_preview();
                self.notify(words::import_stopped());
            }
        }
    }

    /// Reads the file of a candidate again, in another encoding. What was typed for its documents stays where it reads as
    /// many as before.
    pub(crate) fn read_candidate_again(&mut self, at: usize, encoding: Option<String>) {
        let Some(preview) = self.staging.preview().filter(|preview| preview.reading.is_none()) else {
            return;
        };
        let Some(path) = preview.candidates.get(at).and_then(Candidate::path).map(Path::to_owned) else {
            return;
        };
        let serial = preview.serial;
        let named = encoding.as_deref().and_then(|label| Encoding::for_label(label.as_bytes()));
        let (project, reader) = (self.project.clone(), self.env.reader().clone().with_encoding(named));
        self.start_reading_files(move |worker| {
            let read = import::read(&project, std::slice::from_ref(&path), &reader, worker.progress());
            Box::new(move |session: &mut Session| session.have_read_again(serial, &path, encoding, read))
        });
    }

    fn have_read_again(
        &mut self,
        serial: u64,
        path: &Path,
        encoding: Option<String>,
        read: Result<Vec<FileRead>, Stopped>,
    ) {
        let Some(preview) = self.staging.preview_of(serial) else { return };
        preview.reading = None;
        let Ok(read) = read else { return };
        let mut read: Vec<Candidate> = read.into_iter().flat_map(candidates).collect();
        for candidate in &mut read {
            candidate.encoding.clone_from(&encoding);
        }
        let is_of = |candidate: &Candidate| candidate.path() == Some(path);
        let Some(at) = preview.candidates.iter().position(is_of) else { return };
        let before: Vec<Candidate> = preview.candidates.iter().filter(|c| is_of(c)).cloned().collect();
        if before.len() == read.len() {
            before.into_iter().zip(&mut read).for_each(|(old, new)| keep_typed(&old, new));
        }
        let mut candidates = std::mem::take(&mut preview.candidates);
        candidates.retain(|candidate| !is_of(candidate));
        candidates.splice(at..at, read);
        if candidates.len() == preview.order.len() {
            // The rows stay where they are while the user works on them.
            preview.candidates = candidates;
        } else {
            preview.set_candidates(candidates);
        }
    }
}

/// Keeps date, author and source that stood in the fields, and whether the document was to come in.
fn keep_typed(old: &Candidate, new: &mut Candidate) {
    if let (CandidateContent::Document(old), CandidateContent::Document(new)) =
        (&old.content, &mut new.content)
    {
        let (old, new) = (&old.meta, &mut new.meta);
        new.date.clone_from(&old.date);
        new.author.clone_from(&old.author);
        new.source.clone_from(&old.source);
    }
    new.included = new.document().is_some() && (old.included || old.document().is_none());
}

/// The candidates of a file: one, or one for each document in it.
fn candidates(read: FileRead) -> Vec<Candidate> {
    let documents = match read {
        Ok(documents) => documents,
        Err(problem) => {
            let name = file_name(&problem.file);
            return vec![Candidate {
                name,
                content: CandidateContent::Failed(problem),
                included: false,
                encoding: None,
            }];
        }
    };
    let several = documents.len() > 1;
    let candidate = |document: NewDocument| {
        let file = document.path.as_deref().map(file_name).unwrap_or_default();
        Candidate {
            name: if several { format!("{file}: {}", document.meta.title) } else { file },
            included: document.existing.is_none(),
            content: CandidateContent::Document(Box::new(document)),
            encoding: None,
        }
    };
    documents.into_iter().map(candidate).collect()
}
