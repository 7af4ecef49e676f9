//! Creates, opens and replaces projects, and closes the window.

use std::path::{Path, PathBuf};

use egui::{Context, ViewportCommand};

use demarche_io::project::Preset;
use demarche_io::settings::{documents_folder, sample_folder};
use demarche_session::{DamagedProject, Env, Session, SessionError};

use super::App;
use super::commands::ProgramCommand;
use super::dialogs::{CloseChoice, Dialog, NewProjectForm, Purpose, ShortcutsForm};
use super::project_panels::ProjectPanels;
use super::words::{damaged, window as words};

impl App {
    #[deny(clippy::wildcard_enum_match_arm)]
    pub(super) fn perform_program(&mut self, command: ProgramCommand, ctx: &Context) {
        match command {
            ProgramCommand::New => {
                self.dialog = Some(Dialog::NewProject(NewProjectForm::new(documents_folder())));
            }
            ProgramCommand::Open => self.pick(Purpose::OpenProject, ctx),
            ProgramCommand::OpenPacket => self.pick(Purpose::OpenPacket, ctx),
            ProgramCommand::OpenSample => {
                let folder = sample_folder();
                self.replace_session(|env| Session::open_sample(&folder, env));
            }
            ProgramCommand::Manual => self.toggle_manual(ctx),
            ProgramCommand::Shortcuts => self.dialog = Some(Dialog::Shortcuts(ShortcutsForm::default())),
            ProgramCommand::About => self.dialog = Some(Dialog::About),
            ProgramCommand::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
        }
    }

    /// Shows a session in the window.
    pub fn set_session(&mut self, mut session: Session) {
        self.settings.opened(session.folder().root());
        session.show_screen(self.settings.screen);
        session.keep_originals(self.settings.keep_originals);
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
        self.settings.opened(session.folder().root());
        session.keep_originals(self.settings.keep_originals);
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

    pub(super) fn new_project(&mut self, folder: &Path, name: &str, preset: &Preset) {
        self.replace_session(|env| Session::create(folder, name, preset, env));
    }

    /// Replaces the session after saving it. Returns whether the other project was opened.
    pub(super) fn replace_session(
        &mut self,
        open: impl FnOnce(Env) -> Result<Session, SessionError>,
    ) -> bool {
        self.write_settings();
        let env = match &mut self.session {
            Some(session) => {
                if session.read_only().is_none() && session.save_now().is_err() {
                    return false;
                }
                session.env().clone()
            }
            None => Env::system(|| {}),
        };
        // The project may be one that is being closed.
        self.earlier.wait();
        let opened = open(env);
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
