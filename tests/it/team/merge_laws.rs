//! Laws of merging: changes by one side are in the merge, in either order; changes by both are a conflict.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use demarche::model::merge::*;
use demarche::model::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::support::project::{AT, link_id, meta, span_id};

/// Number of spans in the base; higher ones are added by a side.
const BASE: u128 = 8;

/// An action of a side on one span.
#[derive(Clone, Debug)]
enum Deed {
    Category(u8),
    Bounds(usize),
    Attribute(u8, Option<u8>),
    Note(u8),
    Remove,
    Link,
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        (0..4_u8).prop_map(Deed::Category),
        (0..9_usize).prop_map(Deed::Bounds),
        (0..3_u8, option::of(0..3_u8)).prop_map(|(a, v)| Deed::Attribute(a, v)),
        (0..4_u8).prop_map(Deed::Note),
        Just(Deed::Remove),
        Just(Deed::Link),
    ]
}

fn base_span(n: u128) -> Span {
    let start = n as usize * 10;
    Span {
        id: span_id(n),
        category: "demand".into(),
        ranges: Ranges::one(TextRange { start, end: start + 5 }).unwrap(),
        attributes: Attributes::from([("a0".into(), Value::Number(9.0))]),
        note: String::new(),
        created: AT,
        modified: AT,
        provenance: None,
    }
}

fn base() -> Layer {
    Layer::new(Status::InProgress, (0..BASE).map(base_span), [], [])
}

/// The layer after a side's actions, with the fields of spans that it has changed.
fn done(side: u128, deeds: &[(u128, Deed)], added: usize, status: Option<Status>) -> (Layer, Touched) {
    let mut spans: BTreeMap<SpanId, Span> = base().spans().map(|span| (span.id, (**span).clone())).collect();
    let (mut links, mut touched) = (Vec::new(), Touched::new());
    for (at, (n, deed)) in deeds.iter().enumerate() {
        let id = span_id(*n);
        let Some(span) = spans.get_mut(&id) else { continue };
        let before = span.clone();
        let field = match deed {
            Deed::Category(c) => {
                span.category = format!("c{side}{c}").as_str().into();
                "category".to_owned()
            }
            Deed::Bounds(by) => {
                let start = *n as usize * 10 + by;
                span.ranges = Ranges::one(TextRange { start, end: start + 2 + side as usize }).unwrap();
                "ranges".to_owned()
            }
            Deed::Attribute(a, value) => {
                let key = AttributeId::new(format!("a{a}"));
                match value {
                    Some(v) => {
                        span.attributes.insert(key.clone(), Value::Number(f64::from(*v) + side as f64 / 10.0))
                    }
                    None => span.attributes.remove(&key),
                };
                key.to_string()
            }
            Deed::Note(text) => {
                span.note = format!("note {side} {text}");
                "note".to_owned()
            }
            Deed::Remove => {
                spans.remove(&id);
                links.retain(|link: &Link| link.from != id);
                touched.entry(id).or_default().insert("removed".to_owned());
                continue;
            }
            Deed::Link => {
                links.push(Link {
                    id: link_id(side * 1000 + at as u128),
                    kind: "supports".into(),
                    from: id,
                    to_document: "d002".into(),
                    to: span_id(99),
                    created: AT,
                });
                "links".to_owned()
            }
        };
        if *span != before || field == "links" {
            span.modified = Stamp(AT.0 + side as i64);
            touched.entry(id).or_default().insert(field);
        }
    }
    let fresh = (0..added as u128).map(|n| base_span(100 * side + n));
    let layer = Layer::new(status.unwrap_or(Status::InProgress), spans.into_values().chain(fresh), links, []);
    (layer, touched)
}

type Touched = BTreeMap<SpanId, BTreeSet<String>>;

fn deeds() -> impl Strategy<Value = Vec<(u128, Deed)>> {
    vec((0..BASE, deed()), 0..10)
}

