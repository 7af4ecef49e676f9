//! Merges layers: spans and links by id, spans field by field.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::field_merge::FieldMerge;
use super::{
    Conflict, ConflictKey, ConflictValue, LinkField, Merged, RecordMerge, Resolutions, Side, SpanField,
    three_way,
};
use crate::{
    AttributeId, Attributes, Detached, DetachedReason, Layer, Link, LinkId, Span, SpanId, Stamp, Status,
};

/// Merges two copies of a layer that have diverged from `base`, which is empty if unknown. The result is
/// symmetric, except for the side that conflicts keep.
pub fn merge_layers(base: &Layer, ours: &Layer, theirs: &Layer) -> Merged<Layer> {
    merge_layers_with(base, ours, theirs, &Resolutions::new())
}

/// Like [`merge_layers`], with the user's choices.
pub fn merge_layers_with(
    base: &Layer,
    ours: &Layer,
    theirs: &Layer,
    resolutions: &Resolutions,
) -> Merged<Layer> {
    let mut merged = Merged { value: ours.clone(), conflicts: Vec::new() };
    let mut spans = merge_spans(base, ours, theirs, resolutions, &mut merged.conflicts);
    let replaced = replaced_records(ours, &mut spans);
    merged.value.set_spans(&spans);
    let links = merge_links(base, ours, theirs, resolutions, &mut merged.conflicts);
    for (id, link) in links {
        merged.value.set_link(id, link);
    }
    drop_links_of_removed(&mut merged.value, &spans, resolutions);
    for (key, detached) in merge_detached(base, ours, theirs) {
        merged.value.set_detached(key, detached);
    }
    for key in replaced {
        merged.value.set_detached(key, None);
    }
    merged.value.set_status(merge_status(base.stored_status(), ours.stored_status(), theirs.stored_status()));
    // The work of others stays seen, so the earlier time counts.
    merged.value.set_unblinded([ours, theirs].into_iter().filter_map(Layer::unblinded).min());
    merged.conflicts.sort_by(|a, b| a.at.cmp(&b.at));
    merged
}

/// Returns the spans to set in ours.
fn merge_spans(
    base: &Layer,
    ours: &Layer,
    theirs: &Layer,
    resolutions: &Resolutions,
    conflicts: &mut Vec<Conflict>,
) -> Vec<(SpanId, Option<Arc<Span>>)> {
    let link_sources = NewLinkSources::from_layers(base, ours, theirs);
    let ids: BTreeSet<SpanId> =
        [base, ours, theirs].into_iter().flat_map(Layer::spans_unsorted).map(|span| span.id).collect();
    let mut changes = Vec::new();
    for id in ids {
        let (b, o, t) = (base.span(id), ours.span(id), theirs.span(id));
        if same(o, t) || same(b, t) && !link_sources.by_theirs.contains(&id) {
            continue;
        }
        let outcome = match (b, o, t) {
            // Creating a link from a passage counts as working on it, so its removal is a conflict.
            (Some(_), None, Some(_)) if link_sources.by_theirs.contains(&id) => removed(o, t),
            (Some(_), Some(_), None) if link_sources.by_ours.contains(&id) => removed(o, t),
            _ => three_way(b, o, t, join_spans),
        };
        conflicts
            .extend(outcome.conflict(|| ConflictKey::Span(id), |span| ConflictValue::Span(span.clone())));
        let to = outcome.resolve(resolutions.get(&ConflictKey::Span(id)).copied());
        if to.as_ref() != o {
            changes.push((id, to));
        }
    }
    changes
}

/// Returns the records of ours that can't be placed here but are spans on the other side, which replace them. If a
/// record of ours is newer, it is kept and the span is left out, so that no two share an id.
fn replaced_records(ours: &Layer, spans: &mut Vec<(SpanId, Option<Arc<Span>>)>) -> Vec<u32> {
    let new = spans.iter().filter_map(|(id, to)| Some((*id, to.as_ref()?.modified)));
    let new: BTreeMap<SpanId, Stamp> = new.collect();
    let (mut replaced, mut newer) = (Vec::new(), BTreeSet::new());
    for (key, detached) in ours.detached() {
        // The other version in a conflict does not claim the id, and a repeated id has a span already.
        let claims_id = match detached.reason {
            DetachedReason::Conflict(_) | DetachedReason::DuplicateId => false,
            DetachedReason::Unreadable(_)
            | DetachedReason::OutsideText
            | DetachedReason::OtherQuote(_)
            | DetachedReason::UnknownCategory
            | DetachedReason::TextChanged(_) => true,
        };
        let Some(claim) = detached.claim.as_ref().filter(|_| claims_id && !detached.link) else { continue };
        match new.get(&claim.span.id) {
            Some(modified) if *modified < claim.span.modified => {
                newer.insert(claim.span.id);
            }
            Some(_) => replaced.push(key),
            None => {}
        }
    }
    spans.retain(|(id, _)| !newer.contains(id));
    replaced
}

