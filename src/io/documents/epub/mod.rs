//! EPUB 2 and 3: the chapters in reading order, as one text.

mod package;
#[cfg(test)]
mod tests;

use encoding_rs::Encoding;
use package::{Contents, Opf, container};

use super::html::{check_depth, close_empty, decoded, flow};
use super::office::{Package, is_archive_with, one_line};
use super::writer::Writer;
use super::{DocumentFormat, ReadDocument, ReadError, Source};
use crate::FormatInfo;
use crate::decode::{Damage, DecodeError};
use crate::entities::expanded;
use crate::loss::DocumentLoss;
use demarche_model::{AnchorKind, Date};

/// EPUB.
#[derive(Debug)]
pub(super) struct Epub;

impl DocumentFormat for Epub {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "epub",
            title: "Electronic book",
            extension: "epub",
            carries: "the chapters in reading order; headings; title, date, author, publisher",
            loses: "formatting, pictures, the table of contents as a page",
        }
    }

    fn endings(&self) -> &'static [&'static str] {
        &["epub"]
    }

    fn states_encoding(&self) -> bool {
        true
    }

    fn is_sure(&self, head: &[u8]) -> bool {
        is_archive_with(head, "mimetypeapplication/epub+zip")
    }

    fn read(&self, source: &Source<'_>) -> Result<Vec<ReadDocument>, ReadError> {
        let mut package = Package::open(source.bytes)?;
        // Fonts may be obfuscated in a book without protection; texts are not.
        if package.part("META-INF/encryption.xml")?.is_some_and(|xml| xml.contains("xmlenc#aes")) {
            return Err(ReadError::Protected);
        }
        let at = container(&mut package)?;
        let folder = at.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let mut opf = Opf::new(folder);
        package.visit(&at, &mut opf)?;
        let mut contents = Contents::default();
        for part in opf.contents() {
            contents.at(&part);
            // A book is readable without its table of contents.
            let _ = package.visit(&part, &mut contents);
        }
        let (mut writer, mut damage) = (Writer::default(), Damage::default());
        for chapter in opf.spine() {
            if opf.is_contents_page(&chapter) {
                writer.drop(DocumentLoss::ContentsPages, 1);
            } else if let Some(html) = chapter_of(&mut package, &chapter, source.encoding, &mut damage)? {
                write(&mut writer, &html, contents.title_of(&chapter))?;
            } else {
                writer.drop(DocumentLoss::MissingChapters, 1);
            }
        }
        let mut read =
            writer.finish("if its pages are pictures, run text recognition (OCR) on them first")?;
        damage.add(package.damage());
        read.dropped.extend(damage.losses());
        read.title = one_line(opf.title);
        read.author = one_line((!opf.authors.is_empty()).then(|| opf.authors.join(", ")));
        read.source = one_line(opf.publisher);
        read.date = opf.date.and_then(|date| {
            let date = date.trim();
            Date::parse(date.get(..10).unwrap_or(date)).or_else(|| Date::parse(date))
        });
        Ok(vec![read])
    }
}

/// Returns a chapter as text, if the book has it; old books are not always UTF-8.
fn chapter_of(
    package: &mut Package<'_>,
    part: &str,
    named: Option<&'static Encoding>,
    damage: &mut Damage,
) -> Result<Option<String>, ReadError> {
    let Some(bytes) = package.bytes(part)? else { return Ok(None) };
    match decoded(&bytes, named) {
        Ok(decoded) => {
            damage.add(decoded.damage);
            Ok(Some(decoded.text))
        }
        Err(DecodeError::Empty) => Ok(Some(String::new())),
        // One chapter that is no text does not make the book unreadable.
        Err(_) => Ok(None),
    }
}

/// Writes a chapter. If it has no heading, its title in the table of contents becomes an anchor.
fn write(writer: &mut Writer, html: &str, title: Option<&str>) -> Result<(), ReadError> {
    let html = close_empty(&expanded(html.to_owned()));
    check_depth(&html)?;
    let (headings, before) = (writer.headings(), writer.len());
    writer.gap();
    let start = writer.len();
    flow(&html, &[], writer);
    if let (Some(title), true) = (title, writer.headings() == headings && writer.len() > before) {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        writer.anchor_at(start, AnchorKind::Heading { level: 1, title });
    }
    Ok(())
}
