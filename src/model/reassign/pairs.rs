//! Equal passages of two people.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::{AnnotatorId, CategoryId, DocumentId, Layer, LinkKindId, Project, Ranges, Span, SpanId};

/// The links that start from each passage.
type Links = HashMap<SpanId, Vec<(LinkKindId, DocumentId, SpanId)>>;

/// The passages of `from` that `to` has already: with the same category, ranges, attributes, note and links. Each
/// passage is in one pair at most.
pub(super) fn pairs(project: &Project, from: &AnnotatorId, to: &AnnotatorId) -> HashMap<SpanId, SpanId> {
    let mut pairs = HashMap::new();
    let [mut links, mut target_links] = [Links::new(), Links::new()];
    for document in project.documents() {
        let (Some(layer), Some(target)) = (document.layer(from), document.layer(to)) else { continue };
        add_links(&mut links, layer);
        add_links(&mut target_links, target);
        let count = |links: &Links, span: SpanId| links.get(&span).map_or(0, Vec::len);
        let mut free = by_place(target);
        for span in layer.spans() {
            let Some(candidates) = free.get_mut(&(&span.category, &span.ranges)) else { continue };
            let equal = candidates.iter().enumerate().filter(|(_, other)| has_same_content(span, other));
            let best = equal.min_by_key(|(_, other)| {
                let same_links = count(&links, span.id) == count(&target_links, other.id);
                (!same_links, other.id != span.id)
            });
            if let Some((at, other)) = best.map(|(at, other)| (at, other.id)) {
                candidates.remove(at);
                pairs.insert(span.id, other);
            }
        }
    }
    keep_equally_linked(&mut pairs, &links, &target_links);
    pairs
}

fn add_links(links: &mut Links, layer: &Layer) {
    for link in layer.links() {
        let end = (link.kind.clone(), link.to_document.clone(), link.to);
        links.entry(link.from).or_default().push(end);
    }
}

fn by_place(layer: &Layer) -> HashMap<(&CategoryId, &Ranges), Vec<&Arc<Span>>> {
    let mut out: HashMap<_, Vec<&Arc<Span>>> = HashMap::new();
    for span in layer.spans() {
        out.entry((&span.category, &span.ranges)).or_default().push(span);
    }
    out
}

/// Compares two passages at one place; their links are compared separately.
fn has_same_content(one: &Span, other: &Span) -> bool {
    one.attributes == other.attributes && one.note == other.note
}

/// Removes pairs whose links lead to different passages. That may unmatch others, whose links led to them.
fn keep_equally_linked(pairs: &mut HashMap<SpanId, SpanId>, links: &Links, target_links: &Links) {
    loop {
        let ends = |links: &Links, span: SpanId, map: &HashMap<SpanId, SpanId>| {
            let ends = links.get(&span).into_iter().flatten().cloned();
            let ends = ends.map(|(kind, document, to)| (kind, document, map.get(&to).copied().unwrap_or(to)));
            ends.collect::<HashSet<_>>()
        };
        let same = |one: SpanId, other: SpanId| {
            ends(links, one, pairs) == ends(target_links, other, &HashMap::new())
        };
        let wrong: Vec<SpanId> =
            pairs.iter().filter(|(one, other)| !same(**one, **other)).map(|(one, _)| *one).collect();
        if wrong.is_empty() {
            return;
        }
        wrong.iter().for_each(|span| {
            pairs.remove(span);
        });
    }
}
