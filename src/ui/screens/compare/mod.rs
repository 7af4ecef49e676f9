//! The Compare screen: the differences between annotators of a text, and how the consensus settles them.

mod detail;
mod documents;
mod head;
mod list;
mod quote;
mod reading;

use egui::{CentralPanel, Frame, Margin, Panel, Rangef, Ui};

use crate::panels::banners;
use crate::sides::{self, Side, Sides};
use crate::theme::{Tokens, space};
use crate::widgets::{self, Along};
use crate::words::{compare as words, window};
use demarche_model::AnnotatorId;
use demarche_session::Session;

use super::Around;
use crate::requests::Requests;

/// The state of the screen between frames.
#[derive(Default)]
pub struct CompareScreen {
    list: list::List,
}

/// Returns the initials of an annotator.
fn initials(session: &Session, annotator: &AnnotatorId) -> String {
    let known = session.project().annotator(annotator);
    known.map_or_else(|| session.project().name_of(annotator).to_owned(), |person| person.display_initials())
}

impl CompareScreen {
    /// Shows the screen.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, around: &mut Around<'_>, requests: &mut Requests) {
        let tokens = Tokens::of(ui);
        let frame =
            Frame::new().fill(tokens.panel).inner_margin(Margin::symmetric(space::M as i8, space::S as i8));
        let mut open = around.settings.left_open;
        let sides = Sides::new(ui.available_width(), sides::COMPARE, (open, true), Side::Right);
        *around.sides = sides;
        let mut left_width = 0.0;
        if sides.has(Side::Left) || !open {
            let widths = sides.left.unwrap_or(sides::COMPARE.left);
            let width = widgets::panel_size(ui, "compare left", Along::Width, 220.0, widths);
            let left = Panel::left("compare left").size_range(widths).frame(frame);
            left.show_collapsible(ui, &mut open, |ui| documents::ui(ui, session, requests));
            around.settings.left_open = open;
            left_width = if open { width } else { 0.0 };
        }
        let widths = sides.right_of(left_width).unwrap_or(sides::COMPARE.right);
        widgets::panel_size(ui, "compare right", Along::Width, 390.0, widths);
        let right = Panel::right("compare right").size_range(widths).frame(frame);
        right.show(ui, |ui| self.right(ui, session, requests));
        let page =
            Frame::new().fill(tokens.page).inner_margin(Margin { left: 12, right: 0, top: 8, bottom: 0 });
        CentralPanel::default().frame(page).show(ui, |ui| {
            let right = Frame::new().inner_margin(Margin { right: 12, ..Margin::ZERO });
            right.show(ui, |ui| {
                head::ui(ui, session, requests);
                ui.add_space(space::XS);
                banners::ui(ui, session, requests);
                around.find.ui(ui, session, requests);
            });
            around.page.ui(ui, session, around.settings, requests);
        });
    }

    fn right(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let Some(document) = session.document() else {
            return widgets::empty_state(ui, window::no_document(), window::no_document_hint());
        };
        if let Some(why) = session.comparison_refusal(document) {
            return widgets::empty_state(ui, words::hidden(), &words::hidden_hint(why));
        }
        let Some(compared) = session.comparison() else {
            return if session.comparison_is_stopped() {
                widgets::empty_state(ui, words::comparison_off(), words::comparison_off_hint())
            } else {
                widgets::empty_state(ui, words::comparing(), "")
            };
        };
        if compared.differences().annotators().len() < 2 {
            return too_few(ui, session, compared.differences().annotators());
        }
        let plain = Frame::new().inner_margin(Margin { top: 8, ..Margin::ZERO });
        let height = ui.available_height();
        let heights = Rangef::new(140.0, (height - 140.0).max(140.0));
        let default = (height * 0.58).round();
        widgets::panel_size(ui, "compare detail", Along::Height, default, heights);
        let lower = Panel::bottom("compare detail").resizable(true).size_range(heights);
        lower.frame(plain).show(ui, |ui| {
            ui.set_min_height(ui.available_height());
            detail::ui(ui, session, compared, requests);
        });
        CentralPanel::no_frame().show(ui, |ui| self.list.ui(ui, session, compared, requests));
    }
}

/// Shows that fewer than two annotators have worked on the document.
fn too_few(ui: &mut Ui, session: &Session, annotators: &[AnnotatorId]) {
    let hint = match annotators {
        [] => words::no_annotators().to_owned(),
        [one, ..] => words::one_annotator(session.project().name_of(one)),
    };
    widgets::empty_state(ui, words::nothing_to_compare(), &hint);
}
