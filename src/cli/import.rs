//! `demarche import`: imports documents and labelled spans into a project.

use std::path::PathBuf;

use encoding_rs::Encoding;
use serde::Serialize;
use uuid::Uuid;

use super::Failure;
use super::clock::now;
use super::common::{Bar, load_project, save};
use super::identity::{Actor, Identity};
use super::locks::{lock_as, lock_owners};
use super::new_names::{print_additions, refuse_unknown};
use super::report::{LossRow, ProblemRow, UnreadRow, unread};
use super::terminal::{eprint_problem, eprint_status, print_json};
use super::words::{import as words, usage};
use crate::analysis::changes::changes;
use crate::io::annotations::{self, Fresh, NameChoices, importers};
use crate::io::documents::{self, Reader, formats};
use crate::io::import::{
    self, Arrived, Doubt, Files, ImportRequest, Imported, KeptOriginals, NewDocument, PassedOver, Refused,
};
use crate::io::project::{Folder, Seen, append_history, forget_incoming, open};
use crate::io::{Effect, Loss, Problem, ProblemKind};
use crate::model::{Edit, LayerId, LogEntry, Project, Touch};

/// Number of files that were passed over and are listed.
const LISTED: usize = 100;

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
    #[command(flatten)]
    pub(super) identity: Identity,
    /// The encoding of the files and of the texts next to them, such as windows-1252 or euc-kr [default: detected]
    #[arg(long, value_parser = encoding)]
    encoding: Option<String>,
    /// Import nothing if a labelled file names a category, kind of link, attribute, actor or issue that the project lacks
    #[arg(long)]
    strict: bool,
    /// Keep a copy of each document's file next to its text
    #[arg(long)]
    pub(super) keep_originals: bool,
    /// Show what would be imported or changed, and change nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Write a report in JSON to standard output
    #[arg(long)]
    json: bool,
}

impl Options {
    /// Returns the files at these paths and in these folders.
    pub fn files(&self, paths: &[PathBuf]) -> Files {
        Files::at(paths, self.format.as_deref())
    }

    /// Returns the reader of documents.
    fn reader(&self) -> Reader {
        let format = self.format.as_deref().and_then(documents::format).map(|format| format.info().name);
        Reader::of_this_program().with_format(format).with_encoding(self.encoding())
    }

    /// Returns the encoding of the files, if it is named.
    fn encoding(&self) -> Option<&'static Encoding> {
        self.encoding.as_deref().and_then(|label| Encoding::for_label(label.as_bytes()))
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
    /// The parts of the project that it changed.
    pub touched: Vec<Touch>,
    /// Its entry in the history; `None` if it changed nothing.
    pub entry: Option<LogEntry>,
    documents: usize,
    spans: usize,
    links: usize,
    /// Passages that a corrected table changes.
    corrected: usize,
    /// Documents, spans and links that were in the project already.
    skipped: usize,
    /// What could not be imported, or is wrong in its file.
    problems: Vec<ProblemRow>,
    /// What could not be carried, or was changed.
    losses: Vec<LossRow>,
    /// Reasons to look at a document.
    doubts: Vec<DoubtRow>,
    /// Files in folders that are of no known format.
    passed_over: Vec<PassedOverRow>,
    /// What could not be read of the project.
    unread: Vec<UnreadRow>,
}

/// A reason to look at a document.
#[derive(Serialize)]
struct DoubtRow {
    file: String,
    title: String,
    kind: Doubt,
    what: &'static str,
}

/// A file in a folder that is of no known format.
#[derive(Serialize)]
struct PassedOverRow {
    file: String,
    what: String,
}

/// The report for scripts.
#[derive(Serialize)]
struct Report<'a> {
    /// Whether everything was imported, and everything was read of the project that it needs.
    complete: bool,
    documents: usize,
    spans: usize,
    links: usize,
    corrected: usize,
    skipped: usize,
    problems: &'a [ProblemRow],
    losses: &'a [LossRow],
    doubts: &'a [DoubtRow],
    passed_over: &'a [PassedOverRow],
    unread: &'a [UnreadRow],
}

