//! Answers to what the session asks of the window: dialogs, files, clipboard, looks, closing.

use std::path::{Path, PathBuf};

use egui::{Context, Event, Key, ThemePreference, ViewportCommand};

use demarche_io::IoError;
use demarche_io::project::Preset;
use demarche_io::settings::{RightTab, documents_folder, sample_folder};
use demarche_session::{
    AnnotateAction, Ask, Env, ExchangeAction, LinkAction, MergeAction, PreviewAction, Screen, Session,
    TextSize, ThemeChoice, UpdateAction,
};

use super::App;
use super::clipboard::copy;
use super::dialogs::codebook::{
    CategoryCommand, CodebookEditor, ExportCodebook, MergeForm, NewCategory, SplitForm, Task,
};
use super::dialogs::files::Picked;
use super::dialogs::{
    CloseChoice, Dialog, DocumentForm, ExportForm, FilePicker, HistoryForm, LinkForm, NewProjectForm,
    OccurrencesForm, Outcome, PacketForm, Palette, PathForm, PeopleForm, ProjectForm, ProposeForm, Purpose,
};
use super::panels::codebook::CategoryWish;
use crate::requests::Requests;

/// Smallest and greatest size of the text in points.
const TEXT_SIZES: std::ops::RangeInclusive<f32> = 10.0..=32.0;

impl App {
    /// Puts a session into the window.
    pub fn set_session(&mut self, mut session: Session) {
        self.settings.opened(session.folder().root());
        session.show_screen(Screen::of_id(&self.settings.screen));
        session.keep_originals(self.settings.keep_originals);
        self.session = Some(session);
        self.failure = None;
        self.page.request_focus();
        if self.remember {
            self.settings.write();
        }
    }

    pub(super) fn answer_asks(&mut self, ctx: &Context) {
        let asks = self.session.as_mut().map(Session::take_asks).unwrap_or_default();
        asks.into_iter().for_each(|ask| self.answer(ask, ctx));
        if self.dialog.is_none() && self.session.as_ref().is_some_and(|session| session.report().is_some()) {
            self.dialog = Some(Dialog::Report);
        }
        if self.dialog.is_none() && self.session.as_ref().is_some_and(|session| session.preview().is_some()) {
            self.dialog = Some(Dialog::Preview(Box::default()));
        }
    }

    /// What can be asked for with no project open.
    pub(super) fn run_without_session(&mut self, id: &str, ctx: &Context) {
        if let Some(command) = demarche_session::commands::find(id)
            && let demarche_session::commands::Run::Ask(ask) = command.run
        {
            self.answer(ask, ctx);
        }
    }

    fn answer(&mut self, ask: Ask, ctx: &Context) {
        if matches!(ask, Ask::FindEverywhere | Ask::FocusPassages) {
            self.show_screen(Screen::Annotate);
        }
        match ask {
            Ask::OpenProject => self.pick(Purpose::OpenProject, ctx),
            Ask::OpenPacket => self.pick(Purpose::OpenPacket, ctx),
            Ask::Import => self.pick(Purpose::Import, ctx),
            Ask::NewProject => {
                self.dialog = Some(Dialog::NewProject(NewProjectForm::new(documents_folder())))
            }
            Ask::Shortcuts => self.dialog = Some(Dialog::Shortcuts),
            Ask::About => self.dialog = Some(Dialog::About),
            Ask::OpenSample => self.open_sample(ctx),
            Ask::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            Ask::Toggle(panel) => self.toggle_panel(panel),
            Ask::Size(size) => self.set_size(size),
            Ask::Theme(choice) => self.set_theme(choice, ctx),
            Ask::TogglePreview => self.settings.preview = !self.settings.preview,
            Ask::PreviewImports(shown) => self.settings.preview = shown,
            Ask::KeepOriginals(keep) => self.keep_originals(keep),
            Ask::ToggleSnap => self.settings.snap = !self.settings.snap,
            Ask::FocusText => self.page.request_focus(),
            Ask::FocusNext => ctx.memory_mut(|memory| memory.move_focus(egui::FocusDirection::Next)),
            Ask::PasteDocument => {
                self.pasting = true;
                ctx.send_viewport_cmd(ViewportCommand::RequestPaste);
            }
            Ask::Note => {
                self.toggle_panel(demarche_session::PanelId::Inspector);
                self.inspector.focus_note();
            }
            Ask::Attributes => {
                self.toggle_panel(demarche_session::PanelId::Inspector);
                self.inspector.focus_attributes();
            }
            Ask::FocusReview => {
                self.toggle_panel(demarche_session::PanelId::Review);
                self.review.focus_queue();
            }
            Ask::Comment => {
                if !matches!(self.settings.right_tab, RightTab::Review | RightTab::Inbox) {
                    self.toggle_panel(demarche_session::PanelId::Review);
                }
                self.settings.right_open = true;
                self.review.focus_comment();
            }
            other => self.answer_about_project(other, ctx),
        }
    }

