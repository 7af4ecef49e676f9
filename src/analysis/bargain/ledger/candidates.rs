//! Possible answers: moves that a rule finds, and that only a person can make answers.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::ask::Reach;
use super::outcome::{Question, meet};
use super::{Candidate, LedgerOptions, Window};
use crate::bargain::{ActorId, ActorSetId, DocumentIndex, IssueId, IssueSetId, Moves, Passage, PassageIndex};
use crate::summary::Day;
use demarche_model::MoveRole;

/// A list of the timeline.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum List {
    /// The moves of a party.
    Of(ActorId),
    /// Those that can answer, about an issue or one below it, to a party or to nobody in particular. The issue is `None` where
    /// no attribute means it.
    About(ActorId, Option<IssueId>, Option<ActorId>),
}

/// The moves that can be possible answers, sorted from the earliest to the latest. Reported moves are left out, since it is
/// never certain that they come later.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Timeline {
    lists: HashMap<List, Vec<PassageIndex>>,
    /// The latest move of each document.
    last: Vec<Option<PassageIndex>>,
}

/// The possible answers of an ask.
#[derive(Default)]
pub(super) struct Found {
    pub candidates: Vec<Candidate>,
    pub reach: Reach,
}

impl Timeline {
    /// The timeline of moves that are in order.
    pub fn of(moves: &Moves, in_order: &[PassageIndex]) -> Self {
        let mut timeline = Self { lists: HashMap::new(), last: vec![None; moves.documents().len()] };
        for &index in in_order {
            let passage = moves.get(index);
            for list in lists_of(moves, passage) {
                timeline.lists.entry(list).or_default().push(index);
            }
            timeline.last[passage.document.get()] = Some(index);
        }
        timeline
    }

    /// Takes a passage out, as it was.
    pub fn remove(&mut self, moves: &Moves, index: PassageIndex, passage: &Passage) {
        for list in lists_of(moves, passage) {
            if let Some(known) = self.lists.get_mut(&list) {
                known.retain(|other| *other != index);
            }
        }
        self.lists.retain(|_, list| !list.is_empty());
    }

    /// Adds a move.
    pub fn add(&mut self, moves: &Moves, index: PassageIndex) {
        let passage = moves.get(index);
        for list in lists_of(moves, passage) {
            let known = self.lists.entry(list).or_default();
            known.insert(first_after(moves, known, index), index);
        }
    }

    /// Finds the latest move of a document again.
    pub fn refresh_last(&mut self, moves: &Moves, options: &LedgerOptions, document: DocumentIndex) {
        let all = moves.in_document(document).filter(|(_, passage)| options.is_move(passage));
        let last = all.max_by_key(|(_, passage)| passage.order()).map(|(index, _)| index);
        if let Some(known) = self.last.get_mut(document.get()) {
            *known = last;
        }
    }

    fn list(&self, list: List) -> &[PassageIndex] {
        self.lists.get(&list).map_or(&[], Vec::as_slice)
    }

    /// The possible answers of an ask that `first` states first.
    ///
    /// A move is one if it is later, shares no character with the ask and is not reported; if it is of a party that was asked
    /// and of none that asks, is about the issue or one below it, and is addressed to an asker or to nobody; and if its role
    /// can answer.
    pub fn find(
        &self,
        moves: &Moves,
        options: &LedgerOptions,
        question: &Question<'_>,
        first: PassageIndex,
    ) -> Found {
        let search = Search { timeline: self, moves, question, first, ask: moves.get(first) };
        let reach = search.reach(options.window);
        let mut found: Vec<PassageIndex> =
            question.asked.iter().flat_map(|party| search.answers_of(*party, &reach)).collect();
        moves.sort(&mut found);
        found.dedup();
        let candidates = found.into_iter().map(|index| search.candidate(index)).collect();
        Found { candidates, reach }
    }
}

/// One search for possible answers.
struct Search<'a> {
    timeline: &'a Timeline,
    moves: &'a Moves,
    question: &'a Question<'a>,
    /// The passage that states the ask first.
    first: PassageIndex,
    ask: &'a Passage,
}

