//! What reports say in figures, and how they write them.

use super::Scope;
use demarche_analysis::context::one_line;
use demarche_analysis::summary::{Count, union_characters};
use demarche_model::{AnnotatorId, CategoryId, Document, Project, Span, Text, Value};

/// The numbers on the first page, of what is in the scope.
#[derive(Default)]
pub(super) struct Figures<'a> {
    /// Of all documents together.
    pub all: Count,
    /// Length of all texts.
    pub characters: usize,
    pub categories: Vec<(CategoryId, Count)>,
    pub documents: Vec<(&'a Document, Count)>,
    pub annotators: Vec<(AnnotatorId, usize)>,
}

impl<'a> Figures<'a> {
    /// Counts everything once.
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
                let sum = place(&mut figures.categories, category);
                sum.spans += count.spans;
                sum.characters += count.characters;
            }
            for (annotator, _) in &passages {
                *place(&mut figures.annotators, annotator) += 1;
            }
        }
        figures
    }
}

/// The value that stands under `key`, made where there is none.
pub(super) fn place<'a, K: Clone + PartialEq, V: Default>(list: &'a mut Vec<(K, V)>, key: &K) -> &'a mut V {
    let at = list.iter().position(|(other, _)| other == key).unwrap_or_else(|| {
        list.push((key.clone(), V::default()));
        list.len() - 1
    });
    &mut list[at].1
}

/// How many spans there are, and how many characters they cover together.
pub(super) fn count<'s>(text: &Text, spans: impl Iterator<Item = &'s Span>) -> Count {
    let mut ranges = Vec::new();
    let mut number = 0;
    for span in spans {
        number += 1;
        ranges.extend(span.ranges.iter());
    }
    Count { spans: number, characters: union_characters(text, ranges) }
}

/// A span and whose it is.
pub(super) type Passage<'a> = (&'a AnnotatorId, &'a Span);

/// The passages of one document by category in the codebook's order, each group in the order of the text.
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

/// A value as people read it, on one line.
pub(super) fn words(value: &Value) -> String {
    if let Value::Text(text) = value { one_line(text) } else { value.to_string() }
}

/// What an annotator is called.
pub(super) fn name<'a>(project: &'a Project, id: &'a AnnotatorId) -> &'a str {
    project.name_of(id)
}

/// How many there are of something: `3 passages`.
pub(super) fn several(count: usize, what: &str) -> String {
    format!("{} {what}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// A number with a comma between groups of three digits.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A share in per cent.
pub(super) fn share(part: usize, all: usize) -> String {
    format!("{:.1} %", if all == 0 { 0.0 } else { 100.0 * part as f64 / all as f64 })
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn numbers_are_grouped() {
        let got = [0, 999, 1000, 1_234_567].map(grouped);
        assert_eq!(got, ["0", "999", "1,000", "1,234,567"]);
    }
}
