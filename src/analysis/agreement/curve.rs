//! Agreement over time: over the order of documents, which shows how coders learn, and over rounds; and of one coder with
//! themselves.

use std::sync::Arc;

use super::document_counts::{self, DocumentCounts};
use super::label_sets::SetTable;
use super::pooled::{PooledFigure, pooled};
use super::question::Comparison;
use super::{Question, SegmentCache, count_documents, included};
use demarche_model::{Annotator, AnnotatorId, Document, DocumentId, Progress, Project, Stopped};

/// The overall figures of a stretch of documents, or of a round.
#[derive(Clone, PartialEq, Debug)]
pub struct CurvePoint {
    /// The documents behind it, all of which at least two annotators have worked on.
    pub documents: Vec<DocumentId>,
    /// The figures.
    pub figures: Vec<PooledFigure>,
}

/// Computes the figures of `stretch` documents at a time, in this order. Documents that fewer than two annotators have
/// worked on are skipped, and the last point may have fewer.
///
/// # Errors
/// The computation was stopped.
pub fn over_documents(
    project: &Project,
    question: &Question,
    (order, stretch): (&[DocumentId], usize),
    segments: &SegmentCache,
    progress: &dyn Progress,
) -> Result<Vec<CurvePoint>, Stopped> {
    let project = &project.with_one_consensus();
    let documents = order.iter().filter_map(|id| project.document(id).map(|document| &**document));
    let documents: Vec<&Document> = documents.filter(|document| included(document, question)).collect();
    points(project, question, &documents, stretch, segments, progress)
}

/// Computes the figures of each round, read as a project; one point per round.
///
/// # Errors
/// The computation was stopped.
pub fn over_rounds(
    rounds: &[&Project],
    question: &Question,
    segments: &SegmentCache,
    progress: &dyn Progress,
) -> Result<Vec<CurvePoint>, Stopped> {
    let mut found = Vec::new();
    for round in rounds {
        let project = &round.with_one_consensus();
        let documents: Vec<&Document> = project.documents().iter().map(|document| &**document).collect();
        let documents: Vec<&Document> =
            documents.into_iter().filter(|document| included(document, question)).collect();
        let all = documents.len().max(1);
        let points = points(project, question, &documents, all, segments, progress)?;
        let none = CurvePoint { documents: Vec::new(), figures: Vec::new() };
        found.push(points.into_iter().next().unwrap_or(none));
    }
    Ok(found)
}

fn points(
    project: &Project,
    question: &Question,
    documents: &[&Document],
    stretch: usize,
    segments: &SegmentCache,
    progress: &dyn Progress,
) -> Result<Vec<CurvePoint>, Stopped> {
    let mut comparison = Comparison::new(project, question);
    let counted = count_documents(&comparison, documents, segments, progress)?;
    let (documents, mut counted): (Vec<&Document>, Vec<DocumentCounts<'_>>) =
        documents.iter().zip(counted).filter_map(|(document, counted)| Some((*document, counted?))).unzip();
    comparison.sets = SetTable::unify(document_counts::label_sets(&mut counted), comparison.categories.len());
    let stretch = stretch.max(1);
    let point = |(documents, counted): (&[&Document], &[DocumentCounts<'_>])| CurvePoint {
        documents: documents.iter().map(|document| document.id().clone()).collect(),
        figures: pooled(&comparison, &counted.iter().collect::<Vec<_>>()),
    };
    Ok(documents.chunks(stretch).zip(counted.chunks(stretch)).map(point).collect())
}

/// Returns a project in which what a coder had tagged in an earlier and in a later round are the layers of two annotators,
/// and their ids. The agreement of the two is that of the coder with themselves; Krippendorff calls it stability.
pub fn intra_coder(earlier: &Project, later: &Project, coder: &AnnotatorId) -> (Project, [AnnotatorId; 2]) {
    let ids = [1, 2].map(|round| AnnotatorId::new(format!("{coder}-round-{round}")));
    let of_both = |document: &Arc<Document>| {
        let mut both = (**document).clone();
        let before = earlier.document(document.id()).and_then(|document| document.layer(coder));
        let layers = [before, document.layer(coder)];
        let named = ids.iter().cloned().zip(layers);
        both.layers = named.filter_map(|(id, layer)| Some((id, layer?.clone()))).collect();
        both.reviews.clear();
        both.unreadable.clear();
        both
    };
    let name = later.name_of(coder);
    let person = |(round, id): (usize, &AnnotatorId)| {
        Annotator::new(id.clone(), format!("{name} ({})", round + 1), demarche_model::Colour::nth(round))
    };
    let project = Project::assemble(
        later.name().to_owned(),
        ids.iter().enumerate().map(person).collect(),
        later.actors().to_vec(),
        later.issues().to_vec(),
        (**later.codebook()).clone(),
        later.documents().iter().map(of_both).collect(),
    );
    (project, ids)
}
