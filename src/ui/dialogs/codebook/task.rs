//! Dialogs about the codebook that stand alone or above the editor.

use std::path::PathBuf;

use egui::{Context, Id, Modal, Ui};

use super::{DeleteAttribute, DeleteForm, ExportCodebook, ImportCodebook, MergeForm, NewCategory, SplitForm};
use crate::dialogs::{Outcome, info};
use crate::requests::Requests;
use crate::theme::space;
use demarche_session::{ExchangeAction, Session};

/// One thing that is done to the codebook.
pub enum Task {
    /// Add a category.
    New(Box<NewCategory>),
    /// Make several categories one.
    Merge(MergeForm),
    /// Take a category apart.
    Split(Box<SplitForm>),
    /// Remove a category.
    Delete(DeleteForm),
    /// Remove an attribute.
    DeleteAttribute(DeleteAttribute),
    /// Take in what another codebook has.
    Import(Box<ImportCodebook>),
    /// Write the codebook.
    Export(Box<ExportCodebook>),
    /// What an import or export could not carry.
    Report,
}

impl Task {
    /// How wide the dialog is.
    pub fn width(&self) -> f32 {
        match self {
            Self::Split(form) => form.width(),
            Self::Merge(_) | Self::New(_) | Self::Import(_) | Self::Export(_) => 560.0,
            _ => 480.0,
        }
    }

    /// What its size is remembered under.
    pub fn size_key(&self) -> (std::mem::Discriminant<Self>, u8) {
        (std::mem::discriminant(self), if let Self::Split(form) = self { form.size_key() } else { 0 })
    }

    /// Whether a click beside it leaves it open, since work would be lost.
    pub fn has_work(&self) -> bool {
        matches!(self, Self::Split(form) if form.has_work())
    }

    /// Shows what is in the dialog.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        match self {
            Self::New(form) => form.ui(ui, session, requests),
            Self::Merge(form) => form.ui(ui, session, requests),
            Self::Split(form) => form.ui(ui, session, requests),
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

    /// Ends what the dialog was for.
    #[deny(clippy::wildcard_enum_match_arm)]
    pub fn on_close(&self, requests: &mut Requests) {
        match self {
            Self::Report => requests.push(ExchangeAction::DismissReport),
            Self::New(_)
            | Self::Merge(_)
            | Self::Split(_)
            | Self::Delete(_)
            | Self::DeleteAttribute(_)
            | Self::Import(_)
            | Self::Export(_) => {}
        }
    }

    /// Takes over a path that was picked.
    pub fn set_path(&mut self, path: PathBuf) {
        match self {
            Self::Import(form) => form.set_path(path),
            Self::Export(form) => form.set_path(path),
            _ => {}
        }
    }
}
