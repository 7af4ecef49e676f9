//! DOCX, the format of Word and others (ISO/IEC 29500-1).

mod body;
mod marks;
mod notes;
mod numbering;
mod styles;
#[cfg(test)]
mod tests;

use body::Body;
use marks::{ENDNOTE, FOOTNOTE};
use notes::Notes;
use numbering::Numbering;
use styles::Styles;

use super::office::{Package, Properties, Visitor, is_archive_with, one_line};
use super::{DocumentFormat, ReadDocument, ReadError, Source};
use crate::FormatInfo;
use crate::loss::DocumentLoss;
use crate::xml::Element;

/// The default part with the document's text, unless the relationships name another.
const MAIN: &str = "word/document.xml";

/// DOCX.
#[derive(Debug)]
pub(super) struct Docx;

impl DocumentFormat for Docx {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "docx",
            title: "Word document",
            extension: "docx",
            carries: "paragraphs with their numbers, tables as lines, notes at the end, insertions; headings, pages as Word \
                      last showed them; title, date, author",
            loses: "formatting, pictures, page headers and footers, comments, text boxes, deletions",
        }
    }

    fn endings(&self) -> &'static [&'static str] {
        &["docx", "docm", "dotx"]
    }

    fn states_encoding(&self) -> bool {
        true
    }

    fn is_sure(&self, head: &[u8]) -> bool {
        is_archive_with(head, "word/document.xml")
    }

    fn read(&self, source: &Source<'_>) -> Result<Vec<ReadDocument>, ReadError> {
        let mut package = Package::open(source.bytes)?;
        let main = main_part(&mut package)?;
        let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let (mut styles, mut numbering) = (Styles::default(), Numbering::default());
        package.visit(&format!("{folder}/styles.xml"), &mut styles)?;
        package.visit(&format!("{folder}/numbering.xml"), &mut numbering)?;
        let mut body = Body::new(&styles, numbering);
        let xml = package.part(&main)?.ok_or_else(|| ReadError::Damaged(format!("{main} is missing")))?;
        super::office::visit(&main, &xml, &mut body)?;
        let (mut writer, marks) = body.end();
        if !marks.is_empty() {
            let mut notes = Notes::new(&styles, marks);
            for (kind, part) in [(FOOTNOTE, "footnotes.xml"), (ENDNOTE, "endnotes.xml")] {
                notes.kind = kind;
                package.visit(&format!("{folder}/{part}"), &mut notes)?;
            }
            notes.write(&mut writer);
        }
        let mut comments = Count::of("comment");
        package.visit(&format!("{folder}/comments.xml"), &mut comments)?;
        writer.drop(DocumentLoss::Comments, comments.count);
        writer.drop(DocumentLoss::HeadersAndFooters, headers(&mut package)?);
        let mut read =
            writer.finish("if it contains pictures of pages, run text recognition (OCR) on them first")?;
        let mut properties = Properties::default();
        package.visit("docProps/core.xml", &mut properties)?;
        read.dropped.extend(package.damage().losses());
        read.date = properties.date();
        read.title = one_line(properties.title);
        read.author = one_line(properties.author);
        Ok(vec![read])
    }
}

/// Returns the part with the text, by the relationships of the package.
fn main_part(package: &mut Package<'_>) -> Result<String, ReadError> {
    struct Main(Option<String>);
    impl Visitor for Main {
        fn open(&mut self, element: &Element) -> bool {
            if element.get("Type").is_some_and(|kind| kind.ends_with("/officeDocument")) {
                self.0 = element.get("Target").map(|target| target.trim_start_matches('/').to_owned());
            }
            true
        }
        fn close(&mut self, _: &str) {}
    }
    let mut main = Main(None);
    package.visit("_rels/.rels", &mut main)?;
    let named = main.0.filter(|target| package.names().iter().any(|name| name == target));
    Ok(named.unwrap_or_else(|| MAIN.to_owned()))
}

/// Returns the number of page headers and footers that contain words.
fn headers(package: &mut Package<'_>) -> Result<usize, ReadError> {
    let is_header = |name: &&String| {
        let file = name.rsplit('/').next().unwrap_or_default();
        name.ends_with(".xml")
            && !name.contains("_rels")
            && (file.starts_with("header") || file.starts_with("footer"))
    };
    let names: Vec<String> = package.names().iter().filter(is_header).cloned().collect();
    let mut count = 0;
    for name in names {
        let mut text = Count::of("t");
        package.visit(&name, &mut text)?;
        count += usize::from(text.words > 0);
    }
    Ok(count)
}

/// A counter of elements with a name, and of the words in them.
struct Count {
    name: &'static str,
    inside: bool,
    count: usize,
    words: usize,
}

impl Count {
    fn of(name: &'static str) -> Self {
        Self { name, inside: false, count: 0, words: 0 }
    }
}

impl Visitor for Count {
    fn open(&mut self, element: &Element) -> bool {
        self.inside = element.local() == self.name;
        self.count += usize::from(self.inside);
        true
    }

    fn close(&mut self, _: &str) {
        self.inside = false;
    }

    fn text(&mut self, text: &str) {
        if self.inside {
            self.words += text.split_whitespace().count();
        }
    }
}
