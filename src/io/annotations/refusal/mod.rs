//! Reasons for which a file of annotations, or a part of it, is not imported.

mod corrections;

use thiserror::Error;

use crate::ProblemKind;
use crate::database::DatabaseFault;
use crate::decode::DecodeError;
use crate::words::counted;
pub(super) use corrections::CorrectionFault;
use demarche_analysis::mismatch::Mismatch;
use demarche_model::{AnnotatorId, DocumentId, ValueFault};

/// The reason why something in a file of annotations is not imported.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub(super) enum Refusal {
    #[error(transparent)]
    File(#[from] FileFault),
    #[error(transparent)]
    Document(#[from] DocumentFault),
    #[error(transparent)]
    Record(#[from] RecordFault),
    #[error(transparent)]
    Span(#[from] SpanFault),
    #[error(transparent)]
    Link(#[from] LinkFault),
    #[error(transparent)]
    Correction(#[from] CorrectionFault),
}

impl Refusal {
    /// Returns the kind of problem.
    pub fn kind(&self) -> ProblemKind {
        match self {
            Self::File(fault) => fault.kind(),
            Self::Document(fault) => fault.kind(),
            Self::Record(fault) => fault.kind(),
            Self::Span(fault) => fault.kind(),
            Self::Link(fault) => fault.kind(),
            Self::Correction(fault) => fault.kind(),
        }
    }
}

/// A fault of a file as a whole.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub(super) enum FileFault {
    #[error("the file can't be read as JSON ({0}); it may be cut off or damaged")]
    NoJson(String),
    #[error("this is JSON, but not one document per line; write it as JSONL")]
    NoLines,
    /// Not the text that it should be.
    #[error(transparent)]
    NotText(#[from] DecodeError),
    /// Not valid in its format.
    #[error("the {what} can't be read: {why}")]
    Broken { what: &'static str, why: String },
    /// An archive that can't be opened.
    #[error("the {what} can't be read: {why}")]
    Closed { what: &'static str, why: String },
    /// A project in a database.
    #[error("the project of {program} can't be read: {why}")]
    Database { program: &'static str, why: DatabaseFault },
    #[error(
        "this table has no columns of coded passages, such as `Code` and `Segment`, and none of Demarche's own, such as \
         `span` and `category`; see the manual for the columns that are read"
    )]
    NoPassages,
    #[error("this is not WebAnno TSV 3: it does not start with {0}")]
    NotWebAnno(&'static str),
    #[error("the labelling configuration next to the file can't be read: {0}")]
    Configuration(String),
    #[error("the text of this file, {path}, can't be read ({why}); put it next to this file")]
    TextUnread { path: String, why: String },
    #[error("{0} is not a text; replace it with the text of this file")]
    TextBinary(String),
    #[error(
        "the text of `{source_name}` is not in this file, so {count} of its passages can't be imported; put the text into \
         the file as the `value` of the source, or next to it under the name that the source gives"
    )]
    SourceMissing { source_name: String, count: usize },
    #[error("the source is missing in {}; put the text next to this file, as {text}", counted(*count, "annotation", "annotations"))]
    NoSource { count: usize, text: String },
}

impl FileFault {
    fn kind(&self) -> ProblemKind {
        match self {
            Self::Configuration(_) | Self::Closed { .. } | Self::Database { .. } => ProblemKind::Unreadable,
            Self::TextUnread { .. } | Self::SourceMissing { .. } | Self::NoSource { .. } => {
                ProblemKind::Missing
            }
            Self::TextBinary(_) | Self::NotText(_) => ProblemKind::NotImported,
            Self::NoJson(_)
            | Self::Broken { .. }
            | Self::NotWebAnno(_)
            | Self::NoLines
            | Self::NoPassages => ProblemKind::Malformed,
        }
    }
}

/// A fault of a document.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub(super) enum DocumentFault {
    #[error("there is no `text`")]
    NoText,
    #[error("there is no text; Demarche imports only tasks with texts")]
    NoTaskText,
    #[error("the text of this document is empty")]
    EmptyText,
    #[error("this may be the text of `{0}`, which can't be read; fix that first")]
    UnreadDocument(DocumentId),
    #[error("the file of {annotator} for `{document}` can't be read; fix it first")]
    UnreadLayer { annotator: AnnotatorId, document: DocumentId },
    #[error("“{title}” and its {} were not imported: {why}", counted(*selections, "selection", "selections"))]
    TextMissing { title: String, selections: usize, why: String },
    #[error(
        "none of {} starts and ends with a word, however line ends and characters such as 👩 are counted; \
         export the file again, with the words of each passage", counted(*spans, "passage", "passages")
    )]
    NoReading { spans: usize },
    #[error(
        "the project has no document “{title}”, and the file has only the words of its passages; import the document first"
    )]
    NoDocument { title: String },
    #[error(
        "the project has several documents “{title}”; give them different titles, then import the file again"
    )]
    AmbiguousDocument { title: String },
    #[error("the date `{0}` is not like 2026-03-14; it was left out")]
    Date(String),
    #[error("an anchor can't be read ({0})")]
    Anchor(String),
    #[error("an anchor needs one of `page`, `heading` and `time`")]
    AnchorKind,
    #[error("this sentence starts before the previous one ends")]
    SentenceOrder,
    #[error("this sentence starts at {0}, far beyond the previous one")]
    SentenceGap(usize),
    #[error("“{word}” is not at {start}–{end} in the text; the sentence was left out")]
    SentenceWord { word: String, start: usize, end: usize },
}

