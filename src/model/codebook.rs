//! What spans can be tagged with.

use super::colour::Colour;
use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::SmolStr;

use super::{AttributeDef, AttributeId, CategoryId, LinkKindId};

/// Categories, attributes and link kinds, each in the order in which people see them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Codebook {
    /// What a span can be tagged as.
    pub categories: Vec<Arc<Category>>,
    /// What can be said of a span.
    pub attributes: Vec<Arc<AttributeDef>>,
    /// What a link can say.
    pub link_kinds: Vec<Arc<LinkKind>>,
    /// What categories that are gone have become: old id → new id. Files that other people write may say the old id for
    /// years; they are read as if they said the new one. An old id never becomes a category's again.
    pub aliases: BTreeMap<CategoryId, CategoryId>,
}

impl Codebook {
    /// The category with this id.
    pub fn category(&self, id: &CategoryId) -> Option<&Arc<Category>> {
        self.categories.iter().find(|c| &c.id == id)
    }

    /// Where a category stands in the order of the codebook.
    pub fn position(&self, id: &CategoryId) -> Option<usize> {
        self.categories.iter().position(|c| &c.id == id)
    }

    /// The category that this key tags with, if it is not retired.
    pub fn by_hotkey(&self, key: char) -> Option<&Arc<Category>> {
        self.categories.iter().find(|c| c.hotkey == Some(key) && !c.retired)
    }

    /// The category that an id means: the one that has it, or the one that has come in its place. Follows aliases of
    /// aliases; `None` where they end nowhere or go in a circle.
    pub fn resolve(&self, id: &CategoryId) -> Option<&Arc<Category>> {
        // No walk without a circle is longer than there are aliases.
        std::iter::once(id).chain(self.leads(id)).find_map(|id| self.category(id))
    }

    /// Where the aliases lead from an id, step by step; in a circle once around.
    pub(super) fn leads<'a>(&'a self, id: &CategoryId) -> impl Iterator<Item = &'a CategoryId> {
        let first = self.aliases.get(id);
        std::iter::successors(first, |id| self.aliases.get(*id)).take(self.aliases.len())
    }

    /// How many aliases lie between an id and a category.
    pub(super) fn steps(&self, id: &CategoryId) -> usize {
        self.leads(id).take_while(|id| self.category(id).is_none()).count()
    }

    /// An id for a new category, made from `base`: one that no category has and none had.
    pub fn free_id(&self, base: &str) -> CategoryId {
        let taken = |id: &CategoryId| self.category(id).is_some() || self.aliases.contains_key(id);
        let mut id = CategoryId::new(base);
        for number in 2.. {
            if !taken(&id) {
                break;
            }
            id = CategoryId::new(format!("{base}-{number}"));
        }
        id
    }

    /// An attribute by id.
    pub fn attribute(&self, id: &AttributeId) -> Option<&Arc<AttributeDef>> {
        self.attributes.iter().find(|attribute| attribute.id == *id)
    }

    /// A kind of link by id.
    pub fn link_kind(&self, id: &LinkKindId) -> Option<&Arc<LinkKind>> {
        self.link_kinds.iter().find(|kind| kind.id == *id)
    }

    /// Whether a category stands somewhere below another one.
    pub fn is_below(&self, id: &CategoryId, above: &CategoryId) -> bool {
        self.ancestors(id).any(|category| category.id == *above)
    }

    /// The categories above one, the nearest first; in a circle of parents once around.
    pub fn ancestors<'a>(&'a self, id: &CategoryId) -> impl Iterator<Item = &'a Arc<Category>> {
        let parent = |category: &Arc<Category>| self.category(category.parent.as_ref()?);
        let first = self.category(id).and_then(parent);
        std::iter::successors(first, move |above| parent(above)).take(self.categories.len())
    }

    /// The name that people know a category by, also under an old id; the id where the codebook lacks it.
    pub fn name_of<'a>(&'a self, id: &'a CategoryId) -> &'a str {
        self.resolve(id).map_or(id.as_str(), |c| c.name.as_str())
    }
}

/// One kind of move.
#[derive(Clone, PartialEq, Debug)]
pub struct Category {
    /// Its name in files.
    pub id: CategoryId,
    /// Its name for people.
    pub name: String,
    /// Its colour; never the only sign.
    pub colour: Colour,
    /// The key that tags with it: a digit 1–9 or a lower-case letter.
    pub hotkey: Option<char>,
    /// The category it is a kind of.
    pub parent: Option<CategoryId>,
    /// What it means.
    pub definition: String,
    /// What is to be tagged with it.
    pub include: String,
    /// What is not.
    pub exclude: String,
    /// Passages that show it.
    pub examples: Vec<String>,
    /// Codes of other schemes that correspond, such as `"CAMEO" → ["13"]`.
    pub codes: BTreeMap<SmolStr, Vec<SmolStr>>,
    /// Whether it is closed for new spans.
    pub retired: bool,
}

impl Category {
    /// A category that says nothing yet but its name and colour.
    pub fn new(id: CategoryId, name: impl Into<String>, colour: Colour) -> Self {
        Self {
            id,
            name: name.into(),
            colour,
            hotkey: None,
            parent: None,
            definition: String::new(),
            include: String::new(),
            exclude: String::new(),
            examples: Vec::new(),
            codes: BTreeMap::new(),
            retired: false,
        }
    }
}

/// What a link can say.
#[derive(Clone, PartialEq, Debug)]
pub struct LinkKind {
    /// Its name in files.
    pub id: LinkKindId,
    /// Its name for people: "responds to".
    pub name: String,
    /// What it means.
    pub definition: String,
}
