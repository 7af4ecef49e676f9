//! Filtering the passages table by its columns.

use super::super::Session;
use super::filter::{Narrowing, PassageFilter};
use super::terms;

impl Session {
    /// What the columns of the table are filtered by.
    pub fn passage_filter(&self) -> &PassageFilter {
        self.passages.filter()
    }

    /// Filters by columns.
    pub(crate) fn filter_passages(&mut self, filter: PassageFilter) {
        self.passages.narrow(&self.project, filter.narrowing());
        let filter = terms::narrowed(self.filter(), &self.project, self.passages.filter(), &filter);
        self.set_filter(filter);
        self.sort_passages();
    }

    /// Shows every passage that passes the filter of the window.
    pub(crate) fn clear_shown_passages(&mut self) {
        self.passages.narrow(&self.project, Narrowing::default());
        self.passages.follow_terms(self.analyse.question().filter.as_str(), &self.project);
        self.sort_passages();
    }

    /// Shows all passages that pass the filter of the window, not only those behind a figure.
    pub(crate) fn leave_passages_behind(&mut self) {
        let filter = self.passage_filter();
        if filter.among.is_some() {
            self.filter_passages(PassageFilter { among: None, ..filter.clone() });
        }
    }
}
