//! Refusing records, without affecting the others.

use super::Placer;
use crate::Problem;
use crate::annotations::refusal::Refusal;
use crate::words::remarks;
use demarche_analysis::context::shorten;

impl Placer<'_, '_> {
    /// Refuses a record, or a part of one.
    pub(super) fn refuse(&mut self, line: Option<usize>, why: impl Into<Refusal>) {
        let (file, why) = (self.file.clone(), why.into());
        self.problems.push(Problem { file, line, kind: why.kind(), message: why.to_string() });
    }

    /// Refuses something in a record. In a file whose lines are not known, the message names the record by its id.
    pub(super) fn refuse_record(&mut self, line: Option<usize>, id: Option<&str>, why: impl Into<Refusal>) {
        let (file, why) = (self.file.clone(), why.into());
        let id = id.filter(|id| line.is_none() && !id.trim().is_empty());
        let message = id.map_or_else(|| why.to_string(), |id| remarks::of_record(&why, &shorten(id, 80)));
        self.problems.push(Problem { file, line, kind: why.kind(), message });
    }
}