impl ImportResult {
    /// Prints how much was imported, and the report for scripts if it is wanted.
    ///
    /// # Errors
    /// Standard output can't be written to.
    pub fn print(&self, options: &Options) -> Result<(), Failure> {
        let has_annotations = self.spans + self.links + self.skipped > 0;
        let annotations = has_annotations.then_some((self.spans, self.links));
        eprint_status(&words::imported(self.documents, annotations, self.skipped));
        if self.corrected > 0 {
            eprint_status(&words::corrected(self.corrected, options.dry_run));
        }
        if !options.json {
            return Ok(());
        }
        let Self {
            documents,
            spans,
            links,
            corrected,
            skipped,
            problems,
            losses,
            doubts,
            passed_over,
            unread,
            ..
        } = self;
        print_json(&Report {
            complete: self.is_complete(),
            documents: *documents,
            spans: *spans,
            links: *links,
            corrected: *corrected,
            skipped: *skipped,
            problems,
            losses,
            doubts,
            passed_over,
            unread,
        })
    }

    fn is_complete(&self) -> bool {
        self.problems.is_empty() && self.unread.is_empty()
    }

    /// Fails if something could not be imported, or not be read of the project.
    pub fn result(&self) -> Result<(), Failure> {
        if self.is_complete() { Ok(()) } else { Err(Failure::Reported) }
    }

    fn fail(&mut self, problem: &Problem) {
        eprint_problem(problem);
        self.problems.push(problem.into());
    }

    /// Prints which files, or documents in them, are not imported.
    fn add_refused(&mut self, refused: &[Refused]) {
        for refused in refused {
            match refused {
                Refused::Already { file, title } => {
                    eprint_status(&words::document_exists(file, title));
                    self.skipped += 1;
                }
                Refused::Unreadable(problem) => self.fail(problem),
            }
        }
    }

    /// Prints what was left out of a document, or changed in it. What is wrong in its file is a failure.
    fn add_dropped(&mut self, document: &NewDocument) {
        for (effect, losses) in Loss::by_effect(&document.dropped) {
            let kinds: Vec<String> = losses.iter().map(ToString::to_string).collect();
            let message = words::not_as_in_file(effect, &kinds);
            let file = document.path.clone().unwrap_or_default();
            let problem = Problem { file, line: None, kind: ProblemKind::Malformed, message };
            match effect {
                Effect::Wrong => self.fail(&problem),
                Effect::LeftOut | Effect::Replaced | Effect::Kept | Effect::Detected => {
                    eprint_status(&problem.to_string())
                }
            }
            self.losses.extend(losses.into_iter().map(LossRow::from));
        }
        self.add_doubts(document);
    }

    /// Prints the reasons to look at a document.
    fn add_doubts(&mut self, document: &NewDocument) {
        if document.doubts.is_empty() {
            return;
        }
        let file = document.path.clone().unwrap_or_default();
        let message = words::doubts(&Doubt::list(document.doubts.iter().copied()));
        eprint_status(
            &Problem { file: file.clone(), line: None, kind: ProblemKind::Malformed, message }.to_string(),
        );
        let (file, title) = (file.display().to_string(), &document.meta.title);
        let row = |kind: &Doubt| DoubtRow {
            file: file.clone(),
            title: title.clone(),
            kind: *kind,
            what: kind.words(),
        };
        self.doubts.extend(document.doubts.iter().map(row));
    }

    /// Prints which files in folders are of no known format.
    fn add_passed_over(&mut self, files: &[PassedOver]) {
        if files.is_empty() {
            return;
        }
        eprint_status(&words::passed_over(files.len()));
        for one in files.iter().take(LISTED) {
            eprint_status(&format!("  {}: {}", one.reason(), one.file.display()));
        }
        if files.len() > LISTED {
            eprint_status(&words::further(files.len() - LISTED));
        }
        let row =
            |one: &PassedOver| PassedOverRow { file: one.file.display().to_string(), what: one.reason() };
        self.passed_over.extend(files.iter().map(row));
    }

    /// Counts what was imported, and prints what could not be carried.
    fn add_imported(&mut self, imported: &Imported) {
        let labelled = &imported.labelled;
        labelled.remarks.iter().for_each(|remark| eprint_status(remark));
        labelled.losses.iter().for_each(|loss| eprint_status(&words::loss(loss)));
        self.losses.extend(labelled.losses.iter().map(LossRow::from));
        imported.not_kept.iter().chain(&labelled.problems).for_each(|problem| self.fail(problem));
        labelled.corrections.iter().for_each(|correction| eprint_status(&words::correction(correction)));
        print_additions(&labelled.additions);
        self.documents += imported.documents.len() + labelled.documents;
        self.spans += labelled.spans;
        self.links += labelled.links;
        self.corrected += labelled.corrections.len();
        self.skipped += labelled.skipped;
    }
}

