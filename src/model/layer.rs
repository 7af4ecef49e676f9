//! Layers: the spans and links of one annotator in one document.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::spans_by_id::SpansById;
use super::{
    CategoryId, FuzzyMatch, IndexEntry, Link, LinkId, LinkSet, Quote, Ranges, Span, SpanId, SpanIndex, Stamp,
};

/// The spans and links of one annotator in one document.
///
/// Invariants: [`Layer::index`] contains exactly the ranges of [`Layer::spans`], and [`Layer::pending_count`]
/// is the number of pending records. Cloning is cheap: a clone shares everything with the original except for
/// what is changed later.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Layer {
    status: Status,
    unblinded: Option<Stamp>,
    spans: SpansById,
    index: SpanIndex,
    links: LinkSet,
    detached: BTreeMap<u32, Arc<Detached>>,
    waiting: usize,
}

impl Layer {
    /// Builds a layer. A span replaces an earlier one with the same id, so callers check ids.
    pub fn new(
        status: Status,
        spans: impl IntoIterator<Item = Span>,
        links: impl IntoIterator<Item = Link>,
        detached: impl IntoIterator<Item = Detached>,
    ) -> Self {
        Self::of_shared(status, spans.into_iter().map(Arc::new), links, detached)
    }

    /// Builds a layer of spans that may be shared with others, as [`Self::new`] does.
    pub fn of_shared(
        status: Status,
        spans: impl IntoIterator<Item = Arc<Span>>,
        links: impl IntoIterator<Item = Link>,
        detached: impl IntoIterator<Item = Detached>,
    ) -> Self {
        let spans = SpansById::new(spans);
        let index = SpanIndex::new(spans.iter().flat_map(|span| entries(span)).collect());
        let links = links.into_iter().collect();
        let detached: BTreeMap<u32, Arc<Detached>> = (0..).zip(detached.into_iter().map(Arc::new)).collect();
        let waiting = detached.values().filter(|detached| detached.is_pending()).count();
        Self { status, unblinded: None, spans, index, links, detached, waiting }
    }

    /// Returns the layer with these keys for the records that could not be placed, in order.
    #[must_use]
    pub fn with_detached_keys(self, keys: impl IntoIterator<Item = u32>) -> Self {
        let detached = keys.into_iter().zip(self.detached.into_values()).collect();
        Self { detached, ..self }
    }

    /// Returns the layer of the same owner with other spans, links and records that could not be placed.
    #[must_use]
    pub fn with_contents(
        &self,
        spans: impl IntoIterator<Item = Span>,
        links: impl IntoIterator<Item = Link>,
        detached: impl IntoIterator<Item = Detached>,
    ) -> Self {
        Self::new(self.status, spans, links, detached).with_unblinded(self.unblinded)
    }

    /// Returns the layer with the time from which on its owner, who worked blind, could see the work of others.
    #[must_use]
    pub fn with_unblinded(self, unblinded: Option<Stamp>) -> Self {
        Self { unblinded, ..self }
    }

