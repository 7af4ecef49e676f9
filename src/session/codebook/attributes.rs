//! Attributes, kinds of link, and the lists of actors and issues.

use std::collections::HashSet;
use std::sync::Arc;

use demarche_model::{AttributeDef, AttributeId, Edit, LinkKind, LinkKindId, Span};

use super::super::Session;
use super::draft::Draft;
use crate::words::{counted, passages};

impl Session {
    pub(super) fn put_attribute(&mut self, attribute: AttributeDef) {
        let mut draft = Draft::of(self.project.codebook());
        let name = attribute.name.clone();
        if let Some(holder) = draft.attribute_of_key(&attribute) {
            let told = format!("The key of {name} is {}'s already; choose another", holder.name);
            return self.notify(told);
        }
        let known = draft.codebook.attribute(&attribute.id).is_some();
        draft.put_attribute(None, attribute);
        let (label, told) = match known {
            true => (format!("change the attribute {name}"), format!("Changed: {name}")),
            false => (format!("add the attribute {name}"), format!("Added: {name}")),
        };
        if !draft.edits.is_empty() {
            self.change(label, draft.edits, told);
        }
    }

    pub(super) fn move_attribute(&mut self, id: &AttributeId, before: Option<&AttributeId>) {
        let mut draft = Draft::of(self.project.codebook());
        let Some(attribute) = draft.codebook.attribute(id).cloned() else { return };
        let others = draft.codebook.attributes.iter().filter(|a| a.id != *id);
        let stays = before == Some(id);
        let at = others.clone().position(|a| Some(&a.id) == before).unwrap_or(others.count());
        if !stays {
            draft.put_attribute(Some(at), AttributeDef::clone(&attribute));
        }
        let name = &attribute.name;
        match draft.edits.is_empty() {
            true => self.notify(format!("{name} stands there already")),
            false => {
                self.change(format!("move the attribute {name}"), draft.edits, format!("Moved: {name}"));
            }
        }
    }

    /// Removes an attribute; with `values`, also what the user's spans say of it. The spans of others keep theirs.
    pub(super) fn remove_attribute(&mut self, id: &AttributeId, values: bool) {
        let Some(attribute) = self.project.codebook().attribute(id).cloned() else { return };
        let name = &attribute.name;
        let mut edits = if values { self.cleared(id) } else { Vec::new() };
        let (cleared, all) = (edits.len(), self.impact_of_attribute(id).spans);
        edits.push(Edit::SetAttribute { id: id.clone(), to: None });
        let mut told = format!("Removed: {name}");
        if cleared > 0 {
            told.push_str(&format!(" and its value in {}", passages(cleared)));
        }
        if all > cleared {
            let keep = if all - cleared == 1 { "keeps its value" } else { "keep theirs" };
            told.push_str(&format!("; {} {keep}", passages(all - cleared)));
        }
        self.change(format!("remove the attribute {name}"), edits, told);
    }

    /// The edits that take an attribute from the user's spans. When a span was changed last stays: nobody has looked at it.
    fn cleared(&self, id: &AttributeId) -> Vec<Edit> {
        let mut out = Vec::new();
        for document in self.project.documents() {
            let (Some(layer), home) = (document.layer(&self.me), self.my_layer(document.id())) else {
                continue;
            };
            for span in layer.spans().filter(|span| span.attributes.contains_key(id)) {
                let mut span = Span::clone(span);
                span.attributes.remove(id);
                out.push(Edit::SetSpan { layer: home.clone(), id: span.id, to: Some(Arc::new(span)) });
            }
        }
        out
    }

    pub(super) fn put_link_kind(&mut self, kind: LinkKind) {
        let mut draft = Draft::of(self.project.codebook());
        let name = kind.name.clone();
        let known = draft.codebook.link_kind(&kind.id).is_some();
        draft.put_link_kind(kind);
        let (label, told) = match known {
            true => (format!("change the kind of link “{name}”"), format!("Changed: {name}")),
            false => (format!("add the kind of link “{name}”"), format!("Added: {name}")),
        };
        if !draft.edits.is_empty() {
            self.change(label, draft.edits, told);
        }
    }

    pub(super) fn remove_link_kind(&mut self, id: &LinkKindId) {
        let Some(kind) = self.project.codebook().link_kind(id).cloned() else { return };
        let name = &kind.name;
        let links = self.impact_of_link_kind(id);
        if links > 0 {
            let links = counted(links, "link is", "links are");
            return self.notify_error(format!(
                "Not removed: {links} of the kind “{name}”. Remove them first, or give the kind another name."
            ));
        }
        let edit = Edit::SetLinkKind { id: id.clone(), to: None };
        self.change(format!("remove the kind of link “{name}”"), vec![edit], format!("Removed: {name}"));
    }

    pub(super) fn set_actors(&mut self, to: Vec<String>) {
        let to = tidy(to);
        if let Some(told) = difference(self.project.actors(), &to) {
            self.change(
                "change the actors".to_owned(),
                vec![Edit::SetActors { to }],
                format!("Actors: {told}"),
            );
        }
    }

    pub(super) fn set_issues(&mut self, to: Vec<String>) {
        let to = tidy(to);
        if let Some(told) = difference(self.project.issues(), &to) {
            self.change(
                "change the issues".to_owned(),
                vec![Edit::SetIssues { to }],
                format!("Issues: {told}"),
            );
        }
    }
}

/// The names without white space around them, each once.
fn tidy(names: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::new();
    let trimmed = names.iter().map(|name| name.trim().to_owned());
    trimmed.filter(|name| !name.is_empty() && seen.insert(name.clone())).collect()
}

/// What is new and what is gone, in words; `None` where the lists are the same.
fn difference(old: &[String], new: &[String]) -> Option<String> {
    if old == new {
        return None;
    }
    let added = new.iter().filter(|name| !old.contains(name)).count();
    let removed = old.iter().filter(|name| !new.contains(name)).count();
    Some(match (added, removed) {
        (0, 0) => "put in another order".to_owned(),
        (added, 0) => format!("{added} added"),
        (0, removed) => format!("{removed} removed"),
        (added, removed) => format!("{added} added, {removed} removed"),
    })
}