/// Keeps the actions of the second side that are independent of the first side's.
fn without_clashes(first: &Touched, deeds: Vec<(u128, Deed)>) -> Vec<(u128, Deed)> {
    let free = |(n, deed): &(u128, Deed)| {
        let Some(done) = first.get(&span_id(*n)) else { return true };
        let field = match deed {
            Deed::Category(_) => "category".to_owned(),
            Deed::Bounds(_) => "ranges".to_owned(),
            Deed::Attribute(a, _) => format!("a{a}"),
            Deed::Note(_) => "note".to_owned(),
            Deed::Link => "links".to_owned(),
            Deed::Remove => return false,
        };
        !done.contains("removed") && (field == "links" || !done.contains(&field))
    };
    deeds.into_iter().filter(free).collect()
}

/// A field of a span as text.
fn field(span: &Span, name: &str) -> String {
    match name {
        "category" => span.category.to_string(),
        "ranges" => format!("{:?}", span.ranges),
        "note" => span.note.clone(),
        attribute => format!("{:?}", span.attributes.get(&AttributeId::new(attribute))),
    }
}

fn holds(merged: &Layer, side: &Layer, touched: &Touched) -> Result<(), TestCaseError> {
    for (id, fields) in touched {
        let Some(span) = side.span(*id) else {
            prop_assert!(merged.span(*id).is_none(), "{id} was removed");
            continue;
        };
        let there = merged.span(*id).unwrap_or_else(|| panic!("{id} is kept"));
        for name in fields.iter().filter(|name| *name != "links") {
            prop_assert_eq!(field(there, name), field(span, name));
        }
        prop_assert!(there.modified >= span.modified);
    }
    let old = base();
    for span in side.spans().filter(|span| old.span(span.id).is_none()) {
        prop_assert_eq!(merged.span(span.id), Some(span));
    }
    for link in side.links() {
        prop_assert_eq!(merged.link(link.id), Some(link));
    }
    Ok(())
}

/// The content of a layer, without the keys of detached records.
fn contents(layer: &Layer) -> (Vec<Arc<Span>>, Vec<Arc<Link>>, Status) {
    (layer.spans().cloned().collect(), layer.links().cloned().collect(), layer.stored_status())
}

fn flipped(conflict: &Conflict) -> Conflict {
    let Conflict { at, fields, ours, theirs } = conflict.clone();
    Conflict { at, fields, ours: theirs, theirs: ours }
}

/// Checks that a span is in conflict if both sides have changed the same of it, and that each side's values can be chosen.
fn conflicts_are_changes_by_both(
    ours: &[(u128, Deed)],
    theirs: &[(u128, Deed)],
) -> Result<(), TestCaseError> {
    let (ours, touched) = done(1, ours, 0, None);
    let (theirs, by_them) = done(2, theirs, 0, None);
    let merged = merge_layers(&base(), &ours, &theirs);
    let other = merge_layers(&base(), &theirs, &ours);
    prop_assert_eq!(&merged.conflicts, &other.conflicts.iter().map(flipped).collect::<Vec<_>>());
    for n in 0..BASE {
        let id = span_id(n);
        let [a, b] = [(&ours, &touched), (&theirs, &by_them)].map(|(side, by)| changed(side, by, id));
        let removed = |side: &BTreeSet<String>| side.contains("removed");
        let differ = |name: &&String| match (ours.span(id), theirs.span(id)) {
            (Some(o), Some(t)) => *name != "links" && field(o, name) != field(t, name),
            _ => false,
        };
        let both = a.intersection(&b).filter(differ).count() > 0;
        let expected = if removed(&a) != removed(&b) { !a.is_empty() && !b.is_empty() } else { both };
        let found = merged.conflicts.iter().any(|conflict| conflict.at == ConflictKey::Span(id));
        // A removal by the other side may be a conflict with a change that was taken back: its time remains.
        let taken_back = [&ours, &theirs].iter().any(|side| {
            side.span(id).is_some_and(|span| Span { modified: AT, ..(**span).clone() } == base_span(n))
        });
        prop_assert!(found == expected || taken_back, "{:?} {:?} {:?}", n, a, b);
        if found {
            prop_assert!(merged.value.span(id).is_some());
        }
    }
    // Resolving every conflict for one side gives that side's values.
    for side in [Side::Ours, Side::Theirs] {
        let picks: Resolutions =
            merged.conflicts.iter().map(|conflict| (conflict.at.clone(), side)).collect();
        let decided = merge_layers_with(&base(), &ours, &theirs, &picks).value;
        for conflict in &merged.conflicts {
            let ConflictKey::Span(id) = conflict.at else { continue };
            match conflict.value(side) {
                ConflictValue::Span(span) => prop_assert_eq!(decided.span(id), Some(span)),
                _ => prop_assert!(decided.span(id).is_none() && decided.links().all(|l| l.from != id)),
            }
        }
    }
    Ok(())
}

