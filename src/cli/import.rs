//! `demarche import`: brings texts and labelled spans into a project.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use uuid::Uuid;

use super::Failure;
use super::common::{bar, folder, now, open_whole, save, say, several, take, user};
use crate::io::IoError;
use crate::io::import::jsonl::{JsonlImport, read_jsonl};
use crate::io::import::{next_document_id, read_text_file};
use crate::io::project::open;
use crate::model::{AnnotatorId, Document, Edit, Project, Touch};

/// What to import.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project's folder
    project: PathBuf,
    /// Files to import
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    options: Options,
}

/// How files are read.
#[derive(clap::Args, Debug)]
pub struct Options {
    /// What the files are; without it their endings tell
    #[arg(long)]
    format: Option<Format>,
    /// Whose spans they are: an annotator of the project, or a new one
    #[arg(long)]
    annotator: Option<String>,
    /// The encoding of texts, such as windows-1252 or euc-kr; without it, it is found out
    #[arg(long, value_parser = encoding)]
    encoding: Option<String>,
}

/// What can be imported.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Format {
    /// Plain text, a document per file
    Txt,
    /// A document with its spans per line
    Jsonl,
}

impl Format {
    fn of(file: &Path) -> Self {
        let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("jsonl" | "ndjson" | "json") => Self::Jsonl,
            _ => Self::Txt,
        }
    }
}

impl Options {
    fn format(&self, file: &Path) -> Format {
        self.format.unwrap_or_else(|| Format::of(file))
    }
}

fn encoding(label: &str) -> Result<String, String> {
    let known = encoding_rs::Encoding::for_label(label.as_bytes());
    known
        .map(|_| label.to_owned())
        .ok_or_else(|| "no such encoding; try utf-8, windows-1252, euc-kr".to_owned())
}

/// What came in, and what did not.
#[derive(Default)]
pub(super) struct Done {
    pub touched: Vec<Touch>,
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

    fn refuse(&mut self, why: impl std::fmt::Display) {
        say(&format!("demarche: {why}"));
        self.failed = true;
    }
}

/// Imports files one by one; one that is bad does not stop the others.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let folder = folder(&args.project);
    let who = args.options.annotator.clone().unwrap_or_else(user);
    let _lock = take(&folder, &who)?;
    // Only spans have to be compared with the texts that are there.
    let compare = args.files.iter().any(|file| args.options.format(file) == Format::Jsonl);
    let mut project = if compare {
        let whole = open_whole(&folder)?;
        whole.tell(&folder);
        whole.project
    } else {
        open(&folder)?.project
    };
    let done = bring_in(&mut project, &args.files, &args.options)?;
    save(&folder, &project, &done.touched)?;
    done.tell();
    done.result()
}

/// Imports files into a project in memory.
pub(super) fn bring_in(project: &mut Project, files: &[PathBuf], options: &Options) -> Result<Done, Failure> {
    let mut done = Done::default();
    let bar = bar("importing", files.len(), true);
    for file in files {
        let came = bar.suspend(|| match options.format(file) {
            Format::Txt => text(project, file, options, &mut done),
            Format::Jsonl => jsonl(project, file, options, &mut done),
        });
        if let Err(error) = came {
            bar.suspend(|| done.refuse(error));
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(done)
}

fn text(project: &mut Project, file: &Path, options: &Options, done: &mut Done) -> anyhow::Result<()> {
    let id = next_document_id(project);
    let imported = read_text_file(file, options.encoding.as_deref(), id).map_err(IoError::Problem)?;
    let sha256 = &imported.meta.origin.sha256;
    if let Some(there) = project.documents().iter().find(|d| d.meta.origin.sha256 == *sha256) {
        say(&format!("{} is in the project already, as {}", file.display(), there.id()));
        done.skipped += 1;
        return Ok(());
    }
    let at = project.documents().len();
    let document = std::sync::Arc::new(Document::new(imported.meta, imported.text));
    let applied = project.apply(Edit::InsertDocument { at, document })?;
    done.touched.extend(applied.touched);
    done.documents += 1;
    Ok(())
}

fn jsonl(project: &mut Project, file: &Path, options: &Options, done: &mut Done) -> anyhow::Result<()> {
    let bytes = std::fs::read(file).map_err(IoError::system("can't read the file", file))?;
    let annotator = options.annotator.as_deref().map(AnnotatorId::new);
    let import = read_jsonl(project, file, &bytes, annotator.as_ref(), &mut Uuid::now_v7, now())?;
    for problem in &import.problems {
        done.refuse(problem);
    }
    tell_made(&import);
    let applied = project.apply(import.edit)?;
    done.touched.extend(applied.touched);
    done.documents += import.documents.len();
    done.spans += import.spans;
    done.links += import.links;
    done.skipped += import.skipped;
    Ok(())
}

/// Says what an import added to the project's lists.
fn tell_made(import: &JsonlImport) {
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
