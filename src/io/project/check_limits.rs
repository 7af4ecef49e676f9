//! The check of numbers at their limits.

use std::path::PathBuf;

use super::folder::FileKey;
use super::listing::Listing;
use crate::words::check as words;
use crate::{Problem, ProblemKind};
use demarche_model::{DocumentMeta, TextId};

/// Returns the versions of texts that have no successor. Documents come with their lines in
/// `project.ron`.
pub(super) fn limits(documents: &[(DocumentMeta, usize)], listing: &Listing) -> Vec<Problem> {
    let mut found = Vec::new();
    for (meta, line) in documents {
        let mut report = |file: PathBuf, line: Option<usize>, message: String| {
            found.push(Problem { file, line, kind: ProblemKind::Limit, message });
        };
        if meta.versions.current.number == u32::MAX {
            report(FileKey::Project.relative(), Some(*line), words::last_version(&meta.id));
        } else if listing.later_texts(&meta.id).any(|number| number == u32::MAX) {
            let text = TextId::new(&meta.id, u32::MAX);
            report(FileKey::Text(text).relative(), None, words::last_version(&meta.id));
        }
    }
    found
}
