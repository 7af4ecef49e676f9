//! Sequences: what follows what.

mod answer;
mod pairs;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::statistics::{adjusted_residual, expected, yule_q};
use super::{Answer, Kind, Look};
use crate::bargain::{CategoryIndex, Passage, PassageIndex, PassageSet};
use crate::codes::codes;
use demarche_model::{MoveRole, Tone};

/// What the view of sequences is asked.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct FollowsOptions {
    /// What the states are.
    pub states: States,
    /// When a move follows another one.
    pub source: FollowsSource,
    /// Who makes the two moves.
    pub speaker: Speaker,
    /// How far the roles are folded.
    pub fold: Fold,
}

/// What the states are.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum States {
    /// Roles.
    #[default]
    Role,
    /// Categories.
    Category,
}

/// When a move follows another one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum FollowsSource {
    /// It is the next in the text that does not overlap it.
    #[default]
    Text,
    /// It is linked as its answer.
    Answers,
    /// It is the next by date, where the order is certain.
    Date,
}

/// Who makes two moves that follow each other.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Speaker {
    /// Anybody.
    #[default]
    Any,
    /// Different actors, both stated.
    Changes,
    /// The same actors, stated.
    Same,
}

/// How far roles are folded to hard, soft and reason.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Fold {
    /// If there are fewer than 300 pairs.
    #[default]
    IfFew,
    /// Always.
    Always,
    /// Never.
    Never,
}

codes! {
    States { Role = "role", Category = "category" }
    FollowsSource { Text = "text", Answers = "answers", Date = "date" }
    Speaker { Any = "any", Changes = "changes", Same = "same" }
    Fold { IfFew = "if-few", Always = "always", Never = "never" }
}

/// Number of pairs below which roles are folded at the start.
const FEW_PAIRS: usize = 300;

/// Expected count below which a cell is never marked.
const FEW: f64 = 5.0;

/// z from which a cell is marked: 5 % over 64 cells, by Bonferroni.
const MARKED: f64 = 3.4;

/// What a move is, as a state of a sequence.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum State {
    /// A role, or none.
    Kind(Kind),
    /// A category.
    Category(CategoryIndex),
    /// Any hard role.
    Hard,
    /// Any soft role.
    Soft,
    /// A reason.
    Reason,
    /// A deed, or no role.
    Other,
}

/// What follows what, among the moves that pass. Conditions and recommendations are left out.
#[derive(Clone, PartialEq, Debug)]
pub struct FollowsView {
    /// What it was asked.
    pub options: FollowsOptions,
    /// The states that occur.
    pub states: Vec<State>,
    /// The names of the states, in files and as headings.
    pub names: Vec<(String, String)>,
    /// The transitions, by the first state and then by the second.
    pub cells: Vec<Vec<Transition>>,
    /// Number of pairs.
    pub pairs: usize,
    /// True if roles are folded.
    pub is_folded: bool,
    answer: Answer,
}

/// How often one state follows another.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Transition {
    /// Number of pairs.
    pub observed: usize,
    /// The passages of the pairs.
    pub passages: Arc<PassageSet>,
    /// Number of pairs that would be expected if the two had nothing to do with each other.
    pub expected: Option<f64>,
    /// The adjusted residual (Allison & Liker 1982).
    pub z: Option<f64>,
    /// Yule's Q.
    pub q: Option<f64>,
}

impl Transition {
    /// True if so few are expected that z says nothing.
    pub fn is_few(&self) -> bool {
        self.expected.is_none_or(|expected| expected < FEW)
    }

    /// True if it is seen more or less often than chance would have it, by the strict rule.
    pub fn is_marked(&self) -> bool {
        !self.is_few() && self.z.is_some_and(|z| z.abs() >= MARKED)
    }
}