    /// True if there is nothing to write. An empty layer has no file.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
            && self.links.is_empty()
            && self.detached.is_empty()
            && self.status == Status::New
            && self.unblinded.is_none()
    }

    /// The annotator's status. A layer with spans is at least in progress.
    pub fn status(&self) -> Status {
        if self.status == Status::New && !self.spans.is_empty() { Status::InProgress } else { self.status }
    }

    /// True if its owner has worked on the document: has tagged something, or has marked it as done. One who has merely
    /// opened it has not missed what others have tagged.
    pub fn has_work(&self) -> bool {
        self.status == Status::Done || !self.spans.is_empty()
    }

    /// The status as set by the annotator.
    pub fn stored_status(&self) -> Status {
        self.status
    }

    /// The first time at which the owner, who worked blind until then, could see the work of others in the document.
    pub fn unblinded(&self) -> Option<Stamp> {
        self.unblinded
    }

    /// True for a span that was tagged or changed after the work of others came into view: it is not independent.
    pub fn is_after_unblinding(&self, span: &Span) -> bool {
        self.unblinded.is_some_and(|unblinded| span.created.max(span.modified) > unblinded)
    }

    /// A span by id.
    pub fn span(&self, id: SpanId) -> Option<&Arc<Span>> {
        self.spans.get(id)
    }

    /// Number of spans.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// An index of the ranges of all spans.
    pub fn index(&self) -> &SpanIndex {
        &self.index
    }

    /// All spans by start, longest first, then id. A span of several ranges is listed once, at its first
    /// range.
    pub fn spans(&self) -> impl Iterator<Item = &Arc<Span>> {
        self.index.entries().iter().filter_map(|entry| {
            let span = self.spans.get(entry.span)?;
            (span.ranges.start() == entry.range.start).then_some(span)
        })
    }

    /// All spans in any order, which is cheaper than [`Self::spans`].
    pub fn spans_unsorted(&self) -> impl Iterator<Item = &Arc<Span>> {
        self.spans.iter()
    }

    /// All links by id.
    pub fn links(&self) -> impl Iterator<Item = &Arc<Link>> {
        self.links.iter()
    }

    /// All links, for comparison with an earlier state.
    pub fn link_set(&self) -> &LinkSet {
        &self.links
    }

    /// A link by id.
    pub fn link(&self, id: LinkId) -> Option<&Arc<Link>> {
        self.links.get(id)
    }

    /// Records that could not be placed in the text, by key.
    pub fn detached(&self) -> impl Iterator<Item = (u32, &Arc<Detached>)> {
        self.detached.iter().map(|(&key, detached)| (key, detached))
    }

    /// A record that could not be placed.
    pub fn detached_at(&self, key: u32) -> Option<&Arc<Detached>> {
        self.detached.get(&key)
    }

    /// Number of records that wait for their owner since the text has changed. Cached, since it is asked for
    /// in every frame.
    pub fn pending_count(&self) -> usize {
        self.waiting
    }

    /// The spans as they are in another text: `place` says where, and a span without a place there is left out. `before`
    /// is an earlier state of the layer and what this function has made of it: then the cost depends on the number of
    /// changes alone.
    #[must_use]
    pub fn placed(&self, before: Option<(&Self, &Self)>, place: impl Fn(&Ranges) -> Option<Ranges>) -> Self {
        let put = |span: &Arc<Span>| Some(Span { ranges: place(&span.ranges)?, ..Span::clone(span) });
        let Some((source, placed)) = before else {
            return self.with_contents(self.spans.iter().filter_map(put), [], []);
        };
        let put = |span: Arc<Span>| put(&span).map(Arc::new);
        let changes: Vec<(SpanId, Option<Arc<Span>>)> =
            source.spans.changes(&self.spans).into_iter().map(|(id, to)| (id, to.and_then(put))).collect();
        let mut placed = placed.clone();
        match changes.as_slice() {
            [(id, to)] => drop(placed.set_span(*id, to.clone())),
            changes => drop(placed.set_spans(changes)),
        }
        placed
    }

    pub(super) fn set_status(&mut self, status: Status) -> Status {
        std::mem::replace(&mut self.status, status)
    }

    pub(super) fn set_unblinded(&mut self, to: Option<Stamp>) -> Option<Stamp> {
        std::mem::replace(&mut self.unblinded, to)
    }

    pub(super) fn set_span(&mut self, id: SpanId, to: Option<Arc<Span>>) -> Option<Arc<Span>> {
        let added: Vec<IndexEntry> = to.iter().flat_map(|span| entries(span)).collect();
        let old = self.spans.set(id, to);
        old.iter().flat_map(|span| entries(span)).for_each(|entry| self.index.remove(entry));
        added.into_iter().for_each(|entry| self.index.insert(entry));
        old
    }

    /// Sets several spans and indexes once. The ids must be distinct.
    pub(super) fn set_spans(&mut self, to: &[(SpanId, Option<Arc<Span>>)]) -> Vec<Option<Arc<Span>>> {
        let added: Vec<IndexEntry> =
            to.iter().filter_map(|(_, span)| span.as_ref()).flat_map(|s| entries(s)).collect();
        let old: Vec<Option<Arc<Span>>> =
            to.iter().map(|(id, span)| self.spans.set(*id, span.clone())).collect();
        let removed: Vec<IndexEntry> = old.iter().flatten().flat_map(|span| entries(span)).collect();
        self.index.replace(&removed, &added);
        old
    }

    /// Changes the category of spans. Their ranges stay, and so does the index.
    pub(super) fn recode(&mut self, spans: &[SpanId], to: &CategoryId) {
        for id in spans {
            if let Some(span) = self.spans.get(*id) {
                let recoded = Span { category: to.clone(), ..Span::clone(span) };
                self.spans.set(*id, Some(Arc::new(recoded)));
            }
        }
    }

    pub(super) fn set_link(&mut self, id: LinkId, to: Option<Arc<Link>>) -> Option<Arc<Link>> {
        self.links.set(id, to)
    }

    pub(super) fn set_detached(&mut self, key: u32, to: Option<Arc<Detached>>) -> Option<Arc<Detached>> {
        let waits =
            |detached: &Option<Arc<Detached>>| usize::from(detached.as_ref().is_some_and(|d| d.is_pending()));
        let added = waits(&to);
        let old = match to {
            Some(detached) => self.detached.insert(key, detached),
            None => self.detached.remove(&key),
        };
        self.waiting = self.waiting + added - waits(&old);
        old
    }
}

