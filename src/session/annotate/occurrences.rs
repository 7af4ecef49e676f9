//! Tagging every place where some words stand, in one step.

use std::sync::Arc;

use demarche_analysis::search::{Matcher, Query};
use demarche_model::{CategoryId, Document, Edit, Ranges};

use crate::Session;
use crate::words::counted;

/// Where every occurrence is tagged.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum OccurrenceScope {
    /// In the document that is shown.
    #[default]
    Document,
    /// In all documents of the project.
    Project,
}

impl Session {
    /// Tags every place where the words stand and are not tagged so already. One step.
    pub(crate) fn tag_every(&mut self, query: Query, scope: OccurrenceScope, category: CategoryId) {
        let matcher = match query.compile() {
            Ok(matcher) => matcher,
            Err(error) => return self.notify(format!("Can't search: {error}")),
        };
        if let Some(retired) = self.project.codebook().category(&category).filter(|c| c.retired) {
            let name = retired.name.clone();
            return self.notify(format!("{name} is retired: no new passages are tagged with it"));
        }
        if scope == OccurrenceScope::Project && self.project.documents().iter().any(|d| !d.is_loaded()) {
            return self.read_then(move |session| session.tag_in(scope, &matcher, &query, category));
        }
        self.tag_in(scope, &matcher, &query, category);
    }

    /// Tags in what is in memory.
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
            return self.notify(format!("Nothing left to tag as {name}"));
        }
        let occurrences = counted(count, "occurrence", "occurrences");
        let label = format!("tag {occurrences} of “{}” as {name}", query.pattern.trim());
        if self.edit(label, Edit::Batch(edits)) {
            self.tagging.remember_category(&category);
            self.notify(format!("Tagged {count} as {name}. Ctrl+Z takes all of them back"));
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

/// How often words stand in the texts that are in memory: in the document that is shown, and in all. `None` where the
/// words can't be searched for. Looks at no more than `most_bytes` of text, then gives up counting with `None`.
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
