//! Creates, opens and replaces projects, and closes the window.

use std::path::{Path, PathBuf};

use egui::{Context, Ui, ViewportCommand};

use demarche_io::settings::{RecentProject, documents_folder, sample_folder};
use demarche_session::{DamagedProject, Env, ExchangeAction, Session, SessionError, login_name};

use super::App;
use super::commands::ProgramCommand;
use super::dialogs::{CloseChoice, Dialog, NewProject, NewProjectForm, Purpose, SettingsPage, ShortcutsForm};
use super::preferences::configure;
use super::project_panels::ProjectPanels;
use super::start::{StartChoice, StartPage};
use super::words::{damaged, window as words};

impl App {
    #[deny(clippy::wildcard_enum_match_arm)]
    pub(super) fn perform_program(&mut self, command: ProgramCommand, ctx: &Context) {
        match command {
            ProgramCommand::New => self.ask_for_project(Vec::new()),
            ProgramCommand::NewFromFiles => self.pick(Purpose::NewFromFiles, ctx),
            ProgramCommand::Open => self.pick(Purpose::OpenProject, ctx),
            ProgramCommand::OpenPacket => self.pick(Purpose::OpenPacket, ctx),
            ProgramCommand::OpenSample => {
                let folder = sample_folder();
                self.replace_session(|env| Session::open_sample(&folder, env));
            }
            ProgramCommand::Close => self.close_project(),
            ProgramCommand::Manual => self.toggle_manual(ctx),
            ProgramCommand::Settings => self.open_settings(SettingsPage::General),
            ProgramCommand::Shortcuts => self.dialog = Some(Dialog::Shortcuts(ShortcutsForm::default())),
            ProgramCommand::About => self.dialog = Some(Dialog::About),
            ProgramCommand::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
        }
    }

    /// Shows a session in the window.
    pub fn set_session(&mut self, mut session: Session) {
        // A round is opened from its project.
        if session.open_round().is_none() {
            self.settings.opened(recent(&session));
        }
        self.env = session.env().clone();
        configure(&mut session, &self.settings);
        std::mem::take(&mut self.unsaid).into_iter().for_each(|text| session.notify_error(text));
        let earlier = self.session.replace(session);
        earlier.into_iter().for_each(|earlier| self.earlier.add(earlier));
        self.panels = ProjectPanels::default();
        self.failure = None;
        self.panels.page.request_focus();
        if self.remember {
            self.settings.write();
        }
    }

    /// Remembers the folder in which the session goes on.
    pub(super) fn project_moved(&mut self) {
        let Some(session) = &mut self.session else { return };
        self.settings.opened(recent(session));
        configure(session, &self.settings);
        if self.remember {
            self.settings.write();
        }
    }

    /// Opens another project in this window, after saving the current one.
    pub(super) fn open_project(&mut self, path: PathBuf) {
        if !self.replace_session(|env| Session::open(&path, env)) {
            self.show_damage(&path);
        }
    }

    /// Shows what is wrong with a project that could not be opened, if that is damage.
    pub fn show_damage(&mut self, path: &Path) {
        if let Some(project) = DamagedProject::at(path) {
            self.dialog = Some(Dialog::Damaged(Box::new(project)));
        }
    }

    /// Repairs a project, and opens it.
    pub(super) fn repair_project(&mut self, project: &DamagedProject) {
        let mut kept = Vec::new();
        let is_open = self.replace_session(|env| {
            kept = project.repair()?;
            Session::open(&project.path, env)
        });
        if let (Some(session), true) = (&mut self.session, is_open) {
            session.notify(damaged::repaired(&kept));
        }
    }

    /// Asks for name, location and codebook of a new project, into which files are imported.
    pub(super) fn ask_for_project(&mut self, files: Vec<PathBuf>) {
        let me = self.settings.my_name.clone().or_else(login_name).unwrap_or_default();
        self.dialog = Some(Dialog::NewProject(NewProjectForm::new(documents_folder(), me, files)));
    }

    /// Creates a project and imports its files.
    pub(super) fn new_project(&mut self, project: NewProject) {
        let NewProject { folder, name, preset, me, files } = project;
        if self.replace_session(|env| Session::create(&folder, &name, &preset, &me, env)) {
            self.settings.my_name = Some(me);
            if !files.is_empty() {
                self.perform(ExchangeAction::Import(files));
            }
        }
    }

    /// Shows the start page while no project is open.
    pub(super) fn start_page(&mut self, ui: &mut Ui) {
        self.panels.panes.clear();
        if self.manual_fills(ui) {
            return;
        }
        match self.start.ui(ui, &self.settings, self.failure.as_deref()) {
            Some(StartChoice::Run(id)) => self.run(id),
            Some(StartChoice::Open(path)) => self.open_project(path),
            Some(StartChoice::Forget(path)) => self.settings.forget(&path),
            None => {}
        }
    }

    /// Saves the project, closes it and goes back to the start page.
    fn close_project(&mut self) {
        self.write_settings();
        if self.save_before_leaving() {
            self.session.take().into_iter().for_each(|session| self.earlier.add(session));
            self.panels = ProjectPanels::default();
            self.start = StartPage::default();
            self.failure = None;
        }
    }

    /// Saves before the session ends. Returns whether it may end.
    fn save_before_leaving(&mut self) -> bool {
        self.session
            .as_mut()
            .is_none_or(|session| session.read_only().is_some() || session.save_now().is_ok())
    }

    /// Replaces the session after saving it. Returns whether the other project was opened.
    pub(super) fn replace_session(
        &mut self,
        open: impl FnOnce(Env) -> Result<Session, SessionError>,
    ) -> bool {
        self.write_settings();
        if !self.save_before_leaving() {
            return false;
        }
        // The project may be one that is being closed.
        self.earlier.wait();
        let opened = open(self.env.clone());
        let is_open = opened.is_ok();
        match opened {
            Ok(session) => self.set_session(session),
            Err(error) => match &mut self.session {
                Some(session) => session.notify_error(words::not_opened(&error.to_string())),
                None => self.failure = Some(words::not_opened(&error.to_string())),
            },
        }
        is_open
    }

    /// Saves before the window closes. Asks only if that fails.
    pub(super) fn handle_close(&mut self, ctx: &Context) {
        if !ctx.input(|input| input.viewport().close_requested()) || self.closing {
            return;
        }
        let stays_unsaved = |session: &mut Session| {
            session.has_unsaved() && (session.save_if_writable().is_err() || session.has_unsaved())
        };
        if self.session.as_mut().is_some_and(stays_unsaved) {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            if !matches!(self.dialog, Some(Dialog::Close(_))) {
                self.dialog = Some(Dialog::Close(self.dialog.take().map(Box::new)));
            }
        }
    }

    pub(super) fn close(&mut self, choice: CloseChoice, ctx: &Context) {
        let saved = match (&mut self.session, choice) {
            (Some(session), CloseChoice::Save) => session.save_now().is_ok(),
            (Some(session), CloseChoice::Discard) => {
                session.discard_unsaved();
                true
            }
            (Some(_), CloseChoice::Keep) | (None, _) => true,
        };
        if saved {
            self.closing = true;
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    /// Saves the settings, and the view state of the project.
    pub(super) fn write_settings(&self) {
        if self.remember {
            self.settings.write();
        }
        if let Some(session) = &self.session {
            session.save_local_state();
        }
    }
}

/// The entry of a project among the recent ones.
fn recent(session: &Session) -> RecentProject {
    RecentProject {
        path: session.folder().root().to_owned(),
        name: session.project().name().to_owned(),
        opened_s: Some(session.env().now().0),
    }
}
