//! Where a span of the consensus comes from, in words.

use demarche_model::{DocumentId, LayerId, Provenance, SourceSpan, SpanRef};

use super::super::Session;

impl Session {
    /// Where a span of the consensus comes from: `Made of the reading of Ana Reyes, rather than that of Ben Okafor`.
    pub fn describe_provenance(&self, provenance: &Provenance) -> String {
        let names = |sources: &[SourceSpan]| {
            let mut names: Vec<&str> =
                sources.iter().map(|source| self.project.name_of(&source.annotator)).collect();
            names.dedup();
            match names.split_last() {
                Some((last, [])) => (*last).to_owned(),
                Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
                None => String::new(),
            }
        };
        let (from, over) = (names(&provenance.from), names(&provenance.over));
        match (provenance.from.len(), provenance.over.is_empty()) {
            (0, true) => "Drawn anew".to_owned(),
            (0, false) => format!("Drawn anew, rather than as {over} had it"),
            (_, false) => format!("As {from} had it, rather than {over}"),
            (1, true) => format!("As {from} had it"),
            (_, true) => format!("As {from} had it alike"),
        }
    }

    /// The spans that a span of the consensus came of and that are others now than when that was decided: whose they are,
    /// and whether they are gone.
    pub fn changed_since(&self, document: &DocumentId, provenance: &Provenance) -> Vec<(String, bool)> {
        let changed = provenance.settles().filter_map(|source| {
            let at = SpanRef { layer: LayerId::new(document, &source.annotator), span: source.span };
            let gone = self.project.span(&at).is_none_or(|span| span.modified > provenance.at);
            let name = || self.project.name_of(&source.annotator).to_owned();
            gone.then(|| (name(), self.project.span(&at).is_none()))
        });
        changed.collect()
    }
}
