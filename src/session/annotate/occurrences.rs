//! Tagging every occurrence of some words, in one step.

use std::collections::BTreeSet;
use std::sync::Arc;

use demarche_analysis::search::{Matcher, Query};
use demarche_model::{CategoryId, Document, DocumentId, Edit, Ranges, TextRange};

use crate::Session;
use crate::words::{annotate as words, reading, steps};

/// The documents in which occurrences are tagged.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum OccurrenceScope {
    /// In the open document.
    #[default]
    Document,
    /// In all documents of the project.
    Project,
}

/// A place at which a query occurs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Occurrence {
    /// The document.
    pub document: DocumentId,
    /// The text.
    pub range: TextRange,
}

impl Session {
    /// Tags every occurrence that is not tagged with this category yet, except those at `left_out`, as one step.
    pub(crate) fn tag_every(
        &mut self,
        query: Query,
        scope: OccurrenceScope,
        category: CategoryId,
        left_out: Vec<Occurrence>,
    ) {
        let matcher = match query.compile() {
            Ok(matcher) => matcher,
            Err(error) => return self.notify(reading::cannot_search(&error)),
        };
        if let Some(retired) = self.project.codebook().category(&category).filter(|c| c.retired) {
            return self.notify(words::retired(&retired.name));
        }
        if scope == OccurrenceScope::Project && self.project.documents().iter().any(|d| !d.is_loaded()) {
            return self
                .read_then(move |session| session.tag_in(scope, &matcher, &query, category, &left_out));
        }
        self.tag_in(scope, &matcher, &query, category, &left_out);
    }

    /// Tags occurrences in loaded documents.
    fn tag_in(
        &mut self,
        scope: OccurrenceScope,
        matcher: &Matcher,
        query: &Query,
        category: CategoryId,
        left_out: &[Occurrence],
    ) {
        let documents: Vec<Arc<Document>> = documents_in(self, scope).into_iter().cloned().collect();
        let edits =
            documents.iter().flat_map(|document| self.edits_for(document, matcher, &category, left_out));
        let edits: Vec<Edit> = edits.collect();
        let name = self.project.codebook().name_of(&category).to_owned();
        let count = edits.len();
        if count == 0 {
            return self.notify(words::nothing_left_to_tag(&name));
        }
        let label = steps::tag_occurrences(count, query.pattern.trim(), &name);
        if self.edit(label, Edit::Batch(edits)) {
            self.tagging.remember_category(&category);
            self.notify(words::tagged_occurrences(count, &name));
        }
    }

    fn edits_for(
        &self,
        document: &Document,
        matcher: &Matcher,
        category: &CategoryId,
        left_out: &[Occurrence],
    ) -> Vec<Edit> {
        let Some(text) = &document.text else { return Vec::new() };
        let layer = self.my_layer(document.id());
        let left_out = left_out.iter().filter(|other| other.document == *document.id());
        let left_out: BTreeSet<usize> = left_out.map(|other| other.range.start).collect();
        let hits = matcher.find_all(text.as_str()).into_iter().filter(|hit| !left_out.contains(&hit.start));
        let hits = hits.filter_map(Ranges::one);
        let spans = hits.map(|ranges| self.new_span(ranges, category));
        let fresh = spans.filter(|span| self.same_span(&layer, span).is_none());
        fresh
            .map(|span| Edit::SetSpan { layer: layer.clone(), id: span.id, to: Some(Arc::new(span)) })
            .collect()
    }
}

fn documents_in(session: &Session, scope: OccurrenceScope) -> Vec<&Arc<Document>> {
    match scope {
        OccurrenceScope::Document => session.document().into_iter().collect(),
        OccurrenceScope::Project => session.project().documents().iter().collect(),
    }
}

/// Finds the occurrences of a query. Returns `None` if the query is invalid, a text is not loaded, or there are more
/// than `most_bytes` of text.
pub fn occurrences(
    session: &Session,
    query: &Query,
    scope: OccurrenceScope,
    most_bytes: usize,
) -> Option<Vec<Occurrence>> {
    let matcher = query.compile().ok()?;
    let documents = documents_in(session, scope);
    let bytes: Option<usize> =
        documents.iter().map(|document| document.text.as_ref().map(|text| text.len())).sum();
    if bytes? > most_bytes {
        return None;
    }
    let in_document = |document: &Arc<Document>| {
        let hits = document.text.as_ref().map(|text| matcher.find_all(text.as_str())).unwrap_or_default();
        let id = document.id().clone();
        hits.into_iter().map(move |range| Occurrence { document: id.clone(), range })
    };
    Some(documents.into_iter().flat_map(in_document).collect())
}
