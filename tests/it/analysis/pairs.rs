//! Pairs of passages, found by their definition: what co-occurs, and what follows what.

use std::collections::{BTreeMap, BTreeSet};

use demarche::analysis::bargain::{LinkRole, Passage, PassageIndex, PassageSet};
use demarche::analysis::filter::{Cache, Corpus, FactSettings, Filter, MoveFacts, Views};
use demarche::analysis::segment::all_sentences;
use demarche::analysis::views::{
    Fold, FollowsOptions, FollowsSource, FollowsView, Look, Speaker, States, Together, TogetherOptions,
    TogetherUnit, TogetherView, expected,
};
use demarche::model::{MoveRole, TextRange, Tone, Visibility};

type Pair = (PassageIndex, PassageIndex);

/// The units of a kind in a document.
fn units(look: &Look<'_>, passage: &Passage, unit: TogetherUnit) -> Vec<TextRange> {
    let text = look.document(passage.document).and_then(|document| document.text.clone()).unwrap();
    let text = text.as_str();
    match unit {
        TogetherUnit::Sentence => all_sentences(text),
        TogetherUnit::Paragraph => {
            let at = |line: &str| line.as_ptr() as usize - text.as_ptr() as usize;
            let lines = text.split('\n').filter(|line| !line.trim().is_empty());
            lines.map(|line| TextRange::new(at(line), at(line) + line.len())).collect()
        }
        _ => vec![TextRange::new(0, text.len())],
    }
}

/// A passage, with the numbers of the units that have a character of it.
type Placed<'a> = (PassageIndex, &'a Passage, BTreeSet<usize>);

/// The moves that have a place.
fn placed<'a>(look: &Look<'a>, unit: TogetherUnit) -> Vec<Placed<'a>> {
    let mut known: BTreeMap<_, Vec<TextRange>> = BTreeMap::new();
    let moves = look.moves().filter(|(_, passage)| !passage.has_no_place);
    let place = |(index, passage): (PassageIndex, &'a Passage)| {
        let all = known.entry(passage.document).or_insert_with(|| units(look, passage, unit));
        let touched = all.iter().enumerate().filter(|(_, range)| passage.ranges.overlaps(**range));
        (index, passage, touched.map(|(number, _)| number).collect())
    };
    moves.map(place).collect()
}

fn are_together(unit: TogetherUnit, one: &Placed<'_>, two: &Placed<'_>) -> bool {
    match unit {
        TogetherUnit::Exact => one.1.ranges == two.1.ranges,
        TogetherUnit::Inside => one.1.is_inside(two.1),
        TogetherUnit::Overlapping => one.1.overlaps(two.1),
        TogetherUnit::Document => true,
        TogetherUnit::Sentence | TogetherUnit::Paragraph => !one.2.is_disjoint(&two.2),
        TogetherUnit::Near => unreachable!("checked by the filter"),
    }
}

/// Number of groups that pairs connect.
fn groups(pairs: &[Pair]) -> usize {
    let mut groups: Vec<BTreeSet<PassageIndex>> = Vec::new();
    for (one, two) in pairs {
        let (joined, rest): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group| group.contains(one) || group.contains(two));
        groups = rest;
        groups.push(joined.into_iter().flatten().chain([*one, *two]).collect());
    }
    groups.len()
}

/// Checks each pair of categories that are found together.
pub(super) fn check_together(look: &Look<'_>, unit: TogetherUnit) {
    let view = TogetherView::of(look, TogetherOptions { unit, ..TogetherOptions::default() });
    if unit == TogetherUnit::Near {
        return view.pairs.iter().for_each(|pair| check_near(look, pair));
    }
    let moves = placed(look, unit);
    let mut found: BTreeMap<_, Vec<Pair>> = BTreeMap::new();
    for (at, one) in moves.iter().enumerate() {
        for two in moves[at + 1..].iter().filter(|two| two.1.document == one.1.document) {
            let ways = if unit.is_directed() { vec![(one, two), (two, one)] } else { vec![(one, two)] };
            for (one, two) in ways {
                if are_together(unit, one, two) {
                    let (a, b) = (one.1.category, two.1.category);
                    let key = if unit.is_directed() { (a, b) } else { (a.min(b), a.max(b)) };
                    found.entry(key).or_default().push((one.0, two.0));
                }
            }
        }
    }
    assert_eq!(view.pairs.len(), found.len(), "{unit:?}");
    for pair in &view.pairs {
        let pairs = &found[&(pair.a, pair.b)];
        let behind: PassageSet = pairs.iter().flat_map(|(one, two)| [*one, *two]).collect();
        assert_eq!((pair.pairs, pair.places), (pairs.len(), groups(pairs)), "{unit:?}");
        assert_eq!(*pair.passages, behind, "{unit:?}");
        if unit.has_units() {
            check_units(unit, &moves, pair);
        }
    }
}

