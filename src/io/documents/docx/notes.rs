//! Footnotes and endnotes of a DOCX, which are written at the end of the text, each with its mark.

use super::marks::{FOOTNOTE, Marks};
use std::collections::BTreeMap;

use super::body::{Body, Known};
use super::numbering::Numbering;
use super::styles::Styles;
use crate::documents::office::Visitor;
use crate::documents::writer::Writer;
use crate::xml::Element;

/// A reader of notes.
pub(super) struct Notes<'a> {
    /// The kind of notes in the part.
    pub kind: &'static str,
    styles: &'a Styles,
    marks: Marks,
    /// The current note with its number.
    note: Option<(usize, Body<'a>)>,
    read: BTreeMap<usize, Writer>,
}

impl<'a> Notes<'a> {
    pub fn new(styles: &'a Styles, marks: Marks) -> Self {
        Self { kind: FOOTNOTE, styles, marks, note: None, read: BTreeMap::new() }
    }

    /// Writes the notes below the text.
    pub fn write(self, writer: &mut Writer) {
        writer.notes(self.read);
    }
}

impl Visitor for Notes<'_> {
    fn open(&mut self, element: &Element) -> bool {
        if element.local() == self.kind {
            let id = element.get("id").unwrap_or_default().to_owned();
            let number = self.marks.get(&(self.kind, id)).copied();
            let known = || Known::at_first(self.styles, Numbering::default(), None);
            self.note = number.map(|number| (number, Body::new(known())));
            return true;
        }
        self.note.as_mut().is_none_or(|(_, body)| body.open(element))
    }

    fn close(&mut self, name: &str) {
        if name != self.kind {
            self.note.iter_mut().for_each(|(_, body)| body.close(name));
        } else if let Some((number, body)) = self.note.take() {
            self.read.insert(number, body.end().writer);
        }
    }

    fn text(&mut self, text: &str) {
        self.note.iter_mut().for_each(|(_, body)| body.text(text));
    }
}
