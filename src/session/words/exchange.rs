//! Imports.

use demarche_io::annotations::Additions;

use super::counted;

/// What an import has added to the lists of the project, one line for each list.
pub(crate) fn additions(additions: &Additions) -> impl Iterator<Item = String> {
    let names = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect::<Vec<String>>();
    let lists = [
        (
            "new category",
            "new categories",
            names(additions.categories.iter().map(|id| id.as_str()).collect()),
        ),
        (
            "new attribute",
            "new attributes",
            names(additions.attributes.iter().map(|id| id.as_str()).collect()),
        ),
        (
            "new kind of link",
            "new kinds of link",
            names(additions.link_kinds.iter().map(|id| id.as_str()).collect()),
        ),
        ("new person", "new people", names(additions.annotators.iter().map(|id| id.as_str()).collect())),
        ("new actor", "new actors", additions.actors.clone()),
        ("new issue", "new issues", additions.issues.clone()),
    ];
    let lists = lists.into_iter().filter(|(.., names)| !names.is_empty());
    lists.map(|(one, many, names)| format!("{}: {}", counted(names.len(), one, many), names.join(", ")))
}
