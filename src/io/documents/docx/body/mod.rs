//! The text of a DOCX, paragraph by paragraph (ISO/IEC 29500-1, 17.3, 17.4, 17.11, 17.13, 20.4.2.38).

use std::collections::BTreeMap;

mod apart;

use super::alternatives::Alternatives;
use super::marks::{ENDNOTE, FOOTNOTE, Marks};
use super::numbering::Numbering;
use super::relations::Relations;
use super::styles::{Facts, Styles, script};
use crate::documents::office::{BULLET, Block, Link, Pages, Script, Shapes, Tables, Visitor};
use crate::documents::writer::Writer;
use crate::loss::DocumentLoss;
use crate::xml::Element;

/// Elements that are skipped, since their content is not part of the text.
const PASSED: [&str; 7] = ["delInstrText", "delText", "rt", "sdtPr", "footnotePr", "endnotePr", "sectPr"];

/// What is known about the text before it is read.
pub(super) struct Known<'a> {
    pub styles: &'a Styles,
    pub numbering: Numbering,
    pub relations: Option<&'a Relations>,
    /// The shapes of its tables.
    pub shapes: Shapes,
    /// The embedded documents that were read, by the ids of their relationships.
    pub chunks: BTreeMap<String, Writer>,
}

impl<'a> Known<'a> {
    /// Returns what is known before the first reading.
    pub fn at_first(styles: &'a Styles, numbering: Numbering, relations: Option<&'a Relations>) -> Self {
        Self { styles, numbering, relations, shapes: Shapes::default(), chunks: BTreeMap::new() }
    }
}

/// A text that has been read.
pub(super) struct Done {
    pub writer: Writer,
    /// The notes that it refers to.
    pub marks: Marks,
    pub shapes: Shapes,
    /// The ids of embedded documents that were not known.
    pub chunks: Vec<String>,
}

/// A reader of the text.
pub(super) struct Body<'a> {
    known: Known<'a>,
    /// The current text: that of the document, or of a text box.
    flow: Flow,
    /// The texts around the current text box.
    around: Vec<Flow>,
    alternatives: Alternatives,
    tables: Tables,
    marks: Marks,
    pages: Pages,
    chunks: Vec<String>,
    link: Option<Link>,
    /// The number of pieces of text so far.
    pieces: usize,
}

/// A text with its position.
#[derive(Default)]
struct Flow {
    writer: Writer,
    paragraph: Paragraph,
    within: Within,
    /// The script of the last words.
    last: Script,
    /// Text boxes in the current paragraph, to be written below it.
    boxes: Vec<Writer>,
}

/// The current paragraph.
#[derive(Default)]
struct Paragraph {
    own: Facts,
    /// Its properties including styles, once it has started.
    facts: Option<Facts>,
    has_words: bool,
    has_number: bool,
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
    /// Whether the run is raised or lowered.
    script: Script,
    /// The scripts of the formula around it.
    formula: Vec<Script>,
    /// Whether it is in a text, rather than between elements.
    text: bool,
    /// Whether it is in the code of a field.
    code: bool,
}

impl<'a> Body<'a> {
    pub fn new(mut known: Known<'a>) -> Self {
        Self {
            tables: Tables::new(std::mem::take(&mut known.shapes)),
            known,
            flow: Flow::default(),
            around: Vec::new(),
            alternatives: Alternatives::default(),
            marks: Marks::new(),
            pages: Pages::default(),
            chunks: Vec::new(),
            link: None,
            pieces: 0,
        }
    }

    /// Ends the text.
    pub fn end(mut self) -> Done {
        self.end_paragraph();
        let mut writer = self.flow.writer;
        writer.end();
        self.pages.end(&mut writer);
        Done { writer, marks: self.marks, shapes: self.tables.shapes(), chunks: self.chunks }
    }

