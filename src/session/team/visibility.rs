//! Whose layers the user sees. In a blind project an annotator sees those of others in a document only once they are done
//! with it; everything that shows, counts or exports spans asks [`Session::visibility`].

use std::sync::Arc;

use demarche_model::{AnnotatorId, Document, DocumentId, Layer, SpanRef, Status, Touch, Visibility};

use crate::{Screen, Session, Shown};

impl Session {
    /// Whether a layer of this annotator is shown and counted.
    pub fn shows(&self, annotator: &AnnotatorId) -> bool {
        if self.view.screen() == Screen::Compare {
            return annotator.is_consensus() || self.compared_people().contains(annotator);
        }
        match self.view.shown() {
            Shown::Mine => annotator == &self.me,
            Shown::Everyone => true,
            Shown::One(one) => annotator == one,
        }
    }

    /// The layers of a document that are shown, in the order of their annotators' ids.
    pub fn layers<'a>(
        &'a self,
        document: &'a Document,
    ) -> impl Iterator<Item = (&'a AnnotatorId, &'a Arc<Layer>)> {
        let visibility = self.visibility();
        let status = visibility.blind_status(document);
        document.layers.iter().filter(move |(annotator, _)| visibility.shows(annotator, status))
    }

    /// Whose layers are seen: as chosen, and as far as the user may.
    pub fn visibility(&self) -> Visibility {
        Visibility { only: self.annotators_shown(), ..self.project.visibility_for(&self.me) }
    }

    /// Whether the user may see the layer of `annotator` in a document, whether they have chosen to or not.
    pub fn may_see(&self, document: &DocumentId, annotator: &AnnotatorId) -> bool {
        self.project.may_see(&self.me, document, annotator)
    }

    /// Whether the user may see a span.
    pub fn may_see_span(&self, at: &SpanRef) -> bool {
        self.may_see(&at.layer.document, &at.layer.annotator)
    }

    /// Whether the user is to tag this document without seeing what others have tagged in it.
    pub fn is_blind_in(&self, document: &DocumentId) -> bool {
        self.project.works_blind(&self.me) && self.status(document) != Status::Done
    }

    /// Shows or hides what others have tagged where a change has turned that round.
    pub(crate) fn follow_visibility(&mut self, touched: &[Touch]) {
        if *self.stats.visibility() != self.visibility() {
            return self.show(self.view.shown().clone());
        }
        if !self.project.works_blind(&self.me) {
            return;
        }
        for touch in touched {
            // A change of status touches no stretch of the text.
            if let Touch::Layer(layer, range) = touch
                && layer.annotator == self.me
                && range.is_empty()
            {
                self.stats.refresh(&self.project, &layer.document);
                self.passages.document_read(&self.project, &layer.document, None);
            }
        }
    }
}
