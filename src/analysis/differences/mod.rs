//! Finds the passages on which the annotators of a document agree, and those on which they differ.
//!
//! Spans of different annotators that mean the same passage form a [`Cluster`], which holds at most one span
//! of each annotator. Clusters are built greedily, the most similar spans first (see `matching`), so the
//! result depends on nothing but the spans, not even on the order of the annotators. Every span belongs to
//! exactly one cluster; a span without a counterpart forms a cluster of its own.

mod adjudication;
mod bulk;
mod contradictions;
mod matching;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use demarche_model::{AnnotatorId, AttributeId, Document, Layer, SourceSpan, Span, Status, TextRange};

pub use adjudication::{Adjudication, Settlement};
pub use bulk::{BulkCount, BulkDecision, BulkRule, BulkSettling, Threshold};
pub use contradictions::{Contradiction, OtherDecision, contradictions, contradictions_in, left_out};

/// The kind of a difference between the readings of a passage, the most serious first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DifferenceKind {
    /// An annotator has not tagged the passage.
    Missed,
    /// The categories differ.
    Category,
    /// The category is the same, but the ranges differ.
    Bounds,
    /// Category and ranges are the same, but attributes differ.
    Attribute,
}

impl DifferenceKind {
    /// All kinds, the most serious first.
    pub const ALL: [Self; 4] = [Self::Missed, Self::Category, Self::Bounds, Self::Attribute];
}

/// The readings of one passage.
#[derive(Clone, PartialEq, Debug)]
pub struct Cluster {
    /// One reading per annotator of [`Differences::annotators`], in the same order; `None` for an annotator
    /// without one.
    pub readings: Vec<Option<Arc<Span>>>,
    /// The most serious difference; `None` if all agree.
    pub kind: Option<DifferenceKind>,
    /// From the first byte of all readings to the last.
    pub cover: TextRange,
}

/// A document's passages, with the readings of its annotators.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Differences {
    annotators: Vec<AnnotatorId>,
    absent: Vec<AnnotatorId>,
    clusters: Vec<Cluster>,
}

/// True if an annotator has worked on a document: has tagged something, or has marked it as done. An
/// annotator who has merely opened it has not missed what others have tagged.
pub fn has_worked(layer: Option<&Layer>) -> bool {
    layer.is_some_and(|layer| layer.status() == Status::Done || layer.spans_unsorted().next().is_some())
}

impl Differences {
    /// Compares the layers of these annotators. Those who have not worked on the document are left out and
    /// listed by [`Self::absent`].
    ///
    /// Costs O((n + k) log (n + k)) for n spans of which k pairs of different annotators overlap.
    pub fn new(document: &Document, annotators: &[AnnotatorId]) -> Self {
        let worked = |id: &&AnnotatorId| has_worked(document.layer(id).map(|layer| &**layer));
        let (present, absent): (Vec<&AnnotatorId>, Vec<&AnnotatorId>) = annotators.iter().partition(worked);
        let empty = Layer::default();
        let layers: Vec<&Layer> =
            present.iter().map(|id| document.layer(id).map_or(&empty, |layer| &**layer)).collect();
        let clusters = if layers.len() < 2 { Vec::new() } else { matching::clusters(&layers) };
        Self {
            annotators: present.into_iter().cloned().collect(),
            absent: absent.into_iter().cloned().collect(),
            clusters,
        }
    }

    /// The passages of one person in a document, each with their reading alone.
    pub fn single(document: &Document, annotator: &AnnotatorId) -> Self {
        let layer = document.layer(annotator).map(|layer| &**layer);
        let clusters = layer.map(|layer| matching::clusters(&[layer])).unwrap_or_default();
        Self { annotators: vec![annotator.clone()], absent: Vec::new(), clusters }
    }

    /// The annotators who are compared, in the order they were given.
    pub fn annotators(&self) -> &[AnnotatorId] {
        &self.annotators
    }

    /// The annotators who have not worked on the document.
    pub fn absent(&self) -> &[AnnotatorId] {
        &self.absent
    }

    /// All passages in reading order, including those on which everyone agrees. Empty if fewer than two
    /// annotators are compared.
    pub fn clusters(&self) -> &[Cluster] {
        &self.clusters
    }

