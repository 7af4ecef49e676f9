//! `demarche history`: who changed what and when, as CSV.

use std::path::{Path, PathBuf};

use super::Failure;
use super::journals::print_waiting_journals;
use super::terminal::{eprint_problem, write_data};
use super::words::project as words;
use crate::io::history::write_csv;
use crate::io::project::{Folder, open, read_history};
use crate::model::{AnnotatorId, DocumentId};
use crate::session::entry_concerns;

/// Arguments of `demarche history`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project's folder
    project: PathBuf,
    /// Only the steps of this annotator
    #[arg(long)]
    annotator: Option<String>,
    /// Only steps that changed this document, by its id such as d001
    #[arg(long)]
    document: Option<String>,
    /// The file to write; standard output if missing or `-`
    #[arg(long, short)]
    output: Option<PathBuf>,
}

/// Writes the history. Lines that can't be read are reported on standard error.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let folder = Folder::named_by(&args.project);
    open(&folder)?;
    print_waiting_journals(&folder);
    let (mut entries, problems) = read_history(&folder)?;
    let (who, document) = (args.annotator.map(AnnotatorId::new), args.document.map(DocumentId::new));
    entries.retain(|entry| entry_concerns(entry, who.as_ref(), document.as_ref()));
    let mut out = Vec::new();
    write_csv(&entries, &mut out)?;
    match args.output.as_deref().filter(|path| *path != Path::new("-")) {
        Some(path) => std::fs::write(path, out)
            .map_err(|error| anyhow::anyhow!("{}", words::not_written(&error, path)))?,
        None => write_data(&mut out.as_slice())?,
    }
    problems.iter().for_each(eprint_problem);
    if problems.is_empty() { Ok(()) } else { Err(Failure::Reported) }
}
