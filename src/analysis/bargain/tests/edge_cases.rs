//! One test per edge case of the specification that concerns the ledger.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fixtures::*;
use crate::bargain::*;
use demarche_model::*;

const ASK: &str = "actor=A target=B issue=fees";

fn weights(project: &Project) -> Weights {
    Weights::new(project.codebook(), Scale::Goldstein, &BTreeMap::new())
}

fn figures(talks: &Talks) -> BTreeMap<String, ActorFigures> {
    let (project, drawn) = (talks.project(), talks.ledger());
    let scope = Scope::of_all(&drawn.moves);
    let figures = actor_figures(scope, &drawn.ledger, &weights(&project), Rounds::Documents);
    figures.into_iter().map(|one| (drawn.moves.actors().name(one.actor).to_owned(), one)).collect()
}

#[test]
fn no_actors() {
    let mut talks = Talks::on(&["2026-03-01", "2026-03-08"]);
    talks.tag(0, 1, "demand", (0, 10), "").tag(1, 2, "acceptance", (0, 10), "");
    let drawn = talks.ledger();
    assert_eq!((drawn.state(1), drawn.candidates(1)), ("open", vec![]));
    assert_eq!(talks.link(2, "responds-to", 1).ledger().state(1), "met");
    assert!(figures(&talks).is_empty());
}

#[test]
fn one_document() {
    let mut talks = Talks::on(&["2026-03-01"]);
    talks.tag(0, 1, "demand", (50, 60), ASK).tag(0, 2, "offer", (0, 10), "actor=B target=A issue=fees");
    talks.tag(0, 3, "offer", (70, 80), "actor=B target=A issue=fees");
    let drawn = talks.ledger();
    assert_eq!(drawn.candidates(1), [3], "within a document the place in the text is the order");
    assert!(!drawn.ask(1).candidates[0].is_order_uncertain);
}

#[test]
fn no_dates() {
    let mut talks = Talks::on(&["", ""]);
    talks.tag(0, 1, "demand", (0, 10), ASK).tag(1, 2, "offer", (0, 10), "actor=B target=A issue=fees");
    let drawn = talks.ledger();
    assert_eq!(drawn.candidates(1), [2], "the order of the list");
    assert!(drawn.ask(1).candidates[0].is_order_uncertain);
    assert_eq!(drawn.moves.get(drawn.index(1)).date(), None);
}

#[test]
fn undated_documents_come_last() {
    let mut talks = Talks::on(&["", "2026-03-01"]);
    talks.tag(0, 1, "demand", (0, 10), ASK).tag(1, 2, "demand", (0, 10), ASK);
    let drawn = talks.ledger();
    assert_eq!(drawn.numbers(drawn.ledger.asks().map(Ask::id)), [2, 1]);
}

#[test]
fn year_only_dates() {
    let mut talks = Talks::on(&["2026", "2026-03-08"]);
    talks.tag(0, 1, "demand", (0, 10), ASK).tag(1, 2, "offer", (0, 10), "actor=B target=A issue=fees");
    let drawn = talks.ledger();
    assert_eq!(drawn.candidates(1), [2], "the year begins before the day");
    assert!(drawn.ask(1).candidates[0].is_order_uncertain);
}

