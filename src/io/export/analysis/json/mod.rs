//! Views as JSON. The names of fields are fixed; `null` is what is not specified, and numbers are not rounded.

mod actors;
mod asks;
mod matrix;
mod views;

use serde::Serialize;

use demarche_analysis::bargain::{PassageIndex, PassageSet};
use demarche_analysis::views::{Look, View};

use actors::{ActorRow, DyadRow};
use asks::AskRow;
use matrix::MatrixRow;
use views::{BinRow, PlaceRow, StepRow, TogetherRow, TransitionRow};

/// Everything that `summary --json` says about the analysis.
#[derive(Serialize, Debug)]
pub struct Analysis {
    /// The filter as text.
    pub filter: String,
    /// The coders whose layers count: `final`, `everyone` or ids.
    pub coder: String,
    /// The person who stands in for a consensus that does not exist.
    pub stand_in: Option<String>,
    /// The code of the scale.
    pub scale: &'static str,
    /// The documents.
    pub documents: Documents,
    /// Number of moves.
    pub moves: usize,
    /// The passages that are no moves.
    pub excluded: Excluded,
    /// The moves that lack a value.
    pub not_stated: NotStated,
    /// The overview matrix of actors and issues.
    pub matrix: Vec<CoderRow>,
    /// The demands and offers.
    pub asks: Vec<CoderRow>,
    /// The figures of actors.
    pub actors: Vec<CoderRow>,
    /// The figures of pairs of actors.
    pub dyads: Vec<CoderRow>,
    /// The bins of time.
    pub bins: Vec<CoderRow>,
    /// The categories that are found together.
    pub together: Vec<CoderRow>,
    /// What follows what.
    pub transitions: Vec<CoderRow>,
}

/// How many documents count.
#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Documents {
    /// Documents with passages in the chosen layers.
    pub counted: usize,
    /// Documents that several people have tagged, without a consensus so far.
    pub left_out: usize,
}

/// How many passages are no moves.
#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Excluded {
    /// Denied ones.
    pub denied: usize,
    /// Hypothetical ones.
    pub hypothetical: usize,
}

/// How many moves lack what.
#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotStated {
    /// An actor.
    pub actor: usize,
    /// A target.
    pub target: usize,
    /// An issue.
    pub issue: usize,
    /// A known date.
    pub date: usize,
    /// A role.
    pub role: usize,
    /// A weight.
    pub weight: usize,
}

/// A row of a view.
#[derive(Serialize, Debug)]
pub struct CoderRow {
    #[serde(flatten)]
    row: JsonRow,
    /// The coder, if several were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    coder: Option<String>,
}

/// A row of one of the views.
#[derive(Serialize, Debug)]
#[serde(untagged)]
pub enum JsonRow {
    /// Moves of one kind in a row and column of the matrix.
    Matrix(MatrixRow),
    /// A demand or offer.
    Ask(AskRow),
    /// An actor.
    Actor(ActorRow),
    /// A pair of actors.
    Dyad(DyadRow),
    /// A bin of time.
    Bin(BinRow),
    /// A place in a document.
    Place(PlaceRow),
    /// A step, or a position.
    Step(StepRow),
    /// Two categories that are found together.
    Together(TogetherRow),
    /// A transition.
    Transition(TransitionRow),
}

/// The rows of a view; `coder` names whose they are, if several were asked for.
pub fn rows(look: &Look<'_>, view: &View, coder: Option<&str>) -> Vec<CoderRow> {
    let rows: Vec<JsonRow> = match view {
        View::Matrix(view) => matrix::rows(look, view).map(JsonRow::Matrix).collect(),
        View::Asks(_) => asks::rows(look).map(JsonRow::Ask).collect(),
        View::Actors(view) => actors::rows(look, view).map(JsonRow::Actor).collect(),
        View::Time(view) => views::bins(view).map(JsonRow::Bin).collect(),
        View::Towards(view) => actors::dyads(look, view).map(JsonRow::Dyad).collect(),
        View::Codeline(view) => views::places(look, view).map(JsonRow::Place).collect(),
        View::Movement(view) => views::steps(look, view).into_iter().map(JsonRow::Step).collect(),
        View::Together(view) => views::together(look, view).map(JsonRow::Together).collect(),
        View::Follows(view) => views::transitions(view).map(JsonRow::Transition).collect(),
    };
    rows.into_iter().map(|row| CoderRow { row, coder: coder.map(str::to_owned) }).collect()
}

/// The id of a passage.
fn id(look: &Look<'_>, passage: PassageIndex) -> String {
    look.get(passage).span.to_string()
}

/// The ids of passages, by document and place in the text.
fn ids(look: &Look<'_>, passages: &PassageSet) -> Vec<String> {
    look.basis.moves.in_order(passages).into_iter().map(|passage| id(look, passage)).collect()
}
