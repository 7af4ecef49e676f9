//! Two or more annotators over one text: where they differ, and what the consensus makes of it.

mod detail;
mod documents;
mod head;
mod list;
mod quote;
mod reading;

use egui::{CentralPanel, Frame, Margin, Panel, Ui};

use crate::panels::banners;
use crate::theme::{Tokens, space};
use crate::widgets;
use demarche_model::AnnotatorId;
use demarche_session::Session;

use super::Around;
use crate::requests::Requests;

/// What the screen remembers between frames.
#[derive(Default)]
pub struct CompareScreen {
    list: list::List,
}

/// The initials of somebody.
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
        let left = Panel::left("compare left").default_size(220.0).size_range(160.0..=420.0).frame(frame);
        left.show_collapsible(ui, &mut open, |ui| documents::ui(ui, session, requests));
        around.settings.left_open = open;
        let right = Panel::right("compare right").default_size(390.0).size_range(320.0..=640.0).frame(frame);
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
            return widgets::empty_state(
                ui,
                "Nothing to compare",
                "Open a document in the list at the left.",
            );
        };
        if let Some(why) = session.comparison_refusal(document) {
            return widgets::empty_state(ui, "Closed to you", &format!("{why} (Ctrl+Enter on Annotate)."));
        }
        let Some(compared) = session.comparison() else {
            return match session.comparison_is_stopped() {
                true => widgets::empty_state(
                    ui,
                    "Not compared",
                    "The comparison was cancelled. Open the document again, or the screen.",
                ),
                false => widgets::empty_state(ui, "Comparing…", ""),
            };
        };
        if compared.differences().annotators().len() < 2 {
            return nobody(ui, session, compared.differences().annotators());
        }
        let plain = Frame::new().inner_margin(Margin { top: 8, ..Margin::ZERO });
        let height = ui.available_height();
        let lower = Panel::bottom("compare detail")
            .default_size((height * 0.58).round())
            .size_range(140.0..=(height - 140.0).max(140.0));
        lower.frame(plain).show(ui, |ui| {
            ui.set_min_height(ui.available_height());
            detail::ui(ui, session, compared, requests);
        });
        CentralPanel::no_frame().show(ui, |ui| self.list.ui(ui, session, compared, requests));
    }
}

/// Why there is nothing to compare in this document.
fn nobody(ui: &mut Ui, session: &Session, worked: &[AnnotatorId]) {
    let hint = match worked {
        [] => "Nobody of those who are compared has tagged anything in this document.".to_owned(),
        [one, ..] => format!(
            "Of those who are compared only {} has worked on this document. Once a second one has, their differences \
             stand here.",
            session.project().name_of(one)
        ),
    };
    widgets::empty_state(ui, "Nothing to compare", &hint);
}
