//! Merge conflicts in a layer, kept in its file until a person decides.
//!
//! Git, Syncthing and people merge files while no window is open. So that nothing is lost, our record is followed by the
//! other copy's version of it: the same record with the other values and `conflict: Other`, or with `conflict: Removed` if
//! the other copy has removed it. It is read as a [`Detached`] record.

use std::sync::Arc;

use super::layer_write::{Words, write_span};
use demarche_model::Ranges;
use demarche_model::merge::{Conflict, ConflictValue};
use demarche_model::{Claim, ConflictKind, Detached, DetachedReason, Layer, Span, Text, TextRange};

/// Returns the layer with the other copy's version of each span in conflict. `ours` provides the words of the spans in the
/// layer, `other` those of the spans in the other copy, each with the version of the text that its offsets count.
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
    layer.with_contents(spans, links, before.chain(kept).collect::<Vec<_>>())
}

/// Returns the layer with the other copy's version of each span in conflict, as detached records that the owner decides
/// about. `version` is the number of `text`.
pub fn keep_conflicts(layer: &Layer, conflicts: &[Conflict], text: &Text, version: u32) -> Layer {
    keep(layer, conflicts, (Words::Text(text), version), (Words::Text(text), version))
}

fn detached(span: &Arc<Span>, kind: ConflictKind, (words, version): (Words<'_>, u32)) -> Detached {
    let mut record = String::new();
    write_span(&mut record, span, words, Some(kind));
    let to_characters =
        |range: TextRange| TextRange { start: words.offset(range.start), end: words.offset(range.end) };
    let ranges = Ranges::new(span.ranges.iter().map(to_characters)).unwrap_or_else(|| span.ranges.clone());
    let claim = Claim { span: Span { ranges, ..(**span).clone() }, quote: words.quote(span), text: version };
    Detached { record, claim: Some(claim), reason: DetachedReason::Conflict(kind), line: 0, link: false }
}
