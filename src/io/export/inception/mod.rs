//! What exports for INCEpTION have in common: its layers for passages and links, their features, and a description of
//! them that INCEpTION imports (`layers.json`).
//!
//! INCEpTION refuses a file that mentions a feature its project lacks, and drops annotations of unknown types. A new
//! project has the layers `custom.Span` and `custom.Relation` with the feature `label` alone, so a feature is declared
//! only if a passage of the export uses it.

mod features;
mod layers;

pub(super) use features::{Feature, FeatureKind, Features};
pub(super) use layers::layers;

/// The layer of passages.
pub(crate) const SPAN: &str = "custom.Span";
/// The layer of links.
pub(crate) const RELATION: &str = "custom.Relation";
/// The feature with the category or kind.
pub(crate) const LABEL: &str = "label";
/// The feature with the note.
pub(crate) const COMMENT: &str = "comment";
/// The file that describes the layers, at the root of an export.
pub(crate) const LAYERS: &str = "layers.json";
