//! Watching a project's folder for changes by other programs.
//!
//! The operating system reports changes if it can. On a network drive it often does not report what other machines do, so
//! there the folder is polled every two seconds, as it is if the system refuses to watch.
//!
//! Call [`Watch::start`] before the project is read: then no change falls between the reading and the watching. Where
//! changes may have been missed nevertheless, the report lists all files there are.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::ModifyKind;
use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use super::folder::{FOLDERS_OF_PEOPLE, FileKey, Folder, MEMOS};
use crate::disk::{Entry, Kind, outside};

/// Debounce: the pause without changes after which they are reported, so that a burst is reported once.
const QUIET: Duration = Duration::from_millis(120);
/// Greatest time until a change is reported.
const LONGEST: Duration = Duration::from_millis(700);
/// Time between two looks at a folder that has to be polled, and at a root that may have been replaced.
const POLL: Duration = Duration::from_secs(2);

/// The folders that are watched, besides the project's own.
fn folders() -> impl Iterator<Item = &'static Path> {
    FOLDERS_OF_PEOPLE.into_iter().chain(FLAT).map(Path::new)
}

/// Those of them that have no folders of people.
const FLAT: [&str; 2] = ["documents", MEMOS];

/// A watch on a folder, which ends when it is dropped.
#[derive(Debug)]
pub struct Watch {
    reports: Receiver<Changes>,
    messages: Sender<Message>,
}

/// Changes in a folder. Paths are relative to it; hidden files are left out.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Changes {
    /// Files that have changed, appeared or vanished.
    pub files: BTreeSet<PathBuf>,
    /// All files that there are, if other changes may have been missed.
    pub survey: Option<BTreeSet<PathBuf>>,
}

enum Message {
    Changed(Vec<PathBuf>, Names),
    /// Changes may have been missed.
    Missed,
    Stop,
}

/// What may have happened to the names of entries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Names {
    Stay,
    Come,
    Go,
    Both,
}

impl Watch {
    /// Starts watching. `wake` is called from another thread whenever there are changes to take.
    pub fn start(folder: &Folder, wake: impl Fn() + Send + 'static) -> Self {
        let (sender, messages) = channel();
        let (out, reports) = channel();
        let watched = Watched::native(folder, &sender);
        let (folder, own) = (folder.clone(), sender.clone());
        std::thread::spawn(move || {
            let report = |changes| {
                let is_sent = out.send(changes).is_ok();
                wake();
                is_sent
            };
            // A folder that has to be polled is listed first, which can take long.
            let is_late = watched.is_none();
            let Some(mut watched) = watched.or_else(|| Watched::polling(&folder, &own)) else { return };
            if !is_late || report(Changes { survey: Some(watched.survey()), ..Changes::default() }) {
                watched.run(&messages, report);
            }
        });
        Self { reports, messages: sender }
    }

    /// Returns the changes since the last call.
    pub fn take(&self) -> Changes {
        self.reports.try_iter().fold(Changes::default(), |mut all, changes| {
            all.files.extend(changes.files);
            Changes { files: all.files, survey: changes.survey.or(all.survey) }
        })
    }

    /// Sets the watch up again and lists all files, since the folder was gone for a while.
    pub fn was_away(&self) {
        let _ = self.messages.send(Message::Missed);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.messages.send(Message::Stop);
    }
}

struct Watched {
    watcher: Box<dyn Watcher + Send>,
    folder: Folder,
    /// The canonical root, which the system may use in the paths of changed files.
    real: PathBuf,
    /// The number of the root that is watched; another one if it was replaced.
    number: Option<u64>,
    /// The folders that are watched, relative to the root.
    known: BTreeSet<PathBuf>,
    messages: Sender<Message>,
}

impl Watched {
    /// Watches a folder whose changes the system reports; `None` if it does not.
    fn native(folder: &Folder, messages: &Sender<Message>) -> Option<Self> {
        if outside::is_remote(&outside::real_path(folder.root())) {
            return None;
        }
        let watcher = RecommendedWatcher::new(handler(messages), config()).ok()?;
        Self::with(Box::new(watcher), folder, messages)
    }

