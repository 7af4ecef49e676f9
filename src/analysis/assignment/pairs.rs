//! Pairs of coders in an order in which neither a coder nor a pair gets ahead.

/// Returns all pairs of `people`. After any number of them, the numbers of pairs that two coders are in differ by one at
/// most.
///
/// With an even number of coders, the pairs come in rounds in which everyone is in one pair (the circle method). With an odd
/// number, they come in cycles through all coders (Walecki's), of which every second pair is taken first and the others then:
/// the pair that closes a cycle stands between the two, where one coder is still without a pair.
pub(super) fn all_pairs(people: usize) -> Vec<(usize, usize)> {
    match people {
        0 | 1 => Vec::new(),
        even if even.is_multiple_of(2) => rounds(even),
        odd => (0..odd / 2).flat_map(|cycle| balanced(&cycle_through(odd, cycle))).collect(),
    }
}

/// Returns the rounds of a tournament: one player stays, and the others move around them.
fn rounds(people: usize) -> Vec<(usize, usize)> {
    let moving = people - 1;
    let round = |round: usize| {
        let others = (1..people / 2).map(move |n| ((round + n) % moving, (round + moving - n) % moving));
        std::iter::once((moving, round)).chain(others)
    };
    (0..moving).flat_map(round).collect()
}

/// Returns one of the cycles into which the pairs of an odd number of coders fall apart: the last coder, then the others in
/// a zigzag.
fn cycle_through(people: usize, cycle: usize) -> Vec<usize> {
    let others = people - 1;
    let zigzag = (0..others).map(|step| {
        let steps = step.div_ceil(2);
        if step % 2 == 1 { (cycle + steps) % others } else { (cycle + others - steps) % others }
    });
    std::iter::once(others).chain(zigzag).collect()
}

/// Returns the pairs of a cycle of odd length: the first, third, fifth … in the first turn, the others in the second.
fn balanced(cycle: &[usize]) -> Vec<(usize, usize)> {
    let length = cycle.len();
    let pair = |at: usize| Some((*cycle.get(at % length)?, *cycle.get((at + 1) % length)?));
    (0..length).filter_map(|turn| pair(2 * turn)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_pair_comes_once_and_nobody_gets_ahead() {
        for people in 0..=23 {
            let pairs = all_pairs(people);
            let different: BTreeSet<_> = pairs.iter().map(|&(a, b)| (a.min(b), a.max(b))).collect();
            assert_eq!((pairs.len(), different.len()), (people * people.saturating_sub(1) / 2, pairs.len()));
            let mut counts = vec![0; people];
            for (a, b) in pairs {
                assert_ne!(a, b);
                counts[a] += 1;
                counts[b] += 1;
                let (least, most) = (counts.iter().min().unwrap(), counts.iter().max().unwrap());
                assert!(most - least <= 1, "{people}: {counts:?}");
            }
        }
    }
}
