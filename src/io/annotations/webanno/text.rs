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
    /// Whether texts are escaped as in Java, as before version 3.2.
    is_java: bool,
}

impl Rebuilt {
    /// Creates an empty text for a file of this length in bytes.
    pub fn new(file: usize, is_java: bool) -> Self {
        Self { text: String::new(), units: 0, room: 1024 * 1024 + file, is_java }
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
        let meant = if self.is_java { unescape_java(&written) } else { unescape(&written) };
        let text = match check(&meant) {
            Ok(()) => meant,
            // Some programs do not escape the text.
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
    let Some((start, end)) = range.filter(|(start, end)| start <= end) else {
        return Err((line, SpanFault::Offsets(shorten(offsets, 40)).into()));
    };
    Ok((Row { line, id, start, end, cells: cells.collect() }, word))
}

/// Unescapes a text as Java does, with `\\u00DC` for a UTF-16 unit and up to three octal digits for a character.
fn unescape_java(escaped: &str) -> String {
    if !escaped.contains('\\') {
        return escaped.to_owned();
    }
    let mut units: Vec<u16> = Vec::with_capacity(escaped.len());
    let mut rest = escaped;
    let mut buffer = [0; 2];
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let digits = |from: &str, radix: u32, most: usize| {
            let length = from.bytes().take(most).take_while(|byte| char::from(*byte).is_digit(radix)).count();
            u16::from_str_radix(&from[..length], radix).ok().map(|unit| (unit, length))
        };
        let after = rest.trim_start_matches('u');
        let hex = || digits(after, 16, 4).filter(|(_, length)| *length == 4 && after.len() < rest.len());
        let octal = || digits(rest, 8, if rest.starts_with(['0', '1', '2', '3']) { 3 } else { 2 });
        if c != '\\' {
            units.extend_from_slice(c.encode_utf16(&mut buffer));
        } else if let Some((unit, length)) = hex() {
            units.push(unit);
            rest = &after[length..];
        } else if let Some((unit, length)) = octal() {
            units.push(unit);
            rest = &rest[length..];
        } else {
            let next = rest.chars().next().unwrap_or(c);
            let meant = match next {
                't' => '\t',
                'n' => '\n',
                'r' => '\r',
                'f' => '\u{C}',
                'b' => '\u{8}',
                other => other,
            };
            units.extend_from_slice(meant.encode_utf16(&mut buffer));
            rest = &rest[next.len_utf8().min(rest.len())..];
        }
    }
    String::from_utf16_lossy(&units)
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
        let is_word = |there: &str| there == *word || there == unescape(word) || there == unescape_java(word);
        if !there.is_some_and(is_word) {
            let (word, start, end) = (shorten(word, 40), row.start, row.end);
            return Err((row.line, DocumentFault::SentenceWord { word, start, end }.into()));
        }
    }
    Ok(())
}
