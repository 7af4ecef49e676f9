//! The figures of views.

mod lines;
mod matrix;
mod network;
mod numbers;
mod time;

use super::{Group, GroupKey, Kind, Look, View};
use crate::bargain::CategoryIndex;
use crate::figure::Scene;
use crate::figure::charts::{Heading, Series};
use demarche_model::{Colour, MoveRole};

/// Height of a network as a share of its width.
const NETWORK_HEIGHT: f32 = 0.7;

impl View {
    /// Draws the figure; `None` for the views that are tables.
    pub fn figure(&self, look: &Look<'_>, width_pt: f32) -> Option<Scene> {
        match self {
            Self::Matrix(view) => Some(view.figure(look, width_pt)),
            Self::Time(view) => Some(view.chart(look).scene(width_pt)),
            Self::Towards(view) => Some(view.chart(look).scene(width_pt, width_pt * NETWORK_HEIGHT)),
            Self::Codeline(view) => Some(view.chart(look).scene(width_pt)),
            Self::Movement(view) => Some(view.chart(look).scene(width_pt)),
            Self::Together(view) => Some(view.chart(look).scene(width_pt)),
            Self::Follows(view) => Some(view.chart().scene(width_pt)),
            Self::Asks(_) | Self::Actors(_) => None,
        }
    }
}

impl Look<'_> {
    /// The colour of a category.
    fn category_colour(&self, category: CategoryIndex) -> Colour {
        let id = self.basis.moves.category_id(category);
        let category = self.basis.project.codebook().resolve(id);
        category.map_or(Colour::nth(id.as_str().len()), |category| category.colour)
    }

    /// The colour of a role: that of the first category that has it.
    fn role_colour(&self, role: MoveRole) -> Colour {
        let mut categories = self.basis.moves.categories().map(|(index, _)| index);
        let first = categories.find(|index| self.basis.moves.category_role(*index) == Some(role));
        first.map_or(Colour::nth(role as usize), |category| self.category_colour(category))
    }

    /// The series of a kind of move.
    fn kind_series(&self, kind: Kind) -> Series {
        match kind {
            Kind::Role(role) => Series::new(kind.name(), self.role_colour(role), kind.place()),
            Kind::Condition | Kind::Recommendation => {
                Series::light(kind.name(), self.role_colour(MoveRole::Demand))
            }
            Kind::None => Series::new(kind.name(), Colour::nth(11), kind.place()),
        }
    }

    /// The series of a group: categories and roles have their own colours.
    fn series(&self, place: usize, group: &Group) -> Series {
        match &group.key {
            GroupKey::Category(category) => Series::new(&group.title, self.category_colour(*category), place),
            GroupKey::Kind(kind) => self.kind_series(*kind),
            GroupKey::Actor(_)
            | GroupKey::Issue(_)
            | GroupKey::Quad(_)
            | GroupKey::Document(_)
            | GroupKey::Year(_)
            | GroupKey::Bin(_)
            | GroupKey::Coder(..)
            | GroupKey::Verdict(_)
            | GroupKey::Text(..)
            | GroupKey::NotSpecified => Series::new(&group.title, Colour::nth(place), place),
        }
    }
}

/// The heading of a group.
fn heading(group: &Group) -> Heading {
    if group.is_not_specified() { Heading::weak(&group.title) } else { Heading::new(&group.title) }
}
