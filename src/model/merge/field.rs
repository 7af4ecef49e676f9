//! The fields of records that a merge compares one by one.

use crate::AttributeId;

/// A field of a record.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Field {
    /// The name of the project.
    ProjectName,
    /// A field of a person.
    Annotator(AnnotatorField),
    /// A field of a category.
    Category(CategoryField),
    /// The category that replaces one that is gone.
    AliasTarget,
    /// A field of an attribute's definition.
    Attribute(AttributeField),
    /// A field of a kind of link.
    LinkKind(LinkKindField),
    /// A relation between actors or issues.
    Relation(RelationField),
    /// A field of an entry in the list of documents.
    Document(DocumentField),
    /// The name of a set of documents.
    DocumentSetName,
    /// A field of a span.
    Span(SpanField),
    /// A field of a link.
    Link(LinkField),
    /// A field of a decision.
    Decision(DecisionField),
    /// A field of a saved view.
    View(ViewField),
    /// A field of an event.
    Event(EventField),
    /// A field of a phase.
    Phase(PhaseField),
    /// The text of a memo.
    Memo,
}

/// A field of an [`Annotator`](crate::Annotator).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AnnotatorField {
    Name,
    Colour,
    /// The key: two people have the same id.
    Key,
    /// Everything else.
    Work,
}

/// A field of a [`Category`](crate::Category).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CategoryField {
    Name,
    Colour,
    Hotkey,
    Parent,
    Definition,
    Include,
    Exclude,
    Examples,
    Codes,
    Retired,
}

/// A field of an [`AttributeDef`](crate::AttributeDef).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AttributeField {
    Name,
    Kind,
    Categories,
    Default,
    Hotkey,
    Definition,
    Means,
    Unit,
}

/// A field of a [`LinkKind`](crate::LinkKind).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum LinkKindField {
    Name,
    Definition,
    Answers,
}

/// The value of a [`RelationKey`](crate::RelationKey).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RelationField {
    Members,
    Party,
    IssueAbove,
}

/// A field of a [`DocumentMeta`](crate::DocumentMeta).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DocumentField {
    Title,
    Date,
    Source,
    Author,
    /// The text, and everything else that describes it.
    Text,
}

/// A field of a [`Span`](crate::Span).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SpanField {
    Category,
    Ranges,
    Attribute(AttributeId),
    Note,
    Provenance,
}

/// A field of a [`Link`](crate::Link).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum LinkField {
    Kind,
    From,
    /// The span that it leads to, and the document of that.
    To,
}

/// A field of a [`Decision`](crate::Decision).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DecisionField {
    Verdict,
    /// The proposed change, and everything else but the comments.
    Proposal,
}

/// A field of a [`SavedView`](crate::SavedView).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ViewField {
    Name,
    Filter,
    /// The view that it opens, and everything else.
    Settings,
}

/// A field of a [`ProjectEvent`](crate::ProjectEvent).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum EventField {
    Date,
    Label,
    Colour,
}

/// A field of a [`NegotiationPhase`](crate::NegotiationPhase).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PhaseField {
    Name,
    /// The first and the last day.
    Dates,
}

macro_rules! into_field {
    ($($field:ident => $variant:ident),+ $(,)?) => {$(
        impl From<$field> for Field {
            fn from(field: $field) -> Self {
                Self::$variant(field)
            }
        }
    )+};
}

into_field! {
    AnnotatorField => Annotator,
    CategoryField => Category,
    AttributeField => Attribute,
    LinkKindField => LinkKind,
    RelationField => Relation,
    DocumentField => Document,
    SpanField => Span,
    LinkField => Link,
    DecisionField => Decision,
    ViewField => View,
    EventField => Event,
    PhaseField => Phase,
}
