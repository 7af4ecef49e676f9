//! How files come to the session: looked at first, unless the user has chosen otherwise.

use std::path::PathBuf;

use egui::Context;

use super::App;
use crate::requests::Requests;
use demarche_session::{Action, ExchangeAction, PreviewAction};

impl App {
    /// Carries out what panels and dialogs have asked for.
    pub(super) fn perform(&mut self, requests: Requests) {
        requests.into_iter().for_each(|action| self.act(action));
    }

    /// Carries out one action.
    pub(super) fn act(&mut self, action: Action) {
        let Some(session) = &mut self.session else { return };
        session.perform(match action {
            Action::Exchange(ExchangeAction::Import(paths)) if self.settings.preview => {
                PreviewAction::Open(paths).into()
            }
            Action::Exchange(ExchangeAction::ImportText(text)) if self.settings.preview => {
                PreviewAction::OpenText(text).into()
            }
            other => other,
        });
    }

    /// Files that were dropped on the window: a project is opened, everything else imported. Pasted text that was asked
    /// for becomes a document.
    pub(super) fn take_dropped(&mut self, ctx: &Context) {
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        let paths: Vec<PathBuf> = dropped.into_iter().map(|file| file.path().to_owned()).collect();
        match paths.first() {
            Some(first)
                if first.join("project.ron").exists()
                    || first.ends_with("project.ron")
                    || demarche_io::project::is_packet(first) =>
            {
                self.open_later(first.clone());
            }
            Some(_) => self.act(ExchangeAction::Import(paths).into()),
            None => self.take_pasted(ctx),
        }
    }

    /// Chooses whether copies of imported files are kept.
    pub(super) fn keep_originals(&mut self, keep: bool) {
        self.settings.keep_originals = keep;
        if let Some(session) = &mut self.session {
            session.keep_originals(keep);
        }
    }
}
