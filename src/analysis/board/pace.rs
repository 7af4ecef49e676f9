//! How fast a coder works, from the times of their passages.
//!
//! A *step* is the making or the last change of a passage. Time between two steps counts as work if it is at most
//! [`PAUSE_S`]; a longer one is a pause. Passages per hour are the passages made within that time of the step before,
//! divided by the hours of work: the first passage after a pause counts neither way, since nobody knows how long it took.
//! A *working day* is a day in UTC with at least one step.

use demarche_model::{Layer, Stamp};

use crate::summary::Day;

/// Longest time between two steps that counts as work, in seconds.
pub const PAUSE_S: i64 = 30 * 60;

/// Shortest time of work from which there are passages per hour, in seconds.
const LEAST_S: i64 = 10 * 60;

/// The making or a change of a passage.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Step {
    at: Stamp,
    /// Whether the passage was made.
    is_new: bool,
}

impl Step {
    /// The steps of a layer, in any order.
    pub(super) fn of_layer(layer: &Layer) -> impl Iterator<Item = Self> {
        layer.spans_unsorted().flat_map(|span| {
            let made = Self { at: span.created, is_new: true };
            let changed =
                (span.modified != span.created).then_some(Self { at: span.modified, is_new: false });
            std::iter::once(made).chain(changed)
        })
    }
}

/// How fast a coder works.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Pace {
    /// Passages made within [`PAUSE_S`] of the step before.
    pub spans: usize,
    /// The time of work, in seconds.
    pub worked_s: i64,
    /// Number of working days.
    pub days: usize,
}

impl Pace {
    /// The pace of these steps, in any order.
    pub(super) fn of(mut steps: Vec<Step>) -> Self {
        steps.sort_unstable();
        let mut pace = Self::default();
        let mut last: Option<Stamp> = None;
        for step in steps {
            let day = Day::from_stamp(step.at);
            pace.days += usize::from(last.is_none_or(|last| Day::from_stamp(last) != day));
            let since_s = last.map(|last| step.at.0.saturating_sub(last.0));
            if let Some(since_s) = since_s.filter(|since_s| *since_s <= PAUSE_S) {
                pace.worked_s += since_s;
                pace.spans += usize::from(step.is_new);
            }
            last = Some(step.at);
        }
        pace
    }

    /// Passages per hour of work; `None` if there was too little work to tell.
    pub fn spans_per_hour(&self) -> Option<f64> {
        (self.worked_s >= LEAST_S).then(|| self.spans as f64 * 3600.0 / self.worked_s as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_S: i64 = 3600;

    fn made(at_s: i64) -> Step {
        Step { at: Stamp(at_s), is_new: true }
    }

    #[test]
    fn pauses_do_not_count_as_work() {
        // Three passages ten minutes apart, a pause of two hours, and two more: thirty minutes of work with three passages.
        let steps = [0, 600, 1200, 1200 + 2 * HOUR_S, 1800 + 2 * HOUR_S];
        let pace = Pace::of(steps.map(made).to_vec());
        assert_eq!(pace, Pace { spans: 3, worked_s: 1800, days: 1 });
        assert_eq!(pace.spans_per_hour(), Some(6.0));
    }

    #[test]
    fn a_change_is_work_but_no_passage() {
        let changed = Step { at: Stamp(900), is_new: false };
        let pace = Pace::of(vec![changed, made(1800), made(0)]);
        assert_eq!(pace, Pace { spans: 1, worked_s: 1800, days: 1 });
    }

    #[test]
    fn an_import_has_no_pace() {
        let pace = Pace::of(vec![made(0); 500]);
        assert_eq!((pace.days, pace.spans_per_hour()), (1, None));
        assert_eq!(Pace::of(Vec::new()), Pace::default());
    }

    #[test]
    fn working_days_are_counted_once() {
        let pace = Pace::of([0, HOUR_S, 25 * HOUR_S, 26 * HOUR_S, 80 * HOUR_S].map(made).to_vec());
        assert_eq!(pace.days, 3);
    }
}
