//! What is known of each document: how its annotators differ, and what of that is settled. Looked at anew only where
//! something has changed, and the differences only where a layer that is compared has.

use std::collections::HashMap;
use std::sync::Arc;

use demarche_analysis::differences::{Adjudication, Cluster, DifferenceKind, Differences, Settlement};
use demarche_model::{AnnotatorId, Document, Layer, SourceSpan, SpanId};

/// How the annotators of a document differ, and what of that is settled.
#[derive(Clone, Debug, Default)]
pub struct DocumentComparison {
    differences: Arc<Differences>,
    /// One per cluster.
    settled: Vec<Settlement>,
    /// The cluster of every span that is compared.
    of_source: Arc<HashMap<SourceSpan, usize>>,
    /// The cluster that a span of the consensus settles.
    of_consensus: HashMap<SpanId, usize>,
    tally: Tally,
    /// How many differences there are of each of [`DifferenceKind::ALL`].
    kinds: [usize; 4],
}

/// How many passages there are, and how many of them are settled.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Passages that annotators differ on.
    pub differing: usize,
    /// Those of them that are settled.
    pub settled: usize,
    /// Passages that all agree on.
    pub agreed: usize,
    /// Those of them that are settled, mostly by standing in the consensus.
    pub adopted: usize,
}

impl Tally {
    /// Differences that are not settled.
    pub fn open(self) -> usize {
        self.differing - self.settled
    }

    /// Passages that all agree on and that the consensus lacks.
    pub fn to_adopt(self) -> usize {
        self.agreed - self.adopted
    }

    pub(super) fn add(&mut self, other: Self) {
        self.differing += other.differing;
        self.settled += other.settled;
        self.agreed += other.agreed;
        self.adopted += other.adopted;
    }

    pub(super) fn take(&mut self, other: Self) {
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
        of_source: Arc<HashMap<SourceSpan, usize>>,
    ) -> Self {
        let adjudication = Adjudication::from_document(document);
        let clusters = differences.clusters();
        let settled: Vec<Settlement> =
            clusters.iter().map(|cluster| adjudication.settlement(&differences, cluster)).collect();
        let mut of_consensus = HashMap::new();
        for span in document.layer(&AnnotatorId::consensus()).into_iter().flat_map(|layer| layer.spans()) {
            let sources = span.provenance.iter().flat_map(|provenance| provenance.settles());
            if let Some(at) = sources.filter_map(|source| of_source.get(source)).next() {
                of_consensus.insert(span.id, *at);
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
        Self { differences, settled, of_source, of_consensus, tally, kinds }
    }

    /// How the annotators differ.
    pub fn differences(&self) -> &Differences {
        &self.differences
    }

    /// A passage by number, with what has become of it.
    pub fn passage(&self, at: usize) -> Option<(&Cluster, &Settlement)> {
        self.differences.clusters().get(at).zip(self.settled.get(at))
    }

    /// How many differences there are of a kind, whatever the filter.
    pub fn count(&self, kind: DifferenceKind) -> usize {
        DifferenceKind::ALL
            .iter()
            .zip(self.kinds)
            .find(|(other, _)| **other == kind)
            .map_or(0, |(_, count)| count)
    }

    /// How many there are.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// The passage that a span belongs to: one that is compared, or one of the consensus.
    pub fn passage_of(&self, annotator: &AnnotatorId, span: SpanId) -> Option<usize> {
        if annotator.is_consensus() {
            return self.of_consensus.get(&span).copied();
        }
        self.of_source.get(&SourceSpan { annotator: annotator.clone(), span }).copied()
    }
}

/// What is known of a document, and what it was made of.
pub(super) struct CachedComparison {
    /// The layers that were compared. Held, so that one that is another now can't lie where one of these lay.
    layers: Vec<(AnnotatorId, Option<Arc<Layer>>)>,
    /// The document's revision.
    pub revision: u64,
    pub compared: Arc<DocumentComparison>,
}

impl CachedComparison {
    /// Compares these annotators in a document. Of what was known before, the differences are kept if nothing has changed
    /// that they depend on.
    pub fn of(document: &Document, people: &[AnnotatorId], before: Option<&Self>) -> Self {
        let layers: Vec<(AnnotatorId, Option<Arc<Layer>>)> =
            people.iter().map(|id| (id.clone(), document.layer(id).cloned())).collect();
        let (differences, of_source) = match before.filter(|before| before.compares(document, people)) {
            Some(before) => (before.compared.differences.clone(), before.compared.of_source.clone()),
            None => {
                let differences = Arc::new(Differences::new(document, people));
                let mut of_source = HashMap::new();
                for (at, cluster) in differences.clusters().iter().enumerate() {
                    of_source.extend(differences.sources(cluster).into_iter().map(|source| (source, at)));
                }
                (differences, Arc::new(of_source))
            }
        };
        let compared = Arc::new(DocumentComparison::new(document, differences, of_source));
        Self { layers, revision: document.revision, compared }
    }

    /// Whether it compares just these layers as they are now.
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
