//! Merges three versions of one file of a project, as a merge driver of git does: with the file's contents alone, neither
//! text nor codebook beside it.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use super::context::Context;
use super::layer;
use super::layer_write::{self, Words};
use super::project_file::{self, ProjectPart};
use super::source::{Source, malformed, normal};
use super::{conflict, review};
use crate::Problem;
use crate::words::project as project_words;
use demarche_analysis::differences::{Contradiction, contradictions};
use demarche_model::merge::{
    Conflict, ConflictKey, ConflictValue, Merged, Resolutions, Side, merge_layers, merge_projects,
    merge_projects_with, merge_reviews, merge_reviews_with,
};
use demarche_model::{
    AnnotatorId, Claim, Detached, DetachedReason, DocumentId, Layer, LayerId, Project, Ranges, Review, Span,
    SpanId,
};

/// What came of merging a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileMerge {
    /// The merged file. A layer with conflicts can be opened, and its owner decides there; another file holds the marks of
    /// git around the records that differ.
    pub text: String,
    /// What both have changed, each in its own way, in words. None if the merge is clean.
    pub conflicts: Vec<String>,
}

/// Merges three versions of a layer, a review, or a `project.ron`; which of them it is, the file says. An empty base is a
/// file that was not there. `name` is for messages.
///
/// # Errors
/// One of them can't be read to the last record, or they are not versions of one file. Nothing can be said of such a
/// merge; it has to be made by hand.
pub fn merge_file(name: &Path, base: &[u8], ours: &[u8], theirs: &[u8]) -> Result<FileMerge, Problem> {
    let read = |bytes: &[u8]| normal(bytes.to_vec(), name);
    let (base, ours, theirs) = (read(base)?, read(ours)?, read(theirs)?);
    let base = (!base.trim().is_empty()).then_some(base);
    let source = Source::new(&ours, name)?;
    if source.has("spans") {
        layers(name, base.as_deref(), &ours, &theirs)
    } else if source.has("decisions") {
        reviews(name, base.as_deref(), &ours, &theirs)
    } else if source.has("documents") {
        projects(name, base.as_deref(), &ours, &theirs)
    } else {
        let message = "this is not a layer, a review or a project; merge it by hand".to_owned();
        Err(malformed(name, 1, message))
    }
}

/// Whose file of which document it says it is.
fn owner(text: &str, name: &Path) -> Result<LayerId, Problem> {
    let mut source = Source::new(text, name)?;
    let document: String = source.required("document")?;
    let annotator: String = source.required("annotator")?;
    Ok(LayerId { document: DocumentId::new(document), annotator: AnnotatorId::new(annotator) })
}

/// A layer as a file has it.
#[derive(Default)]
struct Said {
    layer: Layer,
    /// The words that its spans say they tag.
    quotes: HashMap<SpanId, String>,
    /// The version of the text that its offsets count.
    version: u32,
}

fn layers(name: &Path, base: Option<&str>, ours: &str, theirs: &str) -> Result<FileMerge, Problem> {
    let id = owner(ours, name)?;
    let read = |text: &str| -> Result<Said, Problem> {
        let context = Context { file: name, id: &id, texts: None, categories: None };
        let mut read = layer::read(text, &context)?;
        let quotes = std::mem::take(&mut read.quotes);
        let version = read.text;
        Ok(Said { layer: read.into_layer(), quotes, version })
    };
    let mut base = base.map(read).transpose()?.unwrap_or_default();
    let (mut ours, mut theirs) = (read(ours)?, read(theirs)?);
    let version = ours.version.max(theirs.version);
    bring_forward(&mut base, &mut ours, &mut theirs);
    let merged = merge_layers(&base.layer, &ours.layer, &theirs.layer);
    let (mut words, mut behind) = (HashMap::new(), HashMap::new());
    for span in merged.value.spans_unsorted() {
        let (quote, counts) = said(span, version, [&base, &ours, &theirs]);
        words.insert(span.id, quote);
        if counts != version {
            behind.insert(span.id, counts);
        }
    }
    let value = conflict::keep(
        &merged.value,
        &merged.conflicts,
        (Words::Said(&words), ours.version),
        (Words::Said(&theirs.quotes), theirs.version),
    );
    let value = with_waiting(value, &behind, &words);
    let text = layer_write::compose(&id, &value, Words::Said(&words), version);
    let told =
        |conflict: &Conflict| tell(conflict, |span| words.get(span).or_else(|| theirs.quotes.get(span)));
    let mut conflicts: Vec<String> = merged.conflicts.iter().map(told).collect();
    if id.annotator.is_consensus() {
        conflicts.extend(new_contradictions(&merged.value, [&ours.layer, &theirs.layer], &words));
    }
    Ok(FileMerge { text, conflicts })
}

