//! Pairs of moves that follow each other.

use super::{FollowsOptions, FollowsSource, Speaker};
use crate::bargain::{ActorSetId, LinkRole, Passage, PassageIndex};
use crate::views::Look;

/// The pairs, the earlier move first.
pub(super) fn pairs(look: &Look<'_>, options: &FollowsOptions) -> Vec<(PassageIndex, PassageIndex)> {
    let mut pairs = match options.source {
        FollowsSource::Text => in_text(look),
        FollowsSource::Answers => by_answers(look),
        FollowsSource::Date => by_date(look),
    };
    pairs.retain(|(one, two)| {
        options.speaker.allows([*one, *two].map(|index| look.actor_set(look.get(index))))
    });
    pairs
}

impl Speaker {
    fn allows(self, [one, two]: [ActorSetId; 2]) -> bool {
        let are_stated = one != ActorSetId::EMPTY && two != ActorSetId::EMPTY;
        match self {
            Self::Any => true,
            Self::Changes => are_stated && one != two,
            Self::Same => are_stated && one == two,
        }
    }
}

/// The moves that make sequences.
fn moves<'l>(look: &'l Look<'_>) -> impl Iterator<Item = (PassageIndex, &'l Passage)> {
    look.moves().filter(|(_, passage)| !look.kind(passage).is_derived())
}

/// Each move with the next one of its document that does not overlap it. Moves within a move are skipped: they are said
/// together with it, not after it.
fn in_text(look: &Look<'_>) -> Vec<(PassageIndex, PassageIndex)> {
    let mut pairs = Vec::new();
    let mut last: Option<(PassageIndex, &Passage)> = None;
    for (index, passage) in moves(look).filter(|(_, passage)| !passage.has_no_place) {
        match last.filter(|(_, last)| last.document == passage.document) {
            Some((_, before)) if passage.ranges.start() < before.ranges.end() => continue,
            Some((before, _)) => pairs.push((before, index)),
            None => {}
        }
        last = Some((index, passage));
    }
    pairs
}

/// Each move with its linked answers.
fn by_answers(look: &Look<'_>) -> Vec<(PassageIndex, PassageIndex)> {
    let table = look.basis.moves;
    let counts = {
        let mut counts = vec![false; table.capacity()];
        moves(look).for_each(|(index, _)| counts[index.get()] = true);
        counts
    };
    let links = table.links().filter(|link| link.role == LinkRole::Answers);
    let pairs = links.filter_map(|link| Some((table.target(link)?, link.from)));
    pairs.filter(|(one, two)| counts[one.get()] && counts[two.get()]).collect()
}

/// Each move with the next one by date, where it is certain that it is later.
fn by_date(look: &Look<'_>) -> Vec<(PassageIndex, PassageIndex)> {
    let mut order: Vec<PassageIndex> = moves(look).map(|(index, _)| index).collect();
    look.basis.moves.sort(&mut order);
    let mut pairs = Vec::new();
    let mut last: Option<PassageIndex> = None;
    for index in order {
        if let Some(before) = last {
            let (one, two) = (look.get(before), look.get(index));
            if one.overlaps(two) {
                continue;
            }
            if !one.is_order_uncertain(two) {
                pairs.push((before, index));
            }
        }
        last = Some(index);
    }
    pairs
}
