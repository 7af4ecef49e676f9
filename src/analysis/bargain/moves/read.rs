//! Reads the passages of a document.

use std::sync::Arc;

use foldhash::{HashMap as FastMap, HashMapExt, HashSet as FastSet, HashSetExt};

use super::attributes::names;
use super::conditions::mark_conditions;
use super::{LinkRole, Moves, MovesChange, PassageLink};
use crate::bargain::{ActorSetId, DocumentIndex, OwnerIndex, Passage, PassageIndex};
use demarche_model::{
    AnnotatorId, AttributeId, Attributes, CategoryId, Document, Layer, Link, MoveRole, Ranges, Span, SpanId,
};

impl Moves {
    /// Reads the chosen layers of a document, and returns what has changed in it.
    pub(super) fn read_document(&mut self, index: DocumentIndex, document: &Document) -> MovesChange {
        let reading = self.reading.clone();
        let layers = reading.layers(document);
        let doubles = find_doubles(&layers);
        let mut passages = Vec::new();
        for (owner, layer) in &layers {
            let owner = self.owner_index(owner);
            self.read_layer(index, owner, layer, &mut passages);
        }
        passages.retain(|passage| !doubles.contains_key(&passage.span));
        mark_conditions(&mut passages);
        passages.sort_by_key(Passage::text_order);
        let mut change = self.replace_rows(index, passages);
        self.columns.forget(index);
        let by_span = &mut self.documents[index.get()].by_span;
        for (double, kept) in &doubles {
            if let Some(&kept) = by_span.get(kept) {
                by_span.insert(*double, kept);
            }
        }
        let links: Vec<PassageLink> = layers
            .iter()
            .flat_map(|(_, layer)| layer.links())
            .filter_map(|link| self.read_link(index, link))
            .collect();
        let rows = &mut self.documents[index.get()];
        rows.is_read = document.is_loaded();
        rows.doubles = doubles.into_iter().collect();
        rows.doubles.sort_unstable();
        let before = std::mem::replace(&mut rows.links, links);
        (change.links_before, change.links_after) = difference(before, &rows.links);
        change
    }

    fn read_layer(
        &mut self,
        document: DocumentIndex,
        owner: OwnerIndex,
        layer: &Layer,
        out: &mut Vec<Passage>,
    ) {
        out.reserve(layer.len());
        for span in layer.spans_unsorted() {
            out.push(self.read_span(document, owner, span));
        }
        let lost = layer.detached().filter(|(_, detached)| detached.is_pending());
        for claim in lost.filter_map(|(_, detached)| detached.claim.as_ref()) {
            out.push(Passage { has_no_place: true, ..self.read_span(document, owner, &claim.span) });
        }
    }

    fn read_span(&mut self, document: DocumentIndex, owner: OwnerIndex, span: &Span) -> Passage {
        let attributes = &span.attributes;
        let category = self.categories.index(&span.category);
        let role = self.categories.role(category);
        let (actors, persons) = self.read_actors(attributes);
        let target = self.meanings.target.clone();
        let (targets, target_persons) = self.read_parties(attributes, target.as_ref());
        let when = self.meanings.when(attributes);
        let order_date = when.or_else(|| self.documents[document.get()].date);
        Passage {
            span: span.id,
            document,
            owner,
            ranges: span.ranges.clone(),
            category,
            role,
            actors,
            persons,
            targets,
            target_persons,
            issues: self.issues.set(names(attributes, self.meanings.issue.as_ref())),
            when,
            order_date,
            is_denied: self.meanings.is_denied(attributes),
            is_hypothetical: self.meanings.is_hypothetical(attributes),
            is_conditional: self.meanings.is_conditional(attributes),
            is_reported: when.is_none() && self.meanings.is_past(attributes),
            is_condition: false,
            is_recommendation: role == Some(MoveRole::Demand) && self.are_observers(actors),
            has_no_place: false,
        }
    }

    /// The actors of a passage, with persons as their party and by their own name. Without an actor, the speaker counts if
    /// their party is known.
    fn read_actors(&mut self, attributes: &Attributes) -> (ActorSetId, ActorSetId) {
        let actor = self.meanings.actor.clone();
        let (actors, persons) = self.read_parties(attributes, actor.as_ref());
        if actors != ActorSetId::EMPTY {
            return (actors, persons);
        }
        let speakers = names(attributes, self.meanings.speaker.as_ref());
        let relations = self.relations.clone();
        let known = speakers.filter(|speaker| relations.persons.contains_key(*speaker));
        let parties = self.actors.set(known.clone().map(|speaker| relations.party(speaker)));
        (parties, self.actors.set(known))
    }