fn same(a: Option<&Arc<Span>>, b: Option<&Arc<Span>>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => Arc::ptr_eq(a, b) || a == b,
        (None, None) => true,
        _ => false,
    }
}

fn removed(ours: Option<&Arc<Span>>, theirs: Option<&Arc<Span>>) -> RecordMerge<Arc<Span>, SpanField> {
    RecordMerge::Conflict { ours: ours.cloned(), theirs: theirs.cloned(), fields: Vec::new() }
}

/// The spans from which each side has created links since the base.
struct NewLinkSources {
    by_ours: BTreeSet<SpanId>,
    by_theirs: BTreeSet<SpanId>,
}

impl NewLinkSources {
    fn from_layers(base: &Layer, ours: &Layer, theirs: &Layer) -> Self {
        let new_sources = |side: &Layer| {
            let links = side.links().filter(|link| base.link(link.id).is_none());
            links.map(|link| link.from).collect()
        };
        Self { by_ours: new_sources(ours), by_theirs: new_sources(theirs) }
    }
}

fn join_spans(
    base: Option<&Arc<Span>>,
    ours: &Arc<Span>,
    theirs: &Arc<Span>,
    prefer: Side,
) -> (Arc<Span>, Vec<SpanField>) {
    // A copy that was never changed since it was tagged is what the other one was.
    let untouched = |a: &Arc<Span>, b: &Arc<Span>| {
        a.created == b.created && a.modified == a.created && b.modified > a.modified
    };
    let base = base.or_else(|| untouched(ours, theirs).then_some(ours));
    let base = base.or_else(|| untouched(theirs, ours).then_some(theirs));
    let mut fields = FieldMerge::new(prefer);
    let category =
        fields.merge(SpanField::Category, base.map(|b| &b.category), &ours.category, &theirs.category);
    let ranges = fields.merge(SpanField::Ranges, base.map(|b| &b.ranges), &ours.ranges, &theirs.ranges);
    let ids: BTreeSet<&AttributeId> = ours.attributes.keys().chain(theirs.attributes.keys()).collect();
    let mut attributes = Attributes::new();
    for id in ids {
        let [o, t] = [ours, theirs].map(|span| span.attributes.get(id).cloned());
        let b = base.map(|b| b.attributes.get(id).cloned());
        // Without a base, a value that only one side has was added by it.
        let b = b.or_else(|| (o.is_none() || t.is_none()).then_some(None));
        if let Some(value) = fields.merge(SpanField::Attribute(id.clone()), b.as_ref(), &o, &t) {
            attributes.insert(id.clone(), value);
        }
    }
    let empty = (ours.note.is_empty() || theirs.note.is_empty()).then(String::new);
    let note = base.map(|b| &b.note).or(empty.as_ref());
    let mut span = Span {
        id: ours.id,
        category,
        ranges,
        attributes,
        note: fields.merge(SpanField::Note, note, &ours.note, &theirs.note),
        created: ours.created.min(theirs.created),
        modified: ours.modified.max(theirs.modified),
        provenance: fields.merge(
            SpanField::Provenance,
            base.map(|b| &b.provenance),
            &ours.provenance,
            &theirs.provenance,
        ),
    };
    // A record that equals one side has that side's modification time.
    let taken = |side: &Arc<Span>| Span { modified: side.modified, ..span.clone() } == **side;
    if fields.has_conflict() && taken(ours) != taken(theirs) {
        span.modified = if taken(ours) { ours.modified } else { theirs.modified };
    }
    fields.finish(Arc::new(span))
}

