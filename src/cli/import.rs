//! `demarche import`: imports documents and labelled spans into a project.

use std::path::{Path, PathBuf};

use encoding_rs::Encoding;
use indicatif::ProgressBar;
use uuid::Uuid;

use super::Failure;
use super::common::{
    acquire_lock, eprint_problem, eprint_status, load_project, now, progress_bar, save, user,
};
use super::words::{import as words, steps, usage};
use crate::analysis::changes::changes;
use crate::io::annotations::Importer;
use crate::io::annotations::{self, Draft, Fresh, Incoming, Whose, files_in, importers, next_document_id};
use crate::io::documents::{self, FileResult, Keeper, Reader, formats};
use crate::io::project::{Folder, Seen, append_history, forget_incoming, open};
use crate::io::{IoError, Loss};
use crate::model::{AnnotatorId, Applied, Edit, LogEntry, Project, Touch};

/// Arguments of `demarche import`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project's folder
    project: PathBuf,
    /// Files or folders to import
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    options: Options,
}

/// Options of imports.
#[derive(clap::Args, Debug)]
pub struct Options {
    /// The format of the files, such as docx or jsonl [default: detected]; see `demarche formats`
    #[arg(long, value_parser = format)]
    format: Option<String>,
    /// The annotator of the spans, who may be new to the project
    #[arg(long)]
    annotator: Option<String>,
    /// The encoding of texts, web pages, tables and transcripts, such as windows-1252 or euc-kr [default: detected]
    #[arg(long, value_parser = encoding)]
    encoding: Option<String>,
    /// Keep a copy of each document's file next to its text
    #[arg(long)]
    keep_originals: bool,
}

impl Options {
    /// Returns the format of a file of labelled spans; `None` for a document.
    fn importer(&self, file: &Path) -> Option<&'static dyn Importer> {
        match &self.format {
            Some(name) => annotations::importer(name),
            None => annotations::format_of(file),
        }
    }

    /// Returns the reader of documents.
    fn reader(&self) -> Reader {
        let format = self.format.as_deref().and_then(documents::format).map(|format| format.info().name);
        let encoding = self.encoding.as_deref().and_then(|label| Encoding::for_label(label.as_bytes()));
        Reader::of_this_program().with_format(format).with_encoding(encoding)
    }
}

/// Checks the name of a format.
fn format(name: &str) -> Result<String, String> {
    let documents = formats().iter().map(|format| format.info().name);
    let names: Vec<&str> = documents.chain(importers().iter().map(|importer| importer.name())).collect();
    if names.contains(&name) { Ok(name.to_owned()) } else { Err(usage::choose_format(&names)) }
}

/// Checks the name of an encoding.
pub(super) fn encoding(label: &str) -> Result<String, String> {
    let known = Encoding::for_label(label.as_bytes());
    known.map(|_| label.to_owned()).ok_or_else(usage::unknown_encoding)
}

/// The result of an import.
#[derive(Default)]
pub(super) struct ImportResult {
    /// The parts of the project to save.
    pub touched: Vec<Touch>,
    /// The person who imports.
    who: String,
    /// The steps for the history.
    pub steps: Vec<LogEntry>,
    documents: usize,
    spans: usize,
    links: usize,
    /// Documents, spans and links that were in the project already.
    skipped: usize,
    /// Whether something could not be imported.
    failed: bool,
}

impl ImportResult {
    /// Prints how much was imported.
    pub fn print(&self) {
        let has_annotations = self.spans + self.links + self.skipped > 0;
        let annotations = has_annotations.then_some((self.spans, self.links));
        eprint_status(&words::imported(self.documents, annotations, self.skipped));
    }

    /// Fails if something could not be imported.
    pub fn result(&self) -> Result<(), Failure> {
        if self.failed { Err(Failure::Reported) } else { Ok(()) }
    }

    /// Records an edit: the parts to save, and the step for the history.
    fn record(&mut self, project: &Project, files: &[PathBuf], applied: &Applied) {
        self.touched.extend(applied.touched.iter().cloned());
        let name = match files {
            [file] => file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            several => steps::files(several.len()),
        };
        self.steps.push(LogEntry {
            at: now(),
            who: AnnotatorId::new(&self.who),
            step: steps::import(&name),
            changes: changes(&applied.inverse, project),
        });
    }

    fn fail(&mut self, problem: impl std::fmt::Display) {
        eprint_problem(problem);
        self.failed = true;
    }

    /// Applies an import of labelled spans to the project, and prints what it could not carry.
    fn apply(&mut self, project: &mut Project, files: &[PathBuf], import: Incoming) {
        import.remarks.iter().for_each(|remark| eprint_status(remark));
        import.losses.iter().for_each(|loss| eprint_status(&words::loss(loss)));
        import.problems.iter().for_each(|problem| self.fail(problem));
        print_additions(&import);
        match project.apply(import.edit) {
            Ok(applied) => {
                self.record(project, files, &applied);
                self.documents += import.documents.len();
                self.spans += import.spans;
                self.links += import.links;
                self.skipped += import.skipped;
            }
            Err(error) => self.fail(error),
        }
    }
}

/// Imports the files. A file that can't be imported does not stop the others.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let folder = Folder::named_by(&args.project);
    let who = args.options.annotator.clone().unwrap_or_else(user);
    let _lock = acquire_lock(&folder, &who)?;
    // Only spans need the texts of the project.
    let files = files_in(&args.files);
    let has_spans = files.iter().any(|file| args.options.importer(file).is_some());
    let (mut project, seen) = if has_spans {
        let loaded = load_project(&folder)?;
        loaded.print_problems(&folder);
        (loaded.project, loaded.seen)
    } else {
        let project = open(&folder)?.project;
        (project.clone(), Seen::new(project))
    };
    let result = import_files(&mut project, &folder, &files, &args.options)?;
    save(&folder, &project, &result.touched, &seen)?;
    forget_incoming(&folder);
    append_history(&folder, &result.steps)?;
    result.print();
    result.result()
}

