//! Spans, each into the layer of the one who tagged it.

use std::sync::Arc;

use super::Placer;
use super::origins::Origin;
use super::times::time;
use crate::IoError;
use crate::annotations::refusal::{Refusal, SpanFault};
use crate::annotations::{DraftSpan, Whose};
use demarche_model::{AnnotatorId, Attributes, Ranges, Span, SpanId};

impl<'a> Placer<'a, '_> {
    /// Whose a span is, for which the file has this name.
    pub(super) fn annotator_of<'n>(
        &self,
        given: Option<&'n str>,
        line: Option<usize>,
    ) -> Result<&'n str, IoError>
    where
        'a: 'n,
    {
        let named = given.map(str::trim).filter(|name| !name.is_empty());
        let name = match self.whose {
            Whose::All(id) => Some(id.as_str()),
            Whose::Unsigned(id) => named.or(Some(id.as_str())),
            Whose::Named => named,
        };
        name.ok_or_else(|| IoError::Unsigned { file: self.file.clone(), line })
    }

    /// Brings in one span, or finds the one that is there; gives its id. `name` is what the file calls the annotator.
    pub(super) fn span(
        &mut self,
        at: usize,
        draft: DraftSpan,
        given: Option<&str>,
        ranges: Ranges,
        (annotator, name): (&AnnotatorId, &str),
    ) -> Result<SpanId, Refusal> {
        let created = time(draft.created.as_deref(), self.fresh.now)?;
        let modified = time(draft.modified.as_deref(), created)?;
        if draft.category.trim().is_empty() {
            return Err(SpanFault::NoCategory.into());
        }
        let category = self.names.category(draft.category.trim());
        let place = (category, ranges);
        let layer = self.targets.get(at).layer(self.project, annotator);
        if let Some(&there) = layer.present.get(&place) {
            self.counts.2 += 1;
            return Ok(there);
        }
        let id = SpanId(self.fresh_id(given));
        let values = draft.attributes.into_iter();
        let attributes: Attributes = values.map(|(given, value)| self.names.value(&given, value)).collect();
        self.names.add_annotator(annotator, name);
        self.names.add_values(&attributes);
        let layer = self.targets.get(at).layer(self.project, annotator);
        let (category, ranges) = place.clone();
        layer.present.insert(place, id);
        let note = draft.note;
        let span = Span { id, category, ranges, attributes, note, created, modified, provenance: None };
        layer.spans.push(Arc::new(span));
        if let Some(provenance) = draft.provenance {
            let (annotator, place) = (annotator.clone(), layer.spans.len() - 1);
            let (document, line) = (String::new(), draft.line);
            self.origins.push(Origin { document, line, at, annotator, place, provenance });
        }
        self.counts.0 += 1;
        Ok(id)
    }
}