    fn answer_about_project(&mut self, ask: Ask, ctx: &Context) {
        let Some(session) = &self.session else { return };
        match ask {
            Ask::Export => {
                self.dialog = Some(Dialog::Export(ExportForm::new(session, self.folder())));
            }
            Ask::ExportPassages => {
                self.dialog = Some(Dialog::Export(ExportForm::new(session, self.folder()).of_table(session)));
            }
            Ask::FocusPassages => {
                self.settings.bottom_open = true;
                self.show_found = false;
                self.passages.request_focus();
            }
            Ask::CopyPassages => self.copy_passages(ctx),
            Ask::CopyAgreement => self.copy_agreement(ctx, false),
            Ask::CopyAgreementCsv => self.copy_agreement(ctx, true),
            Ask::Find => self.find.open(words(session), false),
            Ask::FindEverywhere => {
                self.find.open(words(session), true);
                self.show_found = true;
                self.settings.bottom_open = true;
            }
            Ask::GoToPage => self.dialog = Some(Dialog::Palette(Palette::with("p "))),
            Ask::Contents => {
                self.settings.left_open = true;
                self.settings.contents = true;
                self.contents.request_focus();
            }
            Ask::Palette => self.dialog = Some(Dialog::Palette(Palette::default())),
            Ask::Occurrences => self.dialog = Some(Dialog::Occurrences(OccurrencesForm::new(session))),
            Ask::LinkKind => {
                // A link that was drawn with the pointer is asked for where it was let go.
                let by_pointer = ctx.input(|input| input.pointer.any_released());
                let at = ctx.pointer_latest_pos().filter(|_| by_pointer);
                let draft = session.link_draft().cloned();
                self.dialog = draft.map(|draft| Dialog::Link(LinkForm::new(session, draft, at)));
            }
            Ask::NewCategory
            | Ask::EditCodebook
            | Ask::MergeCategories
            | Ask::SplitCategory
            | Ask::ImportCodebook
            | Ask::ExportCodebook => {
                self.dialog = codebook_dialog(ask, session, self.folder());
            }
            Ask::DocumentDetails => {
                let meta = session.document().map(|document| document.meta.clone());
                self.dialog = meta.map(|meta| Dialog::Document(DocumentForm::new(meta)));
            }
            Ask::UpdateText | Ask::WaitingPassages | Ask::EarlierText => {
                self.dialog = Dialog::of_texts(ask, session, self.folder());
            }
            Ask::ProjectDetails => self.dialog = Some(Dialog::Project(ProjectForm::new(session))),
            Ask::People => self.dialog = Some(Dialog::People(Box::new(PeopleForm::new(session)))),
            Ask::Propose => {
                self.dialog = ProposeForm::new(session).map(|form| Dialog::Propose(Box::new(form)));
            }
            Ask::Problems => self.dialog = Some(Dialog::Problems),
            Ask::History => {
                self.dialog = Some(Dialog::History(HistoryForm::new(session, self.folder())));
            }
            Ask::MergeProject => self.pick(Purpose::Merge, ctx),
            Ask::Merge => self.dialog = Some(Dialog::Merge),
            Ask::SendPacket | Ask::SendBack => {
                let back = ask == Ask::SendBack;
                self.dialog = Some(Dialog::Packet(PacketForm::new(session, self.folder(), back)));
            }
            Ask::CopyCitation if session.chosen().len() > 1 => self.copy_passages(ctx),
            Ask::Copy => copy(ctx, session, false),
            Ask::CopyCitation => copy(ctx, session, true),
            _ => {}
        }
    }

