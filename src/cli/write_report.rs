//! `demarche report`: writes the tables and figures of an analysis, with their method, into one file.

use std::path::PathBuf;

use super::Failure;
use super::analyse::NamedView;
use super::analysed::{Analysed, Selection};
use super::common::{Bar, load_project};
use super::words::analyse as words;
use crate::analysis::report::{SavedPart, compose};
use crate::io::export::analysis::{ReportFormat, write_file};
use crate::io::project::Folder;
use crate::model::{Project, ViewKind};
use crate::session::AnalyseQuestion;

/// Arguments of `demarche report`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project's folder
    project: PathBuf,
    /// A view to show, as often as needed: matrix, asks, actors, time, towards, codeline, movement, together, follows, or the
    /// name of a saved view
    /// [default: matrix, asks, time, towards, codeline and follows]
    #[arg(long = "view", value_name = "VIEW")]
    views: Vec<String>,
    #[command(flatten)]
    selection: Selection,
    /// The file to write; its extension names the format: html, md or xlsx
    #[arg(long, short)]
    output: PathBuf,
}

/// Composes a report and writes it.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let Some(format) = ReportFormat::of_path(&args.output) else {
        let known = ReportFormat::ALL.iter().map(|format| format.extension());
        return Err(Failure::Usage(words::report_extension(&known.collect::<Vec<_>>())));
    };
    let folder = Folder::named_by(&args.project);
    let loaded = load_project(&folder)?;
    let (views, saved) = views(&loaded.project, &args)?;
    let analysed = Analysed::new(&loaded.project, &args.selection, &AnalyseQuestion::default())?;
    let bar = Bar::new(words::composing(), loaded.project.documents().len(), true);
    let report = compose(&analysed.report_request((&views, &saved)), &bar)?;
    drop(bar);
    write_file(&args.output, &format.bytes(&report)?)?;
    if loaded.print_problems(&folder) { Err(Failure::Reported) } else { Ok(()) }
}

/// The views that were asked for: those of the program, and saved ones.
fn views(project: &Project, args: &Args) -> Result<(Vec<ViewKind>, Vec<SavedPart>), Failure> {
    let (mut kinds, mut saved) = (Vec::new(), Vec::new());
    for name in &args.views {
        match NamedView::of(project, name)? {
            NamedView::Kind(kind) => kinds.push(kind),
            NamedView::Saved(view) => saved.push(Analysed::saved_part(project, &args.selection, view)?),
        }
    }
    Ok((kinds, saved))
}
