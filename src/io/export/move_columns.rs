//! The columns of a table of passages that say what the analysis makes of each: role, weights, quad class, the demand or
//! offer that it belongs to, and its date.
//!
//! The ledger is that of the passage's own coder, over all passages of the project, whatever is exported.

use std::collections::BTreeMap;

use demarche_analysis::bargain::{CoderChoice, Ledger, LedgerOptions, Moves, Scale, Weights, quad_class};
use demarche_model::{AnnotatorId, Document, Project, Span, Visibility};

/// The names of the columns.
pub(crate) const MOVE_COLUMNS: [&str; 10] = [
    "role",
    "goldstein",
    "plover",
    "quad",
    "ask_id",
    "state",
    "answer_id",
    "candidate",
    "when_from",
    "when_to",
];

/// What the analysis knows about the passages of a project.
pub(super) struct MoveColumns<'a> {
    project: &'a Project,
    weights: [Weights; 2],
    coders: BTreeMap<AnnotatorId, (Moves, Ledger)>,
}

/// A value of a column.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum MoveValue {
    /// Nothing: not specified, or it does not apply.
    None,
    Words(String),
    Number(f64),
}

impl<'a> MoveColumns<'a> {
    /// Reads the moves of everyone, each coder on their own.
    pub fn of(project: &'a Project) -> Self {
        let people = project.coders().into_iter().chain([AnnotatorId::consensus()]);
        let readings = CoderChoice::People(people.collect()).readings(project, &Visibility::default(), None);
        let coders = readings.all.iter().filter_map(|reading| {
            let moves = Moves::of(project, reading);
            let ledger = Ledger::of(&moves, LedgerOptions::default());
            Some((reading.coder.clone()?, (moves, ledger)))
        });
        let weights = |scale| Weights::new(project.codebook(), scale, &BTreeMap::new());
        Self { project, weights: [Scale::Goldstein, Scale::Plover].map(weights), coders: coders.collect() }
    }

    /// The values of the columns for a passage.
    pub fn values(&self, document: &Document, annotator: &AnnotatorId, span: &Span) -> [MoveValue; 10] {
        let codebook = self.project.codebook();
        let [goldstein, plover] = &self.weights;
        let weight =
            |weights: &Weights| weights.value(&span.category).map_or(MoveValue::None, MoveValue::Number);
        let quad = codebook.category(&span.category).and_then(|category| quad_class(codebook, category));
        let row = self.coders.get(&annotator.whole()).and_then(|(moves, ledger)| {
            let index = moves.find(document.id(), span.id)?;
            Some((moves, ledger, index))
        });
        let Some((moves, ledger, index)) = row else {
            let mut empty = [const { MoveValue::None }; 10];
            (empty[1], empty[2], empty[3]) =
                (weight(goldstein), weight(plover), words(quad.map(|quad| quad.code())));
            return empty;
        };
        let passage = moves.get(index);
        let ask = ledger.ask(index);
        let id = |index| moves.get(index).span.to_string();
        let answer = ask.and_then(|ask| ask.answers.iter().rev().find(|answer| answer.outcome.is_some()));
        let date = passage.date();
        [
            words(passage.role.map(|role| role.code())),
            weight(goldstein),
            weight(plover),
            words(quad.map(|quad| quad.code())),
            words(ask.map(|ask| id(ask.id()))),
            words(ask.map(|ask| ask.state.code())),
            words(answer.map(|answer| id(answer.passage))),
            words(ask.and_then(|ask| ask.candidates.first()).map(|candidate| id(candidate.passage))),
            words(date.map(|days| days.first)),
            words(date.map(|days| days.last)),
        ]
    }
}

fn words(value: Option<impl ToString>) -> MoveValue {
    value.map_or(MoveValue::None, |value| MoveValue::Words(value.to_string()))
}