/// The fields of a span that a side has touched and that are not as in the base again.
fn changed(side: &Layer, touched: &Touched, id: SpanId) -> BTreeSet<String> {
    let old = base();
    let differs = |name: &String| match (old.span(id), side.span(id)) {
        (Some(old), Some(new)) if name != "links" => field(old, name) != field(new, name),
        _ => true,
    };
    touched.get(&id).into_iter().flatten().filter(|name| differs(name)).cloned().collect()
}

#[test]
fn a_change_that_was_taken_back_is_no_conflict_with_a_change_by_the_other_side() {
    let ours = [(0, Deed::Attribute(1, Some(0)))];
    let theirs = [(0, Deed::Attribute(1, Some(0))), (0, Deed::Attribute(1, None)), (0, Deed::Note(0))];
    conflicts_are_changes_by_both(&ours, &theirs).unwrap();
    conflicts_are_changes_by_both(&theirs, &ours).unwrap();
}

proptest! {
    #[test]
    fn independent_edits_are_all_in_the_merge_in_either_order(
        ours in deeds(),
        theirs in deeds(),
        added in (0..3_usize, 0..3_usize),
        done_with in any::<bool>(),
    ) {
        let status = |mine: bool| (mine == done_with).then_some(Status::Done);
        let (ours, touched) = done(1, &ours, added.0, status(true));
        let (theirs, by_them) = done(2, &without_clashes(&touched, theirs), added.1, status(false));
        // A span that they have changed and we have removed is a conflict too.
        let clash = touched.iter().any(|(id, fields)| fields.contains("removed") && by_them.contains_key(id));
        let clash = clash || by_them.iter().any(|(id, f)| f.contains("removed") && touched.contains_key(id));
        prop_assume!(!clash);
        let merged = merge_layers(&base(), &ours, &theirs);
        prop_assert_eq!(&merged.conflicts, &Vec::new());
        holds(&merged.value, &ours, &touched)?;
        holds(&merged.value, &theirs, &by_them)?;
        prop_assert_eq!(merged.value.stored_status(), Status::Done);
        let other = merge_layers(&base(), &theirs, &ours);
        prop_assert_eq!(contents(&merged.value), contents(&other.value));
        prop_assert_eq!(other.conflicts, Vec::new());
        let edits = layer_edits(&LayerId::new(&"d001".into(), &"ana".into()), &ours, &merged.value);
        prop_assert_eq!(edits.is_empty(), contents(&ours) == contents(&merged.value));
    }

    #[test]
    fn changes_by_both_are_a_conflict_and_nothing_is_lost(ours in deeds(), theirs in deeds()) {
        conflicts_are_changes_by_both(&ours, &theirs)?;
    }

    #[test]
    fn without_a_base_nothing_is_removed(ours in deeds(), theirs in deeds(), added in 0..3_usize) {
        let (ours, _) = done(1, &ours, added, None);
        let (theirs, _) = done(2, &theirs, added, None);
        let merged = merge_layers(&Layer::default(), &ours, &theirs).value;
        for side in [&ours, &theirs] {
            prop_assert!(side.spans().all(|span| merged.span(span.id).is_some()));
            prop_assert!(side.links().all(|link| merged.link(link.id).is_some()));
        }
    }

    #[test]
    fn lists_of_a_project_keep_additions_moves_and_removals_of_both(
        ours in list_deeds(),
        theirs in list_deeds(),
    ) {
        let (ours, theirs) = (listed(1, &ours), listed(2, &theirs));
        let merged = merge_projects(Some(&listed(0, &[])), &ours, &theirs).value;
        let other = merge_projects(Some(&listed(0, &[])), &theirs, &ours).value;
        let set = |project: &Project| project.actors().iter().cloned().collect::<BTreeSet<String>>();
        let (o, t, b) = (set(&ours), set(&theirs), set(&listed(0, &[])));
        let expected: BTreeSet<String> = o.union(&t).filter(|name| {
            !b.contains(*name) || (o.contains(*name) && t.contains(*name))
        }).cloned().collect();
        prop_assert_eq!(&set(&merged), &expected);
        prop_assert_eq!(merged.actors().len(), expected.len());
        prop_assert_eq!(set(&other), expected);
        let ids = |project: &Project| project.codebook().categories.iter().map(|c| c.id.clone()).collect::<BTreeSet<_>>();
        prop_assert_eq!(ids(&merged), ids(&other));
        // The edits turn ours into the merge.
        let mut edited = ours.clone();
        let fresh = |meta: &DocumentMeta| Arc::new(Document::unloaded(meta.clone()));
        edited.apply(Edit::Batch(project_edits(&ours, &merged, fresh))).unwrap();
        prop_assert_eq!(edited.actors(), merged.actors());
        prop_assert_eq!(edited.codebook(), merged.codebook());
        prop_assert_eq!(edited.document_sets(), merged.document_sets());
        let metas = |project: &Project| project.documents().iter().map(|d| d.meta.clone()).collect::<Vec<_>>();
        prop_assert_eq!(metas(&edited), metas(&merged));
        members_are_merged(&listed(0, &[]), [&ours, &theirs], [&merged, &other])?;
    }
}

