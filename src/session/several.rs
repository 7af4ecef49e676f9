//! Several spans picked and changed together.

use crate::model::{AttributeId, CategoryId, SpanRef, Value};

use super::Session;

impl Session {
    /// The spans that are changed together, the one that is shown first: several that were chosen, or the picked one.
    pub fn chosen(&self) -> &[SpanRef] {
        let several = self.chosen.first().is_some_and(|first| Some(first) == self.picked());
        if several { &self.chosen } else { self.place.picked.as_slice() }
    }

    pub(super) fn choose(&mut self, mut spans: Vec<SpanRef>) {
        spans.retain(|at| self.project.span(at).is_some());
        self.place.picked = spans.first().cloned();
        self.chosen = spans;
    }

    pub(super) fn set_categories(&mut self, at: &[SpanRef], category: &CategoryId) {
        at.iter().for_each(|at| self.set_category(at, category));
    }

    pub(super) fn set_attributes(&mut self, at: &[SpanRef], attribute: AttributeId, to: Option<Value>) {
        at.iter().for_each(|at| self.set_attribute(at, attribute.clone(), to.clone()));
    }

    pub(super) fn remove_spans(&mut self, at: &[SpanRef]) {
        at.iter().for_each(|at| self.remove_span(at));
    }
}
