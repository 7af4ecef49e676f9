//! The effects of an edit: files to write and derived values to update.

use smol_str::SmolStr;

use super::{AnnotatorId, Document, DocumentId, LayerId, NotesPart, TextId, TextRange};

/// Something that an edit has changed, so that its file has to be written and values derived from it updated.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Touch {
    /// The project file.
    Project,
    /// A text was added or removed, or became or ceased to be the current version.
    Text(TextId),
    /// The anchors of a text were added or removed.
    Anchors(TextId),
    /// The copy of the file from which a text was imported was added or removed; with its extension.
    Original(TextId, SmolStr),
    /// A layer; the range covers everything that has changed in it.
    Layer(LayerId, TextRange),
    /// The category of spans in a layer; the range covers them. Their owner's file need not change, since an
    /// alias gives it the same meaning.
    Recoded(LayerId, TextRange),
    /// The ranges of spans in a layer, which now refer to another version of the text. Their owner's file
    /// need not change, since comparing the two texts gives it the same meaning.
    Realigned(LayerId),
    /// A review.
    Review(DocumentId, AnnotatorId),
    /// A part of a person's analysis notes.
    AnalysisNotes(AnnotatorId, NotesPart),
}

impl Touch {
    /// The person whose file has to be written; `None` for files of the whole project.
    pub fn owner(&self) -> Option<AnnotatorId> {
        match self {
            Self::Layer(layer, _) | Self::Recoded(layer, _) | Self::Realigned(layer) => {
                Some(layer.annotator.writer())
            }
            Self::Review(_, reviewer) => Some(reviewer.writer()),
            Self::AnalysisNotes(owner, _) => Some(owner.clone()),
            Self::Project | Self::Text(_) | Self::Anchors(_) | Self::Original(..) => None,
        }
    }
}

/// Returns everything that is added or removed with a document. A document that is not loaded has nothing to
/// write: its files stay as they are.
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

/// Returns everything that belongs to one version of a text.
pub(super) fn text_touches(document: &Document, text: TextId) -> Vec<Touch> {
    let kept =
        document.meta.origin_of(text.version).map(|origin| &origin.kept).filter(|kept| !kept.is_empty());
    let original = kept.map(|kept| Touch::Original(text.clone(), kept.clone()));
    [Touch::Text(text.clone()), Touch::Anchors(text)].into_iter().chain(original).collect()
}
