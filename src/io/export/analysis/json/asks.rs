//! The demands and offers.

use serde::Serialize;

use super::id;
use demarche_analysis::bargain::{Ask, Candidate};
use demarche_analysis::views::Look;

/// Number of possible answers that are listed.
const LISTED: usize = 5;

/// A demand or offer.
#[derive(Serialize, Debug)]
pub struct AskRow {
    id: String,
    kind: &'static str,
    asker: Vec<String>,
    asked: Vec<String>,
    issue: Option<String>,
    document: String,
    date: Option<String>,
    quote: String,
    chain: Vec<String>,
    condition: bool,
    recommendation: bool,
    state: &'static str,
    was: Option<&'static str>,
    answer: Option<String>,
    first_answer: Option<String>,
    delay_days: Option<i64>,
    third: Vec<String>,
    candidates: Vec<String>,
    candidates_all: usize,
}

/// The asks of which the first passage passes, the earliest first.
pub(super) fn rows<'v>(look: &'v Look<'_>) -> impl Iterator<Item = AskRow> + 'v {
    look.asks().map(|ask| row(look, ask))
}

fn row(look: &Look<'_>, ask: &Ask) -> AskRow {
    let moves = look.basis.moves;
    let passage = look.get(ask.id());
    let names = |set| moves.actors().names(set).map(str::to_owned).collect();
    let candidate = |candidate: &Candidate| id(look, candidate.passage);
    AskRow {
        id: id(look, ask.id()),
        kind: ask.kind.code(),
        asker: names(ask.asker),
        asked: names(ask.asked),
        issue: moves.issues().names(ask.issues).next().map(str::to_owned),
        document: moves.document_id(passage.document).to_string(),
        date: passage.date().map(|days| days.to_string()),
        quote: look.words(ask.id()),
        chain: ask.chain.iter().map(|member| id(look, *member)).collect(),
        condition: ask.is_condition,
        recommendation: ask.is_recommendation,
        state: ask.state.code(),
        was: ask.was.map(|was| was.code()),
        answer: ask.answer().map(|answer| id(look, answer)),
        first_answer: ask.first_answer().map(|answer| id(look, answer)),
        delay_days: ask.delay_days(),
        third: ask.of_third_parties().map(|answer| id(look, answer)).collect(),
        candidates: ask.candidates.iter().take(LISTED).map(candidate).collect(),
        candidates_all: ask.candidates.len(),
    }
}
