//! Three-way merges: what two copies have become since they were one.
//!
//! A record that one side alone has changed comes as that side has it; where both have changed it, it is merged field by
//! field. Two different values of one field, and a record that one side has changed and the other removed, are
//! [`Conflict`]s, which a person decides. Until then the merge holds ours, or what was not removed, so that nothing is
//! lost. Without a base everything counts as added since: nothing is ever removed.

mod changes;
mod fields;
mod layer;
mod list;
mod project;
mod review;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    AnnotatorId, AttributeId, CategoryId, Decision, DocumentId, Link, LinkId, LinkKindId, Span, SpanId,
};

pub use changes::{layer_edits, project_edits, review_edits};
pub use layer::{merge_layers, merge_layers_with};
pub use project::{merge_projects, merge_projects_with};
pub use review::{merge_reviews, merge_reviews_with};

/// One of the two that are merged.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Side {
    /// The copy that is merged into.
    #[default]
    Ours,
    /// The copy that is merged.
    Theirs,
}

/// What came of a merge.
#[derive(Clone, PartialEq, Debug)]
pub struct Merged<T> {
    /// The merge, with ours wherever there is a conflict that nobody has decided.
    pub value: T,
    /// What both sides have changed, each in its own way, by place; also what has been decided.
    pub conflicts: Vec<Conflict>,
}

/// What was decided, by place. What does not stand here is ours.
pub type Resolutions = BTreeMap<ConflictKey, Side>;

/// Where a conflict is.
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
    /// What a category that is gone has become.
    Alias(CategoryId),
    /// An attribute.
    Attribute(AttributeId),
    /// A kind of link.
    LinkKind(LinkKindId),
    /// A document of the list.
    Document(DocumentId),
}

/// Something that both sides have changed, each in its own way.
#[derive(Clone, PartialEq, Debug)]
pub struct Conflict {
    /// Where.
    pub at: ConflictKey,
    /// The fields that differ, by their names in files; none where one side has removed what the other has changed.
    pub fields: Vec<String>,
    /// What the merge holds if ours is taken: ours in these fields, and what was merged in all others.
    pub ours: ConflictValue,
    /// What it holds if theirs is taken.
    pub theirs: ConflictValue,
}

impl Conflict {
    /// One side of it.
    pub fn value(&self, side: Side) -> &ConflictValue {
        match side {
            Side::Ours => &self.ours,
            Side::Theirs => &self.theirs,
        }
    }

    /// The side that was removed, if one was.
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
    /// It was removed.
    Removed,
    /// A span.
    Span(Arc<Span>),
    /// A link.
    Link(Arc<Link>),
    /// A decision.
    Decision(Arc<Decision>),
    /// An entry of the project, in words: a line per field that differs.
    Description(String),
}

/// What became of one record.
enum RecordMerge<T> {
    /// One value that both sides can agree to.
    Clean(Option<T>),
    /// Two, and the fields that differ.
    Conflict { ours: Option<T>, theirs: Option<T>, fields: Vec<String> },
}

impl<T> RecordMerge<T> {
    /// What the merge holds, where `resolution` was decided.
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

    /// The conflict, if it is one.
    fn conflict(
        &self,
        at: impl FnOnce() -> ConflictKey,
        value: impl Fn(&T) -> ConflictValue,
    ) -> Option<Conflict> {
        let Self::Conflict { ours, theirs, fields } = self else { return None };
        let value = |side: &Option<T>| side.as_ref().map_or(ConflictValue::Removed, &value);
        Some(Conflict { at: at(), fields: fields.clone(), ours: value(ours), theirs: value(theirs) })
    }
}

/// Merges one record. `join` makes one of two that both differ from the base, preferring a side where fields clash, and
/// names those fields.
fn three_way<T: PartialEq + Clone>(
    base: Option<&T>,
    ours: Option<&T>,
    theirs: Option<&T>,
    join: impl Fn(Option<&T>, &T, &T, Side) -> (T, Vec<String>),
) -> RecordMerge<T> {
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
