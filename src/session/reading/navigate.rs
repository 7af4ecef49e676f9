//! Moving between spans and between documents.

use std::cmp::Reverse;

use demarche_analysis::segment;
use demarche_model::{AnnotatorId, DocumentId, Layer, LayerId, SpanId, SpanRef, Status, TextRange};

use crate::words::reading as words;
use crate::{Screen, Session, Shown, TextSelection, ViewState};

impl Session {
    /// Opens a document, with the caret at its last position (or at the start).
    pub fn open_document(&mut self, id: &DocumentId) {
        if self.view.document() == Some(id) {
            return self.view.show_earlier(None);
        }
        let Some(document) = self.project.document(id) else { return };
        let read = document.is_loaded();
        let selection = self.reading.left_at(id);
        self.leave_document();
        self.view.open(id.clone(), selection);
        self.find.document_changed();
        if read {
            self.refresh_find();
        } else {
            self.read_document(id);
        }
        if !self.recall_position() {
            self.show_range(selection.range());
        }
    }

    /// Remembers where the user is in the open document, which they leave.
    pub(crate) fn leave_document(&mut self) {
        if let Some(left) = self.view.document().cloned() {
            self.saving.hurry();
            self.leave_position();
            self.reading.leave(left, self.view.text_selection());
        }
    }

    /// Returns to an earlier view, as undo does: in the pane that shows its document.
    pub(crate) fn restore(&mut self, mut state: ViewState) {
        if let Some(document) = state.document.clone() {
            self.reach_document(&document);
            let text = self.project.document(&document).and_then(|document| document.text.as_ref());
            // The state may be from an earlier session, before the text was updated.
            if !text.is_some_and(|text| text.holds(state.text_selection.range())) {
                state.text_selection = TextSelection::default();
            }
        }
        let range = match state.current.as_ref().and_then(|at| self.project.span(at)) {
            Some(span) => span.ranges.cover(),
            None => state.text_selection.range(),
        };
        self.view.return_to(state);
        self.clear_stale_view();
        if let Some(at) = self.current().cloned().filter(|_| self.view.screen() == Screen::Compare) {
            self.select_with_readings(at);
        }
        self.show_range(range);
    }

    /// Scrolls to a range of the open document.
    pub(crate) fn show_range(&mut self, range: TextRange) {
        self.view.show_range(range);
    }

    /// Goes to a span: opens its document, scrolls to it and makes it the current one. Shows everyone's layers if its
    /// annotator is hidden.
    pub fn go_to(&mut self, at: &SpanRef) {
        self.reach_document(&at.layer.document);
        let Some(span) = self.project.span(at).cloned() else {
            return match self.document().is_some_and(|document| document.is_loaded()) {
                true => self.notify(words::passage_gone()),
                false => self.reading.go_to_when_read(at.clone()),
            };
        };
        if !self.may_see_span(at) {
            return self.notify(words::blind_passage());
        }
        if !self.shows(&at.layer.annotator) {
            self.show_with(&at.layer.annotator);
            self.notify(words::showing_everyone());
        }
        self.leave_version_without(at);
        let (start, range) = (span.ranges.start(), span.ranges.cover());
        self.tagging.clear_selected();
        self.view.set_current(Some(at.clone()));
        self.view.select_text(TextSelection::caret(start));
        self.show_range(range);
    }

    /// Shows everyone's layers, so that a layer of `annotator` is among them.
    pub(crate) fn show_with(&mut self, annotator: &AnnotatorId) {
        self.show(if annotator.is_consensus() { Shown::All } else { Shown::Everyone });
    }

    /// Goes to a range of a document and selects it.
    pub fn go_to_range(&mut self, document: &DocumentId, range: TextRange) {
        self.reach_document(document);
        self.view.clear_current();
        self.view.select_text(TextSelection::over(range));
        self.show_range(range);
    }

