//! Attributes and kinds of link.

use std::sync::Arc;

use demarche_model::{AttributeDef, AttributeId, Edit, LinkKind, LinkKindId, Span};

use super::super::Session;
use super::draft::Draft;
use crate::words::{codebook as words, steps};

impl Session {
    pub(super) fn put_attribute(&mut self, attribute: AttributeDef) {
        let mut draft = Draft::new(self.project.codebook());
        let name = attribute.name.clone();
        if let Some(holder) = draft.attribute_of_key(&attribute) {
            let notice = words::key_taken(&name, &holder.name);
            return self.notify(notice);
        }
        let is_new = draft.codebook.attribute(&attribute.id).is_none();
        draft.put_attribute(None, attribute);
        let notice = if is_new { words::added(&name) } else { words::changed(&name) };
        if !draft.edits.is_empty() {
            self.change(steps::put_attribute(is_new, &name), draft.edits, notice);
        }
    }

    pub(super) fn move_attribute(&mut self, id: &AttributeId, before: Option<&AttributeId>) {
        let mut draft = Draft::new(self.project.codebook());
        let Some(attribute) = draft.codebook.attribute(id).cloned() else { return };
        let others = draft.codebook.attributes.iter().filter(|a| a.id != *id);
        let stays = before == Some(id);
        let at = others.clone().position(|a| Some(&a.id) == before).unwrap_or(others.count());
        if !stays {
            draft.put_attribute(Some(at), AttributeDef::clone(&attribute));
        }
        let name = &attribute.name;
        match draft.edits.is_empty() {
            true => self.notify(words::already_there(name)),
            false => {
                self.change(steps::move_attribute(name), draft.edits, words::moved(name));
            }
        }
    }

    /// Removes an attribute; with `values`, also its values in the user's spans. The spans of others keep theirs.
    pub(super) fn remove_attribute(&mut self, id: &AttributeId, values: bool) {
        let Some(attribute) = self.project.codebook().attribute(id).cloned() else { return };
        let name = &attribute.name;
        let mut edits = if values { self.cleared(id) } else { Vec::new() };
        let (cleared, all) = (edits.len(), self.impact_of_attribute(id).spans);
        edits.push(Edit::SetAttribute { id: id.clone(), to: None });
        let notice = words::attribute_removed(name, cleared, all - cleared);
        self.change(steps::remove_attribute(name), edits, notice);
    }

    /// The edits that remove an attribute from the user's spans. Their time of change is kept: no one has looked at them.
    fn cleared(&self, id: &AttributeId) -> Vec<Edit> {
        let mut out = Vec::new();
        for document in self.project.documents() {
            let (Some(layer), mine) = (document.layer(&self.me), self.my_layer(document.id())) else {
                continue;
            };
            for span in layer.spans().filter(|span| span.attributes.contains_key(id)) {
                let mut span = Span::clone(span);
                span.attributes.remove(id);
                out.push(Edit::SetSpan { layer: mine.clone(), id: span.id, to: Some(Arc::new(span)) });
            }
        }
        out
    }

    pub(super) fn put_link_kind(&mut self, kind: LinkKind) {
        let mut draft = Draft::new(self.project.codebook());
        let name = kind.name.clone();
        let is_new = draft.codebook.link_kind(&kind.id).is_none();
        draft.put_link_kind(kind);
        let notice = if is_new { words::added(&name) } else { words::changed(&name) };
        if !draft.edits.is_empty() {
            self.change(steps::put_link_kind(is_new, &name), draft.edits, notice);
        }
    }

    pub(super) fn remove_link_kind(&mut self, id: &LinkKindId) {
        let Some(kind) = self.project.codebook().link_kind(id).cloned() else { return };
        let name = &kind.name;
        let links = self.impact_of_link_kind(id);
        if links > 0 {
            return self.notify_error(words::link_kind_in_use(name, links));
        }
        let edit = Edit::SetLinkKind { id: id.clone(), to: None };
        self.change(steps::remove_link_kind(name), vec![edit], words::removed(name));
    }
}