/// Imports the files. A file that can't be imported does not stop the others.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let folder = Folder::named_by(&args.project);
    let (actor, _lock) = lock_as(&folder, &args.options.identity, false)?;
    let files = args.options.files(&args.files);
    // Only spans need the texts of the project.
    let (mut project, seen, unread) = if files.labelled.is_empty() {
        let project = open(&folder)?.project;
        (project.clone(), Seen::new(project), Vec::new())
    } else {
        let loaded = load_project(&folder)?;
        loaded.print_problems(&folder);
        let unread = unread(&loaded);
        (loaded.project, loaded.seen, unread)
    };
    let mut result = import_files(&mut project, &folder, &files, &args.options, &actor)?;
    if args.options.dry_run {
        forget_incoming(&folder);
        result.unread = unread;
        eprint_status(words::dry_run());
        result.print(&args.options)?;
        return result.result();
    }
    let _locks = lock_owners(&folder, &result.touched, &actor.id)?;
    save(&folder, &project, &result.touched, &seen)?;
    forget_incoming(&folder);
    append_history(&folder, result.entry.as_slice())?;
    result.unread = unread;
    result.print(&args.options)?;
    result.result()
}

/// Imports files into a project in memory, as one step.
pub(super) fn import_files(
    project: &mut Project,
    folder: &Folder,
    files: &Files,
    options: &Options,
    actor: &Actor,
) -> Result<ImportResult, Failure> {
    let bar = Bar::new(words::progress(), files.len(), true);
    let reader = options.reader();
    let read = import::read(project, &files.documents, &reader, &bar)?;
    let arrived = Arrived::of(read, &files.documents);
    let mut result = ImportResult::default();
    bar.suspend(|| files.skipped.iter().for_each(|skipped| result.fail(skipped)));
    bar.suspend(|| result.add_passed_over(&files.passed_over));
    bar.suspend(|| arrived.new.iter().for_each(|document| result.add_dropped(document)));
    let request = ImportRequest {
        documents: arrived.new,
        labelled: &files.labelled,
        format: options.format.as_deref().and_then(annotations::importer),
        encoding: options.encoding(),
        reader: &reader,
        owner: actor.owner(),
        names: &NameChoices::default(),
        originals: options.keep_originals.then_some((folder, KeptOriginals::All)),
    };
    let fresh = Fresh { ids: &mut Uuid::now_v7, now: now() };
    let person = actor.new_person(project);
    let mut with_person = project.clone();
    person.iter().try_for_each(|edit| with_person.apply(edit.clone()).map(|_| ()))?;
    let mut imported = import::import(&with_person, request, fresh, &bar)?;
    drop(bar);
    if imported.labelled.is_unsigned {
        return Err(Failure::Usage(usage::unsigned_spans(project.annotators())));
    }
    if options.strict && !imported.labelled.unknown.is_empty() {
        forget_incoming(folder);
        return Err(refuse_unknown(&imported.labelled.unknown));
    }
    if !imported.edits.is_empty() {
        imported.edits.splice(0..0, person);
    }
    result.add_refused(&arrived.refused);
    result.add_imported(&imported);
    let step = imported.step(&files.labelled);
    if !imported.edits.is_empty() {
        let edit = Edit::Batch(imported.edits);
        if let Some(layer) = locked_by_lead(project, &edit) {
            forget_incoming(folder);
            return Err(anyhow::anyhow!("{}", words::done(&layer)).into());
        }
        let applied = project.apply(edit)?;
        let changes = changes(&applied.inverse, project);
        result.entry = Some(LogEntry { at: now(), who: actor.id.clone(), step, changes });
        result.touched = applied.touched;
    }
    Ok(result)
}

/// Returns a layer that its coder has marked as done, and that only a lead reopens, if an import would change one.
fn locked_by_lead(project: &Project, edit: &Edit) -> Option<LayerId> {
    let coders = project.annotators().iter().filter(|person| !project.may_reopen(&person.id));
    coders.map(|person| &person.id).find_map(|id| project.locked_layer(id, edit))
}
