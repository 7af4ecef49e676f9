//! The number of passages that would pass a filter that is being typed.

use std::sync::{Arc, Mutex, PoisonError};

use demarche_analysis::filter::{Bound, Filter};
use demarche_analysis::read_moves::{KeptMoves, MovesRequest};
use demarche_model::{Progress, Project, Stopped};

use super::super::analyse::{AnalyseQuestion, dismissed};
use super::super::{JobKind, JobProgress, Session};
use super::Request;
use super::run::{Kept, run};

/// The passages among which a filter is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CountScope {
    /// Those of the coders that the Analyse screen counts.
    Analysed,
    /// All that are visible.
    Visible,
}

/// The number of passages that pass a filter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FilterCount {
    /// Those that pass.
    pub passing: usize,
    /// All of them.
    pub of: usize,
}

/// The filter that is being typed.
#[derive(Default)]
pub(super) struct Counting {
    counted: Option<(String, CountScope, FilterCount)>,
    running: Option<Arc<JobProgress>>,
    kept: Arc<Mutex<(KeptMoves, Kept)>>,
}

impl Counting {
    pub(super) fn give_up(&mut self) {
        self.running = None;
    }
}

impl Session {
    /// The number of passages that pass a filter, if it is the one that was counted last.
    pub fn filter_count(&self, text: &str, among: CountScope) -> Option<FilterCount> {
        let (counted, scope, count) = self.filtering.counting.counted.as_ref()?;
        (counted == text && *scope == among).then_some(*count)
    }

    /// Counts the passages that pass a filter, on a worker. Stops counting another one.
    pub(super) fn count_filter(&mut self, text: String, among: CountScope) {
        if let Some(progress) = self.filtering.counting.running.take() {
            progress.stop();
        }
        let Ok((_, bound)) = self.parsed_filter(&text) else { return };
        let (project, kept) = (self.project.clone(), self.filtering.counting.kept.clone());
        let question = AnalyseQuestion { filter: text.clone(), ..self.analyse.question().clone() };
        let request = Request {
            question,
            me: self.me.clone(),
            shown: self.visibility(),
            list_revision: project.list_revision(),
            revision: project.revision(),
        };
        let progress = self.jobs.start(JobKind::CountFilter, move |worker| {
            let progress = worker.progress();
            let counted = worker.compute(|| {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                match among {
                    CountScope::Analysed => {
                        analysed(&project, &request, bound.as_ref(), &mut kept.0, progress)
                    }
                    CountScope::Visible => visible(&project, &request, &mut kept.1, progress),
                }
            });
            Box::new(move |session: &mut Session| {
                if let Ok(count) = counted {
                    session.filtering.counting.counted = Some((text, among, count));
                    session.filtering.counting.running = None;
                }
            })
        });
        self.filtering.counting.running = Some(progress);
    }
}

/// Counts among the passages of the coders that the Analyse screen counts.
fn analysed(
    project: &Project,
    Request { question, me, .. }: &Request,
    bound: Option<&Bound>,
    kept: &mut KeptMoves,
    progress: &dyn Progress,
) -> Result<FilterCount, Stopped> {
    let visible = project.visibility_for(me);
    let choice = bound.and_then(Bound::coders).unwrap_or(&question.coders);
    let readings = choice.readings(project, &visible, Some(me));
    let settings = question.settings(dismissed(project, me));
    let asked = MovesRequest { project, visible: &visible, bound, settings };
    let read = kept.read(&asked, &readings.all, progress)?;
    let passing = |one: &demarche_analysis::read_moves::ReadMoves| {
        one.selected.as_ref().map_or_else(|| one.moves.iter().count(), |selected| selected.len())
    };
    let of = read.iter().map(|one| one.moves.iter().count()).sum();
    Ok(FilterCount { passing: read.iter().map(passing).sum(), of })
}

/// Counts among the visible passages.
fn visible(
    project: &Project,
    request: &Request,
    kept: &mut Kept,
    progress: &dyn Progress,
) -> Result<FilterCount, Stopped> {
    let is_everything = Filter::parse(&request.question.filter).is_ok_and(|filter| filter.is_empty());
    if is_everything {
        let layers = project.documents().iter().map(|document| {
            let layers = document.layers.iter().map(|(owner, layer)| (owner, &**layer));
            request.shown.filter(layers).iter().map(|(_, layer)| layer.len()).sum::<usize>()
        });
        let of = layers.sum();
        return Ok(FilterCount { passing: of, of });
    }
    let found = run(project, request, kept, progress)?;
    Ok(FilterCount { passing: found.passing, of: found.of })
}
