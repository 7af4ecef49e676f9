//! The codes of a database as categories.

use std::collections::HashMap;
use std::sync::Arc;

use crate::codebook::Names;
use demarche_model::{Category, CategoryId, Codebook, Colour, slug};

/// What a program calls a code: its kind of entry and the number there.
pub(super) type Key = (Entry, i64);

/// A kind of entry that becomes a category.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Entry {
    /// A code.
    Code,
    /// A category of codes.
    Group,
}

/// A code.
#[derive(Clone, Debug, Default)]
pub(super) struct Code {
    /// Its name.
    pub name: String,
    /// Its definition.
    pub definition: String,
    /// Its colour, as the program writes it.
    pub colour: Option<Colour>,
    /// The codes and categories above it; the first one that exists counts.
    pub above: Vec<Key>,
}

/// The codes of a database, in the order of the interface.
#[derive(Default)]
pub(super) struct Codes {
    codes: Vec<(Key, Code)>,
    places: HashMap<Key, usize>,
}

impl Codes {
    /// Adds a code; the first one with a key counts.
    pub fn add(&mut self, key: Key, code: Code) {
        let place = self.codes.len();
        if self.places.insert(key, place).is_none() {
            self.codes.push((key, code));
        }
    }

    /// Returns whether there is such a code.
    pub fn has(&self, key: Key) -> bool {
        self.places.contains_key(&key)
    }

    /// Returns the codes as categories, and the id of each. A circle is cut where it closes.
    pub fn finish(self) -> (Codebook, HashMap<Key, CategoryId>) {
        let Self { codes, places } = self;
        let mut names = Names::default();
        let ids: Vec<CategoryId> =
            codes.iter().map(|(_, code)| CategoryId::new(names.free(&slug(&code.name, "code")))).collect();
        let parents = parents(&codes, &places);
        let categories = codes.into_iter().enumerate().map(|(at, (_, code))| {
            let colour = code.colour.unwrap_or_else(|| Colour::nth(at));
            let mut category = Category::new(ids[at].clone(), code.name, colour);
            category.parent = parents[at].map(|parent| ids[parent].clone());
            category.definition = code.definition;
            Arc::new(category)
        });
        let codebook = Codebook { categories: categories.collect(), ..Codebook::default() };
        let ids = places.into_iter().map(|(key, at)| (key, ids[at].clone())).collect();
        (codebook, ids)
    }
}

/// Returns the parent of each code, without circles.
fn parents(codes: &[(Key, Code)], places: &HashMap<Key, usize>) -> Vec<Option<usize>> {
    let mut parents: Vec<Option<usize>> = codes
        .iter()
        .enumerate()
        .map(|(at, (_, code))| {
            code.above.iter().find_map(|key| places.get(key).copied().filter(|parent| *parent != at))
        })
        .collect();
    // The walk upwards from each code in which it was met last.
    let mut met = vec![usize::MAX; codes.len()];
    for start in 0..codes.len() {
        let mut at = start;
        while met[at] == usize::MAX {
            met[at] = start;
            match parents[at] {
                Some(parent) if met[parent] == start => parents[at] = None,
                Some(parent) => at = parent,
                None => {}
            }
        }
    }
    parents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_cut_and_names_may_repeat() {
        let mut codes = Codes::default();
        let code = |name: &str, above: &[Key]| Code {
            name: name.to_owned(),
            above: above.to_vec(),
            ..Code::default()
        };
        codes.add((Entry::Group, 1), code("Port", &[(Entry::Group, 2)]));
        codes.add((Entry::Group, 2), code("Fees", &[(Entry::Group, 1)]));
        codes.add((Entry::Code, 1), code("Port", &[(Entry::Code, 1), (Entry::Group, 9), (Entry::Group, 1)]));
        let (codebook, ids) = codes.finish();
        let found: Vec<_> = codebook
            .categories
            .iter()
            .map(|category| (category.id.as_str(), category.parent.as_ref().map(CategoryId::as_str)))
            .collect();
        assert_eq!(found, [("port", Some("fees")), ("fees", None), ("port-2", Some("port"))]);
        assert_eq!(ids[&(Entry::Code, 1)].as_str(), "port-2");
    }
}
