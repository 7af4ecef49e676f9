//! The sets of documents in `project.ron`. Each document's record names the sets that it is in.

use std::collections::BTreeMap;

use super::codebook::keep;
use super::compose::{File, string};
use super::source::Source;
use crate::words::project::{self as words, RecordKind};
use crate::{Problem, ProblemKind};
use demarche_model::{DocumentMeta, DocumentSetId, DocumentSets};

/// Takes the sets out of a file and reads them. Entries that can't be read become problems.
///
/// # Errors
/// The field is not a map.
pub(super) fn read(
    source: &mut Source<'_>,
    problems: &mut Vec<Problem>,
    warnings: &mut Vec<Problem>,
) -> Result<DocumentSets, Problem> {
    let entries = source.map::<String>("document_sets")?;
    let entries = keep(source, RecordKind::DocumentSet, entries, problems, |(id, _)| id.as_str());
    let is_blank = |text: &str| text.trim().is_empty();
    let nameless = entries.iter().filter(|((id, name), _)| is_blank(id) || is_blank(name));
    warnings.extend(nameless.map(|((id, _), line)| source.problem(*line, words::set_without_name(id))));
    Ok(entries.into_iter().map(|((id, name), _)| (DocumentSetId::new(id), name)).collect())
}

/// Returns a problem for each set that a document names and the project lacks. The documents come with their lines.
pub(super) fn unknown_sets(
    source: &Source<'_>,
    sets: &DocumentSets,
    documents: &[(DocumentMeta, usize)],
) -> Vec<Problem> {
    let named = documents.iter().flat_map(|(meta, line)| meta.sets.iter().map(move |set| (meta, set, *line)));
    let unknown = named.filter(|(_, set, _)| !sets.contains_key(*set));
    let problem = |(meta, set, line): (&DocumentMeta, _, _)| {
        let problem = source.problem(line, words::unknown_set(&meta.id, set));
        Problem { kind: ProblemKind::UnknownSet, ..problem }
    };
    unknown.map(problem).collect()
}

/// Adds the sets to a file, if there are any.
pub(super) fn compose(file: &mut File, sets: &DocumentSets) {
    let entries: BTreeMap<&str, &String> = sets.iter().map(|(id, name)| (id.as_str(), name)).collect();
    file.map_if_any("document_sets", entries.into_iter(), |out, name| string(out, name));
}
