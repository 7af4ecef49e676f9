//! Pages to print, which the window opens in the browser.

use std::path::{Path, PathBuf};

use demarche_io::export::{PrintedPage, Scope, export_to_path};
use demarche_model::Unfinished;

use crate::words::exchange as words;
use crate::{AnalyseAction, JobKind, Session, Shown, WindowRequest};

/// The contents of a page to print, and its file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PrintRequest {
    /// The contents.
    pub content: PrintContent,
    /// The file to write.
    pub path: PathBuf,
}

/// The contents of a page to print.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum PrintContent {
    /// The document that is shown, with its visible passages.
    #[default]
    Document,
    /// The rows of the passages table.
    Table,
    /// The report of the analysis.
    Report,
}

impl Session {
    /// Writes a page on a worker, and asks the window to open it.
    pub(crate) fn print(&mut self, request: PrintRequest) {
        match request.content {
            PrintContent::Document => self.print_passages(PrintedPage::Text, request.path),
            PrintContent::Table => self.print_passages(PrintedPage::Table, request.path),
            PrintContent::Report => self.perform(AnalyseAction::PrintReport(request.path)),
        }
    }

    /// The page that waits to be opened.
    pub fn printed(&self) -> Option<&Path> {
        self.outbox.printed()
    }

    /// Asks the window to open a page.
    pub(crate) fn request_printed(&mut self, path: PathBuf) {
        self.outbox.set_printed(path);
        self.outbox.request(WindowRequest::Printed);
    }

    fn print_passages(&mut self, page: PrintedPage, path: PathBuf) {
        let shown = self.document().map(|document| document.id().clone());
        let rows = (page == PrintedPage::Table).then(|| self.passage_table().spans().collect::<Vec<_>>());
        self.read_then(move |session| {
            let visible = session.project.visibility_for(&session.me);
            let (project, _) = session.project.restricted_to(&visible);
            let annotators = session.annotators_shown().filter(|_| rows.is_none());
            let is_everyone = rows.is_none() && *session.shown() == Shown::Everyone;
            let project =
                if is_everyone { project.without_consensus() } else { project.with_one_consensus() };
            session.jobs.start(JobKind::Export, move |worker| {
                let documents = match &rows {
                    Some(rows) => rows.iter().map(|at| at.layer.document.clone()).collect(),
                    None => shown.into_iter().collect(),
                };
                let scope = Scope {
                    annotators,
                    documents: Some(documents),
                    spans: rows.map(|rows| rows.iter().map(|at| at.span).collect()),
                    progress: worker.progress(),
                    ..Scope::everything(&project)
                };
                let written = worker.compute(|| export_to_path(page.exporter(), &scope, &path));
                Box::new(move |session: &mut Session| match written {
                    Ok(_) => session.request_printed(path),
                    Err(Unfinished::Stopped) => session.notify(words::export_stopped()),
                    Err(Unfinished::Failed(error)) => session.notify_error(words::export_failed(&error)),
                })
            });
        });
    }
}
