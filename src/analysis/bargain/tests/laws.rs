//! What holds for every project.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;

use super::fixtures::*;
use crate::bargain::*;
use crate::summary::Day;
use demarche_model::*;
use uuid::Uuid;

/// A passage of a random project: document, role, start, length, attributes.
type Tag = (usize, usize, usize, usize, String);

const DATES: [&str; 5] = ["2026-03-01", "2026-03-08", "2026-03", "", "2026-02-01"];
const KINDS: [&str; 3] = ["responds-to", "repeats", "conditional-on"];

fn words() -> impl Strategy<Value = String> {
    let actors = || prop::sample::select(vec!["", "A", "A", "B", "B", "C", "Both", "Osk", "A+C", "Watch"]);
    let others = prop::sample::select(vec![
        "",
        "",
        "",
        "",
        "conditional",
        "negated",
        "time=past",
        "time=hypothetical",
        "when=2026-03-05",
        "when=2026",
        "speaker=Osk",
    ]);
    let issues = prop::sample::select(vec!["", "fees", "port", "berths"]);
    (actors(), actors(), issues, others).prop_map(|(actor, target, issue, other)| {
        let word =
            |id: &str, value: &str| if value.is_empty() { String::new() } else { format!("{id}={value} ") };
        word("actor", actor) + &word("target", target) + &word("issue", issue) + other
    })
}

fn tag() -> impl Strategy<Value = Tag> {
    (0..4_usize, 0..MoveRole::ALL.len() + 4, 0..60_usize, 1..40_usize, words())
}

fn span(n: u128, (_, role, start, length, words): &Tag) -> Span {
    // Demands and offers are more frequent than others.
    let role = MoveRole::ALL.get(*role).copied().unwrap_or(MoveRole::ALL[role % 2]);
    let ranges = Ranges::one(TextRange::new(*start, start + length)).unwrap();
    let mut span = Span::new(span_id(n), role.code().into(), ranges, Stamp(0));
    span.attributes = attributes(words);
    span
}

fn link_id(from: usize, to: usize, kind: usize) -> LinkId {
    LinkId(Uuid::from_u128((from << 32 | to << 8 | kind) as u128))
}

/// The edit that sets a link between two passages, whose documents are known.
fn set_link(tags: &[Tag], (from, to, kind): (usize, usize, usize), is_there: bool) -> Edit {
    let id = |at: usize| DocumentId::new(format!("d{}", tags[at].0));
    let link = Link {
        id: link_id(from, to, kind),
        kind: KINDS[kind].into(),
        from: span_id(from as u128),
        to_document: id(to),
        to: span_id(to as u128),
        created: Stamp(0),
    };
    let layer = LayerId::new(&id(from), &"ana".into());
    Edit::SetLink { layer, id: link.id, to: is_there.then(|| Arc::new(link)) }
}

fn set_span(n: usize, tag: &Tag, is_there: bool) -> Edit {
    let layer = LayerId::new(&DocumentId::new(format!("d{}", tag.0)), &"ana".into());
    let to = is_there.then(|| Arc::new(span(n as u128, tag)));
    Edit::SetSpan { layer, id: span_id(n as u128), to }
}

fn empty_project() -> Project {
    let mut talks = Talks::on(&DATES[..4]);
    talks.relations = relations();
    talks.project()
}

/// A project with these passages and links. Links of a passage to itself are left out.
fn project(tags: &[Tag], links: &[(usize, usize, usize)]) -> Project {
    let mut project = empty_project();
    for (n, tag) in tags.iter().enumerate() {
        project.apply(set_span(n, tag, true)).unwrap();
    }
    for link in links {
        // Some links already exist.
        let _ = project.apply(set_link(tags, *link, true));
    }
    project
}

fn options(choice: usize) -> LedgerOptions {
    let default = LedgerOptions::default();
    match choice {
        0 => default,
        1 => LedgerOptions { window: Window::Documents(1), ..default },
        2 => LedgerOptions { window: Window::Days(7), ..default },
        3 => LedgerOptions { window: Window::All, as_of: Some(Day::from_civil(2026, 3, 4)), ..default },
        _ => LedgerOptions { counted: Counted { denied: true, hypothetical: true }, ..default },
    }
}

