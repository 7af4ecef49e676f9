//! A document that was imported.

use std::sync::Arc;

use demarche_model::{Anchors, Document, DocumentMeta, Text};

/// A document that came in.
#[derive(Clone, PartialEq, Debug)]
pub struct Imported {
    /// What is known of it.
    pub meta: DocumentMeta,
    /// Its text.
    pub text: Arc<Text>,
    /// The named places in it.
    pub anchors: Arc<Anchors>,
}

impl Imported {
    /// The document that a project takes in.
    pub fn into_document(self) -> Arc<Document> {
        Arc::new(Document::new(self.meta, self.text).with_anchors(self.anchors))
    }
}
