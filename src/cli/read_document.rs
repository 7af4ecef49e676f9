//! `demarche read-document`: reads a document of another program in a process of its own, so that a hostile or damaged file
//! does not harm the one that imports it. Hidden, as only Demarche runs it.

use super::Failure;
use crate::io::documents::serve;

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
}

/// Reads the document from standard input, and writes the result to standard output.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let (input, out) = (&mut std::io::stdin().lock(), &mut std::io::stdout().lock());
    serve(&args.name, &args.format, args.encoding.as_deref(), args.memory, input, out)?;
    Ok(())
}
