//! Drafts: the content of a labelled file, into which every importer reads.
//!
//! A draft is not checked against a project. [`super::placing`] does that for all formats: it finds existing documents, the
//! positions of spans and the categories that names refer to, and refuses what does not fit.

use std::path::PathBuf;

use crate::{Loss, Problem};
use demarche_model::{AnchorKind, AnnotatorId, Codebook, Colour, Value};

/// The content of a labelled file.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Draft {
    /// Documents with their spans, in the order of the file.
    pub documents: Vec<DraftDocument>,
    /// The categories, attributes and link kinds of the file, used only for those that the project lacks.
    pub codebook: Codebook,
    /// Whether the categories of the file are imported even if no span uses them, as in a project of a QDA program.
    pub brings_codebook: bool,
    /// The annotators of the file.
    pub people: Vec<DraftPerson>,
    /// The memos of the file.
    pub memos: Vec<DraftMemo>,
    /// Changes of passages that the project has, by their ids.
    pub corrections: Vec<DraftCorrection>,
    /// Records that could not be read and were left out.
    pub problems: Vec<Problem>,
    /// Content that a project can't hold.
    pub losses: Vec<Loss>,
    /// The same of a file that belongs to several labelled files, with its path, so that it is counted once.
    pub shared_losses: Vec<(PathBuf, Loss)>,
    /// Findings that may be wrong, such as the unit of the offsets, as sentences.
    pub remarks: Vec<String>,
}

/// An annotator in a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DraftPerson {
    /// The name that spans use for them.
    pub id: String,
    /// Their name for people.
    pub name: String,
    /// Their colour, if the file has one.
    pub colour: Option<Colour>,
}

/// A memo in a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DraftMemo {
    /// Its subject.
    pub subject: DraftSubject,
    /// Its author, if the file names one.
    pub author: Option<String>,
    /// The text.
    pub text: String,
    /// When it was last changed, RFC 3339.
    pub modified: Option<String>,
}

/// The subject of a memo in a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DraftSubject {
    /// The whole project.
    Project,
    /// The document with an id of the file.
    Document(String),
    /// The category with an id or name.
    Category(String),
}

/// A row of a table that Demarche has written and a person has changed: the present content of a passage.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DraftCorrection {
    /// Its row in the file, from 1.
    pub line: Option<usize>,
    /// The id of the passage.
    pub id: String,
    /// The id of its category; `None` if the table lacks the column.
    pub category: Option<String>,
    /// The name of its category; `None` if the table lacks the column.
    pub category_name: Option<String>,
    /// Its words, which a table can't change.
    pub quote: Option<String>,
    /// Its note; `None` if the table lacks the column.
    pub note: Option<String>,
    /// Its values by id or name of the attribute, empty ones included.
    pub values: Vec<(String, String)>,
    /// When it was last changed before the table was written, RFC 3339.
    pub modified: Option<String>,
}

/// What is known of the document of passages whose text is not in the file. They are found by their words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Quoted {
    /// What the document may be called in the project: its title, file or source. Without any, all documents are searched.
    pub names: Vec<String>,
    /// What is known of the place of each span, in the order of the spans.
    pub hints: Vec<PlaceHint>,
}

/// What a file says about the place of a quote.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PlaceHint {
    /// The words before it.
    pub before: String,
    /// The words after it.
    pub after: String,
    /// The number of its paragraph, from 1.
    pub paragraph: Option<usize>,
}

