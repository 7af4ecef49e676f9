//! Relations between the actors and issues of a project.

use std::collections::{BTreeMap, BTreeSet};

/// How the actors and issues of a project relate to each other. All names are names of its actors or issues.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Relations {
    /// The members of each collective actor, such as `Both parties`.
    pub members: BTreeMap<String, BTreeSet<String>>,
    /// The party of each person.
    pub persons: BTreeMap<String, String>,
    /// Actors who comment but do not bargain.
    pub observers: BTreeSet<String>,
    /// The issue above each issue that has one.
    pub issues_below: BTreeMap<String, String>,
}

/// An entry of the relations of a project, by the name of the actor or issue that it is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RelationKey {
    /// The members of a collective.
    Members(String),
    /// The party of a person.
    Party(String),
    /// An observer.
    Observer(String),
    /// The issue above an issue.
    IssueAbove(String),
}

impl RelationKey {
    /// The actor or issue that the entry is about.
    pub fn name(&self) -> &str {
        match self {
            Self::Members(name) | Self::Party(name) | Self::Observer(name) | Self::IssueAbove(name) => name,
        }
    }
}

impl Relations {
    /// True if nothing is related.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The party of an actor who is a person, also through another person; otherwise the actor.
    pub fn party<'a>(&'a self, actor: &'a str) -> &'a str {
        let chain = std::iter::successors(Some(actor), |name| self.persons.get(*name).map(String::as_str));
        // Around a circle once.
        chain.take(self.persons.len() + 1).last().unwrap_or(actor)
    }

    /// The actors behind a name: the party of a person, and the members of a collective, of its collective members
    /// too. An actor without relations is returned as it is.
    ///
    /// ```
    /// use demarche_model::Relations;
    ///
    /// let mut relations = Relations::default();
    /// relations.members.insert("Both parties".into(), ["Estmark".into(), "Norvania".into()].into());
    /// relations.persons.insert("Minister Osk".into(), "Estmark".into());
    /// assert_eq!(relations.expanded("Both parties"), ["Estmark", "Norvania"].into());
    /// assert_eq!(relations.expanded("Minister Osk"), ["Estmark"].into());
    /// assert_eq!(relations.expanded("Halcyon"), ["Halcyon"].into());
    /// ```
    pub fn expanded<'a>(&'a self, actor: &'a str) -> BTreeSet<&'a str> {
        let mut out = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut waiting = vec![actor];
        while let Some(name) = waiting.pop() {
            let party = self.party(name);
            if !seen.insert(party) {
                continue;
            }
            match self.members.get(party) {
                Some(members) if !members.is_empty() => waiting.extend(members.iter().map(String::as_str)),
                Some(_) | None => {
                    out.insert(party);
                }
            }
        }
        out
    }

    /// True if one issue is another or somewhere below it.
    pub fn is_issue_within(&self, issue: &str, above: &str) -> bool {
        let first = Some(issue);
        let chain = std::iter::successors(first, |name| self.issues_below.get(*name).map(String::as_str));
        // Around a circle once.
        chain.take(self.issues_below.len() + 1).any(|name| name == above)
    }

    /// The entries by name.
    pub fn keys(&self) -> BTreeSet<RelationKey> {
        let members = self.members.keys().cloned().map(RelationKey::Members);
        let persons = self.persons.keys().cloned().map(RelationKey::Party);
        let observers = self.observers.iter().cloned().map(RelationKey::Observer);
        let issues = self.issues_below.keys().cloned().map(RelationKey::IssueAbove);
        members.chain(persons).chain(observers).chain(issues).collect()
    }

    /// Takes an entry from other relations; removes it if they have none.
    pub fn take(&mut self, key: &RelationKey, other: &Self) {
        match key {
            RelationKey::Members(name) => take_entry(&mut self.members, &other.members, name),
            RelationKey::Party(name) => take_entry(&mut self.persons, &other.persons, name),
            RelationKey::IssueAbove(name) => take_entry(&mut self.issues_below, &other.issues_below, name),
            RelationKey::Observer(name) => {
                if other.observers.contains(name) {
                    self.observers.insert(name.clone());
                } else {
                    self.observers.remove(name);
                }
            }
        }
    }

    /// True if an entry is the same in other relations.
    pub fn has_same(&self, key: &RelationKey, other: &Self) -> bool {
        match key {
            RelationKey::Members(name) => self.members.get(name) == other.members.get(name),
            RelationKey::Party(name) => self.persons.get(name) == other.persons.get(name),
            RelationKey::IssueAbove(name) => self.issues_below.get(name) == other.issues_below.get(name),
            RelationKey::Observer(name) => self.observers.contains(name) == other.observers.contains(name),
        }
    }

    /// The names of all actors and of all issues in them.
    pub fn names(&self) -> (BTreeSet<&String>, BTreeSet<&String>) {
        let members = self.members.iter().flat_map(|(name, members)| members.iter().chain([name]));
        let persons = self.persons.iter().flat_map(<[&String; 2]>::from);
        let actors = members.chain(persons).chain(&self.observers);
        (actors.collect(), self.issues_below.iter().flat_map(<[&String; 2]>::from).collect())
    }

    /// The same relations with other names of actors and issues. An entry about a name without a successor is left out, and
    /// so is such a member, party or issue above.
    ///
    /// ```
    /// use demarche_model::Relations;
    ///
    /// let mut relations = Relations::default();
    /// relations.members.insert("Both".into(), ["Estmark".into(), "Norvania".into()].into());
    /// let actor = |name: &str| (name != "Estmark").then(|| name.to_uppercase());
    /// let now = relations.mapped(actor, |issue| Some(issue.to_owned()));
    /// assert_eq!(now.members["BOTH"], ["NORVANIA".into()].into());
    /// ```
    pub fn mapped(
        &self,
        actor: impl Fn(&str) -> Option<String>,
        issue: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let all = |names: &BTreeSet<String>| names.iter().filter_map(|name| actor(name)).collect();
        let members = self.members.iter().filter_map(|(collective, members)| {
            let now: BTreeSet<String> = all(members);
            // A collective that loses its last member is an actor like any other.
            (members.is_empty() || !now.is_empty()).then_some((actor(collective)?, now))
        });
        Self {
            members: members.collect(),
            persons: mapped_pairs(&self.persons, &actor),
            observers: all(&self.observers),
            issues_below: mapped_pairs(&self.issues_below, &issue),
        }
    }
}

fn take_entry<T: Clone>(map: &mut BTreeMap<String, T>, other: &BTreeMap<String, T>, name: &str) {
    match other.get(name) {
        Some(value) => map.insert(name.to_owned(), value.clone()),
        None => map.remove(name),
    };
}

fn mapped_pairs(
    pairs: &BTreeMap<String, String>,
    name: impl Fn(&str) -> Option<String>,
) -> BTreeMap<String, String> {
    pairs.iter().filter_map(|(from, to)| name(from).zip(name(to))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_end() {
        let mut relations = Relations::default();
        relations.members.insert("A".into(), ["B".into()].into());
        relations.members.insert("B".into(), ["A".into(), "C".into()].into());
        assert_eq!(relations.expanded("A"), ["C"].into());
        relations.issues_below.insert("x".into(), "y".into());
        relations.issues_below.insert("y".into(), "x".into());
        assert!(relations.is_issue_within("x", "y"));
        assert!(!relations.is_issue_within("x", "z"));
    }
}
