//! The queue of spans to decide on, and moving through it.

use std::collections::BTreeMap;
use std::sync::Arc;

use demarche_model::{Document, DocumentId, Project, SpanRef};

use super::super::{JobKind, Session};
use super::filter::{Group, Positions, ReviewFilter, ReviewSample};
use super::queue_filter::QueueFilter;
use crate::words::review as words;

/// Maximum number of spans to look at between two frames; a job looks at more.
const AT_ONCE: usize = 20_000;

/// Number of documents that a job sends at once.
const CHUNK: usize = 512;

/// The spans to decide on, by document and position. A change in a document rebuilds its part and shifts the others.
#[derive(Default)]
pub(super) struct Queue {
    /// The first span of each entry.
    items: Vec<SpanRef>,
    /// One per document of the project, in order.
    parts: Vec<Part>,
    sample: Option<ReviewSample>,
}

/// The entries of one document.
struct Part {
    document: DocumentId,
    /// All entries, whether they are in the sample or not.
    groups: Vec<Group>,
    /// The position in the queue where they begin.
    start: usize,
    positions: Arc<Positions>,
    /// Number of entries that the user has decided on.
    decided: usize,
}

impl Queue {
    /// Resets the queue to the documents of a project, and to this sample. With `keep`, its entries stay, so that a rebuild
    /// knows what to keep.
    pub fn reset(&mut self, project: &Project, sample: Option<ReviewSample>, keep: bool) {
        let before = std::mem::replace(self, Self::new(project, sample));
        if keep {
            let known = before.parts.into_iter();
            let known = known.filter_map(|part| Some((project.position(&part.document)?, part.groups)));
            self.set(known.collect());
        }
    }

    fn new(project: &Project, sample: Option<ReviewSample>) -> Self {
        let part = |document: &Arc<Document>| Part {
            document: document.id().clone(),
            groups: Vec::new(),
            start: 0,
            positions: Arc::default(),
            decided: 0,
        };
        Self { items: Vec::new(), parts: project.documents().iter().map(part).collect(), sample }
    }

    /// The first span of each entry, in order.
    pub fn items(&self) -> &[SpanRef] {
        &self.items
    }

    /// Records how many entries of the document at a position the user has decided on.
    pub fn set_decided(&mut self, position: usize, decided: usize) {
        if let Some(part) = self.parts.get_mut(position) {
            part.decided = decided;
        }
    }

    /// The number of entries that the user has decided on.
    pub fn decided(&self) -> usize {
        self.parts.iter().map(|part| part.decided).sum()
    }

    fn part(&self, project: &Project, document: &DocumentId) -> Option<&Part> {
        self.parts.get(project.position(document)?).filter(|part| part.document == *document)
    }

    /// The position of a span in the queue.
    pub fn position(&self, project: &Project, at: &SpanRef) -> Option<usize> {
        let part = self.part(project, &at.layer.document)?;
        Some(part.start + part.positions.get(at)?)
    }

    /// The spans of a document that are in the queue.
    fn positions(&self, project: &Project, document: &DocumentId) -> Arc<Positions> {
        self.part(project, document).map(|part| part.positions.clone()).unwrap_or_default()
    }

    /// Replaces the entries of documents, given by their positions in the project.
    pub fn set(&mut self, mut new: BTreeMap<usize, Vec<Group>>) {
        let changed: Vec<bool> = (0..self.parts.len()).map(|at| new.contains_key(&at)).collect();
        for (position, part) in self.parts.iter_mut().enumerate() {
            if let Some(groups) = new.remove(&position) {
                part.groups = groups;
            }
        }
        let drawn = self.sample.and_then(|sample| {
            let limit = sample.limit(self.parts.iter().flat_map(|part| &part.groups))?;
            Some((sample, limit))
        });
        self.items.clear();
        for (part, is_changed) in self.parts.iter_mut().zip(changed) {
            part.start = self.items.len();
            let is_drawn = |group: &&Group| drawn.is_none_or(|(sample, limit)| sample.rank(group) <= limit);
            let groups: Vec<&Group> = part.groups.iter().filter(is_drawn).collect();
            self.items.extend(groups.iter().filter_map(|group| group.first().cloned()));
            if is_changed || self.sample.is_some() {
                let spans =
                    groups.iter().zip(0..).flat_map(|(group, at)| group.iter().map(move |span| (span, at)));
                part.positions = Arc::new(spans.map(|(span, at)| (span.clone(), at)).collect());
            }
        }
    }
}

impl Session {
    /// Builds the queue if there is none.
    pub(super) fn begin_review(&mut self) {
        if self.review.begin() {
            self.rebuild_queue(false);
        }
    }

    pub(super) fn filter_review(&mut self, filter: ReviewFilter) {
        self.review.set_filter(filter);
        self.rebuild_queue(false);
    }

