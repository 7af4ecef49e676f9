//! Import and export as jobs, each with a report of what could not be carried.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use demarche_io::annotations::{self, Fresh, Incoming, Whose};
use demarche_io::documents::{self, Keeper, Reader};
use demarche_io::export::{self, Exported, Exporter, Scope};
use demarche_io::project::Folder;
use demarche_io::{Imported, IoError, Loss, Problem, ProblemKind};
use demarche_model::{AnnotatorId, CategoryId, DocumentId, Edit, Project, SpanRef};

use crate::history::undo::UndoMark;
use crate::jobs::{Done, Worker};
use crate::words::{counted, passages};
use crate::{Env, JobKind, Report, Session, Tone};

/// What is exported, and where to.
#[derive(Clone, PartialEq, Debug)]
pub struct ExportRequest {
    /// The format.
    pub format: &'static dyn Exporter,
    /// The file to write.
    pub path: PathBuf,
    /// Only these annotators; `None` means all.
    pub annotators: Option<Vec<AnnotatorId>>,
    /// Only these categories; `None` means all.
    pub categories: Option<Vec<CategoryId>>,
    /// Only these spans; `None` means all.
    pub spans: Option<Vec<SpanRef>>,
}

/// Documents that come in, files that don't, and what else is to be said.
#[derive(Default)]
pub(crate) struct Arrived {
    pub imported: Vec<Imported>,
    pub problems: Vec<Problem>,
    pub remarks: Vec<(Tone, String)>,
}

impl Session {
    /// Imports files, and the texts in folders, as one step.
    pub(crate) fn import(&mut self, paths: Vec<PathBuf>) {
        if let Some(why) = self.read_only() {
            return self.notify_error(why);
        }
        let (labelled, texts): (Vec<_>, Vec<_>) = annotations::files_in(&paths)
            .into_iter()
            .partition(|path| annotations::format_of(path).is_some());
        self.import_files(texts, labelled);
    }

    /// Imports documents, and then files of labelled spans.
    pub(crate) fn import_files(&mut self, texts: Vec<PathBuf>, labelled: Vec<PathBuf>) {
        if texts.is_empty() && labelled.is_empty() {
            return self.notify("Nothing to import there: no text and no file of a known format");
        }
        if texts.is_empty() {
            return self.import_labelled(labelled, None);
        }
        let (project, reader) = (self.project.clone(), self.env.reader().clone());
        let keep = self.staging.keeps_originals().then(|| self.files.folder().clone());
        self.jobs.start(JobKind::Import, move |worker| {
            let texts = read_documents(&project, &texts, &reader, keep.as_ref(), worker);
            Box::new(move |session: &mut Session| {
                let before = session.undo_stack.mark();
                texts(session);
                // Only now, since both give ids to documents.
                if !labelled.is_empty() {
                    session.import_labelled(labelled, Some(before));
                }
            })
        });
    }

    /// Imports a text that was pasted.
    pub(crate) fn import_text(&mut self, text: String) {
        match annotations::from_text(&text, annotations::next_document_id(&self.project)) {
            Some(imported) => {
                self.add_documents(Arrived { imported: vec![imported], ..Arrived::default() });
            }
            None => self.notify("There is no text in the clipboard"),
        }
    }

    /// Imports labelled spans, all files as one step, and as one with the documents of the same import, if some have come
    /// in since `before`. The texts of the project are needed to find those that are here already.
    pub(crate) fn import_labelled(&mut self, paths: Vec<PathBuf>, before: Option<UndoMark>) {
        let me = self.me.clone();
        let documents =
            Some(self.undo_stack.mark()).filter(|now| before.is_some_and(|before| before != *now));
        self.read_then(move |session| {
            let (project, env) = (session.project.clone(), session.env.clone());
            session.jobs.start(JobKind::Import, move |worker| {
                let read = read_labelled(&project, &paths, &me, &env, worker);
                Box::new(move |session: &mut Session| session.took_labelled(&paths, documents.as_ref(), read))
            });
        });
    }

    fn took_labelled(
        &mut self,
        paths: &[PathBuf],
        documents: Option<&UndoMark>,
        read: Result<Option<Incoming>, IoError>,
    ) {
        match read {
            Err(error) => self.notify_error(format!("Not imported: {error}")),
            Ok(None) => self.notify("Import cancelled; nothing has come in"),
            Ok(Some(import)) => {
                let report = report_of(&import);
                let nothing = import.documents.is_empty() && import.spans == 0 && import.links == 0;
                let what = match paths {
                    [path] => file_name(path),
                    several => format!("{} files", several.len()),
                };
                if nothing || self.edit(format!("import {what}"), import.edit) {
                    if let Some(documents) = documents.filter(|_| !nothing) {
                        self.undo_stack.join(documents, format!("{} and {what}", documents.label()));
                    }
                    match report.lines.is_empty() {
                        true => self.notify(report.title),
                        false => self.add_report(report),
                    }
                    self.show_first_document();
                }
            }
        }
    }

