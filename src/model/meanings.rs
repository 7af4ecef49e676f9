//! The meanings of the attributes of a codebook.

use super::{AttributeDef, AttributeId, AttributeKind, Codebook, Meaning};

impl Meaning {
    /// True if values of a kind can have this meaning. Lists are not consulted.
    ///
    /// ```
    /// use demarche_model::{AttributeKind, Meaning};
    ///
    /// assert!(Meaning::Actor.fits(&AttributeKind::Actors));
    /// assert!(!Meaning::Position.fits(&AttributeKind::Text));
    /// ```
    pub fn fits(&self, kind: &AttributeKind) -> bool {
        use AttributeKind::{Actor, Actors, Choice, Choices, Date, Flag, Issue, Number, Text};
        match self {
            Self::Actor | Self::Target | Self::Speaker => match kind {
                Actor | Actors | Choice(_) | Choices(_) | Text => true,
                Issue | Number | Flag | Date => false,
            },
            Self::Issue => match kind {
                Issue | Choice(_) | Choices(_) | Text => true,
                Actor | Actors | Number | Flag | Date => false,
            },
            Self::Conditional | Self::Negated => *kind == Flag,
            Self::Hypothetical(_) | Self::Past(_) => matches!(kind, Choice(_) | Choices(_)),
            Self::When => *kind == Date,
            Self::Position => *kind == Number,
        }
    }
}

impl AttributeDef {
    /// The meanings that its values can't have.
    pub fn misfits(&self) -> impl Iterator<Item = &Meaning> {
        self.means.iter().filter(|meaning| !meaning.fits(&self.kind))
    }
}

impl Codebook {
    /// All meanings that the values of their attributes can't have.
    pub(super) fn misfits(&self) -> impl Iterator<Item = (AttributeId, Meaning)> {
        let of = |def: &AttributeDef| def.misfits().map(|m| (def.id.clone(), m.clone())).collect::<Vec<_>>();
        self.attributes.iter().flat_map(move |def| of(def))
    }

    /// The attribute with a meaning, and the meaning as it declares it. An attribute that declares the meaning comes before
    /// one that has it by its id; of two, the first in the codebook counts. The value of `Hypothetical` and `Past` in
    /// `wanted` is ignored.
    pub fn meaning(&self, wanted: &Meaning) -> Option<(&AttributeDef, Meaning)> {
        let find = |means: &[Meaning]| means.iter().find(|meaning| meaning.is_same(wanted)).cloned();
        let declared = self.attributes.iter().find_map(|def| Some((&**def, find(&def.means)?)));
        declared.or_else(|| {
            let unset = self.attributes.iter().filter(|def| def.means.is_empty());
            unset.into_iter().find_map(|def| Some((&**def, find(&Meaning::by_id(&def.id))?)))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn codebook(attributes: &[(&str, &[Meaning])]) -> Codebook {
        let attribute = |(id, means): &(&str, &[Meaning])| {
            let def = AttributeDef::new(AttributeId::new(*id), *id, AttributeKind::Text);
            Arc::new(AttributeDef { means: means.to_vec(), ..def })
        };
        Codebook { attributes: attributes.iter().map(attribute).collect(), ..Codebook::default() }
    }

    #[test]
    fn a_declared_meaning_comes_before_an_id() {
        let found =
            |book: &Codebook, meaning: &Meaning| book.meaning(meaning).map(|(def, _)| def.id.to_string());
        let book = codebook(&[("actor", &[]), ("source", &[Meaning::Actor])]);
        assert_eq!(found(&book, &Meaning::Actor).as_deref(), Some("source"));
        let book = codebook(&[("actor", &[Meaning::Target]), ("target", &[])]);
        assert_eq!(found(&book, &Meaning::Actor), None);
        assert_eq!(found(&book, &Meaning::Target).as_deref(), Some("actor"));
    }

    #[test]
    fn time_means_two_things_by_its_id() {
        let book = codebook(&[("time", &[])]);
        let meaning = |wanted| book.meaning(&wanted).map(|(_, meaning)| meaning);
        assert_eq!(meaning(Meaning::Past("".into())), Some(Meaning::Past("past".into())));
        assert_eq!(
            meaning(Meaning::Hypothetical("".into())),
            Some(Meaning::Hypothetical("hypothetical".into()))
        );
        assert_eq!(meaning(Meaning::Position), None);
    }
}
