//! The passages table: tagged passages in context, one a row; filtered, sorted, grouped, chosen and changed together.

mod bar;
mod body;
mod cell;
mod chips;
mod choose;
mod columns;
mod filter;
mod header;
mod keys;
mod menu;

use egui::{Id, Rect, Sense, Ui, vec2};

use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use demarche_io::settings::Columns;
use demarche_model::SpanRef;
use demarche_session::{Arrangement, PassageFilter, PassagesAction, Session};

pub use cell::in_context;
use filter::Values;

/// Height of the columns' heads.
const HEAD: f32 = 24.0;

/// What the panel remembers between frames.
#[derive(Default)]
pub struct PassagesPanel {
    /// The picked passage as the panel has shown it last.
    shown_pick: Option<SpanRef>,
    /// Where a stretch of rows that is chosen begins.
    anchor: Option<SpanRef>,
    /// Where it ends: the row that the keyboard is on.
    cursor: Option<SpanRef>,
    /// The order as the panel has shown it last.
    arranged: Arrangement,
    /// A row that shall be brought into sight.
    show_row: Option<usize>,
    wants_focus: bool,
    /// Rows that fit into the table.
    page: usize,
    values: Values,
}

impl PassagesPanel {
    /// Gives the table the keyboard at the next frame.
    pub fn request_focus(&mut self) {
        self.wants_focus = true;
    }

    fn id() -> Id {
        Id::unique("passages table")
    }

    /// Shows the table with its filters.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, columns: &mut Columns, requests: &mut Requests) {
        self.follow(session);
        self.bar(ui, session, columns, requests);
        let passages = session.passage_table();
        if passages.total() == 0 {
            let hint =
                "Select words in the text and press the key of a category; what is tagged is listed here.";
            return widgets::empty_state(ui, "Nothing is tagged yet", hint);
        }
        self.table(ui, session, columns, requests);
    }

    /// Takes over what was picked elsewhere, and keeps it in sight when the rows are put into another order.
    fn follow(&mut self, session: &Session) {
        let passages = session.passage_table();
        if !passages.is_sorting() && self.arranged != *passages.arrangement() {
            self.arranged.clone_from(passages.arrangement());
            self.show_cursor(session);
        }
        if self.shown_pick.as_ref() == session.current() {
            return;
        }
        self.shown_pick = session.current().cloned();
        if self.anchor != self.shown_pick {
            self.anchor.clone_from(&self.shown_pick);
            self.cursor.clone_from(&self.shown_pick);
        }
        self.show_cursor(session);
    }

    /// Brings the row that the keyboard is on into sight.
    fn show_cursor(&mut self, session: &Session) {
        let place =
            self.cursor.as_ref().and_then(|at| session.passage_table().position(session.project(), at));
        self.show_row = place.or(self.show_row);
    }

    fn table(&mut self, ui: &mut Ui, session: &Session, columns: &mut Columns, requests: &mut Requests) {
        let whole = ui.available_rect_before_wrap();
        let (head, below) = whole.split_top_bottom_at_y(whole.top() + HEAD);
        let shown = columns::shown(session, columns, whole.width());
        // The heads come after the rows, so that both are scrolled sideways alike.
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(below));
        let scrolled = if session.passage_table().is_empty() {
            nothing_fits(&mut child, requests);
            0.0
        } else {
            self.body(&mut child, session, &shown, requests)
        };
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(head));
        self.header(&mut child, session, &shown, scrolled, columns, requests);
        ui.allocate_rect(whole, Sense::hover());
    }
}

fn nothing_fits(ui: &mut Ui, requests: &mut Requests) {
    widgets::empty_state(ui, "No passage fits the filter", "Widen it above, or:");
    ui.vertical_centered(|ui| {
        if ui.button("Show all passages").clicked() {
            requests.push(PassagesAction::Filter(PassageFilter::default()));
        }
    });
}

/// A part of a row with room at both sides.
fn inside(rect: Rect) -> Rect {
    rect.shrink2(vec2(space::XS, 0.0))
}
