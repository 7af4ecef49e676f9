//! The comparison of a document: how its annotators differ, and which differences are settled. It is updated only if the
//! document has changed, and the differences only if one of the compared layers has.

use std::collections::HashMap;
use std::sync::Arc;

use demarche_analysis::differences::{Adjudication, Cluster, DifferenceKind, Differences, Settlement};
use demarche_model::{AnnotatorId, Document, Layer, SourceSpan, SpanId};

/// The differences between the annotators of a document, and how they are settled.
#[derive(Clone, Debug, Default)]
pub struct DocumentComparison {
    differences: Arc<Differences>,
    /// One per cluster.
    settled: Vec<Settlement>,
    /// The cluster of every compared span.
    by_source: Arc<HashMap<SourceSpan, usize>>,
    /// The cluster that each span of the consensus settles.
    by_consensus: HashMap<SpanId, usize>,
    tally: Tally,
    /// The number of differences of each of [`DifferenceKind::ALL`].
    kinds: [usize; 4],
}

/// Numbers of passages, and of settled ones among them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Passages that annotators differ on.
    pub differing: usize,
    /// Those of them that are settled.
    pub settled: usize,
    /// Passages that all agree on.
    pub agreed: usize,
    /// Those of them that are settled, mostly by being in the consensus.
    pub adopted: usize,
}

impl Tally {
    /// The number of differences that are not settled.
    pub fn open(self) -> usize {
        self.differing - self.settled
    }

    /// The number of passages that all agree on and that the consensus lacks.
    pub fn to_adopt(self) -> usize {
        self.agreed - self.adopted
    }

    pub(super) fn add(&mut self, other: Self) {
        self.differing += other.differing;
        self.settled += other.settled;
        self.agreed += other.agreed;
        self.adopted += other.adopted;
    }

    pub(super) fn subtract(&mut self, other: Self) {
        self.differing -= other.differing;
        self.settled -= other.settled;
        self.agreed -= other.agreed;
        self.adopted -= other.adopted;
    }
}

impl DocumentComparison {
    fn new(
        document: &Document,
        differences: Arc<Differences>,
        by_source: Arc<HashMap<SourceSpan, usize>>,
    ) -> Self {
        let adjudication = Adjudication::from_document(document);
        let clusters = differences.clusters();
        let settled: Vec<Settlement> =
            clusters.iter().map(|cluster| adjudication.settlement(&differences, cluster)).collect();
        let mut by_consensus = HashMap::new();
        for span in document.consensus_spans() {
            let sources = span.provenance.iter().flat_map(|provenance| provenance.settles());
            if let Some(at) = sources.filter_map(|source| by_source.get(source)).next() {
                by_consensus.insert(span.id, *at);
            }
        }
        let mut tally = Tally::default();
        let kinds = DifferenceKind::ALL
            .map(|kind| clusters.iter().filter(|cluster| cluster.kind == Some(kind)).count());
        for (cluster, settled) in clusters.iter().zip(&settled) {
            let done = usize::from(settled.is_settled());
            match cluster.kind {
                Some(_) => (tally.differing, tally.settled) = (tally.differing + 1, tally.settled + done),
                None => (tally.agreed, tally.adopted) = (tally.agreed + 1, tally.adopted + done),
            }
        }
        Self { differences, settled, by_source, by_consensus, tally, kinds }
    }

    /// The differences between the annotators.
    pub fn differences(&self) -> &Differences {
        &self.differences
    }

    /// A passage by index, with its settlement.
    pub fn passage(&self, at: usize) -> Option<(&Cluster, &Settlement)> {
        self.differences.clusters().get(at).zip(self.settled.get(at))
    }

    /// The number of differences of a kind, whatever the filter.
    pub fn count(&self, kind: DifferenceKind) -> usize {
        DifferenceKind::ALL
            .iter()
            .zip(self.kinds)
            .find(|(other, _)| **other == kind)
            .map_or(0, |(_, count)| count)
    }

    /// The numbers of passages.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// The index of the passage that a compared span, or one of the consensus, belongs to.
    pub fn passage_of(&self, annotator: &AnnotatorId, span: SpanId) -> Option<usize> {
        if annotator.is_consensus() {
            return self.by_consensus.get(&span).copied();
        }
        self.by_source.get(&SourceSpan { annotator: annotator.clone(), span }).copied()
    }
}

/// A comparison with what it depends on.
pub(super) struct CachedComparison {
    /// The compared layers. Holding them ensures that a new layer can't have the address of one of them.
    layers: Vec<(AnnotatorId, Option<Arc<Layer>>)>,
    /// The document's revision.
    pub revision: u64,
    pub compared: Arc<DocumentComparison>,
}

impl CachedComparison {
    /// Compares annotators in a document. Reuses the differences of an earlier comparison if the layers are the same.
    pub fn new(document: &Document, people: &[AnnotatorId], before: Option<&Self>) -> Self {
        let layers: Vec<(AnnotatorId, Option<Arc<Layer>>)> =
            people.iter().map(|id| (id.clone(), document.layer(id).cloned())).collect();
        let (differences, by_source) = match before.filter(|before| before.compares(document, people)) {
            Some(before) => (before.compared.differences.clone(), before.compared.by_source.clone()),
            None => {
                let differences = Arc::new(Differences::new(document, people));
                let mut by_source = HashMap::new();
                for (at, cluster) in differences.clusters().iter().enumerate() {
                    by_source.extend(differences.sources(cluster).into_iter().map(|source| (source, at)));
                }
                (differences, Arc::new(by_source))
            }
        };
        let compared = Arc::new(DocumentComparison::new(document, differences, by_source));
        Self { layers, revision: document.revision, compared }
    }

    /// Returns whether this comparison is of the current layers of these people.
    pub fn compares(&self, document: &Document, people: &[AnnotatorId]) -> bool {
        self.layers.len() == people.len()
            && self.layers.iter().zip(people).all(|((id, layer), person)| {
                let now = document.layer(person);
                id == person
                    && match (layer, now) {
                        (Some(before), Some(now)) => Arc::ptr_eq(before, now),
                        (before, now) => before.is_none() && now.is_none(),
                    }
            })
    }
}