    fn read_parties(
        &mut self,
        attributes: &Attributes,
        id: Option<&AttributeId>,
    ) -> (ActorSetId, ActorSetId) {
        let names = names(attributes, id);
        let persons = self.actors.set(names.clone());
        let relations = &self.relations;
        if names.clone().all(|name| !relations.persons.contains_key(name)) {
            return (persons, persons);
        }
        (self.actors.set(names.map(|name| relations.party(name))), persons)
    }

    fn are_observers(&self, actors: ActorSetId) -> bool {
        let mut names = self.actors.names(actors).peekable();
        names.peek().is_some() && names.all(|name| self.relations.observers.contains(name))
    }

    fn read_link(&self, document: DocumentIndex, link: &Link) -> Option<PassageLink> {
        let from = self.at((document, link.from))?;
        let to_document = self.numbers.get(&link.to_document).copied()?;
        let role = self.link_roles.get(&link.kind).copied();
        let role = role.unwrap_or_else(|| LinkRole::of_unknown(&link.kind));
        Some(PassageLink { id: link.id, kind: link.kind.clone(), role, from, to_document, to: link.to })
    }

    /// Puts passages in the place of those of a document. Passages that were there keep their index.
    fn replace_rows(&mut self, document: DocumentIndex, passages: Vec<Passage>) -> MovesChange {
        let mut change = MovesChange::default();
        let rows = &mut self.documents[document.get()];
        let mut gone: FastSet<PassageIndex> = rows.rows.drain(..).collect();
        let mut placed = FastSet::with_capacity(passages.len());
        rows.by_span.reserve(passages.len().saturating_sub(rows.by_span.len()));
        for (double, _) in rows.doubles.drain(..) {
            rows.by_span.remove(&double);
        }
        for passage in passages {
            let known = rows.by_span.get(&passage.span).copied();
            let index = known.unwrap_or(PassageIndex(u32::try_from(self.passages.len()).unwrap_or(u32::MAX)));
            // Of two with the same id, the first counts.
            if !placed.insert(index) {
                continue;
            }
            rows.rows.push(index);
            gone.remove(&index);
            match self.passages.get_mut(index.get()) {
                Some(before) if *before == passage => {}
                Some(before) => {
                    change.before.push((index, std::mem::replace(before, passage)));
                    change.after.push(index);
                }
                None => {
                    rows.by_span.insert(passage.span, index);
                    self.passages.push(passage);
                    change.after.push(index);
                }
            }
        }
        for index in gone {
            let passage = self.passages[index.get()].clone();
            rows.by_span.remove(&passage.span);
            change.before.push((index, passage));
        }
        change
    }
}

/// Finds the passages that several adjudicators settled alike, and the one of each that counts.
pub(crate) fn find_doubles(layers: &[(&AnnotatorId, &Arc<Layer>)]) -> FastMap<SpanId, SpanId> {
    let mut doubles = FastMap::new();
    if layers.len() < 2 {
        return doubles;
    }
    let mut kept: FastMap<(&Ranges, &CategoryId), Vec<&Span>> = FastMap::new();
    for span in layers.iter().flat_map(|(_, layer)| layer.spans()) {
        let alike = kept.entry((&span.ranges, &span.category)).or_default();
        let is_same = |known: &&&Span| known.attributes == span.attributes && known.note == span.note;
        match alike.iter().find(is_same) {
            Some(first) if first.id != span.id => drop(doubles.insert(span.id, first.id)),
            Some(_) => {}
            None => alike.push(span),
        }
    }
    doubles
}

/// The links that are only in one of two lists.
fn difference(before: Vec<PassageLink>, after: &[PassageLink]) -> (Vec<PassageLink>, Vec<PassageLink>) {
    let known: FastSet<&PassageLink> = before.iter().collect();
    let now: FastSet<&PassageLink> = after.iter().collect();
    let added = after.iter().filter(|link| !known.contains(link)).cloned().collect();
    let gone = before.iter().filter(|link| !now.contains(link)).cloned().collect();
    (gone, added)
}
