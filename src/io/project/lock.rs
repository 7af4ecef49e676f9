//! Locks that prevent two programs from writing as one annotator.
//!
//! Every file of a project has one writer, except `project.ron`, which is merged when it is written. So several people can
//! work in one folder at the same time, and one lock per annotator is enough.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::Deserialize;

use super::commit::recover;
use super::compose::Record;
use super::files::make_local;
use super::folder::{Folder, LOCAL, history_file};
use super::folder_id::make_folder_id;
use super::history::end_last_line;
use super::limits;
use super::{format_time, parse_time};
use crate::disk::{LockFile, steps};
use crate::machine::host_name;
use crate::words::project as words;
use crate::{FileTask, IoError};
use demarche_model::{AnnotatorId, FoldedId, Stamp, check_file_id, slug};

/// The name of the lock of all commands. No person has it, since ids don't begin with a dot.
const COMMANDS: &str = ".commands";
/// The name of the lock of `project.ron`.
const PROJECT: &str = "project";
/// Number of retries for a lock that is held.
const TRIES: usize = 4;
/// Pause between two tries.
const PAUSE: Duration = Duration::from_millis(15);
/// Longest wait of a command for another one, and for a holder that has not written its name yet.
const PATIENCE: Duration = Duration::from_secs(30);
const PATIENCE_UNNAMED: Duration = Duration::from_millis(500);

/// The exclusive right to write the files of one annotator. Released when it is dropped, and by the system if the program
/// crashes.
#[derive(Debug)]
pub struct Lock {
    /// Holds the system's lock while it is open.
    _file: LockFile,
    folder: Folder,
    /// Its file.
    path: PathBuf,
    /// The file that names the holder, and what it says.
    file: PathBuf,
    holder: Holder,
    has_finished: bool,
}

impl Lock {
    /// Returns whether files of the project changed when the lock was acquired, since an interrupted commit was
    /// finished. They have to be read again.
    pub fn has_finished_others(&self) -> bool {
        self.has_finished
    }

    /// Returns whether the lock still keeps others out: its file may have been removed or replaced, and another program
    /// may have locked the new one.
    pub fn is_held(&self) -> bool {
        if !self.folder.has(&self.path) {
            return false;
        }
        let found = self.folder.disk().lock_file(&self.path);
        if found.is_ok_and(|file| matches!(file.try_lock(), Ok(true))) {
            return false;
        }
        let holder = read_holder(&self.folder, &self.file);
        holder.process == 0 || self.is_of(&holder)
    }

    /// Returns whether the program that holds a lock holds it with this value.
    pub fn is_of(&self, holder: &Holder) -> bool {
        self.holder == *holder
    }
}

/// The result of [`lock()`].
#[derive(Debug)]
pub enum Locking {
    /// The lock was acquired; the annotator's files may be written.
    Taken(Lock),
    /// Another program writes as this annotator; the project may be read.
    Held(Holder),
}

/// The program that holds the lock of an annotator.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Holder {
    /// The annotator's id.
    pub who: String,
    /// The name of the machine.
    pub host: String,
    /// When the lock was acquired.
    pub since: Stamp,
    /// The process id on that machine; 0 if unknown.
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

/// Acquires the lock of the annotator with the id `who`, if no other program holds it, and finishes interrupted
/// commits.
///
/// # Errors
/// The folder can't be written, for instance on a read-only medium; the project can still be read.
pub fn lock(folder: &Folder, who: &str, now: Stamp) -> Result<Locking, IoError> {
    let mut locking = lock_as(folder, who, now, false)?;
    if let Locking::Taken(lock) = &mut locking {
        lock.has_finished = recover(folder, !is_shared(folder, who));
    }
    Ok(locking)
}

/// Like [`lock`], for a command, which finishes soon. Waits while another command holds the lock, for at most 30
/// seconds.
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

