//! A draft of changes to the consensus: its spans, their links, and decisions on spans that are left out. It is put
//! together against the resulting project, and then made as one step.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use demarche_model::{
    AnnotatorId, AttributeId, CategoryId, Comment, Decision, DocumentId, Edit, LayerId, Link, LinkKindId,
    Provenance, Ranges, SourceSpan, Span, SpanId, SpanRef, Stamp, Verdict,
};

use super::super::Session;
use crate::words::compare as words;

/// The changes of one step.
pub(super) struct Draft<'a> {
    session: &'a Session,
    now: Stamp,
    /// Changed spans of the consensus, by document; `None` if removed.
    spans: BTreeMap<DocumentId, BTreeMap<SpanId, Option<Arc<Span>>>>,
    /// New spans, by document, category and ranges.
    added: HashMap<(DocumentId, CategoryId, Ranges), SpanId>,
    decisions: BTreeMap<(DocumentId, SpanId), Option<Arc<Decision>>>,
    /// The spans of the consensus by their sources, for each document where they have been looked up.
    by_source: HashMap<DocumentId, HashMap<SourceSpan, SpanId>>,
}

/// The layer of the consensus in a document.
fn consensus(document: &DocumentId) -> LayerId {
    LayerId::new(document, &AnnotatorId::consensus())
}

impl<'a> Draft<'a> {
    /// A step without changes.
    pub fn new(session: &'a Session) -> Self {
        Self {
            session,
            now: session.env.now(),
            spans: BTreeMap::new(),
            added: HashMap::new(),
            decisions: BTreeMap::new(),
            by_source: HashMap::new(),
        }
    }

    /// The name of an annotator.
    pub fn name_of(&self, annotator: &AnnotatorId) -> String {
        self.session.project.name_of(annotator).to_owned()
    }

    /// The name of an attribute.
    pub fn attribute_name(&self, id: &AttributeId) -> String {
        let found = self.session.project.codebook().attribute(id);
        found.map_or_else(|| id.to_string(), |attribute| attribute.name.clone())
    }

    /// A span of the consensus, as changed by this step.
    fn span(&self, document: &DocumentId, id: SpanId) -> Option<Arc<Span>> {
        match self.spans.get(document).and_then(|spans| spans.get(&id)) {
            Some(changed) => changed.clone(),
            None => self.session.project.layer(&consensus(document))?.span(id).cloned(),
        }
    }

    fn set(&mut self, document: &DocumentId, id: SpanId, to: Option<Arc<Span>>) {
        self.spans.entry(document.clone()).or_default().insert(id, to);
    }

    /// Adds a span to the consensus that is made from some spans and preferred over others. If the consensus already has
    /// a span with this category and these ranges, adds the sources to that one. Returns the id of the span.
    pub fn add(
        &mut self,
        document: &DocumentId,
        like: &Span,
        from: Vec<SourceSpan>,
        over: Vec<SourceSpan>,
    ) -> SpanId {
        let key = (document.clone(), like.category.clone(), like.ranges.clone());
        let existing = self.added.get(&key).copied().or_else(|| self.existing(document, like));
        if let Some(old) = existing.and_then(|id| self.span(document, id)) {
            let mut provenance = old.provenance.as_deref().cloned().unwrap_or_else(|| self.provenance());
            extend(&mut provenance.from, from);
            extend(&mut provenance.over, over);
            let mut changed = Span { provenance: Some(Box::new(provenance)), ..Span::clone(&old) };
            for (id, value) in &like.attributes {
                changed.attributes.entry(id.clone()).or_insert_with(|| value.clone());
            }
            self.set(document, old.id, Some(Arc::new(changed)));
            return old.id;
        }
        let id = self.session.env.new_span_id();
        let provenance = Provenance { from, over, ..self.provenance() };
        let span = Span {
            id,
            created: self.now,
            modified: self.now,
            provenance: Some(Box::new(provenance)),
            ..like.clone()
        };
        self.added.insert(key, id);
        self.set(document, id, Some(Arc::new(span)));
        id
    }

    /// The span of the consensus with this category and these ranges, unless this step removes it.
    fn existing(&self, document: &DocumentId, like: &Span) -> Option<SpanId> {
        let id = self.session.same_span(&consensus(document), like)?;
        self.span(document, id).map(|span| span.id)
    }

    fn provenance(&self) -> Provenance {
        Provenance { from: Vec::new(), over: Vec::new(), by: self.session.me.clone(), at: self.now }
    }

    /// Records that a span is left out.
    pub fn exclude(&mut self, document: &DocumentId, source: SourceSpan) {
        let by = self.session.me.clone();
        let comment = Comment { author: by, at: self.now, text: words::left_out_comment().to_owned() };
        let decision = Decision {
            verdict: Some(Verdict::Rejected),
            comments: vec![comment],
            ..Decision::empty(source.annotator, source.span, self.now)
        };
        self.decisions.insert((document.clone(), source.span), Some(Arc::new(decision)));
    }

