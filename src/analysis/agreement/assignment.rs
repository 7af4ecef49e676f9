//! The best one-to-one matching of overlapping spans: as many as possible, and among those ways the one whose matches
//! share the most.
//!
//! Spans that overlap, directly or through others, form a component, and components are solved one by one: by the
//! Hungarian method (Kuhn 1955; Munkres 1957) in the form that adds one row at a time by shortest augmenting paths
//! (Jonker & Volgenant 1987). Components of text are small. One of more than [`MAX_CELLS`] pairs of spans, which takes
//! hundreds of spans nested into each other, is matched greedily and then extended by augmenting paths, so that the number
//! of matches is still the greatest possible, but their shares may not be.

use std::collections::BTreeMap;

/// Most pairs of spans in a component whose shares are made as great as possible.
const MAX_CELLS: usize = 128 * 128;

/// Two spans that can be matched.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    /// Their places in the lists of the first and the second annotator.
    pub at: (usize, usize),
    /// What they share, from 0 to 1.
    pub share: f64,
}

/// A span of the first or the second annotator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    First(usize),
    Second(usize),
}

/// Returns the best matching. The edges are sorted, the best first; `key` tells the spans of the two annotators apart in
/// a way that does not depend on who is the first.
pub(super) fn best<K: Ord>(edges: &[Edge], key: impl Fn(Place) -> K) -> Vec<(usize, usize)> {
    let mut matches = Vec::new();
    for edges in components(edges) {
        match edges.as_slice() {
            [only] => matches.push(only.at),
            several => matches.extend(Component::new(several, &key).matches()),
        }
    }
    matches
}

/// Splits edges into those that are connected, in the order of their first edges.
fn components(edges: &[Edge]) -> Vec<Vec<Edge>> {
    let (mut first, mut second): (BTreeMap<usize, usize>, BTreeMap<usize, usize>) = Default::default();
    // The component of each edge, by its first edge: a union-find over edges.
    let mut above: Vec<usize> = (0..edges.len()).collect();
    for (number, edge) in edges.iter().enumerate() {
        for known in [*first.entry(edge.at.0).or_insert(number), *second.entry(edge.at.1).or_insert(number)] {
            let (a, b) = (root(&mut above, known), root(&mut above, number));
            above[a.max(b)] = a.min(b);
        }
    }
    let mut found: BTreeMap<usize, Vec<Edge>> = BTreeMap::new();
    for (number, edge) in edges.iter().enumerate() {
        found.entry(root(&mut above, number)).or_default().push(*edge);
    }
    found.into_values().collect()
}

fn root(above: &mut [usize], mut at: usize) -> usize {
    while above[at] != at {
        above[at] = above[above[at]];
        at = above[at];
    }
    at
}

/// Connected edges between rows and columns. Which annotator has the rows is decided by the spans themselves.
struct Component {
    rows: Vec<usize>,
    columns: Vec<usize>,
    /// Row, column and share, the best first.
    edges: Vec<(usize, usize, f64)>,
    /// True if the rows are spans of the second annotator.
    swapped: bool,
}

impl Component {
    fn new<K: Ord>(edges: &[Edge], key: impl Fn(Place) -> K) -> Self {
        let sorted = |mut places: Vec<usize>| {
            places.sort_unstable();
            places.dedup();
            places
        };
        let first = sorted(edges.iter().map(|edge| edge.at.0).collect());
        let second = sorted(edges.iter().map(|edge| edge.at.1).collect());
        let least_first = first.iter().map(|&index| key(Place::First(index))).min();
        let least_second = second.iter().map(|&index| key(Place::Second(index))).min();
        let swapped = (second.len(), least_second) < (first.len(), least_first);
        let (rows, columns) = if swapped { (second, first) } else { (first, second) };
        let place = |places: &[usize], index: usize| places.partition_point(|&other| other < index);
        let edges = edges.iter().map(|edge| {
            let (row, column) = if swapped { (edge.at.1, edge.at.0) } else { edge.at };
            (place(&rows, row), place(&columns, column), edge.share)
        });
        Self { edges: edges.collect(), rows, columns, swapped }
    }

