//! `demarche merge-driver`: merges three versions of a file for git.
//!
//! Git calls it as `demarche merge-driver %O %A %B %P`: the version that both sides started from, ours and theirs, each in
//! a temporary file, and the name of the file in the work tree. The result goes to `%A`. Exit code 0 means merged; 1 means
//! that a person has to look, and git marks the file as conflicted. A file that can't be read is left to git's own merge of
//! lines (gitattributes(5), "Defining a custom merge driver").

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context as _;
use atomic_write_file::AtomicWriteFile;

use super::Failure;
use super::terminal::{eprint_problem, eprint_status};
use super::words::merge as words;
use crate::io::project::{conflict_marks, merge_file, read_version};

/// Arguments of `demarche merge-driver`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The version that both sides started from (%O)
    base: PathBuf,
    /// Our version; the result is written here (%A)
    ours: PathBuf,
    /// Their version (%B)
    theirs: PathBuf,
    /// The path of the file in the work tree (%P), for messages
    path: Option<PathBuf>,
}

/// Merges the versions.
pub fn run(args: Args) -> Result<(), Failure> {
    let name = args.path.as_deref().unwrap_or(&args.ours);
    let [base, ours, theirs] = [&args.base, &args.ours, &args.theirs].map(|path| read_version(path));
    let (base, ours, theirs) = (base?, ours?, theirs?);
    match merge_file(name, &base, &ours, &theirs) {
        Ok(merge) => {
            write(&args.ours, merge.text.as_bytes())?;
            for conflict in &merge.conflicts {
                eprint_status(&words::file_conflict(conflict, name));
            }
            if merge.conflicts.is_empty() { Ok(()) } else { Err(Failure::Reported) }
        }
        Err(problem) => {
            eprint_problem(words::left_to_git(problem));
            leave_to_git(&args, &ours, &theirs)?;
            Err(Failure::Reported)
        }
    }
}

/// Writes the conflict that git itself would write. If its merge of lines finds none, both versions are written as a
/// conflict: a file that can't be read may be no version of the other at all.
fn leave_to_git(args: &Args, ours: &[u8], theirs: &[u8]) -> anyhow::Result<()> {
    let merged = Command::new("git")
        .args(["merge-file", "-p", "-L", "ours", "-L", "base", "-L", "theirs"])
        .args([&args.ours, &args.base, &args.theirs])
        .stderr(Stdio::null())
        .output();
    // Its exit code is the number of conflicts, or above 127 if it could not merge.
    let conflict = merged.ok().filter(|out| out.status.code().is_some_and(|code| (1..=127).contains(&code)));
    let text = match conflict {
        Some(out) => out.stdout,
        None => match (std::str::from_utf8(ours), std::str::from_utf8(theirs)) {
            (Ok(ours), Ok(theirs)) => conflict_marks(ours, theirs).into_bytes(),
            _ => [b"<<<<<<< ours\n", ours, b"\n=======\n", theirs, b"\n>>>>>>> theirs\n"].concat(),
        },
    };
    if text.is_empty() { Ok(()) } else { write(&args.ours, &text) }
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let replace = || {
        let mut file = AtomicWriteFile::open(path)?;
        file.write_all(bytes)?;
        file.commit()
    };
    replace().with_context(|| format!("can't write {}", path.display()))
}
