//! Opening a project, and reading the files of one document.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::analysis_notes;
use super::context::{Categories, Context};
use super::files::{hash, missing_text, read_bytes};
use super::folder::{FileKey, Folder};
use super::layer::{self, LayerRead};
use super::limits::limit;
use super::listing::Listing;
use super::project_file;
use super::review;
use super::source::normal;
use super::texts::{Texts, read_anchors};
use crate::disk::steps;
use crate::words::project as words;
use crate::{FileTask, IoError, Problem, ProblemKind};
use demarche_model::{
    Anchors, AnnotatorId, Codebook, DocumentContents, DocumentId, DocumentMeta, LayerId, LeftOut, PersonKey,
    Progress, Project, Review, Steps, Stopped, Text,
};

/// A project that was opened, with the analysis notes of all people and no document read yet.
#[derive(Debug)]
pub struct Opened {
    /// The project.
    pub project: Project,
    /// Problems in `project.ron` and analysis notes, and missing texts. Layers have not been checked.
    pub problems: Vec<Problem>,
    /// The layers, reviews and texts that exist.
    pub listing: Listing,
    /// The hashes of the files with analysis notes, which have been read.
    pub hashes: Vec<(FileKey, u64)>,
}

impl Opened {
    /// Returns the problem of a `project.ron` in a newer format, of which only a part was read.
    pub fn newer_project_file(&self) -> Option<&Problem> {
        let is_newer = |problem: &&Problem| problem.kind == ProblemKind::NewerFormat;
        self.problems.iter().find(is_newer)
    }
}

/// Opens a project: reads `project.ron` and analysis notes, and lists the folders, without reading any text or layer. Of a `project.ron` in a
/// newer format, what is known is read, and the problems begin with a [`ProblemKind::NewerFormat`].
///
/// # Errors
/// There is no project, or `project.ron` has a record that can't be read and would be lost on the next save; the error
/// names the first one with its line.
pub fn open(folder: &Folder) -> Result<Opened, IoError> {
    let mut read = read_project(folder)?;
    // A newer file is not written, so nothing in it is lost.
    if read.newer.is_none() && !read.problems.is_empty() {
        let others = read.problems.len() - 1;
        let mut first = read.problems.swap_remove(0);
        if others > 0 {
            first.message.push_str(&words::and_more(others));
        }
        return Err(IoError::Problem(first));
    }
    let listing = Listing::read(folder)?.with_people(&read.annotators);
    let mut problems: Vec<Problem> = read.newer.take().into_iter().collect();
    problems.append(&mut read.problems);
    problems.append(&mut read.warnings);
    problems.extend(listing.specials());
    let texts = read.documents.iter().flat_map(|(meta, _)| meta.text_ids());
    problems.extend(texts.filter(|text| !listing.has_text(text)).map(|text| missing_text(&text)));
    let mut project = read.into_project();
    project.reserve_ids(listing.texts());
    let (found, hashes) = analysis_notes::load(folder, &listing, &mut project);
    problems.extend(found);
    Ok(Opened { project, problems, listing, hashes })
}

/// Reads `project.ron`, with all its problems.
pub(super) fn read_project(folder: &Folder) -> Result<project_file::ProjectRead, IoError> {
    read_project_bytes(folder).and_then(|bytes| parse_project(bytes).map_err(IoError::Problem))
}

/// Parses the bytes of a `project.ron` that is to be merged or written.
///
/// # Errors
/// It is in a newer format, or has a record that can't be read and would be lost.
pub(super) fn parse_whole_project(bytes: Vec<u8>) -> Result<Project, Problem> {
    parse_project(bytes)?.into_whole_project()
}

/// Parses the bytes of `project.ron`, with all its problems.
pub(super) fn parse_project(bytes: Vec<u8>) -> Result<project_file::ProjectRead, Problem> {
    let file = FileKey::Project.relative();
    let text = normal(bytes, &file)?;
    project_file::read(&text, &file)
}

pub(super) fn read_project_bytes(folder: &Folder) -> Result<Vec<u8>, IoError> {
    let path = FileKey::Project.relative();
    match steps::read(folder.disk(), &path, limit(&FileKey::Project)) {
        Err(error) if error.is_missing() => Err(IoError::NoProject(folder.root().to_owned())),
        read => read.map_err(folder.failed(FileTask::ReadProject, &path)),
    }
}

/// Reads the text, layers and reviews of a document. In a round, what coders who work blind added or changed after they could
/// see the work of others is left out of their layers, and counted. Records that can't be read or placed are among the problems; saving
/// keeps them.
///
/// # Errors
/// The current text is missing, can't be read, or is not UTF-8.
pub fn read_document(
    folder: &Folder,
    listing: &Listing,
    codebook: &Codebook,
    meta: &DocumentMeta,
) -> Result<(DocumentContents, Vec<Problem>), IoError> {
    read_document_seen(folder, listing, codebook, meta).map(|(contents, problems, _)| (contents, problems))
}

/// The contents of a document, its problems, and the hashes of its layers and reviews.
pub type DocumentRead = (DocumentContents, Vec<Problem>, Vec<(FileKey, u64)>);

/// Reads a document like [`read_document`], and returns the hashes of its layers and reviews as well.
///
/// # Errors
/// The same as for [`read_document`].
pub fn read_document_seen(
    folder: &Folder,
    listing: &Listing,
    codebook: &Codebook,
    meta: &DocumentMeta,
) -> Result<DocumentRead, IoError> {
    read_document_text_first(folder, listing, codebook, meta, |_, _| {})
}

