//! Attributes of spans, set and copied.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use demarche_analysis::context::shorten;
use demarche_model::{
    AnnotatorId, AttributeDef, AttributeId, CategoryId, DocumentId, Edit, EditError, Span, SpanRef, Value,
    ValueFault, ValueList,
};

use crate::Session;
use crate::words::{annotate, attributes as words, not_done, steps};

/// Characters of a passage that a message quotes.
const QUOTE: usize = 40;

/// The common values of the selected spans.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SelectedSummary {
    /// Number of selected spans.
    pub spans: usize,
    /// Number of those that the user can change.
    pub mine: usize,
    /// Number of spans of each other annotator.
    pub others: BTreeMap<AnnotatorId, usize>,
    /// The documents that the spans are in.
    pub documents: BTreeSet<DocumentId>,
    /// Their categories, with the number of spans.
    pub categories: BTreeMap<CategoryId, usize>,
    /// The values of their attributes; `None` if they differ. Counts only the user's spans, if there are any.
    pub values: BTreeMap<AttributeId, Option<Value>>,
}

impl SelectedSummary {
    /// The category that all spans share.
    pub fn category(&self) -> Option<&CategoryId> {
        self.categories.keys().next().filter(|_| self.categories.len() == 1)
    }

    /// Returns whether an attribute applies to all of their categories.
    pub fn fits(&self, attribute: &AttributeDef) -> bool {
        self.categories.keys().all(|category| attribute.applies_to(category))
    }

    fn add_values(&mut self, span: &Span, first: bool) {
        if first {
            let values = span.attributes.iter();
            self.values = values.map(|(id, value)| (id.clone(), Some(value.clone()))).collect();
            return;
        }
        for (id, value) in &mut self.values {
            if value.is_some() && span.attributes.get(id) != value.as_ref() {
                *value = None;
            }
        }
        for id in span.attributes.keys() {
            if !self.values.contains_key(id) {
                self.values.insert(id.clone(), None);
            }
        }
    }
}

impl Session {
    /// Summarises the selected spans. Looks at each of them.
    pub fn selected_summary(&self) -> SelectedSummary {
        let mut summary = SelectedSummary::default();
        let (mut mine, mut others) = (Vec::new(), Vec::new());
        for (layer, spans) in self.by_layer(self.selected_spans()) {
            summary.spans += spans.len();
            summary.documents.insert(layer.document);
            for span in &spans {
                *summary.categories.entry(span.category.clone()).or_default() += 1;
            }
            if self.may_edit(&layer.annotator) {
                mine.extend(spans);
            } else {
                *summary.others.entry(layer.annotator).or_default() += spans.len();
                others.extend(spans);
            }
        }
        summary.mine = mine.len();
        // If nothing can be changed, the values of others are shown.
        let shown = if mine.is_empty() { others } else { mine };
        shown.iter().enumerate().for_each(|(number, span)| summary.add_values(span, number == 0));
        summary
    }

    /// Sets or clears an attribute of spans as one step; a new actor or issue is added to the project's list.
    pub(crate) fn set_attributes(&mut self, at: &[SpanRef], attribute: AttributeId, to: Option<Value>) {
        if to.is_some() && self.project.codebook().attribute(&attribute).is_none() {
            return self.notify_error(not_done(&EditError::Value(ValueFault::NoAttribute(attribute))));
        }
        let (mine, others) = self.split_by_owner(at);
        let mut edits: Vec<Edit> = to.iter().filter_map(|value| self.list_edit(&attribute, value)).collect();
        let listed = edits.len();
        for (layer, spans) in &mine {
            let other = spans.iter().filter(|span| span.attributes.get(&attribute) != to.as_ref());
            let changed = other.map(|span| {
                let mut changed = Span::clone(span);
                match &to {
                    Some(value) => changed.attributes.insert(attribute.clone(), value.clone()),
                    None => changed.attributes.remove(&attribute),
                };
                changed
            });
            edits.extend(self.replacing(layer, changed.collect()));
        }
        let count = edits.len() - listed;
        let codebook = self.project.codebook();
        let name = codebook.attribute(&attribute).map_or(attribute.to_string(), |a| a.name.to_lowercase());
        let several = (at.len() > 1).then_some(count);
        let done = count > 0 && self.edit(steps::set_attribute(&name, several), one_or_batch(edits));
        if done {
            self.remember_attribute_spans(at);
        }
        match (at, done) {
            ([one], false) if !others.is_empty() => {
                let owner = self.owner_name(one);
                self.notify(annotate::only_owner_can_change(&owner));
            }
            ([_], _) => {}
            (_, true) => self.notify(words::set_for_several(&name, count, &self.describe_others(&others))),
            (_, false) if !others.is_empty() => self.notify(self.describe_others(&others).trim_start()),
            (_, false) => {}
        }
    }

    /// The edit that adds a new actor or issue to the project's list.
    fn list_edit(&self, attribute: &AttributeId, value: &Value) -> Option<Edit> {
        let longer = |list: &[String]| {
            let new = value.choices().map(ToString::to_string).filter(|name| !list.contains(name));
            let new: Vec<String> = new.collect();
            (!new.is_empty()).then(|| [list, &new].concat())
        };
        match self.project.codebook().attribute(attribute)?.kind.list()? {
            ValueList::Actors => longer(self.project.actors()).map(|to| Edit::SetActors { to }),
            ValueList::Issues => longer(self.project.issues()).map(|to| Edit::SetIssues { to }),
            ValueList::Own(_) => None,
        }
    }

