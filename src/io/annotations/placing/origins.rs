//! Provenances of spans of the consensus, which are resolved once all spans of a file are known, since those may get new
//! ids.

use std::sync::Arc;

use uuid::Uuid;

use super::Placer;
use super::times::time;
use crate::annotations::draft::DraftProvenance;
use crate::annotations::refusal::SpanFault;
use demarche_analysis::context::shorten;
use demarche_model::{AnnotatorId, Basis, Provenance, SourceSpan, SpanId};

/// The provenance of a new span, as stated in the file.
pub(super) struct Origin {
    /// The id of its document in the file.
    pub document: String,
    pub line: Option<usize>,
    /// The index of the document in which it was placed.
    pub at: usize,
    pub annotator: AnnotatorId,
    /// Its index among the new spans of the layer.
    pub place: usize,
    pub provenance: DraftProvenance,
}

impl Placer<'_, '_> {
    /// Sets the provenances of the new spans.
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
        let DraftProvenance { from, over, is_single, by, at } = &origin.provenance;
        let mut sources = |given: &[(String, String)]| {
            let source = |(annotator, span): &(String, String)| self.source(origin, annotator, span);
            given.iter().map(source).collect::<Result<Vec<_>, SpanFault>>()
        };
        Ok(Provenance {
            from: sources(from)?,
            over: sources(over)?,
            basis: if *is_single { Basis::Single } else { Basis::Compared },
            by: self.names.annotator(by),
            at: time(Some(at), self.fresh.now)?,
        })
    }

    /// Returns the id of a source: the new id of a span in the file, or the given id, whether it exists or not.
    fn source(&mut self, origin: &Origin, annotator: &str, span: &str) -> Result<SourceSpan, SpanFault> {
        let known = self.known.get(&origin.document).and_then(|known| known.get(span)).map(|(.., id)| *id);
        let id = known
            .or_else(|| Uuid::parse_str(span).ok().map(SpanId))
            .ok_or_else(|| SpanFault::Origin(shorten(span, 40)))?;
        Ok(SourceSpan { annotator: self.names.annotator(annotator), span: id })
    }
}
