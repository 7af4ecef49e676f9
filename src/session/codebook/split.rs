//! Splitting a category.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use demarche_model::{Category, CategoryId, Edit, LayerId, SpanId, SpanRef};

use super::super::Session;
use super::draft::Draft;
use crate::words::{codebook as words, steps};

impl Session {
    /// Moves the user's passages of a category to the categories chosen for them. Those of others are left alone: no one
    /// can decide for them what they meant.
    pub(super) fn split(
        &mut self,
        from: &CategoryId,
        fresh: Vec<Category>,
        choices: Vec<(SpanRef, CategoryId)>,
        retire: bool,
    ) {
        let mut draft = Draft::new(self.project.codebook());
        let Some(name) = draft.codebook.category(from).map(|category| category.name.clone()) else { return };
        let added = fresh.len();
        if retire {
            draft.change(from, |category| category.retired = true);
        }
        let ids = add_fresh(&mut draft, from, fresh);
        draft.edits.extend(self.copied_memo_edits(from, ids.values()));
        let choices = choices.into_iter().map(|(at, to)| {
            let to = ids.get(&to).cloned().unwrap_or(to);
            (at, to)
        });
        let (mine, others): (Vec<_>, Vec<_>) = choices
            .filter(|(at, to)| {
                let span = self.project.span(at).filter(|span| span.category == *from);
                span.is_some() && to != from && draft.codebook.category(to).is_some()
            })
            .partition(|(at, _)| at.layer.annotator == self.me);
        let count = mine.len();
        let mut groups: BTreeMap<(LayerId, CategoryId), BTreeSet<SpanId>> = BTreeMap::new();
        for (at, to) in mine {
            groups.entry((at.layer, to)).or_default().insert(at.span);
        }
        let documents: BTreeSet<_> = groups.keys().map(|(layer, _)| &layer.document).collect();
        let notice = words::split(&name, count, documents.len(), added, others.len());
        let recodes = groups.into_iter().map(|((layer, to), spans)| Edit::Recode {
            layer,
            spans: spans.into_iter().collect(),
            from: from.clone(),
            to,
        });
        draft.edits.extend(recodes);
        if draft.edits.is_empty() {
            return self.notify(words::nothing_to_split(&name));
        }
        self.change(steps::split_category(&name), draft.edits, notice);
    }
}

/// Adds categories after the one that is split. Returns the new id of each by its old one.
fn add_fresh(draft: &mut Draft, from: &CategoryId, fresh: Vec<Category>) -> HashMap<CategoryId, CategoryId> {
    let mut ids = HashMap::new();
    for mut category in fresh {
        let id = draft.codebook.free_id(category.id.as_str());
        ids.insert(std::mem::replace(&mut category.id, id.clone()), id.clone());
        if draft.holder_of_key(category.hotkey, &id).is_some() {
            category.hotkey = None;
        }
        if let Some(parent) =
            category.parent.as_mut().and_then(|parent| Some((ids.get(parent)?.clone(), parent)))
        {
            *parent.1 = parent.0;
        }
        let inside = draft.block(from).into_iter().chain(ids.values().cloned()).collect::<Vec<_>>();
        let last = draft.codebook.categories.iter().rposition(|category| inside.contains(&category.id));
        draft.put_at(last.map_or(usize::MAX, |last| last + 1), category);
    }
    ids
}
