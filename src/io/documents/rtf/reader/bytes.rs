//! The bytes of an RTF as characters.

use encoding_rs::Encoding;

use super::Reader;
use crate::documents::rtf::charset::{SYMBOLS, is_half, of_charset};
use crate::documents::rtf::state::Destination;
use crate::documents::rtf::tokens::{Token, Tokens};
use crate::loss::DocumentLoss;

/// Number of valid characters per damaged one in literal bytes that are UTF-8.
const SURELY_UTF8: usize = 4;

/// Returns whether there are literal bytes beyond ASCII in a file, and nearly all of them are UTF-8.
pub(super) fn is_utf8(bytes: &[u8]) -> bool {
    if bytes.is_ascii() {
        return false;
    }
    let (mut valid, mut invalid, mut run) = (0_usize, 0_usize, Vec::new());
    for token in Tokens::new(bytes).chain([Token::Close]) {
        match token {
            Token::Raw(byte) => run.push(byte),
            _ => {
                for chunk in std::mem::take(&mut run).utf8_chunks() {
                    valid += chunk.valid().chars().count();
                    invalid += usize::from(!chunk.invalid().is_empty());
                }
            }
        }
    }
    valid > invalid * SURELY_UTF8
}

impl Reader {
    /// Collects a byte of UTF-8.
    pub(super) fn raw(&mut self, byte: u8) {
        if self.passed > 0 {
            // A substitute is a character, of which this is the first byte or a later one.
            self.passed -= usize::from(byte & 0xC0 != 0x80);
            return;
        }
        if !self.bytes.is_empty() || !self.plain.is_empty() {
            self.flush();
        }
        self.raw.push(byte);
    }

    pub(super) fn byte(&mut self, byte: u8) {
        if self.passed > 0 {
            self.passed -= 1;
            return;
        }
        let encoding = self.encoding_here();
        if byte >= 0x80 || is_half(&self.bytes, encoding) {
            if !self.raw.is_empty() || !self.plain.is_empty() {
                self.flush();
            }
            return self.bytes.push(byte);
        }
        if !self.raw.is_empty() || !self.bytes.is_empty() {
            self.flush();
        }
        self.plain.push(char::from(byte));
    }

    fn encoding_here(&self) -> &'static Encoding {
        self.fonts.get(&self.now.font).and_then(|charset| of_charset(*charset)).unwrap_or(self.encoding)
    }

    /// Writes the collected bytes.
    pub(super) fn flush(&mut self) {
        if !self.plain.is_empty() {
            let plain = std::mem::take(&mut self.plain);
            return self.push(&plain);
        }
        if !self.raw.is_empty() {
            let raw = std::mem::take(&mut self.raw);
            let text = String::from_utf8_lossy(&raw);
            self.lose(DocumentLoss::UndefinedCharacters, text.matches('\u{fffd}').count());
            self.push(&text);
        }
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
                self.lose(DocumentLoss::SymbolCharacters, bytes.len());
            }
            return;
        }
        let (text, lost) = self.encoding_here().decode_without_bom_handling(&bytes);
        if lost {
            self.lose(DocumentLoss::UndefinedCharacters, text.matches('\u{fffd}').count());
        }
        self.push(&text);
    }

    /// Counts characters without a meaning, unless they are part of the name of a style or of a mark, which becomes a bullet.
    pub(super) fn lose(&mut self, kind: DocumentLoss, count: usize) {
        match self.now.destination {
            Destination::Text | Destination::Title | Destination::Author => {
                self.flow.writer.drop(kind, count);
            }
            Destination::Number
            | Destination::Created
            | Destination::Fonts
            | Destination::Styles
            | Destination::Code
            | Destination::Skipped => {}
        }
    }
}
