//! Reads files for a preview, on a worker.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;

use demarche_io::annotations;
use demarche_io::documents::{self, FileResult, Reader};
use demarche_model::{DocumentId, Project};

use super::{Candidate, CandidateContent, CandidateDocument, Preview};
use crate::jobs::Worker;
use crate::{JobKind, Session, WindowRequest};

/// Titles of documents by the checksum of the file that they are from.
type Known = HashMap<String, String>;

impl Session {
    /// Reads files to be looked at. Labelled spans alone are not looked at: they come in with a report, and can be undone.
    pub(crate) fn preview_files(&mut self, paths: &[PathBuf]) {
        if let Some(why) = self.read_only() {
            return self.notify_error(why);
        }
        let (labelled, texts): (Vec<_>, Vec<_>) =
            annotations::files_in(paths).into_iter().partition(|path| annotations::format_of(path).is_some());
        if texts.is_empty() {
            return self.import_files(texts, labelled);
        }
        let serial = self.staging.open_preview(Preview { labelled, ..Preview::default() });
        self.request(WindowRequest::Preview);
        let (project, reader) = (self.project.clone(), self.env.reader().clone());
        self.start_reading_files(move |worker| {
            let read = read(&project, &texts, &reader, worker);
            Box::new(move |session: &mut Session| session.have_read(serial, read))
        });
    }

    fn start_reading_files(&mut self, work: impl FnOnce(&Worker) -> crate::jobs::Done + Send + 'static) {
        let reading = self.jobs.start(JobKind::ReadFiles, work);
        if let Some(preview) = self.staging.preview_mut() {
            preview.reading = Some(reading);
        }
    }

    fn have_read(&mut self, serial: u64, read: Option<Vec<Candidate>>) {
        let Some(preview) = self.staging.preview_of(serial) else { return };
        preview.reading = None;
        match read {
            Some(candidates) => preview.candidates = candidates,
            None => {
                self.staging.close_preview();
                self.notify("Import cancelled; nothing has come in");
            }
        }
    }

    /// Reads the file of a candidate again, in another encoding. What was typed for its documents stays where it reads as
    /// many as before.
    pub(crate) fn read_candidate_again(&mut self, at: usize, encoding: Option<String>) {
        let Some(preview) = self.staging.preview().filter(|preview| preview.reading.is_none()) else {
            return;
        };
        let Some(path) = preview.candidates.get(at).and_then(|candidate| candidate.path.clone()) else {
            return;
        };
        let serial = preview.serial;
        let named = encoding.as_deref().and_then(|label| Encoding::for_label(label.as_bytes()));
        let (project, reader) = (self.project.clone(), self.env.reader().clone().with_encoding(named));
        self.start_reading_files(move |worker| {
            let read = read(&project, std::slice::from_ref(&path), &reader, worker);
            Box::new(move |session: &mut Session| session.have_read_again(serial, &path, encoding, read))
        });
    }

    fn have_read_again(
        &mut self,
        serial: u64,
        path: &Path,
        encoding: Option<String>,
        read: Option<Vec<Candidate>>,
    ) {
        let Some(preview) = self.staging.preview_of(serial) else { return };
        preview.reading = None;
        let Some(mut read) = read else { return };
        for candidate in &mut read {
            candidate.encoding.clone_from(&encoding);
        }
        let is_of = |candidate: &Candidate| candidate.path.as_deref() == Some(path);
        let Some(at) = preview.candidates.iter().position(is_of) else { return };
        let before: Vec<Candidate> = preview.candidates.iter().filter(|c| is_of(c)).cloned().collect();
        if before.len() == read.len() {
            before.into_iter().zip(&mut read).for_each(|(old, new)| keep_typed(&old, new));
        }
        preview.candidates.retain(|candidate| !is_of(candidate));
        preview.candidates.splice(at..at, read);
    }
}

/// Keeps date, author and source that stood in the fields, and whether the document was to come in.
fn keep_typed(old: &Candidate, new: &mut Candidate) {
    if let (CandidateContent::Document(old), CandidateContent::Document(new)) =
        (&old.content, &mut new.content)
    {
        let (old, new) = (&old.imported.meta, &mut new.imported.meta);
        new.date.clone_from(&old.date);
        new.author.clone_from(&old.author);
        new.source.clone_from(&old.source);
    }
    new.included = new.document().is_some() && (old.included || old.document().is_none());
}

/// Reads files; `None` if that was cancelled.
fn read(project: &Project, paths: &[PathBuf], reader: &Reader, worker: &Worker) -> Option<Vec<Candidate>> {
    let progress = |done: usize, total: usize| {
        worker.progress().set(done, total);
        !worker.progress().is_cancelled()
    };
    let read = reader.read_all(paths, &progress)?;
    let metas = project.documents().iter().map(|document| &document.meta);
    let mut known: Known = metas.map(|meta| (meta.origin.sha256.clone(), meta.title.clone())).collect();
    let mut ids = annotations::document_ids(project);
    let candidates = paths.iter().zip(read);
    Some(candidates.flat_map(|(path, read)| candidates_of(path, read, &mut ids, &mut known)).collect())
}

/// The candidates of a file: one, or one for each document in it.
fn candidates_of(
    path: &Path,
    read: FileResult,
    ids: &mut impl Iterator<Item = DocumentId>,
    known: &mut Known,
) -> Vec<Candidate> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let candidate = |content: CandidateContent, included| Candidate {
        path: Some(path.to_owned()),
        name: name.clone(),
        content,
        included,
        encoding: None,
    };
    let files = match read {
        Ok(files) => files,
        Err(problem) => return vec![candidate(CandidateContent::Failed(problem.message), false)],
    };
    let several = files.len() > 1;
    let documents = files.into_iter().zip(ids).map(|(mut file, id)| {
        let dropped = std::mem::take(&mut file.document.dropped);
        let imported = documents::imported(file, id);
        let meta = &imported.meta;
        let existing = known.get(&meta.origin.sha256).cloned();
        known.entry(meta.origin.sha256.clone()).or_insert_with(|| meta.title.clone());
        let (included, title) = (existing.is_none(), meta.title.clone());
        let mut one = candidate(
            CandidateContent::Document(Box::new(CandidateDocument { imported, dropped, existing })),
            included,
        );
        if several {
            one.name = format!("{name}: {title}");
        }
        one
    });
    documents.collect()
}
