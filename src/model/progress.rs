//! How long work reports its progress, and how it is stopped.

use std::sync::atomic::{AtomicUsize, Ordering};

use thiserror::Error;

/// Watches a piece of work that takes long: shows how far it is, and may stop it. Called from any thread.
pub trait Progress: Sync {
    /// Reports that `done` of `of` steps are done. Steps of several threads may be reported out of order.
    fn step(&self, done: usize, of: usize);

    /// Whether the work is to stop. Cheap, since it is asked often.
    fn is_stopped(&self) -> bool;

    /// [`Stopped`] if the work is to stop, for use with `?`.
    ///
    /// # Errors
    /// The work is to stop.
    fn check(&self) -> Result<(), Stopped> {
        if self.is_stopped() { Err(Stopped) } else { Ok(()) }
    }
}

/// Nobody watches, and nobody stops the work.
impl Progress for () {
    fn step(&self, _done: usize, _of: usize) {}

    fn is_stopped(&self) -> bool {
        false
    }
}

/// Why there is no result: the user has stopped the work. Nothing of it is kept, and nothing has failed, so it is never
/// shown as an error.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("stopped")]
pub struct Stopped;

/// Why work that may fail has no result.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum Unfinished<E> {
    /// The user has stopped it.
    #[error("stopped")]
    Stopped,
    /// It has failed.
    #[error(transparent)]
    Failed(E),
}

impl<E> From<Stopped> for Unfinished<E> {
    fn from(Stopped: Stopped) -> Self {
        Self::Stopped
    }
}

/// Counts the steps of a piece of work, on one thread or on several.
pub struct Steps<'a> {
    progress: &'a dyn Progress,
    done: AtomicUsize,
    of: usize,
}

impl<'a> Steps<'a> {
    /// The steps of work that has so many, none of them done.
    pub fn new(progress: &'a dyn Progress, of: usize) -> Self {
        Self { progress, done: AtomicUsize::new(0), of }
    }

    /// Does one step and counts it, unless the work is to stop before or has been stopped meanwhile.
    ///
    /// # Errors
    /// The work is to stop.
    pub fn run<T>(&self, step: impl FnOnce() -> T) -> Result<T, Stopped> {
        self.progress.check()?;
        let made = step();
        self.advance()?;
        Ok(made)
    }

    /// Counts one step that is done.
    ///
    /// # Errors
    /// The work is to stop.
    pub fn advance(&self) -> Result<(), Stopped> {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        self.progress.step(done, self.of);
        self.progress.check()
    }
}
