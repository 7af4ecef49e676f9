//! What the history of a project holds: who changed what, and when.

use smol_str::SmolStr;

use super::{AnnotatorId, DocumentId, SpanId, Stamp};

/// One step of somebody's work: what one press of a key, one dialog or one import has changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogEntry {
    /// When.
    pub at: Stamp,
    /// Who did it.
    pub who: AnnotatorId,
    /// The name of the step, as in the menu: "tag as Threat", "undo: tag as Threat".
    pub step: String,
    /// What is other than before, in the order of the edit.
    pub changes: Vec<Change>,
}

/// What a step did to one thing. Places are in characters; what was not there before, or is not there any more, is empty.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Change {
    /// The document that it is about, if it is about one.
    pub document: Option<DocumentId>,
    /// Whose layer, if it is about one.
    pub layer: Option<AnnotatorId>,
    /// Which passage, if it is about one.
    pub span: Option<SpanId>,
    /// What of it: `passage` (it came or went), `category`, `place`, `note`, `attribute actor`, `link`, `status` …
    pub what: SmolStr,
    /// What it was.
    pub before: String,
    /// What it has become.
    pub after: String,
}
