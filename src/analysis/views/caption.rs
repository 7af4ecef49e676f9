//! The notes that several views share.

use super::{Duplicates, Look, Missing, Sentence};
use crate::bargain::{ActorSetId, Collectives, IssueSetId, PassageIndex, PassageSet, ignored_repeats};
use crate::words::views::caption as words;

/// The passages that notes name, found in one pass.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Noted {
    pub denied: PassageSet,
    pub hypothetical: PassageSet,
    conditions: PassageSet,
    recommendations: PassageSet,
    reported: PassageSet,
    without_place: PassageSet,
    without_weight: PassageSet,
    /// The moves without an actor, without a target and without an issue.
    not_specified: [PassageSet; 3],
}

impl Noted {
    pub fn of(look: &Look<'_>) -> Self {
        let counted = look.rules.counted;
        let [mut denied, mut hypothetical] = <[Vec<PassageIndex>; 2]>::default();
        for (index, passage) in look.passages() {
            if passage.is_denied && !counted.denied {
                denied.push(index);
            }
            if passage.is_hypothetical && !counted.hypothetical {
                hypothetical.push(index);
            }
        }
        let mut of_moves: [Vec<PassageIndex>; 8] = Default::default();
        for (index, passage) in look.moves() {
            let lacks_weight =
                !look.rules.is_derived(passage) && look.category_weight(passage.category).is_none();
            let tests = [
                passage.is_condition,
                passage.is_recommendation,
                passage.is_reported,
                passage.has_no_place,
                lacks_weight,
                passage.actors == ActorSetId::EMPTY,
                passage.targets == ActorSetId::EMPTY,
                passage.issues == IssueSetId::EMPTY,
            ];
            of_moves.iter_mut().zip(tests).filter(|(_, holds)| *holds).for_each(|(set, _)| set.push(index));
        }
        let [conditions, recommendations, reported, without_place, without_weight, actor, target, issue] =
            of_moves.map(PassageSet::from_iter);
        Self {
            denied: denied.into_iter().collect(),
            hypothetical: hypothetical.into_iter().collect(),
            conditions,
            recommendations,
            reported,
            without_place,
            without_weight,
            not_specified: [actor, target, issue],
        }
    }
}

impl Look<'_> {
    /// What is missing for any view: passages, or passages that pass the filter.
    pub(super) fn missing_passages(&self) -> Option<Missing> {
        if self.basis.moves.is_empty() {
            Some(Missing::Passages)
        } else if self.passages().len() == 0 {
            Some(Missing::FilteredOut { all: self.basis.moves.len() })
        } else {
            None
        }
    }

    /// The notes on what counts as a move, and on what is not specified.
    pub(super) fn notes(&self) -> Vec<Sentence> {
        let mut notes = vec![words::excluded(self.denied(), self.hypothetical())];
        notes.extend(self.rule_notes());
        notes.extend(self.not_specified_note());
        notes
    }

    fn rule_notes(&self) -> Vec<Sentence> {
        let rules = self.rules;
        let mut notes = Vec::new();
        let Noted { conditions, recommendations, .. } = &*self.noted;
        if !conditions.is_empty() {
            notes.push(words::conditions(conditions.clone(), rules.conditions_as_demands));
        }
        if !recommendations.is_empty() {
            notes.push(words::recommendations(recommendations.clone(), rules.recommendations_as_demands));
        }
        if !self.basis.project.relations().members.is_empty() {
            notes.push(words::collectives(rules.collectives == Collectives::Members));
        }
        if rules.duplicates != Duplicates::All {
            notes.push(words::duplicates(rules.duplicates));
        }
        if !self.basis.moves.has_issues() {
            notes.push(words::no_issues());
        }
        let ignored = ignored_repeats(self.basis.moves);
        if ignored > 0 {
            notes.push(words::ignored_repeats(ignored));
        }
        notes
    }

    /// How many moves lack an actor, a target or an issue.
    fn not_specified_note(&self) -> Option<Sentence> {
        let [actor, target, issue] = self.not_specified();
        words::not_specified(&[(words::ACTOR, actor), (words::TARGET, target), (words::ISSUE, issue)])
    }

    /// The moves without an actor, without a target and without an issue.
    pub fn not_specified(&self) -> [PassageSet; 3] {
        self.noted.not_specified.clone()
    }

    /// The notes on scores: the scale, and what has no weight.
    pub(super) fn scale_notes(&self) -> Vec<Sentence> {
        let without = self.moves_without_weight();
        let mut notes = vec![words::scale(self.basis.weights)];
        if !without.is_empty() {
            notes.push(words::without_weight(without));
        }
        notes
    }

    /// The moves without a weight, apart from conditions and recommendations.
    pub fn moves_without_weight(&self) -> PassageSet {
        self.noted.without_weight.clone()
    }

    /// The note on moves that have no place in the text, which a view leaves out.
    pub(super) fn no_place_note(&self) -> Option<Sentence> {
        let lost = &self.noted.without_place;
        (!lost.is_empty()).then(|| words::no_place(lost.clone()))
    }

    /// The note on reported moves, which are drawn at the date of the document that reports them.
    pub(super) fn reported_note(&self) -> Option<Sentence> {
        let reported = &self.noted.reported;
        (!reported.is_empty()).then(|| words::reported(reported.clone(), self.moves().len()))
    }
}
