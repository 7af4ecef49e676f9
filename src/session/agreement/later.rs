//! Passages that were changed late, for the line on the Agreement screen.

use std::sync::Arc;

use demarche_analysis::later_changes::{LaterChange, LaterChanges};
use demarche_io::project::read_history;

use crate::words::agreement as words;
use crate::{JobKind, PassageFilter, PassageSet, Session, Shown};

/// Passages that were changed late, as of a state of the project.
pub(super) struct KnownLater {
    /// The revisions of the project and of its list of documents. A document that is marked as done raises the first.
    revisions: (u64, u64),
    found: Arc<LaterChanges>,
}

impl Session {
    /// The number of passages that were changed late for a reason, as of the last look at the history; `None` until then, and
    /// for people who may not see everyone's passages.
    pub fn later_changes(&self, why: LaterChange) -> Option<usize> {
        Some(self.agreement.later.as_ref()?.found.of(why).len())
    }

    /// Finds passages that were changed late on a worker, since the history has to be read. Does nothing if the project is as it
    /// was then.
    pub(crate) fn find_later_changes(&mut self) {
        let revisions = (self.project.revision(), self.project.list_revision());
        let is_known = self.agreement.later.as_ref().is_some_and(|known| known.revisions == revisions);
        if is_known || self.project.works_blind(&self.me) {
            return;
        }
        let (project, folder) = (self.project.clone(), self.files.folder().without_round());
        self.jobs.start(JobKind::FindLaterChanges, move |_| {
            let history = read_history(&folder).map(|(steps, _)| steps).unwrap_or_default();
            let found = Arc::new(LaterChanges::new(&project, &history));
            Box::new(move |session: &mut Session| {
                session.agreement.later = Some(KnownLater { revisions, found });
            })
        });
    }

    /// Lists the passages that were changed late for a reason.
    pub(super) fn show_later_changes(&mut self, why: LaterChange) {
        let Some(found) = self.agreement.later.as_ref().map(|known| known.found.clone()) else { return };
        let set = PassageSet::new(words::later_changes(why).to_owned(), found.of(why).iter().cloned());
        if *self.shown() != Shown::Everyone {
            self.show(Shown::Everyone);
        }
        self.filter_passages(PassageFilter { among: Some(Arc::new(set)), ..PassageFilter::default() });
    }
}
