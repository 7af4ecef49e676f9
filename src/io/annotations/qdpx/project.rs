//! The reader of a project file: documents with selections, users, codes, notes and links.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::annotations::Draft;
use crate::annotations::importer::Input;
use crate::codebook::read_codes;
use crate::loss::{Losses, QdaLoss};
use crate::xml::{Element, Fragment, Walker, XmlError, XmlEvent, XmlFault};

/// A project file.
#[derive(Default)]
pub(super) struct Project {
    /// The program that has written it.
    pub origin: String,
    /// Users by GUID: id and name.
    pub users: HashMap<String, (String, String)>,
    /// Codes by GUID: the id of the category.
    pub codes: HashMap<String, String>,
    /// Variables by GUID: the name.
    pub variables: HashMap<String, String>,
    pub sources: Vec<Source>,
    /// Notes by GUID.
    pub notes: HashMap<String, Note>,
    /// The notes on other things than passages: what each is on, and its GUID.
    pub memos: Vec<(NoteSubject, String)>,
    /// The names of sets, each with the GUIDs of its documents.
    pub sets: Vec<(String, Vec<String>)>,
    pub links: Vec<Link>,
    pub losses: Losses,
}

/// A note.
pub(super) struct Note {
    pub place: TextLocation,
    pub user: String,
    pub created: Option<String>,
    pub modified: Option<String>,
}

/// What a note is on, if not on a passage.
#[derive(Clone)]
pub(super) enum NoteSubject {
    Project,
    /// The GUID of a document.
    Source(String),
    /// The GUID of a code.
    Code(String),
}

/// The location of a text.
#[derive(Clone, Default)]
pub(super) struct TextLocation {
    pub content: Option<String>,
    pub path: Option<String>,
}

/// A document.
pub(super) struct Source {
    pub line: usize,
    pub guid: String,
    pub name: String,
    pub text: TextLocation,
    /// Values of variables, by GUID of the variable.
    pub values: Vec<(String, String)>,
    pub selections: Vec<Selection>,
}

/// A range of a text with its codings.
#[derive(Default)]
pub(super) struct Selection {
    pub line: usize,
    pub guid: String,
    pub name: String,
    /// `None` if they are not numbers.
    pub range: Option<(i64, i64)>,
    pub description: String,
    pub notes: Vec<String>,
    pub user: String,
    pub created: Option<String>,
    pub modified: Option<String>,
    pub codings: Vec<Coding>,
}

/// A code on a selection.
pub(super) struct Coding {
    pub guid: String,
    pub code: String,
    pub user: String,
    pub created: Option<String>,
    pub notes: Vec<String>,
}

/// A link between two things.
pub(super) struct Link {
    pub line: usize,
    pub guid: String,
    pub name: String,
    pub from: String,
    pub to: String,
    pub one_way: bool,
}

/// Reads a project file. The draft has the codebook and its problems.
pub(super) fn read(text: &str, input: &Input<'_>) -> Result<(Project, Draft), XmlError> {
    let mut walker = Walker::new(text);
    let mut project = Project::default();
    let mut draft = Draft::default();
    let mut sources = Vec::new();
    let mut found = false;
    loop {
        let mut element = match walker.next_event()? {
            XmlEvent::Open(element) => element,
            XmlEvent::End if !found => return Err(XmlFault::Missing("Project").at(1)),
            XmlEvent::End => break,
            XmlEvent::Text(_) | XmlEvent::Close => continue,
        };
        match element.local() {
            "Project" => {
                found = true;
                project.origin = element.get("origin").unwrap_or_default().to_owned();
            }
            // Their children are read one by one, so that only one is in memory as XML.
            "Sources" | "Notes" | "Links" => {}
            // Documents with their selections are most of a file, and several can be read in parallel.
            name if name.ends_with("Source") => sources.push(walker.skip(&element)?),
            _ => {
                walker.fill(&mut element)?;
                project.take(&element, input, &mut draft);
            }
        }
    }
    let read = |source: &Fragment<'_>| {
        let mut part = Project::default();
        part.source(&source.read()?);
        Ok(part)
    };
    let parts: Vec<_> = sources.par_iter().with_max_len(1).map(read).collect();
    for part in parts {
        let Project { mut sources, mut memos, losses, .. } = part?;
        project.sources.append(&mut sources);
        project.memos.append(&mut memos);
        project.losses.join(losses);
    }
    Ok((project, draft))
}

impl Project {
    fn take(&mut self, element: &Element, input: &Input<'_>, draft: &mut Draft) {
        let count = element.children.len();
        match element.local() {
            "Users" => self.users.extend(element.all("User").map(|user| {
                let value = |name| user.get(name).unwrap_or_default().trim().to_owned();
                (guid(user, "guid"), (value("id"), value("name")))
            })),
            "CodeBook" => {
                let (codes, mut problems) = read_codes(element, input.path);
                draft.problems.append(&mut problems);
                for (guid, category) in codes {
                    self.codes.insert(bare(&guid), category.id.to_string());
                    draft.codebook.categories.push(category);
                }
                self.notes_on_codes(element);
            }
            "Variables" => self.variables.extend(element.all("Variable").map(|variable| {
                (guid(variable, "guid"), variable.get("name").unwrap_or_default().trim().to_lowercase())
            })),
            "Note" => {
                self.notes.insert(guid(element, "guid"), note(element));
            }
            "Link" => self.links.push(link(element)),
            "Cases" => self.lose(QdaLoss::Cases, count),
            "Sets" => element.all("Set").for_each(|set| self.set(set)),
            "Graphs" => self.lose(QdaLoss::Maps, count),
            "Description" if !element.text.trim().is_empty() => self.lose(QdaLoss::ProjectDescriptions, 1),
            "NoteRef" => self.memos.push((NoteSubject::Project, guid(element, "targetGUID"))),
            _ => {}
        }
    }