    /// Where files were picked last.
    fn folder(&self) -> PathBuf {
        self.settings.last_folder.clone().unwrap_or_else(documents_folder)
    }

    /// Does what was chosen in the menu of a category.
    pub(super) fn change_category(&mut self, session: &Session, wish: CategoryWish, requests: &mut Requests) {
        let CategoryWish(id, command) = wish;
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
            Outcome::Close => self.closed(&mut dialog, requests),
            Outcome::OpenProject(path) => self.open_later(path),
            Outcome::NewProject { folder, name, preset } => self.new_project(&folder, &name, &preset),
            Outcome::Browse(purpose) => {
                self.dialog = Some(dialog);
                self.pick(purpose, ctx);
            }
            Outcome::Closing(choice) => self.close(choice, ctx),
        }
    }

    /// A dialog has closed. What it was for happens here where the dialog could not do it itself.
    fn closed(&mut self, dialog: &mut Dialog, requests: &mut Requests) {
        self.page.request_focus();
        match dialog {
            Dialog::Path(form) => {
                let paths = form.paths();
                if !paths.is_empty() {
                    self.picked(form.purpose.clone(), paths, requests);
                }
            }
            Dialog::Preview(_) => requests.push(PreviewAction::Close),
            Dialog::Report => requests.push(ExchangeAction::DismissReport),
            Dialog::Merge => requests.push(MergeAction::Cancel),
            Dialog::Update(_) => requests.push(UpdateAction::Cancel),
            Dialog::Link(form) if form.given_up() => requests.push(LinkAction::Cancel),
            Dialog::Codebook(editor) => {
                if let Some(session) = &self.session {
                    editor.flush(session, requests);
                }
            }
            _ => {}
        }
    }

    /// Asks the system for files; a dialog that is open waits.
    fn pick(&mut self, purpose: Purpose, ctx: &Context) {
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
            Picked::Paths(purpose, paths) => {
                let mut requests = Requests::default();
                self.picked(purpose, paths, &mut requests);
                self.perform(requests);
            }
            Picked::NoService(purpose) => self.ask_in_window(purpose),
        }
    }

    /// Where the system has no dialog: forms that have a path field of their own keep it, the others get one.
    fn ask_in_window(&mut self, purpose: Purpose) {
        if self.dialog.as_ref().is_some_and(Dialog::has_path) {
            if let Some(session) = &mut self.session {
                session.notify("This system has no file dialog; type the path into the field");
            }
            return;
        }
        self.dialog = Some(Dialog::Path(PathForm::new(purpose, self.folder(), true)));
    }

    fn picked(&mut self, purpose: Purpose, paths: Vec<PathBuf>, requests: &mut Requests) {
        let Some(first) = paths.first().cloned() else { return };
        let folder = if first.is_dir() && purpose == Purpose::NewProjectIn {
            Some(first.as_path())
        } else {
            first.parent()
        };
        self.settings.last_folder = folder.map(Path::to_owned);
        match purpose {
            Purpose::OpenProject | Purpose::OpenPacket => self.open_later(first),
            Purpose::Merge => requests.push(MergeAction::Start(first)),
            Purpose::Import => requests.push(ExchangeAction::Import(paths)),
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

    /// Opens another project in this window, once this one is saved.
    pub(super) fn open_later(&mut self, path: PathBuf) {
        self.replace_session(|env| Session::open(&path, env));
    }

    fn new_project(&mut self, folder: &Path, name: &str, preset: &Preset) {
        self.replace_session(|env| Session::create(folder, name, preset, env));
    }

    pub(super) fn open_sample(&mut self, _ctx: &Context) {
        let folder = sample_folder();
        self.replace_session(|env| Session::open_sample(&folder, env));
    }

    fn replace_session(&mut self, open: impl FnOnce(Env) -> Result<Session, IoError>) {
        self.write_settings();
        let env = match &mut self.session {
            Some(session) => {
                if session.read_only().is_none() && session.save_now().is_err() {
                    return;
                }
                session.env().clone()
            }
            None => Env::system(|| {}),
        };
        match open(env) {
            Ok(session) => self.set_session(session),
            Err(error) => match &mut self.session {
                Some(session) => session.notify_error(format!("Not opened: {error}")),
                None => self.failure = Some(format!("Not opened: {error}")),
            },
        }
    }

    fn set_size(&mut self, size: TextSize) {
        let size = match size {
            TextSize::Larger => self.settings.text_size + 1.0,
            TextSize::Smaller => self.settings.text_size - 1.0,
            TextSize::Default => super::theme::size::READING,
        };
        self.settings.text_size = size.clamp(*TEXT_SIZES.start(), *TEXT_SIZES.end());
    }

    fn set_theme(&mut self, choice: ThemeChoice, ctx: &Context) {
        let name = match choice {
            ThemeChoice::System => "system",
            ThemeChoice::Light => "light",
            ThemeChoice::Dark => "dark",
        };
        self.settings.theme = name.to_owned();
        self.apply_theme(ctx);
    }

    pub(super) fn apply_theme(&self, ctx: &Context) {
        ctx.options_mut(|options| options.fallback_theme = egui::Theme::Light);
        ctx.set_theme(match self.settings.theme.as_str() {
            "light" => ThemePreference::Light,
            "dark" => ThemePreference::Dark,
            _ => ThemePreference::System,
        });
    }

    /// Shift with a category's key tags the picked passage a second time. The key is taken by its place where the
    /// layout puts another sign there.
    pub(super) fn take_second_tags(&mut self, ctx: &Context) {
        let Some(session) = &mut self.session else { return };
        let mut found = None;
        ctx.input_mut(|input| {
            input.events.retain(|event| {
                let Event::Key { key, physical_key, pressed: true, modifiers, .. } = event else {
                    return true;
                };
                if !modifiers.matches_exact(egui::Modifiers::SHIFT) {
                    return true;
                }
                let hotkey = hotkey_of(physical_key.unwrap_or(*key)).or_else(|| hotkey_of(*key));
                let category = hotkey.and_then(|key| session.project().codebook().by_hotkey(key));
                found = category.map(|category| category.id.clone()).or(found.take());
                category.is_none()
            });
            if found.is_some() {
                input.events.retain(|event| !matches!(event, Event::Text(_)));
            }
        });
        if let Some(category) = found {
            session.perform(AnnotateAction::TagAlso(category));
        }
    }

    /// Closing with unsaved work asks; while it is asked, the window stays.
    pub(super) fn handle_close(&mut self, ctx: &Context) {
        if !ctx.input(|input| input.viewport().close_requested()) || self.closing {
            return;
        }
        let unsaved = self.session.as_ref().is_some_and(|session| session.has_unsaved());
        if unsaved {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.dialog = Some(Dialog::Close);
        }
    }

    fn close(&mut self, choice: CloseChoice, ctx: &Context) {
        let saved = match (&mut self.session, choice) {
            (Some(session), CloseChoice::Save) => session.save_now().is_ok(),
            _ => true,
        };
        if saved {
            self.closing = true;
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }
}

fn codebook_dialog(ask: Ask, session: &Session, folder: PathBuf) -> Option<Dialog> {
    let task = match ask {
        Ask::NewCategory => Task::New(Box::new(NewCategory::new(session.project().codebook()))),
        Ask::MergeCategories => Task::Merge(MergeForm::new(Vec::new())),
        Ask::SplitCategory => Task::Split(Box::new(SplitForm::new(None))),
        Ask::ImportCodebook => Task::Import(Box::default()),
        Ask::ExportCodebook => Task::Export(Box::new(ExportCodebook::new(session, folder))),
        _ => return Some(Dialog::Codebook(Box::new(CodebookEditor::new(session, None, folder)))),
    };
    Some(Dialog::CodebookTask(Box::new(task)))
}

fn hotkey_of(key: Key) -> Option<char> {
    let mut name = key.name().chars();
    match (name.next(), name.next()) {
        (Some(only), None) if only.is_ascii_alphanumeric() && only != '0' => Some(only.to_ascii_lowercase()),
        _ => None,
    }
}

fn words(session: &Session) -> Option<String> {
    (!session.selection().is_empty()).then(|| session.selected_words().map(|query| query.pattern))?
}
