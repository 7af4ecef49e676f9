//! ODT, the format of LibreOffice and others (OASIS OpenDocument 1.3, part 3), packed and flat.

mod body;
#[cfg(test)]
mod kinds;
mod lists;
mod styles;
#[cfg(test)]
mod tests;

use body::{Body, Done};
use encoding_rs::UTF_8;
use styles::Styles;

use super::office::{Package, Properties, Shapes, Visitor, finish, one_line, visit};
use super::{DocumentFormat, ReadDocument, ReadError, Source};
use crate::FormatInfo;
use crate::decode::{Decoded, decode_stated};
use crate::loss::{DocumentLoss, Loss};
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
            carries: "paragraphs with their numbers, text boxes, tables as lines, notes at the end, insertions; headings, \
                      pages as they were last shown; title, date, author",
            loses: "formatting, pictures, page headers and footers, comments, deletions, addresses of links",
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
        let text = |shapes: Shapes| {
            let mut body = Body::new(&styles, shapes);
            parts.visit(Part::Content, &mut body).map(|()| body.end())
        };
        let first = text(Shapes::default())?;
        // A table that only arranges paragraphs is known at its end.
        let done = if first.shapes.matter() { text(first.shapes)? } else { first };
        let Done { mut writer, .. } = done;
        writer.drop(DocumentLoss::HeadersAndFooters, styles.headers());
        let mut read = finish(writer)?;
        let mut properties = Properties::default();
        parts.visit(Part::Meta, &mut Meta(&mut properties))?;
        read.dropped.extend(parts.lost);
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
struct Parts {
    parts: [(&'static str, String); 3],
    /// What could not be read in them.
    lost: Vec<Loss>,
}

impl Parts {
    fn of(source: &Source<'_>) -> Result<Self, ReadError> {
        const NAMES: [&str; 3] = ["content.xml", "styles.xml", "meta.xml"];
        if !source.bytes.starts_with(b"PK")
            && memchr::memmem::find(source.bytes, b"<office:document").is_some()
        {
            let Decoded { text, damage, .. } = decode_stated(source.bytes, None, Some(UTF_8))?;
            // The content includes the styles.
            let parts = [("the file", text.clone()), ("the file", String::new()), ("the file", text)];
            return Ok(Self { parts, lost: damage.losses() });
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
        Ok(Self { parts, lost: package.damage().losses() })
    }

    fn visit(&self, part: Part, visitor: &mut dyn Visitor) -> Result<(), ReadError> {
        let (name, xml) = &self.parts[part as usize];
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
