//! Links between passages, in both directions, and the chains that repeats form.

use std::collections::{BTreeSet, HashMap};

use super::LedgerOptions;
use crate::bargain::{DocumentIndex, LinkRole, Moves, Passage, PassageIndex, PassageLink};
use demarche_model::SpanId;

/// A span that may or may not be in a chosen layer.
type SpanKey = (DocumentIndex, SpanId);

/// The answers and repeats among the links, by either end.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Graph {
    from: HashMap<PassageIndex, Vec<(LinkRole, SpanKey)>>,
    to: HashMap<SpanKey, Vec<(LinkRole, PassageIndex)>>,
}

impl Graph {
    pub fn of(moves: &Moves) -> Self {
        let mut graph = Self::default();
        moves.links().for_each(|link| graph.add(link));
        graph
    }

    pub fn add(&mut self, link: &PassageLink) {
        if link.role != LinkRole::Other {
            let to = (link.to_document, link.to);
            self.from.entry(link.from).or_default().push((link.role, to));
            self.to.entry(to).or_default().push((link.role, link.from));
        }
    }

    pub fn remove(&mut self, link: &PassageLink) {
        let to = (link.to_document, link.to);
        remove_one(&mut self.from, &link.from, &(link.role, to));
        remove_one(&mut self.to, &to, &(link.role, link.from));
    }

    /// The passages that a passage has links of a role to.
    pub fn targets<'a>(
        &'a self,
        moves: &'a Moves,
        from: PassageIndex,
        role: LinkRole,
    ) -> impl Iterator<Item = PassageIndex> + 'a {
        let links = self.from.get(&from).map_or(&[][..], Vec::as_slice);
        links.iter().filter(move |link| link.0 == role).filter_map(|(_, key)| moves.at(*key))
    }

    /// The passages that have links of a role to a passage.
    pub fn sources<'a>(
        &'a self,
        moves: &'a Moves,
        to: PassageIndex,
        role: LinkRole,
    ) -> impl Iterator<Item = PassageIndex> + 'a {
        let links = moves.keys_of(to).filter_map(|key| self.to.get(&key)).flatten();
        links.filter(move |link| link.0 == role).map(|(_, from)| *from)
    }

    /// The passages that say the same as a passage, in time: those of its role and its actors that repeats connect with it,
    /// in either direction. They need not be moves.
    pub fn chain(&self, moves: &Moves, options: &LedgerOptions, start: PassageIndex) -> Vec<PassageIndex> {
        let first = moves.get(start);
        let mut seen = BTreeSet::from([start]);
        let mut waiting = vec![start];
        while let Some(at) = waiting.pop() {
            let near = self.targets(moves, at, LinkRole::Repeats);
            for next in near.chain(self.sources(moves, at, LinkRole::Repeats)) {
                let passage = moves.get(next);
                if are_alike(first, passage) && options.is_in_time(passage) && seen.insert(next) {
                    waiting.push(next);
                }
            }
        }
        seen.into_iter().collect()
    }
}

/// True if one passage can repeat another: same role, same actors.
pub(super) fn are_alike(one: &Passage, other: &Passage) -> bool {
    (one.role, one.actors) == (other.role, other.actors)
}

fn remove_one<K: std::hash::Hash + Eq, V: PartialEq>(map: &mut HashMap<K, Vec<V>>, key: &K, value: &V) {
    let Some(values) = map.get_mut(key) else { return };
    if let Some(at) = values.iter().position(|known| known == value) {
        values.swap_remove(at);
    }
    if values.is_empty() {
        map.remove(key);
    }
}
