//! The bargaining roles of categories.

use super::{Category, CategoryId, Codebook};

/// What a move does in a negotiation. The code `MOVE` of a category names it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MoveRole {
    /// Asks for something.
    Demand,
    /// Offers something.
    Offer,
    /// Gives something up.
    Concession,
    /// Binds the speaker.
    Commitment,
    /// Accepts a demand or an offer.
    Acceptance,
    /// Refuses a demand or an offer.
    Rejection,
    /// Announces harm.
    Threat,
    /// Takes back an earlier move.
    Withdrawal,
    /// Gives a reason for a move.
    Reason,
    /// A cooperative act.
    DeedPlus,
    /// A coercive act.
    DeedMinus,
}

/// The side of the balance on which a role counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Tone {
    /// Offer, concession, commitment, acceptance.
    Soft,
    /// Demand, threat, rejection, withdrawal.
    Hard,
}

/// The role that a category states itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum OwnRole {
    /// It states none, and has that of the category above it.
    #[default]
    Inherited,
    /// It has none, whatever is above it.
    NoRole,
    /// This one.
    Role(MoveRole),
}

/// The scheme of codes that names roles.
const SCHEME: &str = MoveRole::SCHEME;

/// The code that stops a category from inheriting a role.
const NO_ROLE: &str = "none";

impl MoveRole {
    /// The scheme of codes that names roles.
    pub const SCHEME: &str = "MOVE";

    /// All roles, in the order of figures and tables.
    pub const ALL: [Self; 11] = [
        Self::Demand,
        Self::Offer,
        Self::Concession,
        Self::Commitment,
        Self::Acceptance,
        Self::Rejection,
        Self::Threat,
        Self::Withdrawal,
        Self::Reason,
        Self::DeedPlus,
        Self::DeedMinus,
    ];

    /// Its code, in files and filters.
    pub fn code(self) -> &'static str {
        match self {
            Self::Demand => "demand",
            Self::Offer => "offer",
            Self::Concession => "concession",
            Self::Commitment => "commitment",
            Self::Acceptance => "acceptance",
            Self::Rejection => "rejection",
            Self::Threat => "threat",
            Self::Withdrawal => "withdrawal",
            Self::Reason => "reason",
            Self::DeedPlus => "deed+",
            Self::DeedMinus => "deed-",
        }
    }

    /// The role with a code. `None` for `none` and for anything else.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// True for a code that names a role, and for the code that stops inheritance.
    pub fn is_known_code(code: &str) -> bool {
        code == NO_ROLE || Self::from_code(code).is_some()
    }

    /// The side on which it counts; `None` for reasons and deeds.
    pub fn tone(self) -> Option<Tone> {
        match self {
            Self::Offer | Self::Concession | Self::Commitment | Self::Acceptance => Some(Tone::Soft),
            Self::Demand | Self::Threat | Self::Rejection | Self::Withdrawal => Some(Tone::Hard),
            Self::Reason | Self::DeedPlus | Self::DeedMinus => None,
        }
    }
}

impl Category {
    /// The first code of the category for its role, as written.
    pub fn move_code(&self) -> Option<&str> {
        self.move_codes().next()
    }

    /// All codes of the category for its role, as written. The first one counts.
    pub fn move_codes(&self) -> impl Iterator<Item = &str> {
        self.codes.get(SCHEME).into_iter().flatten().map(|code| code.as_str())
    }
}

impl Category {
    /// The role that it states itself. A code that names no role states that it has none.
    pub fn own_role(&self) -> OwnRole {
        match self.move_code() {
            None => OwnRole::Inherited,
            Some(code) => MoveRole::from_code(code).map_or(OwnRole::NoRole, OwnRole::Role),
        }
    }

    /// The same category with a role of its own.
    ///
    /// ```
    /// use demarche_model::{Category, Colour, MoveRole, OwnRole};
    ///
    /// let ask = Category::new("ask".into(), "Ask", Colour::nth(0));
    /// let demand = ask.with_role(OwnRole::Role(MoveRole::Demand));
    /// assert_eq!(demand.own_role(), OwnRole::Role(MoveRole::Demand));
    /// assert_eq!(demand.with_role(OwnRole::Inherited), ask);
    /// ```
    pub fn with_role(&self, role: OwnRole) -> Self {
        let mut category = self.clone();
        let code = match role {
            OwnRole::Inherited => {
                category.codes.remove(SCHEME);
                return category;
            }
            OwnRole::NoRole => NO_ROLE,
            OwnRole::Role(role) => role.code(),
        };
        category.codes.insert(SCHEME.into(), vec![code.into()]);
        category
    }
}

impl Codebook {
    /// The role of a category, also by an old id: its own, or that of the nearest category above that has one. The code
    /// `none` ends the search. Retired categories keep their role.
    ///
    /// ```
    /// use demarche_model::{Category, Codebook, Colour, MoveRole};
    ///
    /// let mut ask = Category::new("ask".into(), "Ask", Colour::nth(0));
    /// ask.codes.insert("MOVE".into(), vec!["demand".into()]);
    /// let mut ultimatum = Category::new("ultimatum".into(), "Ultimatum", Colour::nth(1));
    /// ultimatum.parent = Some("ask".into());
    /// let codebook = Codebook { categories: vec![ask.into(), ultimatum.into()], ..Codebook::default() };
    /// assert_eq!(codebook.move_role(&"ultimatum".into()), Some(MoveRole::Demand));
    /// ```
    pub fn move_role(&self, id: &CategoryId) -> Option<MoveRole> {
        let category = self.resolve(id)?;
        let above = self.ancestors(&category.id);
        let code = std::iter::once(category).chain(above).find_map(|category| category.move_code())?;
        MoveRole::from_code(code)
    }

    /// True if a category has a role.
    pub fn has_move_roles(&self) -> bool {
        self.categories.iter().filter_map(|category| category.move_code()).any(|code| code != NO_ROLE)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::Colour;

    fn codebook(categories: &[(&str, Option<&str>, &[&str])]) -> Codebook {
        let category = |(id, parent, codes): &(&str, Option<&str>, &[&str])| {
            let mut category = Category::new(CategoryId::new(*id), *id, Colour::nth(0));
            category.parent = parent.map(CategoryId::new);
            if !codes.is_empty() {
                category.codes.insert(SCHEME.into(), codes.iter().map(|code| (*code).into()).collect());
            }
            Arc::new(category)
        };
        Codebook { categories: categories.iter().map(category).collect(), ..Codebook::default() }
    }

    #[test]
    fn a_role_is_inherited_until_none_stops_it() {
        let mut book = codebook(&[
            ("ask", None, &["demand", "offer"]),
            ("ultimatum", Some("ask"), &[]),
            ("question", Some("ask"), &["none"]),
            ("query", Some("question"), &[]),
            ("other", None, &["gift"]),
        ]);
        book.aliases.insert("old".into(), "ultimatum".into());
        let role = |id: &str| book.move_role(&id.into());
        assert_eq!(role("ask"), Some(MoveRole::Demand));
        assert_eq!(role("ultimatum"), Some(MoveRole::Demand));
        assert_eq!(role("old"), Some(MoveRole::Demand));
        assert_eq!(["question", "query", "other", "missing"].map(role), [None; 4]);
    }

    #[test]
    fn each_code_is_read_back() {
        for role in MoveRole::ALL {
            assert_eq!(MoveRole::from_code(role.code()), Some(role));
        }
        assert_eq!(MoveRole::from_code("none"), None);
        assert!(MoveRole::is_known_code("none") && !MoveRole::is_known_code("Demand"));
    }
}
