//! Documents: metadata, text, layers and reviews.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{
    Anchors, AnnotatorId, Comment, Date, Decision, DocumentId, DocumentSetId, Layer, LayerId, Origin,
    OtherText, Review, Span, SpanId, Text, TextId, Versions,
};

/// A document of a project.
///
/// A document that is not loaded has neither text nor layers; see [`Document::is_loaded`].
#[derive(Clone, PartialEq, Debug)]
pub struct Document {
    /// Title, date, source and origin.
    pub meta: DocumentMeta,
    /// The text, if loaded.
    pub text: Option<Arc<Text>>,
    /// Pages, headings and times. They belong to the text and are as immutable; empty until it is loaded.
    pub anchors: Arc<Anchors>,
    /// The texts of other versions that are in memory, by number.
    pub other_texts: BTreeMap<u32, OtherText>,
    /// One layer per annotator who has tagged something; never an empty one.
    pub layers: BTreeMap<AnnotatorId, Arc<Layer>>,
    /// One review per reviewer who has decided something; never an empty one.
    pub reviews: BTreeMap<AnnotatorId, Arc<Review>>,
    /// Annotators whose layer or review is unreadable; nothing of theirs may be changed.
    pub unreadable: BTreeSet<AnnotatorId>,
    /// A counter of the changes to layers, reviews and text. It never decreases, not even on undo.
    pub revision: u64,
}

impl Document {
    /// A document that is not loaded.
    pub fn unloaded(meta: DocumentMeta) -> Self {
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

    /// A document with its text and no layers.
    pub fn new(meta: DocumentMeta, text: Arc<Text>) -> Self {
        Self { text: Some(text), ..Self::unloaded(meta) }
    }

    /// The document with these anchors of its text.
    #[must_use]
    pub fn with_anchors(self, anchors: Arc<Anchors>) -> Self {
        Self { anchors, ..self }
    }

    /// True if text and layers are in memory.
    pub fn is_loaded(&self) -> bool {
        self.text.is_some()
    }

    /// The layer of an annotator; `None` if it is empty.
    pub fn layer(&self, annotator: &AnnotatorId) -> Option<&Arc<Layer>> {
        self.layers.get(annotator)
    }

    /// True if a person has worked on it; see [`Layer::has_work`]. What is in an unreadable file is unknown and does not
    /// count.
    pub fn has_work_of(&self, annotator: &AnnotatorId) -> bool {
        self.layer(annotator).is_some_and(|layer| layer.has_work()) && !self.unreadable.contains(annotator)
    }

    /// The layers of the consensus, which is their union: one per adjudicator, and one without an adjudicator.
    pub fn consensus_layers(&self) -> impl Iterator<Item = (&AnnotatorId, &Arc<Layer>)> {
        self.layers.iter().filter(|(owner, _)| owner.is_consensus())
    }

    /// The spans of the consensus, those of each layer in their order.
    pub fn consensus_spans(&self) -> impl Iterator<Item = &Arc<Span>> {
        self.consensus_layers().flat_map(|(_, layer)| layer.spans())
    }

    /// The layer of the consensus that contains a span.
    pub fn consensus_layer_of(&self, span: SpanId) -> Option<LayerId> {
        let (owner, _) = self.consensus_layers().find(|(_, layer)| layer.span(span).is_some())?;
        Some(LayerId::new(self.id(), owner))
    }

    /// The decisions on what is left out of the consensus: those of each adjudicator, and those that belong to none.
    pub fn consensus_decisions(&self) -> impl Iterator<Item = &Arc<Decision>> {
        let reviews = self.reviews.iter().filter(|(reviewer, _)| reviewer.is_consensus());
        reviews.flat_map(|(_, review)| review.decisions.values())
    }

    /// The decisions on a span, by reviewer.
    pub fn decisions(&self, span: SpanId) -> impl Iterator<Item = (&AnnotatorId, &Arc<Decision>)> {
        self.reviews.iter().filter_map(move |(who, review)| Some((who, review.decisions.get(&span)?)))
    }

    /// A reviewer's decision on a span.
    pub fn decision(&self, reviewer: &AnnotatorId, span: SpanId) -> Option<&Arc<Decision>> {
        self.reviews.get(reviewer)?.decisions.get(&span)
    }

    /// All comments on a span by any author, oldest first.
    pub fn thread(&self, span: SpanId) -> Vec<&Comment> {
        let mut thread: Vec<&Comment> = self.decisions(span).flat_map(|(_, d)| &d.comments).collect();
        thread.sort_by_key(|comment| comment.at);
        thread
    }

    /// Its id.
    pub fn id(&self) -> &DocumentId {
        &self.meta.id
    }
}

/// The metadata of a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentMeta {
    /// Its id, also in file names.
    pub id: DocumentId,
    /// Its title.
    pub title: String,
    /// The date of publication, or on which it was said.
    pub date: Option<Date>,
    /// The author or speaker; empty if unknown.
    pub author: String,
    /// Its source: publisher, address, archive.
    pub source: String,
    /// The file it was imported from.
    pub origin: Origin,
    /// Length of the text in Unicode scalar values.
    pub characters: usize,
    /// The current version of its text, and the earlier ones.
    pub versions: Versions,
    /// The sets that it is in. [`Edit::SetMembers`](crate::Edit::SetMembers) alone changes them.
    pub sets: BTreeSet<DocumentSetId>,
}

/// The names of all sets of documents, by id.
pub type DocumentSets = BTreeMap<DocumentSetId, String>;

impl DocumentMeta {
    /// The current version of its text.
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