    /// Undoes how spans were settled. Removes the spans of the consensus that have no other sources.
    pub fn reopen(&mut self, document: &DocumentId, sources: &[SourceSpan], adopted: &[SpanId]) {
        for id in adopted {
            let Some(old) = self.span(document, *id) else { continue };
            let Some(mut provenance) = old.provenance.as_deref().cloned() else { continue };
            provenance.from.retain(|source| !sources.contains(source));
            provenance.over.retain(|source| !sources.contains(source));
            let has_sources = provenance.settles().next().is_some();
            let to = has_sources
                .then(|| Arc::new(Span { provenance: Some(Box::new(provenance)), ..Span::clone(&old) }));
            self.set(document, *id, to);
        }
        let document_now = self.session.project.document(document);
        let review = document_now.and_then(|found| found.reviews.get(&AnnotatorId::consensus()));
        for source in sources {
            if review.is_some_and(|review| review.decisions.contains_key(&source.span)) {
                self.decisions.insert((document.clone(), source.span), None);
            }
        }
    }

    /// The edits of the step.
    pub fn finish(mut self) -> Vec<Edit> {
        let mut edits = self.link_removals();
        let links = self.new_links();
        let reviewer = AnnotatorId::consensus();
        for ((document, span), to) in std::mem::take(&mut self.decisions) {
            edits.push(Edit::SetDecision { document, reviewer: reviewer.clone(), span, to });
        }
        for (document, spans) in &self.spans {
            let layer = consensus(document);
            let current = self.session.project.layer(&layer);
            for (id, to) in spans {
                // A span that was added and removed in this step does not exist.
                if to.is_some() || current.is_some_and(|layer| layer.span(*id).is_some()) {
                    edits.push(Edit::SetSpan { layer: layer.clone(), id: *id, to: to.clone() });
                }
            }
        }
        edits.extend(links);
        edits
    }

    /// Edits that remove the links of the consensus at removed spans.
    fn link_removals(&self) -> Vec<Edit> {
        let gone: Vec<SpanRef> = self
            .spans
            .iter()
            .flat_map(|(document, spans)| {
                let gone = spans.iter().filter(|(_, to)| to.is_none());
                gone.map(|(id, _)| SpanRef { layer: consensus(document), span: *id })
            })
            .collect();
        let ends = gone.iter().flat_map(|at| self.session.links_of(at));
        let ours: BTreeSet<_> = ends
            .filter(|end| end.layer.annotator.is_consensus())
            .map(|end| (end.layer, end.link.id))
            .collect();
        ours.into_iter().map(|(layer, id)| Edit::SetLink { layer, id, to: None }).collect()
    }

    /// Edits that link spans of the consensus in the same way as the spans they are made from.
    fn new_links(&mut self) -> Vec<Edit> {
        let mut made: Vec<(DocumentId, SpanId, SourceSpan)> = Vec::new();
        for (document, spans) in &self.spans {
            for span in spans.values().flatten() {
                let from = span.provenance.iter().flat_map(|provenance| &provenance.from);
                made.extend(from.map(|source| (document.clone(), span.id, source.clone())));
            }
        }
        let mut seen: HashSet<(LinkKindId, SpanRef, SpanRef)> = HashSet::new();
        let mut edits = Vec::new();
        for (document, span, source) in made {
            let at = SpanRef { layer: LayerId::new(&document, &source.annotator), span: source.span };
            for end in self.session.links_of(&at) {
                let Some(other) = end.other.span_ref().cloned() else { continue };
                let source = SourceSpan { annotator: other.layer.annotator, span: other.span };
                let Some(other_span) = self.made_from(&other.layer.document, &source) else { continue };
                let here = SpanRef { layer: consensus(&document), span };
                let there = SpanRef { layer: consensus(&other.layer.document), span: other_span };
                let (from, to) = if end.outgoing { (here, there) } else { (there, here) };
                let kind = end.link.kind.clone();
                if from.span != to.span
                    && !self.session.is_linked(&from, &to, &kind)
                    && seen.insert((kind.clone(), from.clone(), to.clone()))
                {
                    let link = Link {
                        id: self.session.env.new_link_id(),
                        kind,
                        from: from.span,
                        to_document: to.layer.document,
                        to: to.span,
                        created: self.now,
                    };
                    edits.push(Edit::SetLink { layer: from.layer, id: link.id, to: Some(link.into()) });
                }
            }
        }
        edits
    }

    /// The span of the consensus that is made from a span, including changes of this step.
    fn made_from(&mut self, document: &DocumentId, source: &SourceSpan) -> Option<SpanId> {
        if !self.by_source.contains_key(document) {
            let layer = self.session.project.layer(&consensus(document));
            let changed = self.spans.get(document);
            let is_unchanged =
                |span: &&Arc<Span>| changed.is_none_or(|changed| !changed.contains_key(&span.id));
            let unchanged = layer.into_iter().flat_map(|layer| layer.spans_unsorted()).filter(is_unchanged);
            let changed = changed.into_iter().flat_map(|changed| changed.values().flatten());
            let mut made = HashMap::new();
            for span in unchanged.chain(changed) {
                for source in span.provenance.iter().flat_map(|provenance| &provenance.from) {
                    made.insert(source.clone(), span.id);
                }
            }
            self.by_source.insert(document.clone(), made);
        }
        self.by_source.get(document)?.get(source).copied()
    }
}

/// Adds sources that are missing.
fn extend(to: &mut Vec<SourceSpan>, more: Vec<SourceSpan>) {
    more.into_iter().for_each(|source| {
        if !to.contains(&source) {
            to.push(source);
        }
    });
}
