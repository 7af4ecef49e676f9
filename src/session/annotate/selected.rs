//! Several spans selected and changed together, each time as one step. Spans of others are left alone, and the user is
//! told how many there were.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use demarche_model::{AnnotatorId, CategoryId, Edit, LayerId, LinkKindId, Ranges, Span, SpanRef};

use super::sight::Intent;
use super::state::SelectedSpans;
use crate::words::{annotate as words, steps};
use crate::{Session, TextSelection};

/// The user's own spans, by layer.
pub(crate) type Mine = Vec<(LayerId, Vec<Arc<Span>>)>;

/// The number of spans of each other annotator. They are not changed.
pub(crate) type Others = BTreeMap<AnnotatorId, usize>;

impl Session {
    /// The spans that are changed together, the current one first: several, or that one alone.
    pub fn selected_spans(&self) -> &[SpanRef] {
        if self.has_several_selected() {
            self.tagging.selected().spans()
        } else {
            self.view.state().current.as_slice()
        }
    }

    /// The selected spans as a set, in which a lookup is cheap; `None` unless several are selected.
    pub fn selected_set(&self) -> Option<&SelectedSpans> {
        self.has_several_selected().then_some(self.tagging.selected())
    }

    /// Goes up when the selection changes. Values derived from it are cached under this number.
    pub fn selected_serial(&self) -> u64 {
        self.tagging.selected().serial()
    }

    fn has_several_selected(&self) -> bool {
        let spans = self.tagging.selected().spans();
        spans.len() > 1 && spans.first() == self.current()
    }

    /// Selects several spans; the first becomes the current one, and its document is opened.
    pub(crate) fn select_spans(&mut self, mut spans: Vec<SpanRef>) {
        let mut seen = HashSet::new();
        spans.retain(|at| self.project.span(at).is_some() && seen.insert(at.clone()));
        let first = spans.first().cloned();
        if let Some(first) = first.as_ref().filter(|at| Some(&at.layer.document) != self.view.document()) {
            self.go_to(first);
        }
        self.view.set_current(first);
        if !self.view.text_selection().is_empty() {
            self.view.select_text(TextSelection::caret(self.view.text_selection().head));
        }
        self.tagging.select_spans(spans);
    }

    /// Adds a span to the selection and makes it the current one, or deselects it.
    pub(crate) fn toggle_selected(&mut self, at: SpanRef) {
        let mut spans = self.selected_spans().to_vec();
        let before = spans.len();
        spans.retain(|other| *other != at);
        if spans.len() == before {
            spans.insert(0, at);
        }
        self.select_spans(spans);
    }

    /// Removes the selected spans.
    pub fn remove_selected(&mut self) {
        let at = self.selected_spans().to_vec();
        if self.sees_spans(&at, Intent::Remove) {
            self.remove_spans(&at);
        }
    }

    /// The existing ones of these spans, by layer, without repetitions.
    pub(crate) fn by_layer(&self, at: &[SpanRef]) -> BTreeMap<LayerId, Vec<Arc<Span>>> {
        let mut seen = HashSet::new();
        let mut layers: BTreeMap<LayerId, Vec<Arc<Span>>> = BTreeMap::new();
        for at in at.iter().filter(|at| seen.insert(*at)) {
            if let Some(span) = self.project.span(at) {
                layers.entry(at.layer.clone()).or_default().push(span.clone());
            }
        }
        layers
    }

    /// Splits spans into the user's own, by layer, and the numbers of those of others.
    pub(crate) fn split_by_owner(&self, at: &[SpanRef]) -> (Mine, Others) {
        let mut others = Others::new();
        let mut mine = Vec::new();
        for (layer, spans) in self.by_layer(at) {
            if self.may_edit(&layer.annotator) {
                mine.push((layer, spans));
            } else {
                *others.entry(layer.annotator).or_default() += spans.len();
            }
        }
        (mine, others)
    }

    /// Describes the spans of others that were not changed; empty if there are none.
    pub(crate) fn describe_others(&self, others: &Others) -> String {
        words::not_changed(others.iter().map(|(id, count)| (self.project.name_of(id), *count)))
    }

    /// The edits that replace spans of a layer. Sets their time of change.
    pub(crate) fn replacing(&self, layer: &LayerId, spans: Vec<Span>) -> impl Iterator<Item = Edit> + use<> {
        let (layer, now) = (layer.clone(), self.env.now());
        let edit = move |span: Span| {
            let to = Some(Arc::new(Span { modified: now, ..span }));
            Edit::SetSpan { layer: layer.clone(), id: span.id, to }
        };
        spans.into_iter().map(edit)
    }

