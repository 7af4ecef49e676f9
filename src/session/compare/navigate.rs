//! Moving between differences.

use std::sync::Arc;

use demarche_model::{AnnotatorId, DocumentId, LayerId, SpanId, SpanRef, TextRange};

use super::super::{Session, TextSelection};
use super::DocumentComparison;
use crate::words::compare as words;

impl Session {
    /// The passage of the current span, or of the one that was current before words were selected.
    pub fn current_difference(&self) -> Option<usize> {
        let before = self.tagging.previous_current().filter(|_| !self.text_selection().is_empty());
        let at = self.current().or(before)?;
        let here = Some(&at.layer.document) == self.view.document();
        self.comparison().filter(|_| here)?.passage_of(&at.layer.annotator, at.span)
    }

    /// The current passage, with the comparison that it belongs to.
    pub(super) fn current_difference_in(&self) -> Option<(Arc<DocumentComparison>, usize)> {
        Some((self.comparison()?.clone(), self.current_difference()?))
    }

    /// Goes to the passage of a span: makes the span the current one, and selects all other readings.
    pub(crate) fn select_with_readings(&mut self, at: SpanRef) {
        let mut together = vec![at.clone()];
        if let Some(compared) = self.compared(&at.layer.document)
            && let Some(number) = compared.passage_of(&at.layer.annotator, at.span)
        {
            together.extend(self.spans_of(&at.layer.document, compared, number).filter(|other| *other != at));
        }
        if self.project.span(&at).is_some() {
            self.select_spans(together);
        }
    }

    /// The readings of a passage, and the spans of the consensus that settle it.
    fn spans_of<'a>(
        &self,
        document: &'a DocumentId,
        compared: &'a DocumentComparison,
        number: usize,
    ) -> impl Iterator<Item = SpanRef> + use<'a> {
        let passage = compared.passage(number);
        let span_ref = |annotator: &AnnotatorId, span: SpanId| SpanRef {
            layer: LayerId::new(document, annotator),
            span,
        };
        let readings = passage.into_iter().flat_map(move |(cluster, _)| {
            let readings = compared.differences().readings(cluster);
            readings.map(move |(annotator, span)| span_ref(annotator, span.id))
        });
        let here = self.project.document(document).cloned();
        let adopted = passage.into_iter().flat_map(|(_, settled)| settled.adopted());
        readings.chain(adopted.filter_map(move |span| {
            let layer = here.as_ref()?.consensus_layer_of(*span)?;
            Some(SpanRef { layer, span: *span })
        }))
    }

    /// Goes to a passage of the open document, by its index in the comparison.
    pub(crate) fn go_to_difference(&mut self, number: usize) {
        let Some(compared) = self.comparison().cloned() else { return };
        let Some((cluster, _)) = compared.passage(number) else { return };
        let Some(id) = self.view.document().cloned() else { return };
        let cover = cluster.cover;
        let first = self.spans_of(&id, &compared, number).next();
        self.view.select_text(TextSelection::caret(cover.start));
        if let Some(first) = first {
            self.select_with_readings(first);
        }
        self.show_range(cover);
    }

    /// Goes to the next (or previous) difference of the list; after the last, to the next document with open ones.
    pub fn step_difference(&mut self, forward: bool) {
        let rows = self.difference_rows();
        let here = self.current_difference().and_then(|at| rows.iter().position(|row| row.at == at));
        let next = match (here, forward) {
            (Some(here), true) => Some(here + 1),
            (Some(here), false) => here.checked_sub(1),
            (None, true) => self.first_after_caret(),
            (None, false) => rows.len().checked_sub(1),
        };
        match next.and_then(|next| rows.get(next)).map(|row| row.at) {
            Some(at) => self.go_to_difference(at),
            None if forward => self.next_document_to_settle(),
            None => self.notify(words::no_previous_difference()),
        }
    }

    /// Goes to the next open difference of the document, wrapping around; if there is none, to another document.
    pub fn next_open_difference(&mut self) {
        let rows = self.difference_rows();
        let here = self.current_difference().and_then(|at| rows.iter().position(|row| row.at == at));
        let from = here.map_or(0, |here| here + 1);
        let round = (from..rows.len()).chain(0..from.min(rows.len()));
        let open = round.filter_map(|at| rows.get(at)).find(|row| !row.settled && row.kind.is_some());
        match open.map(|row| row.at) {
            Some(at) => self.go_to_difference(at),
            None => self.next_document_to_settle(),
        }
    }

    /// Goes to the next open difference of this document after settling one. If there is none, stays and says how to go
    /// on.
    pub(super) fn next_open_difference_quietly(&mut self) {
        let open = self.comparison().map_or(0, |compared| compared.tally().open());
        if open > 0 {
            return self.next_open_difference();
        }
        let left = self.comparison_tally().open();
        self.notify(match left {
            0 => words::all_settled().to_owned(),
            _ => words::document_settled(left),
        });
    }

    fn first_after_caret(&self) -> Option<usize> {
        let caret = self.text_selection().range().start;
        let compared = self.comparison()?;
        let range =
            |at: usize| compared.passage(at).map_or(TextRange::default(), |(cluster, _)| cluster.cover);
        let rows = self.difference_rows();
        let after = rows.iter().enumerate().filter(|(_, row)| range(row.at).start >= caret);
        // Unless the caret has been moved down, the list begins at its top.
        if caret == 0 {
            Some(0)
        } else {
            after.min_by_key(|(_, row)| range(row.at).start).map(|(at, _)| at).or(Some(0))
        }
    }

    /// Opens the next document with open differences, wrapping around.
    pub fn next_document_to_settle(&mut self) {
        let documents = self.project.documents();
        let here = self.view.document().and_then(|id| self.project.position(id)).unwrap_or(0);
        let order = (1..documents.len()).filter_map(|step| documents.get((here + step) % documents.len()));
        let open = |id: &DocumentId| self.compared(id).is_some_and(|compared| compared.tally().open() > 0);
        let found = order.map(|document| document.id().clone()).find(|id| open(id));
        match found {
            Some(id) => {
                self.open_document(&id);
                self.list_differences();
                let rows = self.difference_rows();
                let first = rows.iter().find(|row| !row.settled && row.kind.is_some());
                match first.map(|row| row.at) {
                    Some(at) => self.go_to_difference(at),
                    None => self.notify(words::differences_filtered_out()),
                }
            }
            None if self.comparison().is_some_and(|compared| compared.tally().open() > 0) => {
                self.notify(words::no_next_difference())
            }
            None => self.notify(words::nothing_to_settle()),
        }
    }
}
