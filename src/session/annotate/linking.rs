//! The link that is being made.

use demarche_model::{LinkKindId, SpanRef};

/// A link under way: first its start is marked, then its other end, then its kind is chosen.
#[derive(Default)]
pub(crate) struct Linking {
    start: Option<SpanRef>,
    draft: Option<LinkDraft>,
    last_kind: Option<LinkKindId>,
}

/// A link of which only the kind is still to be chosen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkDraft {
    /// The span it starts from; the user's own.
    pub from: SpanRef,
    /// The span it leads to.
    pub to: SpanRef,
    /// Whether it leads the other way than it was drawn, since the span it was drawn from is another annotator's.
    pub reversed: bool,
}

impl Linking {
    /// The span from which a link is being made.
    pub fn start(&self) -> Option<&SpanRef> {
        self.start.as_ref()
    }

    /// The link of which only the kind is still to be chosen.
    pub fn draft(&self) -> Option<&LinkDraft> {
        self.draft.as_ref()
    }

    /// The kind of the link made last.
    pub fn last_kind(&self) -> Option<&LinkKindId> {
        self.last_kind.as_ref()
    }

    /// The spans at the ends of the link.
    pub fn spans(&self) -> impl Iterator<Item = &SpanRef> {
        self.start.iter().chain(self.draft.iter().flat_map(|draft| [&draft.from, &draft.to]))
    }

    /// Marks the span from which a link is made.
    pub fn begin(&mut self, at: SpanRef) {
        self.start = Some(at);
        self.draft = None;
    }

    /// Keeps a link until its kind is chosen.
    pub fn propose(&mut self, draft: LinkDraft) {
        self.draft = Some(draft);
    }

    /// Cancels the link. Returns whether its start was marked.
    pub fn end(&mut self) -> bool {
        self.draft = None;
        self.start.take().is_some()
    }

    /// Remembers the kind of a link that was made.
    pub fn finish(&mut self, kind: LinkKindId) {
        self.end();
        self.last_kind = Some(kind);
    }
}
