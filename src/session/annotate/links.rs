//! Links between spans: creating them in two steps, removing them, and finding their other ends.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use demarche_analysis::context::shorten;
use demarche_model::{AnnotatorId, Edit, LayerId, Link, LinkId, LinkKindId, Project, SpanRef};

use super::link_index::LinkIndex;
use super::linking::LinkDraft;
use crate::words::{links as words, steps};
use crate::{Session, SessionError, WindowRequest};

/// Characters of a passage that its name quotes.
const NAME_QUOTE: usize = 40;

/// A link as one of its ends sees it.
#[derive(Clone, PartialEq, Debug)]
pub struct LinkEnd {
    /// The layer that holds the link.
    pub layer: LayerId,
    /// The link.
    pub link: Arc<Link>,
    /// Whether it starts here, rather than ends here.
    pub outgoing: bool,
    /// The other end.
    pub other: OtherEnd,
}

/// The other end of a link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OtherEnd {
    /// A span in memory.
    Loaded(SpanRef),
    /// A span of a document that has not been read yet. Until then, its layer is a guess.
    Unread(SpanRef),
    /// The span or its document was removed.
    Gone,
}

impl OtherEnd {
    /// The span that following the link leads to.
    pub fn span_ref(&self) -> Option<&SpanRef> {
        match self {
            Self::Loaded(at) | Self::Unread(at) => Some(at),
            Self::Gone => None,
        }
    }
}

/// The links at a span, as [`Session::links_of`].
pub(crate) fn links_at(project: &Project, index: &LinkIndex, at: &SpanRef) -> Vec<LinkEnd> {
    let starting = index.starting(at).iter().filter_map(|id| {
        let link = project.layer(&at.layer)?.link(*id)?.clone();
        let other = end_of(project, &at.layer, &link);
        Some(LinkEnd { layer: at.layer.clone(), link, outgoing: true, other })
    });
    let ending = index.ending(&at.layer.document, at.span).iter().filter_map(|(layer, id)| {
        let link = project.layer(layer)?.link(*id)?.clone();
        if end_of(project, layer, &link).span_ref() != Some(at) {
            return None;
        }
        let from = SpanRef { layer: layer.clone(), span: link.from };
        let there = project.span(&from).is_some();
        let other = if there { OtherEnd::Loaded(from) } else { OtherEnd::Gone };
        Some(LinkEnd { layer: layer.clone(), link, outgoing: false, other })
    });
    starting.chain(ending).collect()
}

/// The span that a link of a layer leads to.
fn end_of(project: &Project, layer: &LayerId, link: &Link) -> OtherEnd {
    let at = SpanRef { layer: LayerId::new(&link.to_document, &layer.annotator), span: link.to };
    match project.document(&link.to_document) {
        Some(document) if !document.is_loaded() => OtherEnd::Unread(at),
        _ => find_span(project, &at).map_or(OtherEnd::Gone, OtherEnd::Loaded),
    }
}

/// The span with this id in the layer, or in another one of the document.
fn find_span(project: &Project, at: &SpanRef) -> Option<SpanRef> {
    if project.span(at).is_some() {
        return Some(at.clone());
    }
    let document = project.document(&at.layer.document)?;
    let (annotator, _) = document.layers.iter().find(|(_, layer)| layer.span(at.span).is_some())?;
    Some(SpanRef { layer: LayerId::new(document.id(), annotator), span: at.span })
}

impl Session {
    /// The links at a span: first those that start there, then those that end there, each oldest first.
    pub fn links_of(&self, at: &SpanRef) -> Vec<LinkEnd> {
        links_at(&self.project, &self.links, at)
    }

    /// Like [`Session::links_of`], but only the user's own links and those of annotators who are shown.
    pub fn links_shown_at(&self, at: &SpanRef) -> Vec<LinkEnd> {
        let mut links = self.links_of(at);
        links.retain(|end| {
            let mine = end.layer.annotator == self.me;
            let seen = self.may_see(&end.layer.document, &end.layer.annotator);
            let other = end.other.span_ref().is_none_or(|other| self.may_see_span(other));
            other && seen && (mine || self.shows(&end.layer.annotator))
        });
        links
    }

    /// Goes up whenever a link is added, removed or changed.
    pub fn link_revision(&self) -> u64 {
        self.links.revision()
    }

    /// Finds the span with this id in the layer, or in another one of the document: a link does not say which layer it
    /// leads to.
    pub(crate) fn find_span(&self, at: &SpanRef) -> Option<SpanRef> {
        find_span(&self.project, at)
    }

