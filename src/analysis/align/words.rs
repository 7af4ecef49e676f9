//! What two quotes differ in, word by word, for showing one beside the other.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation as _;

/// A piece of a quote, and whether the other quote has it too.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece<'a> {
    /// The words.
    pub text: &'a str,
    /// Whether they stand in the other quote, too.
    pub same: bool,
}

/// Two quotes in pieces, whole words each; put together the pieces of a quote are the quote.
pub fn differences<'a>(old: &'a str, new: &'a str) -> (Vec<Piece<'a>>, Vec<Piece<'a>>) {
    let words = |text: &'a str| text.split_word_bounds().collect::<Vec<_>>();
    let (old_words, new_words) = (words(old), words(new));
    let (mut left, mut right) = (Pieces::of(old), Pieces::of(new));
    for op in capture_diff_slices(Algorithm::Myers, &old_words, &new_words) {
        let same = matches!(op, DiffOp::Equal { .. });
        left.add(&old_words[op.old_range()], same);
        right.add(&new_words[op.new_range()], same);
    }
    (left.out, right.out)
}

struct Pieces<'a> {
    text: &'a str,
    at: usize,
    out: Vec<Piece<'a>>,
}

impl<'a> Pieces<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, at: 0, out: Vec::new() }
    }

    fn add(&mut self, words: &[&str], same: bool) {
        let end = self.at + words.iter().map(|word| word.len()).sum::<usize>();
        if end > self.at {
            self.out.push(Piece { text: &self.text[self.at..end], same });
        }
        self.at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::differences;

    #[test]
    fn pieces_are_whole_words_and_nothing_is_missing() {
        let (old, new) = differences("we will suspend the talks", "we may suspend talks");
        let changed = |pieces: &[super::Piece<'_>]| {
            pieces.iter().filter(|piece| !piece.same).map(|piece| piece.text.to_owned()).collect::<Vec<_>>()
        };
        assert_eq!((changed(&old), changed(&new)), (vec!["will".into(), " the".into()], vec!["may".into()]));
        assert_eq!(old.iter().map(|piece| piece.text).collect::<String>(), "we will suspend the talks");
        assert_eq!(differences("", ""), (vec![], vec![]));
    }
}
