//! The text of a DOCX, paragraph by paragraph (ISO/IEC 29500-1, 17.3, 17.4, 17.11, 17.13).

use super::marks::{ENDNOTE, FOOTNOTE, Marks};
use super::numbering::Numbering;
use super::styles::{Facts, Styles};
use crate::documents::office::{Pages, Tables, Visitor};
use crate::documents::writer::Writer;
use crate::loss::DocumentLoss;
use crate::xml::Element;

/// Elements that are skipped, since their content is not part of the text.
const PASSED: [&str; 9] =
    ["Fallback", "instrText", "delInstrText", "delText", "rt", "sdtPr", "footnotePr", "endnotePr", "sectPr"];

/// A reader of the text.
pub(super) struct Body<'a> {
    writer: Writer,
    styles: &'a Styles,
    numbering: Numbering,
    paragraph: Paragraph,
    within: Within,
    tables: Tables,
    marks: Marks,
    pages: Pages,
}

/// The current paragraph.
#[derive(Default)]
struct Paragraph {
    own: Facts,
    /// Its properties including styles, once it has started.
    facts: Option<Facts>,
    /// Whether its paragraph mark was deleted, so that the next paragraph continues it.
    goes_on: bool,
}

/// The context of the current element.
#[derive(Default)]
struct Within {
    paragraph_properties: bool,
    row_properties: bool,
    /// Whether it is in a deleted row.
    deleted_row: bool,
    /// The number of enclosing deletions.
    deleted: usize,
    /// Whether it is in a hidden run.
    hidden: bool,
    /// Whether it is in a text, rather than between elements.
    text: bool,
}

impl<'a> Body<'a> {
    pub fn new(styles: &'a Styles, numbering: Numbering) -> Self {
        Self {
            writer: Writer::default(),
            styles,
            numbering,
            paragraph: Paragraph::default(),
            within: Within::default(),
            tables: Tables::default(),
            marks: Marks::new(),
            pages: Pages::default(),
        }
    }

    /// Returns the text, and the notes that it refers to.
    pub fn end(mut self) -> (Writer, Marks) {
        self.end_paragraph();
        self.writer.end();
        self.pages.end(&mut self.writer);
        (self.writer, self.marks)
    }

    /// Appends words to the paragraph, preceded by its number if they are the first.
    fn push(&mut self, words: &str) {
        if self.within.deleted > 0 || self.within.deleted_row {
            return;
        }
        if self.within.hidden {
            return self.writer.drop(DocumentLoss::HiddenWords, words.split_whitespace().count());
        }
        self.begin();
        self.writer.push(words);
    }

    /// Resolves the properties of the paragraph, and writes its number.
    fn begin(&mut self) {
        if self.paragraph.facts.is_some() {
            return;
        }
        let facts = self.styles.resolve(&self.paragraph.own);
        if let Some(list) = facts.list() {
            let number = self.numbering.next(list, facts.level.unwrap_or(0));
            // A continued paragraph already has one.
            if self.writer.paragraph().is_empty() || self.tables.are_open() {
                self.writer.push(&number);
            }
        }
        self.paragraph.facts = Some(facts);
    }

    fn end_paragraph(&mut self) {
        if self.paragraph.goes_on {
            self.paragraph = Paragraph::default();
            return;
        }
        let before = self.writer.paragraph().len();
        self.begin();
        let facts = std::mem::take(&mut self.paragraph).facts.unwrap_or_default();
        if self.tables.are_open() {
            self.writer.space();
        } else if before == 0 {
            // An item without words is counted but not written.
            self.writer.forget();
        } else if self.styles.is_contents(facts.style.as_deref()) {
            self.writer.forget();
            self.writer.drop(DocumentLoss::ContentsLines, 1);
        } else if let Some(level) = facts.outline.filter(|level| *level < 9) {
            self.writer.end_heading(level + 1);
        } else if facts.list().is_some() {
            self.writer.end_line();
        } else {
            self.writer.end();
        }
    }

