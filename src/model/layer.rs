//! One annotator's spans and links in one document.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{CategoryId, FuzzyMatch, IndexEntry, Link, LinkId, LinkSet, Span, SpanId, SpanIndex};

/// All spans and links of one annotator in one document.
///
/// Invariants: [`Layer::index`] holds exactly the ranges of [`Layer::spans`], and [`Layer::waiting`] counts exactly the
/// detached records that wait. Cloning is cheap: a copy shares everything until one of the two is changed, and then all
/// but the place of the change.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Layer {
    status: Status,
    spans: imbl::HashMap<SpanId, Arc<Span>>,
    index: SpanIndex,
    links: LinkSet,
    detached: BTreeMap<u32, Arc<Detached>>,
    waiting: usize,
}

impl Layer {
    /// Builds a layer. Spans with an id that came before replace the earlier one, so the caller checks ids.
    pub fn new(
        status: Status,
        spans: impl IntoIterator<Item = Span>,
        links: impl IntoIterator<Item = Link>,
        detached: impl IntoIterator<Item = Detached>,
    ) -> Self {
        let spans: imbl::HashMap<SpanId, Arc<Span>> =
            spans.into_iter().map(|span| (span.id, Arc::new(span))).collect();
        let index = SpanIndex::new(spans.values().flat_map(|span| entries(span)).collect());
        let links = links.into_iter().collect();
        let detached: BTreeMap<u32, Arc<Detached>> = (0..).zip(detached.into_iter().map(Arc::new)).collect();
        let waiting = detached.values().filter(|detached| detached.is_pending()).count();
        Self { status, spans, index, links, detached, waiting }
    }

