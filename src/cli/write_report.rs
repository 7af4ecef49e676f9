//! `demarche report`: writes the tables and figures of an analysis, with their method, into one file.

use std::path::PathBuf;

use super::Failure;
use super::analyse::view_kind;
use super::analysed::{Analysed, Selection, Settings};
use super::common::{Bar, load_project};
use super::words::analyse as words;
use crate::analysis::report::compose;
use crate::io::export::analysis::{ReportFormat, write_file};
use crate::io::project::Folder;
use crate::model::ViewKind;

/// Arguments of `demarche report`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project's folder
    project: PathBuf,
    /// A view to show, as often as needed: matrix, asks, actors, time, towards, codeline, movement, together or follows
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
    let views: Vec<ViewKind> = args.views.iter().map(|view| view_kind(view)).collect::<Result<_, _>>()?;
    let Some(format) = ReportFormat::of_path(&args.output) else {
        let known = ReportFormat::ALL.iter().map(|format| format.extension());
        return Err(Failure::Usage(words::report_extension(&known.collect::<Vec<_>>())));
    };
    let folder = Folder::named_by(&args.project);
    let loaded = load_project(&folder)?;
    let analysed = Analysed::new(&loaded.project, &args.selection, Settings::default())?;
    let bar = Bar::new(words::composing(), loaded.project.documents().len(), true);
    let report = compose(&analysed.report_request(&views), &bar)?;
    drop(bar);
    write_file(&args.output, &format.bytes(&report)?)?;
    if loaded.print_problems(&folder) { Err(Failure::Reported) } else { Ok(()) }
}
