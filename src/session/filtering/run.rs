//! Finds the passages that pass, on a snapshot of the project.

use std::collections::HashMap;
use std::sync::Arc;

use demarche_analysis::bargain::{CoderChoice, Reading};
use demarche_analysis::filter::{Bound, DocumentPassages, Filter, Views};
use demarche_analysis::read_moves::{KeptMoves, MovesRequest};
use demarche_analysis::summary::{DocumentFigures, ProjectSummary};
use demarche_model::{AnnotatorId, Document, DocumentId, Layer, Progress, Project, Stopped, Visibility};

use super::super::analyse::{FilterRefusal, dismissed};
use super::Request;
use super::found::{DocumentSpans, Filtered, PassingSpans};

/// What is kept between two runs.
#[derive(Default)]
pub(super) struct Kept {
    moves: KeptMoves,
    last: Option<LastRun>,
}

/// What the last run has found, for the documents that have not changed since.
struct LastRun {
    request: Request,
    spans: Arc<HashMap<DocumentId, Arc<DocumentSpans>>>,
    summary: ProjectSummary,
}

/// Finds the passages that pass.
///
/// # Errors
/// The work was stopped.
pub(super) fn run(
    project: &Project,
    request: &Request,
    kept: &mut Kept,
    progress: &dyn Progress,
) -> Result<Filtered, Stopped> {
    let bound = match bind(project, request) {
        Ok(bound) => bound,
        Err(refusal) => return Ok(refused(project, request, refusal)),
    };
    let documents = passing(project, request, &bound, &mut kept.moves, progress)?;
    let same = |other: &Request| other.has_same_filter(request);
    let (known, mut summary) = match kept.last.take() {
        Some(last) if same(&last.request) => (last.spans, last.summary),
        Some(_) | None => (Arc::default(), ProjectSummary::new(&Project::default(), request.shown.clone())),
    };
    let mut spans = HashMap::with_capacity(documents.len());
    for found in &documents {
        let reused = known.get(&found.document).filter(|known| Arc::ptr_eq(&known.passing, &found.passing));
        let now = reused.cloned().unwrap_or_else(|| {
            let now = Arc::new(DocumentSpans::new(&found.passing));
            summarise(project, &found.document, &now, &mut summary);
            now
        });
        spans.insert(found.document.clone(), now);
    }
    known
        .keys()
        .filter(|id| !spans.contains_key(*id))
        .for_each(|id| summary.refresh(&Project::default(), id));
    let spans = Arc::new(spans);
    kept.last = Some(LastRun { request: request.clone(), spans: spans.clone(), summary: summary.clone() });
    let sum = |of: fn(&DocumentPassages) -> usize| documents.iter().map(of).sum();
    Ok(Filtered {
        refusal: None,
        passing: sum(|one| one.passing.count()),
        of: sum(|one| one.passing.of()),
        uncertain: sum(|one| one.passing.uncertain()),
        spans: PassingSpans(Some(spans)),
        summary,
    })
}

fn bind(project: &Project, request: &Request) -> Result<Bound, FilterRefusal> {
    let views = Views::of(project, Some(&request.me));
    Ok(Filter::parse(&request.question.filter)?.bind(project, &views)?)
}

/// Nothing passes a filter that does not fit the project.
fn refused(project: &Project, request: &Request, refusal: FilterRefusal) -> Filtered {
    Filtered {
        refusal: Some(refusal),
        passing: 0,
        of: project.documents().iter().flat_map(|document| document.layers.values()).map(|l| l.len()).sum(),
        uncertain: 0,
        spans: PassingSpans(Some(Arc::default())),
        summary: ProjectSummary::new(&Project::default(), request.shown.clone()),
    }
}

/// The passages that pass, in the layers that are shown and, if the filter names coders, that they chose.
fn passing(
    project: &Project,
    request: &Request,
    bound: &Bound,
    moves: &mut KeptMoves,
    progress: &dyn Progress,
) -> Result<Vec<DocumentPassages>, Stopped> {
    let visible = project.visibility_for(&request.me);
    let readings = readings(project, request, bound, &visible);
    let settings = request.question.settings(dismissed(project, &request.me));
    let asked = MovesRequest { project, visible: &visible, bound: None, settings };
    let is_chosen = |document: &Document, owner: &AnnotatorId| {
        bound.coders().is_none()
            || readings.iter().any(|reading| reading.layers(document).iter().any(|(of, _)| *of == owner))
    };
    let chosen = |document: &Document| -> Vec<AnnotatorId> {
        let shown = request.shown.filter(layers_of(document)).into_iter().map(|(owner, _)| owner);
        shown.filter(|owner| is_chosen(document, owner)).cloned().collect()
    };
    moves.passing(&asked, (&readings, bound), chosen, progress)
}

/// The readings of the coders that the filter names, or of each coder on their own.
fn readings(project: &Project, request: &Request, bound: &Bound, visible: &Visibility) -> Vec<Reading> {
    let everyone = || {
        let people = project.coders().into_iter().chain([AnnotatorId::consensus()]);
        CoderChoice::People(people.collect())
    };
    let choice = bound.coders().cloned().unwrap_or_else(everyone);
    choice.readings(project, visible, Some(&request.me)).all
}

/// Counts the passages of a document that pass.
fn summarise(project: &Project, id: &DocumentId, passing: &DocumentSpans, summary: &mut ProjectSummary) {
    let text = project.document(id).and_then(|document| Some((document, document.text.as_ref()?)));
    let Some((document, text)) = text else { return };
    let layers = layers_of(document).filter_map(|(owner, layer)| {
        let passing = passing.layer(owner)?;
        let spans = layer.spans().filter(|span| passing.contains(&span.id)).map(|span| (**span).clone());
        Some((owner, layer.with_contents(spans, [], [])))
    });
    let layers: Vec<(&AnnotatorId, Layer)> = layers.collect();
    let layers = layers.iter().map(|(owner, layer)| (*owner, layer));
    // What passes is visible already.
    summary.insert(id, DocumentFigures::new(text, layers, &Visibility::default()));
}

fn layers_of(document: &Document) -> impl Iterator<Item = (&AnnotatorId, &Layer)> {
    document.layers.iter().map(|(owner, layer)| (owner, &**layer))
}
