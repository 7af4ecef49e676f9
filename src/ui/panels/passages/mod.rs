//! The passages table: tagged passages in context, one per row, to filter, sort, group, select and edit together.

mod bar;
mod body;
mod cell;
mod columns;
mod filter;
mod header;
mod keys;
mod menu;
mod select;

use egui::{Id, Rect, Sense, Ui, vec2};

use crate::filter_bar::FilterBar;
use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use crate::words::passages as words;
use demarche_io::settings::Columns;
use demarche_model::SpanRef;
use demarche_session::{Arrangement, CountScope, FilterAction, Session};

pub use cell::in_context;
use filter::Values;

/// Height of the column headings, in points.
const HEAD: f32 = 24.0;

/// The state of the panel between frames.
pub struct PassagesPanel {
    /// The current passage as last shown.
    shown_current: Option<SpanRef>,
    /// The row at which a selection of several rows starts.
    anchor: Option<SpanRef>,
    /// The row at which it ends: the one at the keyboard cursor.
    cursor: Option<SpanRef>,
    /// The order as last shown.
    arranged: Arrangement,
    /// The row to scroll to.
    show_row: Option<usize>,
    wants_focus: bool,
    /// Number of rows that fit into the table.
    page: usize,
    values: Values,
    filter: FilterBar,
}

impl Default for PassagesPanel {
    fn default() -> Self {
        Self {
            shown_current: None,
            anchor: None,
            cursor: None,
            arranged: Arrangement::default(),
            show_row: None,
            wants_focus: false,
            page: 0,
            values: Values::default(),
            filter: FilterBar::new(CountScope::Visible),
        }
    }
}

impl PassagesPanel {
    /// Gives the table the keyboard focus in the next frame.
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
            return widgets::empty_state(ui, words::empty(), words::empty_hint());
        }
        self.table(ui, session, columns, requests);
    }

    /// Follows the current passage when it changes elsewhere, and keeps it visible when the order changes.
    fn follow(&mut self, session: &Session) {
        let passages = session.passage_table();
        if !passages.is_sorting() && self.arranged != *passages.arrangement() {
            self.arranged.clone_from(passages.arrangement());
            self.show_cursor(session);
        }
        if self.shown_current.as_ref() == session.current() {
            return;
        }
        self.shown_current = session.current().cloned();
        if self.anchor != self.shown_current {
            self.anchor.clone_from(&self.shown_current);
            self.cursor.clone_from(&self.shown_current);
        }
        self.show_cursor(session);
    }

    /// Scrolls to the row at the keyboard cursor.
    fn show_cursor(&mut self, session: &Session) {
        let position =
            self.cursor.as_ref().and_then(|at| session.passage_table().position(session.project(), at));
        self.show_row = position.or(self.show_row);
    }

    fn table(&mut self, ui: &mut Ui, session: &Session, columns: &mut Columns, requests: &mut Requests) {
        let whole = ui.available_rect_before_wrap();
        let (head, below) = whole.split_top_bottom_at_y(whole.top() + HEAD);
        let visible = columns::visible(session, columns, whole.width());
        // The headings come after the rows, so that both have the same horizontal scroll offset.
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(below));
        let scrolled = if session.passage_table().is_empty() {
            no_match(&mut child, requests);
            0.0
        } else {
            self.body(&mut child, session, &visible, requests)
        };
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(head));
        self.header(&mut child, session, &visible, scrolled, columns, requests);
        ui.allocate_rect(whole, Sense::hover());
    }
}

/// Shows that no passage matches the filters, and a button that clears them.
fn no_match(ui: &mut Ui, requests: &mut Requests) {
    widgets::empty_state(ui, words::no_match(), words::no_match_hint());
    ui.vertical_centered(|ui| {
        if ui.button(words::show_all()).clicked() {
            requests.push(FilterAction::Clear);
        }
    });
}

/// Returns a part of a row without its padding.
fn inside(rect: Rect) -> Rect {
    rect.shrink2(vec2(space::XS, 0.0))
}
