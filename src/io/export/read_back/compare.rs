//! The comparison of an export that was read back with the scope, text by text.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::{HashMap as FastMap, HashMapExt, HashSet as FastSet, HashSetExt};
use rayon::prelude::*;
use smallvec::SmallVec;

use super::ReadBack;
use super::written::{Shifts, Written};
use crate::export::Scope;
use crate::loss::{Losses, ReadBackLoss};
use demarche_model::{
    AnnotatorId, AttributeId, Attributes, CategoryId, Document, DocumentId, LinkKindId, Project, Ranges,
    Span, SpanId, Value,
};

/// The documents with one text, as exported and as read back. Several documents with the same text are read back as one.
#[derive(Default)]
struct Same<'a> {
    exported: Vec<&'a Document>,
    there: Vec<(&'a Project, &'a Document)>,
}

/// The number that was found again, and the number of all.
type Found = (usize, usize);

/// Looks up everything in the scope in the copies. `losses` are those found so far.
pub(super) fn compare(
    scope: &Scope<'_>,
    copies: &[Project],
    written: Written,
    mut losses: Losses,
) -> ReadBack {
    let mut by_text: HashMap<Cow<'_, str>, Same<'_>> = HashMap::new();
    for document in scope.documents().filter(|document| document.is_loaded()) {
        if let Some(text) = &document.text {
            by_text.entry(written.text(text.as_str())).or_default().exported.push(document);
        }
    }
    for copy in copies {
        for document in copy.documents() {
            if let Some(same) = document.text.as_ref().and_then(|text| by_text.get_mut(text.as_str())) {
                same.there.push((copy, document));
            }
        }
    }
    let (mut spans, mut links, mut in_missing) = ((0, 0), (0, 0), 0);
    let all: Vec<Same<'_>> = by_text.into_values().collect();
    let compared: Vec<_> = all.par_iter().with_max_len(1).map(|same| same.compare(scope, written)).collect();
    for (same, (of_spans, of_links, lost)) in all.iter().zip(compared) {
        in_missing += if same.there.is_empty() { of_spans.1 } else { 0 };
        spans = (spans.0 + of_spans.0, spans.1 + of_spans.1);
        links = (links.0 + of_links.0, links.1 + of_links.1);
        losses.join(lost);
    }
    ReadBack { spans, in_missing, links: Some(links), differences: losses.report() }
}

impl Same<'_> {
    fn compare(&self, scope: &Scope<'_>, written: Written) -> (Found, Found, Losses) {
        let mut losses = Losses::default();
        let passages: Vec<_> =
            self.exported.iter().flat_map(|document| passages(scope, document, written)).collect();
        let all_links = self.exported.iter().map(|document| scope.count_links(document)).sum();
        if self.there.is_empty() {
            losses.add(ReadBackLoss::Documents, self.exported.len());
            return ((0, passages.len()), (0, all_links), losses);
        }
        let spans = compare_spans(scope.project, &passages, &self.there, &mut losses);
        ((spans, passages.len()), (self.compare_links(scope, written), all_links), losses)
    }

    /// Counts the links that were read back: from and to passages with the same categories and ranges.
    fn compare_links(&self, scope: &Scope<'_>, written: Written) -> usize {
        let mut left: HashMap<Joint<'_>, usize> = HashMap::new();
        for link in self.there.iter().flat_map(|(copy, document)| joints(copy, document, Written::Verbatim)) {
            *left.entry(link).or_default() += 1;
        }
        let mut found = 0;
        for link in self.exported.iter().flat_map(|document| joints(scope.project, document, written)) {
            if let Some(count) = left.get_mut(&link).filter(|count| **count > 0) {
                *count -= 1;
                found += 1;
            }
        }
        found
    }
}

/// What identifies a passage within a text.
type Key<'a> = (&'a CategoryId, Cow<'a, Ranges>);

fn key<'a>(span: &'a Span, shifts: &Shifts) -> Key<'a> {
    (&span.category, shifts.ranges(&span.ranges))
}

fn shifts(document: &Document, written: Written) -> Shifts {
    document.text.as_ref().map(|text| written.shifts(text.as_str())).unwrap_or_default()
}

/// An exported passage.
struct Passage<'a> {
    annotator: &'a AnnotatorId,
    span: &'a Span,
    key: Key<'a>,
}

fn passages<'a>(scope: &Scope<'a>, document: &'a Document, written: Written) -> Vec<Passage<'a>> {
    let shifts = shifts(document, written);
    let passages = scope.passages(document).into_iter();
    passages.map(|(annotator, span)| Passage { annotator, span, key: key(span, &shifts) }).collect()
}

/// How alike two passages at one place are.
#[derive(Clone, Copy)]
enum Likeness {
    Same,
    OfAnnotator,
    Any,
}

