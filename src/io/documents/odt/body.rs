//! The text of an ODT, paragraph by paragraph (ODF 1.3, 5, 6, 7, 9 and 10).

use super::lists::{Lists, Nested};
use super::styles::Styles;
use crate::documents::office::{Block, Link, Pages, Script, Shapes, Tables, Visitor};
use crate::documents::writer::Writer;
use crate::loss::DocumentLoss;
use crate::xml::Element;

/// Greatest number of spaces that one element stands for.
const SPACES: usize = 1000;
/// Elements that are skipped, since their content is not part of the text.
const PASSED: [&str; 9] = [
    "forms",
    "note-citation",
    "number",
    "ruby-text",
    "index-source",
    "table-of-content-source",
    "sequence-decls",
    "desc",
    "event-listeners",
];
/// Text boxes, and shapes with words.
const BOXES: [&str; 12] = [
    "text-box",
    "custom-shape",
    "rect",
    "line",
    "polyline",
    "polygon",
    "regular-polygon",
    "path",
    "circle",
    "ellipse",
    "connector",
    "caption",
];

/// A text that has been read.
pub(super) struct Done {
    /// The text with the notes at the end.
    pub writer: Writer,
    pub shapes: Shapes,
}

/// A reader of the text.
pub(super) struct Body<'a> {
    styles: &'a Styles,
    /// The current text: that of the document, of a text box or of a note.
    flow: Flow,
    /// The texts around the current text box or note.
    around: Vec<Around>,
    /// The notes with their numbers, in the order of their ends.
    notes: Vec<(usize, Writer)>,
    /// The number of notes that have started.
    noted: usize,
    in_body: bool,
    /// The number of open paragraphs: one, and more in a text box or a note.
    open: usize,
    /// The open paragraphs, spans and sections.
    spans: Vec<Span>,
    tables: Tables,
    lists: Lists,
    in_contents: bool,
    pages: Pages,
    link: Option<Link>,
}

/// A text with its position.
#[derive(Default)]
struct Flow {
    writer: Writer,
    /// The level of the current heading; 0 for a paragraph.
    level: u8,
    has_words: bool,
    has_number: bool,
    /// The script of the last words.
    last: Script,
    /// Text boxes in the current paragraph, to be written below it.
    boxes: Vec<Writer>,
}

/// The text around a text box or a note.
struct Around {
    flow: Flow,
    lists: Nested,
    /// The number of the note; `None` for a text box.
    note: Option<usize>,
}

/// The properties of a paragraph, a span or a section.
#[derive(Clone, Copy)]
struct Span {
    is_hidden: bool,
    script: Script,
}

impl<'a> Body<'a> {
    /// Creates a reader of a text. `shapes` are those of its tables that are known.
    pub fn new(styles: &'a Styles, shapes: Shapes) -> Self {
        Self {
            styles,
            flow: Flow::default(),
            around: Vec::new(),
            notes: Vec::new(),
            noted: 0,
            in_body: false,
            open: 0,
            spans: Vec::new(),
            tables: Tables::new(shapes),
            lists: Lists::default(),
            in_contents: false,
            pages: Pages::default(),
            link: None,
        }
    }

    /// Ends the text.
    pub fn end(mut self) -> Done {
        let mut writer = self.flow.writer;
        writer.end();
        self.pages.end(&mut writer);
        self.notes.sort_by_key(|(number, _)| *number);
        writer.notes(self.notes);
        Done { writer, shapes: self.tables.shapes() }
    }

    fn push(&mut self, words: &str, collapsed: bool) {
        if self.spans.iter().any(|span| span.is_hidden) {
            return self.flow.writer.drop(DocumentLoss::HiddenWords, words.split_whitespace().count());
        }
        self.flow.has_words |= !words.trim().is_empty();
        let script = self.spans.last().map_or(Script::Normal, |span| span.script);
        let last = std::mem::replace(&mut self.flow.last, script);
        let words = script.write(words, self.flow.writer.paragraph(), last);
        if collapsed { self.flow.writer.push_collapsed(&words) } else { self.flow.writer.push(&words) }
    }

