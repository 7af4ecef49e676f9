//! The thread that makes a journal durable, so that no step waits for the disk before it reaches the operating system.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::Builder;
use std::time::{Duration, Instant};

use super::file::{JournalFile, Place};
use crate::IoError;

/// Minimum time between two syncs that nobody waits for.
const SYNC_EVERY: Duration = Duration::from_secs(1);

/// A handle on the thread, which ends once the handle is dropped.
pub(super) struct Syncer(Sender<Request>);

enum Request {
    /// Something was written, and is to be durable within [`SYNC_EVERY`].
    Written,
    /// Everything that was written is to be durable at once; the answer says when it is.
    Flush(Sender<()>),
}

/// The requests that the next sync fulfils.
#[derive(Default)]
struct Requested {
    is_dirty: bool,
    waiting: Vec<Sender<()>>,
}

impl Syncer {
    /// Starts the thread for an open journal. `failed` gets the errors. `None` if the system has no thread to spare.
    pub fn start(place: Place, file: JournalFile, failed: impl Fn(IoError) + Send + 'static) -> Option<Self> {
        let (sender, receiver) = channel();
        let run = move || run(&place, &file, &receiver, failed);
        Builder::new().name("journal-sync".to_owned()).spawn(run).ok().map(|_| Self(sender))
    }

    /// Records that something was written.
    pub fn written(&self) {
        self.request(Request::Written);
    }

    /// Makes everything that was written durable, then answers through `done`.
    pub fn flush(&self, done: Sender<()>) {
        self.request(Request::Flush(done));
    }

    fn request(&self, request: Request) {
        // The thread ends only after this handle, or by a panic, which drops what waits for an answer.
        let _ = self.0.send(request);
    }
}

impl Requested {
    fn add(&mut self, request: Request) {
        match request {
            Request::Written => self.is_dirty = true,
            Request::Flush(done) => self.waiting.push(done),
        }
    }

    fn is_empty(&self) -> bool {
        !self.is_dirty && self.waiting.is_empty()
    }

    fn answer(self) {
        for done in self.waiting {
            // The other end may have stopped waiting.
            let _ = done.send(());
        }
    }
}

fn run(place: &Place, file: &JournalFile, requests: &Receiver<Request>, failed: impl Fn(IoError)) {
    let mut is_settled = false;
    let mut next = Instant::now();
    while let Some(requested) = collect(requests, next) {
        if !is_settled {
            place.settle(file);
            is_settled = true;
        }
        if let Err(error) = file.sync() {
            failed(error);
        }
        requested.answer();
        next = Instant::now() + SYNC_EVERY;
    }
}

/// Waits for requests until `next`, for the first one without limit, and for none after a flush. `None` once the handle is
/// dropped and nothing is left to do.
fn collect(requests: &Receiver<Request>, next: Instant) -> Option<Requested> {
    let mut requested = Requested::default();
    while requested.waiting.is_empty() {
        let received = if requested.is_empty() {
            requests.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            requests.recv_timeout(next.saturating_duration_since(Instant::now()))
        };
        match received {
            Ok(request) => requested.add(request),
            Err(RecvTimeoutError::Timeout) => break,
            // What is closed is synced by the thread that closes it.
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
    requests.try_iter().for_each(|request| requested.add(request));
    Some(requested)
}
