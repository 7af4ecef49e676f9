//! The sentences and tokens of texts, found once per text and kept: they never change, and finding them costs more than
//! all measures together.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use crate::segment;
use demarche_model::{Document, DocumentId, Text, TextRange};

/// Sentences and tokens of one text, each found when they are first asked for.
#[derive(Debug, Default)]
pub(super) struct Segments {
    sentences: OnceLock<Vec<TextRange>>,
    tokens: OnceLock<Vec<TextRange>>,
}

impl Segments {
    /// The sentences, in order. `text` is the one that these segments are of.
    pub fn sentences(&self, text: &Text) -> &[TextRange] {
        self.sentences.get_or_init(|| segment::all_sentences(text.as_str()))
    }

    /// The words and marks, in order.
    pub fn tokens(&self, text: &Text) -> &[TextRange] {
        let whole = TextRange { start: 0, end: text.len() };
        self.tokens.get_or_init(|| segment::tokens(text.as_str(), whole).collect())
    }
}

/// Keeps the segments of documents from one computation to the next. May be used by many threads.
#[derive(Debug, Default)]
pub struct SegmentCache(Mutex<HashMap<DocumentId, Kept>>);

/// The segments of a text, as long as it is that text.
type Kept = (Weak<Text>, Arc<Segments>);

impl SegmentCache {
    /// The segments of a document with this text.
    pub(super) fn of(&self, document: &Document, text: &Arc<Text>) -> Arc<Segments> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.get(document.id()) {
            Some((of, segments)) if of.ptr_eq(&Arc::downgrade(text)) => segments.clone(),
            _ => {
                let segments = Arc::<Segments>::default();
                kept.insert(document.id().clone(), (Arc::downgrade(text), segments.clone()));
                segments
            }
        }
    }
}
