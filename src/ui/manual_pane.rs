//! Opens the manual, and gives it its room in the window.

use egui::{Context, Panel, Rangef, Ui};

use super::App;
use super::manual::ManualPage;
use super::panes::Pane;
use super::theme::Tokens;
use super::widgets::{self, Along};
use demarche_session::Screen;

/// Least width of the rest of the window next to the manual, in points.
const REST: f32 = 620.0;

/// Width of the rest of the window that the manual leaves at first, in points: both side panels stay.
const REST_AT_FIRST: f32 = 940.0;

/// Width of the manual if there is room for more, in points.
const DEFAULT: f32 = 740.0;

/// Widths of the manual in points.
const WIDTHS: Rangef = Rangef { min: 340.0, max: 820.0 };

impl App {
    /// Shows the manual at the page of the panel that has the keyboard; closes it if it has the keyboard itself.
    pub(super) fn toggle_manual(&mut self, ctx: &Context) {
        match self.manual_page(ctx) {
            Some(page) => self.manual.open(page),
            None => self.close_manual(),
        }
    }

    /// Returns the page about what has the keyboard; `None` for the manual.
    fn manual_page(&self, ctx: &Context) -> Option<ManualPage> {
        if self.manual.is_open() && self.manual.has_focus(ctx) {
            return None;
        }
        let Some(session) = &self.session else { return Some(ManualPage::Start) };
        let typing = ctx.text_edit_focused();
        let pane = self.panels.panes.current(ctx).filter(|_| session.screen() == Screen::Annotate);
        match (session.screen(), pane) {
            (Screen::Annotate, Some(Pane::Text)) if typing => Some(ManualPage::Find),
            (Screen::Analyse, _) if typing => Some(ManualPage::Filter),
            (_, Some(pane)) => ManualPage::of_pane(pane, self.settings.right_tab),
            (screen, None) => Some(ManualPage::of_screen(screen)),
        }
    }

    fn close_manual(&mut self) {
        self.manual.close();
        self.panels.page.request_focus();
    }

    /// Shows the manual if it is open, on the right or, in a narrow window, in place of the screen. Returns whether no room
    /// is left.
    pub(super) fn manual_fills(&mut self, ui: &mut Ui) -> bool {
        if !self.manual.is_open() {
            return false;
        }
        let frame = Self::panel_frame(Tokens::of(ui)).fill(Tokens::of(ui).page);
        let room = ui.available_width() - REST;
        let fills = room < WIDTHS.min;
        let (closed, rect) = if fills {
            let shown = egui::CentralPanel::default().frame(frame).show(ui, |ui| self.manual.ui(ui));
            (shown.inner, shown.response.rect)
        } else {
            let widths = Rangef::new(WIDTHS.min, room.min(WIDTHS.max));
            let default = (ui.available_width() - REST_AT_FIRST).clamp(WIDTHS.min, DEFAULT);
            widgets::panel_size(ui, "manual", Along::Width, default, widths);
            let panel = Panel::right("manual").resizable(true).size_range(widths).frame(frame);
            let shown = panel.show(ui, |ui| self.manual.ui(ui));
            (shown.inner, shown.response.rect)
        };
        self.panels.panes.show(Pane::Manual, rect);
        if closed {
            self.close_manual();
        }
        fills
    }
}
