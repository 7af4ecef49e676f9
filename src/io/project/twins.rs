//! Ids of one list that differ only in case. They are valid, since ids are compared exactly, but readers confuse them,
//! and as file names they would be the same file on Windows and macOS.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::source::Source;
use crate::words::project::RecordKind;
use crate::words::twins as words;
use crate::{Problem, ProblemKind};
use demarche_model::FoldedId;

/// Reports each id that differs only in case from an earlier one. `ids` are given with their lines.
pub(super) fn twins<'a>(
    source: &Source<'_>,
    record: RecordKind,
    ids: impl Iterator<Item = (&'a str, usize)>,
) -> Vec<Problem> {
    let mut first: HashMap<FoldedId, &str> = HashMap::new();
    let mut found = Vec::new();
    for (id, line) in ids {
        match first.entry(FoldedId::new(id)) {
            Entry::Vacant(entry) => {
                entry.insert(id);
            }
            Entry::Occupied(entry) => {
                let message = words::twins(record, entry.get(), id);
                found.push(Problem { kind: ProblemKind::CaseTwins, ..source.problem(line, message) });
            }
        }
    }
    found
}
