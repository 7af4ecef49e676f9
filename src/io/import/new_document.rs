//! Documents that were read but not yet added to the project.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Doubt;
use crate::checksum::sha256;
use crate::decode::title_of;
use crate::documents::{FileDocument, Reader, clean_pasted};
use crate::loss::DocumentLoss;
use crate::{Loss, Problem};
use demarche_analysis::context::shorten;
use demarche_model::{
    Anchors, Document, DocumentId, DocumentMeta, Origin, Progress, Project, Stopped, Text, Versions,
};

/// Greatest length of the title of a pasted text, in characters.
const TITLE: usize = 80;

/// A document that was read but not yet added to a project.
#[derive(Clone, PartialEq, Debug)]
pub struct NewDocument {
    /// The file it was read from; `None` for a pasted text.
    pub path: Option<PathBuf>,
    /// Its metadata. It has no id until it is imported.
    pub meta: DocumentMeta,
    /// Its text.
    pub text: Arc<Text>,
    /// Its anchors.
    pub anchors: Arc<Anchors>,
    /// Content of the file that is not in the text.
    pub dropped: Vec<Loss>,
    /// Reasons to look at it.
    pub doubts: BTreeSet<Doubt>,
    /// The title of the document from the same file, in the project or earlier in the same import.
    pub existing: Option<String>,
}

impl NewDocument {
    /// Returns a document that was read from a file. If the file states no title, the title is the first line if that
    /// is short enough, or else the name of the file.
    fn from_file(path: &Path, file: FileDocument) -> Self {
        let FileDocument { document, origin } = file;
        let stem = Path::new(&origin.file_name).file_stem().unwrap_or_default().to_string_lossy();
        let named = document.title.filter(|title| !title.trim().is_empty());
        let title = named.unwrap_or_else(|| title_of(&document.text).unwrap_or(&stem).to_owned());
        let doubts = Doubt::of(&document.text, &document.dropped);
        let (author, source) = (document.author.unwrap_or_default(), document.source.unwrap_or_default());
        let text = Arc::new(Text::new(document.text));
        let meta = DocumentMeta {
            id: no_id(),
            title,
            date: document.date,
            author,
            source,
            origin,
            characters: text.characters(),
            versions: Versions::first(sha256(text.as_str().as_bytes())),
            sets: Default::default(),
        };
        Self {
            path: Some(path.to_owned()),
            meta,
            text,
            anchors: Arc::new(Anchors::new(document.anchors)),
            dropped: document.dropped,
            doubts,
            existing: None,
        }
    }

    /// Returns a pasted text as a document; `None` if it is blank. The same text may be pasted twice.
    pub fn pasted(pasted: &str) -> Option<Self> {
        let (text, origin) = pasted_text(pasted)?;
        let first = text.as_str().lines().map(str::trim).find(|line| !line.is_empty())?;
        let meta = DocumentMeta {
            id: no_id(),
            title: shorten(first, TITLE),
            date: None,
            author: String::new(),
            source: String::new(),
            origin,
            characters: text.characters(),
            versions: Versions::first(sha256(text.as_str().as_bytes())),
            sets: Default::default(),
        };
        let hints = clean_pasted(pasted).1;
        let dropped: Vec<Loss> =
            (hints > 0).then(|| Loss::new(DocumentLoss::BreakHints, hints)).into_iter().collect();
        let anchors = Arc::default();
        let doubts = Doubt::of(text.as_str(), &dropped);
        Some(Self { path: None, meta, text: Arc::new(text), anchors, dropped, doubts, existing: None })
    }

    /// Returns the document of the project, with this id.
    pub(super) fn into_document(self, id: DocumentId) -> Arc<Document> {
        let meta = DocumentMeta { id, ..self.meta };
        Arc::new(Document::new(meta, self.text).with_anchors(self.anchors))
    }
}

/// Returns the id of a document that has not been imported.
fn no_id() -> DocumentId {
    DocumentId::new("")
}

/// Returns a pasted text with LF line ends and without break hints, and its origin; `None` if it is blank.
pub fn pasted_text(text: &str) -> Option<(Text, Origin)> {
    let (text, _) = clean_pasted(text);
    let sha256 = sha256(text.as_bytes());
    let origin = Origin { sha256, encoding: "UTF-8".to_owned(), ..Origin::default() };
    (!text.trim().is_empty()).then(|| (Text::new(text), origin))
}

/// The documents read from a file, or the reason why it can't be read.
pub type FileRead = Result<Vec<NewDocument>, Problem>;

/// Reads documents, in the order of the files. A file that can't be read does not stop the others.
///
/// # Errors
/// The reading was stopped.
pub fn read(
    project: &Project,
    files: &[PathBuf],
    reader: &Reader,
    progress: &dyn Progress,
) -> Result<Vec<FileRead>, Stopped> {
    let mut known = Known::of(project);
    let mut new_document = |path: &Path, file| {
        let mut new = NewDocument::from_file(path, file);
        new.existing = known.title(&new).map(str::to_owned);
        known.add(&new);
        new
    };
    let read = reader.read_all(files, progress)?.into_iter().zip(files);
    let read = read
        .map(|(documents, path)| Ok(documents?.into_iter().map(|file| new_document(path, file)).collect()));
    Ok(read.collect())
}

/// Documents to import as read, without a preview.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Arrived {
    /// Documents to import.
    pub new: Vec<NewDocument>,
    /// Files and documents that are not imported, in the order of the files.
    pub refused: Vec<Refused>,
}

/// The reason not to import a file, or a document in it.
#[derive(Clone, PartialEq, Debug)]
pub enum Refused {
    /// The project contains it already, under this title.
    Already { file: PathBuf, title: String },
    /// It can't be read.
    Unreadable(Problem),
}

impl Arrived {
    /// Separates new documents from existing and unreadable ones.
    pub fn of(read: Vec<FileRead>, files: &[PathBuf]) -> Self {
        let mut arrived = Self::default();
        for (read, file) in read.into_iter().zip(files) {
            let documents = read.unwrap_or_else(|problem| {
                arrived.refused.push(Refused::Unreadable(problem));
                Vec::new()
            });
            for mut document in documents {
                match document.existing.take() {
                    Some(title) => arrived.refused.push(Refused::Already { file: file.clone(), title }),
                    None => arrived.new.push(document),
                }
            }
        }
        arrived
    }
}

/// The titles of documents by the checksum of their origin. Only this type decides whether a document is in the project
/// already.
pub(super) struct Known(HashMap<String, String>);

impl Known {
    pub fn of(project: &Project) -> Self {
        let metas = project.documents().iter().map(|document| &document.meta);
        Self(metas.map(|meta| (meta.origin.sha256.clone(), meta.title.clone())).collect())
    }

    /// Returns the title of the document that was read from the same bytes, if there is one.
    pub fn title(&self, new: &NewDocument) -> Option<&str> {
        new.path.as_ref().and_then(|_| self.0.get(&new.meta.origin.sha256)).map(String::as_str)
    }

    fn add(&mut self, new: &NewDocument) {
        self.0.entry(new.meta.origin.sha256.clone()).or_insert_with(|| new.meta.title.clone());
    }
}
