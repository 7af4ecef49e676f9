//! Signals that end the program: at log-out, when its terminal is closed, or by Ctrl+C.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use egui::Context;

use demarche_session::{JournalFlush, Session};

/// Time limit for syncing the journal.
const FLUSH_PATIENCE: Duration = Duration::from_millis(500);

/// Time limit for saving the files. Whatever is not saved by then is in the journal.
const SAVE_PATIENCE: Duration = Duration::from_secs(1);

/// State shared by the window and the thread that waits for signals, as are all its clones.
#[derive(Clone, Default)]
pub(super) struct Ending(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    saved: Condvar,
}

#[derive(Default)]
struct State {
    journal: Option<JournalFlush>,
    is_requested: bool,
    is_saved: bool,
}

impl Ending {
    /// Waits for signals on a thread, from now on.
    pub fn watch(&self, ctx: &Context) {
        let (ending, ctx) = (self.clone(), ctx.clone());
        let save = move || {
            ending.flush();
            ending.request();
            ctx.request_repaint();
            ending.wait_until_saved();
            // Saving empties the journal.
            ending.flush();
        };
        // If this fails, unsaved changes are in the journal.
        let _ = wait_for_signals(save);
    }

    /// Tracks the session in the window, and saves it if the program is about to end.
    pub fn follow(&self, session: Option<&mut Session>) {
        let is_requested = self.with(|state| {
            state.journal = session.as_ref().and_then(|session| session.journal_flush());
            state.is_requested
        });
        if is_requested {
            // Whatever can't be saved is in the journal.
            let _ = session.map(Session::save_if_writable);
            self.with(|state| state.is_saved = true);
            self.0.saved.notify_all();
        }
    }

    /// Writes the journal to the disk.
    pub fn flush(&self) {
        if let Some(journal) = self.with(|state| state.journal.clone()) {
            journal.flush(FLUSH_PATIENCE);
        }
    }

    fn request(&self) {
        self.with(|state| state.is_requested = true);
    }

    fn wait_until_saved(&self) {
        let state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = self.0.saved.wait_timeout_while(state, SAVE_PATIENCE, |state| !state.is_saved);
        drop(wait.unwrap_or_else(PoisonError::into_inner));
    }

    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.0.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Waits on a thread for a signal that ends the program, calls `before`, and lets the signal end it as usual.
#[cfg(unix)]
fn wait_for_signals(before: impl Fn() + Send + 'static) -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT])?;
    let wait = move || {
        for signal in signals.forever() {
            before();
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(wait).map(drop)
}

/// On other systems, the window is closed, or the program is killed without warning; unsaved changes are then in the
/// journal.
#[cfg(not(unix))]
fn wait_for_signals(_before: impl Fn() + Send + 'static) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::{Ending, SAVE_PATIENCE};

    #[test]
    fn the_end_waits_for_the_window_but_not_for_ever() {
        let ending = Ending::default();
        ending.request();
        ending.follow(None);
        let start = Instant::now();
        ending.wait_until_saved();
        assert!(start.elapsed() < SAVE_PATIENCE);
        let stuck = Ending::default();
        stuck.request();
        stuck.wait_until_saved();
        assert!(start.elapsed() >= SAVE_PATIENCE);
    }
}
