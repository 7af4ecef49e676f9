//! The figures of reports.

use super::Scope;
use demarche_analysis::context::one_line;
use demarche_analysis::summary::{Count, union_characters};
use demarche_model::{AnnotatorId, CategoryId, Document, Project, Span, Text, Value};

/// The figures on the first page of a report.
#[derive(Default)]
pub(super) struct Figures<'a> {
    /// The spans of all documents together.
    pub all: Count,
    /// The length of all texts, in characters.
    pub characters: usize,
    pub categories: Vec<(CategoryId, Count)>,
    pub documents: Vec<(&'a Document, Count)>,
    pub annotators: Vec<(AnnotatorId, usize)>,
}

impl<'a> Figures<'a> {
    /// Counts everything in a scope.
    pub fn count(scope: &Scope<'a>) -> Self {
        let categories = scope.chosen_categories().map(|c| (c.id.clone(), Count::default())).collect();
        let mut figures = Self { categories, ..Self::default() };
        for document in scope.documents() {
            let Some(text) = &document.text else { continue };
            let passages = scope.passages(document);
            let count = count(text, passages.iter().map(|(_, span)| &***span));
            figures.all.spans += count.spans;
            figures.all.characters += count.characters;
            figures.characters += text.characters();
            figures.documents.push((&**document, count));
            for (category, spans) in by_category(scope.project, &passages) {
                let count = self::count(text, spans.iter().map(|(_, span)| *span));
                let sum = entry(&mut figures.categories, category);
                sum.spans += count.spans;
                sum.characters += count.characters;
            }
            for (annotator, _) in &passages {
                *entry(&mut figures.annotators, annotator) += 1;
            }
        }
        figures
    }
}

/// Returns the value for `key`, which is added if it is missing.
fn entry<'a, K: Clone + PartialEq, V: Default>(list: &'a mut Vec<(K, V)>, key: &K) -> &'a mut V {
    let at = list.iter().position(|(other, _)| other == key).unwrap_or_else(|| {
        list.push((key.clone(), V::default()));
        list.len() - 1
    });
    &mut list[at].1
}

/// Returns the number of spans, and of characters that they cover together.
pub(super) fn count<'s>(text: &Text, spans: impl Iterator<Item = &'s Span>) -> Count {
    let mut ranges = Vec::new();
    let mut number = 0;
    for span in spans {
        number += 1;
        ranges.extend(span.ranges.iter());
    }
    Count { spans: number, characters: union_characters(text, ranges) }
}

/// A span with its annotator.
pub(super) type Passage<'a> = (&'a AnnotatorId, &'a Span);

/// Groups the passages of a document by category, in the order of the codebook; each group is in the order of the text.
pub(super) fn by_category<'a>(
    project: &Project,
    passages: &[(&'a AnnotatorId, &'a std::sync::Arc<Span>)],
) -> Vec<(&'a CategoryId, Vec<Passage<'a>>)> {
    let codebook = project.codebook();
    let mut passages: Vec<Passage<'a>> = passages.iter().map(|(id, span)| (*id, &***span)).collect();
    let order = |span: &Span| codebook.position(&span.category).unwrap_or(usize::MAX);
    passages.sort_by(|(_, a), (_, b)| {
        let key = |s: &Span| (order(s), s.ranges.start(), std::cmp::Reverse(s.ranges.end()), s.id);
        (key(a).0, &a.category, key(a)).cmp(&(key(b).0, &b.category, key(b)))
    });
    let groups = passages.chunk_by(|(_, a), (_, b)| a.category == b.category);
    groups.map(|group| (&group[0].1.category, group.to_vec())).collect()
}

/// Returns a value as text on one line.
pub(super) fn words(value: &Value) -> String {
    if let Value::Text(text) = value { one_line(text) } else { value.to_string() }
}

/// Returns the name of an annotator.
pub(super) fn name<'a>(project: &'a Project, id: &'a AnnotatorId) -> &'a str {
    project.name_of(id)
}
