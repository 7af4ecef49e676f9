//! XML for all formats: a reader that yields one element after another with its line and limits nesting, and escaping.
//! XML 1.0, <https://www.w3.org/TR/xml/>.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::encoding::EncodingError;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;
use thiserror::Error;

use crate::entities::Entities;

/// Greatest depth of nested elements. No real file has more.
const DEPTH: usize = 250;
/// Greatest number of attributes of an element. No real file has more.
const ATTRIBUTES: usize = 2000;

/// A fault of an XML file with its line.
#[derive(Clone, Debug, Error)]
#[error("{fault}")]
pub(super) struct XmlError {
    /// The line, from 1.
    pub line: usize,
    pub fault: XmlFault,
}

/// A fault of an XML file.
#[derive(Clone, Debug, Error)]
pub(super) enum XmlFault {
    #[error(transparent)]
    Syntax(#[from] quick_xml::Error),
    #[error("it breaks off inside an element")]
    BreaksOff,
    #[error("more than {DEPTH} elements are nested in one another")]
    TooDeep,
    #[error("an element has more than {ATTRIBUTES} attributes")]
    TooManyAttributes,
    /// An element that the format requires is missing.
    #[error("there is no element {0} in it")]
    Missing(&'static str),
}

impl XmlFault {
    /// Returns the error with this fault in a line.
    pub fn at(self, line: usize) -> XmlError {
        XmlError { line, fault: self }
    }
}

/// An element.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Element {
    /// Its name, with the prefix.
    pub name: String,
    /// Its line, from 1.
    pub line: usize,
    /// Its attributes by name, with prefixes, in order.
    pub attributes: Vec<(String, String)>,
    /// Its text, without that of its children.
    pub text: String,
    /// The elements in it.
    pub children: Vec<Self>,
}

impl Element {
    /// Returns its name without the prefix.
    pub fn local(&self) -> &str {
        local(&self.name)
    }

    /// Returns an attribute by its name without the prefix.
    pub fn get(&self, name: &str) -> Option<&str> {
        let is_it = |key: &str| {
            key.strip_suffix(name).is_some_and(|prefix| prefix.is_empty() || prefix.ends_with(':'))
        };
        self.attributes.iter().find(|(key, _)| is_it(key)).map(|(_, value)| value.as_str())
    }

    /// Returns the children with this name, without the prefix.
    pub fn all<'a>(&'a self, name: &'static str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.local() == name)
    }

    /// Returns the text of the first child with this name.
    pub fn text_of(&self, name: &'static str) -> Option<&str> {
        self.all(name).next().map(|child| child.text.as_str())
    }
}

/// Returns a name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// An event in a file.
#[derive(Debug)]
pub(super) enum XmlEvent {
    /// An element begins; nothing in it has been read yet.
    Open(Element),
    /// An element ends.
    Close,
    /// A text inside an element.
    Text(String),
    /// The file ends.
    End,
}

/// A reader that walks through a file.
pub(super) struct Walker<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    depth: usize,
    /// The byte and line up to which lines have been counted.
    counted: (usize, usize),
    /// The byte at which the last element starts.
    start: usize,
    /// The entities that the file defines.
    entities: Entities,
}

/// The source of an element, to be read later, perhaps on another thread.
#[derive(Clone, Copy)]
pub(super) struct Fragment<'a> {
    text: &'a str,
    line: usize,
}

impl Fragment<'_> {
    /// Reads it.
    pub fn read(self) -> Result<Element, XmlError> {
        let mut walker = Walker::new(self.text);
        walker.counted.1 = self.line;
        match walker.next_event()? {
            XmlEvent::Open(mut element) => walker.fill(&mut element).map(|()| element),
            _ => Ok(Element::default()),
        }
    }
}

impl<'a> Walker<'a> {
    /// Starts at the beginning of a file.
    pub fn new(text: &'a str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { text, reader, depth: 0, counted: (0, 1), start: 0, entities: Entities::default() }
    }

