//! Links between spans: making them in two steps, removing them, and what is at their other ends.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use demarche_analysis::context::shorten;
use demarche_model::{AnnotatorId, Edit, LayerId, Link, LinkId, LinkKindId, SpanRef};

use super::linking::LinkDraft;
use crate::{Session, SessionError, WindowRequest};

/// Characters of a passage by which it is named.
const NAMED_BY: usize = 40;

/// A link as one of its ends sees it.
#[derive(Clone, PartialEq, Debug)]
pub struct LinkEnd {
    /// The layer that holds the link.
    pub layer: LayerId,
    /// The link.
    pub link: Arc<Link>,
    /// Whether it starts here; else it ends here.
    pub outgoing: bool,
    /// What is at the other end.
    pub other: OtherEnd,
}

/// What is at the other end of a link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OtherEnd {
    /// This span.
    Loaded(SpanRef),
    /// A span of a document that has not been read yet; whose layer it is in is a guess till then.
    Unread(SpanRef),
    /// Nothing: it was removed, or its document was.
    Gone,
}

impl OtherEnd {
    /// Where one gets by following the link.
    pub fn span_ref(&self) -> Option<&SpanRef> {
        match self {
            Self::Loaded(at) | Self::Unread(at) => Some(at),
            Self::Gone => None,
        }
    }
}

impl Session {
    /// The links that start or end at a span: first those that start there; each kind of end by age.
    pub fn links_of(&self, at: &SpanRef) -> Vec<LinkEnd> {
        let starting = self.links.starting(at).iter().filter_map(|id| {
            let link = self.project.layer(&at.layer)?.link(*id)?.clone();
            let other = self.end_of(&at.layer, &link);
            Some(LinkEnd { layer: at.layer.clone(), link, outgoing: true, other })
        });
        let ending = self.links.ending(&at.layer.document, at.span).iter().filter_map(|(layer, id)| {
            let link = self.project.layer(layer)?.link(*id)?.clone();
            if self.end_of(layer, &link).span_ref() != Some(at) {
                return None;
            }
            let from = SpanRef { layer: layer.clone(), span: link.from };
            let there = self.project.span(&from).is_some();
            let other = if there { OtherEnd::Loaded(from) } else { OtherEnd::Gone };
            Some(LinkEnd { layer: layer.clone(), link, outgoing: false, other })
        });
        starting.chain(ending).collect()
    }

    /// As [`Session::links_of`], but only links of annotators who are shown, and the user's own.
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

    /// Counts the changes of links; never goes back.
    pub fn link_revision(&self) -> u64 {
        self.links.revision()
    }

    /// What a link of this layer leads to.
    fn end_of(&self, layer: &LayerId, link: &Link) -> OtherEnd {
        let at = SpanRef { layer: LayerId::new(&link.to_document, &layer.annotator), span: link.to };
        match self.project.document(&link.to_document) {
            Some(document) if !document.is_loaded() => OtherEnd::Unread(at),
            _ => self.find_span(&at).map_or(OtherEnd::Gone, OtherEnd::Loaded),
        }
    }

    /// The span of this id in the document, in this layer or else in another's; a link does not say in which it is.
    pub(crate) fn find_span(&self, at: &SpanRef) -> Option<SpanRef> {
        if self.project.span(at).is_some() {
            return Some(at.clone());
        }
        let document = self.project.document(&at.layer.document)?;
        let (annotator, _) = document.layers.iter().find(|(_, layer)| layer.span(at.span).is_some())?;
        Some(SpanRef { layer: LayerId::new(document.id(), annotator), span: at.span })
    }

    /// A span as it is called in a sentence: `Threat “will suspend the talks”`.
    pub fn span_name(&self, at: &SpanRef) -> String {
        let text = self.project.document(&at.layer.document).and_then(|document| document.text.as_ref());
        let Some((span, text)) = self.project.span(at).zip(text) else { return "a passage".to_owned() };
        let words = match span.ranges.count() {
            // The words of a span can be long; they are not copied for the few that are shown.
            1 => shorten(text.slice(span.ranges.cover()), NAMED_BY),
            _ => shorten(&span.quote(text), NAMED_BY),
        };
        format!("{} “{words}”", self.project.codebook().name_of(&span.category))
    }

    /// The name of a kind of link; its id where the codebook lacks it.
    pub fn link_kind_name<'a>(&'a self, id: &'a LinkKindId) -> &'a str {
        let kind = self.project.codebook().link_kinds.iter().find(|kind| kind.id == *id);
        kind.map_or(id.as_str(), |kind| kind.name.as_str())
    }

    /// What a link says, for a tooltip: which passage does what to which, where the other one is, whose link it is.
    pub fn link_sentence(&self, at: &SpanRef, end: &LinkEnd) -> String {
        let here = self.span_name(at);
        let (there, place) = match &end.other {
            OtherEnd::Loaded(other) => {
                let title = self.project.document(&other.layer.document).map(|d| d.meta.title.as_str());
                let away = other.layer.document != at.layer.document;
                (
                    self.span_name(other),
                    title.filter(|_| away).map_or(String::new(), |title| format!(", {title}")),
                )
            }
            OtherEnd::Unread(other) => {
                let title =
                    self.project.document(&other.layer.document).map_or("", |d| d.meta.title.as_str());
                ("a passage".to_owned(), format!(", {title}"))
            }
            OtherEnd::Gone => ("a passage that is gone".to_owned(), String::new()),
        };
        let kind = self.link_kind_name(&end.link.kind);
        let whose = match end.layer.annotator == self.me {
            true => String::new(),
            false => format!(" ({}’s link)", self.annotator_name(&end.layer.annotator)),
        };
        if end.outgoing {
            format!("{here} {kind} {there}{place}{whose}")
        } else {
            format!("{there}{place} {kind} {here}{whose}")
        }
    }