#[test]
fn two_targets() {
    let mut talks = Talks::on(&["2026-03-01", "2026-03-08"]);
    talks.tag(0, 1, "offer", (0, 10), "actor=A target=B+C issue=fees");
    talks.tag(1, 2, "acceptance", (0, 10), "actor=C").link(2, "responds-to", 1);
    let drawn = talks.ledger();
    assert_eq!(drawn.state(1), "half");
    let names = |(party, state): &(ActorId, AskState)| (drawn.moves.actors().name(*party), state.code());
    assert_eq!(drawn.ask(1).parties.iter().map(names).collect::<Vec<_>>(), [("B", "open"), ("C", "met")]);
    let received = |actor: &str| figures(&talks)[actor].offers_to.len();
    assert_eq!(received("C"), 1);
    let project = talks.project();
    let dyads = Dyads::of(Scope::of_all(&drawn.moves), &weights(&project));
    assert_eq!(dyads.all.iter().map(|dyad| dyad.moves.len()).collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn a_collective_stands_for_its_members() {
    let mut talks = Talks::on(&["2026-03-01", "2026-03-08"]);
    talks.relations = relations();
    talks.tag(0, 1, "demand", (0, 10), "actor=C target=Both issue=fees");
    talks.tag(1, 2, "acceptance", (0, 10), "actor=A target=C").link(2, "responds-to", 1);
    talks.tag(0, 3, "demand", (20, 30), "actor=Both target=A issue=fees");
    let drawn = talks.ledger();
    assert_eq!(drawn.state(1), "half");
    assert_eq!(drawn.moves.actors().names(drawn.ask(1).asked).collect::<Vec<_>>(), ["Both"], "as tagged");
    assert_eq!(drawn.ask(3).candidates, [], "the asker is not asked");
    assert!(figures(&talks).contains_key("Both"));
    let project = talks.project();
    let rules = Rules { collectives: Collectives::Members, ..Rules::default() };
    let members = Scope { rules, ..Scope::of_all(&drawn.moves) };
    let dyads = Dyads::of(members, &weights(&project));
    let name = |actor| drawn.moves.actors().name(actor).to_owned();
    let pairs: Vec<_> = dyads.all.iter().map(|dyad| name(dyad.from) + &name(dyad.to)).collect();
    assert_eq!(pairs, ["AC", "BA", "CA", "CB"]);
    assert_eq!(drawn.numbers(dyads.towards_self.iter()), [3]);
}

#[test]
fn a_person_counts_as_the_party() {
    let mut talks = Talks::on(&["2026-03-01", "2026-03-08"]);
    talks.relations = relations();
    talks.tag(0, 1, "demand", (0, 10), "actor=B target=A issue=fees");
    talks.tag(1, 2, "acceptance", (0, 10), "actor=Osk").link(2, "responds-to", 1);
    talks.tag(1, 3, "threat", (20, 30), "speaker=Osk").tag(1, 4, "threat", (40, 50), "speaker=Nobody");
    let drawn = talks.ledger();
    assert_eq!(drawn.state(1), "met");
    let actors = |n| drawn.moves.actors().names(drawn.moves.get(drawn.index(n)).actors).collect::<Vec<_>>();
    assert_eq!([actors(2), actors(3), actors(4)], [vec!["A"], vec!["A"], vec![]]);
    let persons = drawn.moves.get(drawn.index(3)).persons;
    assert_eq!(drawn.moves.actors().names(persons).collect::<Vec<_>>(), ["Osk"]);
}

#[test]
fn an_observer_recommends() {
    let mut talks = Talks::on(&["2026-03-01"]);
    talks.relations = relations();
    talks.tag(0, 1, "demand", (0, 10), "actor=Watch target=B issue=fees");
    talks.tag(0, 2, "demand", (20, 30), "actor=A+Watch target=B issue=fees").tag(
        0,
        3,
        "offer",
        (40, 50),
        "actor=Watch",
    );
    let drawn = talks.ledger();
    assert_eq!([1, 2].map(|n| drawn.ask(n).is_recommendation), [true, false]);
    assert!(!drawn.ask(3).is_derived());
    let watch = &figures(&talks)["Watch"];
    assert_eq!((watch.moves.len(), watch.recommendations.len(), watch.hard.len()), (3, 1, 1));
    assert_eq!((watch.demands.len(), watch.softness()), (1, Some(0.0)));
}

#[test]
fn a_condition_is_no_demand() {
    let mut talks = Talks::on(&["2026-03-01", "2026-03-08"]);
    talks.tag(0, 1, "offer", (0, 50), ASK).tag(0, 2, "demand", (10, 20), ASK);
    talks.tag(0, 3, "demand", (0, 50), ASK).tag(0, 4, "demand", (20, 30), "actor=B target=A issue=fees");
    talks.tag(0, 5, "demand", (40, 60), ASK).tag(0, 6, "demand", (80, 90), ASK);
    talks.tag(0, 7, "threat", (200, 250), "actor=A negated").tag(0, 8, "demand", (210, 220), ASK);
    talks.tag(1, 9, "offer", (0, 10), "actor=B target=A issue=fees").link(1, "conditional-on", 6);
    let drawn = talks.ledger();
    let conditions: Vec<u128> =
        drawn.numbers(drawn.ledger.asks().filter(|ask| ask.is_condition).map(Ask::id));
    assert_eq!(conditions, [3, 2, 8], "equal ranges count, and the holder need not be a move");
    assert_eq!([2, 6].map(|n| drawn.candidates(n).len()), [0, 1]);
    let a = &figures(&talks)["A"];
    assert_eq!((a.conditions.len(), a.hard.len(), a.demands.len()), (3, 2, 2));
}

#[test]
fn a_chain_is_a_condition_only_if_all_of_it_is() {
    let mut talks = Talks::on(&["2026-03-01", "2026-03-08"]);
    talks.tag(0, 1, "offer", (0, 50), ASK).tag(0, 2, "demand", (10, 20), ASK);
    talks.tag(1, 3, "demand", (0, 10), ASK).link(3, "repeats", 2);
    assert!(!talks.ledger().ask(2).is_condition);
}

#[test]
fn discontinuous() {
    let mut talks = Talks::on(&["2026-03-01"]);
    let offer = |talks: &mut Talks, n, role: &str, at: &[(usize, usize)]| {
        talks.tag_by("ana", 0, n, role, at, ASK);
    };
    offer(&mut talks, 1, "offer", &[(0, 20), (40, 60)]);
    offer(&mut talks, 2, "demand", &[(5, 10), (45, 50)]);
    offer(&mut talks, 3, "demand", &[(5, 10), (30, 35)]);
    offer(&mut talks, 4, "demand", &[(22, 38)]);
    let drawn = talks.ledger();
    assert_eq!([2, 3, 4].map(|n| drawn.ask(n).is_condition), [true, false, false]);
    talks.tag(0, 5, "offer", (22, 30), "actor=B target=A issue=fees");
    assert_eq!(talks.ledger().candidates(1), [5], "it is in a gap, and shares no character");
}

#[test]
fn nested_and_overlapping() {
    let mut talks = Talks::on(&["2026-03-01"]);
    talks.tag(0, 1, "demand", (0, 50), ASK).tag(0, 2, "rejection", (10, 60), "actor=B target=A issue=fees");
    assert_eq!(talks.ledger().candidates(1), []);
}

#[test]
fn retired_and_aliased_category() {
    let mut talks = Talks::on(&["2026-03-01"]);
    let demand = talks.codebook.position(&"demand".into()).unwrap();
    Arc::make_mut(&mut talks.codebook.categories[demand]).retired = true;
    talks.codebook.aliases.insert("claim".into(), "demand".into());
    talks.tag(0, 1, "claim", (0, 10), ASK).tag(0, 2, "unknown", (20, 30), ASK);
    let drawn = talks.ledger();
    assert_eq!(drawn.state(1), "open");
    let category = |n| drawn.moves.category_id(drawn.moves.get(drawn.index(n)).category).as_str();
    assert_eq!([category(1), category(2)], ["demand", "unknown"]);
    assert_eq!(drawn.moves.get(drawn.index(2)).role, None);
}

#[test]
fn a_lost_text_version_is_counted_without_a_place() {
    let mut talks = Talks::on(&["2026-03-01"]);
    talks.tag(0, 1, "offer", (0, 50), ASK);
    let mut project = talks.project();
    let mut span =
        Span::new(span_id(2), "demand".into(), Ranges::one(TextRange::new(0, 9)).unwrap(), Stamp(0));
    span.attributes = attributes(ASK);
    let claim = Claim { span, quote: Quote::of_words("x"), text: 1 };
    let lost = Detached {
        record: String::new(),
        claim: Some(claim),
        reason: DetachedReason::TextChanged(None),
        line: 0,
        link: false,
    };
    let layer = LayerId::new(&"d0".into(), &"ana".into());
    project.apply(Edit::SetDetached { layer, key: 7, to: Some(Arc::new(lost)) }).unwrap();
    let moves = moves(&project);
    let ledger = Ledger::of(&moves, LedgerOptions::default());
    let (index, passage) = moves.iter().last().unwrap();
    assert!(passage.has_no_place && passage.span == span_id(2) && !passage.is_condition);
    assert_eq!(ledger.ask(index).unwrap().state, AskState::Open);
    let overview = Overview::of(Scope::of_all(&moves), &weights(&project));
    assert_eq!((overview.passages.len(), overview.without_place.len()), (2, 1));
}

#[test]
fn denied_and_hypothetical_passages_are_no_moves() {
    let mut talks = Talks::on(&["2026-03-01", "2026-03-08"]);
    talks.tag(0, 1, "demand", (0, 10), &format!("{ASK} negated"));
    talks.tag(0, 2, "demand", (20, 30), &format!("{ASK} time=hypothetical"));
    talks.tag(0, 3, "demand", (40, 50), ASK).tag(1, 4, "acceptance", (0, 10), "actor=B negated");
    talks.link(4, "responds-to", 3).link(1, "repeats", 3).link(2, "repeats", 1);
    let drawn = talks.ledger();
    assert_eq!(drawn.numbers(drawn.ledger.asks().flat_map(|ask| ask.chain.clone())), [3]);
    assert_eq!(drawn.state(3), "open", "the answer was not given");
    let counted = Counted { denied: true, hypothetical: true };
    let drawn = talks.ledger_with(LedgerOptions { counted, ..LedgerOptions::default() });
    assert_eq!((drawn.state(3), drawn.ask(3).chain.len()), ("met", 3));
}

#[test]
fn no_roles() {
    let mut talks = Talks::on(&["2026-03-01"]);
    talks.codebook.categories.iter_mut().for_each(|category| Arc::make_mut(category).codes.clear());
    talks.tag(0, 1, "demand", (0, 10), ASK);
    assert!(talks.ledger().ledger.is_empty());
    let a = &figures(&talks)["A"];
    assert_eq!((a.moves.len(), a.softness(), a.yield_share()), (1, None, None));
}

#[test]
fn nothing_after_the_filter() {
    let mut talks = Talks::on(&["2026-03-01"]);
    talks.tag(0, 1, "demand", (0, 10), ASK);
    let (project, drawn) = (talks.project(), talks.ledger());
    let scope = Scope { passing: Some(&[]), ..Scope::of_all(&drawn.moves) };
    assert!(actor_figures(scope, &drawn.ledger, &weights(&project), Rounds::Documents).is_empty());
    assert_eq!(AskFigures::of(scope, &drawn.ledger), AskFigures::default());
}

/// Ana and Ben have tagged d0, Ben alone d1.
fn of_two() -> Talks {
    let mut talks = Talks::on(&["2026-03-01", "2026-03-08"]);
    talks.tag(0, 1, "demand", (0, 10), ASK).tag_by("ben", 0, 2, "demand", &[(0, 10)], ASK);
    talks.tag_by("ben", 1, 3, "demand", &[(0, 10)], ASK);
    talks
}

fn counted(project: &Project, choice: &CoderChoice, user: Option<&str>) -> Vec<Vec<u128>> {
    let user = user.map(AnnotatorId::from);
    let readings = choice.readings(project, &Visibility::default(), user.as_ref());
    let numbers = |reading: &Reading| {
        Moves::of(project, reading).iter().map(|(_, passage)| passage.span.0.as_u128()).collect()
    };
    readings.all.iter().map(numbers).collect()
}

#[test]
fn the_final_reading_is_one_person_or_the_consensus() {
    let mut talks = of_two();
    let project = talks.project();
    assert_eq!(counted(&project, &CoderChoice::Final, None), [[2, 3]], "the person with most passages");
    assert_eq!(counted(&project, &CoderChoice::Final, Some("ana")), [[1]], "the person who works here");
    assert_eq!(counted(&project, &CoderChoice::Final, Some("clara")), [[2, 3]]);
    assert_eq!(counted(&project, &CoderChoice::Everyone, None), [vec![1], vec![2, 3]]);
    talks.tag_by("consensus/lena", 1, 4, "demand", &[(0, 10)], ASK);
    talks.tag_by("consensus/omar", 1, 5, "demand", &[(0, 10)], ASK);
    talks.tag_by("consensus/omar", 1, 6, "offer", &[(20, 30)], ASK);
    talks.tag_by("consensus/omar", 1, 7, "acceptance", &[(40, 50)], "actor=B").link(7, "responds-to", 5);
    let project = talks.project();
    assert_eq!(counted(&project, &CoderChoice::Final, Some("ana")), [[4, 6, 7]], "alike passages are one");
    assert_eq!(talks.ledger().state(4), "met", "a link to either is a link to it");
    let readings = CoderChoice::Final.readings(&project, &Visibility::default(), None);
    assert_eq!(readings.undecided, ["d0".into()]);
    assert_eq!(readings.not_counted, [("ana".into(), 1), ("ben".into(), 2)].into());
    let consensus = CoderChoice::People(vec![AnnotatorId::consensus(), "ana".into()]);
    assert_eq!(counted(&project, &consensus, None), [vec![4, 6, 7], vec![1]]);
}

#[test]
fn people_who_share_out_the_documents_all_count() {
    let mut talks = Talks::on(&["2026-03-01", "2026-03-08"]);
    talks.tag(0, 1, "demand", (0, 10), ASK).tag_by("ben", 1, 2, "acceptance", &[(0, 10)], "actor=B");
    let drawn = { talks.link(2, "responds-to", 1).ledger() };
    assert_eq!(drawn.state(1), "met", "a link leads to any layer that counts");
}

#[test]
fn a_blind_coder_sees_their_own_layers() {
    let project = of_two().project();
    let visibility = Visibility { blind: Some("ana".into()), ..Visibility::default() };
    let readings = CoderChoice::Final.readings(&project, &visibility, Some(&"ana".into()));
    let moves = Moves::of(&project, &readings.all[0]);
    assert_eq!(moves.len(), 1);
    assert!(readings.not_counted.is_empty() && readings.undecided.is_empty());
}

#[test]
fn an_unreadable_layer_is_named() {
    let mut document = Document::clone(&of_two().project().documents()[0]);
    document.unreadable.insert("eve".into());
    let project = Project::assemble(String::new(), vec![], vec![], vec![], codebook(), vec![document]);
    let readings = CoderChoice::Final.readings(&project, &Visibility::default(), None);
    assert_eq!(readings.unreadable, [LayerId::new(&"d0".into(), &"eve".into())]);
}
