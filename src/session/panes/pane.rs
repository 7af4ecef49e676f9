//! What a pane shows, for the window.

use std::sync::Arc;

use demarche_model::{Anchors, AnnotatorId, Document, Layer, Span, SpanRef, Text, TextRange, Visibility};

use crate::view::PaneView;
use crate::words::panes as words;
use crate::{PaneKey, PlacedBookmark, Reveal, Session, Shown, TextSelection};

/// A pane of a session.
#[derive(Clone, Copy)]
pub struct Pane<'a> {
    session: &'a Session,
    view: &'a PaneView,
}

impl<'a> Pane<'a> {
    pub(super) fn new(session: &'a Session, view: &'a PaneView) -> Self {
        Self { session, view }
    }

    /// Identifies the pane.
    pub fn key(&self) -> PaneKey {
        self.view.key
    }

    /// Returns whether panels and keys act on this pane.
    pub fn is_focused(&self) -> bool {
        self.view.key == self.session.view.focused().key
    }

    /// The document in it.
    pub fn document(&self) -> Option<&'a Arc<Document>> {
        self.session.project.document(self.view.state.document.as_ref()?)
    }

    /// The title of what it shows.
    pub fn title(&self) -> String {
        let title = self.document().map(|document| document.meta.title.as_str()).unwrap_or_default();
        self.earlier().map_or(title.to_owned(), |version| words::version(title, version))
    }

    /// The number of the earlier version that it shows; `None` for the current text.
    pub fn earlier(&self) -> Option<u32> {
        self.session.view.version_in(self.view)
    }

    /// Returns whether its text can be tagged: its passages are in memory, and known in the version that it shows.
    pub fn is_taggable(&self) -> bool {
        let is_loaded = self.document().is_some_and(|document| document.is_loaded());
        is_loaded && (self.earlier().is_none() || self.session.compared_in(self.view).is_some())
    }

    /// The text and anchors in it, even if the passages are still being read.
    pub fn text(&self) -> Option<(&'a Arc<Text>, &'a Arc<Anchors>)> {
        let document = self.document()?;
        if let Some(version) = self.earlier() {
            return document.other_texts.get(&version).map(|other| (&other.text, &other.anchors));
        }
        let read = document.text.as_ref().map(|text| (text, &document.anchors));
        read.or_else(|| self.session.reading.early(document.id()))
    }

    /// Caret and selection, in the text that it shows.
    pub fn selection(&self) -> TextSelection {
        self.session.selection_in(self.view)
    }

    /// The current span.
    pub fn current(&self) -> Option<&'a SpanRef> {
        self.view.state.current.as_ref()
    }

    /// The layers that it shows.
    pub fn shown(&self) -> &'a Shown {
        &self.view.shown
    }

    /// The current span as it is in the text that it shows.
    pub fn current_span(&self) -> Option<&'a Arc<Span>> {
        let at = self.current()?;
        match self.session.compared_in(self.view) {
            Some(compared) => compared.layer(&at.layer.annotator)?.span(at.span),
            None => self.session.project.span(at),
        }
    }

    /// The range that its text should scroll to.
    pub fn reveal(&self) -> Reveal {
        let reveal = self.view.reveal;
        match self.session.compared_in(self.view).filter(|_| !self.view.reveals_shown) {
            Some(compared) => Reveal { range: compared.to_earlier(reveal.range), ..reveal },
            None => reveal,
        }
    }

    /// The bookmarks in its text, by place: those of the document on which panels and keys act.
    pub fn bookmarks(&self) -> &'a [PlacedBookmark] {
        let is_open = self.view.state.document.as_ref() == self.session.view.document();
        if is_open && self.view.earlier.is_none() { self.session.bookmarks_here() } else { &[] }
    }

    /// The words of its text that the version in the other pane lacks, in order.
    pub fn changes(&self) -> &'a [TextRange] {
        let document = self.view.state.document.as_ref();
        let mut panes = self.session.view.panes();
        let earlier = panes.find(|pane| pane.earlier.is_some() && pane.state.document.as_ref() == document);
        match (self.earlier(), earlier) {
            (Some(_), _) => {
                self.session.compared_in(self.view).map_or(&[], |compared| compared.changes(true))
            }
            (None, Some(earlier)) => {
                self.session.compared_in(earlier).map_or(&[], |compared| compared.changes(false))
            }
            (None, None) => &[],
        }
    }

    /// The byte of another pane's text that corresponds to one of this pane's, if the two show versions of one text.
    pub fn counterpart(&self, other: &Pane<'_>, byte: usize) -> Option<usize> {
        if self.view.state.document != other.view.state.document {
            return None;
        }
        let current = match self.earlier() {
            Some(_) => self.session.compared_in(self.view)?.alignment().new_offset(byte),
            None => byte,
        };
        match other.earlier() {
            Some(_) => Some(self.session.compared_in(other.view)?.alignment().old_offset(current)),
            None => Some(current),
        }
    }

    /// Returns whether the pane is known to show this range of its document.
    pub fn is_showing(&self, visible: TextRange) -> bool {
        let document = self.view.state.document.as_ref();
        self.view.seen.as_ref().is_some_and(|(id, seen)| Some(id) == document && *seen == visible)
    }

    /// The layers that the user sees in it.
    pub fn visibility(&self) -> Visibility {
        self.session.visibility_of(self.shown())
    }

    /// The visible layers of its document, in the order of their annotators' ids, as they are in the text that it shows.
    pub fn layers(&self) -> impl Iterator<Item = (&'a AnnotatorId, &'a Arc<Layer>)> + use<'a> {
        let visibility = self.visibility();
        let (earlier, compared) = (self.earlier(), self.session.compared_in(self.view));
        self.document().into_iter().flat_map(move |document| {
            let (visibility, status) = (visibility.clone(), visibility.blind_status(document));
            let shown =
                document.layers.iter().filter(move |(annotator, _)| visibility.shows(annotator, status));
            shown.filter_map(move |(annotator, layer)| match earlier {
                None => Some((annotator, layer)),
                Some(_) => Some((annotator, compared?.layer(annotator)?)),
            })
        })
    }
}