fn check_units(unit: TogetherUnit, moves: &[Placed<'_>], pair: &Together) {
    let mut with: BTreeMap<_, [usize; 2]> = BTreeMap::new();
    for (_, passage, units) in moves {
        for number in units {
            let counts = with.entry((passage.document, *number)).or_default();
            counts[0] += usize::from(passage.category == pair.a);
            counts[1] += usize::from(passage.category == pair.b);
        }
    }
    let counts = pair.units.unwrap();
    let number = |test: fn(&[usize; 2]) -> bool| with.values().filter(|counts| test(counts)).count();
    let both = if pair.a == pair.b { number(|n| n[0] > 1) } else { number(|n| n[0] > 0 && n[1] > 0) };
    let [a, b] = [number(|n| n[0] > 0), number(|n| n[1] > 0)];
    assert_eq!([counts.a, counts.b, counts.both], [a, b, both], "{unit:?}");
    let either = number(|n| n[0] > 0 || n[1] > 0);
    assert_eq!(pair.jaccard(), (either > 0).then(|| both as f64 / either as f64));
    assert_eq!(pair.expected(), expected(a, b, counts.all).filter(|_| pair.a != pair.b));
}

/// Checks passages that are near each other against the relation of the filter, which finds them in another way.
fn check_near(look: &Look<'_>, pair: &Together) {
    let (basis, visible) = (look.basis, Visibility::default());
    let facts =
        MoveFacts::new(basis.project, &visible, [(basis.moves, basis.ledger)], FactSettings::default());
    let corpus = Corpus { project: basis.project, visible: &visible, facts: &facts };
    let near = |one, two| {
        let [one, two] = [one, two].map(|category| basis.moves.category_id(category));
        let text = format!("category:=\"{one}\" near(category:=\"{two}\"; 10 words)");
        let bound = Filter::parse(&text).unwrap().bind(basis.project, &Views::new()).unwrap();
        Cache::default().in_reading(&bound, corpus, basis.moves).passages
    };
    let all: PassageSet = near(pair.a, pair.b).iter().chain(near(pair.b, pair.a).iter()).collect();
    // The other passage of a relation need not be one that counts.
    assert!(pair.passages.iter().all(|index| all.contains(index)));
    assert!(pair.places <= pair.pairs && pair.passages.len() <= 2 * pair.pairs);
}

/// The moves that make sequences, in an order.
fn chained<'a>(
    moves: impl Iterator<Item = (PassageIndex, &'a Passage)>,
    overlaps: fn(&Passage, &Passage) -> bool,
    follows: fn(&Passage, &Passage) -> bool,
) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut last: Option<(PassageIndex, &Passage)> = None;
    for (index, passage) in moves {
        let Some((before, earlier)) = last else {
            last = Some((index, passage));
            continue;
        };
        if overlaps(earlier, passage) {
            continue;
        }
        if follows(earlier, passage) {
            pairs.push((before, index));
        }
        last = Some((index, passage));
    }
    pairs
}

