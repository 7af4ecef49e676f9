//! Making the table anew: at once where that is quick, else on a worker.

use std::sync::Arc;

use demarche_model::{Document, Project, Touch};

use super::super::{JobKind, Session};
use super::table::{Patched, TableModel};
use super::{AT_ONCE, PassageQuery, PassageTable, Work};

impl PassageQuery {
    /// Whether it takes longer than a frame to bring the rows into order.
    fn is_slow(&self, project: &Project) -> bool {
        let total = |document: &Arc<Document>| {
            self.total(document.layers.iter().map(|(annotator, layer)| (annotator, &**layer)))
        };
        !self.arrangement.is_by_place() && project.documents().iter().map(total).sum::<usize>() > AT_ONCE
    }
}

impl PassageTable {
    /// Documents, categories or annotators have changed, or what shall be shown.
    pub(super) fn rebuild(&mut self, project: &Project) {
        if self.query.is_slow(project) {
            self.work = Work::Wished;
            return;
        }
        self.put(TableModel::new(project, self.query.clone()));
    }

    fn put(&mut self, table: TableModel) {
        self.table = table;
        self.table.count(&self.closed);
        self.work = Work::None;
    }

    /// Places have changed that a worker does not know of.
    pub(super) fn note_missed(&mut self, touched: &[Touch]) {
        if let Work::UnderWay { missed, .. } = &mut self.work {
            missed.extend_from_slice(touched);
        }
    }

    /// Takes the request for a worker, with the serial of its result.
    fn take_wish(&mut self) -> Option<(u64, PassageQuery)> {
        if !matches!(self.work, Work::Wished) {
            return None;
        }
        self.last_serial += 1;
        self.work = Work::UnderWay { serial: self.last_serial, missed: Vec::new() };
        Some((self.last_serial, self.query.clone()))
    }

    /// A worker has made the table; what has changed meanwhile is put in.
    fn take(&mut self, project: &Project, made: u64, mut table: TableModel) {
        let missed = match &mut self.work {
            Work::UnderWay { serial, missed } if *serial == made => std::mem::take(missed),
            _ => return,
        };
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
                | Touch::Review(..) => Patched::Yes,
            };
            followed == Patched::Yes
        });
        if all { self.put(table) } else { self.rebuild(project) }
    }
}

impl Session {
    /// Lets a worker sort the passages, if there are too many to do it between two frames.
    pub(crate) fn sort_passages(&mut self) {
        let Some((serial, query)) = self.passages.take_wish() else { return };
        let project = self.project.clone();
        self.jobs.start(JobKind::SortPassages, move |_| {
            let table = TableModel::new(&project, query);
            Box::new(move |session: &mut Session| {
                session.passages.take(&session.project, serial, table);
                session.sort_passages();
            })
        });
    }
}
