//! Two or more annotators over one text.

use egui::{CentralPanel, Frame, Margin, Panel, Ui};

use crate::session::{Action, Session};
use crate::ui::panels::documents::DocumentsPanel;
use crate::ui::panels::header;
use crate::ui::theme::{Tokens, space};

use super::Around;

/// What the screen remembers between frames.
#[derive(Default)]
pub struct CompareScreen {
    documents: DocumentsPanel,
}

impl CompareScreen {
    /// Shows the screen.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, around: &mut Around<'_>, actions: &mut Vec<Action>) {
        let tokens = Tokens::of(ui);
        let mut open = around.settings.left_open;
        let frame =
            Frame::new().fill(tokens.panel).inner_margin(Margin::symmetric(space::M as i8, space::S as i8));
        let left = Panel::left("compare left").default_size(250.0).size_range(180.0..=460.0).frame(frame);
        left.show_collapsible(ui, &mut open, |ui| self.documents.ui(ui, session, actions));
        around.settings.left_open = open;
        let page =
            Frame::new().fill(tokens.page).inner_margin(Margin { left: 12, right: 0, top: 8, bottom: 0 });
        CentralPanel::default().frame(page).show(ui, |ui| {
            let right = Frame::new().inner_margin(Margin { right: 12, ..Margin::ZERO });
            right.show(ui, |ui| {
                header::banners(ui, session, actions);
                around.find.ui(ui, session, actions);
            });
            around.page.ui(ui, session, around.settings, actions);
        });
    }
}
