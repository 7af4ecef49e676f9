//! Conflicts of a merge in a layer, kept in its file until a person decides.
//!
//! Git, Syncthing and people merge files with no window open. So that nothing is lost then, the record that stands
//! is followed by what the other copy says: the same record, with the other copy's values and `conflict: Other`, or with
//! `conflict: Removed` where the other copy has removed it. It is read as a [`Detached`] record.

use std::sync::Arc;

use super::layer_write::{Words, write_span};
use demarche_model::Ranges;
use demarche_model::merge::{Conflict, ConflictValue};
use demarche_model::{Claim, ConflictKind, Detached, DetachedReason, Layer, Span, Text, TextRange};

/// The layer with what the other copy says where there are conflicts. `ours` knows the words of what stands in the layer,
/// `other` of what stands in the other copy, each with the version of the text that it counts.
pub(super) fn keep(
    layer: &Layer,
    conflicts: &[Conflict],
    ours: (Words<'_>, u32),
    other: (Words<'_>, u32),
) -> Layer {
    let kept = conflicts.iter().filter_map(|conflict| match (&conflict.ours, &conflict.theirs) {
        (ConflictValue::Span(_), ConflictValue::Span(theirs)) => {
            Some(detached(theirs, ConflictKind::Other, other))
        }
        (ConflictValue::Span(span), ConflictValue::Removed) => {
            Some(detached(span, ConflictKind::Removed, ours))
        }
        (ConflictValue::Removed, ConflictValue::Span(span)) => {
            Some(detached(span, ConflictKind::Removed, other))
        }
        _ => None,
    });
    let before = layer.detached().map(|(_, detached)| (**detached).clone());
    let spans = layer.spans_unsorted().map(|span| (**span).clone());
    let links = layer.links().map(|link| (**link).clone());
    Layer::new(layer.stored_status(), spans, links, before.chain(kept).collect::<Vec<_>>())
}

/// As [`keep`], for layers in memory.
pub fn keep_conflicts(layer: &Layer, conflicts: &[Conflict], text: &Text, version: u32) -> Layer {
    keep(layer, conflicts, (Words::Of(text), version), (Words::Of(text), version))
}

fn detached(span: &Arc<Span>, kind: ConflictKind, (words, version): (Words<'_>, u32)) -> Detached {
    let mut record = String::new();
    write_span(&mut record, span, words, Some(kind));
    let place =
        |range: TextRange| TextRange { start: words.offset(range.start), end: words.offset(range.end) };
    let ranges = Ranges::new(span.ranges.iter().map(place)).unwrap_or_else(|| span.ranges.clone());
    let claim = Claim {
        span: Span { ranges, ..(**span).clone() },
        quote: words.quote(span).into_owned(),
        text: version,
    };
    Detached { record, claim: Some(claim), reason: DetachedReason::Conflict(kind), line: 0, link: false }
}