    /// Goes to the span after (or before) the current one, or the caret.
    pub fn step_span(&mut self, forward: bool) {
        let Some(document) = self.document().cloned() else { return };
        let pane = self.focused_pane();
        let from = match pane.current_span() {
            Some(span) => {
                // As the index orders spans: by the end of the first range, not of the last.
                let end = span.ranges.iter().next().map_or(0, |range| range.end);
                (span.ranges.start(), Reverse(end), span.id.0.as_u128())
            }
            None => (pane.selection().range().start, Reverse(usize::MAX), 0),
        };
        let found = pane.layers().filter_map(|(annotator, layer)| {
            let (key, span) = neighbour(layer, from, forward)?;
            Some((key, SpanRef { layer: LayerId::new(document.id(), annotator), span }))
        });
        let nearest = match forward {
            true => found.min_by_key(|(key, _)| *key),
            false => found.max_by_key(|(key, _)| *key),
        };
        match nearest {
            Some((_, at)) => self.go_to(&at),
            None if forward => self.notify(words::no_next_passage()),
            None => self.notify(words::no_previous_passage()),
        }
    }

    /// Goes to the next (or previous) row of the passages table, wrapping around.
    pub fn step_passage(&mut self, forward: bool) {
        let here = self.current().and_then(|at| self.passages.position(&self.project, at));
        // Without a current span, both directions begin at the top.
        let next = self.passages.step(here, forward || here.is_none());
        let row = next.and_then(|next| self.passages.row(next)).map(|row| row.at());
        if let Some(at) = row {
            self.go_to(&at);
        }
    }

    /// Makes the shortest span at the caret the current one; if it already is, the next longer one, wrapping around.
    pub fn set_current_at_caret(&mut self) {
        let here = self.at_caret();
        let current = self.current().and_then(|current| here.iter().position(|at| at == current));
        let next = current.map_or(0, |position| (position + 1) % here.len().max(1));
        match here.get(next) {
            Some(at) => {
                self.tagging.clear_selected();
                self.view.set_current(Some(at.clone()));
            }
            None => self.notify(words::no_passage_at_caret()),
        }
    }

    /// Selects the shortest span at the caret that is not selected yet; if all are, deselects the shortest.
    pub fn toggle_selected_at_caret(&mut self) {
        let here = self.at_caret();
        let next = here.iter().find(|at| !self.selected_spans().contains(at)).or(here.first());
        match next.cloned() {
            Some(at) => self.toggle_selected(at),
            None => self.notify(words::no_passage_at_caret()),
        }
    }

    /// The spans that contain the caret or end at it, shortest first.
    fn at_caret(&self) -> Vec<SpanRef> {
        let Some(document) = self.document() else { return Vec::new() };
        let pane = self.focused_pane();
        let caret = pane.selection().range().start;
        // After tagging, the caret is at the end of the span.
        let touching = TextRange { start: caret.saturating_sub(1), end: caret + 1 };
        let mut here: Vec<(usize, SpanRef)> = Vec::new();
        for (annotator, layer) in pane.layers() {
            let id = LayerId::new(document.id(), annotator);
            let at = layer.index().overlapping(touching);
            here.extend(at.map(|entry| (entry.range.len(), SpanRef { layer: id.clone(), span: entry.span })));
        }
        here.sort();
        here.into_iter().map(|(_, at)| at).collect()
    }

    /// Opens the next (or previous) document of the list.
    pub fn step_document(&mut self, forward: bool) {
        let count = self.document_list.len();
        let position = self.view.document().and_then(|id| self.document_row(id));
        let to = match (position, forward) {
            (None, _) => Some(0),
            (Some(at), true) => Some(at + 1),
            (Some(at), false) => at.checked_sub(1),
        };
        match to.filter(|&to| to < count).and_then(|to| self.document_in_row(to).cloned()) {
            Some(id) => self.open_document(&id),
            None => self.notify(if forward { words::last_document() } else { words::first_document() }),
        }
    }

