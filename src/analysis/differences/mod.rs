//! Where annotators differ in a document, and where they agree.
//!
//! Spans of different annotators that mean the same passage are put together into a [`Cluster`], which holds at most one
//! span of each. That is done greedily, the most alike first (see [`matching`]), so that the result depends neither on the
//! order of the annotators nor on anything but their spans. Every span stands in exactly one cluster; a span that nobody
//! else has anything like stands there alone.

mod ledger;
mod matching;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use demarche_model::{AnnotatorId, AttributeId, Document, Layer, Source, Span, Status, TextRange};

pub use ledger::{Ledger, Settled};

/// In what the readings of a passage differ, the gravest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// Somebody has nothing there.
    Missed,
    /// The categories differ.
    Category,
    /// The category is the same, the ranges differ.
    Bounds,
    /// Category and ranges are the same, attributes differ.
    Attribute,
}

impl Kind {
    /// All kinds, the gravest first.
    pub const ALL: [Self; 4] = [Self::Missed, Self::Category, Self::Bounds, Self::Attribute];

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missed => "Missed",
            Self::Category => "Category",
            Self::Bounds => "Bounds",
            Self::Attribute => "Attribute",
        }
    }

    /// One sentence on what it means.
    pub fn help(self) -> &'static str {
        match self {
            Self::Missed => "Somebody has tagged a passage where another has nothing.",
            Self::Category => "The same or overlapping words are tagged with different categories.",
            Self::Bounds => "The category is the same, but the passage begins or ends elsewhere.",
            Self::Attribute => "Category and words are the same, but different things are said of them.",
        }
    }
}

/// What annotators have made of one passage.
#[derive(Clone, PartialEq, Debug)]
pub struct Cluster {
    /// One per annotator of [`Differences::annotators`], in that order; `None` where they have nothing there.
    pub readings: Vec<Option<Arc<Span>>>,
    /// In what they differ; `None` where they agree.
    pub kind: Option<Kind>,
    /// From the first byte of all readings to the last.
    pub cover: TextRange,
}

/// What the annotators of a document have made of it, passage by passage.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Differences {
    annotators: Vec<AnnotatorId>,
    absent: Vec<AnnotatorId>,
    clusters: Vec<Cluster>,
}

/// Whether an annotator has worked on a document: tagged something, or said to be done. One who has only opened it has not
/// missed what others have tagged.
pub fn has_worked(layer: Option<&Layer>) -> bool {
    layer.is_some_and(|layer| layer.status() == Status::Done || layer.spans_unsorted().next().is_some())
}

impl Differences {
    /// Compares the layers of these annotators. Those who have not worked on the document are left out, and named by
    /// [`Self::absent`].
    ///
    /// Costs O((n + k) log (n + k)) for n spans of which k pairs of different annotators overlap.
    pub fn of(document: &Document, annotators: &[AnnotatorId]) -> Self {
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

    /// Those who count, in the order that was given.
    pub fn annotators(&self) -> &[AnnotatorId] {
        &self.annotators
    }

    /// Those who have not worked on the document.
    pub fn absent(&self) -> &[AnnotatorId] {
        &self.absent
    }

    /// All passages, agreed ones too, in reading order. None where fewer than two annotators count.
    pub fn clusters(&self) -> &[Cluster] {
        &self.clusters
    }

    /// The readings of a cluster, with whose they are.
    pub fn readings<'a>(
        &'a self,
        cluster: &'a Cluster,
    ) -> impl Iterator<Item = (&'a AnnotatorId, &'a Arc<Span>)> {
        let pairs = self.annotators.iter().zip(&cluster.readings);
        pairs.filter_map(|(annotator, span)| Some((annotator, span.as_ref()?)))
    }

    /// The spans of a cluster, as provenance names them.
    pub fn sources(&self, cluster: &Cluster) -> Vec<Source> {
        let source = |(annotator, span): (&AnnotatorId, &Arc<Span>)| Source {
            annotator: annotator.clone(),
            span: span.id,
        };
        self.readings(cluster).map(source).collect()
    }
}

/// Whether two readings say the same, having nothing being one of them.
fn is_same(one: &Option<Arc<Span>>, other: &Option<Arc<Span>>) -> bool {
    match (one, other) {
        (Some(a), Some(b)) => {
            a.category == b.category && a.ranges == b.ranges && a.attributes == b.attributes
        }
        (a, b) => a.is_none() && b.is_none(),
    }
}

impl Cluster {
    fn new(readings: Vec<Option<Arc<Span>>>) -> Self {
        let spans = || readings.iter().flatten();
        let start = spans().map(|span| span.ranges.start()).min().unwrap_or(0);
        let end = spans().map(|span| span.ranges.end()).max().unwrap_or(start);
        let mut cluster = Self { kind: None, cover: TextRange { start, end }, readings };
        cluster.kind = Kind::ALL.into_iter().find(|kind| cluster.differs_in(*kind));
        cluster
    }

    /// The spans that there are.
    pub fn spans(&self) -> impl Iterator<Item = &Arc<Span>> {
        self.readings.iter().flatten()
    }

    /// Whether the readings differ in this, graver differences aside.
    pub fn differs_in(&self, kind: Kind) -> bool {
        let unlike = |alike: fn(&Span, &Span) -> bool| {
            let mut spans = self.spans();
            let first = spans.next();
            first.is_some_and(|first| spans.any(|other| !alike(first, other)))
        };
        match kind {
            Kind::Missed => self.readings.iter().any(Option::is_none),
            Kind::Category => unlike(|a, b| a.category == b.category),
            Kind::Bounds => unlike(|a, b| a.ranges == b.ranges),
            Kind::Attribute => unlike(|a, b| a.attributes == b.attributes),
        }
    }

    /// Whether the reading at this place of [`Differences::annotators`] is not that of most: as many or more say something
    /// else alike. Of two who differ, both stand apart.
    pub fn stands_apart(&self, place: usize) -> bool {
        let Some(own) = self.readings.get(place) else { return false };
        let like = |one: &Option<Arc<Span>>| self.readings.iter().filter(|other| is_same(one, other)).count();
        let with = like(own);
        self.readings.iter().any(|other| !is_same(own, other) && like(other) >= with)
    }

    /// The attributes of which not all readings say the same.
    pub fn attributes_that_differ(&self) -> BTreeSet<AttributeId> {
        let named: BTreeSet<&AttributeId> = self.spans().flat_map(|span| span.attributes.keys()).collect();
        let differs = |id: &&AttributeId| {
            let mut values = self.spans().map(|span| span.attributes.get(*id));
            let first = values.next().flatten();
            values.any(|value| value != first)
        };
        named.into_iter().filter(differs).cloned().collect()
    }

    /// The stretches that all readings hold, in order.
    pub fn shared(&self) -> Vec<TextRange> {
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
