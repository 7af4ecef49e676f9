//! Demands that are conditions of an offer or threat.

use crate::bargain::passage::are_inside;
use crate::bargain::{ActorSetId, Passage};
use demarche_model::{MoveRole, Ranges};

/// Marks the conditions among the passages of a document.
///
/// A demand is a condition if it is wholly inside an offer or threat of the same actor. The holder need not be a move. A
/// link of the kind "conditional on" alone makes no condition: a demand stated on its own remains a demand.
pub(super) fn mark_conditions(passages: &mut [Passage]) {
    let is_holder = |passage: &&Passage| match passage.role {
        Some(MoveRole::Offer | MoveRole::Threat) => !passage.has_no_place,
        _ => false,
    };
    let mut holders: Vec<Holder> = passages.iter().filter(is_holder).map(Holder::of).collect();
    holders.sort_by_key(|holder| holder.ranges.start());
    // The greatest end of the holders up to each, to know when no earlier one can reach.
    let ends: Vec<usize> = holders
        .iter()
        .scan(0, |end, holder| {
            *end = holder.ranges.end().max(*end);
            Some(*end)
        })
        .collect();
    for passage in passages.iter_mut().filter(|passage| passage.role == Some(MoveRole::Demand)) {
        let (start, end) = (passage.ranges.start(), passage.ranges.end());
        let count = holders.partition_point(|holder| holder.ranges.start() <= start);
        let near = holders[..count].iter().zip(&ends).rev().take_while(|(_, reach)| **reach >= end);
        passage.is_condition = near
            .filter(|(holder, _)| holder.actors == passage.actors)
            .any(|(holder, _)| !passage.has_no_place && are_inside(&passage.ranges, &holder.ranges));
    }
}

/// An offer or threat.
struct Holder {
    ranges: Ranges,
    actors: ActorSetId,
}

impl Holder {
    fn of(passage: &Passage) -> Self {
        Self { ranges: passage.ranges.clone(), actors: passage.actors }
    }
}
