//! Placing spans, each in the layer of its annotator.

use std::sync::Arc;

use uuid::Uuid;

use super::Placer;
use super::names::{At, Values};
use super::origins::Origin;
use super::passages::{Content, Record, Sameness};
use super::times::time;
use crate::IoError;
use crate::annotations::refusal::{Refusal, SpanFault};
use crate::annotations::{DraftSpan, SpanOwner};
use crate::loss::PlacingLoss;
use demarche_model::{AnnotatorId, Ranges, Span, SpanId, ValueFault};

/// The ids of a span in its file.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    /// The id of its document.
    pub document: &'a str,
    /// Its own id, if it has one.
    pub span: Option<&'a str>,
    /// Its line.
    pub line: Option<usize>,
}

impl<'a> Placer<'a, '_> {
    /// Returns the annotator of a span, given the name in the file.
    pub(super) fn annotator_of<'n>(
        &self,
        given: Option<&'n str>,
        line: Option<usize>,
    ) -> Result<&'n str, IoError>
    where
        'a: 'n,
    {
        let named = given.map(str::trim).filter(|name| !name.is_empty());
        let name = match self.owner {
            SpanOwner::All(id) => Some(id.as_str()),
            SpanOwner::Unsigned(id) => named.or(Some(id.as_str())),
            SpanOwner::Named => named,
        };
        name.ok_or_else(|| IoError::Unsigned { file: self.file.clone(), line })
    }

    /// Returns the record that the file has of a span, with its links.
    fn record(&self, given: &Given<'_>) -> Record {
        let links = given.span.filter(|_| !self.outgoing.is_empty());
        let links = links.and_then(|span| self.outgoing.get(&(given.document.to_owned(), span.to_owned())));
        let (file, outgoing) = (self.file_number, links.copied().unwrap_or_default());
        Record { file, outgoing, linked: links.is_some() }
    }

    /// Reports values that do not fit their attributes.
    fn wrong_values(&mut self, faults: Vec<ValueFault>, given: Given<'_>) {
        for fault in faults {
            let fault = match &fault {
                ValueFault::Unlisted { .. } => SpanFault::UnlistedValue(fault),
                ValueFault::WrongKind { .. } | ValueFault::NoAttribute(_) => {
                    self.losses.add(PlacingLoss::WrongValues, 1);
                    SpanFault::WrongValue(fault)
                }
            };
            self.refuse_record(given.line, given.span, fault);
        }
    }

    /// Places a span, or finds the existing one, and returns its id; `None` if its category is left out. `name` is the name of the annotator in the file.
    pub(super) fn span(
        &mut self,
        at: usize,
        draft: DraftSpan,
        given: Given<'_>,
        ranges: Ranges,
        (annotator, name): (&AnnotatorId, &str),
    ) -> Result<Option<SpanId>, Refusal> {
        let created = time(draft.created.as_deref(), self.fresh.now)?;
        let modified = time(draft.modified.as_deref(), created)?;
        if draft.category.trim().is_empty() {
            return Err(SpanFault::NoCategory.into());
        }
        let at_record = At { line: given.line, record: given.span };
        let Some(category) = self.names.category(draft.category.trim(), at_record) else {
            self.losses.add(PlacingLoss::LeftOutPassages, 1);
            return Ok(None);
        };
        let place = (category, ranges);
        let Values { kept: attributes, faults, left_out } = self.names.values(draft.attributes, at_record);
        let record = self.record(&given);
        let own_id = given.span.and_then(|id| Uuid::parse_str(id).ok()).map(SpanId);
        let content = Content { place: &place, attributes: &attributes, note: &draft.note, id: own_id };
        let layer = self.targets.get(at).layer(self.project, annotator);
        match layer.passages.find(&content, record) {
            Sameness::New => {}
            Sameness::Known(id) => {
                self.counts.2 += 1;
                return Ok(Some(id));
            }
            Sameness::Repeated(id) => {
                self.repeated += 1;
                return Ok(Some(id));
            }
        }
        let id = SpanId(self.fresh_id(given.span));
        self.losses.add(PlacingLoss::LeftOutValues, left_out);
        self.wrong_values(faults, given);
        self.names.add_annotator(annotator, name);
        self.names.add_values(&attributes);
        let layer = self.targets.get(at).layer(self.project, annotator);
        let ((category, ranges), note) = (place, draft.note);
        let span = Span { id, category, ranges, attributes, note, created, modified, provenance: None };
        let span = Arc::new(span);
        layer.passages.add(span.clone(), record.outgoing, Some(record));
        layer.spans.push(span);
        if let Some(provenance) = draft.provenance {
            let (annotator, place) = (annotator.clone(), layer.spans.len() - 1);
            let (document, line) = (String::new(), draft.line);
            self.origins.push(Origin { document, line, at, annotator, place, provenance });
        }
        self.counts.0 += 1;
        Ok(Some(id))
    }
}
