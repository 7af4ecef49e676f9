//! How many documents each coder reads.

use crate::random::Random;

/// Divides `documents`, each of which has `readers`, in proportion to the weights. Nobody gets a document twice: who would
/// get more than all is given all, and the others share the rest. A fraction is rounded up or down (largest remainders;
/// the seed decides between equal ones), so each quota is less than one away from the share.
///
/// At least `readers` weights must be positive.
pub(super) fn quotas(documents: usize, readers: usize, weights: &[u32], random: &mut Random) -> Vec<usize> {
    let mut has_all: Vec<bool> = vec![false; weights.len()];
    loop {
        let capped = has_all.iter().filter(|has_all| **has_all).count();
        let rest = (documents * readers.saturating_sub(capped)) as u128;
        let free = weights.iter().zip(&has_all).map(|(weight, has_all)| if *has_all { 0 } else { *weight });
        let free: Vec<u128> = free.map(u128::from).collect();
        let sum = free.iter().sum::<u128>().max(1);
        let exceeds = |weight: &u128| rest * weight > documents as u128 * sum;
        if free.iter().any(exceeds) {
            has_all.iter_mut().zip(&free).for_each(|(has_all, weight)| *has_all |= exceeds(weight));
            continue;
        }
        let floors = free.iter().map(|weight| usize::try_from(rest * weight / sum).unwrap_or(documents));
        let floors = floors.zip(&has_all).map(|(floor, has_all)| if *has_all { documents } else { floor });
        let mut quotas: Vec<usize> = floors.collect();
        let missing = (documents * readers).saturating_sub(quotas.iter().sum());
        let mut order: Vec<usize> = (0..weights.len()).collect();
        random.shuffle(&mut order);
        order.sort_by_key(|&person| std::cmp::Reverse(free.get(person).map(|weight| rest * weight % sum)));
        for person in order.into_iter().take(missing) {
            if let Some(quota) = quotas.get_mut(person) {
                *quota += 1;
            }
        }
        return quotas;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_obeyed() {
        let of =
            |documents, readers, weights: &[u32]| quotas(documents, readers, weights, &mut Random::new(1));
        assert_eq!(of(12, 1, &[2, 1, 1]), [6, 3, 3]);
        assert_eq!(of(12, 2, &[2, 1, 1]), [12, 6, 6]);
        assert_eq!(of(10, 2, &[5, 1, 1]), [10, 5, 5], "nobody reads a document twice");
        assert_eq!(of(10, 2, &[5, 5, 0]), [10, 10, 0]);
        assert_eq!(of(0, 2, &[1, 1]), [0, 0]);
        let mut thirds = of(10, 1, &[1, 1, 1]);
        thirds.sort_unstable();
        assert_eq!(thirds, [3, 3, 4]);
    }
}
