//! Reads QDA-XML, also as other programs write it: with BOM, prefixes, attributes of their own, colours missing, and
//! codebooks inside of projects.

use std::path::Path;
use std::sync::Arc;

use smol_str::SmolStr;

use super::SCHEME;
use super::description::Said;
use super::guid::{derived, is_guid};
use crate::codebook::codebook_format::{Input, problem};
use crate::codebook::draft::{Draft, Drafts, Parent};
use crate::codebook::tidy::tidy;
use crate::project::Preset;
use crate::words::codebook as words;
use crate::xml::{Element, Step, Walker, XmlError, XmlFault};
use crate::{IoError, Problem, ProblemKind};
use demarche_model::{Category, Codebook};

/// Reads a codebook; it is called as the file is.
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

/// The codebook of a file, wherever it stands.
fn codebook(text: &str) -> Result<Element, XmlError> {
    let mut walker = Walker::new(text);
    loop {
        match walker.step()? {
            Step::Open(mut element) if element.local() == "CodeBook" => {
                walker.fill(&mut element)?;
                return Ok(element);
            }
            Step::End => return Err(XmlFault::Missing("CodeBook").at(1)),
            _ => {}
        }
    }
}

/// A category, and the GUID that the file has it under.
type Code = (String, Arc<Category>);

/// The codes of an element `CodeBook`, as codebooks and projects have it.
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

/// Keeps a GUID that does not follow from the id, so that the category goes back under it.
fn keep(category: &mut Arc<Category>, guid: &str) {
    if is_guid(guid) && guid != derived(&category.id).to_string() {
        let codes = &mut Arc::make_mut(category).codes;
        codes.insert(SCHEME.into(), vec![SmolStr::new(guid)]);
    }
}

/// Makes drafts of codes.
struct CodeReader {
    drafts: Drafts,
    /// The GUID of each draft.
    guids: Vec<String>,
}

impl CodeReader {
    /// The codes that stand in an element; how deep, the walk through the file has bounded.
    fn codes(&mut self, element: &Element, parent: Option<usize>) {
        for child in &element.children {
            match child.local() {
                "Code" => self.code(child, parent),
                "Codes" | "Sets" => self.codes(child, parent),
                "Set" => {
                    let what = "a set of codes is not read: Demarche has no sets".to_owned();
                    self.drafts.report(child.line, ProblemKind::Malformed, what);
                }
                _ => {}
            }
        }
    }

    fn code(&mut self, element: &Element, parent: Option<usize>) {
        let value = |name: &str| element.get(name).map(tidy).unwrap_or_default();
        let said = Said::parse(element.text_of("Description").unwrap_or_default());
        let draft = Draft {
            line: element.line,
            id: said.id,
            name: value("name"),
            parent: parent.map(Parent::At),
            colour: value("color"),
            key: said.key,
            definition: said.definition,
            include: said.include,
            exclude: said.exclude,
            examples: said.examples,
            codes: said.codes,
            retired: matches!(value("isCodable").as_str(), "false" | "0"),
        };
        if draft.name.is_empty() {
            let what = "the code has no name; it was given one".to_owned();
            self.drafts.report(element.line, ProblemKind::Malformed, what);
        }
        let at = self.drafts.list.len();
        self.drafts.list.push(draft);
        self.guids.push(value("guid"));
        self.codes(element, Some(at));
    }
}
