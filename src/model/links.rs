//! The links of a layer, so kept that one sees quickly what has changed.

use std::sync::Arc;

use super::{Link, LinkId};

/// Links by id. A copy shares everything until one of the two is changed, and then all but the place of the change.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LinkSet(imbl::OrdMap<LinkId, Arc<Link>>);

/// A link that came, went or is another than before.
#[derive(Clone, PartialEq, Debug)]
pub struct LinkChange<'a> {
    /// The link as it was.
    pub old: Option<&'a Arc<Link>>,
    /// The link as it is.
    pub new: Option<&'a Arc<Link>>,
}

impl LinkSet {
    /// A link by id.
    pub fn get(&self, id: LinkId) -> Option<&Arc<Link>> {
        self.0.get(&id)
    }

    /// All of them, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Link>> {
        self.0.values()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is other than in `before`. Where one is a changed copy of the other, that costs as much as was changed.
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
