//! XML as all formats read and write it: elements one after another, each with its line; nothing nests without bound.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::encoding::EncodingError;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;
use thiserror::Error;

/// How deep elements may stand in one another. More is no file of anybody.
const DEPTH: usize = 250;

/// What is wrong with a file that should be XML, and where.
#[derive(Clone, Debug, Error)]
#[error("{fault}")]
pub(super) struct XmlError {
    /// The line, from 1.
    pub line: usize,
    pub fault: XmlFault,
}

/// What is wrong with a file that should be XML.
#[derive(Clone, Debug, Error)]
pub(super) enum XmlFault {
    #[error(transparent)]
    Syntax(#[from] quick_xml::Error),
    #[error("it breaks off inside an element")]
    BreaksOff,
    #[error("more than {DEPTH} elements are nested in one another")]
    TooDeep,
    /// It is XML of another kind.
    #[error("there is no element {0} in it")]
    Missing(&'static str),
}

impl XmlFault {
    /// The error of this fault in a line.
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
    /// The text that stands in it and not in one of its children.
    pub text: String,
    /// The elements in it.
    pub children: Vec<Self>,
}

impl Element {
    /// Its name without prefix.
    pub fn local(&self) -> &str {
        local(&self.name)
    }

    /// An attribute, by its name without prefix.
    pub fn get(&self, name: &str) -> Option<&str> {
        let is_it = |key: &str| {
            key.strip_suffix(name).is_some_and(|prefix| prefix.is_empty() || prefix.ends_with(':'))
        };
        self.attributes.iter().find(|(key, _)| is_it(key)).map(|(_, value)| value.as_str())
    }

    /// The children of this name (without prefix).
    pub fn all<'a>(&'a self, name: &'static str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.local() == name)
    }

    /// The text of the first child of this name.
    pub fn text_of(&self, name: &'static str) -> Option<&str> {
        self.all(name).next().map(|child| child.text.as_str())
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// What comes next in a file.
#[derive(Debug)]
pub(super) enum Step {
    /// An element begins; nothing in it has been read yet.
    Open(Element),
    /// An element ends.
    Close,
    /// A text inside an element.
    Text(String),
    /// The file ends.
    End,
}

/// Walks through a file.
pub(super) struct Walker<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    depth: usize,
    /// Where lines were counted last: byte and line.
    counted: (usize, usize),
    /// The byte that the last element starts at.
    start: usize,
}

/// An element as it stands in a file, to be read later, and perhaps on another thread.
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
        match walker.step()? {
            Step::Open(mut element) => walker.fill(&mut element).map(|()| element),
            _ => Ok(Element::default()),
        }
    }
}

impl<'a> Walker<'a> {
    /// At the start of a file.
    pub fn new(text: &'a str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { text, reader, depth: 0, counted: (0, 1), start: 0 }
    }

