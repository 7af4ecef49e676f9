//! The values of a column with how often they come, for lists to pick from.

use std::collections::HashMap;

use smol_str::SmolStr;

use super::super::Session;
use super::column::{Column, OrderKey, Passage};
use super::filter::{DocumentParts, each_value};
use super::rows::starting_in;

/// A value of a column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ValueCount {
    /// Its key for a filter: an id, or the value itself; empty for none.
    pub key: SmolStr,
    /// Its name for people; empty for none.
    pub name: String,
    /// How many spans have it, of those that pass all other columns.
    pub count: usize,
}

impl Session {
    /// What spans have in a column, of those that pass the filter of all other columns, in the order in which the
    /// column sorts; what is not said comes last. Looks at every span: for a list that is being opened, not for a frame.
    pub fn passage_values(&self, column: &Column) -> Vec<ValueCount> {
        let chosen = self.passages.filter().values(column);
        let mut query = self.passages.query.clone();
        query.filter.clear(column);
        let prepared = query.filter.prepared();
        let mut counts: HashMap<SmolStr, (usize, OrderKey, String)> = HashMap::new();
        for document in self.project.documents().iter().filter(|document| prepared.document(document.id())) {
            let layers = document.layers.iter().map(|(annotator, layer)| (annotator, &**layer));
            let seen = query.visibility.filter(layers).into_iter();
            for (annotator, layer) in seen.filter(|(annotator, _)| prepared.annotator(annotator)) {
                let of = DocumentParts::document(document);
                for span in starting_in(layer, None).filter(|span| prepared.span(of, annotator, span)) {
                    let passage = Passage { project: &self.project, document, annotator, span };
                    each_value(column, of.meta, annotator, span, &mut |key| match counts.get_mut(key) {
                        Some((count, ..)) => *count += 1,
                        None => {
                            let (place, name) = name_of(column, &passage, key);
                            counts.insert(SmolStr::new(key), (1, place, name));
                        }
                    });
                }
            }
        }
        for key in chosen {
            counts.entry(key.clone()).or_insert_with(|| (0, OrderKey::Missing, key.to_string()));
        }
        let mut values: Vec<(OrderKey, ValueCount)> = counts
            .into_iter()
            .map(|(key, (count, place, name))| (place, ValueCount { key, name, count }))
            .collect();
        values.sort_by(|(a, left), (b, right)| (a, &left.name, &left.key).cmp(&(b, &right.name, &right.key)));
        values.into_iter().map(|(_, value)| value).collect()
    }
}

/// Where a value of a passage stands in a list, and its name.
fn name_of(column: &Column, passage: &Passage<'_>, key: &str) -> (OrderKey, String) {
    match column {
        // Of several values each stands for itself.
        Column::Attribute(_) if key.is_empty() => (OrderKey::Missing, String::new()),
        Column::Attribute(_) => {
            let whole = passage.text(column);
            let place = if whole == key { passage.key(column) } else { OrderKey::words(key) };
            (place, key.to_owned())
        }
        _ => (passage.group_key(column), passage.text(column)),
    }
}
