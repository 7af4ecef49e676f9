//! Faults of disk and clock while somebody works: what the window says, and that nothing is lost or doubled.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use demarche::io::disk::DiskFault;
use demarche::io::project::{Folder, check, read_history};
use demarche::model::LogEntry;
use demarche::session::{AnnotateAction, Env, Kept, ProjectAction, SaveState, Session, Unwritten};

use crate::support::outage::{Outage, OutageDisk};
use crate::support::project::files;
use crate::support::session::*;
use crate::support::wait::until;

const TEXTS: [&str; 2] = ["Norvania will suspend the talks.\n", "Estmark offers to lower the fee.\n"];

/// Error numbers of Linux, which other Unix systems share but for the last.
pub(super) const EIO: i32 = 5;
pub(super) const EACCES: i32 = 13;
pub(super) const ENOSPC: i32 = 28;
pub(super) const EROFS: i32 = 30;
const EDQUOT: i32 = 122;

/// A project on a disk that can have a fault, and a clock.
pub(super) struct Desk {
    _dir: tempfile::TempDir,
    pub root: PathBuf,
    pub disk: Arc<OutageDisk>,
    clock: Clock,
    env: Env,
}

impl Desk {
    pub fn new() -> Self {
        let (dir, root) = small(&TEXTS);
        let disk = OutageDisk::new(&root);
        let (clock, env) = clock();
        Self { _dir: dir, root, disk, clock, env }
    }

    pub fn open(&self) -> Session {
        let folder = Folder::on_disk(self.root.as_path(), self.disk.clone());
        let mut session = Session::open_folder(folder, self.env.clone()).unwrap();
        session.finish_jobs();
        session.read_all();
        session
    }

    /// Lets time pass and the save that is due end.
    pub fn pass(&self, session: &mut Session, seconds: i64) {
        self.clock.pass(seconds);
        session.tick();
        until(session, "saving ends", |session| session.save_state() != SaveState::Saving);
    }

    fn history(&self) -> Vec<LogEntry> {
        let (entries, problems) = read_history(&Folder::new(self.root.as_path())).unwrap();
        assert_eq!(problems, []);
        entries
    }

    /// Asserts that these words are tagged on the disk, and that each step is in the history once.
    pub fn is_saved(&self, words: &[&str]) {
        let layer = &files(&self.root)["layers/ana/d001.ron"];
        assert!(words.iter().all(|word| layer.contains(&format!("\"{word}\""))), "{layer}");
        assert_eq!(self.history().len(), words.len(), "{:?}", self.history());
        assert_eq!(check(&Folder::new(self.root.as_path())).unwrap(), []);
        let names = files(&self.root).into_keys();
        assert_eq!(names.filter(|name| name.ends_with(".tmp")).collect::<Vec<_>>(), [""; 0]);
    }
}

pub(super) fn fault(session: &Session) -> (DiskFault, Unwritten) {
    match session.save_state() {
        SaveState::Failed(fault) => (fault.disk, fault.unwritten),
        other => panic!("{other:?}"),
    }
}

