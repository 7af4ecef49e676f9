//! The text cut into blocks: what is laid out, measured and scrolled as one piece.

use unicode_segmentation::GraphemeCursor;

use demarche_model::TextRange;

/// Longest block in bytes. Longer paragraphs are split, so that no layout costs more than a few milliseconds.
pub const LONGEST: usize = 4 * 1024;

/// Where every block of a text starts.
///
/// A block is a paragraph without its line end, or a piece of a paragraph longer than [`LONGEST`]. Pieces end after
/// white space, or between two graphemes where there is none. There is always at least one block; a text that ends
/// with a line end has an empty block after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocks {
    /// Twice the first byte of each block, plus one where a paragraph ends with the block. Ascending; so that a walk
    /// over all blocks need not look at the text.
    starts: Vec<usize>,
    /// Length of the text in bytes.
    len: usize,
}

impl Blocks {
    /// Cuts a text. O(text).
    pub fn new(text: &str) -> Self {
        let mut starts = Vec::with_capacity(text.len() / 96 + 1);
        let mut at = 0;
        for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
            split(text.get(at..end).unwrap_or_default(), at, &mut starts);
            if let Some(last) = starts.last_mut() {
                *last |= 1;
            }
            at = end + 1;
        }
        Self { starts, len: text.len() }
    }

    /// How many blocks there are; at least one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// Where block `index` lies in the text, without the line end. Empty beyond the last block.
    pub fn range(&self, index: usize) -> TextRange {
        let start = self.starts.get(index).map_or(self.len, |&start| start >> 1);
        let end = match self.starts.get(index + 1) {
            Some(&next) => (next >> 1) - usize::from(self.ends_paragraph(index)),
            None => self.len,
        };
        TextRange::new(start, end.max(start))
    }

    /// Whether a paragraph ends with this block.
    pub fn ends_paragraph(&self, index: usize) -> bool {
        self.starts.get(index).is_none_or(|start| start & 1 == 1)
    }

    /// The block that holds `offset`; a line end counts to the block before it.
    pub fn at(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start >> 1 <= offset).saturating_sub(1)
    }
}

/// Pushes the starts of the pieces of a paragraph that begins at byte `at` of the text.
fn split(paragraph: &str, at: usize, starts: &mut Vec<usize>) {
    let mut done = 0;
    starts.push(at << 1);
    while paragraph.len() - done > LONGEST {
        let Some(rest) = paragraph.get(done..) else { break };
        done += cut(rest);
        starts.push((at + done) << 1);
    }
}

/// Length of the first piece of a text longer than [`LONGEST`]; above 0 and below the length of the text.
fn cut(rest: &str) -> usize {
    let limit = rest.floor_char_boundary(LONGEST);
    let head = rest.get(..limit).unwrap_or_default();
    let space = head.char_indices().rev().find(|(_, c)| c.is_whitespace()).map(|(i, c)| i + c.len_utf8());
    if let Some(space) = space.filter(|&s| s > LONGEST / 4 && s < rest.len() && is_boundary(rest, s)) {
        return space;
    }
    // A grapheme may be longer than anything sensible: then between two characters.
    let window = rest.get(..rest.ceil_char_boundary(limit + 64)).unwrap_or(rest);
    let mut cursor = GraphemeCursor::new(limit, window.len(), true);
    if is_boundary(window, limit) {
        return limit;
    }
    cursor.prev_boundary(window, 0).ok().flatten().filter(|&b| b > LONGEST / 4).unwrap_or(limit)
}

fn is_boundary(text: &str, at: usize) -> bool {
    GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(text: &str) -> Vec<&str> {
        let blocks = Blocks::new(text);
        (0..blocks.count()).map(|i| blocks.range(i)).map(|r| &text[r.start..r.end]).collect()
    }

    #[test]
    fn a_block_is_a_paragraph_without_its_line_end() {
        assert_eq!(parts(""), [""]);
        assert_eq!(parts("one"), ["one"]);
        assert_eq!(parts("one\n\ntwo\n"), ["one", "", "two", ""]);
        assert_eq!(parts("\n\n"), ["", "", ""]);
    }

    #[test]
    fn long_paragraphs_are_split_after_white_space() {
        let text = "word ".repeat(3000);
        let parts = parts(&text);
        assert!(parts.len() > 3);
        assert!(parts.iter().all(|p| p.len() <= LONGEST && p.ends_with(' ')));
        assert_eq!(parts.concat(), text);
        let blocks = Blocks::new(&text);
        assert!(!blocks.ends_paragraph(0));
        assert!(blocks.ends_paragraph(blocks.count() - 1));
    }

    #[test]
    fn without_white_space_no_grapheme_is_cut() {
        let text = "👩‍👩‍👧".repeat(1000);
        let parts = parts(&text);
        assert!(parts.len() > 3);
        assert!(parts.iter().all(|p| p.len() <= LONGEST && p.len() % "👩‍👩‍👧".len() == 0));
    }

    #[test]
    fn a_monstrous_grapheme_is_cut_between_characters() {
        let text = format!("a{}", "\u{301}".repeat(10_000));
        assert_eq!(parts(&text).concat(), text);
    }

    #[test]
    fn every_offset_finds_its_block() {
        let text = "one\n\ntwo";
        let blocks = Blocks::new(text);
        let found: Vec<usize> = (0..=text.len() + 1).map(|o| blocks.at(o)).collect();
        assert_eq!(found, [0, 0, 0, 0, 1, 2, 2, 2, 2, 2]);
    }

    proptest! {
        #[test]
        fn blocks_cover_the_text(text in "(\\PC|\n|[a-z ]{0,900}){0,60}") {
            let blocks = Blocks::new(&text);
            let mut at = 0;
            for i in 0..blocks.count() {
                let range = blocks.range(i);
                prop_assert_eq!(range.start, at);
                prop_assert!(text.get(range.start..range.end).is_some_and(|t| !t.contains('\n')));
                at = range.end + usize::from(blocks.ends_paragraph(i) && i + 1 < blocks.count());
            }
            prop_assert_eq!(at, text.len());
        }
    }
}
