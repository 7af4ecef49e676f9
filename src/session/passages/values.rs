//! The values of a column with their frequencies, for lists to choose from.

use std::collections::HashMap;

use smol_str::SmolStr;

use demarche_model::Span;

use super::super::Session;
use super::column::{Column, OrderKey, Passage};
use super::filter::{DocumentParts, each_value};
use super::rows::starting_in;

/// A value of a column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ValueCount {
    /// The key for a filter: an id, or the value itself; empty for no value.
    pub key: SmolStr,
    /// The name for people; empty for no value.
    pub name: String,
    /// Number of spans with this value, among those that match the filters of all other columns.
    pub count: usize,
}

impl Session {
    /// The values of a column among spans that match the filters of all other columns, in the column's sort order with
    /// empty ones last. Looks at every span: call it when a list opens, not in every frame.
    pub fn passage_values(&self, column: &Column) -> Vec<ValueCount> {
        let filtered = self.passage_filter().values(column);
        let mut others = self.passage_filter().clone();
        others.clear(column);
        let prepared = others.narrowing().prepared();
        let spans = self.passing_others(column);
        let query = &self.passages.query;
        let mut counts: HashMap<SmolStr, (usize, OrderKey, String)> = HashMap::new();
        for document in self.project.documents().iter().filter(|document| prepared.document(document.id())) {
            let layers = document.layers.iter().map(|(annotator, layer)| (annotator, &**layer));
            let seen = query.visibility.filter(layers).into_iter();
            for (annotator, layer) in seen {
                let parts = DocumentParts::from_document(document);
                let passing = spans.of_layer(document.id(), annotator);
                let passes = |span: &Span| passing.is_none_or(|passing| passing.holds(span.id));
                let is_counted = |span: &&Span| passes(span) && prepared.span(parts, annotator, span);
                for span in starting_in(layer, None).filter(is_counted) {
                    let passage = Passage { project: &self.project, document, annotator, span };
                    each_value(column, parts.meta, annotator, span, &mut |key| match counts.get_mut(key) {
                        Some((count, ..)) => *count += 1,
                        None => {
                            let (order, name) = order_and_name(column, &passage, key);
                            counts.insert(SmolStr::new(key), (1, order, name));
                        }
                    });
                }
            }
        }
        // Values that the column is filtered by are listed even if no span has them any more.
        for key in filtered {
            counts.entry(key.clone()).or_insert_with(|| (0, OrderKey::Missing, key.to_string()));
        }
        let mut values: Vec<(OrderKey, ValueCount)> = counts
            .into_iter()
            .map(|(key, (count, order, name))| (order, ValueCount { key, name, count }))
            .collect();
        values.sort_by(|(a, left), (b, right)| (a, &left.name, &left.key).cmp(&(b, &right.name, &right.key)));
        values.into_iter().map(|(_, value)| value).collect()
    }
}

/// The sort key and the name of a value.
fn order_and_name(column: &Column, passage: &Passage<'_>, key: &str) -> (OrderKey, String) {
    match column {
        // An attribute with several values has each of them in the list.
        Column::Attribute(_) if key.is_empty() => (OrderKey::Missing, String::new()),
        Column::Attribute(_) => {
            let whole = passage.text(column);
            let order = if whole == key { passage.key(column) } else { OrderKey::words(key) };
            (order, key.to_owned())
        }
        _ => (passage.group_key(column), passage.text(column)),
    }
}
