//! Passages without a certain place since the text has changed: their old words, and where they may be now.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use demarche_analysis::context;
use demarche_model::{
    AnnotatorId, CategoryId, Claim, Detached, DetachedReason, Document, DocumentId, Edit, FuzzyMatch, Layer,
    LayerId, Ranges, Span, SpanRef, Text, TextRange,
};

use super::TextUpdate;
use crate::Session;
use crate::words::{exchange as words, steps};

/// Characters of context shown on either side of a quote.
const CONTEXT: usize = 60;

/// A passage whose place in the text is uncertain.
#[derive(Clone, PartialEq, Debug)]
pub struct PendingPassage {
    /// Its place among the records of the layer that could not be placed.
    pub key: u32,
    /// Its category.
    pub category: CategoryId,
    /// Its note.
    pub note: String,
    /// Its words in the text that it was tagged in.
    pub old: Excerpt,
    /// The version of that text.
    pub version: u32,
    /// Its place there, in bytes; in characters if that text is missing.
    pub old_ranges: Ranges,
    /// The most similar words in the new text, if there are any.
    pub likeness: Option<FuzzyMatch>,
    /// The words there.
    pub new: Option<Excerpt>,
}

/// Words with their context.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Excerpt {
    /// The words before.
    pub before: String,
    /// The words themselves.
    pub quote: String,
    /// The words after.
    pub after: String,
}

impl Excerpt {
    /// Takes the words at these ranges, with their context.
    pub fn of(text: &Text, ranges: &Ranges) -> Self {
        let parts: Vec<&str> = ranges.iter().map(|range| text.slice(range)).collect();
        Self {
            before: context::before(text, ranges.start(), CONTEXT),
            quote: context::one_line(&parts.join(" … ")),
            after: context::after(text, ranges.end(), CONTEXT),
        }
    }
}

/// The pending passages of a layer, in the order of the text that they were tagged in.
fn pending_in(document: &Document, layer: &Layer) -> Vec<PendingPassage> {
    let mut out: Vec<PendingPassage> =
        layer.detached().filter_map(|(key, detached)| one(document, key, detached)).collect();
    out.sort_by_key(|waiting| (waiting.version, waiting.old_ranges.start(), waiting.key));
    out
}

fn one(document: &Document, key: u32, detached: &Arc<Detached>) -> Option<PendingPassage> {
    let DetachedReason::TextChanged(likeness) = &detached.reason else { return None };
    let claim = detached.claim.as_ref()?;
    let text = document.text.as_ref()?;
    let place = document.other_texts.get(&claim.text).and_then(|other| {
        let ranges = claim.span.ranges.to_bytes(&other.text)?;
        Some((Excerpt::of(&other.text, &ranges), ranges))
    });
    let quote = || Excerpt { quote: context::one_line(&claim.quote.shown()), ..Excerpt::default() };
    let (old, old_ranges) = place.unwrap_or_else(|| (quote(), claim.span.ranges.clone()));
    Some(PendingPassage {
        key,
        category: claim.span.category.clone(),
        note: claim.span.note.clone(),
        old,
        version: claim.text,
        old_ranges,
        new: likeness.as_ref().map(|likeness| Excerpt::of(text, &likeness.ranges)),
        likeness: likeness.clone(),
    })
}

impl TextUpdate {
    /// The passages that the annotator will have to place, in the order of the old text.
    pub fn pending_passages(&self, annotator: &AnnotatorId) -> Vec<PendingPassage> {
        self.document().layer(annotator).map_or_else(Vec::new, |layer| pending_in(self.document(), layer))
    }
}

impl Session {
    /// The passages that the user has to place since the text of the document has changed.
    pub fn pending_passages(&self, id: &DocumentId) -> Vec<PendingPassage> {
        let document = self.project.document(id);
        let layer = document.and_then(|document| Some((document, document.layer(&self.me)?)));
        layer.map_or_else(Vec::new, |(document, layer)| pending_in(document, layer))
    }

    /// Counts the passages that the user has to place, without reading the text.
    pub fn pending_count(&self, id: &DocumentId) -> usize {
        self.project.layer(&self.my_layer(id)).map_or(0, |layer| layer.pending_count())
    }

    /// Places pending passages of the user, as one step.
    pub(crate) fn place_pending(&mut self, id: &DocumentId, places: BTreeMap<u32, Ranges>) {
        let layer = self.project.layer(&self.my_layer(id)).cloned().unwrap_or_default();
        let (edits, placed) = self.placements(id, &layer, places);
        let Some(first) = placed.first() else {
            return self.notify(words::not_pending());
        };
        if self.edit(steps::place_pending(placed.len()), Edit::Batch(edits)) {
            self.go_to(first);
        }
    }

    /// The edits that place records of the user's layer, given as it will be then, and the spans that they place.
    pub(crate) fn placements(
        &self,
        id: &DocumentId,
        layer: &Layer,
        places: BTreeMap<u32, Ranges>,
    ) -> (Vec<Edit>, Vec<SpanRef>) {
        let owner: LayerId = self.my_layer(id);
        let (mut edits, mut spans, mut placed) = (Vec::new(), Vec::new(), Vec::new());
        let (mut ids, mut categories) = (BTreeSet::new(), BTreeSet::new());
        for (key, ranges) in places {
            let claim: Option<&Claim> = layer.detached_at(key).and_then(|detached| detached.claim.as_ref());
            let Some(claim) = claim else { continue };
            let mut span = Span { ranges, modified: self.env.now(), ..claim.span.clone() };
            // A record may have more than one fault; placing it must not replace another span.
            if layer.span(span.id).is_some() || !ids.insert(span.id) {
                span.id = self.env.new_span_id();
            }
            match self.project.codebook().resolve(&span.category) {
                Some(now) => span.category = now.id.clone(),
                None if categories.insert(span.category.clone()) => {
                    edits.push(self.new_category_edit(&span.category));
                }
                None => {}
            }
            placed.push(SpanRef { layer: owner.clone(), span: span.id });
            edits.push(Edit::SetDetached { layer: owner.clone(), key, to: None });
            spans.push(Edit::SetSpan { layer: owner.clone(), id: span.id, to: Some(Arc::new(span)) });
        }
        // Grouped by kind, so that the index is built once.
        edits.append(&mut spans);
        (edits, placed)
    }

    /// The words that are selected, as the place of a passage.
    pub fn selected_ranges(&self) -> Option<Ranges> {
        let text = self.document()?.text.as_ref()?;
        let range: TextRange = demarche_analysis::segment::trim(text.as_str(), self.text_selection().range());
        Ranges::one(range)
    }
}
