//! Splits a text into blocks, the unit of layout, measuring and scrolling.

use unicode_segmentation::GraphemeCursor;

use demarche_model::TextRange;

/// Maximum length of a block in bytes. Longer paragraphs are split, so that no layout takes more than a few
/// milliseconds.
pub const MAX_BLOCK_BYTES: usize = 4 * 1024;

/// The blocks of a text.
///
/// A block is a paragraph without its line end, or a piece of a paragraph longer than [`MAX_BLOCK_BYTES`]. Pieces end
/// after white space or, if there is none, between two graphemes. There is always at least one block; a text that
/// ends with a line end has an empty block after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocks {
    /// Twice the first byte of each block, plus one if a paragraph ends with the block. Ascending. The flag saves a
    /// walk over all blocks from reading the text.
    starts: Vec<usize>,
    /// The length of the text in bytes.
    len: usize,
}

impl Blocks {
    /// Splits `text`. O(text).
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

    /// Returns the number of blocks, at least one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// Returns the range of block `index` in the text, without the line end. Empty beyond the last block.
    pub fn range(&self, index: usize) -> TextRange {
        let start = self.starts.get(index).map_or(self.len, |&start| start >> 1);
        let end = match self.starts.get(index + 1) {
            Some(&next) => (next >> 1) - usize::from(self.ends_paragraph(index)),
            None => self.len,
        };
        TextRange::new(start, end.max(start))
    }

    /// Returns whether a paragraph ends with block `index`.
    pub fn ends_paragraph(&self, index: usize) -> bool {
        self.starts.get(index).is_none_or(|start| start & 1 == 1)
    }

    /// Returns the block that contains `offset`. A line end belongs to the block before it.
    pub fn at(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start >> 1 <= offset).saturating_sub(1)
    }
}

/// Pushes the starts of the pieces of a paragraph that begins at byte `at` of the text.
fn split(paragraph: &str, at: usize, starts: &mut Vec<usize>) {
    let mut done = 0;
    starts.push(at << 1);
    while paragraph.len() - done > MAX_BLOCK_BYTES {
        let Some(rest) = paragraph.get(done..) else { break };
        done += first_piece_len(rest);
        starts.push((at + done) << 1);
    }
}

/// Returns the length of the first piece of a text longer than [`MAX_BLOCK_BYTES`]; above 0 and below the length of the
/// text.
fn first_piece_len(rest: &str) -> usize {
    let limit = rest.floor_char_boundary(MAX_BLOCK_BYTES);
    let head = rest.get(..limit).unwrap_or_default();
    let space = head.char_indices().rev().find(|(_, c)| c.is_whitespace()).map(|(i, c)| i + c.len_utf8());
    if let Some(space) = space.filter(|&s| s > MAX_BLOCK_BYTES / 4 && s < rest.len() && is_boundary(rest, s))
    {
        return space;
    }
    // A grapheme may be absurdly long; then the cut goes between two of its characters.
    let window = rest.get(..rest.ceil_char_boundary(limit + 64)).unwrap_or(rest);
    let mut cursor = GraphemeCursor::new(limit, window.len(), true);
    if is_boundary(window, limit) {
        return limit;
    }
    cursor.prev_boundary(window, 0).ok().flatten().filter(|&b| b > MAX_BLOCK_BYTES / 4).unwrap_or(limit)
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
        assert!(parts.iter().all(|p| p.len() <= MAX_BLOCK_BYTES && p.ends_with(' ')));
        assert_eq!(parts.concat(), text);
        let blocks = Blocks::new(&text);
        assert!(!blocks.ends_paragraph(0));
        assert!(blocks.ends_paragraph(blocks.count() - 1));
    }

    #[test]
    fn graphemes_are_kept_whole_where_there_is_no_white_space() {
        let text = "👩‍👩‍👧".repeat(1000);
        let parts = parts(&text);
        assert!(parts.len() > 3);
        assert!(parts.iter().all(|p| p.len() <= MAX_BLOCK_BYTES && p.len() % "👩‍👩‍👧".len() == 0));
    }

    #[test]
    fn an_overlong_grapheme_is_cut_between_characters() {
        let text = format!("a{}", "\u{301}".repeat(10_000));
        assert_eq!(parts(&text).concat(), text);
    }

    #[test]
    fn every_offset_belongs_to_a_block() {
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
