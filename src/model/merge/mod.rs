//! Three-way merges: what two copies have become since they were one.
//!
//! A record that one side alone has changed comes as that side has it; where both have changed it, it is merged field by
//! field. Two different values of one field, and a record that one side has changed and the other removed, are
//! [`Conflict`]s, which a person decides. Until then the merge holds ours, or what was not removed, so that nothing is
//! lost. Without a base everything counts as added since: nothing is ever removed.

mod changes;
mod entries;
mod field;
mod join;
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
pub use field::{
    AnnotatorField, AttributeField, CategoryField, DecisionField, DocumentField, Field, LinkField,
    LinkKindField, SpanField,
};
pub use layer::{merge_layers, merge_layers_as};
pub use project::{merge_projects, merge_projects_as};
pub use review::{merge_reviews, merge_reviews_as};

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
pub type Picks = BTreeMap<Clash, Side>;

/// Where a conflict is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Clash {
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
    pub at: Clash,
    /// The fields that differ; none where one side has removed what the other has changed.
    pub fields: Vec<Field>,
    /// What the merge holds if ours is taken: ours in these fields, and what was merged in all others.
    pub ours: Version,
    /// What it holds if theirs is taken.
    pub theirs: Version,
}

impl Conflict {
    /// One side of it.
    pub fn side(&self, side: Side) -> &Version {
        match side {
            Side::Ours => &self.ours,
            Side::Theirs => &self.theirs,
        }
    }

    /// The side that was removed, if one was.
    pub fn removed(&self) -> Option<Side> {
        match (&self.ours, &self.theirs) {
            (Version::Gone, _) => Some(Side::Ours),
            (_, Version::Gone) => Some(Side::Theirs),
            _ => None,
        }
    }
}

/// One side of a conflict.
#[derive(Clone, PartialEq, Debug)]
pub enum Version {
    /// It was removed.
    Gone,
    /// A span.
    Span(Arc<Span>),
    /// A link.
    Link(Arc<Link>),
    /// A decision.
    Decision(Arc<Decision>),
    /// An entry of the project, in words: a line per field that differs.
    Words(String),
}

/// What became of one record.
enum Outcome<T, F> {
    /// One value that both sides can agree to.
    Clean(Option<T>),
    /// Two, and the fields that differ.
    Clash { ours: Option<T>, theirs: Option<T>, fields: Vec<F> },
}

impl<T, F> Outcome<T, F> {
    /// What the merge holds, where `pick` was decided.
    fn take(self, pick: Option<Side>) -> Option<T> {
        match self {
            Self::Clean(value) => value,
            Self::Clash { ours, theirs, .. } => match pick {
                Some(Side::Theirs) => theirs,
                Some(Side::Ours) => ours,
                None => ours.or(theirs),
            },
        }
    }

    /// The conflict, if it is one.
    fn conflict(&self, at: impl FnOnce() -> Clash, version: impl Fn(&T) -> Version) -> Option<Conflict>
    where
        F: Clone + Into<Field>,
    {
        let Self::Clash { ours, theirs, fields } = self else { return None };
        let version = |side: &Option<T>| side.as_ref().map_or(Version::Gone, &version);
        let fields = fields.iter().cloned().map(Into::into).collect();
        Some(Conflict { at: at(), fields, ours: version(ours), theirs: version(theirs) })
    }
}

/// Merges one record. `join` makes one of two that both differ from the base, preferring a side where fields clash, and
/// returns those fields.
fn three_way<T: PartialEq + Clone, F>(
    base: Option<&T>,
    ours: Option<&T>,
    theirs: Option<&T>,
    join: impl Fn(Option<&T>, &T, &T, Side) -> (T, Vec<F>),
) -> Outcome<T, F> {
    match (ours, theirs) {
        (ours, theirs) if ours == theirs || base == theirs => Outcome::Clean(ours.cloned()),
        (ours, theirs) if base == ours => Outcome::Clean(theirs.cloned()),
        (Some(a), Some(b)) => {
            let (ours, fields) = join(base, a, b, Side::Ours);
            if fields.is_empty() {
                return Outcome::Clean(Some(ours));
            }
            let (theirs, _) = join(base, a, b, Side::Theirs);
            Outcome::Clash { ours: Some(ours), theirs: Some(theirs), fields }
        }
        (ours, theirs) => Outcome::Clash { ours: ours.cloned(), theirs: theirs.cloned(), fields: Vec::new() },
    }
}