    /// The readings of a cluster, with their annotators.
    pub fn readings<'a>(
        &'a self,
        cluster: &'a Cluster,
    ) -> impl Iterator<Item = (&'a AnnotatorId, &'a Arc<Span>)> {
        let pairs = self.annotators.iter().zip(&cluster.readings);
        pairs.filter_map(|(annotator, span)| Some((annotator, span.as_ref()?)))
    }

    /// The spans of a cluster, in the form that provenance uses.
    pub fn sources(&self, cluster: &Cluster) -> Vec<SourceSpan> {
        let source = |(annotator, span): (&AnnotatorId, &Arc<Span>)| SourceSpan {
            annotator: annotator.clone(),
            span: span.id,
        };
        self.readings(cluster).map(source).collect()
    }

    /// The spans of a cluster that are the same reading as `reading`, and those that are not.
    pub fn sources_by_equality(
        &self,
        cluster: &Cluster,
        reading: &Span,
    ) -> (Vec<SourceSpan>, Vec<SourceSpan>) {
        let pairs = self.readings(cluster).zip(self.sources(cluster));
        let (same, different): (Vec<_>, Vec<_>) = pairs.partition(|((_, span), _)| is_same(span, reading));
        let sources = |pairs: Vec<(_, SourceSpan)>| pairs.into_iter().map(|(_, source)| source).collect();
        (sources(same), sources(different))
    }
}

/// Compares two readings: category, ranges and attributes.
pub fn is_same(one: &Span, other: &Span) -> bool {
    one.category == other.category && one.ranges == other.ranges && one.attributes == other.attributes
}

/// Compares two readings. Two missing readings are the same.
fn is_same_reading(one: &Option<Arc<Span>>, other: &Option<Arc<Span>>) -> bool {
    match (one, other) {
        (Some(a), Some(b)) => is_same(a, b),
        (a, b) => a.is_none() && b.is_none(),
    }
}

impl Cluster {
    fn new(readings: Vec<Option<Arc<Span>>>) -> Self {
        let spans = || readings.iter().flatten();
        let start = spans().map(|span| span.ranges.start()).min().unwrap_or(0);
        let end = spans().map(|span| span.ranges.end()).max().unwrap_or(start);
        let mut cluster = Self { kind: None, cover: TextRange { start, end }, readings };
        cluster.kind = DifferenceKind::ALL.into_iter().find(|kind| cluster.differs_in(*kind));
        cluster
    }

    /// The spans of all readings that are present.
    pub fn spans(&self) -> impl Iterator<Item = &Arc<Span>> {
        self.readings.iter().flatten()
    }

    /// True if the readings differ in this respect, regardless of more serious differences.
    pub fn differs_in(&self, kind: DifferenceKind) -> bool {
        let unlike = |alike: fn(&Span, &Span) -> bool| {
            let mut spans = self.spans();
            let first = spans.next();
            first.is_some_and(|first| spans.any(|other| !alike(first, other)))
        };
        match kind {
            DifferenceKind::Missed => self.readings.iter().any(Option::is_none),
            DifferenceKind::Category => unlike(|a, b| a.category == b.category),
            DifferenceKind::Bounds => unlike(|a, b| a.ranges == b.ranges),
            DifferenceKind::Attribute => unlike(|a, b| a.attributes == b.attributes),
        }
    }

    /// True if the reading with this index in [`Differences::annotators`] is not the majority's: at least as
    /// many others agree on a different one. If two annotators differ, both are outliers.
    pub fn is_outlier(&self, index: usize) -> bool {
        let Some(own) = self.readings.get(index) else { return false };
        let like = |one: &Option<Arc<Span>>| {
            self.readings.iter().filter(|other| is_same_reading(one, other)).count()
        };
        let with = like(own);
        self.readings.iter().any(|other| !is_same_reading(own, other) && like(other) >= with)
    }

    /// The attributes on which the readings differ.
    pub fn differing_attributes(&self) -> BTreeSet<AttributeId> {
        let named: BTreeSet<&AttributeId> = self.spans().flat_map(|span| span.attributes.keys()).collect();
        let differs = |id: &&AttributeId| {
            let mut values = self.spans().map(|span| span.attributes.get(id));
            let first = values.next().flatten();
            values.any(|value| value != first)
        };
        named.into_iter().filter(differs).cloned().collect()
    }

    /// The ranges that all readings cover, in order.
    pub fn common_ranges(&self) -> Vec<TextRange> {
        let mut spans = self.spans();
        let Some(first) = spans.next() else { return Vec::new() };
        let first: Vec<TextRange> = first.ranges.iter().collect();
        spans.fold(first, |shared, span| {
            let cut = |range: &TextRange| {
                let range = *range;
                span.ranges.iter().filter_map(move |other| range.intersect(other))
            };
            shared.iter().flat_map(cut).collect()
        })
    }
}
