//! What is said of spans: who, towards whom, about what.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use demarche_analysis::context::shorten;
use demarche_model::{
    AnnotatorId, AttributeDef, AttributeId, CategoryId, DocumentId, Edit, Span, SpanRef, Value, ValueList,
};

use crate::Session;
use crate::words::passages;

/// Characters of a passage that a message quotes.
const QUOTE: usize = 40;

/// What several spans have in common, or what one says.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SelectedSummary {
    /// How many there are.
    pub spans: usize,
    /// How many of them the user can change.
    pub mine: usize,
    /// How many belong to each other annotator.
    pub others: BTreeMap<AnnotatorId, usize>,
    /// The documents that they stand in.
    pub documents: BTreeSet<DocumentId>,
    /// Their categories, and how many spans of each.
    pub categories: BTreeMap<CategoryId, usize>,
    /// What their attributes say; `None` where not all say the same. Of the user's spans alone, if there are any.
    pub values: BTreeMap<AttributeId, Option<Value>>,
}

impl SelectedSummary {
    /// The category of all of them, if it is one.
    pub fn category(&self) -> Option<&CategoryId> {
        self.categories.keys().next().filter(|_| self.categories.len() == 1)
    }

    /// Whether an attribute is for every one of their categories.
    pub fn fits(&self, attribute: &AttributeDef) -> bool {
        self.categories.keys().all(|category| attribute.applies_to(category))
    }

    fn take(&mut self, span: &Span, first: bool) {
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
    /// What the chosen spans have in common. Costs a look at each of them.
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
        // Where nothing can be changed, what is shown is what others have said.
        let shown = if mine.is_empty() { others } else { mine };
        shown.iter().enumerate().for_each(|(number, span)| summary.take(span, number == 0));
        summary
    }

    /// Sets or clears an attribute of spans as one step; a new actor or issue joins the project's list.
    pub(crate) fn set_attributes(&mut self, at: &[SpanRef], attribute: AttributeId, to: Option<Value>) {
        let (mine, others) = self.mine_of(at);
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
        let several = if at.len() > 1 { format!(" of {}", passages(count)) } else { String::new() };
        let done = count > 0 && self.edit(format!("set {name}{several}"), one_or_batch(edits));
        if done {
            self.remember_attribute_spans(at);
        }
        let stay = self.say_others(&others);
        match (at, done) {
            ([one], false) if !others.is_empty() => {
                let owner = self.name_of(one);
                self.notify(format!("Only {owner} can change this passage"));
            }
            ([_], _) => {}
            (_, true) => self.notify(format!("Set {name}{several}.{stay}")),
            _ if !stay.is_empty() => self.notify(stay.trim_start()),
            _ => {}
        }
    }

    /// The edit that puts a new actor or issue into the project's list.
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

    /// Remembers the user's spans whose attributes were set.
    fn remember_attribute_spans(&mut self, at: &[SpanRef]) {
        let mine: Vec<&SpanRef> = at.iter().filter(|at| self.may_edit(&at.layer.annotator)).collect();
        self.tagging.remember_attribute_spans(&mine);
    }

    /// Says of the chosen spans what was said of the span before: fills what is empty or as it was at the start, and
    /// writes over nothing.
    pub fn copy_previous_attributes(&mut self) {
        let at = self.selected_spans().to_vec();
        let Some((from, source)) = self.attribute_source(&at) else {
            return self.notify("Nothing was said of another passage yet; set its attributes first");
        };
        let (mine, others) = self.mine_of(&at);
        let (mut edits, mut filled, mut kept) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
        for (layer, spans) in &mine {
            let changed: Vec<Span> = spans
                .iter()
                .filter_map(|span| self.fill_missing(span, &source, &mut filled, &mut kept))
                .collect();
            edits.extend(self.replacing(layer, changed));
        }
        let quote = self.quote_of(&from);
        let kept = self.say_kept(&kept);
        let stay = self.say_others(&others);
        let count = edits.len();
        if count == 0 {
            return self.notify(format!("Nothing to take over from “{quote}”.{kept}{stay}"));
        }
        let several = if at.len() > 1 { format!("{}: ", passages(count)) } else { String::new() };
        let words = self.describe_values(&source, &filled);
        if self.edit("say the same as before", one_or_batch(edits)) {
            self.remember_attribute_spans(&at);
            self.notify(format!("{several}{words} – as in “{quote}”.{kept}{stay}"));
        }
    }

    /// The span that "same as last" takes from: the user's latest whose attributes were set, else the one of this
    /// document that was tagged last. None of `at`.
    fn attribute_source(&self, at: &[SpanRef]) -> Option<(SpanRef, Arc<Span>)> {
        let says = |span: &Span| {
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
            .find(|(_, span)| says(span));
        if set_before.is_some() {
            return set_before;
        }
        let layer = self.my_layer(self.view.document()?);
        let chosen: BTreeSet<_> = at.iter().filter(|at| at.layer == layer).map(|at| at.span).collect();
        let spans = self.project.layer(&layer)?.spans();
        let latest = spans
            .filter(|span| !chosen.contains(&span.id) && says(span))
            .max_by_key(|span| (span.created, span.id))?
            .clone();
        Some((SpanRef { layer, span: latest.id }, latest))
    }

    /// The span with what `source` says where it says nothing itself, or only what every new one says. Notes which
    /// attributes were filled, and which say something else and were kept.
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

    /// `Actor Norvania, issue port access`, in the order of the codebook.
    fn describe_values(&self, source: &Span, filled: &BTreeSet<AttributeId>) -> String {
        let attributes = self.project.codebook().attributes.iter().filter(|a| filled.contains(&a.id));
        let said = attributes.filter_map(|a| Some((a, source.attributes.get(&a.id)?)));
        let in_words = |(number, (attribute, value)): (usize, (&Arc<AttributeDef>, &Value))| {
            let name = if number == 0 { attribute.name.clone() } else { attribute.name.to_lowercase() };
            format!("{name} {value}")
        };
        said.enumerate().map(in_words).collect::<Vec<String>>().join(", ")
    }

    /// ` Target was set already and stays.`
    fn say_kept(&self, kept: &BTreeSet<AttributeId>) -> String {
        let attributes = self.project.codebook().attributes.iter().filter(|a| kept.contains(&a.id));
        let names: Vec<&str> = attributes.map(|a| a.name.as_str()).collect();
        match names.len() {
            0 => String::new(),
            1 => format!(" {} was set already and stays.", names.join(", ")),
            _ => format!(" {} were set already and stay.", names.join(", ")),
        }
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
