//! The origin of spans of the consensus.

use demarche_model::{DocumentId, LayerId, Provenance, SourceSpan, SpanRef};

use super::super::Session;
use crate::words::compare as words;

impl Session {
    /// Describes the origin of a span of the consensus: `The reading of Ana Reyes, rather than of Ben Okafor`.
    pub fn describe_provenance(&self, provenance: &Provenance) -> String {
        words::provenance(&self.source_names(&provenance.from), &self.source_names(&provenance.over))
    }

    /// The names of the annotators of spans, without repetitions.
    fn source_names<'a>(&'a self, sources: &'a [SourceSpan]) -> Vec<&'a str> {
        let mut names: Vec<&str> =
            sources.iter().map(|source| self.project.name_of(&source.annotator)).collect();
        names.dedup();
        names
    }

    /// The sources of a span of the consensus that have changed since it was settled: the annotator's name, and whether
    /// the source is gone.
    pub fn changed_since(&self, document: &DocumentId, provenance: &Provenance) -> Vec<(String, bool)> {
        let changed = provenance.settles().filter_map(|source| {
            let at = SpanRef { layer: LayerId::new(document, &source.annotator), span: source.span };
            let name = || self.project.name_of(&source.annotator).to_owned();
            match self.project.span(&at) {
                None => Some((name(), true)),
                Some(span) => (span.modified > provenance.at).then(|| (name(), false)),
            }
        });
        changed.collect()
    }
}
