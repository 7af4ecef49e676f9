//! Spans, and links between them.

use super::{
    Attributes, CategoryId, DocumentId, LinkId, LinkKindId, Provenance, Ranges, SpanId, Stamp, Text,
};

/// A tagged passage: a category over one or more ranges of a document, by one annotator.
///
/// ```
/// use demarche_model::{Ranges, Span, SpanId, Stamp, Text, TextRange, Value};
///
/// let text = Text::new("Norvania will suspend the talks unless the port reopens.");
/// let ranges = Ranges::new([TextRange::new(0, 13), TextRange::new(39, 55)]).unwrap();
/// let mut span = Span::new(SpanId(uuid::Uuid::now_v7()), "threat".into(), ranges, Stamp(1_773_478_440));
/// assert_eq!(span.quote(&text), "Norvania will the port reopens");
///
/// span.attributes.insert("actor".into(), Value::Choice("Norvania".into()));
/// span.note = "conditional".to_owned();
/// ```
///
/// Two spans are equal only if every field is:
///
/// ```
/// use demarche_model::{Ranges, Span, SpanId, Stamp, TextRange};
///
/// let ranges = Ranges::one(TextRange::new(0, 8)).unwrap();
/// let span = Span::new(SpanId(uuid::Uuid::now_v7()), "threat".into(), ranges, Stamp(10));
/// let changed = Span { category: "demand".into(), modified: Stamp(20), ..span.clone() };
/// assert!(changed.id == span.id && changed.ranges == span.ranges);
/// assert_ne!(changed, span);
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct Span {
    /// Its id, never reused.
    pub id: SpanId,
    /// Its category.
    pub category: CategoryId,
    /// Its position in the text.
    pub ranges: Ranges,
    /// The values of its attributes: who, towards whom, about what.
    pub attributes: Attributes,
    /// The annotator's note.
    pub note: String,
    /// When it was tagged.
    pub created: Stamp,
    /// When it was last changed.
    pub modified: Stamp,
    /// The spans that adjudication made it from, kept through all later changes. `None` for any other span.
    pub provenance: Option<Box<Provenance>>,
}

impl Span {
    /// A span without attributes and note, not changed since it was tagged.
    pub fn new(id: SpanId, category: CategoryId, ranges: Ranges, created: Stamp) -> Self {
        Self {
            id,
            category,
            ranges,
            attributes: Attributes::new(),
            note: String::new(),
            created,
            modified: created,
            provenance: None,
        }
    }

    /// The tagged words; those of several ranges are joined by one space, as in brat.
    pub fn quote(&self, text: &Text) -> String {
        self.ranges.quote(text)
    }
}

/// A directed, typed relation between two spans.
#[derive(Clone, PartialEq, Debug)]
pub struct Link {
    /// Its id, never reused.
    pub id: LinkId,
    /// The kind of relation.
    pub kind: LinkKindId,
    /// The span that it starts from, in the same layer.
    pub from: SpanId,
    /// The document of the span that it leads to.
    pub to_document: DocumentId,
    /// The span that it leads to.
    pub to: SpanId,
    /// When it was made.
    pub created: Stamp,
}
