//! `demarche read-document`: reads a document of another program, for the Demarche that imports it. Hidden, since nobody
//! types it: a file that is hostile or damaged hurts no process but this one.

use super::Failure;
use crate::io::documents::serve;

/// What is read, and how.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Its format
    #[arg(long)]
    format: String,
    /// The name of its file
    #[arg(long)]
    name: String,
    /// The encoding that it is in, if it does not say so itself
    #[arg(long)]
    encoding: Option<String>,
    /// Bytes of memory that reading it may take
    #[arg(long)]
    memory: u64,
}

/// Reads standard input, writes to standard output.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let (input, out) = (&mut std::io::stdin().lock(), &mut std::io::stdout().lock());
    serve(&args.name, &args.format, args.encoding.as_deref(), args.memory, input, out)?;
    Ok(())
}
