//! Searching the open document, and all documents.

use std::sync::Arc;

use demarche_analysis::search::{Matcher, Matches, Query};
use demarche_io::project::read_document;
use demarche_model::{DocumentId, Text, TextRange};

use crate::words::reading as words;
use crate::{JobKind, Session};

/// Length up to which texts are searched at once, in bytes; longer ones are searched on a worker.
const AT_ONCE: usize = 1 << 20;

/// Maximum number of hits, in one document or in all.
const MOST: usize = 10_000;

/// The search in the open document, and the one in all documents.
#[derive(Default)]
pub struct Find {
    query: Option<Query>,
    hits: Arc<Vec<TextRange>>,
    current: Option<usize>,
    capped: bool,
    error: Option<String>,
    everywhere: Option<Everywhere>,
    serial: u64,
}

/// The result of a search in all documents.
#[derive(Default)]
struct Everywhere {
    query: Query,
    rows: Vec<SearchHit>,
    done: bool,
}

/// A hit of a search in all documents.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SearchHit {
    /// The document.
    pub document: DocumentId,
    /// The range of the hit, in bytes.
    pub range: TextRange,
    /// The text before it, its words, and the text after it.
    pub context: [String; 3],
}

impl Find {
    /// The query for the open document, if the search is open.
    pub fn query(&self) -> Option<&Query> {
        self.query.as_ref()
    }

    /// The hits, in order.
    pub fn hits(&self) -> &[TextRange] {
        &self.hits
    }

    /// The index of the current hit.
    pub fn current(&self) -> Option<usize> {
        self.current
    }

    /// Returns whether there are more hits than are listed.
    pub fn is_capped(&self) -> bool {
        self.capped
    }

    /// The reason why the query is invalid, such as a mistake in a regular expression.
    pub fn error(&self) -> Option<&str> {
        self.error.as_deref()
    }

    /// Goes up when the hits change.
    pub fn serial(&self) -> u64 {
        self.serial
    }

    /// The query for all documents, the hits so far, and whether these are all.
    pub fn everywhere(&self) -> Option<(&Query, &[SearchHit], bool)> {
        self.everywhere.as_ref().map(|found| (&found.query, found.rows.as_slice(), found.done))
    }

    /// Opens the search for a query. Returns whether the query is new.
    fn open(&mut self, query: Query) -> bool {
        let new = self.query.as_ref() != Some(&query);
        self.query = Some(query);
        new
    }

    /// Closes the search.
    fn close(&mut self) {
        self.query = None;
        self.error = None;
        self.document_changed();
    }

    /// Clears the hits, which belong to another document.
    pub(crate) fn document_changed(&mut self) {
        self.set_hits(Vec::new(), false);
        self.current = None;
    }

    /// Clears the hits and stores why the query is invalid.
    fn fail(&mut self, error: Option<String>) {
        self.document_changed();
        self.error = error;
    }

    /// Clears the error of the query.
    fn clear_error(&mut self) {
        self.error = None;
    }

    /// Stores hits. Returns the first one after the caret, or the first of all.
    fn show(&mut self, found: Matches, caret: usize) -> Option<TextRange> {
        let next = found.ranges.partition_point(|hit| hit.start < caret);
        self.current = next.checked_rem(found.ranges.len());
        self.set_hits(found.ranges, found.more);
        self.hits.get(self.current?).copied()
    }

    /// Moves to the next (or previous) hit, wrapping around; to the current one if that is not selected.
    fn step(&mut self, selected: TextRange, forward: bool) -> Option<TextRange> {
        let count = self.hits.len();
        let next = match (self.current, forward) {
            (Some(at), _) if self.hits.get(at) != Some(&selected) => at,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
            (None, _) => 0,
        };
        let hit = self.hits.get(next).copied()?;
        self.current = Some(next);
        Some(hit)
    }

    /// Begins a search in all documents.
    fn begin_everywhere(&mut self, query: Query) {
        self.everywhere = Some(Everywhere { query, ..Everywhere::default() });
    }

    /// Drops the results of the search in all documents.
    pub(crate) fn drop_results(&mut self) {
        self.everywhere = None;
    }

    /// Adds hits of a search in all documents, unless another one has begun.
    fn add_rows(&mut self, query: &Query, rows: Vec<SearchHit>) {
        if let Some(found) = self.everywhere.as_mut().filter(|found| found.query == *query) {
            found.rows.extend(rows);
        }
    }

