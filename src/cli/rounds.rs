//! `demarche rounds`: lists the frozen rounds of a project, and freezes one.

use std::path::PathBuf;

use serde::Serialize;

use super::Failure;
use super::clock::now;
use super::common::{Bar, EditableProject};
use super::identity::Identity;
use super::terminal::{Lines, eprint_problem, eprint_status, print_json};
use super::words::{rounds as words, steps};
use crate::analysis::coder_work::coder_work;
use crate::io::project::{Folder, NewRound, Round, Rounds, append_history, format_time, freeze_round, open};
use crate::model::{LogEntry, Unfinished};

/// Arguments of `demarche rounds`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project's folder
    project: PathBuf,
    /// Write JSON
    #[arg(long)]
    json: bool,
    /// The work [default: list the rounds]
    #[command(subcommand)]
    work: Option<Work>,
}

/// Something to do with rounds.
#[derive(clap::Subcommand, Debug)]
enum Work {
    /// List the rounds: name, time, who froze it, number of layers, note
    List,
    /// Keep what everybody has coded up to now as a round, which never changes again
    Freeze {
        /// What the round is, such as "after the training"
        #[arg(long, default_value = "")]
        note: String,
        /// Show when each person's work last changed and what is not done, and freeze nothing
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        identity: Identity,
    },
}

#[derive(Serialize)]
struct Report {
    rounds: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    id: String,
    by: String,
    at: String,
    note: String,
    layers: usize,
    annotators: Vec<String>,
}

impl From<&Round> for Row {
    fn from(round: &Round) -> Self {
        let mut annotators: Vec<String> = round.layers().map(|layer| layer.annotator.to_string()).collect();
        annotators.sort();
        annotators.dedup();
        Self {
            id: round.id.to_string(),
            by: round.by.to_string(),
            at: format_time(round.at),
            note: round.note.clone(),
            layers: round.layers().count(),
            annotators,
        }
    }
}

/// Lists the rounds, or freezes one.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    match args.work {
        None | Some(Work::List) => list(&Folder::named_by(&args.project), args.json),
        Some(Work::Freeze { note, dry_run, identity }) => {
            let editable = EditableProject::open(&args.project, &identity, dry_run)?;
            print_work(&editable);
            if dry_run { Ok(()) } else { freeze(&editable, note.trim(), args.json) }
        }
    }
}

fn list(folder: &Folder, json: bool) -> Result<(), Failure> {
    // A folder without a project is an error, not a project without rounds.
    open(folder)?;
    let found = Rounds::read(folder)?;
    let rows: Vec<Row> = found.rounds.iter().map(Row::from).collect();
    print_rows(rows, json)?;
    found.problems.iter().for_each(eprint_problem);
    if found.problems.is_empty() { Ok(()) } else { Err(Failure::Reported) }
}

fn print_rows(rounds: Vec<Row>, json: bool) -> Result<(), Failure> {
    if json {
        print_json(&Report { rounds })?;
        return Ok(());
    }
    let mut out = Lines::stdout();
    let width = rounds.iter().map(|row| row.id.chars().count()).max().unwrap_or(0);
    for Row { id, by, at, note, layers, .. } in &rounds {
        let line = format!("{id:width$}  {at}  {layers:>6}  {by}  {note}");
        out.line(line.trim_end())?;
    }
    Ok(())
}

/// Prints when each person's work last changed, and what is not done.
fn print_work(editable: &EditableProject) {
    let project = &editable.loaded.project;
    for work in coder_work(project) {
        let name = project.name_of(&work.annotator);
        eprint_status(&words::work(name, &work));
    }
}

fn freeze(editable: &EditableProject, note: &str, json: bool) -> Result<(), Failure> {
    let project = &editable.loaded.project;
    if let Some(why) = words::freezing_refusal(project, &editable.who) {
        return Err(anyhow::anyhow!("{why}").into());
    }
    let (by, at) = (editable.who.clone(), now());
    let new = NewRound { by: by.clone(), key: project.key_of(&by), at, note: note.to_owned() };
    let bar = Bar::new(words::freezing(), project.documents().len(), true);
    let round = match freeze_round(&editable.folder, new, &bar) {
        Ok(round) => round,
        Err(Unfinished::Failed(error)) => return Err(error.into()),
        Err(Unfinished::Stopped) => return Err(Failure::Reported),
    };
    drop(bar);
    let step = steps::freeze_round(&round.id.to_string());
    append_history(&editable.folder, &[LogEntry { at, who: by, step, changes: Vec::new() }])?;
    eprint_status(&words::frozen(&round));
    if json { print_rows(vec![Row::from(&round)], true) } else { Ok(()) }
}
