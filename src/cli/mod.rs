//! The application for scripts: one file per subcommand.
//!
//! Data goes to standard output, words to standard error. Exit codes: 0 done; 1 the work failed, in whole or in part, or
//! `check` found problems; 2 wrong usage.

mod agree;
mod check;
mod codebook;
mod common;
mod export;
mod formats;
mod history;
mod import;
mod merge;
mod merge_driver;
mod new;
mod no_window;
mod packet;
mod read_document;
mod summary;
mod update;

use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use common::say;
pub use no_window::without_window;

/// What stands on the command line.
#[derive(Parser, Debug)]
#[command(
    name = "demarche",
    version,
    about = "Read, tag and review negotiation and policy texts",
    long_about = "Read, tag and review negotiation and policy texts.\n\n\
        Without a subcommand the window opens: on PROJECT, else on the last project, else on the sample.",
    args_conflicts_with_subcommands = true
)]
pub struct Args {
    /// The project to open in the window: its folder, or the project.ron in it
    pub project: Option<PathBuf>,
    /// What to do without a window
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What can be done without a window.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Make a project and import files
    New(new::Args),
    /// Bring documents or labelled spans into a project
    Import(import::Args),
    /// Give a document another text; its spans find their places
    Update(update::Args),
    /// Write labelled spans in another format
    Export(export::Args),
    /// Write a codebook in another format
    Codebook(codebook::Args),
    /// Count spans by category, document and annotator
    Summary(summary::Args),
    /// Say how far annotators agree, in the figures that journals ask for
    Agree(agree::Args),
    /// Report everything that is wrong in a project's files
    Check(check::Args),
    /// Write who changed what and when, as CSV
    History(history::Args),
    /// List the formats, what each carries and what it loses
    Formats(formats::Args),
    /// Bring another copy of a project into this one
    Merge(merge::Args),
    /// Write one file with documents and codebook for one annotator
    Packet(packet::Args),
    /// Merge three versions of a file; git calls this, see docs/TEAM.md
    MergeDriver(merge_driver::Args),
    /// Read a document on standard input: what an import runs for each file
    #[command(hide = true)]
    ReadDocument(read_document::Args),
}

/// Why a subcommand did not do all of its work.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line asks for something that is not there: exit code 2.
    Usage(String),
    /// The work failed: exit code 1.
    Work(anyhow::Error),
    /// A part of the work failed, and that has been said: exit code 1.
    Told,
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Work(error.into())
    }
}

/// Runs a subcommand and says what went wrong.
pub fn run(command: Command) -> ExitCode {
    let done = match command {
        Command::New(args) => new::run(args),
        Command::Import(args) => import::run(args),
        Command::Update(args) => update::run(args),
        Command::Export(args) => export::run(args),
        Command::Codebook(args) => codebook::run(args),
        Command::Summary(args) => summary::run(args),
        Command::Agree(args) => agree::run(args),
        Command::Check(args) => check::run(args),
        Command::History(args) => history::run(args),
        Command::Formats(args) => formats::run(args),
        Command::Merge(args) => merge::run(args),
        Command::Packet(args) => packet::run(args),
        Command::MergeDriver(args) => merge_driver::run(args),
        Command::ReadDocument(args) => read_document::run(args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Told) => ExitCode::from(1),
        Err(Failure::Usage(message)) => {
            say(&format!("demarche: {message}"));
            ExitCode::from(2)
        }
        // Whoever reads our output has read enough, as in `demarche export … | head`.
        Err(Failure::Work(error)) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(Failure::Work(error)) => {
            say(&format!("demarche: {error}"));
            ExitCode::from(1)
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let mut causes = error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>());
    causes.any(|cause| cause.kind() == ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_holds_together() {
        super::Args::command().debug_assert();
    }
}