    /// Retags spans. A span is left alone if it would then repeat another one.
    pub(crate) fn set_categories(&mut self, at: &[SpanRef], category: &CategoryId) {
        let Some(found) = self.project.codebook().category(category).cloned() else { return };
        if found.retired {
            return self.notify(words::retired(&found.name));
        }
        if let [one] = at {
            return self.set_category(one, category);
        }
        let (mine, others) = self.split_by_owner(at);
        let (mut edits, mut duplicates) = (Vec::new(), 0);
        for (layer, spans) in mine {
            let mut taken: HashSet<Ranges> = HashSet::new();
            let mut changed = Vec::new();
            for span in spans.iter().filter(|span| span.category != *category) {
                let to = Span { category: category.clone(), ..Span::clone(span) };
                if self.same_span(&layer, &to).is_none() && taken.insert(to.ranges.clone()) {
                    changed.push(to);
                } else {
                    duplicates += 1;
                }
            }
            edits.extend(self.replacing(&layer, changed));
        }
        let count = edits.len();
        let notice = words::retagged_several(&found.name, count, duplicates, &self.describe_others(&others));
        if count == 0 {
            return self.notify(notice);
        }
        if self.edit(steps::retag_several(count, &found.name), Edit::Batch(edits)) {
            self.tagging.remember_category(category);
            self.notify(notice);
        }
    }

    /// Removes the user's own ones of these spans, with the user's links that start or end at them.
    pub(crate) fn remove_spans(&mut self, at: &[SpanRef]) {
        self.remove_spans_as(at, steps::remove_passages);
    }

    /// Removes a span of the user that was rejected. `origin` names the decision, for the audit log.
    pub(crate) fn remove_rejected(&mut self, at: &SpanRef, origin: &str) {
        self.remove_spans_as(std::slice::from_ref(at), |what, links| {
            steps::remove_rejected(&steps::remove_passages(what, links), origin)
        });
    }

    /// Removes spans as one step, whose label is made from what is removed and the number of links.
    fn remove_spans_as(&mut self, at: &[SpanRef], label: impl FnOnce(&str, usize) -> String) {
        let (mine, others) = self.split_by_owner(at);
        let in_layer = |(layer, spans): &(LayerId, Vec<Arc<Span>>)| -> Vec<SpanRef> {
            spans.iter().map(|span| SpanRef { layer: layer.clone(), span: span.id }).collect()
        };
        let gone: Vec<SpanRef> = mine.iter().flat_map(in_layer).collect();
        let Some((_, first)) = mine.iter().find_map(|(layer, spans)| Some((layer, spans.first()?.clone())))
        else {
            return self.refuse_removal(&others);
        };
        let (mut edits, kinds) = self.link_removals(&gone);
        for (layer, spans) in &mine {
            let removed = spans.iter().map(|s| Edit::SetSpan { layer: layer.clone(), id: s.id, to: None });
            edits.extend(removed);
        }
        let what = words::removed_what(gone.len(), self.project.codebook().name_of(&first.category));
        let by_kind = kinds.iter().map(|(id, count)| (self.link_kind_name(id), *count)).collect();
        let notice = words::removed(&what, gone.len(), &by_kind)
            + &self.describe_others(&others)
            + &self.describe_lost_ends(&gone);
        let label = label(&what, kinds.values().sum());
        let here = mine.iter().find(|(layer, _)| Some(&layer.document) == self.view.document());
        let caret = here.and_then(|(_, spans)| spans.iter().map(|span| span.ranges.start()).min());
        let edit = if edits.len() == 1 { edits.remove(0) } else { Edit::Batch(edits) };
        let done = self.edit_then(label, edit, |session| {
            if let Some(caret) = caret {
                session.view.select_text(TextSelection::caret(caret));
            }
            session.view.clear_current();
        });
        if done {
            self.notify(notice);
        }
    }

    fn refuse_removal(&mut self, others: &Others) {
        if let Some(annotator) = others.keys().next() {
            let name = self.project.name_of(annotator);
            self.notify(words::only_owner_can_remove(name, others.values().sum()));
        }
    }

    /// The edits that remove the user's links at these spans, and their number by kind.
    fn link_removals(&self, spans: &[SpanRef]) -> (Vec<Edit>, BTreeMap<LinkKindId, usize>) {
        let mut edits = Vec::new();
        let mut kinds = BTreeMap::new();
        for (layer, id) in self.links_removed_with(spans) {
            if let Some(link) = self.project.layer(&layer).and_then(|l| l.link(id)) {
                *kinds.entry(link.kind.clone()).or_default() += 1;
            }
            edits.push(Edit::SetLink { layer, id, to: None });
        }
        (edits, kinds)
    }
}
