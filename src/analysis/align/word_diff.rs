//! A word-by-word diff of two quotes, to be shown side by side.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation as _;

/// A piece of a quote.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DiffPiece<'a> {
    /// The words.
    pub text: &'a str,
    /// True if the other quote contains the piece too.
    pub same: bool,
}

/// Splits two quotes into pieces of whole words. The pieces of a quote add up to the quote.
pub fn diff_words<'a>(old: &'a str, new: &'a str) -> (Vec<DiffPiece<'a>>, Vec<DiffPiece<'a>>) {
    let words = |text: &'a str| text.split_word_bounds().collect::<Vec<_>>();
    let (old_words, new_words) = (words(old), words(new));
    let (mut left, mut right) = (PieceList::new(old), PieceList::new(new));
    for op in capture_diff_slices(Algorithm::Myers, &old_words, &new_words) {
        let same = matches!(op, DiffOp::Equal { .. });
        left.add(&old_words[op.old_range()], same);
        right.add(&new_words[op.new_range()], same);
    }
    (left.out, right.out)
}

struct PieceList<'a> {
    text: &'a str,
    at: usize,
    out: Vec<DiffPiece<'a>>,
}

impl<'a> PieceList<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0, out: Vec::new() }
    }

    fn add(&mut self, words: &[&str], same: bool) {
        let end = self.at + words.iter().map(|word| word.len()).sum::<usize>();
        if end > self.at {
            self.out.push(DiffPiece { text: &self.text[self.at..end], same });
        }
        self.at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::diff_words;

    #[test]
    fn pieces_are_whole_words_and_nothing_is_missing() {
        let (old, new) = diff_words("we will suspend the talks", "we may suspend talks");
        let changed = |pieces: &[super::DiffPiece<'_>]| {
            pieces.iter().filter(|piece| !piece.same).map(|piece| piece.text.to_owned()).collect::<Vec<_>>()
        };
        assert_eq!((changed(&old), changed(&new)), (vec!["will".into(), " the".into()], vec!["may".into()]));
        assert_eq!(old.iter().map(|piece| piece.text).collect::<String>(), "we will suspend the talks");
        assert_eq!(diff_words("", ""), (vec![], vec![]));
    }
}
