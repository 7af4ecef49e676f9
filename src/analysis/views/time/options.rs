//! What the view over time is asked.

use crate::codes::codes;

/// What the view over time is asked. The width of its bins is that of the [look](crate::views::Look).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct TimeOptions {
    /// What the bars are divided by.
    pub bars: TimeBars,
    /// What each has a line of its own.
    pub lines: TimeLines,
    /// The measure of the bars.
    pub measure: TimeMeasure,
    /// The score of a bin.
    pub score: ScoreKind,
}

/// What the bars of a bin are divided by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum TimeBars {
    /// Categories.
    #[default]
    Category,
    /// Roles, with conditions and recommendations apart.
    Role,
    /// Quad classes.
    Quad,
}

/// What each has a line of its own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum TimeLines {
    /// Actors.
    #[default]
    Actor,
    /// Pairs of actor and target.
    Dyad,
}

/// The measure of the bars.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum TimeMeasure {
    /// Percent of the moves of the bin.
    #[default]
    Share,
    /// Number of moves.
    Count,
    /// Moves per 1,000 words of the documents of the bin.
    PerThousandWords,
}

/// The score of a bin.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum ScoreKind {
    /// Mean weight: the tone.
    #[default]
    Mean,
    /// Sum of the weights: the volume.
    Sum,
}

codes! {
    TimeBars { Category = "category", Role = "role", Quad = "quad" }
    TimeLines { Actor = "actor", Dyad = "dyad" }
    TimeMeasure { Share = "percent", Count = "moves", PerThousandWords = "per-1000-words" }
    ScoreKind { Mean = "mean", Sum = "sum" }
}
