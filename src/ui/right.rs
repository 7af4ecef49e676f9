//! The right panel: inspector, summary, review, inbox.

use egui::{Panel, Ui};

use demarche_io::settings::RightTab;
use demarche_session::Session;

use super::theme::{Tokens, space};
use super::words::window as words;
use super::{App, widgets};
use crate::requests::Requests;

impl App {
    pub(super) fn right_panel(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let tokens = Tokens::of(ui);
        let mut open = self.settings.right_open;
        let panel = Panel::right("right")
            .default_size(320.0)
            .size_range(240.0..=560.0)
            .frame(Self::panel_frame(tokens));
        panel.show_collapsible(ui, &mut open, |ui| {
            self.right_tabs(ui, session);
            ui.add_space(space::S);
            match self.settings.right_tab {
                RightTab::Inspector => self.inspector.ui(ui, session, requests),
                RightTab::Summary => self.summary.ui(ui, session, requests),
                RightTab::Review => self.review.ui(ui, session, requests),
                RightTab::Inbox => self.review.inbox_ui(ui, session, requests),
            }
        });
        self.settings.right_open = open;
    }

    fn right_tabs(&mut self, ui: &mut Ui, session: &Session) {
        let inbox = words::inbox_tab(session.review().unread());
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            for (value, name, hint) in [
                (RightTab::Inspector, words::inspector_tab(), words::inspector_tab_hint()),
                (RightTab::Summary, words::summary_tab(), words::summary_tab_hint()),
                (RightTab::Review, words::review_tab(), words::review_tab_hint()),
                (RightTab::Inbox, &inbox, words::inbox_tab_hint()),
            ] {
                if widgets::tab(ui, self.settings.right_tab == value, name, hint) {
                    self.settings.right_tab = value;
                }
            }
        });
    }
}
