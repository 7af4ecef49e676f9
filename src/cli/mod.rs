//! The application for scripts: one file per subcommand.
//!
//! Data goes to standard output, messages to standard error. Exit codes: 0 done; 1 the work failed, in whole or in part, or
//! `check` found problems; 2 wrong usage.

mod agree;
mod analyse;
mod analysed;
mod assign;
mod check;
mod clock;
mod codebook;
mod codebook_change;
mod common;
mod documents;
mod export;
mod formats;
pub mod git;
mod history;
mod identity;
mod import;
mod journals;
mod locks;
mod merge;
mod merge_driver;
mod named_person;
mod new;
mod new_names;
mod no_window;
mod packet;
mod people;
mod people_change;
mod read_database;
mod read_document;
mod report;
mod rounds;
mod sets;
mod settle;
mod summary;
mod terminal;
mod update;
pub mod words;
mod write_report;

use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use no_window::without_window;
use terminal::eprint_problem;

/// The command line.
#[derive(Parser, Debug)]
#[command(
    name = "demarche",
    version,
    about = "Read, tag and review negotiation and policy texts",
    long_about = "Read, tag and review negotiation and policy texts.\n\n\
        Without a subcommand, the window opens with PROJECT, or with the last project, or with the sample.",
    args_conflicts_with_subcommands = true
)]
pub struct Args {
    /// The project to open in the window: its folder or its project.ron
    pub project: Option<PathBuf>,
    /// The work to do without a window
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The work that needs no window.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Create a project and import files
    New(new::Args),
    /// Import documents or labelled spans into a project
    Import(import::Args),
    /// Update the text of a document and locate its spans in the new text
    Update(update::Args),
    /// Export labelled spans in another format
    Export(export::Args),
    /// Export a codebook in another format
    Codebook(codebook::Args),
    /// Count spans by category, document and annotator
    Summary(summary::Args),
    /// Measure how far annotators agree, with the coefficients that journals expect
    Agree(agree::Args),
    /// Answer who wants and gives what, what is still open, who moved and what follows what
    Analyse(analyse::Args),
    /// Write the tables and figures of an analysis, with their method, into one file to print
    Report(write_report::Args),
    /// List the problems in a project's files
    Check(check::Args),
    /// Export who changed what and when, as CSV
    History(history::Args),
    /// List the formats with what each carries and loses
    Formats(formats::Args),
    /// Merge another copy of a project into this one
    Merge(merge::Args),
    /// Settle the differences between annotators by a rule: the majority, one person, or what a reviewer accepted
    Settle(settle::Args),
    /// Assign documents to coders by a random, balanced design, or open the next batch
    Assign(assign::Args),
    /// List the people of a project, add some, change roles, or give the work of one to another
    People(people::Args),
    /// List the sets of documents, or change which documents are in them
    Sets(sets::Args),
    /// List the frozen rounds, or keep what everybody has coded up to now as a new one
    Rounds(rounds::Args),
    /// Write one file with documents and codebook for one annotator
    Packet(packet::Args),
    /// Merge three versions of a file for git; see docs/TEAM.md
    MergeDriver(merge_driver::Args),
    /// Read a document from standard input, as imports do for each file
    #[command(hide = true)]
    ReadDocument(read_document::Args),
    /// Read the tables of a copy of another program's project, as imports do for each file
    #[command(hide = true)]
    ReadDatabase(read_database::Args),
}

/// The reason why a subcommand did not do all of its work.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line names something that does not exist: exit code 2.
    Usage(String),
    /// The work failed: exit code 1.
    Work(anyhow::Error),
    /// A part of the work failed, and that was printed already: exit code 1.
    Reported,
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Work(error.into())
    }
}

/// Returns the arguments of this process. Exits if they are wrong, or only ask for help.
pub fn args() -> Args {
    Args::try_parse().unwrap_or_else(|error| terminal::exit(&error))
}

/// Runs a subcommand and prints what went wrong.
pub fn run(command: Command) -> ExitCode {
    let result = match command {
        Command::New(args) => new::run(args),
        Command::Import(args) => import::run(args),
        Command::Update(args) => update::run(args),
        Command::Export(args) => export::run(args),
        Command::Codebook(args) => codebook::run(args),
        Command::Summary(args) => summary::run(args),
        Command::Agree(args) => agree::run(args),
        Command::Analyse(args) => analyse::run(args),
        Command::Report(args) => write_report::run(args),
        Command::Check(args) => check::run(args),
        Command::History(args) => history::run(args),
        Command::Formats(args) => formats::run(args),
        Command::Merge(args) => merge::run(args),
        Command::Settle(args) => settle::run(args),
        Command::Assign(args) => assign::run(args),
        Command::People(args) => people::run(args),
        Command::Sets(args) => sets::run(args),
        Command::Rounds(args) => rounds::run(args),
        Command::Packet(args) => packet::run(args),
        Command::MergeDriver(args) => merge_driver::run(args),
        Command::ReadDocument(args) => read_document::run(args),
        Command::ReadDatabase(args) => read_database::run(args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Reported) => ExitCode::from(1),
        Err(Failure::Usage(message)) => {
            eprint_problem(message);
            ExitCode::from(2)
        }
        // The reader of the output has read enough, as in `demarche export … | head`.
        Err(Failure::Work(error)) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(Failure::Work(error)) => {
            eprint_problem(error);
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
    fn the_command_line_is_consistent() {
        super::Args::command().debug_assert();
    }
}
