//! What a view has found, for one reading of the project.

use std::sync::Arc;

use demarche_analysis::bargain::{CoderChoice, Ledger, Moves, PassageSet};
use demarche_analysis::drawn::Drawn;
use demarche_analysis::views::{
    ActorsView, Answer, AsksView, CodelineView, FollowsView, Look, MatrixView, MovementView, TimeView,
    TogetherView, TowardsView,
};
use demarche_model::{AnnotatorId, DocumentId, LayerId, SpanRef, ViewKind};

use super::filter::FilterRefusal;
use super::question::AnalyseQuestion;

/// What the current view has found.
#[derive(Clone, Debug)]
pub struct AnalyseResult {
    /// The question that it answers.
    pub question: AnalyseQuestion,
    /// The coders that the filter names, in place of those of the question.
    pub coders: Option<CoderChoice>,
    /// The reason why the filter does not fit the project any more. Nothing is counted then.
    pub refusal: Option<FilterRefusal>,
    /// One for the final reading, otherwise one per coder.
    pub readings: Vec<ReadingFound>,
    /// Documents that several people have tagged, without a consensus, and that are not counted.
    pub undecided: Vec<DocumentId>,
    /// Coders with the number of their passages that are not counted.
    pub not_counted: Vec<(AnnotatorId, usize)>,
    /// Layers that can't be read.
    pub unreadable: Vec<LayerId>,
    /// Number of passages that pass only because their date may be in the range.
    pub uncertain: usize,
    /// Number of documents whose layers are not in memory.
    pub unread: usize,
    /// Number of documents.
    pub documents: usize,
}

/// What the current view has found in one reading.
#[derive(Clone, Debug)]
pub struct ReadingFound {
    /// The coder; `None` for the final reading.
    pub coder: Option<AnnotatorId>,
    /// The person who stands in for a consensus that does not exist.
    pub stand_in: Option<AnnotatorId>,
    /// All passages of the reading.
    pub moves: Arc<Moves>,
    /// What became of demands and offers.
    pub ledger: Arc<Ledger>,
    /// The passages that pass the filter.
    pub passing: Arc<PassageSet>,
    /// Denied and hypothetical passages that pass and are not counted.
    pub excluded: [Arc<PassageSet>; 2],
    /// What the view has found.
    pub found: Found,
    /// Its figure, if the view has one.
    pub figure: Option<Arc<Drawn>>,
}

/// What a view has found.
#[derive(Clone, PartialEq, Debug)]
pub enum Found {
    /// Overview matrix.
    Matrix(MatrixView),
    /// Demands and offers.
    Asks(AsksView),
    /// Figures per actor.
    Actors(ActorsView),
    /// Over time.
    Time(TimeView),
    /// Interactions.
    Towards(TowardsView),
    /// Within documents.
    Codeline(CodelineView),
    /// Movement.
    Movement(MovementView),
    /// Co-occurrence.
    Together(TogetherView),
    /// Sequences.
    Follows(FollowsView),
}

impl Found {
    /// Computes the current view of a question.
    pub(super) fn of(look: &Look<'_>, question: &AnalyseQuestion) -> Self {
        let options = &question.options;
        match question.view {
            ViewKind::Matrix => Self::Matrix(MatrixView::of(look, options.matrix.clone())),
            ViewKind::Asks => Self::Asks(AsksView::of(look, options.asks)),
            ViewKind::Actors => Self::Actors(ActorsView::of(look)),
            ViewKind::Time => Self::Time(TimeView::of(look, options.time)),
            ViewKind::Towards => Self::Towards(TowardsView::of(look, options.towards)),
            ViewKind::Codeline => Self::Codeline(CodelineView::of(look, options.codeline)),
            ViewKind::Movement => Self::Movement(MovementView::of(look)),
            ViewKind::Together => Self::Together(TogetherView::of(look, options.together)),
            ViewKind::Follows => Self::Follows(FollowsView::of(look, options.follows)),
        }
    }

    /// The figure of the view. Lists of demands and of actors have none.
    pub(super) fn drawn(&self, look: &Look<'_>) -> Option<Drawn> {
        match self {
            Self::Matrix(view) => Some(Drawn::matrix(view, look)),
            Self::Asks(_) | Self::Actors(_) => None,
            Self::Time(view) => Some(Drawn::time(view, look)),
            Self::Towards(view) => Some(Drawn::network(view, look)),
            Self::Codeline(view) => Some(Drawn::codeline(view, look)),
            Self::Movement(view) => Drawn::movement(view, look),
            Self::Together(view) => Some(Drawn::together(view, look)),
            Self::Follows(view) => Some(Drawn::follows(view)),
        }
    }

    /// The view.
    pub fn kind(&self) -> ViewKind {
        match self {
            Self::Matrix(_) => ViewKind::Matrix,
            Self::Asks(_) => ViewKind::Asks,
            Self::Actors(_) => ViewKind::Actors,
            Self::Time(_) => ViewKind::Time,
            Self::Towards(_) => ViewKind::Towards,
            Self::Codeline(_) => ViewKind::Codeline,
            Self::Movement(_) => ViewKind::Movement,
            Self::Together(_) => ViewKind::Together,
            Self::Follows(_) => ViewKind::Follows,
        }
    }

    /// Sentence, table and caption.
    pub fn answer(&self) -> &Answer {
        match self {
            Self::Matrix(view) => view.answer(),
            Self::Asks(view) => view.answer(),
            Self::Actors(view) => view.answer(),
            Self::Time(view) => view.answer(),
            Self::Towards(view) => view.answer(),
            Self::Codeline(view) => view.answer(),
            Self::Movement(view) => view.answer(),
            Self::Together(view) => view.answer(),
            Self::Follows(view) => view.answer(),
        }
    }
}

impl ReadingFound {
    /// The spans of some passages, the earliest first.
    pub fn spans(&self, passages: &PassageSet) -> Vec<SpanRef> {
        let mut in_order: Vec<_> = passages.iter().collect();
        self.moves.sort(&mut in_order);
        in_order.into_iter().map(|index| self.moves.span_ref(index)).collect()
    }
}
