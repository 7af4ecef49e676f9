//! The links of a layer, in a set that can be compared quickly.

use std::sync::Arc;

use super::{Link, LinkId};

/// Links by id. A clone shares everything with the original except for what is changed later.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LinkSet(imbl::OrdMap<LinkId, Arc<Link>>);

/// A link that was added, removed or changed.
#[derive(Clone, PartialEq, Debug)]
pub struct LinkChange<'a> {
    /// The link before the change.
    pub old: Option<&'a Arc<Link>>,
    /// The link after the change.
    pub new: Option<&'a Arc<Link>>,
}

impl LinkSet {
    /// A link by id.
    pub fn get(&self, id: LinkId) -> Option<&Arc<Link>> {
        self.0.get(&id)
    }

    /// All links, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Link>> {
        self.0.values()
    }

    /// True if there are no links.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the changes since `before`. If one set is a changed clone of the other, the cost depends on
    /// the number of changes alone.
    pub fn changes_since<'a>(&'a self, before: &'a Self) -> Vec<LinkChange<'a>> {
        use imbl::ordmap::DiffItem;
        if self.0.ptr_eq(&before.0) {
            return Vec::new();
        }
        let changes = before.0.diff(&self.0).map(|item| match item {
            DiffItem::Add(_, new) => LinkChange { old: None, new: Some(new) },
            DiffItem::Update { old, new } => LinkChange { old: Some(old.1), new: Some(new.1) },
            DiffItem::Remove(_, old) => LinkChange { old: Some(old), new: None },
        });
        changes.collect()
    }

    pub(super) fn set(&mut self, id: LinkId, to: Option<Arc<Link>>) -> Option<Arc<Link>> {
        match to {
            Some(link) => self.0.insert(id, link),
            None => self.0.remove(&id),
        }
    }
}

impl FromIterator<Link> for LinkSet {
    fn from_iter<I: IntoIterator<Item = Link>>(links: I) -> Self {
        Self(links.into_iter().map(|link| (link.id, Arc::new(link))).collect())
    }
}
