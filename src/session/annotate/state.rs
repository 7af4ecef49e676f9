//! What tagging remembers from one action to the next.

use std::collections::HashSet;

use demarche_model::{CategoryId, SpanRef};

/// Spans remembered for "same as last".
const REMEMBERED: usize = 8;

/// The spans that the user works with, and what was used last.
#[derive(Default)]
pub(crate) struct Tagging {
    /// The span that was picked until words were selected, which can be added to it.
    previous_current: Option<SpanRef>,
    selected: SelectedSpans,
    /// Spans whose attributes were set, the latest first.
    recent_attribute_spans: Vec<SpanRef>,
    last_category: Option<CategoryId>,
}

impl Tagging {
    /// The span that was picked until words were selected.
    pub fn previous_current(&self) -> Option<&SpanRef> {
        self.previous_current.as_ref()
    }

    /// Remembers the span that was picked until now; if none was, keeps the earlier one.
    pub fn remember_current(&mut self, current: Option<SpanRef>) {
        self.previous_current = current.or(self.previous_current.take());
        self.clear_selected();
    }

    /// The spans chosen last; they count only while the first of them is picked.
    pub fn selected(&self) -> &SelectedSpans {
        &self.selected
    }

    /// Chooses spans to be changed together.
    pub fn select_spans(&mut self, spans: Vec<SpanRef>) {
        self.selected.set(spans);
    }

    /// Ends the choice of several spans.
    pub fn clear_selected(&mut self) {
        if !self.selected.spans.is_empty() {
            self.selected.set(Vec::new());
        }
    }

    /// Spans whose attributes were set, the latest first.
    pub fn recent_attribute_spans(&self) -> &[SpanRef] {
        &self.recent_attribute_spans
    }

    /// Remembers that attributes of these spans were set.
    pub fn remember_attribute_spans(&mut self, spans: &[&SpanRef]) {
        for at in spans.iter().take(REMEMBERED).rev() {
            self.recent_attribute_spans.retain(|known| known != *at);
            self.recent_attribute_spans.insert(0, (*at).clone());
        }
        self.recent_attribute_spans.truncate(REMEMBERED);
    }

    /// The category that "tag again" uses.
    pub fn last_category(&self) -> Option<&CategoryId> {
        self.last_category.as_ref()
    }

    /// Remembers the category that was used.
    pub fn remember_category(&mut self, category: &CategoryId) {
        self.last_category = Some(category.clone());
    }

    /// Follows a merge of categories.
    pub fn merge_categories(&mut self, from: &[CategoryId], into: &CategoryId) {
        if self.last_category.as_ref().is_some_and(|last| from.contains(last)) {
            self.remember_category(into);
        }
    }
}

/// The spans that were chosen to be changed together.
#[derive(Default)]
pub struct SelectedSpans {
    spans: Vec<SpanRef>,
    set: HashSet<SpanRef>,
    serial: u64,
}

impl SelectedSpans {
    /// Whether a span is among them.
    pub fn holds(&self, at: &SpanRef) -> bool {
        self.set.contains(at)
    }

    /// The spans, the one that is shown first.
    pub(crate) fn spans(&self) -> &[SpanRef] {
        &self.spans
    }

    /// Moves on whenever other spans are chosen.
    pub(crate) fn serial(&self) -> u64 {
        self.serial
    }

    fn set(&mut self, spans: Vec<SpanRef>) {
        self.set = spans.iter().cloned().collect();
        self.spans = spans;
        self.serial += 1;
    }
}
