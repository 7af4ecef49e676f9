//! DOCX, the format of Word and others (ISO/IEC 29500-1).

mod alternatives;
mod body;
mod chunks;
#[cfg(test)]
mod kinds;
mod marks;
mod notes;
mod numbering;
mod relations;
mod styles;
#[cfg(test)]
mod tests;

use body::{Body, Done, Known};
use chunks::Budget;
use marks::{ENDNOTE, FOOTNOTE};
use notes::Notes;
use numbering::Numbering;
use relations::Relations;
use styles::Styles;

use super::office::{Package, Properties, Visitor, finish, is_archive_with, one_line, visit};
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
            carries: "paragraphs with their numbers, text boxes, tables as lines, notes at the end, insertions; headings, \
                      pages as Word last showed them; title, date, author",
            loses: "formatting, pictures, page headers and footers, comments, deletions, addresses of links",
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
        read_within(source.bytes, &mut Budget::default()).map(|read| vec![read])
    }
}

/// Reads a file that may itself be embedded in others.
fn read_within(bytes: &[u8], budget: &mut Budget) -> Result<ReadDocument, ReadError> {
    let mut package = Package::open(bytes)?;
    let main = main_part(&mut package)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let relations = Relations::of(&main, &mut package)?;
    let part = |kind: &str| relations.part(kind).map_or(format!("{folder}/{kind}.xml"), str::to_owned);
    let (mut styles, mut numbering) = (Styles::default(), Numbering::default());
    package.visit(&part("styles"), &mut styles)?;
    package.visit(&part("numbering"), &mut numbering)?;
    let Done { mut writer, marks, .. } = text(&main, &mut package, (&styles, numbering, &relations), budget)?;
    if !marks.is_empty() {
        let mut notes = Notes::new(&styles, marks);
        for (kind, parts) in [(FOOTNOTE, "footnotes"), (ENDNOTE, "endnotes")] {
            notes.kind = kind;
            package.visit(&part(parts), &mut notes)?;
        }
        notes.write(&mut writer);
    }
    let mut comments = Count::of("comment");
    package.visit(&part("comments"), &mut comments)?;
    writer.drop(DocumentLoss::Comments, comments.count);
    writer.drop(DocumentLoss::HeadersAndFooters, headers(&mut package)?);
    let mut read = finish(writer)?;
    let mut properties = Properties::default();
    package.visit("docProps/core.xml", &mut properties)?;
    read.dropped.extend(package.damage().losses());
    read.date = properties.date();
    read.title = one_line(properties.title);
    read.author = one_line(properties.author);
    Ok(read)
}

/// Reads the main part: a second time if the first has found tables that are none, or embedded documents.
fn text(
    main: &str,
    package: &mut Package<'_>,
    (styles, numbering, relations): (&Styles, Numbering, &Relations),
    budget: &mut Budget,
) -> Result<Done, ReadError> {
    let xml = package.part(main)?.ok_or_else(|| ReadError::Damaged(format!("{main} is missing")))?;
    let read = |known: Known<'_>| {
        let mut body = Body::new(known);
        visit(main, &xml, &mut body).map(|()| body.end())
    };
    let known = Known::at_first(styles, numbering.clone(), Some(relations));
    let first = read(known)?;
    if !first.shapes.matter() && first.chunks.is_empty() {
        return Ok(first);
    }
    let chunks = chunks::read(&first.chunks, relations, package, budget)?;
    read(Known { styles, numbering, relations: Some(relations), shapes: first.shapes, chunks })
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
