//! The changes made by an edit, for the audit log.
//!
//! They are derived from the inverse of the edit, which holds the old values, and from the project, which holds the new
//! ones. No edit has to describe itself, and undo and redo are described in the same way.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use demarche_model::{
    AnnotatorId, CategoryId, Change, Changed, Decision, Detached, Document, DocumentId, DocumentMeta,
    DocumentSetId, Edit, LayerId, Link, LinkId, Memo, MemoSubject, NotesEntry, Project, Relations, Return,
    Span, SpanId, Stamp, Status,
};

use crate::words::changes as words;

/// The most spans that a step lists one by one. For a larger step, such as an import, the log holds the number of spans
/// added, removed and changed per layer: a line per span would make the log larger than the project.
const MAX_LISTED_SPANS: usize = 1000;

/// Returns the changes made by an edit, given its inverse and the project after it.
pub fn changes(inverse: &Edit, now: &Project) -> Vec<Change> {
    let mut collector = ChangeCollector::default();
    collector.collect(inverse, now);
    let mut out = if collector.spans.len() > MAX_LISTED_SPANS {
        collector.count_by_layer(now)
    } else {
        collector.spans.iter().flat_map(|span| span.changes(now)).collect()
    };
    out.extend(collector.others);
    out.extend(collector.relations.and_then(|old| relation_change(old, now.relations())));
    out
}

#[derive(Default)]
struct ChangeCollector<'a> {
    /// Spans as they were before the whole step, in the order of the inverse.
    spans: Vec<TouchedSpan<'a>>,
    positions: HashMap<(&'a LayerId, SpanId), usize>,
    /// The relations between actors and issues before the whole step.
    relations: Option<&'a Relations>,
    others: Vec<Change>,
}

/// A span touched by a step.
struct TouchedSpan<'a> {
    layer: &'a LayerId,
    id: SpanId,
    /// The span before the step; `None` if the step added it.
    old: Option<Arc<Span>>,
}

impl<'a> ChangeCollector<'a> {
    /// Collects the changes of one edit. Every kind of edit is listed here, since the log promises every step.
    #[deny(clippy::wildcard_enum_match_arm)]
    fn collect(&mut self, inverse: &'a Edit, now: &Project) {
        let change = match inverse {
            Edit::Batch(edits) => return edits.iter().for_each(|edit| self.collect(edit, now)),
            Edit::SetSpan { layer, id, to } => return self.record_span(layer, *id, to.clone()),
            Edit::Recode { layer, spans, to, from: _ } => return self.record_recoded(layer, spans, to, now),
            Edit::SetLink { layer, id, to } => link_change(layer, *id, to.as_deref(), now),
            Edit::SetStatus { layer, to } => status_change(layer, *to, now),
            Edit::SetUnblinded { layer, to } => unblinded_change(layer, *to, now),
            Edit::SetDetached { layer, to, key: _ } => detached_change(layer, to.as_deref()),
            Edit::SetDecision { document, reviewer, span, to } => {
                decision_change((document, reviewer), *span, to.as_deref(), now)
            }
            Edit::SetReturn { document, reviewer, annotator, to } => {
                return_change((document, reviewer), annotator, to.as_deref(), now)
            }
            Edit::SetCategory { id, to } => {
                let old = to.as_ref().map(|(_, category)| category.name.clone());
                let new = now.codebook().category(id).map(|category| category.name.clone());
                entry_change(Changed::CategoryDef(id.clone()), old, new)
            }
            Edit::SetAttribute { id, to } => {
                let old = to.as_ref().map(|(_, attribute)| attribute.name.clone());
                let new = now.codebook().attribute(id).map(|attribute| attribute.name.clone());
                entry_change(Changed::AttributeDef(id.clone()), old, new)
            }
            Edit::SetLinkKind { id, to } => {
                let old = to.as_ref().map(|(_, kind)| kind.name.clone());
                let new = now.codebook().link_kind(id).map(|kind| kind.name.clone());
                entry_change(Changed::LinkKindDef(id.clone()), old, new)
            }
            Edit::SetAlias { from, to } => alias_change(from, to.as_ref(), now),
            Edit::SetAnnotator { id, to } => {
                let old = to.as_ref().map(|(_, annotator)| annotator.name.clone());
                let new = now.annotator(id).map(|annotator| annotator.name.clone());
                entry_change(Changed::Annotator(id.clone()), old, new)
            }
            Edit::SetName { to } => Change::new(Changed::ProjectName, to, now.name()),
            Edit::SetBlind { to } => {
                Change::new(Changed::Blind, words::blind(*to), words::blind(now.is_blind()))
            }
            Edit::SetActors { to } => Change::new(Changed::Actors, to.join("; "), now.actors().join("; ")),
            Edit::SetIssues { to } => Change::new(Changed::Issues, to.join("; "), now.issues().join("; ")),
            Edit::SetRelations { to } => {
                // The inverse of a batch is in reverse order, so its last edit holds the oldest value.
                self.relations = Some(to);
                return;
            }
            Edit::SetDocumentSet { id, to } => set_change(id, to.clone(), now),
            Edit::SetMembers { set, documents, are_in } => members_change(set, documents, *are_in, now),
            Edit::MoveDocuments { to } => order_change(to, now),
            Edit::SetMeta { document, to } => return self.others.extend(meta_change(document, to, now)),
            Edit::InsertDocument { document, at: _ } => {
                in_document(document.id(), Changed::Document, document.meta.title.clone(), String::new())
            }
            Edit::RemoveDocument { document } => added_document(document, now),
            Edit::ReplaceText { to } => text_change(to, now),
            Edit::SetNotesEntry { owner, to } => notes_change(owner, to, now),
        };
        self.others.push(change);
    }

