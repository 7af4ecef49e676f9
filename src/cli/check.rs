//! `demarche check`: lists all problems in a project's files.

use std::path::PathBuf;

use serde::Serialize;

use super::Failure;
use super::git::missing_setup;
use super::journals::print_waiting_journals;
use super::report::ProblemRow;
use super::terminal::{Lines, eprint_lines, eprint_status, print_json};
use super::words::project as words;
use crate::io::project::{Folder, check};

/// Arguments of `demarche check`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project's folder
    project: PathBuf,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    problems: Vec<ProblemRow>,
}

/// Lists the problems as `file:line: message`. A hint about git is not a problem: it does not change the exit code.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let folder = Folder::named_by(&args.project);
    let problems = check(&folder)?;
    print_waiting_journals(&folder);
    if args.json {
        print_json(&Report { problems: problems.iter().map(ProblemRow::from).collect() })?;
    } else {
        let mut out = Lines::stdout();
        for problem in &problems {
            let ProblemRow { file, line, message, .. } = problem.into();
            let line = line.map_or(String::new(), |line| format!("{line}:"));
            out.line(format_args!("{file}:{line} {message}"))?;
        }
    }
    if let Some(missing) = missing_setup(folder.root()) {
        eprint_lines(&words::git_setup(missing));
    }
    if problems.is_empty() {
        eprint_status(&words::no_problems());
        return Ok(());
    }
    eprint_status(&words::problems_found(problems.len()));
    Err(Failure::Reported)
}
