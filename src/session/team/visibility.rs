//! Visibility of layers. In a blind project, annotators see the layers of others in a document only once they are done
//! with it. Everything that shows, counts or exports spans asks [`Session::visibility`].

use std::sync::Arc;

use demarche_model::{AnnotatorId, Document, DocumentId, Layer, SpanRef, Status, Touch, Visibility};

use crate::{Screen, Session, Shown};

impl Session {
    /// Returns whether layers of an annotator are shown and counted.
    pub fn shows(&self, annotator: &AnnotatorId) -> bool {
        if self.view.screen() == Screen::Compare {
            return annotator.is_consensus() || self.compared_people().contains(annotator);
        }
        match self.view.shown() {
            Shown::Mine => annotator == &self.me,
            Shown::Everyone => !annotator.is_consensus(),
            Shown::All => true,
            Shown::One(one) => annotator.whole() == *one,
        }
    }

    /// The visible layers of a document, in the order of their annotators' ids.
    pub fn layers<'a>(
        &'a self,
        document: &'a Document,
    ) -> impl Iterator<Item = (&'a AnnotatorId, &'a Arc<Layer>)> {
        let visibility = self.visibility();
        let status = visibility.blind_status(document);
        document.layers.iter().filter(move |(annotator, _)| visibility.shows(annotator, status))
    }

    /// The layers that the user sees, given their filter and blind coding.
    pub fn visibility(&self) -> Visibility {
        self.visibility_of(self.view.shown())
    }

    /// The layers that the user sees where these are shown.
    pub(crate) fn visibility_of(&self, shown: &Shown) -> Visibility {
        let only = match shown {
            Shown::Mine => Some(vec![self.me.clone()]),
            Shown::Everyone | Shown::All => None,
            Shown::One(one) => Some(vec![one.clone()]),
        };
        let people_only = *shown == Shown::Everyone;
        Visibility { only, people_only, ..self.project.visibility_for(&self.me) }
    }

    /// Returns whether the user may see an annotator's layer in a document, whatever they have chosen to show.
    pub fn may_see(&self, document: &DocumentId, annotator: &AnnotatorId) -> bool {
        self.project.may_see(&self.me, document, annotator)
    }

    /// Returns whether the user may see a span.
    pub fn may_see_span(&self, at: &SpanRef) -> bool {
        self.may_see(&at.layer.document, &at.layer.annotator)
    }

    /// Returns whether the layers of others in a document are hidden from the user by blind coding.
    pub fn is_blind_in(&self, document: &DocumentId) -> bool {
        self.project.works_blind(&self.me) && self.status(document) != Status::Done
    }

    /// Updates counts and rows if a change has made layers of others visible or hidden.
    pub(crate) fn follow_visibility(&mut self, touched: &[Touch]) {
        if *self.stats.visibility() != self.visibility() {
            if self.stats.visibility().blind.as_ref() == Some(&self.me) && !self.project.works_blind(&self.me)
            {
                self.unblinding.end_of_blind_coding(&self.project, self.me.clone(), self.env.now());
            }
            return self.show(self.view.shown().clone());
        }
        if !self.project.works_blind(&self.me) {
            return;
        }
        for touch in touched {
            // A change of status has an empty range.
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
