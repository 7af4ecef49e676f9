//! The edits that turn one value into another, so that a merge is applied like any other change.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::document_sets::{document_set_edits, member_edits};
use crate::document_sets::order_edit;
use crate::{
    AnnotatorId, Category, CategoryId, Document, DocumentId, DocumentMeta, Edit, Layer, LayerId, Project,
    Review, Span, SpanId,
};

/// Returns the edits that turn the layer `from` into `to`.
pub fn layer_edits(id: &LayerId, from: &Layer, to: &Layer) -> Vec<Edit> {
    let mut edits = Vec::new();
    let ids: BTreeSet<SpanId> =
        from.spans_unsorted().chain(to.spans_unsorted()).map(|span| span.id).collect();
    for span in ids {
        let (old, new) = (from.span(span), to.span(span));
        let same = match (old, new) {
            (Some(old), Some(new)) => Arc::ptr_eq(old, new) || old == new,
            _ => false,
        };
        if !same {
            edits.push(Edit::SetSpan { layer: id.clone(), id: span, to: new.cloned() });
        }
    }
    for change in to.link_set().changes_since(from.link_set()) {
        let link = change.old.or(change.new).map(|link| link.id);
        edits.extend(link.map(|link| Edit::SetLink { layer: id.clone(), id: link, to: change.new.cloned() }));
    }
    let keys: BTreeSet<u32> = from.detached().chain(to.detached()).map(|(key, _)| key).collect();
    for key in keys {
        let (old, new) = (from.detached_at(key), to.detached_at(key));
        if old != new {
            edits.push(Edit::SetDetached { layer: id.clone(), key, to: new.cloned() });
        }
    }
    if from.stored_status() != to.stored_status() {
        edits.push(Edit::SetStatus { layer: id.clone(), to: to.stored_status() });
    }
    if from.unblinded() != to.unblinded() {
        edits.push(Edit::SetUnblinded { layer: id.clone(), to: to.unblinded() });
    }
    edits
}

/// Returns the edits that turn the review `from` into `to`.
pub fn review_edits(document: &DocumentId, reviewer: &AnnotatorId, from: &Review, to: &Review) -> Vec<Edit> {
    let ids: BTreeSet<SpanId> = from.decisions.keys().chain(to.decisions.keys()).copied().collect();
    let changed = ids.into_iter().filter(|id| from.decisions.get(id) != to.decisions.get(id));
    let edit = |span| Edit::SetDecision {
        document: document.clone(),
        reviewer: reviewer.clone(),
        span,
        to: to.decisions.get(&span).cloned(),
    };
    let owners: BTreeSet<&AnnotatorId> = from.returns.keys().chain(to.returns.keys()).collect();
    let returned = owners.into_iter().filter(|owner| from.returns.get(*owner) != to.returns.get(*owner));
    let return_edit = |annotator: &AnnotatorId| Edit::SetReturn {
        document: document.clone(),
        reviewer: reviewer.clone(),
        annotator: annotator.clone(),
        to: to.returns.get(annotator).cloned(),
    };
    changed.map(edit).chain(returned.map(return_edit)).collect()
}

/// Returns the edits that turn the project file `from` into `to`. `new_document` supplies new documents. A category
/// that still has passages stays.
pub fn project_edits(
    from: &Project,
    to: &Project,
    new_document: impl Fn(&DocumentMeta) -> Arc<Document>,
) -> Vec<Edit> {
    let mut edits = Vec::new();
    if from.name != to.name {
        edits.push(Edit::SetName { to: to.name.clone() });
    }
    if from.blind != to.blind {
        edits.push(Edit::SetBlind { to: to.blind });
    }
    if from.actors != to.actors {
        edits.push(Edit::SetActors { to: to.actors.clone() });
    }
    if from.issues != to.issues {
        edits.push(Edit::SetIssues { to: to.issues.clone() });
    }
    let (actor, issue) = (|name: &str| kept(&to.actors, name), |name: &str| kept(&to.issues, name));
    // What is left once the actors and issues are those of `to`.
    if from.relations.mapped(actor, issue) != *to.relations || from.relations != to.relations {
        edits.push(Edit::SetRelations { to: to.relations.clone() });
    }
    let set = |id, to| Edit::SetAnnotator { id, to };
    edits.extend(list_edits(&from.annotators, &to.annotators, |a| a.id.clone(), set).into_edits());
    codebook_edits(from, to, &mut edits);
    document_edits(from, to, new_document, &mut edits);
    edits
}

/// Adds the edits of documents, their order and their sets.
fn document_edits(
    from: &Project,
    to: &Project,
    new_document: impl Fn(&DocumentMeta) -> Arc<Document>,
    edits: &mut Vec<Edit>,
) {
    let (named_sets, gone_sets) = document_set_edits(from, to);
    edits.extend(named_sets);
    let (kept, gone): (Vec<_>, Vec<_>) =
        from.documents.iter().map(|document| document.id().clone()).partition(|id| to.document(id).is_some());
    edits.extend(gone.into_iter().map(|document| Edit::RemoveDocument { document }));
    // The list while the edits are applied one by one.
    let mut now = kept;
    for (at, document) in to.documents.iter().enumerate() {
        match from.document(document.id()) {
            None => {
                edits.push(Edit::InsertDocument { at, document: new_document(&document.meta) });
                now.insert(at.min(now.len()), document.id().clone());
            }
            Some(old) if !is_same_but_sets(&old.meta, &document.meta) => {
                let to = Box::new(document.meta.clone());
                edits.push(Edit::SetMeta { document: document.id().clone(), to });
            }
            Some(_) => {}
        }
    }
    edits.extend(member_edits(from, to));
    edits.extend(gone_sets);
    let order: Vec<DocumentId> = to.documents.iter().map(|document| document.id().clone()).collect();
    edits.extend(order_edit(&now, &order));
}

