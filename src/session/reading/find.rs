//! Finding words in the document that is shown, and in all documents.

use std::sync::Arc;

use demarche_analysis::search::{Matcher, Query};
use demarche_io::project::read_document;
use demarche_model::{DocumentId, Text, TextRange};

use crate::Session;

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
    rows: Vec<FoundRow>,
    done: bool,
}

/// A hit of a search in all documents.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundRow {
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
    pub fn everywhere(&self) -> Option<(&Query, &[FoundRow], bool)> {
        self.everywhere.as_ref().map(|found| (&found.query, found.rows.as_slice(), found.done))
    }

    pub(crate) fn document_changed(&mut self) {
        self.set_hits(Vec::new(), false);
        self.current = None;
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
        let same = self.find.query.as_ref() == Some(&query);
        self.find.query = Some(query);
        if !same {
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
            Err(error) => {
                self.find.document_changed();
                self.find.error = (!query.pattern.is_empty()).then(|| error.to_string());
                return;
            }
        };
        self.find.error = None;
        if text.len() <= AT_ONCE {
            let found = matcher.find_up_to(text.as_str(), MOST);
            return self.found(found.ranges, found.more);
        }
        let id = document.id().clone();
        self.jobs.start("searching", move |_| {
            let found = matcher.find_up_to(text.as_str(), MOST);
            Box::new(move |session: &mut Session| {
                // The user may have typed on, or gone elsewhere, while the worker searched.
                if session.find.query.as_ref() == Some(&query) && session.place.document.as_ref() == Some(&id)
                {
                    session.found(found.ranges, found.more);
                }
            })
        });
    }

    fn found(&mut self, hits: Vec<TextRange>, capped: bool) {
        let caret = self.selection().range().start;
        let next = hits.partition_point(|hit| hit.start < caret);
        let current = if hits.is_empty() { None } else { Some(next % hits.len()) };
        self.find.set_hits(hits, capped);
        self.find.current = current;
        if let Some(hit) = current.map(|at| self.find.hits[at]) {
            self.show_range(hit);
        }
    }

    /// Goes to the next (or previous) hit, round the ends, and selects it.
    pub(crate) fn step_hit(&mut self, forward: bool) {
        let count = self.find.hits.len();
        if count == 0 {
            return self.notify("Nothing found");
        }
        let selected = self.selection().range();
        let next = match (self.find.current, forward) {
            (Some(at), _) if self.find.hits[at] != selected => at,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
            (None, _) => 0,
        };
        self.find.current = Some(next);
        let hit = self.find.hits[next];
        self.place.picked = None;
        self.place.selection = crate::Selection::over(hit);
        self.show_range(hit);
    }

    pub(crate) fn end_find(&mut self) {
        self.find.query = None;
        self.find.error = None;
        self.find.document_changed();
    }

    /// Searches all documents on a worker; hits come in while it runs.
    pub(crate) fn find_everywhere(&mut self, query: Query) {
        let matcher = match query.compile() {
            Ok(matcher) => matcher,
            Err(error) => return self.notify(format!("Can't search: {error}")),
        };
        self.find.everywhere = Some(Everywhere { query: query.clone(), ..Everywhere::default() });
        let (project, folder, listing) = (self.project.clone(), self.folder.clone(), self.listing.clone());
        self.jobs.start("searching", move |worker| {
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
                    worker.send(Box::new(move |session| {
                        let found = session.find.everywhere.as_mut().filter(|found| found.query == query);
                        found.into_iter().for_each(|found| found.rows.extend(rows.iter().cloned()));
                    }));
                }
            }
            Box::new(move |session: &mut Session| {
                if let Some(found) = session.find.everywhere.as_mut().filter(|found| found.query == query) {
                    found.done = true;
                }
            })
        });
    }
}

fn rows_of(matcher: &Matcher, document: &DocumentId, text: &Text, most: usize) -> Vec<FoundRow> {
    let hits = matcher.find_up_to(text.as_str(), most).ranges;
    let row = |range: TextRange| {
        let context = demarche_analysis::context::context(text, range, 48);
        FoundRow {
            document: document.clone(),
            range,
            context: [context.before, context.quote, context.after],
        }
    };
    hits.into_iter().map(row).collect()
}