    /// The next step.
    pub fn step(&mut self) -> Result<Step, XmlError> {
        loop {
            let (event, line) = self.event()?;
            let text = |content: Result<Cow<'_, str>, EncodingError>| {
                let content = content.map_err(|error| XmlFault::Syntax(error.into()).at(line))?;
                Ok(Step::Text(content.into_owned()))
            };
            match event {
                Event::Start(start) => return Ok(Step::Open(element(&start, line))),
                Event::End(_) => return Ok(Step::Close),
                Event::Text(event) => return text(event.xml10_content()),
                Event::CData(event) => return text(event.xml10_content()),
                Event::GeneralRef(reference) => return Ok(Step::Text(resolved(&reference))),
                Event::Eof if self.depth > 0 => return Err(XmlFault::BreaksOff.at(line)),
                Event::Eof => return Ok(Step::End),
                Event::Empty(_) | Event::Decl(_) | Event::DocType(_) | Event::Comment(_) | Event::PI(_) => {}
            }
        }
    }

    /// What comes next as the reader has it, and the line that it ends in.
    fn event(&mut self) -> Result<(Event<'a>, usize), XmlError> {
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

    /// Goes over an element that has just begun, which takes a fraction of the time of reading it.
    pub fn skip(&mut self, element: &Element) -> Result<Fragment<'a>, XmlError> {
        let (start, outside) = (self.start, self.depth.saturating_sub(1));
        while self.depth > outside {
            if let (Event::Eof, line) = self.event()? {
                return Err(XmlFault::BreaksOff.at(line));
            }
        }
        let text = self.text.get(start..self.byte()).unwrap_or_default();
        // The line is that of the end of its first tag.
        let tag = memchr::memchr(b'>', text.as_bytes()).unwrap_or(0);
        let lines = memchr::memchr_iter(b'\n', &text.as_bytes()[..tag]).count();
        Ok(Fragment { text, line: element.line.saturating_sub(lines) })
    }

    /// Reads all that stands in an element that has just begun.
    pub fn fill(&mut self, element: &mut Element) -> Result<(), XmlError> {
        let mut open = vec![std::mem::take(element)];
        while let Some(top) = open.last_mut() {
            match self.step()? {
                Step::Open(child) => open.push(child),
                Step::Text(text) => top.text.push_str(&text),
                Step::End => return Ok(()),
                Step::Close => {
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

    /// The byte that has been reached.
    fn byte(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// The line that has been reached.
    fn line(&mut self) -> usize {
        let byte = self.byte();
        let (from, line) = self.counted;
        let passed = self.text.as_bytes().get(from..byte).unwrap_or_default();
        self.counted = (byte.max(from), line + memchr::memchr_iter(b'\n', passed).count());
        self.counted.1
    }
}

fn element(start: &BytesStart<'_>, line: usize) -> Element {
    let string = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut attributes = start.attributes();
    let attributes = attributes.with_checks(false).flatten().map(|attribute| {
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_or_else(|_| string(&attribute.value), |value| value.into_owned());
        (string(attribute.key.as_ref()), value)
    });
    let attributes = attributes.collect();
    Element { name: string(start.name().as_ref()), line, attributes, ..Element::default() }
}

/// What a reference such as `&amp;` or `&#233;` stands for; one that nobody knows stays as it is.
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

/// Whether XML 1.0 can hold the character at all.
pub(super) fn is_held(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// A text as it stands between tags. For a character that XML can't hold `U+FFFD` stands, so that offsets stay.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    // Of most texts nothing has to be looked at but the bytes.
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

/// Whether a character that starts with this byte may have to be written otherwise: marks of XML, controls, and the first
/// byte of `U+FFFE` and its neighbours.
fn is_looked_at(byte: u8) -> bool {
    matches!(byte, b'&' | b'<' | b'>' | b'"' | 0xEF) || byte < b' ' && !matches!(byte, b'\t' | b'\n')
}

/// A text as it stands in an attribute, where a reader makes a space of a line end or a tab.
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
        let Step::Text(_) = walker.step().unwrap() else { panic!("a line end") };
        let Step::Open(mut a) = walker.step().unwrap() else { panic!("an element") };
        walker.fill(&mut a).unwrap();
        assert_eq!((a.local(), a.line, a.get("k")), ("a", 2, Some(" 1\n&2")));
        assert_eq!(a.text.trim(), "one <<two>");
        assert_eq!((a.children[0].local(), a.children[0].line), ("b", 4));
        assert!(matches!(walker.step(), Ok(Step::End)));
    }

    #[test]
    fn what_is_gone_over_is_read_later_the_same() {
        let text = "<s>\n <t a=\"1\"\n  b=\"2\">x<u\n/>\n<v>&lt;</v></t> <e/></s>";
        let (mut whole, mut later) = (Walker::new(text), Walker::new(text));
        for name in ["s", "t", "e"] {
            let next = |walker: &mut Walker<'_>| loop {
                if let Step::Open(element) = walker.step().unwrap() {
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
        let Ok(Step::Open(element)) = cut.step() else { panic!("an element") };
        let cut = cut.skip(&element).map(|_| ()).unwrap_err();
        assert!(matches!(cut, XmlError { line: 2, fault: XmlFault::BreaksOff }), "{cut:?}");
    }

    #[test]
    fn what_is_no_xml_is_an_error_with_its_line() {
        let deep = "<a>".repeat(DEPTH + 1);
        for bad in ["<a>\n<b>", "<a>\n</b>", "\n<", &format!("\n{deep}")] {
            let mut walker = Walker::new(bad);
            let error = loop {
                match walker.step() {
                    Ok(Step::End) => break None,
                    Ok(_) => {}
                    Err(error) => break Some(error.line),
                }
            };
            assert_eq!(error, Some(2), "{bad}");
        }
    }

    #[test]
    fn what_is_escaped_comes_back() {
        let text = " a<b>&\"c\"\r\n\td\u{1}]]> ";
        let file = format!("<a v=\"{}\">{}</a>", escaped_value(text), escaped(text));
        let mut walker = Walker::new(&file);
        let Step::Open(mut a) = walker.step().unwrap() else { panic!("an element") };
        walker.fill(&mut a).unwrap();
        let expect = text.replace('\u{1}', "\u{fffd}");
        assert_eq!((a.text.as_str(), a.get("v")), (expect.as_str(), Some(expect.as_str())));
    }
}
