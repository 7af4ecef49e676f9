//! The right panel: inspector, summary, review, inbox, memos, page of the original.

use egui::{Panel, Rangef, Ui};

use demarche_io::settings::RightTab;
use demarche_session::Session;

use super::panes::Pane;
use super::sides;
use super::theme::icons as m;
use super::theme::{Tokens, space};
use super::widgets::Along;
use super::words::window as words;
use super::{App, widgets};
use crate::requests::Requests;

/// Width of the tabs, in points.
const TABS: f32 = 460.0;

impl App {
    /// Shows the panel. `widths` are those that it may have; `None` if it has no room.
    pub(super) fn right_panel(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        widths: Option<Rangef>,
        requests: &mut Requests,
    ) {
        let mut open = self.settings.right_open;
        if open && widths.is_none() {
            return;
        }
        let widths = widths.unwrap_or(sides::ANNOTATE.right);
        widgets::panel_size(ui, "right", Along::Width, 320.0, widths);
        let panel = Panel::right("right").size_range(widths).frame(Self::panel_frame(Tokens::of(ui)));
        let shown = panel.show_collapsible(ui, &mut open, |ui| {
            self.right_tabs(ui, session);
            ui.add_space(space::S);
            match self.settings.right_tab {
                RightTab::Inspector => self.panels.inspector.ui(ui, session, requests),
                RightTab::Summary => self.panels.summary.ui(ui, session, requests),
                RightTab::Review => self.panels.review.ui(ui, session, requests),
                RightTab::Inbox => self.panels.review.inbox_ui(ui, session, requests),
                RightTab::Memos => self.panels.memos.ui(ui, session, requests),
                RightTab::Page => {
                    let reading = session.offset_in_current(self.panels.page.reading_position());
                    self.panels.original.ui(ui, session, reading, requests);
                }
            }
        });
        if let Some(shown) = shown {
            self.panels.panes.show(Pane::Right, shown.response.rect);
        }
        self.settings.right_open = open;
    }

    fn right_tabs(&mut self, ui: &mut Ui, session: &Session) {
        let focus = std::mem::take(&mut self.panels.focus_right_tab);
        let inbox = words::inbox_tab(session.review().unread());
        let tabs = [
            (RightTab::Inspector, m::ICON_FRAME_INSPECT, words::inspector_tab(), words::inspector_tab_hint()),
            (RightTab::Summary, m::ICON_BAR_CHART, words::summary_tab(), words::summary_tab_hint()),
            (RightTab::Review, m::ICON_RATE_REVIEW, words::review_tab(), words::review_tab_hint()),
            (RightTab::Inbox, m::ICON_INBOX, inbox.as_str(), words::inbox_tab_hint()),
            (RightTab::Memos, m::ICON_EDIT_NOTE, words::memos_tab(), words::memos_tab_hint()),
            (RightTab::Page, m::ICON_DESCRIPTION, words::page_tab(), words::page_tab_hint()),
        ];
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            widgets::squeeze_tabs(ui, TABS);
            let has_room = widgets::tabs_width(ui, tabs.map(|(_, _, name, _)| name)) <= ui.available_width();
            for (value, icon, name, hint) in tabs {
                let current = self.settings.right_tab == value;
                let tab = if has_room {
                    widgets::tab_button(ui, current, name, hint)
                } else {
                    widgets::tab_icon(ui, current, icon, (name, hint))
                };
                if focus && current {
                    tab.request_focus();
                }
                if tab.clicked() {
                    self.settings.right_tab = value;
                }
            }
        });
    }
}
