//! The moves of a negotiation: who asks whom for what, and what became of it.
//!
//! [`CoderChoice`] decides whose layers count, [`Moves`] is the table of their passages, [`Ledger`] follows each demand and
//! offer to its answers, and [`ActorFigures`], [`Dyads`] and [`AskFigures`] count. All are pure functions of a project. Every figure holds the passages that it counts, as a [`PassageSet`].
//!
//! Rules for all figures:
//!
//! - A *move* is a passage that is neither denied nor hypothetical; see [`Counted`].
//! - A *condition* is a demand inside an offer or threat of the same actor. A *recommendation* is a demand whose actors are
//!   all observers. Both are moves, but count neither as hard nor in scores, rates and lists of demands.
//! - Only a link is an answer. Moves that may be answers are listed apart and have no outcome.
//! - There are no p-values: passages of one document are not independent.

mod bins;
mod coder;
mod counted;
mod dates;
mod figures;
mod ledger;
mod moves;
mod names;
mod passage;
mod passage_set;
mod rules;
mod scales;
#[cfg(test)]
mod tests;
mod weights;

pub use bins::{Bin, BinWidth, Bins, Phase, ReportedAt};
pub use coder::{CoderChoice, Reading, Readings};
pub use counted::Counted;
pub use dates::{DayRange, Precision};
pub use figures::{
    ActorFigures, AskFigures, CategoryWeights, DyadFigures, Dyads, Following, NotStated, Overview, Rounds,
    Scope, Score, Tally, actor_figures,
};
pub use ledger::{
    Ask, AskKind, AskState, Candidate, Delay, Ledger, LedgerOptions, LinkedAnswer, Window, ignored_repeats,
};
pub(crate) use moves::find_doubles;
pub use moves::{AttributeColumn, LinkRole, Moves, MovesChange, PassageLink};
pub use names::{ActorId, ActorSetId, Actors, IssueId, IssueSetId, Issues};
pub use passage::{CategoryIndex, DocumentIndex, OwnerIndex, Passage, PassageIndex};
pub use passage_set::PassageSet;
pub use rules::{Collectives, Duplicates, Persons, Rules};
pub use scales::{QuadClass, Scale, quad_class};
pub use weights::{Weight, WeightSource, Weights};