    fn matches(&self) -> Vec<(usize, usize)> {
        let of_rows = match self.rows.len() * self.columns.len() <= MAX_CELLS {
            true => self.greatest_share(),
            false => self.greatest_number(),
        };
        let matched = of_rows.into_iter().enumerate().filter_map(|(row, column)| Some((row, column?)));
        let named = matched.map(|(row, column)| (self.rows[row], self.columns[column]));
        named.map(|(row, column)| if self.swapped { (column, row) } else { (row, column) }).collect()
    }

    /// Returns the column of each row, by the Hungarian method. There are at least as many columns as rows.
    fn greatest_share(&self) -> Vec<Option<usize>> {
        let (rows, columns) = (self.rows.len(), self.columns.len());
        // Another match is worth more than all shares together.
        let worth = rows as f64 + 1.0;
        let mut cost = vec![vec![0.0; columns]; rows];
        for &(row, column, share) in &self.edges {
            cost[row][column] = -(worth + share);
        }
        let row_of = assign(&cost, columns);
        let mut column_of = vec![None; rows];
        for (column, row) in row_of.into_iter().enumerate() {
            if let Some(row) = row.filter(|&row| cost[row][column] < 0.0) {
                column_of[row] = Some(column);
            }
        }
        column_of
    }

    /// Returns the column of each row: greedily, then extended by augmenting paths.
    fn greatest_number(&self) -> Vec<Option<usize>> {
        let mut around: Vec<Vec<usize>> = vec![Vec::new(); self.rows.len()];
        let mut column_of = vec![None; self.rows.len()];
        let mut row_of = vec![None; self.columns.len()];
        for &(row, column, _) in &self.edges {
            around[row].push(column);
            if column_of[row].is_none() && row_of[column].is_none() {
                (column_of[row], row_of[column]) = (Some(column), Some(row));
            }
        }
        // What a failed search has seen stays a dead end until a path is found.
        let mut seen = vec![false; self.columns.len()];
        for row in 0..self.rows.len() {
            if column_of[row].is_none() && augment(row, &around, &mut column_of, &mut row_of, &mut seen) {
                seen.fill(false);
            }
        }
        column_of
    }
}

/// Looks for a path from a row to a free column on which every second edge is a match, and swaps its edges.
fn augment(
    start: usize,
    around: &[Vec<usize>],
    column_of: &mut [Option<usize>],
    row_of: &mut [Option<usize>],
    seen: &mut [bool],
) -> bool {
    // The rows on the path, each with the number of its columns that were tried.
    let mut path = vec![(start, 0)];
    while let Some((row, tried)) = path.last_mut() {
        let Some(&column) = around[*row].get(*tried) else {
            path.pop();
            continue;
        };
        *tried += 1;
        if std::mem::replace(&mut seen[column], true) {
            continue;
        }
        if let Some(next) = row_of[column] {
            path.push((next, 0));
            continue;
        }
        for &(row, tried) in &path {
            let column = around[row][tried - 1];
            (column_of[row], row_of[column]) = (Some(column), Some(row));
        }
        return true;
    }
    false
}

