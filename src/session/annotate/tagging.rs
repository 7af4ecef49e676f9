//! Tagging: what happens to spans.

use std::sync::Arc;

use demarche_analysis::segment;
use demarche_model::{
    CategoryId, DetachedReason, DocumentId, Edit, LayerId, Ranges, Span, SpanId, SpanRef, TextRange,
};

use crate::{Session, TextSelection};

impl Session {
    /// Tags the selection. With nothing selected and a span picked, retags that span.
    pub(crate) fn tag(&mut self, category: &CategoryId) {
        let Some(document) = self.document() else { return self.notify("Open a document first") };
        let Some(text) = &document.text else { return self.notify("The document is still being opened") };
        let range = segment::trim(text.as_str(), self.text_selection().range());
        if !range.is_empty() {
            let Some(ranges) = Ranges::one(range) else { return };
            let id = document.id().clone();
            self.add_span(&id, ranges, category);
        } else if self.current().is_some() {
            let at = self.selected_spans().to_vec();
            self.set_categories(&at, category);
        } else {
            self.notify("Select some words first, then press the key");
        }
    }

    /// Tags the selection with the category that was used last.
    pub fn tag_again(&mut self) {
        if let Some(category) = self.last_category().cloned() {
            self.tag(&category);
        }
    }

    /// Tags the words of the picked span a second time, in the user's own layer.
    pub(crate) fn tag_also(&mut self, category: &CategoryId) {
        match self.current().zip(self.current_span()).map(|(at, span)| (at.clone(), span.ranges.clone())) {
            Some((at, ranges)) => self.add_span(&at.layer.document, ranges, category),
            None => self.tag(category),
        }
    }