    /// Brings in documents, but for those that another import has brought in since they were read.
    fn add_documents(&mut self, mut arrived: Arrived) {
        let pasted = |new: &Imported| new.meta.origin.file_name.is_empty();
        arrived
            .imported
            .retain(|new| pasted(new) || annotations::same_origin(&self.project, &[], new).is_none());
        self.add_chosen(arrived);
    }

    /// Brings in documents as one step, whether they are here already or not.
    pub(crate) fn add_chosen(&mut self, arrived: Arrived) {
        let Arrived { mut imported, problems, remarks } = arrived;
        for (id, new) in annotations::document_ids(&self.project).zip(&mut imported) {
            new.meta.id = id;
        }
        let start = self.project.documents().len();
        let count = imported.len();
        let first = imported.first().map(|imported| imported.meta.id.clone());
        let title = imported.first().map(|imported| imported.meta.title.clone()).unwrap_or_default();
        let documents = imported.into_iter().map(Imported::into_document);
        let edits: Vec<Edit> =
            (start..).zip(documents).map(|(at, document)| Edit::InsertDocument { at, document }).collect();
        let what = if count == 1 { format!("“{title}”") } else { format!("{count} documents") };
        if count > 0 && !self.edit(format!("import {what}"), Edit::Batch(edits)) {
            return;
        }
        if let Some(id) = first {
            self.open_document(&id);
        }
        if problems.is_empty() && remarks.is_empty() {
            let nothing = "Nothing imported: these texts are here already".to_owned();
            self.notify(if count == 0 { nothing } else { format!("Imported {what}") });
        } else {
            let title = match problems.len() {
                0 => format!("Imported {what}"),
                not => format!("{count} imported, {not} not"),
            };
            let lines = problems.iter().map(|problem| (Tone::Error, problem.to_string()));
            let lines = lines.chain(remarks).collect();
            self.add_report(Report { title, lines, path: None });
        }
    }

    fn show_first_document(&mut self) {
        if self.view.document().is_none()
            && let Some(id) = self.project.documents().first().map(|d| d.id().clone())
        {
            self.open_document(&id);
        }
    }

    /// Exports on a worker, reading first what is not in memory.
    pub(crate) fn export(&mut self, request: ExportRequest) {
        self.read_then(move |session| {
            let (project, hidden) =
                session.project.restricted_to(&session.project.visibility_for(&session.me));
            session.jobs.start(JobKind::Export, move |worker| {
                let done = write_export(&project, &request, worker);
                Box::new(move |session: &mut Session| {
                    done(session);
                    session.say_hidden(hidden);
                })
            });
        });
    }
}

impl Session {
    /// Adds to the report of an export that layers stayed out, since the user works blind.
    fn say_hidden(&mut self, layers: usize) {
        if layers > 0 {
            let what = if layers == 1 { "1 layer of somebody else" } else { "layers of others" };
            let line = format!("The project is blind: {what} left out, in documents you are not done with");
            self.outbox.add_to_report(Tone::Plain, line);
        }
    }
}

/// Reads labelled spans; those that do not say whose they are become the user's. A file that can't be read stops only
/// itself. `None` if it was cancelled.
fn read_labelled(
    project: &Project,
    paths: &[PathBuf],
    me: &AnnotatorId,
    env: &Env,
    worker: &Worker,
) -> Result<Option<Incoming>, IoError> {
    let progress = |done| {
        worker.progress().set(done, paths.len());
        !worker.progress().is_cancelled()
    };
    let Some(drafts) = annotations::read_files(paths, None, &progress) else { return Ok(None) };
    let fresh = Fresh { ids: &mut || env.new_uuid(), now: env.now() };
    annotations::place_all(project, drafts, Whose::Unsigned(me), fresh).map(Some)
}

