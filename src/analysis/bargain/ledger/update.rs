//! Keeping the ledger up to date at a cost that depends on the edit.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::candidates::{compare, may_matter};
use super::outcome::Question;
use super::{Ask, Ledger, asked_parties};
use crate::bargain::{LinkRole, Moves, MovesChange, Passage, PassageIndex};
use demarche_model::SpanId;

impl Ledger {
    /// Follows an edit, given what it has changed in the moves. Draws up the asks that the changed passages state, answer or
    /// repeat, and looks again for the possible answers of those asks that the changed passages may be near. The result is
    /// the same as from nothing.
    pub fn update(&mut self, moves: &Moves, change: &MovesChange) {
        self.asks.resize(moves.capacity(), None);
        self.first_of.resize(moves.capacity(), None);
        change.links_before.iter().for_each(|link| self.graph.remove(link));
        change.links_after.iter().for_each(|link| self.graph.add(link));
        self.update_timeline(moves, change);
        let changed = self.withdraw(moves, change);
        self.draw_up_again(moves, changed);
        self.look_again(moves, change);
    }

    /// Takes note of the pairs of an ask and a move that somebody has dismissed, and looks again for the possible answers of
    /// the asks concerned.
    pub fn set_dismissed(&mut self, moves: &Moves, dismissed: Arc<BTreeSet<(SpanId, SpanId)>>) {
        let before = std::mem::replace(&mut self.options.dismissed, dismissed);
        let changed: BTreeSet<SpanId> =
            before.symmetric_difference(&self.options.dismissed).map(|(ask, _)| *ask).collect();
        let is_concerned = |ask: &&Ask| ask.chain.iter().any(|one| changed.contains(&moves.get(*one).span));
        let stale: Vec<PassageIndex> = self.asks().filter(is_concerned).map(Ask::id).collect();
        self.look_for_answers_of(moves, stale);
    }

    fn update_timeline(&mut self, moves: &Moves, change: &MovesChange) {
        for (index, before) in &change.before {
            self.timeline.remove(moves, *index, before);
        }
        for index in &change.after {
            if self.options.is_move(moves.get(*index)) {
                self.timeline.add(moves, *index);
            }
        }
        let documents = change.before.iter().map(|(_, before)| before.document);
        let documents = documents.chain(change.after.iter().map(|index| moves.get(*index).document));
        for document in documents.collect::<BTreeSet<_>>() {
            self.timeline.refresh_last(moves, &self.options, document);
        }
    }

    /// Takes out the asks that a change may concern, and returns their passages and others that may state one now.
    fn withdraw(&mut self, moves: &Moves, change: &MovesChange) -> BTreeSet<PassageIndex> {
        let mut waiting: Vec<PassageIndex> = change.before.iter().map(|(index, _)| *index).collect();
        waiting.extend(&change.after);
        for link in change.links_before.iter().chain(&change.links_after) {
            waiting.push(link.from);
            waiting.extend(moves.target(link));
        }
        let near: Vec<PassageIndex> =
            waiting.iter().flat_map(|index| self.neighbours(moves, *index)).collect();
        waiting.extend(near);
        let mut changed = BTreeSet::new();
        while let Some(index) = waiting.pop() {
            if !changed.insert(index) {
                continue;
            }
            if let Some(first) = self.first_of[index.get()].take()
                && let Some(ask) = self.asks[first.get()].take()
            {
                waiting.extend(&ask.chain);
                self.order.retain(|other| *other != first);
            }
            if moves.is_present(index) {
                // Passages that have become one chain with it.
                waiting.extend(self.graph.chain(moves, &self.options, index));
            }
        }
        changed
    }

    fn neighbours(&self, moves: &Moves, index: PassageIndex) -> Vec<PassageIndex> {
        let answered = self.graph.targets(moves, index, LinkRole::Answers);
        let repeated = self.graph.targets(moves, index, LinkRole::Repeats);
        let repeating = self.graph.sources(moves, index, LinkRole::Repeats);
        answered.chain(repeated).chain(repeating).collect()
    }

    fn draw_up_again(&mut self, moves: &Moves, changed: BTreeSet<PassageIndex>) {
        for index in changed {
            let is_move = moves.is_present(index) && self.options.is_move(moves.get(index));
            if !is_move || self.first_of[index.get()].is_some() {
                continue;
            }
            let chain = self.statements(moves, index);
            let Some(ask) = self.draw_up(moves, chain) else { continue };
            let first = ask.id();
            ask.chain.iter().for_each(|member| self.first_of[member.get()] = Some(first));
            let passage = moves.get(first);
            let place = self.order.partition_point(|other| compare(moves.get(*other), passage).is_lt());
            self.order.insert(place, first);
            self.asks[first.get()] = Some(Arc::new(ask));
        }
    }

    /// Looks for possible answers again where a change may make a difference.
    fn look_again(&mut self, moves: &Moves, change: &MovesChange) {
        let after = change.after.iter().map(|index| moves.get(*index));
        let passages: Vec<&Passage> = change.before.iter().map(|(_, passage)| passage).chain(after).collect();
        let counts = |passage: &&&Passage| self.options.is_move(passage);
        let passages: Vec<&Passage> = passages.iter().filter(counts).copied().collect();
        let stale: Vec<PassageIndex> =
            self.asks().filter(|ask| is_stale(moves, ask, &passages)).map(Ask::id).collect();
        self.look_for_answers_of(moves, stale);
    }

    fn look_for_answers_of(&mut self, moves: &Moves, asks: Vec<PassageIndex>) {
        for first in asks {
            let Some(mut ask) = self.asks[first.get()].take() else { continue };
            self.look_for_answers(moves, Arc::make_mut(&mut ask));
            self.asks[first.get()] = Some(ask);
        }
    }
}

fn is_stale(moves: &Moves, ask: &Ask, passages: &[&Passage]) -> bool {
    if ask.reach == super::ask::Reach::Nowhere {
        return false;
    }
    let asked = asked_parties(moves, ask.id());
    let passage = moves.get(ask.id());
    let question = Question { kind: ask.kind, askers: moves.actors().parties(passage.actors), asked: &asked };
    passages.iter().any(|changed| may_matter(moves, &ask.reach, &question, passage, changed))
}
