//! Dialogs: one open at a time, over everything else. Escape closes, Enter goes on.

mod close;
pub mod codebook;
mod details;
mod export;
pub mod files;
mod history;
mod info;
mod link;
mod merge_project;
mod new_project;
mod occurrences;
mod open;
mod packet;
mod palette;
mod people;
mod preview;
mod propose;
mod update;

use std::path::{Path, PathBuf};

use egui::{Context, Id, Key, Modal, Ui};

use demarche_io::project::Preset;
use demarche_session::Session;

use super::theme::{size, space, strong};
use crate::requests::Requests;

pub use close::CloseChoice;
pub use codebook::{CodebookEditor, Task};
pub use details::{DocumentForm, ProjectForm};
pub use export::ExportForm;
pub use files::{FilePicker, PathForm, Purpose, drop_hint};
pub use history::HistoryForm;
pub use link::LinkForm;
pub use new_project::NewProjectForm;
pub use occurrences::OccurrencesForm;
pub use packet::PacketForm;
pub use palette::Palette;
pub use people::PeopleForm;
pub use preview::ImportPreview;
pub use propose::ProposeForm;
pub use update::{EarlierForm, UpdateForm, WaitingForm};

/// What a dialog wants of the window beside actions.
#[derive(Clone, PartialEq, Debug)]
pub enum Outcome {
    /// Stay open.
    Stay,
    /// Close.
    Close,
    /// Open this project.
    OpenProject(PathBuf),
    /// Make a project: folder, name, codebook.
    NewProject { folder: PathBuf, name: String, preset: Box<Preset> },
    /// Ask the system for a file.
    Browse(Purpose),
    /// Close, and take over files or folders that were chosen.
    Picked(Purpose, Vec<PathBuf>),
    /// How to close.
    Closing(CloseChoice),
}

/// The dialog that is open.
pub enum Dialog {
    /// A path, typed or picked in the window.
    Path(PathForm),
    /// A new project.
    NewProject(NewProjectForm),
    /// What to export and where to.
    Export(ExportForm),
    /// What to tag every occurrence as.
    Occurrences(OccurrencesForm),
    /// What kind of link to make.
    Link(LinkForm),
    /// Anything by name.
    Palette(Palette),
    /// Title, date, source.
    Document(DocumentForm),
    /// Another text for a document.
    Update(Box<UpdateForm>),
    /// Passages that wait since the text has changed.
    Waiting(WaitingForm),
    /// The texts that a document had before.
    Earlier(EarlierForm),
    /// Name of the project, who works here.
    Project(ProjectForm),
    /// The people of the project.
    People(Box<PeopleForm>),
    /// What to change of a passage of somebody else.
    Propose(Box<ProposeForm>),
    /// The codebook, to be changed.
    Codebook(Box<CodebookEditor>),
    /// One change of the codebook.
    CodebookTask(Box<Task>),
    /// Who changed what, and when.
    History(HistoryForm),
    /// What merging another copy of the project would bring.
    Merge,
    /// For whom a packet is.
    Packet(PacketForm),
    /// All keys.
    Shortcuts,
    /// What this program is.
    About,
    /// What is wrong in the project's files.
    Problems,
    /// Files that are about to come in.
    Preview(Box<ImportPreview>),
    /// What an import or export could not carry.
    Report,
    /// Whether to close the window with unsaved work, over the dialog that is open.
    Close(Option<Box<Dialog>>),
}

impl Dialog {
    /// Shows the dialog and says what becomes of it.
    pub fn ui(&mut self, ctx: &Context, session: Option<&Session>, requests: &mut Requests) -> Outcome {
        // An id for each kind, since a dialog remembers its size under it.
        let part = if let Self::CodebookTask(task) = self { Some(task.part()) } else { None };
        let stage = if let Self::Update(form) = self { form.part() } else { 0 };
        let id = Id::unique(("dialog", std::mem::discriminant(self), part, stage));
        let frame = egui::Frame::window(&ctx.global_style()).inner_margin(space::L);
        let modal = match self {
            Self::Link(form) => Modal::new(id).area(area_at(ctx, id, form.pointer())),
            _ => Modal::new(id),
        };
        let modal = modal.frame(frame).show(ctx, |ui| {
            ui.set_width(self.width_px(ctx).min(ctx.content_rect().width() - 2.0 * space::XL));
            self.content(ui, session, requests)
        });
        match modal.inner {
            Outcome::Stay if !self.stays() && modal.should_close() => Outcome::Close,
            outcome => outcome,
        }
    }

