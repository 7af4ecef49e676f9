//! The figures of a whole project, updated document by document.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::{Activity, Count, DocumentSummary};
use demarche_model::{
    AnnotatorId, CategoryId, Document, DocumentId, Layer, Project, Ranges, Text, TextRange, Touch, Visibility,
};

/// Sums over documents.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Totals {
    /// Spans of the chosen layers.
    pub spans: usize,
    /// Characters that at least one of these spans covers.
    pub tagged_characters: usize,
    /// Length of the loaded documents, in characters.
    pub characters: usize,
    /// Figures per category that occurs.
    pub categories: BTreeMap<CategoryId, Count>,
    /// Spans per annotator who has any.
    pub annotators: BTreeMap<AnnotatorId, usize>,
    /// Spans created or changed per day.
    pub activity: Activity,
    /// Number of documents counted; those that are not loaded are left out.
    pub documents: usize,
}

/// The figures of one document, with the number of spans per annotator.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DocumentFigures {
    summary: DocumentSummary,
    annotators: Vec<(AnnotatorId, usize)>,
}

impl DocumentFigures {
    /// Counts the visible layers of a document.
    pub fn new<'a>(
        text: &Text,
        layers: impl Iterator<Item = (&'a AnnotatorId, &'a Layer)>,
        visibility: &Visibility,
    ) -> Self {
        let layers = visibility.filter(layers);
        let chosen: Vec<&Layer> = layers.iter().map(|(_, layer)| *layer).collect();
        Self { summary: DocumentSummary::new(text, &chosen), annotators: annotators(layers.into_iter()) }
    }
}

/// Number of spans per annotator who has any. The parts of the consensus are counted together.
fn annotators<'a>(layers: impl Iterator<Item = (&'a AnnotatorId, &'a Layer)>) -> Vec<(AnnotatorId, usize)> {
    let mut figures: BTreeMap<AnnotatorId, usize> = BTreeMap::new();
    // A layer without spans may still have a status, so `is_empty` is not the question.
    let counts = layers.map(|(id, layer)| (id, layer.len())).filter(|&(_, spans)| spans > 0);
    for (id, spans) in counts {
        *figures.entry(id.whole()).or_default() += spans;
    }
    figures.into_iter().collect()
}

/// The figures of a project and of each of its documents, over the visible layers.
#[derive(Clone, PartialEq, Debug)]
pub struct ProjectSummary {
    /// The layers that are counted.
    visibility: Visibility,
    parts: HashMap<DocumentId, Arc<DocumentFigures>>,
    totals: Totals,
}

/// Counts the visible layers of a project once: those of some annotators, or of all for `None`.
pub fn totals(project: &Project, visibility: impl Into<Visibility>) -> Totals {
    ProjectSummary::new(project, visibility).totals
}

impl ProjectSummary {
    /// Counts every loaded document.
    pub fn new(project: &Project, visibility: impl Into<Visibility>) -> Self {
        let mut summary =
            Self { visibility: visibility.into(), parts: HashMap::new(), totals: Totals::default() };
        project.documents().iter().for_each(|document| summary.recount(document));
        summary
    }

    /// The layers that are counted.
    pub fn visibility(&self) -> &Visibility {
        &self.visibility
    }

    /// Follows an edit, given what it has touched. The cost depends on the edit, not on the size of the
    /// project; a stretch that was touched several times is counted once.
    pub fn update(&mut self, project: &Project, touched: &[Touch]) {
        let mut changed: HashMap<&DocumentId, Vec<TextRange>> = HashMap::new();
        for touch in touched {
            match touch {
                Touch::Layer(layer, range) | Touch::Recoded(layer, range) => {
                    changed.entry(&layer.document).or_default().push(*range);
                }
                Touch::Text(id) => self.refresh(project, &id.document),
                Touch::Project
                | Touch::Anchors(_)
                | Touch::Original(..)
                | Touch::Realigned(_)
                | Touch::Review(..)
                | Touch::AnalysisNotes(..) => {}
            }
        }
        for (id, ranges) in changed {
            match project.document(id) {
                Some(document) => self.recount_ranges(document, ranges),
                None => self.remove(id),
            }
        }
    }

