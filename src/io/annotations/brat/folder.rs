//! Information about an `.ann` file from its folder: configuration and annotator.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::IoError;
use crate::annotations::{DraftLink, DraftSpan};
use crate::codebook;
use crate::codebook::brat::ANNOTATION;
use crate::disk::outside;
use crate::export::brat::{MARK, ids_in};
use crate::limits;
use crate::words::remarks;
use demarche_model::{AttributeId, CategoryId, Codebook, LinkKindId};

/// Number of parent folders that are searched for a configuration; brat searches up to its root.
const UP: usize = 3;
/// Greatest number of sibling folders that are looked into.
const BESIDE: usize = 200;

/// The configuration of a folder.
pub(super) struct Configuration {
    pub path: PathBuf,
    pub codebook: Codebook,
    /// The number of lines that were not read.
    pub faults: usize,
    /// The ids of types whose names differ from them.
    ids: HashMap<String, String>,
}

impl Configuration {
    /// Renames the types in passages and links to their ids.
    pub fn rename(&self, spans: &mut [DraftSpan], links: &mut [DraftLink]) {
        for span in spans {
            self.rename_one(&mut span.category);
            span.attributes.iter_mut().for_each(|(name, _)| self.rename_one(name));
        }
        links.iter_mut().for_each(|link| self.rename_one(&mut link.kind));
    }

    fn rename_one(&self, name: &mut String) {
        if let Some(id) = self.ids.get(name.as_str()) {
            name.clone_from(id);
        }
    }

    fn rename_codebook(&mut self) {
        let id_of = |name: &str| self.ids.get(name).map_or_else(|| name.to_owned(), String::clone);
        for category in self.codebook.categories.iter_mut().map(Arc::make_mut) {
            category.id = CategoryId::new(id_of(category.id.as_str()));
            category.parent = category.parent.as_ref().map(|id| CategoryId::new(id_of(id.as_str())));
        }
        for attribute in self.codebook.attributes.iter_mut().map(Arc::make_mut) {
            attribute.id = AttributeId::new(id_of(attribute.id.as_str()));
            attribute.categories.iter_mut().for_each(|id| *id = CategoryId::new(id_of(id.as_str())));
        }
        for kind in self.codebook.link_kinds.iter_mut().map(Arc::make_mut) {
            kind.id = LinkKindId::new(id_of(kind.id.as_str()));
        }
    }
}

/// Returns the configuration of a folder, which may be in a folder above.
///
/// # Errors
/// It is a link, or too large. Any other fault in a configuration is left to the reader of brat.
pub(super) fn configuration(folder: &Path) -> Result<Option<Configuration>, IoError> {
    let mut paths = folder.ancestors().take(UP).map(|folder| folder.join(ANNOTATION));
    let Some(found) = paths.find(|path| path.is_file()) else { return Ok(None) };
    let (preset, problems) = match codebook::read_found(&found) {
        Err(error @ (IoError::Special { .. } | IoError::TooLarge { .. })) => return Err(error),
        Err(_) => return Ok(None),
        Ok(read) => read,
    };
    let ids = ids_in(&text(&found).unwrap_or_default());
    let mut configuration =
        Configuration { path: found, codebook: preset.codebook, faults: problems.len(), ids };
    configuration.rename_codebook();
    Ok(Some(configuration))
}

/// Returns the annotator of the passages next to a text, with a remark if that is a guess.
pub(super) fn annotator(text: &Path) -> (Option<String>, Option<String>) {
    let marked = || {
        let conf = self::text(&text.with_file_name(ANNOTATION))?;
        let name = conf.lines().next()?.strip_prefix(MARK)?.trim().to_owned();
        (!name.is_empty()).then_some(name)
    };
    if let Some(name) = marked() {
        return (Some(name), None);
    }
    let folder = text.parent().and_then(Path::file_name);
    match folder.filter(|_| has_twin(text)) {
        Some(name) => {
            let name = name.to_string_lossy().into_owned();
            let remark = remarks::folder_is_annotator(&name);
            (Some(name), Some(remark))
        }
        None => (None, None),
    }
}

/// Reads a configuration as text.
fn text(path: &Path) -> Option<String> {
    String::from_utf8(outside::read_found(path, limits::CONFIGURATION).ok()?).ok()
}

/// Returns whether a sibling folder has the same text under the same name.
fn has_twin(text: &Path) -> bool {
    let twin = || {
        let folder = text.parent()?;
        let bytes = outside::read_found(text, limits::TEXT).ok()?;
        let beside = fs::read_dir(folder.parent()?).ok()?.flatten().map(|entry| entry.path()).take(BESIDE);
        let mut others = beside
            .filter(|other| other.file_name() != folder.file_name())
            .map(|other| other.join(text.file_name().unwrap_or_default()));
        others.find(|other| {
            let length = fs::metadata(other).map_or(0, |meta| meta.len());
            length == bytes.len() as u64
                && outside::read_found(other, length).is_ok_and(|there| there == bytes)
        })
    };
    twin().is_some()
}
