//! The sets of categories that annotators give to sentences or tokens, counted without a look at single units.

use std::collections::{BTreeMap, HashMap};

use super::combinations::pairs;
use super::set_valued::Likeness;
use super::unit_ranges::UnitRange;

/// Index of a set that is not empty: a category stands for the set of it alone; sets of several categories follow.
pub(super) type SetId = usize;

/// The sets of one kind of unit in a document.
#[derive(Default)]
pub(super) struct LabelSets {
    /// The sets that each annotator present has given, with the number of units.
    pub given: Vec<Vec<(SetId, f64)>>,
    /// Σ (1 − likeness) over units, per pair of annotators present.
    pub differences: Vec<Likeness>,
    /// The sets of several categories that occur, by their index minus the number of categories.
    several: Vec<Vec<u32>>,
}

/// Consecutive units with the same set.
struct Run {
    units: UnitRange,
    set: SetId,
}

impl LabelSets {
    /// Counts the sets, from the units that carry each category, per annotator.
    pub fn new(labels: &[&[Vec<UnitRange>]], categories: usize) -> Self {
        let mut ids: BTreeMap<Vec<u32>, SetId> = BTreeMap::new();
        let runs: Vec<Vec<Run>> = labels.iter().map(|labels| runs(labels, categories, &mut ids)).collect();
        let mut several = vec![Vec::new(); ids.len()];
        ids.into_iter().for_each(|(set, id)| several[id - categories] = set);
        let difference = |(a, b): (usize, usize)| difference(&runs[a], &runs[b], categories, &several);
        Self {
            given: runs.iter().map(|runs| given(runs)).collect(),
            differences: pairs(runs.len()).map(difference).collect(),
            several,
        }
    }
}

/// Splits the units of an annotator into runs with the same set. Sets of several categories get the next free id.
fn runs(labels: &[Vec<UnitRange>], categories: usize, ids: &mut BTreeMap<Vec<u32>, SetId>) -> Vec<Run> {
    let mut bounds: Vec<(u32, bool, u32)> = Vec::new();
    for (category, ranges) in labels.iter().enumerate() {
        let category = category as u32;
        bounds
            .extend(ranges.iter().flat_map(|range| [(range.0, true, category), (range.1, false, category)]));
    }
    bounds.sort_unstable();
    let mut runs = Vec::new();
    let (mut open, mut from): (Vec<u32>, u32) = (Vec::new(), 0);
    for (at, opens, category) in bounds {
        if at > from && !open.is_empty() {
            let set = match open.as_slice() {
                [only] => *only as SetId,
                several => {
                    let next = categories + ids.len();
                    *ids.entry(several.to_vec()).or_insert(next)
                }
            };
            runs.push(Run { units: (from, at), set });
        }
        from = at;
        match (open.binary_search(&category), opens) {
            (Err(place), true) => open.insert(place, category),
            (Ok(place), false) => drop(open.remove(place)),
            (Ok(_), true) | (Err(_), false) => {}
        }
    }
    runs
}

fn length(units: UnitRange) -> f64 {
    f64::from(units.1 - units.0)
}

fn given(runs: &[Run]) -> Vec<(SetId, f64)> {
    let mut given: BTreeMap<SetId, f64> = BTreeMap::new();
    runs.iter().for_each(|run| *given.entry(run.set).or_default() += length(run.units));
    given.into_iter().collect()
}

/// Sums up the distances between the sets of two annotators. A unit that one of them has left out counts 1.
fn difference(first: &[Run], second: &[Run], categories: usize, several: &[Vec<u32>]) -> Likeness {
    let mut likeness = Likeness::default();
    let mut shared = 0.0;
    let (mut a, mut b) = (0, 0);
    while let (Some(x), Some(y)) = (first.get(a), second.get(b)) {
        let both = (x.units.0.max(y.units.0), x.units.1.min(y.units.1));
        if both.0 < both.1 {
            let like = alike(x.set, y.set, categories, several);
            shared += length(both);
            likeness.masi += like.masi * length(both);
            likeness.jaccard += like.jaccard * length(both);
        }
        if x.units.1 <= y.units.1 { a += 1 } else { b += 1 }
    }
    let tagged = |runs: &[Run]| runs.iter().map(|run| length(run.units)).sum::<f64>();
    let by_either = tagged(first) + tagged(second) - shared;
    Likeness { masi: by_either - likeness.masi, jaccard: by_either - likeness.jaccard }
}

fn alike(first: SetId, second: SetId, categories: usize, several: &[Vec<u32>]) -> Likeness {
    if first == second {
        return Likeness::SAME;
    }
    let (one, other) = ([first as u32], [second as u32]);
    let first = several.get(first.wrapping_sub(categories)).map_or(one.as_slice(), Vec::as_slice);
    let second = several.get(second.wrapping_sub(categories)).map_or(other.as_slice(), Vec::as_slice);
    Likeness::of(first, second)
}

/// All sets of several categories that occur, and how alike any two sets are.
#[derive(Default)]
pub(super) struct SetTable {
    /// Two different sets with a category in common, the one with the smaller id first; sorted.
    pub alike: Vec<(SetId, SetId, Likeness)>,
    /// Number of sets, those of one category included.
    pub sets: usize,
}

impl SetTable {
    /// Gives the sets of all documents common ids, and compares them.
    pub fn unify<'c>(all: impl Iterator<Item = &'c mut LabelSets>, categories: usize) -> Self {
        let mut ids: HashMap<Vec<u32>, SetId> = HashMap::new();
        let mut several: Vec<Vec<u32>> = Vec::new();
        for sets in all {
            let common = sets.several.iter().map(|set| {
                *ids.entry(set.clone()).or_insert_with(|| {
                    several.push(set.clone());
                    categories + several.len() - 1
                })
            });
            let common: Vec<SetId> = common.collect();
            for (set, _) in sets.given.iter_mut().flatten() {
                *set = common.get(set.wrapping_sub(categories)).copied().unwrap_or(*set);
            }
        }
        Self { alike: all_alike(&several, categories), sets: categories + several.len() }
    }
}

/// Compares the sets that share a category, and no others.
fn all_alike(several: &[Vec<u32>], categories: usize) -> Vec<(SetId, SetId, Likeness)> {
    let mut with: Vec<Vec<usize>> = vec![Vec::new(); categories];
    for (place, set) in several.iter().enumerate() {
        set.iter().for_each(|&category| with[category as usize].push(place));
    }
    let mut alike = Vec::new();
    for (category, places) in with.iter().enumerate() {
        for (number, &one) in places.iter().enumerate() {
            let single = [category as u32];
            alike.push((category, categories + one, Likeness::of(&single, &several[one])));
            for &other in &places[number + 1..] {
                let (first, second) = (&several[one], &several[other]);
                // Sets that share several categories are compared at the first of them.
                if first.iter().find(|shared| second.contains(shared)) == Some(&(category as u32)) {
                    alike.push((categories + one, categories + other, Likeness::of(first, second)));
                }
            }
        }
    }
    alike.sort_by_key(|&(first, second, _)| (first, second));
    alike
}
