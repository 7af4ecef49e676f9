//! Removing a category with its spans.

use std::collections::HashSet;

use demarche_model::{CategoryId, Edit, LayerId, SpanId};

use super::super::Session;
use super::Impact;
use super::draft::Draft;
use crate::words::{counted, passages};

impl Session {
    /// Removes a category, and the user's spans of it. Where others have tagged with it, nothing is done.
    pub(super) fn remove_category(&mut self, id: &CategoryId) {
        let codebook = self.project.codebook().clone();
        let Some(category) = codebook.category(id).cloned() else { return };
        let mut impact = self.impact(std::slice::from_ref(id));
        impact.annotators.retain(|(annotator, _)| *annotator != self.me);
        if !impact.annotators.is_empty() {
            return self.notify_error(self.why_not_removed(&category.name, &impact));
        }
        let gone = self.my_spans_of(id);
        let spans = gone.len();
        let mut draft = Draft::of(&codebook);
        let links = self.links_at(&gone);
        let with = if links.is_empty() {
            String::new()
        } else {
            format!(" and {}", counted(links.len(), "link", "links"))
        };
        draft.edits.extend(links);
        draft.edits.extend(gone.into_iter().map(|(layer, id)| Edit::SetSpan { layer, id, to: None }));
        for child in codebook.categories.iter().filter(|c| c.parent.as_ref() == Some(id)) {
            draft.change(&child.id, |child| child.parent.clone_from(&category.parent));
        }
        draft.change_attribute_categories(|categories| {
            // An attribute for this category alone would be one for all with an empty list.
            if categories.len() > 1 {
                categories.retain(|category| category != id);
            }
        });
        draft.aliases_of(id).iter().for_each(|old| draft.alias(old, None));
        draft.remove(id);
        let name = &category.name;
        let told = match spans {
            0 => format!("Removed: {name}"),
            _ => format!("Removed: {name} with {}{with}", passages(spans)),
        };
        self.change(format!("remove {name}"), draft.edits, told);
    }

    fn why_not_removed(&self, name: &str, others: &Impact) -> String {
        let whose: Vec<String> = others
            .annotators
            .iter()
            .map(|(id, count)| {
                let person = self.project.name_of(id);
                format!("{} of {person}", passages(*count))
            })
            .collect();
        let whose = whose.join(", ");
        format!(
            "Not removed: {name} tags {whose}, and nobody removes what others have tagged. Move its passages to \
             another category, or retire {name} so that nothing new is tagged with it."
        )
    }

    /// The user's spans of a category, layer by layer.
    fn my_spans_of(&self, category: &CategoryId) -> Vec<(LayerId, SpanId)> {
        let mut out = Vec::new();
        for document in self.project.documents() {
            let Some(layer) = document.layer(&self.me) else { continue };
            let id = self.my_layer(document.id());
            let spans = layer.spans().filter(|span| span.category == *category);
            out.extend(spans.map(|span| (id.clone(), span.id)));
        }
        out
    }

    /// The edits that remove the user's links from or to these spans.
    fn links_at(&self, spans: &[(LayerId, SpanId)]) -> Vec<Edit> {
        let gone: HashSet<(&demarche_model::DocumentId, SpanId)> =
            spans.iter().map(|(layer, span)| (&layer.document, *span)).collect();
        let mut out = Vec::new();
        for document in self.project.documents() {
            let (Some(layer), id) = (document.layer(&self.me), self.my_layer(document.id())) else {
                continue;
            };
            let dangling = layer.links().filter(|link| {
                gone.contains(&(document.id(), link.from)) || gone.contains(&(&link.to_document, link.to))
            });
            out.extend(dangling.map(|link| Edit::SetLink { layer: id.clone(), id: link.id, to: None }));
        }
        out
    }
}
