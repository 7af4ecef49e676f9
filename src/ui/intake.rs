//! Files and texts from outside: selected in a file dialog, typed as a path, dropped on the window, or pasted.

use std::path::{Path, PathBuf};

use egui::{Context, Event, ViewportCommand};

use demarche_io::project::{can_be_opened, is_packet};
use demarche_io::settings::documents_folder;
use demarche_session::{AnalyseAction, ExchangeAction, MergeAction, ProjectAction};

use super::App;
use super::commands::ImportCommand;
use super::dialogs::files::Picked;
use super::dialogs::{Dialog, FilePicker, PathForm, Purpose};
use super::words::window as words;

impl App {
    #[deny(clippy::wildcard_enum_match_arm)]
    pub(super) fn perform_intake(&mut self, command: ImportCommand, ctx: &Context) {
        match command {
            ImportCommand::Files => self.pick(Purpose::Import, ctx),
            ImportCommand::Merge => self.pick(Purpose::Merge, ctx),
            ImportCommand::MergeFolder => self.pick(Purpose::MergeFolder, ctx),
            ImportCommand::SendToAll => self.pick(Purpose::PacketFolder, ctx),
            ImportCommand::Clipboard => {
                self.pasting = true;
                ctx.send_viewport_cmd(ViewportCommand::RequestPaste);
            }
        }
    }

    /// Returns the folder in which files were last selected.
    pub(super) fn folder(&self) -> PathBuf {
        self.settings.last_folder.clone().unwrap_or_else(documents_folder)
    }

    /// Opens the system's file dialog. A dialog of the window stays open behind it.
    pub(super) fn pick(&mut self, purpose: Purpose, ctx: &Context) {
        if self.picker.is_none() {
            let ctx = ctx.clone();
            let wake = move || ctx.request_repaint();
            self.picker = Some(FilePicker::open(purpose, self.settings.last_folder.as_deref(), wake));
        }
    }

    pub(super) fn take_picked(&mut self) {
        let Some(answer) = self.picker.as_ref().and_then(FilePicker::poll) else { return };
        self.picker = None;
        match answer {
            Picked::Cancelled => {}
            Picked::Paths(purpose, paths) => self.picked(purpose, paths),
            Picked::NoService(purpose) => self.ask_in_window(purpose),
        }
    }

    /// Asks for a path in the window if the system has no file dialog. Forms with a path field of their own keep it.
    fn ask_in_window(&mut self, purpose: Purpose) {
        if self.dialog.as_ref().is_some_and(Dialog::has_path) {
            if let Some(session) = &mut self.session {
                session.notify(words::no_file_dialog());
            }
            return;
        }
        self.dialog = Some(Dialog::Path(PathForm::new(purpose, self.folder(), true)));
    }

    /// Uses selected files for their purpose.
    pub(super) fn picked(&mut self, purpose: Purpose, paths: Vec<PathBuf>) {
        let Some(first) = paths.first().cloned() else { return };
        let folder = if first.is_dir() && purpose.wants_folder() && purpose != Purpose::OpenProject {
            Some(first.as_path())
        } else {
            first.parent()
        };
        self.settings.last_folder = folder.map(Path::to_owned);
        match purpose {
            Purpose::OpenProject | Purpose::OpenPacket => self.open_project(first),
            Purpose::Merge | Purpose::MergeFolder => self.perform(MergeAction::StartAll(paths)),
            Purpose::PacketFolder => self.perform(MergeAction::WritePackets(first)),
            Purpose::NewFromFiles => self.ask_for_project(paths),
            Purpose::Import => self.perform(ExchangeAction::Import(paths)),
            Purpose::SaveAs => self.perform(ProjectAction::SaveAs(first)),
            Purpose::Report { .. } => self.perform(AnalyseAction::WriteReport(first)),
            Purpose::NewProjectIn => {
                if let Some(Dialog::NewProject(form)) = &mut self.dialog {
                    form.parent = first;
                }
            }
            Purpose::Codebook | Purpose::NewText | Purpose::Export { .. } => {
                if let Some(dialog) = &mut self.dialog {
                    dialog.set_path(&first);
                }
            }
        }
    }

    /// Takes files dropped on the window: a project is opened, anything else is imported.
    pub(super) fn take_dropped(&mut self, ctx: &Context) {
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        let paths: Vec<PathBuf> = dropped.into_iter().map(|file| file.path().to_owned()).collect();
        match paths.first() {
            Some(first) if can_be_opened(first) || is_packet(first) => self.open_project(first.clone()),
            Some(_) if self.session.is_none() => self.ask_for_project(paths),
            Some(_) => self.perform(ExchangeAction::Import(paths)),
            None => self.take_pasted(ctx),
        }
    }

    /// Takes pasted text, which becomes a document if that was asked for.
    fn take_pasted(&mut self, ctx: &Context) {
        if ctx.text_edit_focused() || self.dialog.is_some() {
            return;
        }
        let pasted = ctx.input_mut(|input| {
            let at = input.events.iter().position(|event| matches!(event, Event::Paste(_)))?;
            Some(input.events.remove(at))
        });
        let (Some(Event::Paste(text)), Some(session)) = (pasted, &mut self.session) else { return };
        // The system takes Ctrl+Shift+V for a paste too, so it never arrives as a key.
        if std::mem::take(&mut self.pasting) || ctx.input(|input| input.modifiers.shift) {
            self.perform(ExchangeAction::ImportText(text));
        } else {
            session.notify(words::text_is_fixed());
        }
    }
}
