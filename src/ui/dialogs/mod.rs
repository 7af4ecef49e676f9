//! Dialogs: one is open at a time, over everything else. Enter confirms, Escape closes.

mod assign;
mod bookmarks;
mod calendar;
mod close;
pub mod codebook;
mod damaged;
mod details;
mod export;
mod export_view;
pub mod files;
mod footer;
mod freeze;
mod history;
mod identity;
mod info;
mod link;
mod merge_project;
mod new_project;
mod occurrences;
mod open;
mod packet;
mod palette;
mod path_field;
mod people;
mod preview;
mod print;
mod propose;
mod return_document;
mod settings;
mod settle_in_bulk;
mod shortcuts;
mod update;
mod view;

use std::path::{Path, PathBuf};

use egui::{Context, Id, Modal, Ui};

use demarche_session::{DamagedProject, Session};

use super::Settings;
use super::manual::ManualPage;
use super::theme::{size, space, strong};
use crate::requests::Requests;

pub use assign::AssignForm;
pub use calendar::CalendarForm;
pub use close::CloseChoice;
pub use codebook::{CodebookEditor, Task};
pub use details::{DocumentForm, ProjectForm};
pub use export::ExportForm;
pub use export_view::ExportViewForm;
pub use files::{FilePicker, PathForm, Purpose, drop_hint};
pub use freeze::FreezeForm;
pub use history::HistoryForm;
pub use identity::IdentityForm;
pub use link::LinkForm;
pub use new_project::{NewProject, NewProjectForm};
pub use occurrences::OccurrencesForm;
pub use packet::PacketForm;
pub use palette::{Palette, Recent};
pub use people::PeopleForm;
pub use preview::ImportPreview;
pub use print::PrintForm;
pub use propose::ProposeForm;
pub use return_document::ReturnForm;
pub use settings::{SettingsForm, SettingsPage};
pub use settle_in_bulk::BulkForm;
pub use shortcuts::ShortcutsForm;
pub use update::{EarlierForm, InDoubtForm, UpdateForm};
pub use view::ViewForm;

use footer::{Answer, buttons, buttons_in_row, buttons_without_enter, close_button, close_or_open, entered};

/// What a dialog asks the window to do, apart from its requests.
#[derive(Clone, PartialEq, Debug)]
pub enum Outcome {
    /// Stay open.
    Stay,
    /// Close.
    Close,
    /// Open a project.
    OpenProject(PathBuf),
    /// Repair a project, and open it.
    Repair(Box<DamagedProject>),
    /// Open what can be read of a damaged project.
    OpenReadOnly(Box<DamagedProject>),
    /// Create a project.
    NewProject(Box<NewProject>),
    /// Ask the system for a file.
    Browse(Purpose),
    /// Close, and use the files or folders that were picked.
    Picked(Purpose, Vec<PathBuf>),
    /// Stay open, and open a file or folder with the system's program for it.
    OpenFile(PathBuf),
    /// Stay open, and apply these settings.
    ApplySettings(Box<Settings>),
    /// Open the settings page at the shortcuts.
    ChangeShortcuts,
    /// Close, and show a page of the manual.
    ShowManual(ManualPage),
    /// Close the window.
    Closing(CloseChoice),
}

/// The dialog that is open.
pub enum Dialog {
    /// A path, typed or picked in the window.
    Path(PathForm),
    /// A new project.
    NewProject(NewProjectForm),
    /// A project that can't be opened as it is.
    Damaged(Box<DamagedProject>),
    /// An export of passages.
    Export(ExportForm),
    /// The bookmarks.
    Bookmarks,
    /// Events and phases.
    Calendar(CalendarForm),
    /// An export of the view on the Analyse screen.
    ExportView(ExportViewForm),
    /// A page to print.
    Print(PrintForm),
    /// Tagging all occurrences of a text.
    Occurrences(OccurrencesForm),
    /// The kind of a link.
    Link(LinkForm),
    /// The palette.
    Palette(Palette),
    /// Details of a document.
    Document(DocumentForm),
    /// A new text for a document.
    Update(Box<UpdateForm>),
    /// Passages in doubt since a text was updated.
    InDoubt(InDoubtForm),
    /// Earlier versions of a document's text.
    Earlier(EarlierForm),
    /// Details of the project.
    Project(ProjectForm),
    /// The question who the user is.
    Identity(IdentityForm),
    /// The people of the project.
    People(Box<PeopleForm>),
    /// The assignment of documents by a design.
    Assign(Box<AssignForm>),
    /// A proposal for another annotator's passage.
    Propose(Box<ProposeForm>),
    /// The codebook editor.
    Codebook(Box<CodebookEditor>),
    /// One change of the codebook.
    CodebookTask(Box<Task>),
    /// The name under which a view is saved.
    View(ViewForm),
    /// The history.
    History(HistoryForm),
    /// A merge with another copy of the project.
    Merge,
    /// A packet.
    Packet(PacketForm),
    /// A document that is returned to a coder.
    Return(ReturnForm),
    /// A round that is to be frozen.
    Freeze(FreezeForm),
    /// Settling differences by a rule.
    Bulk(Box<BulkForm>),
    /// The settings page.
    Settings(Box<SettingsForm>),
    /// All shortcuts.
    Shortcuts(ShortcutsForm),
    /// Version and licences.
    About,
    /// Problems in the project's files.
    Problems,
    /// The latest notices.
    Notices,
    /// A preview of files to import.
    Preview(Box<ImportPreview>),
    /// The report of an import or export.
    Report,
    /// The question on closing the window with unsaved changes, over the dialog that was open.
    Close(Option<Box<Dialog>>),
}