/// Checks that documents are in the sets that a side has put them into, and not in those that a side has taken them out of.
fn members_are_merged(
    base: &Project,
    sides: [&Project; 2],
    merges: [&Project; 2],
) -> Result<(), TestCaseError> {
    for document in merges[0].documents() {
        let sets = |project: &Project| project.document(document.id()).map(|d| d.meta.sets.clone());
        prop_assert_eq!(sets(merges[0]), sets(merges[1]));
        let known = document.meta.sets.iter().all(|set| merges[0].document_sets().contains_key(set));
        prop_assert!(known, "every set of a document is in the list");
        let (Some(ours), Some(theirs)) = (sets(sides[0]), sets(sides[1])) else { continue };
        let base = sets(base).unwrap_or_default();
        let is_in = |set: &&DocumentSetId| {
            let stays = ours.contains(*set) && theirs.contains(*set);
            if base.contains(*set) { stays } else { ours.contains(*set) || theirs.contains(*set) }
        };
        prop_assert_eq!(&document.meta.sets, &ours.union(&theirs).filter(is_in).cloned().collect());
    }
    Ok(())
}

#[derive(Clone, Debug)]
enum ListDeed {
    Add(u8),
    Remove(usize),
    Move(usize, usize),
    Parent(usize, usize),
    Member(usize, usize, bool),
    RemoveSet(usize),
}

fn list_deeds() -> impl Strategy<Value = Vec<ListDeed>> {
    let deed = prop_oneof![
        (0..3_u8).prop_map(ListDeed::Add),
        (0..5_usize).prop_map(ListDeed::Remove),
        (0..5_usize, 0..5_usize).prop_map(|(a, b)| ListDeed::Move(a, b)),
        (0..5_usize, 0..5_usize).prop_map(|(a, b)| ListDeed::Parent(a, b)),
        (0..5_usize, 0..3_usize, any::<bool>()).prop_map(|(n, set, is)| ListDeed::Member(n, set, is)),
        (0..3_usize).prop_map(ListDeed::RemoveSet),
    ];
    vec(deed, 0..5)
}

