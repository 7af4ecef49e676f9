//! Conversion of a project file into a draft: texts from the archive, spans from selections, and links.

use std::collections::HashMap;
use std::path::Path;

use thiserror::Error;

use super::notes::{NOTES, memos, time};
use super::project::{Coding, Link, Project, Selection, Source, TextLocation};
use super::reading::{Reading, best};
use crate::annotations::importer::Input;
use crate::annotations::jsonl::attributes_of;
use crate::annotations::refusal::{DocumentFault, SpanFault};
use crate::annotations::{
    Draft, DraftDocument, DraftLink, DraftPerson, DraftSpan, DraftValue, LineEnds, Unit,
};
use crate::archive::{Archive, ArchiveError};
use crate::decode::DecodeError;
use crate::limits;
use crate::loss::{AnnotationLoss, Losses, QdaLoss};
use crate::words::remarks;
use demarche_analysis::context::shorten;
use demarche_model::{LinkKind, readable, slug};

/// The reason why the text of a document or a note is not read.
#[derive(Debug, Error)]
enum NoText {
    #[error("the file does not include it as plain text; export the project again, with plain texts")]
    NotInFile,
    #[error("its text is outside the file, at {0}")]
    Outside(String),
    #[error("{0} is missing from the file")]
    Missing(String),
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    #[error(transparent)]
    Decode(#[from] DecodeError),
}

/// The state of the conversion.
pub(super) struct Drafting<'a> {
    input: &'a Input<'a>,
    /// The archive; `None` for an unpacked project file, whose texts are next to it.
    archive: Option<Archive<'a>>,
    /// The index of each file in the archive, by its name without folders.
    files: HashMap<String, usize>,
    draft: Draft,
    losses: Losses,
}

/// The selections and codings that links join: the index of the document, and the span; `None` for those that have not been
/// read yet.
type Ends = HashMap<String, Option<(usize, String)>>;

impl<'a> Drafting<'a> {
    /// Starts with what has been read so far.
    pub fn new(input: &'a Input<'a>, archive: Option<Archive<'a>>, draft: Draft, losses: Losses) -> Self {
        let names = archive.as_ref().map(Archive::names).unwrap_or_default();
        let files = names.iter().enumerate().rev().map(|(at, name)| (base(name), at)).collect();
        Self { input, archive, files, draft, losses }
    }
}

