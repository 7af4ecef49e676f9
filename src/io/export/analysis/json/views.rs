//! The other views.

use serde::Serialize;

use super::id;
use demarche_analysis::views::{CodelineView, FollowsView, Look, MovementView, TimeView, TogetherView};

/// A bin of time.
#[derive(Serialize, Debug)]
pub struct BinRow {
    start: Option<String>,
    end: Option<String>,
    label: String,
    n: usize,
    per_1000_words: Option<f64>,
    mean: Option<f64>,
    sum: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    moves: usize,
}

/// A place in a document.
#[derive(Serialize, Debug)]
pub struct PlaceRow {
    document: String,
    lane: Option<String>,
    span: String,
    start: f64,
    end: f64,
}

/// A step, or a position.
#[derive(Serialize, Debug)]
pub struct StepRow {
    issue: Option<String>,
    actor: String,
    date: Option<String>,
    kind: &'static str,
    conditional: bool,
    span: String,
    steps: Option<usize>,
    attribute: Option<String>,
    position: Option<f64>,
    unit: Option<String>,
}

/// Two categories that are found together.
#[derive(Serialize, Debug)]
pub struct TogetherRow {
    a: String,
    b: String,
    unit: &'static str,
    pairs: usize,
    places: usize,
    units_a: Option<usize>,
    units_b: Option<usize>,
    units_both: Option<usize>,
    units: Option<usize>,
    jaccard: Option<f64>,
    phi: Option<f64>,
    expected: Option<f64>,
}

/// A transition.
#[derive(Serialize, Debug)]
pub struct TransitionRow {
    from: String,
    to: String,
    observed: usize,
    expected: Option<f64>,
    z: Option<f64>,
    q: Option<f64>,
    few: bool,
}

/// The bins that have a row in the table, in order. `n` counts the moves that have a score, `moves` all of them.
pub(super) fn bins(view: &TimeView) -> impl Iterator<Item = BinRow> + '_ {
    view.rows().map(|bin| {
        let (score, band) = (&bin.point.score, bin.point.band(view.options.score));
        BinRow {
            start: bin.days.map(|days| days.first.to_string()),
            end: bin.days.map(|days| days.last.to_string()),
            label: bin.label.clone(),
            n: score.weighted.len(),
            per_1000_words: bin.per_thousand_words(),
            mean: score.mean(),
            sum: (!score.weighted.is_empty()).then_some(score.sum),
            low: band.map(|band| band.low),
            high: band.map(|band| band.high),
            moves: bin.moves.len(),
        }
    })
}

/// The places, by document and place in the text.
pub(super) fn places<'v>(look: &'v Look<'_>, view: &'v CodelineView) -> impl Iterator<Item = PlaceRow> + 'v {
    view.lines.iter().flat_map(move |line| {
        line.marks.iter().map(move |mark| PlaceRow {
            document: look.basis.moves.document_id(line.document).to_string(),
            lane: view.lanes.get(mark.lane).and_then(|lane| lane.name.clone()),
            span: id(look, mark.passage),
            start: mark.start,
            end: mark.end,
        })
    })
}

/// The steps, by issue and actor, then the positions.
pub(super) fn steps(look: &Look<'_>, view: &MovementView) -> Vec<StepRow> {
    let issue = |issue| Option::map(issue, |issue| look.basis.moves.issues().name(issue).to_owned());
    let mut rows = Vec::new();
    for (issue_steps, line) in
        view.issues.iter().flat_map(|one| one.lines.iter().map(move |line| (one, line)))
    {
        rows.extend(line.steps.iter().map(|step| StepRow {
            issue: issue(issue_steps.issue),
            actor: line.title.clone(),
            date: step.date.map(|days| days.to_string()),
            kind: step.kind.code(),
            conditional: step.is_conditional,
            span: id(look, step.passage),
            steps: Some(step.sum),
            attribute: None,
            position: None,
            unit: None,
        }));
    }
    for (axis, line) in view.positions.iter().flat_map(|one| one.lines.iter().map(move |line| (one, line))) {
        rows.extend(line.positions.iter().map(|position| StepRow {
            issue: issue(axis.issue),
            actor: line.title.clone(),
            date: position.date.map(|days| days.to_string()),
            kind: "position",
            conditional: look.get(position.passage).is_conditional,
            span: id(look, position.passage),
            steps: None,
            attribute: Some(axis.attribute.to_string()),
            position: Some(position.value),
            unit: axis.unit.clone(),
        }));
    }
    rows
}

/// The pairs of categories, in the order of the codebook.
pub(super) fn together<'v>(
    look: &'v Look<'_>,
    view: &'v TogetherView,
) -> impl Iterator<Item = TogetherRow> + 'v {
    view.pairs.iter().map(|pair| TogetherRow {
        a: look.basis.moves.category_id(pair.a).to_string(),
        b: look.basis.moves.category_id(pair.b).to_string(),
        unit: view.options.unit.code(),
        pairs: pair.pairs,
        places: pair.places,
        units_a: pair.units.map(|units| units.a),
        units_b: pair.units.map(|units| units.b),
        units_both: pair.units.map(|units| units.both),
        units: view.units,
        jaccard: pair.jaccard(),
        phi: pair.phi(),
        expected: pair.expected(),
    })
}

/// The transitions, by the first and then by the second.
pub(super) fn transitions(view: &FollowsView) -> impl Iterator<Item = TransitionRow> + '_ {
    view.names.iter().zip(&view.cells).flat_map(move |(from, row)| {
        view.names.iter().zip(row).map(move |(to, cell)| TransitionRow {
            from: from.0.clone(),
            to: to.0.clone(),
            observed: cell.observed,
            expected: cell.expected,
            z: cell.z,
            q: cell.q,
            few: cell.is_few(),
        })
    })
}
