//! The notes that several views share.

use super::{Duplicates, Look, Missing, Sentence};
use crate::bargain::{Collectives, PassageSet, ignored_repeats};
use crate::words::views::caption as words;

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
        let (conditions, recommendations) = (&self.noted.conditions, &self.noted.recommendations);
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
