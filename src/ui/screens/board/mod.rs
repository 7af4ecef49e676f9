//! The Board screen: who has done what, what is left, and where people differ.

mod documents;
mod grid;
mod people;
mod to_do;

use egui::{CentralPanel, Frame, Margin, RichText, Ui};

use crate::panels::banners;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use crate::words::board as words;
use demarche_analysis::agreement::PairMeasure;
use demarche_analysis::board::Board;
use demarche_model::Role;
use demarche_session::{Action, BoardAction, JobProgress, Session};

/// Size of the spinner, in points.
const SPINNER: f32 = 14.0;

/// Width of the list of measures, in points.
const MEASURES: f32 = 190.0;

/// A part of the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Tab {
    /// The work of each coder in each document.
    Documents,
    /// The work of each coder, and the agreement of each with each.
    People,
    /// What the user has to do.
    ToDo,
}

/// The state of the screen between frames.
#[derive(Default)]
pub struct BoardScreen {
    /// The chosen part; `None` for that of the user's role.
    tab: Option<Tab>,
}

impl BoardScreen {
    /// Shows the screen.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let tokens = Tokens::of(ui);
        let page =
            Frame::new().fill(tokens.page).inner_margin(Margin::symmetric(space::L as i8, space::S as i8));
        CentralPanel::default().frame(page).show(ui, |ui| {
            banners::ui(ui, session, requests);
            if session.project().documents().is_empty() {
                return widgets::empty_page(ui, words::no_documents(), words::no_documents_hint());
            }
            let Some(board) = session.board().board() else { return waiting(ui, session, requests) };
            head(ui, session, board, requests);
            self.tabs(ui, session, requests);
            ui.add_space(space::S);
            match self.tab(session) {
                Tab::ToDo => to_do::ui(ui, session, requests),
                Tab::Documents | Tab::People if board.coders().is_empty() => {
                    widgets::empty_page(ui, words::nobody_tags(), words::nobody_tags_hint());
                }
                Tab::Documents => documents::ui(ui, session, board, requests),
                Tab::People => people::ui(ui, session, board, requests),
            }
        });
    }

    /// The part that is shown: coders begin with what they have to do, others with the work of all.
    fn tab(&self, session: &Session) -> Tab {
        let first = match session.project().role(session.me()) {
            Role::Annotator => Tab::ToDo,
            Role::Reviewer | Role::Lead => Tab::Documents,
        };
        self.tab.unwrap_or(first)
    }

    fn tabs(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let current = self.tab(session);
        ui.horizontal(|ui| {
            ui.set_min_height(size::ROW);
            let left = session.board().to_do().left();
            for (tab, name, hint) in [
                (Tab::Documents, words::documents().to_owned(), words::documents_hint()),
                (Tab::People, words::people().to_owned(), words::people_hint()),
                (Tab::ToDo, words::to_do(left), words::to_do_hint()),
            ] {
                if widgets::tab(ui, tab == current, &name, hint) {
                    self.tab = Some(tab);
                }
            }
            if current != Tab::ToDo && !session.board_is_mine_alone() && session.taggers().len() > 1 {
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    agreement(ui, session, requests);
                });
            }
        });
    }
}

/// Shows what the whole team has done.
fn head(ui: &mut Ui, session: &Session, board: &Board, requests: &mut Requests) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        let title = match session.board_is_mine_alone() {
            true => words::my_board(),
            false => words::title(),
        };
        ui.label(RichText::new(title).font(strong(size::HEADING)).color(tokens.text));
        ui.add_space(space::S);
        let (assigned, done) =
            board.work().iter().fold((0, 0), |(all, done), work| (all + work.assigned, done + work.done));
        let spans = board.work().iter().map(|work| work.spans).sum();
        let open = (!session.board_is_mine_alone()).then(|| board.open_differences());
        widgets::weak(ui, words::totals(done, assigned, spans, open));
        if session.board().progress().is_some() {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                progress(ui, session.board().progress(), requests);
            });
        }
    });
}

/// Shows the choice of the measure of agreement, and whether its figures are up to date. From right to left.
fn agreement(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let chosen = session.board().measure();
    widgets::combo(ui, words::measure(), words::measure_name(chosen), MEASURES, |ui| {
        for measure in PairMeasure::ALL {
            let entry = ui.selectable_label(measure == chosen, words::measure_name(measure));
            if entry.on_hover_text(words::measure_hint(measure)).clicked() {
                requests.push(BoardAction::Measure(measure));
            }
        }
    })
    .on_hover_text(words::measure_hint(chosen));
    if session.board().agreement_progress().is_some() {
        progress(ui, session.board().agreement_progress(), requests);
    } else if !session.board_agreement_is_fresh() {
        if ui.button(words::recompute()).on_hover_text(words::recompute_hint()).clicked() {
            requests.push(BoardAction::Recompute);
        }
        ui.label(RichText::new(words::outdated()).color(Tokens::of(ui).warning));
    }
}

/// Shows the progress until there are figures.
fn waiting(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    ui.add_space(ui.available_height() * 0.3);
    if session.board().progress().is_none() && !session.is_reading_layers() {
        return widgets::empty_state(ui, words::not_counted(), words::not_counted_hint());
    }
    ui.vertical_centered(|ui| progress(ui, session.board().progress(), requests));
}

fn progress(ui: &mut Ui, progress: Option<&JobProgress>, requests: &mut Requests) {
    ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
    ui.add(egui::Spinner::new().size(SPINNER));
    widgets::weak(ui, words::counting(progress.and_then(JobProgress::fraction)));
    if ui.button(words::cancel()).clicked() {
        requests.push(Action::CancelJobs);
    }
}
