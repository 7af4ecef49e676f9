//! Results of filters, kept while nothing they depend on has changed.

use std::sync::Arc;

use foldhash::{HashMap as FastMap, HashMapExt};

use demarche_model::{AnnotatorId, Document, DocumentId, Visibility};

use super::super::bound::Bound;
use super::{Corpus, Evaluator, Facts, Passing, Store};
use crate::bargain::{Moves, PassageSet};

/// Number of filters whose results are kept.
const FILTERS: usize = 8;

/// The results of the filters that were used last, by document, and the words and sentences of the texts.
///
/// One cache serves one project. A result is kept until its document changes; that of a filter about links until any document changes, and that of a
/// filter about the ledger until the ledger changes.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    store: Store,
    /// The filter that was used last comes first.
    filters: Vec<FilterResults>,
}

/// The passages of a document that pass.
#[derive(Clone, Debug)]
pub struct DocumentPassages {
    /// The document.
    pub document: DocumentId,
    /// Its passages, by layer.
    pub passing: Arc<Passing>,
}

/// The passages of a reading that pass.
#[derive(Clone, Debug)]
pub struct ReadingPassages {
    /// The passages.
    pub passages: PassageSet,
    /// Number of passages in the chosen layers.
    pub of: usize,
    /// Number of passages that pass only because their date may be in the range.
    pub uncertain: usize,
}

#[derive(Clone, Debug)]
struct FilterResults {
    key: FilterKey,
    documents: FastMap<DocumentId, DocumentResult>,
}

/// What all results of a filter depend on.
#[derive(Clone, PartialEq, Eq, Debug)]
struct FilterKey {
    identity: String,
    list_revision: u64,
    settings: u64,
    visible: Visibility,
    /// The revision of the ledger, for a filter about it.
    ledger: Option<u64>,
    /// The revision of the project, for a filter about links.
    links: Option<u64>,
}

#[derive(Clone, Debug)]
struct DocumentResult {
    revision: u64,
    owners: Vec<AnnotatorId>,
    passing: Arc<Passing>,
}

impl Cache {
    /// Returns the passages that pass in every loaded document, in the order of the project. `chosen` tells whose layers of
    /// a document count.
    pub fn passing<F: Facts>(
        &mut self,
        bound: &Bound,
        corpus: Corpus<'_, F>,
        chosen: impl Fn(&Document) -> Vec<AnnotatorId>,
    ) -> Vec<DocumentPassages> {
        let mut results = self.take(FilterKey::new(bound, corpus));
        let mut known = std::mem::take(&mut results.documents);
        let mut evaluator = Evaluator::new(bound, corpus, &mut self.store);
        let mut out = Vec::new();
        for document in corpus.project.documents().iter().filter(|document| document.is_loaded()) {
            let owners = chosen(document);
            let is_current =
                |known: &DocumentResult| known.revision == document.revision && known.owners == owners;
            let result = match known.remove(document.id()).filter(is_current) {
                Some(known) => known,
                None => {
                    let passing = Arc::new(evaluator.document(document, &owners));
                    DocumentResult { revision: document.revision, owners, passing }
                }
            };
            out.push(DocumentPassages { document: document.id().clone(), passing: result.passing.clone() });
            results.documents.insert(document.id().clone(), result);
        }
        self.filters.insert(0, results);
        self.filters.truncate(FILTERS);
        out
    }

    /// Returns the passages of a reading that pass.
    pub fn in_reading<F: Facts>(
        &mut self,
        bound: &Bound,
        corpus: Corpus<'_, F>,
        moves: &Moves,
    ) -> ReadingPassages {
        let owners = |document: &Document| {
            moves.reading().layers(document).into_iter().map(|(owner, _)| owner.clone()).collect()
        };
        let documents = self.passing(bound, corpus, owners);
        let find = |one: &DocumentPassages| {
            let spans = one.passing.layers.iter().flat_map(|layer| &layer.spans);
            spans.filter_map(|span| moves.find(&one.document, *span)).collect::<Vec<_>>()
        };
        ReadingPassages {
            passages: documents.iter().flat_map(find).collect(),
            of: documents.iter().map(|one| one.passing.of()).sum(),
            uncertain: documents.iter().map(|one| one.passing.uncertain()).sum(),
        }
    }

    /// Takes out the results of a filter, or an empty set of results.
    fn take(&mut self, key: FilterKey) -> FilterResults {
        match self.filters.iter().position(|results| results.key == key) {
            Some(at) => self.filters.remove(at),
            None => FilterResults { key, documents: FastMap::new() },
        }
    }
}

impl FilterKey {
    fn new<F: Facts>(bound: &Bound, corpus: Corpus<'_, F>) -> Self {
        Self {
            identity: bound.identity.clone(),
            list_revision: bound.list_revision,
            settings: corpus.facts.settings_revision(),
            visible: corpus.visible.clone(),
            ledger: bound.needs.ledger.then(|| corpus.facts.ledger_revision()),
            links: bound.needs.links.then(|| corpus.project.revision()),
        }
    }
}
