//! Figures per pair of actors.

use std::collections::{BTreeMap, HashMap};

use super::score::CategoryWeights;
use super::{Scope, Score, share, softness};
use crate::bargain::{ActorId, DocumentIndex, Moves, Passage, PassageIndex, PassageSet, Weights};
use demarche_model::{MoveRole, Tone};

/// The moves of one actor towards another.
#[derive(Clone, PartialEq, Debug)]
pub struct DyadFigures {
    /// Who makes the moves.
    pub from: ActorId,
    /// To whom they are addressed.
    pub to: ActorId,
    /// All moves, conditions and recommendations among them.
    pub moves: PassageSet,
    /// Offers, concessions, commitments and acceptances.
    pub soft: PassageSet,
    /// Demands, threats, rejections and withdrawals, without conditions and recommendations.
    pub hard: PassageSet,
    /// The concessions.
    pub concessions: PassageSet,
    /// The score of the moves, without conditions and recommendations.
    pub score: Score,
    /// The concessions that the other actor makes to this one.
    pub returned: PassageSet,
    /// What followed the concessions.
    pub following: Following,
}

/// The concessions of an actor to another, by what followed: a concession of the other on the same issue in the next
/// document in which the other has a move. Reported moves are left out, since their order is uncertain. It is a count, not a
/// test.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Following {
    /// Those that were followed by one.
    pub followed: PassageSet,
    /// Those that were not.
    pub not_followed: PassageSet,
    /// Those after which the other has no move in a later document, so that nothing is known.
    pub without_next: PassageSet,
}

/// All pairs of actors with a move from one to the other.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Dyads {
    /// The pairs, in the order of the list of actors.
    pub all: Vec<DyadFigures>,
    /// Moves of an actor towards itself, which are in no pair.
    pub towards_self: PassageSet,
    /// Moves with an actor and no target.
    pub without_target: PassageSet,
}

impl DyadFigures {
    /// Softness: (soft − hard) / (soft + hard). Undefined without either.
    pub fn softness(&self) -> Option<f64> {
        softness(self.soft.len(), self.hard.len())
    }

    /// Balance: the smaller number of concessions, of the one to the other or the reverse, divided by the greater. 1 if both
    /// concede as often; undefined if neither does.
    pub fn balance(&self) -> Option<f64> {
        let counts = [self.concessions.len(), self.returned.len()];
        let [least, most] = [counts[0].min(counts[1]), counts[0].max(counts[1])];
        share(least as f64, most as f64)
    }
}

impl Dyads {
    /// The pairs of a scope. A move with several actors or targets counts in each pair; with members for collectives, a
    /// member's move towards itself does not exist.
    pub fn of(scope: Scope<'_>, weights: &Weights) -> Self {
        let weights = CategoryWeights::of(scope.moves, weights, scope.rules);
        let mut pairs: BTreeMap<(ActorId, ActorId), Vec<(PassageIndex, &Passage)>> = BTreeMap::new();
        let (mut towards_self, mut without_target) = (Vec::new(), Vec::new());
        for (index, passage) in scope.moves() {
            let (actors, targets) = (scope.actors(passage), scope.targets(passage));
            if targets.is_empty() && !actors.is_empty() {
                without_target.push(index);
            }
            for (actor, target) in actors.iter().flat_map(|a| targets.iter().map(move |t| (*a, *t))) {
                if actor == target {
                    towards_self.push(index);
                } else {
                    pairs.entry((actor, target)).or_default().push((index, passage));
                }
            }
        }
        let next = NextMoves::of(scope);
        let of_pair = |(&(from, to), moves): (&(ActorId, ActorId), &Vec<(PassageIndex, &Passage)>)| {
            let back = pairs.get(&(to, from)).map_or(&[][..], Vec::as_slice);
            figures_of((from, to), moves, back, &weights, &next)
        };
        Self {
            all: pairs.iter().map(of_pair).collect(),
            towards_self: towards_self.into_iter().collect(),
            without_target: without_target.into_iter().collect(),
        }
    }

    /// The figures of a pair.
    pub fn get(&self, from: ActorId, to: ActorId) -> Option<&DyadFigures> {
        self.all.iter().find(|dyad| (dyad.from, dyad.to) == (from, to))
    }
}

