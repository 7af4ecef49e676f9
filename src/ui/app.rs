//! The application: one session, its panels, at most one dialog. A frame shows the panels, which read the session and
//! push actions; then the actions are carried out.

use egui::{Panel, Ui};

use demarche_io::settings::RightTab;
use demarche_session::{Action, AgreementAction, NavigateAction, PanelId, PassagesAction, Screen, Session};

use super::dialogs::{Dialog, FilePicker, drop_hint};
use super::page::PageState;
use super::panels::contents::ContentsPanel;
use super::panels::documents::{self, DocumentsPanel};
use super::panels::header::FindBar;
use super::panels::inspector::Inspector;
use super::panels::passages::PassagesPanel;
use super::panels::review::ReviewPanel;
use super::panels::{codebook, found, header, menu, status};
use super::screens::{Around, Screens};
use super::theme::{Tokens, install_fonts, install_style, space, strong};
use super::{Settings, keys, widgets};
use crate::requests::Requests;

/// Demarche's window.
pub struct App {
    pub(super) session: Option<Session>,
    pub(super) settings: Settings,
    pub(super) remember: bool,
    pub(super) page: PageState,
    pub(super) screens: Screens,
    pub(super) documents: DocumentsPanel,
    pub(super) contents: ContentsPanel,
    pub(super) inspector: Inspector,
    pub(super) review: ReviewPanel,
    pub(super) passages: PassagesPanel,
    pub(super) find: FindBar,
    pub(super) show_found: bool,
    pub(super) dialog: Option<Dialog>,
    pub(super) picker: Option<FilePicker>,
    pub(super) failure: Option<String>,
    pub(super) closing: bool,
    pub(super) pasting: bool,
    title: String,
}

impl App {
    /// A window on a session. `remember` says whether settings are written to the user's folder.
    pub fn new(ctx: &egui::Context, session: Option<Session>, settings: Settings, remember: bool) -> Self {
        install_fonts(ctx);
        install_style(ctx);
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let mut app = Self {
            session: None,
            settings,
            remember,
            page: PageState::default(),
            screens: Screens::default(),
            documents: DocumentsPanel::default(),
            contents: ContentsPanel::default(),
            inspector: Inspector::default(),
            review: ReviewPanel::default(),
            passages: PassagesPanel::default(),
            find: FindBar::default(),
            show_found: false,
            dialog: None,
            picker: None,
            failure: None,
            closing: false,
            pasting: false,
            title: String::new(),
        };
        app.apply_theme(ctx);
        if let Some(session) = session {
            app.set_session(session);
        }
        app
    }

    /// The open project.
    pub fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// The open project, to be driven by a test.
    pub fn session_mut(&mut self) -> Option<&mut Session> {
        self.session.as_mut()
    }

    /// Puts what to tell instead of a project.
    pub fn set_failure(&mut self, failure: String) {
        self.failure = Some(failure);
    }

    /// What happens between two frames.
    pub fn logic(&mut self, ctx: &egui::Context) {
        if let Some(session) = &mut self.session {
            session.tick();
        }
        self.take_picked();
        self.take_dropped(ctx);
        self.take_keys(ctx);
        self.set_title(ctx);
        self.handle_close(ctx);
        if self.session.as_ref().is_some_and(|session| session.has_unsaved() || !session.notices().is_empty())
        {
            // Autosave and passing messages go by the clock, not by input.
            ctx.request_repaint_after(std::time::Duration::from_secs(1));
        }
    }

    /// Shows a frame and carries out what was asked for in it.
    pub fn frame(&mut self, ui: &mut Ui) {
        let mut requests = Requests::default();
        match self.session.take() {
            Some(session) => {
                self.workbench(ui, &session, &mut requests);
                self.session = Some(session);
            }
            None => self.start_screen(ui),
        }
        self.show_dialog(ui.ctx(), &mut requests);
        drop_hint(ui);
        self.bring_to_front(&requests);
        self.perform(requests);
        self.answer_asks(ui.ctx());
    }

