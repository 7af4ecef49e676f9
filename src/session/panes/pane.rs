//! What a pane shows, for the window.

use std::sync::Arc;

use demarche_model::{Anchors, AnnotatorId, Document, Layer, SpanRef, Text, TextRange, Visibility};

use crate::view::{PaneView, Sight};
use crate::{PaneKey, Reveal, Session, Shown, TextSelection};

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
        self.document().map(|document| document.meta.title.clone()).unwrap_or_default()
    }

    /// The text and anchors in it, even if the passages are still being read.
    pub fn text(&self) -> Option<(&'a Arc<Text>, &'a Arc<Anchors>)> {
        let document = self.document()?;
        let read = document.text.as_ref().map(|text| (text, &document.anchors));
        read.or_else(|| self.session.reading.early(document.id()))
    }

    /// Caret and selection.
    pub fn selection(&self) -> TextSelection {
        self.view.state.text_selection
    }

    /// The current span.
    pub fn current(&self) -> Option<&'a SpanRef> {
        self.view.state.current.as_ref()
    }

    /// The layers that it shows.
    pub fn shown(&self) -> &'a Shown {
        &self.view.shown
    }

    /// The range that its text should scroll to.
    pub fn reveal(&self) -> Reveal {
        self.view.reveal
    }

    /// Returns whether the pane is known to show this range of its document.
    pub fn is_showing(&self, visible: TextRange) -> bool {
        let document = self.view.state.document.as_ref();
        matches!(&self.view.sight, Sight::Text(id, range) if Some(id) == document && *range == visible)
    }

    /// The layers that the user sees in it.
    pub fn visibility(&self) -> Visibility {
        self.session.visibility_of(self.shown())
    }

    /// The visible layers of its document, in the order of their annotators' ids.
    pub fn layers(&self) -> impl Iterator<Item = (&'a AnnotatorId, &'a Arc<Layer>)> + use<'a> {
        let visibility = self.visibility();
        self.document().into_iter().flat_map(move |document| {
            let (visibility, status) = (visibility.clone(), visibility.blind_status(document));
            document.layers.iter().filter(move |(annotator, _)| visibility.shows(annotator, status))
        })
    }
}
