//! Arguments, then the command line or the window.

use std::process::ExitCode;

use demarche::{cli, logging, ui};

fn main() -> ExitCode {
    let args = cli::args();
    logging::start();
    if let Some(command) = args.command {
        return cli::run(command);
    }
    match ui::run(args.project.clone()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(no_window) => cli::without_window(args.project, &no_window.to_string()),
    }
}
