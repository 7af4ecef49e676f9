//! Imports of documents and labelled files, as one step.

use std::path::{Path, PathBuf};

use demarche_io::annotations::{Fresh, NameChoices, SpanOwner};
use demarche_io::import::{
    self, Arrived, Doubt, Files, ImportRequest, Imported, KeptOriginals, Labelled, NewDocument, PassedOver,
    Refused,
};
use demarche_io::project::Folder;
use demarche_io::{Effect, IoError, Loss};
use demarche_model::{AnnotatorId, Edit, Progress, Project, Stopped, Unfinished};

use crate::words::exchange as words;
use crate::{Env, JobKind, Report, Session, Tone};

/// Number of files that were passed over and are listed in a report.
const LISTED: usize = 100;

/// Documents and labelled files to import.
#[derive(Default)]
pub(crate) struct ToImport {
    /// Documents that were read.
    pub documents: Vec<NewDocument>,
    /// Labelled files.
    pub labelled: Vec<PathBuf>,
    /// What to do with names that the project lacks.
    pub names: NameChoices,
    /// Documents that are not imported.
    pub refused: Vec<Refused>,
    /// Contents of files that the others lack, one line per file.
    pub dropped: Vec<(Tone, String)>,
}

/// An import whose edits are ready to be applied.
struct Ready {
    imported: Imported,
    /// The revision of the project's lists that the edits are based on.
    of: u64,
    to_import: ToImport,
}

/// The parts of the session that an import needs.
struct Importer {
    project: Project,
    me: AnnotatorId,
    env: Env,
    /// The folder to keep copies of files in, and which ones.
    originals: Option<(Folder, KeptOriginals)>,
}

impl ToImport {
    fn of(arrived: Arrived, labelled: Vec<PathBuf>) -> Self {
        let dropped = arrived.new.iter().flat_map(not_as_in_file).collect();
        Self { documents: arrived.new, labelled, refused: arrived.refused, dropped, ..Self::default() }
    }

    /// Whether the import is quick enough for the UI thread.
    fn is_quick(&self, importer: &Importer) -> bool {
        let kept = importer.originals.as_ref().map_or(KeptOriginals::None, |(_, kept)| *kept);
        let is_kept = |document: &NewDocument| document.path.as_ref().is_some_and(|path| kept.has(path));
        self.labelled.is_empty() && !self.documents.iter().any(is_kept)
    }
}

impl Importer {
    fn import(&self, to_import: ToImport, progress: &dyn Progress) -> Result<Ready, Unfinished<IoError>> {
        let request = ImportRequest {
            encoding: None,
            documents: to_import.documents.clone(),
            labelled: &to_import.labelled,
            format: None,
            reader: self.env.reader(),
            owner: SpanOwner::Unsigned(&self.me),
            names: &to_import.names,
            originals: self.originals.as_ref().map(|(folder, kept)| (folder, *kept)),
        };
        let fresh = Fresh { ids: &mut || self.env.new_uuid(), now: self.env.now() };
        let imported = import::import(&self.project, request, fresh, progress)?;
        Ok(Ready { imported, of: self.project.list_revision(), to_import })
    }
}

impl Session {
    /// Imports files, and those in folders.
    pub(crate) fn import(&mut self, paths: &[PathBuf]) {
        match self.read_only() {
            Some(why) => self.notify_error(why),
            None => self.import_files(Files::at(paths, None)),
        }
    }

    /// Imports files without a preview.
    pub(crate) fn import_files(&mut self, files: Files) {
        if files.is_empty() {
            return self.notify(words::nothing_to_import());
        }
        self.report_passed_over(&files.passed_over);
        if files.documents.is_empty() && files.labelled.is_empty() && files.skipped.is_empty() {
            return;
        }
        let (reader, has_labelled) = (self.env.reader().clone(), !files.labelled.is_empty());
        let read = move |project: &Project, progress: &dyn Progress| {
            let read = import::read(project, &files.documents, &reader, progress)?;
            let mut arrived = Arrived::of(read, &files.documents);
            arrived.refused.extend(files.skipped.into_iter().map(Refused::Unreadable));
            Ok(ToImport::of(arrived, files.labelled))
        };
        self.start_import(has_labelled, read);
    }

    /// Reports files in folders that are not imported.
    pub(crate) fn report_passed_over(&mut self, files: &[PassedOver]) {
        if files.is_empty() {
            return;
        }
        let listed = files.iter().take(LISTED);
        let mut lines: Vec<(Tone, String)> = listed
            .map(|one| (Tone::Plain, words::passed_over_file(&file_name(&one.file), &one.reason())))
            .collect();
        if files.len() > LISTED {
            lines.push((Tone::Plain, words::further(files.len() - LISTED)));
        }
        self.add_report(Report { title: words::passed_over(files.len()), lines, path: None });
    }

    /// Imports a text that was pasted.
    pub(crate) fn import_text(&mut self, text: &str) {
        match NewDocument::pasted(text) {
            Some(new) => self.import_read(ToImport { documents: vec![new], ..ToImport::default() }),
            None => self.notify(words::no_text_in_clipboard()),
        }
    }

