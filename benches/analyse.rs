//! What the analysis of bargaining costs, with 100,000 passages in 1,000 documents: `cargo bench --bench analyse`. Prints a
//! Markdown table. The parts that are named on the command line are measured (`ledger filter figures views`), or all.
//!
//! Everything is in memory: reading files is not in. A target holds for the CPU time of all threads, which other load disturbs
//! least; on idle cores the clock shows that time or less. The time of a view includes its table and its sentence.

#[path = "support/measure.rs"]
#[allow(dead_code)]
mod measure;
#[path = "support/negotiation.rs"]
mod negotiation;

use std::collections::BTreeMap;
use std::sync::Arc;

use demarche::analysis::bargain::{
    BinWidth, Bins, Dyads, Ledger, LedgerOptions, Moves, Overview, Reading, ReportedAt, Rounds, Scale, Scope,
    Weights, Window, actor_figures,
};
use demarche::analysis::filter::{Cache, Corpus, FactSettings, Filter, MoveFacts, Views};
use demarche::analysis::random::Random;
use demarche::analysis::views::{
    AskGroups, AsksOptions, Axis, Basis, CodelineOptions, Lanes, Look, MatrixOptions, Measure, Rules, Sizes,
    TimeLines, TimeOptions, TogetherOptions, TogetherUnit, View, ViewOptions,
};
use demarche::model::*;
use measure::{By, Cost, Table};
use negotiation::{DOCUMENTS, category, document_id, project};

/// Milliseconds that the ledger may take from nothing.
const LEDGER: f64 = 200.0;
/// Milliseconds that following an edit may take.
const EDIT: f64 = 20.0;
/// Milliseconds that a table, a figure or a filter may take.
const TABLE: f64 = 50.0;
/// Milliseconds that the summary may take.
const SUMMARY: f64 = 5.0;

fn main() {
    let parts: Vec<String> = std::env::args().skip(1).filter(|part| !part.starts_with('-')).collect();
    let is_wanted = |part: &str| parts.is_empty() || parts.iter().any(|wanted| wanted == part);
    let mut table = Table::default();
    let mut project = project();
    let reading = Reading::of_coder("ana".into(), Visibility::default());
    let mut moves = Moves::of(&project, &reading);
    let mut ledger = Ledger::of(&moves, LedgerOptions::default());
    eprintln!("{} passages, {} asks", moves.len(), ledger.len());
    if is_wanted("ledger") {
        table.add("read the moves", By::Process, &costs(7, || Moves::of(&project, &reading)), None);
        ledgers(&mut table, &moves);
        let edits = edits(&mut project, &mut moves, &mut ledger);
        table.add("moves and ledger after one edit", By::Process, &edits, Some(EDIT));
        assert_eq!(ledger.len(), Ledger::of(&moves, LedgerOptions::default()).len());
    }
    if is_wanted("filter") {
        filters(&mut table, &project, &moves, &ledger);
    }
    if is_wanted("figures") {
        figures(&mut table, &project, &moves, &ledger);
    }
    if is_wanted("views") {
        views(&mut table, &project, &moves, &ledger);
    }
    println!("{}", table.markdown());
}

fn costs<T>(runs: usize, work: impl Fn() -> T) -> Vec<Cost> {
    (0..runs).map(|_| Cost::of(&work).0).collect()
}

fn ledgers(table: &mut Table, moves: &Moves) {
    for (name, window) in
        [("3 documents", Window::default()), ("30 days", Window::Days(30)), ("all", Window::All)]
    {
        let options = LedgerOptions { window, ..LedgerOptions::default() };
        let costs = costs(7, || Ledger::of(moves, options.clone()));
        table.add(&format!("ledger from nothing, window {name}"), By::Process, &costs, Some(LEDGER));
    }
}

/// Two terms with a relation: the first time, with sentences and words already found, and of a filter that is kept.
fn filters(table: &mut Table, project: &Project, moves: &Moves, ledger: &Ledger) {
    let visible = Visibility::default();
    let facts = MoveFacts::new(project, &visible, [(moves, ledger)], FactSettings::default());
    let corpus = Corpus { project, visible: &visible, facts: &facts };
    let mut cache = Cache::default();
    let texts = [
        "role:threat near(role:demand; 1 paragraph)",
        "role:offer same-sentence(role:demand)",
        "role:demand actor:\"Party 1\" overlaps(role:offer)",
        "ask:open answered-by(any)",
    ];
    for text in texts {
        let filter = Filter::parse(text).expect("a filter");
        let bound = filter.bind(project, &Views::new()).expect("known names");
        let find = |cache: &mut Cache| Cost::of(|| cache.in_reading(&bound, corpus, moves)).0;
        let first: Vec<Cost> = (0..5).map(|_| find(&mut cache.clone())).collect();
        table.add(&format!("filter `{text}`, first use"), By::Process, &first, Some(TABLE));
        find(&mut cache);
        let again: Vec<Cost> = (0..5).map(|_| find(&mut cache)).collect();
        table.add(&format!("filter `{text}`, again"), By::Process, &again, Some(TABLE));
    }
}