    /// Opens the next document that the user is not done with, wrapping around.
    pub fn next_unfinished(&mut self) {
        match self.next_to_do() {
            Some(id) => self.open_document(&id),
            None => self.notify(words::all_documents_done()),
        }
    }

    fn next_to_do(&self) -> Option<DocumentId> {
        let sorted = self.sorted_documents();
        let here = sorted.clone().position(|id| self.view.document() == Some(id)).unwrap_or(0);
        let order = || sorted.clone().skip(here + 1).chain(sorted.clone().take(here));
        let undone = |id: &&DocumentId| self.status(id) != Status::Done;
        // Assigned documents come first.
        let mine = order().filter(|id| self.is_assigned_to_me(id)).find(undone);
        mine.or_else(|| order().find(undone)).cloned()
    }

    /// Selects the word, sentence or paragraph at the caret.
    pub fn select_around(&mut self, around: fn(&str, usize) -> TextRange) {
        let Some(text) = self.pane_text() else { return };
        let range = around(text.as_str(), self.focused_pane().selection().range().start);
        if !range.is_empty() {
            self.select_in_pane(TextSelection::over(range));
            self.clear_current();
            self.view.show_in_pane(range);
        }
    }

    /// Selects the whole text, without scrolling.
    pub fn select_all(&mut self) {
        let length = self.pane_text().map(|text| text.len());
        self.select_text(TextSelection { anchor: 0, head: length.unwrap_or_default() });
    }

    /// Moves caret and selection. Clamps offsets to the text and to character boundaries.
    pub(crate) fn select_text(&mut self, to: TextSelection) {
        let Some(text) = self.pane_text() else { return };
        let clamp = |at: usize| text.as_str().floor_char_boundary(at);
        self.select_in_pane(TextSelection { anchor: clamp(to.anchor), head: clamp(to.head) });
        if !self.focused_pane().selection().is_empty() {
            self.clear_current();
        }
    }

    /// Cancels the link that was started, or ends marker mode; otherwise clears the text selection and deselects all spans. If
    /// nothing is selected, shows more than the passages behind a figure.
    pub fn clear_selection(&mut self) {
        if self.cancel_link() || self.end_marker() {
            return;
        }
        let selection = self.focused_pane().selection();
        if selection.is_empty() && self.current().is_none() {
            self.leave_passages_behind();
        }
        self.select_in_pane(TextSelection::caret(selection.head));
        self.view.clear_current();
        self.tagging.clear_selected();
    }

    /// Deselects all spans, but remembers the current one, since selected words can be added to it.
    pub(crate) fn clear_current(&mut self) {
        self.tagging.remember_current(self.view.clear_current());
    }
}

/// The key by which the index orders spans, with the id to break ties.
type SpanOrder = (usize, Reverse<usize>, u128);

/// The span of a layer that comes next after (or before) a position in the order of the index.
fn neighbour(layer: &Layer, from: SpanOrder, forward: bool) -> Option<(SpanOrder, SpanId)> {
    let entries = layer.index().entries();
    let candidates: Box<dyn Iterator<Item = _>> = if forward {
        Box::new(entries.range(layer.index().first_from(from.0)..entries.len()))
    } else {
        Box::new(entries.range(0..layer.index().first_from(from.0 + 1)).rev())
    };
    candidates
        .map(|entry| {
            let key = (entry.range.start, Reverse(entry.range.end), entry.span.0.as_u128());
            (key, entry.span)
        })
        .find(|(key, span)| {
            let is_beyond = if forward { *key > from } else { *key < from };
            // A span has an entry for each of its ranges; only the first counts.
            is_beyond && layer.span(*span).is_some_and(|span| span.ranges.start() == key.0)
        })
}

/// The word at an offset; an empty range if there is none.
pub fn word_around(text: &str, offset: usize) -> TextRange {
    segment::word_at(text, offset).unwrap_or(TextRange { start: offset, end: offset })
}
