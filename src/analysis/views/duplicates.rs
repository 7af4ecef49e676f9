//! Chains of repeats, whatever the roles.

use crate::bargain::{LinkRole, Moves, PassageIndex};

/// For each passage by index, one passage that stands for all that repeats connect with it.
pub(super) fn chains(moves: &Moves) -> Vec<PassageIndex> {
    let mut stands: Vec<Option<PassageIndex>> = vec![None; moves.capacity()];
    moves.iter().for_each(|(index, _)| stands[index.get()] = Some(index));
    for link in moves.links().filter(|link| link.role == LinkRole::Repeats) {
        if let Some(target) = moves.target(link) {
            let (one, two) = (root(&stands, link.from), root(&stands, target));
            stands[one.max(two).get()] = Some(one.min(two));
        }
    }
    let first = moves.iter().next().map(|(index, _)| index);
    let resolve = |at: Option<PassageIndex>| at.map(|index| root(&stands, index)).or(first);
    stands.iter().filter_map(|at| resolve(*at)).collect()
}

fn root(stands: &[Option<PassageIndex>], mut index: PassageIndex) -> PassageIndex {
    while let Some(next) = stands[index.get()].filter(|next| *next != index) {
        index = next;
    }
    index
}
