//! The colours and textures of what figures divide moves by.

use crate::bargain::CategoryIndex;
use crate::figure::charts::Series;
use crate::views::{Group, GroupKey, Kind, Look};
use demarche_model::{Colour, MoveRole};

/// The colour of what has none of its own.
const GREY: Colour = Colour([0x7A, 0x7A, 0x7A]);

impl Look<'_> {
    /// A kind of move as a series, in the colour of the first category with its role.
    pub(super) fn kind_series(&self, kind: Kind, index: usize) -> Series {
        let name = kind.name();
        match kind {
            Kind::Role(role) => Series::new(name, self.role_colour(role), index),
            Kind::Condition | Kind::Recommendation => Series::light(name, self.role_colour(MoveRole::Demand)),
            Kind::None => Series::new(name, GREY, index),
        }
    }

    fn role_colour(&self, role: MoveRole) -> Colour {
        let codebook = self.basis.project.codebook();
        let mut categories = codebook.categories.iter();
        let found = categories.find(|category| codebook.move_role(&category.id) == Some(role));
        found.map_or(GREY, |category| category.colour)
    }

    /// The colour of a category.
    pub(super) fn category_colour(&self, category: CategoryIndex) -> Colour {
        let codebook = self.basis.project.codebook();
        let found = codebook.resolve(self.basis.moves.category_id(category));
        found.map_or(GREY, |category| category.colour)
    }

    /// A group as a series: in its category's colour, that of its role, or one of the palette.
    pub(super) fn group_series(&self, group: &Group, index: usize) -> Series {
        match &group.key {
            GroupKey::Category(category) => {
                Series::new(group.title.as_str(), self.category_colour(*category), index)
            }
            GroupKey::Kind(kind) => self.kind_series(*kind, index),
            GroupKey::NotSpecified => Series::new(group.title.as_str(), GREY, index),
            GroupKey::Actor(_)
            | GroupKey::Issue(_)
            | GroupKey::Quad(_)
            | GroupKey::Document(_)
            | GroupKey::Year(_)
            | GroupKey::Bin(_)
            | GroupKey::Coder(..)
            | GroupKey::Verdict(_)
            | GroupKey::Text(..) => Series::new(group.title.as_str(), Colour::nth(index), index),
        }
    }
}