    /// Records that a search in all documents is done.
    fn end_everywhere(&mut self, query: &Query) {
        if let Some(found) = self.everywhere.as_mut().filter(|found| found.query == *query) {
            found.done = true;
        }
    }

    fn set_hits(&mut self, hits: Vec<TextRange>, capped: bool) {
        self.hits = Arc::new(hits);
        self.capped = capped;
        self.serial += 1;
    }
}

impl Session {
    /// Searches the open document, and goes to the first hit after the caret.
    pub(crate) fn find_in_document(&mut self, query: Query) {
        if self.find.open(query) {
            self.refresh_find();
        }
    }

    /// Repeats the search, for instance in another document, and goes to the first hit after the caret.
    pub(crate) fn refresh_find(&mut self) {
        self.search(true);
    }

    /// Searches the text of the pane that has got the focus, without scrolling.
    pub(crate) fn find_in_pane(&mut self) {
        self.find.document_changed();
        self.search(false);
    }

    fn search(&mut self, scrolls: bool) {
        let Some(query) = self.find.query.clone() else { return };
        let Some(text) = self.pane_text() else { return };
        let matcher = match query.compile() {
            Ok(matcher) => matcher,
            Err(error) => return self.find.fail((!query.pattern.is_empty()).then(|| error.to_string())),
        };
        self.find.clear_error();
        if text.len() <= AT_ONCE {
            return self.found(matcher.find_up_to(text.as_str(), MOST), scrolls);
        }
        self.jobs.start(JobKind::Search, move |_| {
            let found = matcher.find_up_to(text.as_str(), MOST);
            Box::new(move |session: &mut Session| {
                // Meanwhile the user may have changed the query or opened another text.
                let is_shown = session.pane_text().is_some_and(|shown| Arc::ptr_eq(&shown, &text));
                if session.find.query.as_ref() == Some(&query) && is_shown {
                    session.found(found, scrolls);
                }
            })
        });
    }

    fn found(&mut self, found: Matches, scrolls: bool) {
        let caret = self.focused_pane().selection().range().start;
        let hit = self.find.show(found, caret);
        if let Some(hit) = hit.filter(|_| scrolls) {
            self.view.show_in_pane(hit);
        }
    }

    /// Goes to the next (or previous) hit, wrapping around, and selects it.
    pub fn step_hit(&mut self, forward: bool) {
        let selected = self.focused_pane().selection().range();
        let Some(hit) = self.find.step(selected, forward) else { return self.notify(words::nothing_found()) };
        self.view.clear_current();
        self.select_in_pane(crate::TextSelection::over(hit));
        self.view.show_in_pane(hit);
    }

    pub(crate) fn end_find(&mut self) {
        self.find.close();
    }

    /// Searches all documents on a worker, which sends hits as it finds them.
    pub(crate) fn find_everywhere(&mut self, query: Query) {
        let matcher = match query.compile() {
            Ok(matcher) => matcher,
            Err(error) => return self.notify(words::cannot_search(&error)),
        };
        self.find.begin_everywhere(query.clone());
        let (project, folder, listing) =
            (self.project.clone(), self.files.folder().clone(), self.files.listing().clone());
        self.jobs.start(JobKind::Search, move |worker| {
            let total = project.documents().len();
            let mut count = 0;
            for (position, document) in project.documents().iter().enumerate() {
                if worker.progress().is_stopped() || count >= MOST {
                    break;
                }
                let read = || read_document(&folder, &listing, project.codebook(), &document.meta);
                let text = document.text.clone().or_else(|| read().ok().map(|(contents, _)| contents.text));
                let rows = text
                    .map(|text| rows_of(&matcher, document.id(), &text, MOST - count))
                    .unwrap_or_default();
                count += rows.len();
                worker.progress().step(position + 1, total);
                if !rows.is_empty() {
                    let query = query.clone();
                    worker.send(Box::new(move |session| session.find.add_rows(&query, rows)));
                }
            }
            Box::new(move |session: &mut Session| session.find.end_everywhere(&query))
        });
    }
}

fn rows_of(matcher: &Matcher, document: &DocumentId, text: &Text, most: usize) -> Vec<SearchHit> {
    let hits = matcher.find_up_to(text.as_str(), most).ranges;
    let row = |range: TextRange| {
        let context = demarche_analysis::context::context(text, range, 48);
        SearchHit {
            document: document.clone(),
            range,
            context: [context.before, context.quote, context.after],
        }
    };
    hits.into_iter().map(row).collect()
}
