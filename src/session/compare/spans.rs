//! What adjudication is about to change: spans of the consensus, their links, and the record of what was left out. Gathered
//! against the project as it would be by then, and then made one step.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use demarche_model::{
    AnnotatorId, AttributeId, CategoryId, Comment, Decision, DocumentId, Edit, LayerId, Link, LinkKindId,
    Provenance, Ranges, SourceSpan, Span, SpanId, SpanRef, Stamp, Verdict,
};

use super::super::Session;

/// What the record of a span that was left out says.
const LEFT_OUT: &str = "Left out of the consensus.";

/// The changes of one step.
pub(super) struct Draft<'a> {
    session: &'a Session,
    now: Stamp,
    /// Spans of the consensus that become others, by document; `None` where they go.
    spans: BTreeMap<DocumentId, BTreeMap<SpanId, Option<Arc<Span>>>>,
    /// Spans that come, by what makes two of them the same.
    coming: HashMap<(DocumentId, CategoryId, Ranges), SpanId>,
    decisions: BTreeMap<(DocumentId, SpanId), Option<Arc<Decision>>>,
    /// For each document the spans of the consensus that were made of others, once they have been looked up.
    made_of: HashMap<DocumentId, HashMap<SourceSpan, SpanId>>,
}

/// The layer of the consensus in a document.
fn consensus(document: &DocumentId) -> LayerId {
    LayerId::new(document, &AnnotatorId::consensus())
}

impl<'a> Draft<'a> {
    /// A step that changes nothing yet.
    pub fn new(session: &'a Session) -> Self {
        Self {
            session,
            now: session.env.now(),
            spans: BTreeMap::new(),
            coming: HashMap::new(),
            decisions: BTreeMap::new(),
            made_of: HashMap::new(),
        }
    }

    /// What an annotator is called.
    pub fn name_of(&self, annotator: &AnnotatorId) -> String {
        self.session.project.name_of(annotator).to_owned()
    }

    /// What an attribute is called.
    pub fn attribute_name(&self, id: &AttributeId) -> String {
        let found = self.session.project.codebook().attribute(id);
        found.map_or_else(|| id.to_string(), |attribute| attribute.name.clone())
    }

    /// A span of the consensus as it will be.
    fn span(&self, document: &DocumentId, id: SpanId) -> Option<Arc<Span>> {
        match self.spans.get(document).and_then(|spans| spans.get(&id)) {
            Some(coming) => coming.clone(),
            None => self.session.project.layer(&consensus(document))?.span(id).cloned(),
        }
    }

    fn set(&mut self, document: &DocumentId, id: SpanId, to: Option<Arc<Span>>) {
        self.spans.entry(document.clone()).or_default().insert(id, to);
    }

