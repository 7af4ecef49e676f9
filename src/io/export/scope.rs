//! The part of a project to export, and its order.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::IoError;
use crate::codebook::note_meanings;
use crate::loss::{ExportLoss, Losses};
use demarche_model::{
    AnnotatorId, Category, CategoryId, Document, DocumentId, DocumentSetId, Layer, Memo, MemoSubject,
    Progress, Project, Relations, Span, SpanId, Steps, Text, Unfinished, resolved_memos,
};

/// Number of documents that each thread converts before the results are written.
const AT_ONCE: usize = 4;

/// Memos with their authors.
pub(super) type AuthoredMemos<'a> = Vec<(&'a AnnotatorId, Arc<Memo>)>;

/// A part of a project to export. Documents are in the project's order; within a document the annotators in the
/// project's order; within a layer the spans by start, longest first, then id.
pub struct Scope<'a> {
    /// The project with the spans.
    pub project: &'a Project,
    /// The annotators whose spans are exported; `None` for all.
    pub annotators: Option<Vec<AnnotatorId>>,
    /// The categories to export; `None` for all.
    pub categories: Option<Vec<CategoryId>>,
    /// The documents to export; `None` for all.
    pub documents: Option<BTreeSet<DocumentId>>,
    /// The spans to export; `None` for all. A link is exported with the span that it starts at.
    pub spans: Option<HashSet<SpanId>>,
    /// Receiver of the progress of the export, in documents.
    pub progress: &'a dyn Progress,
}

impl<'a> Scope<'a> {
    /// Returns a scope with the whole project.
    pub fn everything(project: &'a Project) -> Self {
        Self { project, annotators: None, categories: None, documents: None, spans: None, progress: &() }
    }

