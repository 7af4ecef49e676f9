//! The context in which a layer file is read.

use std::collections::HashMap;
use std::path::Path;

use super::texts::Texts;
use demarche_model::{CategoryId, Codebook, LayerId, PersonKey};

/// The context in which a layer file is read.
pub(super) struct Context<'a> {
    /// The file, relative to the project's folder.
    pub file: &'a Path,
    /// The annotator and document that the file must belong to.
    pub id: &'a LayerId,
    /// The key of the person who writes the file, if it is known.
    pub key: Option<PersonKey>,
    /// The text in all its versions. Without it, ranges stay in characters, as in the file, and quotes are kept.
    pub texts: Option<&'a Texts>,
    /// The categories of the codebook. Without them, any category is accepted.
    pub categories: Option<&'a Categories<'a>>,
}

/// The category ids that a span may have, each with the current category that it refers to.
pub(super) struct Categories<'a>(HashMap<&'a str, &'a CategoryId>);

impl<'a> Categories<'a> {
    /// Collects the ids of the categories in a codebook, and their aliases.
    pub fn new(codebook: &'a Codebook) -> Self {
        let current = codebook.categories.iter().map(|category| (category.id.as_str(), &category.id));
        let old = codebook.resolved_aliases().into_iter().map(|(old, category)| (old.as_str(), &category.id));
        // An id that is both an alias and a category refers to the category.
        Self(old.chain(current).collect())
    }

    /// Returns the current category that an id refers to.
    pub fn resolve(&self, id: &CategoryId) -> Option<&CategoryId> {
        self.0.get(id.as_str()).copied()
    }
}
