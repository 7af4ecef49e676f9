//! Spans, their attributes, and links between them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use smol_str::SmolStr;

use super::{
    AttributeId, CategoryId, DocumentId, LinkId, LinkKindId, Provenance, Ranges, SpanId, Stamp, Text,
};

/// The attributes of a span, by id.
pub type Attributes = BTreeMap<AttributeId, Value>;

/// One tagged passage.
#[derive(Clone, PartialEq, Debug)]
pub struct Span {
    /// Its name for good.
    pub id: SpanId,
    /// What it is tagged as.
    pub category: CategoryId,
    /// Where it lies.
    pub ranges: Ranges,
    /// What else is said of it: who, towards whom, about what.
    pub attributes: Attributes,
    /// Free text of the annotator.
    pub note: String,
    /// When it was tagged.
    pub created: Stamp,
    /// When it was last changed.
    pub modified: Stamp,
    /// Where it comes from, if adjudication made it; stays whatever else becomes of the span.
    pub provenance: Option<Box<Provenance>>,
}

impl Span {
    /// The tagged words; several ranges are joined by one space, as brat does.
    pub fn quote(&self, text: &Text) -> String {
        self.ranges.quote(text)
    }
}

/// The value of an attribute.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// One choice of a list.
    Choice(SmolStr),
    /// Several choices of a list.
    Choices(BTreeSet<SmolStr>),
    /// Free text.
    Text(String),
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A date, `YYYY-MM-DD`.
    Date(SmolStr),
}

impl fmt::Display for Value {
    /// As people read it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Choice(text) | Self::Date(text) => f.write_str(text),
            Self::Choices(many) => {
                f.write_str(&many.iter().map(SmolStr::as_str).collect::<Vec<_>>().join(", "))
            }
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Flag(flag) => f.write_str(if *flag { "yes" } else { "no" }),
        }
    }
}

/// A directed, typed relation from a span of this layer to another span.
#[derive(Clone, PartialEq, Debug)]
pub struct Link {
    /// Its name for good.
    pub id: LinkId,
    /// What the relation says.
    pub kind: LinkKindId,
    /// The span it starts from; it stands in the same layer as the link.
    pub from: SpanId,
    /// The document of the other end.
    pub to_document: DocumentId,
    /// The other end.
    pub to: SpanId,
    /// When it was made.
    pub created: Stamp,
}
