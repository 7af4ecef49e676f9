//! The overview matrix: who wants and gives what.

mod answer;
mod cross;
mod latest;
mod options;
mod values;

use std::sync::Arc;

use super::statistics::cramers_v;
use super::{Answer, Axis, Group, Kind, Look};
use crate::bargain::{Ask, AskKind, AskState, PassageIndex, PassageSet};
use cross::{Cross, MatrixPlaces};

pub use latest::LatestWords;
pub use options::{MatrixOptions, MatrixSort, Measure};
pub use values::MatrixValue;

/// The overview matrix.
///
/// A move with several values counts once in each of its rows and columns, and once in totals.
#[derive(Clone, PartialEq, Debug)]
pub struct MatrixView {
    /// What it was asked.
    pub options: MatrixOptions,
    /// The rows that are shown.
    pub rows: Vec<Group>,
    /// The columns.
    pub columns: Vec<Group>,
    /// The cells of each row.
    pub cells: Vec<Vec<MatrixCell>>,
    /// The totals of the rows that are shown.
    pub row_totals: Vec<MatrixCell>,
    /// The totals of the columns, with hidden rows.
    pub column_totals: Vec<MatrixCell>,
    /// The total, with hidden rows.
    pub total: MatrixCell,
    /// Number of rows that are hidden.
    pub hidden_rows: usize,
    /// Moves in several rows.
    pub in_several_rows: Arc<PassageSet>,
    /// Moves in several columns.
    pub in_several_columns: Arc<PassageSet>,
    /// Cramér's V of the table with hidden rows. It is descriptive: passages of one document are not independent.
    pub cramers_v: Option<f64>,
    answer: Answer,
}

/// A cell of the matrix.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct MatrixCell {
    /// Its moves by kind, in the order of figures; without kinds that do not occur.
    pub kinds: Vec<KindCount>,
    /// Its moves; its passages if the measure is passages.
    pub moves: Arc<PassageSet>,
    /// The demands and offers whose first passage is in the cell.
    pub asks: Vec<CellAsk>,
    /// The value of the measure.
    pub value: MatrixValue,
}

/// The moves of one kind in a cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KindCount {
    /// The kind.
    pub kind: Kind,
    /// The moves.
    pub moves: Arc<PassageSet>,
    /// Those of them that depend on something.
    pub conditional: Arc<PassageSet>,
}

/// A demand or offer in a cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CellAsk {
    /// Its first passage.
    pub passage: PassageIndex,
    /// Demand or offer.
    pub kind: AskKind,
    /// Its outcome.
    pub state: AskState,
    /// True for a condition.
    pub is_condition: bool,
    /// True for a recommendation.
    pub is_recommendation: bool,
    /// True if there are possible answers.
    pub has_candidates: bool,
}

impl CellAsk {
    fn of(ask: &Ask, look: &Look<'_>) -> Self {
        Self {
            passage: ask.id(),
            kind: ask.kind,
            state: ask.state,
            is_condition: look.rules.is_asked_condition(ask),
            is_recommendation: look.rules.is_asked_recommendation(ask),
            has_candidates: !ask.candidates.is_empty(),
        }
    }

    /// True for a condition or recommendation, which is listed apart.
    pub fn is_derived(&self) -> bool {
        self.is_condition || self.is_recommendation
    }

    /// True for a demand that is neither condition nor recommendation.
    pub fn is_demand(&self) -> bool {
        self.kind == AskKind::Demand && !self.is_derived()
    }

    /// True for an offer.
    pub fn is_offer(&self) -> bool {
        self.kind == AskKind::Offer && !self.is_derived()
    }

    /// True if it was agreed to.
    pub fn is_met(&self) -> bool {
        self.state == AskState::Met && !self.is_derived()
    }

    /// True for an open demand or offer.
    pub fn is_open(&self) -> bool {
        self.state == AskState::Open && !self.is_derived()
    }
}

