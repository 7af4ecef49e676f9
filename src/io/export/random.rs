//! Random projects for the tests of all formats, and how much of them is read back.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use uuid::Uuid;

use super::{Scope, export_to_path, exporter, sample};
use crate::{Loss, LossKind, RangeLoss};
use demarche_model::{AnnotatorId, CategoryId, Edit, LayerId, Project, Ranges, Span, SpanId, TextRange};

/// Document, category, start, length, start and length of a second range.
type Shape = (usize, usize, usize, usize, usize, usize);

/// Generates projects with texts that match a regular expression: spans of one or two ranges, of two annotators.
pub(crate) fn projects(text: &'static str) -> impl Strategy<Value = Project> {
    let shape = (0..4usize, 0..3usize, 0..60usize, 1..20usize, 0..60usize, 0..9usize);
    (prop::collection::vec(text, 1..4), prop::collection::vec(shape, 0..25))
        .prop_map(|(texts, shapes)| project(&texts, &shapes))
}

fn project(texts: &[String], shapes: &[Shape]) -> Project {
    let mut project = Project::new("p", sample::codebook());
    for (at, text) in texts.iter().enumerate() {
        // The number keeps texts apart: two equal texts would be read back as one.
        let document = sample::document(&format!("d{:03}", at + 1), "T", &format!("{at}{text}"));
        project.apply(Edit::InsertDocument { at, document }).unwrap();
    }
    let mut seen = HashSet::new();
    for (number, &(document, category, start, length, second, more)) in (1..).zip(shapes) {
        let document = &project.documents()[document % texts.len()];
        let text = document.text.clone().unwrap();
        let at = |count: usize| text.byte_offset(count.min(text.characters())).unwrap();
        let range = |start, length| TextRange { start: at(start), end: at(start + length) };
        let Some(ranges) = Ranges::new([range(start, length), range(second, more)]) else { continue };
        let category: CategoryId = ["move", "threat", "offer"][category].into();
        let annotator: AnnotatorId = if length % 2 == 0 { "ana" } else { "ben" }.into();
        if seen.insert((document.id().clone(), annotator.clone(), category.clone(), ranges.clone())) {
            let id = SpanId(Uuid::from_u128((7 << 76) + number));
            let span = Span { category, ranges, id, ..sample::span(1, "move", "x", &["x"]) };
            let layer = LayerId::new(document.id(), &annotator);
            project.apply(Edit::SetSpan { layer, id: span.id, to: Some(Arc::new(span)) }).unwrap();
        }
    }
    project
}

/// The part of a project that was read back.
pub(crate) struct Likeness<F> {
    /// Passages that were read back.
    pub found: usize,
    /// The exported passages.
    pub all: usize,
    /// Whether there was no other difference.
    pub exact: bool,
    /// The function that counts the losses of a kind.
    pub lost: F,
}

/// Exports a project and reads it back.
pub(crate) fn likeness(
    format: &str,
    project: &Project,
    path: &Path,
) -> Likeness<impl Fn(RangeLoss) -> usize + use<>> {
    let exported = export_to_path(exporter(format).unwrap(), &Scope::everything(project), path).unwrap();
    let back = exported.read_back.unwrap();
    let find = move |kind| count_of(&exported.losses, kind);
    Likeness { found: back.spans.0, all: back.spans.1, exact: back.differences.is_empty(), lost: find }
}

/// Returns the count of a kind of loss.
pub(crate) fn count_of(losses: &[Loss], kind: RangeLoss) -> usize {
    let kind = LossKind::from(kind);
    losses.iter().find(|loss| loss.kind == kind).map_or(0, |loss| loss.count)
}
