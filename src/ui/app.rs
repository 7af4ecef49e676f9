//! The application: one session, its panels, at most one dialog. In a frame, panels read the session and push
//! requests, which are carried out afterwards.

use std::io;
use std::path::Path;

use egui::Ui;

use demarche_io::settings::ShortcutChanges;
use demarche_model::visible;
use demarche_session::{Action, Closing, Env, ExchangeAction, PreviewAction, ProjectAction, Session};

use super::commands::{CommandId, Effect, WindowCommand};
use super::dialogs::{Dialog, FilePicker, Purpose, drop_hint};
use super::document_font::DocumentFont;
use super::input_queue::InputQueue;
use super::manual::Manual;
use super::open_file::{self, OpenFile};
use super::project_panels::ProjectPanels;
use super::rendering::{Rendering, limit_textures};
use super::requests::{Request, Requests};
use super::sides::{Side, Sides};
use super::signals::Ending;
use super::start::StartPage;
use super::theme::install_style;
use super::words::window as words;
use super::{Settings, keys};

/// Demarche's window.
pub struct App {
    pub(super) session: Option<Session>,
    /// The environment of sessions: that of the last one.
    pub(super) env: Env,
    pub(super) start: StartPage,
    /// Earlier sessions that are being closed.
    pub(super) earlier: Closing,
    pub(super) settings: Settings,
    pub(super) remember: bool,
    pub(super) panels: ProjectPanels,
    /// The room of the side panels of the Annotate screen.
    pub(super) sides: Sides,
    /// The side panel that stays if both don't fit: the one asked for last.
    pub(super) preferred_side: Side,
    pub(super) manual: Manual,
    pub(super) document_font: DocumentFont,
    /// The changes that the keymap of the window has.
    pub(super) keymap_of: Option<ShortcutChanges>,
    /// Notices for the next session.
    pub(super) unsaid: Vec<String>,
    pub(super) dialog: Option<Dialog>,
    pub(super) picker: Option<FilePicker>,
    pub(super) failure: Option<String>,
    pub(super) closing: bool,
    pub(super) pasting: bool,
    input: InputQueue,
    rendering: Rendering,
    ending: Option<Ending>,
    /// The commands that the window runs at the end of the frame.
    deferred: Vec<WindowCommand>,
    title: String,
    /// The part of a step of the text size that the wheel has made so far.
    pub(super) wheel_steps: f32,
    pub(super) open_with: OpenFile,
}

impl App {
    /// Creates a window on a session. `remember` says whether settings are written to the user's folder.
    pub fn new(ctx: &egui::Context, session: Option<Session>, settings: Settings, remember: bool) -> Self {
        install_style(ctx);
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let wake = ctx.clone();
        let env = session.as_ref().map(|session| session.env().clone());
        let mut app = Self {
            session: None,
            env: env.unwrap_or_else(|| Env::system(move || wake.request_repaint())),
            start: StartPage::default(),
            earlier: Closing::default(),
            settings,
            remember,
            panels: ProjectPanels::default(),
            sides: Sides::default(),
            preferred_side: Side::default(),
            manual: Manual::default(),
            document_font: DocumentFont::default(),
            keymap_of: None,
            unsaid: Vec::new(),
            dialog: None,
            picker: None,
            failure: None,
            closing: false,
            pasting: false,
            input: InputQueue::default(),
            rendering: Rendering::default(),
            ending: None,
            deferred: Vec::new(),
            title: String::new(),
            wheel_steps: 0.0,
            open_with: open_file::with_system(),
        };
        app.apply_settings(ctx);
        if let Some(session) = session {
            app.set_session(session);
        }
        app
    }

    /// Saves when a signal ends the program.
    pub(super) fn save_at(&mut self, ending: Ending) {
        self.ending = Some(ending);
    }

    /// Sets how the window is drawn.
    pub(super) fn set_rendering(&mut self, rendering: Rendering, ctx: &egui::Context) {
        rendering.apply(ctx);
        self.rendering = rendering;
    }

    /// Returns the session of the open project.
    pub fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// Returns the session of the open project, for tests to drive.
    pub fn session_mut(&mut self) -> Option<&mut Session> {
        self.session.as_mut()
    }

    /// Replaces the system's program for files, so that tests can see what would be opened.
    pub fn open_files_with(&mut self, open: impl Fn(&Path) -> io::Result<()> + 'static) {
        self.open_with = Box::new(open);
    }

    /// Sets the error that the start page shows.
    pub fn set_failure(&mut self, failure: String) {
        self.failure = Some(failure);
    }

    /// Leaves in `raw` the input of the next pass, and keeps what has to wait for later passes.
    pub fn pass_on_input(&mut self, ctx: &egui::Context, raw: &mut egui::RawInput) {
        self.rendering.take_wheel(ctx, raw);
        self.input.pass_on(ctx, raw);
    }

    /// Returns whether input is waiting for a further pass.
    pub fn has_waiting_input(&self) -> bool {
        self.input.is_waiting()
    }

    /// Does what happens between two frames: autosave, dropped files, shortcuts.
    pub fn logic(&mut self, ctx: &egui::Context) {
        self.rendering.turn_wheel(ctx);
        let has_come_back = ctx.input(|input| input.raw.events.contains(&egui::Event::WindowFocused(true)));
        if let Some(session) = &mut self.session {
            if has_come_back {
                session.came_back();
            }
            session.tick();
        }
        if let Some(ending) = &self.ending {
            ending.follow(self.session.as_mut());
        }
        self.take_picked();
        self.take_copied_figure(ctx);
        self.take_dropped(ctx);
        self.take_wheel(ctx);
        self.take_keys(ctx);
        self.set_title(ctx);
        self.handle_close(ctx);
        let depends_on_clock = |session: &Session| {
            session.has_unsaved()
                || session.save_fault().is_some()
                || !session.notices().is_empty()
                || session.waits_for_lock()
        };
        if self.session.as_ref().is_some_and(depends_on_clock) {
            // Autosave, notices that expire and the lock of another window depend on the clock, not on input.
            ctx.request_repaint_after(std::time::Duration::from_secs(1));
        }
    }

