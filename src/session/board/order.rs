//! The order of the documents on the Board.

use std::cmp::Ordering;
use std::sync::Arc;

use demarche_analysis::agreement::Standings;
use demarche_analysis::board::{Board, DocumentProgress};

use crate::Session;
use crate::document_list::natural_order;

/// What the documents of the board are sorted by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum BoardSort {
    /// The order of the project.
    #[default]
    Hand,
    /// The title.
    Title,
    /// The share of coders who are done.
    Progress,
    /// The number of open differences.
    Differences,
    /// The agreement.
    Agreement,
}

/// An order of the documents.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct BoardOrder {
    /// What decides.
    pub by: BoardSort,
    /// Whether the last comes first.
    pub descending: bool,
}

impl BoardOrder {
    /// The order after a click on the heading of a column: at first what needs attention comes first, then the other way
    /// round, and a third click restores the order of the project.
    #[must_use]
    pub fn clicked(self, by: BoardSort) -> Self {
        let first = Self { by, descending: by == BoardSort::Differences };
        let second = Self { by, descending: !first.descending };
        match self {
            _ if self == first => second,
            _ if self == second => Self::default(),
            _ => first,
        }
    }
}

/// The rows, and what they were made from.
#[derive(Default)]
pub(super) struct Rows {
    pub order: BoardOrder,
    positions: Vec<usize>,
    made_from: Option<MadeFrom>,
}

/// What rows are made from.
struct MadeFrom {
    order: BoardOrder,
    board: Arc<Board>,
    agreement: Option<Arc<Standings>>,
    list_revision: u64,
}

impl MadeFrom {
    fn is_same(&self, other: &Self) -> bool {
        let measured = |of: &Self| of.agreement.as_ref().map(Arc::as_ptr);
        self.order == other.order
            && Arc::ptr_eq(&self.board, &other.board)
            && measured(self) == measured(other)
            && self.list_revision == other.list_revision
    }
}

impl Rows {
    /// The positions in the board's documents, in the order of the rows.
    pub fn positions(&self) -> &[usize] {
        &self.positions
    }
}

impl Session {
    /// Sorts the documents again if their order may be another one now.
    pub(super) fn arrange_board(&mut self) {
        let Some(board) = self.board.board().cloned() else { return };
        let now = MadeFrom {
            order: self.board.rows.order,
            board,
            agreement: self.board.agreement().cloned(),
            list_revision: self.project.list_revision(),
        };
        if !self.board.rows.made_from.as_ref().is_some_and(|before| before.is_same(&now)) {
            self.board.rows.positions = self.sorted_rows(&now.board, now.agreement.as_deref(), now.order);
            self.board.rows.made_from = Some(now);
        }
    }

    fn sorted_rows(&self, board: &Board, agreement: Option<&Standings>, order: BoardOrder) -> Vec<usize> {
        let mut rows: Vec<usize> = (0..board.documents().len()).collect();
        let directed = |ordering: Ordering| if order.descending { ordering.reverse() } else { ordering };
        match order.by {
            BoardSort::Hand => {}
            BoardSort::Title => {
                let title = |at: &usize| {
                    let document = self.project.document(board.documents()[*at].id());
                    document.map(|document| document.meta.title.to_lowercase()).unwrap_or_default()
                };
                let titles: Vec<String> = rows.iter().map(title).collect();
                rows.sort_by(|&a, &b| directed(natural_order(&titles[a], &titles[b])));
            }
            BoardSort::Progress => {
                let progress = |at: usize| share(board.progress()[at]);
                rows.sort_by(|&a, &b| directed(progress(a).total_cmp(&progress(b))));
            }
            BoardSort::Differences => {
                let open = |at: usize| board.documents()[at].open_differences();
                rows.sort_by(|&a, &b| defined_first(open(a), open(b), |a, b| directed(a.cmp(b))));
            }
            BoardSort::Agreement => {
                let value = |at: usize| agreement?.document(board.documents()[at].id())?.ok();
                rows.sort_by(|&a, &b| defined_first(value(a), value(b), |a, b| directed(a.total_cmp(b))));
            }
        }
        rows
    }
}

/// The share of those to whom a document is assigned who are done; one who has begun counts half.
fn share(progress: DocumentProgress) -> f64 {
    let all = progress.assigned.max(1) as f64;
    (progress.done as f64 + 0.5 * progress.begun as f64) / all
}

/// Documents without a value come last in both directions.
fn defined_first<T>(a: Option<T>, b: Option<T>, by: impl Fn(&T, &T) -> Ordering) -> Ordering {
    match (&a, &b) {
        (Some(a), Some(b)) => by(a, b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_sorts_both_ways_and_then_no_more() {
        for by in [BoardSort::Title, BoardSort::Progress, BoardSort::Differences, BoardSort::Agreement] {
            let first = BoardOrder::default().clicked(by);
            let second = first.clicked(by);
            assert_eq!((first.by, second.by), (by, by));
            assert_ne!(first.descending, second.descending);
            assert_eq!(second.clicked(by), BoardOrder::default());
        }
    }
}
