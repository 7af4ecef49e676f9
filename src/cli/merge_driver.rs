//! `demarche merge-driver`: merges three versions of a file for git.
//!
//! Git calls it as `demarche merge-driver %O %A %B %P`: the version that both sides started from, ours and theirs, each in
//! a temporary file, and the name of the file in the work tree. The result goes to `%A`. Exit code 0 says that it is
//! merged; 1 that a person has to look, and git marks the file as conflicted. Whatever can't be read is left to git's own
//! merge of lines (gitattributes(5), "Defining a custom merge driver").

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context as _;
use atomic_write_file::AtomicWriteFile;

use super::Failure;
use super::common::say;
use crate::io::project::{conflict_marks, merge_file};

/// What stands on the command line.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The version that both sides started from (%O)
    base: PathBuf,
    /// Our version; the result is written here (%A)
    ours: PathBuf,
    /// Their version (%B)
    theirs: PathBuf,
    /// Where the file belongs (%P), for messages
    path: Option<PathBuf>,
}

/// Merges.
pub fn run(args: Args) -> Result<(), Failure> {
    let name = args.path.as_deref().unwrap_or(&args.ours);
    let read = |path: &Path| std::fs::read(path).with_context(|| format!("can't read {}", path.display()));
    let (base, ours, theirs) = (read(&args.base)?, read(&args.ours)?, read(&args.theirs)?);
    match merge_file(name, &base, &ours, &theirs) {
        Ok(merge) => {
            put(&args.ours, merge.text.as_bytes())?;
            for conflict in &merge.conflicts {
                say(&format!("CONFLICT: {conflict}: {}", name.display()));
            }
            if merge.conflicts.is_empty() { Ok(()) } else { Err(Failure::Told) }
        }
        Err(problem) => {
            say(&format!("demarche: left to git's own merge, since {problem}"));
            leave_to_git(&args, &ours, &theirs)?;
            Err(Failure::Told)
        }
    }
}

/// Leaves the conflict that git itself would leave. Where its merge of lines finds none, the two versions stand one above
/// the other: nobody has said that what can't be read is a version of the other.
fn leave_to_git(args: &Args, ours: &[u8], theirs: &[u8]) -> anyhow::Result<()> {
    let merged = Command::new("git")
        .args(["merge-file", "-p", "-L", "ours", "-L", "base", "-L", "theirs"])
        .args([&args.ours, &args.base, &args.theirs])
        .stderr(Stdio::null())
        .output();
    // Its exit code is the number of conflicts, or above 127 where it could not merge.
    let conflict = merged.ok().filter(|out| out.status.code().is_some_and(|code| (1..=127).contains(&code)));
    let text = match conflict {
        Some(out) => out.stdout,
        None => match (std::str::from_utf8(ours), std::str::from_utf8(theirs)) {
            (Ok(ours), Ok(theirs)) => conflict_marks(ours, theirs).into_bytes(),
            _ => [b"<<<<<<< ours\n", ours, b"\n=======\n", theirs, b"\n>>>>>>> theirs\n"].concat(),
        },
    };
    if text.is_empty() { Ok(()) } else { put(&args.ours, &text) }
}

fn put(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let write = || {
        let mut file = AtomicWriteFile::open(path)?;
        file.write_all(bytes)?;
        file.commit()
    };
    write().with_context(|| format!("can't write {}", path.display()))
}
