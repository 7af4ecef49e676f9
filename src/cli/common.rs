//! What the subcommands share: opening, reading, saving, telling.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

use anyhow::{anyhow, bail};
use indicatif::{ProgressBar, ProgressStyle};

use crate::analysis::changes::changes;
use crate::io::project::{
    FileKey, Folder, Listing, Lock, Locking, Opened, Seen, append_history, format_time, lock, open,
    read_documents, snapshot, write_shared,
};
use crate::io::{IoError, Problem};
use crate::model::{AnnotatorId, Edit, LogEntry, Progress, Project, Stamp, Stopped, Touch, slug};

/// Says something to the person, not to the next program. A closed standard error is no reason to stop.
pub(super) fn say(words: &str) {
    let _ = writeln!(std::io::stderr(), "{words}");
}

/// The moment that it is.
pub(super) fn now() -> Stamp {
    Stamp(chrono::Utc::now().timestamp())
}

/// Who works here, as far as the system tells.
pub(super) fn user() -> String {
    let name = std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_default();
    slug(&name, "me")
}

/// Takes a project for writing, until the lock is dropped.
///
/// # Errors
/// There is no project there, another Demarche has it, or its folder can't be written.
pub(super) fn take(folder: &Folder, who: &str) -> anyhow::Result<Lock> {
    // Asked first, since locking would make a folder where there is no project.
    if !folder.is_project() {
        bail!("there is no project here; create one with `demarche new`: {}", folder.root().display());
    }
    match lock(folder, who, now())? {
        Locking::Taken(lock) => Ok(lock),
        Locking::Held(by) => {
            let holder = format!("{} on {} since {}", by.who, by.host, format_time(by.since));
            let place = folder.root().display();
            Err(anyhow!("{}: {place}", IoError::Locked(holder)))
        }
    }
}

/// A whole project that somebody is about to change.
pub(super) struct AtWork {
    pub folder: Folder,
    pub who: AnnotatorId,
    pub whole: Whole,
    /// Nothing where nothing is to be written.
    _lock: Option<Lock>,
}

impl AtWork {
    /// Takes and opens a project, and says what is wrong in it. With `dry_run` it is not taken.
    ///
    /// # Errors
    /// As [`take`] and [`open_whole`].
    pub fn begin(project: &Path, annotator: Option<&str>, dry_run: bool) -> anyhow::Result<Self> {
        let folder = Folder::named_by(project);
        let who = annotator.map_or_else(user, str::to_owned);
        let lock = if dry_run { None } else { Some(take(&folder, &who)?) };
        let whole = open_whole(&folder)?;
        whole.tell(&folder);
        Ok(Self { folder, who: AnnotatorId::new(&who), whole, _lock: lock })
    }

    /// Writes what an edit has changed, and the step into the history. `inverse` takes the edit back.
    ///
    /// # Errors
    /// As [`save`]; the history can't be written.
    pub fn end(&self, step: String, touched: &[Touch], inverse: &Edit) -> anyhow::Result<()> {
        let project = &self.whole.project;
        save(&self.folder, project, touched, &self.whole.seen)?;
        let changes = changes(inverse, project);
        append_history(&self.folder, &[LogEntry { at: now(), who: self.who.clone(), step, changes }])?;
        Ok(())
    }
}

/// Opens a project and reads all of its documents.
pub(super) fn open_whole(folder: &Folder) -> anyhow::Result<Whole> {
    let Opened { mut project, mut problems, listing } = open(folder)?;
    let mut seen = Seen::new(project.clone());
    let unread = read_all(folder, &listing, &mut project, &mut problems, &mut seen)?;
    Ok(Whole { project, problems, unread, seen })
}

/// A project with all that can be read of it.
pub(super) struct Whole {
    pub project: Project,
    /// What is wrong in its files.
    pub problems: Vec<Problem>,
    /// Why documents could not be read.
    pub unread: Vec<IoError>,
    /// What stood in its files.
    pub seen: Seen,
}

impl Whole {
    /// Says what is wrong in the project's files. Returns whether some of the documents are missing.
    pub fn tell(&self, folder: &Folder) -> bool {
        self.unread.iter().for_each(|error| say(&format!("demarche: {error}")));
        if !self.problems.is_empty() {
            let root = folder.root().display();
            let count = several(self.problems.len(), "problem");
            say(&format!("demarche: {count} in the project's files; `demarche check {root}` lists them"));
        }
        !self.unread.is_empty()
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
    let bar = Bar::new("reading", metas.len(), true);
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

/// Writes what edits have changed. What others have changed in `project.ron` since it was `seen` is merged; where they
/// have changed a layer that is to be written, it is left as it is.
pub(super) fn save(folder: &Folder, project: &Project, touched: &[Touch], seen: &Seen) -> anyhow::Result<()> {
    let keys: BTreeSet<FileKey> = touched.iter().map(FileKey::from).collect();
    let (written, result) = write_shared(folder, &snapshot(project, &keys), seen);
    for conflict in &written.conflicts {
        say(&format!("changed here and by somebody else; what was imported stands: {conflict}"));
    }
    result?;
    if let Some(first) = written.foreign.first() {
        let path = folder.root().join(first.relative());
        let count = several(written.foreign.len(), "file");
        bail!(
            "{count} not written, since somebody else has changed them meanwhile; try again: {}",
            path.display()
        );
    }
    Ok(())
}

/// A progress bar on a terminal; in a pipe, or where it is not wanted, one that is not seen. It shows up after half a
/// second only, and is gone when this is dropped.
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// A bar for work of so many steps.
    pub fn new(what: &'static str, steps: usize, wanted: bool) -> Self {
        if !wanted || steps < 2 || !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(u64::try_from(steps).unwrap_or(u64::MAX)).with_message(what);
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos} of {len} {eta}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(500));
        Self(bar)
    }

    /// Says something while the bar is out of the way.
    pub fn suspend<T>(&self, say: impl FnOnce() -> T) -> T {
        self.0.suspend(say)
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

/// `1 span`, `2 spans`.
pub(super) fn several(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Writes JSON for scripts, readable for people.
pub(super) fn print_json(json: &impl serde::Serialize) -> Result<(), super::Failure> {
    let text = serde_json::to_string_pretty(json)?;
    writeln!(std::io::stdout().lock(), "{text}")?;
    Ok(())
}
