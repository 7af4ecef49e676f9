//! Placing and removing records of the user's layers that could not be placed in the text.

use std::sync::Arc;

use demarche_model::{
    Claim, Detached, DetachedReason, DocumentId, Edit, LayerId, Ranges, SpanRef, Text, TextRange,
};

use crate::Session;
use crate::words::{annotate as words, steps};

impl Session {
    /// Places a record of the user that could not be placed, if there is one obvious way.
    pub(crate) fn repair(&mut self, document: &DocumentId, key: u32) {
        let layer = self.my_layer(document);
        let Some(text) = self.project.document(document).and_then(|d| d.text.clone()) else { return };
        let Some(detached) = self.project.layer(&layer).and_then(|l| l.detached_at(key)).cloned() else {
            return;
        };
        let Some(claim) = &detached.claim else {
            return self.notify(words::record_unreadable());
        };
        match &detached.reason {
            DetachedReason::Conflict(kind) => self.take_other_version(layer, key, claim, *kind),
            DetachedReason::TextChanged(likeness) => {
                let similar = likeness.as_ref().map(|likeness| likeness.ranges.clone());
                match self.selected_ranges().or(similar) {
                    Some(ranges) => self.place_pending(document, [(key, ranges)].into()),
                    None => self.notify(words::select_where_to_place()),
                }
            }
            DetachedReason::Unreadable(_)
            | DetachedReason::OutsideText
            | DetachedReason::OtherQuote(_)
            | DetachedReason::UnknownCategory
            | DetachedReason::DuplicateId => match self.obvious_ranges(document, &text, &detached, claim) {
                Some(ranges) => self.place_record(layer, key, claim, ranges),
                None => self.notify(words::wording_gone()),
            },
        }
    }

    /// The ranges of a record in the text: those that it states, or the nearest occurrence of its quote if they can't be
    /// relied on.
    fn obvious_ranges(
        &self,
        document: &DocumentId,
        text: &Text,
        detached: &Detached,
        claim: &Claim,
    ) -> Option<Ranges> {
        let current = self.project.document(document).map_or(1, |d| d.meta.versions.current.number);
        let wrong = matches!(detached.reason, DetachedReason::OutsideText | DetachedReason::OtherQuote(_));
        if wrong || claim.text != current {
            let near = text.byte_offset(claim.span.ranges.start()).unwrap_or(text.len());
            return claim.quote.nearest(text, near).and_then(Ranges::one);
        }
        Ranges::new(claim.span.ranges.iter().filter_map(|range| {
            Some(TextRange { start: text.byte_offset(range.start)?, end: text.byte_offset(range.end)? })
        }))
    }

    fn place_record(&mut self, layer: LayerId, key: u32, claim: &Claim, ranges: Ranges) {
        let mut span = claim.span.clone();
        // A record may have more than one fault; placing it never replaces another span.
        if self.project.span(&SpanRef { layer: layer.clone(), span: span.id }).is_some() {
            span.id = self.env.new_span_id();
        }
        span.ranges = ranges;
        let mut edits = vec![Edit::SetDetached { layer: layer.clone(), key, to: None }];
        match self.project.codebook().resolve(&span.category) {
            Some(now) => span.category = now.id.clone(),
            None => edits.insert(0, self.new_category_edit(&span.category)),
        }
        let at = SpanRef { layer: layer.clone(), span: span.id };
        edits.push(Edit::SetSpan { layer, id: span.id, to: Some(Arc::new(span)) });
        if self.edit(steps::place_passage(), Edit::Batch(edits)) {
            self.go_to(&at);
        }
    }

    /// Removes a record of the user that could not be placed.
    pub(crate) fn discard(&mut self, document: &DocumentId, key: u32) {
        let edit = Edit::SetDetached { layer: self.my_layer(document), key, to: None };
        self.edit(steps::remove_detached(), edit);
    }
}
