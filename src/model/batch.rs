//! Several edits as one, all or none of which are applied.

use std::sync::Arc;

use super::text_range::cover;
use super::{Applied, Edit, EditError, LayerId, Project, Span, SpanId, Touch};

/// The shortest sequence of span edits in one layer that is indexed as a whole.
const MIN_BULK_SPANS: usize = 32;

impl Project {
    /// Applies all of the edits, or none.
    pub(super) fn apply_batch(&mut self, edits: Vec<Edit>) -> Result<Applied, EditError> {
        let mut inverses = Vec::new();
        let mut touched = Vec::new();
        for group in group_edits(edits) {
            let applied = match group {
                EditGroup::Single(edit) => self.apply(edit),
                EditGroup::Spans(layer, spans) => self.set_spans(layer, spans),
            };
            match applied {
                Ok(applied) => {
                    inverses.push(applied.inverse);
                    touched.extend(applied.touched);
                }
                Err(error) => {
                    for inverse in inverses.into_iter().rev() {
                        // The inverse of an edit just applied can't fail. If it did, the rest would still be
                        // reverted.
                        let _ = self.apply(inverse);
                    }
                    return Err(error);
                }
            }
        }
        inverses.reverse();
        Ok(Applied { inverse: Edit::Batch(inverses), touched })
    }

    /// Applies several [`Edit::SetSpan`] with a single pass over the index.
    fn set_spans(
        &mut self,
        layer: LayerId,
        spans: Vec<(SpanId, Option<Arc<Span>>)>,
    ) -> Result<Applied, EditError> {
        for (id, to) in &spans {
            self.check_span(&layer, *id, to.as_deref())?;
        }
        let old = self.with_layer(&layer, |l| l.set_spans(&spans));
        old.iter().flatten().for_each(|span| self.remember_wrong_values(span));
        let covers = spans.iter().filter_map(|(_, span)| span.as_ref()).chain(old.iter().flatten());
        let range = covers.map(|span| span.ranges.cover()).fold(None, |all, r| Some(cover(all, Some(r))));
        let inverses = spans.iter().zip(old).rev();
        let inverses =
            inverses.map(|((id, _), to)| Edit::SetSpan { layer: layer.clone(), id: *id, to }).collect();
        Ok(Applied {
            inverse: Edit::Batch(inverses),
            touched: vec![Touch::Layer(layer, range.unwrap_or_default())],
        })
    }
}

/// Edits of a batch that are applied together.
enum EditGroup {
    Single(Edit),
    Spans(LayerId, Vec<(SpanId, Option<Arc<Span>>)>),
}

fn group_edits(edits: Vec<Edit>) -> Vec<EditGroup> {
    let mut out = Vec::new();
    let mut edits = edits.into_iter().peekable();
    while let Some(edit) = edits.next() {
        let Edit::SetSpan { layer, id, to } = edit else {
            out.push(EditGroup::Single(edit));
            continue;
        };
        let mut seen = std::collections::HashSet::from([id]);
        let mut spans = vec![(id, to)];
        while let Some(Edit::SetSpan { id, to, .. }) = edits.next_if(
            |next| matches!(next, Edit::SetSpan { layer: other, id, .. } if *other == layer && seen.insert(*id)),
        ) {
            spans.push((id, to));
        }
        if spans.len() >= MIN_BULK_SPANS {
            out.push(EditGroup::Spans(layer, spans));
        } else {
            let single = |(id, to)| EditGroup::Single(Edit::SetSpan { layer: layer.clone(), id, to });
            out.extend(spans.into_iter().map(single));
        }
    }
    out
}
