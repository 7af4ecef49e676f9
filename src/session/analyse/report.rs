//! The report of an analysis, as a file.

use std::path::PathBuf;
use std::sync::Arc;

use demarche_analysis::bargain::CoderChoice;
use demarche_analysis::filter::{Bound, Filter};
use demarche_analysis::read_moves::{KeptMoves, MovesRequest};
use demarche_analysis::report::{Report, ReportRequest, compose};
use demarche_analysis::views::Rules;
use demarche_io::export::analysis::{ReportFormat, write_file};
use demarche_model::{AnnotatorId, Progress, Project, Stopped};

use super::AnalyseQuestion;
use super::filter::FilterRefusal;
use crate::words::analyse as words;
use crate::{JobKind, Session};

/// What happens after a report was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum AfterReport {
    /// A notice says so.
    Notify,
    /// The window opens it.
    Open,
}

impl Session {
    /// Writes the report of what the Analyse screen is asked. The extension of the path names the format; HTML without one
    /// that is known.
    pub(super) fn write_report(&mut self, path: PathBuf, then: AfterReport) {
        self.read_layers();
        if self.is_reading_layers() {
            return self.notify(words::still_reading());
        }
        let asked = &self.analyse.question;
        let parsed = match self.parsed_filter(&asked.filter) {
            Ok(parsed) => parsed,
            Err(refusal) => return self.notify_error(refusal.to_string()),
        };
        let format = ReportFormat::of_path(&path);
        let path = if format.is_some() { path } else { path.with_extension(ReportFormat::Html.extension()) };
        let format = format.unwrap_or(ReportFormat::Html);
        let (choice, rules) = (asked.coders.clone(), asked.rules);
        let (project, me) = (self.project.clone(), self.me.clone());
        self.jobs.start(JobKind::Export, move |worker| {
            let composed =
                worker.compute(|| composed(&project, &me, (&parsed, &choice, rules), worker.progress()));
            let written =
                composed.map(|report| format.bytes(&report).and_then(|bytes| write_file(&path, &bytes)));
            Box::new(move |session: &mut Session| match written {
                Ok(Ok(())) if then == AfterReport::Open => session.request_printed(path),
                Ok(Ok(())) => session.notify(words::report_written(&path)),
                Ok(Err(error)) => session.notify_error(words::report_not_written(&error)),
                // The user has cancelled the job.
                Err(_) => {}
            })
        });
    }

    /// Reads a filter, and looks up its names unless it is empty.
    pub(crate) fn parsed_filter(&self, text: &str) -> Result<(Filter, Option<Bound>), FilterRefusal> {
        let filter = Filter::parse(text)?;
        let bound = match text.trim().is_empty() {
            true => None,
            false => Some(filter.bind(&self.project, &self.named_views())?),
        };
        Ok((filter, bound))
    }
}

/// Composes the report of the passages that pass a filter, as `me` may see the project.
fn composed(
    project: &Project,
    me: &AnnotatorId,
    ((filter, bound), choice, rules): (&(Filter, Option<Bound>), &CoderChoice, Rules),
    progress: &dyn Progress,
) -> Result<Report, Stopped> {
    let choice = bound.as_ref().and_then(Bound::coders).unwrap_or(choice);
    let visible = project.visibility_for(me);
    let readings = choice.readings(project, &visible, Some(me));
    let settings = AnalyseQuestion { rules, ..AnalyseQuestion::default() }.settings(Arc::default());
    let asked = MovesRequest { project, visible: &visible, bound: bound.as_ref(), settings };
    let moves = KeptMoves::default().read(&asked, &readings.all, progress)?;
    let request = ReportRequest {
        project,
        filter,
        bound: bound.as_ref(),
        choice,
        readings: &readings,
        moves: &moves,
        settings: &asked.settings,
        visible: &visible,
        rules,
        views: &[],
        saved: &[],
    };
    compose(&request, progress)
}
