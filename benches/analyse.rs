//! What the analysis of bargaining costs, with 100,000 passages in 1,000 documents: `cargo bench --bench analyse`. Prints a
//! Markdown table.
//!
//! One passage in five answers another, one in twenty repeats one, one in twenty carries a date of its own. Everything is in
//! memory: reading files is not in.

#[path = "support/measure.rs"]
#[allow(dead_code)]
mod measure;

use std::collections::BTreeMap;
use std::sync::Arc;

use demarche::analysis::bargain::{
    BinWidth, Bins, Dyads, Ledger, LedgerOptions, Moves, Overview, Reading, ReportedAt, Rounds, Scale, Scope,
    Weights, Window, actor_figures,
};
use demarche::analysis::random::Random;
use demarche::analysis::views::{Basis, Look, Rules, Sizes, View, ViewOptions};
use demarche::model::*;
use measure::{By, Cost, Table};
use uuid::Uuid;

const DOCUMENTS: usize = 1000;
const PASSAGES: usize = 100;
/// Bytes of a document.
const LENGTH: usize = 8000;
/// Milliseconds that the ledger may take from nothing, after one edit, and a figure.
const TARGETS: (f64, f64, f64) = (200.0, 20.0, 50.0);

fn main() {
    let mut table = Table::default();
    let mut project = project();
    let reading = Reading::of_coder("ana".into(), Visibility::default());
    table.add("read the moves", By::Clock, &costs(7, || Moves::of(&project, &reading)), None);
    let mut moves = Moves::of(&project, &reading);
    let windows = [("3 documents", Window::default()), ("30 days", Window::Days(30)), ("all", Window::All)];
    for (name, window) in windows {
        let options = LedgerOptions { window, ..LedgerOptions::default() };
        let costs = costs(7, || Ledger::of(&moves, options.clone()));
        table.add(&format!("ledger from nothing, window {name}"), By::Clock, &costs, Some(TARGETS.0));
    }
    let mut ledger = Ledger::of(&moves, LedgerOptions::default());
    eprintln!("{} passages, {} asks", moves.len(), ledger.len());
    let edits = edits(&mut project, &mut moves, &mut ledger);
    table.add("moves and ledger after one edit", By::Clock, &edits, Some(TARGETS.1));
    assert_eq!(ledger.len(), Ledger::of(&moves, LedgerOptions::default()).len());
    figures(&mut table, &project, &moves, &ledger);
    views(&mut table, &project, &moves, &ledger);
    println!("{}", table.markdown());
}

fn costs<T>(runs: usize, work: impl Fn() -> T) -> Vec<Cost> {
    (0..runs).map(|_| Cost::of(&work).0).collect()
}

/// Each view as it starts, over everything.
fn views(table: &mut Table, project: &Project, moves: &Moves, ledger: &Ledger) {
    let weights = Weights::new(project.codebook(), Scale::Goldstein, &BTreeMap::new());
    let bins = Bins { width: BinWidth::Month, phases: Vec::new(), reported: ReportedAt::default() };
    let sizes = Sizes::of(project);
    let basis = Basis { project, moves, ledger, weights: &weights, bins: &bins, sizes: &sizes };
    table.add("words of all texts", By::Clock, &costs(3, || Sizes::of(project)), None);
    let look = || Look::new(basis, Rules::default(), None);
    table.add("what passes the filter", By::Clock, &costs(7, look), Some(TARGETS.2));
    let look = look();
    for kind in ViewKind::ALL {
        let costs = costs(5, || View::of(&look, ViewOptions::start(kind)));
        table.add(&format!("view {}", kind.code()), By::Clock, &costs, Some(TARGETS.2));
    }
}

