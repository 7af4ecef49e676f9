//! Which layer and review files a project has.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::copy_name::{beside_project, copy_of};
use super::folder::{FileKey, Folder, text_named};
use crate::IoError;
use demarche_model::{AnnotatorId, DocumentId, TextId, check_file_id};

/// Which layer and review files there are, by document, as the folders say; no file is opened for it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Listing {
    by_document: BTreeMap<DocumentId, Owners>,
    /// Names of the texts, without their ending: `d001`, `d001.v2`.
    texts: BTreeSet<String>,
    strays: Vec<PathBuf>,
    copies: Vec<PathBuf>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Owners {
    layers: BTreeSet<AnnotatorId>,
    reviews: BTreeSet<AnnotatorId>,
}

impl Listing {
    /// Reads the folders. One that is not there is empty.
    ///
    /// # Errors
    /// A folder can't be read.
    pub fn read(folder: &Folder) -> Result<Self, IoError> {
        let mut listing = Self { copies: beside_project(folder), ..Self::default() };
        listing.scan(folder, "layers", |owners| &mut owners.layers)?;
        listing.scan(folder, "reviews", |owners| &mut owners.reviews)?;
        for name in names(&folder.root().join("documents"))? {
            if let Some(id) = name.strip_suffix(".txt") {
                listing.texts.insert(id.to_owned());
            }
        }
        Ok(listing)
    }

    /// Whether somebody has a layer in the document.
    pub fn has_layers(&self, document: &DocumentId) -> bool {
        self.annotators(document).next().is_some()
    }

    /// Whether somebody has a layer or a review in the document.
    pub fn has_work(&self, document: &DocumentId) -> bool {
        self.by_document.contains_key(document)
    }

    /// Whose layers there are in the document.
    pub fn annotators(&self, document: &DocumentId) -> impl Iterator<Item = &AnnotatorId> {
        self.by_document.get(document).into_iter().flat_map(|owners| &owners.layers)
    }

    /// Whose reviews there are in the document.
    pub fn reviewers(&self, document: &DocumentId) -> impl Iterator<Item = &AnnotatorId> {
        self.by_document.get(document).into_iter().flat_map(|owners| &owners.reviews)
    }

    /// Whether a text is there.
    pub fn has_text(&self, text: &TextId) -> bool {
        FileKey::Text(text.clone())
            .relative()
            .file_stem()
            .is_some_and(|stem| self.texts.contains(stem.to_string_lossy().as_ref()))
    }

    /// The versions of a document's text that are there beside the first.
    pub fn later_texts(&self, document: &DocumentId) -> impl Iterator<Item = u32> {
        let prefix = format!("{document}.v");
        let names = self.texts.range(prefix.clone()..);
        let numbers = names.map_while(move |name| name.strip_prefix(&prefix)).filter(|n| !n.starts_with('0'));
        numbers.filter_map(|number| number.parse().ok()).filter(|number| *number > 1)
    }

    /// The documents that there are texts of, also those that the project does not list.
    pub fn texts(&self) -> impl Iterator<Item = DocumentId> {
        self.texts.iter().map(|name| text_named(name).document)
    }

    /// Notes that a file has come.
    pub fn note(&mut self, key: &FileKey) {
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
            FileKey::Project | FileKey::Anchors(_) | FileKey::Original(..) => {}
        }
    }

    /// Everyone who owns a layer or a review, listed in the project or not.
    pub fn owners(&self) -> BTreeSet<AnnotatorId> {
        let all = self.by_document.values().flat_map(|owners| owners.layers.iter().chain(&owners.reviews));
        all.cloned().collect()
    }

    /// The documents that somebody has a layer or a review in.
    pub fn documents(&self) -> impl Iterator<Item = &DocumentId> {
        self.by_document.keys()
    }

    /// Files among the layers and reviews whose name is no id, relative to the project's folder.
    pub fn strays(&self) -> &[PathBuf] {
        &self.strays
    }

    /// Copies that synchronising programs have put beside files, relative to the project's folder.
    pub fn copies(&self) -> &[PathBuf] {
        &self.copies
    }

    fn scan(
        &mut self,
        folder: &Folder,
        kind: &str,
        owners: impl Fn(&mut Owners) -> &mut BTreeSet<AnnotatorId>,
    ) -> Result<(), IoError> {
        let top = folder.root().join(kind);
        for annotator in names(&top)? {
            let inside = top.join(&annotator);
            if !inside.is_dir() {
                continue;
            }
            for name in names(&inside)? {
                let Some(document) = name.strip_suffix(".ron") else { continue };
                let path = Path::new(kind).join(&annotator).join(&name);
                if copy_of(&path).is_some() {
                    self.copies.push(path);
                    continue;
                }
                if check_file_id(&annotator).is_err() || check_file_id(document).is_err() {
                    self.strays.push(path);
                    continue;
                }
                let entry = self.by_document.entry(DocumentId::new(document)).or_default();
                owners(entry).insert(AnnotatorId::new(&annotator));
            }
        }
        Ok(())
    }
}

/// The names in a folder, sorted, but for hidden ones.
fn names(folder: &Path) -> Result<Vec<String>, IoError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(IoError::system("can't list the folder", folder))?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(IoError::system("can't list the folder", folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort_unstable();
    Ok(names)
}
