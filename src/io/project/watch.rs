//! Watching a project's folder for changes by other programs.
//!
//! The operating system reports changes if it can. On a network drive it often does not report what other machines do, so
//! there the folder is polled every two seconds, as it is if the system refuses to watch.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use super::folder::Folder;
use crate::disk::{Entry, Kind, outside};

/// Debounce: the pause without changes after which they are reported, so that a burst is reported once.
const QUIET: Duration = Duration::from_millis(120);
/// Greatest time until a change is reported.
const LONGEST: Duration = Duration::from_millis(700);
/// Time between two looks at a folder that has to be polled.
const POLL: Duration = Duration::from_secs(2);

/// The folders that are watched, besides the project's own.
const FOLDERS: [&str; 5] = ["layers", "consensus", "reviews", "views", "documents"];

/// A watch on a folder, which ends when it is dropped.
#[derive(Debug)]
pub struct Watch {
    changed: Receiver<BTreeSet<PathBuf>>,
    stop: Sender<Message>,
}

enum Message {
    Changed(Vec<PathBuf>),
    Stop,
}

impl Watch {
    /// Starts watching. `wake` is called from another thread whenever there are changes to take.
    pub fn start(folder: &Folder, wake: impl Fn() + Send + 'static) -> Self {
        let (stop, messages) = channel();
        let (sender, changed) = channel();
        let (folder, out) = (folder.clone(), stop.clone());
        // Setting it up lists folders, which must not delay opening a project.
        std::thread::spawn(move || {
            let Some(mut watched) = Watched::new(folder, out) else { return };
            watched.watch_folders();
            watched.run(&messages, |paths| {
                let is_sent = sender.send(paths).is_ok();
                wake();
                is_sent
            });
        });
        Self { changed, stop }
    }

    /// Returns the files that have changed since the last call: paths relative to the project's folder, without hidden ones.
    pub fn take(&self) -> BTreeSet<PathBuf> {
        self.changed.try_iter().flatten().collect()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.stop.send(Message::Stop);
    }
}

struct Watched {
    watcher: Box<dyn Watcher>,
    folder: Folder,
    /// The canonical root, which the system may use in the paths of changed files.
    real: PathBuf,
    known: BTreeSet<&'static str>,
}

impl Watched {
    fn new(folder: Folder, out: Sender<Message>) -> Option<Self> {
        let root = folder.root();
        let handler = move |event: notify::Result<Event>| {
            if let Ok(event) = event
                && !matches!(event.kind, EventKind::Access(_))
            {
                let _ = out.send(Message::Changed(event.paths));
            }
        };
        let real = outside::real_path(root);
        let make = |watcher: Box<dyn Watcher>| Self {
            watcher,
            folder: folder.clone(),
            real: real.clone(),
            known: BTreeSet::new(),
        };
        let no_links = Config::default().with_follow_symlinks(false);
        if !outside::is_remote(&real)
            && let Ok(watcher) = RecommendedWatcher::new(handler.clone(), no_links)
        {
            let mut watched = make(Box::new(watcher));
            if watched.watcher.watch(root, RecursiveMode::NonRecursive).is_ok() {
                return Some(watched);
            }
        }
        let watcher = PollWatcher::new(handler, no_links.with_poll_interval(POLL)).ok()?;
        let mut watched = make(Box::new(watcher));
        watched.watcher.watch(root, RecursiveMode::NonRecursive).ok()?;
        Some(watched)
    }

    /// Watches the folders of layers, reviews, analysis notes and texts that are new, and returns their names.
    fn watch_folders(&mut self) -> Vec<&'static str> {
        let mut fresh = Vec::new();
        for name in FOLDERS {
            let path = self.folder.root().join(name);
            if !self.known.contains(name)
                && self.is_folder(Path::new(name))
                && self.watcher.watch(&path, RecursiveMode::Recursive).is_ok()
            {
                self.known.insert(name);
                fresh.push(name);
            }
        }
        fresh
    }

    /// Collects changes and reports them after a pause.
    fn run(&mut self, messages: &Receiver<Message>, report: impl Fn(BTreeSet<PathBuf>) -> bool) {
        let mut changed: BTreeSet<PathBuf> = BTreeSet::new();
        let mut since: Option<Instant> = None;
        loop {
            let wait = since.map_or(Duration::from_secs(3600), |since| {
                QUIET.min(LONGEST.saturating_sub(since.elapsed()))
            });
            match messages.recv_timeout(wait) {
                Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(Message::Changed(paths)) => {
                    for path in paths {
                        changed.extend(self.relative(&path));
                    }
                    // Files that were put into a new folder before it was watched have to be listed.
                    if changed.iter().any(|path| path.iter().count() == 1) {
                        for name in self.watch_folders() {
                            files_below(&self.folder, Path::new(name), &mut changed);
                        }
                    }
                    let new_folder: Vec<PathBuf> =
                        changed.iter().filter(|path| self.is_folder(path)).cloned().collect();
                    for folder in new_folder {
                        changed.remove(&folder);
                        if folder.iter().count() == 2 {
                            files_below(&self.folder, &folder, &mut changed);
                        }
                    }
                    if !changed.is_empty() {
                        since.get_or_insert_with(Instant::now);
                    }
                    if since.is_none_or(|since| since.elapsed() < LONGEST) {
                        continue;
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
            since = None;
            if !changed.is_empty() && !report(std::mem::take(&mut changed)) {
                return;
            }
        }
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

/// Adds the files in a folder of a project, and in its folders, to `out`.
fn files_below(project: &Folder, folder: &Path, out: &mut BTreeSet<PathBuf>) {
    for Entry { name, kind } in project.disk().list(folder).unwrap_or_default() {
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        let path = folder.join(name);
        match kind {
            Kind::Folder if path.iter().count() == 2 => files_below(project, &path, out),
            Kind::File => {
                out.insert(path);
            }
            Kind::Folder | Kind::Special(_) => {}
        }
    }
}