    /// The name of a span for messages: `Threat “will suspend the talks”`.
    pub fn span_name(&self, at: &SpanRef) -> String {
        let text = self.project.document(&at.layer.document).and_then(|document| document.text.as_ref());
        let Some((span, text)) = self.project.span(at).zip(text) else {
            return words::unnamed_passage().to_owned();
        };
        let quote = match span.ranges.count() {
            // A span can be long: it is not copied for the few words that are shown.
            1 => shorten(text.slice(span.ranges.cover()), NAME_QUOTE),
            _ => shorten(&span.quote(text), NAME_QUOTE),
        };
        words::passage(self.project.codebook().name_of(&span.category), &quote)
    }

    /// The name of a kind of link; its id if the codebook lacks it.
    pub fn link_kind_name<'a>(&'a self, id: &'a LinkKindId) -> &'a str {
        let kind = self.project.codebook().link_kinds.iter().find(|kind| kind.id == *id);
        kind.map_or(id.as_str(), |kind| kind.name.as_str())
    }

    /// A sentence for a tooltip: which passage does what to which, the other one's document, and whose link it is.
    pub fn link_sentence(&self, at: &SpanRef, end: &LinkEnd) -> String {
        let there = match &end.other {
            OtherEnd::Loaded(other) => self.span_name(other),
            OtherEnd::Unread(_) => words::unnamed_passage().to_owned(),
            OtherEnd::Gone => words::gone_passage().to_owned(),
        };
        let document = end.other.span_ref().map(|other| &other.layer.document);
        let title = document
            .filter(|document| **document != at.layer.document)
            .and_then(|document| self.project.document(document))
            .map(|document| document.meta.title.as_str());
        let owner = &end.layer.annotator;
        words::sentence(&words::LinkText {
            here: self.span_name(at),
            there,
            title,
            kind: self.link_kind_name(&end.link.kind),
            owner: (*owner != self.me).then(|| self.project.name_of(owner)),
            outgoing: end.outgoing,
        })
    }

    pub(crate) fn annotator_name(&self, id: &AnnotatorId) -> String {
        self.project.name_of(id).to_owned()
    }

    /// The start of the link being created.
    pub fn link_start(&self) -> Option<&SpanRef> {
        self.linking.start()
    }

    /// The link that only lacks its kind.
    pub fn link_draft(&self) -> Option<&LinkDraft> {
        self.linking.draft()
    }

    /// The kind of the last link created.
    pub fn last_link_kind(&self) -> Option<&LinkKindId> {
        self.linking.last_kind()
    }

    /// Returns whether two spans are already linked with this kind.
    pub fn is_linked(&self, from: &SpanRef, to: &SpanRef, kind: &LinkKindId) -> bool {
        let layer = self.project.layer(&from.layer);
        let links = self.links.starting(from).iter().filter_map(|id| layer?.link(*id));
        let mut same = links.filter(|link| link.to == to.span && link.to_document == to.layer.document);
        same.any(|link| link.kind == *kind)
    }

    /// Starts a link at the current span, or finishes the one that was started.
    pub fn link_here(&mut self) {
        let Some(at) = self.current().cloned() else { return };
        match self.linking.start() {
            Some(_) => self.link_to(&at, None),
            None => self.start_link(at),
        }
    }

    /// Marks the start of a link.
    pub(crate) fn start_link(&mut self, at: SpanRef) {
        if let Err(why) = self.has_link_kinds() {
            return self.notify(why.to_string());
        }
        if self.project.span(&at).is_none() {
            return;
        }
        if !self.may_edit(&at.layer.annotator) {
            let name = self.annotator_name(&at.layer.annotator);
            self.notify(words::leads_to_owner(&name));
        }
        self.linking.begin(at);
    }

    /// Finishes the link that was started. Asks for the kind if none is given.
    pub(crate) fn link_to(&mut self, at: &SpanRef, kind: Option<LinkKindId>) {
        let Some(start) = self.linking.start().cloned() else { return };
        match (self.draft(&start, at), kind) {
            (Err(why), _) => self.notify(why.to_string()),
            (Ok(draft), Some(kind)) => self.link(&draft.from, &draft.to, kind),
            (Ok(draft), None) => self.ask_kind(draft),
        }
    }

    /// Links two spans as drawn with the pointer. Asks for the kind.
    pub(crate) fn draw_link(&mut self, from: &SpanRef, to: &SpanRef) {
        match self.has_link_kinds().and_then(|()| self.draft(from, to)) {
            Err(why) => self.notify(why.to_string()),
            Ok(draft) => self.ask_kind(draft),
        }
    }

    fn ask_kind(&mut self, draft: LinkDraft) {
        self.linking.propose(draft);
        self.request(WindowRequest::LinkKind);
    }

    /// Cancels the link that was started. Returns whether there was one.
    pub fn cancel_link(&mut self) -> bool {
        self.linking.end()
    }

