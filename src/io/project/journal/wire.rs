//! The payload of a record: a line of RON that describes its parts, then their contents, in the formats of the
//! project's files.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Deserialize;

use super::super::compose::{Record, joined, string, strings};
use super::super::folder::FileKey;
use super::super::original::is_ending;
use demarche_model::{
    AnnotatorId, DocumentId, LayerId, LinkId, NotesPart, SpanId, TextId, ViewId, check_file_id,
};
use uuid::Uuid;

/// The format of journals.
pub(super) const FORMAT: u32 = 1;

/// The first record of a journal, which names its owner.
#[derive(Deserialize)]
#[serde(rename = "journal")]
pub(super) struct WireOwner {
    pub format: u32,
    pub person: String,
    pub machine: String,
}

/// The first line of any other record.
#[derive(Deserialize)]
#[serde(rename = "step", deny_unknown_fields)]
pub(super) struct WireStep {
    /// The number of the step; it never decreases.
    pub seq: u64,
    /// Parts of the step, in the order of their contents.
    #[serde(default)]
    pub parts: Vec<WirePart>,
    /// Set if the record says what has been saved instead.
    #[serde(default)]
    pub saved: Option<WireSaved>,
}

/// The steps that the project's files hold.
#[derive(Deserialize)]
#[serde(rename = "saved", deny_unknown_fields)]
pub(super) struct WireSaved {
    /// The last of these steps.
    pub until: u64,
    /// The files that were not saved.
    #[serde(default)]
    pub except: Vec<WireFile>,
}

/// A part of a step.
#[derive(Deserialize)]
#[serde(rename = "part", deny_unknown_fields)]
pub(super) struct WirePart {
    pub kind: WireKind,
    /// Length of its content, in bytes.
    #[serde(default)]
    pub bytes: usize,
    pub file: Option<WireFile>,
    /// Spans of a layer, or decisions of a review, that were removed.
    #[serde(default)]
    pub removed: Vec<String>,
    /// Links of a layer that were removed.
    #[serde(default)]
    pub removed_links: Vec<String>,
    /// Whether the status of the layer was set.
    #[serde(default)]
    pub status: bool,
    /// Whether the content has all records of the layer that could not be placed.
    #[serde(default)]
    pub detached: bool,
    /// The records that could not be placed and were removed.
    #[serde(default)]
    pub dropped: Vec<String>,
    /// Spans that are included only so that others are read as in the complete file.
    #[serde(default)]
    pub context: Vec<String>,
    /// Number of unchanged bytes at the start of `project.ron`.
    #[serde(default)]
    pub front: usize,
    /// Number of unchanged bytes at its end.
    #[serde(default)]
    pub back: usize,
    /// The person who made a step of the history.
    pub who: Option<String>,
    /// The number of that step.
    #[serde(default)]
    pub number: usize,
}

/// A kind of part.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum WireKind {
    /// `project.ron` as it was last seen.
    Base,
    /// `project.ron`, as a difference to the one before.
    Project,
    /// The entries set in a layer.
    Layer,
    /// The decisions set in a review.
    Review,
    /// A whole file.
    File,
    /// A file that was removed.
    Gone,
    /// A step of the history.
    Log,
}

/// A file of the project.
#[derive(Deserialize)]
#[serde(rename = "file")]
pub(super) enum WireFile {
    Project,
    Text(String, u32),
    Anchors(String, u32),
    Original(String, u32, String),
    Layer(String, String),
    /// The part of the consensus that an adjudicator decided.
    Consensus(String, String),
    Review(String, String),
    View(String, String),
    Calendar(String),
    Dismissed(String),
    Memos(String),
}

impl WireFile {
    /// Returns the file; `None` if its ids can't be file names.
    pub fn key(&self) -> Option<FileKey> {
        let document = |id: &str| check_file_id(id).ok().map(|()| DocumentId::new(id));
        let person = |id: &str| check_file_id(id).ok().map(|()| AnnotatorId::new(id));
        let text = |id: &str, version| Some(TextId::new(&document(id)?, version));
        Some(match self {
            Self::Project => FileKey::Project,
            Self::Text(id, version) => FileKey::Text(text(id, *version)?),
            Self::Anchors(id, version) => FileKey::Anchors(text(id, *version)?),
            Self::Original(id, version, ending) if is_ending(ending) => {
                FileKey::Original(text(id, *version)?, ending.into())
            }
            Self::Original(..) => return None,
            Self::Layer(id, owner) => FileKey::Layer(LayerId::new(&document(id)?, &person(owner)?)),
            Self::Consensus(id, adjudicator) => {
                let owner = AnnotatorId::consensus_of(&person(adjudicator)?);
                FileKey::Layer(LayerId::new(&document(id)?, &owner))
            }
            Self::Review(id, reviewer) => FileKey::Review(document(id)?, person(reviewer)?),
            Self::View(owner, id) => {
                let id = ViewId(Uuid::try_parse(id).ok()?);
                FileKey::AnalysisNotes(person(owner)?, NotesPart::View(id))
            }
            Self::Calendar(owner) => FileKey::AnalysisNotes(person(owner)?, NotesPart::Calendar),
            Self::Dismissed(owner) => FileKey::AnalysisNotes(person(owner)?, NotesPart::Dismissed),
            Self::Memos(owner) => FileKey::AnalysisNotes(person(owner)?, NotesPart::Memos),
        })
    }
}

