//! The text of a file, rebuilt from its sentences.

use crate::annotations::refusal::{DocumentFault, RecordFault, Refusal, SpanFault};
use crate::export::webanno::unescape;
use demarche_analysis::context::shorten;

/// A row of a sentence.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// Its line in the file.
    pub line: usize,
    /// `2-3`, or `2-3.1` for a part of a token.
    pub id: &'a str,
    /// Its range, in UTF-16 units.
    pub start: usize,
    pub end: usize,
    /// The cells after the token.
    pub cells: Vec<&'a str>,
}

/// The line and the reason why a sentence is not imported.
type Refused = (usize, Refusal);

/// A text that is being rebuilt.
pub(super) struct Rebuilt {
    text: String,
    /// Its length in UTF-16 units.
    units: usize,
    /// The number of characters that may still be filled in between sentences, so that a wrong offset does not fill the memory.
    room: usize,
}

impl Rebuilt {
    /// Creates an empty text for a file of this length in bytes.
    pub fn new(file: usize) -> Self {
        Self { text: String::new(), units: 0, room: 1024 * 1024 + file }
    }

    /// Adds a sentence, and checks that its tokens are at their offsets. An empty block is not a sentence.
    pub fn sentence<'a>(&mut self, block: &[(usize, &'a str)]) -> Result<Vec<Row<'a>>, Refused> {
        let mut written: Vec<&str> = Vec::new();
        let mut rows = Vec::new();
        let mut words = Vec::new();
        for &(line, content) in block {
            if let Some(text) = content.strip_prefix("#Text=").filter(|_| rows.is_empty()) {
                written.push(text);
            } else if !content.starts_with('#') || content.contains('\t') {
                let (row, word) = row(line, content)?;
                rows.push(row);
                words.push(word);
            }
        }
        let Some(first) = rows.first() else { return Ok(rows) };
        let written = written.join("\n");
        let start = first.start;
        let check = |text: &str| check_words(text, start, &rows, &words);
        let meant = unescape(&written);
        let text = match check(&meant) {
            Ok(()) => meant,
            // Versions before 3.2 did not escape the text.
            Err(refusal) => check(&written).map(|()| written).map_err(|_| refusal)?,
        };
        self.push(first.line, start, &text)?;
        Ok(rows)
    }

    fn push(&mut self, line: usize, start: usize, sentence: &str) -> Result<(), Refused> {
        let Some(gap) = start.checked_sub(self.units) else {
            return Err((line, DocumentFault::SentenceOrder.into()));
        };
        if gap > self.room {
            return Err((line, DocumentFault::SentenceGap(start).into()));
        }
        self.room -= gap;
        let end = if self.text.is_empty() { ' ' } else { '\n' };
        self.text.extend(std::iter::once(end).chain(std::iter::repeat(' ')).take(gap));
        self.text.push_str(sentence);
        self.units = start + sentence.chars().map(char::len_utf16).sum::<usize>();
        Ok(())
    }

    /// Returns the text with a line end.
    pub fn finish(mut self) -> String {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text
    }
}

fn row(line: usize, content: &str) -> Result<(Row<'_>, &str), Refused> {
    let mut cells = content.split('\t');
    let (Some(id), Some(offsets), Some(word)) = (cells.next(), cells.next(), cells.next()) else {
        return Err((line, RecordFault::Row(shorten(content, 40)).into()));
    };
    let range =
        offsets.split_once('-').and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
    let Some((start, end)) = range.filter(|(start, end)| start < end) else {
        return Err((line, SpanFault::Offsets(shorten(offsets, 40)).into()));
    };
    Ok((Row { line, id, start, end, cells: cells.collect() }, word))
}

/// Checks that all words are at their offsets in a sentence that starts at `start`.
fn check_words(text: &str, start: usize, rows: &[Row<'_>], words: &[&str]) -> Result<(), Refused> {
    // The byte offset of every UTF-16 unit.
    let mut bytes: Vec<usize> = Vec::with_capacity(text.len() + 1);
    for (at, c) in text.char_indices() {
        bytes.push(at);
        // An offset inside a character selects nothing.
        bytes.extend((c.len_utf16() == 2).then_some(usize::MAX));
    }
    bytes.push(text.len());
    let byte = |unit: usize| bytes.get(unit.checked_sub(start)?).copied();
    for (row, word) in rows.iter().zip(words) {
        let there = byte(row.start).zip(byte(row.end)).and_then(|(start, end)| text.get(start..end));
        if there.is_none_or(|there| there != *word && there != unescape(word)) {
            let (word, start, end) = (shorten(word, 40), row.start, row.end);
            return Err((row.line, DocumentFault::SentenceWord { word, start, end }.into()));
        }
    }
    Ok(())
}
