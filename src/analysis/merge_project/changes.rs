//! Lists what differs between two versions of a project file.

use std::collections::{BTreeMap, BTreeSet};

use demarche_model::{
    Annotator, AttributeId, CategoryId, Codebook, DocumentId, LinkKindId, Project, RelationKey, Relations,
    Role,
};

/// A change to the project file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ProjectChange {
    /// The project has another name.
    Name {
        /// The name so far.
        from: String,
        /// The new name.
        to: String,
    },
    /// Blind mode is turned on or off.
    Blind(bool),
    /// A person is added, removed or changed.
    Person {
        /// The person's name.
        name: String,
        /// The change.
        change: PersonChange,
    },
    /// The record of a document is added, removed or changed.
    Document {
        /// The document.
        id: DocumentId,
        /// Its title.
        title: String,
        /// The change.
        change: EntryChange,
    },
    /// An entry of the codebook, an actor or an issue is added, removed or changed.
    Codebook {
        /// The entry.
        entry: CodebookEntry,
        /// Its name.
        name: String,
        /// The change.
        change: EntryChange,
    },
}

/// A change to an entry of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EntryChange {
    /// It is added.
    Added,
    /// It is changed.
    Changed,
    /// It is removed.
    Removed,
}

/// A change to a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PersonChange {
    /// The person is added, with a role.
    Added(Role),
    /// The person is removed.
    Removed,
    /// The person has another role.
    Role(Role),
    /// Other documents are assigned to the person.
    Assignment,
    /// The person has another name, initials or colour.
    Profile,
}

/// An entry of the codebook, an actor or an issue.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CodebookEntry {
    /// A category, with its alias if it is replaced by another one.
    Category(CategoryId),
    /// An attribute.
    Attribute(AttributeId),
    /// A kind of link.
    LinkKind(LinkKindId),
    /// An actor, by name.
    Actor(String),
    /// An issue, by name.
    Issue(String),
    /// A relation between actors or issues.
    Relation(RelationKey),
}

/// Lists the changes that lead from one project file to another. The order of lists does not count.
pub(super) fn project_changes(from: &Project, to: &Project) -> Vec<ProjectChange> {
    let mut changes = Vec::new();
    if from.name() != to.name() {
        changes.push(ProjectChange::Name { from: from.name().to_owned(), to: to.name().to_owned() });
    }
    if from.is_blind() != to.is_blind() {
        changes.push(ProjectChange::Blind(to.is_blind()));
    }
    changes.extend(person_changes(from.annotators(), to.annotators()));
    let documents = |project: &Project| -> Vec<_> {
        project.documents().iter().map(|document| document.meta.clone()).collect()
    };
    let changed = entry_changes(&documents(from), &documents(to), |meta| meta.id.clone());
    changes.extend(changed.into_iter().map(|(meta, change)| ProjectChange::Document {
        id: meta.id,
        title: meta.title,
        change,
    }));
    changes.extend(codebook_changes(from, to));
    changes
}

fn person_changes(from: &[Annotator], to: &[Annotator]) -> Vec<ProjectChange> {
    let mut changes = Vec::new();
    let mut add = |person: &Annotator, change: PersonChange| {
        changes.push(ProjectChange::Person { name: person.name.clone(), change });
    };
    for new in to {
        let Some(old) = from.iter().find(|old| old.id == new.id) else {
            add(new, PersonChange::Added(new.role));
            continue;
        };
        if old.role != new.role {
            add(old, PersonChange::Role(new.role));
        }
        if (&old.documents, &old.batches) != (&new.documents, &new.batches) {
            add(old, PersonChange::Assignment);
        }
        let profile = |person: &Annotator| (person.name.clone(), person.initials.clone(), person.colour);
        if profile(old) != profile(new) {
            add(old, PersonChange::Profile);
        }
    }
    for gone in from.iter().filter(|old| to.iter().all(|new| new.id != old.id)) {
        add(gone, PersonChange::Removed);
    }
    changes
}

/// Lists the changes to the codebook, the actors and the issues. A category that was replaced by another one counts as
/// removed.
pub(super) fn codebook_changes(from: &Project, to: &Project) -> Vec<ProjectChange> {
    let (old, new): (&Codebook, &Codebook) = (from.codebook(), to.codebook());
    let mut changes = Vec::new();
    let mut add = |entry: CodebookEntry, name: &str, change: EntryChange| {
        changes.push(ProjectChange::Codebook { entry, name: name.to_owned(), change });
    };
    for (category, change) in entry_changes(&old.categories, &new.categories, |c| c.id.clone()) {
        add(CodebookEntry::Category(category.id.clone()), &category.name, change);
    }
    for (attribute, change) in entry_changes(&old.attributes, &new.attributes, |a| a.id.clone()) {
        add(CodebookEntry::Attribute(attribute.id.clone()), &attribute.name, change);
    }
    for (kind, change) in entry_changes(&old.link_kinds, &new.link_kinds, |k| k.id.clone()) {
        add(CodebookEntry::LinkKind(kind.id.clone()), &kind.name, change);
    }
    for (actor, change) in entry_changes(from.actors(), to.actors(), Clone::clone) {
        add(CodebookEntry::Actor(actor.clone()), &actor, change);
    }
    for (issue, change) in entry_changes(from.issues(), to.issues(), Clone::clone) {
        add(CodebookEntry::Issue(issue.clone()), &issue, change);
    }
    for (key, change) in relation_changes(from.relations(), to.relations()) {
        add(CodebookEntry::Relation(key.clone()), key.name(), change);
    }
    changes
}

fn relation_changes(from: &Relations, to: &Relations) -> Vec<(RelationKey, EntryChange)> {
    let (old, new) = (from.keys(), to.keys());
    let keys = new.union(&old).filter(|key| !from.has_same(key, to));
    let change = |key: &RelationKey| match (old.contains(key), new.contains(key)) {
        (false, _) => EntryChange::Added,
        (true, true) => EntryChange::Changed,
        (true, false) => EntryChange::Removed,
    };
    keys.map(|key| (key.clone(), change(key))).collect()
}

/// The entries that two lists do not have alike: as they are in the second, or in the first if they are gone.
fn entry_changes<T: PartialEq + Clone, K: Ord>(
    from: &[T],
    to: &[T],
    id: impl Fn(&T) -> K,
) -> Vec<(T, EntryChange)> {
    let old: BTreeMap<K, &T> = from.iter().map(|item| (id(item), item)).collect();
    let kept: BTreeSet<K> = to.iter().map(&id).collect();
    let changed = to.iter().filter_map(|item| match old.get(&id(item)) {
        None => Some((item, EntryChange::Added)),
        Some(before) => (*before != item).then_some((item, EntryChange::Changed)),
    });
    let gone = from.iter().filter(|item| !kept.contains(&id(item)));
    let all = changed.chain(gone.map(|item| (item, EntryChange::Removed)));
    all.map(|(item, change)| (item.clone(), change)).collect()
}