/// A document of a file.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DraftDocument {
    /// Its line in the file, from 1.
    pub line: Option<usize>,
    /// The id that links use for it; unique in the draft.
    pub id: String,
    /// The id of its record in the file. Records of one file with the same text but different ids or titles are separate
    /// documents.
    pub record: Option<String>,
    /// Its title. Without one, the first line of the text is used.
    pub title: Option<String>,
    /// When it was published or said.
    pub date: Option<String>,
    /// Its author or speaker.
    pub author: Option<String>,
    /// Its source.
    pub source: Option<String>,
    /// The names of the sets that it is in.
    pub sets: Vec<String>,
    /// The name of the file with the text, if that is another file.
    pub file_name: Option<PathBuf>,
    /// Set if the text is not in the file, so that the spans have quotes, and no ranges.
    pub quoted: Option<Quoted>,
    /// The text, verbatim, with any line ends.
    pub text: String,
    /// Whether the text was rebuilt from tokens, so that its spacing is a guess. It then matches a document of the project
    /// whose text differs only in spacing.
    pub rebuilt: bool,
    /// Whether the file has only the words of its spans. The text is that of the project's document with its id or title.
    pub is_excerpt: bool,
    /// What the offsets of its spans count.
    pub counting: Counting,
    /// Whether the file leaves no doubt about that, so that nothing need be detected.
    pub is_settled: bool,
    /// Pages, headings and times, each with the offset at which it begins, in the unit of the spans.
    pub anchors: Vec<(i64, AnchorKind)>,
    /// Its spans.
    pub spans: Vec<DraftSpan>,
    /// Links that start in it.
    pub links: Vec<DraftLink>,
}

/// What offsets count.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Counting {
    /// The unit.
    pub unit: Unit,
    /// Line ends.
    pub line_ends: LineEnds,
}

impl From<Unit> for Counting {
    fn from(unit: Unit) -> Self {
        Self { unit, line_ends: LineEnds::default() }
    }
}

/// What a line end counts in offsets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum LineEnds {
    /// What the text of the file has; a byte order mark counts as well.
    #[default]
    AsWritten,
    /// One, also where the text has CR LF, as in browsers. A byte order mark does not count.
    One,
    /// Two, also where the text has LF, as on Windows.
    Two,
}

/// A unit of offsets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Unit {
    /// Unicode scalar values, as in Python.
    #[default]
    Characters,
    /// UTF-16 code units, as in Java and JavaScript.
    Utf16,
}

/// A span of a file.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DraftSpan {
    /// Its line in the file, from 1.
    pub line: Option<usize>,
    /// The id that links use for it. It becomes the id of the span if it is a UUID that is not in use.
    pub id: Option<String>,
    /// Its annotator, if the file names one.
    pub annotator: Option<String>,
    /// The id or name of its category.
    pub category: String,
    /// Its ranges, half-open, as the document is [`Counting`], in any order. Offsets outside the text, including negative
    /// ones, are refused.
    pub ranges: Vec<(i64, i64)>,
    /// Its quote, with ranges joined by a space; it is compared with the text.
    pub quote: Option<String>,
    /// Its values, by id or name of the attribute.
    pub attributes: Vec<(String, DraftValue)>,
    /// The note.
    pub note: String,
    /// When it was tagged, RFC 3339.
    pub created: Option<String>,
    /// When it was last changed, RFC 3339.
    pub modified: Option<String>,
    /// Its provenance, if it comes from adjudication.
    pub provenance: Option<DraftProvenance>,
}

/// The provenance of a span of the consensus in a file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DraftProvenance {
    /// The annotators and spans of the same document that it was made from.
    pub from: Vec<(String, String)>,
    /// The annotators and spans that it was preferred to.
    pub over: Vec<(String, String)>,
    /// Whether nobody else has read the document.
    pub is_single: bool,
    /// The person who decided.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
}

/// The value of an attribute in a file.
#[derive(Clone, PartialEq, Debug)]
pub enum DraftValue {
    /// A value whose kind is evident from the file.
    Of(Value),
    /// A bare word: of the kind that the codebook defines, or otherwise a choice.
    Word(String),
    /// Several bare words: several choices.
    Words(Vec<String>),
}

/// A link of a file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DraftLink {
    /// Its line in the file, from 1.
    pub line: Option<usize>,
    /// Its own id.
    pub id: Option<String>,
    /// The id or name of its kind.
    pub kind: String,
    /// The id of the span at its start, in the same document.
    pub from: String,
    /// The id of the span at its end.
    pub to: String,
    /// The id of the document of its end; `None` for the same document.
    pub to_document: Option<String>,
    /// When it was created, RFC 3339.
    pub created: Option<String>,
}

/// The annotator to whom the spans of a file are assigned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SpanOwner<'a> {
    /// This annotator, regardless of the file.
    All(&'a AnnotatorId),
    /// The annotator in the file, or this one if the file names none.
    Unsigned(&'a AnnotatorId),
    /// The annotator in the file. If the file names none, nothing is imported.
    Named,
}