/// Reads a document like [`read_document_seen`], and passes on its text and anchors before it reads the layers, which takes
/// longer.
///
/// # Errors
/// The same as for [`read_document`].
pub fn read_document_text_first(
    folder: &Folder,
    listing: &Listing,
    codebook: &Codebook,
    meta: &DocumentMeta,
    pass_on: impl FnOnce(&Arc<Text>, &Arc<Anchors>),
) -> Result<DocumentRead, IoError> {
    let categories = Categories::new(codebook);
    let mut read = FilesRead::texts(folder, listing, meta)?;
    pass_on(read.texts.shown(), &read.anchors);
    read.read_work(folder, listing, Some(&categories), &meta.id);
    let mut left_out = LeftOut::default();
    let layers = read.layers.into_iter().map(|(annotator, layer)| {
        let layer = layer.into_layer();
        // A round is of independent coding. Its files keep everything.
        if folder.round_id().is_none() {
            return (annotator, layer);
        }
        let (layer, found) = layer.independent();
        left_out += found;
        (annotator, layer)
    });
    let layers = layers.collect();
    let contents = DocumentContents {
        text: read.texts.shown().clone(),
        anchors: read.anchors,
        other_texts: read.texts.into_others(),
        layers,
        reviews: read.reviews,
        unreadable: read.unreadable,
        left_out,
    };
    Ok((contents, read.problems, read.hashes))
}

/// Reads many documents like [`read_document_seen`], several at a time, and returns the results in the order of `metas`.
/// Progress is counted in documents.
///
/// # Errors
/// The reading was stopped.
pub fn read_documents(
    folder: &Folder,
    listing: &Listing,
    codebook: &Codebook,
    metas: &[DocumentMeta],
    progress: &dyn Progress,
) -> Result<Vec<Result<DocumentRead, IoError>>, Stopped> {
    let steps = Steps::new(progress, metas.len());
    let read = |meta| steps.run(|| read_document_seen(folder, listing, codebook, meta));
    metas.par_iter().with_max_len(1).map(read).collect()
}

/// Everything that was read of one document.
pub(super) struct FilesRead {
    pub texts: Texts,
    pub anchors: Arc<Anchors>,
    pub layers: Vec<(AnnotatorId, LayerRead)>,
    pub reviews: Vec<(AnnotatorId, Review)>,
    pub unreadable: BTreeSet<AnnotatorId>,
    /// The hashes of layers and reviews.
    pub hashes: Vec<(FileKey, u64)>,
    pub problems: Vec<Problem>,
}

/// Reads all files of a document. Without `categories`, any category is accepted.
pub(super) fn read_files(
    folder: &Folder,
    listing: &Listing,
    categories: Option<&Categories<'_>>,
    meta: &DocumentMeta,
) -> Result<FilesRead, IoError> {
    let mut read = FilesRead::texts(folder, listing, meta)?;
    read.read_work(folder, listing, categories, &meta.id);
    Ok(read)
}

impl FilesRead {
    /// Reads the texts of a document and the anchors of the current one.
    fn texts(folder: &Folder, listing: &Listing, meta: &DocumentMeta) -> Result<Self, IoError> {
        let mut problems = Vec::new();
        let texts = Texts::read(folder, listing, meta, &mut problems).map_err(IoError::Problem)?;
        let anchors = Arc::new(read_anchors(folder, &meta.text_id(), texts.shown(), &mut problems));
        Ok(Self {
            texts,
            anchors,
            layers: Vec::new(),
            reviews: Vec::new(),
            unreadable: BTreeSet::new(),
            hashes: Vec::new(),
            problems,
        })
    }

    /// Reads the layers and reviews.
    fn read_work(
        &mut self,
        folder: &Folder,
        listing: &Listing,
        categories: Option<&Categories<'_>>,
        document: &DocumentId,
    ) {
        for annotator in listing.annotators(document) {
            let id = LayerId::new(document, annotator);
            let key = FileKey::Layer(id.clone());
            let file = key.relative();
            let person = listing.key_of(annotator);
            let context = Context { file: &file, id: &id, key: person, texts: Some(&self.texts), categories };
            let text = read_hashed(folder, &key, &mut self.hashes);
            match text.and_then(|text| text.map(|t| layer::read(&t, &context)).transpose()) {
                Ok(Some(mut layer)) => {
                    self.problems.append(&mut layer.problems);
                    self.layers.push((annotator.clone(), layer));
                }
                Ok(None) => {}
                Err(problem) => {
                    self.unreadable.insert(annotator.clone());
                    self.problems.push(problem);
                }
            }
        }
        for reviewer in listing.reviewers(document) {
            self.add_review(folder, document, (reviewer, listing.key_of(reviewer)));
        }
    }

    fn add_review(
        &mut self,
        folder: &Folder,
        document: &DocumentId,
        owner: (&AnnotatorId, Option<PersonKey>),
    ) {
        let (reviewer, _) = owner;
        let key = FileKey::Review(document.clone(), reviewer.clone());
        let parse = |text: String| review::read(&text, &key.relative(), document, owner);
        match read_hashed(folder, &key, &mut self.hashes).and_then(|text| text.map(parse).transpose()) {
            Ok(Some((review, problems))) => {
                if !problems.is_empty() {
                    self.unreadable.insert(reviewer.clone());
                }
                self.problems.extend(problems);
                self.reviews.push((reviewer.clone(), review));
            }
            Ok(None) => {}
            Err(problem) => {
                self.unreadable.insert(reviewer.clone());
                self.problems.push(problem);
            }
        }
    }
}

fn read_hashed(
    folder: &Folder,
    key: &FileKey,
    hashes: &mut Vec<(FileKey, u64)>,
) -> Result<Option<String>, Problem> {
    let Some(bytes) = read_bytes(folder, key)? else { return Ok(None) };
    hashes.push((key.clone(), hash(&bytes)));
    normal(bytes, &key.relative()).map(Some)
}