fn figures_of(
    (from, to): (ActorId, ActorId),
    moves: &[(PassageIndex, &Passage)],
    back: &[(PassageIndex, &Passage)],
    weights: &CategoryWeights,
    next: &NextMoves<'_>,
) -> DyadFigures {
    let with_tone = |tone: Tone| -> PassageSet {
        let own = moves.iter().filter(|(_, passage)| !next.scope.rules.is_derived(passage));
        own.filter(|(_, passage)| passage.role.and_then(MoveRole::tone) == Some(tone))
            .map(|(index, _)| *index)
            .collect()
    };
    let concessions = concessions(moves);
    DyadFigures {
        from,
        to,
        moves: moves.iter().map(|(index, _)| *index).collect(),
        soft: with_tone(Tone::Soft),
        hard: with_tone(Tone::Hard),
        score: weights.score(moves.iter().copied()),
        returned: self::concessions(back),
        following: next.following(&concessions, from, to),
        concessions,
    }
}

fn concessions(moves: &[(PassageIndex, &Passage)]) -> PassageSet {
    let all = moves.iter().filter(|(_, passage)| passage.role == Some(MoveRole::Concession));
    all.map(|(index, _)| *index).collect()
}

/// The moves of each actor that are not reported, the earliest first, and its concessions by document.
struct NextMoves<'a> {
    scope: Scope<'a>,
    of_actor: HashMap<ActorId, Vec<PassageIndex>>,
    concessions: HashMap<(ActorId, DocumentIndex), Vec<PassageIndex>>,
}

impl<'a> NextMoves<'a> {
    fn of(scope: Scope<'a>) -> Self {
        let mut all: Vec<PassageIndex> =
            (scope.moves()).filter(|(_, passage)| !passage.is_reported).map(|(index, _)| index).collect();
        scope.moves.sort(&mut all);
        let all = all.into_iter().map(|index| (index, scope.moves.get(index)));
        let (mut of_actor, mut concessions) = (HashMap::new(), HashMap::new());
        for (index, passage) in all {
            for actor in scope.actors(passage) {
                of_actor.entry(*actor).or_insert_with(Vec::new).push(index);
                if passage.role == Some(MoveRole::Concession) {
                    concessions.entry((*actor, passage.document)).or_insert_with(Vec::new).push(index);
                }
            }
        }
        Self { scope, of_actor, concessions }
    }

    fn following(&self, concessions: &PassageSet, from: ActorId, to: ActorId) -> Following {
        let moves = self.scope.moves;
        let (mut followed, mut not_followed, mut without_next) = (Vec::new(), Vec::new(), Vec::new());
        for index in concessions.iter().filter(|index| !moves.get(*index).is_reported) {
            match self.is_followed(moves, index, from, to) {
                Some(true) => followed.push(index),
                Some(false) => not_followed.push(index),
                None => without_next.push(index),
            }
        }
        Following {
            followed: followed.into_iter().collect(),
            not_followed: not_followed.into_iter().collect(),
            without_next: without_next.into_iter().collect(),
        }
    }

    /// True if the next document in which `to` has a move contains a concession of theirs on the same issue, to `from` or to
    /// nobody in particular. `None` if there is no such document.
    fn is_followed(&self, moves: &Moves, index: PassageIndex, from: ActorId, to: ActorId) -> Option<bool> {
        let (concession, place) = (moves.get(index), moves.place(index));
        let list = self.of_actor.get(&to)?;
        let after = list.partition_point(|index| moves.place(*index) <= place);
        let mut later = list[after..].iter().map(|index| moves.get(*index).document);
        let next = later.find(|document| *document != concession.document)?;
        let returns = self.concessions.get(&(to, next)).map_or(&[][..], Vec::as_slice);
        let answers = |index: &&PassageIndex| {
            let passage = moves.get(**index);
            let targets = self.scope.targets(passage);
            let issues = moves.issues();
            let is_same_issue = !moves.has_issues()
                || issues.is_within(passage.issues, concession.issues)
                || issues.is_within(concession.issues, passage.issues);
            let is_later = moves.place(**index) > place;
            is_later && is_same_issue && (targets.is_empty() || targets.contains(&from))
        };
        Some(returns.iter().any(|index| answers(&index)))
    }
}
