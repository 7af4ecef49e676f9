//! The text of an RTF, from its control words.

mod destination;
mod layout;

use std::collections::BTreeMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use crate::documents::office::{BULLET, one_line};
use crate::documents::rtf::charset::{SYMBOLS, character, is_half, of_charset, of_code_page};
use crate::documents::rtf::state::{Destination, Group, Paragraph, StyleFacts};
use crate::documents::rtf::tokens::{Token, Tokens};
use crate::documents::writer::Writer;
use crate::documents::{ReadDocument, ReadError};
use crate::loss::DocumentLoss;
use demarche_model::Date;

/// A reader of a file.
struct Reader {
    encoding: &'static Encoding,
    fonts: BTreeMap<i32, i32>,
    styles: BTreeMap<i32, StyleFacts>,
    groups: Vec<Group>,
    now: Group,
    paragraph: Paragraph,
    /// The paragraph with the current note.
    outer: Paragraph,
    writer: Writer,
    note: Writer,
    notes: Vec<Writer>,
    /// Words of a destination other than the text, such as the title.
    words: String,
    title: Option<String>,
    author: Option<String>,
    created: [i32; 3],
    /// Bytes that have not been decoded yet.
    bytes: Vec<u8>,
    /// The first half of a surrogate pair.
    surrogate: Option<u16>,
    /// The number of characters to be skipped after a `\u`.
    passed: usize,
    /// Whether the next word follows `\*`.
    starred: bool,
    /// Whether the last line is a row of a table.
    in_rows: bool,
    /// Whether the last character was part of a hidden word.
    in_word: bool,
}

/// Reads a file.
pub(super) fn read(bytes: &[u8], encoding: Option<&'static Encoding>) -> Result<ReadDocument, ReadError> {
    let now =
        Group { destination: Destination::Text, substitutes: 1, font: -1, hidden: false, deleted: false };
    let mut reader = Reader {
        encoding: encoding.unwrap_or(WINDOWS_1252),
        fonts: BTreeMap::new(),
        styles: BTreeMap::new(),
        groups: Vec::new(),
        now,
        paragraph: Paragraph::default(),
        outer: Paragraph::default(),
        writer: Writer::default(),
        note: Writer::default(),
        notes: Vec::new(),
        words: String::new(),
        title: None,
        author: None,
        created: [0; 3],
        bytes: Vec::new(),
        surrogate: None,
        passed: 0,
        starred: false,
        in_rows: false,
        in_word: false,
    };
    Tokens::new(bytes).for_each(|token| reader.token(token));
    reader.end()
}

impl Reader {
    fn end(mut self) -> Result<ReadDocument, ReadError> {
        self.flush();
        self.end_paragraph();
        self.writer.notes((1..).zip(self.notes));
        let mut read = self
            .writer
            .finish("if it contains pictures of pages, run text recognition (OCR) on them first")?;
        let [year, month, day] = self.created;
        read.title = one_line(self.title);
        read.author = one_line(self.author);
        read.date = Date::parse(&format!("{year:04}-{month:02}-{day:02}"));
        read.encoding = self.encoding.name().to_owned();
        Ok(read)
    }

    fn token(&mut self, token: Token<'_>) {
        if let Token::Byte(byte) = token {
            return self.byte(byte);
        }
        self.flush();
        match token {
            Token::Open => {
                self.passed = 0;
                self.groups.push(self.now);
            }
            Token::Close => self.close(),
            Token::Symbol(b'*') => self.starred = true,
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Word(word, number) => {
                let starred = std::mem::take(&mut self.starred);
                self.word(word, number, starred);
            }
            Token::Byte(_) => {}
        }
    }

    fn close(&mut self) {
        self.passed = 0;
        self.starred = false;
        let ended = self.now.destination;
        if let Some(outer) = self.groups.pop() {
            self.now = outer;
        }
        if ended == self.now.destination {
            return;
        }
        let words = std::mem::take(&mut self.words);
        match ended {
            Destination::Title => self.title = Some(words),
            Destination::Author => self.author = Some(words),
            Destination::Note => {
                self.note.end();
                self.notes.push(std::mem::take(&mut self.note));
                self.paragraph = self.outer;
            }
            Destination::Number => self.number(&words),
            Destination::Styles => self.paragraph = Paragraph::default(),
            _ => {}
        }
    }

    /// Writes the number of an item, as shown when the file was saved.
    fn number(&mut self, words: &str) {
        self.paragraph.is_item = true;
        let words = words.trim();
        let has_letters = words.chars().any(char::is_alphanumeric);
        let mark = if has_letters { format!("{words} ") } else { BULLET.to_owned() };
        if !words.is_empty() {
            self.push(&mark);
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.passed > 0 {
            self.passed -= 1;
            return;
        }
        let encoding = self.encoding_here();
        if byte >= 0x80 || is_half(&self.bytes, encoding) {
            return self.bytes.push(byte);
        }
        self.flush();
        self.push(char::from(byte).encode_utf8(&mut [0; 4]));
    }

    fn encoding_here(&self) -> &'static Encoding {
        self.fonts.get(&self.now.font).and_then(|charset| of_charset(*charset)).unwrap_or(self.encoding)
    }

