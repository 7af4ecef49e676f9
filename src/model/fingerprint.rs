//! Fingerprints of long quotes, each computed in constant time.

use std::fmt;
use std::sync::OnceLock;

/// The prime 2⁶¹ − 1, modulo which fingerprints are computed.
const PRIME: u64 = (1 << 61) - 1;
/// The base of the polynomial.
const BASE: u64 = 1_315_423_911_730_283_597;
/// Bytes between two prefixes whose fingerprints are kept.
const STRIDE: usize = 256;

/// The fingerprint of a string: `h = 0`, then `h = (h · 1315423911730283597 + byte + 1) mod (2⁶¹ − 1)` for each byte of
/// its UTF-8. The fingerprint of any part of a text follows from those of its prefixes, so that thousands of nested
/// spans take no more time than one. It detects accidents, not forgeries; whole texts have a SHA-256.
///
/// ```
/// use demarche_model::{Fingerprint, Text, TextRange};
///
/// let text = Text::new("will suspend the talks");
/// assert_eq!(text.fingerprint(TextRange::new(5, 12)), Fingerprint::of(b"suspend"));
/// assert_eq!(Fingerprint::of(b"a").to_string(), "0000000000000062");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// Computes the fingerprint of a string.
    pub fn of(bytes: &[u8]) -> Self {
        Self::default().extended(bytes)
    }

    /// Reads 16 hexadecimal digits.
    pub fn parse(digits: &str) -> Option<Self> {
        let plain = digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        u64::from_str_radix(digits, 16).ok().filter(|&value| plain && value < PRIME).map(Self)
    }

    /// Returns the fingerprint of this string followed by another one of `length` bytes.
    pub(crate) fn followed_by(self, other: Self, length: usize) -> Self {
        Self(add(multiply(self.0, power(length)), other.0))
    }

    fn extended(self, bytes: &[u8]) -> Self {
        Self(bytes.iter().fold(self.0, |hash, &byte| add(multiply(hash, BASE), u64::from(byte) + 1)))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// The fingerprints of the prefixes of a text, computed when the first one is needed.
#[derive(Default, Debug)]
pub(crate) struct Prefixes(OnceLock<Vec<Fingerprint>>);

impl Prefixes {
    /// Returns the fingerprint of the bytes from `start` to `end`, which are inside `text`.
    pub fn part(&self, text: &[u8], start: usize, end: usize) -> Fingerprint {
        let (before, whole) = (self.prefix(text, start), self.prefix(text, end));
        let before = multiply(before.0, power(end - start));
        Fingerprint(add(whole.0, PRIME - before))
    }

    fn prefix(&self, text: &[u8], end: usize) -> Fingerprint {
        let kept = self.0.get_or_init(|| {
            let mut so_far = Fingerprint::default();
            let before = |chunk| {
                let after = so_far.extended(chunk);
                std::mem::replace(&mut so_far, after)
            };
            text.chunks(STRIDE).map(before).collect()
        });
        let at = (end / STRIDE).min(kept.len().saturating_sub(1));
        kept.get(at).map_or_else(Fingerprint::default, |before| before.extended(&text[at * STRIDE..end]))
    }
}

/// Returns the base to the power of `exponent`.
fn power(exponent: usize) -> u64 {
    let (mut result, mut square, mut left) = (1, BASE, exponent);
    while left > 0 {
        if left & 1 == 1 {
            result = multiply(result, square);
        }
        square = multiply(square, square);
        left >>= 1;
    }
    result
}

fn add(a: u64, b: u64) -> u64 {
    let sum = a + b;
    if sum >= PRIME { sum - PRIME } else { sum }
}

fn multiply(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    // 2⁶¹ is 1 modulo the prime, so the high bits are added to the low ones.
    let low = (product & u128::from(PRIME)) as u64;
    let high = (product >> 61) as u64;
    add(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn digits_are_read_back_and_others_refused() {
        let mark = Fingerprint::of("Règlement".as_bytes());
        assert_eq!(Fingerprint::parse(&mark.to_string()), Some(mark));
        for wrong in ["", "62", "+000000000000062", "ffffffffffffffff", "1fffffffffffffff"] {
            assert_eq!(Fingerprint::parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn parts_have_the_fingerprint_of_their_bytes(
            text in proptest::collection::vec(any::<u8>(), 0..1200),
            a in 0usize..1200,
            b in 0usize..1200,
        ) {
            let (a, b) = (a.min(text.len()), b.min(text.len()));
            let (start, end) = (a.min(b), a.max(b));
            let part = Prefixes::default().part(&text, start, end);
            prop_assert_eq!(part, Fingerprint::of(&text[start..end]));
            let joined = Fingerprint::of(&text[..start]).followed_by(part, end - start);
            prop_assert_eq!(joined, Fingerprint::of(&text[..end]));
        }
    }
}
