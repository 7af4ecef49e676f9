//! Keeps two programs from writing as one person.
//!
//! Every file of a project has one writer but for `project.ron`, which is merged when it is written. So several people can
//! work in one folder at once, and a lock is needed per person only.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::Deserialize;

use super::compose::Record;
use super::disk::make_local;
use super::folder::Folder;
use super::{format_time, parse_time};
use crate::IoError;
use demarche_model::{Stamp, check_file_id, slug};

/// How often a lock that is held is asked for again, and after how long.
const TRIES: usize = 4;
const PAUSE: Duration = Duration::from_millis(15);
/// Longest wait of a command for another one, and for a holder that has not written its name yet.
const PATIENCE: Duration = Duration::from_secs(30);
const PATIENCE_UNNAMED: Duration = Duration::from_millis(500);

/// A person's files, which this program alone may write. Released when it is dropped, and by the system when the program dies.
#[derive(Debug)]
pub struct Lock {
    /// Holds the system's lock as long as it is open.
    _file: File,
    holder: PathBuf,
}

/// What came of [`lock()`].
#[derive(Debug)]
pub enum Locking {
    /// The person's files may be written.
    Taken(Lock),
    /// Another program writes as this person; the project may be read.
    Held(Holder),
}

/// Who works as a person already.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Holder {
    /// The annotator's id.
    pub who: String,
    /// The machine.
    pub host: String,
    /// Since when.
    pub since: Stamp,
    /// The number of the process there.
    pub process: u32,
    /// True for a command, which is done soon; a window stays open.
    pub is_command: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireHolder {
    who: String,
    host: String,
    since: String,
    process: u32,
    #[serde(default)]
    command: bool,
}

/// Takes the files of the annotator `who` for writing, if nobody works as them. What a crashed program left behind does not count.
///
/// # Errors
/// The folder can't be written, as on a read-only medium: the project may be read only.
pub fn lock(folder: &Folder, who: &str, now: Stamp) -> Result<Locking, IoError> {
    lock_as(folder, who, now, false)
}

/// As [`lock`], for a command, which is done soon. Waits while another command holds the lock, at most 30 seconds.
///
/// # Errors
/// As [`lock`].
pub fn lock_for_command(folder: &Folder, who: &str, now: Stamp) -> Result<Locking, IoError> {
    let start = Instant::now();
    loop {
        match lock_as(folder, who, now, true)? {
            Locking::Held(holder) if start.elapsed() < holder.patience() => std::thread::sleep(PAUSE),
            locking => return Ok(locking),
        }
    }
}

impl Holder {
    /// How long it is worth waiting for the lock: a window keeps it, and a holder without a name is about to write it.
    fn patience(&self) -> Duration {
        match (self.process, self.is_command) {
            (0, _) => PATIENCE_UNNAMED,
            (_, true) => PATIENCE,
            (_, false) => Duration::ZERO,
        }
    }
}

fn lock_as(folder: &Folder, who: &str, now: Stamp, is_command: bool) -> Result<Locking, IoError> {
    const CANT: &str = "can't lock the project, so it can only be read";
    make_local(folder).map_err(|error| match error {
        IoError::System { path, source, .. } => IoError::System { what: CANT, path, source },
        other => other,
    })?;
    // An id that is no name of a file is refused when something is saved.
    let name = if check_file_id(who).is_ok() { who.to_owned() } else { slug(who, "me") };
    let path = folder.local().join(format!("lock-{name}"));
    let holder = folder.local().join(format!("holder-{name}.ron"));
    let cant = || IoError::system(CANT, &path);
    let file =
        OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(|e| cant()(e))?;
    match patiently(&file) {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(Locking::Held(read_holder(&holder))),
        Err(TryLockError::Error(error)) => return Err(cant()(error)),
    }
    let mine = Holder { who: who.to_owned(), host: host(), since: now, process: std::process::id(), is_command };
    // Others are told who holds the lock; that they can't be told is no reason not to hold it.
    let _ = fs::write(&holder, compose(&mine));
    Ok(Locking::Taken(Lock { _file: file, holder }))
}

/// Takes the system's lock. Who asks whether a project is shared holds each lock in it for a moment, and must not keep its
/// owner out.
fn patiently(file: &File) -> Result<(), TryLockError> {
    for _ in 0..TRIES {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            other => return other,
        }
    }
    file.try_lock()
}

/// Whether somebody works in the project whose lock is another than `mine`.
pub fn is_shared(folder: &Folder, mine: &str) -> bool {
    let entries = fs::read_dir(folder.local()).into_iter().flatten().flatten();
    let mut locks = entries.filter(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        name.strip_prefix("lock-").is_some_and(|who| who != mine && who != "project")
    });
    locks.any(|lock| {
        let file = OpenOptions::new().write(true).open(lock.path());
        file.is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
    })
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.holder);
    }
}

fn compose(holder: &Holder) -> String {
    let mut out = String::new();
    let mut record = Record::new(&mut out);
    record.text("who", &holder.who).text("host", &holder.host).text("since", &format_time(holder.since));
    record.field("process").push_str(&holder.process.to_string());
    if holder.is_command {
        record.field("command").push_str("true");
    }
    record.end();
    out.push('\n');
    out
}

/// Who holds the lock; somebody unknown in the moment between lock and name.
fn read_holder(path: &Path) -> Holder {
    let wire = fs::read_to_string(path).ok().and_then(|text| ron::from_str::<WireHolder>(&text).ok());
    let unknown = || Holder {
        who: "somebody".to_owned(),
        host: "another program".to_owned(),
        since: Stamp::default(),
        process: 0,
        is_command: false,
    };
    wire.map_or_else(unknown, |wire| Holder {
        who: wire.who,
        host: wire.host,
        since: parse_time(&wire.since).unwrap_or_default(),
        process: wire.process,
        is_command: wire.command,
    })
}

/// The name of this machine.
fn host() -> String {
    let from_file = || fs::read_to_string("/etc/hostname").ok();
    let names = [std::env::var("HOSTNAME").ok(), std::env::var("COMPUTERNAME").ok(), from_file()];
    let name = names.into_iter().flatten().map(|name| name.trim().to_owned()).find(|name| !name.is_empty());
    name.unwrap_or_else(|| "this machine".to_owned())
}
