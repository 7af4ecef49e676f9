//! The choice of the annotators whose figures are shown: all of them, or two.

use std::sync::Arc;

use egui::{ScrollArea, Ui};

use crate::theme::{size, space};
use crate::widgets;
use crate::words::agreement as words;
use demarche_analysis::agreement::{ConfusionMatrix, PairMatrix, shown_pair_matrices, tables_of};
use demarche_model::{AnnotatorId, Project};
use demarche_session::{AgreementResult, Session};

use super::arranged::{ArrangedMatrix, ArrangedTable};
use super::{name, people};

/// The greatest number of annotators whose pairs are shown as tabs; above it, a pair is chosen from two lists.
const TABS: usize = 6;
/// Width of a list of annotators, in points.
const LIST: f32 = 180.0;

/// The group whose figures are shown.
#[derive(Default)]
pub(super) struct Groups {
    /// The chosen annotators; `None` for all of them.
    chosen: Option<Vec<AnnotatorId>>,
    found: Option<Found>,
}

/// What is shown of a result. A hundred annotators make thousands of pairs, too many to search in
/// every frame.
struct Found {
    result: Arc<AgreementResult>,
    group: Vec<AnnotatorId>,
    tables: Vec<ArrangedTable>,
    confusions: Vec<ArrangedMatrix>,
    /// A figure of each pair, if the group is all annotators.
    pairs: Vec<PairMatrix>,
    is_all: bool,
}

/// What is shown of a group.
pub(super) struct GroupFigures<'a> {
    pub(super) tables: &'a [ArrangedTable],
    pub(super) confusions: &'a [ArrangedMatrix],
    /// A figure of each pair.
    pub(super) pairs: &'a [PairMatrix],
    /// True if the group is all annotators.
    pub(super) is_all: bool,
}

impl Groups {
    /// Shows the choice, if there are more than two annotators.
    pub(super) fn ui(&mut self, ui: &mut Ui, session: &Session, result: &AgreementResult) {
        let all = &result.agreement.question.annotators;
        if all.len() < 3 {
            self.chosen = None;
            return;
        }
        let shown = self.group(result);
        ui.horizontal_wrapped(|ui| {
            if widgets::tab(ui, shown == *all, words::all_annotators(), words::all_annotators_hint()) {
                self.chosen = None;
            }
            if all.len() <= TABS { self.tabs(ui, session, all, &shown) } else { self.lists(ui, session, all) }
        });
        ui.add_space(space::S);
    }

    /// Shows a tab for each pair.
    fn tabs(&mut self, ui: &mut Ui, session: &Session, all: &[AnnotatorId], shown: &[AnnotatorId]) {
        for (index, first) in all.iter().enumerate() {
            for second in &all[index + 1..] {
                let group = vec![first.clone(), second.clone()];
                let name = people(session.project(), &group);
                if widgets::tab(ui, shown == group, &name, words::pair_hint()) {
                    self.chosen = Some(group);
                }
            }
        }
    }

    /// Shows two lists to choose a pair from.
    fn lists(&mut self, ui: &mut Ui, session: &Session, all: &[AnnotatorId]) {
        let chosen = self.chosen.as_deref().filter(|chosen| chosen.len() == 2);
        let mut pair: [Option<AnnotatorId>; 2] = [0, 1].map(|at| chosen.map(|chosen| chosen[at].clone()));
        let before = pair.clone();
        for (at, label) in [words::first_annotator(), words::second_annotator()].into_iter().enumerate() {
            list(ui, session.project(), label, all, &mut pair[at]);
        }
        if pair == before {
            return;
        }
        // If only one of a pair is chosen, the other is the first of the rest.
        let other = |one: &AnnotatorId| all.iter().find(|who| *who != one).cloned();
        let (first, second) = match pair {
            [Some(first), Some(second)] if first != second => (Some(first), Some(second)),
            [Some(one), _] if before[0].as_ref() != Some(&one) => (other(&one), Some(one)),
            [_, Some(one)] | [Some(one), None] => (other(&one), Some(one)),
            [None, None] => (None, None),
        };
        let position = |who: &AnnotatorId| all.iter().position(|other| other == who);
        self.chosen = first.zip(second).map(|(first, second)| {
            let mut pair = vec![first, second];
            pair.sort_by_key(position);
            pair
        });
    }

    /// Returns the annotators whose figures are shown: the chosen ones if they are all in the result.
    fn group(&self, result: &AgreementResult) -> Vec<AnnotatorId> {
        let all = &result.agreement.question.annotators;
        let chosen = self.chosen.as_ref();
        chosen.filter(|group| group.iter().all(|who| all.contains(who))).unwrap_or(all).clone()
    }

    /// Returns the figures of the group, and its confusion matrices.
    pub(super) fn shown(&mut self, result: &Arc<AgreementResult>) -> GroupFigures<'_> {
        let group = self.group(result);
        let is_known = |found: &Found| Arc::ptr_eq(&found.result, result) && found.group == group;
        let known = self.found.take().filter(is_known);
        let found = self.found.insert(known.unwrap_or_else(|| Found::new(result.clone(), group)));
        GroupFigures {
            tables: &found.tables,
            confusions: &found.confusions,
            pairs: &found.pairs,
            is_all: found.is_all,
        }
    }
}

impl Found {
    fn new(result: Arc<AgreementResult>, group: Vec<AnnotatorId>) -> Self {
        let agreement = &result.agreement;
        let is_all = group == agreement.question.annotators;
        let is_reference = |of: &[AnnotatorId]| {
            is_all && !group.iter().any(AnnotatorId::is_consensus) && of.iter().any(AnnotatorId::is_consensus)
        };
        let figures = agreement.figures.iter();
        let figures =
            figures.filter(|figure| *figure.annotators == *group || is_reference(&figure.annotators));
        let tables = tables_of(figures).iter().map(ArrangedTable::new).collect();
        let of_group = |matrix: &ConfusionMatrix| [&matrix.first, &matrix.second].into_iter().eq(&group);
        let confusions = agreement.confusions.iter().enumerate().filter(|(_, matrix)| of_group(matrix));
        let confusions = confusions.map(|(at, matrix)| ArrangedMatrix::new(at, matrix)).collect();
        let pairs = if is_all { shown_pair_matrices(agreement) } else { Vec::new() };
        Self { tables, confusions, pairs, is_all, result, group }
    }
}

/// Shows a list of annotators.
fn list(ui: &mut Ui, project: &Project, label: &str, all: &[AnnotatorId], chosen: &mut Option<AnnotatorId>) {
    let shown = chosen.as_ref().map_or_else(|| label.to_owned(), |who| name(project, who));
    widgets::combo(ui, label, shown, LIST, |ui| {
        ScrollArea::vertical().show_rows(ui, size::ROW, all.len(), |ui, rows| {
            for who in &all[rows] {
                let current = chosen.as_ref() == Some(who);
                if ui.selectable_label(current, name(project, who)).clicked() {
                    *chosen = Some(who.clone());
                }
            }
        });
    });
}
