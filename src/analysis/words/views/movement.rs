//! Movement.

use std::sync::Arc;

use super::count;
use crate::bargain::PassageSet;
use crate::views::Sentence;

pub(crate) const ONE_ISSUE: &str = "all issues";
pub(crate) const ISSUE: &str = "Issue";
pub(crate) const ACTOR: &str = "Actor";
pub(crate) const DATE: &str = "Date";
pub(crate) const STEP: &str = "Step";
pub(crate) const CONDITIONAL: &str = "Conditional";
pub(crate) const SUM: &str = "Steps so far";
pub(crate) const YES: &str = "yes";

/// The sentence about the line with most steps.
pub(crate) fn most(actor: &str, issue: &str, sum: usize, passages: Arc<PassageSet>) -> Sentence {
    Sentence::plain(format!("{actor} moves most on {issue}: "))
        .passages(count(sum, "step"), passages)
        .words(".")
}

/// What steps count.
pub(crate) fn not_size() -> Sentence {
    Sentence::plain("steps count moves, not their size")
}

/// What followed the concessions of one actor to another.
pub(crate) fn following(
    [from, to]: [&str; 2],
    followed: PassageSet,
    all: PassageSet,
    balance: Option<f64>,
) -> Sentence {
    let (number, of) = (followed.len(), all.len());
    let balance = balance.map_or_else(String::new, |balance| format!("; balance {balance:.2}"));
    Sentence::plain(format!("concessions of {from} to {to} followed by one of {to} on the issue: "))
        .passages(number.to_string(), followed)
        .words(" of ")
        .passages(of.to_string(), all)
        .words(balance)
}
