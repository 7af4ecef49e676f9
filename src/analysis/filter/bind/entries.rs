//! What the fields of a filter can name in a project.

use smol_str::SmolStr;

use demarche_model::{
    AnnotatorId, AttributeDef, AttributeKind, CategoryId, DocumentId, DocumentMeta, DocumentSetId, Project,
    ValueList,
};

use super::names::Entry;

/// The categories.
pub(crate) fn categories(project: &Project) -> Vec<Entry<'_, &CategoryId>> {
    let categories = project.codebook().categories.iter();
    categories.map(|c| Entry { id: c.id.as_str(), name: &c.name, item: &c.id }).collect()
}

/// The documents.
pub(crate) fn documents(project: &Project) -> Vec<Entry<'_, &DocumentId>> {
    let metas = project.documents().iter().map(|document| &document.meta);
    metas.map(|meta| Entry { id: meta.id.as_str(), name: &meta.title, item: &meta.id }).collect()
}

/// The sets of documents.
pub(crate) fn sets(project: &Project) -> Vec<Entry<'_, &DocumentSetId>> {
    let sets = project.document_sets().iter();
    sets.map(|(id, name)| Entry { id: id.as_str(), name, item: id }).collect()
}

/// The authors or sources of documents: a name per document that has one.
pub(crate) fn of_documents(
    project: &Project,
    name: impl Fn(&DocumentMeta) -> &str,
) -> Vec<Entry<'_, &DocumentId>> {
    let metas = project.documents().iter().map(|document| &document.meta);
    let named = metas.map(|meta| Entry::named(name(meta).trim(), &meta.id));
    named.filter(|entry| !entry.name.is_empty()).collect()
}

/// The actors or issues of a list.
pub(crate) fn listed(names: &[String]) -> Vec<Entry<'_, &str>> {
    names.iter().map(|name| Entry::named(name, name.as_str())).collect()
}

/// The attributes.
pub(crate) fn attributes(project: &Project) -> Vec<Entry<'_, &AttributeDef>> {
    let attributes = project.codebook().attributes.iter();
    attributes.map(|def| Entry { id: def.id.as_str(), name: &def.name, item: &**def }).collect()
}

/// The entries of the list from which the values of an attribute are chosen; `None` if they are typed or a flag.
pub(crate) fn choices<'a>(project: &'a Project, kind: &'a AttributeKind) -> Option<Vec<Entry<'a, &'a str>>> {
    Some(match kind.list()? {
        ValueList::Own(list) => list.iter().map(|entry| Entry::named(entry, entry.as_str())).collect(),
        ValueList::Actors => listed(project.actors()),
        ValueList::Issues => listed(project.issues()),
    })
}

/// The people who code, and the consensus.
pub(crate) fn coders(project: &Project) -> Vec<(AnnotatorId, SmolStr)> {
    let people = project.coders().into_iter().chain([AnnotatorId::consensus()]);
    people.map(|id| (id.clone(), SmolStr::new(project.name_of(&id)))).collect()
}

/// The attribute with an id or a name, ignoring case.
pub(crate) fn attribute<'a>(project: &'a Project, wanted: &str) -> Option<&'a AttributeDef> {
    let wanted = wanted.to_lowercase();
    let all = || project.codebook().attributes.iter();
    let by_id = all().find(|def| def.id.as_str().to_lowercase() == wanted);
    by_id.or_else(|| all().find(|def| def.name.to_lowercase() == wanted)).map(|def| &**def)
}
