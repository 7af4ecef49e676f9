//! Clock, ids, threads and the reader of documents, injected so that tests can replace them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use uuid::Uuid;

use demarche_io::documents::Reader;
use demarche_model::{LinkId, PersonKey, SpanId, Stamp};

/// The session's environment, apart from files.
#[derive(Clone)]
pub struct Env {
    clock: Arc<dyn Fn() -> Stamp + Send + Sync>,
    monotonic: Arc<dyn Fn() -> Monotonic + Send + Sync>,
    ids: Arc<dyn Fn() -> Uuid + Send + Sync>,
    wake: Arc<dyn Fn() + Send + Sync>,
    spawn: Arc<dyn Fn(Work) + Send + Sync>,
    reader: Reader,
}

/// A point in time on a monotonic clock, in whole seconds: for measuring elapsed time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Monotonic(pub i64);

/// The work of a job, to be done on another thread.
pub type Work = Box<dyn FnOnce() + Send>;

impl Env {
    /// The system's clock, UUIDs v7, and documents read in processes of this program. Workers call `wake` when they have
    /// a result.
    pub fn system(wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            clock: Arc::new(system_now),
            monotonic: Arc::new(monotonic_since(Instant::now())),
            ids: Arc::new(Uuid::now_v7),
            wake: Arc::new(wake),
            spawn: Arc::new(on_a_thread),
            reader: Reader::of_this_program(),
        }
    }

    /// A clock that starts at `start` and advances one second at every call, and ids that count up. For tests and golden
    /// files.
    pub fn fixed(start: Stamp) -> Self {
        let (seconds, ids) = (AtomicU64::new(0), AtomicU64::new(1));
        let clock = Arc::new(move || Stamp(start.0 + seconds.fetch_add(1, Ordering::Relaxed) as i64));
        Self {
            monotonic: Arc::new(as_monotonic(clock.clone())),
            clock,
            ids: Arc::new(move || {
                let count = u128::from(ids.fetch_add(1, Ordering::Relaxed));
                Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + count)
            }),
            wake: Arc::new(|| {}),
            spawn: Arc::new(on_a_thread),
            reader: Reader::in_process(),
        }
    }

    /// The same with another clock. For tests in which time passes.
    pub fn with_clock(self, clock: impl Fn() -> Stamp + Send + Sync + 'static) -> Self {
        let clock = Arc::new(clock);
        Self { monotonic: Arc::new(as_monotonic(clock.clone())), clock, ..self }
    }

    /// Returns the environment with another monotonic clock, for tests in which the system clock is set.
    pub fn with_monotonic(self, clock: impl Fn() -> Monotonic + Send + Sync + 'static) -> Self {
        Self { monotonic: Arc::new(clock), ..self }
    }

    /// The same with another way to start jobs. For tests that decide when they run.
    pub fn with_spawn(self, spawn: impl Fn(Work) + Send + Sync + 'static) -> Self {
        Self { spawn: Arc::new(spawn), ..self }
    }

    /// The current time, in whole seconds.
    pub fn now(&self) -> Stamp {
        (self.clock)()
    }

    /// The current time on the monotonic clock.
    pub fn monotonic(&self) -> Monotonic {
        (self.monotonic)()
    }

    /// A new id for a span.
    pub fn new_span_id(&self) -> SpanId {
        SpanId((self.ids)())
    }

    /// A new id for a link.
    pub fn new_link_id(&self) -> LinkId {
        LinkId((self.ids)())
    }

    /// A key for a new person.
    pub fn new_person_key(&self) -> PersonKey {
        PersonKey((self.ids)())
    }

    /// A new id.
    pub fn new_uuid(&self) -> Uuid {
        (self.ids)()
    }

    /// The reader for documents of other programs.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Does work on another thread.
    pub fn spawn(&self, work: impl FnOnce() + Send + 'static) {
        (self.spawn)(Box::new(work));
    }

    /// Requests a frame from the window. May be called from any thread.
    pub fn wake(&self) {
        (self.wake)();
    }
}

fn on_a_thread(work: Work) {
    std::thread::spawn(work);
}

/// Returns a clock that counts from a point in time.
fn monotonic_since(start: Instant) -> impl Fn() -> Monotonic + Send + Sync {
    move || Monotonic(i64::try_from(start.elapsed().as_secs()).unwrap_or(i64::MAX))
}

/// Returns a monotonic clock that follows another clock.
fn as_monotonic(clock: Arc<dyn Fn() -> Stamp + Send + Sync>) -> impl Fn() -> Monotonic + Send + Sync {
    move || Monotonic(clock().0)
}

fn system_now() -> Stamp {
    // A clock before 1970 is broken, so any time will do.
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Stamp(since.as_secs() as i64)
}
