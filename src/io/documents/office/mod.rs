//! Common parts of DOCX and ODT: a ZIP archive of XML files.

mod layout;
mod links;
mod numbers;
mod scripts;

pub(super) use layout::{Block, Pages, Shapes, Tables};
pub(super) use links::Link;
pub(super) use numbers::{BULLET, Style, numbered};
pub(super) use scripts::Script;

use encoding_rs::UTF_8;

use super::writer::Writer;
use super::{ReadDocument, ReadError};
use crate::archive::Archive;
use crate::decode::{Damage, DecodeError, decode_stated};
use crate::words::documents as words;
use crate::xml::{Element, Walker, XmlError, XmlEvent};
use demarche_model::Date;

/// First bytes of a compound file, which Word wrote before DOCX, and still writes for files with a password.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Returns whether the first bytes are those of a ZIP archive that has a file with this name among its first ones.
pub(super) fn is_archive_with(head: &[u8], name: &str) -> bool {
    head.starts_with(b"PK\x03\x04") && memchr::memmem::find(head, name.as_bytes()).is_some()
}

/// A file that consists of parts.
pub(super) struct Package<'a> {
    archive: Archive<'a>,
    /// The characters that could not be read in the parts so far.
    damage: Damage,
}

impl<'a> Package<'a> {
    /// Opens a file.
    ///
    /// # Errors
    /// It is not an archive, or has a password.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        if bytes.starts_with(COMPOUND) {
            let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
            let protected = memchr::memmem::find(bytes, &name).is_some();
            return Err(if protected { ReadError::Protected } else { ReadError::OldWord });
        }
        let archive = Archive::open(bytes).map_err(|why| ReadError::Damaged(why.to_string()))?;
        Ok(Self { archive, damage: Damage::default() })
    }

    /// Returns the number of characters that could not be read in the parts so far.
    pub fn damage(&self) -> Damage {
        self.damage
    }

    /// Returns the names of all parts.
    pub fn names(&self) -> &[String] {
        self.archive.names()
    }

    /// Returns the bytes of a part; `None` if it does not exist.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(at) = self.names().iter().position(|part| part == name) else { return Ok(None) };
        self.archive.read(at).map(Some).map_err(|why| ReadError::Damaged(format!("{name}: {why}")))
    }

    /// Returns a part as text; `None` if it does not exist.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        match decode_stated(&bytes, None, Some(UTF_8)) {
            Ok(decoded) => {
                self.damage.add(decoded.damage);
                Ok(Some(decoded.text))
            }
            Err(DecodeError::Empty) => Ok(Some(String::new())),
            Err(why) => Err(ReadError::Damaged(format!("{name}: {why}"))),
        }
    }

    /// Visits the elements of a part; does nothing if the part does not exist.
    pub fn visit(&mut self, name: &str, visitor: &mut dyn Visitor) -> Result<(), ReadError> {
        self.part(name)?.map_or(Ok(()), |xml| visit(name, &xml, visitor))
    }
}

/// Returns the document that was written.
///
/// # Errors
/// It contains no words; the reason follows from what was left out.
pub(super) fn finish(writer: Writer) -> Result<ReadDocument, ReadError> {
    let advice = words::without_text(|kind| writer.has_dropped(kind));
    writer.finish(advice)
}

/// A visitor of the elements and texts of an XML file.
pub(super) trait Visitor {
    /// Visits the start of an element. Returns whether to visit its content.
    fn open(&mut self, element: &Element) -> bool;

    /// Visits the end of an element whose content was visited; `name` is without prefix.
    fn close(&mut self, name: &str);

    /// Visits a text in an element.
    fn text(&mut self, _text: &str) {}
}

/// Visits the elements and texts of a part.
///
/// # Errors
/// The part is not XML.
pub(super) fn visit(part: &str, xml: &str, visitor: &mut dyn Visitor) -> Result<(), ReadError> {
    let mut walker = Walker::new(xml);
    let mut open: Vec<String> = Vec::new();
    // The number of open elements inside one that is skipped.
    let mut passed = 0_usize;
    loop {
        let damaged = |error: XmlError| ReadError::Damaged(format!("{part}, line {}: {error}", error.line));
        let step = walker.next_event().map_err(damaged)?;
        match step {
            XmlEvent::Open(_) if passed > 0 => passed += 1,
            XmlEvent::Open(element) => {
                if visitor.open(&element) {
                    open.push(element.local().to_owned());
                } else {
                    passed = 1;
                }
            }
            XmlEvent::Close if passed > 0 => passed -= 1,
            XmlEvent::Close => {
                if let Some(name) = open.pop() {
                    visitor.close(&name);
                }
            }
            XmlEvent::Text(text) if passed == 0 => visitor.text(&text),
            XmlEvent::Text(_) => {}
            XmlEvent::End => return Ok(()),
        }
    }
}

/// The metadata of a file: Dublin Core, as in both formats.
#[derive(Default, Debug)]
pub(super) struct Properties {
    /// Its title.
    pub title: Option<String>,
    /// Its author.
    pub author: Option<String>,
    created: Option<String>,
    modified: Option<String>,
    /// The current element.
    at: String,
}

impl Properties {
    /// Returns the day of creation or, failing that, of the last change.
    pub fn date(&self) -> Option<Date> {
        let day = |time: &Option<String>| Date::parse(time.as_deref()?.trim().get(..10)?);
        day(&self.created).or_else(|| day(&self.modified))
    }
}

impl Visitor for Properties {
    fn open(&mut self, element: &Element) -> bool {
        element.local().clone_into(&mut self.at);
        true
    }

    fn close(&mut self, _: &str) {
        self.at.clear();
    }

    fn text(&mut self, text: &str) {
        let field = match self.at.as_str() {
            "title" => &mut self.title,
            "creator" | "initial-creator" => &mut self.author,
            "created" | "creation-date" => &mut self.created,
            "modified" | "date" => &mut self.modified,
            _ => return,
        };
        // ODT has two authors: of the first and of the last version. The first one is used.
        let append = field.get_or_insert_default();
        if self.at != "creator" || append.is_empty() || !append.ends_with(text) {
            append.push_str(text);
        }
    }
}

/// Joins words to one line; `None` if there are none.
pub(super) fn one_line(words: Option<String>) -> Option<String> {
    let line = words?.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// Returns a file with these parts, for tests.
#[cfg(test)]
pub(super) fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write;
    let mut packer = crate::archive::Packer::new();
    for (name, text) in parts {
        packer.file(name).unwrap();
        packer.write_all(text.as_bytes()).unwrap();
    }
    packer.finish().unwrap()
}
