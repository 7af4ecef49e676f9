//! A draft of changes to the consensus: its spans, their links, and decisions on spans that are left out. It is put
//! together against the resulting project, and then made as one step.
//!
//! The draft changes what the user has decided and what no adjudicator has a file for, never what others have decided. What
//! the user decided before every adjudicator had a file moves into the user's.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use demarche_model::{
    AnnotatorId, AttributeId, Basis, CategoryId, Comment, Decision, DocumentId, Edit, Layer, LayerId, Link,
    LinkKindId, Project, Provenance, Ranges, SourceSpan, Span, SpanId, SpanRef, Stamp, Verdict,
};

use crate::Env;
use crate::annotate::link_index::LinkIndex;
use crate::annotate::links::links_at;
use crate::annotate::tagging::same_span_in;
use crate::words::compare as words;

/// A person who edits the consensus of a project.
#[derive(Clone, Copy)]
pub(super) struct Adjudicator<'a> {
    pub project: &'a Project,
    pub me: &'a AnnotatorId,
    pub env: &'a Env,
    pub links: &'a LinkIndex,
}

/// The changes of one step.
pub(super) struct Draft<'a> {
    by: Adjudicator<'a>,
    now: Stamp,
    /// Changed spans of the consensus, by document; `None` if removed.
    spans: BTreeMap<DocumentId, BTreeMap<SpanId, Option<Arc<Span>>>>,
    /// New spans, by document, category and ranges.
    added: HashMap<(DocumentId, CategoryId, Ranges), SpanId>,
    /// Changed decisions on what is left out, by part of the consensus.
    decisions: BTreeMap<(DocumentId, AnnotatorId, SpanId), Option<Arc<Decision>>>,
    /// The spans of the consensus by their sources, for each document where they have been looked up.
    by_source: HashMap<DocumentId, HashMap<SourceSpan, SpanId>>,
}

/// The layer of the consensus in a document that belongs to no adjudicator.
fn unowned(document: &DocumentId) -> LayerId {
    LayerId::new(document, &AnnotatorId::consensus())
}

impl<'a> Draft<'a> {
    /// A step without changes.
    pub fn new(by: Adjudicator<'a>) -> Self {
        Self {
            by,
            now: by.env.now(),
            spans: BTreeMap::new(),
            added: HashMap::new(),
            decisions: BTreeMap::new(),
            by_source: HashMap::new(),
        }
    }

    /// The name of an annotator.
    pub fn name_of(&self, annotator: &AnnotatorId) -> String {
        self.by.project.name_of(annotator).to_owned()
    }

    /// The name of an attribute.
    pub fn attribute_name(&self, id: &AttributeId) -> String {
        let found = self.by.project.codebook().attribute(id);
        found.map_or_else(|| id.to_string(), |attribute| attribute.name.clone())
    }

    /// The user's part of the consensus.
    fn my_part(&self) -> AnnotatorId {
        AnnotatorId::consensus_of(self.by.me)
    }

    /// The layer with what the user has decided in a document.
    fn mine(&self, document: &DocumentId) -> LayerId {
        LayerId::new(document, &self.my_part())
    }

    /// A span of the consensus that the user may change, as changed by this step.
    fn span(&self, document: &DocumentId, id: SpanId) -> Option<Arc<Span>> {
        match self.spans.get(document).and_then(|spans| spans.get(&id)) {
            Some(changed) => changed.clone(),
            None => self.layers(document).find_map(|(_, layer)| layer.span(id)).cloned(),
        }
    }