fn listed(side: u8, deeds: &[ListDeed]) -> Project {
    let mut names: Vec<String> = (0..5).map(|n| format!("n{n}")).collect();
    let mut parents: BTreeMap<String, String> = BTreeMap::new();
    let mut sets: BTreeSet<usize> = (0..3).collect();
    let mut members: BTreeSet<(usize, String)> =
        [(0, "n0"), (0, "n1"), (1, "n2")].map(|(s, n)| (s, n.to_owned())).into();
    for deed in deeds {
        match deed {
            ListDeed::Add(n) if !names.contains(&format!("s{side}{n}")) => names.push(format!("s{side}{n}")),
            ListDeed::Add(_) => {}
            ListDeed::Remove(at) => names.retain(|name| *name != format!("n{at}")),
            ListDeed::Move(from, to) if *from < names.len() => {
                let name = names.remove(*from);
                names.insert((*to).min(names.len()), name);
            }
            ListDeed::Parent(a, b) if a < b => {
                // The sides move in opposite directions, so that together they could form a circle.
                let (child, parent) = if side == 1 { (a, b) } else { (b, a) };
                parents.insert(format!("n{child}"), format!("n{parent}"));
            }
            ListDeed::Member(n, set, true) if sets.contains(set) => {
                members.insert((*set, format!("n{n}")));
            }
            ListDeed::Member(n, set, _) => {
                members.remove(&(*set, format!("n{n}")));
            }
            ListDeed::RemoveSet(set) => {
                sets.remove(set);
                members.retain(|(other, _)| other != set);
            }
            ListDeed::Move(..) | ListDeed::Parent(..) => {}
        }
    }
    let categories = names.iter().map(|name| {
        let parent = parents.get(name).filter(|parent| names.contains(parent)).map(CategoryId::new);
        Arc::new(Category { parent, ..Category::new(name.as_str().into(), name.clone(), Colour::nth(0)) })
    });
    let codebook = Codebook { categories: categories.collect(), ..Codebook::default() };
    let set = |n: &usize| DocumentSetId::new(format!("set{n}"));
    let document = |name: &String| {
        let sets = members.iter().filter(|(_, member)| member == name).map(|(n, _)| set(n)).collect();
        let text = Text::new("A.");
        Document::unloaded(DocumentMeta { sets, ..meta(name, &text) })
    };
    let documents = names.iter().map(document).collect();
    let sets: DocumentSets = sets.iter().map(|n| (set(n), format!("Set {n}"))).collect();
    Project::assemble("p".to_owned(), Vec::new(), names, Vec::new(), codebook, documents)
        .with_document_sets(sets)
}

#[test]
fn an_unchanged_copy_is_the_base_of_a_changed_one() {
    let old = base();
    let newer = Span { note: "later".to_owned(), modified: Stamp(AT.0 + 60), ..base_span(3) };
    let mut spans: Vec<Span> = (0..BASE).map(base_span).collect();
    spans[3] = newer.clone();
    let new = Layer::new(Status::InProgress, spans, [], []);
    for (ours, theirs) in [(&old, &new), (&new, &old)] {
        let merged = merge_layers(&Layer::default(), ours, theirs);
        assert_eq!(merged.conflicts, []);
        assert_eq!(**merged.value.span(newer.id).unwrap(), newer);
    }
}

#[test]
fn passages_of_merged_categories_follow_the_alias() {
    let category = |id: &str| Arc::new(Category::new(id.into(), id, Colour::nth(0)));
    let book = |ids: &[&str], aliases: &[(&str, &str)]| Codebook {
        categories: ids.iter().map(|id| category(id)).collect(),
        aliases: aliases.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect(),
        ..Codebook::default()
    };
    let project = |book: Codebook, name: &str| {
        Project::assemble(name.to_owned(), Vec::new(), Vec::new(), Vec::new(), book, Vec::new())
    };
    let base = project(book(&["a", "b", "c"], &[]), "p");
    let ours = project(book(&["a", "b", "c"], &[]), "renamed");
    let theirs = project(book(&["b"], &[("a", "b"), ("c", "a")]), "p");
    let merged = merge_projects(Some(&base), &ours, &theirs);
    assert_eq!(merged.conflicts, []);
    assert_eq!(merged.value.name(), "renamed");
    assert_eq!(**merged.value.codebook(), **theirs.codebook());
    let mut edited = ours.clone();
    let fresh = |meta: &DocumentMeta| Arc::new(Document::unloaded(meta.clone()));
    edited.apply(Edit::Batch(project_edits(&ours, &merged.value, fresh))).unwrap();
    assert_eq!(**edited.codebook(), **theirs.codebook());
}
