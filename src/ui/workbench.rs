//! The workbench: the panels around the text of an open project.

use egui::{Panel, Rangef, Ui};

use demarche_session::{Screen, Session};

use super::panels::{
    banners, codebook, documents, header, linking, menu, sample_banner, search_results, status,
};
use super::panes::Pane;
use super::requests::Requests;
use super::screens::Around;
use super::sides::{self, Limits, Side, Sides};
use super::theme::{Tokens, space};
use super::widgets::Along;
use super::words::window as words;
use super::{App, text_panes, widgets};

/// Half the width of a splitter, in points.
const SPLITTER: i8 = 4;

impl App {
    pub(super) fn workbench(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        self.panels.start(ui);
        self.panels.note_document(session);
        self.panels.panes.clear();
        self.panels.page.follow(ui.ctx(), session);
        let tokens = Tokens::of(ui);
        let bar = egui::Frame::new().fill(tokens.panel).inner_margin(egui::Margin::symmetric(8, 4));
        let mut open = None;
        let focus_menu = std::mem::take(&mut self.panels.focus_menu);
        Panel::top("menu")
            .frame(bar)
            .show(ui, |ui| menu::ui(ui, session, &self.settings, focus_menu, requests, &mut open));
        sample_banner::ui(ui, session, &self.settings, requests);
        Panel::bottom("status").frame(bar).show(ui, |ui| status::ui(ui, session, &self.settings, requests));
        if !self.manual_fills(ui) {
            self.screen(ui, session, requests);
        }
        if let Some(path) = open {
            self.open_project(path);
        }
    }

    /// Shows what is between menu bar and status bar.
    fn screen(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        if session.screen() == Screen::Agreement && self.panels.agreement_table {
            // A click on a figure lists its passages in the panel below.
            self.bottom_panel(ui, session, requests);
        }
        if session.screen() != Screen::Annotate {
            let (page, find, settings) = (&mut self.panels.page, &mut self.panels.find, &mut self.settings);
            let (sides, preferred) = (&mut self.sides, self.preferred_side);
            let whole = ui.available_rect_before_wrap();
            self.panels.screens.ui(
                ui,
                session,
                &mut Around { page, find, settings, sides, preferred },
                requests,
            );
            if session.screen() == Screen::Compare {
                self.panels.panes.show(Pane::Text, whole);
            }
            return;
        }
        self.bottom_panel(ui, session, requests);
        let open = (self.settings.left_open, self.settings.right_open);
        let fits = self.divide(ui.available_width(), open, session);
        let left = self.left_panel(ui, session, requests);
        self.right_panel(ui, session, self.sides.right_of(left), requests);
        let tokens = Tokens::of(ui);
        // The text leaves a strip to the splitters around it, which would otherwise be hit only from their own side.
        let page = egui::Frame::new().fill(tokens.page).inner_margin(egui::Margin {
            left: 12,
            right: SPLITTER,
            top: 8,
            bottom: SPLITTER,
        });
        egui::CentralPanel::default().frame(page).show(ui, |ui| match fits {
            true => self.centre_of_two(ui, session, requests),
            false => self.centre(ui, session, requests),
        });
    }

    /// Divides the width between the side panels and the text. Returns whether two texts are shown and fit: a side panel
    /// folds if that makes room for both.
    fn divide(&mut self, width: f32, open: (bool, bool), session: &Session) -> bool {
        let limits = |middle: f32| Limits { middle, ..sides::ANNOTATE };
        let divide = |limits: Limits| Sides::new(width, limits, open, self.preferred_side);
        if session.is_side_by_side() {
            let least = text_panes::least_width(self.settings.text_size);
            let sides = divide(limits(least));
            if sides.text_width(width, sides::ANNOTATE) >= least {
                self.sides = sides;
                return true;
            }
        }
        self.sides = divide(sides::ANNOTATE);
        false
    }

    pub(super) fn panel_frame(tokens: &Tokens) -> egui::Frame {
        egui::Frame::new()
            .fill(tokens.panel)
            .inner_margin(egui::Margin::symmetric(space::M as i8, space::S as i8))
    }

