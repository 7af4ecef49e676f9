//! `demarche export`: exports labelled spans in another format.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::Failure;
use super::analysed::{Analysed, Selection};
use super::common::{Bar, load_project};
use super::report::{LossRow, UnreadRow, unread};
use super::terminal::{eprint_problem, eprint_status, is_terminal, print_json, write_data};
use super::words::{export as words, usage};
use crate::io::disk::temporary_folder;
use crate::io::export::Exporter;
use crate::io::export::{Exported, Scope, export_to_path, exporter, exporters};
use crate::io::project::Folder;
use crate::model::{AnnotatorId, CategoryId, Project};
use crate::session::AnalyseQuestion;

/// Arguments of `demarche export`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project's folder
    project: PathBuf,
    /// The format, such as csv, jsonl or brat; see `demarche formats`
    #[arg(long)]
    format: String,
    /// The file or folder to write; standard output if missing or `-`
    #[arg(long, short)]
    output: Option<PathBuf>,
    /// Only the spans of this annotator, or of `consensus`; can be repeated [default: everyone, without the consensus]
    #[arg(long)]
    annotator: Vec<String>,
    /// Only the spans of this category; can be repeated
    #[arg(long)]
    category: Vec<String>,
    #[command(flatten)]
    selection: Selection,
    /// Write a report in JSON to standard output; needs --output
    #[arg(long)]
    json: bool,
}

/// The report for scripts.
#[derive(Serialize)]
struct Report {
    /// True if everything was read from the project, and everything that the format can carry came back from the export.
    complete: bool,
    format: &'static str,
    output: String,
    /// Passages that came back when the export was read; null if the format can't be read.
    passages: Option<Found>,
    /// Links, likewise.
    links: Option<Found>,
    /// Other differences between the project and the export as it was read.
    differences: Vec<LossRow>,
    /// What the format could not carry.
    losses: Vec<LossRow>,
    /// What could not be read of the project.
    unread: Vec<UnreadRow>,
}

/// How many were found, of how many.
#[derive(Serialize)]
struct Found {
    found: usize,
    of: usize,
}

impl From<(usize, usize)> for Found {
    fn from((found, of): (usize, usize)) -> Self {
        Self { found, of }
    }
}

/// Writes the export. What the format can't carry is reported on standard error.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let exporter = exporter(&args.format).ok_or_else(|| {
        let known = exporters().iter().map(|exporter| exporter.info().name);
        Failure::Usage(usage::unknown_format(&args.format, known))
    })?;
    let folder = Folder::named_by(&args.project);
    let loaded = load_project(&folder)?;
    // A filter chooses from the final reading, which is the consensus where there is one.
    let is_everyone = args.annotator.is_empty() && args.selection.is_empty();
    let has_consensus = loaded.project.documents().iter().any(|d| d.consensus_layers().next().is_some());
    let project = match is_everyone {
        true => loaded.project.without_consensus(),
        false => loaded.project.with_one_consensus(),
    };
    if is_everyone && has_consensus {
        eprint_status(words::without_consensus());
    }
    let annotators = annotators(&project, &args.annotator)?;
    let categories = categories(&project, &args.category)?;
    let is_incomplete = loaded.print_problems(&folder);
    let path = args.output.as_deref().filter(|path| *path != Path::new("-"));
    if args.json && path.is_none() {
        return Err(Failure::Usage(usage::report_needs_output()));
    }
    // On a terminal the export itself shows the progress.
    let wanted = path.is_some() || !is_terminal();
    let documents = project.documents().len();
    let bar = Bar::new(words::progress(), documents, wanted);
    let spans = if args.selection.is_empty() {
        None
    } else {
        Some(Analysed::new(&project, &args.selection, &AnalyseQuestion::default())?.selected())
    };
    let scope = Scope { annotators, categories, spans, progress: &bar, ..Scope::everything(&project) };
    let exported = match path {
        Some(path) => export_to_path(exporter, &scope, path)?,
        None => to_stdout(exporter, &scope)?,
    };
    drop(bar);
    print_result(exporter, &exported);
    let is_complete = exported.is_whole() && !is_incomplete;
    if let (true, Some(path)) = (args.json, path) {
        print_json(&report(exporter, &exported, path, is_complete, unread(&loaded)))?;
    }
    if is_complete { Ok(()) } else { Err(Failure::Reported) }
}

