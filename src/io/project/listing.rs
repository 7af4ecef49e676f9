//! The layers, reviews, analysis notes and texts that a project has.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::copy_name::{copy_of, project_copies};
use super::files::problem;
use super::folder::{FOLDERS_OF_PEOPLE, FileKey, Folder, MEMOS, text_named};
use crate::disk::{Entry, Kind, SpecialKind};
use crate::words::disk as disk_words;
use crate::{FileTask, IoError, Problem, ProblemKind};
use demarche_model::{Annotator, AnnotatorId, DocumentId, NotesPart, PersonKey, TextId};

/// The layer, review and text files of a project, by document. They are listed without opening any of them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Listing {
    by_document: BTreeMap<DocumentId, Owners>,
    analysis_notes: BTreeSet<(AnnotatorId, NotesPart)>,
    /// Names of the texts without their extension: `d001`, `d001.v2`.
    texts: BTreeSet<String>,
    strays: Vec<PathBuf>,
    copies: Vec<PathBuf>,
    /// Special files in place of someone's folder.
    specials: Vec<(PathBuf, SpecialKind)>,
    /// The keys of the people whom the project lists.
    keys: BTreeMap<AnnotatorId, PersonKey>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Owners {
    layers: BTreeSet<AnnotatorId>,
    reviews: BTreeSet<AnnotatorId>,
}

impl Listing {
    /// Lists the folders. One that does not exist counts as empty.
    ///
    /// # Errors
    /// A folder can't be listed.
    pub fn read(folder: &Folder) -> Result<Self, IoError> {
        let mut listing = Self { copies: project_copies(folder), ..Self::default() };
        FOLDERS_OF_PEOPLE.iter().try_for_each(|kind| listing.scan(folder, kind))?;
        listing.scan_files(folder, Path::new(MEMOS))?;
        for (name, _) in entries(folder, Path::new("documents"))? {
            if let Some(id) = name.strip_suffix(".txt") {
                listing.texts.insert(id.to_owned());
            }
        }
        Ok(listing)
    }

    /// Adds the keys of the people whom the project lists: a file with another key belongs to another person.
    pub(super) fn with_people(self, people: &[Annotator]) -> Self {
        let keys = people.iter().filter_map(|person| Some((person.id.clone(), person.key?)));
        Self { keys: keys.collect(), ..self }
    }

    /// Returns the key of the person who writes the files of an owner, if it is known.
    pub(super) fn key_of(&self, owner: &AnnotatorId) -> Option<PersonKey> {
        self.keys.get(&owner.writer()).copied()
    }

    /// Returns whether anyone has a layer in the document.
    pub fn has_layers(&self, document: &DocumentId) -> bool {
        self.annotators(document).next().is_some()
    }

    /// Returns whether anyone has a layer or a review in the document.
    pub fn has_work(&self, document: &DocumentId) -> bool {
        self.by_document.contains_key(document)
    }

    /// Returns the annotators with a layer in the document.
    pub fn annotators(&self, document: &DocumentId) -> impl Iterator<Item = &AnnotatorId> {
        self.by_document.get(document).into_iter().flat_map(|owners| &owners.layers)
    }

    /// Returns the reviewers with a review in the document.
    pub fn reviewers(&self, document: &DocumentId) -> impl Iterator<Item = &AnnotatorId> {
        self.by_document.get(document).into_iter().flat_map(|owners| &owners.reviews)
    }

    /// Returns whether the file of a text exists.
    pub fn has_text(&self, text: &TextId) -> bool {
        FileKey::Text(text.clone())
            .relative()
            .file_stem()
            .is_some_and(|stem| self.texts.contains(stem.to_string_lossy().as_ref()))
    }

    /// Returns whether a file with layers, reviews, analysis notes or a text is listed. Other files are not.
    pub fn has(&self, key: &FileKey) -> bool {
        let owners = |document| self.by_document.get(document);
        match key {
            FileKey::Text(text) => self.has_text(text),
            FileKey::Layer(id) => owners(&id.document).is_some_and(|all| all.layers.contains(&id.annotator)),
            FileKey::Review(document, reviewer) => {
                owners(document).is_some_and(|all| all.reviews.contains(reviewer))
            }
            FileKey::AnalysisNotes(owner, part) => self.analysis_notes.contains(&(owner.clone(), *part)),
            FileKey::Project | FileKey::Anchors(_) | FileKey::Original(..) => false,
        }
    }

    /// Returns the numbers of the versions of a document's text after the first.
    pub fn later_texts(&self, document: &DocumentId) -> impl Iterator<Item = u32> {
        let prefix = format!("{document}.v");
        let names = self.texts.range(prefix.clone()..);
        let numbers = names.map_while(move |name| name.strip_prefix(&prefix)).filter(|n| !n.starts_with('0'));
        numbers.filter_map(|number| number.parse().ok()).filter(|number| *number > 1)
    }

