//! The views of the Analyse screen: pure functions from moves to an [`Answer`].
//!
//! Every view answers with a sentence, a table and notes for its caption. Every number holds the passages that it counts, so
//! that a click on it can show them.

mod actors;
mod answer;
mod asks;
mod axis;
mod caption;
mod codeline;
mod duplicates;
mod follows;
mod kind;
mod look;
mod matrix;
mod movement;
mod score;
mod sizes;
mod statistics;
mod table;
mod time;
mod titles;
mod together;
mod towards;
mod view;

pub use crate::bargain::{Duplicates, Persons, Rules};
pub use actors::ActorsView;
pub use answer::{Answer, Caption, Missing, Part, Sentence};
pub use asks::{AskGroup, AskGroupKey, AskGroups, AsksOptions, AsksView};
pub use axis::{Axis, Group, GroupKey};
pub use codeline::{
    CodelineOptions, CodelineShape, CodelineSort, CodelineView, Lanes, Line, LineLength, LineMark,
};
pub use follows::{Fold, FollowsOptions, FollowsSource, FollowsView, Speaker, State, States, Transition};
pub use kind::Kind;
pub use look::{Basis, Look};
pub use matrix::{
    CellAsk, KindCount, LatestWords, MatrixCell, MatrixOptions, MatrixSort, MatrixValue, MatrixView, Measure,
};
pub use movement::{
    IssueSteps, MovementView, Position, PositionAxis, PositionLine, Step, StepKind, StepLine,
};
pub use sizes::Sizes;
pub use statistics::{adjusted_residual, cosine, cramers_v, expected, phi, yule_q};
pub use table::{Cell, CellValue, Column, ColumnKind, Row, Table};
pub(crate) use time::LINES_WITH_BANDS;
pub use time::{
    BAND_DOCUMENTS, BAND_DRAWS, BAND_SEED, Band, FEW_MOVES, Point, ScoreKind, TimeBars, TimeBin, TimeLine,
    TimeLines, TimeMeasure, TimeOptions, TimePanels, TimeView, first_width,
};
pub use together::{Together, TogetherOptions, TogetherUnit, TogetherView, UnitCounts};
pub use towards::{Edge, Node, TowardsOptions, TowardsShape, TowardsView};
pub use view::{View, ViewOptions};

#[cfg(test)]
pub(crate) mod tests;