impl DocumentFault {
    fn kind(&self) -> ProblemKind {
        match self {
            Self::EmptyText | Self::TextMissing { .. } | Self::AmbiguousDocument { .. } => {
                ProblemKind::NotImported
            }
            Self::NoDocument { .. } => ProblemKind::Missing,
            Self::UnreadDocument(_) | Self::UnreadLayer { .. } => ProblemKind::Unreadable,
            Self::NoText
            | Self::NoTaskText
            | Self::NoReading { .. }
            | Self::Date(_)
            | Self::Anchor(_)
            | Self::AnchorKind
            | Self::SentenceOrder
            | Self::SentenceGap(_)
            | Self::SentenceWord { .. } => ProblemKind::Malformed,
        }
    }
}

/// A fault of a line.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub(super) enum RecordFault {
    #[error("this line is not a document in JSON ({0})")]
    Line(String),
    #[error("the line has no tab after its id")]
    NoTab,
    #[error("the id `{0}` is used above")]
    DuplicateId(String),
    #[error("a line can't start with `{0}`")]
    UnknownLine(String),
    #[error("the line is about `{0}`, which is not in the file")]
    UnknownTarget(String),
    #[error("the line “{0}” has no columns for token and tag")]
    Columns(String),
    #[error("the row “{0}” has no id, offsets and token")]
    Row(String),
    #[error("an attribute is not like `name T1 value`")]
    Attribute,
    #[error("a note is not like `type T1`, a tab and its words")]
    Note,
}

impl RecordFault {
    fn kind(&self) -> ProblemKind {
        match self {
            Self::DuplicateId(_) => ProblemKind::DuplicateId,
            Self::UnknownTarget(_) => ProblemKind::DanglingLink,
            Self::Line(_)
            | Self::NoTab
            | Self::UnknownLine(_)
            | Self::Columns(_)
            | Self::Row(_)
            | Self::Attribute
            | Self::Note => ProblemKind::Malformed,
        }
    }
}

/// A fault of a span.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub(super) enum SpanFault {
    #[error("a span can't be read ({0})")]
    Span(String),
    #[error("the passage with the id {id} can't be read: {why}")]
    Passage { id: String, why: Box<Self> },
    #[error("its attributes are not JSON ({0})")]
    Attributes(String),
    #[error("a span has no label")]
    NoLabel,
    #[error("a span has no category")]
    NoCategory,
    #[error("a coding uses a code that is not in the file")]
    UnknownCode,
    #[error("a label is not `[start, end, name]`")]
    Label,
    #[error("the start and end of a label are not whole numbers")]
    LabelRange,
    #[error("`{start}` and `{end}` of a span are not whole numbers")]
    Range { start: &'static str, end: &'static str },
    #[error("a span has neither `start` and `end` nor `ranges`")]
    NoRange,
    #[error("`start` and `end` of a span do not match its `ranges`")]
    RangesMismatch,
    #[error("its ranges are not like `3 5;8 12`")]
    Ranges,
    #[error("a passage has no offsets")]
    NoOffsets,
    #[error("`{0}` are not offsets")]
    Offsets(String),
    #[error("a selection has no positions")]
    NoPositions,
    #[error("these words are in no document of the project: “{0}”; import the document first")]
    WordsMissing(String),
    #[error(
        "these words are at {places} places, and nothing tells which is meant; tag them by hand: “{words}”"
    )]
    SeveralPlaces { words: String, places: usize },
    #[error("a cell holds at most 32,767 characters, and the words of this passage were cut there: “{0}”")]
    CutWords(String),
    #[error("the passages of this file have too many words to search the texts for; divide it")]
    TooManyWords,
    #[error(
        "the words that were highlighted are not at the place of this highlight; highlight them again in Taguette"
    )]
    MovedHighlight,
    #[error("a target has no selector of text positions or quotes")]
    NoSelector,
    #[error("the span {start}–{end} is outside the text of {length} characters")]
    OutsideText { start: i64, end: i64, length: usize },
    #[error("a span is empty")]
    EmptySpan,
    #[error("a position is too far into the text")]
    TooFar,
    #[error("the quote of the span is not the text at its place: {0}")]
    QuoteMismatch(Mismatch),
    #[error("“{0}” is not in the text")]
    QuoteMissing(String),
    #[error("“{0}” is in the text more than once")]
    QuoteAmbiguous(String),
    #[error("the file has too many quotes without offsets")]
    TooManyQuotes,
    #[error("the trigger of an event is not a passage")]
    NoTrigger,
    #[error("the attribute `{name}` has an unsupported value: {value}")]
    Value { name: String, value: String },
    #[error("{0}; it was kept as a text")]
    WrongValue(ValueFault),
    #[error("{0}; it was kept")]
    UnlistedValue(ValueFault),
    #[error("`{0}` is not a time")]
    Time(String),
    #[error("a passage comes from the span `{0}`, which was not imported")]
    Origin(String),
}

