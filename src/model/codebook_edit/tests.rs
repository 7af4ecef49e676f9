//! Tests of codebook edits: the inverse restores everything, and a refused edit changes nothing.

use std::sync::Arc;

use uuid::Uuid;

use crate::*;

const TEXT: &str = "Norvania will suspend the talks unless the port reopens.";

fn span(id: u128, category: &str, start: usize) -> Span {
    Span {
        id: SpanId(Uuid::from_u128(id)),
        category: category.into(),
        ranges: Ranges::one(TextRange { start, end: start + 4 }).expect("a range"),
        attributes: Attributes::new(),
        note: "kept".to_owned(),
        created: Stamp(1),
        modified: Stamp(2),
        provenance: None,
    }
}

fn ids(ids: &[u128]) -> Vec<SpanId> {
    ids.iter().map(|id| SpanId(Uuid::from_u128(*id))).collect()
}

fn layer() -> LayerId {
    LayerId::new(&"d001".into(), &"ben".into())
}

/// Demand, offer and threat; `ultimatum` is an alias of demand. Ben has two threats and an offer.
fn project() -> Project {
    let category = |id: &str| Arc::new(Category::new(id.into(), id, Colour::nth(0)));
    let codebook = Codebook {
        categories: ["demand", "offer", "threat"].map(category).into(),
        aliases: [("ultimatum".into(), "demand".into())].into(),
        ..Codebook::default()
    };
    let spans = [span(1, "threat", 0), span(2, "threat", 10), span(3, "offer", 20)];
    let mut document = fixtures::document("d001", TEXT);
    document.layers.insert("ben".into(), Arc::new(Layer::new(Status::New, spans, [], [])));
    Project::assemble(String::new(), vec![], vec![], vec![], codebook, vec![document])
}

/// Lists spans and aliases as lines.
fn state(project: &Project) -> Vec<String> {
    let spans = project.layer(&layer()).into_iter().flat_map(|l| l.spans());
    let spans = spans.map(|s| format!("{} {} {:?}", s.id.0.as_u128(), s.category, s.modified));
    let aliases = project.codebook().aliases.iter().map(|(from, to)| format!("{from}={to}"));
    let categories = project.codebook().categories.iter().map(|c| c.id.to_string());
    spans.chain(aliases).chain(categories).collect()
}

/// Checks that an edit has the expected effect, and that its inverse reverts it.
fn check(before: &Project, edit: Edit, expect: Result<&[&str], EditError>) {
    let mut project = before.clone();
    match (project.apply(edit), expect) {
        (Ok(applied), Ok(expect)) => {
            let lines = state(&project);
            for line in expect {
                assert!(lines.iter().any(|found| found == line), "{lines:?} lacks {line}");
            }
            assert!(!applied.touched.is_empty());
            let redo = project.apply(applied.inverse).expect("taken back").inverse;
            assert_eq!(state(&project), state(before));
            project.apply(redo).expect("done again");
            assert_eq!(state(&project), lines);
        }
        (Err(error), Err(expect)) => {
            assert_eq!(error, expect);
            assert_eq!(state(&project), state(before), "a refusal changes nothing");
            assert_eq!(project.revision(), before.revision());
        }
        (got, expect) => panic!("{got:?} is not {expect:?}"),
    }
}

fn recode(spans: &[u128], from: &str, to: &str) -> Edit {
    Edit::Recode { layer: layer(), spans: ids(spans), from: from.into(), to: to.into() }
}

fn alias(from: &str, to: Option<&str>) -> Edit {
    Edit::SetAlias { from: from.into(), to: to.map(Into::into) }
}

