//! REFI-QDA project 1.0 (`.qdpx`), the format in which QDA programs exchange whole projects.
//!
//! Source: the REFI-QDA standard, <https://www.qdasoftware.org/>. A ZIP archive with `project.qde`, which is valid by the
//! published schema, and a text in `sources/` for each document. Positions are Unicode scalar values from 0, the end
//! exclusive.
//!
//! | Demarche | REFI-QDA |
//! |---|---|
//! | category | `Code`, as in the codebook format `qdc` |
//! | annotator | `User` with id and name |
//! | document | `TextSource`; date and source are its variables `Date` and `Source` |
//! | span | `PlainTextSelection` with one `Coding`, under the span's id |
//! | further ranges of a span | separate selections, whose description says `Part 2 of 3: GUID of the first` |
//! | attributes | the description of the selection: `Attributes: {"actor":"Norvania"}`, values as in JSONL |
//! | note | `Note`, to which the selection refers |
//! | memo | `Note`, to which the document, code or project refers |
//! | link | `Link` from selection to selection, named after its kind |
//! | set of documents | `Set` with a `MemberSource` for each document |

mod document;
mod memos;

use std::collections::{BTreeSet, HashMap};
use std::io::Write;

use super::Scope;
use super::exporter::{FileExporter, broken};
use crate::FormatInfo;
use crate::archive::Packer;
use crate::checksum::sha256;
use crate::codebook::{hashed, write_codes};
use crate::loss::{ExportLoss, Losses};
use crate::xml::{escaped, escaped_value, is_held};
use crate::{IoError, Loss};
use demarche_model::{AnnotatorId, CategoryId, Date, Document, LinkKindId, SpanId, Text, Unfinished};
use document::Selections;
use memos::MemoNotes;
use uuid::Uuid;

/// A REFI-QDA project.
pub(super) struct Qdpx;

impl FileExporter for Qdpx {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "qdpx",
            title: "REFI-QDA project for MAXQDA, ATLAS.ti, NVivo, QualCoder",
            extension: "qdpx",
            carries: "codebook, texts, people, sets of documents, passages with notes, memos, links, dates; attributes as a description of the passage",
            loses: "decisions, status of documents, colours of people, what attributes mean, relations between actors or issues; \
                    other programs see each range as a passage",
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, Unfinished<IoError>> {
        let mut losses = Losses::default();
        scope.note_meanings(&mut losses);
        let mut packer = Packer::new();
        packer.file("project.qde").map_err(broken)?;
        let (page, head) = Page::new(scope, &mut losses);
        packer.write_all(head.as_bytes()).map_err(broken)?;
        let (mut notes, mut links) = (String::new(), Vec::new());
        let make =
            |document: &Document, text: &Text, losses: &mut Losses| Ok(page.source(document, text, losses));
        scope.each_converted(&mut losses, make, |mut part| {
            notes.push_str(&part.notes);
            links.append(&mut part.links);
            packer.write_all(part.out.as_bytes()).map_err(broken)
        })?;
        losses.carried(ExportLoss::Memos);
        losses.carried(ExportLoss::Sets);
        packer.write_all(page.end(&notes, &links, &mut losses).as_bytes()).map_err(broken)?;
        for document in scope.documents() {
            if let Some(text) = &document.text {
                packer.file(&format!("sources/{}.txt", source_guid(document, text))).map_err(broken)?;
                packer.write_all(text.as_str().as_bytes()).map_err(broken)?;
            }
        }
        out.write_all(&packer.finish().map_err(broken)?).map_err(broken)?;
        Ok(losses.report())
    }
}

/// Returns the GUID of a document, which depends on its text and its id.
fn source_guid(document: &Document, text: &Text) -> Uuid {
    hashed("source", &format!("{} {}", document.id(), sha256(text.as_str().as_bytes())))
}

fn user_guid(annotator: &AnnotatorId) -> Uuid {
    hashed("annotator", annotator.as_str())
}

fn variable_guid(name: &str) -> Uuid {
    hashed("variable", name)
}

/// Counts the characters that XML does not allow.
fn odd(text: &str) -> usize {
    text.chars().filter(|c| !is_held(*c)).count()
}

/// The writer of `project.qde`.
struct Page<'a> {
    scope: &'a Scope<'a>,
    /// The GUID of each code.
    codes: HashMap<CategoryId, String>,
    /// Whether every date has a day, so that the variable can be a date in other programs.
    days: bool,
    /// Selections by span; a link leads to the first of a span.
    selections: Selections<'a>,
    memos: MemoNotes<'a>,
}

/// A document in its written form.
#[derive(Default)]
struct Part {
    out: String,
    /// Its notes, which follow all documents.
    notes: String,
    /// Its links, which follow all documents.
    links: Vec<Joint>,
}

/// A link with its kind, start and end.
type Joint = (Uuid, LinkKindId, SpanId, SpanId);

impl<'a> Page<'a> {
    /// Creates the writer, and returns everything before the documents.
    fn new(scope: &'a Scope<'a>, losses: &mut Losses) -> (Self, String) {
        let mut page = Self {
            scope,
            codes: HashMap::new(),
            days: scope.documents().filter_map(|d| d.meta.date.as_ref()).all(is_day),
            selections: Selections::of_all(scope),
            memos: MemoNotes::of(scope, losses),
        };
        let name = scope.project.name();
        losses.add(ExportLoss::InvalidCharacters, odd(name));
        let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        out.push_str(&format!(
            "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"{}\" origin=\"Demarche\">\n",
            escaped_value(name)
        ));
        page.users(&mut out);
        let categories = &scope.project.codebook().categories;
        if !categories.is_empty() {
            out.push_str("<CodeBook>\n");
            let memos = |id: &CategoryId, indent: &str| page.memos.on_category(id, indent);
            let codes = write_codes(&mut out, categories, memos, losses);
            page.codes = codes;
            out.push_str("</CodeBook>\n");
        }
        page.variables(&mut out);
        if page.has_sources() {
            out.push_str("<Sources>\n");
        }
        (page, out)
    }

