//! Documents that a lead returns to their coders, and the lock that *Done* is.

use std::sync::Arc;

use super::{
    AnnotatorId, Applied, DocumentId, Edit, EditError, LayerId, Project, Return, Role, Status, Touch,
};

impl Project {
    /// True if the project has a lead, so that *Done* is a lock that only a lead opens.
    pub fn has_lead(&self) -> bool {
        self.annotators.iter().any(|person| person.role == Role::Lead)
    }

    /// True if a person may reopen a document that they have marked as done.
    pub fn may_reopen(&self, person: &AnnotatorId) -> bool {
        !self.has_lead() || self.role(person) == Role::Lead
    }

    /// The layer of `owner` that is marked as done and that an edit would change: its spans or links, or its status if they may
    /// not reopen it. Placing records after the text was updated changes nothing that the owner has said.
    pub fn locked_layer(&self, owner: &AnnotatorId, edit: &Edit) -> Option<LayerId> {
        let edits = edit.parts();
        let is_done = |layer: &LayerId| {
            layer.annotator == *owner && self.layer(layer).is_some_and(|layer| layer.status() == Status::Done)
        };
        let is_placed = |layer: &LayerId| {
            edits.iter().any(|edit| matches!(edit, Edit::SetDetached { layer: of, .. } if of == layer))
        };
        let is_reopened = |layer: &LayerId| {
            edits.iter().any(|edit| matches!(edit, Edit::SetStatus { layer: of, .. } if of == layer))
        };
        let may_reopen = self.may_reopen(owner);
        edits.iter().find_map(|edit| match edit {
            Edit::SetSpan { layer, .. } | Edit::SetLink { layer, .. } if is_done(layer) => {
                let is_free = is_placed(layer) || (may_reopen && is_reopened(layer));
                (!is_free).then(|| layer.clone())
            }
            Edit::SetStatus { layer, to } if *to != Status::Done && is_done(layer) => {
                (!may_reopen).then(|| layer.clone())
            }
            _ => None,
        })
    }

    /// True for a lead. A packet names nobody but its owner, so there it is true for anyone else.
    fn may_return(&self, reviewer: &AnnotatorId) -> bool {
        self.role(reviewer) == Role::Lead || (!self.has_lead() && self.annotator(reviewer).is_none())
    }

    /// The latest return of a document to `owner` that their Demarche has not followed yet, and the lead who made it.
    pub fn pending_return(
        &self,
        document: &DocumentId,
        owner: &AnnotatorId,
    ) -> Option<(&AnnotatorId, &Arc<Return>)> {
        let latest = self.latest_return(document, owner)?;
        let reviews = &self.document(document)?.reviews;
        let followed = reviews.get(owner).and_then(|own| own.returns.get(owner)).map(|own| own.at);
        (followed < Some(latest.1.at)).then_some(latest)
    }

    /// The latest return of a document to `owner`, whether or not their Demarche has followed it, and the lead who made it.
    pub fn latest_return(
        &self,
        document: &DocumentId,
        owner: &AnnotatorId,
    ) -> Option<(&AnnotatorId, &Arc<Return>)> {
        let reviews = self.document(document)?.reviews.iter();
        let by_leads = reviews.filter(|(reviewer, _)| *reviewer != owner && self.may_return(reviewer));
        let returns = by_leads.filter_map(|(lead, review)| Some((lead, review.returns.get(owner)?)));
        returns.max_by_key(|(lead, made)| (made.at, *lead))
    }

    pub(super) fn set_return(
        &mut self,
        document: DocumentId,
        reviewer: AnnotatorId,
        annotator: AnnotatorId,
        to: Option<Arc<Return>>,
    ) -> Result<Applied, EditError> {
        self.writable(&document, &reviewer)?;
        let Some(holder) = self.document_mut(&document) else { return Err(EditError::NoDocument(document)) };
        let review = Arc::make_mut(holder.reviews.entry(reviewer.clone()).or_default());
        let old = match to {
            Some(made) => review.returns.insert(annotator.clone(), made),
            None => review.returns.remove(&annotator),
        };
        if review.is_empty() {
            holder.reviews.remove(&reviewer);
            self.former_people.insert(reviewer.clone());
        }
        self.touch(&document);
        let inverse =
            Edit::SetReturn { document: document.clone(), reviewer: reviewer.clone(), annotator, to: old };
        Ok(Applied { inverse, touched: vec![Touch::Review(document, reviewer)] })
    }
}

impl Edit {
    /// The edits that this one consists of, in order.
    pub fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Batch(edits) => edits.iter().flat_map(Self::parts).collect(),
            edit => vec![edit],
        }
    }
}
