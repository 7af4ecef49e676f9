//! Removing a category with its spans.

use std::collections::HashSet;

use demarche_model::{CategoryId, Edit, LayerId, SpanId};

use super::super::Session;
use super::draft::Draft;
use crate::words::{codebook as words, steps};

impl Session {
    /// Removes a category with the user's spans. Refuses if others have used it.
    pub(super) fn remove_category(&mut self, id: &CategoryId) {
        let codebook = self.project.codebook().clone();
        let Some(category) = codebook.category(id).cloned() else { return };
        let mut impact = self.impact(std::slice::from_ref(id));
        impact.annotators.retain(|(annotator, _)| *annotator != self.me);
        if !impact.annotators.is_empty() {
            let name = |(id, count): &(_, usize)| (self.project.name_of(id).to_owned(), *count);
            let owners: Vec<(String, usize)> = impact.annotators.iter().map(name).collect();
            return self.notify_error(words::category_in_use(&category.name, &owners));
        }
        let gone = self.my_spans_of(id);
        let spans = gone.len();
        let mut draft = Draft::new(&codebook);
        let links = self.links_at(&gone);
        let notice = words::category_removed(&category.name, spans, links.len());
        draft.edits.extend(links);
        draft.edits.extend(gone.into_iter().map(|(layer, id)| Edit::SetSpan { layer, id, to: None }));
        for child in codebook.categories.iter().filter(|c| c.parent.as_ref() == Some(id)) {
            draft.change(&child.id, |child| child.parent.clone_from(&category.parent));
        }
        draft.change_attribute_categories(|categories| {
            // With an empty list, an attribute for this category alone would apply to all.
            if categories.len() > 1 {
                categories.retain(|category| category != id);
            }
        });
        draft.aliases_of(id).iter().for_each(|old| draft.alias(old, None));
        draft.remove(id);
        self.change(steps::remove_category(&category.name), draft.edits, notice);
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
