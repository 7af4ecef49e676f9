//! `demarche import`: brings documents and labelled spans into a project.

use std::path::{Path, PathBuf};

use encoding_rs::Encoding;
use uuid::Uuid;

use super::Failure;
use super::common::{Bar, now, open_whole, save, say, several, take, user};
use crate::analysis::changes::changes;
use crate::io::annotations::Importer;
use crate::io::annotations::{self, Draft, Fresh, Incoming, Whose, files_in, importers, next_document_id};
use crate::io::documents::{self, FileResult, Keeper, Reader, formats};
use crate::io::project::{Folder, Seen, append_history, forget_incoming, open};
use crate::io::{IoError, Loss};
use crate::model::{AnnotatorId, Applied, Edit, LogEntry, Project, Steps, Touch};

/// What to import.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project's folder
    project: PathBuf,
    /// Files to import, or folders of them
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    options: Options,
}

/// How files are read.
#[derive(clap::Args, Debug)]
pub struct Options {
    /// What the files are, such as docx or jsonl; without it they tell themselves. `demarche formats` lists all
    #[arg(long, value_parser = format)]
    format: Option<String>,
    /// Whose spans they are: an annotator of the project, or a new one
    #[arg(long)]
    annotator: Option<String>,
    /// The encoding of texts, web pages, tables and transcripts, such as windows-1252 or euc-kr; without it, it is found out
    #[arg(long, value_parser = encoding)]
    encoding: Option<String>,
    /// Keep a copy of each document's file beside its text
    #[arg(long)]
    keep_originals: bool,
}

impl Options {
    /// The format of a file of labelled spans; `None` for a document.
    fn importer(&self, file: &Path) -> Option<&'static dyn Importer> {
        match &self.format {
            Some(name) => annotations::importer(name),
            None => annotations::format_of(file),
        }
    }

    /// What reads documents.
    fn reader(&self) -> Reader {
        let format = self.format.as_deref().and_then(documents::format).map(|format| format.info().name);
        let encoding = self.encoding.as_deref().and_then(|label| Encoding::for_label(label.as_bytes()));
        Reader::of_this_program().with_format(format).with_encoding(encoding)
    }
}

fn format(name: &str) -> Result<String, String> {
    let documents = formats().iter().map(|format| format.info().name);
    let names: Vec<&str> = documents.chain(importers().iter().map(|importer| importer.name())).collect();
    if names.contains(&name) { Ok(name.to_owned()) } else { Err(format!("choose {}", names.join(", "))) }
}

pub(super) fn encoding(label: &str) -> Result<String, String> {
    let known = Encoding::for_label(label.as_bytes());
    known
        .map(|_| label.to_owned())
        .ok_or_else(|| "no such encoding; try utf-8, windows-1252, euc-kr".to_owned())
}

/// What came in, and what did not.
#[derive(Default)]
pub(super) struct Done {
    pub touched: Vec<Touch>,
    /// Whose history it goes into.
    who: String,
    /// What was done, for the history.
    pub steps: Vec<LogEntry>,
    documents: usize,
    spans: usize,
    links: usize,
    skipped: usize,
    /// Whether something was refused.
    failed: bool,
}

impl Done {
    /// Says what came in.
    pub fn tell(&self) {
        let mut parts = vec![several(self.documents, "document")];
        if self.spans + self.links + self.skipped > 0 {
            parts.push(several(self.spans, "span"));
            parts.push(several(self.links, "link"));
        }
        let skipped = match self.skipped {
            0 => String::new(),
            count => format!("; {count} were there already"),
        };
        say(&format!("imported {}{skipped}", parts.join(", ")));
    }

    /// Whether all came in.
    pub fn result(&self) -> Result<(), Failure> {
        if self.failed { Err(Failure::Told) } else { Ok(()) }
    }

    /// Notes what an edit has done: the files to write, and the step for the history.
    fn note(&mut self, project: &Project, files: &[PathBuf], applied: &Applied) {
        self.touched.extend(applied.touched.iter().cloned());
        let name = match files {
            [file] => file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            several => format!("{} files", several.len()),
        };
        self.steps.push(LogEntry {
            at: now(),
            who: AnnotatorId::new(&self.who),
            step: format!("import {name}"),
            changes: changes(&applied.inverse, project),
        });
    }

    fn refuse(&mut self, why: impl std::fmt::Display) {
        say(&format!("demarche: {why}"));
        self.failed = true;
    }

    /// Brings labelled spans into the project, and says what came of it.
    fn take(&mut self, project: &mut Project, files: &[PathBuf], import: Incoming) {
        import.remarks.iter().for_each(|remark| say(remark));
        import.losses.iter().for_each(|loss| say(&format!("lost or changed: {loss}")));
        import.problems.iter().for_each(|problem| self.refuse(problem));
        tell_made(&import);
        match project.apply(import.edit) {
            Ok(applied) => {
                self.note(project, files, &applied);
                self.documents += import.documents.len();
                self.spans += import.spans;
                self.links += import.links;
                self.skipped += import.skipped;
            }
            Err(error) => self.refuse(error),
        }
    }
}

