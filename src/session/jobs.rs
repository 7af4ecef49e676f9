//! Slow work on threads. A job has a snapshot of what it needs, reports progress, can be cancelled, and returns its results
//! as closures that the session runs between two frames.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use rayon::ThreadPoolBuilder;

use demarche_model::Progress;

use super::{Env, JobKind, Session};
use crate::words::jobs as words;

/// A result of a job, which the session runs.
pub type Done = Box<dyn FnOnce(&mut Session) + Send>;

impl JobKind {
    /// The work in words, as the status bar shows it.
    pub fn name(self) -> &'static str {
        words::name(self)
    }
}

/// The kind and progress of a running job.
#[derive(Debug)]
pub struct JobProgress {
    kind: JobKind,
    done: AtomicUsize,
    total: AtomicUsize,
    stopped: AtomicBool,
}

impl JobProgress {
    /// The progress of a job that has not begun.
    pub(crate) fn new(kind: JobKind) -> Self {
        Self { kind, done: AtomicUsize::new(0), total: AtomicUsize::new(0), stopped: AtomicBool::new(false) }
    }

    /// The work of the job.
    pub fn kind(&self) -> JobKind {
        self.kind
    }

    /// Steps done, and steps in all; 0 while unknown.
    pub fn steps(&self) -> (usize, usize) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }

    /// The share that is done, 0 to 1; `None` while the number of steps is unknown.
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

/// A running job's access to the session and to threads.
pub struct Worker {
    progress: Arc<JobProgress>,
    sender: Sender<Message>,
    env: Env,
}

impl Worker {
    /// Reports the progress of the job, and tells it to stop.
    pub fn progress(&self) -> &dyn Progress {
        &*self.progress
    }

    /// Runs long computations on a thread pool of their own, so that the shared pool stays free for documents to show.
    pub fn compute<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match ThreadPoolBuilder::new().build() {
            Ok(threads) => threads.install(work),
            // The system grants no more threads: share the existing pool.
            Err(_) => work(),
        }
    }

    /// Sends a part of the result before the job is done.
    pub fn send(&self, part: Done) {
        // Once the session is gone, nobody needs the result.
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

    /// The running jobs, oldest first.
    pub fn running(&self) -> &[Arc<JobProgress>] {
        &self.running
    }

    /// The progress of a job of this kind, if one runs.
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
        tracing::debug!(?kind, "job started");
        self.env.spawn(move || {
            let started = Instant::now();
            // A job that panics must not leave its progress bar running for ever.
            let done = catch_unwind(AssertUnwindSafe(|| work(&worker))).unwrap_or_else(|_| failed(&worker));
            let (elapsed_ms, stopped) = (started.elapsed().as_millis(), progress.is_stopped());
            tracing::info!(?kind, elapsed_ms, stopped, "job finished");
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
    let kind = worker.progress.kind;
    tracing::error!(?kind, "job panicked");
    Box::new(move |session| session.job_panicked(kind))
}

impl Session {
    /// Tells the user that a job has panicked, and lets what waits for it go on.
    #[deny(clippy::wildcard_enum_match_arm)]
    fn job_panicked(&mut self, kind: JobKind) {
        match kind {
            JobKind::Save => return self.saving_panicked(),
            JobKind::Analyse => self.analyse.give_up(),
            JobKind::CountProgress => self.board.give_up_counting(),
            JobKind::MeasurePairs => self.board.give_up_measuring(),
            JobKind::MeasureRounds => self.agreement.give_up_rounds(),
            JobKind::FilterPassages => self.filtering.give_up(),
            JobKind::CountFilter => self.filtering.give_up_counting(),
            JobKind::CountValues => self.give_up_counting_values(),
            JobKind::CountDifferences => self.give_up_counting_differences(),
            JobKind::ReadChanges => self.live.end_reading(),
            JobKind::ReadUndoLog => drop(self.undo_logging.end_reading()),
            JobKind::CompareVersions => self.leave_versions(),
            JobKind::ReadHistory => self.audit_log.end_reading(None),
            JobKind::ListRounds => self.give_up_listing_rounds(),
            JobKind::DrawPage => self.original_pages.give_up(),
            JobKind::OpenDocument
            | JobKind::FreezeRound
            | JobKind::FindLaterChanges
            | JobKind::ReadLayers
            | JobKind::ReadDocuments
            | JobKind::PlaceWords
            | JobKind::Search
            | JobKind::SortPassages
            | JobKind::FillQueue
            | JobKind::CompareAnnotators
            | JobKind::MeasureAgreement
            | JobKind::FindPassages
            | JobKind::CompareTexts
            | JobKind::ReadFiles
            | JobKind::Import
            | JobKind::Export
            | JobKind::ExportHistory
            | JobKind::ReadOtherProject
            | JobKind::WritePacket
            | JobKind::SaveAs
            | JobKind::KeepPlace => {}
        }
        self.notify_error(words::panicked(kind));
    }
}

impl Drop for Jobs {
    fn drop(&mut self) {
        self.running.iter().for_each(|progress| progress.stop());
    }
}