    /// Watches a folder by looking at it every two seconds.
    fn polling(folder: &Folder, messages: &Sender<Message>) -> Option<Self> {
        let watcher = PollWatcher::new(handler(messages), config().with_poll_interval(POLL)).ok()?;
        Self::with(Box::new(watcher), folder, messages)
    }

    fn with(watcher: Box<dyn Watcher + Send>, folder: &Folder, messages: &Sender<Message>) -> Option<Self> {
        let real = outside::real_path(folder.root());
        let number = outside::file_number(&real);
        let (folder, messages) = (folder.clone(), messages.clone());
        let mut watched = Self { watcher, folder, real, number, known: BTreeSet::new(), messages };
        watched.watcher.watch(watched.folder.root(), RecursiveMode::NonRecursive).ok()?;
        watched.watch_folders();
        Some(watched)
    }

    /// Watches the folders of layers, reviews, analysis notes and texts that are not watched yet, and returns them.
    fn watch_folders(&mut self) -> Vec<PathBuf> {
        let mut fresh = Vec::new();
        for top in folders() {
            if !self.is_folder(top) {
                continue;
            }
            // Watched before it is listed, so that a folder that is created meanwhile is reported.
            self.watch_folder(top.to_owned(), &mut fresh);
            if is_flat(top) {
                continue;
            }
            for Entry { name, kind } in visible(&self.folder, top) {
                if kind == Kind::Folder {
                    self.watch_folder(top.join(name), &mut fresh);
                }
            }
        }
        fresh
    }

    fn watch_folder(&mut self, folder: PathBuf, fresh: &mut Vec<PathBuf>) {
        let path = self.folder.root().join(&folder);
        // Not recursive: that would look at each file.
        if !self.known.contains(&folder) && self.watcher.watch(&path, RecursiveMode::NonRecursive).is_ok() {
            self.known.insert(folder.clone());
            fresh.push(folder);
        }
    }

    /// Collects changes and reports them after a pause.
    fn run(&mut self, messages: &Receiver<Message>, report: impl Fn(Changes) -> bool) {
        let mut changes = Changes::default();
        let mut since: Option<Instant> = None;
        loop {
            let wait = since.map_or(POLL, |since| QUIET.min(LONGEST.saturating_sub(since.elapsed())));
            let is_quiet = match messages.recv_timeout(wait) {
                Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(Message::Changed(paths, names)) => {
                    self.collect(&paths, names, &mut changes);
                    false
                }
                Ok(Message::Missed) => {
                    self.start_again();
                    changes.survey = Some(self.survey());
                    false
                }
                Err(RecvTimeoutError::Timeout) => {
                    if since.is_none() && self.was_replaced() {
                        changes.survey = Some(self.survey());
                    }
                    true
                }
            };
            if changes == Changes::default() {
                continue;
            }
            let start = *since.get_or_insert_with(Instant::now);
            if is_quiet || start.elapsed() >= LONGEST {
                since = None;
                if !report(std::mem::take(&mut changes)) {
                    return;
                }
            }
        }
    }

    /// Adds what the system has reported of some paths.
    fn collect(&mut self, paths: &[PathBuf], names: Names, changes: &mut Changes) {
        let paths: Vec<PathBuf> = paths.iter().filter_map(|path| self.relative(path)).collect();
        let is_lost = names.may_go() && paths.iter().filter(|path| self.forget(path)).count() > 0;
        let (folders, files): (Vec<_>, Vec<_>) =
            paths.into_iter().partition(|path| may_be_folder(path) && self.is_folder(path));
        changes.files.extend(files);
        if is_lost || names.may_come() && !folders.is_empty() {
            // Files that were put into a new folder before it was watched have to be listed.
            for folder in self.watch_folders() {
                changes.files.extend(files_in(&self.folder, &folder));
            }
        }
        if is_lost {
            // The system does not report the files of a folder that is moved away.
            changes.survey = Some(self.survey());
        }
    }

