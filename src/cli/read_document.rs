//! `demarche read-document`: reads a document of another program in a process of its own, so that a hostile or damaged file
//! does not harm the one that imports it. Hidden, as only Demarche runs it.

use super::Failure;
use crate::io::documents::{Served, Task, serve};

/// Arguments of `demarche read-document`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The format
    #[arg(long)]
    format: String,
    /// The name of the file
    #[arg(long)]
    name: String,
    /// The encoding, if the file does not declare it
    #[arg(long)]
    encoding: Option<String>,
    /// The limit of memory in bytes
    #[arg(long)]
    memory: u64,
    /// The index of a page to draw, from 0, instead of reading the text
    #[arg(long, requires = "width")]
    page: Option<usize>,
    /// The width of the drawn page in pixels
    #[arg(long)]
    width: Option<u32>,
    /// Read the text of a PDF with the places of its words
    #[arg(long, conflicts_with = "page")]
    places: bool,
}

impl Args {
    fn task(&self) -> Task {
        match (self.page, self.width) {
            (Some(page), Some(width_px)) => Task::Draw { page, width_px },
            _ if self.places => Task::Place,
            _ => Task::Read,
        }
    }
}

/// Reads the document from standard input, and writes the result to standard output.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let (input, out) = (&mut std::io::stdin().lock(), &mut std::io::stdout().lock());
    let (encoding, task) = (args.encoding.as_deref(), args.task());
    let served = Served { name: &args.name, format: &args.format, encoding, task, memory: args.memory };
    serve(served, input, out)?;
    Ok(())
}
