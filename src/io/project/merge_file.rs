//! The three-way merge of one file of a project, as a git merge driver does it: with the contents of the three versions
//! only, without the text or the codebook.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use uuid::Uuid;

use super::analysis_notes;
use super::context::Context;
use super::folder::FileKey;
use super::layer;
use super::layer_write::{self, Words};
use super::owner::{StatedOwner, stated_key, stated_owner};
use super::project_file::{self, ProjectPart};
use super::rounds::is_in_round;
use super::source::{Source, malformed, normal};
use super::{conflict, review};
use crate::disk::outside;
use crate::limits;
use crate::words::conflicts::conflict_line;
use crate::words::{owners, project as words, rounds as round_words};
use crate::{FileTask, IoError, Problem};
use demarche_analysis::differences::{Contradiction, contradictions};
use demarche_model::merge::{
    Conflict, Merged, Resolutions, Side, merge_analysis_notes, merge_analysis_notes_with, merge_layers,
    merge_projects, merge_projects_with, merge_reviews, merge_reviews_with,
};
use demarche_model::{
    AnalysisNotes, AnnotatorId, Claim, Detached, DetachedReason, Layer, NotesPart, Project, Quote, Ranges,
    Review, Span, SpanId, ViewId,
};

/// The result of merging a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileMerge {
    /// The merged file. A layer with conflicts can still be opened, and its owner decides there; any other file has git's
    /// conflict markers around the records that differ.
    pub text: String,
    /// A sentence for each conflict. Empty if the merge is clean.
    pub conflicts: Vec<String>,
}

/// Reads a version of a file that git has written for the merge.
///
/// # Errors
/// It is not a regular file, can't be read, or is larger than any file of a project.
pub fn read_version(path: &Path) -> Result<Vec<u8>, IoError> {
    outside::read(path, limits::VERSION).map_err(IoError::outside(FileTask::ReadFile, path))
}

/// Merges three versions of a layer, a review, analysis notes or a `project.ron`, told apart by their fields. An empty base means that the
/// file did not exist. `name` is used in messages only.
///
/// # Errors
/// One of the versions can't be read to its last record, or they are not versions of one file. They have to be merged by
/// hand.
pub fn merge_file(name: &Path, base: &[u8], ours: &[u8], theirs: &[u8]) -> Result<FileMerge, Problem> {
    let read = |bytes: &[u8]| normal(bytes.to_vec(), name);
    if is_in_round(name) {
        return Err(malformed(name, 1, round_words::two_rounds()));
    }
    let (base, ours, theirs) = (read(base)?, read(ours)?, read(theirs)?);
    let base = (!base.trim().is_empty()).then_some(base);
    let source = Source::of_any_kind(&ours, name)?;
    let is_layer = source.has("spans");
    if is_layer || source.has("decisions") {
        let (owner, other) = (stated_owner(&ours, name)?, stated_owner(&theirs, name)?);
        let differ = owner.key.zip(other.key).is_some_and(|(one, other)| one != other);
        if differ {
            return Ok(two_people(&owner.id.annotator, &ours, &theirs));
        }
        let owner = StatedOwner { key: owner.key.or(other.key), ..owner };
        let merge = if is_layer { layers } else { reviews };
        merge(name, &owner, base.as_deref(), &ours, &theirs)
    } else if source.has("documents") {
        projects(name, base.as_deref(), &ours, &theirs)
    } else if let Some(part) = notes_part(name, &source) {
        notes(name, part, base.as_deref(), &ours, &theirs)
    } else {
        Err(malformed(name, 1, words::not_mergeable()))
    }
}

/// Returns the part of a person's analysis notes that a file is. Its name tells the id of a saved view, if it is known.
fn notes_part(name: &Path, source: &Source<'_>) -> Option<NotesPart> {
    if source.has("pairs") {
        Some(NotesPart::Dismissed)
    } else if source.has("events") || source.has("phases") {
        Some(NotesPart::Calendar)
    } else if source.has("memos") {
        Some(NotesPart::Memos)
    } else if source.has("view") {
        match FileKey::from_relative(name) {
            Some(FileKey::AnalysisNotes(_, part @ NotesPart::View(_))) => Some(part),
            _ => Some(NotesPart::View(ViewId(Uuid::nil()))),
        }
    } else {
        None
    }
}

