//! The workbench: the panels around the text of an open project, and the start screen without one.

use egui::{Panel, Ui};

use demarche_session::{Screen, Session};

use super::commands::CommandId;
use super::panels::{banners, codebook, documents, header, menu, search_results, status};
use super::requests::Requests;
use super::screens::Around;
use super::theme::{Tokens, space, strong};
use super::words::window as words;
use super::{App, widgets};

impl App {
    pub(super) fn workbench(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let tokens = Tokens::of(ui);
        let bar = egui::Frame::new().fill(tokens.panel).inner_margin(egui::Margin::symmetric(8, 4));
        let mut open = None;
        Panel::top("menu")
            .frame(bar)
            .show(ui, |ui| menu::ui(ui, session, &self.settings, requests, &mut open));
        Panel::bottom("status").frame(bar).show(ui, |ui| status::ui(ui, session, &self.settings, requests));
        self.screen(ui, session, requests);
        if let Some(path) = open {
            self.open_project(path);
        }
    }

    /// Shows what is between menu bar and status bar.
    fn screen(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        self.settings.screen = session.screen();
        if session.screen() == Screen::Agreement {
            // A click on a figure lists its passages in the panel below.
            self.bottom_panel(ui, session, requests);
        }
        if session.screen() != Screen::Annotate {
            let (page, find, settings) = (&mut self.page, &mut self.find, &mut self.settings);
            return self.screens.ui(ui, session, &mut Around { page, find, settings }, requests);
        }
        self.bottom_panel(ui, session, requests);
        self.left_panel(ui, session, requests);
        self.right_panel(ui, session, requests);
        let tokens = Tokens::of(ui);
        let page = egui::Frame::new().fill(tokens.page).inner_margin(egui::Margin {
            left: 12,
            right: 0,
            top: 8,
            bottom: 0,
        });
        egui::CentralPanel::default().frame(page).show(ui, |ui| self.centre(ui, session, requests));
    }

    pub(super) fn panel_frame(tokens: &Tokens) -> egui::Frame {
        egui::Frame::new()
            .fill(tokens.panel)
            .inner_margin(egui::Margin::symmetric(space::M as i8, space::S as i8))
    }

    fn left_panel(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let tokens = Tokens::of(ui);
        let mut open = self.settings.left_open;
        let panel = Panel::left("left")
            .default_size(250.0)
            .size_range(180.0..=460.0)
            .frame(Self::panel_frame(tokens));
        panel.show_collapsible(ui, &mut open, |ui| {
            let plain = egui::Frame::new().inner_margin(egui::Margin { top: 8, ..egui::Margin::ZERO });
            let height = ui.available_height();
            let lower = Panel::bottom("codebook")
                .default_size((height * 0.55).min(310.0))
                .size_range(90.0..=(height - 90.0).max(90.0));
            let lower = lower.frame(plain).show(ui, |ui| {
                ui.set_min_height(ui.available_height());
                codebook::ui(ui, session, requests)
            });
            if let Some(request) = lower.inner {
                self.change_category(session, request, requests);
            }
            egui::CentralPanel::no_frame().show(ui, |ui| {
                documents::tabs(ui, &mut self.settings.contents, requests);
                if self.settings.contents {
                    self.contents.ui(ui, session, self.page.reading_position(), requests);
                } else {
                    self.documents.ui(ui, session, requests);
                }
            });
        });
        self.settings.left_open = open;
    }

    fn bottom_panel(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let tokens = Tokens::of(ui);
        let mut open = self.settings.bottom_open;
        let max_height = (ui.available_height() - 200.0).max(120.0);
        let panel =
            Panel::bottom("passages").resizable(true).default_size(190.0).size_range(96.0..=max_height);
        panel.frame(Self::panel_frame(tokens)).show_collapsible(ui, &mut open, |ui| {
            // Otherwise egui would use the height of the content instead of the height set by the user.
            ui.set_min_height(ui.available_height());
            if session.find().everywhere().is_some() {
                ui.horizontal(|ui| {
                    let shown = &mut self.show_results;
                    tab(ui, shown, false, words::passages_tab(), words::passages_tab_hint());
                    tab(ui, shown, true, words::results_tab(), words::results_tab_hint());
                });
            }
            if self.show_results && session.find().everywhere().is_some() {
                search_results::ui(ui, session, requests);
            } else {
                self.passages.ui(ui, session, &mut self.settings.columns, requests);
            }
        });
        self.settings.bottom_open = open;
    }

    fn centre(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let right = egui::Frame::new().inner_margin(egui::Margin { right: 12, ..egui::Margin::ZERO });
        right.show(ui, |ui| {
            header::title_bar(ui, session, requests);
            ui.add_space(space::XS);
            banners::ui(ui, session, requests);
            self.find.ui(ui, session, requests);
        });
        self.page.ui(ui, session, &self.settings, requests);
    }

    pub(super) fn start_screen(&mut self, ui: &mut Ui) {
        let frame = egui::Frame::new().fill(Tokens::of(ui).page).inner_margin(space::XL);
        let mut choice = None;
        egui::CentralPanel::default().frame(frame).show(ui, |ui| {
            ui.vertical_centered(|ui| {
                ui.add_space(ui.available_height() * 0.25);
                ui.label(egui::RichText::new(words::app_name()).font(strong(26.0)));
                ui.add_space(space::M);
                if let Some(failure) = &self.failure {
                    ui.label(egui::RichText::new(words::failure(failure)).color(Tokens::of(ui).error));
                    ui.add_space(space::M);
                }
                for id in [CommandId::OpenProject, CommandId::NewProject, CommandId::OpenSample] {
                    let button = egui::Button::new(id.command().name).min_size(egui::vec2(240.0, 32.0));
                    if ui.add(button).clicked() {
                        choice = Some(id);
                    }
                    ui.add_space(space::XS);
                }
            });
        });
        if let Some(id) = choice {
            self.run(id);
        }
    }
}

fn tab(ui: &mut Ui, shown: &mut bool, value: bool, name: &str, hint: &str) {
    if widgets::tab(ui, *shown == value, name, hint) {
        *shown = value;
    }
}