impl Dialog {
    /// Shows the dialog.
    pub fn ui(&mut self, ctx: &Context, session: Option<&Session>, requests: &mut Requests) -> Outcome {
        // An id for each kind and stage, since egui remembers the size of a dialog under its id.
        let task = if let Self::CodebookTask(task) = self { Some(task.size_key()) } else { None };
        let stage = if let Self::Update(form) = self { form.size_key() } else { 0 };
        let id = Id::unique(("dialog", std::mem::discriminant(self), task, stage));
        let frame = egui::Frame::window(&ctx.global_style()).inner_margin(space::L);
        let modal = match self {
            Self::Link(form) => Modal::new(id).area(area_at(ctx, id, form.pointer())),
            _ => Modal::new(id),
        };
        let modal = modal.frame(frame).show(ctx, |ui| {
            ui.set_width(self.width_px(ctx).min(ctx.content_rect().width() - 2.0 * space::XL));
            self.content(ui, session, requests)
        });
        footer::follow_focus(ctx);
        match modal.inner {
            Outcome::Stay if !self.has_work() && modal.should_close() => Outcome::Close,
            outcome => outcome,
        }
    }

    #[deny(clippy::wildcard_enum_match_arm)]
    fn width_px(&self, ctx: &Context) -> f32 {
        match self {
            Self::About | Self::Close(_) | Self::Identity(_) | Self::View(_) => 400.0,
            Self::Link(form) if form.pointer().is_some() => 380.0,
            Self::Link(_) => 480.0,
            Self::NewProject(_)
            | Self::Export(_)
            | Self::ExportView(_)
            | Self::Calendar(_)
            | Self::Print(_)
            | Self::Document(_)
            | Self::Project(_)
            | Self::Propose(_)
            | Self::Packet(_)
            | Self::Return(_)
            | Self::Report => 460.0,
            Self::Bulk(_) => 520.0,
            Self::Palette(_)
            | Self::Occurrences(_)
            | Self::Bookmarks
            | Self::Path(_)
            | Self::Problems
            | Self::Notices
            | Self::Damaged(_) => 560.0,
            Self::Settings(_) | Self::Freeze(_) => 620.0,
            Self::Merge => 680.0,
            Self::History(_) | Self::Earlier(_) => 760.0,
            Self::Shortcuts(_) => 900.0,
            Self::People(_) | Self::Assign(_) => 780.0,
            Self::InDoubt(_) => 980.0,
            Self::Codebook(_) => CodebookEditor::width(ctx),
            Self::CodebookTask(task) => task.width(),
            Self::Preview(_) => ImportPreview::width(ctx),
            Self::Update(form) => form.width(),
        }
    }

    /// Whether work would be lost if Escape or a click outside closed it.
    fn has_work(&self) -> bool {
        match self {
            Self::CodebookTask(task) => task.has_work(),
            Self::Update(form) => form.has_work(),
            Self::InDoubt(form) => form.has_work(),
            _ => false,
        }
    }

    /// Sets the path to one from the system's dialog, if the dialog has a field for it.
    pub fn set_path(&mut self, path: &Path) {
        match self {
            Self::NewProject(form) => form.set_file(path.to_owned()),
            Self::Export(form) => form.set_path(path.to_owned()),
            Self::ExportView(form) => form.set_path(path.to_owned()),
            Self::History(form) => form.set_path(path.to_owned()),
            Self::Packet(form) => form.set_path(path.to_owned()),
            Self::Codebook(editor) => editor.set_path(path.to_owned()),
            Self::CodebookTask(task) => task.set_path(path.to_owned()),
            Self::Update(form) => form.set_path(path),
            _ => {}
        }
    }