    /// Records spans of which only the category has changed.
    fn record_recoded(&mut self, layer: &'a LayerId, spans: &[SpanId], old: &CategoryId, now: &Project) {
        for &id in spans {
            let known = self.positions.get(&(layer, id)).and_then(|at| self.spans.get(*at));
            let span = match known {
                Some(known) => known.old.clone(),
                None => now.layer(layer).and_then(|layer| layer.span(id)).cloned(),
            };
            let old = span.map(|span| Arc::new(Span { category: old.clone(), ..(*span).clone() }));
            self.record_span(layer, id, old);
        }
    }

    /// Records a span. The inverse of a batch is in reverse order, so its last edit of a span holds the oldest value.
    fn record_span(&mut self, layer: &'a LayerId, id: SpanId, old: Option<Arc<Span>>) {
        match self.positions.get(&(layer, id)).and_then(|at| self.spans.get_mut(*at)) {
            Some(span) => span.old = old,
            None => {
                self.positions.insert((layer, id), self.spans.len());
                self.spans.push(TouchedSpan { layer, id, old });
            }
        }
    }

    /// Counts the spans added, removed and changed per layer.
    fn count_by_layer(&self, now: &Project) -> Vec<Change> {
        let mut counts: BTreeMap<&LayerId, SpanCounts> = BTreeMap::new();
        for span in &self.spans {
            let counts = counts.entry(span.layer).or_default();
            match (&span.old, span.current(now)) {
                (None, Some(_)) => counts.added += 1,
                (Some(_), None) => counts.removed += 1,
                (Some(old), Some(new)) if old != new => counts.changed += 1,
                (Some(_), Some(_)) | (None, None) => {}
            }
        }
        let changed = counts.into_iter().filter(|(_, counts)| *counts != SpanCounts::default());
        changed.map(|(layer, counts)| counts.change(layer)).collect()
    }
}

/// Number of spans of a layer that a step has touched.
#[derive(Clone, Copy, PartialEq, Default)]
struct SpanCounts {
    added: usize,
    removed: usize,
    changed: usize,
}

impl SpanCounts {
    fn change(self, layer: &LayerId) -> Change {
        let before = words::removed_spans(self.removed);
        in_layer(layer, Changed::Spans, before, words::new_spans(self.added, self.changed))
    }
}