impl FollowsView {
    /// Finds the pairs of moves that pass and follow each other.
    pub fn of(look: &Look<'_>, options: FollowsOptions) -> Self {
        let pairs = pairs::pairs(look, &options);
        let is_folded = options.states == States::Role
            && match options.fold {
                Fold::IfFew => pairs.len() < FEW_PAIRS,
                Fold::Always => true,
                Fold::Never => false,
            };
        let state = |index: PassageIndex| State::of(look, look.get(index), options.states, is_folded);
        let pairs: Vec<_> =
            pairs.into_iter().map(|(one, two)| ((one, state(one)), (two, state(two)))).collect();
        let states: BTreeSet<State> = pairs.iter().flat_map(|(one, two)| [one.1, two.1]).collect();
        let states: Vec<State> = states.into_iter().collect();
        let place = |state: State| states.binary_search(&state).unwrap_or(0);
        let mut behind = vec![vec![Vec::new(); states.len()]; states.len()];
        for ((one, from), (two, to)) in &pairs {
            behind[place(*from)][place(*to)].push((*one, *two));
        }
        let mut view = Self {
            names: states.iter().map(|state| state.names(look)).collect(),
            cells: transitions(behind, pairs.len()),
            options,
            states,
            pairs: pairs.len(),
            is_folded,
            answer: Answer::default(),
        };
        view.answer = view.make_answer(look);
        view
    }

    /// What the view says.
    pub fn answer(&self) -> &Answer {
        &self.answer
    }
}

/// The table of transitions.
fn transitions(behind: Vec<Vec<Vec<(PassageIndex, PassageIndex)>>>, all: usize) -> Vec<Vec<Transition>> {
    let rows: Vec<usize> = behind.iter().map(|row| row.iter().map(Vec::len).sum()).collect();
    let columns: Vec<usize> =
        (0..rows.len()).map(|at| behind.iter().map(|row| row[at].len()).sum()).collect();
    let cell = |pairs: &Vec<(PassageIndex, PassageIndex)>, row: usize, column: usize| Transition {
        observed: pairs.len(),
        passages: Arc::new(pairs.iter().flat_map(|(one, two)| [*one, *two]).collect()),
        expected: expected(row, column, all),
        z: adjusted_residual(pairs.len(), row, column, all),
        q: yule_q(pairs.len(), row, column, all),
    };
    let row = |(cells, row): (&Vec<Vec<_>>, &usize)| {
        cells.iter().zip(&columns).map(|(pairs, column)| cell(pairs, *row, *column)).collect()
    };
    behind.iter().zip(&rows).map(row).collect()
}

impl State {
    fn of(look: &Look<'_>, passage: &Passage, states: States, is_folded: bool) -> Self {
        match (states, look.kind(passage)) {
            (States::Category, _) => Self::Category(passage.category),
            (States::Role, kind) if !is_folded => Self::Kind(kind),
            (States::Role, kind) => match kind.role().map(|role| (role, role.tone())) {
                Some((_, Some(Tone::Hard))) => Self::Hard,
                Some((_, Some(Tone::Soft))) => Self::Soft,
                Some((MoveRole::Reason, None)) => Self::Reason,
                Some((_, None)) | None => Self::Other,
            },
        }
    }

    /// Its name in files, and its heading.
    fn names(self, look: &Look<'_>) -> (String, String) {
        match self {
            Self::Category(category) => {
                let id = look.basis.moves.category_id(category);
                (id.to_string(), look.basis.project.codebook().name_of(id).to_owned())
            }
            Self::Kind(kind) => (kind.code().unwrap_or("none").to_owned(), kind.name().to_owned()),
            Self::Hard => ("hard".to_owned(), crate::words::views::follows::HARD.to_owned()),
            Self::Soft => ("soft".to_owned(), crate::words::views::follows::SOFT.to_owned()),
            Self::Reason => ("reason".to_owned(), crate::words::views::follows::REASON.to_owned()),
            Self::Other => ("other".to_owned(), crate::words::views::follows::OTHER.to_owned()),
        }
    }
}
