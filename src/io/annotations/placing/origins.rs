//! Where spans of the consensus come from: told once all spans of a file are known, since these may have other ids here.

use std::sync::Arc;

use uuid::Uuid;

use super::Placer;
use super::times::time;
use crate::annotations::draft::DraftProvenance;
use crate::annotations::refusal::SpanFault;
use demarche_analysis::context::shorten;
use demarche_model::{AnnotatorId, Provenance, SourceSpan, SpanId};

/// What a span that has come in says of where it comes from.
pub(super) struct Origin {
    /// What the file calls its document.
    pub document: String,
    pub line: Option<usize>,
    /// The document that it came into.
    pub at: usize,
    pub annotator: AnnotatorId,
    /// Its position among the spans that come into the layer.
    pub place: usize,
    pub provenance: DraftProvenance,
}

impl Placer<'_, '_> {
    /// Tells the spans that came in where they come from.
    pub(super) fn origins(&mut self) {
        for origin in std::mem::take(&mut self.origins) {
            match self.provenance(&origin) {
                Ok(provenance) => {
                    let layer = self.targets.get(origin.at).layer(self.project, &origin.annotator);
                    if let Some(span) = layer.spans.get_mut(origin.place) {
                        Arc::make_mut(span).provenance = Some(Box::new(provenance));
                    }
                }
                Err(refusal) => self.refuse(origin.line, refusal),
            }
        }
    }

    fn provenance(&mut self, origin: &Origin) -> Result<Provenance, SpanFault> {
        let DraftProvenance { from, over, by, at } = &origin.provenance;
        let mut sources = |given: &[(String, String)]| {
            let source = |(annotator, span): &(String, String)| self.source(origin, annotator, span);
            given.iter().map(source).collect::<Result<Vec<_>, SpanFault>>()
        };
        Ok(Provenance {
            from: sources(from)?,
            over: sources(over)?,
            by: self.names.annotator(by),
            at: time(Some(at), self.fresh.now)?,
        })
    }

    /// The span that is meant: one of the file, under the id that it has here; else one of this id, be it here or not.
    fn source(&mut self, origin: &Origin, annotator: &str, span: &str) -> Result<SourceSpan, SpanFault> {
        let known = self.known.get(&origin.document).and_then(|known| known.get(span)).map(|(.., id)| *id);
        let id = known
            .or_else(|| Uuid::parse_str(span).ok().map(SpanId))
            .ok_or_else(|| SpanFault::Origin(shorten(span, 40)))?;
        Ok(SourceSpan { annotator: self.names.annotator(annotator), span: id })
    }
}
