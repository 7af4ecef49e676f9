//! Who has read what: the design of the study as it was carried out.

use std::collections::BTreeMap;

use demarche_model::{AnnotatorId, Document, Project, Status};

use crate::agreement::Agreement;
use crate::report::{Column, LineKind, Numbered, Part, Table, Value};
use crate::words::study as words;

/// The documents and their readers.
pub(super) struct Design {
    /// Number of documents that the question covers.
    pub documents: usize,
    /// Number of documents by their number of coders.
    pub by_readers: BTreeMap<usize, usize>,
    pub coders: Vec<CoderShare>,
}

/// What one coder has done.
pub(super) struct CoderShare {
    pub id: AnnotatorId,
    /// Number of documents that they were to read.
    pub assigned: usize,
    pub coded: usize,
    pub done: usize,
    pub passages: usize,
}

impl Design {
    pub fn of(project: &Project, agreed: &Agreement) -> Self {
        let project = &project.with_one_consensus();
        let question = &agreed.question;
        let documents: Vec<&Document> = (project.documents().iter())
            .filter(|document| question.includes(document.id()))
            .map(|document| &**document)
            .collect();
        let counts = |document: &Document, coder: &AnnotatorId| {
            let status = document.layer(coder).map_or(Status::New, |layer| layer.status());
            document.has_work_of(coder) && (!agreed.done_only || status == Status::Done)
        };
        let mut by_readers = BTreeMap::new();
        for document in &documents {
            let coders = question.annotators.iter().filter(|coder| counts(document, coder));
            *by_readers.entry(coders.count()).or_default() += 1;
        }
        let share = |id: &AnnotatorId| {
            let coded = || documents.iter().filter(|document| counts(document, id));
            let layers = || coded().filter_map(|document| document.layer(id));
            let is_assigned = |document: &&&Document| {
                project.annotator(id).is_none_or(|coder| coder.is_assigned(document.id()))
            };
            CoderShare {
                id: id.clone(),
                assigned: documents.iter().filter(is_assigned).count(),
                coded: coded().count(),
                done: layers().filter(|layer| layer.status() == Status::Done).count(),
                passages: layers().map(|layer| layer.len()).sum(),
            }
        };
        let coders = question.annotators.iter().map(share).collect();
        Self { documents: documents.len(), by_readers, coders }
    }

    /// The table of coders.
    pub fn coders(&self, project: &Project) -> Part {
        let [coder, numbers @ ..] = words::CODER_COLUMNS;
        let numbers = numbers.into_iter().map(Column::number);
        let mut table = Table::with(std::iter::once(Column::text(coder)).chain(numbers));
        for share in &self.coders {
            let counts = [share.assigned, share.coded, share.done, share.passages].map(Value::Count);
            let name = Value::text(project.name_of(&share.id));
            table.line(LineKind::Body, std::iter::once(name).chain(counts));
        }
        Part::new("coders", Numbered::Table, words::CODERS_TITLE).with_table(table)
    }

    /// The table of documents by their number of coders.
    pub fn readers(&self) -> Part {
        let [coders, documents] = words::READER_COLUMNS.map(Column::number);
        let mut table = Table::with([coders, documents]);
        for (readers, documents) in &self.by_readers {
            table.line(LineKind::Body, [Value::Count(*readers), Value::Count(*documents)]);
        }
        Part::new("readers", Numbered::SecondTable, words::READERS_TITLE).with_table(table)
    }
}
