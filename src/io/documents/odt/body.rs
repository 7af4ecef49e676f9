//! The text of an ODT, paragraph by paragraph (ODF 1.3, 5, 6, 7 and 9).

use std::collections::BTreeMap;

use super::styles::{LEVELS, OUTLINE, Styles};
use crate::documents::office::{Pages, Tables, Visitor};
use crate::documents::writer::Writer;
use crate::loss::DocumentLoss;
use crate::xml::Element;

/// Greatest number of spaces that one element stands for.
const SPACES: usize = 1000;
/// Elements that are skipped, since their content is not part of the text.
const PASSED: [&str; 8] = [
    "forms",
    "note-citation",
    "number",
    "ruby-text",
    "index-source",
    "table-of-content-source",
    "sequence-decls",
    "desc",
];

/// A reader of the text.
pub(super) struct Body<'a> {
    styles: &'a Styles,
    writer: Writer,
    /// The current note, to which paragraphs are written.
    note: Option<Writer>,
    notes: Vec<Writer>,
    in_body: bool,
    /// The number of open paragraphs: one, and a second one in a note.
    open: usize,
    /// The level of the current heading; 0 for a paragraph.
    level: u8,
    /// Whether each open span or section is hidden.
    hidden: Vec<bool>,
    tables: Tables,
    lists: Lists,
    in_contents: bool,
    pages: Pages,
}

/// The open lists with their counters.
#[derive(Default)]
struct Lists {
    /// The style of each open list.
    open: Vec<Option<String>>,
    counts: Vec<usize>,
    /// The last numbers of ended lists by style, for lists that continue them.
    stopped: BTreeMap<String, Vec<usize>>,
    headings: Vec<usize>,
    /// The mark of the next paragraph.
    mark: Option<String>,
}

impl<'a> Body<'a> {
    pub fn new(styles: &'a Styles) -> Self {
        let lists = Lists { headings: vec![0; LEVELS], ..Lists::default() };
        Self {
            styles,
            writer: Writer::default(),
            note: None,
            notes: Vec::new(),
            in_body: false,
            open: 0,
            level: 0,
            hidden: Vec::new(),
            tables: Tables::default(),
            lists,
            in_contents: false,
            pages: Pages::default(),
        }
    }

    /// Returns the text, with the notes at the end.
    pub fn end(mut self) -> Writer {
        self.writer.end();
        self.pages.end(&mut self.writer);
        self.writer.notes((1..).zip(self.notes));
        self.writer
    }

    fn out(&mut self) -> &mut Writer {
        self.note.as_mut().unwrap_or(&mut self.writer)
    }

    /// Returns whether the current position is in a cell.
    fn in_cell(&self) -> bool {
        self.note.is_none() && self.tables.are_open()
    }

    fn push(&mut self, words: &str, collapsed: bool) {
        if self.hidden.contains(&true) {
            self.writer.drop(DocumentLoss::HiddenWords, words.split_whitespace().count());
        } else if collapsed {
            self.out().push_collapsed(words);
        } else {
            self.out().push(words);
        }
    }

    fn paragraph(&mut self, element: &Element) {
        self.open += 1;
        let style = element.get("style-name");
        self.hidden.push(self.styles.is_hidden(style));
        if self.note.is_some() {
            return;
        }
        let is_title = self.styles.is_title(style);
        let level = element.get("outline-level").and_then(|level| level.parse::<u8>().ok()).unwrap_or(1);
        let is_heading = element.local() == "h";
        self.level = if is_heading { level.clamp(1, 10) } else { u8::from(is_title) };
        let in_list = !self.lists.open.is_empty();
        let mark = self.lists.mark.take();
        let counted = is_heading && !in_list && element.get("is-list-header") != Some("true");
        let number = if counted {
            self.lists.heading(self.styles, usize::from(level))
        } else {
            mark.unwrap_or_default()
        };
        self.writer.push(&number);
    }

    fn end_paragraph(&mut self) {
        self.hidden.pop();
        self.open = self.open.saturating_sub(1);
        if self.note.is_some() {
            self.out().end();
        } else if self.in_cell() {
            self.writer.space();
        } else if self.in_contents {
            self.writer.forget();
            self.writer.drop(DocumentLoss::ContentsLines, 1);
        } else if self.level > 0 {
            self.writer.end_heading(self.level);
        } else if !self.lists.open.is_empty() {
            self.writer.end_line();
        } else {
            self.writer.end();
        }
    }

    fn cell(&mut self, element: &Element) {
        let repeated = element.get("number-columns-repeated").and_then(|count| count.parse().ok());
        // Repeated cells are empty, usually up to the edge of the sheet.
        let count = repeated.unwrap_or(1_usize).clamp(1, 64);
        (0..count).for_each(|_| self.tables.cell(&mut self.writer));
    }