    /// Returns the chosen documents, including those that have not been read.
    pub fn documents(&self) -> impl Iterator<Item = &'a Arc<Document>> {
        let all = self.project.documents().iter();
        all.filter(|document| self.documents.as_ref().is_none_or(|chosen| chosen.contains(document.id())))
    }

    /// Returns whether a chosen document has pages, headings or times.
    pub(super) fn knows_places(&self) -> bool {
        self.documents().any(|document| !document.anchors.is_empty())
    }

    /// Returns the chosen layers of a document.
    pub fn layers(&self, document: &'a Document) -> Vec<(&'a AnnotatorId, &'a Layer)> {
        let chosen = |id: &AnnotatorId| self.annotators.as_ref().is_none_or(|chosen| chosen.contains(id));
        let position = |id: &AnnotatorId| {
            let people = self.project.annotators();
            people.iter().position(|annotator| annotator.id == *id).unwrap_or(people.len())
        };
        let layers = document.layers.iter().filter(|(id, _)| chosen(id));
        let mut layers: Vec<_> = layers.map(|(id, layer)| (id, &**layer)).collect();
        layers.sort_by_key(|(id, _)| position(id));
        layers
    }

    /// Returns whether a span is chosen.
    pub fn has(&self, span: &Span) -> bool {
        self.categories.as_ref().is_none_or(|chosen| chosen.contains(&span.category))
            && self.spans.as_ref().is_none_or(|chosen| chosen.contains(&span.id))
    }

    /// Returns the chosen spans of a layer.
    pub fn spans<'b>(&'b self, layer: &'b Layer) -> impl Iterator<Item = &'b Arc<Span>> {
        layer.spans().filter(|span| self.has(span))
    }

    /// Returns all chosen spans of a document with their annotators.
    pub fn passages(&self, document: &'a Document) -> Vec<(&'a AnnotatorId, &'a Arc<Span>)> {
        let layers = self.layers(document).into_iter();
        layers
            .flat_map(|(id, layer)| layer.spans().map(move |span| (id, span)))
            .filter(|(_, s)| self.has(s))
            .collect()
    }

    /// Returns the chosen categories in the order of the codebook.
    pub fn chosen_categories(&self) -> impl Iterator<Item = &'a Arc<Category>> {
        let all = self.project.codebook().categories.iter();
        all.filter(|category| self.categories.as_ref().is_none_or(|chosen| chosen.contains(&category.id)))
    }

    /// Passes each chosen document that has been read to `write`, and counts what no export carries.
    pub(super) fn each(
        &self,
        losses: &mut Losses,
        mut write: impl FnMut(&'a Document, &'a Text, &mut Losses) -> Result<(), IoError>,
    ) -> Result<(), Unfinished<IoError>> {
        self.note_shared(losses);
        let documents: Vec<&'a Arc<Document>> = self.documents().collect();
        let steps = Steps::new(self.progress, documents.len());
        for document in documents {
            let (_, lost) = self.convert(document, &mut write)?;
            losses.join(lost);
            steps.advance()?;
        }
        Ok(())
    }

    /// Converts several documents at a time with `make`, and passes the results to `take` in the order of the documents.
    /// Counts what no export carries, as [`Self::each`] does.
    pub(super) fn each_converted<T: Send>(
        &self,
        losses: &mut Losses,
        make: impl Fn(&'a Document, &'a Text, &mut Losses) -> Result<T, IoError> + Sync,
        mut take: impl FnMut(T) -> Result<(), IoError>,
    ) -> Result<(), Unfinished<IoError>> {
        self.note_shared(losses);
        let documents: Vec<&'a Arc<Document>> = self.documents().collect();
        let steps = Steps::new(self.progress, documents.len());
        // The results of a few documents are kept in memory, not those of all.
        for some in documents.chunks(rayon::current_num_threads() * AT_ONCE) {
            let converted = some.par_iter().with_max_len(1).map(|document| self.convert(document, &make));
            for converted in converted.collect::<Vec<_>>() {
                let (result, lost) = converted?;
                losses.join(lost);
                result.map_or(Ok(()), &mut take)?;
                steps.advance()?;
            }
        }
        Ok(())
    }

    /// Counts what belongs to no passage: sets of documents, and memos. A format that carries them removes these losses.
    fn note_shared(&self, losses: &mut Losses) {
        let is_exported = |set: &DocumentSetId| {
            self.documents.is_none() || self.documents().any(|document| document.meta.sets.contains(set))
        };
        let sets = self.project.document_sets().keys().filter(|set| is_exported(set)).count();
        losses.add(ExportLoss::Sets, sets);
        losses.add(ExportLoss::Memos, self.count_memos(|_| true));
    }

    /// Returns the chosen memos by their subjects as they are now: the project, then documents and categories in their
    /// order, then those whose subject is gone; each with its author.
    pub(super) fn memos(&self) -> Vec<(MemoSubject, AuthoredMemos<'a>)> {
        let mut by_subject: BTreeMap<MemoSubject, AuthoredMemos<'_>> = BTreeMap::new();
        let is_chosen = |subject: &MemoSubject| match subject {
            MemoSubject::Project => true,
            MemoSubject::Document(id) => self.documents.as_ref().is_none_or(|chosen| chosen.contains(id)),
            MemoSubject::Category(id) => self.categories.as_ref().is_none_or(|chosen| chosen.contains(id)),
        };
        for (author, notes) in self.project.analysis_notes().iter() {
            if self.annotators.as_ref().is_some_and(|wanted| !wanted.contains(author)) {
                continue;
            }
            for (subject, memo) in resolved_memos(&notes.memos, self.project.codebook()) {
                if is_chosen(&subject) {
                    by_subject.entry(subject).or_default().push((author, memo));
                }
            }
        }
        let mut all: Vec<_> = by_subject.into_iter().collect();
        all.sort_by_cached_key(|(subject, _)| self.project.memo_order(subject));
        all
    }

    /// Counts the chosen memos whose subjects meet a condition.
    pub(super) fn count_memos(&self, is_counted: impl Fn(&MemoSubject) -> bool) -> usize {
        self.memos().iter().filter(|(subject, _)| is_counted(subject)).map(|(_, memos)| memos.len()).sum()
    }

    /// Counts the sets that a format loses if it names those of each document.
    pub(super) fn note_empty_sets(&self, losses: &mut Losses) {
        losses.carried(ExportLoss::Sets);
        let is_empty = |set: &DocumentSetId| self.project.members(set).next().is_none();
        let all = self.project.document_sets().keys().filter(|_| self.documents.is_none());
        losses.add(ExportLoss::Sets, all.filter(|set| is_empty(set)).count());
    }

    /// Returns the names of the sets of a document, in the order of their ids.
    pub(super) fn sets_of(&self, document: &'a Document) -> Vec<&'a str> {
        let sets = self.project.document_sets();
        document.meta.sets.iter().filter_map(|set| sets.get(set)).map(String::as_str).collect()
    }

    /// Converts a document, and counts what is lost. `None` if the document has not been read.
    fn convert<T>(
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
            // A format that carries origins removes this loss.
            losses.add(ExportLoss::Origins, origins);
        }
        let converted = make(document, text, &mut losses)?;
        Ok((Some(converted), losses))
    }

    /// Counts the links that end at a chosen span but start at one that is not chosen.
    fn links_cut(&self, layer: &Layer) -> usize {
        let Some(chosen) = &self.spans else { return 0 };
        layer.links().filter(|link| chosen.contains(&link.to) && !chosen.contains(&link.from)).count()
    }

    /// Counts what a format loses that carries the codebook without what it means for the analysis.
    pub(super) fn note_meanings(&self, losses: &mut Losses) {
        note_meanings(self.project.codebook(), losses);
        let Relations { members, persons, observers, issues_below } = &**self.project.relations();
        let entries = members.len() + persons.len() + observers.len() + issues_below.len();
        losses.add(ExportLoss::Relations, entries);
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

/// Counts the values of a passage that are infinite or not a number, which formats write as text or not at all.
pub(super) fn infinite_numbers(span: &Span) -> usize {
    span.attributes.values().filter(|value| !value.is_finite()).count()
}