fn report(
    exporter: Exporter<'_>,
    exported: &Exported,
    path: &Path,
    complete: bool,
    unread: Vec<UnreadRow>,
) -> Report {
    let read_back = exported.read_back.as_ref();
    Report {
        complete,
        format: exporter.info().name,
        output: path.display().to_string(),
        passages: read_back.map(|read_back| read_back.spans.into()),
        links: read_back.and_then(|read_back| read_back.links).map(Found::from),
        differences: read_back
            .iter()
            .flat_map(|read_back| &read_back.differences)
            .map(LossRow::from)
            .collect(),
        losses: exported.losses.iter().map(LossRow::from).collect(),
        unread,
    }
}

/// Writes to a temporary file, which is read back, and then to standard output.
fn to_stdout(exporter: Exporter<'_>, scope: &Scope<'_>) -> Result<Exported, Failure> {
    let info = exporter.info();
    if exporter.is_folder() {
        return Err(Failure::Usage(usage::export_needs_folder(info.name)));
    }
    // Nobody else may read the export.
    let temporary = temporary_folder(None)?;
    let path = temporary.path().join(format!("export.{}", info.extension));
    let exported = export_to_path(exporter, scope, &path)?;
    write_data(&mut File::open(&path)?)?;
    Ok(exported)
}

fn print_result(exporter: Exporter<'_>, exported: &Exported) {
    if let Some(read_back) = &exported.read_back {
        eprint_status(&read_back.to_string());
        read_back.differences.iter().for_each(|loss| eprint_status(&words::item(loss)));
        if !exported.is_whole() {
            eprint_problem(words::not_whole());
        }
    }
    let losses = &exported.losses;
    if losses.is_empty() {
        return;
    }
    eprint_status(&words::losses(exporter.info().name));
    losses.iter().for_each(|loss| eprint_status(&words::item(loss)));
}

/// Returns the annotators with these ids or names; `None` for all if none is given.
pub(super) fn annotators(project: &Project, given: &[String]) -> Result<Option<Vec<AnnotatorId>>, Failure> {
    let layers = project.documents().iter().flat_map(|document| document.layers.keys());
    let known: BTreeSet<&AnnotatorId> = project.annotators().iter().map(|a| &a.id).chain(layers).collect();
    let find = |name: &String| {
        let by_name = || project.annotators().iter().find(|a| a.name == *name).map(|a| &a.id);
        let found = known.iter().copied().find(|id| id.as_str() == name).or_else(by_name);
        found
            .cloned()
            .ok_or_else(|| Failure::Usage(usage::unknown_annotator(name, known.iter().map(|id| id.as_str()))))
    };
    if given.is_empty() { Ok(None) } else { given.iter().map(find).collect::<Result<_, _>>().map(Some) }
}

/// Returns the categories with these ids or names; `None` for all if none is given.
fn categories(project: &Project, given: &[String]) -> Result<Option<Vec<CategoryId>>, Failure> {
    let all = &project.codebook().categories;
    let find = |name: &String| {
        let by_id = all.iter().find(|category| category.id.as_str() == name);
        let found = by_id.or_else(|| all.iter().find(|category| category.name == *name));
        let found = found.map(|category| category.id.clone());
        found.ok_or_else(|| {
            Failure::Usage(usage::unknown_category(name, all.iter().map(|category| category.id.as_str())))
        })
    };
    if given.is_empty() { Ok(None) } else { given.iter().map(find).collect::<Result<_, _>>().map(Some) }
}
