//! Reading back what was written, to be sure that it opens again as it is in memory.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::analysis_notes;
use super::anchors;
use super::context::Context;
use super::files::{hash, problem, read_bytes};
use super::folder::{FileKey, Folder};
use super::layer;
use super::open::parse_whole_project;
use super::project_file::ProjectPart;
use super::review;
use super::save::{Content, Snapshot};
use super::shared::Written;
use super::source::normal;
use crate::words::project as words;
use crate::{IoError, Problem, ProblemKind};
use demarche_model::{Layer, Link, LinkId, Project, Quote, Ranges, Span, SpanId, Text, TextRange};

/// Reads back the files of a snapshot that were written, and compares them with it. A file that another program has written
/// since is left out.
///
/// # Errors
/// A file can't be read, or differs; the error names the first one.
pub fn read_back(folder: &Folder, snapshot: &Snapshot, written: &Written) -> Result<(), IoError> {
    let hashes: HashMap<&FileKey, Option<u64>> =
        written.files.iter().map(|(key, hash)| (key, *hash)).collect();
    let is_ours = |key: &FileKey, bytes: &[u8]| {
        let guarded = key.is_guarded() || *key == FileKey::Project;
        !guarded || hashes.get(key) == Some(&Some(hash(bytes)))
    };
    compare_files(folder, snapshot, is_ours).map_err(IoError::Problem)?;
    match &written.head {
        Some(head) => compare_project(folder, head, is_ours).map_err(IoError::Problem),
        None => Ok(()),
    }
}

/// Reads back a snapshot that was written into a new folder, where no other program writes.
///
/// # Errors
/// As for [`read_back`].
pub(super) fn read_back_all(folder: &Folder, snapshot: &Snapshot, head: &Project) -> Result<(), IoError> {
    let result = compare_files(folder, snapshot, |_, _| true);
    result.and_then(|()| compare_project(folder, head, |_, _| true)).map_err(IoError::Problem)
}

fn compare_files(
    folder: &Folder,
    snapshot: &Snapshot,
    is_ours: impl Fn(&FileKey, &[u8]) -> bool + Sync,
) -> Result<(), Problem> {
    let folder = folder.in_series();
    let compare = |(key, content): (&FileKey, &Content)| {
        let bytes = match read_bytes(&folder, key) {
            Ok(bytes) => bytes?,
            Err(problem) => return Some(problem),
        };
        if !is_ours(key, &bytes) {
            return None;
        }
        match holds(key, content, bytes) {
            Ok(true) => None,
            Ok(false) => Some(differs(&key.relative())),
            Err(problem) => Some(problem),
        }
    };
    let files: Vec<(&FileKey, &Content)> =
        snapshot.files.iter().map(|(key, content)| (key, content)).collect();
    match files.into_par_iter().find_map_first(compare) {
        Some(problem) => Err(problem),
        None => Ok(()),
    }
}

/// Returns whether a file with these bytes holds what was to be written.
fn holds(key: &FileKey, content: &Content, bytes: Vec<u8>) -> Result<bool, Problem> {
    let file = key.relative();
    Ok(match (key, content) {
        (_, Content::Text(text)) => bytes == text.as_str().as_bytes(),
        (FileKey::Anchors(id), Content::Anchors(written, text)) => {
            let (read, problems) = anchors::read(&normal(bytes, &file)?, &file, &id.document, text)?;
            problems.is_empty() && read == **written
        }
        (FileKey::Layer(id), Content::Layer(layer, text, _, person)) => {
            let context = Context { file: &file, id, key: *person, texts: None, categories: None };
            is_same_layer(&normal(bytes, &file)?, &context, layer, text)?
        }
        (FileKey::Review(document, reviewer), Content::Review(written, person)) => {
            let owner = (reviewer, *person);
            let (read, problems) = review::read(&normal(bytes, &file)?, &file, document, owner)?;
            problems.is_empty() && read == **written
        }
        (FileKey::AnalysisNotes(owner, part), Content::AnalysisNotes(written, person)) => {
            let writer = (owner, *person);
            let (read, problems) = analysis_notes::read(&normal(bytes, &file)?, &file, *part, writer)?;
            problems.is_empty() && read == written.only(*part)
        }
        // A copy of an original is compared when it is written; what was removed can't be read.
        _ => true,
    })
}

fn is_same_layer(source: &str, context: &Context<'_>, written: &Layer, text: &Text) -> Result<bool, Problem> {
    let read = layer::read(source, context)?;
    let in_characters = |range: TextRange| TextRange {
        start: text.char_offset(range.start),
        end: text.char_offset(range.end),
    };
    // Without the codebook and the other texts, a record that waits for its owner may be read as a span.
    let records = read.spans.len() + read.links.len() + read.detached.len();
    let spans: HashMap<SpanId, Arc<Span>> = read.spans.into_iter().map(|span| (span.id, span)).collect();
    let links: HashMap<LinkId, Link> = read.links.into_iter().map(|(link, _)| (link.id, link)).collect();
    let is_same_span = |span: &Arc<Span>| {
        let quote =
            read.quotes.get(&span.id).is_some_and(|quote| *quote == Quote::of_span(&span.ranges, text));
        let Some(ranges) = Ranges::new(span.ranges.iter().map(in_characters)) else { return false };
        quote && spans.get(&span.id).is_some_and(|read| **read == Span { ranges, ..(**span).clone() })
    };
    Ok(read.status == written.stored_status()
        && records == written.len() + written.links().count() + written.detached().count()
        && written.spans_unsorted().all(is_same_span)
        && written.links().all(|link| links.get(&link.id) == Some(&**link)))
}

fn compare_project(
    folder: &Folder,
    written: &Project,
    is_ours: impl Fn(&FileKey, &[u8]) -> bool,
) -> Result<(), Problem> {
    let key = FileKey::Project;
    let Some(bytes) = read_bytes(folder, &key)?.filter(|bytes| is_ours(&key, bytes)) else { return Ok(()) };
    let read = parse_whole_project(bytes)?;
    let same = ProjectPart::from_project(&read).is_same(&ProjectPart::from_project(written));
    if same { Ok(()) } else { Err(differs(&key.relative())) }
}

fn differs(file: &Path) -> Problem {
    problem(file, ProblemKind::Unreadable, words::not_as_written())
}
