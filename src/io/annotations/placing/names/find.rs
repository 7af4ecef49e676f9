//! Lookup in a list by the names of other programs.

use std::sync::Arc;

use foldhash::HashSet as FastSet;

use demarche_model::{AttributeDef, Category, LinkKind};

/// Finds an item in a list of the project by this name, or by the one that the file's codebook gives it.
pub(super) fn known<'a, T>(
    all: &'a [Arc<T>],
    given: &str,
    defined: Option<&Arc<T>>,
    parts: impl Fn(&T) -> (&str, &str) + Copy,
) -> Option<&'a Arc<T>> {
    find(all, given, parts).or_else(|| find(all, parts(defined?).1, parts))
}

/// Finds an item in a list: by id, then by name, then by an id or name that differs only in blanks, `-` and `_`, which many
/// formats can't tell apart. Of several such items, the one that has blanks where the name has `_`, as in CoNLL, otherwise
/// none. Case counts: `org` and `ORG` are different. `parts` returns id and name.
pub(super) fn find<'a, T>(
    all: &'a [Arc<T>],
    given: &str,
    parts: impl Fn(&T) -> (&str, &str),
) -> Option<&'a Arc<T>> {
    let has = |item: &T, same: &dyn Fn(&str) -> bool| {
        let (id, name) = parts(item);
        same(id) || same(name)
    };
    let exact = all.iter().find(|item| parts(item).0 == given);
    let named = || all.iter().find(|item| has(item, &|name| name == given));
    let plain = folded(given);
    let near = || all.iter().filter(|item| has(item, &|name| folded(name) == plain));
    let joined = || near().find(|item| has(item, &|name| name.replace(char::is_whitespace, "_") == given));
    let only = || near().next().filter(|_| near().nth(1).is_none());
    exact.or_else(named).or_else(joined).or_else(only)
}

/// Returns the only item whose id or name differs from this name in case alone. `None` if the file, which uses the names
/// `used`, also uses the exact name of that item: then the two differ only in case on purpose.
pub(super) fn alike<'a, T>(
    all: &'a [Arc<T>],
    given: &str,
    used: &FastSet<String>,
    parts: impl Fn(&T) -> (&str, &str),
) -> Option<&'a Arc<T>> {
    let lower = given.to_lowercase();
    let mut found = all.iter().filter(|item| {
        let (id, name) = parts(item);
        id.to_lowercase() == lower || name.to_lowercase() == lower
    });
    let only = found.next().filter(|_| found.next().is_none())?;
    let (id, name) = parts(only);
    (!used.contains(id) && !used.contains(name)).then_some(only)
}

/// Returns a name with the same character for blanks, `-` and `_`.
pub(super) fn folded(name: &str) -> String {
    let plain = |c: char| if c.is_whitespace() || matches!(c, '-' | '_') { '_' } else { c };
    name.chars().map(plain).collect()
}

pub(super) fn of_category(category: &Category) -> (&str, &str) {
    (category.id.as_str(), &category.name)
}

pub(super) fn of_attribute(attribute: &AttributeDef) -> (&str, &str) {
    (attribute.id.as_str(), &attribute.name)
}

pub(super) fn of_kind(kind: &LinkKind) -> (&str, &str) {
    (kind.id.as_str(), &kind.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_model::Colour;

    #[test]
    fn names_that_differ_in_blanks_and_dashes_are_not_mixed_up() {
        let all = ["red-line", "red line", "stance", "key-1", "key_1"]
            .map(|id| Arc::new(Category::new(id.into(), "", Colour::nth(0))));
        for (given, expect) in [
            ("red_line", Some("red line")),
            ("red-line", Some("red-line")),
            ("red line", Some("red line")),
            ("key 1", None),
            ("stance", Some("stance")),
            ("Stance", None),
        ] {
            let found = find(&all, given, of_category).map(|category| category.id.as_str());
            assert_eq!(found, expect, "{given}");
        }
    }
}
