//! Jobs that start when a test says so.

use std::sync::{Arc, Mutex};

use demarche::session::{Env, Work};

use super::session::START;

/// Starts jobs when the test says so.
#[derive(Clone, Default)]
pub struct Held(Arc<Mutex<Option<Vec<Work>>>>);

impl Held {
    /// An environment whose jobs are held on request.
    pub fn env(&self) -> Env {
        let held = self.clone();
        Env::fixed(START).with_spawn(move |work| match &mut *held.0.lock().unwrap() {
            Some(waiting) => waiting.push(work),
            None => drop(std::thread::spawn(work)),
        })
    }

    /// Holds jobs from now on.
    pub fn hold(&self) {
        *self.0.lock().unwrap() = Some(Vec::new());
    }

    /// Starts those that wait.
    pub fn start(&self) {
        let waiting = self.0.lock().unwrap().as_mut().map(std::mem::take);
        waiting.into_iter().flatten().for_each(|work| drop(std::thread::spawn(work)));
    }

    /// Starts those that wait, and holds no more.
    pub fn release(&self) {
        self.start();
        *self.0.lock().unwrap() = None;
    }
}
