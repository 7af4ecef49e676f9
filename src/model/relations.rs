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

impl Relations {
    /// True if nothing is related.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The party of an actor who is a person; otherwise the actor.
    pub fn party<'a>(&'a self, actor: &'a str) -> &'a str {
        self.persons.get(actor).map_or(actor, String::as_str)
    }

    /// The actors that a name stands for: the party of a person, and the members of a collective, of its collective members
    /// too. An actor without relations stands for itself.
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