impl Drafting<'_> {
    /// Returns the draft.
    pub fn finish(mut self, mut project: Project) -> Draft {
        let people = people(&project);
        self.draft.people = people.values().cloned().collect();
        self.draft.people.sort_by(|a, b| a.id.cmp(&b.id));
        let notes = self.notes(&mut project);
        self.draft.memos = memos(&project, &people, &notes, &mut self.losses);
        let sources = std::mem::take(&mut project.sources);
        let read: Vec<(Source, String)> = sources
            .into_iter()
            .filter_map(|source| self.text_of(&source).map(|text| (source, text)))
            .collect();
        let ours = project.origin == "Demarche";
        let pairs: Vec<(&str, &[Selection])> =
            read.iter().map(|(s, t)| (t.as_str(), &s.selections[..])).collect();
        let reading = if ours { Reading::default() } else { best(&pairs) };
        self.remark(reading);
        let (project, people, notes) = (&project, &people, &notes);
        let ends = project.links.iter().flat_map(|link| [&link.from, &link.to]);
        let ends = ends.map(|guid| (guid.clone(), None)).collect();
        let mut maker = Maker { project, people, notes, reading, ends, at: 0, left: NOTES };
        for (source, text) in read {
            let document = maker.document(source, text, &mut self.draft, self.input, &mut self.losses);
            self.draft.documents.push(document);
        }
        let ends = maker.ends;
        for link in &project.links {
            self.link(link, &ends);
        }
        self.draft.losses = self.losses.report();
        self.draft
    }

    fn remark(&mut self, reading: Reading) {
        let all = &mut self.draft.remarks;
        all.extend(reading.inclusive.then(remarks::inclusive_ends));
        all.extend(match reading.counting.line_ends {
            LineEnds::AsWritten => None,
            LineEnds::One => Some(remarks::joined_line_ends()),
            LineEnds::Two => Some(remarks::split_line_ends()),
        });
        all.extend((reading.counting.unit == Unit::Utf16).then(remarks::utf16_positions));
    }

    /// Reads the text of each note that is referred to.
    fn notes(&mut self, project: &mut Project) -> HashMap<String, String> {
        let selections = project.sources.iter().flat_map(|source| &source.selections);
        let used: std::collections::HashSet<&String> = selections
            .flat_map(|s| s.notes.iter().chain(s.codings.iter().flat_map(|coding| &coding.notes)))
            .chain(project.memos.iter().map(|(_, note)| note))
            .collect();
        let notes = &mut project.notes;
        let lost = notes.keys().filter(|guid| !used.contains(guid)).count();
        self.losses.add(QdaLoss::UnattachedNotes, lost);
        let missing = used.iter().filter(|guid| !notes.contains_key(**guid)).count();
        self.losses.add(QdaLoss::MissingNotes, missing);
        let mut out = HashMap::new();
        for (guid, note) in notes.iter_mut().filter(|(guid, _)| used.contains(guid)) {
            match self.fetch(std::mem::take(&mut note.place)) {
                Ok(text) => _ = out.insert(guid.clone(), text),
                Err(_) => self.losses.add(QdaLoss::MissingNotes, 1),
            }
        }
        out
    }

    /// Reads the text of a document. Problems with it are added to the draft.
    fn text_of(&mut self, source: &Source) -> Option<String> {
        let why = match self.fetch(source.text.clone()) {
            Ok(text) => return Some(text),
            Err(why) => why,
        };
        let (title, selections) = (shorten(&source.name, 60), source.selections.len());
        let why = DocumentFault::TextMissing { title, selections, why: why.to_string() };
        self.draft.problems.push(self.input.refused(Some(source.line), why));
        None
    }

    fn fetch(&mut self, location: TextLocation) -> Result<String, NoText> {
        let path = match location {
            TextLocation { content: Some(content), .. } => return Ok(content),
            TextLocation { path: Some(path), .. } => path,
            _ => return Err(NoText::NotInFile),
        };
        let bytes = self.read(&path)?;
        let decoded = self.input.decode(&bytes)?;
        self.losses.extend(decoded.damage.losses());
        let text = decoded.text;
        Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
    }

    /// Reads a file that the project file refers to. Some programs omit `internal://`, so only the name counts.
    fn read(&mut self, path: &str) -> Result<Vec<u8>, NoText> {
        let is_internal = path.starts_with("internal://");
        let place = path.split_once("://").map_or(path, |(_, place)| place);
        let found = self.files.get(&base(place)).copied();
        if let (Some(archive), Some(at)) = (&mut self.archive, found) {
            return Ok(archive.read(at)?);
        }
        let name = place.rsplit(['/', '\\']).next().unwrap_or_default();
        let beside = ["sources", "Sources", ""].map(|folder| Path::new(folder).join(name));
        let is_packed = self.archive.is_some();
        let read = beside.iter().filter(|_| !is_packed && !name.is_empty());
        let read = read.map(|path| self.input.read_beside(path, limits::TEXT)).find_map(Result::ok);
        read.ok_or_else(|| match is_internal {
            true => NoText::Missing(shorten(path, 80)),
            false => NoText::Outside(shorten(path, 80)),
        })
    }

    fn link(&mut self, link: &Link, ends: &Ends) {
        let end = |guid: &String| ends.get(guid)?.as_ref();
        let (Some(from), Some(to)) = (end(&link.from), end(&link.to)) else {
            self.losses.add(AnnotationLoss::UnjoinedLinks, 1);
            return;
        };
        self.losses.add(AnnotationLoss::UndirectedLinks, usize::from(!link.one_way));
        let name = if link.name.is_empty() { "linked" } else { &link.name };
        self.kind(name);
        let to_document = self.draft.documents.get(to.0).map(|document| document.id.clone());
        let Some(document) = self.draft.documents.get_mut(from.0) else { return };
        document.links.push(DraftLink {
            line: Some(link.line),
            id: Some(link.guid.clone()),
            kind: name.to_owned(),
            from: from.1.clone(),
            to: to.1.clone(),
            to_document,
            created: None,
        });
    }

    /// Defines a link kind, once. Its id is its name, unless it differs only in blanks and case from the id that it is for.
    fn kind(&mut self, name: &str) {
        let slug = slug(name, "link");
        let is_of_slug = readable(&slug).to_lowercase() == name.to_lowercase();
        let id = if is_of_slug { slug } else { name.to_owned() };
        let kinds = &mut self.draft.codebook.link_kinds;
        if !kinds.iter().any(|kind| kind.name == name || kind.id.as_str() == id) {
            let kind = LinkKind::new(id.as_str().into(), name.to_owned(), "");
            kinds.push(kind.into());
        }
    }
}

