//! Files that are about to come in, as they were read: looked at and mended before a text is frozen. Nothing of this is in
//! the project yet; what the user takes comes in as one step.

mod reading;
mod taking;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use demarche_io::Imported;
use demarche_io::Loss;
use demarche_io::annotations;
use demarche_model::DocumentMeta;

use crate::{JobProgress, Session};

/// Endings of files that name the encoding of their text themselves.
const OWN_ENCODING: [&str; 8] = ["docx", "docm", "odt", "rtf", "pdf", "epub", "xlsx", "ods"];

/// What is done with the files that are looked at.
#[derive(Clone, PartialEq, Debug)]
pub enum PreviewWish {
    /// Looks at these files, and at those in folders.
    Open(Vec<PathBuf>),
    /// Looks at a text from the clipboard.
    OpenText(String),
    /// Takes a candidate or leaves it out.
    Take {
        /// Its number.
        at: usize,
        /// Whether it comes in.
        take: bool,
    },
    /// Takes all that can come in, but for those that are here already; or leaves all out.
    TakeAll(bool),
    /// Changes title, date, author or source of a candidate.
    SetMeta {
        /// Its number.
        at: usize,
        /// What is known of it now.
        meta: Box<DocumentMeta>,
    },
    /// Reads the file of a candidate again in this encoding; `None` to find it out.
    ReadAgain {
        /// Its number.
        at: usize,
        /// The encoding, such as `EUC-KR`.
        encoding: Option<String>,
    },
    /// Brings in what is taken.
    Import,
    /// Stops, and brings in nothing.
    Close,
}

/// The files that are looked at.
#[derive(Default)]
pub struct Preview {
    candidates: Vec<Candidate>,
    /// Files of labelled spans, which come in after the texts.
    labelled: Vec<PathBuf>,
    reading: Option<Arc<JobProgress>>,
    serial: u64,
}

/// A document that may come in, or a file that could not be read.
#[derive(Clone, PartialEq, Debug)]
pub struct Candidate {
    /// Where the file lies; `None` for a text from the clipboard.
    pub path: Option<PathBuf>,
    /// The name of the file.
    pub name: String,
    /// What was read.
    pub found: Found,
    /// Whether it shall come in.
    pub take: bool,
    /// The encoding that was chosen for it.
    pub encoding: Option<String>,
}

/// What came of reading a file.
#[derive(Clone, PartialEq, Debug)]
pub enum Found {
    /// A document.
    Document(Box<FoundDocument>),
    /// Why it could not be read, and what to do.
    Failed(String),
}

/// A document as it was read.
#[derive(Clone, PartialEq, Debug)]
pub struct FoundDocument {
    /// The document; its id is not settled yet.
    pub imported: Imported,
    /// What was left out of it.
    pub dropped: Vec<Loss>,
    /// The title of the document that came from the same file before, here or in this import.
    pub here: Option<String>,
}

impl Candidate {
    /// The document, if it could be read.
    pub fn document(&self) -> Option<&FoundDocument> {
        match &self.found {
            Found::Document(document) => Some(document),
            Found::Failed(_) => None,
        }
    }

    /// Whether it may be read in another encoding.
    pub fn asks_encoding(&self) -> bool {
        let ending = |path: &Path| path.extension().map(|e| e.to_string_lossy().to_lowercase());
        let own = |path: &Path| ending(path).is_some_and(|ending| OWN_ENCODING.contains(&&*ending));
        self.path.as_deref().is_some_and(|path| !own(path))
    }
}

impl Preview {
    /// The candidates, in the order of the files.
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// How many files of labelled spans come in with the texts.
    pub fn labelled(&self) -> usize {
        self.labelled.len()
    }

    /// How far the reading is, while files are read.
    pub fn reading(&self) -> Option<&JobProgress> {
        self.reading.as_deref()
    }

    /// Tells one preview from the next.
    pub fn serial(&self) -> u64 {
        self.serial
    }

    /// How many documents come in.
    pub fn taken(&self) -> usize {
        self.candidates.iter().filter(|candidate| candidate.take).count()
    }

    fn stop(&mut self) {
        if let Some(reading) = self.reading.take() {
            reading.stop();
        }
    }
}

impl Session {
    /// The files that are looked at before they come in.
    pub fn preview(&self) -> Option<&Preview> {
        self.preview.as_ref()
    }

    /// Whether a copy of each imported file is kept beside its text.
    pub fn keeps_originals(&self) -> bool {
        self.keeps_originals
    }

    /// Chooses whether a copy of each imported file is kept beside its text.
    pub fn keep_originals(&mut self, keep: bool) {
        self.keeps_originals = keep;
    }

    /// Does what is wished with the files that are looked at.
    pub(crate) fn preview_wish(&mut self, wish: PreviewWish) {
        match wish {
            PreviewWish::Open(paths) => self.look_at(&paths),
            PreviewWish::OpenText(text) => self.look_at_text(&text),
            PreviewWish::Import => self.take_previewed(),
            PreviewWish::Close => self.close_preview(),
            PreviewWish::ReadAgain { at, encoding } => self.read_candidate_again(at, encoding),
            PreviewWish::TakeAll(all) => {
                for candidate in self.preview.iter_mut().flat_map(|preview| &mut preview.candidates) {
                    candidate.take = all && candidate.document().is_some_and(|found| found.here.is_none());
                }
            }
            PreviewWish::Take { at, take } => {
                if let Some(candidate) = self.candidate(at) {
                    candidate.take = take && candidate.document().is_some();
                }
            }
            PreviewWish::SetMeta { at, meta } => {
                if let Some(Candidate { found: Found::Document(found), .. }) = self.candidate(at) {
                    found.imported.meta = *meta;
                }
            }
        }
    }

    fn candidate(&mut self, at: usize) -> Option<&mut Candidate> {
        self.preview.as_mut()?.candidates.get_mut(at)
    }

    /// A preview with nothing in it yet; one that is open closes.
    fn new_preview(&mut self) -> Preview {
        self.close_preview();
        self.preview_serial += 1;
        Preview { serial: self.preview_serial, ..Preview::default() }
    }

    fn close_preview(&mut self) {
        if let Some(mut preview) = self.preview.take() {
            preview.stop();
        }
    }

    fn look_at_text(&mut self, text: &str) {
        if let Some(why) = self.read_only() {
            return self.notify_error(why);
        }
        let Some(imported) = annotations::from_text(text, "".into()) else {
            return self.notify("There is no text in the clipboard");
        };
        let mut preview = self.new_preview();
        let found = FoundDocument { imported, dropped: Vec::new(), here: None };
        preview.candidates.push(Candidate {
            path: None,
            name: "From the clipboard".to_owned(),
            found: Found::Document(Box::new(found)),
            take: true,
            encoding: None,
        });
        self.preview = Some(preview);
    }
}