/// The person whose analysis notes a file holds, if its name tells.
fn notes_owner(name: &Path) -> AnnotatorId {
    match FileKey::from_relative(name) {
        Some(FileKey::AnalysisNotes(owner, _)) => owner,
        _ => AnnotatorId::new(name.display().to_string()),
    }
}

/// A layer as read from one version of the file, with offsets in characters.
#[derive(Default)]
struct LayerVersion {
    layer: Layer,
    /// The quotes of its spans.
    quotes: HashMap<SpanId, Quote>,
    /// The version of the text that its offsets refer to.
    version: u32,
}

/// Keeps the files of two people with the same id apart: each is complete, within git's conflict markers.
fn two_people(id: &AnnotatorId, ours: &str, theirs: &str) -> FileMerge {
    let text = format!("<<<<<<< ours\n{ours}=======\n{theirs}>>>>>>> theirs\n");
    FileMerge { text, conflicts: vec![owners::two_people(id)] }
}

fn layers(
    name: &Path,
    StatedOwner { id, key }: &StatedOwner,
    base: Option<&str>,
    ours: &str,
    theirs: &str,
) -> Result<FileMerge, Problem> {
    let read = |text: &str| -> Result<LayerVersion, Problem> {
        let context = Context { file: name, id, key: None, texts: None, categories: None };
        let mut read = layer::read(text, &context)?;
        let quotes = std::mem::take(&mut read.quotes);
        let version = read.text;
        Ok(LayerVersion { layer: read.into_layer(), quotes, version })
    };
    let mut base = base.map(read).transpose()?.unwrap_or_default();
    let (mut ours, mut theirs) = (read(ours)?, read(theirs)?);
    let version = ours.version.max(theirs.version);
    bring_forward(&mut base, &mut ours, &mut theirs);
    let merged = merge_layers(&base.layer, &ours.layer, &theirs.layer);
    let (mut quotes, mut outdated) = (HashMap::new(), HashMap::new());
    for span in merged.value.spans_unsorted() {
        let (quote, of_version) = quote_of(span, version, [&base, &ours, &theirs]);
        quotes.insert(span.id, quote);
        if of_version != version {
            outdated.insert(span.id, of_version);
        }
    }
    let value = conflict::keep(
        &merged.value,
        &merged.conflicts,
        (Words::Quotes(&quotes), ours.version),
        (Words::Quotes(&theirs.quotes), theirs.version),
    );
    let value = detach_outdated(value, &outdated, &quotes);
    let text = layer_write::compose(id, *key, &value, Words::Quotes(&quotes), version);
    let describe = |conflict: &Conflict| {
        conflict_line(conflict, |span| quotes.get(span).or_else(|| theirs.quotes.get(span)))
    };
    let mut conflicts: Vec<String> = merged.conflicts.iter().map(describe).collect();
    if id.annotator.is_consensus() {
        conflicts.extend(new_contradictions(&merged.value, [&ours.layer, &theirs.layer], &quotes));
    }
    Ok(FileMerge { text, conflicts })
}

/// Describes the decisions of adjudicators that contradict each other only in the merged layer of the consensus. Both stay
/// in it, and the passage is open again.
fn new_contradictions(
    merged: &Layer,
    sides: [&Layer; 2],
    quotes: &HashMap<SpanId, Quote>,
) -> BTreeSet<String> {
    let find = |layer: &Layer| contradictions(layer.spans_unsorted().map(|span| &**span), &BTreeSet::new());
    let before: Vec<Contradiction> = sides.into_iter().flat_map(find).collect();
    let new = find(merged).into_iter().filter(|found| !before.contains(found));
    let describe = new.map(|found| {
        let quote = quotes.get(&found.span).map(Quote::shown).unwrap_or_default();
        let quote = demarche_analysis::context::shorten(&quote, 60);
        let decisions = words::contradiction(&found, |id| merged.span(id).map(|span| &**span));
        format!("the span “{quote}”: {decisions}")
    });
    describe.collect()
}

