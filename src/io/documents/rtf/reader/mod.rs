//! The text of an RTF, from its control words.

mod bytes;
mod destination;
mod flow;
mod layout;
mod table;

use std::collections::BTreeMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use bytes::is_utf8;
use flow::{Apart, Flow};

use crate::documents::office::{BULLET, Link, Script, Shapes, Tables, finish, one_line};
use crate::documents::rtf::charset::{character, of_code_page};
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
    /// The current text: that of the document, of a note or of a text box.
    flow: Flow,
    /// The texts around the current note or text box, and what that is.
    around: Vec<(Flow, Apart)>,
    /// The notes with their numbers, in the order of their ends.
    notes: Vec<(usize, Writer)>,
    /// The number of notes that have started.
    noted: usize,
    tables: Tables,
    /// The current link, and the number of groups around its words.
    link: Option<(Link, usize)>,
    /// Whether literal bytes beyond ASCII are UTF-8, although no version of RTF allows it.
    is_utf8: bool,
    /// Whether the file ends within the bytes of a picture.
    is_cut: bool,
    /// Words of a destination other than the text, such as the title.
    words: String,
    title: Option<String>,
    author: Option<String>,
    created: [i32; 3],
    /// Bytes that have not been decoded yet.
    bytes: Vec<u8>,
    /// Literal bytes of UTF-8 that have not been decoded yet.
    raw: Vec<u8>,
    /// Characters of ASCII that have not been written yet. No two of these three have content at the same time.
    plain: String,
    /// The first half of a surrogate pair.
    surrogate: Option<u16>,
    /// The number of characters to be skipped after a `\u`.
    passed: usize,
    /// Whether a group has just started.
    begins: bool,
    /// Whether the next word follows `\*`.
    starred: bool,
    /// Whether the last character was part of a hidden word.
    in_word: bool,
}

/// Reads a file: a second time if the first has found tables that only arrange paragraphs.
pub(super) fn read(bytes: &[u8], encoding: Option<&'static Encoding>) -> Result<ReadDocument, ReadError> {
    let is_utf8 = is_utf8(bytes);
    let text = |shapes: Shapes| {
        let mut reader = Reader::new(shapes, encoding.unwrap_or(WINDOWS_1252), is_utf8);
        Tokens::new(bytes).for_each(|token| reader.token(token));
        reader.finish_text();
        reader
    };
    let first = text(Shapes::default());
    let shapes = first.tables.shapes();
    if shapes.matter() { text(shapes).end() } else { first.end() }
}

impl Reader {
    fn new(shapes: Shapes, encoding: &'static Encoding, is_utf8: bool) -> Self {
        Self {
            encoding,
            fonts: BTreeMap::new(),
            styles: BTreeMap::new(),
            groups: Vec::new(),
            now: Group { substitutes: 1, font: -1, ..Group::default() },
            flow: Flow::default(),
            around: Vec::new(),
            notes: Vec::new(),
            noted: 0,
            tables: Tables::new(shapes),
            link: None,
            is_utf8,
            is_cut: false,
            words: String::new(),
            title: None,
            author: None,
            created: [0; 3],
            bytes: Vec::new(),
            raw: Vec::new(),
            plain: String::new(),
            surrogate: None,
            passed: 0,
            begins: false,
            starred: false,
            in_word: false,
        }
    }

    /// Ends the text, wherever the file ends.
    fn finish_text(&mut self) {
        self.flush();
        if self.is_cut || !self.groups.is_empty() {
            self.flow.writer.drop(DocumentLoss::MissingEnds, 1);
        }
        self.now.destination = Destination::Text;
        self.now.deleted = false;
        self.close_apart(0);
        self.finish_flow();
    }

    fn end(mut self) -> Result<ReadDocument, ReadError> {
        self.notes.sort_by_key(|(number, _)| *number);
        self.flow.writer.notes(self.notes);
        let mut read = finish(self.flow.writer)?;
        let [year, month, day] = self.created;
        read.title = one_line(self.title);
        read.author = one_line(self.author);
        read.date = Date::parse(&format!("{year:04}-{month:02}-{day:02}"));
        read.encoding = self.encoding.name().to_owned();
        Ok(read)
    }

    fn token(&mut self, token: Token<'_>) {
        let begins = std::mem::replace(&mut self.begins, matches!(token, Token::Open));
        match token {
            Token::Raw(byte) if self.is_utf8 => return self.raw(byte),
            Token::Byte(byte) | Token::Raw(byte) => return self.byte(byte),
            Token::Open | Token::Close | Token::Word(..) | Token::Symbol(_) | Token::Cut => self.flush(),
        }
        match token {
            Token::Open => {
                self.passed = 0;
                self.groups.push(self.now);
            }
            Token::Close => self.close(),
            // Elsewhere than at the start of a group, it has no meaning.
            Token::Symbol(b'*') => self.starred = begins,
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Word(word, number) => {
                let starred = std::mem::take(&mut self.starred);
                self.word(word, number, starred);
            }
            Token::Cut => self.is_cut = true,
            Token::Byte(_) | Token::Raw(_) => {}
        }
    }