    /// Returns the documents that have a text, including those that the project does not list.
    pub fn texts(&self) -> impl Iterator<Item = DocumentId> {
        self.texts.iter().map(|name| text_named(name).document)
    }

    /// Records that a file has been added.
    pub fn record(&mut self, key: &FileKey) {
        match key {
            FileKey::Text(_) => {
                let name = key.relative().file_stem().map(|stem| stem.to_string_lossy().into_owned());
                self.texts.extend(name);
            }
            FileKey::Layer(layer) => {
                let owners = self.by_document.entry(layer.document.clone()).or_default();
                owners.layers.insert(layer.annotator.clone());
            }
            FileKey::Review(document, reviewer) => {
                let owners = self.by_document.entry(document.clone()).or_default();
                owners.reviews.insert(reviewer.clone());
            }
            FileKey::AnalysisNotes(owner, part) => {
                self.analysis_notes.insert((owner.clone(), *part));
            }
            FileKey::Project | FileKey::Anchors(_) | FileKey::Original(..) => {}
        }
    }

    /// Returns the parts of people's analysis notes.
    pub fn analysis_notes(&self) -> impl Iterator<Item = &(AnnotatorId, NotesPart)> {
        self.analysis_notes.iter()
    }

    /// Returns everyone who writes a layer, a review or analysis notes, listed in the project or not.
    pub fn owners(&self) -> BTreeSet<AnnotatorId> {
        let all = self.by_document.values().flat_map(|owners| owners.layers.iter().chain(&owners.reviews));
        let all = all.chain(self.analysis_notes.iter().map(|(owner, _)| owner));
        all.map(AnnotatorId::writer).collect()
    }

    /// Returns the documents with a layer or a review.
    pub fn documents(&self) -> impl Iterator<Item = &DocumentId> {
        self.by_document.keys()
    }

    /// Returns files among the layers, reviews and analysis notes whose names are not ids, relative to the project's folder.
    pub fn strays(&self) -> &[PathBuf] {
        &self.strays
    }

    /// Returns the conflict copies of sync services, relative to the project's folder.
    pub fn copies(&self) -> &[PathBuf] {
        &self.copies
    }

    /// Returns the problems of special files in place of someone's folder.
    pub(super) fn specials(&self) -> impl Iterator<Item = Problem> {
        let report = |(path, kind): &(PathBuf, SpecialKind)| {
            problem(path, ProblemKind::Special, disk_words::special(*kind))
        };
        self.specials.iter().map(report)
    }

    /// Lists the files of each person in a folder.
    fn scan(&mut self, folder: &Folder, kind: &str) -> Result<(), IoError> {
        let top = Path::new(kind);
        for (annotator, is) in entries(folder, top)? {
            let inside = top.join(&annotator);
            match is {
                Kind::Folder => {}
                Kind::File => continue,
                Kind::Special(kind) => {
                    self.specials.push((inside, kind));
                    continue;
                }
            }
            self.scan_files(folder, &inside)?;
        }
        Ok(())
    }

    /// Lists the files in a folder in which each belongs to one person.
    fn scan_files(&mut self, folder: &Folder, inside: &Path) -> Result<(), IoError> {
        for (name, _) in entries(folder, inside)? {
            if !name.ends_with(".ron") {
                continue;
            }
            let path = inside.join(&name);
            if copy_of(&path).is_some() {
                self.copies.push(path);
                continue;
            }
            match FileKey::from_relative(&path) {
                Some(key) => self.record(&key),
                None => self.strays.push(path),
            }
        }
        Ok(())
    }
}

/// Returns the names of everything but folders in a folder, sorted, without hidden ones.
///
/// # Errors
/// The folder can't be listed.
pub(super) fn file_names(folder: &Folder, path: &Path) -> Result<Vec<String>, IoError> {
    let entries = entries(folder, path)?.into_iter();
    Ok(entries.filter(|(_, kind)| *kind != Kind::Folder).map(|(name, _)| name).collect())
}

/// Returns the names and kinds of the entries of a folder, sorted by name, without hidden ones. A folder that does not exist
/// has none.
fn entries(folder: &Folder, path: &Path) -> Result<Vec<(String, Kind)>, IoError> {
    let entries = match folder.disk().list(path) {
        Err(error) if error.is_missing() => return Ok(Vec::new()),
        entries => entries.map_err(folder.failed(FileTask::ListFolder, path))?,
    };
    let named = |entry: Entry| (entry.name.to_string_lossy().into_owned(), entry.kind);
    let mut entries: Vec<_> =
        entries.into_iter().map(named).filter(|(name, _)| !name.starts_with('.')).collect();
    entries.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    Ok(entries)
}