    /// Starts a paragraph, a span or a section, whose style may hide, raise or lower its words.
    fn open_span(&mut self, style: Option<&str>) {
        let outer = self.spans.last().map_or(Script::Normal, |span| span.script);
        let script = self.styles.script(style).unwrap_or(outer);
        self.spans.push(Span { is_hidden: self.styles.is_hidden(style), script });
    }

    fn paragraph(&mut self, element: &Element) {
        self.open += 1;
        let style = element.get("style-name");
        self.open_span(style);
        let is_title = self.styles.is_title(style);
        let level = element.get("outline-level").and_then(|level| level.parse::<u8>().ok()).unwrap_or(1);
        let is_heading = element.local() == "h";
        self.flow.level = if is_heading { level.clamp(1, 10) } else { u8::from(is_title) };
        self.flow.has_words = false;
        let mark = self.lists.mark();
        let counted = is_heading && !self.lists.are_open() && element.get("is-list-header") != Some("true");
        let number = if counted {
            self.lists.heading(self.styles, usize::from(level))
        } else {
            mark.unwrap_or_default()
        };
        self.flow.has_number = !number.is_empty();
        self.flow.writer.push(&number);
    }

    fn end_paragraph(&mut self) {
        self.spans.pop();
        self.open = self.open.saturating_sub(1);
        let (level, in_list) = (self.flow.level, self.lists.are_open());
        // A number without words is that of a row.
        let has_words = std::mem::take(&mut self.flow.has_words);
        let has_number = std::mem::take(&mut self.flow.has_number);
        let block = if has_words && (level > 0 || in_list) { Block::Structured } else { Block::Plain };
        let writer = &mut self.flow.writer;
        let in_line = self.tables.paragraph(block, has_words || has_number, writer);
        if in_line {
        } else if self.in_contents {
            writer.forget();
            writer.drop(DocumentLoss::ContentsLines, 1);
        } else if level > 0 {
            writer.end_heading(level);
        } else if in_list {
            writer.end_line();
        } else {
            writer.end();
        }
        for text in std::mem::take(&mut self.flow.boxes) {
            if in_line { writer.append_in_cell(text) } else { writer.append(text) }
        }
    }

    fn cell(&mut self, element: &Element) {
        let repeated = element.get("number-columns-repeated").and_then(|count| count.parse().ok());
        // Repeated cells are empty, usually up to the edge of the sheet.
        let count = repeated.unwrap_or(1_usize).clamp(1, 64);
        (0..count).for_each(|_| self.tables.cell(&mut self.flow.writer));
    }

    /// Starts a note, whose mark is in the text and whose content is at the end. A note in a note is a part of it.
    fn open_note(&mut self) {
        if self.around.iter().any(|around| around.note.is_some()) {
            return self.open_apart(None);
        }
        self.noted += 1;
        let number = self.noted;
        let script = self.spans.last_mut().map(|span| std::mem::take(&mut span.script));
        self.push(&format!("[{number}]"), false);
        self.spans.last_mut().into_iter().zip(script).for_each(|(span, script)| span.script = script);
        self.open_apart(Some(number));
    }

    /// Starts a text box or a note.
    fn open_apart(&mut self, note: Option<usize>) {
        self.tables.begin_apart();
        let is_hidden = self.spans.iter().any(|span| span.is_hidden);
        self.spans.push(Span { is_hidden, script: Script::Normal });
        let (flow, lists) = (std::mem::take(&mut self.flow), self.lists.pause());
        self.around.push(Around { flow, lists, note });
    }