    /// Shows the panel that answers a click: the inspector for a passage in the text, the table for a figure.
    fn bring_to_front(&mut self, requests: &Requests) {
        for action in requests.iter() {
            match action {
                Action::Navigate(
                    NavigateAction::Pick(Some(_)) | NavigateAction::Choose(_) | NavigateAction::ChooseAlso(_),
                ) => {
                    self.bring_inspector();
                }
                Action::Navigate(NavigateAction::GoTo(_))
                    if self.session.as_ref().is_some_and(|s| s.screen() == Screen::Agreement) =>
                {
                    self.show_screen(Screen::Annotate);
                }
                Action::Passages(PassagesAction::Filter(_)) | Action::Agreement(AgreementAction::Open(_)) => {
                    self.settings.bottom_open = true;
                    self.show_found = false;
                }
                _ => {}
            }
        }
    }

    fn workbench(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
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
        self.settings.screen = session.screen().id().to_owned();
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
            if let Some(wish) = lower.inner {
                self.change_category(session, wish, requests);
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
            header::banners(ui, session, requests);
            self.find.ui(ui, session, requests);
        });
        self.page.ui(ui, session, &self.settings, requests);
    }

    fn start_screen(&mut self, ui: &mut Ui) {
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
                    ("Open project…", "project.open"),
                    ("New project…", "project.new"),
                    ("Open the sample project", "project.sample"),
                ] {
                    if ui.add(egui::Button::new(name).min_size(egui::vec2(240.0, 32.0))).clicked() {
                        choice = Some(id);
                    }
                    ui.add_space(space::XS);
                }
            });
        });
        if let Some(id) = choice {
            self.run_without_session(id, ui.ctx());
        }
    }

    /// Opens or shuts a panel; a panel of the right side comes to the front. What stands on one screen alone brings that
    /// screen.
    pub(super) fn toggle_panel(&mut self, panel: PanelId) {
        if matches!(panel, PanelId::Bottom)
            || matches!(panel, PanelId::Inspector | PanelId::Summary | PanelId::Review | PanelId::Inbox)
        {
            self.show_screen(Screen::Annotate);
        }
        let settings = &mut self.settings;
        match panel {
            PanelId::Left => settings.left_open = !settings.left_open,
            PanelId::Right => settings.right_open = !settings.right_open,
            PanelId::Bottom => settings.bottom_open = !settings.bottom_open,
            PanelId::Inspector => settings.show_right(RightTab::Inspector),
            PanelId::Summary => settings.show_right(RightTab::Summary),
            PanelId::Review => settings.show_right(RightTab::Review),
            PanelId::Inbox => settings.show_right(RightTab::Inbox),
        }
    }

    pub(super) fn show_screen(&mut self, screen: Screen) {
        if let Some(session) = &mut self.session {
            session.show_screen(screen);
        }
    }

    fn set_title(&mut self, ctx: &egui::Context) {
        let title = match &self.session {
            Some(session) => format!("{} – Demarche", session.project().name()),
            None => "Demarche".to_owned(),
        };
        if self.title != title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Runs the commands whose keys were pressed.
    fn take_keys(&mut self, ctx: &egui::Context) {
        if self.dialog.is_some() || egui::Popup::is_any_open(ctx) {
            return;
        }
        let text = self.page.has_focus(ctx);
        let typing = !text && ctx.text_edit_focused();
        if text {
            self.take_copy(ctx);
            self.take_second_tags(ctx);
        }
        for id in keys::pressed(ctx, self.session.as_ref(), text, typing) {
            match &mut self.session {
                Some(session) => session.run(id),
                None => self.run_without_session(id, ctx),
            }
        }
    }
}

fn tab(ui: &mut Ui, shown: &mut bool, value: bool, name: &str, hint: &str) {
    if widgets::tab(ui, *shown == value, name, hint) {
        *shown = value;
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        App::logic(self, ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }

    fn save(&mut self, _storage: &mut dyn eframe::Storage) {
        self.write_settings();
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.write_settings();
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}

impl App {
    /// Remembers settings and place.
    pub(super) fn write_settings(&self) {
        if self.remember {
            self.settings.write();
        }
        if let Some(session) = &self.session {
            session.remember_place();
        }
    }
}
