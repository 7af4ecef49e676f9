//! Things of a list by what somebody else calls them.

use std::sync::Arc;

use demarche_model::{AttributeDef, Category, LinkKind};

/// What a list of the project calls by this name, or by the one that the file's own codebook has for it.
pub(super) fn known<'a, T>(
    all: &'a [Arc<T>],
    given: &str,
    defined: Option<&Arc<T>>,
    parts: impl Fn(&T) -> (&str, &str) + Copy,
) -> Option<&'a Arc<T>> {
    find(all, given, parts).or_else(|| find(all, parts(defined?).1, parts))
}

/// What a list calls by this name: by id, else by id or name in any case, else by one that differs in blanks, `-` and `_`
/// alone, since many formats allow no others. `parts` gives id and name.
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

/// A name in lower case, with one sign for blanks, `-` and `_`.
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
