//! What an edit has touched: files to write, and derived values to recompute.

use smol_str::SmolStr;

use super::{AnnotatorId, Document, DocumentId, LayerId, TextId, TextRange};

/// A place that an edit has changed: what has to be written, and what derived values have to be made anew.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Touch {
    /// The project file.
    Project,
    /// A text came or went, or is the current one now, or no more.
    Text(TextId),
    /// The anchors of a text came or went.
    Anchors(TextId),
    /// The copy of the file that a text was imported from came or went; its ending.
    Original(TextId, SmolStr),
    /// A layer; the range covers all that changed in it.
    Layer(LayerId, TextRange),
    /// Spans of a layer are another category's now; the range covers them. Their owner's file need not follow: what it
    /// says is read so by way of an alias.
    Recoded(LayerId, TextRange),
    /// Spans of a layer lie in another version of the text now. Their owner's file need not follow: what it says is read so
    /// by comparing the two texts.
    Realigned(LayerId),
    /// A review.
    Review(DocumentId, AnnotatorId),
}

/// The files that come or go with a document. One that has not been read has none that may be written: what stands on
/// disk of it stays as it is.
pub(super) fn document_touches(document: &Document) -> Vec<Touch> {
    let id = document.id();
    let Some(text) = &document.text else { return Vec::new() };
    let whole = TextRange { start: 0, end: text.len() };
    let layers = document.layers.keys().map(|annotator| Touch::Layer(LayerId::new(id, annotator), whole));
    let reviews = document.reviews.keys().map(|reviewer| Touch::Review(id.clone(), reviewer.clone()));
    document
        .meta
        .text_ids()
        .flat_map(|text| text_touches(document, text))
        .chain(layers)
        .chain(reviews)
        .collect()
}

/// The files of one version of a text.
pub(super) fn text_touches(document: &Document, text: TextId) -> Vec<Touch> {
    let kept =
        document.meta.origin_of(text.version).map(|origin| &origin.kept).filter(|kept| !kept.is_empty());
    let original = kept.map(|kept| Touch::Original(text.clone(), kept.clone()));
    [Touch::Text(text.clone()), Touch::Anchors(text)].into_iter().chain(original).collect()
}
