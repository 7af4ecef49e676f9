//! Making several categories one.
//!
//! Spans of the user become the new category's in their files. Spans of others change in memory alone, and the old id
//! becomes an alias, so that their files, which only they write, are read so from then on.

use std::collections::BTreeMap;

use demarche_model::{CategoryId, Codebook, Edit, Layer, LayerId, Ranges, SpanId};

use super::super::Session;
use super::Impact;
use super::draft::Draft;
use crate::words::passages;

/// Spans that become another category's.
#[derive(Default)]
pub(super) struct Retag {
    pub edits: Vec<Edit>,
    pub impact: Impact,
    /// Spans that have a twin afterwards: the same words, category and annotator.
    pub twins: usize,
}

impl Session {
    pub(super) fn merge(&mut self, mut from: Vec<CategoryId>, into: &CategoryId) {
        let codebook = self.project.codebook().clone();
        from.retain(|id| id != into && codebook.category(id).is_some());
        from.sort_unstable();
        from.dedup();
        let Some(target) = codebook.category(into).map(|category| category.name.clone()) else {
            return self.notify("Choose the category that shall stay");
        };
        if from.is_empty() {
            return self.notify(format!("Choose what shall become part of {target}"));
        }
        let retag = self.retag(&from, into);
        let mut draft = Draft::of(&codebook);
        draft.edits = retag.edits;
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
        let what = match names.as_slice() {
            [first, second] => format!("{first} and {second}"),
            [one] => (*one).to_owned(),
            several => format!("{} categories", several.len()),
        };
        let told = self.what_was_retagged(&retag.impact, retag.twins);
        let told = format!("Merged {what} into {target}: {told}");
        if self.change(format!("merge {what} into {target}"), draft.edits, told) {
            self.now_called(&from, into);
        }
    }

    /// Turns all spans of some categories into spans of another one.
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
                retag.twins += twins(layer, |category| category == into || from.contains(category));
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

    /// What became of spans, in words.
    pub(super) fn what_was_retagged(&self, impact: &Impact, twins: usize) -> String {
        let mut told = impact.sentence(&self.project);
        if twins > 0 {
            let are = if twins == 1 { "has" } else { "have" };
            told.push_str(&format!(
                "; {} {are} a twin on the same words now, and none was dropped",
                passages(twins)
            ));
        }
        if impact.annotators.iter().any(|(annotator, _)| *annotator != self.me) {
            told.push_str("; files of others stay as they are, and are read so from now on");
        }
        told
    }

    /// What the user last used or looks at follows a category that has become another.
    fn now_called(&mut self, from: &[CategoryId], into: &CategoryId) {
        self.tagging.merge_categories(from, into);
        let mut filter = self.passages.filter().clone();
        if filter.category.as_ref().is_some_and(|category| from.contains(category)) {
            filter.category = Some(into.clone());
            self.passages.set_filter(&self.project, filter, self.visibility());
        }
    }
}

/// How many spans of these categories lie on the words of another one.
pub(super) fn twins(layer: &Layer, counts: impl Fn(&CategoryId) -> bool) -> usize {
    let spans = layer.spans_unsorted().filter(|span| counts(&span.category));
    let mut places: Vec<&Ranges> = spans.map(|span| &span.ranges).collect();
    places.sort_unstable();
    places.windows(2).filter(|pair| pair[0] == pair[1]).count()
}

/// Gives the children of categories that go to `into`. What stands above `into` can't stand below it, and moves up.
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

/// The nearest category above one that does not go.
fn survivor(codebook: &Codebook, id: &CategoryId, gone: &[CategoryId]) -> Option<CategoryId> {
    codebook.ancestors(id).map(|above| &above.id).find(|above| !gone.contains(above) && *above != id).cloned()
}