    /// Whether a path can be typed into it.
    pub fn has_path(&self) -> bool {
        matches!(
            self,
            Self::NewProject(_)
                | Self::Export(_)
                | Self::ExportView(_)
                | Self::History(_)
                | Self::Packet(_)
                | Self::Codebook(_)
                | Self::CodebookTask(_)
                | Self::Update(_)
        )
    }

    fn content(&mut self, ui: &mut Ui, session: Option<&Session>, requests: &mut Requests) -> Outcome {
        match (self, session) {
            (Self::Path(form), _) => form.ui(ui),
            (Self::NewProject(form), _) => form.ui(ui),
            (Self::Damaged(project), _) => damaged::ui(ui, project),
            (Self::About, _) => info::about(ui),
            (Self::Shortcuts(form), _) => form.ui(ui),
            (Self::Export(form), Some(session)) => form.ui(ui, session, requests),
            (Self::Bookmarks, Some(session)) => bookmarks::ui(ui, session, requests),
            (Self::Calendar(form), Some(session)) => form.ui(ui, session, requests),
            (Self::ExportView(form), Some(session)) => form.ui(ui, session, requests),
            (Self::Print(form), Some(session)) => form.ui(ui, session, requests),
            (Self::View(form), Some(session)) => form.ui(ui, session, requests),
            (Self::History(form), Some(session)) => form.ui(ui, session, requests),
            (Self::Occurrences(form), Some(session)) => form.ui(ui, session, requests),
            (Self::Link(form), Some(session)) => form.ui(ui, session, requests),
            (Self::Palette(palette), Some(session)) => palette.ui(ui, session, requests),
            (Self::Document(form), Some(_)) => form.ui(ui, requests),
            (Self::Project(form), Some(session)) => form.ui(ui, session, requests),
            (Self::Identity(form), Some(session)) => form.ui(ui, session, requests),
            (Self::People(form), Some(session)) => form.ui(ui, session, requests),
            (Self::Assign(form), Some(session)) => form.ui(ui, session, requests),
            (Self::Propose(form), Some(session)) => form.ui(ui, session, requests),
            (Self::Codebook(editor), Some(session)) => editor.ui(ui, session, requests),
            (Self::CodebookTask(task), Some(session)) => task.ui(ui, session, requests),
            (Self::Preview(preview), Some(session)) => preview.ui(ui, session, requests),
            (Self::Update(form), Some(session)) => form.ui(ui, session, requests),
            (Self::InDoubt(form), Some(session)) => form.ui(ui, session, requests),
            (Self::Earlier(form), Some(session)) => form.ui(ui, session),
            (Self::Settings(form), session) => form.ui(ui, session),
            (Self::Problems, Some(session)) => info::problems(ui, session),
            (Self::Notices, Some(session)) => info::notices(ui, session),
            (Self::Report, Some(session)) => info::report(ui, session),
            (Self::Merge, Some(session)) => merge_project::ui(ui, session, requests),
            (Self::Packet(form), Some(session)) => form.ui(ui, session, requests),
            (Self::Return(form), Some(session)) => form.ui(ui, session, requests),
            (Self::Freeze(form), Some(session)) => form.ui(ui, session, requests),
            (Self::Bulk(form), Some(session)) => form.ui(ui, session, requests),
            (Self::Close(_), Some(session)) => close::ui(ui, session),
            (_, None) => Outcome::Close,
        }
    }
}

/// The area of a dialog at a point, kept inside the window, or in the middle.
fn area_at(ctx: &Context, id: Id, point: Option<egui::Pos2>) -> egui::Area {
    let area = Modal::default_area(id);
    let window = ctx.content_rect().shrink(space::S);
    match point {
        Some(point) => egui::Area::new(id)
            .kind(egui::UiKind::Modal)
            .order(area.layer().order)
            .fixed_pos(point)
            .constrain_to(window),
        None => area,
    }
}

/// Height in points of the rest of the window, and of title and buttons of a dialog.
const AROUND_FORM: f32 = 140.0;

/// Shows what is between the title and the buttons of a dialog. It scrolls in a window that is too low for it.
fn form<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let height = (ui.ctx().content_rect().height() - AROUND_FORM).max(60.0);
    let area = egui::ScrollArea::vertical().id_salt("form").max_height(height).min_scrolled_height(height);
    area.auto_shrink([false, true]).show(ui, content).inner
}

/// Shows the title of a dialog.
fn title(ui: &mut Ui, text: &str) {
    ui.label(egui::RichText::new(text).font(strong(size::HEADING)));
    ui.add_space(space::S);
}
