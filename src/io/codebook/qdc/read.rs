//! The reader of QDA-XML, including files of other programs with a byte order mark, prefixes, their own attributes, missing
//! colours, or a codebook inside a project.

use std::path::Path;
use std::sync::Arc;

use smol_str::SmolStr;

use super::SCHEME;
use super::description::Description;
use super::guid::{derived, is_guid};
use crate::codebook::codebook_format::{Input, problem};
use crate::codebook::draft::{Draft, Drafts, Parent};
use crate::codebook::tidy::tidy;
use crate::project::Preset;
use crate::words::codebook as words;
use crate::xml::{Element, Walker, XmlError, XmlEvent, XmlFault};
use crate::{IoError, Problem, ProblemKind};
use demarche_model::{Category, Codebook};

/// Reads a codebook, and names it after the file.
pub(super) fn read(input: &Input<'_>) -> Result<(Preset, Vec<Problem>), IoError> {
    let text = input.text()?;
    let book = codebook(&text).map_err(|error| {
        let message = words::unreadable(&error);
        IoError::Problem(problem(input.path, Some(error.line), ProblemKind::Malformed, message))
    })?;
    let (codes, problems) = read_codes(&book, input.path);
    let categories = codes.into_iter().map(|(_, category)| category).collect();
    let codebook = Codebook { categories, ..Codebook::default() };
    Ok((input.preset(input.stem(), codebook), problems))
}

/// Finds the codebook in a file, at any depth.
fn codebook(text: &str) -> Result<Element, XmlError> {
    let mut walker = Walker::new(text);
    loop {
        match walker.next_event()? {
            XmlEvent::Open(mut element) if element.local() == "CodeBook" => {
                walker.fill(&mut element)?;
                return Ok(element);
            }
            XmlEvent::End => return Err(XmlFault::Missing("CodeBook").at(1)),
            _ => {}
        }
    }
}

/// A category and its GUID in the file.
type Code = (String, Arc<Category>);

/// Reads the codes of an element `CodeBook` in a codebook or project.
pub(crate) fn read_codes(book: &Element, file: &Path) -> (Vec<Code>, Vec<Problem>) {
    let mut reader = CodeReader { drafts: Drafts::new(file), guids: Vec::new() };
    reader.codes(book, None);
    let guids = reader.guids;
    let (mut categories, problems) = reader.drafts.finish();
    for (category, guid) in categories.iter_mut().zip(&guids) {
        keep(category, guid);
    }
    (guids.into_iter().zip(categories).collect(), problems)
}

/// Keeps a GUID that does not follow from the id, so that the category is exported with it again.
fn keep(category: &mut Arc<Category>, guid: &str) {
    if is_guid(guid) && guid != derived(&category.id).to_string() {
        let codes = &mut Arc::make_mut(category).codes;
        codes.insert(SCHEME.into(), vec![SmolStr::new(guid)]);
    }
}

/// A reader of codes, which turns them into drafts.
struct CodeReader {
    drafts: Drafts,
    /// The GUID of each draft.
    guids: Vec<String>,
}

impl CodeReader {
    /// Reads the codes in an element. The walk through the file has limited the depth.
    fn codes(&mut self, element: &Element, parent: Option<usize>) {
        for child in &element.children {
            match child.local() {
                "Code" => self.code(child, parent),
                "Codes" | "Sets" => self.codes(child, parent),
                "Set" => {
                    self.drafts.report(child.line, ProblemKind::Malformed, words::unread_set());
                }
                _ => {}
            }
        }
    }

    fn code(&mut self, element: &Element, parent: Option<usize>) {
        let value = |name: &str| element.get(name).map(tidy).unwrap_or_default();
        let description = Description::parse(element.text_of("Description").unwrap_or_default());
        let draft = Draft {
            line: element.line,
            id: description.id,
            name: value("name"),
            parent: parent.map(Parent::At),
            colour: value("color"),
            key: description.key,
            definition: description.definition,
            include: description.include,
            exclude: description.exclude,
            examples: description.examples,
            codes: description.codes,
            retired: matches!(value("isCodable").as_str(), "false" | "0"),
        };
        if draft.name.is_empty() {
            self.drafts.report(element.line, ProblemKind::Malformed, words::unnamed_code());
        }
        let at = self.drafts.list.len();
        self.drafts.list.push(draft);
        self.guids.push(value("guid"));
        self.codes(element, Some(at));
    }
}
