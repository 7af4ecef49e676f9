//! The report of an analysis, as a file.

use std::path::PathBuf;

use demarche_analysis::bargain::CoderChoice;
use demarche_analysis::filter::{Bound, Filter};
use demarche_analysis::report::{ReportRequest, compose};
use demarche_io::export::analysis::{ReportFormat, write_file};

use super::filter::{FilterRefusal, named_filters};
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
            let (filter, bound) = &parsed;
            let choice: &CoderChoice = bound.as_ref().and_then(Bound::coders).unwrap_or(&choice);
            let visible = project.visibility_for(&me);
            let readings = choice.readings(&project, &visible, Some(&me));
            let request = ReportRequest {
                project: &project,
                filter,
                bound: bound.as_ref(),
                choice,
                readings: &readings,
                visible: &visible,
                rules,
                views: &[],
            };
            let composed = worker.compute(|| compose(&request, worker.progress()));
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
    fn parsed_filter(&self, text: &str) -> Result<(Filter, Option<Bound>), FilterRefusal> {
        let filter = Filter::parse(text)?;
        let bound = match text.trim().is_empty() {
            true => None,
            false => Some(filter.bind(&self.project, &named_filters(&self.project, &self.me))?),
        };
        Ok((filter, bound))
    }
}
