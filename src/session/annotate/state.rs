//! What tagging remembers from one action to the next.

use std::collections::HashSet;

use demarche_model::{CategoryId, SpanRef};

/// Spans remembered for "same as last".
const REMEMBERED: usize = 8;

/// The spans that the user works with, and what was used last.
#[derive(Default)]
pub(crate) struct Tagging {
    /// The span that was picked until words were selected, which can be added to it.
    picked_before: Option<SpanRef>,
    chosen: Chosen,
    /// Spans whose attributes were set, the latest first.
    attributed: Vec<SpanRef>,
    last_category: Option<CategoryId>,
}

impl Tagging {
    /// The span that was picked until words were selected.
    pub fn picked_before(&self) -> Option<&SpanRef> {
        self.picked_before.as_ref()
    }

    /// Remembers the span that was picked until now; if none was, keeps the earlier one.
    pub fn let_go(&mut self, picked: Option<SpanRef>) {
        self.picked_before = picked.or(self.picked_before.take());
        self.choose_one();
    }

    /// The spans chosen last; they count only while the first of them is picked.
    pub fn chosen(&self) -> &Chosen {
        &self.chosen
    }

    /// Chooses spans to be changed together.
    pub fn choose(&mut self, spans: Vec<SpanRef>) {
        self.chosen.set(spans);
    }

    /// Ends the choice of several spans.
    pub fn choose_one(&mut self) {
        if !self.chosen.spans.is_empty() {
            self.chosen.set(Vec::new());
        }
    }

    /// Spans whose attributes were set, the latest first.
    pub fn attributed(&self) -> &[SpanRef] {
        &self.attributed
    }

    /// Remembers that attributes of these spans were set.
    pub fn have_attributed(&mut self, spans: &[&SpanRef]) {
        for at in spans.iter().take(REMEMBERED).rev() {
            self.attributed.retain(|known| known != *at);
            self.attributed.insert(0, (*at).clone());
        }
        self.attributed.truncate(REMEMBERED);
    }

    /// The category that "tag again" uses.
    pub fn last_category(&self) -> Option<&CategoryId> {
        self.last_category.as_ref()
    }

    /// Remembers the category that was used.
    pub fn have_used(&mut self, category: &CategoryId) {
        self.last_category = Some(category.clone());
    }

    /// Follows a merge of categories.
    pub fn merge_categories(&mut self, from: &[CategoryId], into: &CategoryId) {
        if self.last_category.as_ref().is_some_and(|last| from.contains(last)) {
            self.have_used(into);
        }
    }
}

/// The spans that were chosen to be changed together.
#[derive(Default)]
pub struct Chosen {
    spans: Vec<SpanRef>,
    set: HashSet<SpanRef>,
    serial: u64,
}

impl Chosen {
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
