//! Which spans of different annotators mean the same passage.
//!
//! All pairs of spans that share a byte are looked at, the most alike first: those that are the same in everything, then
//! those with the same category and ranges, then the others by how much they overlap (shared bytes by bytes of both), which
//! counts twice where the category is the same. A pair joins the clusters of its two spans unless an annotator would then
//! have two spans in one. For two annotators that is the greedy one-to-one matching.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use super::Cluster;
use demarche_model::{Layer, Ranges, Span, SpanId};

/// A span and the position of its annotator.
struct Node<'a> {
    annotator: usize,
    span: &'a Arc<Span>,
}

/// Two spans of different annotators that share a byte.
struct Pair {
    nodes: [usize; 2],
    /// 0 for the same in everything, 1 for the same category and ranges, 2 for all others.
    class: u8,
    /// Bytes that both hold, twice where the category is the same.
    shared: u128,
    /// Bytes that at least one of them holds.
    united: u128,
    /// Decides between pairs that are equally alike, whoever comes first: place and ids.
    tie: (usize, [SpanId; 2]),
}

impl Pair {
    fn new(nodes: [usize; 2], a: &Span, b: &Span) -> Self {
        let same = a.category == b.category;
        let class = match (same && a.ranges == b.ranges, a.attributes == b.attributes) {
            (true, true) => 0,
            (true, false) => 1,
            _ => 2,
        };
        let both = overlap(&a.ranges, &b.ranges);
        let united = length(&a.ranges) + length(&b.ranges) - both;
        let mut ids = [a.id, b.id];
        ids.sort_unstable();
        Self {
            nodes,
            class,
            shared: if same { 2 * both } else { both },
            united,
            tie: (a.ranges.start().min(b.ranges.start()), ids),
        }
    }

    /// The more alike come first.
    fn order(&self, other: &Self) -> Ordering {
        let score = (other.shared * self.united).cmp(&(self.shared * other.united));
        self.class
            .cmp(&other.class)
            .then(score)
            .then(self.tie.cmp(&other.tie))
            .then(self.nodes.cmp(&other.nodes))
    }
}

fn length(ranges: &Ranges) -> u128 {
    ranges.iter().map(|range| range.len() as u128).sum()
}

/// Bytes that both hold. Both are sorted, so one pass does.
fn overlap(a: &Ranges, b: &Ranges) -> u128 {
    let (mut left, mut right) = (a.iter().peekable(), b.iter().peekable());
    let mut shared = 0;
    while let (Some(&l), Some(&r)) = (left.peek(), right.peek()) {
        shared += l.intersect(r).map_or(0, |both| both.len() as u128);
        if l.end <= r.end {
            left.next();
        } else {
            right.next();
        }
    }
    shared
}

/// The clusters of these layers, in reading order.
pub(super) fn clusters(layers: &[&Layer]) -> Vec<Cluster> {
    let mut nodes = Vec::new();
    let mut places: Vec<HashMap<SpanId, usize>> = vec![HashMap::new(); layers.len()];
    for (annotator, (layer, places)) in layers.iter().zip(&mut places).enumerate() {
        for span in layer.spans() {
            places.insert(span.id, nodes.len());
            nodes.push(Node { annotator, span });
        }
    }
    let mut groups = Groups::of_each(&nodes);
    for pair in pairs(layers, &nodes, &places) {
        groups.join(pair.nodes);
    }
    let mut clusters: Vec<Cluster> =
        groups.finish().map(|group| cluster(&group, &nodes, layers.len())).collect();
    clusters.sort_by_key(|cluster| {
        let first = cluster.spans().map(|span| span.id).min();
        (cluster.cover.start, std::cmp::Reverse(cluster.cover.end), first)
    });
    clusters
}

fn cluster(group: &[usize], nodes: &[Node<'_>], annotators: usize) -> Cluster {
    let mut readings = vec![None; annotators];
    for node in group.iter().filter_map(|&node| nodes.get(node)) {
        if let Some(slot) = readings.get_mut(node.annotator) {
            *slot = Some(node.span.clone());
        }
    }
    Cluster::new(readings)
}

/// All pairs that share a byte, the most alike first.
fn pairs(layers: &[&Layer], nodes: &[Node<'_>], places: &[HashMap<SpanId, usize>]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut found = Vec::new();
    for (number, node) in nodes.iter().enumerate() {
        for (layer, places) in layers.iter().zip(places).skip(node.annotator + 1) {
            let overlapping = node.span.ranges.iter().flat_map(|range| layer.index().overlapping(range));
            found.clear();
            found.extend(overlapping.filter_map(|entry| places.get(&entry.span).copied()));
            found.sort_unstable();
            found.dedup();
            let with = |&other: &usize| Some(Pair::new([number, other], node.span, nodes.get(other)?.span));
            pairs.extend(found.iter().filter_map(with));
        }
    }
    pairs.sort_unstable_by(Pair::order);
    pairs
}

/// Groups of spans that are joined step by step; no annotator has two in one.
struct Groups {
    /// The group of each node.
    of: Vec<usize>,
    /// The nodes of each group, each with its annotator; empty where it was joined to another.
    members: Vec<Vec<(usize, usize)>>,
}

impl Groups {
    fn of_each(nodes: &[Node<'_>]) -> Self {
        let alone = |(number, node): (usize, &Node<'_>)| vec![(number, node.annotator)];
        Self { of: (0..nodes.len()).collect(), members: nodes.iter().enumerate().map(alone).collect() }
    }

    fn join(&mut self, [a, b]: [usize; 2]) {
        let (Some(&a), Some(&b)) = (self.of.get(a), self.of.get(b)) else { return };
        let (Some(left), Some(right)) = (self.members.get(a), self.members.get(b)) else { return };
        let clash = left.iter().any(|(_, annotator)| right.iter().any(|(_, other)| other == annotator));
        if a == b || clash {
            return;
        }
        let moved = self.members.get_mut(b).map(std::mem::take).unwrap_or_default();
        for (node, _) in &moved {
            if let Some(slot) = self.of.get_mut(*node) {
                *slot = a;
            }
        }
        if let Some(members) = self.members.get_mut(a) {
            members.extend(moved);
        }
    }

    fn finish(self) -> impl Iterator<Item = Vec<usize>> {
        let groups = self.members.into_iter().filter(|members| !members.is_empty());
        groups.map(|members| members.into_iter().map(|(node, _)| node).collect())
    }
}
