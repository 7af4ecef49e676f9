//! The lowest floor: pure values and rules. No egui, no serde, no files, no clock.
//!
//! A [`Project`] holds a [`Codebook`] and [`Document`]s; a document holds its immutable [`Text`] and one
//! [`Layer`] of [`Span`]s per annotator. All changes go through one door, [`Project::apply`].
//!
//! Offsets in memory are **bytes** into the document's text, always on character boundaries, half-open.

mod anchor;
mod batch;
mod codebook;
mod codebook_edit;
mod colour;
mod date;
mod document;
mod edit;
mod from_disk;
mod ids;
mod index;
mod layer;
mod links;
pub mod merge;
mod origin;
mod people;
mod progress;
mod project;
mod provenance;
mod ranges;
mod record;
mod review;
mod sight;
mod span;
mod text;
mod text_edit;
mod text_range;
mod version;

pub use anchor::{Anchor, AnchorKind, Anchors, Heading, Locator};
pub use codebook::{AttributeDef, AttributeKind, Category, Codebook, LinkKind};
pub use colour::Colour;
pub use date::Date;
pub use document::{Document, DocumentMeta};
pub use edit::{Applied, Edit, EditError, Touch};
pub use ids::{
    AnnotatorId, AttributeId, CategoryId, DocumentId, LayerId, LinkId, LinkKindId, SpanId, SpanRef, Stamp,
    slug,
};
pub use index::{Entries, Entry, SpanIndex};
pub use layer::{Claim, ConflictKind, Detached, DetachedReason, Layer, Status};
pub use links::{LinkChange, LinkSet};
pub use origin::Origin;
pub use people::{Annotator, Role};
pub use progress::{Progress, Steps, Stopped};
pub use project::{Contents, Project};
pub use provenance::{Provenance, Source};
pub use ranges::Ranges;
pub use record::{Change, LogEntry};
pub use review::{About, Bounds, Comment, Decision, Proposal, Review, Standing, Verdict};
pub use sight::Sight;
pub use span::{Attributes, Link, Span, Value};
pub use text::Text;
pub use text_range::TextRange;
pub use version::{EarlierText, Likeness, OtherText, TextId, TextVersion, Versions};
