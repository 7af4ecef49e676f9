//! The text of a page in a database, and the places in it of offsets that count the bytes of the page's text nodes.

use dom_smoothie::Readability;

use super::DatabaseFault;
use crate::documents::check_depth;

/// The mark of an item in a list without numbers.
const BULLET: &str = "• ";

/// A page as text.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// The text: paragraphs with an empty line between them, items and rows as lines.
    pub text: String,
    /// The text nodes, one after the other.
    pub raw: String,
    /// Headings: byte of the text, level, words.
    pub headings: Vec<(usize, u8, String)>,
    /// The parts of `raw` that are in `text` as they are.
    runs: Vec<Run>,
}

/// A part of the text nodes that is in the text as it is; all in bytes.
#[derive(Clone, Copy, Debug)]
struct Run {
    raw: usize,
    text: usize,
    length: usize,
}

impl Page {
    /// Returns the range of the text, in bytes, of the characters in a range of the text nodes, in bytes. An offset within a
    /// character counts as its end. `None` if the range is outside or has no characters of the text.
    pub fn place(&self, start: i64, end: i64) -> Option<(usize, usize)> {
        let (start, end) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
        if start >= end || end > self.raw.len() {
            return None;
        }
        let (start, end) = (self.boundary(start), self.boundary(end));
        let first = self.runs.partition_point(|run| run.raw + run.length <= start);
        let last = self.runs.partition_point(|run| run.raw < end).checked_sub(1)?;
        let (first, last) = (self.runs.get(first)?, self.runs.get(last)?);
        let from = first.text + start.saturating_sub(first.raw);
        let to = last.text + (end - last.raw).min(last.length);
        (from < to).then_some((from, to))
    }

    fn boundary(&self, at: usize) -> usize {
        (at..self.raw.len()).find(|at| self.raw.is_char_boundary(*at)).unwrap_or(self.raw.len())
    }
}

/// Converts a page.
///
/// # Errors
/// Its elements are nested too deeply.
pub(super) fn page(html: &str) -> Result<Page, DatabaseFault> {
    check_depth(html).map_err(|error| DatabaseFault::Page(error.to_string()))?;
    let document = Readability::from(html).doc;
    let mut writer = Writer::default();
    // An explicit stack, since elements may be nested thousands of levels deep.
    let mut steps = vec![Step::Open(document.root())];
    while let Some(step) = steps.pop() {
        let node = match step {
            Step::Close(name) => {
                writer.close(&name);
                continue;
            }
            Step::Open(node) => node,
        };
        if node.is_text() {
            writer.words(&node.text());
        } else if !node.is_comment() {
            let name = node.node_name().map(|name| name.to_string()).unwrap_or_default();
            writer.open(&name);
            steps.push(Step::Close(name));
            steps.extend(node.children_it(true).map(Step::Open));
        }
    }
    Ok(writer.page)
}

/// A step of the walk through a page.
enum Step<N> {
    Open(N),
    Close(String),
}

/// A writer of the text. Line ends and marks are written before the next character, so that none is at the end.
#[derive(Default)]
struct Writer {
    page: Page,
    /// The number of line ends before the next character.
    breaks: usize,
    /// The number of tabs before it.
    tabs: usize,
    /// The mark of a list item before it.
    mark: Option<String>,
    /// White space before it: its place in the text nodes, if it is a single space.
    space: Option<Option<usize>>,
    /// The last number of each open list; `None` for those without numbers.
    lists: Vec<Option<usize>>,
    /// The number of open elements in which white space is kept.
    kept: usize,
    /// The byte at which the heading begins, once it has words.
    heading: Option<Option<usize>>,
}

impl Writer {
    fn words(&mut self, words: &str) {
        let base = self.page.raw.len();
        self.page.raw.push_str(words);
        for (at, c) in words.char_indices() {
            let is_space = matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
            if !is_space || self.kept > 0 && self.page.text.len() + self.breaks > 0 {
                self.character(base + at, c);
            } else {
                let is_single = c == ' ' && self.space.is_none();
                self.space = Some(is_single.then_some(base + at));
            }
        }
    }

    fn character(&mut self, raw: usize, c: char) {
        let is_first = self.page.text.is_empty();
        let at_start = is_first || self.breaks > 0 || self.tabs > 0;
        if !is_first {
            self.page.text.extend(std::iter::repeat_n('\n', self.breaks));
        }
        self.page.text.extend(std::iter::repeat_n('\t', self.tabs));
        let mark = self.mark.take();
        self.page.text.push_str(mark.as_deref().unwrap_or_default());
        let space = self.space.take().filter(|_| !at_start && mark.is_none());
        match space {
            Some(Some(raw)) => self.push(raw, ' '),
            Some(None) => self.page.text.push(' '),
            None => {}
        }
        (self.breaks, self.tabs) = (0, 0);
        if let Some(start @ None) = &mut self.heading {
            *start = Some(self.page.text.len());
        }
        self.push(raw, c);
    }