    fn add_span(&mut self, document: &DocumentId, ranges: Ranges, category: &CategoryId) {
        let Some(found) = self.project.codebook().category(category).cloned() else { return };
        let layer = self.my_layer(document);
        if found.retired {
            return self.notify(format!("{} is retired: no new passages are tagged with it", found.name));
        }
        let span = self.new_span(ranges, category);
        let at = SpanRef { layer: layer.clone(), span: span.id };
        if let Some(same) = self.same_span(&layer, &span) {
            self.view.set_current(Some(SpanRef { layer, span: same }));
            return self.notify(format!("These words are tagged as {} already", found.name));
        }
        let head = span.ranges.end();
        let edit = Edit::SetSpan { layer, id: span.id, to: Some(Arc::new(span)) };
        let done = self.edit_then(format!("tag as {}", found.name), edit, |session| {
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
        attributes.filter_map(|a| Some((a.id.clone(), a.default.clone()?))).collect()
    }

    /// A span of this layer with the same category over the same words.
    pub(crate) fn same_span(&self, layer: &LayerId, span: &Span) -> Option<SpanId> {
        let layer = self.project.layer(layer)?;
        let candidates = layer.index().overlapping(span.ranges.cover());
        candidates.filter_map(|entry| layer.span(entry.span)).find_map(|other| {
            (other.category == span.category && other.ranges == span.ranges).then_some(other.id)
        })
    }

    /// Retags a span of the user. Another's span is not touched: its words are tagged in the user's own layer.
    pub(crate) fn set_category(&mut self, at: &SpanRef, category: &CategoryId) {
        let name = self.project.codebook().name_of(category).to_owned();
        let Some(span) = self.project.span(at).cloned() else { return };
        if !self.may_edit(&at.layer.annotator) {
            return self.add_span(&at.layer.document, span.ranges.clone(), category);
        }
        if span.category == *category {
            return self.notify(format!("This passage is tagged as {name} already"));
        }
        let changed = Span { category: category.clone(), ..Span::clone(&span) };
        if self.same_span(&at.layer, &changed).is_some() {
            return self.notify(format!("These words are tagged as {name} already"));
        }
        if self.change_span(at, changed, format!("retag as {name}")) {
            self.tagging.remember_category(category);
            self.notify(format!("Retagged as {name}"));
        }
    }

    /// Replaces a span of the user; the time of change is set.
    pub(crate) fn change_span(&mut self, at: &SpanRef, changed: Span, label: String) -> bool {
        self.replacement(at, changed).is_some_and(|edit| self.edit(label, edit))
    }

    /// The edit that replaces a span of the user; tells the user if it is another annotator's.
    fn replacement(&mut self, at: &SpanRef, changed: Span) -> Option<Edit> {
        if !self.may_edit(&at.layer.annotator) {
            self.notify(format!("Only {} can change this passage", self.name_of(at)));
            return None;
        }
        let changed = Span { modified: self.env.now(), ..changed };
        Some(Edit::SetSpan { layer: at.layer.clone(), id: at.span, to: Some(Arc::new(changed)) })
    }

    pub(crate) fn name_of(&self, at: &SpanRef) -> String {
        let annotator = &at.layer.annotator;
        self.project.name_of(annotator).to_owned()
    }

    /// Writes a span's note. What is typed in one go is one step.
    pub(crate) fn set_note(&mut self, at: &SpanRef, note: String) {
        let Some(span) = self.project.span(at).cloned().filter(|span| span.note != note) else { return };
        let goes_on = self.saving.changed_within(self.env.now(), crate::AUTOSAVE_AFTER_S);
        let Some(edit) = self.replacement(at, Span { note, ..Span::clone(&span) }) else { return };
        match goes_on {
            true => self.continue_edit("write a note", edit),
            false => self.edit("write a note", edit),
        };
    }

    /// Moves the bounds of one range of a span.
    pub(crate) fn set_bounds(&mut self, at: &SpanRef, index: usize, to: TextRange) {
        let Some(span) = self.project.span(at).cloned() else { return };
        let ranges = span.ranges.iter().enumerate().map(|(i, range)| if i == index { to } else { range });
        let Some(ranges) = Ranges::new(ranges) else {
            return self.notify("A passage holds at least one character");
        };
        if ranges != span.ranges {
            self.change_span(at, Span { ranges, ..Span::clone(&span) }, "move a boundary".to_owned());
        }
    }

    /// The user's own span in this document that was picked before words were selected, and that these can be added to.
    pub fn extendable_span(&self) -> Option<&SpanRef> {
        let at = self.current().or(self.tagging.previous_current())?;
        let here = self.view.document() == Some(&at.layer.document) && self.may_edit(&at.layer.annotator);
        (here && self.project.span(at).is_some()).then_some(at)
    }

    /// Adds the selection to the span that was picked before it, as a further range, or joins it where they touch.
    pub fn extend_span(&mut self) {
        let Some(at) = self.extendable_span().cloned() else { return };
        let Some(span) = self.project.span(&at).cloned() else { return };
        let Some(text) = self.document().and_then(|d| d.text.clone()) else { return };
        let added = segment::trim(text.as_str(), self.text_selection().range());
        let Some(ranges) = Ranges::new(span.ranges.iter().chain([added])) else { return };
        if ranges == span.ranges {
            return self.notify("Select the words to add first");
        }
        if let Some(edit) = self.replacement(&at, Span { ranges, ..Span::clone(&span) }) {
            self.edit_then("add to the passage", edit, |session| {
                session.view.select_text(TextSelection::caret(added.end));
                session.view.set_current(Some(at));
            });
        }
    }

    /// Moves one boundary of the picked span by a word or a character. At a range's end the last range counts, at a
    /// start the first.
    pub fn nudge(&mut self, bound: Bound, stride: Stride, forward: bool) {
        let (Some(at), Some(span)) = (self.current().cloned(), self.current_span().cloned()) else { return };
        let Some(text) = self.document().and_then(|d| d.text.clone()) else { return };
        let text = text.as_str();
        let index = if bound == Bound::Start { 0 } else { span.ranges.count() - 1 };
        let Some(range) = span.ranges.iter().nth(index) else { return };
        let from = if bound == Bound::Start { range.start } else { range.end };
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
            _ => return self.notify("A passage holds at least one word"),
        };
        if moved != range {
            self.set_bounds(&at, index, moved);
            self.show_range(TextRange { start: to, end: to });
        }
    }

    /// Places a record of the user that could not be placed, where there is one obvious way.
    pub(crate) fn repair(&mut self, document: &DocumentId, key: u32) {
        let layer = self.my_layer(document);
        let Some(text) = self.project.document(document).and_then(|d| d.text.clone()) else { return };
        let Some(detached) = self.project.layer(&layer).and_then(|l| l.detached_at(key)).cloned() else {
            return;
        };
        let Some(claim) = &detached.claim else {
            return self.notify("This record can't be read; mend it in the file, or remove it");
        };
        if let DetachedReason::Conflict(kind) = detached.reason {
            return self.take_other_version(layer, key, claim, kind);
        }
        let mut span = claim.span.clone();
        let nearest = || {
            let near = text.byte_offset(claim.span.ranges.start()).unwrap_or(text.len());
            nearest_quote(text.as_str(), &claim.quote, near)
        };
        let current = self.project.document(document).map_or(1, |d| d.meta.versions.current.number);
        let placed = match &detached.reason {
            DetachedReason::TextChanged(likeness) => {
                let there = likeness.as_ref().map(|likeness| likeness.ranges.clone());
                return match self.selected_ranges().or(there) {
                    Some(ranges) => self.place_pending(document, [(key, ranges)].into()),
                    None => self.notify("Select the words that it shall lie on first"),
                };
            }
            DetachedReason::OutsideText | DetachedReason::OtherQuote(_) => nearest(),
            _ if claim.text != current => nearest(),
            _ => Ranges::new(span.ranges.iter().filter_map(|range| {
                Some(TextRange { start: text.byte_offset(range.start)?, end: text.byte_offset(range.end)? })
            })),
        };
        let Some(ranges) = placed else {
            return self.notify("Its words do not stand in the text any more");
        };
        // A record may have more than one fault; placing it never takes the place of another span.
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
        if self.edit("place a passage", Edit::Batch(edits)) {
            self.go_to(&at);
        }
    }

    /// Removes a record of the user that could not be placed.
    pub(crate) fn discard(&mut self, document: &DocumentId, key: u32) {
        let edit = Edit::SetDetached { layer: self.my_layer(document), key, to: None };
        self.edit("remove a record that could not be placed", edit);
    }
}

/// One end of a range.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bound {
    /// Where it starts.
    Start,
    /// Where it ends.
    End,
}

/// How far a boundary moves.
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

/// Where `quote` stands nearest to `offset`.
fn nearest_quote(text: &str, quote: &str, offset: usize) -> Option<Ranges> {
    if quote.is_empty() {
        return None;
    }
    let found =
        text.match_indices(quote).map(|(start, _)| start).min_by_key(|start| start.abs_diff(offset))?;
    Ranges::one(TextRange { start: found, end: found + quote.len() })
}