    fn close(&mut self) {
        self.passed = 0;
        self.starred = false;
        let ended = self.now.destination;
        if let Some(outer) = self.groups.pop() {
            if outer.apart < self.around.len() {
                (self.now.destination, self.now.deleted) = (Destination::Text, false);
                self.close_apart(outer.apart);
            }
            self.now = outer;
        }
        if let Some((link, _)) = self.link.take_if(|(_, groups)| self.groups.len() < *groups) {
            link.close(&mut self.flow.writer);
        }
        if ended == self.now.destination {
            return;
        }
        let words = std::mem::take(&mut self.words);
        match ended {
            Destination::Title => self.title = Some(words),
            Destination::Author => self.author = Some(words),
            Destination::Number => self.number(&words),
            Destination::Styles => self.flow.paragraph = Paragraph::default(),
            Destination::Code => {
                let link = Link::of_field(&words).and_then(|address| Link::open(address, &self.flow.writer));
                // The words of the field are in another group of the group around this one.
                self.link = link.map(|link| (link, self.groups.len()));
            }
            Destination::Text | Destination::Created | Destination::Fonts | Destination::Skipped => {}
        }
    }

    /// Writes the number of an item, as shown when the file was saved.
    fn number(&mut self, words: &str) {
        self.flow.paragraph.is_item = true;
        let words = words.trim();
        // Word has the letter o for the bullets of the second level.
        let has_letters = words != "o" && words.chars().any(char::is_alphanumeric);
        let mark = if has_letters { format!("{words} ") } else { BULLET.to_owned() };
        if has_letters {
            self.lose(DocumentLoss::UndefinedCharacters, words.matches('\u{fffd}').count());
        }
        if !words.is_empty() {
            let has_words = self.flow.has_words;
            self.push(&mark);
            self.flow.has_words = has_words;
        }
    }

    fn push(&mut self, words: &str) {
        match self.now.destination {
            Destination::Text if self.now.deleted => self.unseen(&DocumentLoss::DeletedWords, words),
            Destination::Text if self.now.hidden => self.unseen(&DocumentLoss::HiddenWords, words),
            Destination::Text => {
                self.in_word = false;
                self.place();
                self.flow.has_words |= !words.trim().is_empty();
                let last = std::mem::replace(&mut self.flow.last, self.now.script);
                let words = self.now.script.write(words, self.flow.writer.paragraph(), last);
                self.flow.writer.push(&words);
            }
            Destination::Number | Destination::Title | Destination::Author | Destination::Code => {
                self.words.push_str(words);
            }
            Destination::Styles => {
                let style = self.styles.entry(self.flow.paragraph.style).or_default();
                style.name.push_str(&words.trim_end_matches(';').to_lowercase());
            }
            Destination::Created | Destination::Fonts | Destination::Skipped => {}
        }
    }

    /// Counts hidden words, which are passed character by character.
    fn unseen(&mut self, kind: &DocumentLoss, words: &str) {
        for c in words.chars() {
            let begins = !c.is_whitespace() && !self.in_word;
            self.in_word = !c.is_whitespace();
            self.flow.writer.drop(kind.clone(), usize::from(begins));
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
        if self.flows() {
            self.place();
        }
        self.push(if self.flows() && self.tables.are_open() { " " } else { "\t" });
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
                Err(_) => self.lose(DocumentLoss::BrokenCharacters, 1),
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
            "plain" => (self.now.hidden, self.now.deleted, self.now.script) = (false, false, Script::Normal),
            "super" if value != 0 => self.now.script = Script::Raised,
            "sub" if value != 0 => self.now.script = Script::Lowered,
            "super" | "sub" | "nosupersub" => self.now.script = Script::Normal,
            "v" => self.now.hidden = value != 0,
            "deleted" => self.now.deleted = value != 0,
            "yr" | "mo" | "dy" if self.now.destination != Destination::Created => {}
            "yr" => self.created[0] = value,
            "mo" => self.created[1] = value,
            "dy" => self.created[2] = value,
            "s" => self.flow.paragraph.style = value,
            "outlinelevel" if self.now.destination == Destination::Styles => {
                self.styles.entry(self.flow.paragraph.style).or_default().outline = Some(value);
            }
            "outlinelevel" => self.flow.paragraph.outline = Some(value),
            _ if self.flows() => self.layout(word, value),
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
