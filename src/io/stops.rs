//! Progress of work that is stopped, for tests.

use std::sync::atomic::{AtomicUsize, Ordering};

use demarche_model::Progress;

/// Progress that stops the work after a number of steps.
pub(crate) struct StopsAfter {
    steps: usize,
    done: AtomicUsize,
}

impl StopsAfter {
    pub fn steps(steps: usize) -> Self {
        Self { steps, done: AtomicUsize::new(0) }
    }
}

impl Progress for StopsAfter {
    fn step(&self, done: usize, _of: usize) {
        self.done.fetch_max(done, Ordering::Relaxed);
    }

    fn is_stopped(&self) -> bool {
        self.done.load(Ordering::Relaxed) >= self.steps
    }
}
