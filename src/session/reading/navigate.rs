//! Getting around: from span to span, from document to document.

use demarche_analysis::segment;
use demarche_model::{DocumentId, LayerId, SpanRef, Status, TextRange};

use crate::{Screen, Session, Shown, TextSelection, ViewState};

impl Session {
    /// Shows a document, the caret where it was left (or at the start).
    pub fn open_document(&mut self, id: &DocumentId) {
        if self.view.document() == Some(id) {
            return;
        }
        let Some(document) = self.project.document(id) else { return };
        let read = document.is_loaded();
        let selection = self.reading.left_at(id);
        if let Some(left) = self.view.document().cloned() {
            self.reading.leave(left, self.view.text_selection());
        }
        self.view.open(id.clone(), selection);
        self.find.document_changed();
        if read {
            self.refresh_find();
        } else {
            self.read_document(id);
        }
        self.show_range(selection.range());
    }

    /// Brings a place back, as undo does.
    pub(crate) fn restore(&mut self, state: ViewState) {
        if let Some(document) = state.document.clone() {
            self.open_document(&document);
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

    /// Brings a stretch of the document that is shown into view.
    pub(crate) fn show_range(&mut self, range: TextRange) {
        self.view.show_range(range);
    }

    /// Shows a span: opens its document, brings it into view, picks it. Where its annotator is hidden, everybody is shown.
    pub fn go_to(&mut self, at: &SpanRef) {
        self.open_document(&at.layer.document);
        let Some(span) = self.project.span(at).cloned() else {
            return match self.document().is_some_and(|document| document.is_loaded()) {
                true => self.notify("This passage is gone"),
                false => self.reading.afterwards(at.clone()),
            };
        };
        if !self.may_see_span(at) {
            return self
                .notify("This passage is shown once you are done with the document: the project is blind");
        }
        if !self.shows(&at.layer.annotator) {
            self.show(Shown::Everyone);
            self.notify("Everyone’s passages are shown now, since this one is another annotator’s");
        }
        let (start, range) = (span.ranges.start(), span.ranges.cover());
        self.tagging.clear_selected();
        self.view.set_current(Some(at.clone()));
        self.view.select_text(TextSelection::caret(start));
        self.show_range(range);
    }

    /// Shows a stretch of a document and selects it.
    pub fn go_to_range(&mut self, document: &DocumentId, range: TextRange) {
        self.open_document(document);
        self.view.clear_current();
        self.view.select_text(TextSelection::over(range));
        self.show_range(range);
    }

    /// Goes to the span after (or before) the one that is picked, or after the caret.
    pub fn step_span(&mut self, forward: bool) {
        let Some(document) = self.document().cloned() else { return };
        let from = match self.current_span() {
            Some(span) => {
                // As the index orders spans: by the end of the first range, not of the last.
                let end = span.ranges.iter().next().map_or(0, |range| range.end);
                (span.ranges.start(), std::cmp::Reverse(end), span.id.0.as_u128())
            }
            None => {
                let caret = self.text_selection().range().start;
                (caret, std::cmp::Reverse(usize::MAX), 0)
            }
        };
        let mut best = None;
        for (annotator, layer) in self.layers(&document) {
            let entries = layer.index().entries();
            let middle = layer.index().first_from(from.0);
            let candidates: Box<dyn Iterator<Item = _>> = if forward {
                Box::new(entries.range(middle..entries.len()))
            } else {
                let stop = layer.index().first_from(from.0 + 1);
                Box::new(entries.range(0..stop).rev())
            };
            for entry in candidates {
                let key = (entry.range.start, std::cmp::Reverse(entry.range.end), entry.span.0.as_u128());
                let beyond = if forward { key > from } else { key < from };
                let first =
                    layer.span(entry.span).is_some_and(|span| span.ranges.start() == entry.range.start);
                if !(beyond && first) {
                    continue;
                }
                let at = SpanRef { layer: LayerId::new(document.id(), annotator), span: entry.span };
                let nearer =
                    best.as_ref().is_none_or(|(other, _)| if forward { key < *other } else { key > *other });
                if nearer {
                    best = Some((key, at));
                }
                break;
            }
        }
        match best {
            Some((_, at)) => self.go_to(&at),
            None if forward => self.notify("No further passage in this document"),
            None => self.notify("No passage before this one"),
        }
    }

    /// Goes to the next (or previous) row of the passages table, round the ends.
    pub fn step_passage(&mut self, forward: bool) {
        let here = self.current().and_then(|at| self.passages.position(&self.project, at));
        // With nothing picked one begins at the top, whichever way.
        let next = self.passages.step(here, forward || here.is_none());
        let row = next.and_then(|next| self.passages.row(next)).map(|row| row.at());
        if let Some(at) = row {
            self.go_to(&at);
        }
    }

    /// Picks the shortest span that the caret stands in or at the end of; again, the next longer one, and round.
    pub fn set_current_at_caret(&mut self) {
        let here = self.at_caret();
        let current = self.current().and_then(|current| here.iter().position(|at| at == current));
        let next = current.map_or(0, |position| (position + 1) % here.len().max(1));
        match here.get(next) {
            Some(at) => {
                self.tagging.clear_selected();
                self.view.set_current(Some(at.clone()));
            }
            None => self.notify("No passage at the caret"),
        }
    }

    /// Adds the shortest span at the caret that is not chosen yet to the chosen ones; where all are, the shortest is
    /// taken out.
    pub fn toggle_selected_at_caret(&mut self) {
        let here = self.at_caret();
        let next = here.iter().find(|at| !self.selected_spans().contains(at)).or(here.first());
        match next.cloned() {
            Some(at) => self.toggle_selected(at),
            None => self.notify("No passage at the caret"),
        }
    }

    /// The spans that the caret stands in or at the end of, the shortest first.
    fn at_caret(&self) -> Vec<SpanRef> {
        let Some(document) = self.document() else { return Vec::new() };
        let caret = self.text_selection().range().start;
        // After tagging the caret stands behind the words; whoever ends there counts too.
        let touching = TextRange { start: caret.saturating_sub(1), end: caret + 1 };
        let mut here: Vec<(usize, SpanRef)> = Vec::new();
        for (annotator, layer) in self.layers(document) {
            let id = LayerId::new(document.id(), annotator);
            let at = layer.index().overlapping(touching);
            here.extend(at.map(|entry| (entry.range.len(), SpanRef { layer: id.clone(), span: entry.span })));
        }
        here.sort();
        here.into_iter().map(|(_, at)| at).collect()
    }

    /// Shows the next (or previous) document of the list.
    pub fn step_document(&mut self, forward: bool) {
        let count = self.project.documents().len();
        let position = self.view.document().and_then(|id| self.project.position(id));
        let to = match (position, forward) {
            (None, _) => Some(0),
            (Some(at), true) => Some(at + 1),
            (Some(at), false) => at.checked_sub(1),
        };
        match to.filter(|&to| to < count).map(|to| self.project.documents()[to].id().clone()) {
            Some(id) => self.open_document(&id),
            None => {
                self.notify(if forward { "This is the last document" } else { "This is the first document" })
            }
        }
    }

    /// Shows the next document that the user is not done with, going round.
    pub fn next_unfinished(&mut self) {
        let documents = self.project.documents();
        let here = self.view.document().and_then(|id| self.project.position(id)).unwrap_or(0);
        let order = || (1..documents.len()).map(|step| documents[(here + step) % documents.len()].id());
        let undone = |id: &&DocumentId| self.status(id) != Status::Done;
        // Those of the user's own come first; the others only once these are done.
        let mine = order().filter(|id| self.is_assigned_to_me(id)).find(undone);
        let found = mine.or_else(|| order().find(undone)).cloned();
        match found {
            Some(id) => self.open_document(&id),
            None => self.notify("No other document is left to do"),
        }
    }

    /// Selects the word, sentence or paragraph at the caret.
    pub fn select_around(&mut self, around: fn(&str, usize) -> TextRange) {
        let Some(text) = self.document().and_then(|d| d.text.clone()) else { return };
        let range = around(text.as_str(), self.text_selection().range().start);
        if !range.is_empty() {
            self.view.select_text(TextSelection::over(range));
            self.clear_current();
        }
    }

    /// Moves caret and selection; offsets are clamped to the text and to character bounds.
    pub(crate) fn select_text(&mut self, to: TextSelection) {
        let Some(text) = self.document().and_then(|d| d.text.clone()) else { return };
        let clamp = |at: usize| text.as_str().floor_char_boundary(at);
        self.view.select_text(TextSelection { anchor: clamp(to.anchor), head: clamp(to.head) });
        if !self.view.text_selection().is_empty() {
            self.clear_current();
        }
    }

    /// Lets go of a link that was started; where there is none, of selection and picked span.
    pub fn clear_selection(&mut self) {
        if self.cancel_link() {
            return;
        }
        self.view.select_text(TextSelection::caret(self.view.text_selection().head));
        self.view.clear_current();
        self.tagging.clear_selected();
    }

    /// No span is picked any more; but words that are selected now can be added to the one that was.
    pub(crate) fn clear_current(&mut self) {
        self.tagging.remember_current(self.view.clear_current());
    }
}

/// The word at an offset, or nothing.
pub fn word_around(text: &str, offset: usize) -> TextRange {
    segment::word_at(text, offset).unwrap_or(TextRange { start: offset, end: offset })
}