/// The journal in the user's folder, once every step is in it.
pub(super) fn journal_outside(session: &Session) -> PathBuf {
    session.journal_flush().unwrap().flush(Duration::from_secs(20));
    match session.kept() {
        Kept::OnThisComputer(path) => path,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_step_does_not_wait_for_a_slow_disk() {
    let desk = Desk::new();
    let mut session = desk.open();
    desk.disk.begin(Outage::Slow);
    tag(&mut session, "talks", "threat");
    // Saving begins with this.
    let flush = session.journal_flush().unwrap();
    let flushed = std::thread::spawn(move || flush.flush(Duration::from_secs(60)));
    tag(&mut session, "suspend", "threat");
    let journal = |session: &Session| {
        let name = std::fs::read_dir(session.folder().root().join(".demarche")).unwrap();
        let mut paths = name.map(|entry| entry.unwrap().path());
        let path = paths.find(|path| path.extension().is_some_and(|extension| extension == "log"));
        path.map(|path| std::fs::read_to_string(path).unwrap()).unwrap_or_default()
    };
    until(&mut session, "both steps are written", |session| {
        let written = journal(session);
        ["talks", "suspend"].iter().all(|words| written.contains(words))
    });
    assert!(!flushed.is_finished());
    desk.disk.end();
    flushed.join().unwrap();
}

const OUTAGES: [(Outage, DiskFault); 6] = [
    (Outage::Writes(ENOSPC), DiskFault::Full),
    (Outage::Writes(EDQUOT), DiskFault::Quota),
    (Outage::Writes(EROFS), DiskFault::ReadOnly),
    (Outage::Writes(EACCES), DiskFault::Denied),
    (Outage::Gone, DiskFault::Gone),
    (Outage::All(EIO), DiskFault::Broken),
];

#[test]
#[cfg(target_os = "linux")]
fn a_fault_is_shown_until_it_is_gone_and_loses_nothing() {
    for (outage, kind) in OUTAGES {
        let desk = Desk::new();
        let mut session = desk.open();
        tag(&mut session, "talks", "threat");
        desk.pass(&mut session, 2);
        assert_eq!(session.faults(), Vec::<String>::new());
        desk.disk.begin(outage);
        tag(&mut session, "Norvania", "threat");
        desk.pass(&mut session, 2);
        assert_eq!(fault(&session), (kind, Unwritten::Work));
        let outside = journal_outside(&session);
        let [banner] = &session.faults()[..] else { panic!("{:?}", session.faults()) };
        for path in [&desk.root, &outside] {
            assert!(banner.contains(&path.display().to_string()), "{banner}");
        }
        tag(&mut session, "suspend", "threat");
        session.run(CommandId::Save);
        until(&mut session, "saving ends", |session| session.save_state() != SaveState::Saving);
        assert_eq!(session.notices().len(), 1, "the answer to Ctrl+S: {:?}", session.notices());
        assert!(outside.exists() && session.has_unsaved() && session.save_now().is_err());
        desk.disk.end();
        desk.pass(&mut session, 14);
        assert!(session.has_unsaved(), "it does not retry every second");
        session.came_back();
        desk.pass(&mut session, 0);
        assert!(files(&desk.root)["layers/ana/d001.ron"].contains("\"suspend\""), "at once");
        // The folder may have been read while it was gone: then its files count as changed once more.
        desk.pass(&mut session, 2);
        assert!(!session.has_unsaved() && session.faults().is_empty(), "{:?}", session.faults());
        desk.is_saved(&["talks", "Norvania", "suspend"]);
        session.journal_flush().unwrap().flush(Duration::from_secs(20));
        assert!(!outside.exists(), "everything is saved");
        drop(session);
        assert_eq!(passages(&desk.open()).len(), 3);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn what_could_not_be_saved_is_recovered_after_closing() {
    for (outage, _) in OUTAGES {
        let desk = Desk::new();
        let mut session = desk.open();
        tag(&mut session, "talks", "threat");
        session.journal_flush().unwrap().flush(Duration::from_secs(20));
        desk.disk.begin(outage);
        tag(&mut session, "Norvania", "threat");
        desk.pass(&mut session, 2);
        let outside = journal_outside(&session);
        drop(session);
        desk.disk.end();
        assert_eq!(passages(&desk.open()).len(), 2);
        desk.is_saved(&["talks", "Norvania"]);
        assert!(!outside.exists());
    }
}

#[test]
fn a_history_that_can_not_be_written_leaves_the_work_saved() {
    for outage in [Outage::History, Outage::HistorySync] {
        let desk = Desk::new();
        let mut session = desk.open();
        desk.disk.begin(outage);
        tag(&mut session, "talks", "threat");
        desk.pass(&mut session, 2);
        assert_eq!(fault(&session), (DiskFault::Full, Unwritten::History));
        assert!(!session.has_unsaved() && session.faults().len() == 1);
        assert!(files(&desk.root)["layers/ana/d001.ron"].contains("\"talks\""));
        session.run(CommandId::Save);
        until(&mut session, "saving ends", |session| session.save_state() != SaveState::Saving);
        assert_notice(&session, &["history"]);
        session.save_now().unwrap();
        tag(&mut session, "Norvania", "threat");
        desk.pass(&mut session, 15);
        assert_eq!(fault(&session), (DiskFault::Full, Unwritten::History));
        desk.disk.end();
        desk.pass(&mut session, 15);
        assert!(matches!(session.save_state(), SaveState::Saved(Some(_))), "{:?}", session.save_state());
        desk.is_saved(&["talks", "Norvania"]);
        tag(&mut session, "suspend", "threat");
        session.save_now().unwrap();
        desk.is_saved(&["talks", "Norvania", "suspend"]);
    }
}

#[test]
fn a_history_that_could_not_be_written_is_recovered() {
    for outage in [Outage::History, Outage::HistorySync] {
        let desk = Desk::new();
        let mut session = desk.open();
        desk.disk.begin(outage);
        tag(&mut session, "talks", "threat");
        desk.pass(&mut session, 2);
        drop(session);
        desk.disk.end();
        drop(desk.open());
        desk.is_saved(&["talks"]);
    }
}

#[test]
fn saving_goes_on_after_a_panic() {
    let desk = Desk::new();
    let mut session = desk.open();
    desk.disk.begin(Outage::Panic);
    tag(&mut session, "talks", "threat");
    desk.pass(&mut session, 2);
    assert_eq!(fault(&session), (DiskFault::Other, Unwritten::Work));
    assert!(session.has_unsaved() && session.faults().len() == 1);
    session.run(CommandId::Save);
    // Closing waits for the worker, which panics again.
    until(&mut session, "saving ends", |session| session.save_state() != SaveState::Saving);
    desk.disk.end();
    session.save_now().unwrap();
    assert!(session.faults().is_empty());
    desk.is_saved(&["talks"]);
}

#[test]
fn ctrl_s_says_what_it_did() {
    let desk = Desk::new();
    let mut session = desk.open();
    session.run(CommandId::Save);
    let nothing = session.notices().last().unwrap().text.clone();
    tag(&mut session, "talks", "threat");
    session.perform(ProjectAction::SetName("Harbour".to_owned()));
    session.run(CommandId::Save);
    until(&mut session, "saving ends", |session| session.save_state() != SaveState::Saving);
    assert_notice(&session, &["2"]);
    session.run(CommandId::Save);
    assert_notice(&session, &[&nothing]);
}

#[test]
fn ctrl_s_says_what_waits_for_a_merge() {
    let desk = Desk::new();
    let mut session = desk.open();
    let talks = tag(&mut session, "talks", "threat");
    session.save_now().unwrap();
    session.perform(AnnotateAction::SetNote { at: talks, note: "ours".to_owned() });
    let layer = desk.root.join("layers/ana/d001.ron");
    let theirs = std::fs::read_to_string(&layer)
        .unwrap()
        .replace("category: \"threat\"", "category: \"threat\", note: \"theirs\"");
    std::fs::write(&layer, theirs).unwrap();
    until(&mut session, "the other version is read", |session| session.changed_elsewhere().next().is_some());
    session.run(CommandId::Save);
    until(&mut session, "saving ends", |session| session.save_state() != SaveState::Saving);
    assert_notice(&session, &["merge"]);
    assert!(session.has_unsaved());
}

#[test]
fn a_clock_that_is_set_back_is_reported_until_it_is_right() {
    let desk = Desk::new();
    let mut session = desk.open();
    tag(&mut session, "talks", "threat");
    for (set_by, faults) in [(0, 0), (-60, 0), (-3600, 1), (-86_400, 1), (90_060, 0), (86_400, 0)] {
        desk.clock.pass(set_by);
        session.tick();
        assert_eq!(session.faults().len(), faults, "{set_by}: {:?}", session.faults());
    }
}

#[test]
fn a_project_that_becomes_writable_can_be_worked_on() {
    let desk = Desk::new();
    desk.disk.begin(Outage::Writes(EACCES));
    let mut session = desk.open();
    let work_here = |session: &mut Session| {
        session.perform(ProjectAction::WorkAs { name: session.me().to_string() });
    };
    assert!(session.read_only().is_some() && session.may_take_over());
    work_here(&mut session);
    assert!(session.read_only().is_some() && session.may_take_over());
    desk.disk.end();
    work_here(&mut session);
    assert_eq!((session.read_only(), session.may_take_over()), (None, false));
    tag(&mut session, "talks", "threat");
    session.save_now().unwrap();
    desk.is_saved(&["talks"]);
}
