//! Counting the spans that a change of the codebook would touch.

use demarche_model::{AttributeId, CategoryId, LinkKindId, Project, Span};

use super::super::Session;
use super::Impact;
use crate::words::codebook_impact;

impl Session {
    /// Counts the spans of some categories. Looks at every span in memory: call it when a dialog opens, not in every
    /// frame.
    pub fn impact(&self, categories: &[CategoryId]) -> Impact {
        self.impact_where(|span| categories.contains(&span.category))
    }

    /// Counts the spans that have a value of an attribute. Looks at every span, like [`Self::impact`].
    pub fn impact_of_attribute(&self, attribute: &AttributeId) -> Impact {
        self.impact_where(|span| span.attributes.contains_key(attribute))
    }

    /// Counts the links of a kind in layers that have been read.
    pub fn impact_of_link_kind(&self, kind: &LinkKindId) -> usize {
        let layers = self.project.documents().iter().flat_map(|document| document.layers.values());
        layers.flat_map(|layer| layer.links()).filter(|link| link.kind == *kind).count()
    }

    fn impact_where(&self, counts: impl Fn(&Span) -> bool) -> Impact {
        let mut impact = Impact { unread: self.unread_layers().count(), ..Impact::default() };
        for document in self.project.documents() {
            let before = impact.spans;
            for (annotator, layer) in &document.layers {
                let spans = layer.spans_unsorted().filter(|span| counts(span)).count();
                impact.add(annotator, spans);
            }
            impact.documents += usize::from(impact.spans > before);
        }
        impact
    }
}

impl Impact {
    /// The impact for people: `12 passages in 3 documents: 8 of Ana, 4 of Ben`.
    pub fn sentence(&self, project: &Project) -> String {
        let named = self.annotators.iter().map(|(id, count)| (project.name_of(id), *count));
        let owners: Vec<(&str, usize)> = named.collect();
        codebook_impact::impact(self.spans, self.documents, &owners, self.unread)
    }
}