    /// Returns the next event.
    pub fn next_event(&mut self) -> Result<XmlEvent, XmlError> {
        loop {
            let (event, line) = self.raw_event()?;
            let text = |content: Result<Cow<'_, str>, EncodingError>| {
                let content = content.map_err(|error| XmlFault::Syntax(error.into()).at(line))?;
                Ok(XmlEvent::Text(content.into_owned()))
            };
            match event {
                Event::Start(start) => return Ok(XmlEvent::Open(element(&start, line, &self.entities)?)),
                Event::End(_) => return Ok(XmlEvent::Close),
                Event::Text(event) => return text(event.xml10_content()),
                Event::CData(event) => return text(event.xml10_content()),
                Event::GeneralRef(reference) => {
                    let name = reference.decode().unwrap_or_default();
                    let defined = self.entities.value(&name).map(str::to_owned);
                    return Ok(XmlEvent::Text(defined.unwrap_or_else(|| resolved(&reference))));
                }
                Event::DocType(doctype) => {
                    self.entities = Entities::of(&doctype.xml10_content().unwrap_or_default());
                }
                Event::Eof if self.depth > 0 => return Err(XmlFault::BreaksOff.at(line)),
                Event::Eof => return Ok(XmlEvent::End),
                Event::Empty(_) | Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
            }
        }
    }

    /// Returns the next event of the underlying reader, and the line in which it ends.
    fn raw_event(&mut self) -> Result<(Event<'a>, usize), XmlError> {
        let start = self.byte();
        let event = self.reader.read_event();
        let line = self.line();
        let event = event.map_err(|error| XmlFault::Syntax(error).at(line))?;
        match event {
            Event::Start(_) => {
                self.start = start;
                self.depth += 1;
                if self.depth > DEPTH {
                    return Err(XmlFault::TooDeep.at(line));
                }
            }
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        Ok((event, line))
    }

    /// Skips an element that has just begun, which takes a fraction of the time of reading it.
    pub fn skip(&mut self, element: &Element) -> Result<Fragment<'a>, XmlError> {
        let (start, outside) = (self.start, self.depth.saturating_sub(1));
        while self.depth > outside {
            if let (Event::Eof, line) = self.raw_event()? {
                return Err(XmlFault::BreaksOff.at(line));
            }
        }
        let text = self.text.get(start..self.byte()).unwrap_or_default();
        // The line is that of the end of its start tag.
        let tag = memchr::memchr(b'>', text.as_bytes()).unwrap_or(0);
        let lines = memchr::memchr_iter(b'\n', &text.as_bytes()[..tag]).count();
        Ok(Fragment { text, line: element.line.saturating_sub(lines) })
    }

    /// Reads the content of an element that has just begun.
    pub fn fill(&mut self, element: &mut Element) -> Result<(), XmlError> {
        let mut open = vec![std::mem::take(element)];
        while let Some(top) = open.last_mut() {
            match self.next_event()? {
                XmlEvent::Open(child) => open.push(child),
                XmlEvent::Text(text) => top.text.push_str(&text),
                XmlEvent::End => return Ok(()),
                XmlEvent::Close => {
                    let Some(done) = open.pop() else { break };
                    match open.last_mut() {
                        Some(parent) => parent.children.push(done),
                        None => *element = done,
                    }
                }
            }
        }
        Ok(())
    }

    /// Returns the current byte.
    fn byte(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// Returns the current line.
    fn line(&mut self) -> usize {
        let byte = self.byte();
        let (from, line) = self.counted;
        let passed = self.text.as_bytes().get(from..byte).unwrap_or_default();
        self.counted = (byte.max(from), line + memchr::memchr_iter(b'\n', passed).count());
        self.counted.1
    }
}

/// Returns the element of a start tag, without its content.
fn element(start: &BytesStart<'_>, line: usize, entities: &Entities) -> Result<Element, XmlError> {
    let string = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut found = Vec::new();
    for attribute in start.attributes().with_checks(false).flatten() {
        if found.len() == ATTRIBUTES {
            return Err(XmlFault::TooManyAttributes.at(line));
        }
        let defined = |name: &str| resolve_predefined_entity(name).or_else(|| entities.value(name));
        let value = attribute.normalized_value_with(XmlVersion::Implicit1_0, 1, defined);
        let value = value.map_or_else(|_| string(&attribute.value), |value| value.into_owned());
        found.push((string(attribute.key.as_ref()), value));
    }
    Ok(Element { name: string(start.name().as_ref()), line, attributes: found, ..Element::default() })
}

/// Resolves a reference such as `&amp;` or `&#233;`. An unknown one is kept verbatim.
pub(super) fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    let name = reference.decode().unwrap_or_default();
    match name.as_ref() {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        other => format!("&{other};"),
    }
}