/// Each view as it starts, and the variants that cost most, over everything.
fn views(table: &mut Table, project: &Project, moves: &Moves, ledger: &Ledger) {
    let weights = Weights::new(project.codebook(), Scale::Goldstein, &BTreeMap::new());
    let bins = Bins { width: BinWidth::Month, phases: Vec::new(), reported: ReportedAt::default() };
    let sizes = Sizes::of(project);
    let basis = Basis { project, moves, ledger, weights: &weights, bins: &bins, sizes: &sizes };
    table.add("words of all texts", By::Process, &costs(3, || Sizes::of(project)), None);
    let look = || Look::new(basis, Rules::default(), None);
    table.add("what passes the filter", By::Process, &costs(7, look), Some(TABLE));
    let look = look();
    for kind in ViewKind::ALL {
        view(table, &look, kind.code(), &ViewOptions::start(kind));
    }
    for (name, options) in variants() {
        view(table, &look, name, &options);
    }
}

fn view(table: &mut Table, look: &Look<'_>, name: &str, options: &ViewOptions) {
    // Finds sentences and words once.
    drop(View::of(look, options.clone()));
    let costs = costs(9, || View::of(look, options.clone()));
    table.add(&format!("view {name}"), By::Process, &costs, Some(TABLE));
}

/// The variants of views, with their names.
fn variants() -> Vec<(&'static str, ViewOptions)> {
    let matrix = |rows, columns, measure| {
        ViewOptions::Matrix(MatrixOptions { rows, columns, measure, ..MatrixOptions::default() })
    };
    let together = |unit| ViewOptions::Together(TogetherOptions { unit, ..TogetherOptions::default() });
    vec![
        ("matrix, characters", matrix(Axis::Actor, Axis::Issue, Measure::Characters)),
        ("matrix, latest words", matrix(Axis::Actor, Axis::Issue, Measure::LatestWords)),
        ("matrix by document", matrix(Axis::Document, Axis::Issue, Measure::Moves)),
        ("matrix by attribute", matrix(Axis::Attribute("voice".into()), Axis::Issue, Measure::Moves)),
        ("asks by issue", ViewOptions::Asks(AsksOptions { groups: AskGroups::Issue })),
        ("time by pair", ViewOptions::Time(TimeOptions { lines: TimeLines::Dyad, ..TimeOptions::default() })),
        (
            "codeline by actor",
            ViewOptions::Codeline(CodelineOptions { lanes: Lanes::Actor, ..CodelineOptions::default() }),
        ),
        ("together, exact", together(TogetherUnit::Exact)),
        ("together, inside", together(TogetherUnit::Inside)),
        ("together, near", together(TogetherUnit::Near)),
        ("together, same sentence", together(TogetherUnit::Sentence)),
        ("together, same paragraph", together(TogetherUnit::Paragraph)),
        ("together, same document", together(TogetherUnit::Document)),
    ]
}

fn figures(table: &mut Table, project: &Project, moves: &Moves, ledger: &Ledger) {
    let weights = Weights::new(project.codebook(), Scale::Goldstein, &BTreeMap::new());
    let scope = Scope::of_all(moves);
    let actors = costs(7, || actor_figures(scope, ledger, &weights, Rounds::Documents));
    table.add("figures of all actors", By::Process, &actors, Some(TABLE));
    table.add("figures of all pairs", By::Process, &costs(7, || Dyads::of(scope, &weights)), Some(TABLE));
    table.add("summary", By::Process, &costs(7, || Overview::of(scope, &weights)), Some(SUMMARY));
}

/// Gives passages all over the project another category, and follows.
fn edits(project: &mut Project, moves: &mut Moves, ledger: &mut Ledger) -> Vec<Cost> {
    let mut random = Random::new(5);
    let edits = (0..100).map(|_| {
        let layer = LayerId::new(&document_id(random.below(DOCUMENTS)), &"ana".into());
        let spans: Vec<SpanId> =
            project.layer(&layer).expect("a layer").spans().map(|span| span.id).collect();
        let id = spans[random.below(spans.len())];
        let mut span = Span::clone(project.layer(&layer).and_then(|layer| layer.span(id)).expect("a span"));
        span.category = category(&mut random);
        let document = layer.document.clone();
        project.apply(Edit::SetSpan { layer, id, to: Some(Arc::new(span)) }).expect("an edit");
        let follow = || {
            let change = moves.update(project, &document).expect("the same documents");
            ledger.update(moves, &change);
        };
        Cost::of(follow).0
    });
    edits.collect()
}
