//! Tagging text, and changing spans.

use std::sync::Arc;

use demarche_analysis::segment;
use demarche_model::{
    CategoryId, DocumentId, Edit, Layer, LayerId, Ranges, Span, SpanId, SpanRef, TextRange,
};

use super::sight::Intent;
use crate::words::{annotate as words, steps};
use crate::{Session, TextSelection};

/// The span of a layer with the same category and ranges.
pub(crate) fn same_span_in(layer: &Layer, span: &Span) -> Option<SpanId> {
    let candidates = layer.index().overlapping(span.ranges.cover());
    candidates.filter_map(|entry| layer.span(entry.span)).find_map(|other| {
        (other.category == span.category && other.ranges == span.ranges).then_some(other.id)
    })
}

impl Session {
    /// Tags the selected text. If none is selected, retags the selected spans.
    pub(crate) fn tag(&mut self, category: &CategoryId) {
        if self.refuses_earlier_words() {
            return;
        }
        let Some(document) = self.document() else { return self.notify(words::no_document()) };
        let Some(text) = &document.text else { return self.notify(words::still_opening()) };
        let range = segment::trim(text.as_str(), self.text_selection().range());
        if !range.is_empty() {
            let Some(ranges) = Ranges::one(range) else { return };
            let id = document.id().clone();
            if self.sees_selection(Intent::Tag(category)) {
                self.add_span(&id, ranges, category);
            }
        } else if self.current().is_some() {
            let at = self.selected_spans().to_vec();
            if self.sees_spans(&at, Intent::Retag(category)) {
                self.set_categories(&at, category);
            }
        } else {
            self.notify(words::nothing_selected());
        }
    }

    /// Tags the selected text with the category of marker mode, or the one used last.
    pub fn tag_again(&mut self) {
        if let Some(category) = self.next_category().cloned() {
            self.tag(&category);
        }
    }

    /// Tags the words of the current span a second time, in the user's layer.
    pub(crate) fn tag_also(&mut self, category: &CategoryId) {
        match self.current().zip(self.current_span()).map(|(at, span)| (at.clone(), span.ranges.clone())) {
            Some((at, ranges)) => {
                if self.sees_spans(std::slice::from_ref(&at), Intent::Tag(category)) {
                    self.add_span(&at.layer.document, ranges, category);
                }
            }
            None => self.tag(category),
        }
    }

    fn add_span(&mut self, document: &DocumentId, ranges: Ranges, category: &CategoryId) {
        let Some(found) = self.project.codebook().category(category).cloned() else { return };
        let layer = self.my_layer(document);
        if found.retired {
            return self.notify(words::retired(&found.name));
        }
        let span = self.new_span(ranges, category);
        let at = SpanRef { layer: layer.clone(), span: span.id };
        if let Some(same) = self.same_span(&layer, &span) {
            self.view.set_current(Some(SpanRef { layer, span: same }));
            return self.notify(words::words_already_tagged(&found.name));
        }
        let head = span.ranges.end();
        let edit = Edit::SetSpan { layer, id: span.id, to: Some(Arc::new(span)) };
        let done = self.edit_then(steps::tag(&found.name), edit, |session| {
            session.view.select_text(TextSelection::caret(head));
            session.view.set_current(Some(at));
        });
        if done {
            self.tagging.remember_category(category);
        }
    }

    pub(crate) fn new_span(&self, ranges: Ranges, category: &CategoryId) -> Span {
        let span = Span::new(self.env.new_span_id(), category.clone(), ranges, self.env.now());
        Span { attributes: self.default_attributes(category), ..span }
    }

    fn default_attributes(&self, category: &CategoryId) -> demarche_model::Attributes {
        let attributes = self.project.codebook().attributes.iter().filter(|a| a.applies_to(category));
        let fits = attributes.filter(|a| a.default.as_ref().is_some_and(|value| a.kind.takes(value)));
        fits.filter_map(|a| Some((a.id.clone(), a.default.clone()?))).collect()
    }

    /// The span of a layer with the same category and ranges.
    pub(crate) fn same_span(&self, layer: &LayerId, span: &Span) -> Option<SpanId> {
        same_span_in(self.project.layer(layer)?, span)
    }

    /// Retags a span of the user. If it is another annotator's, tags its words in the user's layer instead.
    pub(crate) fn set_category(&mut self, at: &SpanRef, category: &CategoryId) {
        let name = self.project.codebook().name_of(category).to_owned();
        let Some(span) = self.project.span(at).cloned() else { return };
        if !self.may_edit(&at.layer.annotator) {
            return self.add_span(&at.layer.document, span.ranges.clone(), category);
        }
        if span.category == *category {
            return self.notify(words::passage_already_tagged(&name));
        }
        let changed = Span { category: category.clone(), ..Span::clone(&span) };
        if self.same_span(&at.layer, &changed).is_some() {
            return self.notify(words::words_already_tagged(&name));
        }
        if self.change_span(at, changed, steps::retag(&name)) {
            self.tagging.remember_category(category);
            self.notify(words::retagged(&name));
        }
    }

    /// Replaces a span of the user, as one step. Sets its time of change.
    pub(crate) fn change_span(&mut self, at: &SpanRef, changed: Span, label: impl Into<String>) -> bool {
        self.replacement(at, changed).is_some_and(|edit| self.edit(label, edit))
    }

