//! Relations that are not allowed: unknown names, circles, persons with members.

use std::collections::{BTreeSet, HashSet};

use thiserror::Error;

use super::relations::{RelationKey, Relations};

/// The reason why a relation is not allowed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Error)]
pub enum RelationFault {
    /// A name that is not an actor of the project.
    #[error("the project has no actor “{name}”; add it first")]
    UnknownActor { at: RelationKey, name: String },
    /// A name that is not an issue of the project.
    #[error("the project has no issue “{name}”; add it first")]
    UnknownIssue { at: RelationKey, name: String },
    /// An actor that would be its own member or party.
    #[error("“{name}” can't belong to itself, not even through others; change one of them")]
    ActorCircle { at: RelationKey, name: String },
    /// An issue that would be above itself.
    #[error("“{0}” can't be below itself, not even through others; change one of them")]
    IssueCircle(String),
    /// A person who has members.
    #[error("“{0}” is a person and can't have members; remove one of the two")]
    PersonWithMembers(String),
}

impl RelationFault {
    /// The entry that has the fault.
    pub fn at(&self) -> RelationKey {
        match self {
            Self::UnknownActor { at, .. } | Self::UnknownIssue { at, .. } | Self::ActorCircle { at, .. } => {
                at.clone()
            }
            Self::IssueCircle(issue) => RelationKey::IssueAbove(issue.clone()),
            Self::PersonWithMembers(person) => RelationKey::Members(person.clone()),
        }
    }
}

impl Relations {
    /// Returns everything that is not allowed, given the actors and issues of the project. A circle is reported at each of
    /// its entries.
    ///
    /// ```
    /// use demarche_model::{RelationFault, Relations};
    ///
    /// let mut relations = Relations::default();
    /// relations.issues_below.insert("fees".into(), "fees".into());
    /// let faults = relations.faults(&[], &["fees".into()]);
    /// assert_eq!(faults, [RelationFault::IssueCircle("fees".into())]);
    /// ```
    pub fn faults(&self, actors: &[String], issues: &[String]) -> Vec<RelationFault> {
        let mut found = self.unknown_names(actors, issues);
        let people = self.persons.keys().filter(|person| self.has_members(person));
        found.extend(people.cloned().map(RelationFault::PersonWithMembers));
        found.extend(self.actor_circles());
        let above = |issue| self.issues_below.get(issue).map(String::as_str).into_iter().collect();
        let circular = self.issues_below.keys().filter(|issue| is_reached(issue, above));
        found.extend(circular.cloned().map(RelationFault::IssueCircle));
        found
    }

    /// True if an actor is a collective with members.
    pub fn has_members(&self, actor: &str) -> bool {
        self.members.get(actor).is_some_and(|members| !members.is_empty())
    }

    fn unknown_names(&self, actors: &[String], issues: &[String]) -> Vec<RelationFault> {
        let [actors, issues] = [actors, issues].map(|names| names.iter().collect::<HashSet<&String>>());
        let mut found = Vec::new();
        for (at, names) in self.actor_entries() {
            let unknown = names.into_iter().filter(|name| !actors.contains(name));
            found.extend(
                unknown.map(|name| RelationFault::UnknownActor { at: at.clone(), name: name.clone() }),
            );
        }
        for (issue, above) in &self.issues_below {
            let at = RelationKey::IssueAbove(issue.clone());
            let unknown = [issue, above].into_iter().filter(|name| !issues.contains(name));
            found.extend(
                unknown.map(|name| RelationFault::UnknownIssue { at: at.clone(), name: name.clone() }),
            );
        }
        found
    }

    /// The entries about actors, with all names in each.
    fn actor_entries(&self) -> impl Iterator<Item = (RelationKey, Vec<&String>)> {
        let members = self.members.iter().map(|(collective, members)| {
            (RelationKey::Members(collective.clone()), std::iter::once(collective).chain(members).collect())
        });
        let persons = self.persons.iter();
        let persons =
            persons.map(|(person, party)| (RelationKey::Party(person.clone()), vec![person, party]));
        let observers = self.observers.iter();
        let observers = observers.map(|name| (RelationKey::Observer(name.clone()), vec![name]));
        members.chain(persons).chain(observers)
    }

    fn actor_circles(&self) -> Vec<RelationFault> {
        let next = |actor| {
            let members = self.members.get(actor).into_iter().flatten();
            members.chain(self.persons.get(actor)).map(String::as_str).collect()
        };
        let names: BTreeSet<&String> = self.members.keys().chain(self.persons.keys()).collect();
        let circular = names.into_iter().filter(|name| is_reached(name, next));
        let fault = |name: &String| {
            let is_collective = self.members.contains_key(name);
            let key = if is_collective { RelationKey::Members } else { RelationKey::Party };
            RelationFault::ActorCircle { at: key(name.clone()), name: name.clone() }
        };
        circular.map(fault).collect()
    }
}

/// True if following `next` from a name leads back to it.
fn is_reached<'a>(start: &'a str, next: impl Fn(&'a str) -> Vec<&'a str>) -> bool {
    let mut waiting = next(start);
    let mut seen = HashSet::new();
    while let Some(name) = waiting.pop() {
        if name == start {
            return true;
        }
        if seen.insert(name) {
            waiting.extend(next(name));
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relations(persons: &[(&str, &str)], members: &[(&str, &[&str])]) -> Relations {
        let owned = |(a, b): &(&str, &str)| ((*a).to_owned(), (*b).to_owned());
        let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Relations {
            members: members.iter().map(|(name, members)| ((*name).to_owned(), list(members))).collect(),
            persons: persons.iter().map(owned).collect(),
            ..Relations::default()
        }
    }

    fn faults(relations: &Relations) -> Vec<RelationFault> {
        let names = ["A", "B", "C"].map(str::to_owned);
        relations.faults(&names, &names)
    }

    #[test]
    fn names_must_exist() {
        let mut relations = relations(&[("A", "X")], &[("Both", &["A", "B"])]);
        relations.observers.insert("Y".to_owned());
        relations.issues_below.insert("A".to_owned(), "Z".to_owned());
        let unknown: Vec<_> = faults(&relations).iter().map(RelationFault::at).collect();
        let expected = [
            RelationKey::Members("Both".to_owned()),
            RelationKey::Party("A".to_owned()),
            RelationKey::Observer("Y".to_owned()),
            RelationKey::IssueAbove("A".to_owned()),
        ];
        assert_eq!(unknown, expected);
    }

    #[test]
    fn circles_are_found_across_members_and_parties() {
        let at =
            |relations: &Relations| -> Vec<_> { faults(relations).iter().map(RelationFault::at).collect() };
        let (members, party) =
            (|name: &str| RelationKey::Members(name.into()), |name: &str| RelationKey::Party(name.into()));
        assert_eq!(at(&relations(&[("A", "B")], &[("B", &["A"])])), [party("A"), members("B")]);
        assert_eq!(at(&relations(&[], &[("A", &["A"])])), [members("A")]);
        assert_eq!(at(&relations(&[("A", "B"), ("C", "B")], &[])), []);
        assert_eq!(at(&relations(&[], &[("A", &["B", "C"]), ("B", &["C"])])), []);
    }

    #[test]
    fn a_person_has_no_members() {
        let both = relations(&[("A", "B")], &[("A", &["C"])]);
        assert_eq!(faults(&both), [RelationFault::PersonWithMembers("A".to_owned())]);
        assert_eq!(faults(&relations(&[("A", "B")], &[("A", &[])])), []);
    }
}
