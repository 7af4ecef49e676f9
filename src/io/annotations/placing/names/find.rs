//! Lookup in a list by the names of other programs.

use std::sync::Arc;

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

/// Finds an item in a list: by id, else by id or name regardless of case, else by one that differs only in blanks, `-` and
/// `_`, since many formats allow only some of these. `parts` returns id and name.
pub(super) fn find<'a, T>(
    all: &'a [Arc<T>],
    given: &str,
    parts: impl Fn(&T) -> (&str, &str),
) -> Option<&'a Arc<T>> {
    let any = |same: &dyn Fn(&str) -> bool| {
        all.iter().find(|item| {
            let (id, name) = parts(item);
            same(id) || same(name)
        })
    };
    let exact = all.iter().find(|item| parts(item).0 == given);
    let (lower, plain) = (given.to_lowercase(), folded(given));
    exact.or_else(|| any(&|name| name.to_lowercase() == lower)).or_else(|| any(&|name| folded(name) == plain))
}

/// Returns a name in lower case, with the same character for blanks, `-` and `_`.
pub(super) fn folded(name: &str) -> String {
    let plain = |c: char| if c.is_whitespace() || matches!(c, '-' | '_') { '_' } else { c };
    name.chars().flat_map(char::to_lowercase).map(plain).collect()
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
