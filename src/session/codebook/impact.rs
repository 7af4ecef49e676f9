//! What a change of the codebook would touch, and how that is said.

use demarche_model::{AttributeId, CategoryId, LinkKindId, Project, Span};

use super::super::Session;
use super::Impact;
use crate::words::{counted, passages};

impl Session {
    /// The spans that are tagged with one of these categories. Looks at every span in memory: ask when a dialog opens, not
    /// in every frame.
    pub fn impact(&self, categories: &[CategoryId]) -> Impact {
        self.impact_where(|span| categories.contains(&span.category))
    }

    /// The spans that have a value of this attribute. Looks at every span, as [`Self::impact`] does.
    pub fn impact_of_attribute(&self, attribute: &AttributeId) -> Impact {
        self.impact_where(|span| span.attributes.contains_key(attribute))
    }

    /// How many links are of this kind, as far as layers have been read.
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
    /// What would be touched, in words: "12 passages in 3 documents: 8 of Ana, 4 of Ben".
    pub fn sentence(&self, project: &Project) -> String {
        let of = |(id, count): &(_, usize)| (project.name_of(id).to_owned(), *count);
        let whose: Vec<(String, usize)> = self.annotators.iter().map(of).collect();
        let mut out = match whose.as_slice() {
            [] => "no passage".to_owned(),
            _ => format!("{} in {}", passages(self.spans), counted(self.documents, "document", "documents")),
        };
        match whose.as_slice() {
            [] => {}
            [(name, 1)] => out.push_str(&format!(", {name}'s")),
            [(name, _)] => out.push_str(&format!(", all {name}'s")),
            several => {
                let parts: Vec<String> =
                    several.iter().map(|(name, count)| format!("{count} of {name}")).collect();
                out.push_str(&format!(": {}", parts.join(", ")));
            }
        }
        if self.unread > 0 {
            let documents = counted(self.unread, "document is", "documents are");
            out.push_str(&format!("; {documents} not read yet"));
        }
        out
    }
}
