//! Notes and text boxes of an RTF: texts of their own, whose groups are in the paragraph that they belong to.

use super::Reader;
use super::table::Row;
use crate::documents::office::Script;
use crate::documents::rtf::state::{Destination, Paragraph};
use crate::documents::writer::Writer;

/// A text with its position.
#[derive(Default)]
pub(super) struct Flow {
    pub writer: Writer,
    pub paragraph: Paragraph,
    pub has_words: bool,
    /// The script of the last character.
    pub last: Script,
    /// The open tables, from the outermost, each with its current row.
    pub rows: Vec<Row>,
    /// Text boxes in the current paragraph, to be written below it.
    pub boxes: Vec<Writer>,
}

/// What becomes of a text when its group ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Apart {
    /// The note with this number.
    Note(usize),
    Box,
    /// A note of deleted or hidden words, which are counted.
    Unseen,
}

impl Reader {
    /// Starts a text box.
    pub(super) fn open_box(&mut self) {
        self.open_apart(Apart::Box);
    }

    /// Starts a note: its mark is in the text, its content at the end.
    pub(super) fn open_note(&mut self) {
        if !self.flows() {
            self.now.destination = Destination::Skipped;
            return;
        }
        if self.now.deleted || self.now.hidden {
            return self.open_apart(Apart::Unseen);
        }
        if self.around.iter().any(|(_, apart)| matches!(apart, Apart::Note(_))) {
            return self.open_apart(Apart::Box);
        }
        self.noted += 1;
        let script = std::mem::take(&mut self.now.script);
        self.push(&format!("[{}]", self.noted));
        self.now.script = script;
        self.open_apart(Apart::Note(self.noted));
    }

    fn open_apart(&mut self, apart: Apart) {
        if !self.flows() {
            self.now.destination = Destination::Skipped;
            return;
        }
        self.tables.begin_apart();
        self.around.push((std::mem::take(&mut self.flow), apart));
        self.now.script = Script::Normal;
        self.in_word = false;
        self.now.apart = self.around.len();
    }

    /// Ends text boxes and notes until this number of them are open. A box is written above the paragraph that it is in if
    /// that has no words yet, otherwise below it.
    pub(super) fn close_apart(&mut self, left: usize) {
        while self.around.len() > left {
            self.finish_flow();
            let Some((outer, apart)) = self.around.pop() else { return };
            let mut text = std::mem::replace(&mut self.flow, outer).writer;
            text.end();
            self.tables.end_apart();
            match apart {
                Apart::Note(number) => self.notes.push((number, text)),
                Apart::Unseen => self.flow.writer.append(text),
                Apart::Box if self.flow.has_words || self.tables.are_open() => {
                    self.flow.has_words |= text.words() > 0;
                    self.flow.boxes.push(text);
                }
                Apart::Box => self.flow.writer.insert(text),
            }
        }
    }

    /// Ends the last paragraph and all tables of the current text.
    pub(super) fn finish_flow(&mut self) {
        self.end_paragraph();
        self.close_tables(0);
    }

    /// Returns whether words at the current position are part of the text.
    pub(super) fn flows(&self) -> bool {
        self.now.destination == Destination::Text
    }
}