fn entries(span: &Span) -> impl Iterator<Item = IndexEntry> + '_ {
    span.ranges.iter().map(|range| IndexEntry { range, span: span.id })
}

/// The progress of an annotator in a document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Status {
    /// Not started.
    #[default]
    New,
    /// Started.
    InProgress,
    /// Finished.
    Done,
}

/// A record of a layer file that could not be placed in the text. It is kept verbatim and written back until
/// it is repaired or removed.
#[derive(Clone, PartialEq, Debug)]
pub struct Detached {
    /// The record as written in the file.
    pub record: String,
    /// The span it describes, if that could be read.
    pub claim: Option<Claim>,
    /// The reason why it could not be placed.
    pub reason: DetachedReason,
    /// Line in the file, from 1; 0 if it comes from no file.
    pub line: usize,
    /// True if it is a link, not a span.
    pub link: bool,
}

impl Detached {
    /// True if it waits for its owner to place it since the text has changed.
    pub fn is_pending(&self) -> bool {
        matches!(self.reason, DetachedReason::TextChanged(_))
    }
}

/// The span described by a record that could not be placed.
#[derive(Clone, PartialEq, Debug)]
pub struct Claim {
    /// The span, with its ranges in **characters**, since they may be outside the text.
    pub span: Span,
    /// The words that it claims to tag.
    pub quote: Quote,
    /// The version of the text that its ranges refer to.
    pub text: u32,
}

/// The reason why a record could not be placed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DetachedReason {
    /// The record is unreadable, for this reason.
    Unreadable(String),
    /// The ranges are outside the text.
    OutsideText,
    /// The text at the ranges is different: this one.
    OtherQuote(Quote),
    /// The codebook has no such category.
    UnknownCategory,
    /// The layer has another span with this id.
    DuplicateId,
    /// Two copies of the layer were merged in which both had changed this span; a person decides.
    Conflict(ConflictKind),
    /// The text is a later version, and the position in it is uncertain; with the best match, if one was
    /// found. The owner decides.
    TextChanged(Option<FuzzyMatch>),
}

/// The other side of a merge conflict about a span.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ConflictKind {
    /// It has changed the span to what the record says.
    Other,
    /// It has removed the span.
    Removed,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(reason: DetachedReason) -> Detached {
        Detached { record: String::new(), claim: None, reason, line: 0, link: false }
    }

    #[test]
    fn pending_records_are_counted() {
        let waits = || record(DetachedReason::TextChanged(None));
        let mut layer =
            Layer::new(Status::New, [], [], [waits(), record(DetachedReason::OutsideText), waits()]);
        let mut counts = vec![layer.pending_count()];
        for to in [None, Some(waits()), Some(waits()), Some(record(DetachedReason::DuplicateId)), None] {
            layer.set_detached(0, to.map(Arc::new));
            let recounted = layer.detached().filter(|(_, detached)| detached.is_pending()).count();
            assert_eq!(layer.pending_count(), recounted);
            counts.push(recounted);
        }
        assert_eq!(counts, [2, 1, 2, 2, 1, 1]);
    }
}