/// Waits until no other command writes to the project, for at most 30 seconds, so that a command changes what it has
/// read; then finishes interrupted commits. Windows don't take this lock: each writes only its person's files, and
/// `project.ron` is merged. `None` if the file system has no locks.
///
/// # Errors
/// As [`lock`], or another command takes too long.
pub fn lock_commands(folder: &Folder) -> Result<Option<LockFile>, IoError> {
    make_local(folder)?;
    let path = Path::new(LOCAL).join(format!("lock-{COMMANDS}"));
    let file = folder.disk().lock_file(&path).map_err(folder.failed(FileTask::Lock, &path))?;
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(true) => {
                recover(folder, !is_shared(folder, COMMANDS));
                return Ok(Some(file));
            }
            Err(_) => return Ok(None),
            Ok(false) if start.elapsed() < PATIENCE => std::thread::sleep(PAUSE),
            Ok(false) => return Err(IoError::Busy(folder.project_file())),
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
    make_local(folder).map_err(|error| match error {
        IoError::System { path, source, .. } => IoError::System { task: FileTask::Lock, path, source },
        other => other,
    })?;
    let name = lock_name(who);
    let path = Path::new(LOCAL).join(format!("lock-{name}"));
    let holder = Path::new(LOCAL).join(format!("holder-{name}.ron"));
    let file = folder.disk().lock_file(&path).map_err(folder.failed(FileTask::Lock, &path))?;
    match try_lock(&file) {
        Ok(true) => {}
        Ok(false) => return Ok(Locking::Held(read_holder(folder, &holder))),
        Err(error) => return Err(folder.failed(FileTask::Lock, &path)(error.into())),
    }
    if check_file_id(who).is_ok() {
        // Only the owner of the log writes it. A log that can't be read is reported elsewhere.
        let _ = end_last_line(folder, &history_file(&AnnotatorId::new(who)));
    }
    make_folder_id(folder);
    let process = std::process::id();
    let mine = Holder {
        who: who.to_owned(),
        host: host_name().unwrap_or_else(words::this_machine),
        since: now,
        process,
        is_command,
    };
    // This file only tells others who holds the lock, so failing to write it is not an error.
    let _ = steps::replace_unsynced(folder.disk(), &holder, &mut compose(&mine).as_bytes());
    let folder = folder.clone();
    Ok(Locking::Taken(Lock { _file: file, folder, path, file: holder, holder: mine, has_finished: false }))
}

/// Returns the name of a person's lock.
fn lock_name(who: &str) -> String {
    // An id that can't be a file name is refused on saving.
    let name = if check_file_id(who).is_ok() { who.to_owned() } else { slug(who, "me") };
    // A person may be called like the lock of `project.ron`.
    if FoldedId::new(&name) == FoldedId::new(PROJECT) { format!(".{PROJECT}") } else { name }
}

/// Returns whether an annotator has the project open.
pub fn is_at_work(folder: &Folder, who: &str) -> bool {
    let path = Path::new(LOCAL).join(format!("lock-{}", lock_name(who)));
    if !folder.has(&path) {
        return false;
    }
    folder.disk().lock_file(&path).is_ok_and(|file| matches!(file.try_lock(), Ok(false)))
}

/// Acquires the system's lock, with retries: [`is_shared`] holds each lock for a moment, and must not keep its owner out.
fn try_lock(file: &LockFile) -> std::io::Result<bool> {
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(false) => std::thread::sleep(PAUSE),
            other => return other,
        }
    }
    file.try_lock()
}

/// Returns whether no program holds the lock of the annotator with the id `who`.
pub fn is_free(folder: &Folder, who: &str) -> bool {
    let path = Path::new(LOCAL).join(format!("lock-{}", lock_name(who)));
    folder.has(&path) && folder.disk().lock_file(&path).is_ok_and(|file| matches!(file.try_lock(), Ok(true)))
}

/// Returns whether another annotator than the one with the id `mine` works in the project.
pub fn is_shared(folder: &Folder, mine: &str) -> bool {
    let entries = folder.disk().list(Path::new(LOCAL)).unwrap_or_default();
    let mut locks = entries.into_iter().filter(|entry| {
        let name = entry.name.to_string_lossy();
        name.strip_prefix("lock-").is_some_and(|who| who != mine && who != PROJECT && who != COMMANDS)
    });
    locks.any(|lock| {
        let file = folder.disk().lock_file(&Path::new(LOCAL).join(lock.name));
        file.is_ok_and(|file| file.try_lock().is_ok_and(|is_free| !is_free))
    })
}

impl Drop for Lock {
    fn drop(&mut self) {
        // On a drive that was connected again, another program may have acquired the lock since.
        if self.is_of(&read_holder(&self.folder, &self.file)) {
            let _ = self.folder.disk().remove_file(&self.file);
        }
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

/// Reads who holds the lock. Between acquiring the lock and writing this file, the holder is unknown.
fn read_holder(folder: &Folder, path: &Path) -> Holder {
    let bytes = steps::read(folder.disk(), path, limits::HOLDER).ok();
    let wire = bytes.and_then(|bytes| ron::de::from_bytes::<WireHolder>(&bytes).ok());
    let unknown = || Holder {
        who: words::someone(),
        host: words::some_program(),
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
