//! The passages of layers as rows, kept while their documents stay the same.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::{HashMap as FastMap, HashMapExt};

use demarche_model::{AnnotatorId, Claim, Detached, Document, DocumentId, Layer, Span, SpanId};

use crate::bargain::find_doubles;

/// A layer with its owner.
pub(super) type Part<'a> = (&'a AnnotatorId, &'a Arc<Layer>);

/// The passages of a layer, or of all parts of the consensus, which are one layer.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// By place in the text.
    placed: Vec<Arc<Span>>,
    /// Those whose place was lost when the text changed.
    lost: Vec<Arc<Detached>>,
    /// The part of each passage, if there are several.
    parts: Vec<usize>,
    /// Passages that are the same as one of another part, and the one that counts.
    doubles: FastMap<SpanId, SpanId>,
    /// The same the other way round.
    doubles_of: FastMap<SpanId, Vec<SpanId>>,
}

impl Rows {
    fn of(parts: &[Part<'_>]) -> Self {
        let doubles = find_doubles(parts);
        let numbered = || parts.iter().map(|(_, layer)| layer).enumerate();
        let mut placed: Vec<(usize, &Arc<Span>)> = numbered()
            .flat_map(|(part, layer)| layer.spans().map(move |span| (part, span)))
            .filter(|(_, span)| !doubles.contains_key(&span.id))
            .collect();
        let lost: Vec<(usize, &Arc<Detached>)> = numbered()
            .flat_map(|(part, layer)| layer.detached().map(move |(_, record)| (part, record)))
            .filter(|(_, record)| record.is_pending() && record.claim.is_some())
            .collect();
        let mut part_of = Vec::new();
        if parts.len() > 1 {
            placed.sort_by_key(|(_, span)| (span.ranges.start(), Reverse(span.ranges.end()), span.id));
            part_of = placed.iter().map(|row| row.0).chain(lost.iter().map(|row| row.0)).collect();
        }
        let mut doubles_of: FastMap<SpanId, Vec<SpanId>> = FastMap::new();
        for (double, kept) in &doubles {
            doubles_of.entry(*kept).or_default().push(*double);
        }
        Self {
            placed: placed.into_iter().map(|(_, span)| span.clone()).collect(),
            lost: lost.into_iter().map(|(_, record)| record.clone()).collect(),
            parts: part_of,
            doubles,
            doubles_of,
        }
    }

    /// The position of the part that a passage belongs to.
    pub fn part(&self, at: usize) -> usize {
        self.parts.get(at).copied().unwrap_or(0)
    }

    /// The passage that counts for a span: itself, unless it is a double.
    pub fn kept(&self, span: SpanId) -> SpanId {
        self.doubles.get(&span).copied().unwrap_or(span)
    }

    /// A span and its doubles.
    pub fn alike(&self, span: SpanId) -> impl Iterator<Item = SpanId> + '_ {
        std::iter::once(span).chain(self.doubles_of.get(&span).into_iter().flatten().copied())
    }

    /// Number of passages.
    pub fn len(&self) -> usize {
        self.placed.len() + self.lost.len()
    }

    /// The passages that have a place. They come first.
    pub fn placed(&self) -> &[Arc<Span>] {
        &self.placed
    }

    /// A passage and, if its place is lost, its record.
    pub fn get(&self, at: usize) -> Option<(&Span, Option<&Claim>)> {
        match self.placed.get(at) {
            Some(span) => Some((span, None)),
            None => {
                let record = self.lost.get(at.checked_sub(self.placed.len())?)?;
                let claim = record.claim.as_ref()?;
                Some((&claim.span, Some(claim)))
            }
        }
    }
}

/// The rows of the layers of a project.
#[derive(Clone, Debug, Default)]
pub(super) struct RowStore(FastMap<DocumentId, DocumentLayers>);

#[derive(Clone, Debug, Default)]
struct DocumentLayers {
    /// The revision of the document.
    revision: u64,
    layers: BTreeMap<AnnotatorId, Arc<Rows>>,
}

impl RowStore {
    /// The rows of the layer of an owner, given its parts.
    pub fn of(&mut self, document: &Document, owner: &AnnotatorId, parts: &[Part<'_>]) -> Arc<Rows> {
        let known = self.0.entry(document.id().clone()).or_default();
        if known.revision != document.revision {
            *known = DocumentLayers { revision: document.revision, layers: BTreeMap::new() };
        }
        if let Some(rows) = known.layers.get(owner) {
            return rows.clone();
        }
        let rows = Arc::new(Rows::of(parts));
        known.layers.insert(owner.clone(), rows.clone());
        rows
    }
}
