//! The people of a project, their roles, and the documents assigned to them.

use std::collections::BTreeSet;

use super::{AnnotatorId, Colour, DocumentId, PersonKey};

/// A person who tags or reviews.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Annotator {
    /// Their id, also in file names.
    pub id: AnnotatorId,
    /// Their name.
    pub name: String,
    /// Their initials, if chosen; see [`Annotator::display_initials`].
    pub initials: String,
    /// Their colour.
    pub colour: Colour,
    /// Their role in the project.
    pub role: Role,
    /// The documents assigned to them.
    pub documents: Assignment,
    /// The documents that they get with each batch that is not open yet, the next one first.
    pub batches: Vec<BTreeSet<DocumentId>>,
    /// Their key; `None` if they were added by a version that gave none. They are never given one later, since two
    /// copies of the project would give them different ones.
    pub key: Option<PersonKey>,
}

/// The documents that are assigned to a person.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Assignment {
    /// All documents, including those that are added later.
    #[default]
    All,
    /// These documents; none if the set is empty.
    Only(BTreeSet<DocumentId>),
}

impl Assignment {
    /// No documents.
    pub fn none() -> Self {
        Self::Only(BTreeSet::new())
    }

    /// True if a document is among them.
    pub fn includes(&self, document: &DocumentId) -> bool {
        match self {
            Self::All => true,
            Self::Only(documents) => documents.contains(document),
        }
    }

    /// True for all documents.
    pub fn is_all(&self) -> bool {
        matches!(self, Self::All)
    }

    /// The documents, if they are listed one by one.
    pub fn listed(&self) -> Option<&BTreeSet<DocumentId>> {
        match self {
            Self::All => None,
            Self::Only(documents) => Some(documents),
        }
    }
}

impl FromIterator<DocumentId> for Assignment {
    fn from_iter<T: IntoIterator<Item = DocumentId>>(documents: T) -> Self {
        Self::Only(documents.into_iter().collect())
    }
}

/// A role in a project. Each role includes the rights of those before it, so nobody needs two.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Role {
    /// Tags.
    #[default]
    Annotator,
    /// Decides on what others have tagged, and sees all of it even in a blind project.
    Reviewer,
    /// Assigns documents and turns blind mode on and off.
    Lead,
}

impl Role {
    /// All roles, the one with the fewest rights first.
    pub const ALL: [Self; 3] = [Self::Annotator, Self::Reviewer, Self::Lead];
}

impl Annotator {
    /// An annotator who is assigned all documents, without a key.
    pub fn new(id: AnnotatorId, name: impl Into<String>, colour: Colour) -> Self {
        Self {
            id,
            name: name.into(),
            initials: String::new(),
            colour,
            role: Role::default(),
            documents: Assignment::All,
            batches: Vec::new(),
            key: None,
        }
    }

    /// The annotator with this key.
    #[must_use]
    pub fn with_key(self, key: PersonKey) -> Self {
        Self { key: Some(key), ..self }
    }

    /// True if another entry is about another person: both have keys, and these differ.
    pub fn is_another(&self, other: &Self) -> bool {
        matches!((self.key, other.key), (Some(ours), Some(theirs)) if ours != theirs)
    }

    /// Their initials: as chosen, or those of the first and last word of the name, or its first two letters.
    pub fn display_initials(&self) -> String {
        if !self.initials.trim().is_empty() {
            return self.initials.trim().to_owned();
        }
        let name = if self.name.trim().is_empty() { self.id.as_str() } else { self.name.as_str() };
        let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let Some(first) = words.next() else { return name.trim().chars().take(2).collect() };
        let initial = |word: &str| word.chars().take(1).flat_map(char::to_uppercase).collect::<String>();
        match words.next_back() {
            Some(last) => initial(first) + &initial(last),
            None => initial(first) + &first.chars().skip(1).take(1).collect::<String>(),
        }
    }

    /// True if a document is assigned to them.
    pub fn is_assigned(&self, document: &DocumentId) -> bool {
        self.documents.includes(document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_default_to_those_of_the_name() {
        let short = |name: &str, initials: &str| {
            let person = Annotator::new("x-1".into(), name, Colour::nth(0));
            Annotator { initials: initials.to_owned(), ..person }.display_initials()
        };
        for (name, initials, expected) in [
            ("Ana Reyes", "", "AR"),
            ("Ana María de los Reyes", "", "AR"),
            ("ben", "", "Be"),
            ("Jean-Luc", "", "JL"),
            ("Ø", "", "Ø"),
            ("", "", "X1"),
            ("…", "", "…"),
            ("Ana Reyes", " ARe ", "ARe"),
        ] {
            assert_eq!(short(name, initials), expected, "{name}");
        }
    }
}
