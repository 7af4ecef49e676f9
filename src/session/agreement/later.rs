//! Passages that were changed late, for the line on the Agreement screen.

use std::sync::Arc;

use demarche_analysis::later_changes::{LaterChange, LaterChanges};
use demarche_io::project::read_history;

use crate::words::agreement as words;
use crate::{JobKind, PassageFilter, PassageSet, Session, Shown};

impl Session {
    /// The number of passages that were changed late for a reason, as of the last look at the history; `None` until then, and
    /// for people who may not see everyone's passages.
    pub fn later_changes(&self, why: LaterChange) -> Option<usize> {
        Some(self.agreement.later.as_ref()?.of(why).len())
    }

    /// Finds passages that were changed late on a worker, since the history has to be read.
    pub(crate) fn find_later_changes(&mut self) {
        if self.project.works_blind(&self.me) {
            return;
        }
        let (project, folder) = (self.project.clone(), self.files.folder().without_round());
        self.jobs.start(JobKind::FindLaterChanges, move |_| {
            let history = read_history(&folder).map(|(steps, _)| steps).unwrap_or_default();
            let found = LaterChanges::new(&project, &history);
            Box::new(move |session: &mut Session| session.agreement.later = Some(Arc::new(found)))
        });
    }

    /// Lists the passages that were changed late for a reason.
    pub(super) fn show_later_changes(&mut self, why: LaterChange) {
        let Some(found) = self.agreement.later.clone() else { return };
        let set = PassageSet::new(words::later_changes(why).to_owned(), found.of(why).iter().cloned());
        if *self.shown() != Shown::Everyone {
            self.show(Shown::Everyone);
        }
        self.filter_passages(PassageFilter { among: Some(Arc::new(set)), ..PassageFilter::default() });
    }
}
