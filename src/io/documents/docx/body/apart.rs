//! Pictures, shapes, formulas and embedded documents in the text of a DOCX.

use super::{Body, Flow, Within};
use crate::documents::office::{Block, Script};
use crate::loss::DocumentLoss;
use crate::xml::Element;

impl Body<'_> {
    /// Handles pictures, shapes, formulas and embedded documents. Returns whether to visit the children.
    pub(super) fn drawn(&mut self, element: &Element) -> bool {
        match element.local() {
            "txbxContent" | "txBody" => self.open_box(),
            "AlternateContent" => self.alternatives.open(self.pieces),
            "Choice" => return self.alternatives.choice(),
            "Fallback" => return self.alternatives.fallback(self.pieces),
            "blip" | "imagedata" | "chart" | "relIds" | "object" if self.alternatives.are_counted() => {}
            "blip" | "imagedata" => self.flow.writer.drop(DocumentLoss::Pictures, 1),
            "chart" | "relIds" => self.flow.writer.drop(DocumentLoss::Objects, 1),
            "object" => {
                self.flow.writer.drop(DocumentLoss::Objects, 1);
                return false;
            }
            "altChunk" => self.chunk(element.get("id").unwrap_or_default()),
            "sup" => self.flow.within.formula.push(Script::Raised),
            "sub" => self.flow.within.formula.push(Script::Lowered),
            "den" => self.push("/"),
            _ => {}
        }
        true
    }

    /// Starts a text box.
    pub(super) fn open_box(&mut self) {
        self.tables.begin_apart();
        let outer = &self.flow.within;
        let within = Within { deleted: outer.deleted, deleted_row: outer.deleted_row, ..Within::default() };
        let outer = std::mem::replace(&mut self.flow, Flow { within, ..Flow::default() });
        self.around.push(outer);
    }

    /// Ends a text box: it is written above the paragraph that it is in if that has no words yet, otherwise below it.
    pub(super) fn close_box(&mut self) {
        let Some(outer) = self.around.pop() else { return };
        let mut text = std::mem::replace(&mut self.flow, outer).writer;
        text.end();
        self.tables.end_apart();
        let (in_cell, has_words) = (self.tables.are_open(), text.words() > 0);
        self.flow.paragraph.has_words |= has_words && in_cell;
        if in_cell || !self.flow.writer.paragraph().trim().is_empty() {
            self.flow.boxes.push(text);
        } else {
            self.tables.paragraph(Block::Plain, has_words, &mut self.flow.writer);
            self.flow.writer.append(text);
        }
    }

    /// Writes an embedded document.
    pub(super) fn chunk(&mut self, id: &str) {
        self.pieces += 1;
        let in_cell = self.tables.are_open();
        match self.known.chunks.remove(id) {
            _ if self.flow.within.deleted > 0 || self.flow.within.deleted_row => {}
            Some(text) => {
                self.tables.paragraph(Block::Plain, true, &mut self.flow.writer);
                if in_cell { self.flow.writer.append_in_cell(text) } else { self.flow.writer.append(text) }
            }
            None => {
                self.chunks.push(id.to_owned());
                self.flow.writer.drop(DocumentLoss::EmbeddedDocuments, 1);
            }
        }
    }
}