impl TouchedSpan<'_> {
    /// The span after the step; `None` if the step removed it.
    fn current<'p>(&self, now: &'p Project) -> Option<&'p Arc<Span>> {
        now.layer(self.layer).and_then(|layer| layer.span(self.id))
    }

    fn changes(&self, now: &Project) -> Vec<Change> {
        let text = now.document(&self.layer.document).and_then(|document| document.text.as_deref());
        let change = |what: Changed, before: String, after: String| Change {
            span: Some(self.id),
            ..in_layer(self.layer, what, before, after)
        };
        let (old, new) = match (self.old.as_deref(), self.current(now)) {
            (Some(old), Some(new)) => (old, new),
            (None, None) => return Vec::new(),
            (old, new) => {
                let describe = |span: Option<&Span>| span.map(|s| words::span(s, text)).unwrap_or_default();
                return vec![change(Changed::Span, describe(old), describe(new.map(|span| &**span)))];
            }
        };
        let mut out = Vec::new();
        if old.category != new.category {
            out.push(change(Changed::SpanCategory, old.category.to_string(), new.category.to_string()));
        }
        if old.ranges != new.ranges {
            out.push(change(Changed::Ranges, words::ranges(old, text), words::ranges(new, text)));
        }
        if old.note != new.note {
            out.push(change(Changed::Note, words::note(&old.note), words::note(&new.note)));
        }
        let ids: BTreeSet<_> = old.attributes.keys().chain(new.attributes.keys()).collect();
        for id in ids.into_iter().filter(|id| old.attributes.get(id) != new.attributes.get(id)) {
            let value = |span: &Span| span.attributes.get(id).map(ToString::to_string).unwrap_or_default();
            out.push(change(Changed::Attribute(id.clone()), value(old), value(new)));
        }
        out
    }
}

fn status_change(layer: &LayerId, old: Status, now: &Project) -> Change {
    let new = now.layer(layer).map(|layer| layer.stored_status()).unwrap_or_default();
    in_layer(layer, Changed::Status, words::status(old).to_owned(), words::status(new).to_owned())
}

fn unblinded_change(layer: &LayerId, old: Option<Stamp>, now: &Project) -> Change {
    let new = now.layer(layer).and_then(|layer| layer.unblinded());
    in_layer(layer, Changed::Status, words::unblinded(old), words::unblinded(new))
}

fn detached_change(layer: &LayerId, removed: Option<&Detached>) -> Change {
    in_layer(layer, Changed::Detached, removed.map(words::detached).unwrap_or_default(), String::new())
}

fn meta_change(id: &DocumentId, old: &DocumentMeta, now: &Project) -> Option<Change> {
    let new = now.document(id)?;
    Some(in_document(id, Changed::Meta, words::title(old), words::title(&new.meta)))
}

fn added_document(id: &DocumentId, now: &Project) -> Change {
    let title = now.document(id).map(|document| document.meta.title.clone());
    in_document(id, Changed::Document, String::new(), title.unwrap_or_default())
}

fn set_change(id: &DocumentSetId, old: Option<String>, now: &Project) -> Change {
    entry_change(Changed::DocumentSetName(id.clone()), old, now.document_sets().get(id).cloned())
}

/// The documents that have left a set, before, and those that have joined it, after.
fn members_change(set: &DocumentSetId, documents: &[DocumentId], were_in: bool, now: &Project) -> Change {
    let names = words::titles(documents, now);
    let (before, after) = if were_in { (names, String::new()) } else { (String::new(), names) };
    Change::new(Changed::Members(set.clone()), before, after)
}

/// The places of documents before and after, counted from 1.
fn order_change(before: &[(usize, DocumentId)], now: &Project) -> Change {
    let now_at = |id: &DocumentId| now.position(id).map(|at| (at, id.clone()));
    let after: Vec<(usize, DocumentId)> = before.iter().filter_map(|(_, id)| now_at(id)).collect();
    Change::new(Changed::DocumentOrder, words::places(before), words::places(&after))
}

fn text_change(old: &Document, now: &Project) -> Change {
    let new = now.document(old.id()).map(|document| words::text_version(&document.meta));
    in_document(old.id(), Changed::Text, words::text_version(&old.meta), new.unwrap_or_default())
}

/// The change of an entry of the project file that has an id, and a name if it exists.
fn entry_change(what: Changed, old: Option<String>, new: Option<String>) -> Change {
    Change::new(what, old.unwrap_or_default(), new.unwrap_or_default())
}