    /// Handles an element in the properties of a paragraph or a row.
    fn property(&mut self, element: &Element) {
        let is_deleted = matches!(element.local(), "del" | "moveFrom");
        if self.within.row_properties {
            self.within.deleted_row |= is_deleted;
        } else {
            self.paragraph.goes_on |= is_deleted;
            self.paragraph.own.take(element);
        }
    }

    fn note(&mut self, kind: &'static str, element: &Element) {
        if self.within.deleted == 0 && !self.within.deleted_row {
            let next = self.marks.len() + 1;
            let id = element.get("id").unwrap_or_default().to_owned();
            let number = *self.marks.entry((kind, id)).or_insert(next);
            self.push(&format!("[{number}]"));
        }
    }

    /// Handles an element that contains words or stands for some. Returns whether to visit its children.
    fn words(&mut self, element: &Element) -> bool {
        match element.local() {
            "t" => self.within.text = true,
            "vanish" => self.within.hidden = is_on(element),
            "tab" | "ptab" if !self.tables.are_open() => self.push("\t"),
            "tab" | "ptab" => self.push(" "),
            "br" if matches!(element.get("type"), Some("page" | "column")) => {}
            "br" | "cr" if !self.tables.are_open() => self.push("\n"),
            "br" | "cr" => self.push(" "),
            "noBreakHyphen" => self.push("\u{2011}"),
            "sym" => self.symbol(element.get("char").unwrap_or_default()),
            "footnoteReference" => self.note(FOOTNOTE, element),
            "endnoteReference" => self.note(ENDNOTE, element),
            "lastRenderedPageBreak" => self.pages.next(&mut self.writer),
            "txbxContent" => {
                self.writer.drop(DocumentLoss::TextBoxes, 1);
                return false;
            }
            "blip" | "imagedata" => self.writer.drop(DocumentLoss::Pictures, 1),
            "altChunk" => self.writer.drop(DocumentLoss::EmbeddedDocuments, 1),
            _ => {}
        }
        true
    }

    /// Handles a character of a symbol font, which may have no meaning outside the font.
    fn symbol(&mut self, code: &str) {
        let c = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
        match c.filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c)) {
            Some(c) => self.push(c.encode_utf8(&mut [0; 4])),
            None => self.writer.drop(DocumentLoss::SymbolCharacters, 1),
        }
    }
}

/// Returns whether a toggle property is on.
fn is_on(element: &Element) -> bool {
    element.get("val").is_none_or(|value| !matches!(value, "0" | "false" | "off"))
}

impl Visitor for Body<'_> {
    fn open(&mut self, element: &Element) -> bool {
        let name = element.local();
        // `a:p` is a paragraph in a drawing; `…PrChange` contains the properties before a change.
        if PASSED.contains(&name) || name.ends_with("PrChange") || element.name.starts_with("a:p") {
            return false;
        }
        if self.within.paragraph_properties || self.within.row_properties {
            self.property(element);
            return true;
        }
        match name {
            "pPr" => self.within.paragraph_properties = true,
            "trPr" => self.within.row_properties = true,
            "p" => self.paragraph = Paragraph::default(),
            "r" => self.within.hidden = false,
            "del" | "moveFrom" => {
                self.within.deleted += 1;
                self.writer.drop(DocumentLoss::TrackedDeletions, 1);
            }
            "tbl" => self.tables.open(&mut self.writer),
            "tr" => self.tables.row(),
            "tc" => self.tables.cell(&mut self.writer),
            _ => return self.words(element),
        }
        true
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" => self.within.text = false,
            "pPr" => self.within.paragraph_properties = false,
            "trPr" => self.within.row_properties = false,
            "p" => self.end_paragraph(),
            "del" | "moveFrom" if !self.within.paragraph_properties && !self.within.row_properties => {
                self.within.deleted = self.within.deleted.saturating_sub(1);
            }
            "tr" => {
                self.within.deleted_row = false;
                self.tables.end_row(&mut self.writer);
            }
            "tbl" => self.tables.close(&mut self.writer),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.within.text {
            self.push(text);
        }
    }
}
