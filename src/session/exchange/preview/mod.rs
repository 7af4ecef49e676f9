//! Files that are about to come in, as they were read: looked at and mended before a text is frozen. Nothing of this is in
//! the project yet; what the user takes comes in as one step.

mod importing;
mod reading;

use std::path::PathBuf;
use std::sync::Arc;

use demarche_io::Imported;
use demarche_io::Loss;
use demarche_io::annotations;
use demarche_io::documents;
use demarche_model::DocumentMeta;

use crate::{Progress, Session, WindowRequest};

/// What is done with the files that are looked at.
#[derive(Clone, PartialEq, Debug)]
pub enum PreviewAction {
    /// Looks at these files, and at those in folders.
    Open(Vec<PathBuf>),
    /// Looks at a text from the clipboard.
    OpenText(String),
    /// Takes a candidate or leaves it out.
    Include {
        /// Its number.
        at: usize,
        /// Whether it comes in.
        include: bool,
    },
    /// Takes all that can come in, but for those that are here already; or leaves all out.
    IncludeAll(bool),
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
    reading: Option<Arc<Progress>>,
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
    pub content: CandidateContent,
    /// Whether it shall come in.
    pub included: bool,
    /// The encoding that was chosen for it.
    pub encoding: Option<String>,
}

/// What came of reading a file.
#[derive(Clone, PartialEq, Debug)]
pub enum CandidateContent {
    /// A document.
    Document(Box<CandidateDocument>),
    /// Why it could not be read, and what to do.
    Failed(String),
}

/// A document as it was read.
#[derive(Clone, PartialEq, Debug)]
pub struct CandidateDocument {
    /// The document. Its id is free now; another one is given where it is taken by the time of the import.
    pub imported: Imported,
    /// What was left out of it.
    pub dropped: Vec<Loss>,
    /// The title of the document that came from the same file before, here or in this import.
    pub existing: Option<String>,
}

impl Candidate {
    /// The document, if it could be read.
    pub fn document(&self) -> Option<&CandidateDocument> {
        match &self.content {
            CandidateContent::Document(document) => Some(document),
            CandidateContent::Failed(_) => None,
        }
    }

    /// Whether it may be read in another encoding.
    pub fn asks_encoding(&self) -> bool {
        // By the ending alone: the file is not opened for this.
        self.path.as_deref().is_some_and(|path| !documents::format_of(path, &[]).states_encoding())
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
    pub fn reading(&self) -> Option<&Progress> {
        self.reading.as_deref()
    }

    /// Tells one preview from the next.
    pub fn serial(&self) -> u64 {
        self.serial
    }

    /// How many documents come in.
    pub fn included(&self) -> usize {
        self.candidates.iter().filter(|candidate| candidate.included).count()
    }

    /// The preview under the serial that tells it from the next.
    pub(crate) fn with_serial(self, serial: u64) -> Self {
        Self { serial, ..self }
    }

    /// Stops reading files.
    pub(crate) fn stop(&mut self) {
        if let Some(reading) = self.reading.take() {
            reading.cancel();
        }
    }
}

impl Session {
    /// The files that are looked at before they come in.
    pub fn preview(&self) -> Option<&Preview> {
        self.staging.preview()
    }

    /// Whether a copy of each imported file is kept beside its text.
    pub fn keeps_originals(&self) -> bool {
        self.staging.keeps_originals()
    }

    /// Chooses whether a copy of each imported file is kept beside its text.
    pub fn keep_originals(&mut self, keep: bool) {
        self.staging.keep_originals(keep);
    }

    #[deny(clippy::wildcard_enum_match_arm)]
    pub(crate) fn perform_preview(&mut self, action: PreviewAction) {
        match action {
            PreviewAction::Open(paths) => self.preview_files(&paths),
            PreviewAction::OpenText(text) => self.preview_text(&text),
            PreviewAction::Import => self.import_previewed(),
            PreviewAction::Close => self.staging.close_preview(),
            PreviewAction::ReadAgain { at, encoding } => self.read_candidate_again(at, encoding),
            PreviewAction::IncludeAll(all) => {
                for candidate in
                    self.staging.preview_mut().into_iter().flat_map(|preview| &mut preview.candidates)
                {
                    candidate.included =
                        all && candidate.document().is_some_and(|found| found.existing.is_none());
                }
            }
            PreviewAction::Include { at, include } => {
                if let Some(candidate) = self.candidate(at) {
                    candidate.included = include && candidate.document().is_some();
                }
            }
            PreviewAction::SetMeta { at, meta } => {
                if let Some(Candidate { content: CandidateContent::Document(found), .. }) = self.candidate(at)
                {
                    found.imported.meta = *meta;
                }
            }
        }
    }

    fn candidate(&mut self, at: usize) -> Option<&mut Candidate> {
        self.staging.preview_mut()?.candidates.get_mut(at)
    }

    fn preview_text(&mut self, text: &str) {
        if let Some(why) = self.read_only() {
            return self.notify_error(why);
        }
        let Some(imported) = annotations::from_text(text, annotations::next_document_id(&self.project))
        else {
            return self.notify("There is no text in the clipboard");
        };
        let found = CandidateDocument { imported, dropped: Vec::new(), existing: None };
        let candidate = Candidate {
            path: None,
            name: "From the clipboard".to_owned(),
            content: CandidateContent::Document(Box::new(found)),
            included: true,
            encoding: None,
        };
        self.staging.open_preview(Preview { candidates: vec![candidate], ..Preview::default() });
        self.request(WindowRequest::Preview);
    }
}

#[cfg(test)]
mod tests {
    use super::{Candidate, CandidateContent};

    #[test]
    fn an_encoding_is_asked_for_where_the_format_states_none() {
        let asks = |name: &str| {
            let content = CandidateContent::Failed(String::new());
            let path = Some(name.into());
            Candidate { path, name: name.to_owned(), content, included: false, encoding: None }
                .asks_encoding()
        };
        let names = [
            "a.txt", "a.MD", "a.html", "a.csv", "a.srt", "a", "a.docx", "a.DOTX", "a.fodt", "a.doc", "a.pdf",
            "a.epub",
        ];
        let asking: Vec<&str> = names.into_iter().filter(|name| asks(name)).collect();
        assert_eq!(asking, ["a.txt", "a.MD", "a.html", "a.csv", "a.srt", "a"]);
    }
}
