//! Tagging every occurrence of some words, in one step.

use std::sync::Arc;

use demarche_analysis::search::{Matcher, Query};
use demarche_model::{CategoryId, Document, Edit, Ranges};

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

impl Session {
    /// Tags every occurrence that is not tagged with this category yet, as one step.
    pub(crate) fn tag_every(&mut self, query: Query, scope: OccurrenceScope, category: CategoryId) {
        let matcher = match query.compile() {
            Ok(matcher) => matcher,
            Err(error) => return self.notify(reading::cannot_search(&error)),
        };
        if let Some(retired) = self.project.codebook().category(&category).filter(|c| c.retired) {
            return self.notify(words::retired(&retired.name));
        }
        if scope == OccurrenceScope::Project && self.project.documents().iter().any(|d| !d.is_loaded()) {
            return self.read_then(move |session| session.tag_in(scope, &matcher, &query, category));
        }
        self.tag_in(scope, &matcher, &query, category);
    }

    /// Tags occurrences in loaded documents.
    fn tag_in(&mut self, scope: OccurrenceScope, matcher: &Matcher, query: &Query, category: CategoryId) {
        let documents: Vec<Arc<Document>> = match scope {
            OccurrenceScope::Document => self.document().cloned().into_iter().collect(),
            OccurrenceScope::Project => self.project.documents().to_vec(),
        };
        let edits: Vec<Edit> =
            documents.iter().flat_map(|document| self.edits_for(document, matcher, &category)).collect();
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

    fn edits_for(&self, document: &Document, matcher: &Matcher, category: &CategoryId) -> Vec<Edit> {
        let Some(text) = &document.text else { return Vec::new() };
        let layer = self.my_layer(document.id());
        let hits = matcher.find_all(text.as_str()).into_iter().filter_map(Ranges::one);
        let spans = hits.map(|ranges| self.new_span(ranges, category));
        let fresh = spans.filter(|span| self.same_span(&layer, span).is_none());
        fresh
            .map(|span| Edit::SetSpan { layer: layer.clone(), id: span.id, to: Some(Arc::new(span)) })
            .collect()
    }
}

/// Counts the occurrences of a query. Returns `None` if the query is invalid, a text is not loaded, or there are more
/// than `most_bytes` of text.
pub fn count_occurrences(
    session: &Session,
    query: &Query,
    scope: OccurrenceScope,
    most_bytes: usize,
) -> Option<usize> {
    let matcher = query.compile().ok()?;
    let documents: Vec<&Arc<Document>> = match scope {
        OccurrenceScope::Document => session.document().into_iter().collect(),
        OccurrenceScope::Project => session.project().documents().iter().collect(),
    };
    let texts: Option<Vec<_>> = documents.iter().map(|document| document.text.as_ref()).collect();
    let texts = texts?;
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    (bytes <= most_bytes).then(|| texts.iter().map(|text| matcher.find_all(text.as_str()).len()).sum())
}
