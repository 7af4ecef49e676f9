//! Demands and offers, and what became of them.

use crate::bargain::{ActorId, ActorSetId, IssueSetId, PassageIndex};

/// A demand or offer with everything that is known about its outcome. The same demand, stated several times, is one ask.
#[derive(Clone, PartialEq, Debug)]
pub struct Ask {
    /// Demand or offer.
    pub kind: AskKind,
    /// The passages that state it, the earliest first; never empty. The earliest speaks for all.
    pub chain: Vec<PassageIndex>,
    /// Who asks; persons count as their party.
    pub asker: ActorSetId,
    /// Who is asked; empty if the text does not say.
    pub asked: ActorSetId,
    /// What it is about.
    pub issues: IssueSetId,
    /// True if every statement is a condition of an offer or threat.
    pub is_condition: bool,
    /// True if every statement is a recommendation of an observer.
    pub is_recommendation: bool,
    /// The outcome.
    pub state: AskState,
    /// The agreement that there was before the ask was refused, countered or dropped: `Met` or `Half`.
    pub was: Option<AskState>,
    /// The outcome for each party, if several are asked and an answer decides.
    pub parties: Vec<(ActorId, AskState)>,
    /// All linked answers, the earliest first.
    pub answers: Vec<LinkedAnswer>,
    /// Days from the first statement to the first answer that decides.
    pub delay: Delay,
    /// Moves that may be answers, the nearest first. They have no outcome.
    pub candidates: Vec<Candidate>,
    /// Moves that somebody has dismissed as answers.
    pub dismissed: Vec<PassageIndex>,
    pub(super) reach: Reach,
}

/// The kind of an ask.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AskKind {
    /// Another party is to act.
    Demand,
    /// Something is put forward for another party to accept.
    Offer,
}

/// The outcome of an ask.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AskState {
    /// No answer is linked.
    Open,
    /// Agreed to in words.
    Met,
    /// Agreed to in part, conditionally or by some of those asked.
    Half,
    /// Refused.
    Refused,
    /// Answered by a demand or offer.
    Countered,
    /// Given up by the asker.
    Dropped,
    /// Answered by moves that decide nothing.
    Otherwise,
}

/// A move that is linked to an ask as its answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LinkedAnswer {
    /// The answering passage.
    pub passage: PassageIndex,
    /// The outcome that it gives; `None` if it decides nothing.
    pub outcome: Option<AskState>,
    /// True if it comes from a party that was not asked.
    pub is_of_third_party: bool,
}

/// A move that may be an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// The passage.
    pub passage: PassageIndex,
    /// True if it is uncertain that it was made later than the ask.
    pub is_order_uncertain: bool,
}

/// The time between an ask and its first answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Delay {
    /// There is no answer that decides, or the days are not known, or both are in one document and one has no date of its
    /// own.
    #[default]
    Unknown,
    /// This many days.
    Days(i64),
    /// The answer is dated before the ask, which is not counted.
    Negative,
}

/// How far the search for possible answers has looked, to know which changes matter to it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) enum Reach {
    /// Nothing is looked for.
    #[default]
    Nowhere,
    /// These documents; the move that opens the last one, if there are as many as wanted.
    Documents(Vec<crate::bargain::DocumentIndex>, Option<PassageIndex>),
    /// Everything up to this day.
    Until(crate::summary::Day),
    /// Everything later.
    Everywhere,
}

impl Ask {
    /// The earliest statement, which identifies the ask.
    pub fn id(&self) -> PassageIndex {
        self.chain[0]
    }

    /// True for a condition or recommendation, which is listed apart.
    pub fn is_derived(&self) -> bool {
        self.is_condition || self.is_recommendation
    }

    /// The answers that decide, the earliest first.
    pub fn deciding(&self) -> impl DoubleEndedIterator<Item = &LinkedAnswer> {
        self.answers.iter().filter(|answer| answer.outcome.is_some())
    }

    /// The latest answer that decides.
    pub fn answer(&self) -> Option<PassageIndex> {
        self.deciding().next_back().map(|answer| answer.passage)
    }

    /// The first answer that decides, up to which the delay is measured.
    pub fn first_answer(&self) -> Option<PassageIndex> {
        self.deciding().next().map(|answer| answer.passage)
    }

    /// The answers of parties that were not asked.
    pub fn of_third_parties(&self) -> impl Iterator<Item = PassageIndex> + '_ {
        self.answers.iter().filter(|answer| answer.is_of_third_party).map(|answer| answer.passage)
    }

    /// The delay in days, if it counts.
    pub fn delay_days(&self) -> Option<i64> {
        match self.delay {
            Delay::Days(days) => Some(days),
            Delay::Unknown | Delay::Negative => None,
        }
    }
}

impl AskKind {
    /// Its code, in files and filters.
    pub fn code(self) -> &'static str {
        match self {
            Self::Demand => "demand",
            Self::Offer => "offer",
        }
    }
}

impl AskState {
    /// All states, in the order of figures and tables.
    pub const ALL: [Self; 7] =
        [Self::Met, Self::Half, Self::Refused, Self::Countered, Self::Dropped, Self::Otherwise, Self::Open];

    /// Its code, in files and filters.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Met => "met",
            Self::Half => "half",
            Self::Refused => "refused",
            Self::Countered => "countered",
            Self::Dropped => "dropped",
            Self::Otherwise => "otherwise",
        }
    }

    /// The state with a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}
