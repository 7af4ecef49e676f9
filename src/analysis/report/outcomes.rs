//! Outcomes of demands and offers, by who asks whom.

use std::collections::BTreeMap;

use super::grid::Grid;
use super::material::{Material, ScaleOf};
use super::table::{Column, LineKind, Table, Value};
use super::{Numbered, Part};
use crate::bargain::{Ask, AskKind, AskState, Tally};
use crate::views::{AskGroup, AsksOptions, AsksView, Look};
use crate::words::report as words;
use demarche_model::AnnotatorId;

/// Demands or offers of one group, with their number of possible answers.
struct Outcomes {
    name: String,
    tally: Tally,
    with_candidates: usize,
}

/// The table of outcomes and, if people share documents, its range over these people.
pub(super) fn parts(material: &Material<'_>, read: usize) -> Vec<Part> {
    let look = material.look(read, ScaleOf::Goldstein);
    let view = AsksView::of(&look, AsksOptions::default());
    let mut part = Part::new("outcomes", Numbered::Table, words::OUTCOMES_TITLE).with_answer(view.answer());
    if view.answer().missing.is_some() {
        return vec![part.of_coder(material.coder(read))];
    }
    part.table = Some(table(&look, &view));
    let figures = &view.figures;
    part.notes.push(words::derived(figures.conditions.len(), figures.recommendations.len()));
    part.notes.push(links(material));
    let mut parts = vec![part.of_coder(material.coder(read))];
    parts.extend(material.shared.as_ref().filter(|_| read == 0).map(|shared| {
        let grids: Vec<Grid> = material.shared_looks(shared).iter().map(grid).collect();
        // All demands come before all offers, for every pair.
        let mut names: Vec<&str> = grids.iter().flat_map(Grid::rows).collect();
        let demands = words::asks_of(AskKind::Demand.name(), "");
        names.sort_by_key(|name| !name.starts_with(&demands));
        let table = Grid::range(&grids, words::DYAD, [&names, &[]]);
        let title = words::range_of(words::OUTCOMES_TITLE);
        let mut part = Part::new("outcomes-range", Numbered::SecondTable, title).with_table(table);
        part.sentence = words::range_over(&shared.names(), shared.project.documents().len());
        part.notes.push(links(material));
        part
    }));
    parts
}

fn table(look: &Look<'_>, view: &AsksView) -> Table {
    let states = AskState::ALL.iter().map(|state| Column::number(words::state(*state)));
    let heads = [Column::text(words::DYAD), Column::number(words::N)];
    let mut table =
        Table::with(heads.into_iter().chain(states).chain([Column::number(words::WITH_CANDIDATES)]));
    for kind in [AskKind::Demand, AskKind::Offer] {
        for outcomes in outcomes(look, view, kind) {
            table.line(LineKind::Body, line(&outcomes));
        }
        let (tally, candidates) = match kind {
            AskKind::Demand => (&view.figures.demands, &view.figures.demands_with_candidates),
            AskKind::Offer => (&view.figures.offers, &view.figures.offers_with_candidates),
        };
        let name = words::all_asks(kind.name());
        let all = Outcomes { name, tally: tally.clone(), with_candidates: candidates.len() };
        table.line(LineKind::Total, line(&all));
    }
    table
}

fn line(outcomes: &Outcomes) -> Vec<Value> {
    let states = outcomes.tally.states().map(|(_, asks)| asks.len());
    let counts = std::iter::once(outcomes.tally.len()).chain(states).chain([outcomes.with_candidates]);
    std::iter::once(Value::text(&outcomes.name)).chain(counts.map(Value::Count)).collect()
}

/// The outcomes of the asks of one kind, by group; without conditions and recommendations.
fn outcomes(look: &Look<'_>, view: &AsksView, kind: AskKind) -> Vec<Outcomes> {
    let groups = view.groups.iter().filter(|group| !group.key.is_closed());
    let of_group = |group: &AskGroup| {
        let asks: Vec<&Ask> = (group.asks.iter())
            .filter_map(|first| look.basis.ledger.ask(*first))
            .filter(|ask| ask.kind == kind)
            .collect();
        let waits = |ask: &&&Ask| ask.state == AskState::Open && !ask.candidates.is_empty();
        Outcomes {
            name: words::asks_of(kind.name(), &group.title),
            with_candidates: asks.iter().filter(waits).count(),
            tally: Tally::of(&look.rules, asks.iter().copied()),
        }
    };
    groups.map(of_group).filter(|outcomes| !outcomes.tally.is_empty()).collect()
}

fn grid(look: &Look<'_>) -> Grid {
    let view = AsksView::of(look, AsksOptions::default());
    let mut grid = Grid::default();
    for kind in [AskKind::Demand, AskKind::Offer] {
        for outcomes in outcomes(look, &view, kind) {
            grid.set(&outcomes.name, words::N, outcomes.tally.len());
            for (state, asks) in outcomes.tally.states() {
                grid.set(&outcomes.name, words::state(state), asks.len());
            }
        }
    }
    grid
}

/// How many answers each person has linked.
fn links(material: &Material<'_>) -> String {
    let project = material.project();
    let mut counts: BTreeMap<AnnotatorId, usize> = BTreeMap::new();
    for document in project.documents() {
        let layers = document.layers.iter().filter(|(owner, layer)| {
            material.request.visible.shows_in(document, owner) && layer.spans_unsorted().next().is_some()
        });
        for (owner, layer) in layers {
            let answers = layer
                .links()
                .filter(|link| project.codebook().link_kind(&link.kind).is_some_and(|kind| kind.is_answer()));
            *counts.entry(owner.whole()).or_default() += answers.count();
        }
    }
    let counts: Vec<(&str, usize)> =
        counts.iter().map(|(owner, count)| (project.name_of(owner), *count)).collect();
    words::links_by(&counts)
}
