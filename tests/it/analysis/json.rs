//! Figures in the form of `analyse --format json`.

use std::collections::BTreeMap;

use demarche::analysis::bargain::{
    ActorFigures, ActorId, ActorSetId, Ask, AskFigures, Dyads, IssueId, Ledger, Moves, Overview, Passage,
    PassageIndex, Rounds, Scale, Scope, Tally, Weights, actor_figures, ignored_repeats,
};
use demarche::model::Project;
use serde_json::{Value, json};

/// Number of possible answers that are listed.
const LISTED: usize = 5;

/// Everything that the golden files hold.
pub fn all(project: &Project, moves: &Moves, ledger: &Ledger) -> Value {
    let scope = Scope::of_all(moves);
    let weights = |scale| Weights::new(project.codebook(), scale, &BTreeMap::new());
    let goldstein = weights(Scale::Goldstein);
    let overview = Overview::of(scope, &goldstein);
    let asks = AskFigures::of(scope, ledger);
    let actors = actor_figures(scope, ledger, &goldstein, Rounds::Documents);
    let plover = actor_figures(scope, ledger, &weights(Scale::Plover), Rounds::Documents);
    let actors = actors.iter().zip(&plover).map(|(one, other)| actor(moves, one, other));
    let not_stated = &overview.not_stated;
    json!({
        "passages": overview.passages.len(),
        "moves": overview.moves.len(),
        "excluded": {"denied": overview.denied.len(), "hypothetical": overview.hypothetical.len()},
        "not_stated": {
            "actor": not_stated.actor.len(),
            "target": not_stated.target.len(),
            "issue": not_stated.issue.len(),
        },
        "reported": overview.reported.len(),
        "conditional": overview.conditional.len(),
        "demands": tally(&asks.demands),
        "offers": tally(&asks.offers),
        "delay": {"n": asks.delays.len(), "median": asks.median_delay()},
        "with_candidates": {
            "demands": asks.demands_with_candidates.len(),
            "offers": asks.offers_with_candidates.len(),
        },
        "ignored_repeats": ignored_repeats(moves),
        "balance": balance(moves, &Dyads::of(scope, &goldstein)),
        "matrix": matrix(moves),
        "actors": by_id(actors.collect()),
        "asks": ledger.asks().map(|one| ask(project, moves, one)).collect::<Vec<_>>(),
    })
}

fn by_id(mut actors: Vec<Value>) -> Vec<Value> {
    actors.sort_by_key(|actor| actor["id"].as_str().map(str::to_owned));
    actors
}

fn id(moves: &Moves, passage: PassageIndex) -> Value {
    moves.get(passage).span.to_string().into()
}

fn ids(moves: &Moves, passages: impl IntoIterator<Item = PassageIndex>) -> Vec<Value> {
    passages.into_iter().map(|passage| id(moves, passage)).collect()
}

fn names(moves: &Moves, set: ActorSetId) -> Vec<&str> {
    moves.actors().names(set).collect()
}

fn ask(project: &Project, moves: &Moves, ask: &Ask) -> Value {
    let first = moves.get(ask.id());
    let document = project.document(moves.document_id(first.document)).unwrap();
    let candidates = ask.candidates.iter().map(|candidate| candidate.passage);
    json!({
        "id": id(moves, ask.id()),
        "kind": ask.kind.code(),
        "asker": names(moves, ask.asker),
        "asked": names(moves, ask.asked),
        "issue": moves.issues().names(ask.issues).next(),
        "document": document.id().as_str(),
        "date": first.date().map(|date| date.to_string()),
        "quote": first.ranges.quote(document.text.as_ref().unwrap()),
        "chain": ids(moves, ask.chain.iter().copied()),
        "condition": ask.is_condition,
        "recommendation": ask.is_recommendation,
        "state": ask.state.code(),
        "was": ask.was.map(|state| state.code()),
        "answer": ask.answer().map(|passage| id(moves, passage)),
        "first_answer": ask.first_answer().map(|passage| id(moves, passage)),
        "delay_days": ask.delay_days(),
        "third": ids(moves, ask.of_third_parties()),
        "candidates": ids(moves, candidates.take(LISTED)),
        "candidates_all": ask.candidates.len(),
    })
}

fn tally(tally: &Tally) -> Value {
    let states = tally.states().map(|(state, asks)| (state.code().to_owned(), asks.len().into()));
    Value::Object(states.chain([("n".to_owned(), tally.len().into())]).collect())
}

/// The figures of an actor, on two scales.
fn actor(moves: &Moves, actor: &ActorFigures, plover: &ActorFigures) -> Value {
    let mut roles: BTreeMap<&str, usize> = BTreeMap::new();
    for passage in actor
        .moves
        .iter()
        .map(|index| moves.get(index))
        .filter(|passage| !(passage.is_condition || passage.is_recommendation))
    {
        *roles.entry(passage.role.map_or("none", |role| role.code())).or_default() += 1;
    }
    json!({
        "id": moves.actors().name(actor.actor),
        "moves": actor.moves.len(),
        "conditions": actor.conditions.len(),
        "recommendations": actor.recommendations.len(),
        "soft": actor.soft.len(),
        "hard": actor.hard.len(),
        "softness": actor.softness(),
        "concessions_per_round": actor.concessions_per_round(),
        "yield_share": actor.yield_share(),
        "roles": roles,
        "demands": tally(&actor.demands),
        "offers": tally(&actor.offers),
        "demands_on": tally(&actor.demands_on),
        "offers_to": tally(&actor.offers_to),
        "goldstein_mean": actor.score.mean(),
        "goldstein_sum": actor.score.sum,
        "plover_mean": plover.score.mean(),
    })
}

/// The balance of each pair in which someone concedes.
fn balance(moves: &Moves, dyads: &Dyads) -> Vec<Value> {
    let name = |actor| moves.actors().name(actor);
    let mut pairs: BTreeMap<(&str, &str), Value> = BTreeMap::new();
    for dyad in &dyads.all {
        let Some(balance) = dyad.balance() else { continue };
        let (given, returned) = (dyad.concessions.len(), dyad.returned.len());
        let mut sides = [(name(dyad.from), given), (name(dyad.to), returned)];
        sides.sort_unstable();
        let [(one, first), (other, second)] = sides;
        pairs.insert((one, other), json!([one, other, first, second, balance]));
    }
    pairs.into_values().collect()
}

/// The moves of each actor on each issue by role, sorted by name.
fn matrix(moves: &Moves) -> Vec<Value> {
    let mut cells: BTreeMap<(Option<&str>, Option<&str>, &str), usize> = BTreeMap::new();
    for (_, passage) in Scope::of_all(moves).moves() {
        let issues = moves.issues().members(passage.issues).first();
        let issue = issues.map(|issue: &IssueId| moves.issues().name(*issue));
        let actors = moves.actors().members(passage.actors).iter().copied().map(Some);
        let actors: Vec<Option<ActorId>> = actors.collect();
        for actor in if actors.is_empty() { vec![None] } else { actors } {
            let row = actor.map(|actor| moves.actors().name(actor));
            *cells.entry((row, issue, row_role(passage))).or_default() += 1;
        }
    }
    let cell = |((row, column, role), moves): (&(Option<&str>, Option<&str>, &str), &usize)| json!({"row": row, "column": column, "role": role, "moves": moves});
    cells.iter().map(cell).collect()
}

fn row_role(passage: &Passage) -> &'static str {
    if passage.is_condition {
        "condition"
    } else if passage.is_recommendation {
        "recommendation"
    } else {
        passage.role.map_or("none", |role| role.code())
    }
}
