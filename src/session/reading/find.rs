//! Finding words in the document that is shown, and in all documents.

use std::sync::Arc;

use demarche_analysis::search::{Matcher, Matches, Query};
use demarche_io::project::read_document;
use demarche_model::{DocumentId, Text, TextRange};

use crate::{JobKind, Session};

/// Texts up to this many bytes are searched at once; longer ones on a worker.
const AT_ONCE: usize = 1 << 20;

/// Hits shown at most, in one document or in all.
const MOST: usize = 10_000;

/// The search in the text.
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
    /// The words found, in bytes.
    pub range: TextRange,
    /// What stands before, the words, what stands after.
    pub context: [String; 3],
}

impl Find {
    /// What is searched for in the document, if the search is open.
    pub fn query(&self) -> Option<&Query> {
        self.query.as_ref()
    }

    /// Where it stands, in order.
    pub fn hits(&self) -> &[TextRange] {
        &self.hits
    }

    /// Which of the hits the user is at.
    pub fn current(&self) -> Option<usize> {
        self.current
    }

    /// Whether there are more hits than are shown.
    pub fn is_capped(&self) -> bool {
        self.capped
    }

    /// Why nothing can be searched, such as a mistake in a regular expression.
    pub fn error(&self) -> Option<&str> {
        self.error.as_deref()
    }

    /// Goes up when the hits change.
    pub fn serial(&self) -> u64 {
        self.serial
    }

    /// What was searched for in all documents, the hits so far, and whether these are all.
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

    /// Clears the hits and shows why the query can't be searched for.
    fn fail(&mut self, error: Option<String>) {
        self.document_changed();
        self.error = error;
    }

    /// Clears the error of the query.
    fn clear_error(&mut self) {
        self.error = None;
    }

    /// Shows hits. Returns the first from the caret on, round the end.
    fn show(&mut self, found: Matches, caret: usize) -> Option<TextRange> {
        let next = found.ranges.partition_point(|hit| hit.start < caret);
        self.current = next.checked_rem(found.ranges.len());
        self.set_hits(found.ranges, found.more);
        self.hits.get(self.current?).copied()
    }

    /// Goes to the next (or previous) hit, round the ends; first to the current one where that is not selected.
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
    /// Searches in the document that is shown, and goes to the first hit from the caret on.
    pub(crate) fn find_in_document(&mut self, query: Query) {
        if self.find.open(query) {
            self.refresh_find();
        }
    }

    /// Searches anew, as after a change of document.
    pub(crate) fn refresh_find(&mut self) {
        let Some(query) = self.find.query.clone() else { return };
        let Some(document) = self.document().cloned() else { return };
        let Some(text) = document.text.clone() else { return };
        let matcher = match query.compile() {
            Ok(matcher) => matcher,
            Err(error) => return self.find.fail((!query.pattern.is_empty()).then(|| error.to_string())),
        };
        self.find.clear_error();
        if text.len() <= AT_ONCE {
            return self.found(matcher.find_up_to(text.as_str(), MOST));
        }
        let id = document.id().clone();
        self.jobs.start(JobKind::Search, move |_| {
            let found = matcher.find_up_to(text.as_str(), MOST);
            Box::new(move |session: &mut Session| {
                // The user may have typed on, or gone elsewhere, while the worker searched.
                if session.find.query.as_ref() == Some(&query) && session.view.document() == Some(&id) {
                    session.found(found);
                }
            })
        });
    }

    fn found(&mut self, found: Matches) {
        if let Some(hit) = self.find.show(found, self.text_selection().range().start) {
            self.show_range(hit);
        }
    }

    /// Goes to the next (or previous) hit, round the ends, and selects it.
    pub fn step_hit(&mut self, forward: bool) {
        let selected = self.text_selection().range();
        let Some(hit) = self.find.step(selected, forward) else { return self.notify("Nothing found") };
        self.view.clear_current();
        self.view.select_text(crate::TextSelection::over(hit));
        self.show_range(hit);
    }

    pub(crate) fn end_find(&mut self) {
        self.find.close();
    }

    /// Searches all documents on a worker; hits come in while it runs.
    pub(crate) fn find_everywhere(&mut self, query: Query) {
        let matcher = match query.compile() {
            Ok(matcher) => matcher,
            Err(error) => return self.notify(format!("Can't search: {error}")),
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