fn figures(table: &mut Table, project: &Project, moves: &Moves, ledger: &Ledger) {
    let weights = Weights::new(project.codebook(), Scale::Goldstein, &BTreeMap::new());
    let scope = Scope::of_all(moves);
    let actors = costs(7, || actor_figures(scope, ledger, &weights, Rounds::Documents));
    table.add("figures of all actors", By::Clock, &actors, Some(TARGETS.2));
    table.add("figures of all pairs", By::Clock, &costs(7, || Dyads::of(scope, &weights)), Some(TARGETS.2));
    table.add("overview", By::Clock, &costs(7, || Overview::of(scope, &weights)), Some(TARGETS.2));
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
        span.category = role(&mut random);
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

fn project() -> Project {
    let mut random = Random::new(3);
    let text = Arc::new(Text::new("x".repeat(LENGTH)));
    let spans: Vec<Vec<Span>> =
        (0..DOCUMENTS).map(|_| (0..PASSAGES).map(|_| span(&mut random)).collect()).collect();
    let document = |number: usize| {
        let mut random = Random::new(1000 + number as u64);
        let links = links(&mut random, number, &spans);
        let layer = Layer::new(Status::Done, spans[number].clone(), links, []);
        let mut document = Document::new(meta(number, &text), text.clone());
        document.layers.insert("ana".into(), Arc::new(layer));
        document
    };
    let documents = (0..DOCUMENTS).map(document).collect();
    Project::assemble(String::new(), vec![], actors(), issues(), codebook(), documents).with_relations(
        Relations {
            members: [("Both parties".to_owned(), ["Party 0".to_owned(), "Party 1".to_owned()].into())]
                .into(),
            ..Relations::default()
        },
    )
}

fn document_id(number: usize) -> DocumentId {
    DocumentId::new(format!("d{number:05}"))
}

fn meta(number: usize, text: &Text) -> DocumentMeta {
    let (year, month, day) = (2020 + number / 336, 1 + number / 28 % 12, 1 + number % 28);
    DocumentMeta {
        id: document_id(number),
        title: String::new(),
        date: Date::parse(&format!("{year}-{month:02}-{day:02}")),
        author: String::new(),
        source: String::new(),
        origin: Origin::default(),
        characters: text.characters(),
        versions: Versions::default(),
    }
}

fn actors() -> Vec<String> {
    (0..9).map(|n| format!("Party {n}")).chain(["Both parties".to_owned()]).collect()
}

fn issues() -> Vec<String> {
    (0..20).map(|n| format!("issue {n}")).collect()
}

fn codebook() -> Codebook {
    let category = |role: &MoveRole| {
        let mut category = Category::new(role.code().into(), role.code(), Colour::nth(0));
        category.codes.insert("MOVE".into(), vec![role.code().into()]);
        category.codes.insert("CAMEO".into(), vec!["10".into()]);
        Arc::new(category)
    };
    let kinds = [
        ("actor", AttributeKind::Actors),
        ("target", AttributeKind::Actors),
        ("issue", AttributeKind::Issue),
        ("conditional", AttributeKind::Flag),
        ("when", AttributeKind::Date),
    ];
    let attribute = |(id, kind): (&str, AttributeKind)| Arc::new(AttributeDef::new(id.into(), id, kind));
    Codebook {
        categories: MoveRole::ALL.iter().map(category).collect(),
        attributes: kinds.into_iter().map(attribute).collect(),
        link_kinds: ["responds-to", "repeats"].map(|id| Arc::new(LinkKind::new(id.into(), id, ""))).to_vec(),
        ..Codebook::default()
    }
}

/// A role; demands and offers are a third of all.
fn role(random: &mut Random) -> CategoryId {
    let drawn = random.below(MoveRole::ALL.len() + 3);
    MoveRole::ALL.get(drawn).unwrap_or(&MoveRole::Demand).code().into()
}

fn span(random: &mut Random) -> Span {
    let start = random.below(LENGTH - 200);
    let ranges = Ranges::one(TextRange::new(start, start + 20 + random.below(150))).expect("a range");
    let id = SpanId(Uuid::from_u128(u128::from(random.bits()) << 64 | u128::from(random.bits())));
    let mut span = Span::new(id, role(random), ranges, Stamp(0));
    let (actors, issues) = (actors(), issues());
    let actor =
        |random: &mut Random| Value::Choices([actors[random.below(actors.len())].as_str().into()].into());
    span.attributes.insert("actor".into(), actor(random));
    span.attributes.insert("target".into(), actor(random));
    span.attributes.insert("issue".into(), Value::Choice(issues[random.below(issues.len())].as_str().into()));
    if random.below(20) == 0 {
        span.attributes.insert("when".into(), Value::Date(format!("202{}-05", random.below(3)).into()));
    }
    span
}

/// Links of the passages of a document to passages of it and of earlier documents.
fn links(random: &mut Random, number: usize, spans: &[Vec<Span>]) -> Vec<Link> {
    let mut links = Vec::new();
    for from in &spans[number] {
        let kind = match random.below(20) {
            0 => "repeats",
            1..=4 => "responds-to",
            _ => continue,
        };
        let to = number.saturating_sub(random.below(4));
        let id = LinkId(Uuid::from_u128(u128::from(random.bits())));
        let target = spans[to][random.below(PASSAGES)].id;
        links.push(Link {
            id,
            kind: kind.into(),
            from: from.id,
            to_document: document_id(to),
            to: target,
            created: Stamp(0),
        });
    }
    links
}