/// Returns whether XML 1.0 allows a character.
pub(super) fn is_held(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Escapes a text between tags. A character that XML does not allow becomes `U+FFFD`, so that offsets remain the same.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    // For most texts, looking at the bytes is enough.
    while let Some(at) = rest.bytes().position(is_looked_at) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        let mut characters = special.chars();
        match characters.next() {
            Some('&') => out.push_str("&amp;"),
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some('"') => out.push_str("&quot;"),
            Some('\r') => out.push_str("&#13;"),
            Some(c) if is_held(c) => out.push(c),
            _ => out.push('\u{fffd}'),
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
    out
}

/// Returns whether a character that starts with this byte may have to be escaped: markup, control characters, and the first
/// byte of `U+FFFE` and its neighbours.
fn is_looked_at(byte: u8) -> bool {
    matches!(byte, b'&' | b'<' | b'>' | b'"' | 0xEF) || byte < b' ' && !matches!(byte, b'\t' | b'\n')
}

/// Escapes a text in an attribute, where readers turn line ends and tabs into spaces.
pub(super) fn escaped_value(text: &str) -> String {
    let text = escaped(text);
    if text.contains(['\n', '\t']) { text.replace('\n', "&#10;").replace('\t', "&#9;") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_come_with_lines_and_texts() {
        let text = "\u{feff}<?xml version=\"1.0\"?>\n<a x:k=\" 1&#10;&amp;2\">\n one &lt;<![CDATA[<two>]]>\n<p:b/></a>";
        let mut walker = Walker::new(text);
        let XmlEvent::Text(_) = walker.next_event().unwrap() else { panic!("a line end") };
        let XmlEvent::Open(mut a) = walker.next_event().unwrap() else { panic!("an element") };
        walker.fill(&mut a).unwrap();
        assert_eq!((a.local(), a.line, a.get("k")), ("a", 2, Some(" 1\n&2")));
        assert_eq!(a.text.trim(), "one <<two>");
        assert_eq!((a.children[0].local(), a.children[0].line), ("b", 4));
        assert!(matches!(walker.next_event(), Ok(XmlEvent::End)));
    }

    #[test]
    fn skipped_fragments_are_read_later_unchanged() {
        let text = "<s>\n <t a=\"1\"\n  b=\"2\">x<u\n/>\n<v>&lt;</v></t> <e/></s>";
        let (mut whole, mut later) = (Walker::new(text), Walker::new(text));
        for name in ["s", "t", "e"] {
            let next = |walker: &mut Walker<'_>| loop {
                if let XmlEvent::Open(element) = walker.next_event().unwrap() {
                    break element;
                }
            };
            let (mut read, gone_over) = (next(&mut whole), next(&mut later));
            assert_eq!((read.local(), gone_over.local()), (name, name));
            if name != "s" {
                whole.fill(&mut read).unwrap();
                assert_eq!(later.skip(&gone_over).unwrap().read().unwrap(), read);
            }
        }
        let mut cut = Walker::new("<s>\n<t>");
        let Ok(XmlEvent::Open(element)) = cut.next_event() else { panic!("an element") };
        let cut = cut.skip(&element).map(|_| ()).unwrap_err();
        assert!(matches!(cut, XmlError { line: 2, fault: XmlFault::BreaksOff }), "{cut:?}");
    }

    #[test]
    fn invalid_xml_is_an_error_with_its_line() {
        let deep = "<a>".repeat(DEPTH + 1);
        for bad in ["<a>\n<b>", "<a>\n</b>", "\n<", &format!("\n{deep}")] {
            let mut walker = Walker::new(bad);
            let error = loop {
                match walker.next_event() {
                    Ok(XmlEvent::End) => break None,
                    Ok(_) => {}
                    Err(error) => break Some(error.line),
                }
            };
            assert_eq!(error, Some(2), "{bad}");
        }
    }

    #[test]
    fn escapes_are_read_back() {
        let text = " a<b>&\"c\"\r\n\td\u{1}]]> ";
        let file = format!("<a v=\"{}\">{}</a>", escaped_value(text), escaped(text));
        let mut walker = Walker::new(&file);
        let XmlEvent::Open(mut a) = walker.next_event().unwrap() else { panic!("an element") };
        walker.fill(&mut a).unwrap();
        let expect = text.replace('\u{1}', "\u{fffd}");
        assert_eq!((a.text.as_str(), a.get("v")), (expect.as_str(), Some(expect.as_str())));
    }
}
