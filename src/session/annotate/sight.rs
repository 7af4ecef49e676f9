//! What the user can see of the open document. A key changes only what is in view: if it is not, the view scrolls there,
//! and the key has to be pressed again.

use demarche_model::{CategoryId, SpanRef, TextRange};

use crate::view::Sight;
use crate::words::annotate as words;
use crate::{Screen, Session};

/// What a key is about to do to passages or words.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Intent<'a> {
    /// Tags words with a category.
    Tag(&'a CategoryId),
    /// Retags passages with a category.
    Retag(&'a CategoryId),
    /// Removes passages.
    Remove,
    /// Moves a boundary.
    MoveBoundary,
}

impl Session {
    /// Returns whether the selected words are in view. If not, scrolls to them and says how to go on.
    pub(crate) fn sees_selection(&mut self, intent: Intent<'_>) -> bool {
        let range = self.text_selection().range();
        // Words can be selected only where the text is shown.
        let seen = !self.shows_text() || self.sees(|visible| range.overlaps(visible));
        if !seen {
            self.show_range(range);
            self.notify(self.press_again(intent, 1));
        }
        seen
    }

    /// Returns whether these passages are in view; the first is the current one. If not, scrolls to that and says how to
    /// go on. Several that don't fit in the view may be changed once the user has been told so.
    pub(crate) fn sees_spans(&mut self, at: &[SpanRef], intent: Intent<'_>) -> bool {
        let Some(current) = at.first() else { return true };
        let hidden = at.iter().filter(|at| !self.sees_span(at)).count();
        let told = at.len() > 1 && self.tagging.is_told_about_selected();
        if hidden == 0 || told && self.sees_span(current) {
            return true;
        }
        self.tagging.tell_about_selected();
        if let Some(span) = self.project.span(current) {
            self.bring_into_view(span.ranges.cover());
        }
        self.notify(self.press_again(intent, at.len()));
        false
    }

    /// Returns whether a boundary at this offset is in view. If not, scrolls to it and says how to go on.
    pub(crate) fn sees_bound(&mut self, at: usize) -> bool {
        let seen = self.sees(|visible| visible.start <= at && at <= visible.end);
        if !seen {
            self.bring_into_view(TextRange { start: at, end: at });
            self.notify(self.press_again(Intent::MoveBoundary, 1));
        }
        seen
    }

    /// Scrolls the text to a range; on a screen without the text, goes to it first.
    fn bring_into_view(&mut self, range: TextRange) {
        if !self.shows_text() {
            self.show_screen(Screen::Annotate);
        }
        self.show_range(range);
    }

    fn shows_text(&self) -> bool {
        matches!(self.view.screen(), Screen::Annotate | Screen::Compare)
    }

    fn sees_span(&self, at: &SpanRef) -> bool {
        let here = self.view.document() == Some(&at.layer.document);
        let Some(span) = self.project.span(at) else { return true };
        here && self.sees(|visible| span.ranges.iter().any(|range| range.overlaps(visible)))
    }

    fn sees(&self, is_visible: impl FnOnce(TextRange) -> bool) -> bool {
        match self.view.sight() {
            Sight::Everything => true,
            Sight::Text(document, range) => {
                self.shows_text() && self.view.document() == Some(document) && is_visible(*range)
            }
        }
    }

    fn press_again(&self, intent: Intent<'_>, count: usize) -> String {
        let category = |id: &CategoryId| self.project.codebook().category(id).cloned();
        let name = |id: &CategoryId| self.project.codebook().name_of(id).to_owned();
        let key = |id: &CategoryId| category(id).and_then(|category| category.hotkey);
        match intent {
            Intent::Tag(id) => words::again_to_tag(&name(id), key(id)),
            Intent::Retag(id) => words::again_to_retag(&name(id), key(id), count),
            Intent::Remove => words::again_to_remove(count),
            Intent::MoveBoundary => words::again_to_move_boundary().to_owned(),
        }
    }
}