/// The entries of the relations that are not the same before and after.
fn relation_change(old: &Relations, new: &Relations) -> Option<Change> {
    let keys: BTreeSet<_> = old.keys().into_iter().chain(new.keys()).collect();
    let keys: Vec<_> = keys.into_iter().filter(|key| !old.has_same(key, new)).collect();
    let describe = |relations: &Relations| {
        keys.iter().filter_map(|key| words::relation(relations, key)).collect::<Vec<_>>().join("; ")
    };
    (!keys.is_empty()).then(|| Change::new(Changed::Relations, describe(old), describe(new)))
}

fn notes_change(owner: &AnnotatorId, old: &NotesEntry, now: &Project) -> Change {
    let notes = now.analysis_notes_of(owner);
    match old {
        NotesEntry::View(id, old) => {
            let new = notes.and_then(|notes| notes.views.get(id)).map(|view| view.name.clone());
            entry_change(Changed::SavedView, old.as_ref().map(|view| view.name.clone()), new)
        }
        NotesEntry::Event(id, old) => {
            let new = notes.and_then(|notes| notes.calendar.events.get(id)).map(words::event);
            entry_change(Changed::Event, old.as_ref().map(words::event), new)
        }
        NotesEntry::Phase(id, old) => {
            let new = notes.and_then(|notes| notes.calendar.phases.get(id)).map(words::phase);
            entry_change(Changed::Phase, old.as_ref().map(words::phase), new)
        }
        NotesEntry::Dismissed(pair, was) => {
            let is = notes.is_some_and(|notes| notes.dismissed.contains(pair));
            let text = |is: bool| is.then(|| words::pair(pair));
            entry_change(Changed::DismissedPair, text(*was), text(is))
        }
        NotesEntry::Memo(subject, old) => {
            let new = notes.and_then(|notes| notes.memos.get(subject));
            let text = |memo: Option<&Arc<Memo>>| memo.map(|memo| words::note(&memo.text));
            let change = entry_change(Changed::Memo(subject.clone()), text(old.as_ref()), text(new));
            match subject {
                MemoSubject::Document(id) => {
                    Change { document: Some(id.clone()), layer: Some(owner.clone()), ..change }
                }
                MemoSubject::Project | MemoSubject::Category(_) => change,
            }
        }
    }
}

fn link_change(layer: &LayerId, id: LinkId, old: Option<&Link>, now: &Project) -> Change {
    let new = now.layer(layer).and_then(|layer| layer.link(id)).map(|link| &**link);
    let describe = |link: Option<&Link>| link.map(words::link).unwrap_or_default();
    let change = in_layer(layer, Changed::Link, describe(old), describe(new));
    Change { span: new.or(old).map(|link| link.from), ..change }
}

fn decision_change(
    (id, reviewer): (&DocumentId, &AnnotatorId),
    span: SpanId,
    old: Option<&Decision>,
    now: &Project,
) -> Change {
    let new = now.document(id).and_then(|d| d.reviews.get(reviewer)?.decisions.get(&span)).map(|new| &**new);
    let describe = |decision: Option<&Decision>| decision.map(words::decision).unwrap_or_default();
    Change {
        layer: new.or(old).map(|decision| decision.annotator.clone()),
        span: Some(span),
        ..in_document(id, Changed::Decision, describe(old), describe(new))
    }
}

fn alias_change(from: &CategoryId, old: Option<&CategoryId>, now: &Project) -> Change {
    let new = now.codebook().aliases.get(from).map(ToString::to_string);
    entry_change(Changed::Alias(from.clone()), old.map(ToString::to_string), new)
}

fn return_change(
    (id, reviewer): (&DocumentId, &AnnotatorId),
    annotator: &AnnotatorId,
    old: Option<&Return>,
    now: &Project,
) -> Change {
    let review = now.document(id).and_then(|document| document.reviews.get(reviewer));
    let new = review.and_then(|review| review.returns.get(annotator)).map(|new| &**new);
    let describe = |made: Option<&Return>| made.map(|made| words::returned(&made.reason)).unwrap_or_default();
    in_layer(&LayerId::new(id, annotator), Changed::Status, describe(old), describe(new))
}

fn in_document(id: &DocumentId, what: Changed, before: String, after: String) -> Change {
    Change { document: Some(id.clone()), ..Change::new(what, before, after) }
}

fn in_layer(layer: &LayerId, what: Changed, before: String, after: String) -> Change {
    Change { layer: Some(layer.annotator.clone()), ..in_document(&layer.document, what, before, after) }
}
