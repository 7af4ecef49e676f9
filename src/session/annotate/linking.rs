//! The link that is being created.

use demarche_model::{LinkKindId, SpanRef};

/// A link being created: the user marks its start, then its other end, then chooses its kind.
#[derive(Default)]
pub(crate) struct Linking {
    start: Option<SpanRef>,
    draft: Option<LinkDraft>,
    last_kind: Option<LinkKindId>,
}

/// A link that only lacks its kind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkDraft {
    /// The span that it starts from, in the user's layer.
    pub from: SpanRef,
    /// The span it leads to.
    pub to: SpanRef,
    /// Whether it was drawn in the other direction, from another annotator's span.
    pub reversed: bool,
}

impl Linking {
    /// The start of the link being created.
    pub fn start(&self) -> Option<&SpanRef> {
        self.start.as_ref()
    }

    /// The link that only lacks its kind.
    pub fn draft(&self) -> Option<&LinkDraft> {
        self.draft.as_ref()
    }

    /// The kind of the last link created.
    pub fn last_kind(&self) -> Option<&LinkKindId> {
        self.last_kind.as_ref()
    }

    /// The spans at the ends that are known so far.
    pub fn spans(&self) -> impl Iterator<Item = &SpanRef> {
        self.start.iter().chain(self.draft.iter().flat_map(|draft| [&draft.from, &draft.to]))
    }

    /// Marks the start of a link.
    pub fn begin(&mut self, at: SpanRef) {
        self.start = Some(at);
        self.draft = None;
    }

    /// Keeps a link until its kind is chosen.
    pub fn propose(&mut self, draft: LinkDraft) {
        self.draft = Some(draft);
    }

    /// Cancels the link. Returns whether its start had been marked.
    pub fn end(&mut self) -> bool {
        self.draft = None;
        self.start.take().is_some()
    }

    /// Remembers the kind of a link that was created.
    pub fn finish(&mut self, kind: LinkKindId) {
        self.end();
        self.last_kind = Some(kind);
    }
}
