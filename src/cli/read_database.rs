//! `demarche read-database`: reads the tables of another program's project in a process of its own, so that a hostile or
//! damaged file does not harm the one that imports it. Hidden, as only Demarche runs it.

use std::path::PathBuf;

use super::Failure;
use crate::io::database::serve;

/// Arguments of `demarche read-database`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The format
    #[arg(long)]
    format: String,
    /// A copy of the database that nobody changes
    #[arg(long)]
    file: PathBuf,
    /// The encoding of texts that are not UTF-8
    #[arg(long)]
    encoding: Option<String>,
    /// The limit of memory in bytes
    #[arg(long)]
    memory: u64,
}

/// Reads the database, and writes its tables to standard output.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let out = &mut std::io::stdout().lock();
    serve(&args.format, &args.file, args.encoding.as_deref(), args.memory, out)?;
    Ok(())
}
