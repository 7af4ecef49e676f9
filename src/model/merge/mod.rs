//! Three-way merges of two copies that have diverged from a common base.
//!
//! A record that only one side has changed is taken from that side; one that both have changed is merged
//! field by field. Different values of one field, and a record that one side has changed and the other
//! removed, are [`Conflict`]s for a person to decide. Until then the merge keeps ours, or what was not
//! removed, so nothing is lost. Without a base, everything counts as added, and nothing is ever removed.

mod analysis_notes;
mod changes;
mod document_sets;
mod entries;
mod field;
mod field_merge;
mod layer;
mod list;
mod maps;
mod project;
mod relation_repair;
mod relations;
mod review;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    AnnotatorId, AttributeId, CategoryId, Decision, DocumentId, DocumentSetId, EventId, Link, LinkId,
    LinkKindId, MemoSubject, PhaseId, RelationKey, Span, SpanId, ViewId,
};

pub use analysis_notes::{analysis_notes_edits, merge_analysis_notes, merge_analysis_notes_with};
pub use changes::{layer_edits, project_edits, review_edits};
pub use field::{
    AnnotatorField, AttributeField, CategoryField, DecisionField, DocumentField, EventField, Field,
    LinkField, LinkKindField, PhaseField, RelationField, SpanField, ViewField,
};
pub use layer::{merge_layers, merge_layers_with};
pub use project::{merge_projects, merge_projects_with};
pub use review::{merge_reviews, merge_reviews_with};

/// One side of a merge.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Side {
    /// The copy that is merged into.
    #[default]
    Ours,
    /// The copy that is merged.
    Theirs,
}

/// The result of a merge.
#[derive(Clone, PartialEq, Debug)]
pub struct Merged<T> {
    /// The merged value, with ours for every conflict without a resolution.
    pub value: T,
    /// Records that both sides have changed differently, including those with a resolution.
    pub conflicts: Vec<Conflict>,
}

/// The side chosen for each conflict. A conflict without an entry keeps ours.
pub type Resolutions = BTreeMap<ConflictKey, Side>;

/// The record that a conflict is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ConflictKey {
    /// A span of a layer.
    Span(SpanId),
    /// A link of a layer.
    Link(LinkId),
    /// A decision of a review.
    Decision(SpanId),
    /// The name of the project.
    Name,
    /// A person.
    Annotator(AnnotatorId),
    /// A category.
    Category(CategoryId),
    /// The meaning of a category id that is no longer in use.
    Alias(CategoryId),
    /// An attribute.
    Attribute(AttributeId),
    /// A kind of link.
    LinkKind(LinkKindId),
    /// A relation between actors or issues.
    Relation(RelationKey),
    /// A document in the list.
    Document(DocumentId),
    /// A set of documents.
    DocumentSet(DocumentSetId),
    /// A saved view.
    View(ViewId),
    /// An event of a calendar.
    Event(EventId),
    /// A phase of a calendar.
    Phase(PhaseId),
    /// A memo.
    Memo(MemoSubject),
}

/// A record that both sides have changed differently.
#[derive(Clone, PartialEq, Debug)]
pub struct Conflict {
    /// The record.
    pub at: ConflictKey,
    /// The fields that differ; empty if one side has removed what the other has changed.
    pub fields: Vec<Field>,
    /// The record if ours is chosen: ours in these fields, and merged in all others.
    pub ours: ConflictValue,
    /// The record if theirs is chosen.
    pub theirs: ConflictValue,
}

impl Conflict {
    /// The id that two people have, if the conflict is about one: the entries have different keys.
    pub fn shared_id(&self) -> Option<&AnnotatorId> {
        match &self.at {
            ConflictKey::Annotator(id) => {
                self.fields.contains(&Field::Annotator(AnnotatorField::Key)).then_some(id)
            }
            _ => None,
        }
    }

    /// One side of the conflict.
    pub fn value(&self, side: Side) -> &ConflictValue {
        match side {
            Side::Ours => &self.ours,
            Side::Theirs => &self.theirs,
        }
    }

