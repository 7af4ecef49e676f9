//! The text of an HTML tree as a browser would lay it out: blocks are paragraphs, table rows are lines.

use dom_smoothie::Readability;

use super::marks::Raised;
use crate::documents::office::{BULLET, Script, Style, numbered};
use crate::documents::writer::Writer;
use crate::loss::DocumentLoss;

/// Elements that start and end a paragraph.
const BLOCKS: [&str; 26] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hgroup",
    "hr",
    "main",
    "nav",
    "p",
    "pre",
    "section",
    "summary",
    "caption",
];
/// Elements whose text is not visible on the page.
const SILENT: [&str; 16] = [
    "script", "style", "noscript", "template", "head", "title", "select", "button", "input", "textarea",
    "datalist", "rp", "svg", "math", "iframe", "object",
];
/// Elements in a cell which show that the table is used for layout, not for values.
const LAYOUT: [&str; 13] =
    ["table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "article", "section", "pre"];

/// Writes the text of an HTML file or a part of one without the elements in `aside`. Returns the number of words in
/// those.
pub(in crate::documents) fn flow(html: &str, aside: &[&str], writer: &mut Writer) -> usize {
    let document = Readability::from(html).doc;
    let mut flow = Flow::new(writer);
    let mut left_out = 0;
    // An explicit stack, since elements may be nested thousands of levels deep.
    let mut steps = vec![Step::Open(document.root())];
    while let Some(step) = steps.pop() {
        let node = match step {
            Step::Close(name) => {
                flow.close(&name);
                continue;
            }
            Step::Open(node) => node,
        };
        if node.is_text() {
            flow.text(&node.text());
            continue;
        }
        let name = node.node_name().map(|name| name.to_string()).unwrap_or_default();
        if aside.contains(&name.as_str()) {
            left_out += node.text().split_whitespace().count();
            continue;
        }
        let get = |attribute: &str| node.attr(attribute).map(|value| value.to_string());
        let hidden = node.has_attr("hidden") || get("style").is_some_and(|style| is_hiding(&style));
        if hidden || flow.is_dropped(&name, get("title").as_deref()) || node.is_comment() {
            continue;
        }
        if matches!(name.as_str(), "a" | "sup") {
            let (words, mut inside) = (node.text().to_string(), node.element_children().into_iter());
            let only =
                inside.next().filter(|one| inside.next().is_none() && one.text().trim() == words.trim());
            let says =
                ["epub:type", "role", "class"].map(|attribute| get(attribute).unwrap_or_default()).join(" ");
            let inner_href = || Some(only.as_ref()?.attr("href")?.to_string());
            let href = get("href").or_else(inner_href);
            let inner = only.as_ref().and_then(|one| one.node_name()).map(|name| name.to_string());
            if let Some(mark) = (Raised { name: &name, says, href, inner, words }).mark() {
                flow.mark_of_note(&mark);
                continue;
            }
        }
        let is_layout = name == "table"
            && node.descendants_it().any(|n| n.node_name().is_some_and(|name| LAYOUT.contains(&&*name)));
        if name == "li" {
            flow.count_from(get("value").and_then(|value| value.parse().ok()));
        }
        let list = (name == "ol").then(|| list_of(get("start").as_deref(), get("type").as_deref()));
        flow.open(&name, is_layout, list);
        steps.push(Step::Close(name));
        steps.extend(node.children_it(true).map(Step::Open));
    }
    writer.end();
    left_out
}

/// Returns the first number and the style of a list, by its attributes.
fn list_of(start: Option<&str>, kind: Option<&str>) -> (usize, Style) {
    let style = match kind {
        Some("a") => Style::Lower,
        Some("A") => Style::Upper,
        Some("i") => Style::LowerRoman,
        Some("I") => Style::UpperRoman,
        _ => Style::Decimal,
    };
    (start.and_then(|start| start.trim().parse().ok()).unwrap_or(1), style)
}

enum Step<N> {
    Open(N),
    Close(String),
}

fn is_hiding(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    style.to_lowercase().contains("display:none")
}

/// The state of the traversal.
struct Flow<'a> {
    writer: &'a mut Writer,
    /// The open lists, each with the number of its next item and the style of numbers.
    lists: Vec<Option<(usize, Style)>>,
    /// The number of open elements that preserve white space.
    pre: usize,
    /// The open tables, each with the number of cells in the current row, or `None` if it is used for layout.
    tables: Vec<Option<usize>>,
    /// The places of the open raised and lowered elements.
    scripts: Vec<Script>,
    /// The place of the last words.
    last: Script,
}