    /// Shows documents and codebook. Returns the width of the panel.
    fn left_panel(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> f32 {
        let mut open = self.settings.left_open;
        if open && !self.sides.has(Side::Left) {
            return 0.0;
        }
        let widths = self.sides.left.unwrap_or(sides::ANNOTATE.left);
        let width = widgets::panel_size(ui, "left", Along::Width, 250.0, widths);
        let panel = Panel::left("left").size_range(widths).frame(Self::panel_frame(Tokens::of(ui)));
        panel.show_collapsible(ui, &mut open, |ui| self.left_parts(ui, session, requests));
        self.settings.left_open = open;
        if open { width } else { 0.0 }
    }

    fn left_parts(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let plain = egui::Frame::new().inner_margin(egui::Margin { top: 8, ..egui::Margin::ZERO });
        let height = ui.available_height();
        let heights = Rangef::new(90.0, (height - 90.0).max(90.0));
        let default = (height * 0.55).min(310.0);
        widgets::panel_size(ui, "codebook", Along::Height, default, heights);
        let lower = Panel::bottom("codebook").resizable(true).size_range(heights);
        let lower = lower.frame(plain).show(ui, |ui| {
            ui.set_min_height(ui.available_height());
            let focus = std::mem::take(&mut self.panels.focus_codebook);
            codebook::ui(ui, session, focus, requests)
        });
        self.panels.panes.show(Pane::Codebook, lower.response.rect);
        if let Some(request) = lower.inner {
            self.change_category(session, request, requests);
        }
        let upper = egui::CentralPanel::no_frame().show(ui, |ui| {
            documents::tabs(ui, &mut self.settings.contents, requests);
            if self.settings.contents {
                let reading = session.offset_in_current(self.panels.page.reading_position());
                self.panels.contents.ui(ui, session, reading, requests);
            } else {
                self.panels.documents.ui(ui, session, requests);
            }
        });
        self.panels.panes.show(Pane::Documents, upper.response.rect);
    }

    fn bottom_panel(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let tokens = Tokens::of(ui);
        let mut open = self.settings.bottom_open;
        let heights = Rangef::new(96.0, (ui.available_height() - 240.0).max(96.0));
        widgets::panel_size(ui, "passages", Along::Height, 190.0, heights);
        let panel = Panel::bottom("passages").resizable(true).size_range(heights);
        let shown = panel.frame(Self::panel_frame(tokens)).show_collapsible(ui, &mut open, |ui| {
            // Otherwise egui would use the height of the content instead of the height set by the user.
            ui.set_min_height(ui.available_height());
            if session.find().everywhere().is_some() {
                ui.horizontal(|ui| {
                    let shown = &mut self.panels.show_results;
                    tab(ui, shown, false, words::passages_tab(), words::passages_tab_hint());
                    tab(ui, shown, true, words::results_tab(), words::results_tab_hint());
                });
            }
            if self.panels.show_results && session.find().everywhere().is_some() {
                search_results::ui(ui, session, requests);
            } else {
                self.panels.passages.ui(ui, session, &mut self.settings.columns, requests);
            }
        });
        if let Some(shown) = shown {
            self.panels.panes.show(Pane::Bottom, shown.response.rect);
        }
        self.settings.bottom_open = open;
    }

    /// Shows the text, with tabs above it if there are two for which there is not enough room.
    fn centre(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let whole = ui.max_rect();
        let right = egui::Frame::new().inner_margin(egui::Margin { right: 12, ..egui::Margin::ZERO });
        right.show(ui, |ui| {
            text_panes::tabs(ui, session, requests);
            header::title_bar(ui, session, requests);
            ui.add_space(space::XS);
            banners::ui(ui, session, requests);
            self.panels.find.ui(ui, session, requests);
        });
        self.panels.page.ui(ui, session, &self.settings, requests);
        self.panels.panes.show(Pane::Text, whole);
    }

    /// Shows two texts side by side.
    fn centre_of_two(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let right = egui::Frame::new().inner_margin(egui::Margin { right: 12, ..egui::Margin::ZERO });
        right.show(ui, |ui| {
            linking::ui(ui, session, requests);
            banners::ui(ui, session, requests);
            self.panels.find.ui(ui, session, requests);
        });
        let (page, settings) = (&mut self.panels.page, &self.settings);
        let [left, right] = self.panels.text_panes.ui(ui, session, (page, settings), requests);
        self.panels.panes.show(Pane::Text, left);
        self.panels.panes.show(Pane::SecondText, right);
    }
}

fn tab(ui: &mut Ui, shown: &mut bool, value: bool, name: &str, hint: &str) {
    if widgets::tab(ui, *shown == value, name, hint) {
        *shown = value;
    }
}
