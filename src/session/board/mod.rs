//! The Board screen: who has done what, how fast, what is left, and where people differ.
//!
//! Figures are counted on a worker while the screen is shown, again after each change, and only for documents that have
//! changed. In a blind project, a coder's board is about their own work.

mod order;
mod pairs;
mod to_do;

use std::sync::Arc;

use demarche_analysis::agreement::{PairMeasure, Standings};
use demarche_analysis::board::{Board, BoardScope};
use demarche_model::{AnnotatorId, DocumentId};

use crate::computed::Computed;
use crate::words::board as words;
use crate::{AgreementAction, AgreementChoice, JobKind, JobProgress, Screen, Session, Shown};
use order::Rows;
use pairs::Pairs;

pub use order::{BoardOrder, BoardSort};
pub use to_do::{ReturnedDocument, ToDo};

/// Arranges the board, or opens what one of its cells is about.
#[derive(Clone, PartialEq, Debug)]
pub enum BoardAction {
    /// Sorts the documents.
    Sort(BoardOrder),
    /// Chooses the measure of agreement.
    Measure(PairMeasure),
    /// Computes the agreement from the tags as they are now.
    Recompute,
    /// Opens a document in Annotate with the layer of a coder.
    OpenLayer(DocumentId, AnnotatorId),
    /// Opens a document in Compare, with everyone who tags.
    OpenDifferences(DocumentId),
    /// Opens the figures of two coders in Agreement.
    OpenPair(AnnotatorId, AnnotatorId),
}

/// What the figures of a board depend on.
#[derive(Clone, PartialEq, Debug)]
struct Request {
    scope: BoardScope,
    revision: u64,
    list_revision: u64,
}

/// The state of the Board screen.
#[derive(Default)]
pub struct BoardState {
    board: Computed<Request, Board>,
    pairs: Pairs,
    rows: Rows,
    to_do: to_do::KnownToDo,
}

impl BoardState {
    /// The figures, which may be those of a moment ago.
    pub fn board(&self) -> Option<&Arc<Board>> {
        self.board.result()
    }

    /// The agreement of coders, which may be outdated; see [`Session::board_agreement_is_fresh`].
    pub fn agreement(&self) -> Option<&Arc<Standings>> {
        self.pairs.computed.result()
    }

    /// The chosen measure of agreement.
    pub fn measure(&self) -> PairMeasure {
        self.pairs.measure
    }

    /// The positions in the board's documents, in the order of the rows.
    pub fn rows(&self) -> &[usize] {
        self.rows.positions()
    }

    /// The order of the documents.
    pub fn order(&self) -> BoardOrder {
        self.rows.order
    }

    /// What the user has to do.
    pub fn to_do(&self) -> &ToDo {
        &self.to_do.list
    }

    /// The progress of counting the work, if that is going on.
    pub fn progress(&self) -> Option<&JobProgress> {
        self.board.progress()
    }

    /// The progress of measuring agreement, if that is going on.
    pub fn agreement_progress(&self) -> Option<&JobProgress> {
        self.pairs.computed.progress()
    }

    /// Does not count again what a worker has failed to count.
    pub(super) fn give_up_counting(&mut self) {
        self.board.give_up();
    }

    /// Does not measure again what a worker has failed to measure.
    pub(super) fn give_up_measuring(&mut self) {
        self.pairs.computed.give_up();
    }
}

impl Session {
    /// The state of the Board screen.
    pub fn board(&self) -> &BoardState {
        &self.board
    }

    /// Returns whether the board shows the user's work alone, because they work blind.
    pub fn board_is_mine_alone(&self) -> bool {
        self.project.works_blind(&self.me)
    }

    #[deny(clippy::wildcard_enum_match_arm)]
    pub(super) fn perform_board(&mut self, action: BoardAction) {
        match action {
            BoardAction::Sort(order) => self.board.rows.order = order,
            BoardAction::Measure(measure) => self.board.pairs.measure = measure,
            BoardAction::Recompute => self.compute_pairs(),
            BoardAction::OpenLayer(document, coder) => self.open_layer(&document, &coder),
            BoardAction::OpenDifferences(document) => {
                self.compare_people(None);
                self.open_document(&document);
                self.show_screen(Screen::Compare);
            }
            BoardAction::OpenPair(first, second) => {
                let annotators = Some(vec![first, second]);
                let choice = AgreementChoice { annotators, ..self.agreement.choice().clone() };
                self.perform_agreement(AgreementAction::SetChoice(choice));
                self.show_screen(Screen::Agreement);
            }
        }
    }

    fn open_layer(&mut self, document: &DocumentId, coder: &AnnotatorId) {
        if !self.may_see(document, coder) {
            return self.notify(words::hidden_layer());
        }
        let shown = if *coder == self.me { Shown::Mine } else { Shown::One(coder.whole()) };
        self.show_screen(Screen::Annotate);
        if *self.view.shown() != shown {
            self.show(shown);
        }
        self.open_document(document);
    }

    /// Counts and sorts while the screen is shown. Called once per frame.
    pub(super) fn tick_board(&mut self) {
        if self.view.screen() != Screen::Board || self.is_reading_layers() {
            return;
        }
        let request = self.board_request();
        if self.board.board.should_compute(&request) {
            self.compute_board(request);
        }
        self.tick_pairs();
        self.arrange_board();
        self.refresh_to_do();
    }

    fn board_request(&self) -> Request {
        let scope = match self.board_is_mine_alone() {
            true => BoardScope { coders: vec![self.me.clone()], differences: false },
            false => BoardScope { coders: self.taggers().to_vec(), differences: true },
        };
        Request { scope, revision: self.project.revision(), list_revision: self.project.list_revision() }
    }

    fn compute_board(&mut self, request: Request) {
        let (project, before) = (self.project.clone(), self.board.board.result().cloned());
        let asked = request.clone();
        let progress = self.jobs.start(JobKind::CountProgress, move |worker| {
            let progress = worker.progress();
            let scope = asked.scope.clone();
            let board = worker.compute(|| Board::new(&project, scope, before.as_deref(), progress));
            Box::new(move |session: &mut Session| session.board.board.end(asked, board))
        });
        self.board.board.begin(request, progress);
    }
}
