//! Watches a project's folder for what others write there.
//!
//! The system tells of changes where it can. A network drive often tells nothing of what other machines do, so there the
//! folder is looked through every two seconds, as also where the system refuses to tell.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use super::folder::Folder;

/// How long it has to be quiet before changes are reported, so that a burst comes as one.
const QUIET: Duration = Duration::from_millis(120);
/// How long changes wait at most.
const LONGEST: Duration = Duration::from_millis(700);
/// How often a folder is looked through that nobody tells about.
const POLL: Duration = Duration::from_secs(2);

/// The folders that are watched, below the project's.
const FOLDERS: [&str; 3] = ["layers", "reviews", "documents"];

/// A folder that is watched, until this is dropped.
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
    /// Begins to watch. `wake` is called, from another thread, when there is something to take.
    pub fn start(folder: &Folder, wake: impl Fn() + Send + 'static) -> Self {
        let (stop, messages) = channel();
        let (sender, changed) = channel();
        let (root, out) = (folder.root().to_owned(), stop.clone());
        // Setting it up looks through folders, which must not hold up the opening.
        std::thread::spawn(move || {
            let Some(mut watched) = Watched::new(&root, out) else { return };
            watched.watch_folders();
            watched.run(&messages, |paths| {
                let told = sender.send(paths).is_ok();
                wake();
                told
            });
        });
        Self { changed, stop }
    }

    /// What has changed since this was asked last: paths below the project's folder, none of them hidden.
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
    /// The root as the system calls it, which may be what it calls changed files by.
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

    /// Watches the folders of layers, reviews and texts that have come into being. Gives their names.
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

    /// Gathers what changes, and reports it when it is quiet.
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
                    // What was put into a new folder before it was watched is found by looking.
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

/// The files in a folder of a project, and in its folders.
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

/// Whether a folder lies on another machine, of whose writing this one's system knows nothing.
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