/// The decisions of adjudicators that contradict each other only now that both are in one layer of the consensus. Both stay
/// in it, and the passage is open again.
fn new_contradictions(
    merged: &Layer,
    sides: [&Layer; 2],
    quotes: &HashMap<SpanId, String>,
) -> BTreeSet<String> {
    let of = |layer: &Layer| contradictions(layer.spans_unsorted().map(|span| &**span), &BTreeSet::new());
    let before: Vec<Contradiction> = sides.into_iter().flat_map(of).collect();
    let new = of(merged).into_iter().filter(|found| !before.contains(found));
    let told = new.map(|found| {
        let quote = quotes.get(&found.span).map_or("", String::as_str);
        let quote = demarche_analysis::context::shorten(quote, 60);
        let decisions = project_words::contradiction(&found, |id| merged.span(id).map(|span| &**span));
        format!("the span “{quote}”: {decisions}")
    });
    told.collect()
}

/// A span that has only followed its words into a later text was not changed by anybody: where one side counts that text and
/// the other an earlier one, it is taken to have been at the new place all along.
fn bring_forward(base: &mut Said, ours: &mut Said, theirs: &mut Said) {
    let (older, newer) = if ours.version < theirs.version { (ours, theirs) } else { (theirs, ours) };
    if older.version == newer.version {
        return;
    }
    let mut moved = Vec::new();
    for span in newer.layer.spans_unsorted() {
        let follows = |side: &Said| {
            let before = side.layer.span(span.id)?;
            (side.version < newer.version && side.quotes.get(&span.id) == newer.quotes.get(&span.id))
                .then(|| before.ranges.clone())
        };
        let (in_base, in_older) = (follows(base), follows(older));
        // Whoever has moved it to another place with the same words has changed it.
        let untouched = in_older.is_some() && (in_base.is_none() || in_older == in_base);
        moved.push((span.id, span.ranges.clone(), in_base.is_some(), untouched));
    }
    for (side, is_base) in [(base, true), (older, false)] {
        let here = moved.iter().filter(|(.., in_base, in_older)| if is_base { *in_base } else { *in_older });
        let places: HashMap<SpanId, &Ranges> = here.map(|(id, ranges, ..)| (*id, ranges)).collect();
        side.layer = with_places(&side.layer, &places);
    }
}

/// The layer with some of its spans at other places.
fn with_places(layer: &Layer, places: &HashMap<SpanId, &Ranges>) -> Layer {
    let spans = layer.spans_unsorted().map(|span| match places.get(&span.id) {
        Some(ranges) => Span { ranges: (*ranges).clone(), ..(**span).clone() },
        None => (**span).clone(),
    });
    let links = layer.links().map(|link| (**link).clone());
    let detached = layer.detached().map(|(_, detached)| (**detached).clone());
    Layer::new(layer.stored_status(), spans, links, detached.collect::<Vec<_>>())
}

/// The words of a merged span, and the version of the text that its ranges count: those of the side that it has its place
/// from. Where several have it at one place, one that counts the merged file's version of the text comes first.
fn said(span: &Span, version: u32, [base, ours, theirs]: [&Said; 3]) -> (String, u32) {
    for newest in [true, false] {
        let of = |side: &Said| {
            let same = side.layer.span(span.id).is_some_and(|other| other.ranges == span.ranges);
            let quote = side.quotes.get(&span.id).filter(|_| same && (side.version == version) == newest);
            quote.map(|quote| (quote.clone(), side.version))
        };
        let found = match (of(base), of(ours), of(theirs)) {
            // At one place, new words are those of a text that has been brought up to date.
            (Some(base), Some(ours), Some(theirs)) if ours == base => Some(theirs),
            (base, ours, theirs) => ours.or(theirs).or(base),
        };
        if let Some(found) = found {
            return found;
        }
    }
    (String::new(), version)
}

/// The layer with those spans that count an earlier version of the text as records that say so. Whoever reads the file has
/// the texts, and finds their places in the one that is shown.
fn with_waiting(layer: Layer, behind: &HashMap<SpanId, u32>, words: &HashMap<SpanId, String>) -> Layer {
    if behind.is_empty() {
        return layer;
    }
    let (waiting, spans): (Vec<&Arc<Span>>, Vec<_>) =
        layer.spans_unsorted().partition(|span| behind.contains_key(&span.id));
    let waiting = waiting.into_iter().map(|span| Detached {
        record: String::new(),
        claim: Some(Claim {
            span: (**span).clone(),
            quote: words.get(&span.id).cloned().unwrap_or_default(),
            text: behind.get(&span.id).copied().unwrap_or_default(),
        }),
        reason: DetachedReason::TextChanged(None),
        line: 0,
        link: false,
    });
    let detached = layer.detached().map(|(_, detached)| (**detached).clone()).chain(waiting);
    let links = layer.links().map(|link| (**link).clone());
    let spans = spans.into_iter().map(|span| (**span).clone());
    Layer::new(layer.stored_status(), spans, links, detached.collect::<Vec<_>>())
}

