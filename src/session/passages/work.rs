//! Rebuilding the table: at once if that is quick, otherwise on a worker.

use std::sync::Arc;

use demarche_model::{Document, Project, Touch};

use super::super::{JobKind, Session};
use super::table::{Patched, TableModel};
use super::{AT_ONCE, PassageQuery, PassageTable, Work};

impl PassageQuery {
    /// Returns whether sorting the rows may take longer than a frame.
    fn is_slow(&self, project: &Project) -> bool {
        let total = |document: &Arc<Document>| {
            self.total(document.layers.iter().map(|(annotator, layer)| (annotator, &**layer)))
        };
        !self.arrangement.is_by_place() && project.documents().iter().map(total).sum::<usize>() > AT_ONCE
    }
}

impl PassageTable {
    /// Rebuilds the table, or requests a worker for it.
    pub(super) fn rebuild(&mut self, project: &Project) {
        if self.query.is_slow(project) {
            self.work = Work::Requested;
            return;
        }
        self.set_table(TableModel::new(project, self.query.clone()));
    }

    fn set_table(&mut self, table: TableModel) {
        self.table = table;
        self.table.count(&self.closed);
        self.work = Work::None;
    }

    /// Remembers changes that the running worker does not know of.
    pub(super) fn note_missed(&mut self, touched: &[Touch]) {
        if let Work::UnderWay { missed, .. } = &mut self.work {
            missed.extend_from_slice(touched);
        }
    }

    /// Takes the request for a worker, with the serial of its result.
    fn take_request(&mut self) -> Option<(u64, PassageQuery)> {
        if !matches!(self.work, Work::Requested) {
            return None;
        }
        self.last_serial += 1;
        self.work = Work::UnderWay { serial: self.last_serial, missed: Vec::new() };
        Some((self.last_serial, self.query.clone()))
    }

    /// Replaces the table by the one that a worker has built, after applying the changes made meanwhile.
    fn end_job(&mut self, project: &Project, built: u64, mut table: TableModel) {
        let missed = match &mut self.work {
            Work::UnderWay { serial, missed } if *serial == built => std::mem::take(missed),
            _ => return,
        };
        // The documents in which other passages pass by now are among the changes.
        table.query.passing = self.query.passing.clone();
        let all = missed.iter().all(|touch| {
            let followed = match touch {
                Touch::Layer(layer, range) | Touch::Recoded(layer, range) => {
                    table.layer_changed(project, layer, *range)
                }
                Touch::Text(id) => table.document_read(project, &id.document, None),
                Touch::Project
                | Touch::Anchors(_)
                | Touch::Original(..)
                | Touch::Realigned(_)
                | Touch::Review(..)
                | Touch::AnalysisNotes(..) => Patched::Yes,
            };
            followed == Patched::Yes
        });
        if all { self.set_table(table) } else { self.rebuild(project) }
    }
}

impl Session {
    /// Sorts the passages on a worker, if one was requested.
    pub(crate) fn sort_passages(&mut self) {
        let Some((serial, query)) = self.passages.take_request() else { return };
        let project = self.project.clone();
        self.jobs.start(JobKind::SortPassages, move |_| {
            let table = TableModel::new(&project, query);
            Box::new(move |session: &mut Session| {
                session.passages.end_job(&session.project, serial, table);
                session.sort_passages();
            })
        });
    }
}