fn merge_links(
    base: &Layer,
    ours: &Layer,
    theirs: &Layer,
    resolutions: &Resolutions,
    conflicts: &mut Vec<Conflict>,
) -> Vec<(LinkId, Option<Arc<Link>>)> {
    let ids: BTreeSet<LinkId> =
        [base, ours, theirs].into_iter().flat_map(Layer::links).map(|link| link.id).collect();
    let mut changes = Vec::new();
    for id in ids {
        let (b, o, t) = (base.link(id), ours.link(id), theirs.link(id));
        if o == t || b == t {
            continue;
        }
        let outcome = three_way(b, o, t, join_links);
        conflicts
            .extend(outcome.conflict(|| ConflictKey::Link(id), |link| ConflictValue::Link(link.clone())));
        let to = outcome.resolve(resolutions.get(&ConflictKey::Link(id)).copied());
        if to.as_ref() != o {
            changes.push((id, to));
        }
    }
    changes
}

fn join_links(
    base: Option<&Arc<Link>>,
    ours: &Arc<Link>,
    theirs: &Arc<Link>,
    prefer: Side,
) -> (Arc<Link>, Vec<LinkField>) {
    let mut fields = FieldMerge::new(prefer);
    let end = |link: &Arc<Link>| (link.to_document.clone(), link.to);
    let kind = fields.merge(LinkField::Kind, base.map(|b| &b.kind), &ours.kind, &theirs.kind);
    let from = fields.merge(LinkField::From, base.map(|b| &b.from), &ours.from, &theirs.from);
    let (to_document, to) = fields.merge(LinkField::To, base.map(end).as_ref(), &end(ours), &end(theirs));
    let created = ours.created.min(theirs.created);
    fields.finish(Arc::new(Link { id: ours.id, kind, from, to_document, to, created }))
}

/// Removes the links of a span whose removal was chosen.
fn drop_links_of_removed(
    layer: &mut Layer,
    spans: &[(SpanId, Option<Arc<Span>>)],
    resolutions: &Resolutions,
) {
    let decided =
        |id: &SpanId| resolutions.contains_key(&ConflictKey::Span(*id)) && layer.span(*id).is_none();
    let gone: BTreeSet<SpanId> = resolutions
        .keys()
        .filter_map(|clash| if let ConflictKey::Span(id) = clash { Some(*id) } else { None })
        .chain(spans.iter().map(|(id, _)| *id))
        .filter(decided)
        .collect();
    let links: Vec<LinkId> =
        layer.links().filter(|link| gone.contains(&link.from)).map(|link| link.id).collect();
    for id in links {
        layer.set_link(id, None);
    }
}

/// Merges detached records, which are kept verbatim: each as many times as on the side that has changed the
/// number.
fn merge_detached(base: &Layer, ours: &Layer, theirs: &Layer) -> Vec<(u32, Option<Arc<Detached>>)> {
    let (b, o, t) = (records(base), records(ours), records(theirs));
    let mut changes = Vec::new();
    let mut key = ours.detached().map(|(key, _)| key + 1).max().unwrap_or(0);
    let none = Vec::new();
    for record in o.keys().chain(t.keys()).collect::<BTreeSet<_>>() {
        let count = |side: &Records<'_>| side.get(record).map_or(0, Vec::len);
        let (in_base, in_ours, in_theirs) = (count(&b), count(&o), count(&t));
        let wanted = match () {
            () if in_ours == in_theirs || in_base == in_theirs => in_ours,
            () if in_base == in_ours => in_theirs,
            () => in_ours.max(in_theirs),
        };
        let mine = o.get(record).unwrap_or(&none);
        changes.extend(mine.iter().skip(wanted).map(|(key, _)| (*key, None)));
        let more = t.get(record).unwrap_or(&none).iter().skip(in_ours).take(wanted.saturating_sub(in_ours));
        for (_, detached) in more {
            changes.push((key, Some((*detached).clone())));
            key += 1;
        }
    }
    changes
}

/// Detached records by content, each with its key.
type Records<'a> = BTreeMap<(bool, &'a str), Vec<(u32, &'a Arc<Detached>)>>;

fn records(layer: &Layer) -> Records<'_> {
    let mut records = Records::new();
    for (key, detached) in layer.detached() {
        records.entry((detached.link, detached.record.as_str())).or_default().push((key, detached));
    }
    records
}

/// Merges the status: the changed one, or the more advanced if both sides have changed it.
fn merge_status(base: Status, ours: Status, theirs: Status) -> Status {
    if base == theirs {
        ours
    } else if base == ours {
        theirs
    } else {
        ours.max(theirs)
    }
}
