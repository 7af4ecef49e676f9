//! The codebook: categories, attributes and kinds of link.

use super::colour::Colour;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use smol_str::SmolStr;

use super::{AttributeDef, AttributeId, CategoryId, LinkKindId};

/// Categories, attributes and kinds of link, each in the order of the interface.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Codebook {
    /// The categories of spans.
    pub categories: Vec<Arc<Category>>,
    /// The attributes of spans.
    pub attributes: Vec<Arc<AttributeDef>>,
    /// The kinds of link.
    pub link_kinds: Vec<Arc<LinkKind>>,
    /// Old category ids and the categories that have replaced them. Other people's files may use an old id
    /// for years, and are read as if they used the new one. An old id never becomes a category again.
    pub aliases: BTreeMap<CategoryId, CategoryId>,
}

impl Codebook {
    /// A category by id.
    pub fn category(&self, id: &CategoryId) -> Option<&Arc<Category>> {
        self.categories.iter().find(|c| &c.id == id)
    }

    /// The position of a category in the codebook.
    pub fn position(&self, id: &CategoryId) -> Option<usize> {
        self.categories.iter().position(|c| &c.id == id)
    }

    /// The category with this hotkey, unless it is retired.
    pub fn by_hotkey(&self, key: char) -> Option<&Arc<Category>> {
        self.categories.iter().find(|c| c.hotkey == Some(key) && !c.retired)
    }

    /// The category that an id stands for: its own, or the one that has replaced it. Follows chains of
    /// aliases; `None` if a chain ends nowhere or is circular.
    pub fn resolve(&self, id: &CategoryId) -> Option<&Arc<Category>> {
        self.category(id).or_else(|| {
            let first = self.aliases.get(id)?;
            if let Some(category) = self.category(first) {
                return Some(category);
            }
            let known = self.by_id();
            self.alias_chain(first).find_map(|id| known.get(id).copied())
        })
    }

    /// The category that each alias stands for, as [`Self::resolve`] finds it, for looking up many of them.
    pub fn resolved_aliases(&self) -> HashMap<&CategoryId, &Arc<Category>> {
        let known = self.by_id();
        let mut resolved: HashMap<&CategoryId, Option<&Arc<Category>>> = HashMap::new();
        for old in self.aliases.keys() {
            let mut chain = Vec::new();
            let mut next = Some(old);
            let mut end = None;
            while let Some(id) = next {
                end = resolved.get(id).copied().unwrap_or_else(|| known.get(id).copied());
                // An id of this chain is met again in a circle, which ends nowhere.
                if end.is_some() || resolved.contains_key(id) {
                    break;
                }
                resolved.insert(id, None);
                chain.push(id);
                next = self.aliases.get(id);
            }
            for id in chain {
                resolved.insert(id, end);
            }
        }
        resolved.into_iter().filter_map(|(old, category)| Some((old, category?))).collect()
    }

    /// The ids to which the aliases of an id lead, one by one; once around a circle.
    pub(super) fn alias_chain<'a>(&'a self, id: &CategoryId) -> impl Iterator<Item = &'a CategoryId> {
        // A chain without a circle has at most as many links as there are aliases.
        let first = self.aliases.get(id);
        std::iter::successors(first, |id| self.aliases.get(*id)).take(self.aliases.len())
    }

    /// Number of aliases between an id and a category.
    pub(super) fn alias_depth(&self, id: &CategoryId) -> usize {
        self.alias_chain(id).take_while(|id| self.category(id).is_none()).count()
    }

    /// Returns an id for a new category, derived from `base`, that no category has or has had.
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

    /// The categories by id, for looking up many of them.
    pub fn by_id(&self) -> HashMap<&CategoryId, &Arc<Category>> {
        // Of two with the same id, the first counts, as in [`Self::category`].
        self.categories.iter().rev().map(|category| (&category.id, category)).collect()
    }

    /// True if a category is somewhere below another one.
    pub fn is_descendant(&self, id: &CategoryId, above: &CategoryId) -> bool {
        self.ancestors(id).any(|category| category.id == *above)
    }

    /// The categories above one, the nearest first; once around a circle.
    pub fn ancestors<'a>(&'a self, id: &CategoryId) -> impl Iterator<Item = &'a Arc<Category>> {
        let known = self.by_id();
        let first = known.get(id).and_then(|category| known.get(category.parent.as_ref()?)).copied();
        let parent = move |category: &&Arc<Category>| known.get(category.parent.as_ref()?).copied();
        std::iter::successors(first, parent).take(self.categories.len())
    }

    /// The name of a category, also by an old id; the id if the codebook has no such category.
    pub fn name_of<'a>(&'a self, id: &'a CategoryId) -> &'a str {
        self.resolve(id).map_or(id.as_str(), |c| c.name.as_str())
    }
}

/// A kind of move.
#[derive(Clone, PartialEq, Debug)]
pub struct Category {
    /// Its id, also in files.
    pub id: CategoryId,
    /// Its name.
    pub name: String,
    /// Its colour, which is never its only mark.
    pub colour: Colour,
    /// The key that tags with it: a digit 1–9 or a lower-case letter.
    pub hotkey: Option<char>,
    /// The more general category it belongs to.
    pub parent: Option<CategoryId>,
    /// Its definition.
    pub definition: String,
    /// Guidelines on what to tag with it.
    pub include: String,
    /// Guidelines on what not to tag with it.
    pub exclude: String,
    /// Example passages.
    pub examples: Vec<String>,
    /// Equivalent codes of other schemes, such as `"CAMEO" → ["13"]`.
    pub codes: BTreeMap<SmolStr, Vec<SmolStr>>,
    /// True if it is closed to new spans.
    pub retired: bool,
}

impl Category {
    /// A category with a name and a colour, and nothing else yet.
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

/// A kind of link.
#[derive(Clone, PartialEq, Debug)]
pub struct LinkKind {
    /// Its id, also in files.
    pub id: LinkKindId,
    /// Its name, such as "responds to".
    pub name: String,
    /// Its definition.
    pub definition: String,
    /// True if the near end of a link answers the far end; see [`LinkKind::is_answer`].
    pub answers: Option<bool>,
}

impl LinkKind {
    /// The kind that answers unless its codebook says otherwise.
    const ANSWERS: &str = "responds-to";

    /// A kind of link with a name and a definition.
    pub fn new(id: LinkKindId, name: impl Into<String>, definition: impl Into<String>) -> Self {
        Self { id, name: name.into(), definition: definition.into(), answers: None }
    }

    /// True if the near end of a link answers the far end.
    pub fn is_answer(&self) -> bool {
        self.answers.unwrap_or(self.id.as_str() == Self::ANSWERS)
    }
}
