//! What happens where the window can't be shown: the project's summary in the terminal, and what to do.

use std::path::PathBuf;
use std::process::ExitCode;

use super::common::say;
use super::summary;
use crate::io::settings::Settings;
use crate::session::first_project;

/// What to do for a window, and without one.
const ADVICE: &str = "
For the window, start `demarche` in a desktop session (over SSH: `ssh -X`). A bare Debian needs for it:
  apt install libgl1 libegl1 libxkbcommon-x11-0 libxcursor1 libxi6
Without a window, `demarche summary`, `demarche export` and the others of `demarche --help` work in the terminal.";

/// Says in a sentence that there is no window and why, writes the summary of the project that it would have shown, and
/// names what to do.
pub fn without_window(project: Option<PathBuf>, why: &str) -> ExitCode {
    say(&format!("{why}, so here is the project's summary instead of the window.\n"));
    let printed = first_project(project, &Settings::read()).map_err(anyhow::Error::from).and_then(|path| {
        say(&path.display().to_string());
        summary::print(&path, &mut std::io::stdout().lock())
    });
    let code = match printed {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("demarche: {error}"));
            ExitCode::from(1)
        }
    };
    say(ADVICE);
    code
}