    /// Stops watching a folder that was removed or moved, and those in it. Returns whether any of them was watched.
    fn forget(&mut self, path: &Path) -> bool {
        let gone: Vec<PathBuf> = self.known.extract_if(.., |known| known.starts_with(path)).collect();
        for folder in &gone {
            // The system may have stopped already.
            let _ = self.watcher.unwatch(&self.folder.root().join(folder));
        }
        !gone.is_empty()
    }

    /// Returns whether the root has been replaced, and is watched again.
    fn was_replaced(&mut self) -> bool {
        match outside::file_number(&self.real) {
            number if number == self.number => false,
            Some(_) => self.start_again(),
            None => {
                self.number = None;
                false
            }
        }
    }

    /// Watches all folders again. Returns whether that is possible.
    fn start_again(&mut self) -> bool {
        let again = Self::native(&self.folder, &self.messages)
            .or_else(|| Self::polling(&self.folder, &self.messages));
        again.map(|again| *self = again).is_some()
    }

    /// Lists all files.
    fn survey(&self) -> BTreeSet<PathBuf> {
        let mut files = BTreeSet::from([FileKey::Project.relative()]);
        files.retain(|file| self.folder.has(file));
        for folder in &self.known {
            files.extend(files_in(&self.folder, folder));
        }
        files
    }

    fn is_folder(&self, path: &Path) -> bool {
        self.folder.disk().metadata(path).is_ok_and(|found| found.kind == Kind::Folder)
    }

    fn relative(&self, path: &Path) -> Option<PathBuf> {
        let path = path.strip_prefix(self.folder.root()).or_else(|_| path.strip_prefix(&self.real)).ok()?;
        let hidden = path.iter().any(|part| part.to_string_lossy().starts_with('.'));
        (!hidden && path.iter().next().is_some()).then(|| path.to_owned())
    }
}

impl Names {
    fn of(kind: EventKind) -> Self {
        match kind {
            EventKind::Create(_) => Self::Come,
            EventKind::Remove(_) => Self::Go,
            EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)) | EventKind::Access(_) => {
                Self::Stay
            }
            EventKind::Modify(ModifyKind::Name(_) | ModifyKind::Any | ModifyKind::Other)
            | EventKind::Any
            | EventKind::Other => Self::Both,
        }
    }

    fn may_come(self) -> bool {
        matches!(self, Self::Come | Self::Both)
    }

    fn may_go(self) -> bool {
        matches!(self, Self::Go | Self::Both)
    }
}

fn config() -> Config {
    Config::default().with_follow_symlinks(false)
}

/// Returns a function that passes on what the system reports.
fn handler(messages: &Sender<Message>) -> impl Fn(notify::Result<Event>) + Send + 'static {
    let messages = messages.clone();
    move |event| {
        let Ok(event) = event else { return };
        let message = match event.kind {
            // The system drops events when there are too many.
            _ if event.need_rescan() => Message::Missed,
            EventKind::Access(_) => return,
            kind => Message::Changed(event.paths, Names::of(kind)),
        };
        let _ = messages.send(message);
    }
}

/// Returns whether a path is or is in a folder that has no folders of people.
fn is_flat(path: &Path) -> bool {
    FLAT.iter().any(|flat| path.starts_with(flat))
}

/// Returns whether an entry can be a folder that is watched.
fn may_be_folder(path: &Path) -> bool {
    match path.iter().count() {
        1 => true,
        2 => !is_flat(path),
        _ => false,
    }
}

/// Returns the files in a folder, but not those in its folders.
fn files_in(project: &Folder, folder: &Path) -> impl Iterator<Item = PathBuf> {
    let files = visible(project, folder).filter(|entry| entry.kind == Kind::File);
    files.map(|entry| folder.join(entry.name))
}

/// Returns the entries of a folder that are not hidden.
fn visible(project: &Folder, folder: &Path) -> impl Iterator<Item = Entry> + use<> {
    let entries = project.disk().list(folder).unwrap_or_default().into_iter();
    entries.filter(|entry| !entry.name.to_string_lossy().starts_with('.'))
}