/// Writes a file in the form that [`WireFile`] reads.
pub(super) fn write_file(out: &mut String, key: &FileKey) {
    let mut call = |name: &str, ids: &[&str], version: Option<u32>| {
        out.push_str(name);
        out.push('(');
        string(out, ids.first().unwrap_or(&""));
        if let Some(version) = version {
            let _ = write!(out, ", {version}");
        }
        for id in ids.iter().skip(1) {
            out.push_str(", ");
            string(out, id);
        }
        out.push(')');
    };
    match key {
        FileKey::Project => out.push_str("Project"),
        FileKey::Text(text) => call("Text", &[text.document.as_str()], Some(text.version)),
        FileKey::Anchors(text) => call("Anchors", &[text.document.as_str()], Some(text.version)),
        FileKey::Original(text, ending) => {
            call("Original", &[text.document.as_str(), ending], Some(text.version));
        }
        FileKey::Layer(layer) => match layer.annotator.adjudicator() {
            Some(by) => call("Consensus", &[layer.document.as_str(), by.as_str()], None),
            None => call("Layer", &[layer.document.as_str(), layer.annotator.as_str()], None),
        },
        FileKey::Review(document, reviewer) => {
            call("Review", &[document.as_str(), reviewer.as_str()], None);
        }
        FileKey::AnalysisNotes(owner, part) => match part {
            NotesPart::View(id) => call("View", &[owner.as_str(), &id.to_string()], None),
            NotesPart::Calendar => call("Calendar", &[owner.as_str()], None),
            NotesPart::Dismissed => call("Dismissed", &[owner.as_str()], None),
            NotesPart::Memos => call("Memos", &[owner.as_str()], None),
        },
    }
}

/// Returns the first record of a journal.
pub(super) fn owner(person: &str, machine: &str) -> String {
    let mut out = String::new();
    let mut record = Record::new(&mut out);
    record.field("format").push_str(&FORMAT.to_string());
    record.text("person", person).text("machine", machine).end();
    out
}

/// Returns the record, to follow the step `seq`, of what has been saved.
pub(super) fn saved(seq: u64, until: u64, except: &BTreeSet<FileKey>) -> String {
    let mut out = String::new();
    let mut step = Record::new(&mut out);
    let _ = write!(step.field("seq"), "{seq}");
    let mut saved = Record::new(step.field("saved"));
    let _ = write!(saved.field("until"), "{until}");
    if !except.is_empty() {
        joined(saved.field("except"), ['[', ']'], except, write_file);
    }
    saved.end();
    step.end();
    out.push('\n');
    out
}

/// A part that is being written. Fields that are empty are left out.
pub(super) struct PartHead {
    pub kind: WireKind,
    pub file: Option<FileKey>,
    pub removed: Vec<SpanId>,
    pub removed_links: Vec<LinkId>,
    pub status: bool,
    pub detached: bool,
    pub dropped: Vec<String>,
    pub context: Vec<SpanId>,
    pub front: usize,
    pub back: usize,
    pub log: Option<(AnnotatorId, usize)>,
}

impl PartHead {
    /// Returns the head of a part of this kind, with no fields.
    pub fn new(kind: WireKind, file: Option<FileKey>) -> Self {
        Self {
            kind,
            file,
            removed: Vec::new(),
            removed_links: Vec::new(),
            status: false,
            detached: false,
            dropped: Vec::new(),
            context: Vec::new(),
            front: 0,
            back: 0,
            log: None,
        }
    }

    fn write(&self, out: &mut String, bytes: usize) {
        let mut record = Record::new(out);
        let _ = write!(record.field("kind"), "{:?}", self.kind);
        if bytes > 0 {
            let _ = write!(record.field("bytes"), "{bytes}");
        }
        if let Some(key) = &self.file {
            write_file(record.field("file"), key);
        }
        write_ids(&mut record, "removed", &self.removed);
        write_ids(&mut record, "removed_links", &self.removed_links);
        for (name, is_set) in [("status", self.status), ("detached", self.detached)] {
            if is_set {
                record.field(name).push_str("true");
            }
        }
        if !self.dropped.is_empty() {
            strings(record.field("dropped"), &self.dropped);
        }
        write_ids(&mut record, "context", &self.context);
        for (name, count) in [("front", self.front), ("back", self.back)] {
            if count > 0 {
                let _ = write!(record.field(name), "{count}");
            }
        }
        if let Some((who, number)) = &self.log {
            record.text("who", who.as_str());
            let _ = write!(record.field("number"), "{number}");
        }
        record.end();
    }
}

fn write_ids(record: &mut Record<'_>, name: &str, ids: &[impl std::fmt::Display]) {
    if !ids.is_empty() {
        joined(record.field(name), ['[', ']'], ids, |out, id| {
            let _ = write!(out, "\"{id}\"");
        });
    }
}

/// Returns the record of a step with these parts, each with its content.
pub(super) fn step(seq: u64, parts: &[(PartHead, String)]) -> String {
    let contents: usize = parts.iter().map(|(_, content)| content.len()).sum();
    let mut out = String::with_capacity(contents + 256);
    let mut record = Record::new(&mut out);
    let _ = write!(record.field("seq"), "{seq}");
    joined(record.field("parts"), ['[', ']'], parts, |out, (head, content)| head.write(out, content.len()));
    record.end();
    out.push('\n');
    parts.iter().for_each(|(_, content)| out.push_str(content));
    out
}

/// Parses ids; `None` if one is not an id.
pub(super) fn ids<T>(texts: &[String], id: impl Fn(Uuid) -> T) -> Option<Vec<T>> {
    texts.iter().map(|text| Uuid::try_parse(text).ok().map(&id)).collect()
}
