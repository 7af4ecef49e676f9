//! Applying the steps of a journal to the file of a layer or review.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::super::context::Context;
use super::super::folder::FileKey;
use super::super::layer::{self, LayerRead};
use super::super::review;
use super::read::LayerSet;
use crate::Problem;
use demarche_model::{
    AnnotatorId, Detached, DetachedReason, DocumentId, Layer, Link, LinkId, Review, Span, SpanId, Stamp,
    Status,
};

/// The last state of each entry that steps have set.
#[derive(Default)]
struct Entries {
    spans: HashMap<SpanId, Option<Entry>>,
    links: BTreeMap<LinkId, Option<Link>>,
    status: Option<(Status, Option<Stamp>)>,
    detached: Vec<Detached>,
    dropped: HashSet<String>,
}

enum Entry {
    Span(Arc<Span>),
    /// A span that can't be placed any more, since the text or codebook was changed elsewhere.
    Unplaced(Box<Detached>),
}

/// Returns a layer with the entries that steps have set in it. The others are unchanged.
///
/// # Errors
/// An entry can't be read in this project, for instance because it refers to a text that is missing.
pub(super) fn set_in_layer(now: &Layer, sets: &[&LayerSet], context: &Context<'_>) -> Result<Layer, Problem> {
    let mut entries = Entries::default();
    for set in sets {
        entries.add(set, layer::read(&set.content, context)?);
    }
    Ok(entries.applied_to(now))
}

impl Entries {
    fn add(&mut self, set: &LayerSet, read: LayerRead) {
        self.spans.extend(set.removed.iter().map(|id| (*id, None)));
        self.links.extend(set.removed_links.iter().map(|id| (*id, None)));
        self.dropped.extend(set.dropped.iter().cloned());
        if set.sets_status {
            self.status = Some((read.status, read.unblinded));
        }
        let context: HashSet<SpanId> = set.context.iter().copied().collect();
        let spans = read.spans.into_iter().filter(|span| !context.contains(&span.id));
        self.spans.extend(spans.map(|span| (span.id, Some(Entry::Span(span)))));
        self.links.extend(read.links.into_iter().map(|(link, _)| (link.id, Some(link))));
        if set.has_detached {
            let unplaced = read.detached.iter().filter_map(claimed_id);
            self.spans.extend(unplaced.map(|id| (id, None)));
            for record in &read.detached {
                self.dropped.remove(&record.record);
            }
            self.detached = read.detached;
        } else {
            let unplaced =
                read.detached.into_iter().filter_map(|record| Some((claimed_id(&record)?, record)));
            self.spans.extend(unplaced.map(|(id, record)| (id, Some(Entry::Unplaced(Box::new(record))))));
        }
    }

    fn applied_to(self, now: &Layer) -> Layer {
        let is_set = |id: &SpanId| self.spans.contains_key(id);
        let kept = now.spans_unsorted().filter(|span| !is_set(&span.id));
        let mut spans: Vec<Arc<Span>> = kept.cloned().collect();
        // In a file for an earlier text, a span that was set since may wait for its owner.
        let waits = |record: &Detached| {
            record.is_pending() && record.claim.as_ref().is_some_and(|claim| is_set(&claim.span.id))
        };
        let records = now.detached().map(|(_, record)| &**record);
        let stay = records.filter(|record| !self.dropped.contains(&record.record) && !waits(record));
        let mut detached: Vec<Detached> = stay.cloned().collect();
        let known: HashSet<String> = detached.iter().map(|record| record.record.clone()).collect();
        detached.extend(self.detached.into_iter().filter(|record| !known.contains(&record.record)));
        let mut links: BTreeMap<LinkId, Link> = now.links().map(|link| (link.id, (**link).clone())).collect();
        for (id, link) in self.links {
            match link {
                Some(link) => drop(links.insert(id, link)),
                None => drop(links.remove(&id)),
            }
        }
        let mut unplaced = Vec::new();
        for entry in self.spans.into_values().flatten() {
            match entry {
                Entry::Span(span) => spans.push(span),
                Entry::Unplaced(record) => unplaced.push(*record),
            }
        }
        unplaced.retain(|record: &Detached| !known.contains(&record.record));
        unplaced.sort_by(|a, b| a.record.cmp(&b.record));
        detached.extend(unplaced);
        let (status, unblinded) = self.status.unwrap_or((now.stored_status(), now.unblinded()));
        Layer::of_shared(status, spans, links.into_values(), detached).with_unblinded(unblinded)
    }
}

/// Returns the id of a span that can't be placed. A second span with an id, and the other side of a conflict, have none.
fn claimed_id(record: &Detached) -> Option<SpanId> {
    match record.reason {
        DetachedReason::DuplicateId | DetachedReason::Conflict(_) => None,
        DetachedReason::Unreadable(_)
        | DetachedReason::OutsideText
        | DetachedReason::OtherQuote(_)
        | DetachedReason::UnknownCategory
        | DetachedReason::TextChanged(_) => Some(record.claim.as_ref()?.span.id),
    }
}

/// Returns a review with the decisions that steps have set in it.
///
/// # Errors
/// An entry can't be read.
pub(super) fn set_in_review(
    now: &Review,
    sets: &[(&str, &[SpanId])],
    (document, reviewer): (&DocumentId, &AnnotatorId),
) -> Result<Review, Problem> {
    let file = FileKey::Review(document.clone(), reviewer.clone()).relative();
    let mut review = now.clone();
    for (content, removed) in sets {
        removed.iter().for_each(|id| drop(review.decisions.remove(id)));
        let (set, problems) = review::read(content, &file, document, (reviewer, None))?;
        if let Some(problem) = problems.into_iter().next() {
            return Err(problem);
        }
        review.decisions.extend(set.decisions);
        review.returns.extend(set.returns);
    }
    Ok(review)
}
