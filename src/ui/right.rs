//! The panel at the right: the picked passage, the figures, the review, the inbox.

use egui::{Panel, Ui};

use demarche_io::settings::RightTab;
use demarche_session::Session;

use super::panels::summary;
use super::theme::{Tokens, space};
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
                RightTab::Summary => summary::ui(ui, session, requests),
                RightTab::Review => self.review.ui(ui, session, requests),
                RightTab::Inbox => self.review.inbox_ui(ui, session, requests),
            }
        });
        self.settings.right_open = open;
    }

    fn right_tabs(&mut self, ui: &mut Ui, session: &Session) {
        let fresh = session.review().unread();
        let inbox = if fresh > 0 { format!("Inbox {}", widgets::count(fresh)) } else { "Inbox".to_owned() };
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            for (value, name, hint) in [
                (RightTab::Inspector, "Inspector", "The picked passage (Alt+1)"),
                (RightTab::Summary, "Summary", "The figures of the project (Alt+2)"),
                (RightTab::Review, "Review", "Decide on what others have tagged (Alt+3)"),
                (RightTab::Inbox, &inbox, "What others have decided on your passages (Alt+4)"),
            ] {
                if widgets::tab(ui, self.settings.right_tab == value, name, hint) {
                    self.settings.right_tab = value;
                }
            }
        });
    }
}
