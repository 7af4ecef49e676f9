//! A system on which the window can't be shown: the project's summary in the terminal, and advice.

use std::path::PathBuf;
use std::process::ExitCode;

use super::summary;
use super::terminal::{Lines, eprint_lines, eprint_problem, eprint_status};
use super::words::window as words;
use crate::io::settings::Settings;
use crate::session::first_project;

/// Prints why the window can't be shown, the summary of the project that it would have shown, if any, and what to do.
pub fn without_window(project: Option<PathBuf>, why: &str) -> ExitCode {
    let project = first_project(project, &Settings::read());
    eprint_status(&match project {
        Some(_) => words::summary_instead(why),
        None => words::no_window(why),
    });
    let printed = project.map(|path| {
        eprint_status("");
        eprint_status(&path.display().to_string());
        summary::print(&path, &mut Lines::stdout())
    });
    let code = match printed {
        None | Some(Ok(())) => ExitCode::SUCCESS,
        Some(Err(error)) => {
            eprint_problem(error);
            ExitCode::from(1)
        }
    };
    eprint_lines(words::advice());
    code
}
