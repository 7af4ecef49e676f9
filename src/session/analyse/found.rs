//! What a view has found, for one reading of the project.

use std::sync::Arc;

use demarche_analysis::bargain::{Ask, CoderChoice, Ledger, Moves, PassageIndex, PassageSet};
use demarche_analysis::drawn::Drawn;
use demarche_analysis::views::{Missing, View};
use demarche_model::{AnnotatorId, DocumentId, LayerId, SpanRef};

use super::filter::FilterRefusal;
use super::question::AnalyseQuestion;
use super::unspecified::Unspecified;

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
    /// What some moves do not specify, such as their target.
    pub unspecified: Vec<Unspecified>,
    /// What is missing for the view as it was asked, in place of which something else is shown.
    pub lacking: Option<Missing>,
    /// What the view has found.
    pub found: View,
    /// Its figure, if the view has one.
    pub figure: Option<Arc<Drawn>>,
    /// In the list of demands and offers, those that need a judgement.
    pub listed_asks: Arc<ListedAsks>,
}

/// The demands and offers of a list that a person can link with an answer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ListedAsks {
    /// Those with possible answers, in the order of the list.
    pub with_answers: Vec<PassageIndex>,
    /// Pairs of an ask and a possible answer that somebody has dismissed.
    pub dismissed: Vec<(PassageIndex, PassageIndex)>,
}

impl ListedAsks {
    pub(super) fn of(found: &View, ledger: &Ledger) -> Self {
        let View::Asks(view) = found else { return Self::default() };
        let all = view.groups.iter().flat_map(|group| &group.asks);
        let asks: Vec<&Ask> = all.filter_map(|index| ledger.ask(*index)).collect();
        let open = asks.iter().filter(|ask| !ask.candidates.is_empty());
        let pairs = |ask: &&Ask| {
            let id = ask.id();
            ask.dismissed.iter().map(move |answer| (id, *answer)).collect::<Vec<_>>()
        };
        Self {
            with_answers: open.map(|ask| ask.id()).collect(),
            dismissed: asks.iter().flat_map(pairs).collect(),
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