    /// Decodes the collected bytes.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        if matches!(self.now.destination, Destination::Fonts | Destination::Created | Destination::Skipped) {
            return;
        }
        if self.fonts.get(&self.now.font) == Some(&SYMBOLS) {
            if self.now.destination == Destination::Number {
                self.words.push('\u{2022}');
            } else {
                self.writer.drop(DocumentLoss::SymbolCharacters, bytes.len());
            }
            return;
        }
        let (text, lost) = self.encoding_here().decode_without_bom_handling(&bytes);
        if lost {
            self.writer.drop(DocumentLoss::UndefinedCharacters, text.matches('\u{fffd}').count());
        }
        self.push(&text);
    }

    fn push(&mut self, words: &str) {
        match self.now.destination {
            Destination::Text | Destination::Note if self.now.deleted => {
                self.unseen(&DocumentLoss::DeletedWords, words)
            }
            Destination::Text | Destination::Note if self.now.hidden => {
                self.unseen(&DocumentLoss::HiddenWords, words)
            }
            Destination::Text => {
                self.in_word = false;
                self.writer.push(words);
            }
            Destination::Note => self.note.push(words),
            Destination::Number | Destination::Title | Destination::Author => self.words.push_str(words),
            Destination::Styles if words == ";" => {}
            Destination::Styles => {
                let style = self.styles.entry(self.paragraph.style).or_default();
                style.name.push_str(&words.to_lowercase());
            }
            Destination::Created | Destination::Fonts | Destination::Skipped => {}
        }
    }

    /// Counts hidden words, which are passed character by character.
    fn unseen(&mut self, kind: &DocumentLoss, words: &str) {
        for c in words.chars() {
            let begins = !c.is_whitespace() && !self.in_word;
            self.in_word = !c.is_whitespace();
            self.writer.drop(kind.clone(), usize::from(begins));
        }
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'\\' | b'{' | b'}' => self.push(char::from(symbol).encode_utf8(&mut [0; 4])),
            b'~' => self.push("\u{a0}"),
            b'_' => self.push("\u{2011}"),
            b'\t' => self.tab(),
            b'\r' | b'\n' => self.end_paragraph(),
            _ => {}
        }
    }

    fn tab(&mut self) {
        let is_cell = self.paragraph.in_table && self.now.destination == Destination::Text;
        self.push(if is_cell { " " } else { "\t" });
    }

    /// Handles a UTF-16 unit; characters beyond 16 bits have two.
    fn unicode(&mut self, number: i32) {
        self.passed = self.now.substitutes;
        let unit = u16::try_from(number & 0xFFFF).unwrap_or_default();
        let pair = self.surrogate.take().into_iter().chain([unit]);
        for c in char::decode_utf16(pair) {
            match c {
                Ok(c) => self.push(c.encode_utf8(&mut [0; 4])),
                Err(half) if (0xD800..0xDC00).contains(&half.unpaired_surrogate()) => {
                    self.surrogate = Some(half.unpaired_surrogate());
                }
                Err(_) => self.writer.drop(DocumentLoss::BrokenCharacters, 1),
            }
        }
    }

    /// Handles a control word. Destinations come first, since the meaning of all others depends on them.
    fn word(&mut self, word: &str, number: Option<i32>, starred: bool) {
        if self.destination(word, starred) || self.now.destination == Destination::Skipped {
            return;
        }
        let value = number.unwrap_or(1);
        match word {
            "u" => self.unicode(value),
            "uc" => self.now.substitutes = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16),
            "ansicpg" | "cpg" => {
                let is_text = self.now.destination == Destination::Text;
                self.encoding = of_code_page(value).filter(|_| is_text).unwrap_or(self.encoding);
            }
            "mac" => self.encoding = encoding_rs::MACINTOSH,
            "f" => self.now.font = value,
            "fcharset" if self.now.destination == Destination::Fonts => {
                self.fonts.insert(self.now.font, value);
            }
            "plain" => (self.now.hidden, self.now.deleted) = (false, false),
            "v" => self.now.hidden = value != 0,
            "deleted" => self.now.deleted = value != 0,
            "yr" | "mo" | "dy" if self.now.destination != Destination::Created => {}
            "yr" => self.created[0] = value,
            "mo" => self.created[1] = value,
            "dy" => self.created[2] = value,
            "s" => self.paragraph.style = value,
            "outlinelevel" if self.now.destination == Destination::Styles => {
                self.styles.entry(self.paragraph.style).or_default().outline = Some(value);
            }
            "outlinelevel" => self.paragraph.outline = Some(value),
            _ if matches!(self.now.destination, Destination::Text | Destination::Note) => self.layout(word),
            _ => self.character(word),
        }
    }

    /// Handles a character with a control word.
    fn character(&mut self, word: &str) {
        match character(word) {
            _ if word == "tab" => self.tab(),
            Some(words) => self.push(words),
            None => {}
        }
    }
}
