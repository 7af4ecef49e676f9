//! The parts that the reports for scripts have in common.

use serde::Serialize;

use super::common::LoadedProject;
use crate::io::{Loss, LossKind, Problem};

/// A problem in a file.
#[derive(Serialize)]
pub(super) struct ProblemRow {
    pub file: String,
    pub line: Option<usize>,
    pub kind: &'static str,
    pub message: String,
}

impl From<&Problem> for ProblemRow {
    fn from(problem: &Problem) -> Self {
        Self {
            file: problem.file.display().to_string(),
            line: problem.line,
            kind: problem.kind.name(),
            message: problem.message.clone(),
        }
    }
}

/// Something that a format could not carry.
#[derive(Serialize)]
pub(super) struct LossRow {
    pub count: usize,
    pub kind: LossKind,
    pub what: String,
}

impl From<&Loss> for LossRow {
    fn from(loss: &Loss) -> Self {
        Self { count: loss.count, kind: loss.kind.clone(), what: loss.name().into_owned() }
    }
}

/// A document or, of one annotator, a layer that could not be read.
#[derive(Serialize)]
pub(super) struct UnreadRow {
    pub document: String,
    pub annotator: Option<String>,
}

/// Returns everything in a project that could not be read.
pub(super) fn unread(loaded: &LoadedProject) -> Vec<UnreadRow> {
    let mut rows = Vec::new();
    for document in loaded.project.documents() {
        let row = |annotator| UnreadRow { document: document.id().to_string(), annotator };
        rows.extend((!document.is_loaded()).then(|| row(None)));
        rows.extend(document.unreadable.iter().map(|annotator| row(Some(annotator.to_string()))));
    }
    rows
}