    /// Whether there is nothing to write. An empty layer has no file.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
            && self.links.is_empty()
            && self.detached.is_empty()
            && self.status == Status::New
    }

    /// How far the annotator is: as set, but a layer with spans is at least in progress.
    pub fn status(&self) -> Status {
        if self.status == Status::New && !self.spans.is_empty() { Status::InProgress } else { self.status }
    }

    /// How far the annotator said to be.
    pub fn stored_status(&self) -> Status {
        self.status
    }

    /// A span by id.
    pub fn span(&self, id: SpanId) -> Option<&Arc<Span>> {
        self.spans.get(&id)
    }

    /// How many spans there are.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// The ranges of all spans, for finding what lies where.
    pub fn index(&self) -> &SpanIndex {
        &self.index
    }

    /// All spans by start, longest first, then id. A span of several ranges comes once, at its first.
    pub fn spans(&self) -> impl Iterator<Item = &Arc<Span>> {
        self.index.entries().iter().filter_map(|entry| {
            let span = self.spans.get(&entry.span)?;
            (span.ranges.start() == entry.range.start).then_some(span)
        })
    }

    /// All spans in any order, which costs less than [`Self::spans`].
    pub fn spans_unsorted(&self) -> impl Iterator<Item = &Arc<Span>> {
        self.spans.values()
    }

    /// All links by id.
    pub fn links(&self) -> impl Iterator<Item = &Arc<Link>> {
        self.links.iter()
    }

    /// All links, to be compared with what they were.
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

    /// How many records wait for their owner since the text has changed: asked in each frame, so it is kept.
    pub fn pending_count(&self) -> usize {
        self.waiting
    }

    pub(super) fn set_status(&mut self, status: Status) -> Status {
        std::mem::replace(&mut self.status, status)
    }

    pub(super) fn set_span(&mut self, id: SpanId, to: Option<Arc<Span>>) -> Option<Arc<Span>> {
        let added: Vec<IndexEntry> = to.iter().flat_map(|span| entries(span)).collect();
        let old = match to {
            Some(span) => self.spans.insert(id, span),
            None => self.spans.remove(&id),
        };
        old.iter().flat_map(|span| entries(span)).for_each(|entry| self.index.remove(entry));
        added.into_iter().for_each(|entry| self.index.insert(entry));
        old
    }

    /// Sets many spans, indexing once. The ids must differ.
    pub(super) fn set_spans(&mut self, to: &[(SpanId, Option<Arc<Span>>)]) -> Vec<Option<Arc<Span>>> {
        let added: Vec<IndexEntry> =
            to.iter().filter_map(|(_, span)| span.as_ref()).flat_map(|s| entries(s)).collect();
        let old: Vec<Option<Arc<Span>>> = to
            .iter()
            .map(|(id, span)| match span {
                Some(span) => self.spans.insert(*id, span.clone()),
                None => self.spans.remove(id),
            })
            .collect();
        let removed: Vec<IndexEntry> = old.iter().flatten().flat_map(|span| entries(span)).collect();
        self.index.replace(&removed, &added);
        old
    }

    /// Makes spans another category's. Their places stay, and so does the index.
    pub(super) fn recode(&mut self, spans: &[SpanId], to: &CategoryId) {
        for id in spans {
            if let Some(span) = self.spans.get_mut(id) {
                Arc::make_mut(span).category = to.clone();
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

/// How far an annotator is with a document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Status {
    /// Nothing done yet.
    #[default]
    New,
    /// Begun.
    InProgress,
    /// Finished.
    Done,
}

/// A record of a layer file that could not be placed in the text. It is kept word for word and written back, until
/// somebody repairs or removes it.
#[derive(Clone, PartialEq, Debug)]
pub struct Detached {
    /// The record as it stands in the file.
    pub record: String,
    /// What it says of itself, where that could be read.
    pub claim: Option<Claim>,
    /// Why it could not be placed.
    pub reason: DetachedReason,
    /// Line of the file, from 1; 0 where it comes from no file.
    pub line: usize,
    /// Whether it stands among the links, not the spans.
    pub link: bool,
}

impl Detached {
    /// Whether it waits for its owner to say where it lies since the text has changed.
    pub fn is_pending(&self) -> bool {
        matches!(self.reason, DetachedReason::TextChanged(_))
    }
}

/// What a record that could not be placed says of itself.
#[derive(Clone, PartialEq, Debug)]
pub struct Claim {
    /// The span as it would be, its ranges in **characters**, since they may lie outside the text.
    pub span: Span,
    /// The words that it says it tags.
    pub quote: String,
    /// Which version of the text its ranges count.
    pub text: u32,
}

/// Why a record could not be placed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DetachedReason {
    /// The record itself can't be read; the text says why.
    Unreadable(String),
    /// The ranges do not lie inside the text.
    OutsideText,
    /// The text at the place is another one; this is what stands there.
    OtherQuote(String),
    /// The codebook has no such category.
    UnknownCategory,
    /// The layer has another span of this id.
    DuplicateId,
    /// Two copies of the layer were merged in which both had changed this span; a person decides.
    Conflict(ConflictKind),
    /// The text is a later version, and the place does not follow from what has changed; where it may be, if something
    /// like it was found. Its owner decides.
    TextChanged(Option<FuzzyMatch>),
}

/// What the other copy of a layer has made of a span that both have changed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ConflictKind {
    /// It says something else of it: what the record says.
    Other,
    /// It has removed it.
    Removed,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(reason: DetachedReason) -> Detached {
        Detached { record: String::new(), claim: None, reason, line: 0, link: false }
    }

    #[test]
    fn records_that_wait_are_counted_as_they_come_and_go() {
        let waits = || record(DetachedReason::TextChanged(None));
        let mut layer =
            Layer::new(Status::New, [], [], [waits(), record(DetachedReason::OutsideText), waits()]);
        let mut counts = vec![layer.pending_count()];
        for to in [None, Some(waits()), Some(waits()), Some(record(DetachedReason::DuplicateId)), None] {
            layer.set_detached(0, to.map(Arc::new));
            let anew = layer.detached().filter(|(_, detached)| detached.is_pending()).count();
            assert_eq!(layer.pending_count(), anew);
            counts.push(anew);
        }
        assert_eq!(counts, [2, 1, 2, 2, 1, 1]);
    }
}
