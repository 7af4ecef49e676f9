//! What a file brings, as the file says it: the form that every importer of labelled spans reads into.
//!
//! A draft is not checked against any project. [`super::placing`] does that for all formats alike: it finds the documents
//! that are here already, the places of spans, the categories that names mean, and refuses what does not fit.

use std::path::PathBuf;

use crate::{Loss, Problem};
use demarche_model::{AnchorKind, AnnotatorId, Codebook, Colour, Value};

/// What a file brings.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Draft {
    /// Documents with their spans, in the order of the file.
    pub documents: Vec<DraftDocument>,
    /// What the file says of categories, attributes and kinds of link; it counts only for those that the project lacks.
    pub codebook: Codebook,
    /// What the file says of people.
    pub people: Vec<DraftPerson>,
    /// What could not be read, and was left out.
    pub problems: Vec<Problem>,
    /// What could be read, and a project can't hold.
    pub losses: Vec<Loss>,
    /// What was found out and may be doubted, such as the unit of the offsets: whole sentences.
    pub remarks: Vec<String>,
}

/// Somebody whom a file names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DraftPerson {
    /// What spans call them by.
    pub id: String,
    /// Their name for people.
    pub name: String,
    /// Their colour, if the file has one.
    pub colour: Option<Colour>,
}

/// A document of a file.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DraftDocument {
    /// Where in the file it stands: a line, from 1.
    pub line: Option<usize>,
    /// What links call it by; unique in the draft.
    pub id: String,
    /// The id that the file gives its record. Records of one file with the same text but different ids or titles are
    /// documents of their own.
    pub record: Option<String>,
    /// Its title; without one the first line of the text is taken.
    pub title: Option<String>,
    /// When it was published or said.
    pub date: Option<String>,
    /// Who wrote or said it.
    pub author: Option<String>,
    /// Where it is from.
    pub source: Option<String>,
    /// The name of the file that the text came from, if it is not the one that is read.
    pub file_name: Option<PathBuf>,
    /// The text, word for word, with whatever line ends.
    pub text: String,
    /// Whether the text was put together from tokens, so that its spacing is a guess. A document of the project with the
    /// same text but for spacing is the one that is meant.
    pub rebuilt: bool,
    /// What the offsets of its spans count.
    pub unit: Unit,
    /// Pages, headings and times, each with the place where it begins, counted as the offsets of spans are.
    pub anchors: Vec<(i64, AnchorKind)>,
    /// Its spans.
    pub spans: Vec<DraftSpan>,
    /// Links that start in it.
    pub links: Vec<DraftLink>,
}

/// What offsets count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Unit {
    /// Unicode scalar values, as Python does.
    #[default]
    Characters,
    /// UTF-16 code units, as Java and JavaScript do.
    Utf16,
}

/// A span of a file.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DraftSpan {
    /// Where in the file it stands: a line, from 1.
    pub line: Option<usize>,
    /// What links call it by; it stays the span's id if it is a UUID and free.
    pub id: Option<String>,
    /// Who tagged it, if the file says so.
    pub annotator: Option<String>,
    /// The id or name of its category.
    pub category: String,
    /// Its ranges, half-open, in the document's [`Unit`], in any order. Negative offsets are refused with all others that lie
    /// outside the text.
    pub ranges: Vec<(i64, i64)>,
    /// The words that it says it tags, ranges joined by a space; they are compared.
    pub quote: Option<String>,
    /// What is said of it, by id or name of the attribute.
    pub attributes: Vec<(String, DraftValue)>,
    /// The note.
    pub note: String,
    /// When it was tagged, RFC 3339.
    pub created: Option<String>,
    /// When it was last changed, RFC 3339.
    pub modified: Option<String>,
    /// Where it comes from, if adjudication made it.
    pub provenance: Option<DraftProvenance>,
}

/// Where a span of the consensus comes from, as a file has it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DraftProvenance {
    /// Annotators and spans of the same document that it was made of.
    pub from: Vec<(String, String)>,
    /// Those that it was preferred to.
    pub over: Vec<(String, String)>,
    /// Who decided.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
}

/// The value of an attribute as a file has it.
#[derive(Clone, PartialEq, Debug)]
pub enum DraftValue {
    /// Its kind shows in the file.
    Of(Value),
    /// A bare word: what the codebook says that the attribute takes, else a choice.
    Word(String),
    /// Several bare words: several choices.
    Words(Vec<String>),
}

/// A link of a file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DraftLink {
    /// Where in the file it stands: a line, from 1.
    pub line: Option<usize>,
    /// Its own id.
    pub id: Option<String>,
    /// The id or name of its kind.
    pub kind: String,
    /// The id of the span that it starts from, in the same document.
    pub from: String,
    /// The id of the span that it leads to.
    pub to: String,
    /// The id of the document of the other end; `None` for the same one.
    pub to_document: Option<String>,
    /// When it was made, RFC 3339.
    pub created: Option<String>,
}

/// Whose the spans of a file are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whose<'a> {
    /// This one's, whatever the file says.
    All(&'a AnnotatorId),
    /// Theirs whom the file names; this one's where it names nobody.
    Unsigned(&'a AnnotatorId),
    /// Theirs whom the file names; where it names nobody, nothing comes in.
    Named,
}
