//! A text that is written paragraph by paragraph, with headings, pages and counts of dropped content.

use super::{ReadDocument, ReadError};
use crate::loss::{DocumentLoss, Loss, Losses};
use demarche_model::{Anchor, AnchorKind, is_break_hint};

/// The separator of cells in a row of a table, which is one line.
const CELL: &str = "\t";

/// The separator of paragraphs in a cell.
const PART: &str = " / ";

/// A writer of texts. Paragraphs are lines separated by an empty line; list items and table rows follow without one.
#[derive(Debug, Default)]
pub(super) struct Writer {
    text: String,
    /// The byte at which the current paragraph starts.
    start: usize,
    /// Whether the line above is an item or a row, so that the next one follows without an empty line.
    close: bool,
    anchors: Vec<Anchor>,
    dropped: Losses,
}

impl Writer {
    /// Appends words to the paragraph.
    pub fn push(&mut self, words: &str) {
        for part in words.split_inclusive(is_cleaned) {
            let kept = part.trim_end_matches(is_cleaned);
            self.text.push_str(kept);
            self.drop(
                DocumentLoss::BreakHints,
                part[kept.len()..].chars().filter(|c| is_break_hint(*c)).count(),
            );
            // All line and page breaks inside words are line breaks.
            if part[kept.len()..].contains(['\n', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
                self.text.push('\n');
            }
        }
    }

    /// Appends words with white space collapsed to single spaces, as in HTML.
    pub fn push_collapsed(&mut self, words: &str) {
        const SPACE: [char; 5] = [' ', '\t', '\n', '\r', '\u{c}'];
        let mut spaced = words.starts_with(SPACE);
        for word in words.split(SPACE).filter(|word| !word.is_empty()) {
            if spaced {
                self.space();
            }
            self.push(word);
            spaced = true;
        }
        if words.ends_with(SPACE) {
            self.space();
        }
    }

    /// Appends a space, unless the paragraph is empty or ends with one.
    pub fn space(&mut self) {
        if !self.paragraph().is_empty() && !self.text.ends_with([' ', '\n', '\t']) {
            self.text.push(' ');
        }
    }

    /// Ends a cell of a row and starts the next one.
    pub fn cell(&mut self) {
        self.trim_part();
        while self.text.len() > self.start && self.text.ends_with(' ') {
            self.text.pop();
        }
        self.text.push_str(CELL);
    }

    /// Ends a paragraph in a cell.
    pub fn part(&mut self) {
        let cell = self.paragraph().rsplit(CELL).next().unwrap_or_default();
        if cell.trim().is_empty() || cell.ends_with(PART) {
            return;
        }
        let kept = self.start + self.paragraph().trim_end_matches(' ').len();
        self.text.truncate(kept);
        self.text.push_str(PART);
    }

    /// Ends a row of cells.
    pub fn end_row(&mut self) {
        self.trim_part();
        self.end_line();
    }

    fn trim_part(&mut self) {
        if self.paragraph().ends_with(PART) {
            self.text.truncate(self.text.len() - PART.len());
        }
    }

    /// Writes another text below the current paragraph, which it ends, as paragraphs of their own.
    pub fn append(&mut self, mut other: Self) {
        other.end();
        self.dropped.join(other.dropped);
        if other.text.is_empty() {
            return;
        }
        let from = self.start;
        self.end();
        if !self.text.is_empty() {
            // Anchors that wait for the next word belong to the first one of the other text.
            let waiting = self.text.len();
            self.text.push('\n');
            let waits = |anchor: &&mut Anchor| anchor.at >= from.max(waiting);
            self.anchors.iter_mut().rev().take_while(waits).for_each(|anchor| anchor.at += 1);
        }
        let base = self.text.len();
        self.anchors
            .extend(other.anchors.into_iter().map(|anchor| Anchor { at: anchor.at + base, ..anchor }));
        self.text.push_str(&other.text);
        self.start = self.text.len();
        self.close = false;
    }

    /// Writes another text above the current paragraph, which has no words except for its number.
    pub fn insert(&mut self, other: Self) {
        let number = self.paragraph().to_owned();
        self.forget();
        self.append(other);
        self.text.push_str(&number);
    }

    /// Writes another text into the current cell.
    pub fn append_in_cell(&mut self, mut other: Self) {
        other.end();
        for line in other.text.lines().filter(|line| !line.trim().is_empty()) {
            self.part();
            self.push_collapsed(line);
        }
        self.part();
        self.dropped.join(other.dropped);
    }

    /// Discards the current paragraph.
    pub fn forget(&mut self) {
        self.text.truncate(self.start);
    }

    /// Writes notes below the text, each after its number. Their dropped content counts as dropped here.
    pub fn notes(&mut self, notes: impl IntoIterator<Item = (usize, Self)>) {
        for (place, (number, note)) in notes.into_iter().enumerate() {
            if place == 0 {
                self.gap();
            }
            let lines: Vec<&str> = note.text.lines().filter(|line| !line.trim().is_empty()).collect();
            // Word processors put a tab between the mark and the text of a note.
            self.push(&format!("[{number}] {}", lines.join("\n").trim_start()));
            self.end_line();
            self.dropped.join(note.dropped);
        }
    }

    /// Adds an anchor at the start of the text.
    pub fn anchor_front(&mut self, kind: AnchorKind) {
        self.anchors.insert(0, Anchor { at: 0, kind });
    }

    /// Returns the number of headings.
    pub fn headings(&self) -> usize {
        self.anchors.iter().filter(|anchor| matches!(anchor.kind, AnchorKind::Heading { .. })).count()
    }

    /// Returns the number of bytes written.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Adds an anchor for a heading that is not in the text, before the first word from this byte on.
    pub fn anchor_at(&mut self, byte: usize, kind: AnchorKind) {
        let white = |text: &str| text.len() - text.trim_start().len();
        let at = byte + self.text.get(byte..).map_or(0, white);
        self.anchors.push(Anchor { at, kind });
    }

    /// Returns the current paragraph.
    pub fn paragraph(&self) -> &str {
        &self.text[self.start..]
    }

    /// Returns the number of words written.
    pub fn words(&self) -> usize {
        self.text.split_whitespace().count()
    }

    /// Ends the paragraph and trims it; a paragraph without words is discarded.
    pub fn end(&mut self) {
        self.close(false);
    }

    /// Ends the paragraph as a list item or a table row.
    pub fn end_line(&mut self) {
        self.close(true);
    }

    /// Ends the paragraph as a heading, `level` from 1.
    pub fn end_heading(&mut self, level: u8) {
        let Some(at) = self.close(false) else { return };
        let title = self.text[at..].split_whitespace().collect::<Vec<_>>().join(" ");
        self.anchors.push(Anchor { at, kind: AnchorKind::Heading { level: level.clamp(1, 6), title } });
    }

    /// Separates the next line by an empty line, whatever it is.
    pub fn gap(&mut self) {
        self.end_line();
        self.close = false;
    }

    /// Ends the paragraph. Returns its start if it contains words.
    fn close(&mut self, close: bool) -> Option<usize> {
        let from = self.start;
        self.text.truncate(from + self.paragraph().trim_end().len());
        let leading = self.paragraph().len() - self.paragraph().trim_start_matches(['\n', ' ']).len();
        let gap = from > 0 && !(close && self.close) && self.text.len() > from;
        self.text.replace_range(from..from + leading, if gap { "\n" } else { "" });
        let at = from + usize::from(gap);
        for anchor in self.anchors.iter_mut().rev().take_while(|anchor| anchor.at >= from) {
            anchor.at =
                (anchor.at + usize::from(gap)).saturating_sub(leading).clamp(at, self.text.len().max(at));
        }
        if self.text.len() == from {
            return None;
        }
        self.text.push('\n');
        self.start = self.text.len();
        self.close = close;
        Some(at)
    }

    /// Adds an anchor for a page or a time that starts here.
    pub fn anchor(&mut self, kind: AnchorKind) {
        self.anchors.push(Anchor { at: self.text.len(), kind });
    }

    /// Returns whether content of this kind was dropped.
    pub fn has_dropped(&self, kind: DocumentLoss) -> bool {
        self.dropped.has(kind)
    }

    /// Returns a writer that contains a document, without its pages.
    pub fn of(read: ReadDocument) -> Self {
        let mut writer = Self { text: read.text, ..Self::default() };
        writer.lose(read.dropped);
        writer.end();
        let headings =
            read.anchors.into_iter().filter(|anchor| matches!(anchor.kind, AnchorKind::Heading { .. }));
        writer.anchors.extend(headings);
        writer
    }

    /// Adds losses of a part of the document.
    pub fn lose(&mut self, losses: Vec<Loss>) {
        self.dropped.extend(losses);
    }

    /// Counts dropped content.
    pub fn drop(&mut self, kind: DocumentLoss, count: usize) {
        self.dropped.add(kind, count);
    }

    /// Returns the document with text, anchors and losses.
    ///
    /// # Errors
    /// The text contains no words; `advice` names a likely reason and what to do.
    pub fn finish(mut self, advice: &'static str) -> Result<ReadDocument, ReadError> {
        self.end();
        let kept = self.text.trim_end().len();
        if kept == 0 {
            return Err(ReadError::Empty(advice));
        }
        self.text.truncate(kept);
        self.text.push('\n');
        // An empty last page has no position in the text.
        self.anchors.iter_mut().for_each(|anchor| anchor.at = anchor.at.min(kept));
        self.anchors.sort_by_key(|anchor| anchor.at);
        let (text, anchors, dropped) = (self.text, self.anchors, self.dropped.report());
        Ok(ReadDocument { text, anchors, dropped, encoding: "UTF-8".to_owned(), ..ReadDocument::default() })
    }
}

/// Returns whether a character is removed from texts: controls, hints where a line may break, and unusual line separators.
fn is_cleaned(c: char) -> bool {
    c.is_control() && c != '\t' || is_break_hint(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::Loss;

    #[test]
    fn paragraphs_are_lines_and_headings_know_their_place() {
        let mut writer = Writer::default();
        writer.anchor(AnchorKind::Page("i".into()));
        writer.push("The  talks");
        writer.end_heading(9);
        writer.end();
        writer.push(" one\r\ntwo\u{0}\u{b}three ");
        writer.end();
        writer.gap();
        writer.gap();
        writer.push("four");
        writer.anchor(AnchorKind::Page("2".into()));
        writer.drop(DocumentLoss::Pictures, 0);
        writer.drop(DocumentLoss::Pictures, 2);
        writer.drop(DocumentLoss::Pictures, 1);
        let read = writer.finish("").unwrap();
        assert_eq!(read.text, "The  talks\n\none\ntwo\nthree\n\nfour\n");
        let heading = AnchorKind::Heading { level: 6, title: "The talks".to_owned() };
        let expected = [(0, AnchorKind::Page("i".into())), (0, heading), (31, AnchorKind::Page("2".into()))];
        let got: Vec<_> = read.anchors.into_iter().map(|anchor| (anchor.at, anchor.kind)).collect();
        assert_eq!(got, expected);
        assert_eq!(read.dropped, [Loss::new(DocumentLoss::Pictures, 3)]);
    }

    #[test]
    fn items_have_no_empty_line_and_anchors_keep_their_words() {
        let mut writer = Writer::default();
        for (word, is_item) in [("a", false), ("b", true), ("c", true), ("d", false), ("e", true)] {
            writer.push("  ");
            writer.anchor(AnchorKind::Page(word.into()));
            writer.push_collapsed(&format!("\n {word}  {word} "));
            if is_item { writer.end_line() } else { writer.end() }
        }
        writer.gap();
        writer.push("f");
        writer.end_line();
        let read = writer.finish("").unwrap();
        assert_eq!(read.text, "a a\n\nb b\nc c\n\nd d\n\ne e\n\nf\n");
        for anchor in &read.anchors {
            let AnchorKind::Page(name) = &anchor.kind else { panic!("a page") };
            assert!(read.text[anchor.at..].starts_with(name.as_str()), "{anchor:?}");
        }
    }

    #[test]
    fn nothing_but_white_space_is_no_text() {
        let mut writer = Writer::default();
        writer.push(" \u{feff} \n\t");
        assert_eq!(writer.finish("do it").unwrap_err(), ReadError::Empty("do it"));
    }
}
