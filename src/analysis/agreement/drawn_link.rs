//! A link of an annotator, with what its kind says about its direction.

use crate::bargain::LinkRole;
use demarche_model::Link;

/// A link of an annotator in a document.
#[derive(Clone, Copy)]
pub(super) struct DrawnLink<'a> {
    pub link: &'a Link,
    /// True if its direction means nothing.
    pub undirected: bool,
}

impl<'a> DrawnLink<'a> {
    /// A link whose kind has this role, if the codebook has the kind.
    pub fn new(link: &'a Link, role: Option<LinkRole>) -> Self {
        Self { link, undirected: role == Some(LinkRole::Repeats) }
    }
}
