//! Coding that is no longer independent: what was added or changed after a coder who works blind could see others' work.

use std::collections::BTreeSet;
use std::ops::AddAssign;

use super::{Layer, Span, SpanId};

/// Number of spans and links that a round keeps and its figures leave out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct LeftOut {
    /// Spans that were added or changed after their owners saw the work of others.
    pub spans: usize,
    /// Links that were added after that, or that start or end at one of these spans in the same layer.
    pub links: usize,
}

impl LeftOut {
    /// True if nothing is left out.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

impl AddAssign for LeftOut {
    fn add_assign(&mut self, other: Self) {
        self.spans += other.spans;
        self.links += other.links;
    }
}

impl Layer {
    /// Returns the layer without the spans and links that were added or changed after others' work came into its owner's view,
    /// and their number.
    #[must_use]
    pub fn independent(self) -> (Self, LeftOut) {
        let Some(unblinded) = self.unblinded() else { return (self, LeftOut::default()) };
        let late: BTreeSet<SpanId> =
            self.spans_unsorted().filter(|span| self.is_after_unblinding(span)).map(|span| span.id).collect();
        let spans: Vec<Span> = self
            .spans_unsorted()
            .filter(|span| !late.contains(&span.id))
            .map(|span| Span::clone(span))
            .collect();
        let links: Vec<_> = self
            .links()
            .filter(|link| {
                link.created <= unblinded && !late.contains(&link.from) && !late.contains(&link.to)
            })
            .map(|link| (**link).clone())
            .collect();
        let left_out = LeftOut { spans: late.len(), links: self.links().count() - links.len() };
        if left_out.is_empty() {
            return (self, left_out);
        }
        let detached: Vec<_> = self.detached().map(|(_, detached)| (**detached).clone()).collect();
        (self.with_contents(spans, links, detached), left_out)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::merge::{layer_edits, merge_layers};
    use super::super::{DocumentId, LayerId, Link, LinkId, Ranges, Stamp, Status, TextRange};
    use super::*;

    fn span(n: u128, created: i64, modified: i64) -> Span {
        let ranges = Ranges::one(TextRange::new(0, 3)).unwrap();
        let span = Span::new(SpanId(Uuid::from_u128(n)), "demand".into(), ranges, Stamp(created));
        Span { modified: Stamp(modified), ..span }
    }

    fn link(n: u128, from: u128, to: u128, created: i64) -> Link {
        let [from, to] = [from, to].map(|n| SpanId(Uuid::from_u128(n)));
        let to_document = DocumentId::new("d001");
        Link {
            id: LinkId(Uuid::from_u128(n)),
            kind: "answers".into(),
            from,
            to_document,
            to,
            created: Stamp(created),
        }
    }

    #[test]
    fn what_was_added_or_changed_after_unblinding_is_left_out_with_its_links() {
        let spans = [span(1, 1, 1), span(2, 1, 10), span(3, 1, 11), span(4, 12, 12)];
        let links = [link(1, 1, 2, 5), link(2, 1, 3, 5), link(3, 4, 1, 5), link(4, 1, 2, 11)];
        let layer = Layer::new(Status::Done, spans, links, []);
        assert_eq!(layer.clone().independent(), (layer.clone(), LeftOut::default()), "it has no mark");
        let (independent, left_out) = layer.with_unblinded(Some(Stamp(10))).independent();
        assert_eq!(left_out, LeftOut { spans: 2, links: 3 });
        let ids: BTreeSet<u128> = independent.spans_unsorted().map(|span| span.id.0.as_u128()).collect();
        assert_eq!(ids, [1, 2].into());
        assert_eq!((independent.status(), independent.unblinded()), (Status::Done, Some(Stamp(10))));
        assert_eq!(independent.clone().independent(), (independent, LeftOut::default()));
    }

    #[test]
    fn a_merge_keeps_the_earlier_mark() {
        let marked =
            |at: Option<i64>| Layer::new(Status::Done, [span(1, 1, 1)], [], []).with_unblinded(at.map(Stamp));
        for (base, ours, theirs, expected) in [
            (None, Some(5), None, Some(5)),
            (None, None, Some(5), Some(5)),
            (None, Some(9), Some(5), Some(5)),
            (Some(5), Some(5), None, Some(5)),
            (None, None, None, None),
        ] {
            let [base, ours, theirs] = [base, ours, theirs].map(marked);
            let merged = merge_layers(&base, &ours, &theirs);
            assert_eq!((merged.value.unblinded(), merged.conflicts.len()), (expected.map(Stamp), 0));
            let id = LayerId::new(&"d001".into(), &"ana".into());
            assert_eq!(
                layer_edits(&id, &ours, &merged.value).len(),
                usize::from(ours.unblinded() != expected.map(Stamp))
            );
        }
    }

    #[test]
    fn a_mark_alone_is_kept() {
        let layer = Layer::default().with_unblinded(Some(Stamp(1)));
        assert!(!layer.is_empty() && !layer.has_work());
    }
}