    pub(crate) fn annotator_name(&self, id: &AnnotatorId) -> String {
        self.project.name_of(id).to_owned()
    }

    /// The span from which a link is being made.
    pub fn link_start(&self) -> Option<&SpanRef> {
        self.linking.start()
    }

    /// The link of which only the kind is still to be chosen.
    pub fn link_draft(&self) -> Option<&LinkDraft> {
        self.linking.draft()
    }

    /// The kind of the link made last.
    pub fn last_link_kind(&self) -> Option<&LinkKindId> {
        self.linking.last_kind()
    }

    /// Whether two spans are linked in this way already.
    pub fn is_linked(&self, from: &SpanRef, to: &SpanRef, kind: &LinkKindId) -> bool {
        let layer = self.project.layer(&from.layer);
        let links = self.links.starting(from).iter().filter_map(|id| layer?.link(*id));
        let mut same = links.filter(|link| link.to == to.span && link.to_document == to.layer.document);
        same.any(|link| link.kind == *kind)
    }

    /// Starts a link at the picked span; where one has been started, ends it there.
    pub fn link_here(&mut self) {
        let Some(at) = self.current().cloned() else { return };
        match self.linking.start() {
            Some(_) => self.link_to(&at, None),
            None => self.start_link(at),
        }
    }

    /// Marks the span from which a link is to be made.
    pub(crate) fn start_link(&mut self, at: SpanRef) {
        if let Err(why) = self.has_link_kinds() {
            return self.notify(why.to_string());
        }
        if self.project.span(&at).is_none() {
            return;
        }
        if !self.may_edit(&at.layer.annotator) {
            let name = self.annotator_name(&at.layer.annotator);
            self.notify(format!("This passage is {name}’s: the link will lead to it, from one of yours"));
        }
        self.linking.begin(at);
    }

    /// Ends the link that was started; with no kind said, the user is asked for it.
    pub(crate) fn link_to(&mut self, at: &SpanRef, kind: Option<LinkKindId>) {
        let Some(start) = self.linking.start().cloned() else { return };
        match (self.draft(&start, at), kind) {
            (Err(why), _) => self.notify(why.to_string()),
            (Ok(draft), Some(kind)) => self.link(&draft.from, &draft.to, kind),
            (Ok(draft), None) => self.ask_kind(draft),
        }
    }

    /// Links two spans as they were drawn with the pointer; the user is asked for the kind.
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

    /// Lets go of a link that was started. Says whether there was one.
    pub fn cancel_link(&mut self) -> bool {
        self.linking.end()
    }

    /// A link starts in the user's layer: from the span that was marked, or else from the other one.
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

    /// Links two spans. The link stands in the layer of the span it starts from, which has to be the user's.
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
        if self.edit(format!("link as “{name}”"), edit) {
            self.linking.finish(kind);
            self.notify(format!("Linked: {} {name} {}", self.span_name(from), self.span_name(to)));
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
            return self.notify(format!("Only {name} can remove this link"));
        }
        if self.edit("remove a link", Edit::SetLink { layer: layer.clone(), id, to: None }) {
            self.notify("Link removed. Ctrl+Z brings it back");
        }
    }

    /// Goes to the other end of the first link of the picked span.
    pub fn follow_link(&mut self) {
        let Some(at) = self.current().cloned() else { return };
        let links = self.links_shown_at(&at);
        match links.iter().find_map(|end| end.other.span_ref()) {
            Some(other) => self.go_to(other),
            None if links.is_empty() => self.notify("This passage has no link. Ctrl+M starts one"),
            None => self.notify("The other passage is gone"),
        }
    }

    /// The user's links that start or end at any of these spans; they go with the spans.
    pub fn links_removed_with(&self, spans: &[SpanRef]) -> Vec<(LayerId, LinkId)> {
        let ends = spans.iter().flat_map(|at| self.links_of(at));
        let mine = ends.filter(|end| self.may_edit(&end.layer.annotator));
        let mut seen = HashSet::new();
        mine.map(|end| (end.layer, end.link.id)).filter(|(_, id)| seen.insert(*id)).collect()
    }

    /// What to say of others' links that end at these spans of the user, and stay: ` 1 link of Ben’s loses its end.`;
    /// nothing where there are none.
    pub fn say_links_left(&self, spans: &[SpanRef]) -> String {
        let mut left: BTreeMap<AnnotatorId, usize> = BTreeMap::new();
        for end in spans.iter().flat_map(|at| self.links_of(at)) {
            if !end.outgoing && !self.may_edit(&end.layer.annotator) {
                *left.entry(end.layer.annotator).or_default() += 1;
            }
        }
        let say = |(id, count): (&AnnotatorId, &usize)| match count {
            1 => format!(" 1 link of {}’s loses its end.", self.annotator_name(id)),
            many => format!(" {many} links of {}’s lose their end.", self.annotator_name(id)),
        };
        left.iter().map(say).collect()
    }

    /// Leaves no span marked that is not there any more.
    pub(crate) fn drop_stale_link(&mut self) {
        if self.linking.spans().any(|at| self.project.span(at).is_none()) {
            self.linking.end();
        }
    }
}