    /// Drafts a link, which has to start in the user's layer: at the marked span, or at the other one.
    fn draft(&self, start: &SpanRef, other: &SpanRef) -> Result<LinkDraft, SessionError> {
        let mine = |at: &SpanRef| self.may_edit(&at.layer.annotator);
        if start == other {
            return Err(SessionError::LinkToItself);
        }
        match (mine(start), mine(other)) {
            (true, _) => Ok(LinkDraft { from: start.clone(), to: other.clone(), reversed: false }),
            (_, true) => Ok(LinkDraft { from: other.clone(), to: start.clone(), reversed: true }),
            _ => Err(SessionError::NeitherIsYours),
        }
    }

    fn has_link_kinds(&self) -> Result<(), SessionError> {
        let none = self.project.codebook().link_kinds.is_empty();
        if none { Err(SessionError::NoLinkKinds) } else { Ok(()) }
    }

    /// Links two spans. The link is in the layer of the span it starts from, which has to be the user's.
    pub(crate) fn link(&mut self, from: &SpanRef, to: &SpanRef, kind: LinkKindId) {
        if let Err(why) = self.may_link(from, to, &kind) {
            return self.notify(why.to_string());
        }
        let name = self.link_kind_name(&kind).to_owned();
        let link = Link {
            id: self.env.new_link_id(),
            kind: kind.clone(),
            from: from.span,
            to_document: to.layer.document.clone(),
            to: to.span,
            created: self.env.now(),
        };
        let edit = Edit::SetLink { layer: from.layer.clone(), id: link.id, to: Some(link.into()) };
        if self.edit(steps::link(&name), edit) {
            self.linking.finish(kind);
            self.notify(words::linked(&self.span_name(from), &name, &self.span_name(to)));
        }
    }

    fn may_link(&self, from: &SpanRef, to: &SpanRef, kind: &LinkKindId) -> Result<(), SessionError> {
        if self.project.span(from).is_none() || self.project.span(to).is_none() {
            return Err(SessionError::EndIsGone);
        }
        if !self.may_edit(&from.layer.annotator) {
            let owner = self.annotator_name(&from.layer.annotator);
            return Err(SessionError::StartIsNotYours { owner });
        }
        if from == to {
            return Err(SessionError::LinkToItself);
        }
        if !self.project.codebook().link_kinds.iter().any(|known| known.id == *kind) {
            return Err(SessionError::UnknownLinkKind(kind.clone()));
        }
        if self.is_linked(from, to, kind) {
            let kind = self.link_kind_name(kind).to_owned();
            return Err(SessionError::LinkedAlready { kind });
        }
        Ok(())
    }

    /// Removes a link of the user.
    pub(crate) fn unlink(&mut self, layer: &LayerId, id: LinkId) {
        if !self.may_edit(&layer.annotator) {
            let name = self.annotator_name(&layer.annotator);
            return self.notify(words::only_owner_can_remove(&name));
        }
        if self.edit(steps::remove_link(), Edit::SetLink { layer: layer.clone(), id, to: None }) {
            self.notify(words::removed());
        }
    }

    /// Goes to the other end of the first link at the current span.
    pub fn follow_link(&mut self) {
        let Some(at) = self.current().cloned() else { return };
        let links = self.links_shown_at(&at);
        match links.iter().find_map(|end| end.other.span_ref()) {
            Some(other) => self.go_to(other),
            None if links.is_empty() => self.notify(words::no_links()),
            None => self.notify(words::other_end_gone()),
        }
    }

    /// The user's links that start or end at any of these spans, and are removed with them.
    pub fn links_removed_with(&self, spans: &[SpanRef]) -> Vec<(LayerId, LinkId)> {
        let ends = spans.iter().flat_map(|at| self.links_of(at));
        let mine = ends.filter(|end| self.may_edit(&end.layer.annotator));
        let mut seen = HashSet::new();
        mine.map(|end| (end.layer, end.link.id)).filter(|(_, id)| seen.insert(*id)).collect()
    }

    /// Describes the links of others that would lose their end with these spans; empty if there are none.
    pub fn describe_lost_ends(&self, spans: &[SpanRef]) -> String {
        let mut left: BTreeMap<AnnotatorId, usize> = BTreeMap::new();
        for end in spans.iter().flat_map(|at| self.links_of(at)) {
            if !end.outgoing && !self.may_edit(&end.layer.annotator) {
                *left.entry(end.layer.annotator).or_default() += 1;
            }
        }
        words::ends_lost(left.iter().map(|(id, count)| (self.project.name_of(id), *count)))
    }

    /// Cancels a link that starts or ends at a span that is gone.
    pub(crate) fn drop_stale_link(&mut self) {
        if self.linking.spans().any(|at| self.project.span(at).is_none()) {
            self.linking.end();
        }
    }
}