    fn has_sources(&self) -> bool {
        self.scope.documents().any(|document| document.is_loaded())
    }

    fn users(&self, out: &mut String) {
        let mut ids: Vec<&AnnotatorId> = self.scope.project.annotators().iter().map(|a| &a.id).collect();
        let known: BTreeSet<&AnnotatorId> = ids.iter().copied().collect();
        let layers = self.scope.documents().flat_map(|d| d.layers.keys());
        let others: BTreeSet<&AnnotatorId> = layers.chain(self.memos.authors()).collect();
        ids.extend(others.difference(&known));
        ids.retain(|id| self.scope.annotators.as_ref().is_none_or(|chosen| chosen.contains(id)));
        if ids.is_empty() {
            return;
        }
        out.push_str("<Users>\n");
        for id in ids {
            let name = self.scope.project.name_of(id);
            let (guid, name, id) = (user_guid(id), escaped_value(name), escaped_value(id.as_str()));
            out.push_str(&format!("  <User guid=\"{guid}\" name=\"{name}\" id=\"{id}\"/>\n"));
        }
        out.push_str("</Users>\n");
    }

    fn variables(&self, out: &mut String) {
        let date = self.scope.documents().any(|document| document.meta.date.is_some());
        let source = self.scope.documents().any(|document| !document.meta.source.is_empty());
        if !date && !source {
            return;
        }
        out.push_str("<Variables>\n");
        let sort = if self.days { "Date" } else { "Text" };
        for (name, sort, _) in [("Date", sort, date), ("Source", "Text", source)].iter().filter(|v| v.2) {
            let guid = variable_guid(name);
            let line = format!("  <Variable guid=\"{guid}\" name=\"{name}\" typeOfVariable=\"{sort}\"/>\n");
            out.push_str(&line);
        }
        out.push_str("</Variables>\n");
    }

    /// Returns everything after the documents.
    fn end(&self, notes: &str, joints: &[Joint], losses: &mut Losses) -> String {
        let mut out = String::new();
        if self.has_sources() {
            out.push_str("</Sources>\n");
        }
        let memos = self.memos.notes();
        if !notes.is_empty() || !memos.is_empty() {
            out.push_str(&format!("<Notes>\n{notes}{memos}</Notes>\n"));
        }
        let mut links = String::new();
        for (guid, kind, from, to) in joints {
            match (self.selections.target(*from), self.selections.target(*to)) {
                (Some(from), Some(to)) => {
                    let name = escaped_value(&self.kind_name(kind));
                    links.push_str(&format!(
                        "  <Link guid=\"{guid}\" name=\"{name}\" direction=\"OneWay\" originGUID=\"{from}\" targetGUID=\"{to}\"/>\n"
                    ));
                }
                _ => losses.add(ExportLoss::LinksToOutside, 1),
            }
        }
        if !links.is_empty() {
            out.push_str(&format!("<Links>\n{links}</Links>\n"));
        }
        self.sets(&mut out, losses);
        out.push_str(&self.memos.on_project());
        out.push_str("</Project>\n");
        out
    }

    /// Writes the sets of documents.
    fn sets(&self, out: &mut String, losses: &mut Losses) {
        let mut sets = String::new();
        for (id, name) in &**self.scope.project.document_sets() {
            let members = self.scope.documents().filter(|document| document.meta.sets.contains(id));
            let members: Vec<String> = members
                .filter_map(|document| Some(source_guid(document, document.text.as_ref()?)))
                .map(|guid| format!("    <MemberSource targetGUID=\"{guid}\"/>\n"))
                .collect();
            if members.is_empty() {
                losses.add(ExportLoss::Sets, usize::from(self.scope.documents.is_none()));
                continue;
            }
            losses.add(ExportLoss::InvalidCharacters, odd(name));
            let (guid, name) = (hashed("set", id.as_str()), escaped_value(name));
            sets.push_str(&format!(
                "  <Set guid=\"{guid}\" name=\"{name}\">\n{}  </Set>\n",
                members.concat()
            ));
        }
        if !sets.is_empty() {
            out.push_str(&format!("<Sets>\n{sets}</Sets>\n"));
        }
    }

    /// Returns the name of a link kind or, if another kind has it, its id.
    fn kind_name(&self, id: &LinkKindId) -> String {
        let kinds = &self.scope.project.codebook().link_kinds;
        let name = kinds.iter().find(|kind| kind.id == *id).map(|kind| kind.name.as_str());
        let alone = |name: &str| {
            let name = name.to_lowercase();
            kinds.iter().filter(|kind| kind.name.to_lowercase() == name).count() == 1
        };
        match name.filter(|name| !name.trim().is_empty() && alone(name)) {
            Some(name) => name.to_owned(),
            None => id.to_string(),
        }
    }
}

impl Part {
    fn note(&mut self, guid: Uuid, user: Uuid, time: &str, text: &str) {
        let text = escaped(text);
        self.notes.push_str(&format!(
            "  <Note guid=\"{guid}\" name=\"Note\" creatingUser=\"{user}\" creationDateTime=\"{time}\">\
             <PlainTextContent>{text}</PlainTextContent></Note>\n"
        ));
    }
}

fn is_day(date: &Date) -> bool {
    date.as_str().len() == "2026-03-14".len()
}