/// Moves spans that only followed their words into a later version of the text, which is not a change by anyone: if one side
/// refers to that version and the other to an earlier one, the span counts as having been at the new ranges all along.
fn bring_forward(base: &mut LayerVersion, ours: &mut LayerVersion, theirs: &mut LayerVersion) {
    let (older, newer) = if ours.version < theirs.version { (ours, theirs) } else { (theirs, ours) };
    if older.version == newer.version {
        return;
    }
    let mut moved = Vec::new();
    for span in newer.layer.spans_unsorted() {
        let follows = |side: &LayerVersion| {
            let before = side.layer.span(span.id)?;
            (side.version < newer.version && side.quotes.get(&span.id) == newer.quotes.get(&span.id))
                .then(|| before.ranges.clone())
        };
        let (in_base, in_older) = (follows(base), follows(older));
        // A span that was moved to other ranges with the same words has been changed.
        let untouched = in_older.is_some() && (in_base.is_none() || in_older == in_base);
        moved.push((span.id, span.ranges.clone(), in_base.is_some(), untouched));
    }
    for (side, is_base) in [(base, true), (older, false)] {
        let here = moved.iter().filter(|(.., in_base, in_older)| if is_base { *in_base } else { *in_older });
        let ranges: HashMap<SpanId, &Ranges> = here.map(|(id, ranges, ..)| (*id, ranges)).collect();
        side.layer = with_ranges(&side.layer, &ranges);
    }
}

/// Returns the layer with some of its spans at other ranges.
fn with_ranges(layer: &Layer, ranges: &HashMap<SpanId, &Ranges>) -> Layer {
    let spans = layer.spans_unsorted().map(|span| match ranges.get(&span.id) {
        Some(ranges) => Span { ranges: (*ranges).clone(), ..(**span).clone() },
        None => (**span).clone(),
    });
    let links = layer.links().map(|link| (**link).clone());
    let detached = layer.detached().map(|(_, detached)| (**detached).clone());
    layer.with_contents(spans, links, detached.collect::<Vec<_>>())
}

/// Returns the quote of a merged span and the version of the text that its ranges refer to, taken from the side that its
/// ranges come from. If several sides have these ranges, one that refers to `version` is preferred.
fn quote_of(span: &Span, version: u32, [base, ours, theirs]: [&LayerVersion; 3]) -> (Quote, u32) {
    for newest in [true, false] {
        let find = |side: &LayerVersion| {
            let same = side.layer.span(span.id).is_some_and(|other| other.ranges == span.ranges);
            let quote = side.quotes.get(&span.id).filter(|_| same && (side.version == version) == newest);
            quote.map(|quote| (quote.clone(), side.version))
        };
        let found = match (find(base), find(ours), find(theirs)) {
            // At the same ranges, a new quote comes from a text that has been updated.
            (Some(base), Some(ours), Some(theirs)) if ours == base => Some(theirs),
            (base, ours, theirs) => ours.or(theirs).or(base),
        };
        if let Some(found) = found {
            return found;
        }
    }
    (Quote::default(), version)
}

/// Returns the layer with the spans that refer to an earlier version of the text as detached records with the number of that
/// version. A program that reads the file has the texts, and places them in the current one.
fn detach_outdated(layer: Layer, outdated: &HashMap<SpanId, u32>, quotes: &HashMap<SpanId, Quote>) -> Layer {
    if outdated.is_empty() {
        return layer;
    }
    let (waiting, spans): (Vec<&Arc<Span>>, Vec<_>) =
        layer.spans_unsorted().partition(|span| outdated.contains_key(&span.id));
    let waiting = waiting.into_iter().map(|span| Detached {
        record: String::new(),
        claim: Some(Claim {
            span: (**span).clone(),
            quote: quotes.get(&span.id).cloned().unwrap_or_default(),
            text: outdated.get(&span.id).copied().unwrap_or_default(),
        }),
        reason: DetachedReason::TextChanged(None),
        line: 0,
        link: false,
    });
    let detached = layer.detached().map(|(_, detached)| (**detached).clone()).chain(waiting);
    let links = layer.links().map(|link| (**link).clone());
    let spans = spans.into_iter().map(|span| (**span).clone());
    layer.with_contents(spans, links, detached.collect::<Vec<_>>())
}