    /// Puts a span into the consensus that is made of some spans and preferred to others. Where the consensus has these
    /// words under this category already, that span comes of these, too. Says which it is.
    pub fn put(
        &mut self,
        document: &DocumentId,
        like: &Span,
        from: Vec<SourceSpan>,
        over: Vec<SourceSpan>,
    ) -> SpanId {
        let key = (document.clone(), like.category.clone(), like.ranges.clone());
        let there = self.coming.get(&key).copied().or_else(|| self.there(document, like));
        if let Some(old) = there.and_then(|id| self.span(document, id)) {
            let mut provenance = old.provenance.as_deref().cloned().unwrap_or_else(|| self.provenance());
            add(&mut provenance.from, from);
            add(&mut provenance.over, over);
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
        self.coming.insert(key, id);
        self.set(document, id, Some(Arc::new(span)));
        id
    }

    /// The span of the consensus over these words under this category that will still be there.
    fn there(&self, document: &DocumentId, like: &Span) -> Option<SpanId> {
        let id = self.session.same_span(&consensus(document), like)?;
        self.span(document, id).map(|span| span.id)
    }

    fn provenance(&self) -> Provenance {
        Provenance { from: Vec::new(), over: Vec::new(), by: self.session.me.clone(), at: self.now }
    }

    /// Notes that a span is left out.
    pub fn exclude(&mut self, document: &DocumentId, source: SourceSpan) {
        let by = self.session.me.clone();
        let comment = Comment { author: by, at: self.now, text: LEFT_OUT.to_owned() };
        let decision = Decision {
            verdict: Some(Verdict::Rejected),
            comments: vec![comment],
            ..Decision::empty(source.annotator, source.span, self.now)
        };
        self.decisions.insert((document.clone(), source.span), Some(Arc::new(decision)));
    }

    /// Takes back what was decided on these spans: what the consensus has of them alone goes.
    pub fn reopen(&mut self, document: &DocumentId, sources: &[SourceSpan], taken: &[SpanId]) {
        for id in taken {
            let Some(old) = self.span(document, *id) else { continue };
            let Some(mut provenance) = old.provenance.as_deref().cloned() else { continue };
            provenance.from.retain(|source| !sources.contains(source));
            provenance.over.retain(|source| !sources.contains(source));
            let stays = provenance.settles().next().is_some();
            let to =
                stays.then(|| Arc::new(Span { provenance: Some(Box::new(provenance)), ..Span::clone(&old) }));
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

    /// The edits that make it so.
    pub fn finish(mut self) -> Vec<Edit> {
        let mut edits = self.links_going();
        let links = self.links_coming();
        let reviewer = AnnotatorId::consensus();
        for ((document, span), to) in std::mem::take(&mut self.decisions) {
            edits.push(Edit::SetDecision { document, reviewer: reviewer.clone(), span, to });
        }
        for (document, spans) in &self.spans {
            let layer = consensus(document);
            let there = self.session.project.layer(&layer);
            for (id, to) in spans {
                // A span that would have come and was not wanted after all is nothing to remove.
                if to.is_some() || there.is_some_and(|layer| layer.span(*id).is_some()) {
                    edits.push(Edit::SetSpan { layer: layer.clone(), id: *id, to: to.clone() });
                }
            }
        }
        edits.extend(links);
        edits
    }

    /// The links of the consensus that go with its spans.
    fn links_going(&self) -> Vec<Edit> {
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

    /// Links between spans that are both in the consensus now, copied from those between the spans they were made of.
    fn links_coming(&mut self) -> Vec<Edit> {
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
                let there = SourceSpan { annotator: other.layer.annotator, span: other.span };
                let Some(there_span) = self.made_of(&other.layer.document, &there) else { continue };
                let here = SpanRef { layer: consensus(&document), span };
                let there = SpanRef { layer: consensus(&other.layer.document), span: there_span };
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

    /// The span of the consensus that is, or will be, made of this one.
    fn made_of(&mut self, document: &DocumentId, source: &SourceSpan) -> Option<SpanId> {
        if !self.made_of.contains_key(document) {
            let layer = self.session.project.layer(&consensus(document));
            let changed = self.spans.get(document);
            let stays = |span: &&Arc<Span>| changed.is_none_or(|changed| !changed.contains_key(&span.id));
            let kept = layer.into_iter().flat_map(|layer| layer.spans_unsorted()).filter(stays);
            let coming = changed.into_iter().flat_map(|changed| changed.values().flatten());
            let mut made = HashMap::new();
            for span in kept.chain(coming) {
                for source in span.provenance.iter().flat_map(|provenance| &provenance.from) {
                    made.insert(source.clone(), span.id);
                }
            }
            self.made_of.insert(document.clone(), made);
        }
        self.made_of.get(document)?.get(source).copied()
    }
}

/// Adds what is not there yet.
fn add(to: &mut Vec<SourceSpan>, more: Vec<SourceSpan>) {
    more.into_iter().for_each(|source| {
        if !to.contains(&source) {
            to.push(source);
        }
    });
}