    /// Remembers the user's own ones of these spans, whose attributes were set.
    fn remember_attribute_spans(&mut self, at: &[SpanRef]) {
        let mine: Vec<&SpanRef> = at.iter().filter(|at| self.may_edit(&at.layer.annotator)).collect();
        self.tagging.remember_attribute_spans(&mine);
    }

    /// Copies attributes of the previous span to the selected ones. Fills values that are missing or still the default;
    /// overwrites nothing.
    pub fn copy_previous_attributes(&mut self) {
        let at = self.selected_spans().to_vec();
        let Some((from, source)) = self.attribute_source(&at) else {
            return self.notify(words::nothing_to_copy_from());
        };
        let (mine, others) = self.split_by_owner(&at);
        let (mut edits, mut filled, mut kept) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
        for (layer, spans) in &mine {
            let changed: Vec<Span> = spans
                .iter()
                .filter_map(|span| self.fill_missing(span, &source, &mut filled, &mut kept))
                .collect();
            edits.extend(self.replacing(layer, changed));
        }
        let quote = self.quote_of(&from);
        let kept = words::kept(&self.attribute_names(&kept));
        let others = self.describe_others(&others);
        let count = edits.len();
        if count == 0 {
            return self.notify(words::nothing_to_copy(&quote, &kept, &others));
        }
        let several = (at.len() > 1).then_some(count);
        let values = self.describe_values(&source, &filled);
        if self.edit(steps::copy_attributes(), one_or_batch(edits)) {
            self.remember_attribute_spans(&at);
            self.notify(words::copied(several, &values, &quote, &kept, &others));
        }
    }

    /// The value of an attribute that [`Session::copy_previous_attributes`] would copy.
    pub fn previous_value(&self, attribute: &AttributeId) -> Option<Value> {
        let (_, source) = self.attribute_source(self.selected_spans())?;
        source.attributes.get(attribute).cloned()
    }

    /// The span to copy attributes from: the user's latest one whose attributes were set, or the one tagged last in
    /// this document. Never one of `at`.
    fn attribute_source(&self, at: &[SpanRef]) -> Option<(SpanRef, Arc<Span>)> {
        let has_values = |span: &Span| {
            let default =
                |id: &AttributeId| self.project.codebook().attribute(id).and_then(|a| a.default.as_ref());
            span.attributes.iter().any(|(id, value)| default(id) != Some(value))
        };
        let set_before = self
            .tagging
            .recent_attribute_spans()
            .iter()
            .filter(|from| self.may_edit(&from.layer.annotator) && !at.contains(from))
            .filter_map(|from| Some((from.clone(), self.project.span(from)?.clone())))
            .find(|(_, span)| has_values(span));
        if set_before.is_some() {
            return set_before;
        }
        let layer = self.my_layer(self.view.document()?);
        let excluded: BTreeSet<_> = at.iter().filter(|at| at.layer == layer).map(|at| at.span).collect();
        let spans = self.project.layer(&layer)?.spans();
        let latest = spans
            .filter(|span| !excluded.contains(&span.id) && has_values(span))
            .max_by_key(|span| (span.created, span.id))?
            .clone();
        Some((SpanRef { layer, span: latest.id }, latest))
    }

    /// Copies values of `source` to a span where it has none, or the default. Adds the attributes that were filled to
    /// `filled`, and those with another value to `kept`. Returns `None` if nothing has changed.
    fn fill_missing(
        &self,
        span: &Span,
        source: &Span,
        filled: &mut BTreeSet<AttributeId>,
        kept: &mut BTreeSet<AttributeId>,
    ) -> Option<Span> {
        let mut changed = span.clone();
        for (id, value) in &source.attributes {
            let Some(attribute) = self.project.codebook().attribute(id) else { continue };
            let before = span.attributes.get(id);
            if !attribute.applies_to(&span.category) || before == Some(value) {
                continue;
            }
            if before.is_none() || before == attribute.default.as_ref() {
                changed.attributes.insert(id.clone(), value.clone());
                filled.insert(id.clone());
            } else {
                kept.insert(id.clone());
            }
        }
        (changed.attributes != span.attributes).then_some(changed)
    }

    /// The values that were filled, in the order of the codebook.
    fn describe_values(&self, source: &Span, filled: &BTreeSet<AttributeId>) -> String {
        let attributes = self.project.codebook().attributes.iter().filter(|a| filled.contains(&a.id));
        words::values(
            attributes.filter_map(|a| Some((a.name.as_str(), source.attributes.get(&a.id)?.to_string()))),
        )
    }

    /// Names of attributes, in the order of the codebook.
    fn attribute_names(&self, ids: &BTreeSet<AttributeId>) -> Vec<&str> {
        let attributes = self.project.codebook().attributes.iter().filter(|a| ids.contains(&a.id));
        attributes.map(|a| a.name.as_str()).collect()
    }

    fn quote_of(&self, at: &SpanRef) -> String {
        let text = self.project.document(&at.layer.document).and_then(|d| d.text.as_ref());
        let quote = self.project.span(at).zip(text).map(|(span, text)| span.quote(text)).unwrap_or_default();
        shorten(&quote, QUOTE).to_string()
    }
}

fn one_or_batch(mut edits: Vec<Edit>) -> Edit {
    if edits.len() == 1 { edits.remove(0) } else { Edit::Batch(edits) }
}
