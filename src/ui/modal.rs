//! Opens and closes the modal dialog.

use std::path::Path;

use egui::Context;

use demarche_io::settings::RightTab;
use demarche_session::{Session, WindowRequest};

use super::App;
use super::commands::DialogCommand;
use super::dialogs::codebook::{CategoryCommand, CodebookEditor};
use super::dialogs::{Dialog, IdentityForm, LinkForm, Outcome, SettingsForm, SettingsPage};
use super::panels::codebook::CategoryRequest;
use super::requests::Requests;
use super::words::window as words;

impl App {
    pub(super) fn perform_dialog(&mut self, command: DialogCommand) {
        if let Some(session) = &self.session {
            let documents = &self.panels.recent_documents;
            self.dialog = Dialog::for_command(command, session, self.folder(), &self.settings, documents);
        }
    }

    /// Opens the settings at a page.
    pub(super) fn open_settings(&mut self, page: SettingsPage) {
        self.dialog = Some(Dialog::Settings(Box::new(SettingsForm::new(&self.settings, page))));
    }

    /// Shows what the session asks for. An open dialog is never replaced: what it can't show itself waits.
    pub(super) fn answer_asks(&mut self, ctx: &Context) {
        while let Some(session) = &mut self.session
            && let dialog = self.dialog.as_ref()
            && let Some(ask) = session.take_request(|ask| dialog.is_none_or(|dialog| dialog.shows(ask)))
        {
            self.answer(ask, ctx);
        }
    }

    /// Shows what the session asks for, unless that is gone by now.
    #[deny(clippy::wildcard_enum_match_arm)]
    fn answer(&mut self, ask: WindowRequest, ctx: &Context) {
        if let Some(Dialog::Codebook(editor)) = &mut self.dialog {
            return editor.show_report();
        }
        let Some(session) = &self.session else { return };
        self.dialog = match ask {
            WindowRequest::Review => return self.show_tab(RightTab::Review),
            WindowRequest::Printed => {
                let path = session.printed().map(Path::to_owned);
                return path.into_iter().for_each(|path| self.open_file(&path));
            }
            WindowRequest::Original => {
                let path = session.original_to_open();
                return path.into_iter().for_each(|path| self.open_file(&path));
            }
            WindowRequest::Round => {
                let path = session.round_to_open().map(Path::to_owned);
                return path.into_iter().for_each(|path| self.open_project(path));
            }
            WindowRequest::Moved => return self.project_moved(),
            WindowRequest::LinkKind => {
                // For a link drawn with the pointer, the dialog opens where the button was released.
                let by_pointer = ctx.input(|input| input.pointer.any_released());
                let at = ctx.pointer_latest_pos().filter(|_| by_pointer);
                let draft = session.link_draft().cloned();
                draft.map(|draft| Dialog::Link(LinkForm::new(session, draft, at)))
            }
            WindowRequest::Identity => (!session.is_identified())
                .then(|| Dialog::Identity(IdentityForm::new(session, &self.settings))),
            WindowRequest::Merge => session.merging().map(|_| Dialog::Merge),
            WindowRequest::Preview => session.preview().map(|_| Dialog::Preview(Box::default())),
            WindowRequest::Report => session.report().map(|_| Dialog::Report),
        };
    }

    /// Opens a file or folder with the system's program, or notifies the user why that did not work.
    fn open_file(&mut self, path: &Path) {
        let Err(error) = (self.open_with)(path) else { return };
        if let Some(session) = &mut self.session {
            session.notify_error(words::cannot_open(path, &error));
        }
    }

    /// Carries out an entry of a category's context menu.
    pub(super) fn change_category(
        &mut self,
        session: &Session,
        request: CategoryRequest,
        requests: &mut Requests,
    ) {
        let CategoryRequest(id, command) = request;
        self.dialog = match command.task(session, &id, requests) {
            Some(task) => Some(Dialog::CodebookTask(Box::new(task))),
            None if command == CategoryCommand::Edit => {
                let editor = CodebookEditor::new(session, Some(id), self.folder());
                Some(Dialog::Codebook(Box::new(editor)))
            }
            None => self.dialog.take(),
        };
    }

    pub(super) fn show_dialog(&mut self, ctx: &Context, requests: &mut Requests) {
        let Some(mut dialog) = self.dialog.take() else { return };
        match dialog.ui(ctx, self.session.as_ref(), requests) {
            Outcome::Stay => self.dialog = Some(dialog),
            Outcome::Close => {
                self.panels.page.request_focus();
                self.dialog = dialog.on_close(self.session.as_ref(), requests);
            }
            Outcome::ApplySettings(settings) => {
                self.put_settings(*settings, ctx);
                self.dialog = Some(dialog);
            }
            Outcome::ChangeShortcuts => self.open_settings(SettingsPage::Shortcuts),
            Outcome::ShowManual(page) => self.manual.open(page),
            Outcome::OpenProject(path) => self.open_project(path),
            Outcome::Repair(project) => self.repair_project(&project),
            Outcome::OpenReadOnly(project) => {
                self.replace_session(|env| project.open_read_only(env));
            }
            Outcome::NewProject(project) => self.new_project(*project),
            Outcome::Browse(purpose) => {
                self.dialog = Some(dialog);
                self.pick(purpose, ctx);
            }
            Outcome::Picked(purpose, paths) => {
                self.panels.page.request_focus();
                self.picked(purpose, paths);
            }
            Outcome::OpenFile(path) => {
                self.dialog = Some(dialog);
                self.open_file(&path);
            }
            Outcome::Closing(choice) => self.close(choice, ctx),
        }
    }
}
