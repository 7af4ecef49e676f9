//! Dialogs of single changes of the codebook, shown alone or above the editor.

use std::path::PathBuf;

use egui::{Context, Id, Modal, Ui};

use super::{
    AdoptForm, DeleteAttribute, DeleteForm, ExportCodebook, ImportCodebook, MergeForm, NewCategory,
    RelationsForm, RolesForm, SplitForm,
};
use crate::dialogs::{Outcome, info};
use crate::requests::Requests;
use crate::theme::space;
use demarche_session::{ExchangeAction, Session};

/// A change of the codebook, or what it reports.
pub enum Task {
    /// Adds a category.
    New(Box<NewCategory>),
    /// Merges categories.
    Merge(MergeForm),
    /// Splits a category.
    Split(Box<SplitForm>),
    /// Sets the roles of categories.
    Roles(RolesForm),
    /// Adopts the second edition.
    Adopt(AdoptForm),
    /// Edits the relations between actors and issues.
    Relations(RelationsForm),
    /// Deletes a category.
    Delete(DeleteForm),
    /// Deletes an attribute.
    DeleteAttribute(DeleteAttribute),
    /// Imports another codebook.
    Import(Box<ImportCodebook>),
    /// Exports the codebook.
    Export(Box<ExportCodebook>),
    /// Shows what an import or export could not carry.
    Report,
}

impl Task {
    /// The width of the dialog.
    pub fn width(&self) -> f32 {
        match self {
            Self::Split(form) => form.width(),
            Self::Merge(_) | Self::New(_) | Self::Import(_) | Self::Export(_) => 560.0,
            Self::Roles(_) | Self::Adopt(_) | Self::Relations(_) => 640.0,
            Self::Delete(_) | Self::DeleteAttribute(_) | Self::Report => 480.0,
        }
    }

    /// The key of the size that egui remembers for it.
    pub fn size_key(&self) -> (std::mem::Discriminant<Self>, u8) {
        (std::mem::discriminant(self), if let Self::Split(form) = self { form.size_key() } else { 0 })
    }

    /// Whether work would be lost if Escape or a click outside closed it.
    pub fn has_work(&self) -> bool {
        matches!(self, Self::Split(form) if form.has_work())
    }

    /// Shows the content of the dialog.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        match self {
            Self::New(form) => form.ui(ui, session, requests),
            Self::Merge(form) => form.ui(ui, session, requests),
            Self::Split(form) => form.ui(ui, session, requests),
            Self::Roles(form) => form.ui(ui, session, requests),
            Self::Adopt(form) => form.ui(ui, requests),
            Self::Relations(form) => form.ui(ui, session, requests),
            Self::Delete(form) => form.ui(ui, session, requests),
            Self::DeleteAttribute(form) => form.ui(ui, session, requests),
            Self::Import(form) => form.ui(ui, session, requests),
            Self::Export(form) => form.ui(ui, requests),
            Self::Report => info::report(ui, session),
        }
    }

    /// Shows the dialog above the editor.
    pub fn show(&mut self, ctx: &Context, session: &Session, requests: &mut Requests) -> Outcome {
        let frame = egui::Frame::window(&ctx.global_style()).inner_margin(space::L);
        let id = Id::unique(("codebook-task", self.size_key()));
        let width = self.width().min(ctx.content_rect().width() - 2.0 * space::XL);
        let modal = Modal::new(id).frame(frame).show(ctx, |ui| {
            ui.set_width(width);
            self.ui(ui, session, requests)
        });
        let outcome = match modal.inner {
            Outcome::Stay if !self.has_work() && modal.should_close() => Outcome::Close,
            outcome => outcome,
        };
        if outcome == Outcome::Close {
            self.on_close(requests);
        }
        outcome
    }

    /// Ends what the dialog was for, such as its report.
    #[deny(clippy::wildcard_enum_match_arm)]
    pub fn on_close(&self, requests: &mut Requests) {
        match self {
            Self::Report => requests.push(ExchangeAction::DismissReport),
            Self::New(_)
            | Self::Merge(_)
            | Self::Split(_)
            | Self::Roles(_)
            | Self::Adopt(_)
            | Self::Relations(_)
            | Self::Delete(_)
            | Self::DeleteAttribute(_)
            | Self::Import(_)
            | Self::Export(_) => {}
        }
    }

    /// Sets the path to one from the system's dialog, if there is a field for it.
    pub fn set_path(&mut self, path: PathBuf) {
        match self {
            Self::Import(form) => form.set_path(path),
            Self::Export(form) => form.set_path(path),
            Self::New(_)
            | Self::Merge(_)
            | Self::Split(_)
            | Self::Roles(_)
            | Self::Adopt(_)
            | Self::Relations(_)
            | Self::Delete(_)
            | Self::DeleteAttribute(_)
            | Self::Report => {}
        }
    }
}