    /// Appends words to the paragraph, preceded by its number if they are the first.
    fn push(&mut self, words: &str) {
        let has_words = !words.trim().is_empty();
        self.pieces += usize::from(has_words);
        if self.flow.within.deleted > 0 || self.flow.within.deleted_row {
            return;
        }
        if self.flow.within.hidden {
            return self.flow.writer.drop(DocumentLoss::HiddenWords, words.split_whitespace().count());
        }
        self.begin();
        self.flow.paragraph.has_words |= has_words;
        let script = self.flow.within.formula.last().copied().unwrap_or(self.flow.within.script);
        let last = std::mem::replace(&mut self.flow.last, script);
        let words = script.write(words, self.flow.writer.paragraph(), last);
        self.flow.writer.push(&words);
    }

    /// Resolves the properties of the paragraph, and writes its number.
    fn begin(&mut self) {
        if self.flow.paragraph.facts.is_some() {
            return;
        }
        let facts = self.known.styles.resolve(&self.flow.paragraph.own);
        if let Some(list) = facts.list() {
            let number = self.known.numbering.next(list, facts.level.unwrap_or(0));
            // A continued paragraph already has one.
            if self.flow.writer.paragraph().is_empty() || self.tables.are_open() {
                self.flow.writer.push(&number);
                self.flow.paragraph.has_number = !number.is_empty() && number != BULLET;
            }
        }
        self.flow.paragraph.facts = Some(facts);
    }

    fn end_paragraph(&mut self) {
        if self.flow.paragraph.goes_on {
            self.flow.paragraph = Paragraph::default();
            return;
        }
        let before = self.flow.writer.paragraph().len();
        self.begin();
        let paragraph = std::mem::take(&mut self.flow.paragraph);
        let facts = paragraph.facts.unwrap_or_default();
        let heading = facts.outline.filter(|level| *level < 9);
        // A number without words is that of a row.
        let is_plain = !paragraph.has_words || heading.is_none() && facts.list().is_none();
        let block = if is_plain { Block::Plain } else { Block::Structured };
        let writer = &mut self.flow.writer;
        let in_line = self.tables.paragraph(block, paragraph.has_words || paragraph.has_number, writer);
        if in_line {
        } else if before == 0 && paragraph.has_number && self.tables.are_layout() {
            // The number of a row.
            writer.end_line();
        } else if before == 0 {
            // An item without words is counted but not written.
            writer.forget();
        } else if self.known.styles.is_contents(facts.style.as_deref()) {
            writer.forget();
            writer.drop(DocumentLoss::ContentsLines, 1);
        } else if let Some(level) = heading {
            writer.end_heading(level + 1);
        } else if facts.list().is_some() {
            writer.end_line();
        } else {
            writer.end();
        }
        for text in std::mem::take(&mut self.flow.boxes) {
            if in_line { writer.append_in_cell(text) } else { writer.append(text) }
        }
    }

    /// Handles an element in the properties of a paragraph or a row.
    fn property(&mut self, element: &Element) {
        let is_deleted = matches!(element.local(), "del" | "moveFrom");
        if self.flow.within.row_properties {
            self.flow.within.deleted_row |= is_deleted;
        } else {
            self.flow.paragraph.goes_on |= is_deleted;
            self.flow.paragraph.own.take(element);
        }
    }

    fn note(&mut self, kind: &'static str, element: &Element) {
        if self.flow.within.deleted == 0 && !self.flow.within.deleted_row {
            let next = self.marks.len() + 1;
            let id = element.get("id").unwrap_or_default().to_owned();
            let number = *self.marks.entry((kind, id)).or_insert(next);
            self.flow.within.script = Script::Normal;
            self.push(&format!("[{number}]"));
        }
    }

