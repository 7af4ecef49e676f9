//! The input of the view: what it shows in a frame.

use std::sync::Arc;

use super::dash::Dash;
use demarche_io::settings::TextLook;
use demarche_model::{
    Anchors, AnnotatorId, CategoryId, Codebook, DocumentId, Layer, Span, SpanRef, Text, TextRange, Verdict,
};
use demarche_session::{LinkEnd, PlacedBookmark, Reveal, SelectedSpans, TextSelection};

/// The contents of the view in a frame.
pub struct Page<'a> {
    /// The accessible name of the view.
    pub name: &'a str,
    /// Whether digits that are pressed outside the text act on this page.
    pub is_active: bool,
    /// The document.
    pub id: &'a DocumentId,
    /// Its text.
    pub text: &'a Arc<Text>,
    /// Its pages, headings and times.
    pub anchors: &'a Anchors,
    /// The visible layers.
    pub layers: &'a [PageLayer<'a>],
    /// Names, colours and keys of categories.
    pub codebook: &'a Codebook,
    /// Caret and selection.
    pub selection: TextSelection,
    /// The span that the inspector shows.
    pub current_span: Option<&'a SpanRef>,
    /// The spans that are selected to be changed together, if there are several.
    pub selected_spans: Option<&'a SelectedSpans>,
    /// The words that another version of the text lacks, in order.
    pub changes: &'a [TextRange],
    /// The search hits, in order.
    pub hits: &'a [TextRange],
    /// The bytes of bookmarks, in order.
    pub bookmarks: &'a [PlacedBookmark],
    /// The index of the current search hit.
    pub current_hit: Option<usize>,
    /// Looks up links and verdicts; `None` if none are shown.
    pub relations: Option<&'a dyn Relations>,
    /// The target to scroll to.
    pub reveal: Reveal,
    /// Whether spans can be created and changed.
    pub editable: bool,
    /// The category of marker mode, with which drags tag.
    pub marker: Option<&'a CategoryId>,
    /// Whether selections snap to words.
    pub snap: bool,
    /// Whether moving by sentences selects them.
    pub select_sentences: bool,
    /// Font size of the text in points.
    pub size_pt: f32,
    /// How the text is set, and what cards show.
    pub look: &'a TextLook,
    /// Increases when a visible layer, a link, the codebook or the hits change.
    pub revision: u64,
}

impl Page<'_> {
    /// Returns whether a span is current or selected.
    pub(super) fn is_highlighted(&self, at: &SpanRef) -> bool {
        self.current_span == Some(at) || self.selected_spans.is_some_and(|selected| selected.holds(at))
    }
}

/// Links between spans and the verdicts of reviewers, which are not part of the layers.
pub trait Relations {
    /// Returns the links to show at a span.
    fn links_at(&self, at: &SpanRef) -> Vec<LinkEnd>;
    /// Returns a link as a sentence, seen from one of its ends.
    fn link_sentence(&self, at: &SpanRef, end: &LinkEnd) -> String;
    /// Returns the span at which the user has started a link.
    fn link_start(&self) -> Option<&SpanRef>;
    /// Returns the verdict that counts for a span.
    fn verdict_on(&self, document: &DocumentId, owner: &AnnotatorId, span: &Span) -> Option<Verdict>;
}

/// A visible layer.
pub struct PageLayer<'a> {
    /// Its annotator.
    pub annotator: &'a AnnotatorId,
    /// The annotator's name.
    pub name: &'a str,
    /// The annotator's initials.
    pub initials: String,
    /// Its spans.
    pub layer: &'a Layer,
    /// Whether it is the current user's.
    pub mine: bool,
    /// The lane of all its underlines; `None` if each span gets a free one.
    pub lane: Option<u8>,
    /// The pattern of its underlines.
    pub dash: Dash,
}

impl<'a> PageLayer<'a> {
    /// Returns a layer as shown on the Annotate screen: underlines of other annotators are dotted.
    pub fn new(annotator: &'a AnnotatorId, name: &'a str, layer: &'a Layer, mine: bool) -> Self {
        let dash = if mine { Dash::Solid } else { Dash::Dotted };
        Self { annotator, name, initials: name.to_owned(), layer, mine, lane: None, dash }
    }

    /// Sets the initials, which are shown where there is no room for the name.
    #[must_use]
    pub fn initials(mut self, initials: String) -> Self {
        self.initials = initials;
        self
    }
}
