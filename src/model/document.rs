//! Documents: what is known of them, their text, and the layers over it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{
    Anchors, AnnotatorId, Comment, Date, Decision, DocumentId, Layer, Origin, OtherText, Review, SpanId,
    Text, TextId, Versions,
};

/// One document of a project.
///
/// A document whose text has not been read yet has neither text nor layers; see [`Document::is_read`].
#[derive(Clone, PartialEq, Debug)]
pub struct Document {
    /// Title, date, source, origin.
    pub meta: DocumentMeta,
    /// The text, once read.
    pub text: Option<Arc<Text>>,
    /// Its pages, headings and times; they came with the text and change no more than it does. Empty until it is read.
    pub anchors: Arc<Anchors>,
    /// The texts of other versions that are in memory, by number: those before, once the document is read.
    pub other_texts: BTreeMap<u32, OtherText>,
    /// One layer per annotator who has tagged something. Never holds an empty layer.
    pub layers: BTreeMap<AnnotatorId, Arc<Layer>>,
    /// One review per reviewer who has decided something. Never holds an empty review.
    pub reviews: BTreeMap<AnnotatorId, Arc<Review>>,
    /// Annotators whose layer or review has a file that can't be read; nothing of theirs may be changed here.
    pub unreadable: BTreeSet<AnnotatorId>,
    /// Counts the changes of layers, reviews and text; never goes back, not by undo either.
    pub revision: u64,
}

impl Document {
    /// A document that has not been read yet.
    pub fn unread(meta: DocumentMeta) -> Self {
        Self {
            meta,
            text: None,
            anchors: Arc::default(),
            other_texts: BTreeMap::new(),
            layers: BTreeMap::new(),
            reviews: BTreeMap::new(),
            unreadable: BTreeSet::new(),
            revision: 0,
        }
    }

    /// A document with its text and no layer.
    pub fn new(meta: DocumentMeta, text: Arc<Text>) -> Self {
        Self { text: Some(text), ..Self::unread(meta) }
    }

    /// The document with the named places of its text.
    #[must_use]
    pub fn with_anchors(self, anchors: Arc<Anchors>) -> Self {
        Self { anchors, ..self }
    }

    /// Whether text and layers are in memory.
    pub fn is_read(&self) -> bool {
        self.text.is_some()
    }

    /// The layer of one annotator; `None` also where it is empty.
    pub fn layer(&self, annotator: &AnnotatorId) -> Option<&Arc<Layer>> {
        self.layers.get(annotator)
    }

    /// What people say of a span, by their ids.
    pub fn decisions(&self, span: SpanId) -> impl Iterator<Item = (&AnnotatorId, &Arc<Decision>)> {
        self.reviews.iter().filter_map(move |(who, review)| Some((who, review.decisions.get(&span)?)))
    }

    /// What one person says of a span.
    pub fn decision(&self, reviewer: &AnnotatorId, span: SpanId) -> Option<&Arc<Decision>> {
        self.reviews.get(reviewer)?.decisions.get(&span)
    }

    /// All comments on a span, whoever wrote them, oldest first.
    pub fn thread(&self, span: SpanId) -> Vec<&Comment> {
        let mut thread: Vec<&Comment> = self.decisions(span).flat_map(|(_, d)| &d.comments).collect();
        thread.sort_by_key(|comment| comment.at);
        thread
    }

    /// The id of the document.
    pub fn id(&self) -> &DocumentId {
        &self.meta.id
    }
}

/// What is known of a document beside its text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentMeta {
    /// Its name in files.
    pub id: DocumentId,
    /// Its name for people.
    pub title: String,
    /// When it was published or said.
    pub date: Option<Date>,
    /// Who wrote or said it. Empty where that is not known.
    pub author: String,
    /// Where it is from: publisher, address, archive.
    pub source: String,
    /// What was imported.
    pub origin: Origin,
    /// Length of the text in Unicode scalar values.
    pub characters: usize,
    /// Which version of its text this is, and which there were before.
    pub versions: Versions,
}

impl DocumentMeta {
    /// The text that is shown.
    pub fn text_id(&self) -> TextId {
        TextId::new(&self.id, self.versions.current.number)
    }

    /// All versions of the text, oldest first.
    pub fn text_ids(&self) -> impl Iterator<Item = TextId> {
        let earlier = self.versions.earlier.iter().map(|text| TextId::new(&self.id, text.version.number));
        earlier.chain([self.text_id()])
    }

    /// The file that a version of the text was imported from.
    pub fn origin_of(&self, version: u32) -> Option<&Origin> {
        let earlier = || self.versions.earlier.iter().find(|text| text.version.number == version);
        if version == self.versions.current.number {
            Some(&self.origin)
        } else {
            earlier().map(|text| &text.origin)
        }
    }
}