    /// Imports documents that were read, and labelled files.
    pub(crate) fn import_read(&mut self, to_import: ToImport) {
        let importer = self.importer();
        if to_import.is_quick(&importer) {
            self.finish_import(importer.import(to_import, &()));
        } else {
            self.start_import(!to_import.labelled.is_empty(), move |_, _| Ok(to_import));
        }
    }

    /// Reads and imports documents and labelled files, on a worker. Labelled spans need the texts of the project, to find
    /// those that it has already.
    fn start_import(
        &mut self,
        has_labelled: bool,
        read: impl FnOnce(&Project, &dyn Progress) -> Result<ToImport, Stopped> + Send + 'static,
    ) {
        let start = move |session: &mut Self| {
            let importer = session.importer();
            session.jobs.start(JobKind::Import, move |worker| {
                let progress = worker.progress();
                let ready = worker.compute(|| importer.import(read(&importer.project, progress)?, progress));
                Box::new(move |session: &mut Session| session.finish_import(ready))
            });
        };
        if has_labelled { self.read_then(start) } else { start(self) }
    }

    fn importer(&self) -> Importer {
        let kept = self.staging.kept_originals();
        Importer {
            project: self.project.clone(),
            me: self.me.clone(),
            env: self.env.clone(),
            originals: (kept != KeptOriginals::None).then(|| (self.files.folder().clone(), kept)),
        }
    }

    /// Applies an import as one step, and reports its outcome.
    fn finish_import(&mut self, ready: Result<Ready, Unfinished<IoError>>) {
        let Ready { mut imported, of, to_import } = match ready {
            Err(Unfinished::Stopped) => return self.notify(words::import_stopped()),
            Err(Unfinished::Failed(error)) => return self.notify_error(words::import_failed(&error)),
            Ok(ready) => ready,
        };
        if self.project.list_revision() != of {
            // Another import, for example, has used the ids of these documents.
            return self.import_read(to_import);
        }
        let step = imported.step(&to_import.labelled);
        let edits = std::mem::take(&mut imported.edits);
        if !edits.is_empty() && !self.edit(step, Edit::Batch(edits)) {
            return;
        }
        let first = imported.documents.first().map(|(id, _)| id.clone());
        let shown = self.view.document().is_some();
        let first =
            first.or_else(|| self.project.documents().first().filter(|_| !shown).map(|d| d.id().clone()));
        if let Some(id) = first {
            self.open_document(&id);
        }
        let has_documents = to_import.documents.len() + to_import.refused.len() > 0;
        let documents = has_documents.then(|| report_of_documents(&imported, &to_import));
        let labelled = (!to_import.labelled.is_empty()).then(|| report_of_labelled(&imported.labelled));
        for report in documents.into_iter().chain(labelled) {
            match report.lines.is_empty() {
                true => self.notify(report.title),
                false => self.add_report(report),
            }
        }
    }
}

fn report_of_documents(imported: &Imported, to_import: &ToImport) -> Report {
    let refused = to_import.refused.iter().map(|refused| (Tone::Error, refusal(refused)));
    let dropped = to_import.dropped.iter().cloned();
    let not_kept = imported.not_kept.iter().map(|problem| (Tone::Error, problem.to_string()));
    let lines: Vec<(Tone, String)> = refused.chain(dropped).chain(not_kept).collect();
    let titles: Vec<&str> = imported.documents.iter().map(|(_, title)| title.as_str()).collect();
    let title = words::imported_documents(&titles, to_import.refused.len());
    Report { title, lines, path: None }
}

fn report_of_labelled(labelled: &Labelled) -> Report {
    let mut lines: Vec<(Tone, String)> = Vec::new();
    if labelled.skipped > 0 {
        lines.push((Tone::Plain, words::present_before(labelled.skipped)));
    }
    lines.extend(labelled.corrections.iter().map(|correction| (Tone::Plain, words::corrected(correction))));
    lines.extend(words::additions(&labelled.additions).map(|line| (Tone::Plain, line)));
    lines.extend(labelled.remarks.iter().map(|remark| (Tone::Plain, remark.clone())));
    lines.extend(labelled.losses.iter().map(|loss| (Tone::Plain, words::lost(loss))));
    lines.extend(labelled.problems.iter().map(|problem| (Tone::Error, problem.to_string())));
    let title = words::imported_labels(labelled.documents, labelled.spans, labelled.links);
    Report { title, lines, path: None }
}

/// Differences between the text of a document and its file, one line for each effect.
fn not_as_in_file(document: &NewDocument) -> Vec<(Tone, String)> {
    let name = document.path.as_deref().map(file_name).unwrap_or_default();
    let line = |(effect, losses): (Effect, Vec<&Loss>)| {
        let losses: Vec<String> = losses.iter().map(ToString::to_string).collect();
        let tone = if effect == Effect::Wrong { Tone::Error } else { Tone::Plain };
        (tone, words::not_as_in_file(&name, effect, &losses))
    };
    let losses = Loss::by_effect(&document.dropped).into_iter().map(line);
    let doubts = (!document.doubts.is_empty())
        .then(|| (Tone::Plain, words::doubts(&name, &Doubt::list(document.doubts.iter().copied()))));
    losses.chain(doubts).collect()
}

fn refusal(refused: &Refused) -> String {
    match refused {
        Refused::Already { file, title } => words::document_present(title, file),
        Refused::Unreadable(problem) => problem.to_string(),
    }
}

/// The name of a file, without its folder.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
