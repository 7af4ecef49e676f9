//! Links between spans.

use crate::model::{Edit, LayerId, Link, LinkId, LinkKindId, SpanRef};

use super::Session;

impl Session {
    /// Links two spans. The link stands in the layer of the span it starts from, which has to be the user's.
    pub(super) fn link(&mut self, from: &SpanRef, to: &SpanRef, kind: LinkKindId) {
        let link = Link {
            id: LinkId(self.env.new_uuid()),
            kind,
            from: from.span,
            to_document: to.layer.document.clone(),
            to: to.span,
            created: self.env.now(),
        };
        let edit = Edit::SetLink { layer: from.layer.clone(), id: link.id, to: Some(link.into()) };
        self.edit("link two passages", edit);
    }

    /// Removes a link of the user.
    pub(super) fn unlink(&mut self, layer: &LayerId, id: LinkId) {
        self.edit("remove a link", Edit::SetLink { layer: layer.clone(), id, to: None });
    }
}