/// A conflict in words: what it is about and, where that can be said in a line, what either says.
pub fn tell_conflict(conflict: &Conflict) -> String {
    let what = tell(conflict, |_| None);
    match (&conflict.ours, &conflict.theirs) {
        (ConflictValue::Description(ours), ConflictValue::Description(theirs)) => {
            let line =
                |words: &str| demarche_analysis::context::shorten(&words.replace('\n', "; "), 80).to_string();
            format!("{what} (here: {}; there: {})", line(ours), line(theirs))
        }
        _ => what,
    }
}

fn tell<'a>(conflict: &Conflict, words: impl Fn(&SpanId) -> Option<&'a String>) -> String {
    let what = match &conflict.at {
        ConflictKey::Span(id) => {
            let quote = words(id).map_or("", String::as_str);
            format!("the span “{}”", demarche_analysis::context::shorten(quote, 60))
        }
        ConflictKey::Link(id) => format!("the link {id}"),
        ConflictKey::Decision(id) => format!("the decision on the span {id}"),
        ConflictKey::Name => "the name of the project".to_owned(),
        ConflictKey::Annotator(id) => format!("the annotator `{id}`"),
        ConflictKey::Category(id) => format!("the category `{id}`"),
        ConflictKey::Alias(id) => format!("what the category `{id}` has become"),
        ConflictKey::Attribute(id) => format!("the attribute `{id}`"),
        ConflictKey::LinkKind(id) => format!("the link kind `{id}`"),
        ConflictKey::Document(id) => format!("the document `{id}`"),
    };
    match conflict.removed_side() {
        Some(Side::Ours) => format!("{what} was removed here and changed there"),
        Some(Side::Theirs) => format!("{what} was changed here and removed there"),
        None => {
            let fields = conflict.fields.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            format!("{what} was changed in both: {fields}")
        }
    }
}

fn reviews(name: &Path, base: Option<&str>, ours: &str, theirs: &str) -> Result<FileMerge, Problem> {
    let id = owner(ours, name)?;
    let read = |text: &str| -> Result<Review, Problem> {
        let (review, problems) = review::read(text, name, &id.document, &id.annotator)?;
        problems.into_iter().next().map_or(Ok(review), Err)
    };
    let base = base.map(read).transpose()?.unwrap_or_default();
    let (ours, theirs) = (read(ours)?, read(theirs)?);
    let merged = merge_reviews(&base, &ours, &theirs);
    let compose = |review: &Review| review::compose(&id.document, &id.annotator, review);
    let other = || merge_reviews_with(&base, &ours, &theirs, &all_theirs(&merged)).value;
    Ok(marked(&merged, compose, other))
}

fn projects(name: &Path, base: Option<&str>, ours: &str, theirs: &str) -> Result<FileMerge, Problem> {
    let read = |text: &str| -> Result<Project, Problem> {
        let mut read = project_file::read(text, name)?;
        match read.problems.pop() {
            Some(problem) => Err(problem),
            None => Ok(read.into_project()),
        }
    };
    let base = base.map(read).transpose()?;
    let (ours, theirs) = (read(ours)?, read(theirs)?);
    let merged = merge_projects(base.as_ref(), &ours, &theirs);
    let compose = |project: &Project| ProjectPart::of(project).compose();
    let other = || merge_projects_with(base.as_ref(), &ours, &theirs, &all_theirs(&merged)).value;
    Ok(marked(&merged, compose, other))
}

fn all_theirs<T>(merged: &Merged<T>) -> Resolutions {
    merged.conflicts.iter().map(|conflict| (conflict.at.clone(), Side::Theirs)).collect()
}

/// The file with git's own marks around the lines in which the two versions differ.
fn marked<T>(merged: &Merged<T>, compose: impl Fn(&T) -> String, other: impl Fn() -> T) -> FileMerge {
    let ours = compose(&merged.value);
    let conflicts: Vec<String> = merged.conflicts.iter().map(|conflict| tell(conflict, |_| None)).collect();
    let text = if conflicts.is_empty() { ours } else { conflict_marks(&ours, &compose(&other())) };
    FileMerge { text, conflicts }
}

/// Two texts as one, with git's own marks where they differ.
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