    pub(super) fn queue_filter(&self) -> QueueFilter<'_> {
        QueueFilter { project: &self.project, me: &self.me, filter: &self.review.filter }
    }

    /// Updates the queue after changes.
    pub(crate) fn refresh_queue(&mut self) {
        if !self.review.is_begun() {
            return;
        }
        if self.review.take_all_stale() {
            return self.rebuild_queue(true);
        }
        let stale = self.review.take_stale();
        if !stale.is_empty() {
            self.rebuild_parts(stale);
        }
    }

    /// Rebuilds the queue. With `keep`, its spans stay, so that it does not lose those that were decided on just now.
    fn rebuild_queue(&mut self, keep: bool) {
        let here = self.review.here().cloned();
        self.review.reset_queue(&self.project, keep);
        let all = self.project.documents().iter().map(|document| document.id().clone()).collect();
        self.rebuild_parts(all);
        self.review.move_to(&self.project, here.as_ref());
    }

    /// Rebuilds the parts of documents: at once, or with a job if they have many spans.
    fn rebuild_parts(&mut self, documents: Vec<DocumentId>) {
        let found = documents.iter().filter_map(|id| Some((id.clone(), self.project.document(id)?)));
        let cost: usize = found.map(|(_, document)| self.queue_filter().cost(document)).sum();
        if cost > AT_ONCE {
            return self.rebuild_parts_in_background(documents);
        }
        let parts = documents.into_iter().filter_map(|id| {
            let kept = self.review.queue.positions(&self.project, &id);
            let groups = self.queue_filter().groups(self.project.document(&id)?, &kept);
            Some((id, groups))
        });
        let parts: Vec<(DocumentId, Vec<Group>)> = parts.collect();
        self.take_parts(parts);
    }

    fn rebuild_parts_in_background(&mut self, documents: Vec<DocumentId>) {
        let serial = self.review.begin_job();
        let (project, me, filter) = (self.project.clone(), self.me.clone(), self.review.filter.clone());
        let kept: Vec<(Arc<Positions>, DocumentId)> =
            documents.into_iter().map(|id| (self.review.queue.positions(&self.project, &id), id)).collect();
        self.jobs.start(JobKind::FillQueue, move |worker| {
            let queue_filter = QueueFilter { project: &project, me: &me, filter: &filter };
            for (number, chunk) in kept.chunks(CHUNK).enumerate() {
                if worker.progress().is_stopped() {
                    break;
                }
                let part = |(kept, id): &(Arc<Positions>, DocumentId)| {
                    Some((id.clone(), queue_filter.groups(project.document(id)?, kept)))
                };
                let parts: Vec<_> = chunk.iter().filter_map(part).collect();
                worker.progress().step((number * CHUNK + chunk.len()).min(kept.len()), kept.len());
                worker.send(Box::new(move |session: &mut Session| {
                    if session.review.serial == serial {
                        session.take_parts(parts);
                    }
                }));
            }
            Box::new(move |session: &mut Session| {
                if session.review.serial == serial && session.review.end_job() {
                    session.go_to_first_undecided();
                }
            })
        });
    }

    fn take_parts(&mut self, parts: Vec<(DocumentId, Vec<Group>)>) {
        let ids: Vec<DocumentId> = parts.iter().map(|(id, _)| id.clone()).collect();
        let placed = parts.into_iter().filter_map(|(id, groups)| Some((self.project.position(&id)?, groups)));
        self.review.set_parts(&self.project, placed.collect());
        ids.iter().for_each(|id| self.count_decided(id));
    }

    /// Recounts the spans of a document in the queue that the user has decided on.
    pub(super) fn count_decided(&mut self, id: &DocumentId) {
        let positions = self.review.queue.positions(&self.project, id);
        let Some(document) = self.project.document(id) else { return };
        let decided = self.queue_filter().decided(document, &positions);
        if let Some(position) = self.project.position(id) {
            self.review.queue.set_decided(position, decided);
        }
    }

    /// Goes to the span at a position of the queue.
    pub(super) fn go_to_review(&mut self, position: usize) {
        let Some(at) = self.review.items().get(position).cloned() else { return };
        self.review.go_to(position);
        if self.project.span(&at).is_none() {
            self.open_document(&at.layer.document);
            return self.clear_current();
        }
        if !self.shows(&at.layer.annotator) {
            self.show_with(&at.layer.annotator);
        }
        self.go_to(&at);
    }

    /// Goes to the next (or previous) span of the queue, in any document.
    pub fn step_review(&mut self, forward: bool) {
        self.begin_review();
        let count = self.review.items().len();
        let next = match self.review_position() {
            None => Some(self.review.at.min(count.saturating_sub(1))),
            Some(at) if forward => Some(at + 1),
            Some(at) => at.checked_sub(1),
        };
        match next.filter(|&next| next < count) {
            Some(next) => self.go_to_review(next),
            None if self.review.is_filling() => self.notify(words::still_filling()),
            None if count == 0 => self.notify(words::queue_empty()),
            None if forward => self.notify(words::end_of_queue()),
            None => self.notify(words::start_of_queue()),
        }
    }

    /// Goes to the next span of the queue that the user has not decided on, wrapping around.
    pub(super) fn go_to_next_undecided(&mut self) {
        let (count, from) = (self.review.items().len(), self.review_position());
        let Some(from) = from.filter(|_| self.review.begun) else { return };
        let next = (1..count).map(|step| (from + step) % count).find(|&position| {
            let at = &self.review.items()[position];
            self.project.span(at).is_some() && !self.has_decided(at)
        });
        match next {
            Some(next) => self.go_to_review(next),
            None => self.notify(words::all_decided()),
        }
    }
}
