//! What has been read for import and is not in the project yet.

use std::sync::Arc;

use demarche_io::import::KeptOriginals;

use super::preview::Preview;
use super::update::TextUpdate;

/// The preview of an import, and a new text that was compared with a document's.
#[derive(Default)]
pub(crate) struct Staging {
    preview: Option<Preview>,
    last_serial: u64,
    keeps_originals: bool,
    keeps_pdfs: bool,
    text_update: Option<Arc<TextUpdate>>,
}

impl Staging {
    /// The files that are looked at.
    pub fn preview(&self) -> Option<&Preview> {
        self.preview.as_ref()
    }

    /// The files that are looked at, to be changed.
    pub fn preview_mut(&mut self) -> Option<&mut Preview> {
        self.preview.as_mut()
    }

    /// The preview with this serial, unless it has been closed since.
    pub fn preview_of(&mut self, serial: u64) -> Option<&mut Preview> {
        self.preview.as_mut().filter(|preview| preview.serial() == serial)
    }

    /// Opens a preview in place of the one before. Returns its serial.
    pub fn open_preview(&mut self, preview: Preview) -> u64 {
        self.close_preview();
        self.last_serial += 1;
        self.preview = Some(preview.with_serial(self.last_serial));
        self.last_serial
    }

    /// Takes the preview out, to import what is in it.
    pub fn take_preview(&mut self) -> Option<Preview> {
        self.preview.take()
    }

    /// Closes the preview and stops reading its files.
    pub fn close_preview(&mut self) {
        if let Some(mut preview) = self.preview.take() {
            preview.stop();
        }
    }

    /// Whether a copy of each imported file is kept.
    pub fn keeps_originals(&self) -> bool {
        self.keeps_originals
    }

    /// Chooses whether a copy of each imported file is kept.
    pub fn keep_originals(&mut self, keep: bool) {
        self.keeps_originals = keep;
    }

    /// Chooses whether a copy of each imported PDF is kept.
    pub fn keep_pdfs(&mut self, keep: bool) {
        self.keeps_pdfs = keep;
    }

    /// The imported files of which copies are kept.
    pub fn kept_originals(&self) -> KeptOriginals {
        match (self.keeps_originals, self.keeps_pdfs) {
            (true, _) => KeptOriginals::All,
            (false, true) => KeptOriginals::Pdfs,
            (false, false) => KeptOriginals::None,
        }
    }

    /// The text that was compared.
    pub fn text_update(&self) -> Option<&Arc<TextUpdate>> {
        self.text_update.as_ref()
    }

    /// Keeps a text that was compared until the user decides.
    pub fn stage_update(&mut self, update: TextUpdate) {
        self.text_update = Some(Arc::new(update));
    }

    /// Takes the text that was compared out, to apply it.
    pub fn take_update(&mut self) -> Option<Arc<TextUpdate>> {
        self.text_update.take()
    }

    /// Drops the text that was compared.
    pub fn drop_update(&mut self) {
        self.text_update = None;
    }
}
