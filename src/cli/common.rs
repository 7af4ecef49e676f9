//! Opening, reading and saving projects, and output that all subcommands share.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use anyhow::bail;
use indicatif::{ProgressBar, ProgressStyle};

use super::Failure;
use super::clock::now;
use super::identity::Identity;
use super::journals::print_waiting_journals;
use super::locks::{CommandLock, lock_as, lock_owners};
use super::terminal::{eprint_problem, eprint_status, shows_progress};
use super::words::{project as project_words, rounds};
use crate::analysis::changes::changes;
use crate::io::project::{
    FileKey, Folder, Listing, Opened, Rounds, Seen, append_history, describe_conflict, open, read_back,
    read_documents, read_round, snapshot, write_whole,
};
use crate::io::{IoError, Problem};
use crate::model::{AnnotatorId, Edit, LogEntry, Progress, Project, Stopped, Touch, Unfinished};

/// A project that is locked and loaded to be changed.
pub(super) struct EditableProject {
    pub folder: Folder,
    pub who: AnnotatorId,
    pub loaded: LoadedProject,
    /// `None` in a dry run.
    _lock: Option<CommandLock>,
}

impl EditableProject {
    /// Locks and loads a project, and prints the problems in it. A dry run needs no lock.
    ///
    /// # Errors
    /// As [`lock_as`] and [`load_project`].
    pub fn open(project: &Path, identity: &Identity, dry_run: bool) -> Result<Self, Failure> {
        let folder = Folder::named_by(project);
        let (actor, lock) = lock_as(&folder, identity, dry_run)?;
        let loaded = load_project(&folder)?;
        loaded.print_problems(&folder);
        Ok(Self { folder, who: actor.id, loaded, _lock: lock })
    }

    /// Saves what an edit has changed, and records the step in the history. `inverse` undoes the edit.
    ///
    /// # Errors
    /// As [`lock_owners`] and [`save`]; the history can't be written.
    pub fn save_step(&self, step: String, touched: &[Touch], inverse: &Edit) -> anyhow::Result<()> {
        let project = &self.loaded.project;
        let _locks = lock_owners(&self.folder, touched, &self.who)?;
        save(&self.folder, project, touched, &self.loaded.seen)?;
        let changes = changes(inverse, project);
        append_history(&self.folder, &[LogEntry { at: now(), who: self.who.clone(), step, changes }])?;
        Ok(())
    }
}

/// Opens a project and reads all of its documents.
pub(super) fn load_project(folder: &Folder) -> anyhow::Result<LoadedProject> {
    print_waiting_journals(folder);
    let Opened { mut project, mut problems, listing, hashes } = open(folder)?;
    let mut seen = Seen::new(project.clone());
    hashes.into_iter().for_each(|(key, hash)| seen.record(key, Some(hash)));
    let unread = read_all(folder, &listing, &mut project, &mut problems, &mut seen)?;
    Ok(LoadedProject { project, problems, unread, seen })
}

/// Opens a project or, if `round` names one, that round of it, and reads all documents. What a round is, and what its
/// figures leave out, is printed.
pub(super) fn load_round_or_project(folder: &Folder, round: Option<&str>) -> Result<LoadedProject, Failure> {
    let Some(name) = round else { return Ok(load_project(folder)?) };
    let found = Rounds::read(folder)?;
    let Some(round) = found.find(name) else {
        let known: Vec<String> = found.rounds.iter().map(|round| round.id.to_string()).collect();
        return Err(Failure::Usage(rounds::unknown_round(name, known.iter().map(String::as_str))));
    };
    eprint_status(&rounds::figures_of(round));
    let bar = Bar::new(project_words::reading(), round.files.len(), true);
    let read = match read_round(folder, &round.id, &bar) {
        Ok(read) => read,
        Err(Unfinished::Failed(error)) => return Err(error.into()),
        Err(Unfinished::Stopped) => return Err(Failure::Reported),
    };
    drop(bar);
    if !read.left_out.is_empty() {
        eprint_status(&rounds::after_unblinding(read.left_out));
    }
    Ok(LoadedProject {
        seen: Seen::new(Project::default()),
        project: read.project,
        problems: read.problems,
        unread: read.unread,
    })
}

