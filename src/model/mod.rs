//! The lowest floor: pure values and rules. No egui, no serde, no files, no clock.
//!
//! A [`Project`] holds a [`Codebook`] and [`Document`]s; a document holds its immutable [`Text`] and one
//! [`Layer`] of [`Span`]s per annotator. All changes go through [`Project::apply`].
//!
//! Offsets in memory are **bytes** into the document's text, always on character boundaries, and ranges are
//! half-open.

mod analysis_notes;
mod anchor;
mod assignment;
mod attribute;
mod attribute_values;
mod audit_log;
mod batch;
mod break_hints;
mod choices;
mod codebook;
mod codebook_edit;
mod coders;
mod colour;
mod consensus;
mod date;
mod document;
mod document_edit;
mod document_sets;
mod edit;
mod file_id;
mod find_person;
mod fingerprint;
#[cfg(test)]
mod fixtures;
mod from_disk;
mod ids;
mod index;
mod layer;
mod layer_edit;
mod links;
mod meaning;
mod meanings;
pub mod merge;
mod move_role;
mod nearest;
mod origin;
mod people;
mod progress;
mod project;
mod project_ids;
mod provenance;
mod quote;
mod ranges;
mod reassign;
mod relation_edit;
mod relation_fault;
mod relations;
mod returns;
mod review;
mod shared_attributes;
mod span;
mod spans_by_id;
mod text;
mod text_edit;
mod text_range;
mod touch;
mod unblinding;
mod value;
mod value_check;
mod version;
mod visibility;
mod visible;
mod words;

pub use analysis_notes::{
    AnalysisNotes, AnswerPair, Calendar, Memo, MemoSubject, Memos, NegotiationPhase, NodePlace,
    NotesByPerson, NotesEntry, NotesPart, ProjectEvent, SavedView, ViewKind, resolved_memos,
};
pub use anchor::{Anchor, AnchorKind, Anchors, Heading, Locator};
pub use attribute::{AttributeDef, AttributeKind, ValueInput, ValueList};
pub use attribute_values::{Attributes, AttributesIter};
pub use audit_log::{Change, Changed, LogEntry};
pub use break_hints::{WithoutBreakHints, has_break_hints, is_break_hint};
pub use codebook::{Category, Codebook, LinkKind};
pub use colour::Colour;
pub use date::Date;
pub use document::{Document, DocumentMeta, DocumentSets};
pub use edit::{Applied, Edit, EditError};
pub use file_id::{FoldedId, IdFault, check_file_id, is_blank, is_slug, readable, slug};
pub use find_person::PersonMatch;
pub use fingerprint::Fingerprint;
pub use ids::{
    AnnotatorId, AttributeId, CategoryId, DocumentId, DocumentSetId, EventId, LayerId, LinkId, LinkKindId,
    PersonKey, PhaseId, SpanId, SpanRef, Stamp, ViewId,
};
pub use index::{IndexEntries, IndexEntry, SpanIndex};
pub use layer::{Claim, ConflictKind, Detached, DetachedReason, Layer, Status};
pub use links::{LinkChange, LinkSet};
pub use meaning::Meaning;
pub use move_role::{MoveRole, OwnRole, Tone};
pub use nearest::nearest;
pub use origin::Origin;
pub use people::{Annotator, Assignment, Role};
pub use progress::{Progress, Steps, Stopped, Unfinished};
pub use project::{DocumentContents, Project};
pub use provenance::{Basis, Provenance, SourceSpan};
pub use quote::{LongQuote, Quote};
pub use ranges::Ranges;
pub use relation_fault::RelationFault;
pub use relations::{RelationKey, Relations};
pub use review::{
    Bounds, Comment, Decision, DecisionState, Proposal, RequestedChange, Return, Review, SpanSnapshot,
    Verdict,
};
pub use shared_attributes::SharedAttributes;
pub use span::{Link, Span};
pub use text::Text;
pub use text_range::TextRange;
pub use touch::Touch;
pub use unblinding::LeftOut;
pub use value::{SortKey, Value};
pub use value_check::ValueFault;
pub use version::{EarlierText, FuzzyMatch, OtherText, TextId, TextVersion, Versions};
pub use visibility::Visibility;
pub use visible::{is_invisible_control, visible, visible_except};
