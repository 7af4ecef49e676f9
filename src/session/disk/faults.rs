//! Faults of the disk, the journal and the clock, which a banner shows until they are gone.

use demarche_model::Stamp;

use crate::Session;
use crate::save_fault::{Kept, SaveFault};
use crate::words::faults as words;

/// Lag of the clock behind the latest step from which a banner reports it, in seconds.
const SET_BACK_S: i64 = 120;

/// The time of the latest step, compared with the clock.
#[derive(Default)]
pub(crate) struct ClockWatch {
    latest: Option<Stamp>,
    is_set_back: bool,
}

impl ClockWatch {
    /// Records the time of a step.
    pub(crate) fn stamped(&mut self, at: Stamp) {
        self.latest = self.latest.max(Some(at));
    }

    /// Compares the clock with the latest step.
    pub(crate) fn follow(&mut self, now: Stamp) {
        self.is_set_back = self.latest.is_some_and(|latest| latest.0 - now.0 > SET_BACK_S);
    }
}

impl Session {
    /// The faults that have not gone away, as sentences for banners: what can't be written, what to do, and where the work is.
    pub fn faults(&self) -> Vec<String> {
        let save = self.save_fault().map(|fault| words::save(fault, &self.kept(), self.folder().root()));
        let journal = || self.journaling.failure().map(|why| words::journal(&why));
        let clock = self.clock.latest.filter(|_| self.clock.is_set_back).map(words::clock);
        save.or_else(journal).into_iter().chain(clock).collect()
    }

    /// The fault that keeps something from being saved.
    pub fn save_fault(&self) -> Option<&SaveFault> {
        self.saving.fault()
    }

    /// The place of the changes that are not saved.
    pub fn kept(&self) -> Kept {
        match self.journaling.outside() {
            _ if !self.journaling.keeps() => Kept::InMemory,
            Some(path) => Kept::OnThisComputer(path),
            None => Kept::InProject,
        }
    }

    /// Tries at once to save what could not be saved, when the user comes back to the window.
    pub fn came_back(&mut self) {
        self.saving.retry();
    }
}
