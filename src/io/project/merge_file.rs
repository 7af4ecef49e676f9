//! Merges three versions of one file of a project, as a merge driver of git does: with the file's contents alone, neither
//! text nor codebook beside it.

use std::collections::HashMap;
use std::path::Path;

use super::layer::{self, Context};
use super::layer_write::{self, Words};
use super::project_file::{self, ProjectPart};
use super::source::{Source, malformed, normal};
use super::{conflict, review};
use crate::io::Problem;
use crate::model::merge::{
    Clash, Conflict, Merged, Picks, Side, Version, merge_layers, merge_projects, merge_projects_as,
    merge_reviews, merge_reviews_as,
};
use crate::model::{AnnotatorId, DocumentId, Layer, LayerId, Project, Review, Span, SpanId};

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
        let message = "this is neither a layer nor a review nor a project; merge it by hand".to_owned();
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

/// A layer, the words that its spans say they tag, and the version of the text that its offsets count.
type Said = (Layer, HashMap<SpanId, String>, u32);

fn layers(name: &Path, base: Option<&str>, ours: &str, theirs: &str) -> Result<FileMerge, Problem> {
    let id = owner(ours, name)?;
    let read = |text: &str| -> Result<Said, Problem> {
        let context = Context { file: name, id: &id, texts: None, categories: None };
        let mut read = layer::read(text, &context)?;
        let quotes = std::mem::take(&mut read.quotes);
        let version = read.text;
        Ok((read.into_layer(), quotes, version))
    };
    let (base, ours, theirs) = (base.map(read).transpose()?.unwrap_or_default(), read(ours)?, read(theirs)?);
    if ours.2 != theirs.2 {
        let message = format!(
            "one copy counts its offsets in version {} of the text, the other in version {}; open the project with the \
             older one and change something in the document, so that it is saved for the newer text, then merge",
            ours.2, theirs.2
        );
        return Err(malformed(name, 1, message));
    }
    let merged = merge_layers(&base.0, &ours.0, &theirs.0);
    let words = merged_words(&merged.value, &base, &ours, &theirs);
    let value =
        conflict::keep(&merged.value, &merged.conflicts, Words::Said(&words), Words::Said(&theirs.1), ours.2);
    let text = layer_write::compose(&id, &value, Words::Said(&words), ours.2);
    let told = |conflict: &Conflict| tell(conflict, |span| words.get(span).or_else(|| theirs.1.get(span)));
    Ok(FileMerge { text, conflicts: merged.conflicts.iter().map(told).collect() })
}

/// The words of the merged spans: those of the side that a span has its place from.
fn merged_words(merged: &Layer, base: &Said, ours: &Said, theirs: &Said) -> HashMap<SpanId, String> {
    let words = |span: &Span| {
        let of = |side: &'_ Said| {
            let same = side.0.span(span.id).is_some_and(|other| other.ranges == span.ranges);
            same.then(|| side.1.get(&span.id).cloned()).flatten()
        };
        match (of(base), of(ours), of(theirs)) {
            // At one place, new words are those of a text that has been brought up to date.
            (Some(base), Some(ours), Some(theirs)) if ours == base => theirs,
            (_, Some(ours), _) => ours,
            (base, None, theirs) => theirs.or(base).unwrap_or_default(),
        }
    };
    merged.spans_unsorted().map(|span| (span.id, words(span))).collect()
}

/// A conflict in words: what it is about and, where that can be said in a line, what either says.
pub fn tell_conflict(conflict: &Conflict) -> String {
    let what = tell(conflict, |_| None);
    match (&conflict.ours, &conflict.theirs) {
        (Version::Words(ours), Version::Words(theirs)) => {
            let line =
                |words: &str| crate::analysis::context::shorten(&words.replace('\n', "; "), 80).to_string();
            format!("{what} (here: {}; there: {})", line(ours), line(theirs))
        }
        _ => what,
    }
}

fn tell<'a>(conflict: &Conflict, words: impl Fn(&SpanId) -> Option<&'a String>) -> String {
    let what = match &conflict.at {
        Clash::Span(id) => {
            let quote = words(id).map_or("", String::as_str);
            format!("the span “{}”", crate::analysis::context::shorten(quote, 60))
        }
        Clash::Link(id) => format!("the link {id}"),
        Clash::Decision(id) => format!("the decision on the span {id}"),
        Clash::Name => "the name of the project".to_owned(),
        Clash::Annotator(id) => format!("the annotator `{id}`"),
        Clash::Category(id) => format!("the category `{id}`"),
        Clash::Alias(id) => format!("what the category `{id}` has become"),
        Clash::Attribute(id) => format!("the attribute `{id}`"),
        Clash::LinkKind(id) => format!("the kind of link `{id}`"),
        Clash::Document(id) => format!("the document `{id}`"),
    };
    match conflict.removed() {
        Some(Side::Ours) => format!("{what} was removed here and changed there"),
        Some(Side::Theirs) => format!("{what} was changed here and removed there"),
        None => format!("{what} was changed in both: {}", conflict.fields.join(", ")),
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
    let other = || merge_reviews_as(&base, &ours, &theirs, &all_theirs(&merged)).value;
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
    let other = || merge_projects_as(base.as_ref(), &ours, &theirs, &all_theirs(&merged)).value;
    Ok(marked(&merged, compose, other))
}

fn all_theirs<T>(merged: &Merged<T>) -> Picks {
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
