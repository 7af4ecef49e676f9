//! Documents as they were read, to be reviewed and corrected before their texts are fixed. None of them is in the project
//! yet; those that the user selects are imported as one step.

mod names;
mod reading;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use demarche_io::annotations::{NameChoice, NameKind};
use demarche_io::import::{Doubt, NewDocument, PassedOver};
use demarche_io::{Problem, documents};
use demarche_model::DocumentMeta;

use super::import::ToImport;
use crate::{JobProgress, Session, WindowRequest};
pub use names::{UnknownNamesChoice, UnknownNamesPreview};

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
    /// Chooses what is done with the names of a list that the project lacks.
    ChooseNames {
        /// The list.
        kind: NameKind,
        /// What is done with them.
        choice: UnknownNamesChoice,
    },
    /// Chooses the entry that a name is mapped to, if the names of its list are mapped.
    ChooseName {
        /// The list.
        kind: NameKind,
        /// The name.
        name: String,
        /// The entry.
        to: NameChoice,
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
    /// The indices of the candidates in the order in which they are listed: first the doubtful ones.
    order: Vec<usize>,
    /// Files in folders that are of no known format.
    passed_over: Vec<PassedOver>,
    /// Files of labelled spans, which come in after the texts.
    labelled: Vec<PathBuf>,
    reading: Option<Arc<JobProgress>>,
    /// The names in the labelled files that the project lacks.
    names: UnknownNamesPreview,
    /// Whether these are being looked for.
    is_checking_names: bool,
    serial: u64,
}

/// A document that may be imported, or a file that could not be read.
#[derive(Clone, PartialEq, Debug)]
pub struct Candidate {
    /// The name of the file; with the title, if the file contains several documents.
    pub name: String,
    /// What was read.
    pub content: CandidateContent,
    /// Whether it is to be imported.
    pub included: bool,
    /// The encoding that was chosen for it.
    pub encoding: Option<String>,
}

/// What came of reading a file.
#[derive(Clone, PartialEq, Debug)]
pub enum CandidateContent {
    /// A document.
    Document(Box<NewDocument>),
    /// Why it could not be read, and what to do.
    Failed(Problem),
}

impl Candidate {
    /// The document, if it could be read.
    pub fn document(&self) -> Option<&NewDocument> {
        match &self.content {
            CandidateContent::Document(document) => Some(document),
            CandidateContent::Failed(_) => None,
        }
    }

    /// The file; `None` for a text from the clipboard.
    pub fn path(&self) -> Option<&Path> {
        match &self.content {
            CandidateContent::Document(document) => document.path.as_deref(),
            CandidateContent::Failed(problem) => Some(&problem.file),
        }
    }

    /// The reasons to look at it before it is imported.
    pub fn doubts(&self) -> impl Iterator<Item = Doubt> {
        self.document().into_iter().flat_map(|document| document.doubts.iter().copied())
    }

    /// Whether there are reasons to look at it.
    pub fn is_doubtful(&self) -> bool {
        self.doubts().next().is_some()
    }

    /// Whether it may be read in another encoding.
    pub fn asks_encoding(&self) -> bool {
        // By the ending alone: the file is not opened for this.
        self.path().is_some_and(|path| !documents::format_of(path, &[]).states_encoding())
    }
}

impl Preview {
    /// The candidates, in the order of the files.
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// The indices of the candidates in the order in which they are listed: first the doubtful ones, then the others, each
    /// in the order of the files.
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// Files in folders that are of no known format, and are not imported.
    pub fn passed_over(&self) -> &[PassedOver] {
        &self.passed_over
    }

    /// Sets the candidates and orders them.
    fn set_candidates(&mut self, candidates: Vec<Candidate>) {
        self.order = (0..candidates.len()).collect();
        self.order.sort_by_key(|at| candidates.get(*at).is_some_and(|candidate| !candidate.is_doubtful()));
        self.candidates = candidates;
    }

    /// How many files of labelled spans come in with the texts.
    pub fn labelled(&self) -> usize {
        self.labelled.len()
    }

    /// How far the reading is, while files are read.
    pub fn reading(&self) -> Option<&JobProgress> {
        self.reading.as_deref()
    }

