//! Exports as a job, with a report of what the format could not carry.

use std::collections::BTreeSet;
use std::path::PathBuf;

use demarche_io::export::{self, Exported, Exporter, Scope};
use demarche_model::{AnnotatorId, CategoryId, DocumentId, Project, SpanRef, Unfinished};

use crate::jobs::{Done, Worker};
use crate::words::exchange as words;
use crate::{JobKind, Report, Session, Shown, Tone};

/// The contents of an export, and its file.
#[derive(Clone, PartialEq, Debug)]
pub struct ExportRequest {
    /// The format.
    pub format: Exporter<'static>,
    /// The file to write.
    pub path: PathBuf,
    /// Only these annotators; `None` means all people, without the consensus.
    pub annotators: Option<Vec<AnnotatorId>>,
    /// Only these categories; `None` means all.
    pub categories: Option<Vec<CategoryId>>,
    /// Only these spans; `None` means all.
    pub spans: Option<Vec<SpanRef>>,
    /// Only these documents; `None` means all.
    pub documents: Option<BTreeSet<DocumentId>>,
}

impl Session {
    /// Exports on a worker, after reading the documents that are not in memory.
    pub(crate) fn export(&mut self, request: ExportRequest) {
        self.read_then(move |session| {
            let (project, hidden) =
                session.project.restricted_to(&session.project.visibility_for(&session.me));
            // Passages that are listed one by one may be those of the consensus.
            let is_chosen = request.annotators.is_some() || request.spans.is_some();
            let has_consensus = is_chosen || *session.shown() == Shown::All;
            let project =
                if has_consensus { project.with_one_consensus() } else { project.without_consensus() };
            session.jobs.start(JobKind::Export, move |worker| {
                let done = write_export(&project, &request, worker);
                Box::new(move |session: &mut Session| {
                    done(session);
                    session.say_hidden(hidden);
                })
            });
        });
    }

    /// Adds the number of layers that blind coding kept out to the report.
    fn say_hidden(&mut self, layers: usize) {
        if layers > 0 {
            self.outbox.add_to_report(Tone::Plain, words::hidden_layers(layers));
        }
    }
}

fn write_export(project: &Project, request: &ExportRequest, worker: &Worker) -> Done {
    // A document none of whose passages are exported stays out, text and all.
    let documents = request.spans.as_ref().map(|spans| {
        let of: BTreeSet<&DocumentId> = spans.iter().map(|at| &at.layer.document).collect();
        of.into_iter().cloned().collect::<BTreeSet<DocumentId>>()
    });
    let documents = documents.or_else(|| request.documents.clone());
    let scope = Scope {
        annotators: request.annotators.clone(),
        categories: request.categories.clone(),
        documents,
        spans: request.spans.as_ref().map(|spans| spans.iter().map(|at| at.span).collect()),
        progress: worker.progress(),
        ..Scope::everything(project)
    };
    let written = worker.compute(|| export::export_to_path(request.format, &scope, &request.path));
    let path = request.path.clone();
    Box::new(move |session| match written {
        Ok(exported) => session.show_report(report_of_export(&exported, path)),
        Err(Unfinished::Stopped) => session.notify(words::export_stopped()),
        Err(Unfinished::Failed(error)) => session.notify_error(words::export_failed(&error)),
    })
}

fn report_of_export(exported: &Exported, path: PathBuf) -> Report {
    let mut lines = Vec::new();
    if let Some(read_back) = &exported.read_back {
        lines.push((Tone::Plain, read_back.to_string()));
        let differences = read_back.differences.iter();
        lines.extend(differences.map(|loss| (Tone::Error, loss.to_string())));
    }
    lines.extend(exported.losses.iter().map(|loss| (Tone::Plain, words::lost(loss))));
    let title = words::exported(exported.is_whole(), !exported.losses.is_empty());
    Report { title: title.to_owned(), lines, path: Some(path) }
}
