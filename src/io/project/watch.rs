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

/// Debounce: the pause without changes after which they are reported, so that a burst is reported once.
const QUIET: Duration = Duration::from_millis(120);
/// Greatest time until a change is reported.
const LONGEST: Duration = Duration::from_millis(700);
/// Time between two looks at a folder that has to be polled.
const POLL: Duration = Duration::from_secs(2);

/// The folders that are watched, besides the project's own.
const FOLDERS: [&str; 4] = ["layers", "consensus", "reviews", "documents"];

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
        let (root, out) = (folder.root().to_owned(), stop.clone());
        // Setting it up lists folders, which must not delay opening a project.
        std::thread::spawn(move || {
            let Some(mut watched) = Watched::new(&root, out) else { return };
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
    root: PathBuf,
    /// The canonical root, which the system may use in the paths of changed files.
    real: PathBuf,
    known: BTreeSet<&'static str>,
}

impl Watched {
    fn new(root: &Path, out: Sender<Message>) -> Option<Self> {
        let handler = move |event: notify::Result<Event>| {
            if let Ok(event) = event
                && !matches!(event.kind, EventKind::Access(_))
            {
                let _ = out.send(Message::Changed(event.paths));
            }
        };
        let real = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let make = |watcher: Box<dyn Watcher>| Self {
            watcher,
            root: root.to_owned(),
            real: real.clone(),
            known: BTreeSet::new(),
        };
        if !is_remote(&real)
            && let Ok(watcher) = RecommendedWatcher::new(handler.clone(), Config::default())
        {
            let mut watched = make(Box::new(watcher));
            if watched.watcher.watch(root, RecursiveMode::NonRecursive).is_ok() {
                return Some(watched);
            }
        }
        let watcher = PollWatcher::new(handler, Config::default().with_poll_interval(POLL)).ok()?;
        let mut watched = make(Box::new(watcher));
        watched.watcher.watch(root, RecursiveMode::NonRecursive).ok()?;
        Some(watched)
    }

    /// Watches the folders of layers, reviews and texts that are new, and returns their names.
    fn watch_folders(&mut self) -> Vec<&'static str> {
        let mut fresh = Vec::new();
        for name in FOLDERS {
            let path = self.root.join(name);
            if !self.known.contains(name)
                && path.is_dir()
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
                            files_below(&self.root, Path::new(name), &mut changed);
                        }
                    }
                    let new_folder: Vec<PathBuf> =
                        changed.iter().filter(|path| self.root.join(path).is_dir()).cloned().collect();
                    for folder in new_folder {
                        changed.remove(&folder);
                        if folder.iter().count() == 2 {
                            files_below(&self.root, &folder, &mut changed);
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

    fn relative(&self, path: &Path) -> Option<PathBuf> {
        let path = path.strip_prefix(&self.root).or_else(|_| path.strip_prefix(&self.real)).ok()?;
        let hidden = path.iter().any(|part| part.to_string_lossy().starts_with('.'));
        (!hidden && path.iter().next().is_some()).then(|| path.to_owned())
    }
}

/// Adds the files in a folder of a project, and in its folders, to `out`.
fn files_below(root: &Path, folder: &Path, out: &mut BTreeSet<PathBuf>) {
    for entry in std::fs::read_dir(root.join(folder)).into_iter().flatten().flatten() {
        let path = folder.join(entry.file_name());
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && path.iter().count() == 2 => files_below(root, &path, out),
            Ok(kind) if kind.is_file() => {
                out.insert(path);
            }
            _ => {}
        }
    }
}

/// Returns whether a folder is on another machine, whose changes the system does not report.
fn is_remote(path: &Path) -> bool {
    const REMOTE: [&str; 8] = ["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph"];
    if path.to_string_lossy().starts_with(r"\\") && !path.to_string_lossy().starts_with(r"\\?\C") {
        return true;
    }
    let Ok(mounts) = std::fs::read_to_string("/proc/mounts") else { return false };
    let mount = mounts
        .lines()
        .filter_map(|line| {
            let mut parts = line.split(' ').skip(1);
            Some((parts.next()?.replace("\\040", " "), parts.next()?))
        })
        .filter(|(at, _)| path.starts_with(at))
        .max_by_key(|(at, _)| at.len());
    mount.is_some_and(|(_, kind)| REMOTE.contains(&kind) || kind.starts_with("fuse.sshfs"))
}