    /// Adds the notes on the codes of a codebook.
    fn notes_on_codes(&mut self, codebook: &Element) {
        let mut left = vec![codebook];
        while let Some(element) = left.pop() {
            if element.local() == "Code" {
                let subject = NoteSubject::Code(guid(element, "guid"));
                self.memos.extend(note_refs(element).into_iter().map(|note| (subject.clone(), note)));
            }
            left.extend(element.children.iter().rev());
        }
    }

    /// Adds a set; what it has besides documents is lost.
    fn set(&mut self, set: &Element) {
        let name = set.get("name").unwrap_or_default().trim().to_owned();
        let documents: Vec<String> =
            set.all("MemberSource").map(|member| guid(member, "targetGUID")).collect();
        if name.is_empty() || documents.is_empty() {
            return self.lose(QdaLoss::Sets, 1);
        }
        self.sets.push((name, documents));
    }

    /// Adds a document, picture, sound or film.
    fn source(&mut self, element: &Element) {
        match element.local() {
            "TextSource" => self.text_source(element, element),
            "PDFSource" => {
                self.lose(QdaLoss::MediaSelections, selections(element));
                match element.all("Representation").next() {
                    Some(inner) => self.text_source(inner, element),
                    None => self.lose(QdaLoss::PdfsWithoutText, 1),
                }
            }
            "PictureSource" | "AudioSource" | "VideoSource" => {
                self.lose(QdaLoss::MediaSelections, selections(element));
                self.lose(QdaLoss::MediaFiles, 1);
            }
            _ => {}
        }
    }

    /// Counts a loss.
    fn lose(&mut self, kind: QdaLoss, count: usize) {
        self.losses.add(kind, count);
    }

    /// Reads a text. `outer` is the element around it that names it, if any.
    fn text_source(&mut self, element: &Element, outer: &Element) {
        let name = outer.get("name").or_else(|| element.get("name")).unwrap_or_default().to_owned();
        let described = element.text_of("Description").is_some_and(|text| !text.trim().is_empty());
        self.lose(QdaLoss::DocumentDescriptions, usize::from(described));
        self.lose(QdaLoss::DocumentCodes, element.all("Coding").count());
        let own = guid(element, "guid");
        let outer_notes = if std::ptr::eq(element, outer) { Vec::new() } else { note_refs(outer) };
        let notes = note_refs(element).into_iter().chain(outer_notes);
        self.memos.extend(notes.map(|note| (NoteSubject::Source(own.clone()), note)));
        let values = element.all("VariableValue").filter_map(|value| {
            let variable = guid(value.all("VariableRef").next()?, "targetGUID");
            let held = value.children.iter().find(|child| child.local() != "VariableRef")?;
            Some((variable, held.text.trim().to_owned()))
        });
        let text = location(element);
        let rich = element.get("richTextPath").is_some();
        self.lose(QdaLoss::RichTexts, usize::from(rich));
        let selections = element.all("PlainTextSelection").map(selection).collect();
        self.sources.push(Source {
            line: element.line,
            guid: own,
            name,
            text,
            values: values.collect(),
            selections,
        });
    }
}

fn selections(element: &Element) -> usize {
    element.children.iter().filter(|child| child.local().ends_with("Selection")).count()
}

/// Returns a GUID without braces, in lower case.
fn bare(guid: &str) -> String {
    guid.trim().trim_start_matches('{').trim_end_matches('}').to_lowercase()
}

fn guid(element: &Element, name: &'static str) -> String {
    element.get(name).map(bare).unwrap_or_default()
}

fn location(element: &Element) -> TextLocation {
    TextLocation {
        content: element.text_of("PlainTextContent").map(str::to_owned),
        path: element.get("plainTextPath").map(str::to_owned),
    }
}

fn selection(element: &Element) -> Selection {
    let number = |name| element.get(name).and_then(|number| number.trim().parse().ok());
    let text = |name: &str| element.get(name).map(str::to_owned);
    Selection {
        line: element.line,
        guid: guid(element, "guid"),
        name: text("name").unwrap_or_default(),
        range: number("startPosition").zip(number("endPosition")),
        description: element.text_of("Description").unwrap_or_default().to_owned(),
        notes: note_refs(element),
        user: guid(element, "creatingUser"),
        created: text("creationDateTime"),
        modified: text("modifiedDateTime"),
        codings: element.all("Coding").map(coding).collect(),
    }
}

fn coding(element: &Element) -> Coding {
    Coding {
        guid: guid(element, "guid"),
        code: element.all("CodeRef").next().map(|code| guid(code, "targetGUID")).unwrap_or_default(),
        user: guid(element, "creatingUser"),
        created: element.get("creationDateTime").map(str::to_owned),
        notes: note_refs(element),
    }
}

fn note(element: &Element) -> Note {
    let text = |name: &str| element.get(name).map(str::to_owned);
    Note {
        place: location(element),
        user: guid(element, "creatingUser"),
        created: text("creationDateTime"),
        modified: text("modifiedDateTime"),
    }
}

fn note_refs(element: &Element) -> Vec<String> {
    element.all("NoteRef").map(|note| guid(note, "targetGUID")).collect()
}

fn link(element: &Element) -> Link {
    Link {
        line: element.line,
        guid: guid(element, "guid"),
        name: element.get("name").unwrap_or_default().trim().to_owned(),
        from: guid(element, "originGUID"),
        to: guid(element, "targetGUID"),
        one_way: element.get("direction") == Some("OneWay"),
    }
}
