//! The queue: which spans are to be decided on, and walking them.

use crate::model::{
    AnnotatorId, CategoryId, Document, DocumentId, LayerId, Span, SpanRef, Standing, Verdict,
};

use super::super::{Session, Shown};

/// Which spans come into the queue. What is `None` does not matter.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ReviewFilter {
    /// Whose spans; for `None` everybody else's, but not those of the consensus.
    pub annotator: Option<AnnotatorId>,
    /// Of which category.
    pub category: Option<CategoryId>,
    /// In which document.
    pub document: Option<DocumentId>,
    /// How far the review of them is.
    pub state: ReviewState,
}

/// How far the review of a span is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum ReviewState {
    /// The user has not decided, or the span was changed since.
    #[default]
    Undecided,
    /// Somebody disputes it or proposes a change that was not taken over.
    Disputed,
    /// The one who tagged it has answered the user.
    Answered,
    /// The user has decided.
    Decided,
    /// All of them.
    All,
}

impl ReviewState {
    /// All states, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Undecided, Self::Disputed, Self::Answered, Self::Decided, Self::All];

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Undecided => "undecided",
            Self::Disputed => "disputed",
            Self::Answered => "with an answer",
            Self::Decided => "decided by me",
            Self::All => "all",
        }
    }
}

impl Session {
    /// Makes the queue, if there is none.
    pub(super) fn begin_review(&mut self) {
        if !self.review.begun {
            self.review.begun = true;
            self.make_queue(false);
        }
    }

    pub(super) fn filter_review(&mut self, filter: ReviewFilter) {
        self.review.filter = filter;
        self.review.begun = true;
        self.make_queue(false);
    }

    /// Takes spans into the queue that have come since it was made.
    pub(in crate::session) fn refresh_queue(&mut self) {
        if std::mem::take(&mut self.review.stale) && self.review.begun {
            self.make_queue(true);
        }
    }

    /// Makes the queue; with `keep`, what was in it stays, so that nothing is lost that was decided on just now.
    fn make_queue(&mut self, keep: bool) {
        let here = self.review.items.get(self.review.at).cloned();
        let mut items = Vec::new();
        for document in self.project.documents() {
            if self.review.filter.document.as_ref().is_some_and(|only| only != document.id()) {
                continue;
            }
            let known = |at: &SpanRef| keep && self.review.places.contains_key(at);
            let mut found: Vec<(usize, SpanRef)> = Vec::new();
            for (owner, layer) in &document.layers {
                if !self.is_reviewed(document.id(), owner) {
                    continue;
                }
                let id = LayerId::new(document.id(), owner);
                for span in layer.spans() {
                    let at = SpanRef { layer: id.clone(), span: span.id };
                    if known(&at) || self.is_wanted(document, &at, span) {
                        found.push((span.ranges.start(), at));
                    }
                }
            }
            found.sort();
            items.extend(found.into_iter().map(|(_, at)| at));
            items.extend(self.gone_in(document));
        }
        self.review.places = items.iter().cloned().zip(0..).collect();
        self.review.at = here.and_then(|at| self.review.places.get(&at).copied()).unwrap_or(0);
        self.review.items = items;
        self.count_decided();
    }

    fn is_reviewed(&self, document: &DocumentId, owner: &AnnotatorId) -> bool {
        let wanted = match &self.review.filter.annotator {
            Some(only) => only == owner,
            None => !owner.is_consensus(),
        };
        wanted && *owner != self.me && self.may_see(document, owner)
    }

    fn is_wanted(&self, document: &Document, at: &SpanRef, span: &Span) -> bool {
        let filter = &self.review.filter;
        if filter.category.as_ref().is_some_and(|only| *only != span.category) {
            return false;
        }
        match filter.state {
            ReviewState::All => true,
            ReviewState::Undecided => !self.has_decided(at),
            ReviewState::Decided => document
                .decision(&self.me, span.id)
                .is_some_and(|d| d.verdict.is_some() || d.proposal.is_some()),
            ReviewState::Disputed => document.decisions(span.id).any(|(_, decision)| {
                let disputes = decision.verdict == Some(Verdict::Disputed) || decision.proposal.is_some();
                disputes && self.standing(at, decision) != Standing::TakenOver
            }),
            ReviewState::Answered => {
                let mine = document.decision(&self.me, span.id).map(|decision| decision.latest());
                let theirs = document.decision(&at.layer.annotator, span.id).map(|d| d.latest());
                mine.zip(theirs).is_some_and(|(mine, theirs)| theirs >= mine)
            }
        }
    }

    /// The user's decisions on spans that are gone: kept, and shown where decided ones are.
    fn gone_in<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = SpanRef> + 'a {
        let filter = &self.review.filter;
        let shown = matches!(filter.state, ReviewState::Decided | ReviewState::All);
        let mine = document.reviews.get(&self.me).filter(|_| shown);
        mine.into_iter().flat_map(|review| review.decisions.values()).filter_map(move |decision| {
            let layer = LayerId::new(document.id(), &decision.annotator);
            let at = SpanRef { layer, span: decision.span };
            let category = decision.about.as_ref().map(|about| &about.category);
            let wanted = filter.category.as_ref().is_none_or(|only| category == Some(only));
            (wanted
                && self.is_reviewed(document.id(), &decision.annotator)
                && self.project.span(&at).is_none())
            .then_some(at)
        })
    }

    pub(super) fn count_decided(&mut self) {
        let decided = self.review.items.iter().filter(|at| self.has_decided(at)).count();
        self.review.decided = decided;
    }

    /// Goes to the span at a place of the queue.
    pub(super) fn go_to_review(&mut self, place: usize) {
        let Some(at) = self.review.items.get(place).cloned() else { return };
        self.review.at = place;
        if self.project.span(&at).is_none() {
            self.open_document(&at.layer.document);
            return self.let_go();
        }
        if !self.shows(&at.layer.annotator) {
            self.show(Shown::Everyone);
        }
        self.go_to(&at);
    }

    /// Goes to the next (or previous) span of the queue, in whatever document it stands.
    pub(in crate::session) fn step_review(&mut self, forward: bool) {
        self.begin_review();
        let count = self.review.items.len();
        let next = match self.review_position() {
            None => Some(self.review.at.min(count.saturating_sub(1))),
            Some(at) if forward => Some(at + 1),
            Some(at) => at.checked_sub(1),
        };
        match next.filter(|&next| next < count) {
            Some(next) => self.go_to_review(next),
            None if count == 0 => self.notify("Nothing to review here; see the filters of the tab Review"),
            None if forward => self.notify("This is the last passage of the queue"),
            None => self.notify("This is the first passage of the queue"),
        }
    }

    /// Goes on to the next span of the queue that the user has not decided on, going round.
    pub(super) fn go_on_reviewing(&mut self) {
        let (count, from) = (self.review.items.len(), self.review_position());
        let Some(from) = from.filter(|_| self.review.begun) else { return };
        let next = (1..count).map(|step| (from + step) % count).find(|&place| {
            let at = &self.review.items[place];
            self.project.span(at).is_some() && !self.has_decided(at)
        });
        match next {
            Some(next) => self.go_to_review(next),
            None => self.notify("You have decided on every passage of the queue"),
        }
    }
}
