//! Realigns a whole layer when its document gets a new version of its text.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Alignment, Realignment};
use demarche_model::{
    Claim, Detached, DetachedReason, FuzzyMatch, Layer, Quote, Ranges, Span, Steps, Stopped, Text,
};

/// Number of passages by outcome.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct RealignmentCounts {
    /// Same words, same position.
    pub exact: usize,
    /// Same words, new position.
    pub moved: usize,
    /// Similar words, to be checked.
    pub fuzzy: usize,
    /// Not found.
    pub lost: usize,
}

impl RealignmentCounts {
    /// Number of all passages.
    pub fn total(self) -> usize {
        self.exact + self.moved + self.fuzzy + self.lost
    }

    /// Number of passages that a person has to decide on.
    pub fn open(self) -> usize {
        self.fuzzy + self.lost
    }

    fn record(&mut self, realignment: &Realignment) {
        match realignment {
            Realignment::Exact => self.exact += 1,
            Realignment::Moved(_) => self.moved += 1,
            Realignment::Fuzzy(_) => self.fuzzy += 1,
            Realignment::Lost => self.lost += 1,
        }
    }
}

impl std::ops::AddAssign for RealignmentCounts {
    fn add_assign(&mut self, other: Self) {
        self.exact += other.exact;
        self.moved += other.moved;
        self.fuzzy += other.fuzzy;
        self.lost += other.lost;
    }
}

/// Alignments of the new text with the document's current text and with the earlier ones that pending records
/// still refer to.
#[derive(Debug)]
pub struct VersionAlignments {
    /// Number of the document's current text version.
    pub current: u32,
    /// Alignments by the number of the old version.
    pub alignments: BTreeMap<u32, Arc<Alignment>>,
}

impl VersionAlignments {
    /// Returns a layer as it is in the new text. Spans that are exact or moved keep their place in it; the
    /// others become records that wait for their owner. Nothing is left out, and earlier records that are
    /// found now become spans again.
    ///
    /// Each passage is a step.
    ///
    /// # Errors
    /// The work was stopped.
    pub fn realign_layer(
        &self,
        layer: &Layer,
        steps: &Steps<'_>,
    ) -> Result<(Layer, RealignmentCounts), Stopped> {
        let mut counts = RealignmentCounts::default();
        let (mut spans, mut detached) = (Vec::with_capacity(layer.len()), Vec::new());
        let Some(alignment) = self.alignments.get(&self.current) else {
            return Ok((layer.clone(), counts));
        };
        for span in layer.spans() {
            steps.advance()?;
            let realignment = alignment.realign(&span.ranges);
            counts.record(&realignment);
            match place_span(span, &realignment) {
                Ok(span) => spans.push(span),
                Err(likeness) => {
                    detached.push(pending_record(span, alignment.old_text(), self.current, likeness))
                }
            }
        }
        for (_, old) in layer.detached() {
            steps.advance()?;
            match self.realign_pending(layer, old, &mut counts) {
                Ok(span) => spans.push(span),
                Err(record) => detached.push(*record),
            }
        }
        let links = layer.links().map(|link| (**link).clone());
        Ok((layer.with_contents(spans, links, detached), counts))
    }

    /// Turns a pending record back into a span if its words are found in the new text. Returns any other
    /// record as it is.
    fn realign_pending(
        &self,
        layer: &Layer,
        old: &Detached,
        counts: &mut RealignmentCounts,
    ) -> Result<Span, Box<Detached>> {
        let Some((claim, ranges, realignment)) = self.realign_detached(old) else {
            return Err(Box::new(old.clone()));
        };
        counts.record(&realignment);
        match place_span(&Span { ranges, ..claim.span.clone() }, &realignment) {
            Ok(span) if layer.span(span.id).is_none() => Ok(span),
            Ok(_) => Err(Box::new(old.clone())),
            Err(likeness) => {
                Err(Box::new(Detached { reason: DetachedReason::TextChanged(likeness), ..old.clone() }))
            }
        }
    }

    /// Realigns a record that waits for its owner. Also returns its old ranges, in bytes of the text version
    /// it refers to. `None` for a record that was detached for another reason.
    fn realign_detached<'a>(&self, detached: &'a Detached) -> Option<(&'a Claim, Ranges, Realignment)> {
        let claim = detached.claim.as_ref()?;
        if !matches!(detached.reason, DetachedReason::TextChanged(_)) {
            return None;
        }
        let alignment = self.alignments.get(&claim.text)?;
        let ranges = claim.span.ranges.to_bytes(alignment.old_text())?;
        let realignment = alignment.realign(&ranges);
        Some((claim, ranges, realignment))
    }
}

/// Returns the span at its new position, or an error with the best guess where none is certain.
fn place_span(span: &Span, realignment: &Realignment) -> Result<Span, Option<FuzzyMatch>> {
    match realignment {
        Realignment::Exact => Ok(span.clone()),
        Realignment::Moved(ranges) => Ok(Span { ranges: ranges.clone(), ..span.clone() }),
        Realignment::Fuzzy(likeness) => Err(Some(likeness.clone())),
        Realignment::Lost => Err(None),
    }
}

/// Turns a span into a record that waits for its owner.
fn pending_record(span: &Span, text: &Text, version: u32, likeness: Option<FuzzyMatch>) -> Detached {
    let quote = Quote::of_span(&span.ranges, text);
    let ranges = span.ranges.to_characters(text).unwrap_or_else(|| span.ranges.clone());
    Detached {
        record: String::new(),
        claim: Some(Claim { span: Span { ranges, ..span.clone() }, quote, text: version }),
        reason: DetachedReason::TextChanged(likeness),
        line: 0,
        link: false,
    }
}