    /// The names in the labelled files that the project lacks.
    pub fn names(&self) -> &UnknownNamesPreview {
        &self.names
    }

    /// Whether all files have been read, so that they can be imported.
    pub fn is_ready(&self) -> bool {
        self.reading.is_none() && !self.is_checking_names
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
            reading.stop();
        }
    }
}

impl Session {
    /// The files in the preview, before they are imported.
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

    /// Chooses whether a copy of each imported PDF is kept beside its text.
    pub fn keep_pdfs(&mut self, keep: bool) {
        self.staging.keep_pdfs(keep);
    }

    #[deny(clippy::wildcard_enum_match_arm)]
    pub(crate) fn perform_preview(&mut self, action: PreviewAction) {
        match action {
            PreviewAction::Open(paths) => self.preview_files(&paths),
            PreviewAction::OpenText(text) => self.preview_text(&text),
            PreviewAction::ChooseNames { kind, choice } => self.choose_names(kind, choice),
            PreviewAction::ChooseName { kind, name, to } => self.choose_name(kind, name, to),
            PreviewAction::Import => self.import_previewed(),
            PreviewAction::Close => self.staging.close_preview(),
            PreviewAction::ReadAgain { at, encoding } => self.read_candidate_again(at, encoding),
            PreviewAction::IncludeAll(all) => {
                for candidate in
                    self.staging.preview_mut().into_iter().flat_map(|preview| &mut preview.candidates)
                {
                    candidate.included =
                        all && candidate.document().is_some_and(|document| document.existing.is_none());
                }
            }
            PreviewAction::Include { at, include } => {
                if let Some(candidate) = self.candidate(at) {
                    candidate.included = include && candidate.document().is_some();
                }
            }
            PreviewAction::SetMeta { at, meta } => {
                if let Some(Candidate { content: CandidateContent::Document(document), .. }) =
                    self.candidate(at)
                {
                    document.meta = *meta;
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
        let Some(document) = NewDocument::pasted(text) else {
            return self.notify("There is no text in the clipboard");
        };
        let candidate = Candidate {
            name: "From the clipboard".to_owned(),
            content: CandidateContent::Document(Box::new(document)),
            included: true,
            encoding: None,
        };
        let mut preview = Preview::default();
        preview.set_candidates(vec![candidate]);
        self.staging.open_preview(preview);
        self.request(WindowRequest::Preview);
    }

    /// Imports the candidates that are selected, and the labelled files, once all are read.
    fn import_previewed(&mut self) {
        if self.staging.preview().is_none_or(|preview| !preview.is_ready()) {
            return;
        }
        let Some(Preview { candidates, labelled, names, .. }) = self.staging.take_preview() else { return };
        let names = names.name_choices();
        let selected = candidates.into_iter().filter(|candidate| candidate.included);
        let documents = selected.filter_map(|candidate| match candidate.content {
            CandidateContent::Document(document) => Some(*document),
            CandidateContent::Failed(_) => None,
        });
        self.import_read(ToImport { documents: documents.collect(), labelled, names, ..ToImport::default() });
    }
}

#[cfg(test)]
mod tests {
    use demarche_io::{Problem, ProblemKind};

    use super::{Candidate, CandidateContent};

    #[test]
    fn an_encoding_is_asked_for_where_the_format_states_none() {
        let asks = |name: &str| {
            let kind = ProblemKind::NotImported;
            let problem = Problem { file: name.into(), line: None, kind, message: String::new() };
            let content = CandidateContent::Failed(problem);
            Candidate { name: name.to_owned(), content, included: false, encoding: None }.asks_encoding()
        };
        let names = [
            "a.txt", "a.MD", "a.html", "a.csv", "a.srt", "a", "a.docx", "a.DOTX", "a.fodt", "a.doc", "a.pdf",
            "a.epub",
        ];
        let asking: Vec<&str> = names.into_iter().filter(|name| asks(name)).collect();
        assert_eq!(asking, ["a.txt", "a.MD", "a.html", "a.csv", "a.srt", "a"]);
    }
}