/// Returns a file's name without folders, in lower case.
fn base(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or_default().to_lowercase()
}

/// Returns the users by GUID: by id in files of Demarche, otherwise by name, which is more meaningful than the id.
fn people(project: &Project) -> HashMap<String, DraftPerson> {
    let ours = project.origin == "Demarche";
    let person = |(guid, (id, name)): (&String, &(String, String))| {
        let called = if (ours || name.is_empty()) && !id.is_empty() { id } else { name };
        let called = if called.is_empty() { guid } else { called };
        (guid.clone(), DraftPerson { id: called.clone(), name: name.clone(), colour: None })
    };
    project.users.iter().map(person).collect()
}

/// The conversion of a source into a document.
struct Maker<'a> {
    project: &'a Project,
    people: &'a HashMap<String, DraftPerson>,
    notes: &'a HashMap<String, String>,
    reading: Reading,
    ends: Ends,
    /// The index of the document.
    at: usize,
    /// The number of bytes of notes that may still be added.
    left: usize,
}

impl Maker<'_> {
    fn document(
        &mut self,
        source: Source,
        text: String,
        draft: &mut Draft,
        input: &Input<'_>,
        losses: &mut Losses,
    ) -> DraftDocument {
        self.at = draft.documents.len();
        let record = (!source.guid.is_empty()).then(|| source.guid.clone());
        let is_in = |members: &Vec<String>| record.as_ref().is_some_and(|guid| members.contains(guid));
        let sets = self.project.sets.iter().filter(|(_, members)| is_in(members));
        let sets = sets.map(|(name, _)| name.clone()).collect();
        let id = if source.guid.is_empty() { format!("#{}", source.line) } else { source.guid };
        let mut document = DraftDocument {
            line: Some(source.line),
            id,
            record,
            title: Some(source.name),
            sets,
            text,
            counting: self.reading.counting,
            is_settled: true,
            ..DraftDocument::default()
        };
        for (variable, value) in source.values {
            match self.project.variables.get(&variable).map(String::as_str) {
                _ if value.is_empty() => {}
                Some("date") if document.date.is_none() => document.date = Some(value),
                Some("source") if document.source.is_none() => document.source = Some(value),
                _ => losses.add(QdaLoss::VariableValues, 1),
            }
        }
        // The span to which the parts of a passage belong.
        let mut wholes: HashMap<String, usize> = HashMap::new();
        for selection in &source.selections {
            losses.add(QdaLoss::SelectionsWithoutCode, usize::from(selection.codings.is_empty()));
            for (number, coding) in selection.codings.iter().enumerate() {
                match self.span(selection, coding, number) {
                    Ok((mut span, whole)) => {
                        self.bound(&mut span, losses);
                        self.add(&mut document, span, whole, selection, coding, &mut wholes);
                    }
                    Err(why) => draft.problems.push(input.refused(Some(selection.line), why)),
                }
            }
        }
        document
    }

    /// Returns a note, unless there are too many.
    fn bound(&mut self, span: &mut DraftSpan, losses: &mut Losses) {
        match self.left.checked_sub(span.note.len()) {
            Some(left) => self.left = left,
            None => {
                losses.add(QdaLoss::ExcessNotes, 1);
                span.note.clear();
            }
        }
    }

    fn add(
        &mut self,
        document: &mut DraftDocument,
        span: DraftSpan,
        whole: Option<String>,
        selection: &Selection,
        coding: &Coding,
        wholes: &mut HashMap<String, usize>,
    ) {
        let at = whole.as_ref().and_then(|whole| wholes.get(whole)).copied();
        let id = match at.and_then(|at| document.spans.get_mut(at)) {
            Some(first) if first.category == span.category && first.annotator == span.annotator => {
                first.ranges.extend(span.ranges);
                first.id.clone()
            }
            _ => {
                wholes.extend(whole.map(|whole| (whole, document.spans.len())));
                let id = span.id.clone();
                document.spans.push(span);
                id
            }
        };
        let end = (self.at, id.unwrap_or_default());
        if let Some(place) = self.ends.get_mut(&coding.guid) {
            *place = Some(end.clone());
        }
        if let Some(place) = self.ends.get_mut(&selection.guid) {
            place.get_or_insert(end);
        }
    }

    /// Returns the span of a coding, and the passage that it is a part of.
    fn span(
        &self,
        selection: &Selection,
        coding: &Coding,
        number: usize,
    ) -> Result<(DraftSpan, Option<String>), SpanFault> {
        let Some((start, end)) = selection.range else {
            return Err(SpanFault::NoPositions);
        };
        let Some(category) = self.project.codes.get(&coding.code) else {
            return Err(SpanFault::UnknownCode);
        };
        let description = Description::parse(&selection.description);
        let notes = selection.notes.iter().chain(&coding.notes).filter_map(|guid| self.notes.get(guid));
        let notes: Vec<&str> = std::iter::once(&description.rest).chain(notes).map(String::as_str).collect();
        let notes: Vec<&str> = notes.into_iter().filter(|note| !note.trim().is_empty()).collect();
        let user = if coding.user.is_empty() { &selection.user } else { &coding.user };
        let id = if number == 0 { &selection.guid } else { &coding.guid };
        let span = DraftSpan {
            line: Some(selection.line),
            id: Some(id.clone()),
            annotator: self.people.get(user).map(|person| person.id.clone()),
            category: category.clone(),
            ranges: vec![(start, end.saturating_add(i64::from(self.reading.inclusive)))],
            quote: None,
            // They belong to a passage that Demarche has written, which has one coding.
            attributes: if number == 0 { description.attributes } else { Vec::new() },
            note: notes.join("\n\n"),
            created: time(coding.created.as_ref().or(selection.created.as_ref())),
            modified: time(selection.modified.as_ref()),
            provenance: None,
        };
        Ok((span, description.whole))
    }
}

/// A description: the lines of our export, and any other text.
#[derive(Default)]
struct Description {
    attributes: Vec<(String, DraftValue)>,
    whole: Option<String>,
    rest: String,
}

impl Description {
    fn parse(text: &str) -> Self {
        let mut description = Self::default();
        let mut rest = Vec::new();
        for line in text.lines() {
            let attributes = line.strip_prefix("Attributes: ").and_then(|json| attributes_of(json).ok());
            let part = line.strip_prefix("Part ").and_then(|part| part.split_once(": "));
            match (attributes, part) {
                (Some(attributes), _) => description.attributes = attributes,
                (_, Some((number, whole))) if number.contains(" of ") && whole.len() == 36 => {
                    description.whole = Some(whole.to_owned());
                }
                _ => rest.push(line),
            }
        }
        description.rest = rest.join("\n");
        description
    }
}