fn followed(look: &Look<'_>, source: FollowsSource) -> Vec<Pair> {
    let counts = |passage: &Passage| !look.kind(passage).is_derived();
    let moves = look.moves().filter(|(_, passage)| counts(passage));
    match source {
        FollowsSource::Text => chained(
            moves.filter(|(_, passage)| !passage.has_no_place),
            |one, two| one.document == two.document && two.ranges.start() < one.ranges.end(),
            |one, two| one.document == two.document,
        ),
        FollowsSource::Date => {
            let set: PassageSet = moves.map(|(index, _)| index).collect();
            let order = look.basis.moves.in_order(&set);
            let order = order.into_iter().map(|index| (index, look.get(index)));
            chained(order, Passage::overlaps, |one, two| !one.is_order_uncertain(two))
        }
        FollowsSource::Answers => {
            let set: PassageSet = moves.map(|(index, _)| index).collect();
            let links = look.basis.moves.links().filter(|link| link.role == LinkRole::Answers);
            let pairs = links.filter_map(|link| Some((look.basis.moves.target(link)?, link.from)));
            pairs.filter(|(one, two)| set.contains(*one) && set.contains(*two)).collect()
        }
    }
}

/// The name of what a move is in a sequence.
fn state(look: &Look<'_>, index: PassageIndex, options: &FollowsOptions) -> String {
    let passage = look.get(index);
    let kind = look.kind(passage);
    let tone = kind.role().and_then(MoveRole::tone);
    match (options.states, options.fold, tone) {
        (States::Category, ..) => look.basis.moves.category_id(passage.category).to_string(),
        (States::Role, Fold::Always, Some(Tone::Hard)) => "hard".to_owned(),
        (States::Role, Fold::Always, Some(Tone::Soft)) => "soft".to_owned(),
        (States::Role, Fold::Always, None) if kind.role() == Some(MoveRole::Reason) => "reason".to_owned(),
        (States::Role, Fold::Always, None) => "other".to_owned(),
        (States::Role, ..) => kind.code().unwrap_or("none").to_owned(),
    }
}

/// Checks each transition, from each source, of each speaker, with each kind of state.
pub(super) fn check_follows(look: &Look<'_>) {
    for source in [FollowsSource::Text, FollowsSource::Answers, FollowsSource::Date] {
        for speaker in [Speaker::Any, Speaker::Changes, Speaker::Same] {
            for (states, fold) in
                [(States::Role, Fold::Never), (States::Role, Fold::Always), (States::Category, Fold::Never)]
            {
                check_transitions(look, FollowsOptions { states, source, speaker, fold });
            }
        }
    }
}

fn check_transitions(look: &Look<'_>, options: FollowsOptions) {
    let view = FollowsView::of(look, options);
    let actors = |index| look.actors(look.get(index));
    let is_said = |(one, two): &Pair| {
        let are_stated = !actors(*one).is_empty() && !actors(*two).is_empty();
        match options.speaker {
            Speaker::Any => true,
            Speaker::Changes => are_stated && actors(*one) != actors(*two),
            Speaker::Same => are_stated && actors(*one) == actors(*two),
        }
    };
    let pairs: Vec<Pair> = followed(look, options.source).into_iter().filter(is_said).collect();
    assert_eq!(view.pairs, pairs.len(), "{options:?}");
    let mut seen: BTreeMap<[String; 2], Vec<Pair>> = BTreeMap::new();
    let (mut rows, mut columns): (BTreeMap<String, usize>, BTreeMap<String, usize>) = Default::default();
    for (one, two) in pairs.iter().copied() {
        let [from, to] = [one, two].map(|index| state(look, index, &options));
        *rows.entry(from.clone()).or_default() += 1;
        *columns.entry(to.clone()).or_default() += 1;
        seen.entry([from, to]).or_default().push((one, two));
    }
    for ((from, _), row) in view.names.iter().zip(&view.cells) {
        for ((to, _), cell) in view.names.iter().zip(row) {
            let seen = seen.get(&[from.clone(), to.clone()]).cloned().unwrap_or_default();
            let behind: PassageSet = seen.iter().flat_map(|(one, two)| [*one, *two]).collect();
            assert_eq!(cell.observed, seen.len(), "{options:?}, {from} → {to}");
            assert_eq!(*cell.passages, behind, "{options:?}, {from} → {to}");
            let [row, column] = [rows.get(from), columns.get(to)].map(|sum| sum.copied().unwrap_or(0));
            assert_eq!(cell.expected, expected(row, column, pairs.len()), "{options:?}");
        }
    }
}