/// Imports files into a project in memory, in their order. Documents are read beforehand, several at once.
pub(super) fn import_files(
    project: &mut Project,
    folder: &Folder,
    files: &[PathBuf],
    options: &Options,
) -> Result<ImportResult, Failure> {
    let who = options.annotator.clone().unwrap_or_else(user);
    let mut result = ImportResult { who, ..ImportResult::default() };
    let (labelled_files, documents): (Vec<_>, Vec<PathBuf>) =
        files.iter().cloned().partition(|file| options.importer(file).is_some());
    let bar = progress_bar(words::progress(), documents.len().max(labelled_files.len()), true);
    let progress = |done: usize, _: usize| {
        bar.set_position(done as u64);
        true
    };
    let read = options.reader().read_all(&documents, &progress).unwrap_or_default();
    let mut read = read.into_iter();
    let mut keeper = options.keep_originals.then(|| Keeper::new(folder, project));
    bar.set_length(files.len() as u64);
    let is_labelled = |file: &PathBuf| options.importer(file).is_some();
    for group in files.chunk_by(|one, next| is_labelled(one) && is_labelled(next)) {
        match group {
            [file] if !is_labelled(file) => bar.suspend(|| {
                let Some(read) = read.next() else { return };
                if let Err(error) = import_document(project, file, read, keeper.as_mut(), &mut result) {
                    result.fail(error);
                }
            }),
            _ => {
                let batches = group.chunks(BATCH_FILES);
                batches.for_each(|batch| import_labelled(project, batch, options, &bar, &mut result));
            }
        }
        bar.inc(u64::try_from(group.len()).unwrap_or_default());
    }
    bar.finish_and_clear();
    Ok(result)
}

/// The number of files of labelled spans that are read at once and imported as one step.
const BATCH_FILES: usize = 100;

/// Imports the documents that were read from a file.
fn import_document(
    project: &mut Project,
    file: &PathBuf,
    read: FileResult,
    mut keeper: Option<&mut Keeper<'_>>,
    result: &mut ImportResult,
) -> anyhow::Result<()> {
    for read in read.map_err(IoError::Problem)? {
        let dropped = read.document.dropped.clone();
        let mut imported = documents::imported(read, next_document_id(project));
        let sha256 = &imported.meta.origin.sha256;
        if let Some(existing) = project.documents().iter().find(|d| d.meta.origin.sha256 == *sha256) {
            eprint_status(&words::document_exists(file, existing.id()));
            result.skipped += 1;
            continue;
        }
        print_dropped(file, &dropped);
        let kept = keeper.as_mut().map_or(Ok(()), |keeper| keeper.keep(file, &mut imported));
        kept.unwrap_or_else(|problem| result.fail(problem));
        let at = project.documents().len();
        let applied = project.apply(Edit::InsertDocument { at, document: imported.into_document() })?;
        result.record(project, std::slice::from_ref(file), &applied);
        result.documents += 1;
    }
    Ok(())
}

/// Prints what was left out of a document.
fn print_dropped(file: &Path, dropped: &[Loss]) {
    if !dropped.is_empty() {
        let kinds: Vec<String> = dropped.iter().map(Loss::to_string).collect();
        eprint_status(&words::left_out(&kinds, file));
    }
}

/// Imports labelled spans in one step. If that fails, as when a file does not name the annotator, the files are imported one by
/// one, so that only that file is left out.
fn import_labelled(
    project: &mut Project,
    files: &[PathBuf],
    options: &Options,
    bar: &ProgressBar,
    result: &mut ImportResult,
) {
    let format = options.format.as_deref().and_then(annotations::importer);
    let Some(drafts) = annotations::read_files(files, format, &|_| true) else { return };
    let placed = place(project, drafts, options);
    bar.suspend(|| match placed {
        Ok(import) => result.apply(project, files, import),
        Err(error) => match files {
            [_] => result.fail(error),
            several => several.iter().for_each(|file| {
                import_labelled(project, std::slice::from_ref(file), options, bar, result);
            }),
        },
    });
}

fn place(project: &Project, drafts: Vec<(PathBuf, Draft)>, options: &Options) -> Result<Incoming, IoError> {
    let annotator = options.annotator.as_deref().map(AnnotatorId::new);
    let whose = annotator.as_ref().map_or(Whose::Named, Whose::All);
    let fresh = Fresh { ids: &mut Uuid::now_v7, now: now() };
    annotations::place_all(project, drafts, whose, fresh)
}

/// Prints what an import added to the project's lists.
fn print_additions(import: &Incoming) {
    let made = &import.made;
    let print = |what: &str, names: Vec<&str>| {
        if !names.is_empty() {
            eprint_status(&words::added(what, &names));
        }
    };
    print("categories", made.categories.iter().map(|id| id.as_str()).collect());
    print("attributes", made.attributes.iter().map(|id| id.as_str()).collect());
    print("kinds of link", made.link_kinds.iter().map(|id| id.as_str()).collect());
    print("annotators", made.annotators.iter().map(|id| id.as_str()).collect());
    print("actors", made.actors.iter().map(String::as_str).collect());
    print("issues", made.issues.iter().map(String::as_str).collect());
}
