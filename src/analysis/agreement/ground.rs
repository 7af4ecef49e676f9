//! The documents that a figure stands on, with their counts and formulas.
//!
//! Figures of two annotators stand on the documents that both have worked on; α stands on those that at least two have
//! worked on; Fleiss' κ on those that all have. Each such set of documents is a ground of its own, so that intervals
//! draw from the documents that count.

use std::sync::Arc;

use super::count::Counted;
use super::frame::Frame;
use super::ledger::{Draw, Ledger};
use super::outcome::{Outcome, Undefined};
use super::{Measure, Subject, Unit};

/// Computes a figure from sums.
pub(super) type Formula = Box<dyn Fn(&Draw<'_>) -> Outcome + Send + Sync>;

/// Counts what a figure stands on from sums.
pub(super) type Size = Arc<dyn Fn(&Draw<'_>) -> f64 + Send + Sync>;

/// Documents and what is computed from them.
pub(super) struct Ground {
    /// Numbers of the annotators.
    pub who: Vec<usize>,
    pub ledger: Ledger,
    pub plans: Vec<Plan>,
    /// Why there is no figure if there is no document.
    pub without: Undefined,
}

/// A figure that is to be computed.
pub(super) struct Plan {
    pub measure: Measure,
    pub unit: Unit,
    pub subject: Subject,
    pub formula: Formula,
    /// How many units, spans or pairs of spans the figure stands on.
    pub size: Size,
}

/// The counts of the documents of a ground.
pub(super) struct Site<'s, 'a> {
    pub frame: &'s Frame<'a>,
    pub counted: Vec<&'s Counted<'a>>,
}

impl Ground {
    pub fn new(who: Vec<usize>, documents: usize, without: Undefined) -> Self {
        Self { who, ledger: Ledger::new(documents), plans: Vec::new(), without }
    }

    /// Adds a figure.
    pub fn plan(
        &mut self,
        measure: Measure,
        unit: Unit,
        subject: Subject,
        size: &Size,
        formula: impl Fn(&Draw<'_>) -> Outcome + Send + Sync + 'static,
    ) {
        self.plans.push(Plan { measure, unit, subject, formula: Box::new(formula), size: size.clone() });
    }
}