/// A project with all documents that can be read.
pub(super) struct LoadedProject {
    pub project: Project,
    /// The problems in its files.
    pub problems: Vec<Problem>,
    /// Why documents can't be read.
    pub unread: Vec<IoError>,
    /// The content of its files as read.
    pub seen: Seen,
}

impl LoadedProject {
    /// Prints the problems in the project's files. Returns whether documents or layers are missing.
    pub fn print_problems(&self, folder: &Folder) -> bool {
        self.unread.iter().for_each(eprint_problem);
        let mut has_layers_missing = false;
        for document in self.project.documents() {
            for annotator in &document.unreadable {
                eprint_problem(project_words::unread_layer(annotator.as_str(), document.id().as_str()));
                has_layers_missing = true;
            }
        }
        if !self.problems.is_empty() {
            eprint_problem(project_words::problems(self.problems.len(), folder.root()));
        }
        has_layers_missing || !self.unread.is_empty()
    }
}

fn read_all(
    folder: &Folder,
    listing: &Listing,
    project: &mut Project,
    problems: &mut Vec<Problem>,
    seen: &mut Seen,
) -> Result<Vec<IoError>, Stopped> {
    let metas: Vec<_> = project.documents().iter().map(|document| document.meta.clone()).collect();
    let codebook = project.codebook().clone();
    let mut unread = Vec::new();
    let bar = Bar::new(project_words::reading(), metas.len(), true);
    let read = read_documents(folder, listing, &codebook, &metas, &bar)?;
    drop(bar);
    for (meta, read) in metas.iter().zip(read) {
        match read {
            Ok((contents, found, hashes)) => {
                problems.extend(found);
                hashes.into_iter().for_each(|(key, hash)| seen.record(key, Some(hash)));
                project.load_document(&meta.id, contents);
            }
            Err(error) => unread.push(error),
        }
    }
    Ok(unread)
}

/// Writes the files that edits have touched. Changes that others have made to `project.ron` since it was `seen` are merged; a
/// layer that others have changed is left as it is. What was written is read back and compared.
///
/// # Errors
/// A file can't be written, others have changed it, or it does not read back.
pub(super) fn save(folder: &Folder, project: &Project, touched: &[Touch], seen: &Seen) -> anyhow::Result<()> {
    let keys: BTreeSet<FileKey> = touched.iter().map(FileKey::from).collect();
    let snapshot = snapshot(project, &keys);
    let (written, result) = write_whole(folder, &snapshot, seen);
    for conflict in &written.conflicts {
        eprint_status(&project_words::changed_on_both_sides(describe_conflict(conflict)));
    }
    result?;
    read_back(folder, &snapshot, &written)?;
    if let Some(first) = written.foreign.first() {
        let path = folder.root().join(first.relative());
        bail!("{}", project_words::changed_meanwhile(written.foreign.len(), &path));
    }
    Ok(())
}

/// A progress bar on a terminal, which appears after half a second and disappears on drop; hidden in a pipe, or if none is
/// wanted.
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// A bar for work of this number of steps.
    pub fn new(label: &'static str, steps: usize, wanted: bool) -> Self {
        if !wanted || steps < 2 || !shows_progress() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(u64::try_from(steps).unwrap_or(u64::MAX)).with_message(label);
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos} of {len} {eta}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(500));
        Self(bar)
    }

    /// Hides the bar while something is printed.
    pub fn suspend<T>(&self, print: impl FnOnce() -> T) -> T {
        self.0.suspend(print)
    }
}

impl Progress for Bar {
    fn step(&self, done: usize, of: usize) {
        self.0.set_length(u64::try_from(of).unwrap_or(u64::MAX));
        self.0.set_position(u64::try_from(done).unwrap_or(u64::MAX));
    }

    /// Ctrl+C ends the program, so nothing else stops the work.
    fn is_stopped(&self) -> bool {
        false
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