/// Imports files one by one; one that is bad does not stop the others.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let folder = Folder::named_by(&args.project);
    let who = args.options.annotator.clone().unwrap_or_else(user);
    let _lock = take(&folder, &who)?;
    // Only spans have to be compared with the texts that are there.
    let files = files_in(&args.files);
    let compare = files.iter().any(|file| args.options.importer(file).is_some());
    let (mut project, seen) = if compare {
        let whole = open_whole(&folder)?;
        whole.tell(&folder);
        (whole.project, whole.seen)
    } else {
        let project = open(&folder)?.project;
        (project.clone(), Seen::new(project))
    };
    let done = bring_in(&mut project, &folder, &files, &args.options)?;
    save(&folder, &project, &done.touched, &seen)?;
    forget_incoming(&folder);
    append_history(&folder, &done.steps)?;
    done.tell();
    done.result()
}

/// Imports files into a project in memory, in their order; documents of other programs are read first, several at once.
pub(super) fn bring_in(
    project: &mut Project,
    folder: &Folder,
    files: &[PathBuf],
    options: &Options,
) -> Result<Done, Failure> {
    let who = options.annotator.clone().unwrap_or_else(user);
    let mut done = Done { who, ..Done::default() };
    let (labelled_files, documents): (Vec<_>, Vec<PathBuf>) =
        files.iter().cloned().partition(|file| options.importer(file).is_some());
    let bar = Bar::new("importing", documents.len().max(labelled_files.len()), true);
    let mut read = options.reader().read_all(&documents, &bar)?.into_iter();
    let mut keeper = options.keep_originals.then(|| Keeper::new(folder, project));
    let steps = Steps::new(&bar, files.len());
    let is_labelled = |file: &PathBuf| options.importer(file).is_some();
    for run in files.chunk_by(|one, next| is_labelled(one) && is_labelled(next)) {
        match run {
            [file] if !is_labelled(file) => bar.suspend(|| {
                let came = read
                    .next()
                    .map_or(Ok(()), |read| document(project, file, read, keeper.as_mut(), &mut done));
                came.unwrap_or_else(|error| done.refuse(error));
            }),
            _ => run.chunks(AT_ONCE).for_each(|some| labelled(project, some, options, &bar, &mut done)),
        }
        run.iter().try_for_each(|_| steps.advance())?;
    }
    Ok(done)
}

/// How many files of labelled spans are read at once and come in as one step.
const AT_ONCE: usize = 100;

/// Takes in what was read of a file.
fn document(
    project: &mut Project,
    file: &PathBuf,
    read: FileResult,
    mut keeper: Option<&mut Keeper<'_>>,
    done: &mut Done,
) -> anyhow::Result<()> {
    for read in read.map_err(IoError::Problem)? {
        let dropped = read.document.dropped.clone();
        let mut imported = documents::imported(read, next_document_id(project));
        let sha256 = &imported.meta.origin.sha256;
        if let Some(there) = project.documents().iter().find(|d| d.meta.origin.sha256 == *sha256) {
            say(&format!("{} is in the project already, as {}", file.display(), there.id()));
            done.skipped += 1;
            continue;
        }
        tell_dropped(file, &dropped);
        let kept = keeper.as_mut().map_or(Ok(()), |keeper| keeper.keep(file, &mut imported));
        kept.unwrap_or_else(|problem| done.refuse(problem));
        let at = project.documents().len();
        let applied = project.apply(Edit::InsertDocument { at, document: imported.into_document() })?;
        done.note(project, std::slice::from_ref(file), &applied);
        done.documents += 1;
    }
    Ok(())
}

/// Says what was left out of a document.
fn tell_dropped(file: &Path, dropped: &[Loss]) {
    if !dropped.is_empty() {
        let parts: Vec<String> = dropped.iter().map(Loss::to_string).collect();
        say(&format!("left out: {}: {}", parts.join(", "), file.display()));
    }
}

/// Brings in labelled spans. Where it is not said whose some are, files come in one by one, so that the others do.
fn labelled(project: &mut Project, files: &[PathBuf], options: &Options, bar: &Bar, done: &mut Done) {
    let format = options.format.as_deref().and_then(annotations::importer);
    let Ok(drafts) = annotations::read_files(files, format, &()) else { return };
    let placed = place(project, drafts, options);
    bar.suspend(|| match placed {
        Ok(import) => done.take(project, files, import),
        Err(error) => match files {
            [_] => done.refuse(error),
            several => {
                several
                    .iter()
                    .for_each(|file| labelled(project, std::slice::from_ref(file), options, bar, done));
            }
        },
    });
}

fn place(project: &Project, drafts: Vec<(PathBuf, Draft)>, options: &Options) -> Result<Incoming, IoError> {
    let annotator = options.annotator.as_deref().map(AnnotatorId::new);
    let whose = annotator.as_ref().map_or(Whose::Named, Whose::All);
    let fresh = Fresh { ids: &mut Uuid::now_v7, now: now() };
    annotations::place_all(project, drafts, whose, fresh)
}

/// Says what an import added to the project's lists.
fn tell_made(import: &Incoming) {
    let made = &import.made;
    let tell = |what: &str, names: Vec<&str>| {
        if !names.is_empty() {
            say(&format!("new in the project: {what} {}", names.join(", ")));
        }
    };
    tell("categories", made.categories.iter().map(|id| id.as_str()).collect());
    tell("attributes", made.attributes.iter().map(|id| id.as_str()).collect());
    tell("kinds of link", made.link_kinds.iter().map(|id| id.as_str()).collect());
    tell("annotators", made.annotators.iter().map(|id| id.as_str()).collect());
    tell("actors", made.actors.iter().map(String::as_str).collect());
    tell("issues", made.issues.iter().map(String::as_str).collect());
}
