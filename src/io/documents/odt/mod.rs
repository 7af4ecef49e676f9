//! ODT, the format of LibreOffice and others (OASIS OpenDocument 1.3, part 3), packed and flat.

mod body;
mod styles;
#[cfg(test)]
mod tests;

use body::Body;
use styles::Styles;

use super::office::{Package, Properties, Visitor, one_line, visit};
use super::{DocumentFormat, ReadDocument, ReadError, Source};
use crate::FormatInfo;
use crate::loss::DocumentLoss;
use crate::xml::Element;

/// ODT.
#[derive(Debug)]
pub(super) struct Odt;

impl DocumentFormat for Odt {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "odt",
            title: "OpenDocument text",
            extension: "odt",
            carries: "paragraphs with their numbers, tables as lines, notes at the end, insertions; headings, pages as they \
                      were last shown; title, date, author",
            loses: "formatting, pictures, page headers and footers, comments, text boxes, deletions",
        }
    }

    fn endings(&self) -> &'static [&'static str] {
        &["odt", "ott", "fodt"]
    }

    fn states_encoding(&self) -> bool {
        true
    }

    fn is_sure(&self, head: &[u8]) -> bool {
        // The media type of a package is uncompressed at its start.
        head.starts_with(b"PK\x03\x04")
            && memchr::memmem::find(head, b"mimetypeapplication/vnd.oasis.opendocument.text").is_some()
    }

    fn read(&self, source: &Source<'_>) -> Result<Vec<ReadDocument>, ReadError> {
        let parts = Parts::of(source)?;
        let mut styles = Styles::default();
        parts.visit(Part::Styles, &mut styles)?;
        parts.visit(Part::Content, &mut styles)?;
        let mut body = Body::new(&styles);
        parts.visit(Part::Content, &mut body)?;
        let mut writer = body.end();
        writer.drop(DocumentLoss::HeadersAndFooters, styles.headers());
        let mut read =
            writer.finish("if it contains pictures of pages, run text recognition (OCR) on them first")?;
        let mut properties = Properties::default();
        parts.visit(Part::Meta, &mut Meta(&mut properties))?;
        read.date = properties.date();
        read.title = one_line(properties.title);
        read.author = one_line(properties.author);
        Ok(vec![read])
    }
}

/// The parts that are read.
#[derive(Clone, Copy)]
enum Part {
    Content,
    Styles,
    Meta,
}

/// The XML of each part; in a flat file, all are the same.
struct Parts([(&'static str, String); 3]);

impl Parts {
    fn of(source: &Source<'_>) -> Result<Self, ReadError> {
        const NAMES: [&str; 3] = ["content.xml", "styles.xml", "meta.xml"];
        if !source.bytes.starts_with(b"PK")
            && memchr::memmem::find(source.bytes, b"<office:document").is_some()
        {
            let text = String::from_utf8(source.bytes.to_vec());
            let text = text.map_err(|_| ReadError::Damaged("it is not UTF-8".to_owned()))?;
            // The content includes the styles.
            return Ok(Self([("the file", text.clone()), ("the file", String::new()), ("the file", text)]));
        }
        let mut package = Package::open(source.bytes)?;
        let manifest = package.part("META-INF/manifest.xml")?.unwrap_or_default();
        if manifest.contains("encryption-data") {
            return Err(ReadError::Protected);
        }
        let mut parts = NAMES.map(|name| (name, String::new()));
        for (name, xml) in &mut parts {
            *xml = package.part(name)?.unwrap_or_default();
        }
        if parts[0].1.is_empty() {
            return Err(ReadError::Damaged("content.xml is missing".to_owned()));
        }
        Ok(Self(parts))
    }

    fn visit(&self, part: Part, visitor: &mut dyn Visitor) -> Result<(), ReadError> {
        let (name, xml) = &self.0[part as usize];
        visit(name, xml, visitor)
    }
}

/// The metadata of a file, without other dates and titles in a flat file.
struct Meta<'a>(&'a mut Properties);

impl Visitor for Meta<'_> {
    fn open(&mut self, element: &Element) -> bool {
        let is_other =
            matches!(element.local(), "body" | "styles" | "automatic-styles" | "master-styles" | "settings");
        !is_other && self.0.open(element)
    }

    fn close(&mut self, name: &str) {
        self.0.close(name);
    }

    fn text(&mut self, text: &str) {
        self.0.text(text);
    }
}