    /// The side that has removed the record, if one has.
    pub fn removed_side(&self) -> Option<Side> {
        match (&self.ours, &self.theirs) {
            (ConflictValue::Removed, _) => Some(Side::Ours),
            (_, ConflictValue::Removed) => Some(Side::Theirs),
            _ => None,
        }
    }
}

/// One side of a conflict.
#[derive(Clone, PartialEq, Debug)]
pub enum ConflictValue {
    /// The record was removed.
    Removed,
    /// A span.
    Span(Arc<Span>),
    /// A link.
    Link(Arc<Link>),
    /// A decision.
    Decision(Arc<Decision>),
    /// An entry of the project file or of analysis notes in words, with a line per field that differs.
    Description(String),
}

/// The merge of one record.
enum RecordMerge<T, F> {
    /// A value without conflict.
    Clean(Option<T>),
    /// Both values, and the fields that differ.
    Conflict { ours: Option<T>, theirs: Option<T>, fields: Vec<F> },
}

impl<T, F> RecordMerge<T, F> {
    /// Returns the merged record, given the choice of a side.
    fn resolve(self, resolution: Option<Side>) -> Option<T> {
        match self {
            Self::Clean(value) => value,
            Self::Conflict { ours, theirs, .. } => match resolution {
                Some(Side::Theirs) => theirs,
                Some(Side::Ours) => ours,
                None => ours.or(theirs),
            },
        }
    }

    /// Returns the conflict, if there is one.
    fn conflict(
        &self,
        at: impl FnOnce() -> ConflictKey,
        value: impl Fn(&T) -> ConflictValue,
    ) -> Option<Conflict>
    where
        F: Clone + Into<Field>,
    {
        let Self::Conflict { ours, theirs, fields } = self else { return None };
        let value = |side: &Option<T>| side.as_ref().map_or(ConflictValue::Removed, &value);
        let fields = fields.iter().cloned().map(Into::into).collect();
        Some(Conflict { at: at(), fields, ours: value(ours), theirs: value(theirs) })
    }

    /// Returns the conflict in words, if there is one: a line per field, or the title if one side has removed the record.
    fn conflict_in_words(
        &self,
        title: &F,
        at: impl FnOnce() -> ConflictKey,
        describe: impl Fn(&T, &F) -> String,
    ) -> Option<Conflict>
    where
        F: Clone + Into<Field>,
    {
        let Self::Conflict { fields, .. } = self else { return None };
        let value = |value: &T| match fields.as_slice() {
            [] => ConflictValue::Description(describe(value, title)),
            [one] => ConflictValue::Description(describe(value, one)),
            fields => {
                let lines = fields.iter().map(|field| {
                    let name: Field = field.clone().into();
                    format!("{name}: {}", describe(value, field))
                });
                ConflictValue::Description(lines.collect::<Vec<_>>().join("\n"))
            }
        };
        self.conflict(at, value)
    }
}

/// Merges one record. `join` merges two records that both differ from the base: it prefers a side in fields that
/// conflict, and returns those fields.
fn three_way<T: PartialEq + Clone, F>(
    base: Option<&T>,
    ours: Option<&T>,
    theirs: Option<&T>,
    join: impl Fn(Option<&T>, &T, &T, Side) -> (T, Vec<F>),
) -> RecordMerge<T, F> {
    match (ours, theirs) {
        (ours, theirs) if ours == theirs || base == theirs => RecordMerge::Clean(ours.cloned()),
        (ours, theirs) if base == ours => RecordMerge::Clean(theirs.cloned()),
        (Some(a), Some(b)) => {
            let (ours, fields) = join(base, a, b, Side::Ours);
            if fields.is_empty() {
                return RecordMerge::Clean(Some(ours));
            }
            let (theirs, _) = join(base, a, b, Side::Theirs);
            RecordMerge::Conflict { ours: Some(ours), theirs: Some(theirs), fields }
        }
        (ours, theirs) => {
            RecordMerge::Conflict { ours: ours.cloned(), theirs: theirs.cloned(), fields: Vec::new() }
        }
    }
}
