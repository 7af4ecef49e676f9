//! `demarche analyse`: writes a view of the analysis as a table, a network or a figure.

mod format;
mod named;
mod options;

use std::io::Cursor;
use std::path::{Path, PathBuf};

use super::Failure;
use super::analysed::{Analysed, Selection};
use super::common::load_project;
use super::terminal::{is_terminal, print_json, write_data};
use super::words::analyse as words;
use crate::analysis::views::{Look, View};
use crate::io::export::analysis::{CoderRow, rows, write_file};
use crate::io::project::Folder;
use crate::model::ViewKind;
use format::Format;
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
    let format = Format::named(&args.format, kind)?;
    let wanted = Wanted::new(&args.options, &named, &loaded.project)?;
    let path = args.output.as_deref().filter(|path| *path != Path::new("-"));
    if format.is_binary() && path.is_none() && is_terminal() {
        return Err(Failure::Usage(words::needs_output(format.code())));
    }
    let analysed = Analysed::new(&loaded.project, &args.selection, &wanted.question)?;
    let looks = analysed.looks();
    let views: Vec<(Option<String>, &Look<'_>, View)> = looks
        .iter()
        .map(|(coder, look)| (coder.clone(), look, View::of(look, wanted.options.clone())))
        .collect();
    if format.needs_one_coder() && views.len() != 1 {
        return Err(Failure::Usage(words::one_coder(format.code())));
    }
    let is_incomplete = loaded.print_problems(&folder);
    write(kind, format, &analysed, &views, path)?;
    if is_incomplete { Err(Failure::Reported) } else { Ok(()) }
}

fn write(
    kind: ViewKind,
    format: Format,
    analysed: &Analysed<'_>,
    views: &[(Option<String>, &Look<'_>, View)],
    path: Option<&Path>,
) -> Result<(), Failure> {
    if let (Format::Json, None) = (format, path) {
        return print_json(&json(views));
    }
    let bytes = match format {
        Format::Json => {
            let mut text = serde_json::to_vec_pretty(&json(views))?;
            text.push(b'\n');
            text
        }
        _ => format.bytes(kind, analysed, views)?,
    };
    match path {
        Some(path) => write_file(path, &bytes)?,
        None => write_data(&mut Cursor::new(bytes))?,
    }
    Ok(())
}

fn json(views: &[(Option<String>, &Look<'_>, View)]) -> Vec<CoderRow> {
    views.iter().flat_map(|(coder, look, view)| rows(look, view, coder.as_deref())).collect()
}
