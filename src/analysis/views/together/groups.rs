//! Groups of passages that pairs connect.

/// Some passages of a document, by number.
#[derive(Clone)]
pub(super) struct Members {
    bits: Vec<u64>,
    len: usize,
}

impl Members {
    /// No passages, of so many.
    pub fn new(count: usize) -> Self {
        Self { bits: vec![0; count.div_ceil(64)], len: 0 }
    }

    /// Adds a passage, and returns true if it was not among them.
    pub fn add(&mut self, number: usize) -> bool {
        let (word, bit) = (&mut self.bits[number / 64], 1 << (number % 64));
        let is_new = *word & bit == 0;
        *word |= bit;
        // With `self.len += usize::from(is_new)`, rustc 1.95 drops the sum from optimised programs.
        if is_new {
            self.len += 1;
        }
        is_new
    }

    /// Number of passages.
    pub fn len(&self) -> usize {
        self.len
    }

    /// The passages that are in either.
    pub fn union(&self, other: &Self) -> Self {
        let bits: Vec<u64> = self.bits.iter().zip(&other.bits).map(|(one, two)| one | two).collect();
        Self { len: bits.iter().map(|word| word.count_ones() as usize).sum(), bits }
    }

    /// The numbers, in order.
    pub fn numbers(&self) -> impl Iterator<Item = usize> + '_ {
        self.bits.iter().enumerate().flat_map(|(at, word)| {
            let rest = |word: &u64| Some(word & (word - 1)).filter(|rest| *rest != 0);
            let words = std::iter::successors(Some(*word).filter(|word| *word != 0), rest);
            words.map(move |word| at * 64 + word.trailing_zeros() as usize)
        })
    }

    fn clear(&mut self) {
        self.bits.fill(0);
        self.len = 0;
    }
}

/// Groups of passages that pairs connect.
pub(super) struct Groups {
    /// The passages that are in a group.
    pub members: Members,
    /// A passage of the same group, for those that are in one.
    above: Vec<u32>,
}

impl Groups {
    pub fn new(count: usize) -> Self {
        Self { members: Members::new(count), above: vec![0; count] }
    }

    /// Connects the passages of these pairs alone, and returns the number of groups.
    pub fn connect(&mut self, pairs: &[(u32, u32)]) -> usize {
        self.members.clear();
        let mut joined = 0;
        for (one, two) in pairs {
            for number in [*one, *two] {
                if self.members.add(number as usize) {
                    self.above[number as usize] = number;
                }
            }
            let (one, two) = (self.find(*one), self.find(*two));
            if one != two {
                self.above[one as usize] = two;
                joined += 1;
            }
        }
        self.members.len() - joined
    }

    fn find(&mut self, mut at: u32) -> u32 {
        while self.above[at as usize] != at {
            let next = self.above[at as usize];
            self.above[at as usize] = self.above[next as usize];
            at = next;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_connected() {
        let mut groups = Groups::new(5);
        assert_eq!(groups.connect(&[]), 0);
        assert_eq!(groups.connect(&[(0, 1), (2, 3)]), 2);
        assert_eq!(groups.members.numbers().collect::<Vec<_>>(), [0, 1, 2, 3]);
        assert_eq!(groups.connect(&[(0, 1), (2, 3), (1, 2), (0, 3)]), 1);
        assert_eq!(groups.connect(&[(4, 1)]), 1);
        assert_eq!(groups.members.numbers().collect::<Vec<_>>(), [1, 4]);
    }

    #[test]
    fn members_are_listed_in_order_each_once() {
        let mut members = Members::new(130);
        assert_eq!([129, 0, 64, 129].map(|number| members.add(number)), [true, true, true, false]);
        assert_eq!((members.len(), members.numbers().collect::<Vec<_>>()), (3, vec![0, 64, 129]));
        let mut others = Members::new(130);
        others.add(63);
        assert_eq!(members.union(&others).numbers().collect::<Vec<_>>(), [0, 63, 64, 129]);
    }
}