impl Search<'_> {
    fn reach(&self, window: Window) -> Reach {
        match window {
            Window::Documents(count) => self.next_documents(count),
            Window::Days(days) => match self.ask.order_date {
                Some(date) => Reach::Until(Day(date.last.0.saturating_add(days))),
                None => Reach::Nowhere,
            },
            Window::All => Reach::Everywhere,
        }
    }

    /// The next documents in which a party that was asked has a later move that is not joint with an asker.
    fn next_documents(&self, count: usize) -> Reach {
        let mut openings: Vec<PassageIndex> = Vec::new();
        for party in self.question.asked {
            let list = self.timeline.list(List::Of(*party));
            let from = first_after(self.moves, list, self.first);
            let before = openings.len();
            for &index in &list[from..] {
                let document = self.moves.get(index).document;
                let is_known =
                    openings[before..].iter().any(|known| self.moves.get(*known).document == document);
                if !is_known && self.is_own_move(self.moves.get(index)) {
                    openings.push(index);
                    if openings.len() == before + count {
                        break;
                    }
                }
            }
        }
        if self.question.asked.len() > 1 {
            self.moves.sort(&mut openings);
        }
        let mut documents: Vec<DocumentIndex> = Vec::new();
        let mut last = None;
        for index in openings {
            let document = self.moves.get(index).document;
            if documents.len() < count && !documents.contains(&document) {
                documents.push(document);
                last = Some(index);
            }
        }
        let full = last.filter(|_| documents.len() == count);
        Reach::Documents(documents, full)
    }

    /// The possible answers of a party, the earliest first for each issue and addressee.
    fn answers_of(&self, party: ActorId, reach: &Reach) -> Vec<PassageIndex> {
        let mut found = Vec::new();
        let to = || self.question.askers.iter().copied().map(Some).chain([None]);
        for issue in issues_of(self.moves, self.ask.issues) {
            for list in to().map(|to| self.timeline.list(List::About(party, issue, to))) {
                let from = first_after(self.moves, list, self.first);
                let end = self.end(list, reach);
                let near = list.get(from..end).unwrap_or_default().iter().copied();
                found.extend(near.filter(|index| self.is_answer(self.moves.get(*index), reach)));
            }
        }
        found
    }

    /// The position in a list after which nothing is in reach.
    fn end(&self, list: &[PassageIndex], reach: &Reach) -> usize {
        match reach {
            Reach::Nowhere => 0,
            Reach::Everywhere => list.len(),
            Reach::Until(day) => list.partition_point(|index| {
                self.moves.get(*index).order_date.is_some_and(|date| date.first <= *day)
            }),
            Reach::Documents(documents, _) => {
                let lasts = documents.iter().filter_map(|document| self.timeline.last[document.get()]);
                let last = lasts.max_by_key(|index| self.moves.place(*index));
                last.map_or(0, |last| first_after(self.moves, list, last))
            }
        }
    }

    fn is_answer(&self, passage: &Passage, reach: &Reach) -> bool {
        let is_near = match reach {
            Reach::Documents(documents, _) => documents.contains(&passage.document),
            Reach::Nowhere | Reach::Until(_) | Reach::Everywhere => true,
        };
        is_near && self.is_own_move(passage)
    }

    /// True for a move that is not joint with an asker and shares no character with the ask.
    fn is_own_move(&self, passage: &Passage) -> bool {
        let parties = self.moves.actors().parties(passage.actors);
        !meet(parties, self.question.askers) && !passage.overlaps(self.ask)
    }

    fn candidate(&self, passage: PassageIndex) -> Candidate {
        let is_order_uncertain = self.ask.is_order_uncertain(self.moves.get(passage));
        Candidate { passage, is_order_uncertain }
    }
}

/// True if a changed passage, as it was or as it is, may make a difference to the possible answers of an ask.
pub(super) fn may_matter(
    moves: &Moves,
    reach: &Reach,
    question: &Question<'_>,
    ask: &Passage,
    passage: &Passage,
) -> bool {
    let parties = moves.actors().parties(passage.actors);
    if passage.is_reported || !meet(parties, question.asked) || compare(ask, passage) == Ordering::Greater {
        return false;
    }
    match reach {
        Reach::Nowhere => false,
        Reach::Documents(documents, full) => {
            let is_before_end = full.is_none_or(|index| compare(passage, moves.get(index)) == Ordering::Less);
            is_before_end || documents.contains(&passage.document)
        }
        Reach::Until(_) | Reach::Everywhere => {
            !moves.has_issues() || moves.issues().is_within(passage.issues, ask.issues)
        }
    }
}

fn can_answer(role: Option<MoveRole>) -> bool {
    match role {
        Some(
            MoveRole::Acceptance
            | MoveRole::Commitment
            | MoveRole::Concession
            | MoveRole::Offer
            | MoveRole::Rejection
            | MoveRole::Threat
            | MoveRole::DeedPlus
            | MoveRole::DeedMinus,
        ) => true,
        Some(MoveRole::Demand | MoveRole::Withdrawal | MoveRole::Reason) | None => false,
    }
}

/// The lists in which a move is.
fn lists_of(moves: &Moves, passage: &Passage) -> Vec<List> {
    if passage.is_reported {
        return Vec::new();
    }
    let parties = moves.actors().parties(passage.actors);
    let mut lists: Vec<List> = parties.iter().map(|party| List::Of(*party)).collect();
    if can_answer(passage.role) {
        let mut issues: Vec<Option<IssueId>> = Vec::new();
        for issue in issues_of(moves, passage.issues) {
            match issue {
                Some(issue) => issues.extend(moves.issues().chain(issue).iter().copied().map(Some)),
                None => issues.push(None),
            }
        }
        issues.sort_unstable();
        issues.dedup();
        let targets = moves.actors().parties(passage.targets).iter().copied().map(Some);
        let nobody = passage.targets == ActorSetId::EMPTY;
        for to in targets.chain(nobody.then_some(None)) {
            let about = |party: ActorId| issues.iter().map(move |issue| List::About(party, *issue, to));
            lists.extend(parties.iter().flat_map(|party| about(*party)));
        }
    }
    lists
}

/// The issues of a set; where no attribute means the issue, one that has no name.
fn issues_of(moves: &Moves, set: IssueSetId) -> Vec<Option<IssueId>> {
    if moves.has_issues() {
        moves.issues().members(set).iter().copied().map(Some).collect()
    } else {
        vec![None]
    }
}

/// The position in a sorted list of the first passage that is later than another one.
fn first_after(moves: &Moves, list: &[PassageIndex], earlier: PassageIndex) -> usize {
    let place = moves.place(earlier);
    list.partition_point(|index| moves.place(*index) <= place)
}

pub(super) fn compare(one: &Passage, other: &Passage) -> Ordering {
    one.order().cmp(&other.order())
}