    /// Recounts one document after it was loaded, added or removed.
    pub fn refresh(&mut self, project: &Project, id: &DocumentId) {
        match project.document(id) {
            Some(document) => self.recount(document),
            None => self.remove(id),
        }
    }

    /// Adds figures of a document that were counted elsewhere, over the same layers.
    pub fn insert(&mut self, id: &DocumentId, figures: DocumentFigures) {
        self.remove(id);
        self.totals.add(&figures);
        self.parts.insert(id.clone(), Arc::new(figures));
    }

    /// The sums over all loaded documents.
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// The figures of one document; `None` if it is not loaded.
    pub fn document(&self, id: &DocumentId) -> Option<&DocumentSummary> {
        self.parts.get(id).map(|part| &part.summary)
    }

    fn recount(&mut self, document: &Document) {
        match &document.text {
            None => self.remove(document.id()),
            Some(text) => {
                self.insert(document.id(), DocumentFigures::new(text, layers_of(document), &self.visibility));
            }
        }
    }

    fn recount_ranges(&mut self, document: &Document, changed: Vec<TextRange>) {
        let (Some(text), true) = (&document.text, self.parts.contains_key(document.id())) else {
            return self.recount(document);
        };
        let layers = self.visibility.filter(layers_of(document));
        let chosen: Vec<&Layer> = layers.iter().map(|(_, layer)| *layer).collect();
        if let Some(part) = self.parts.get_mut(document.id()) {
            self.totals.subtract(part);
            let part = Arc::make_mut(part);
            let stretches = Ranges::new(changed);
            for stretch in stretches.iter().flat_map(Ranges::iter) {
                part.summary.update(text, &chosen, stretch);
            }
            part.annotators = annotators(layers.into_iter());
            self.totals.add(part);
        }
    }

    fn remove(&mut self, id: &DocumentId) {
        if let Some(part) = self.parts.remove(id) {
            self.totals.subtract(&part);
        }
    }
}

fn layers_of(document: &Document) -> impl Iterator<Item = (&AnnotatorId, &Layer)> {
    document.layers.iter().map(|(id, layer)| (id, &**layer))
}

impl Totals {
    fn add(&mut self, part: &DocumentFigures) {
        let DocumentFigures { summary, annotators } = part;
        self.documents += 1;
        self.spans += summary.spans();
        self.tagged_characters += summary.tagged_characters();
        self.characters += summary.characters();
        for (id, count) in summary.categories() {
            let sum = self.categories.entry(id.clone()).or_default();
            sum.spans += count.spans;
            sum.characters += count.characters;
        }
        for (id, count) in annotators {
            *self.annotators.entry(id.clone()).or_default() += count;
        }
        for (&day, count) in summary.activity() {
            *self.activity.entry(day).or_default() += count;
        }
    }

    fn subtract(&mut self, part: &DocumentFigures) {
        let DocumentFigures { summary, annotators } = part;
        self.documents -= 1;
        self.spans -= summary.spans();
        self.tagged_characters -= summary.tagged_characters();
        self.characters -= summary.characters();
        for (id, count) in summary.categories() {
            decrement_count(&mut self.categories, id, count);
        }
        for (id, count) in annotators {
            decrement(&mut self.annotators, id, *count);
        }
        for (day, &count) in summary.activity() {
            decrement(&mut self.activity, day, count);
        }
    }
}

/// Subtracts `by` from a count and removes the count at zero, so that adding and subtracting end where they
/// began.
pub(super) fn decrement<K: Ord>(counts: &mut BTreeMap<K, usize>, key: &K, by: usize) {
    if let Some(count) = counts.get_mut(key) {
        *count -= by;
        if *count == 0 {
            counts.remove(key);
        }
    }
}

/// Like [`decrement`], for spans and characters.
pub(super) fn decrement_count(counts: &mut BTreeMap<CategoryId, Count>, key: &CategoryId, by: Count) {
    if let Some(count) = counts.get_mut(key) {
        count.spans -= by.spans;
        count.characters -= by.characters;
        if *count == Count::default() {
            counts.remove(key);
        }
    }
}