fn report_of(import: &Incoming) -> Report {
    let mut lines: Vec<(Tone, String)> = Vec::new();
    if import.skipped > 0 {
        lines.push((Tone::Plain, format!("{} were here already", import.skipped)));
    }
    lines.extend(import.remarks.iter().map(|remark| (Tone::Plain, remark.clone())));
    lines.extend(import.losses.iter().map(|loss| (Tone::Plain, lost(loss))));
    lines.extend(import.problems.iter().map(|problem| (Tone::Error, problem.to_string())));
    let documents = counted(import.documents.len(), "document", "documents");
    let links = counted(import.links, "link", "links");
    let title = format!("Imported: {documents}, {}, {links}", passages(import.spans));
    Report { title, lines, path: None }
}

/// Reads documents; a file that can't be read stops only itself. With a folder given, copies of the files are kept there.
fn read_documents(
    project: &Project,
    paths: &[PathBuf],
    reader: &Reader,
    keep: Option<&Folder>,
    worker: &Worker,
) -> Done {
    let progress = |done: usize, total: usize| {
        worker.progress().set(done, total);
        !worker.progress().is_cancelled()
    };
    let Some(read) = reader.read_all(paths, &progress) else {
        return Box::new(|session| session.notify("Import cancelled; nothing has come in"));
    };
    let (mut imported, mut problems, mut remarks) = (Vec::<Imported>::new(), Vec::new(), Vec::new());
    let mut ids = annotations::document_ids(project).peekable();
    let mut keeper = keep.map(|folder| Keeper::new(folder, project));
    for (path, read) in paths.iter().zip(read) {
        for mut file in read.unwrap_or_else(|problem| {
            problems.push(problem);
            Vec::new()
        }) {
            let Some(id) = ids.peek().cloned() else { break };
            let dropped = std::mem::take(&mut file.document.dropped);
            let mut new = documents::imported(file, id);
            match annotations::same_origin(project, &imported, &new) {
                Some(title) => problems.push(already_here(path, &title)),
                None => {
                    remarks.extend(left_out(path, &dropped));
                    let kept = keeper.as_mut().map_or(Ok(()), |keeper| keeper.keep(path, &mut new));
                    remarks.extend(kept.err().map(|problem| (Tone::Error, problem.to_string())));
                    imported.push(new);
                    ids.next();
                }
            }
        }
    }
    Box::new(move |session| session.add_documents(Arrived { imported, problems, remarks }))
}

/// What a file holds and its text does not, on one line.
fn left_out(path: &Path, dropped: &[Loss]) -> Option<(Tone, String)> {
    let said: Vec<String> = dropped.iter().map(Loss::to_string).collect();
    (!said.is_empty()).then(|| (Tone::Plain, format!("{}: left out {}", file_name(path), said.join(", "))))
}

fn already_here(path: &Path, title: &str) -> Problem {
    Problem {
        file: path.to_owned(),
        line: None,
        kind: ProblemKind::NotImported,
        message: format!("already here as “{title}”"),
    }
}

fn write_export(project: &Project, request: &ExportRequest, worker: &Worker) -> Done {
    let progress = |done: usize, total: usize| {
        worker.progress().set(done, total);
        !worker.progress().is_cancelled()
    };
    // A document none of whose passages are exported stays out, text and all.
    let documents = request.spans.as_ref().map(|spans| {
        let of: BTreeSet<&DocumentId> = spans.iter().map(|at| &at.layer.document).collect();
        of.into_iter().cloned().collect()
    });
    let scope = Scope {
        annotators: request.annotators.clone(),
        categories: request.categories.clone(),
        documents,
        spans: request.spans.as_ref().map(|spans| spans.iter().map(|at| at.span).collect()),
        progress: &progress,
        ..Scope::everything(project)
    };
    let written = export::export_to_path(request.format, &scope, &request.path);
    let path = request.path.clone();
    Box::new(move |session| match written {
        Ok(exported) => session.show_report(report_of_export(&exported, path)),
        Err(error) => session.notify_error(format!("Not exported: {error}")),
    })
}

fn report_of_export(exported: &Exported, path: PathBuf) -> Report {
    let mut lines = Vec::new();
    if let Some(read_back) = &exported.read_back {
        lines.push((Tone::Plain, read_back.to_string()));
        let differences = read_back.differences.iter();
        lines.extend(differences.map(|loss| (Tone::Error, loss.to_string())));
    }
    lines.extend(exported.losses.iter().map(|loss| (Tone::Plain, lost(loss))));
    let title = if exported.losses.is_empty() { "Exported" } else { "Exported, with losses" };
    Report { title: title.to_owned(), lines, path: Some(path) }
}

fn lost(loss: &Loss) -> String {
    format!("Lost or changed: {loss}")
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