    /// Shows a frame and carries out its requests.
    pub fn frame(&mut self, ui: &mut Ui) {
        let mut requests = Requests::default();
        match self.session.take() {
            Some(session) => {
                self.workbench(ui, &session, &mut requests);
                self.session = Some(session);
            }
            None => self.start_page(ui),
        }
        self.show_dialog(ui.ctx(), &mut requests);
        drop_hint(ui);
        self.perform_requests(requests, ui.ctx());
        self.take_font(ui.ctx());
        self.answer_asks(ui.ctx());
        self.follow_escape(ui.ctx());
        if self.has_waiting_input() {
            ui.ctx().request_repaint();
        }
    }

    /// Carries out the requests of a frame: first changes of the session, then what the window does.
    fn perform_requests(&mut self, requests: Requests, ctx: &egui::Context) {
        for request in requests {
            match request {
                Request::Action(action) => {
                    self.bring_to_front(&action);
                    self.return_to_text(&action);
                    self.perform(action);
                }
                Request::Command(id) => self.run(id),
                Request::Window(command) => self.deferred.push(command),
            }
        }
        for command in std::mem::take(&mut self.deferred) {
            self.perform_window(command, ctx);
        }
    }

    /// Carries out an action. Imports are previewed, unless the user has switched that off.
    pub(super) fn perform(&mut self, action: impl Into<Action>) {
        let Some(session) = &mut self.session else { return };
        match action.into() {
            Action::Exchange(ExchangeAction::Import(paths)) if self.settings.preview => {
                session.perform(PreviewAction::Open(paths));
            }
            Action::Project(ProjectAction::WorkAsNew { name }) => {
                self.settings.my_name.get_or_insert_with(|| name.clone());
                session.perform(ProjectAction::WorkAsNew { name });
            }
            Action::Exchange(ExchangeAction::ImportText(text)) if self.settings.preview => {
                session.perform(PreviewAction::OpenText(text));
            }
            action => session.perform(action),
        }
    }

    /// Runs a command of the table, or notifies the user why it can't run now. Commands of the window are deferred to
    /// the end of the frame.
    pub fn run(&mut self, id: CommandId) {
        if matches!(id, CommandId::SelectSentence | CommandId::SelectParagraph) {
            // Selected words are tagged, or extended by the keyboard.
            self.panels.page.request_focus();
        }
        let command = id.command();
        let deferred = match (&mut self.session, command.effect) {
            (Some(session), _) => command.run(session),
            (None, Effect::Window(deferred)) if command.needs_no_project() => Some(deferred),
            (None, _) => None,
        };
        self.deferred.extend(deferred);
    }

    #[deny(clippy::wildcard_enum_match_arm)]
    fn perform_window(&mut self, command: WindowCommand, ctx: &egui::Context) {
        match command {
            WindowCommand::Program(command) => self.perform_program(command, ctx),
            WindowCommand::Import(command) => self.perform_intake(command, ctx),
            WindowCommand::Dialog(command) => self.perform_dialog(command),
            WindowCommand::Focus(command) => self.perform_focus(command, ctx),
            WindowCommand::Copy(command) => self.perform_copy(command, ctx),
            WindowCommand::Set(command) => self.perform_setting(command, ctx),
            WindowCommand::Toggle(panel) => self.toggle(panel),
            WindowCommand::ShowTab(tab) => self.show_tab(tab),
            WindowCommand::Report => {
                let name = self.session.as_ref().map(|session| words::report_name(session.project().name()));
                self.pick(Purpose::Report { name: name.unwrap_or_default() }, ctx);
            }
            WindowCommand::AgreementReport => {
                let name = self.session.as_ref().map(|session| words::study_name(session.project().name()));
                self.pick(Purpose::AgreementReport { name: name.unwrap_or_default() }, ctx);
            }
            WindowCommand::SaveAs => self.pick(Purpose::SaveAs, ctx),
        }
    }

    fn set_title(&mut self, ctx: &egui::Context) {
        let title = match &self.session {
            Some(session) => {
                let document = session.document().map(|document| visible(&document.meta.title));
                let project = visible(session.project().name());
                words::title(&project, document.as_deref(), session.has_unsaved())
            }
            None => words::app_name().to_owned(),
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
        self.panels.documents.take_keys(ctx);
        let text = self.panels.page.has_focus(ctx);
        let typing = !text && ctx.text_edit_focused();
        if text {
            self.take_copy(ctx);
        }
        for id in keys::take_pressed(ctx, self.session.as_ref(), text, typing) {
            self.run(id);
        }
    }
}

impl eframe::App for App {
    fn raw_input_hook(&mut self, ctx: &egui::Context, raw: &mut egui::RawInput) {
        let is_busy = self.session.as_ref().is_some_and(|session| !session.jobs().running().is_empty());
        self.rendering.watch(ctx, is_busy);
        self.rendering.pace();
        limit_textures(raw);
        self.pass_on_input(ctx, raw);
    }

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
        // The program ends when that is done.
        self.session.take().into_iter().for_each(|session| self.earlier.add(session));
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
