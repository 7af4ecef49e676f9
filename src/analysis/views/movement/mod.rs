//! Movement: who moved, and did the other side follow.

mod answer;
mod positions;
mod steps;

use std::sync::Arc;

use super::{Answer, Look};
use crate::bargain::{ActorId, DayRange, Dyads, IssueId, PassageIndex, PassageSet};
use crate::codes::codes;
use demarche_model::AttributeId;

/// Who moved on which issue, and what positions were put forward.
#[derive(Clone, PartialEq, Debug)]
pub struct MovementView {
    /// The steps on each issue, in the order of the list; those without an issue last.
    pub issues: Vec<IssueSteps>,
    /// The positions of each attribute and issue.
    pub positions: Vec<PositionAxis>,
    /// The balance of each pair of actors, and what followed their concessions.
    pub dyads: Arc<Dyads>,
    answer: Answer,
}

/// The steps on an issue.
#[derive(Clone, PartialEq, Debug)]
pub struct IssueSteps {
    /// The issue; `None` for not specified, and where no attribute means the issue.
    pub issue: Option<IssueId>,
    /// Its name.
    pub title: String,
    /// A line for each actor that moves.
    pub lines: Vec<StepLine>,
    /// The first passages of the asks about it, the earliest first.
    pub asks: Vec<PassageIndex>,
}

/// The steps of an actor on an issue.
#[derive(Clone, PartialEq, Debug)]
pub struct StepLine {
    /// The actor.
    pub actor: ActorId,
    /// Its name.
    pub title: String,
    /// The steps, the earliest first.
    pub steps: Vec<Step>,
    /// For each step, the steps up to it, without those that were taken back.
    pub counted: Vec<Arc<PassageSet>>,
}

/// A step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Step {
    /// The concession, acceptance or withdrawal.
    pub passage: PassageIndex,
    /// Its date, or that of the document that reports it; `None` if there is none.
    pub date: Option<DayRange>,
    /// What it does.
    pub kind: StepKind,
    /// True if it depends on something.
    pub is_conditional: bool,
    /// Number of steps up to it, without those that were taken back.
    pub sum: usize,
}

/// What a step does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum StepKind {
    /// It gives something up.
    Concession,
    /// It accepts something.
    Acceptance,
    /// It takes back an earlier step, to which it is linked.
    TakenBack,
}

/// The positions on an issue, in one attribute.
#[derive(Clone, PartialEq, Debug)]
pub struct PositionAxis {
    /// The attribute.
    pub attribute: AttributeId,
    /// Its name.
    pub title: String,
    /// The unit of its numbers.
    pub unit: Option<String>,
    /// The issue; `None` for not specified.
    pub issue: Option<IssueId>,
    /// The name of the issue.
    pub issue_title: String,
    /// A line for each actor.
    pub lines: Vec<PositionLine>,
}

/// The positions of an actor.
#[derive(Clone, PartialEq, Debug)]
pub struct PositionLine {
    /// The actor.
    pub actor: ActorId,
    /// Its name.
    pub title: String,
    /// The positions, the earliest first.
    pub positions: Vec<Position>,
}

/// A position.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Position {
    /// The passage that puts it forward.
    pub passage: PassageIndex,
    /// Its date; `None` if there is none.
    pub date: Option<DayRange>,
    /// The number.
    pub value: f64,
}

codes! {
    StepKind { Concession = "concession", Acceptance = "acceptance", TakenBack = "taken-back" }
}

impl PositionLine {
    /// The change from the first to the last dated position, per 30 days; `None` without two days.
    pub fn change_per_30_days(&self) -> Option<f64> {
        let days = |position: &Position| Some((position.date?.known_day()?.0, position.value));
        let mut dated = self.positions.iter().filter_map(days);
        let first = dated.next()?;
        let last = dated.next_back()?;
        (last.0 > first.0).then(|| (last.1 - first.1) * 30.0 / (last.0 - first.0) as f64)
    }
}

impl StepLine {
    /// The passages of its steps.
    pub fn passages(&self) -> PassageSet {
        self.steps.iter().map(|step| step.passage).collect()
    }

    /// The steps that count in the end.
    pub fn counted_last(&self) -> Arc<PassageSet> {
        self.counted.last().cloned().unwrap_or_default()
    }

    /// Number of steps in the end.
    pub fn sum(&self) -> usize {
        self.steps.last().map_or(0, |step| step.sum)
    }
}

impl MovementView {
    /// Counts the concessions and acceptances that pass, by issue and actor.
    pub fn of(look: &Look<'_>) -> Self {
        let mut view = Self {
            issues: steps::by_issue(look),
            positions: positions::by_attribute(look),
            dyads: Arc::new(Dyads::of(look.scope(), look.basis.weights)),
            answer: Answer::default(),
        };
        view.answer = view.make_answer(look);
        view
    }

    /// What the view says.
    pub fn answer(&self) -> &Answer {
        &self.answer
    }
}

impl Look<'_> {
    /// The name of an issue, or that it is not specified.
    pub fn issue_title(&self, issue: Option<IssueId>) -> String {
        match issue {
            Some(issue) => self.basis.moves.issues().name(issue).to_owned(),
            None if !self.basis.moves.has_issues() => crate::words::views::movement::ONE_ISSUE.to_owned(),
            None => crate::words::views::not_specified(),
        }
    }

    /// The issues of a move, `None` for one that is not specified; those not specified sort last.
    fn issues_of(&self, passage: &crate::bargain::Passage) -> Vec<(bool, Option<IssueId>)> {
        let issues = self.basis.moves.issues().members(passage.issues);
        let one = issues.is_empty().then_some((true, None));
        issues.iter().map(|issue| (false, Some(*issue))).chain(one).collect()
    }
}
