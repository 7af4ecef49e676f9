//! Documents and labelled files in and out.

pub(crate) mod export;
mod import;
pub(crate) mod preview;
pub(crate) mod print;
pub(crate) mod staging;
pub(crate) mod update;

use std::collections::BTreeMap;
use std::path::PathBuf;

use demarche_model::{DocumentId, Ranges};

use crate::{ExportRequest, NewTextSource, PrintRequest, Session};

/// Imports and exports.
#[derive(Clone, PartialEq, Debug)]
pub enum ExchangeAction {
    /// Imports files or folders at once, as they are read.
    Import(Vec<PathBuf>),
    /// Imports a text from the clipboard at once.
    ImportText(String),
    /// Exports.
    Export(ExportRequest),
    /// Writes a page to print, and opens it.
    Print(PrintRequest),
    /// Takes the report of an import or export away.
    DismissReport,
}

/// Gives a document another text.
#[derive(Clone, PartialEq, Debug)]
pub enum UpdateAction {
    /// Reads a new text for a document and compares it with the one it has.
    Compare(DocumentId, NewTextSource),
    /// Puts the text that was compared in place, and passages of the user, by the keys of their records, where they were
    /// decided to be.
    Apply(BTreeMap<u32, Ranges>),
    /// Lets go of the text that was compared.
    Cancel,
    /// Places passages of the user that wait for it since the text has changed, by the keys of their records.
    PlacePending { document: DocumentId, places: BTreeMap<u32, Ranges> },
}

impl Session {
    #[deny(clippy::wildcard_enum_match_arm)]
    pub(crate) fn perform_exchange(&mut self, action: ExchangeAction) {
        match action {
            ExchangeAction::Import(paths) => self.import(&paths),
            ExchangeAction::ImportText(text) => self.import_text(&text),
            ExchangeAction::Export(request) => self.export(request),
            ExchangeAction::Print(request) => self.print(request),
            ExchangeAction::DismissReport => self.dismiss_report(),
        }
    }

    #[deny(clippy::wildcard_enum_match_arm)]
    pub(crate) fn perform_update(&mut self, action: UpdateAction) {
        match action {
            UpdateAction::Compare(id, source) => self.prepare_update(&id, source),
            UpdateAction::Apply(decided) => self.apply_update(decided),
            UpdateAction::Cancel => self.drop_update(),
            UpdateAction::PlacePending { document, places } => self.place_pending(&document, places),
        }
    }
}