/// An ask without indices, which depend on the history of the table.
fn described(moves: &Moves, ask: &Ask) -> String {
    let id = |index: PassageIndex| moves.get(index).span.0.as_u128();
    let ids = |all: &[PassageIndex]| all.iter().map(|index| id(*index)).collect::<Vec<_>>();
    let answers: Vec<_> =
        ask.answers.iter().map(|one| (id(one.passage), one.outcome, one.is_of_third_party)).collect();
    let candidates: Vec<_> =
        ask.candidates.iter().map(|one| (id(one.passage), one.is_order_uncertain)).collect();
    let names = |set| moves.actors().names(set).collect::<Vec<_>>();
    let parties: Vec<_> =
        ask.parties.iter().map(|(party, state)| (moves.actors().name(*party), state)).collect();
    let chain = ids(&ask.chain);
    let flags = (ask.is_condition, ask.is_recommendation, ask.state, ask.was, ask.delay);
    let issues: Vec<&str> = moves.issues().names(ask.issues).collect();
    let sides = (names(ask.asker), names(ask.asked), issues);
    format!("{:?} {chain:?} {flags:?} {sides:?} {parties:?} {answers:?} {candidates:?}", ask.kind)
}

fn all_described(moves: &Moves, ledger: &Ledger) -> Vec<String> {
    ledger.asks().map(|ask| described(moves, ask)).collect()
}

/// The possible answers of an ask, by the words of the definition, from all moves.
fn possible_answers(moves: &Moves, options: &LedgerOptions, ask: &Ask) -> Vec<PassageIndex> {
    let parties = |set| moves.actors().parties(set).iter().copied().collect::<BTreeSet<ActorId>>();
    let first = moves.get(ask.id());
    let askers = parties(first.actors);
    let asked: BTreeSet<ActorId> = parties(first.targets).difference(&askers).copied().collect();
    if !ask.answers.is_empty() || ask.is_condition || asked.is_empty() || askers.is_empty() {
        return Vec::new();
    }
    let in_time = |passage: &Passage| {
        options.as_of.is_none_or(|day| passage.order_date.is_none_or(|date| date.first <= day))
    };
    let all: PassageSet = moves.counted(options.counted).map(|(index, _)| index).collect();
    let later: Vec<PassageIndex> = moves
        .in_order(&all)
        .into_iter()
        .filter(|index| {
            let passage = moves.get(*index);
            let actors = parties(passage.actors);
            let is_own = !actors.is_disjoint(&asked) && actors.is_disjoint(&askers);
            let is_later = passage.order() > first.order() && !passage.overlaps(first);
            is_later && in_time(passage) && !passage.is_reported && is_own
        })
        .collect();
    let mut documents: Vec<DocumentIndex> = later.iter().map(|index| moves.get(*index).document).collect();
    let mut seen = BTreeSet::new();
    documents.retain(|document| seen.insert(*document));
    let is_near = |passage: &Passage| match options.window {
        Window::Documents(count) => {
            documents.iter().take(count).any(|document| *document == passage.document)
        }
        Window::Days(days) => match (first.order_date, passage.order_date) {
            (Some(from), Some(to)) => to.first.0 <= from.last.0 + days,
            _ => false,
        },
        Window::All => true,
    };
    let roles = [
        MoveRole::Acceptance,
        MoveRole::Commitment,
        MoveRole::Concession,
        MoveRole::Offer,
        MoveRole::Rejection,
        MoveRole::Threat,
        MoveRole::DeedPlus,
        MoveRole::DeedMinus,
    ];
    let fits = |passage: &Passage| {
        let targets = parties(passage.targets);
        let is_addressed = targets.is_empty() || !targets.is_disjoint(&askers);
        let is_on_issue = moves.issues().is_within(passage.issues, first.issues);
        passage.role.is_some_and(|role| roles.contains(&role)) && is_addressed && is_on_issue
    };
    later.into_iter().filter(|index| is_near(moves.get(*index)) && fits(moves.get(*index))).collect()
}

type Links = Vec<(usize, usize, usize)>;

fn links(count: usize) -> impl Strategy<Value = Links> {
    let link = (0..count, 0..count, 0..KINDS.len()).prop_filter("two passages", |(from, to, _)| from != to);
    prop::collection::vec(link, 0..count)
}

fn tags_and_links(count: usize) -> impl Strategy<Value = (Vec<Tag>, Links)> {
    (prop::collection::vec(tag(), count), links(count))
}

/// A change to one of the passages, or to a link.
#[derive(Clone, Debug)]
enum Step {
    Retag(usize, Tag),
    Remove(usize),
    Link((usize, usize, usize)),
    Unlink((usize, usize, usize)),
}

