//! Matches the spans of different annotators that mean the same passage.
//!
//! All pairs of spans that share a byte are visited, the most similar first: identical spans, then those with
//! the same category and ranges, then the rest by overlap (shared bytes divided by the bytes of both), which
//! counts double if the category is the same. A pair joins the clusters of its two spans unless an annotator
//! would then have two spans in one cluster. For two annotators this is greedy one-to-one matching.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use super::Cluster;
use demarche_model::{Layer, Ranges, Span, SpanId};

/// A span with the index of its annotator.
struct AnnotatorSpan<'a> {
    annotator: usize,
    span: &'a Arc<Span>,
}

/// Two spans of different annotators that share a byte.
struct Pair {
    nodes: [usize; 2],
    /// 0 if the spans are identical, 1 if category and ranges are the same, 2 otherwise.
    class: u8,
    /// Bytes that both spans cover, doubled if the category is the same.
    shared: u128,
    /// Bytes that at least one of the spans covers.
    union: u128,
    /// Start and ids, which order equally similar pairs regardless of the order of the annotators.
    tie_breaker: (usize, [SpanId; 2]),
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
        let union = byte_length(&a.ranges) + byte_length(&b.ranges) - both;
        let mut ids = [a.id, b.id];
        ids.sort_unstable();
        Self {
            nodes,
            class,
            shared: if same { 2 * both } else { both },
            union,
            tie_breaker: (a.ranges.start().min(b.ranges.start()), ids),
        }
    }

    /// Orders pairs by similarity, the most similar first.
    fn order(&self, other: &Self) -> Ordering {
        let score = (other.shared * self.union).cmp(&(self.shared * other.union));
        self.class
            .cmp(&other.class)
            .then(score)
            .then(self.tie_breaker.cmp(&other.tie_breaker))
            .then(self.nodes.cmp(&other.nodes))
    }
}

fn byte_length(ranges: &Ranges) -> u128 {
    ranges.iter().map(|range| range.len() as u128).sum()
}

/// Counts the bytes that both cover. Ranges are sorted, so one pass is enough.
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

/// Returns the clusters of these layers, in reading order.
pub(super) fn clusters(layers: &[&Layer]) -> Vec<Cluster> {
    let mut nodes = Vec::new();
    let mut span_indices: Vec<HashMap<SpanId, usize>> = vec![HashMap::new(); layers.len()];
    for (annotator, (layer, span_indices)) in layers.iter().zip(&mut span_indices).enumerate() {
        for span in layer.spans() {
            span_indices.insert(span.id, nodes.len());
            nodes.push(AnnotatorSpan { annotator, span });
        }
    }
    let mut groups = Groups::singletons(&nodes);
    for pair in pairs(layers, &nodes, &span_indices) {
        groups.join(pair.nodes);
    }
    let mut clusters: Vec<Cluster> =
        groups.into_groups().map(|group| make_cluster(&group, &nodes, layers.len())).collect();
    clusters.sort_by_key(|cluster| {
        let first = cluster.spans().map(|span| span.id).min();
        (cluster.cover.start, std::cmp::Reverse(cluster.cover.end), first)
    });
    clusters
}

fn make_cluster(group: &[usize], nodes: &[AnnotatorSpan<'_>], annotators: usize) -> Cluster {
    let mut readings = vec![None; annotators];
    for node in group.iter().filter_map(|&node| nodes.get(node)) {
        if let Some(slot) = readings.get_mut(node.annotator) {
            *slot = Some(node.span.clone());
        }
    }
    Cluster::new(readings)
}

/// Returns all pairs that share a byte, the most similar first.
fn pairs(
    layers: &[&Layer],
    nodes: &[AnnotatorSpan<'_>],
    span_indices: &[HashMap<SpanId, usize>],
) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut found = Vec::new();
    for (number, node) in nodes.iter().enumerate() {
        for (layer, span_indices) in layers.iter().zip(span_indices).skip(node.annotator + 1) {
            let overlapping = node.span.ranges.iter().flat_map(|range| layer.index().overlapping(range));
            found.clear();
            found.extend(overlapping.filter_map(|entry| span_indices.get(&entry.span).copied()));
            found.sort_unstable();
            found.dedup();
            let with = |&other: &usize| Some(Pair::new([number, other], node.span, nodes.get(other)?.span));
            pairs.extend(found.iter().filter_map(with));
        }
    }
    pairs.sort_unstable_by(Pair::order);
    pairs
}

/// Disjoint groups of spans that are joined step by step. No annotator has two spans in one group.
struct Groups {
    /// The group of each node.
    group_of: Vec<usize>,
    /// The nodes of each group, with their annotators; empty after the group was joined to another.
    members: Vec<Vec<(usize, usize)>>,
}

impl Groups {
    fn singletons(nodes: &[AnnotatorSpan<'_>]) -> Self {
        let alone = |(number, node): (usize, &AnnotatorSpan<'_>)| vec![(number, node.annotator)];
        Self { group_of: (0..nodes.len()).collect(), members: nodes.iter().enumerate().map(alone).collect() }
    }

    fn join(&mut self, [a, b]: [usize; 2]) {
        let (Some(&a), Some(&b)) = (self.group_of.get(a), self.group_of.get(b)) else { return };
        let (Some(left), Some(right)) = (self.members.get(a), self.members.get(b)) else { return };
        let clash = left.iter().any(|(_, annotator)| right.iter().any(|(_, other)| other == annotator));
        if a == b || clash {
            return;
        }
        let moved = self.members.get_mut(b).map(std::mem::take).unwrap_or_default();
        for (node, _) in &moved {
            if let Some(slot) = self.group_of.get_mut(*node) {
                *slot = a;
            }
        }
        if let Some(members) = self.members.get_mut(a) {
            members.extend(moved);
        }
    }

    fn into_groups(self) -> impl Iterator<Item = Vec<usize>> {
        let groups = self.members.into_iter().filter(|members| !members.is_empty());
        groups.map(|members| members.into_iter().map(|(node, _)| node).collect())
    }
}
