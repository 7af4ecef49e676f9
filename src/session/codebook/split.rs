//! Taking a category apart.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use demarche_model::{Category, CategoryId, Edit, LayerId, SpanId, SpanRef};

use super::super::Session;
use super::draft::Draft;
use crate::words::{counted, passages};

impl Session {
    /// Gives the user's passages of a category to others as they were chosen. Those of others stay: nobody can decide for
    /// them what they meant.
    pub(super) fn split(
        &mut self,
        from: &CategoryId,
        fresh: Vec<Category>,
        choices: Vec<(SpanRef, CategoryId)>,
        retire: bool,
    ) {
        let mut draft = Draft::of(self.project.codebook());
        let Some(name) = draft.codebook.category(from).map(|category| category.name.clone()) else { return };
        let added = fresh.len();
        if retire {
            draft.change(from, |category| category.retired = true);
        }
        let ids = add_fresh(&mut draft, from, fresh);
        let chosen = choices.into_iter().map(|(at, to)| {
            let to = ids.get(&to).cloned().unwrap_or(to);
            (at, to)
        });
        let (mine, others): (Vec<_>, Vec<_>) = chosen
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
        let moved = counted(documents.len(), "document", "documents");
        let recodes = groups.into_iter().map(|((layer, to), spans)| Edit::Recode {
            layer,
            spans: spans.into_iter().collect(),
            from: from.clone(),
            to,
        });
        draft.edits.extend(recodes);
        if draft.edits.is_empty() {
            return self.notify(format!("Choose first where the passages of {name} shall go"));
        }
        let mut told = format!("Split {name}: {} in {moved} retagged", passages(count));
        if added > 0 {
            told.push_str(&format!(", {} added", counted(added, "category", "categories")));
        }
        if !others.is_empty() {
            told.push_str(&format!("; {} of others stay", passages(others.len())));
        }
        self.change(format!("split {name}"), draft.edits, told);
    }
}

/// Adds categories behind the one that is taken apart. Says which id each was given, where that is another one.
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
