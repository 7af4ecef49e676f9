//! The latest words of a cell.

use crate::bargain::{DayRange, PassageIndex};
use crate::views::{Look, MatrixCell};
use demarche_model::MoveRole;

/// Length of the words in characters.
const CHARACTERS: usize = 80;

/// The latest demand, offer or concession of a cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LatestWords {
    /// The passage.
    pub passage: PassageIndex,
    /// Its role.
    pub role: MoveRole,
    /// Its date; `None` if it is unknown.
    pub date: Option<DayRange>,
    /// The beginning of its words.
    pub words: String,
    /// Number of earlier demands, offers and concessions of the cell.
    pub earlier: usize,
}

impl LatestWords {
    /// The demands, offers and concessions of a cell. Conditions and recommendations do not count.
    pub(super) fn among(look: &Look<'_>, cell: &MatrixCell) -> impl Iterator<Item = PassageIndex> {
        cell.moves.iter().filter(|index| role(look, *index).is_some())
    }

    /// The latest words of a cell. Conditions and recommendations do not count.
    pub(super) fn of(look: &Look<'_>, cell: &MatrixCell) -> Option<Self> {
        let mut moves: Vec<PassageIndex> = Self::among(look, cell).collect();
        look.basis.moves.sort(&mut moves);
        let passage = moves.pop()?;
        Some(Self {
            passage,
            role: role(look, passage)?,
            date: look.get(passage).date(),
            words: look.beginning(passage, CHARACTERS),
            earlier: moves.len(),
        })
    }
}

/// The role of a move that can be a latest word.
fn role(look: &Look<'_>, index: PassageIndex) -> Option<MoveRole> {
    let role = look.kind(look.get(index)).role()?;
    matches!(role, MoveRole::Demand | MoveRole::Offer | MoveRole::Concession).then_some(role)
}