impl<'a> Flow<'a> {
    fn new(writer: &'a mut Writer) -> Self {
        let (lists, tables, scripts) = (Vec::new(), Vec::new(), Vec::new());
        Self { writer, lists, pre: 0, tables, scripts, last: Script::Normal }
    }

    fn text(&mut self, text: &str) {
        let script = self.scripts.last().copied().unwrap_or_default();
        let last = std::mem::replace(&mut self.last, script);
        let text = script.write(text, self.writer.paragraph(), last);
        if self.pre > 0 && !self.in_cell() {
            self.writer.push(&text);
        } else {
            self.writer.push_collapsed(&text);
        }
    }

    /// Returns whether an element is left out, and counts it if so.
    fn is_dropped(&mut self, name: &str, title: Option<&str>) -> bool {
        // This is how LibreOffice exports them.
        if name == "div" && matches!(title, Some("header" | "footer")) {
            self.writer.drop(DocumentLoss::HeadersAndFooters, 1);
            return true;
        }
        match name {
            "del" => self.writer.drop(DocumentLoss::TrackedDeletions, 1),
            "img" | "svg" | "canvas" => self.writer.drop(DocumentLoss::Pictures, 1),
            "video" | "audio" | "embed" | "object" | "iframe" => self.writer.drop(DocumentLoss::Media, 1),
            "math" => self.writer.drop(DocumentLoss::Formulas, 1),
            _ => {}
        }
        SILENT.contains(&name) || matches!(name, "del" | "img" | "canvas" | "video" | "audio" | "embed")
    }

    fn cells(&mut self, change: impl Fn(&mut usize)) {
        self.tables.last_mut().and_then(Option::as_mut).into_iter().for_each(change);
    }

    fn in_cell(&self) -> bool {
        matches!(self.tables.last(), Some(Some(_)))
    }

    fn open(&mut self, name: &str, is_layout: bool, list: Option<(usize, Style)>) {
        match name {
            "table" => {
                self.edge();
                self.tables.push((!is_layout && !self.in_cell()).then_some(0));
            }
            "br" if self.in_cell() => self.writer.space(),
            "br" => self.writer.push("\n"),
            "ul" | "ol" => {
                self.block();
                self.lists.push(list);
            }
            "pre" => {
                self.block();
                self.pre += 1;
            }
            "li" => {
                self.item();
                self.mark();
            }
            "sup" => self.scripts.push(Script::Raised),
            "sub" => self.scripts.push(Script::Lowered),
            "tr" if self.in_cell() => self.cells(|cells| *cells = 0),
            "td" | "th" if self.in_cell() => {
                if self.tables.last() != Some(&Some(0)) {
                    self.writer.cell();
                }
                self.cells(|cells| *cells += 1);
            }
            _ => self.around(name),
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "table" => {
                self.tables.pop();
                self.edge();
            }
            "ul" | "ol" => {
                self.item();
                self.lists.pop();
                if self.lists.is_empty() && !self.in_cell() {
                    self.writer.gap();
                }
            }
            "pre" => {
                self.pre = self.pre.saturating_sub(1);
                self.block();
            }
            "li" => self.item(),
            "tr" if self.in_cell() => self.writer.end_row(),
            "sup" | "sub" => drop(self.scripts.pop()),
            "td" | "th" if self.in_cell() => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if !self.in_cell() => {
                self.writer.end_heading(name.as_bytes()[1] - b'0');
            }
            _ => self.around(name),
        }
    }

    /// Starts or ends a table.
    fn edge(&mut self) {
        if self.in_cell() { self.writer.part() } else { self.writer.gap() }
    }

    /// Handles the start or the end of an ordinary element.
    fn around(&mut self, name: &str) {
        let is_cell = matches!(name, "td" | "th" | "tr");
        let is_heading = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        if BLOCKS.contains(&name) || is_cell || is_heading {
            self.block();
        }
    }

    /// Writes the mark of a note, in the text or before the note.
    fn mark_of_note(&mut self, mark: &str) {
        let begins = self.writer.paragraph().is_empty() || self.is_mark_alone();
        self.writer.push(mark);
        if begins {
            self.writer.space();
        }
    }

    /// Writes the mark of a list item.
    fn mark(&mut self) {
        let in_cell = self.in_cell();
        match self.lists.last_mut() {
            Some(Some((number, style))) => {
                self.writer.push(&format!("{}. ", numbered(*number, *style)));
                *number = number.saturating_add(1);
            }
            _ if in_cell => {}
            _ => self.writer.push(BULLET),
        }
    }