    /// The edit that replaces a span of the user; `None`, with a notice, if it is another annotator's.
    fn replacement(&mut self, at: &SpanRef, changed: Span) -> Option<Edit> {
        if !self.may_edit(&at.layer.annotator) {
            self.notify(words::only_owner_can_change(&self.owner_name(at)));
            return None;
        }
        let changed = Span { modified: self.env.now(), ..changed };
        Some(Edit::SetSpan { layer: at.layer.clone(), id: at.span, to: Some(Arc::new(changed)) })
    }

    pub(crate) fn owner_name(&self, at: &SpanRef) -> String {
        self.annotator_name(&at.layer.annotator)
    }

    /// Sets a span's note. Typing without a pause is one step.
    pub(crate) fn set_note(&mut self, at: &SpanRef, note: String) {
        let Some(span) = self.project.span(at).cloned().filter(|span| span.note != note) else { return };
        let still_typing = self.saving.changed_within(self.env.monotonic(), crate::AUTOSAVE_AFTER_S);
        let Some(edit) = self.replacement(at, Span { note, ..Span::clone(&span) }) else { return };
        match still_typing {
            true => self.continue_edit(steps::edit_note(), edit),
            false => self.edit(steps::edit_note(), edit),
        };
    }

    /// Moves a bound of a span to where it was dragged, and says so: a drag can begin by accident.
    pub(crate) fn drag_bound(&mut self, at: &SpanRef, index: usize, to: TextRange) {
        let Some(to) = self.range_in_current(to) else {
            return self.notify(crate::words::panes::bounds_have_changed());
        };
        if self.set_bounds(at, index, to) {
            self.notify_undoable(words::boundary_moved());
        }
    }

    /// Moves the bounds of one range of a span. Returns whether they have changed.
    fn set_bounds(&mut self, at: &SpanRef, index: usize, to: TextRange) -> bool {
        let Some(span) = self.project.span(at).cloned() else { return false };
        let ranges = span.ranges.iter().enumerate().map(|(i, range)| if i == index { to } else { range });
        let Some(ranges) = Ranges::new(ranges) else {
            self.notify(words::needs_a_character());
            return false;
        };
        ranges != span.ranges
            && self.change_span(at, Span { ranges, ..Span::clone(&span) }, steps::move_boundary())
    }

    /// The span of the user that selected words can be added to: the one that was current before they were selected.
    pub fn extendable_span(&self) -> Option<&SpanRef> {
        let at = self.current().or(self.tagging.previous_current())?;
        let here = self.view.document() == Some(&at.layer.document) && self.may_edit(&at.layer.annotator);
        (here && self.project.span(at).is_some()).then_some(at)
    }

    /// Adds the selected text to [`Session::extendable_span`], as another range or by joining ranges that touch.
    pub fn extend_span(&mut self) {
        let Some(at) = self.extendable_span().cloned() else { return };
        let Some(span) = self.project.span(&at).cloned() else { return };
        let Some(text) = self.document().and_then(|d| d.text.clone()) else { return };
        let added = segment::trim(text.as_str(), self.text_selection().range());
        let Some(ranges) = Ranges::new(span.ranges.iter().chain([added])) else { return };
        if ranges == span.ranges {
            return self.notify(words::select_words_to_add());
        }
        if let Some(edit) = self.replacement(&at, Span { ranges, ..Span::clone(&span) }) {
            self.edit_then(steps::extend_passage(), edit, |session| {
                session.view.select_text(TextSelection::caret(added.end));
                session.view.set_current(Some(at));
            });
        }
    }

    /// Moves one boundary of the current span by a word or a character: the start of its first range, or the end of its
    /// last.
    pub fn nudge(&mut self, bound: Bound, stride: Stride, forward: bool) {
        let (Some(at), Some(span)) = (self.current().cloned(), self.current_span().cloned()) else { return };
        let Some(text) = self.document().and_then(|d| d.text.clone()) else { return };
        let text = text.as_str();
        let index = if bound == Bound::Start { 0 } else { span.ranges.count() - 1 };
        let Some(range) = span.ranges.iter().nth(index) else { return };
        let from = if bound == Bound::Start { range.start } else { range.end };
        if !self.sees_bound(from) {
            return;
        }
        let to = match (stride, bound, forward) {
            (Stride::Character, _, true) => segment::next_grapheme(text, from),
            (Stride::Character, _, false) => segment::previous_grapheme(text, from),
            (Stride::Word, Bound::End, true) => segment::next_word(text, from),
            (Stride::Word, Bound::Start, false) => segment::previous_word(text, from),
            (Stride::Word, Bound::Start, true) => next_word_start(text, from),
            (Stride::Word, Bound::End, false) => previous_word_end(text, from),
        };
        let moved = match bound {
            Bound::Start if to < range.end => TextRange { start: to, ..range },
            Bound::End if to > range.start => TextRange { end: to, ..range },
            Bound::Start | Bound::End => return self.notify(words::needs_a_word()),
        };
        if moved != range {
            self.set_bounds(&at, index, moved);
            self.show_range(TextRange { start: to, end: to });
        }
    }
}

/// One end of a range.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bound {
    /// The start.
    Start,
    /// The end.
    End,
}

/// The unit by which a boundary moves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stride {
    /// By a word.
    Word,
    /// By a character.
    Character,
}

fn next_word_start(text: &str, from: usize) -> usize {
    let end = segment::next_word(text, from);
    let next = segment::next_word(text, end);
    segment::word_at(text, next).map_or(next, |word| word.start)
}

fn previous_word_end(text: &str, from: usize) -> usize {
    let start = segment::previous_word(text, from);
    let before = segment::previous_word(text, start);
    segment::word_at(text, before).map_or(before, |word| word.end)
}
