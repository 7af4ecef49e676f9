//! The text of a DOCX, paragraph by paragraph (ISO/IEC 29500-1, 17.3, 17.4, 17.11, 17.13).

use super::marks::{ENDNOTE, FOOTNOTE, Marks};
use super::numbering::Numbering;
use super::styles::{Facts, Styles};
use crate::documents::office::{Pages, Tables, Visitor};
use crate::documents::writer::Writer;
use crate::loss::DocumentLoss;
use crate::xml::Element;

/// Elements that are not gone into: what stands in them is not said here.
const PASSED: [&str; 9] =
    ["Fallback", "instrText", "delInstrText", "delText", "rt", "sdtPr", "footnotePr", "endnotePr", "sectPr"];

/// The text that is being read.
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

/// The paragraph that is being read.
#[derive(Default)]
struct Paragraph {
    own: Facts,
    /// What holds for it, styles included, once it has begun.
    facts: Option<Facts>,
    /// Whether its end has been deleted, so that the next one goes on with its words.
    goes_on: bool,
}

/// What the element that is being read stands in.
#[derive(Default)]
struct Within {
    paragraph_properties: bool,
    row_properties: bool,
    /// A row that has been deleted.
    deleted_row: bool,
    /// How many elements in which all has been deleted.
    deleted: usize,
    /// A run that is not shown.
    hidden: bool,
    /// A text, and not the space between elements.
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

    /// What has been read, and the notes that it refers to.
    pub fn end(mut self) -> (Writer, Marks) {
        self.end_paragraph();
        self.writer.end();
        self.pages.end(&mut self.writer);
        (self.writer, self.marks)
    }

    /// Words of the paragraph; before the first ones comes its number.
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

    /// Finds out what holds for the paragraph, and writes its number.
    fn begin(&mut self) {
        if self.paragraph.facts.is_some() {
            return;
        }
        let facts = self.styles.resolve(&self.paragraph.own);
        if let Some(list) = facts.list() {
            let number = self.numbering.next(list, facts.level.unwrap_or(0));
            // Words of the paragraph above that go on here have one already.
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
            // An item without words has counted, and is not written.
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

    /// An element among the properties of a paragraph or a row.
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

    /// An element with words of its own, or that stands for some. Says whether to go into it.
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

    /// A character of a font of symbols: many have no meaning outside of it.
    fn symbol(&mut self, code: &str) {
        let c = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
        match c.filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c)) {
            Some(c) => self.push(c.encode_utf8(&mut [0; 4])),
            None => self.writer.drop(DocumentLoss::SymbolCharacters, 1),
        }
    }
}

/// Whether a property that can be on and off is on.
fn is_on(element: &Element) -> bool {
    element.get("val").is_none_or(|value| !matches!(value, "0" | "false" | "off"))
}

impl Visitor for Body<'_> {
    fn open(&mut self, element: &Element) -> bool {
        let name = element.local();
        // `a:p` is a paragraph in a drawing; `…PrChange` holds what was before a change.
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
