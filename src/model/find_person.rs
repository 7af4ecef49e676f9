//! The person whom a name means.

use std::collections::BTreeSet;

use super::{AnnotatorId, FoldedId, Project};

/// Fewest letters of a name that one typo is looked for in: `Ana` and `Ada` are two people.
const MIN_TYPO_LETTERS: usize = 5;

/// The person whom a name means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PersonMatch {
    /// Someone of the project, or the owner of layers whom it does not list.
    Known(AnnotatorId),
    /// Several people have this name.
    Ambiguous(Vec<AnnotatorId>),
    /// Nobody has this name, but someone has one that differs in a single typo or in case.
    Near(AnnotatorId),
    /// Nobody has this name.
    New,
    /// The name is empty, or that of the consensus, which is not a person.
    Invalid,
}

impl Project {
    /// Finds the person whom a name means: by id, whatever its case, then by exact name. `owners` are people who own
    /// files and may be unlisted.
    ///
    /// # Examples
    ///
    /// ```
    /// use demarche_model::{Annotator, Codebook, Colour, PersonMatch, Project};
    ///
    /// let ana = Annotator::new("ana".into(), "Ana Reyes", Colour::nth(0));
    /// let none = Vec::new;
    /// let project = Project::assemble("Talks".into(), vec![ana], none(), none(), Codebook::default(), vec![]);
    /// let find = |name: &str| project.find_person(name, &Default::default());
    /// assert_eq!(find("Ana"), PersonMatch::Known("ana".into()));
    /// assert_eq!(find("Ana Reyes"), PersonMatch::Known("ana".into()));
    /// assert_eq!(find("Ana Reyse"), PersonMatch::Near("ana".into()));
    /// assert_eq!(find("Ben"), PersonMatch::New);
    /// ```
    pub fn find_person(&self, name: &str, owners: &BTreeSet<AnnotatorId>) -> PersonMatch {
        let (name, folded) = (name.trim(), FoldedId::new(name.trim()));
        if name.is_empty() || folded == FoldedId::new(AnnotatorId::consensus().as_str()) {
            return PersonMatch::Invalid;
        }
        let listed = self.annotators.iter().map(|person| &person.id);
        let ids: BTreeSet<&AnnotatorId> = listed.chain(owners).filter(|id| !id.is_consensus()).collect();
        if let Some(id) = ids.iter().find(|id| id.as_str() == name) {
            return PersonMatch::Known((*id).clone());
        }
        let same_id = ids.iter().filter(|id| FoldedId::new(id.as_str()) == folded).map(|id| (*id).clone());
        let same_name = self.annotators.iter().filter(|person| person.name == name);
        let same_name = same_name.map(|person| person.id.clone());
        let found: BTreeSet<AnnotatorId> = same_id.chain(same_name).collect();
        let mut found: Vec<AnnotatorId> = found.into_iter().collect();
        match found.len() {
            0 => self.near_person(name, &ids).map_or(PersonMatch::New, PersonMatch::Near),
            1 => PersonMatch::Known(found.swap_remove(0)),
            _ => PersonMatch::Ambiguous(found),
        }
    }

    fn near_person(&self, name: &str, ids: &BTreeSet<&AnnotatorId>) -> Option<AnnotatorId> {
        let named = self.annotators.iter().map(|person| (person.name.as_str(), &person.id));
        let mut all = named.chain(ids.iter().map(|id| (id.as_str(), *id)));
        all.find(|(known, _)| is_near(known, name)).map(|(_, id)| id.clone())
    }
}

/// True if two names differ only in case, or in one letter that is wrong, missing, added, or swapped with the next.
fn is_near(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let letters = a.chars().count().min(b.chars().count());
    a == b || letters >= MIN_TYPO_LETTERS && strsim::osa_distance(&a, &b) == 1
}

#[cfg(test)]
mod tests {
    use super::is_near;

    #[test]
    fn one_typo_is_near_in_names_of_five_letters() {
        for (a, b) in [("Benedikt", "Bendikt"), ("Müller", "Muller"), ("Maria", "Mraia"), ("Ana", "ANA")] {
            assert!(is_near(a, b), "{a} {b}");
        }
        for (a, b) in [("Ana", "Ada"), ("Maria", "Marco"), ("Boris", "Dora")] {
            assert!(!is_near(a, b), "{a} {b}");
        }
    }
}