    /// Writes a character of the text nodes.
    fn push(&mut self, raw: usize, c: char) {
        let (text, length) = (self.page.text.len(), c.len_utf8());
        match self.page.runs.last_mut() {
            Some(run) if run.raw + run.length == raw && run.text + run.length == text => run.length += length,
            _ => self.page.runs.push(Run { raw, text, length }),
        }
        self.page.text.push(c);
    }

    fn open(&mut self, name: &str) {
        match name {
            "br" => {
                self.breaks += 1;
                self.space = None;
            }
            "ul" | "ol" => {
                self.block(if self.lists.is_empty() { 2 } else { 1 });
                self.lists.push((name == "ol").then_some(0));
            }
            "li" => {
                self.block(1);
                self.mark = Some(match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{number}. ")
                    }
                    Some(None) | None => BULLET.to_owned(),
                });
            }
            "tr" => self.block(1),
            "td" | "th" => self.space = None,
            "pre" => {
                self.block(2);
                self.kept += 1;
            }
            _ if level(name).is_some() => {
                self.block(2);
                self.heading = Some(None);
            }
            _ if is_block(name) => self.block(2),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "ul" | "ol" => {
                self.lists.pop();
                self.mark = None;
                self.block(if self.lists.is_empty() { 2 } else { 1 });
            }
            "li" | "tr" => {
                (self.mark, self.tabs) = (None, 0);
                self.block(1);
            }
            "td" | "th" => {
                self.tabs += 1;
                self.space = None;
            }
            "pre" => {
                self.kept = self.kept.saturating_sub(1);
                self.block(2);
            }
            _ => {
                if let Some(level) = level(name)
                    && let Some(Some(at)) = self.heading.take()
                {
                    let title = self.page.text.get(at..).unwrap_or_default().trim().to_owned();
                    self.page.headings.push((at, level, title));
                }
                if is_block(name) || level(name).is_some() {
                    self.block(2);
                }
            }
        }
    }

    /// Starts a new line, or after an empty line, unless an item has just begun or cells are written.
    fn block(&mut self, breaks: usize) {
        if self.mark.is_some() || self.tabs > 0 {
            return;
        }
        self.breaks = self.breaks.max(breaks);
        self.space = None;
    }
}

/// Returns the level of a heading.
fn level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

fn is_block(name: &str) -> bool {
    matches!(name, "p" | "div" | "blockquote" | "table" | "caption" | "dl" | "dt" | "dd" | "body")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words<'p>(page: &'p Page, raw: &str) -> Option<&'p str> {
        let start = page.raw.find(raw).unwrap();
        let (start, end) = page.place(start as i64, (start + raw.len()) as i64)?;
        Some(&page.text[start..end])
    }

    #[test]
    fn a_page_becomes_paragraphs_items_and_rows() {
        let html = "<h1>The <em>talks</em></h1>\n<p>One\n two,<br>three</p>\n<ul>\n<li>a</li><li><p>b</p></li></ul>\
                    <ol><li>c</li><li>d</li></ol><table><tr><th>e</th><th>f</th></tr><tr><td>g</td><td>h</td></tr></table>\
                    <p>end</p><pre>x\n  y</pre>";
        let page = page(html).unwrap();
        assert_eq!(
            page.text,
            "The talks\n\nOne two,\nthree\n\n• a\n• b\n\n1. c\n2. d\n\ne\tf\ng\th\n\nend\n\nx\n  y"
        );
        assert_eq!(page.headings, [(0, 1, "The talks".to_owned())]);
    }

    #[test]
    fn bytes_of_text_nodes_are_found_in_the_text() {
        let page = page("<p>Über 👩\u{200d}🚀 <b>we  demand</b>\n more.</p>\n<p>R&amp;D – 예</p>").unwrap();
        assert_eq!(page.text, "Über 👩\u{200d}🚀 we demand more.\n\nR&D – 예");
        assert_eq!(words(&page, "Über"), Some("Über"));
        assert_eq!(words(&page, "👩\u{200d}🚀 we  demand"), Some("👩\u{200d}🚀 we demand"));
        assert_eq!(words(&page, "demand\n more.\nR&D"), Some("demand more.\n\nR&D"));
        assert_eq!(words(&page, "예"), Some("예"));
        assert_eq!(page.place(0, 1), Some((0, 2)), "within Ü");
        assert_eq!(words(&page, "\n more"), Some("more"));
        assert_eq!(page.place(3, 3), None);
        assert_eq!(page.place(-1, 3), None);
        assert_eq!(page.place(0, page.raw.len() as i64 + 1), None);
    }
}