impl Likeness {
    fn holds(self, one: (&AnnotatorId, &Span), other: (&AnnotatorId, &Span)) -> bool {
        match self {
            Self::Same => {
                one.0 == other.0 && one.1.attributes == other.1.attributes && one.1.note == other.1.note
            }
            Self::OfAnnotator => one.0 == other.0,
            Self::Any => true,
        }
    }
}

/// Counts the passages that were read back, and the differences in their other values.
fn compare_spans(
    project: &Project,
    passages: &[Passage<'_>],
    there: &[(&Project, &Document)],
    losses: &mut Losses,
) -> usize {
    let layers = || there.iter().flat_map(|(_, document)| &document.layers);
    let count = layers().map(|(_, layer)| layer.len()).sum();
    let mut left: FastMap<Key<'_>, SmallVec<[(&AnnotatorId, &Span); 1]>> = FastMap::with_capacity(count);
    for (annotator, layer) in layers() {
        for span in layer.spans() {
            let key = (&span.category, Cow::Borrowed(&span.ranges));
            left.entry(key).or_default().push((annotator, span));
        }
    }
    let mut places = FastSet::new();
    let mut missing: Vec<&Passage<'_>> = passages.iter().collect();
    // Those that are the same come first, so that of several at one place no two are mixed up.
    for likeness in [Likeness::Same, Likeness::OfAnnotator, Likeness::Any] {
        missing.retain(|Passage { annotator, span, key }| {
            let others = left.get_mut(key);
            let other = others.and_then(|others| {
                let at = others.iter().position(|other| likeness.holds((annotator, span), *other))?;
                Some(others.swap_remove(at))
            });
            let Some((other_annotator, other)) = other else { return true };
            places.insert((*annotator, key));
            losses.add(ReadBackLoss::Annotators, usize::from(other_annotator != *annotator));
            let values = compare_values(project, &span.attributes, &other.attributes);
            losses.add(ReadBackLoss::Attributes, usize::from(values.is_none()));
            losses.add(ReadBackLoss::ValueKinds, values.unwrap_or_default());
            losses.add(ReadBackLoss::Notes, usize::from(other.note != span.note));
            false
        });
    }
    let found = passages.len() - missing.len();
    let joined = missing.iter().filter(|passage| places.contains(&(passage.annotator, &passage.key))).count();
    losses.add(ReadBackLoss::JoinedPassages, joined);
    losses.add(ReadBackLoss::NewPassages, left.values().map(SmallVec::len).sum());
    found
}

/// Returns the number of values that were read back as another kind, or `None` if a value is missing or different.
fn compare_values(project: &Project, exported: &Attributes, read: &Attributes) -> Option<usize> {
    if exported.len() != read.len() {
        return None;
    }
    let mut changed = 0;
    for ((id, value), (other, there)) in exported.iter().zip(read) {
        if id != other || !value.is_written_like(there) {
            return None;
        }
        changed += usize::from(!same_kind(project, id, value, there));
    }
    Some(changed)
}

/// Returns whether two values that are written the same have the same kind. An empty project doesn't tell a choice from
/// other words, and words that don't fit their attribute are imported as texts.
fn same_kind(project: &Project, id: &AttributeId, value: &Value, there: &Value) -> bool {
    let takes = project.codebook().attribute(id).is_none_or(|attribute| attribute.kind.takes(value));
    value == there || !takes || is_words(value) && is_words(there)
}

fn is_words(value: &Value) -> bool {
    match value {
        Value::Choice(_) | Value::Choices(_) | Value::Text(_) | Value::Date(_) => true,
        Value::Number(_) | Value::Flag(_) => false,
    }
}

/// A link kind with the passages that it joins.
type Joint<'a> = (&'a LinkKindId, Key<'a>, Key<'a>);

/// Returns the links of a document whose ends exist.
fn joints<'a>(project: &'a Project, document: &'a Document, written: Written) -> Vec<Joint<'a>> {
    let (here, mut out) = (shifts(document, written), Vec::new());
    for layer in document.layers.values() {
        for link in layer.links() {
            let from = layer.span(link.from).map(|span| key(span, &here));
            let to = find(project, &link.to_document, link.to).map(|(there, span)| {
                let is_here = there.id() == document.id();
                if is_here { key(span, &here) } else { key(span, &shifts(there, written)) }
            });
            out.extend(from.zip(to).map(|(from, to)| (&link.kind, from, to)));
        }
    }
    out
}

fn find<'a>(project: &'a Project, document: &DocumentId, span: SpanId) -> Option<(&'a Document, &'a Span)> {
    let document = project.document(document)?;
    let span = document.layers.values().find_map(|layer| layer.span(span))?;
    Some((document, span))
}
