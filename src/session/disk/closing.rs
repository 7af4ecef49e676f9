//! Closing a project without keeping the window waiting. The journal writes the steps that are waiting, and the undo log
//! is written if it lacks some; after thousands of steps both take a noticeable time.

use std::thread::{Builder, JoinHandle};

use crate::Session;

/// The sessions that are being closed on threads of their own. Dropping this waits for them.
#[derive(Default)]
pub struct Closing {
    threads: Vec<JoinHandle<()>>,
}

impl Closing {
    /// Closes a session.
    pub fn add(&mut self, session: Session) {
        self.threads.retain(|thread| !thread.is_finished());
        // If the system has no thread to spare, the session is closed here.
        let thread = Builder::new().name("close".to_owned()).spawn(move || drop(session));
        self.threads.extend(thread);
    }

    /// Waits until all are closed: before a project is opened, which may be one of them.
    pub fn wait(&mut self) {
        self.threads.drain(..).for_each(|thread| drop(thread.join()));
    }
}

impl Drop for Closing {
    fn drop(&mut self) {
        self.wait();
    }
}