    /// Ends a text box or a note. A box is written above the paragraph that it is in if that has no words yet, otherwise
    /// below it.
    fn close_apart(&mut self) {
        let Some(outer) = self.around.pop() else { return };
        self.spans.pop();
        self.lists.resume(outer.lists);
        let mut text = std::mem::replace(&mut self.flow, outer.flow).writer;
        text.end();
        self.tables.end_apart();
        let (in_cell, has_words) = (self.tables.are_open(), text.words() > 0);
        if let Some(number) = outer.note {
            self.notes.push((number, text));
        } else if in_cell && self.open == 0 {
            self.tables.paragraph(Block::Plain, has_words, &mut self.flow.writer);
            self.flow.writer.append_in_cell(text);
        } else if in_cell || self.flow.has_words {
            self.flow.has_words |= has_words;
            self.flow.boxes.push(text);
        } else {
            self.tables.paragraph(Block::Plain, has_words, &mut self.flow.writer);
            self.flow.writer.insert(text);
        }
    }

    /// Counts content that is left out. Returns whether to visit its children.
    fn left_out(&mut self, name: &str) -> bool {
        let kind = match name {
            "annotation" => DocumentLoss::Comments,
            "image" => DocumentLoss::Pictures,
            "object" | "object-ole" => DocumentLoss::Objects,
            _ => return true,
        };
        self.flow.writer.drop(kind, 1);
        false
    }

    /// Handles elements inside paragraphs.
    fn inside(&mut self, element: &Element) -> bool {
        let in_cell = self.tables.are_open();
        match element.local() {
            "s" => {
                let count = element.get("c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                self.push(&" ".repeat(count.min(SPACES)), false);
            }
            "tab" if !in_cell => self.push("\t", false),
            "line-break" if !in_cell => self.push("\n", false),
            "tab" | "line-break" => self.push(" ", false),
            "soft-page-break" => self.pages.next(&mut self.flow.writer),
            "span" => self.open_span(element.get("style-name")),
            "a" => self.link = Link::open(element.get("href").unwrap_or_default(), &self.flow.writer),
            "note" => self.open_note(),
            name if BOXES.contains(&name) => self.open_apart(None),
            name => return self.left_out(name),
        }
        true
    }

    fn close_link(&mut self) {
        if let Some(link) = self.link.take() {
            link.close(&mut self.flow.writer);
        }
    }
}

impl Visitor for Body<'_> {
    fn open(&mut self, element: &Element) -> bool {
        let name = element.local();
        if !self.in_body {
            self.in_body = name == "text" && element.name.starts_with("office:");
            return !matches!(
                name,
                "automatic-styles" | "styles" | "master-styles" | "meta" | "settings" | "scripts"
            );
        }
        if PASSED.contains(&name) || element.name == "svg:title" {
            return false;
        }
        match name {
            "tracked-changes" => {}
            "deletion" => {
                self.flow.writer.drop(DocumentLoss::TrackedDeletions, 1);
                return false;
            }
            "change-info" => return false,
            "p" | "h" => self.paragraph(element),
            "list" => self.lists.open(element),
            "list-item" => self.lists.item(self.styles, element),
            "section" => {
                self.open_span(None);
                let is_hidden = element.get("display") == Some("none");
                self.spans.last_mut().into_iter().for_each(|span| span.is_hidden = is_hidden);
            }
            "table-of-content" => self.in_contents = true,
            "table" => self.tables.open(&mut self.flow.writer),
            "table-row" => self.tables.row(),
            "table-cell" | "covered-table-cell" => self.cell(element),
            _ => return self.inside(element),
        }
        true
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "h" => self.end_paragraph(),
            "list" => {
                self.lists.close();
                if !self.lists.are_open() && !self.tables.are_open() {
                    self.flow.writer.gap();
                }
            }
            "list-item" => drop(self.lists.mark()),
            "span" | "section" => drop(self.spans.pop()),
            "a" => self.close_link(),
            "note" => self.close_apart(),
            name if BOXES.contains(&name) => self.close_apart(),
            "table-of-content" => self.in_contents = false,
            "table-row" => self.tables.end_row(&mut self.flow.writer),
            "table" => self.tables.close(&mut self.flow.writer),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.open > 0 {
            self.push(text, true);
        }
    }
}