impl SpanFault {
    fn kind(&self) -> ProblemKind {
        match self {
            Self::UnknownCode => ProblemKind::UnknownCategory,
            Self::OutsideText { .. } | Self::EmptySpan => ProblemKind::OutsideText,
            Self::QuoteMismatch(_) | Self::MovedHighlight => ProblemKind::QuoteMismatch,
            Self::WrongValue(_) | Self::UnlistedValue(_) => ProblemKind::AttributeValue,
            Self::Span(_)
            | Self::Passage { .. }
            | Self::Attributes(_)
            | Self::NoLabel
            | Self::NoCategory
            | Self::Label
            | Self::LabelRange
            | Self::Range { .. }
            | Self::NoRange
            | Self::RangesMismatch
            | Self::Ranges
            | Self::NoOffsets
            | Self::Offsets(_)
            | Self::NoPositions
            | Self::NoSelector
            | Self::TooFar
            | Self::QuoteMissing(_)
            | Self::QuoteAmbiguous(_)
            | Self::TooManyQuotes
            | Self::WordsMissing(_)
            | Self::SeveralPlaces { .. }
            | Self::CutWords(_)
            | Self::TooManyWords
            | Self::NoTrigger
            | Self::Value { .. }
            | Self::Time(_)
            | Self::Origin(_) => ProblemKind::Malformed,
        }
    }
}

/// A fault of a link.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub(super) enum LinkFault {
    #[error("a link can't be read ({0})")]
    Link(String),
    #[error("a link has no kind")]
    NoLinkKind,
    #[error("a relation has no label")]
    NoRelationLabel,
    #[error("a relation lacks `from_id`, `to_id` or `type`")]
    RelationParts,
    #[error("a relation is not like `kind Arg1:T1 Arg2:T2`")]
    RelationForm,
    #[error("a relation has no source")]
    NoRelationSource,
    #[error("`{0}` is not the source of a relation")]
    RelationSource(String),
    #[error("a relation joins {from} and {to}, which are not both passages")]
    NotPassages { from: String, to: String },
    #[error("`{0}` does not lead to a passage or an event")]
    Role(String),
    #[error("a link starts at the span `{0}`, which was not imported")]
    LinkStart(String),
    #[error("a link leads to the span `{0}`, which is neither in the import nor in the project")]
    LinkEnd(String),
    #[error("a link leads to the span `{0}`, which several documents have; name the document as well")]
    AmbiguousEnd(String),
    #[error("a link joins annotations that were not imported")]
    LinkEnds,
}

impl LinkFault {
    fn kind(&self) -> ProblemKind {
        match self {
            Self::NotPassages { .. }
            | Self::Role(_)
            | Self::LinkStart(_)
            | Self::LinkEnd(_)
            | Self::AmbiguousEnd(_)
            | Self::LinkEnds => ProblemKind::DanglingLink,
            Self::Link(_)
            | Self::NoLinkKind
            | Self::NoRelationLabel
            | Self::RelationParts
            | Self::RelationForm
            | Self::NoRelationSource
            | Self::RelationSource(_) => ProblemKind::Malformed,
        }
    }
}