    /// The layers of the consensus that the user may change.
    fn layers(&self, document: &DocumentId) -> impl Iterator<Item = (LayerId, &'a Arc<Layer>)> + use<'a> {
        let project = self.by.project;
        let layers = [self.mine(document), unowned(document)].into_iter();
        layers.filter_map(|id| project.layer(&id).map(|layer| (id, layer)))
    }

    /// The layer in which a span of the consensus will be after this step.
    fn home(&self, document: &DocumentId, id: SpanId) -> Option<LayerId> {
        match self.span(document, id) {
            Some(span) => Some(self.home_of(document, &span)),
            None => self.by.project.document(document)?.consensus_layer_of(id),
        }
    }

    /// The layer for a span that the user may change. A decision of another that has no file yet stays where it is.
    fn home_of(&self, document: &DocumentId, span: &Span) -> LayerId {
        let is_mine = span.provenance.as_ref().is_some_and(|provenance| provenance.by == *self.by.me);
        let is_unowned =
            || self.by.project.layer(&unowned(document)).is_some_and(|layer| layer.span(span.id).is_some());
        if !is_mine && is_unowned() { unowned(document) } else { self.mine(document) }
    }

    /// Adds the user's decisions that have no file of their own yet, so that they move with this step.
    fn add_old_decisions(&mut self) {
        let decided = self.decisions.keys().map(|(document, ..)| document);
        let documents: BTreeSet<DocumentId> = self.spans.keys().chain(decided).cloned().collect();
        for document in documents {
            self.add_old_left_out(&document);
            self.spans.entry(document).or_default();
        }
        for (document, changed) in &mut self.spans {
            let Some(layer) = self.by.project.layer(&unowned(document)) else { continue };
            let by_me = |span: &&Arc<Span>| {
                span.provenance.as_ref().is_some_and(|provenance| provenance.by == *self.by.me)
            };
            for span in layer.spans().filter(by_me) {
                changed.entry(span.id).or_insert_with(|| Some(span.clone()));
            }
        }
    }

    /// Moves what the user left out in a document to their own file, if it is still in the shared one.
    fn add_old_left_out(&mut self, document: &DocumentId) {
        let unowned = AnnotatorId::consensus();
        let found = self.by.project.document(document);
        let Some(review) = found.and_then(|found| found.reviews.get(&unowned)) else { return };
        for (span, decision) in &review.decisions {
            let is_mine = decision.comments.first().is_some_and(|comment| comment.author == *self.by.me);
            let place = (document.clone(), unowned.clone(), *span);
            if is_mine && !self.decisions.contains_key(&place) {
                self.decisions.insert(place, None);
                let mine = (document.clone(), self.my_part(), *span);
                self.decisions.entry(mine).or_insert_with(|| Some(decision.clone()));
            }
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
        basis: Basis,
    ) -> SpanId {
        let key = (document.clone(), like.category.clone(), like.ranges.clone());
        let existing = self.added.get(&key).copied().or_else(|| self.existing(document, like));
        if let Some(old) = existing.and_then(|id| self.span(document, id)) {
            let mut provenance = old.provenance.as_deref().cloned().unwrap_or_else(|| self.provenance());
            provenance.basis = provenance.basis.min(basis);
            extend(&mut provenance.from, from);
            extend(&mut provenance.over, over);
            let mut changed = Span { provenance: Some(Box::new(provenance)), ..Span::clone(&old) };
            for (id, value) in &like.attributes {
                if !changed.attributes.contains_key(id) {
                    changed.attributes.insert(id.clone(), value.clone());
                }
            }
            self.set(document, old.id, Some(Arc::new(changed)));
            return old.id;
        }
        let id = self.by.env.new_span_id();
        let provenance = Provenance { from, over, basis, ..self.provenance() };
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
        let mut layers = self.layers(document);
        let id = layers.find_map(|(layer, _)| {
            self.by.project.layer(&layer).and_then(|found| same_span_in(found, like))
        })?;
        self.span(document, id).map(|span| span.id)
    }

    fn provenance(&self) -> Provenance {
        Provenance {
            from: Vec::new(),
            over: Vec::new(),
            basis: Basis::Compared,
            by: self.by.me.clone(),
            at: self.now,
        }
    }

    /// Records that a span is left out.
    pub fn exclude(&mut self, document: &DocumentId, source: SourceSpan) {
        let by = self.by.me.clone();
        let comment = Comment { author: by, at: self.now, text: words::left_out_comment().to_owned() };
        let decision = Decision {
            verdict: Some(Verdict::Rejected),
            comments: vec![comment],
            ..Decision::empty(source.annotator, source.span, self.now)
        };
        let place = (document.clone(), self.my_part(), source.span);
        self.decisions.insert(place, Some(Arc::new(decision)));
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
        let Some(found) = self.by.project.document(document) else { return };
        for reviewer in [self.my_part(), AnnotatorId::consensus()] {
            for source in sources.iter().filter(|source| found.decision(&reviewer, source.span).is_some()) {
                self.decisions.insert((document.clone(), reviewer.clone(), source.span), None);
            }
        }
    }

    /// The edits of the step.
    pub fn finish(mut self) -> Vec<Edit> {
        self.add_old_decisions();
        let mut edits = self.link_removals();
        let links = self.new_links();
        for ((document, reviewer, span), to) in std::mem::take(&mut self.decisions) {
            edits.push(Edit::SetDecision { document, reviewer, span, to });
        }
        for (document, spans) in &self.spans {
            for (id, to) in spans {
                let home = to.as_ref().map(|span| self.home_of(document, span));
                // A span that was added and removed in this step is in no layer.
                let before = self.layers(document).filter(|(_, layer)| layer.span(*id).is_some());
                let leaves = before.map(|(layer, _)| layer).filter(|layer| Some(layer) != home.as_ref());
                edits.extend(leaves.map(|layer| Edit::SetSpan { layer, id: *id, to: None }));
                edits.extend(home.map(|layer| Edit::SetSpan { layer, id: *id, to: to.clone() }));
            }
            edits.extend(self.moved_links(document, spans));
        }
        edits.extend(links);
        edits
    }

    /// Edits that move links with the spans at which they start into the user's layer.
    fn moved_links(&self, document: &DocumentId, spans: &BTreeMap<SpanId, Option<Arc<Span>>>) -> Vec<Edit> {
        let layer = self.by.project.layer(&unowned(document));
        let moves = |link: &&Arc<Link>| {
            let span = spans.get(&link.from).and_then(Option::as_ref);
            span.is_some_and(|span| self.home_of(document, span) == self.mine(document))
        };
        let links = layer.into_iter().flat_map(|layer| layer.links()).filter(moves);
        let both = links.flat_map(|link| {
            [(unowned(document), None), (self.mine(document), Some(link.clone()))]
                .map(|(layer, to)| Edit::SetLink { layer, id: link.id, to })
        });
        both.collect()
    }

    /// Edits that remove the links of the consensus at removed spans.
    fn link_removals(&self) -> Vec<Edit> {
        let gone: Vec<SpanRef> = self
            .spans
            .iter()
            .flat_map(|(document, spans)| {
                let gone = spans.iter().filter(|(_, to)| to.is_none());
                let layer_of = |id: SpanId| self.by.project.document(document)?.consensus_layer_of(id);
                gone.filter_map(move |(id, _)| Some(SpanRef { layer: layer_of(*id)?, span: *id }))
            })
            .collect();
        let ends = gone.iter().flat_map(|at| links_at(self.by.project, self.by.links, at));
        let ours: BTreeSet<_> =
            ends.filter(|end| self.may_change(&end.layer)).map(|end| (end.layer, end.link.id)).collect();
        ours.into_iter().map(|(layer, id)| Edit::SetLink { layer, id, to: None }).collect()
    }

    /// True for the layers of the consensus that others do not write.
    fn may_change(&self, layer: &LayerId) -> bool {
        layer.annotator == AnnotatorId::consensus() || *layer == self.mine(&layer.document)
    }

    /// Edits that link spans of the consensus in the same way as the spans they are made from. A link is in the layer of
    /// the span at which it starts, so none starts at a span that another adjudicator has decided on.
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
            for end in links_at(self.by.project, self.by.links, &at) {
                let Some(other) = end.other.span_ref().cloned() else { continue };
                let source = SourceSpan { annotator: other.layer.annotator, span: other.span };
                let Some(other_span) = self.made_from(&other.layer.document, &source) else { continue };
                let Some(here) = self.home(&document, span) else { continue };
                let Some(there) = self.home(&other.layer.document, other_span) else { continue };
                let here = SpanRef { layer: here, span };
                let there = SpanRef { layer: there, span: other_span };
                let (from, to) = if end.outgoing { (here, there) } else { (there, here) };
                let kind = end.link.kind.clone();
                if from.span != to.span
                    && self.may_change(&from.layer)
                    && !self.is_linked(&from, &to, &kind)
                    && seen.insert((kind.clone(), from.clone(), to.clone()))
                {
                    let link = Link {
                        id: self.by.env.new_link_id(),
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

    /// Returns whether a link of the consensus joins these spans, in whichever layer they were before this step.
    fn is_linked(&self, from: &SpanRef, to: &SpanRef, kind: &LinkKindId) -> bool {
        let document = self.by.project.document(&from.layer.document);
        let layers = document.into_iter().flat_map(|document| document.consensus_layers());
        layers.flat_map(|(_, layer)| layer.links()).any(|link| {
            let ends = (link.from, &link.to_document, link.to);
            ends == (from.span, &to.layer.document, to.span) && link.kind == *kind
        })
    }

    /// The span of the consensus that is made from a span, including changes of this step.
    fn made_from(&mut self, document: &DocumentId, source: &SourceSpan) -> Option<SpanId> {
        if !self.by_source.contains_key(document) {
            let here = self.by.project.document(document);
            let changed = self.spans.get(document);
            let is_unchanged =
                |span: &&Arc<Span>| changed.is_none_or(|changed| !changed.contains_key(&span.id));
            let unchanged =
                here.into_iter().flat_map(|document| document.consensus_spans()).filter(is_unchanged);
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
