//! `demarche export`: labelled spans in another format.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::Failure;
use super::common::{Bar, open_whole, say};
use crate::io::export::Exporter;
use crate::io::export::{Exported, Scope, export_to_path, exporter, exporters};
use crate::io::project::Folder;
use crate::model::{AnnotatorId, CategoryId, Project};

/// What to export.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project's folder
    project: PathBuf,
    /// The format, such as csv, jsonl or brat; `demarche formats` lists all
    #[arg(long)]
    format: String,
    /// The file to write, or the folder; `-` and nothing mean standard output
    #[arg(long, short)]
    output: Option<PathBuf>,
    /// Only the spans of this annotator; may be given several times
    #[arg(long)]
    annotator: Vec<String>,
    /// Only the spans of this category; may be given several times
    #[arg(long)]
    category: Vec<String>,
}

/// Writes the export. What the format can't carry is told on standard error.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let exporter = exporter(&args.format).ok_or_else(|| {
        let known: Vec<&str> = exporters().iter().map(|exporter| exporter.info().name).collect();
        Failure::Usage(format!("there is no format `{}`; there are {}", args.format, known.join(", ")))
    })?;
    let folder = Folder::named_by(&args.project);
    let whole = open_whole(&folder)?;
    let annotators = annotators(&whole.project, &args.annotator)?;
    let categories = categories(&whole.project, &args.category)?;
    let missing = whole.tell(&folder);

    let path = args.output.as_deref().filter(|path| *path != Path::new("-"));
    let wanted = path.is_some() || !std::io::stdout().is_terminal();
    let documents = whole.project.documents().len();
    let bar = Bar::new("exporting", documents, wanted);
    let scope = Scope { annotators, categories, progress: &bar, ..Scope::everything(&whole.project) };
    let exported = match path {
        Some(path) => export_to_path(exporter, &scope, path)?,
        None => to_stdout(exporter, &scope)?,
    };
    drop(bar);
    tell(exporter, &exported);
    if missing { Err(Failure::Told) } else { Ok(()) }
}

/// Writes to a file of our own first, which is read back, and then to standard output.
fn to_stdout(exporter: Exporter<'_>, scope: &Scope<'_>) -> Result<Exported, Failure> {
    let info = exporter.info();
    if exporter.is_folder() {
        return Err(Failure::Usage(format!("{} is a folder of files; name it with --output", info.name)));
    }
    let scratch = Scratch::new()?;
    let path = scratch.0.join(format!("export.{}", info.extension));
    let exported = export_to_path(exporter, scope, &path)?;
    let mut out = std::io::stdout().lock();
    std::io::copy(&mut File::open(&path)?, &mut out)?;
    out.flush()?;
    Ok(exported)
}

/// A folder for temporary files, gone when this is dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> std::io::Result<Self> {
        let path = std::env::temp_dir().join(format!("demarche-{}", Uuid::now_v7()));
        std::fs::create_dir(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What can't be removed is left to the system, which clears that folder.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn tell(exporter: Exporter<'_>, exported: &Exported) {
    if let Some(read_back) = &exported.read_back {
        say(&read_back.to_string());
        read_back.differences.iter().for_each(|loss| say(&format!("  {loss}")));
    }
    let losses = &exported.losses;
    if losses.is_empty() {
        return;
    }
    say(&format!("{} could not carry everything as it is:", exporter.info().name));
    losses.iter().for_each(|loss| say(&format!("  {loss}")));
}

/// The annotators that are meant, by id or name; `None` for everybody.
fn annotators(project: &Project, given: &[String]) -> Result<Option<Vec<AnnotatorId>>, Failure> {
    let layers = project.documents().iter().flat_map(|document| document.layers.keys());
    let known: BTreeSet<&AnnotatorId> = project.annotators().iter().map(|a| &a.id).chain(layers).collect();
    let find = |name: &String| {
        let by_name = || project.annotators().iter().find(|a| a.name == *name).map(|a| &a.id);
        let found = known.iter().copied().find(|id| id.as_str() == name).or_else(by_name);
        found.cloned().ok_or_else(|| unknown("annotator", name, known.iter().map(|id| id.as_str())))
    };
    if given.is_empty() { Ok(None) } else { given.iter().map(find).collect::<Result<_, _>>().map(Some) }
}

/// The categories that are meant, by id or name; `None` for all.
fn categories(project: &Project, given: &[String]) -> Result<Option<Vec<CategoryId>>, Failure> {
    let all = &project.codebook().categories;
    let find = |name: &String| {
        let by_id = all.iter().find(|category| category.id.as_str() == name);
        let found = by_id.or_else(|| all.iter().find(|category| category.name == *name));
        let found = found.map(|category| category.id.clone());
        found.ok_or_else(|| unknown("category", name, all.iter().map(|category| category.id.as_str())))
    };
    if given.is_empty() { Ok(None) } else { given.iter().map(find).collect::<Result<_, _>>().map(Some) }
}

fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Failure {
    let known: Vec<&str> = known.collect();
    let known = if known.is_empty() {
        "the project has none".to_owned()
    } else {
        format!("there are {}", known.join(", "))
    };
    Failure::Usage(format!("there is no {what} `{name}`; {known}"))
}