fn steps(count: usize) -> impl Strategy<Value = Vec<Step>> {
    let link =
        move || (0..count, 0..count, 0..KINDS.len()).prop_filter("two passages", |(from, to, _)| from != to);
    let step = prop_oneof![
        3 => (0..count, tag()).prop_map(|(n, tag)| Step::Retag(n, tag)),
        1 => (0..count).prop_map(Step::Remove),
        2 => link().prop_map(Step::Link),
        1 => link().prop_map(Step::Unlink),
    ];
    prop::collection::vec(step, 1..8)
}

/// The edit of a step. A passage stays in its document.
fn edit(tags: &mut [Tag], step: Step) -> Edit {
    match step {
        Step::Retag(n, tag) => {
            tags[n] = (tags[n].0, tag.1, tag.2, tag.3, tag.4);
            set_span(n, &tags[n], true)
        }
        Step::Remove(n) => set_span(n, &tags[n], false),
        Step::Link(link) => set_link(tags, link, true),
        Step::Unlink(link) => set_link(tags, link, false),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_ledger_that_follows_edits_is_the_one_from_nothing(
        (mut tags, links) in tags_and_links(14),
        steps in steps(14),
        choice in 0..5_usize,
    ) {
        let mut project = project(&tags, &links);
        let mut moves = moves(&project);
        let mut ledger = Ledger::of(&moves, options(choice));
        for step in steps {
            let Ok(applied) = project.apply(edit(&mut tags, step)) else { continue };
            let documents: BTreeSet<DocumentId> = applied.touched.iter().filter_map(|touch| match touch {
                Touch::Layer(layer, _) => Some(layer.document.clone()),
                _ => None,
            }).collect();
            for document in documents {
                let change = moves.update(&project, &document).unwrap();
                ledger.update(&moves, &change);
            }
            let fresh = super::fixtures::moves(&project);
            let again = Ledger::of(&fresh, options(choice));
            let passages = |moves: &Moves| moves.iter().map(|(_, passage)| passage.span).collect::<Vec<_>>();
            prop_assert_eq!(passages(&moves), passages(&fresh));
            prop_assert_eq!(all_described(&moves, &ledger), all_described(&fresh, &again));
            prop_assert_eq!(ignored_repeats(&moves), ignored_repeats(&fresh));
            for (index, _) in moves.iter() {
                let is_stated = ledger.ask(index).is_none_or(|ask| ask.chain.contains(&index));
                prop_assert!(is_stated);
            }
        }
    }

    #[test]
    fn possible_answers_are_those_of_the_definition(
        (tags, links) in tags_and_links(20),
        choice in 0..5_usize,
    ) {
        let moves = moves(&project(&tags, &links[..links.len() / 4]));
        let options = options(choice);
        let ledger = Ledger::of(&moves, options.clone());
        for ask in ledger.asks() {
            let found: Vec<PassageIndex> = ask.candidates.iter().map(|one| one.passage).collect();
            prop_assert_eq!(found, possible_answers(&moves, &options, ask));
        }
    }

    #[test]
    fn every_demand_and_offer_is_in_one_ask((tags, links) in tags_and_links(14), choice in 0..5_usize) {
        let moves = moves(&project(&tags, &links));
        let options = options(choice);
        let ledger = Ledger::of(&moves, options.clone());
        let stated: Vec<PassageIndex> = ledger.asks().flat_map(|ask| ask.chain.clone()).collect();
        let unique: BTreeSet<PassageIndex> = stated.iter().copied().collect();
        prop_assert_eq!(stated.len(), unique.len());
        let is_in_time = |passage: &Passage| {
            options.as_of.is_none_or(|day| passage.order_date.is_none_or(|date| date.first <= day))
        };
        let asks = moves.counted(options.counted).filter(|(_, passage)| {
            matches!(passage.role, Some(MoveRole::Demand | MoveRole::Offer)) && is_in_time(passage)
        });
        prop_assert_eq!(asks.map(|(index, _)| index).collect::<BTreeSet<_>>(), unique);
        prop_assert!(ledger.asks().map(|ask| moves.get(ask.id()).order()).is_sorted());
    }

    #[test]
    fn numbers_are_the_passages_behind_them((tags, links) in tags_and_links(14), is_split in any::<bool>()) {
        let project = project(&tags, &links);
        let moves = moves(&project);
        let ledger = Ledger::of(&moves, LedgerOptions::default());
        let collectives = if is_split { Collectives::Members } else { Collectives::AsTagged };
        let rules = Rules { collectives, ..Rules::default() };
        let scope = Scope { rules, ..Scope::of_all(&moves) };
        let weights = Weights::new(project.codebook(), Scale::Sign, &BTreeMap::new());
        let figures = actor_figures(scope, &ledger, &weights, Rounds::Documents);
        for figures in &figures {
            check_actor(&project, scope, &ledger, figures)?;
        }
        let dyads = Dyads::of(scope, &weights);
        for dyad in &dyads.all {
            let back = dyads.get(dyad.to, dyad.from).map_or(0, |back| back.concessions.len());
            prop_assert_eq!(dyad.returned.len(), back);
            prop_assert!(dyad.soft.len() + dyad.hard.len() <= dyad.moves.len());
            let following = &dyad.following;
            let parts = [&following.followed, &following.not_followed, &following.without_next];
            let reported = dyad.concessions.iter().filter(|index| moves.get(*index).is_reported).count();
            prop_assert_eq!(parts.map(PassageSet::len).iter().sum::<usize>() + reported, dyad.concessions.len());
        }
        let asks = AskFigures::of(scope, &ledger);
        let derived = ledger.asks().filter(|ask| ask.is_derived()).count();
        prop_assert_eq!(asks.demands.len() + asks.offers.len() + derived, ledger.len());
        prop_assert_eq!(asks.conditions.len() + asks.recommendations.len(), derived);
        let overview = Overview::of(scope, &weights);
        let left_out: BTreeSet<_> = overview.denied.iter().chain(overview.hypothetical.iter()).collect();
        prop_assert_eq!(overview.moves.len() + left_out.len(), overview.passages.len());
    }
}

/// Counts the figures of an actor again from the spans of the project.
fn check_actor(
    project: &Project,
    scope: Scope<'_>,
    ledger: &Ledger,
    figures: &ActorFigures,
) -> Result<(), TestCaseError> {
    let moves = scope.moves;
    let span = |index| project.span(&moves.span_ref(index)).unwrap().clone();
    let role = |index| MoveRole::from_code(span(index).category.as_str()).unwrap();
    let own: PassageSet = scope
        .moves()
        .filter(|(_, passage)| scope.actors(passage).contains(&figures.actor))
        .map(|(index, _)| index)
        .collect();
    prop_assert_eq!(&own, &figures.moves);
    for index in own.iter() {
        let span = span(index);
        let is_denied = span.attributes.get(&"negated".into()) == Some(&Value::Flag(true));
        let time = span.attributes.get(&"time".into()).map(Value::data_text);
        prop_assert!(!is_denied && time.as_deref() != Some("hypothetical"));
        let is_derived = figures.conditions.contains(index) || figures.recommendations.contains(index);
        let is = |tone| role(index).tone() == Some(tone) && !is_derived;
        prop_assert_eq!(figures.soft.contains(index), is(Tone::Soft));
        prop_assert_eq!(figures.hard.contains(index), is(Tone::Hard));
        let roles = [MoveRole::Concession, MoveRole::Acceptance, MoveRole::Rejection, MoveRole::Withdrawal];
        let which = roles.map(|wanted| role(index) == wanted);
        prop_assert_eq!(figures.concessions.contains(index), which[0]);
        prop_assert_eq!(figures.yielding.contains(index), which[0] || which[1]);
        prop_assert_eq!(figures.refusing.contains(index), which[2] || which[3]);
    }
    prop_assert!(figures.soft.len() + figures.hard.len() <= figures.moves.len());
    let difference = figures.soft.len() as f64 - figures.hard.len() as f64;
    prop_assert_eq!(figures.score.sum, difference, "each soft move is +1, each hard one −1");
    let made = |kind| {
        let own = ledger.asks().filter(move |ask| ask.kind == kind && !ask.is_derived());
        own.filter(|ask| scope.actors(moves.get(ask.id())).contains(&figures.actor)).count()
    };
    prop_assert_eq!(figures.demands.len(), made(AskKind::Demand));
    prop_assert_eq!(figures.offers.len(), made(AskKind::Offer));
    for tally in [&figures.demands, &figures.offers, &figures.demands_on, &figures.offers_to] {
        for (state, asks) in tally.states() {
            let has_state = asks.iter().all(|index| ledger.ask(index).is_some_and(|ask| ask.state == state));
            prop_assert!(has_state);
        }
        prop_assert_eq!(tally.all().len(), tally.len());
    }
    Ok(())
}