fn reviews(
    name: &Path,
    StatedOwner { id, key }: &StatedOwner,
    base: Option<&str>,
    ours: &str,
    theirs: &str,
) -> Result<FileMerge, Problem> {
    let read = |text: &str| -> Result<Review, Problem> {
        let (review, problems) = review::read(text, name, &id.document, (&id.annotator, None))?;
        problems.into_iter().next().map_or(Ok(review), Err)
    };
    let base = base.map(read).transpose()?.unwrap_or_default();
    let (ours, theirs) = (read(ours)?, read(theirs)?);
    let merged = merge_reviews(&base, &ours, &theirs);
    let compose = |review: &Review| review::compose(&id.document, (&id.annotator, *key), review);
    let other = || merge_reviews_with(&base, &ours, &theirs, &all_theirs(&merged)).value;
    Ok(marked(&merged, compose, other))
}

fn notes(
    name: &Path,
    part: NotesPart,
    base: Option<&str>,
    ours: &str,
    theirs: &str,
) -> Result<FileMerge, Problem> {
    let owner = notes_owner(name);
    let (key, other) = (stated_key(ours, name)?, stated_key(theirs, name)?);
    if key.zip(other).is_some_and(|(one, other)| one != other) {
        return Ok(two_people(&owner, ours, theirs));
    }
    let key = key.or(other);
    let read = |text: &str| analysis_notes::read_whole(text, name, part, (&owner, None));
    let base = base.map(read).transpose()?.unwrap_or_default();
    let (ours, theirs) = (read(ours)?, read(theirs)?);
    let merged = merge_analysis_notes(&base, &ours, &theirs);
    let compose = |notes: &AnalysisNotes| analysis_notes::compose(notes, part, key);
    let other = || merge_analysis_notes_with(&base, &ours, &theirs, &all_theirs(&merged)).value;
    Ok(marked(&merged, compose, other))
}

fn projects(name: &Path, base: Option<&str>, ours: &str, theirs: &str) -> Result<FileMerge, Problem> {
    let read = |text: &str| project_file::read(text, name)?.into_whole_project();
    let base = base.map(read).transpose()?;
    let (ours, theirs) = (read(ours)?, read(theirs)?);
    let merged = merge_projects(base.as_ref(), &ours, &theirs);
    let compose = |project: &Project| ProjectPart::from_project(project).compose();
    let other = || merge_projects_with(base.as_ref(), &ours, &theirs, &all_theirs(&merged)).value;
    Ok(marked(&merged, compose, other))
}

fn all_theirs<T>(merged: &Merged<T>) -> Resolutions {
    merged.conflicts.iter().map(|conflict| (conflict.at.clone(), Side::Theirs)).collect()
}

/// Returns the file with git's conflict markers around the lines in which the two versions differ.
fn marked<T>(merged: &Merged<T>, compose: impl Fn(&T) -> String, other: impl Fn() -> T) -> FileMerge {
    let ours = compose(&merged.value);
    let conflicts: Vec<String> =
        merged.conflicts.iter().map(|conflict| conflict_line(conflict, |_| None)).collect();
    let text = if conflicts.is_empty() { ours } else { conflict_marks(&ours, &compose(&other())) };
    FileMerge { text, conflicts }
}

/// Combines two texts line by line, with git's conflict markers where they differ.
///
/// ```
/// let text = demarche_io::project::conflict_marks("a\nb\n", "a\nc\n");
/// assert_eq!(text, "a\n<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n");
/// ```
pub fn conflict_marks(ours: &str, theirs: &str) -> String {
    let diff = similar::TextDiff::from_lines(ours, theirs);
    let mut out = String::new();
    for op in diff.ops() {
        let lines = |range: std::ops::Range<usize>, text: &str| -> String {
            let mut lines: String = text.split_inclusive('\n').skip(range.start).take(range.len()).collect();
            if !lines.is_empty() && !lines.ends_with('\n') {
                lines.push('\n');
            }
            lines
        };
        let (old, new) = (lines(op.old_range(), ours), lines(op.new_range(), theirs));
        if old == new {
            out.push_str(&old);
        } else {
            out.push_str(&format!("<<<<<<< ours\n{old}=======\n{new}>>>>>>> theirs\n"));
        }
    }
    out
}
