//! Placing links, once all spans of a file are known.

use std::sync::Arc;

use uuid::Uuid;

use super::Placer;
use super::times::time;
use crate::annotations::DraftLink;
use crate::annotations::refusal::{LinkFault, Refusal};
use demarche_analysis::context::shorten;
use demarche_model::{DocumentId, Link, LinkId, SpanId};

impl Placer<'_, '_> {
    /// Places a link, now that all spans are known.
    pub(super) fn link(&mut self, document: String, link: DraftLink) -> Result<(), Refusal> {
        let known = |document: &str, span: &str| self.known.get(document)?.get(span).cloned();
        let (at, annotator, from) =
            known(&document, &link.from).ok_or_else(|| LinkFault::LinkStart(shorten(&link.from, 40)))?;
        let to_key = (link.to_document.unwrap_or(document), link.to);
        let (to_document, to) = match known(&to_key.0, &to_key.1) {
            Some((there, _, to)) => (self.targets.get(there).id.clone(), to),
            None => self.in_project(&to_key).ok_or_else(|| LinkFault::LinkEnd(shorten(&to_key.1, 40)))?,
        };
        let created = time(link.created.as_deref(), self.fresh.now)?;
        if link.kind.trim().is_empty() {
            return Err(LinkFault::NoLinkKind.into());
        }
        let kind = self.names.link_kind(link.kind.trim());
        let layer = self.targets.get(at).layer(self.project, &annotator);
        let key = (kind.clone(), from, to);
        if let Some(is_new) = layer.links_present.get(&key) {
            *if *is_new { &mut self.repeated_links } else { &mut self.counts.2 } += 1;
            return Ok(());
        }
        layer.links_present.insert(key, true);
        let id = LinkId(self.fresh_id(link.id.as_deref()));
        let layer = self.targets.get(at).layer(self.project, &annotator);
        layer.links.push(Arc::new(Link { id, kind, from, to_document, to, created }));
        self.counts.1 += 1;
        Ok(())
    }

    /// Returns a span of the project that is not in the file.
    fn in_project(&self, (document, span): &(String, String)) -> Option<(DocumentId, SpanId)> {
        let document = self.project.document(&DocumentId::new(document))?;
        let span = SpanId(Uuid::parse_str(span).ok()?);
        let there = document.layers.values().any(|layer| layer.span(span).is_some());
        there.then(|| (document.id().clone(), span))
    }
}
