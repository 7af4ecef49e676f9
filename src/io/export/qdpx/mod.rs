//! REFI-QDA project 1.0 (`.qdpx`): what QDA programs exchange whole projects in. <https://www.qdasoftware.org/>
//!
//! A ZIP archive of `project.qde`, which the published schema takes, and a text in `sources/` for each document.
//! Positions are Unicode scalar values from 0, the end exclusive.
//!
//! | of us | there |
//! |---|---|
//! | category | `Code`, as in the codebook format `qdc` |
//! | annotator | `User`, with the id beside the name |
//! | document | `TextSource`; date and source are its variables `Date` and `Source` |
//! | span | `PlainTextSelection` with one `Coding`, under the span's id |
//! | further ranges of a span | selections of their own, whose description says `Part 2 of 3: GUID of the first` |
//! | attributes | the description of the selection: `Attributes: {"actor":"Norvania"}`, values as in JSONL |
//! | note | `Note`, which the selection names |
//! | link | `Link` from selection to selection, called as its kind |

mod document;

use std::collections::{BTreeSet, HashMap};
use std::io::Write;

use super::scope::Losses;
use super::{Exporter, FormatInfo, Scope, broken};
use crate::io::archive::Packer;
use crate::io::codebook::{hashed, write_codes};
use crate::io::import::text::sha256;
use crate::io::xml::{escaped, escaped_value, is_held};
use crate::io::{IoError, Loss};
use crate::model::{AnnotatorId, CategoryId, Date, Document, LinkKindId, SpanId, Text};
use document::Selections;
use uuid::Uuid;

/// A project of the REFI standard.
pub(super) struct Qdpx;

impl Exporter for Qdpx {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "qdpx",
            title: "REFI-QDA project for MAXQDA, ATLAS.ti, NVivo, QualCoder",
            extension: "qdpx",
            carries: "codebook, texts, people, passages with notes, links, dates; attributes as a description of the passage",
            loses: "decisions, status of documents, colours of people; other programs see each range as a passage",
            imports: true,
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, IoError> {
        let mut losses = Losses::default();
        let mut packer = Packer::new();
        packer.file("project.qde").map_err(broken)?;
        let mut page = Page::new(scope, &mut losses);
        page.flush(&mut packer)?;
        scope.each(&mut losses, |document, text, losses| {
            page.source(document, text, losses);
            page.flush(&mut packer)
        })?;
        page.end(&mut losses);
        page.flush(&mut packer)?;
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

/// The GUID of a document: the same for the same text under the same id.
fn source_guid(document: &Document, text: &Text) -> Uuid {
    hashed("source", &format!("{} {}", document.id(), sha256(text.as_str().as_bytes())))
}

fn user_guid(annotator: &AnnotatorId) -> Uuid {
    hashed("annotator", annotator.as_str())
}

fn variable_guid(name: &str) -> Uuid {
    hashed("variable", name)
}

/// How many characters XML can't hold.
fn odd(text: &str) -> usize {
    text.chars().filter(|c| !is_held(*c)).count()
}

/// The project as it is written down, piece by piece.
struct Page<'a> {
    scope: &'a Scope<'a>,
    out: String,
    /// The GUID of each code.
    codes: HashMap<CategoryId, String>,
    /// Whether every date names a day, so that other programs can take it for one.
    days: bool,
    /// Selections by span; a link leads to the first of a span.
    selections: Selections,
    /// Notes come after all documents.
    notes: String,
    /// Links come after all documents: each with kind, start and end.
    links: Vec<(Uuid, LinkKindId, SpanId, SpanId)>,
}

impl<'a> Page<'a> {
    /// Everything that stands before the documents.
    fn new(scope: &'a Scope<'a>, losses: &mut Losses) -> Self {
        let mut page = Self {
            scope,
            out: String::new(),
            codes: HashMap::new(),
            days: scope.documents().filter_map(|d| d.meta.date.as_ref()).all(is_day),
            selections: Selections::default(),
            notes: String::new(),
            links: Vec::new(),
        };
        let name = scope.project.name();
        losses.add("characters that XML does not have", odd(name));
        page.out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        page.out.push_str(&format!(
            "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"{}\" origin=\"Demarche\">\n",
            escaped_value(name)
        ));
        page.users();
        let categories = &scope.project.codebook().categories;
        if !categories.is_empty() {
            page.out.push_str("<CodeBook>\n");
            page.codes = write_codes(&mut page.out, categories, losses);
            page.out.push_str("</CodeBook>\n");
        }
        page.variables();
        if page.has_sources() {
            page.out.push_str("<Sources>\n");
        }
        page
    }

    fn has_sources(&self) -> bool {
        self.scope.documents().any(|document| document.is_read())
    }

    fn users(&mut self) {
        let mut ids: Vec<&AnnotatorId> = self.scope.project.annotators().iter().map(|a| &a.id).collect();
        let known: BTreeSet<&AnnotatorId> = ids.iter().copied().collect();
        let others: BTreeSet<&AnnotatorId> = self.scope.documents().flat_map(|d| d.layers.keys()).collect();
        ids.extend(others.difference(&known));
        ids.retain(|id| self.scope.annotators.as_ref().is_none_or(|chosen| chosen.contains(id)));
        if ids.is_empty() {
            return;
        }
        self.out.push_str("<Users>\n");
        for id in ids {
            let name = self.scope.project.name_of(id);
            let (guid, name, id) = (user_guid(id), escaped_value(name), escaped_value(id.as_str()));
            self.out.push_str(&format!("  <User guid=\"{guid}\" name=\"{name}\" id=\"{id}\"/>\n"));
        }
        self.out.push_str("</Users>\n");
    }

    fn variables(&mut self) {
        let date = self.scope.documents().any(|document| document.meta.date.is_some());
        let source = self.scope.documents().any(|document| !document.meta.source.is_empty());
        if !date && !source {
            return;
        }
        self.out.push_str("<Variables>\n");
        let sort = if self.days { "Date" } else { "Text" };
        for (name, sort, _) in [("Date", sort, date), ("Source", "Text", source)].iter().filter(|v| v.2) {
            let guid = variable_guid(name);
            let line = format!("  <Variable guid=\"{guid}\" name=\"{name}\" typeOfVariable=\"{sort}\"/>\n");
            self.out.push_str(&line);
        }
        self.out.push_str("</Variables>\n");
    }

    /// Everything that stands after the documents.
    fn end(&mut self, losses: &mut Losses) {
        if self.has_sources() {
            self.out.push_str("</Sources>\n");
        }
        if !self.notes.is_empty() {
            self.out.push_str(&format!("<Notes>\n{}</Notes>\n", self.notes));
        }
        let mut links = String::new();
        for (guid, kind, from, to) in &self.links {
            match (self.selections.of(*from), self.selections.of(*to)) {
                (Some(from), Some(to)) => {
                    let name = escaped_value(&self.kind_name(kind));
                    links.push_str(&format!(
                        "  <Link guid=\"{guid}\" name=\"{name}\" direction=\"OneWay\" originGUID=\"{from}\" targetGUID=\"{to}\"/>\n"
                    ));
                }
                _ => losses.add("links to passages that are not exported", 1),
            }
        }
        if !links.is_empty() {
            self.out.push_str(&format!("<Links>\n{links}</Links>\n"));
        }
        self.out.push_str("</Project>\n");
    }

    /// The name of a kind of link, if no other kind has it; else its id.
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

    fn flush(&mut self, packer: &mut Packer) -> Result<(), IoError> {
        packer.write_all(self.out.as_bytes()).map_err(broken)?;
        self.out.clear();
        Ok(())
    }

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
