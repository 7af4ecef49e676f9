//! Reads QDA-XML, also as other programs write it: with BOM, prefixes, attributes of their own, colours missing, and
//! codebooks inside of projects.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;
use smol_str::SmolStr;

use super::SCHEME;
use super::description::Said;
use super::guid::{derived, is_guid};
use crate::io::codebook::draft::{Draft, Drafts, Parent};
use crate::io::codebook::tidy::tidy;
use crate::io::codebook::{Input, problem};
use crate::io::project::Preset;
use crate::io::{IoError, Problem, ProblemKind};
use crate::model::{Category, Codebook};
use std::sync::Arc;

/// Reads a codebook; it is called as the file is.
pub(super) fn read(input: &Input<'_>) -> Result<(Preset, Vec<Problem>), IoError> {
    let text = input.text()?;
    let mut walk = Walk { drafts: Drafts::new(input.path), ..Walk::new(&text) };
    walk.run().map_err(|(line, why)| {
        let message = format!("the codebook can't be read: {why}");
        IoError::Problem(problem(input.path, Some(line), ProblemKind::Malformed, message))
    })?;
    let guids = walk.guids;
    let (mut categories, problems) = walk.drafts.finish();
    for (category, guid) in categories.iter_mut().zip(guids) {
        keep(category, &guid);
    }
    let codebook = Codebook { categories, ..Codebook::default() };
    Ok((input.preset(input.stem(), codebook), problems))
}

/// Keeps a GUID that does not follow from the id, so that the category goes back under it.
fn keep(category: &mut Arc<Category>, guid: &str) {
    if is_guid(guid) && guid != derived(&category.id).to_string() {
        let codes = &mut Arc::make_mut(category).codes;
        codes.insert(SCHEME.into(), vec![SmolStr::new(guid)]);
    }
}

/// A walk through the document.
struct Walk<'a> {
    text: &'a str,
    drafts: Drafts,
    /// The GUID of each draft.
    guids: Vec<String>,
    /// The codes that are open.
    open: Vec<usize>,
    /// Whether a codebook has begun.
    inside: bool,
    /// Elements that are open in one that says nothing to us.
    skipping: usize,
    /// The description that is open, and what stands in it so far.
    description: Option<String>,
    /// Where lines were counted last: byte and line.
    counted: (usize, usize),
}

impl<'a> Walk<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            drafts: Drafts::new("".as_ref()),
            guids: Vec::new(),
            open: Vec::new(),
            inside: false,
            skipping: 0,
            description: None,
            counted: (0, 1),
        }
    }

    /// # Errors
    /// It is no XML, or no codebook: the line, and why.
    fn run(&mut self) -> Result<(), (usize, String)> {
        let mut reader = Reader::from_str(self.text);
        loop {
            let event = reader.read_event();
            let line = self.line(usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX));
            match event.map_err(|error| (line, error.to_string()))? {
                Event::Start(element) => self.start(&element, line),
                Event::Empty(element) => {
                    self.start(&element, line);
                    self.end(element.local_name().as_ref());
                }
                Event::End(element) => self.end(element.local_name().as_ref()),
                Event::Text(text) => {
                    let content = text.xml10_content().map_err(|error| (line, error.to_string()))?;
                    self.say(&content);
                }
                Event::CData(text) => {
                    let content = text.xml10_content().map_err(|error| (line, error.to_string()))?;
                    self.say(&content);
                }
                Event::GeneralRef(reference) => self.say(&resolved(&reference)),
                Event::Eof if !self.open.is_empty() || self.description.is_some() => {
                    return Err((line, "it breaks off in the middle of a code".to_owned()));
                }
                Event::Eof if !self.inside => {
                    return Err((1, "there is no CodeBook in it; choose a .qdc file".to_owned()));
                }
                Event::Eof => return Ok(()),
                Event::Decl(_) | Event::DocType(_) | Event::Comment(_) | Event::PI(_) => {}
            }
        }
    }

    /// The line of a byte; bytes come in order.
    fn line(&mut self, byte: usize) -> usize {
        let (from, line) = self.counted;
        let passed = self.text.as_bytes().get(from..byte).unwrap_or_default();
        self.counted = (byte.max(from), line + passed.iter().filter(|b| **b == b'\n').count());
        self.counted.1
    }

    fn start(&mut self, element: &BytesStart<'_>, line: usize) {
        let name = element.local_name();
        match name.as_ref() {
            _ if self.skipping > 0 => self.skipping += 1,
            b"CodeBook" => self.inside = true,
            b"Code" if self.inside => self.start_code(element, line),
            b"Description" if !self.open.is_empty() => self.description = Some(String::new()),
            b"Set" if self.inside => {
                let what = "a set of codes is not read: Demarche has no sets".to_owned();
                self.drafts.report(line, ProblemKind::Malformed, what);
                self.skipping = 1;
            }
            b"Codes" | b"Sets" => {}
            _ if self.inside => self.skipping = 1,
            _ => {}
        }
    }

    fn start_code(&mut self, element: &BytesStart<'_>, line: usize) {
        let mut draft =
            Draft { line, parent: self.open.last().map(|at| Parent::At(*at)), ..Draft::default() };
        let mut guid = String::new();
        for attribute in element.attributes() {
            let value = attribute.map_err(|error| error.to_string()).and_then(|attribute| {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                let value = value.map_err(|error| error.to_string())?;
                Ok((attribute.key.local_name().as_ref().to_vec(), tidy(&value)))
            });
            match value {
                Ok((key, value)) => match key.as_slice() {
                    b"guid" => guid = value,
                    b"name" => draft.name = value,
                    b"color" => draft.colour = value,
                    b"isCodable" => draft.retired = matches!(value.as_str(), "false" | "0"),
                    _ => {}
                },
                Err(why) => {
                    let message = format!("an attribute of the code can't be read: {why}; left out");
                    self.drafts.report(line, ProblemKind::Malformed, message);
                }
            }
        }
        if draft.name.is_empty() {
            self.drafts.report(line, ProblemKind::Malformed, "the code has no name; it got one".to_owned());
        }
        self.open.push(self.drafts.list.len());
        self.drafts.list.push(draft);
        self.guids.push(guid);
    }

    fn end(&mut self, name: &[u8]) {
        if self.skipping > 0 {
            self.skipping -= 1;
            return;
        }
        match name {
            b"Code" => {
                self.open.pop();
            }
            b"Description" => {
                let text = self.description.take();
                let draft = self.open.last().and_then(|at| self.drafts.list.get_mut(*at));
                if let (Some(text), Some(draft)) = (text, draft) {
                    let said = Said::parse(&text);
                    draft.definition = said.definition;
                    draft.include = said.include;
                    draft.exclude = said.exclude;
                    draft.examples = said.examples;
                    draft.codes = said.codes;
                    draft.key = said.key;
                    draft.id = said.id;
                }
            }
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        if let Some(description) = self.description.as_mut().filter(|_| self.skipping == 0) {
            description.push_str(text);
        }
    }
}

/// What a reference such as `&amp;` or `&#233;` stands for; one that nobody knows stays as it is.
fn resolved(reference: &BytesRef<'_>) -> String {
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
