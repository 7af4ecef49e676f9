//! A system on which the window can't be shown: the project's summary in the terminal, and advice.

use std::path::PathBuf;
use std::process::ExitCode;

use super::summary;
use super::terminal::{Lines, eprint_lines, eprint_problem, eprint_status};
use super::words::window as words;
use crate::io::settings::Settings;
use crate::session::first_project;

/// Prints why the window can't be shown, the summary of the project that it would have shown, and what to do.
pub fn without_window(project: Option<PathBuf>, why: &str) -> ExitCode {
    eprint_status(&words::summary_instead(why));
    eprint_status("");
    let printed = first_project(project, &Settings::read()).map_err(anyhow::Error::from).and_then(|path| {
        eprint_status(&path.display().to_string());
        summary::print(&path, &mut Lines::stdout())
    });
    let code = match printed {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprint_problem(error);
            ExitCode::from(1)
        }
    };
    eprint_lines(words::advice());
    code
}
