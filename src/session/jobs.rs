//! Slow work on threads: each job has a snapshot of what it needs, tells how far it is, can be cancelled, and hands its
//! results back as closures that the session runs between two frames.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use rayon::ThreadPoolBuilder;

use demarche_model::Progress;

use super::{Env, Session};

/// A result of a job, to be taken in by the session.
pub type Done = Box<dyn FnOnce(&mut Session) + Send>;

/// What a job does.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum JobKind {
    /// Reads a document that is to be shown.
    OpenDocument,
    /// Reads documents that have layers.
    ReadLayers,
    /// Reads all documents.
    ReadDocuments,
    /// Reads files that others have changed.
    ReadChanges,
    /// Writes changed files.
    Save,
    /// Finds words.
    Search,
    /// Sorts the passages table.
    SortPassages,
    /// Fills the review queue.
    FillQueue,
    /// Compares what annotators have tagged.
    CompareAnnotators,
    /// Computes figures of agreement.
    MeasureAgreement,
    /// Finds the passages behind a figure of agreement.
    FindPassages,
    /// Compares a new text with a document's.
    CompareTexts,
    /// Reads files to be looked at before they are imported.
    ReadFiles,
    /// Imports documents or labelled files.
    Import,
    /// Exports passages or the codebook.
    Export,
    /// Reads the history.
    ReadHistory,
    /// Exports the history.
    ExportHistory,
    /// Reads another copy of the project.
    ReadOtherProject,
    /// Writes a packet.
    WritePacket,
}

impl JobKind {
    /// What the status bar calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::OpenDocument => "opening",
            Self::ReadLayers => "reading layers",
            Self::ReadDocuments => "reading documents",
            Self::ReadChanges => "reading what others have changed",
            Self::Save => "saving",
            Self::Search => "searching",
            Self::SortPassages => "sorting passages",
            Self::FillQueue => "looking for passages",
            Self::CompareAnnotators | Self::MeasureAgreement => "comparing",
            Self::FindPassages => "finding passages",
            Self::CompareTexts => "comparing texts",
            Self::ReadFiles => "reading files",
            Self::Import => "importing",
            Self::Export => "exporting",
            Self::ReadHistory => "reading the history",
            Self::ExportHistory => "exporting the history",
            Self::ReadOtherProject => "reading the other project",
            Self::WritePacket => "writing the packet",
        }
    }
}

/// A job that runs: what it does and how far it is.
#[derive(Debug)]
pub struct JobProgress {
    kind: JobKind,
    done: AtomicUsize,
    total: AtomicUsize,
    stopped: AtomicBool,
}

impl JobProgress {
    fn new(kind: JobKind) -> Self {
        Self { kind, done: AtomicUsize::new(0), total: AtomicUsize::new(0), stopped: AtomicBool::new(false) }
    }

    /// What the job does.
    pub fn kind(&self) -> JobKind {
        self.kind
    }

    /// How many steps are done, and how many there are; 0 while that is not known.
    pub fn steps(&self) -> (usize, usize) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }

    /// Share that is done, 0 to 1; `None` while the number of steps is not known.
    pub fn fraction(&self) -> Option<f32> {
        let total = self.total.load(Ordering::Relaxed);
        (total > 0).then(|| self.done.load(Ordering::Relaxed) as f32 / total as f32)
    }

    /// Asks the job to stop.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }
}

impl Progress for JobProgress {
    fn step(&self, done: usize, of: usize) {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(of, Ordering::Relaxed);
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

/// What a job may do with the outside while it runs.
pub struct Worker {
    progress: Arc<JobProgress>,
    sender: Sender<Message>,
    env: Env,
}

impl Worker {
    /// Where the job reports how far it is, and learns that it is to stop.
    pub fn progress(&self) -> &dyn Progress {
        &*self.progress
    }

    /// Runs long work that computes on all processors, on threads of its own: those that all others share would not get to
    /// a document that is to be shown before it is done.
    pub fn compute<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match ThreadPoolBuilder::new().build() {
            Ok(threads) => threads.install(work),
            // No more threads are to be had: it shares those that there are.
            Err(_) => work(),
        }
    }

    /// Hands a part of the result over before the job is done.
    pub fn send(&self, part: Done) {
        // Nobody listens once the session is gone; the result is of no use then.
        let _ = self.sender.send(Message { finished: None, done: part });
        self.env.wake();
    }
}

struct Message {
    /// Set in a job's last message.
    finished: Option<Arc<JobProgress>>,
    done: Done,
}

/// The jobs of a session.
pub struct Jobs {
    sender: Sender<Message>,
    receiver: Receiver<Message>,
    running: Vec<Arc<JobProgress>>,
    env: Env,
}

impl Jobs {
    pub(super) fn new(env: Env) -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, running: Vec::new(), env }
    }

    /// What runs now, oldest first.
    pub fn running(&self) -> &[Arc<JobProgress>] {
        &self.running
    }

    /// Whether a job of this kind runs, and how far it is.
    pub fn find(&self, kind: JobKind) -> Option<&JobProgress> {
        self.running.iter().find(|job| job.kind == kind).map(|job| &**job)
    }

    /// Starts a job. Its result is applied by [`Session::tick`].
    pub(super) fn start(
        &mut self,
        kind: JobKind,
        work: impl FnOnce(&Worker) -> Done + Send + 'static,
    ) -> Arc<JobProgress> {
        let progress = Arc::new(JobProgress::new(kind));
        self.running.push(progress.clone());
        let worker =
            Worker { progress: progress.clone(), sender: self.sender.clone(), env: self.env.clone() };
        let handle = progress.clone();
        self.env.spawn(move || {
            // A job that panics must not leave its progress bar running for ever.
            let done = catch_unwind(AssertUnwindSafe(|| work(&worker))).unwrap_or_else(|_| failed(&worker));
            let _ = worker.sender.send(Message { finished: Some(progress), done });
            worker.env.wake();
        });
        handle
    }

    pub(super) fn poll(&mut self, wait: Option<Duration>) -> Option<Done> {
        let message = match wait {
            Some(wait) => self.receiver.recv_timeout(wait).ok()?,
            None => self.receiver.try_recv().ok()?,
        };
        if let Some(finished) = message.finished {
            self.running.retain(|progress| !Arc::ptr_eq(progress, &finished));
        }
        Some(message.done)
    }
}

fn failed(worker: &Worker) -> Done {
    let what = worker.progress.kind.name();
    Box::new(move |session| session.notify_error(format!("{what} stopped because of a defect in Demarche")))
}

impl Drop for Jobs {
    fn drop(&mut self) {
        self.running.iter().for_each(|progress| progress.stop());
    }
}
