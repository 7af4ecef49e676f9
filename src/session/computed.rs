//! A value that a worker computes from a request, one at a time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use demarche_model::Stopped;

use crate::JobProgress;

/// A value with the request that it answers, and the request that is being answered.
pub(crate) struct Computed<R, T> {
    answered: Option<(R, Arc<T>)>,
    running: Option<(R, Arc<JobProgress>, Instant)>,
    stopped: Option<R>,
    took: Duration,
}

impl<R, T> Default for Computed<R, T> {
    fn default() -> Self {
        Self { answered: None, running: None, stopped: None, took: Duration::ZERO }
    }
}

impl<R: PartialEq, T> Computed<R, T> {
    /// The latest value.
    pub fn result(&self) -> Option<&Arc<T>> {
        self.answered.as_ref().map(|(_, result)| result)
    }

    /// The request that the latest value answers.
    pub fn request(&self) -> Option<&R> {
        self.answered.as_ref().map(|(request, _)| request)
    }

    /// The progress, if a worker is at it.
    pub fn progress(&self) -> Option<&JobProgress> {
        self.running.as_ref().map(|(_, progress, _)| &**progress)
    }

    /// How long the latest value took.
    pub fn took(&self) -> Duration {
        self.took
    }

    /// Returns whether a request has no answer, nobody works, and the user has not stopped this one.
    pub fn should_compute(&self, request: &R) -> bool {
        self.running.is_none() && self.request() != Some(request) && self.stopped.as_ref() != Some(request)
    }

    /// Records that a worker answers a request, and stops the one before.
    pub fn begin(&mut self, request: R, progress: Arc<JobProgress>) {
        if let Some((_, before, _)) = self.running.replace((request, progress, Instant::now())) {
            before.stop();
        }
        self.stopped = None;
    }

    /// Drops the request that is being answered, as if the user had stopped it.
    pub fn give_up(&mut self) {
        self.stopped = self.running.take().map(|(request, ..)| request);
    }

    /// Stores a value. Ignores it if something else was requested since.
    pub fn end(&mut self, request: R, result: Result<T, Stopped>) {
        let Some((.., began)) = self.running.take_if(|(running, ..)| *running == request) else { return };
        match result {
            Ok(result) => {
                self.took = began.elapsed();
                self.answered = Some((request, Arc::new(result)));
            }
            Err(Stopped) => self.stopped = Some(request),
        }
    }
}
