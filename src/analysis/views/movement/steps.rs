//! The steps on each issue.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::{IssueSteps, Step, StepKind, StepLine};
use crate::bargain::{ActorId, IssueId, LinkRole, PassageIndex, PassageSet};
use crate::views::Look;
use demarche_model::MoveRole;

type Issue = (bool, Option<IssueId>);

/// The steps of each issue with steps or asks.
pub(super) fn by_issue(look: &Look<'_>) -> Vec<IssueSteps> {
    let mut lines: BTreeMap<Issue, BTreeMap<ActorId, Vec<PassageIndex>>> = BTreeMap::new();
    let mut in_order: Vec<PassageIndex> = look.moves().map(|(index, _)| index).collect();
    look.basis.moves.sort(&mut in_order);
    let taken_back = taken_back(look);
    for index in in_order {
        let passage = look.get(index);
        if kind(look, index).is_none() && !taken_back.contains_key(&index) {
            continue;
        }
        for issue in look.issues_of(passage) {
            let of_issue = lines.entry(issue).or_default();
            look.actors(passage).iter().for_each(|actor| of_issue.entry(*actor).or_default().push(index));
        }
    }
    let mut asks: BTreeMap<Issue, Vec<PassageIndex>> = BTreeMap::new();
    for ask in look.asks().filter(|ask| !look.rules.is_asked_apart(ask)) {
        let issues = look.issues_of(look.get(ask.id()));
        issues.into_iter().for_each(|issue| asks.entry(issue).or_default().push(ask.id()));
    }
    for issue in asks.keys() {
        lines.entry(*issue).or_default();
    }
    let issue = |(issue, lines): (Issue, BTreeMap<ActorId, Vec<PassageIndex>>)| IssueSteps {
        issue: issue.1,
        title: look.issue_title(issue.1),
        lines: lines
            .into_iter()
            .map(|(actor, moves)| line(look, actor, &moves, &taken_back))
            .filter(|line| !line.steps.is_empty())
            .collect(),
        asks: asks.remove(&issue).unwrap_or_default(),
    };
    lines.into_iter().map(issue).collect()
}

/// The steps of an actor. A withdrawal that is linked to a counted step takes it back.
fn line(
    look: &Look<'_>,
    actor: ActorId,
    moves: &[PassageIndex],
    taken_back: &HashMap<PassageIndex, Vec<PassageIndex>>,
) -> StepLine {
    // In order of their indices, as sets are.
    let mut counted: Vec<PassageIndex> = Vec::new();
    let (mut steps, mut sets) = (Vec::new(), Vec::new());
    for index in moves {
        let passage = look.get(*index);
        let back = taken_back.get(index).map_or(&[][..], Vec::as_slice);
        let before = counted.len();
        counted.retain(|step| !back.contains(step));
        let removed = before - counted.len();
        let kind = match kind(look, *index) {
            Some(kind) => {
                if let Err(place) = counted.binary_search(index) {
                    counted.insert(place, *index);
                }
                kind
            }
            None if removed > 0 => StepKind::TakenBack,
            None => continue,
        };
        steps.push(Step {
            passage: *index,
            date: look.date(passage),
            kind,
            is_conditional: passage.is_conditional,
            sum: counted.len(),
        });
        sets.push(Arc::new(PassageSet::of_slice(&counted)));
    }
    StepLine { actor, title: look.basis.moves.actors().name(actor).to_owned(), steps, counted: sets }
}

fn kind(look: &Look<'_>, index: PassageIndex) -> Option<StepKind> {
    match look.kind(look.get(index)).role()? {
        MoveRole::Concession => Some(StepKind::Concession),
        MoveRole::Acceptance => Some(StepKind::Acceptance),
        MoveRole::Demand
        | MoveRole::Offer
        | MoveRole::Commitment
        | MoveRole::Rejection
        | MoveRole::Threat
        | MoveRole::Withdrawal
        | MoveRole::Reason
        | MoveRole::DeedPlus
        | MoveRole::DeedMinus => None,
    }
}

/// The steps to which each withdrawal is linked.
fn taken_back(look: &Look<'_>) -> HashMap<PassageIndex, Vec<PassageIndex>> {
    let moves = look.basis.moves;
    let mut all: HashMap<PassageIndex, Vec<PassageIndex>> = HashMap::new();
    for link in moves.links().filter(|link| link.role == LinkRole::Answers) {
        let is_withdrawal = look.get(link.from).role == Some(MoveRole::Withdrawal);
        if let Some(step) = moves.target(link).filter(|_| is_withdrawal) {
            all.entry(link.from).or_default().push(step);
        }
    }
    all
}