    /// Sets the number of the next item.
    fn count_from(&mut self, number: Option<usize>) {
        if let (Some(Some(next)), Some(number)) = (self.lists.last_mut(), number) {
            next.0 = number;
        }
    }

    /// Ends the paragraph.
    fn block(&mut self) {
        // A paragraph at the start of an item continues after its mark.
        if self.is_mark_alone() {
            return;
        }
        match (self.in_cell(), self.lists.is_empty()) {
            (true, _) => self.writer.part(),
            (false, true) => self.writer.end(),
            (false, false) => self.writer.end_line(),
        }
    }

    /// Returns whether the paragraph consists of the mark of an item.
    fn is_mark_alone(&self) -> bool {
        let written = self.writer.paragraph();
        let mark =
            || written.strip_suffix(". ").is_some_and(|number| number.chars().all(char::is_alphanumeric));
        !self.lists.is_empty() && (written == BULLET || mark())
    }

    fn item(&mut self) {
        if self.is_mark_alone() {
            self.writer.forget();
        }
        if self.in_cell() { self.writer.part() } else { self.writer.end_line() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::Loss;
    use demarche_model::AnchorKind;

    fn text(html: &str) -> String {
        let mut writer = Writer::default();
        flow(html, &["nav"], &mut writer);
        writer.finish("").unwrap().text
    }

    #[test]
    fn blocks_are_paragraphs_and_white_space_is_a_space() {
        let html = "<nav>menu</nav><h2>The <i>talks</i></h2><div>One\n  <b>two</b>,<br> three<p>four</div>five\
                    <script>x()</script><p hidden>no</p><p style='display: none'>no</p>";
        assert_eq!(text(html), "The talks\n\nOne two,\nthree\n\nfour\n\nfive\n");
    }

    #[test]
    fn lists_and_tables_are_lines() {
        let html = "<p>a<ul><li>b<li><p>c<ol><li>d</ol></ul><p>e<table><tr><th>f<th>g<tr><td><p>h<p>i<td>j</table>k\
                    <table><tr><td><h1>l</h1><p>m<td>n</table><pre>o\n  p</pre>";
        assert_eq!(text(html), "a\n\n• b\n• c\n1. d\n\ne\n\nf\tg\nh / i\tj\n\nk\n\nl\n\nm\n\nn\n\no\n  p\n");
    }

    #[test]
    fn dropped_content_is_counted_and_headings_are_anchors() {
        let mut writer = Writer::default();
        let html =
            "<nav>a b</nav><p>one<img><ol type=a start=3><li><p>two<li value=7>three</ol><h3>four</h3>";
        assert_eq!(flow(html, &["nav"], &mut writer), 2);
        let read = writer.finish("").unwrap();
        assert_eq!(read.dropped, [Loss::new(DocumentLoss::Pictures, 1)]);
        assert_eq!(read.text, "one\n\nc. two\ng. three\n\nfour\n");
        assert_eq!(read.anchors[0].kind, AnchorKind::Heading { level: 3, title: "four".to_owned() });
        assert!(read.text[read.anchors[0].at..].starts_with("four"));
    }

    #[test]
    fn notes_have_their_marks_and_what_was_deleted_is_gone() {
        let html = "<div title=header><p>Draft</div><p>At nine<a class=sdfootnoteanc href='#n'><sup>1</sup></a>, we \
                    <del>may</del> <ins>shall</ins> meet<sup><a href='#m'>*</a></sup>. 5 m<sup>2</sup>, a \
                    <a href='#top'>link</a><sup><a href='#r'>[3]</a></sup>.<div><p><a class=sdfootnotesym href='#a'>1</a>Local \
                    time.</div><aside><p><sup><a href='x.xhtml#m'>*</a></sup>Or so.</aside>";
        let mut writer = Writer::default();
        flow(html, &[], &mut writer);
        let read = writer.finish("").unwrap();
        assert_eq!(
            read.text,
            "At nine[1], we shall meet[*]. 5 m², a link[3].\n\n[1] Local time.\n\n[*] Or so.\n"
        );
        let dropped = [DocumentLoss::TrackedDeletions, DocumentLoss::HeadersAndFooters];
        assert_eq!(read.dropped, dropped.map(|kind| Loss::new(kind, 1)));
    }

    #[test]
    fn deep_nesting_does_no_harm() {
        let html = format!("{}deep", "<div><span>".repeat(2000));
        assert_eq!(text(&html), "deep\n");
    }
}
