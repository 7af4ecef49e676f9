//! The figures of a whole project, kept up to date document by document.

use std::collections::{BTreeMap, HashMap};

use super::{Activity, Count, DocumentSummary};
use demarche_model::{
    AnnotatorId, CategoryId, Document, DocumentId, Layer, Project, Ranges, Sight, Text, TextRange, Touch,
};

/// Sums over documents.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Totals {
    /// Spans of the layers that were chosen.
    pub spans: usize,
    /// Characters that at least one of these spans covers.
    pub tagged_characters: usize,
    /// Length of the documents that have been read, in characters.
    pub characters: usize,
    /// Figures per category that occurs.
    pub categories: BTreeMap<CategoryId, Count>,
    /// Spans per annotator who has any.
    pub annotators: BTreeMap<AnnotatorId, usize>,
    /// Spans made or changed per day.
    pub activity: Activity,
    /// Documents that are counted here; those that have not been read are not.
    pub documents: usize,
}

/// The figures of one document and whose they are.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Counted {
    summary: DocumentSummary,
    annotators: Vec<(AnnotatorId, usize)>,
}

impl Counted {
    /// Counts those of a document's layers that are seen.
    pub fn new<'a>(
        text: &Text,
        layers: impl Iterator<Item = (&'a AnnotatorId, &'a Layer)>,
        sight: &Sight,
    ) -> Self {
        let layers = sight.among(layers);
        let chosen: Vec<&Layer> = layers.iter().map(|(_, layer)| *layer).collect();
        Self { summary: DocumentSummary::new(text, &chosen), annotators: annotators(layers.into_iter()) }
    }
}

/// How many spans each has, of those who have any.
fn annotators<'a>(layers: impl Iterator<Item = (&'a AnnotatorId, &'a Layer)>) -> Vec<(AnnotatorId, usize)> {
    let counted = layers.map(|(id, layer)| (id.clone(), layer.len()));
    counted.filter(|&(_, spans)| spans > 0).collect()
}

/// The figures of a project and of each of its documents, over the layers of some annotators.
#[derive(Clone, PartialEq, Debug)]
pub struct ProjectSummary {
    /// Whose layers count.
    sight: Sight,
    parts: HashMap<DocumentId, Counted>,
    totals: Totals,
}

/// The figures of a project, counted once, over the layers that are seen: of some annotators, or of all for `None`.
pub fn totals(project: &Project, sight: impl Into<Sight>) -> Totals {
    ProjectSummary::new(project, sight).totals
}

impl ProjectSummary {
    /// Counts everything that has been read.
    pub fn new(project: &Project, sight: impl Into<Sight>) -> Self {
        let mut summary = Self { sight: sight.into(), parts: HashMap::new(), totals: Totals::default() };
        project.documents().iter().for_each(|document| summary.set(document));
        summary
    }

    /// Whose layers count.
    pub fn sight(&self) -> &Sight {
        &self.sight
    }

    /// Follows an edit, given the places it has touched. Costs what the edit changed, not what the project holds; a
    /// stretch that was touched several times is counted once.
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
                | Touch::Review(..) => {}
            }
        }
        for (id, ranges) in changed {
            match project.document(id) {
                Some(document) => self.change(document, ranges),
                None => self.forget(id),
            }
        }
    }

    /// Counts one document anew, after it was read, added or taken out.
    pub fn refresh(&mut self, project: &Project, id: &DocumentId) {
        match project.document(id) {
            Some(document) => self.set(document),
            None => self.forget(id),
        }
    }

    /// Takes in what was counted of a document elsewhere, over the layers of the same annotators.
    pub fn put(&mut self, id: &DocumentId, counted: Counted) {
        self.forget(id);
        self.totals.add(&counted);
        self.parts.insert(id.clone(), counted);
    }

    /// The sums over all documents that have been read.
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// The figures of one document; `None` if it has not been read.
    pub fn document(&self, id: &DocumentId) -> Option<&DocumentSummary> {
        self.parts.get(id).map(|part| &part.summary)
    }

    fn set(&mut self, document: &Document) {
        match &document.text {
            None => self.forget(document.id()),
            Some(text) => {
                self.put(document.id(), Counted::new(text, layers_of(document), &self.sight));
            }
        }
    }

    fn change(&mut self, document: &Document, changed: Vec<TextRange>) {
        let (Some(text), true) = (&document.text, self.parts.contains_key(document.id())) else {
            return self.set(document);
        };
        let layers = self.sight.among(layers_of(document));
        let chosen: Vec<&Layer> = layers.iter().map(|(_, layer)| *layer).collect();
        if let Some(part) = self.parts.get_mut(document.id()) {
            self.totals.subtract(part);
            let stretches = Ranges::new(changed);
            for stretch in stretches.iter().flat_map(Ranges::iter) {
                part.summary.update(text, &chosen, stretch);
            }
            part.annotators = annotators(layers.into_iter());
            self.totals.add(part);
        }
    }

    fn forget(&mut self, id: &DocumentId) {
        if let Some(part) = self.parts.remove(id) {
            self.totals.subtract(&part);
        }
    }
}

fn layers_of(document: &Document) -> impl Iterator<Item = (&AnnotatorId, &Layer)> {
    document.layers.iter().map(|(id, layer)| (id, &**layer))
}

impl Totals {
    fn add(&mut self, part: &Counted) {
        let Counted { summary, annotators } = part;
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

    fn subtract(&mut self, part: &Counted) {
        let Counted { summary, annotators } = part;
        self.documents -= 1;
        self.spans -= summary.spans();
        self.tagged_characters -= summary.tagged_characters();
        self.characters -= summary.characters();
        for (id, count) in summary.categories() {
            lower_count(&mut self.categories, id, count);
        }
        for (id, count) in annotators {
            lower(&mut self.annotators, id, *count);
        }
        for (day, &count) in summary.activity() {
            lower(&mut self.activity, day, count);
        }
    }
}

/// Takes `by` off a figure, and drops it at nothing, so that counting up and down ends where it began.
pub(super) fn lower<K: Ord>(counts: &mut BTreeMap<K, usize>, key: &K, by: usize) {
    if let Some(count) = counts.get_mut(key) {
        *count -= by;
        if *count == 0 {
            counts.remove(key);
        }
    }
}

/// As [`lower`], for spans and characters.
pub(super) fn lower_count(counts: &mut BTreeMap<CategoryId, Count>, key: &CategoryId, by: Count) {
    if let Some(count) = counts.get_mut(key) {
        count.spans -= by.spans;
        count.characters -= by.characters;
        if *count == Count::default() {
            counts.remove(key);
        }
    }
}
