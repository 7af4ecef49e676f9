//! The documents in which annotators are missing, and why.

use super::question::{Absence, Comparison};
use demarche_model::{AnnotatorId, Document, DocumentId};

/// The documents in which an annotator is missing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Absences {
    /// The annotator.
    pub annotator: AnnotatorId,
    /// Number of documents in which they count.
    pub counted: usize,
    /// The documents that they have not begun.
    pub not_begun: Vec<DocumentId>,
    /// The documents that they have not marked as done.
    pub not_done: Vec<DocumentId>,
    /// The documents in which their file can't be read.
    pub unreadable: Vec<DocumentId>,
}

impl Absences {
    /// Sums up where one of the annotators of a comparison is missing.
    pub(super) fn new(comparison: &Comparison<'_>, documents: &[&Document], annotator: &AnnotatorId) -> Self {
        let mut absences = Self {
            annotator: annotator.clone(),
            counted: 0,
            not_begun: Vec::new(),
            not_done: Vec::new(),
            unreadable: Vec::new(),
        };
        for document in documents {
            let list = match comparison.absence(document, annotator) {
                None => {
                    absences.counted += 1;
                    continue;
                }
                Some(Absence::NotBegun) => &mut absences.not_begun,
                Some(Absence::NotDone) => &mut absences.not_done,
                Some(Absence::Unreadable) => &mut absences.unreadable,
            };
            list.push(document.id().clone());
        }
        absences
    }

    /// True if the annotator counts in every document.
    pub fn is_empty(&self) -> bool {
        self.not_begun.is_empty() && self.not_done.is_empty() && self.unreadable.is_empty()
    }
}