    #[deny(clippy::wildcard_enum_match_arm)]
    fn width_px(&self, ctx: &Context) -> f32 {
        match self {
            Self::About | Self::Close(_) => 400.0,
            Self::Link(form) if form.pointer().is_some() => 380.0,
            Self::Link(_) => 480.0,
            Self::NewProject(_)
            | Self::Export(_)
            | Self::Occurrences(_)
            | Self::Document(_)
            | Self::Project(_)
            | Self::Propose(_)
            | Self::Packet(_)
            | Self::Report => 460.0,
            Self::Palette(_) | Self::Path(_) | Self::Problems => 560.0,
            Self::Merge => 680.0,
            Self::Shortcuts | Self::History(_) | Self::Earlier(_) => 760.0,
            Self::People(_) => 780.0,
            Self::Waiting(_) => 980.0,
            Self::Codebook(_) => CodebookEditor::width(ctx),
            Self::CodebookTask(task) => task.width(),
            Self::Preview(_) => ImportPreview::width(ctx),
            Self::Update(form) => form.width(),
        }
    }

    /// Whether a click beside it or Escape leaves it open, since work would be lost.
    fn stays(&self) -> bool {
        match self {
            Self::CodebookTask(task) => task.stays(),
            Self::Update(form) => form.stays(),
            Self::Waiting(form) => form.stays(),
            _ => false,
        }
    }

    /// Takes over a path that was picked for it. Of a dialog that has no field for one nothing is changed.
    pub fn set_path(&mut self, path: &Path) {
        match self {
            Self::NewProject(form) => form.set_file(path.to_owned()),
            Self::Export(form) => form.set_path(path.to_owned()),
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
            (Self::About, _) => info::about(ui),
            (Self::Shortcuts, _) => info::shortcuts(ui),
            (Self::Export(form), Some(session)) => form.ui(ui, session, requests),
            (Self::History(form), Some(session)) => form.ui(ui, session, requests),
            (Self::Occurrences(form), Some(session)) => form.ui(ui, session, requests),
            (Self::Link(form), Some(session)) => form.ui(ui, session, requests),
            (Self::Palette(palette), Some(session)) => palette.ui(ui, session, requests),
            (Self::Document(form), Some(_)) => form.ui(ui, requests),
            (Self::Project(form), Some(session)) => form.ui(ui, session, requests),
            (Self::People(form), Some(session)) => form.ui(ui, session, requests),
            (Self::Propose(form), Some(session)) => form.ui(ui, session, requests),
            (Self::Codebook(editor), Some(session)) => editor.ui(ui, session, requests),
            (Self::CodebookTask(task), Some(session)) => task.ui(ui, session, requests),
            (Self::Preview(preview), Some(session)) => preview.ui(ui, session, requests),
            (Self::Update(form), Some(session)) => form.ui(ui, session, requests),
            (Self::Waiting(form), Some(session)) => form.ui(ui, session, requests),
            (Self::Earlier(form), Some(session)) => form.ui(ui, session),
            (Self::Problems, Some(session)) => info::problems(ui, session),
            (Self::Report, Some(session)) => info::report(ui, session),
            (Self::Merge, Some(session)) => merge_project::ui(ui, session, requests),
            (Self::Packet(form), Some(session)) => form.ui(ui, session, requests),
            (Self::Close(_), Some(session)) => close::ui(ui, session),
            (_, None) => Outcome::Close,
        }
    }
}

/// Where a dialog lies: at a point, kept inside the window, or in the middle.
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

/// The title of a dialog.
fn title(ui: &mut Ui, text: &str) {
    ui.label(egui::RichText::new(text).font(strong(size::HEADING)));
    ui.add_space(space::S);
}

/// The buttons at the foot: the one that goes on, and Cancel. Enter is the first.
fn buttons(ui: &mut Ui, go: &str, enabled: bool) -> Option<bool> {
    let answer = buttons_below(ui, go, enabled);
    let enter = enabled && ui.input(|input| input.key_pressed(Key::Enter) && !input.modifiers.shift);
    if enter && !egui::Popup::is_any_open(ui.ctx()) { Some(true) } else { answer }
}

/// As [`buttons`], at the end of a row that has begun.
fn buttons_in_row(ui: &mut Ui, go: &str, enabled: bool) -> Option<bool> {
    let answer = pair(ui, go, enabled);
    let enter = enabled && ui.input(|input| input.key_pressed(Key::Enter) && !input.modifiers.shift);
    if enter && !egui::Popup::is_any_open(ui.ctx()) { Some(true) } else { answer }
}

/// As [`buttons`], where Enter is for the fields.
fn buttons_below(ui: &mut Ui, go: &str, enabled: bool) -> Option<bool> {
    ui.add_space(space::M);
    pair(ui, go, enabled)
}

/// The button that goes on, and Cancel.
fn pair(ui: &mut Ui, go: &str, enabled: bool) -> Option<bool> {
    let mut answer = None;
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        ui.add_enabled_ui(enabled, |ui| {
            if super::widgets::primary_button(ui, go).clicked() {
                answer = Some(true);
            }
        });
        if ui.button("Cancel").clicked() {
            answer = Some(false);
        }
    });
    answer
}

/// A button at the right of a dialog's foot that only closes it.
fn close_button(ui: &mut Ui) -> Outcome {
    ui.add_space(space::M);
    let clicked = ui
        .with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            super::widgets::primary_button(ui, "Close").clicked()
        })
        .inner;
    if clicked { Outcome::Close } else { Outcome::Stay }
}
