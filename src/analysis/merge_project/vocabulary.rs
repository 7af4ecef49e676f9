//! The part of a project that a packet may propose to change: codebook, actors and issues.

use std::collections::BTreeSet;

use demarche_model::{Codebook, Project, RelationFault, RelationKey, Relations};

use super::CodebookEntry;

/// A codebook together with the lists of actors and issues.
pub(super) struct Vocabulary {
    pub codebook: Codebook,
    pub actors: Vec<String>,
    pub issues: Vec<String>,
    pub relations: Relations,
}

impl Vocabulary {
    /// The vocabulary of a project.
    pub fn of(project: &Project) -> Self {
        Self {
            codebook: (**project.codebook()).clone(),
            actors: project.actors().to_vec(),
            issues: project.issues().to_vec(),
            relations: (**project.relations()).clone(),
        }
    }

    /// Returns this vocabulary with the accepted entries taken from another one.
    pub fn with(&self, other: &Self, accepted: &BTreeSet<CodebookEntry>) -> Self {
        let is = |entry: CodebookEntry| accepted.contains(&entry);
        let (old, new) = (&self.codebook, &other.codebook);
        let mut aliases = old.aliases.clone();
        let changed = old.aliases.keys().chain(new.aliases.keys());
        for id in changed.filter(|id| is(CodebookEntry::Category((*id).clone()))) {
            match new.aliases.get(id) {
                Some(target) => aliases.insert(id.clone(), target.clone()),
                None => aliases.remove(id),
            };
        }
        let codebook = Codebook {
            categories: replaced(
                &old.categories,
                &new.categories,
                |c| &c.id,
                |id| is(CodebookEntry::Category(id.clone())),
            ),
            attributes: replaced(
                &old.attributes,
                &new.attributes,
                |a| &a.id,
                |id| is(CodebookEntry::Attribute(id.clone())),
            ),
            link_kinds: replaced(
                &old.link_kinds,
                &new.link_kinds,
                |k| &k.id,
                |id| is(CodebookEntry::LinkKind(id.clone())),
            ),
            aliases,
        };
        let actor = |name: &String| is(CodebookEntry::Actor(name.clone()));
        let issue = |name: &String| is(CodebookEntry::Issue(name.clone()));
        let actors = replaced(&self.actors, &other.actors, |name| name, actor);
        let issues = replaced(&self.issues, &other.issues, |name| name, issue);
        let keys = self.relations.keys().into_iter().chain(other.relations.keys());
        let keys = keys.filter(|key| is(CodebookEntry::Relation(key.clone())));
        let relations = self.related(keys.collect(), &other.relations, (&actors, &issues));
        Self { codebook, actors, issues, relations }
    }

    /// Returns the relations with entries taken from others, except those that are wrong then, such as one with an actor
    /// who was not accepted.
    fn related(
        &self,
        mut keys: Vec<RelationKey>,
        other: &Relations,
        (actors, issues): (&[String], &[String]),
    ) -> Relations {
        loop {
            let mut relations = self.relations.clone();
            keys.iter().for_each(|key| relations.take(key, other));
            let wrong: Vec<_> = relations.faults(actors, issues).iter().map(RelationFault::at).collect();
            let count = keys.len();
            keys.retain(|key| !wrong.contains(key));
            if keys.len() == count {
                return relations;
            }
        }
    }
}

/// Returns a list with the accepted entries taken from another one: changed, removed, or added at the end.
fn replaced<T: Clone, K: PartialEq>(
    list: &[T],
    other: &[T],
    id: impl Fn(&T) -> &K,
    is_accepted: impl Fn(&K) -> bool,
) -> Vec<T> {
    let find = |list: &[T], key: &K| list.iter().find(|item| id(item) == key).cloned();
    let old = list.iter().filter_map(|item| match is_accepted(id(item)) {
        true => find(other, id(item)),
        false => Some(item.clone()),
    });
    let added = other.iter().filter(|item| is_accepted(id(item)) && find(list, id(item)).is_none());
    old.chain(added.cloned()).collect()
}