/// Assigns each row to a column of its own at the lowest cost, and returns the row of each column. There are at least as
/// many columns as rows.
fn assign(cost: &[Vec<f64>], columns: usize) -> Vec<Option<usize>> {
    let mut row_of: Vec<Option<usize>> = vec![None; columns];
    // The potentials that keep reduced costs above zero.
    let (mut of_row, mut of_column) = (vec![0.0; cost.len()], vec![0.0; columns]);
    for start in 0..cost.len() {
        let mut least = vec![f64::INFINITY; columns];
        let mut before: Vec<Option<usize>> = vec![None; columns];
        let mut done = vec![false; columns];
        let (mut row, mut reached): (usize, Option<usize>) = (start, None);
        let end = loop {
            let (mut delta, mut next) = (f64::INFINITY, None);
            for column in (0..columns).filter(|&column| !done[column]) {
                let reduced = cost[row][column] - of_row[row] - of_column[column];
                if reduced < least[column] {
                    (least[column], before[column]) = (reduced, reached);
                }
                if least[column] < delta {
                    (delta, next) = (least[column], Some(column));
                }
            }
            let Some(next) = next else { break None };
            of_row[start] += delta;
            for column in 0..columns {
                match (done[column], row_of[column]) {
                    (true, Some(owner)) => {
                        of_row[owner] += delta;
                        of_column[column] -= delta;
                    }
                    (true, None) => {}
                    (false, _) => least[column] -= delta,
                }
            }
            done[next] = true;
            reached = Some(next);
            match row_of[next] {
                Some(owner) => row = owner,
                None => break Some(next),
            }
        };
        let mut at = end;
        while let Some(column) = at {
            row_of[column] = match before[column] {
                Some(previous) => row_of[previous],
                None => Some(start),
            };
            at = before[column];
        }
    }
    row_of
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Returns the greatest number of matches, and the greatest share among those ways, by trying everything.
    fn by_trial(edges: &[Edge], used: &mut Vec<(usize, usize)>) -> (usize, f64) {
        let Some((edge, rest)) = edges.split_first() else { return (0, 0.0) };
        let without = by_trial(rest, used);
        if used.iter().any(|at| at.0 == edge.at.0 || at.1 == edge.at.1) {
            return without;
        }
        used.push(edge.at);
        let (count, share) = by_trial(rest, used);
        used.pop();
        let with = (count + 1, share + edge.share);
        if with > without { with } else { without }
    }

    fn edges() -> impl Strategy<Value = Vec<Edge>> {
        prop::collection::btree_map((0..6usize, 0..6usize), 1..9u32, 0..12).prop_map(|edges| {
            let edge = |(at, share): ((usize, usize), u32)| Edge { at, share: f64::from(share) / 10.0 };
            let mut edges: Vec<Edge> = edges.into_iter().map(edge).collect();
            edges.sort_by(|a, b| b.share.total_cmp(&a.share));
            edges
        })
    }

    fn key(place: Place) -> (usize, usize) {
        match place {
            Place::First(index) => (index, 0),
            Place::Second(index) => (index, 1),
        }
    }

    proptest! {
        #[test]
        fn the_matching_is_the_best(edges in edges()) {
            let found = best(&edges, key);
            let mut rows: Vec<usize> = found.iter().map(|at| at.0).collect();
            let mut columns: Vec<usize> = found.iter().map(|at| at.1).collect();
            for places in [&mut rows, &mut columns] {
                places.sort_unstable();
                places.dedup();
                prop_assert_eq!(places.len(), found.len(), "each span is matched once");
            }
            let share = |at: &(usize, usize)| edges.iter().find(|edge| edge.at == *at).unwrap().share;
            let wanted = by_trial(&edges, &mut Vec::new());
            prop_assert_eq!(found.len(), wanted.0);
            prop_assert!((found.iter().map(share).sum::<f64>() - wanted.1).abs() < 1e-9);
            for edges in components(&edges) {
                let number = Component::new(&edges, key).greatest_number().into_iter().flatten().count();
                prop_assert_eq!(number, by_trial(&edges, &mut Vec::new()).0, "the fallback finds as many");
            }
        }
    }

    /// A chain of nested spans, far too large for the Hungarian method, is matched completely.
    #[test]
    fn a_large_nest_is_matched_in_full() {
        let count = 600;
        // Each row reaches its own column and the next one; the best edge of each row is the next one's column.
        let edge = |row: usize, column: usize, share: f64| Edge { at: (row, column), share };
        let mut edges: Vec<Edge> = (1..count).map(|row| edge(row, row - 1, 0.9)).collect();
        edges.extend((0..count).map(|row| edge(row, row, 0.5)));
        assert_eq!(best(&edges, key).len(), count);
    }
}