#[test]
fn recoding_changes_nothing_but_the_category() {
    let project = project();
    check(&project, recode(&[1, 2], "threat", "demand"), Ok(&["1 demand Stamp(2)", "2 demand Stamp(2)"]));
    check(&project, recode(&[2], "threat", "offer"), Ok(&["1 threat Stamp(2)", "2 offer Stamp(2)"]));
    let other = EditError::CategoryMismatch { span: ids(&[3])[0], category: "threat".into() };
    check(&project, recode(&[1, 3], "threat", "demand"), Err(other));
    check(&project, recode(&[1], "threat", "plea"), Err(EditError::NoCategory("plea".into())));
    check(&project, recode(&[9], "threat", "offer"), Err(EditError::Missing(ids(&[9])[0].to_string())));
}

#[test]
fn an_unreadable_layer_can_be_recoded() {
    let mut project = project();
    let touched = project.apply(recode(&[1, 2], "threat", "demand")).expect("done").touched;
    assert_eq!(touched, [Touch::Recoded(layer(), TextRange { start: 0, end: 14 })]);
    let unloaded = Document::unloaded(project.documents()[0].meta.clone());
    let mut unloaded =
        Project::assemble(String::new(), vec![], vec![], vec![], Codebook::default(), vec![unloaded]);
    assert_eq!(unloaded.apply(recode(&[1], "threat", "demand")), Err(EditError::NotLoaded("d001".into())));
}

#[test]
fn an_alias_points_to_a_category_and_never_in_a_circle() {
    let project = project();
    check(&project, alias("plea", Some("offer")), Ok(&["plea=offer", "ultimatum=demand"]));
    check(&project, alias("plea", Some("ultimatum")), Ok(&["plea=ultimatum"]));
    check(&project, alias("ultimatum", Some("offer")), Ok(&["ultimatum=offer"]));
    check(&project, alias("ultimatum", None), Ok(&["demand"]));
    check(&project, alias("plea", None), Err(EditError::Missing("plea".into())));
    check(&project, alias("plea", Some("nowhere")), Err(EditError::NoCategory("nowhere".into())));
    check(&project, alias("threat", Some("offer")), Err(EditError::AliasAndCategory("threat".into())));
    check(&project, alias("plea", Some("plea")), Err(EditError::AliasCycle("plea".into())));
    let mut chain = project.clone();
    chain.apply(alias("plea", Some("ultimatum"))).expect("a chain");
    check(&chain, alias("ultimatum", Some("plea")), Err(EditError::AliasCycle("ultimatum".into())));
    assert_eq!(chain.codebook().resolve(&"plea".into()).expect("found").id, "demand".into());
}

#[test]
fn the_target_of_an_alias_stays_and_an_old_id_is_never_reused() {
    let project = project();
    let set = |id: &str, to: Option<Category>| Edit::SetCategory {
        id: id.into(),
        to: to.map(|c| (9, Arc::new(c))),
    };
    let leads = EditError::AliasTarget { from: "ultimatum".into(), to: "demand".into() };
    check(&project, set("demand", None), Err(leads));
    check(&project, set("threat", None), Err(EditError::CategoryInUse("threat".into())));
    let again = Category::new("ultimatum".into(), "Ultimatum", Colour::nth(1));
    check(&project, set("ultimatum", Some(again)), Err(EditError::AliasAndCategory("ultimatum".into())));
    assert_eq!(project.codebook().free_id("ultimatum"), "ultimatum-2".into());
    assert_eq!(project.codebook().free_id("demand"), "demand-2".into());
    assert_eq!(project.codebook().free_id("plea"), "plea".into());
}

#[test]
fn circular_aliases_resolve_to_nothing() {
    let aliases = [("a", "b"), ("b", "a"), ("c", "a"), ("d", "nowhere")];
    let aliases = aliases.map(|(from, to)| (from.into(), to.into())).into();
    let codebook = Codebook { aliases, ..Codebook::default() };
    for id in ["a", "b", "c", "d", "e"] {
        assert_eq!(codebook.resolve(&id.into()), None, "{id}");
        assert_eq!(codebook.name_of(&id.into()), id);
    }
}
