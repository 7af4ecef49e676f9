//! Pseudo-random numbers with a seed: the same in each run, for draws, and for the input of tests and benches.

/// The generator SplitMix64 (Steele, Lea & Flood 2014): small, and good enough to draw documents. Not for secrets.
///
/// ```
/// use demarche_analysis::random::Random;
///
/// let (mut one, mut other) = (Random::new(7), Random::new(7));
/// let drawn = one.below(10);
/// assert!(drawn < 10 && drawn == other.below(10));
/// ```
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// Creates a generator.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns a number of 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        scramble(self.0)
    }

    /// Returns a number below `end`; 0 if `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        // The product is less than `end` times 2⁶⁴.
        ((u128::from(self.bits()) * end as u128) >> 64) as usize
    }

    /// Puts items into a random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (2..=items.len()).rev() {
            items.swap(end - 1, self.below(end));
        }
    }
}

/// Returns a number that depends on all bits of another one.
pub fn scramble(seed: u64) -> u64 {
    let mut z = seed;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
