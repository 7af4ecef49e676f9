//! What a layer file is read against.

use std::collections::HashMap;
use std::path::Path;

use super::texts::Texts;
use demarche_model::{CategoryId, Codebook, LayerId};

/// What a layer file is read against.
pub(super) struct Context<'a> {
    /// The file, relative to the project's folder.
    pub file: &'a Path,
    /// Whose layer of which document it has to be.
    pub id: &'a LayerId,
    /// The text, in all its versions; `None` where it is not known: ranges stay as the file has them, in characters, and
    /// quotes are kept.
    pub texts: Option<&'a Texts>,
    /// The codebook's categories; `None` where they are not known, and any will do.
    pub categories: Option<&'a Categories<'a>>,
}

/// The ids that a span may be tagged with, each with the category that it means today.
pub(super) struct Categories<'a>(HashMap<&'a str, &'a CategoryId>);

impl<'a> Categories<'a> {
    /// Those of a codebook, and the old ids of what its categories have taken in.
    pub fn of(codebook: &'a Codebook) -> Self {
        let now = codebook.categories.iter().map(|category| (category.id.as_str(), &category.id));
        let old = codebook.aliases.keys().filter_map(|old| Some((old.as_str(), &codebook.resolve(old)?.id)));
        // An id that is both means the category that has it.
        Self(old.chain(now).collect())
    }

    /// The category that an id means today.
    pub fn now(&self, id: &CategoryId) -> Option<&CategoryId> {
        self.0.get(id.as_str()).copied()
    }
}
