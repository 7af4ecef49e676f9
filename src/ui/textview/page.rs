//! What the view is given to show in a frame.

use std::sync::Arc;

use super::dash::Dash;
use demarche_model::{
    Anchors, AnnotatorId, Codebook, DocumentId, Layer, Span, SpanRef, Text, TextRange, Verdict,
};
use demarche_session::{LinkEnd, Reveal, SelectedSpans, TextSelection};

/// What the view shows in a frame.
pub struct Page<'a> {
    /// The document.
    pub id: &'a DocumentId,
    /// Its text.
    pub text: &'a Arc<Text>,
    /// Its pages, headings and times.
    pub anchors: &'a Anchors,
    /// The layers that are shown.
    pub layers: &'a [PageLayer<'a>],
    /// Names, colours and keys of categories.
    pub codebook: &'a Codebook,
    /// Caret and selection.
    pub selection: TextSelection,
    /// The span that is picked.
    pub picked: Option<&'a SpanRef>,
    /// The spans that are changed together, where several are.
    pub chosen: Option<&'a SelectedSpans>,
    /// What a search has found, in order.
    pub hits: &'a [TextRange],
    /// The hit that the search stands at.
    pub current_hit: Option<usize>,
    /// Links and decisions of reviewers; `None` where none are shown.
    pub relations: Option<&'a dyn Relations>,
    /// What shall be brought into view.
    pub reveal: Reveal,
    /// Whether spans can be made and changed here.
    pub editable: bool,
    /// Whether selections snap to words.
    pub snap: bool,
    /// Size of the text in points.
    pub size_px: f32,
    /// Moves on when a layer that is shown, a link, the codebook or the hits change.
    pub revision: u64,
}

impl Page<'_> {
    /// Whether a span is picked, or chosen to be changed together with others.
    pub(super) fn picks(&self, at: &SpanRef) -> bool {
        self.picked == Some(at) || self.chosen.is_some_and(|chosen| chosen.holds(at))
    }
}

/// What a layer does not know of its spans: the links between them, and what reviewers have decided.
pub trait Relations {
    /// The links to show at a span.
    fn links_at(&self, at: &SpanRef) -> Vec<LinkEnd>;
    /// A link as a sentence, seen from one of its ends.
    fn link_sentence(&self, at: &SpanRef, end: &LinkEnd) -> String;
    /// The span from which a link is being made.
    fn link_start(&self) -> Option<&SpanRef>;
    /// The verdict that counts for a span.
    fn verdict_on(&self, document: &DocumentId, owner: &AnnotatorId, span: &Span) -> Option<Verdict>;
}

/// A layer that is shown.
pub struct PageLayer<'a> {
    /// Who owns it.
    pub annotator: &'a AnnotatorId,
    /// The owner's name.
    pub name: &'a str,
    /// The owner's initials.
    pub short: String,
    /// The spans.
    pub layer: &'a Layer,
    /// Whether it belongs to the one who works here.
    pub mine: bool,
    /// The underline that all its spans have; `None` where each takes a free one.
    pub lane: Option<u8>,
    /// How its underlines are drawn.
    pub dash: Dash,
}

impl<'a> PageLayer<'a> {
    /// A layer as it is shown for tagging: others' underlines are dotted.
    pub fn new(annotator: &'a AnnotatorId, name: &'a str, layer: &'a Layer, mine: bool) -> Self {
        let dash = if mine { Dash::Solid } else { Dash::Dotted };
        Self { annotator, name, short: name.to_owned(), layer, mine, lane: None, dash }
    }

    /// With initials, for where the name has no room.
    #[must_use]
    pub fn short(mut self, initials: String) -> Self {
        self.short = initials;
        self
    }
}
