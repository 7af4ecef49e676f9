//! The lengths of documents.

use std::sync::Arc;

use rayon::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use crate::bargain::DocumentIndex;
use demarche_model::{Document, Project, Text};

/// The number of words of each document in memory. Counting takes a pass over all texts, so the table is kept between views.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sizes {
    words: Vec<usize>,
}

impl Sizes {
    /// Counts the words of all documents in memory.
    pub fn of(project: &Project) -> Self {
        let count = |document: &Arc<Document>| document.text.as_deref().map_or(0, count_words);
        Self { words: project.documents().par_iter().map(count).collect() }
    }

    /// Number of words of a document.
    pub fn words(&self, document: DocumentIndex) -> usize {
        self.words.get(document.get()).copied().unwrap_or(0)
    }
}

fn count_words(text: &Text) -> usize {
    text.as_str().unicode_words().count()
}
