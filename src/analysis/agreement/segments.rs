//! A cache of the sentences and tokens of texts. Texts never change, and segmenting them costs more than all
//! measures together.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use super::Unit;
use crate::segment;
use demarche_model::{Document, DocumentId, Text, TextRange};

/// Sentences and tokens of one text, each computed on first use.
#[derive(Debug, Default)]
pub(super) struct Segments {
    sentences: OnceLock<Vec<TextRange>>,
    tokens: OnceLock<Vec<TextRange>>,
    whole: OnceLock<Vec<TextRange>>,
}

impl Segments {
    /// The units that carry categories, in order; none for passages and characters. `text` must be the one these segments
    /// belong to.
    pub fn units(&self, text: &Text, unit: Unit) -> &[TextRange] {
        match unit {
            Unit::Sentence => self.sentences(text),
            Unit::Token => self.tokens(text),
            Unit::Document => self.whole(text),
            Unit::Span | Unit::Character => &[],
        }
    }

    /// The sentences.
    fn sentences(&self, text: &Text) -> &[TextRange] {
        self.sentences.get_or_init(|| segment::all_sentences(text.as_str()))
    }

    /// The whole text, unless it is empty.
    fn whole(&self, text: &Text) -> &[TextRange] {
        let whole = TextRange { start: 0, end: text.len() };
        self.whole.get_or_init(|| if text.is_empty() { Vec::new() } else { vec![whole] })
    }

    /// The words and punctuation marks, in order.
    fn tokens(&self, text: &Text) -> &[TextRange] {
        let whole = TextRange { start: 0, end: text.len() };
        self.tokens.get_or_init(|| segment::tokens(text.as_str(), whole).collect())
    }
}

/// Keeps the segments of documents from one computation to the next. Can be shared between threads.
#[derive(Debug, Default)]
pub struct SegmentCache(Mutex<HashMap<DocumentId, CachedSegments>>);

/// Segments, and the text they belong to.
type CachedSegments = (Weak<Text>, Arc<Segments>);

impl SegmentCache {
    /// The segments of a document with this text.
    pub(super) fn get(&self, document: &Document, text: &Arc<Text>) -> Arc<Segments> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.get(document.id()) {
            Some((cached, segments)) if cached.ptr_eq(&Arc::downgrade(text)) => segments.clone(),
            _ => {
                let segments = Arc::<Segments>::default();
                kept.insert(document.id().clone(), (Arc::downgrade(text), segments.clone()));
                segments
            }
        }
    }
}
