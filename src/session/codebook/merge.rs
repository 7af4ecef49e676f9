//! Merging categories into another one.
//!
//! The user's spans get the new category in their files. Spans of others change in memory only, and the old id becomes
//! an alias: their files, which only they write, are read with the new category from then on.

use std::collections::BTreeMap;

use demarche_model::{CategoryId, Codebook, Edit, Layer, LayerId, Ranges, SpanId};

use super::super::{PassageFilter, Session};
use super::Impact;
use super::draft::Draft;
use crate::words::{codebook as words, steps};

/// Spans that get another category.
#[derive(Default)]
pub(super) struct Retag {
    pub edits: Vec<Edit>,
    pub impact: Impact,
    /// Spans that repeat another one afterwards: the same words, category and annotator.
    pub duplicates: usize,
}

impl Session {
    pub(super) fn merge(&mut self, mut from: Vec<CategoryId>, into: &CategoryId) {
        let codebook = self.project.codebook().clone();
        from.retain(|id| id != into && codebook.category(id).is_some());
        from.sort_unstable();
        from.dedup();
        let Some(target) = codebook.category(into).map(|category| category.name.clone()) else {
            return self.notify(words::choose_target());
        };
        if from.is_empty() {
            return self.notify(words::nothing_to_merge(&target));
        }
        let retag = self.retag(&from, into);
        let mut draft = Draft::new(&codebook);
        draft.edits = retag.edits;
        draft.edits.extend(self.merged_memo_edits(&from, into));
        raise_children(&mut draft, &from, into);
        draft.change_attribute_categories(|categories| {
            if categories.iter().any(|id| from.contains(id)) {
                let at = categories.iter().position(|id| from.contains(id) || id == into);
                categories.retain(|id| !from.contains(id) && id != into);
                categories.insert(at.unwrap_or(0).min(categories.len()), into.clone());
            }
        });
        for id in &from {
            draft.aliases_of(id).iter().for_each(|old| draft.alias(old, Some(into)));
            draft.remove(id);
            draft.alias(id, Some(into));
        }
        let names: Vec<&str> = from.iter().map(|id| codebook.name_of(id)).collect();
        let what = words::merged_what(&names);
        let notice = words::merged(&what, &target, &self.describe_retag(&retag.impact, retag.duplicates));
        let is_filtered = self.passage_filter().category.as_ref().is_some_and(|id| from.contains(id));
        if self.change(steps::merge_categories(&what, &target), draft.edits, notice) {
            self.tagging.merge_categories(&from, into);
            if is_filtered {
                let category = Some(into.clone());
                self.filter_passages(PassageFilter { category, ..self.passage_filter().clone() });
            }
        }
    }

    /// Moves all spans of some categories to another one.
    fn retag(&self, from: &[CategoryId], into: &CategoryId) -> Retag {
        let mut retag = Retag::default();
        for document in self.project.documents() {
            let before = retag.impact.spans;
            for (annotator, layer) in &document.layers {
                let mut moved: BTreeMap<&CategoryId, Vec<SpanId>> = BTreeMap::new();
                for span in layer.spans_unsorted().filter(|span| from.contains(&span.category)) {
                    moved.entry(&span.category).or_default().push(span.id);
                }
                if moved.is_empty() {
                    continue;
                }
                retag.duplicates += duplicates(layer, |category| category == into || from.contains(category));
                retag.impact.add(annotator, moved.values().map(Vec::len).sum());
                let layer = LayerId::new(document.id(), annotator);
                retag.edits.extend(moved.into_iter().map(|(from, spans)| Edit::Recode {
                    layer: layer.clone(),
                    spans,
                    from: from.clone(),
                    to: into.clone(),
                }));
            }
            retag.impact.documents += usize::from(retag.impact.spans > before);
        }
        retag
    }

    fn describe_retag(&self, impact: &Impact, duplicates: usize) -> String {
        let others = impact.annotators.iter().any(|(annotator, _)| *annotator != self.me);
        words::retagged(&impact.sentence(&self.project), duplicates, others)
    }
}

/// Counts the spans of some categories that have the same words as another one.
fn duplicates(layer: &Layer, counts: impl Fn(&CategoryId) -> bool) -> usize {
    let spans = layer.spans_unsorted().filter(|span| counts(&span.category));
    let mut ranges: Vec<&Ranges> = spans.map(|span| &span.ranges).collect();
    ranges.sort_unstable();
    ranges.windows(2).filter(|pair| pair[0] == pair[1]).count()
}

/// Moves the children of merged categories to `into`. Ancestors of `into` can't be below it, so they move up instead.
fn raise_children(draft: &mut Draft, from: &[CategoryId], into: &CategoryId) {
    let old = draft.codebook.clone();
    let orphans: Vec<CategoryId> = old
        .categories
        .iter()
        .filter(|c| !from.contains(&c.id) && c.parent.as_ref().is_some_and(|parent| from.contains(parent)))
        .map(|category| category.id.clone())
        .collect();
    let above = |id: &CategoryId| id == into || old.is_descendant(into, id);
    for id in orphans.iter().filter(|id| above(id)) {
        draft.change(id, |category| category.parent = survivor(&old, id, from));
    }
    for id in orphans.iter().filter(|id| !above(id)) {
        draft.change(id, |category| category.parent = Some(into.clone()));
    }
}

/// The nearest ancestor of a category that is not merged.
fn survivor(codebook: &Codebook, id: &CategoryId, gone: &[CategoryId]) -> Option<CategoryId> {
    codebook.ancestors(id).map(|above| &above.id).find(|above| !gone.contains(above) && *above != id).cloned()
}