impl MatrixCell {
    /// The first passages of the asks of which a test is true.
    pub fn asks_where(&self, test: impl Fn(&CellAsk) -> bool) -> PassageSet {
        self.asks.iter().filter(|ask| test(ask)).map(|ask| ask.passage).collect()
    }

    /// The moves of a kind.
    pub fn of_kind(&self, kind: Kind) -> Option<&KindCount> {
        self.kinds.iter().find(|count| count.kind == kind)
    }
}

impl MatrixView {
    /// Counts the moves that pass, by row and column.
    pub fn of(look: &Look<'_>, options: MatrixOptions) -> Self {
        let asks = listed_asks(look);
        let cross = Cross::new(MatrixPlaces::new(look, &options, &asks), &asks);
        let counts: Vec<Vec<usize>> =
            cross.cells.iter().map(|row| row.iter().map(|cell| cell.moves.len()).collect()).collect();
        let mut view = Self::from_cross(options, cross);
        view.cramers_v = if view.hidden_rows == 0 { cramers_v(&counts) } else { None };
        view.measure(look, &counts);
        view.sort_rows();
        view.hide_rows();
        view.answer = view.make_answer(look);
        view
    }

    fn from_cross(options: MatrixOptions, cross: Cross) -> Self {
        let [rows, columns] = cross.several.map(Arc::new);
        Self {
            options,
            rows: cross.rows,
            columns: cross.columns,
            cells: cross.cells,
            row_totals: cross.row_totals,
            column_totals: cross.column_totals,
            total: cross.total,
            hidden_rows: cross.cut_rows,
            in_several_rows: rows,
            in_several_columns: columns,
            cramers_v: None,
            answer: Answer::default(),
        }
    }

    /// What the matrix says.
    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    fn sort_rows(&mut self) {
        let open = |cell: &MatrixCell| cell.asks.iter().filter(|ask| ask.is_open()).count();
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        order.sort_by_cached_key(|row| {
            let (group, total) = (&self.rows[*row], &self.row_totals[*row]);
            let most = match self.options.sort {
                MatrixSort::List | MatrixSort::Name => 0,
                MatrixSort::Total => total.moves.len(),
                MatrixSort::Open => open(total),
            };
            let name = (self.options.sort == MatrixSort::Name).then(|| group.title.to_lowercase());
            (group.is_not_specified(), std::cmp::Reverse(most), name, *row)
        });
        self.keep_rows(&order);
    }

    fn hide_rows(&mut self) {
        let shown = |row: &usize| self.row_totals[*row].moves.len() >= self.options.hide_below;
        let kept: Vec<usize> = (0..self.rows.len()).filter(shown).collect();
        self.hidden_rows += self.rows.len() - kept.len();
        self.keep_rows(&kept);
    }

    /// Leaves these rows, in this order.
    fn keep_rows(&mut self, order: &[usize]) {
        self.rows = order.iter().map(|row| self.rows[*row].clone()).collect();
        self.row_totals = order.iter().map(|row| self.row_totals[*row].clone()).collect();
        self.cells = order.iter().map(|row| std::mem::take(&mut self.cells[*row])).collect();
    }
}

/// The asks of which a passage passes the filter, by their first passage.
fn listed_asks(look: &Look<'_>) -> Vec<CellAsk> {
    let mut asks: Vec<CellAsk> = look.asks().map(|ask| CellAsk::of(ask, look)).collect();
    asks.sort_unstable_by_key(|ask| ask.passage);
    asks
}

/// True for the axes whose rows hold whole documents, or the documents of a time.
fn is_of_documents(axis: &Axis) -> bool {
    match axis {
        Axis::Document | Axis::Author | Axis::Source | Axis::Year | Axis::Bin => true,
        Axis::Actor
        | Axis::Target
        | Axis::Speaker
        | Axis::Issue
        | Axis::Category
        | Axis::Role
        | Axis::Quad
        | Axis::Coder
        | Axis::Review
        | Axis::Attribute(_) => false,
    }
}