fn is_same_but_sets(old: &DocumentMeta, new: &DocumentMeta) -> bool {
    *old == DocumentMeta { sets: old.sets.clone(), ..new.clone() }
}

fn kept(names: &[String], name: &str) -> Option<String> {
    names.iter().find(|known| *known == name).cloned()
}

fn codebook_edits(from: &Project, to: &Project, edits: &mut Vec<Edit>) {
    let (old, new) = (&from.codebook, &to.codebook);
    let set = |id, to| Edit::SetCategory { id, to };
    // Parents are set last: before that, two categories might be each other's ancestors.
    let orphans: Vec<Arc<Category>> = new
        .categories
        .iter()
        .map(|category| match old.category(&category.id) {
            Some(before) if before.parent == category.parent => category.clone(),
            _ => Arc::new(Category { parent: None, ..(**category).clone() }),
        })
        .collect();
    let changes = list_edits(&old.categories, &orphans, |category| category.id.clone(), set);
    edits.extend(changes.set);
    let recoded = recodes(from, to);
    let stays: BTreeSet<&CategoryId> =
        used(from).into_iter().filter(|id| new.resolve(id).is_none()).collect();
    edits.extend(recoded);
    let gone = old.aliases.keys().filter(|from| new.aliases.get(*from) != old.aliases.get(*from));
    edits.extend(gone.map(|from| Edit::SetAlias { from: from.clone(), to: None }));
    edits.extend(changes.removed.into_iter().filter(|edit| match edit {
        Edit::SetCategory { id, .. } => !stays.contains(id),
        _ => true,
    }));
    // An alias of an alias needs its target first.
    let mut aliases: Vec<(&CategoryId, &CategoryId)> =
        new.aliases.iter().filter(|(from, to)| old.aliases.get(*from) != Some(*to)).collect();
    aliases.sort_by_key(|(from, _)| new.alias_depth(from));
    edits.extend(
        aliases.into_iter().map(|(from, to)| Edit::SetAlias { from: from.clone(), to: Some(to.clone()) }),
    );
    for (at, category) in new.categories.iter().enumerate() {
        if orphans.get(at).is_some_and(|orphan| orphan.parent != category.parent) {
            edits.push(set(category.id.clone(), Some((at, category.clone()))));
        }
    }
    let set = |id, to| Edit::SetAttribute { id, to };
    edits.extend(list_edits(&old.attributes, &new.attributes, |a| a.id.clone(), set).into_edits());
    let set = |id, to| Edit::SetLinkKind { id, to };
    edits.extend(list_edits(&old.link_kinds, &new.link_kinds, |k| k.id.clone(), set).into_edits());
}

/// The categories of all passages in memory.
fn used(project: &Project) -> BTreeSet<&CategoryId> {
    let layers = project.documents.iter().flat_map(|document| document.layers.values());
    layers.flat_map(|layer| layer.spans_unsorted()).map(|span| &span.category).collect()
}

/// Moves passages of removed categories to the categories that replace them.
fn recodes(from: &Project, to: &Project) -> Vec<Edit> {
    let mut edits = Vec::new();
    for document in &from.documents {
        for (annotator, layer) in &document.layers {
            let mut spans: BTreeMap<(&CategoryId, &CategoryId), Vec<SpanId>> = BTreeMap::new();
            let gone = |span: &&Arc<Span>| to.codebook.category(&span.category).is_none();
            for span in layer.spans_unsorted().filter(gone) {
                if let Some(now) = to.codebook.resolve(&span.category) {
                    spans.entry((&span.category, &now.id)).or_default().push(span.id);
                }
            }
            let layer = LayerId::new(document.id(), annotator);
            edits.extend(spans.into_iter().map(|((from, to), mut spans)| {
                spans.sort_unstable();
                Edit::Recode { layer: layer.clone(), spans, from: from.clone(), to: to.clone() }
            }));
        }
    }
    edits
}

/// Edits of a list: what to insert or change, and what to remove afterwards.
struct ListEdits {
    set: Vec<Edit>,
    removed: Vec<Edit>,
}

impl ListEdits {
    fn into_edits(self) -> impl Iterator<Item = Edit> {
        self.set.into_iter().chain(self.removed)
    }
}

fn list_edits<T: PartialEq + Clone, K: PartialEq>(
    from: &[T],
    to: &[T],
    id: impl Fn(&T) -> K,
    set: impl Fn(K, Option<(usize, T)>) -> Edit,
) -> ListEdits {
    // The list while the edits are applied one by one.
    let mut now = from.to_vec();
    let mut set_edits = Vec::new();
    for (at, item) in to.iter().enumerate() {
        if now.get(at) == Some(item) {
            continue;
        }
        now.retain(|other| id(other) != id(item));
        now.insert(at.min(now.len()), item.clone());
        set_edits.push(set(id(item), Some((at, item.clone()))));
    }
    let removed = now.iter().skip(to.len()).map(|item| set(id(item), None)).collect();
    ListEdits { set: set_edits, removed }
}
