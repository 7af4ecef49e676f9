//! `demarche analyse`: writes a view of the analysis as a table, a network or a figure.

mod named;
mod options;

use std::io::Cursor;
use std::path::{Path, PathBuf};

use super::Failure;
use super::analysed::{Analysed, Selection};
use super::common::load_project;
use super::terminal::{is_terminal, print_json, write_data};
use super::words::{analyse as words, usage};
use crate::analysis::views::View;
use crate::io::export::analysis::{CodedView, CoderRow, ViewFormat, rows, write_file};
use crate::io::project::Folder;
use crate::model::{ViewKind, nearest};
use options::Wanted;

pub(super) use named::NamedView;

/// Arguments of `demarche analyse`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project's folder
    project: PathBuf,
    /// matrix, asks, actors, time, towards, codeline, movement, together, follows, or the name of a saved view
    view: String,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    options: options::Options,
    /// The format: csv, csv-wide, json, xlsx, html, svg or png; of `towards` also graphml, gexf, nodes, edges, adjacency and events
    #[arg(long, default_value = "csv")]
    format: String,
    /// The file to write; standard output if missing or `-`
    #[arg(long, short)]
    output: Option<PathBuf>,
}

/// Computes a view and writes it.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let folder = Folder::named_by(&args.project);
    let loaded = load_project(&folder)?;
    let named = NamedView::of(&loaded.project, &args.view)?;
    let kind = named.kind();
    let format = format_named(&args.format, kind)?;
    let wanted = Wanted::new(&args.options, &named, &loaded.project)?;
    let path = args.output.as_deref().filter(|path| *path != Path::new("-"));
    if format.is_binary() && path.is_none() && is_terminal() {
        return Err(Failure::Usage(words::needs_output(format.code())));
    }
    let analysed = Analysed::new(&loaded.project, &args.selection, &wanted.question)?;
    let looks = analysed.looks();
    let views: Vec<CodedView<'_>> = looks
        .iter()
        .map(|(coder, look)| (coder.clone(), look, View::of(look, wanted.options.clone())))
        .collect();
    if format.needs_one_coder() && views.len() != 1 {
        return Err(Failure::Usage(words::one_coder(format.code())));
    }
    let is_incomplete = loaded.print_problems(&folder);
    write(kind, format, &analysed.filter, &views, path)?;
    if is_incomplete { Err(Failure::Reported) } else { Ok(()) }
}

/// The format with a name, if the view has it.
fn format_named(given: &str, kind: ViewKind) -> Result<ViewFormat, Failure> {
    let known = || ViewFormat::ALL.iter().map(|format| format.code());
    let Some(format) = ViewFormat::ALL.into_iter().find(|format| format.code() == given) else {
        return Err(Failure::Usage(usage::unknown_near("format", given, nearest(given, known()), known())));
    };
    if !format.is_of(kind) {
        let formats = ViewFormat::ALL.into_iter().filter(|format| format.is_of(kind));
        let codes: Vec<&str> = formats.map(ViewFormat::code).collect();
        return Err(Failure::Usage(words::format_of_view(format.code(), kind.code(), &codes)));
    }
    Ok(format)
}

fn write(
    kind: ViewKind,
    format: ViewFormat,
    filter: &str,
    views: &[CodedView<'_>],
    path: Option<&Path>,
) -> Result<(), Failure> {
    if let (ViewFormat::Json, None) = (format, path) {
        let rows = views.iter().flat_map(|(coder, look, view)| rows(look, view, coder.as_deref()));
        return print_json(&rows.collect::<Vec<CoderRow>>());
    }
    let bytes = format.bytes(kind, filter, views)?;
    match path {
        Some(path) => write_file(path, &bytes)?,
        None => write_data(&mut Cursor::new(bytes))?,
    }
    Ok(())
}
