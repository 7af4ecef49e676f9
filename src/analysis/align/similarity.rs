//! How alike two quotes are.

use similar::{Algorithm, capture_diff_slices, diff_ratio};
use unicode_segmentation::UnicodeSegmentation as _;

/// Up to so many characters quotes are compared character by character, beyond it word by word.
const BY_CHARACTER: usize = 600;

/// How alike two texts are, in percent: twice what they have in common, by what both have (the ratio of Ratcliff and
/// Obershelp's pattern matching, 1988, with the longest common subsequence as what they have in common). White space counts
/// as one space, so that 100 says that the words are the same.
pub fn similarity(a: &str, b: &str) -> u8 {
    let (a, b) = (spaced(a), spaced(b));
    if a == b {
        return 100;
    }
    let ratio = if a.len().max(b.len()) <= BY_CHARACTER {
        ratio(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
    } else {
        ratio(&a.split_word_bounds().collect::<Vec<_>>(), &b.split_word_bounds().collect::<Vec<_>>())
    };
    // What is not the same is never said to be.
    (ratio * 100.0).round().clamp(0.0, 99.0) as u8
}

fn ratio<T: Eq + Ord + std::hash::Hash + Clone>(a: &[T], b: &[T]) -> f32 {
    diff_ratio(&capture_diff_slices(Algorithm::Myers, a, b), a.len(), b.len())
}

/// A text with every run of white space made one space, and none at its ends.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::similarity;

    #[test]
    fn likeness_is_that_of_the_words() {
        assert_eq!(similarity("will suspend\nthe talks", "will suspend the  talks"), 100);
        assert_eq!(similarity("abc", "xyz"), 0);
        assert_eq!(similarity("", "xyz"), 0);
        // Six of nine characters on each side are the same: "by " and "day".
        assert_eq!(similarity("by Friday", "by Monday"), 67);
        let long = "word ".repeat(500);
        assert_eq!(similarity(&long, &format!("{long}more")), 99);
    }
}
