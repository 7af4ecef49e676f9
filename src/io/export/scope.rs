//! What is exported, and the order in which it comes.

use crate::loss::{ExportLoss, Losses};
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::IoError;
use demarche_model::{
    AnnotatorId, Category, CategoryId, Document, DocumentId, Layer, Progress, Project, Span, SpanId, Steps,
    Text, Unfinished,
};

/// How many documents each thread makes something of before it is written.
const AT_ONCE: usize = 4;

/// A part of a project to export. Documents come in the project's order; within a document the annotators in the
/// project's order; within a layer the spans by start, longest first, then id.
pub struct Scope<'a> {
    /// Where the spans are.
    pub project: &'a Project,
    /// Whose spans; `None` for everybody's.
    pub annotators: Option<Vec<AnnotatorId>>,
    /// Of which categories; `None` for all.
    pub categories: Option<Vec<CategoryId>>,
    /// From which documents; `None` for all.
    pub documents: Option<BTreeSet<DocumentId>>,
    /// Which spans; `None` for all. A link is exported with the span that it starts at.
    pub spans: Option<HashSet<SpanId>>,
    /// Who watches the export; a document is a step.
    pub progress: &'a dyn Progress,
}

impl<'a> Scope<'a> {
    /// All of a project.
    pub fn everything(project: &'a Project) -> Self {
        Self { project, annotators: None, categories: None, documents: None, spans: None, progress: &() }
    }

    /// The chosen documents, those that have not been read included.
    pub fn documents(&self) -> impl Iterator<Item = &'a Arc<Document>> {
        let all = self.project.documents().iter();
        all.filter(|document| self.documents.as_ref().is_none_or(|chosen| chosen.contains(document.id())))
    }

    /// Whether pages, headings or times of a chosen document are known.
    pub(super) fn knows_places(&self) -> bool {
        self.documents().any(|document| !document.anchors.is_empty())
    }

    /// The chosen layers of a document.
    pub fn layers(&self, document: &'a Document) -> Vec<(&'a AnnotatorId, &'a Layer)> {
        let chosen = |id: &AnnotatorId| self.annotators.as_ref().is_none_or(|chosen| chosen.contains(id));
        let place = |id: &AnnotatorId| {
            let people = self.project.annotators();
            people.iter().position(|annotator| annotator.id == *id).unwrap_or(people.len())
        };
        let layers = document.layers.iter().filter(|(id, _)| chosen(id));
        let mut layers: Vec<_> = layers.map(|(id, layer)| (id, &**layer)).collect();
        layers.sort_by_key(|(id, _)| place(id));
        layers
    }

    /// Whether the span is chosen.
    pub fn has(&self, span: &Span) -> bool {
        self.categories.as_ref().is_none_or(|chosen| chosen.contains(&span.category))
            && self.spans.as_ref().is_none_or(|chosen| chosen.contains(&span.id))
    }

    /// The chosen spans of a layer.
    pub fn spans<'b>(&'b self, layer: &'b Layer) -> impl Iterator<Item = &'b Arc<Span>> {
        layer.spans().filter(|span| self.has(span))
    }

    /// All chosen spans of a document, with their annotators.
    pub fn passages(&self, document: &'a Document) -> Vec<(&'a AnnotatorId, &'a Arc<Span>)> {
        let layers = self.layers(document).into_iter();
        layers
            .flat_map(|(id, layer)| layer.spans().map(move |span| (id, span)))
            .filter(|(_, s)| self.has(s))
            .collect()
    }

    /// The chosen categories in the codebook's order.
    pub fn chosen_categories(&self) -> impl Iterator<Item = &'a Arc<Category>> {
        let all = self.project.codebook().categories.iter();
        all.filter(|category| self.categories.as_ref().is_none_or(|chosen| chosen.contains(&category.id)))
    }

    /// Hands each chosen document that has been read to `write`, and counts what no export carries.
    pub(super) fn each(
        &self,
        losses: &mut Losses,
        mut write: impl FnMut(&'a Document, &'a Text, &mut Losses) -> Result<(), IoError>,
    ) -> Result<(), Unfinished<IoError>> {
        let documents: Vec<&'a Arc<Document>> = self.documents().collect();
        let steps = Steps::new(self.progress, documents.len());
        for document in documents {
            let (_, lost) = self.made(document, &mut write)?;
            losses.join(lost);
            steps.advance()?;
        }
        Ok(())
    }

    /// As [`Self::each`], with `make` for several documents at once; what it makes of them goes to `take` in their order.
    pub(super) fn each_made<T: Send>(
        &self,
        losses: &mut Losses,
        make: impl Fn(&'a Document, &'a Text, &mut Losses) -> Result<T, IoError> + Sync,
        mut take: impl FnMut(T) -> Result<(), IoError>,
    ) -> Result<(), Unfinished<IoError>> {
        let documents: Vec<&'a Arc<Document>> = self.documents().collect();
        let steps = Steps::new(self.progress, documents.len());
        // What is made of a few documents waits in memory, not what is made of all.
        for some in documents.chunks(rayon::current_num_threads() * AT_ONCE) {
            let made = some.par_iter().with_max_len(1).map(|document| self.made(document, &make));
            for made in made.collect::<Vec<_>>() {
                let (result, lost) = made?;
                losses.join(lost);
                result.map_or(Ok(()), &mut take)?;
                steps.advance()?;
            }
        }
        Ok(())
    }

    /// What is made of a document, `None` for one that has not been read; and what is lost of it.
    fn made<T>(
        &self,
        document: &'a Document,
        make: impl FnOnce(&'a Document, &'a Text, &mut Losses) -> Result<T, IoError>,
    ) -> Result<(Option<T>, Losses), IoError> {
        let mut losses = Losses::default();
        let Some(text) = &document.text else {
            losses.add(ExportLoss::UnreadDocuments, 1);
            return Ok((None, losses));
        };
        for (_, layer) in self.layers(document) {
            losses.add(ExportLoss::DetachedRecords, layer.detached().count());
            losses.add(ExportLoss::LinksFromOutside, self.links_cut(layer));
            let origins = self.spans(layer).filter(|span| span.provenance.is_some()).count();
            // A format that carries them takes this back.
            losses.add(ExportLoss::Origins, origins);
        }
        let made = make(document, text, &mut losses)?;
        Ok((Some(made), losses))
    }

    /// Counts the links that end at one of the spans that were picked out, but start elsewhere.
    fn links_cut(&self, layer: &Layer) -> usize {
        let Some(chosen) = &self.spans else { return 0 };
        layer.links().filter(|link| chosen.contains(&link.to) && !chosen.contains(&link.from)).count()
    }

    /// Counts the links that start at chosen spans.
    pub(super) fn count_links(&self, document: &'a Document) -> usize {
        let layers = self.layers(document).into_iter().map(|(_, layer)| layer);
        let starts = |layer: &Layer, id| layer.span(id).is_some_and(|span| self.has(span));
        layers.map(|layer| layer.links().filter(|link| starts(layer, link.from)).count()).sum()
    }

    /// Counts the decisions on chosen spans.
    pub(super) fn count_decisions(&self, document: &'a Document) -> usize {
        let chosen = |id: &AnnotatorId| self.annotators.as_ref().is_none_or(|chosen| chosen.contains(id));
        let decisions = document.reviews.values().flat_map(|review| review.decisions.values());
        let is_in = |annotator: &AnnotatorId, id| {
            document.layer(annotator).and_then(|l| l.span(id)).is_some_and(|span| self.has(span))
        };
        decisions.filter(|d| chosen(&d.annotator) && is_in(&d.annotator, d.span)).count()
    }
}