    /// Starts a note: its mark is in the text, its content at the end.
    fn begin_note(&mut self) {
        if self.note.is_none() {
            let number = self.notes.len() + 1;
            self.push(&format!("[{number}]"), false);
            self.note = Some(Writer::default());
        }
    }

    /// Counts content that is left out. Returns whether to visit its children.
    fn left_out(&mut self, name: &str) -> bool {
        let kind = match name {
            "annotation" => DocumentLoss::Comments,
            "image" => DocumentLoss::Pictures,
            "text-box" => DocumentLoss::TextBoxes,
            "object" | "object-ole" => DocumentLoss::Objects,
            _ => return true,
        };
        self.out().drop(kind, 1);
        false
    }

    /// Handles elements inside paragraphs.
    fn inside(&mut self, element: &Element) -> bool {
        match element.local() {
            "s" => {
                let count = element.get("c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                self.push(&" ".repeat(count.min(SPACES)), false);
            }
            "tab" if !self.in_cell() => self.push("\t", false),
            "line-break" if !self.in_cell() => self.push("\n", false),
            "tab" | "line-break" => self.push(" ", false),
            "soft-page-break" => self.pages.next(&mut self.writer),
            "span" => self.hidden.push(self.styles.is_hidden(element.get("style-name"))),
            "note" => self.begin_note(),
            name => return self.left_out(name),
        }
        true
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
        if PASSED.contains(&name) {
            return false;
        }
        match name {
            "tracked-changes" => {}
            "deletion" => {
                self.writer.drop(DocumentLoss::TrackedDeletions, 1);
                return false;
            }
            "change-info" => return false,
            "p" | "h" => self.paragraph(element),
            "list" if self.note.is_none() => self.lists.open(element),
            "list-item" if self.note.is_none() => self.lists.item(self.styles, element),
            "section" => self.hidden.push(element.get("display") == Some("none")),
            "table-of-content" => self.in_contents = true,
            "table" => self.tables.open(&mut self.writer),
            "table-row" => self.tables.row(),
            "table-cell" | "covered-table-cell" => self.cell(element),
            _ => return self.inside(element),
        }
        true
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "h" => self.end_paragraph(),
            "list" if self.note.is_none() => {
                self.lists.close();
                if self.lists.open.is_empty() && !self.in_cell() {
                    self.writer.gap();
                }
            }
            "list-item" if self.note.is_none() => self.lists.mark = None,
            "span" | "section" => drop(self.hidden.pop()),
            "note" => self.notes.extend(self.note.take()),
            "table-of-content" => self.in_contents = false,
            "table-row" => self.tables.end_row(&mut self.writer),
            "table" => self.tables.close(&mut self.writer),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.open > 0 {
            self.push(text, true);
        }
    }
}

impl Lists {
    fn open(&mut self, element: &Element) {
        let style = element.get("style-name").map(str::to_owned);
        let inherited = self.open.last().cloned().flatten();
        if self.open.is_empty() {
            let goes_on =
                element.get("continue-numbering") == Some("true") || element.get("continue-list").is_some();
            let stopped = style.as_ref().and_then(|style| self.stopped.get(style)).filter(|_| goes_on);
            self.counts = stopped.cloned().unwrap_or_else(|| vec![0; LEVELS]);
        }
        self.open.push(style.or(inherited));
    }

    fn close(&mut self) {
        let style = self.open.pop().flatten();
        if let (true, Some(style)) = (self.open.is_empty(), style) {
            self.stopped.insert(style, std::mem::take(&mut self.counts));
        }
    }

    fn item(&mut self, styles: &Styles, element: &Element) {
        let level = self.open.len().saturating_sub(1);
        let Some(list) = self.open.last().cloned().flatten().filter(|_| level < self.counts.len()) else {
            return;
        };
        let named = element.get("start-value").and_then(|start| start.parse().ok());
        let start = styles.level(&list, level).map_or(1, |level| level.start);
        let next = if self.counts[level] == 0 { start } else { self.counts[level].saturating_add(1) };
        self.counts[level] = named.unwrap_or(next);
        self.counts[level + 1..].fill(0);
        self.mark = Some(styles.mark(&list, level, &self.counts));
    }

    /// Returns the number of a heading.
    fn heading(&mut self, styles: &Styles, level: usize) -> String {
        let level = level.clamp(1, LEVELS) - 1;
        let start = styles.level(OUTLINE, level).map_or(1, |level| level.start);
        self.headings[level] = if self.headings[level] == 0 { start } else { self.headings[level] + 1 };
        self.headings[level + 1..].fill(0);
        styles.mark(OUTLINE, level, &self.headings)
    }
}