    /// Handles an element that contains words or stands for some. Returns whether to visit its children.
    fn words(&mut self, element: &Element) -> bool {
        match element.local() {
            "t" => self.flow.within.text = true,
            "vanish" => self.flow.within.hidden = is_on(element),
            "vertAlign" => self.flow.within.script = script(element.get("val").unwrap_or_default()),
            "rStyle" => {
                let style = element.get("val").unwrap_or_default();
                self.flow.within.script = self.known.styles.script(style);
            }
            "tab" | "ptab" if !self.tables.are_open() => self.push("\t"),
            "tab" | "ptab" => self.push(" "),
            "br" if matches!(element.get("type"), Some("page" | "column")) => {}
            "br" | "cr" if !self.tables.are_open() => self.push("\n"),
            "br" | "cr" => self.push(" "),
            "noBreakHyphen" => self.push("\u{2011}"),
            "sym" => self.symbol(element.get("char").unwrap_or_default()),
            "footnoteReference" => self.note(FOOTNOTE, element),
            "endnoteReference" => self.note(ENDNOTE, element),
            "lastRenderedPageBreak" => self.pages.next(&mut self.flow.writer),
            "hyperlink" => {
                let relation = self.known.relations.and_then(|all| all.get(element.get("id")?));
                let address = relation.filter(|one| one.is_outside).map_or("", |one| &one.target);
                self.link = Link::open(address, &self.flow.writer);
            }
            "instrText" => self.flow.within.code = true,
            "fldChar" if element.get("fldCharType") == Some("end") => self.close_link(),
            _ => return self.drawn(element),
        }
        true
    }

    /// Handles a character of a symbol font, which may have no meaning outside the font.
    fn symbol(&mut self, code: &str) {
        let c = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
        match c.filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c)) {
            Some(c) => self.push(c.encode_utf8(&mut [0; 4])),
            None => self.flow.writer.drop(DocumentLoss::SymbolCharacters, 1),
        }
    }

    fn close_link(&mut self) {
        if let Some(link) = self.link.take() {
            link.close(&mut self.flow.writer);
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
        let is_drawn = element.name.starts_with("a:p") && (name != "p" || self.around.is_empty());
        if PASSED.contains(&name) || name.ends_with("PrChange") || is_drawn {
            return false;
        }
        if self.flow.within.paragraph_properties || self.flow.within.row_properties {
            self.property(element);
            return true;
        }
        match name {
            "pPr" => self.flow.within.paragraph_properties = true,
            "trPr" => self.flow.within.row_properties = true,
            "p" => self.flow.paragraph = Paragraph::default(),
            "r" => (self.flow.within.hidden, self.flow.within.script) = (false, Script::Normal),
            "del" | "moveFrom" => {
                self.flow.within.deleted += 1;
                self.flow.writer.drop(DocumentLoss::TrackedDeletions, 1);
            }
            "tbl" => self.tables.open(&mut self.flow.writer),
            "tr" => self.tables.row(),
            "tc" => self.tables.cell(&mut self.flow.writer),
            _ => return self.words(element),
        }
        true
    }

    fn close(&mut self, name: &str) {
        let within = &mut self.flow.within;
        match name {
            "t" => within.text = false,
            "instrText" => within.code = false,
            "pPr" => within.paragraph_properties = false,
            "trPr" => within.row_properties = false,
            "p" => self.end_paragraph(),
            "del" | "moveFrom" if !within.paragraph_properties && !within.row_properties => {
                within.deleted = within.deleted.saturating_sub(1);
            }
            "tr" => {
                within.deleted_row = false;
                self.tables.end_row(&mut self.flow.writer);
            }
            "tbl" => self.tables.close(&mut self.flow.writer),
            "sup" | "sub" => drop(within.formula.pop()),
            "txbxContent" | "txBody" => self.close_box(),
            "AlternateContent" => self.alternatives.close(),
            "hyperlink" => self.close_link(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.flow.within.text {
            self.push(text);
        } else if self.flow.within.code
            && let Some(address) = Link::of_field(text)
        {
            self.link = Link::open(address, &self.flow.writer);
        }
    }
}
