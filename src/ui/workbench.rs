//! The workbench: the panels around the text of an open project, and what stands instead where none is open.

use egui::{Panel, Ui};

use demarche_session::{Screen, Session};

use super::commands::CommandId;
use super::panels::{banners, codebook, documents, found, header, menu, status};
use super::requests::Requests;
use super::screens::Around;
use super::theme::{Tokens, space, strong};
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
            self.open_later(path);
        }
    }

    /// What stands between menu bar and status bar.
    fn screen(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        self.settings.screen = session.screen();
        if session.screen() == Screen::Agreement {
            // A figure opens its passages below.
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
                documents::head(ui, &mut self.settings.contents, requests);
                if self.settings.contents {
                    self.contents.ui(ui, session, self.page.reading(), requests);
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
        let most = (ui.available_height() - 200.0).max(120.0);
        let panel = Panel::bottom("passages").resizable(true).default_size(190.0).size_range(96.0..=most);
        panel.frame(Self::panel_frame(tokens)).show_collapsible(ui, &mut open, |ui| {
            // A panel takes the height of what is in it for the one that was chosen.
            ui.set_min_height(ui.available_height());
            if session.find().everywhere().is_some() {
                ui.horizontal(|ui| {
                    tab(ui, &mut self.show_found, false, "Passages", "What is tagged");
                    tab(
                        ui,
                        &mut self.show_found,
                        true,
                        "Found",
                        "What the search in all documents has found",
                    );
                });
            }
            if self.show_found && session.find().everywhere().is_some() {
                found::ui(ui, session, requests);
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
                ui.label(egui::RichText::new("Demarche").font(strong(26.0)));
                ui.add_space(space::M);
                if let Some(failure) = &self.failure {
                    ui.label(egui::RichText::new(widgets::sentence(failure)).color(Tokens::of(ui).error));
                    ui.add_space(space::M);
                }
                for (name, id) in [
                    ("Open project…", CommandId::OpenProject),
                    ("New project…", CommandId::NewProject),
                    ("Open the sample project", CommandId::OpenSample),
                ] {
                    if ui.add(egui::Button::new(name).min_size(egui::vec2(240.0, 32.0))).clicked() {
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
