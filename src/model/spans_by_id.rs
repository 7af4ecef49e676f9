//! The spans of a layer by id.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use imbl::ordmap::DiffItem;

use super::{Span, SpanId};

/// The spans of a layer by id. A clone shares everything that is not changed later. Holds no ids, since a span has its own:
/// they would take half as much memory again.
#[derive(Clone, Debug, Default)]
pub(super) struct SpansById(imbl::OrdMap<ById, Address>);

/// A span, compared by its id.
#[derive(Clone, Debug)]
struct ById(Arc<Span>);

/// The address of a span: a difference of two maps has those whose span was replaced.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Address(usize);

impl SpansById {
    /// Of several spans with one id, the last counts.
    pub fn new(spans: impl IntoIterator<Item = Arc<Span>>) -> Self {
        let mut sorted: Vec<ById> = spans.into_iter().map(ById).collect();
        sorted.sort_by_key(|span| span.0.id);
        sorted.dedup_by(|next, kept| {
            let same = next.0.id == kept.0.id;
            if same {
                std::mem::swap(next, kept);
            }
            same
        });
        // Keys that arrive in order leave the nodes of a tree half full; every other one first, and all nodes are full.
        let (even, odd) = (sorted.iter().step_by(2), sorted.iter().skip(1).step_by(2));
        Self(even.chain(odd).cloned().map(ById::entry).collect())
    }

    /// Returns whether there are no spans.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of spans.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns the span with this id.
    pub fn get(&self, id: SpanId) -> Option<&Arc<Span>> {
        self.0.get_key_value(&id).map(|(span, _)| &span.0)
    }

    /// The spans in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Span>> {
        self.0.keys().map(|span| &span.0)
    }

    /// Sets or removes the span with this id. Returns the previous one.
    pub fn set(&mut self, id: SpanId, to: Option<Arc<Span>>) -> Option<Arc<Span>> {
        // The key holds the span, and inserting would keep the key that is there.
        let old = self.0.remove_with_key(&id);
        if let Some(span) = to {
            let (span, address) = ById(span).entry();
            self.0.insert(span, address);
        }
        old.map(|(span, _)| span.0)
    }

    /// Returns the spans that `to` has otherwise than this, or lacks. Costs as much as there are changes.
    pub fn changes(&self, to: &Self) -> BTreeMap<SpanId, Option<Arc<Span>>> {
        let mut changes = BTreeMap::new();
        for item in self.0.diff(&to.0) {
            match item {
                DiffItem::Add(ById(span), _) | DiffItem::Update { new: (ById(span), _), .. } => {
                    changes.insert(span.id, Some(span.clone()))
                }
                DiffItem::Remove(ById(span), _) => changes.insert(span.id, None),
            };
        }
        changes
    }
}

impl PartialEq for SpansById {
    fn eq(&self, other: &Self) -> bool {
        let same = |(span, other): (&Arc<Span>, &Arc<Span>)| Arc::ptr_eq(span, other) || span == other;
        self.len() == other.len() && self.iter().zip(other.iter()).all(same)
    }
}

impl ById {
    fn entry(self) -> (Self, Address) {
        let address = Address(Arc::as_ptr(&self.0).addr());
        (self, address)
    }
}

impl Borrow<SpanId> for ById {
    fn borrow(&self) -> &SpanId {
        &self.0.id
    }
}

impl PartialEq for ById {
    fn eq(&self, other: &Self) -> bool {
        self.0.id == other.0.id
    }
}

impl Eq for ById {}

impl PartialOrd for ById {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ById {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.id.cmp(&other.0.id)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{Ranges, Stamp, TextRange};

    fn span(id: u8, at: u8) -> Arc<Span> {
        let start = usize::from(at);
        let ranges = Ranges::one(TextRange::new(start, start + 1)).expect("not empty");
        Arc::new(Span::new(SpanId(Uuid::from_u128(id.into())), "threat".into(), ranges, Stamp(0)))
    }

    proptest! {
        #[test]
        fn it_is_a_map(
            first in proptest::collection::vec((0_u8..60, any::<u8>()), 0..120),
            changes in proptest::collection::vec((0_u8..60, proptest::option::of(any::<u8>())), 0..60),
        ) {
            let first: Vec<Arc<Span>> = first.into_iter().map(|(id, at)| span(id, at)).collect();
            let mut spans = SpansById::new(first.iter().cloned());
            let mut map: BTreeMap<SpanId, Arc<Span>> = first.into_iter().map(|span| (span.id, span)).collect();
            prop_assert!(spans.iter().eq(map.values()));
            let (first, first_map) = (spans.clone(), map.clone());
            for (id, to) in changes {
                let (id, to) = (SpanId(Uuid::from_u128(id.into())), to.map(|at| span(id, at)));
                let before = spans.clone();
                let old = spans.set(id, to.clone());
                prop_assert_eq!(&old, &match to.clone() {
                    Some(to) => map.insert(id, to),
                    None => map.remove(&id),
                });
                prop_assert_eq!(before == spans, old == to);
                prop_assert_eq!(spans.get(id), map.get(&id));
            }
            prop_assert!(spans.iter().eq(map.values()));
            prop_assert_eq!((spans.len(), spans.is_empty()), (map.len(), map.is_empty()));
            let changes = first.changes(&spans);
            let differs = |id: &&SpanId| first_map.get(*id) != map.get(*id);
            let ids: BTreeSet<&SpanId> = first_map.keys().chain(map.keys()).filter(differs).collect();
            prop_assert!(ids.iter().all(|id| changes.get(*id) == Some(&map.get(*id).cloned())));
            prop_assert!(changes.keys().all(|id| changes[id] == map.get(id).cloned()));
        }
    }
}
