//! `demarche import`: brings documents and labelled spans into a project.

use std::path::{Path, PathBuf};

use encoding_rs::Encoding;
use uuid::Uuid;

use super::Failure;
use super::common::{Bar, now, open_whole, save, say, several, take, user};
use crate::analysis::changes::changes;
use crate::io::Loss;
use crate::io::annotations::{self, Fresh, Made, Whose, importers};
use crate::io::documents::{self, Reader, formats};
use crate::io::import::{self, Arrived, Files, ImportRequest, Imported, NewDocument, Refused};
use crate::io::project::{Folder, Seen, append_history, forget_incoming, open};
use crate::model::{AnnotatorId, Edit, LogEntry, Project, Touch};

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
    /// The files at these paths and in these folders.
    pub fn files(&self, paths: &[PathBuf]) -> Files {
        Files::at(paths, self.format.as_deref())
    }

    /// Who imports.
    fn who(&self) -> AnnotatorId {
        AnnotatorId::new(self.annotator.clone().unwrap_or_else(user))
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

/// What an import has done.
#[derive(Default)]
pub(super) struct Done {
    /// What it has changed.
    pub touched: Vec<Touch>,
    /// Its entry in the history; `None` if it has changed nothing.
    pub entry: Option<LogEntry>,
    documents: usize,
    spans: usize,
    links: usize,
    skipped: usize,
    /// Whether something was refused.
    failed: bool,
}

impl Done {
    /// Says what was imported.
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

    /// A failure, if something was refused.
    pub fn result(&self) -> Result<(), Failure> {
        if self.failed { Err(Failure::Told) } else { Ok(()) }
    }

    fn refuse(&mut self, why: impl std::fmt::Display) {
        say(&format!("demarche: {why}"));
        self.failed = true;
    }

    /// Says which files, or documents in them, are not imported.
    fn refuse_all(&mut self, refused: &[Refused]) {
        for refused in refused {
            match refused {
                Refused::Already { file, title } => {
                    say(&format!("{} is in the project already, as “{title}”", file.display()));
                    self.skipped += 1;
                }
                Refused::Unreadable(problem) => self.refuse(problem),
            }
        }
    }

    /// Says what came of an import, and counts it.
    fn note(&mut self, imported: &Imported) {
        let labelled = &imported.labelled;
        labelled.remarks.iter().for_each(|remark| say(remark));
        labelled.losses.iter().for_each(|loss| say(&format!("lost or changed: {loss}")));
        imported.not_kept.iter().chain(&labelled.problems).for_each(|problem| self.refuse(problem));
        tell_made(&labelled.made);
        self.documents += imported.documents.len() + labelled.documents;
        self.spans += labelled.spans;
        self.links += labelled.links;
        self.skipped += labelled.skipped;
    }
}

/// Imports files; a bad one does not stop the others.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let folder = Folder::named_by(&args.project);
    let _lock = take(&folder, args.options.who().as_str())?;
    let files = args.options.files(&args.files);
    // Only spans have to be compared with the texts that are there.
    let (mut project, seen) = if files.labelled.is_empty() {
        let project = open(&folder)?.project;
        (project.clone(), Seen::new(project))
    } else {
        let whole = open_whole(&folder)?;
        whole.tell(&folder);
        (whole.project, whole.seen)
    };
    let done = import_files(&mut project, &folder, &files, &args.options)?;
    save(&folder, &project, &done.touched, &seen)?;
    forget_incoming(&folder);
    append_history(&folder, done.entry.as_slice())?;
    done.tell();
    done.result()
}

/// Imports files into a project in memory, as one step.
pub(super) fn import_files(
    project: &mut Project,
    folder: &Folder,
    files: &Files,
    options: &Options,
) -> Result<Done, Failure> {
    let bar = Bar::new("importing", files.len(), true);
    let read = import::read(project, &files.documents, &options.reader(), &bar)?;
    let arrived = Arrived::of(read, &files.documents);
    bar.suspend(|| arrived.new.iter().for_each(tell_dropped));
    let annotator = options.annotator.as_deref().map(AnnotatorId::new);
    let request = ImportRequest {
        documents: arrived.new,
        labelled: &files.labelled,
        format: options.format.as_deref().and_then(annotations::importer),
        whose: annotator.as_ref().map_or(Whose::Named, Whose::All),
        originals: options.keep_originals.then_some(folder),
    };
    let fresh = Fresh { ids: &mut Uuid::now_v7, now: now() };
    let imported = import::import(project, request, fresh, &bar)?;
    drop(bar);
    let mut done = Done::default();
    done.refuse_all(&arrived.refused);
    done.note(&imported);
    let step = imported.step(&files.labelled);
    if !imported.edits.is_empty() {
        let applied = project.apply(Edit::Batch(imported.edits))?;
        let changes = changes(&applied.inverse, project);
        done.entry = Some(LogEntry { at: now(), who: options.who(), step, changes });
        done.touched = applied.touched;
    }
    Ok(done)
}

/// Says what was left out of a document.
fn tell_dropped(document: &NewDocument) {
    if !document.dropped.is_empty() {
        let parts: Vec<String> = document.dropped.iter().map(Loss::to_string).collect();
        let path = document.path.as_deref().unwrap_or(Path::new(""));
        say(&format!("left out: {}: {}", parts.join(", "), path.display()));
    }
}

/// Says what an import added to the project's lists.
fn tell_made(made: &Made) {
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
