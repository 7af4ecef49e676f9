//! What the overview matrix is asked.

use std::collections::BTreeSet;

use crate::codes::codes;
use crate::views::Axis;

/// What the overview matrix is asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MatrixOptions {
    /// The rows.
    pub rows: Axis,
    /// The columns.
    pub columns: Axis,
    /// The measure of the cells.
    pub measure: Measure,
    /// The order of the rows.
    pub sort: MatrixSort,
    /// Rows with fewer moves than this are hidden. They are still part of totals and shares.
    pub hide_below: usize,
    /// Issues that include the issues below them.
    pub folded: BTreeSet<String>,
}

impl Default for MatrixOptions {
    fn default() -> Self {
        Self {
            rows: Axis::Actor,
            columns: Axis::Issue,
            measure: Measure::default(),
            sort: MatrixSort::default(),
            hide_below: 0,
            folded: BTreeSet::new(),
        }
    }
}

/// The order of the rows of a matrix. Those that are not specified come last.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum MatrixSort {
    /// As in codebook and lists.
    #[default]
    List,
    /// By name.
    Name,
    /// The most moves first.
    Total,
    /// The most open demands and offers first.
    Open,
}

/// The measure of the cells of a matrix.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Measure {
    /// Number of moves.
    #[default]
    Moves,
    /// Number of passages, be they moves or not.
    Passages,
    /// Number of documents with a move.
    Documents,
    /// Characters that at least one move covers.
    Characters,
    /// Moves per 1,000 words.
    PerThousandWords,
    /// Share of the moves of the row, in percent.
    OfRow,
    /// Share of the moves of the column, in percent.
    OfColumn,
    /// Share of all moves, in percent.
    OfTotal,
    /// Mean weight of the moves.
    ScoreMean,
    /// Sum of the weights of the moves.
    ScoreSum,
    /// Demands that were agreed to.
    DemandsAgreed,
    /// Offers that were accepted.
    OffersAccepted,
    /// Demands without a linked answer.
    OpenDemands,
    /// Offers without a linked answer.
    OpenOffers,
    /// Moves that would be expected if rows and columns had nothing to do with each other.
    Expected,
    /// The adjusted residual.
    Residual,
    /// The latest demand, offer or concession.
    LatestWords,
}

codes! {
    MatrixSort { List = "list", Name = "name", Total = "total", Open = "open" }
    Measure {
        Moves = "moves",
        Passages = "passages",
        Documents = "documents",
        Characters = "characters",
        PerThousandWords = "per-1000-words",
        OfRow = "row-percent",
        OfColumn = "column-percent",
        OfTotal = "percent",
        ScoreMean = "score",
        ScoreSum = "score-sum",
        DemandsAgreed = "demands-agreed",
        OffersAccepted = "offers-accepted",
        OpenDemands = "open-demands",
        OpenOffers = "open-offers",
        Expected = "expected",
        Residual = "residual",
        LatestWords = "latest-words",
    }
}

impl Measure {
    /// True if it is computed with a scale of weights.
    pub fn needs_scale(self) -> bool {
        matches!(self, Self::ScoreMean | Self::ScoreSum)
    }

    /// True if it is computed from the ledger.
    pub fn is_of_asks(self) -> bool {
        matches!(self, Self::DemandsAgreed | Self::OffersAccepted | Self::OpenDemands | Self::OpenOffers)
    }
}
