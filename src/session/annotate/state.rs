//! State of tagging that outlives an action.

use std::collections::HashSet;

use demarche_model::{CategoryId, SpanRef};

/// Number of spans remembered for copying their attributes.
const REMEMBERED: usize = 8;

/// The spans that the user works with, and the category used last.
#[derive(Default)]
pub(crate) struct Tagging {
    /// The span that was current until words were selected. They can be added to it.
    previous_current: Option<SpanRef>,
    selected: SelectedSpans,
    /// Spans whose attributes were set, latest first.
    recent_attribute_spans: Vec<SpanRef>,
    last_category: Option<CategoryId>,
    /// Serial of the selection of which the user has been told that part of it is out of view.
    told_about: Option<u64>,
}

impl Tagging {
    /// The span that was current until words were selected.
    pub fn previous_current(&self) -> Option<&SpanRef> {
        self.previous_current.as_ref()
    }

    /// Remembers the span that was current until now; if there was none, keeps the earlier one.
    pub fn remember_current(&mut self, current: Option<SpanRef>) {
        self.previous_current = current.or(self.previous_current.take());
        self.clear_selected();
    }

    /// The spans selected last. They count only while the first of them is current.
    pub fn selected(&self) -> &SelectedSpans {
        &self.selected
    }

    /// Selects spans to change together.
    pub fn select_spans(&mut self, spans: Vec<SpanRef>) {
        self.selected.set(spans);
    }

    /// Deselects all spans.
    pub fn clear_selected(&mut self) {
        if !self.selected.spans.is_empty() {
            self.selected.set(Vec::new());
        }
    }

    /// Records that the user has been told that part of the selected spans is out of view.
    pub fn tell_about_selected(&mut self) {
        self.told_about = Some(self.selected.serial);
    }

    /// Returns whether the user has been told that part of the selected spans is out of view.
    pub fn is_told_about_selected(&self) -> bool {
        self.told_about == Some(self.selected.serial)
    }

    /// Spans whose attributes were set, latest first.
    pub fn recent_attribute_spans(&self) -> &[SpanRef] {
        &self.recent_attribute_spans
    }

    /// Remembers spans whose attributes were set.
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

    /// Remembers the category used last.
    pub fn remember_category(&mut self, category: &CategoryId) {
        self.last_category = Some(category.clone());
    }

    /// Replaces categories that were merged into another one.
    pub fn merge_categories(&mut self, from: &[CategoryId], into: &CategoryId) {
        if self.last_category.as_ref().is_some_and(|last| from.contains(last)) {
            self.remember_category(into);
        }
    }
}

/// The spans selected to be changed together.
#[derive(Default)]
pub struct SelectedSpans {
    spans: Vec<SpanRef>,
    set: HashSet<SpanRef>,
    serial: u64,
}

impl SelectedSpans {
    /// Returns whether a span is selected.
    pub fn holds(&self, at: &SpanRef) -> bool {
        self.set.contains(at)
    }

    /// The spans, the current one first.
    pub(crate) fn spans(&self) -> &[SpanRef] {
        &self.spans
    }

    /// Goes up when the selection changes.
    pub(crate) fn serial(&self) -> u64 {
        self.serial
    }

    fn set(&mut self, spans: Vec<SpanRef>) {
        self.set = spans.iter().cloned().collect();
        self.spans = spans;
        self.serial += 1;
    }
}
