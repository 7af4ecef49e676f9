//! The outcomes of asks.

use std::sync::Arc;

use super::fixtures::*;
use crate::bargain::*;
use crate::summary::Day;

const ASK: &str = "actor=A target=B issue=fees";

/// A demand and an offer of A, both answered by one move.
fn answered(role: &str, words: &str) -> [&'static str; 2] {
    let mut talks = Talks::on(&["2026-03-01", "2026-03-08"]);
    talks.relations = relations();
    talks.tag(0, 1, "demand", (0, 10), ASK).tag(0, 2, "offer", (20, 30), ASK);
    talks.tag(1, 3, role, (0, 10), words).link(3, "responds-to", 1).link(3, "responds-to", 2);
    let drawn = talks.ledger();
    [drawn.state(1), drawn.state(2)]
}

#[test]
fn the_role_of_an_answer_decides() {
    let outcomes = [
        ("acceptance", ["met", "met"]),
        ("commitment", ["met", "met"]),
        ("deed+", ["met", "met"]),
        ("concession", ["half", "half"]),
        ("offer", ["half", "countered"]),
        ("rejection", ["refused", "refused"]),
        ("threat", ["refused", "refused"]),
        ("withdrawal", ["refused", "refused"]),
        ("deed-", ["refused", "refused"]),
        ("demand", ["countered", "countered"]),
        ("reason", ["otherwise", "otherwise"]),
    ];
    for (role, states) in outcomes {
        assert_eq!(answered(role, "actor=B"), states, "{role}");
        assert_eq!(answered(role, ""), states, "{role} without an actor");
        assert_eq!(answered(role, "actor=Both"), states, "{role} of a collective that holds the asked");
    }
    assert_eq!(answered("acceptance", "actor=B conditional"), ["half", "half"]);
}

#[test]
fn the_asker_gives_up_and_a_third_party_decides_nothing() {
    assert_eq!(answered("concession", "actor=A"), ["dropped", "dropped"]);
    assert_eq!(answered("withdrawal", "actor=Osk"), ["dropped", "dropped"], "a person of the asker");
    assert_eq!(answered("acceptance", "actor=A"), ["otherwise", "otherwise"]);
    assert_eq!(answered("acceptance", "actor=C"), ["otherwise", "otherwise"]);
    let mut talks = Talks::on(&["2026-03-01", "2026-03-08"]);
    talks.tag(0, 1, "demand", (0, 10), ASK).tag(1, 2, "rejection", (0, 10), "actor=C");
    let drawn = { talks.link(2, "responds-to", 1).ledger() };
    assert_eq!(drawn.numbers(drawn.ask(1).of_third_parties()), [2]);
    talks.tag(0, 3, "demand", (20, 30), "actor=A issue=fees").link(2, "responds-to", 3);
    assert_eq!(talks.ledger().state(3), "refused", "where nobody is addressed, anybody may answer");
}

#[test]
fn the_latest_answer_counts_and_an_earlier_agreement_is_kept() {
    let mut talks = Talks::on(&["2026-03-01", "2026-03-08", "2026-03-20"]);
    talks.tag(0, 1, "demand", (0, 10), ASK);
    talks.tag(1, 2, "acceptance", (0, 10), "actor=B").tag(2, 3, "rejection", (0, 10), "actor=B");
    let drawn = talks.link(3, "responds-to", 1).link(2, "responds-to", 1).ledger();
    let ask = drawn.ask(1);
    assert_eq!((ask.state, ask.was), (AskState::Refused, Some(AskState::Met)));
    assert_eq!(drawn.numbers([ask.answer().unwrap(), ask.first_answer().unwrap()]), [3, 2]);
    assert_eq!(ask.delay, Delay::Days(7));
    let as_of = LedgerOptions { as_of: Some(Day::from_civil(2026, 3, 10)), ..LedgerOptions::default() };
    let earlier = talks.ledger_with(as_of);
    assert_eq!((earlier.ask(1).state, earlier.ask(1).was), (AskState::Met, None));
}

#[test]
fn each_of_several_asked_parties_has_its_own_answer() {
    let of = |answers: &[(&str, &str)]| {
        let mut talks = Talks::on(&["2026-03-01", "2026-03-08"]);
        talks.tag(0, 1, "demand", (0, 10), "actor=A target=B+C issue=fees");
        for (n, (role, actor)) in (2..).zip(answers) {
            talks.tag(1, n, role, (n as usize * 10, n as usize * 10 + 5), &format!("actor={actor}"));
            talks.link(n, "responds-to", 1);
        }
        let drawn = talks.ledger();
        drawn.ask(1).state.code()
    };
    assert_eq!(of(&[("acceptance", "B")]), "half");
    assert_eq!(of(&[("acceptance", "B"), ("acceptance", "C")]), "met");
    assert_eq!(of(&[("acceptance", "B"), ("rejection", "C")]), "half");
    assert_eq!(of(&[("rejection", "B"), ("rejection", "C")]), "refused");
    assert_eq!(of(&[("rejection", "B"), ("demand", "C")]), "countered", "the latest, if nobody agrees");
    assert_eq!(of(&[("rejection", "B")]), "refused");
    assert_eq!(of(&[("rejection", "B"), ("concession", "A")]), "dropped", "what is dropped holds for all");
}

#[test]
fn repeats_make_one_ask_in_either_direction() {
    let mut talks = Talks::on(&["2026-03-01", "2026-03-08", "2026-03-09"]);
    talks.tag(1, 1, "demand", (0, 10), ASK).tag(0, 2, "demand", (0, 10), ASK);
    talks.tag(0, 3, "demand", (20, 30), "actor=B target=A issue=fees").tag(2, 4, "demand", (0, 5), ASK);
    talks.tag(2, 5, "acceptance", (20, 30), "actor=B");
    talks.link(2, "repeats", 1).link(3, "repeats", 2).link(4, "repeats", 1).link(5, "responds-to", 4);
    let drawn = talks.ledger();
    assert_eq!(drawn.numbers(drawn.ask(1).chain.clone()), [2, 1, 4]);
    assert_eq!(drawn.ledger.len(), 2);
    assert_eq!(drawn.state(2), "met", "an answer to any statement answers the ask");
    assert_eq!(drawn.ask(4).delay, Delay::Days(8));
    assert_eq!(ignored_repeats(&drawn.moves), 1);
}

#[test]
fn a_delay_needs_two_known_days() {
    let delay = |dates: [&str; 2], words: [&str; 2]| {
        let mut talks = Talks::on(&dates);
        talks.tag(0, 1, "demand", (0, 10), &format!("{ASK} {}", words[0]));
        talks.tag(1, 2, "acceptance", (0, 10), &format!("actor=B {}", words[1]));
        talks.link(2, "responds-to", 1).ledger().ask(1).delay
    };
    assert_eq!(delay(["2026-03-01", "2026-03-08"], ["", ""]), Delay::Days(7));
    assert_eq!(delay(["2026-03-08", "2026-03-01"], ["", ""]), Delay::Negative);
    assert_eq!(delay(["2026-03-01", "2026-03"], ["", ""]), Delay::Unknown);
    assert_eq!(delay(["2026-03-01", ""], ["", ""]), Delay::Unknown);
    assert_eq!(delay(["2026-03-01", "2026-03-08"], ["time=past", ""]), Delay::Unknown);
    assert_eq!(delay(["2026-03-01", "2026-03-08"], ["time=past when=2026-03-07", ""]), Delay::Days(1));
    let mut talks = Talks::on(&["2026-03-01"]);
    talks.tag(0, 1, "demand", (0, 10), ASK).tag(0, 2, "acceptance", (20, 30), "actor=B");
    talks.tag(0, 3, "demand", (40, 50), &format!("{ASK} when=2026-02-01"));
    talks.tag(0, 4, "acceptance", (60, 70), "actor=B when=2026-02-11");
    let drawn = { talks.link(2, "responds-to", 1).link(4, "responds-to", 3).ledger() };
    assert_eq!([drawn.ask(1).delay, drawn.ask(3).delay], [Delay::Unknown, Delay::Days(10)]);
}

#[test]
fn possible_answers_have_no_outcome() {
    let mut talks = Talks::on(&["2026-03-01", "2026-03-08"]);
    talks.relations = relations();
    talks.tag(0, 1, "demand", (0, 10), "actor=A target=B issue=port");
    talks.tag(1, 2, "rejection", (0, 10), "actor=B target=A issue=berths");
    talks.tag(1, 3, "offer", (20, 30), "actor=B issue=fees").tag(
        1,
        4,
        "offer",
        (40, 50),
        "actor=B issue=port",
    );
    talks.tag(1, 5, "offer", (60, 70), "actor=B+A issue=port").tag(
        1,
        6,
        "demand",
        (80, 90),
        "actor=B issue=port",
    );
    talks.tag(1, 7, "offer", (100, 110), "actor=B target=C issue=port");
    talks.tag(1, 8, "offer", (120, 130), "actor=B issue=port time=past");
    let drawn = talks.ledger();
    assert_eq!((drawn.state(1), drawn.candidates(1)), ("open", vec![2, 4]));
    assert_eq!(drawn.candidates(6), [], "nobody is addressed");
    let dismissed = Arc::new([(span_id(1), span_id(2))].into());
    let mut later = talks.ledger();
    later.ledger.set_dismissed(&later.moves, Arc::clone(&dismissed));
    let drawn = talks.ledger_with(LedgerOptions { dismissed, ..LedgerOptions::default() });
    assert_eq!([drawn.candidates(1), later.candidates(1)], [[4], [4]]);
    assert_eq!(drawn.numbers(drawn.ask(1).dismissed.clone()), [2]);
    later.ledger.set_dismissed(&later.moves, Arc::default());
    assert_eq!(later.candidates(1), [2, 4]);
    assert_eq!(talks.link(3, "responds-to", 1).ledger().candidates(1), [], "one answer is linked");
}

#[test]
fn the_window_limits_possible_answers() {
    let mut talks = Talks::on(&["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-20"]);
    talks.tag(0, 1, "demand", (0, 10), ASK);
    for document in 0..5_usize {
        let n = document as u128 + 2;
        talks.tag(document, n, "offer", (20, 30), "actor=B target=A issue=fees");
    }
    let with = |window| talks.ledger_with(LedgerOptions { window, ..LedgerOptions::default() }).candidates(1);
    assert_eq!(with(Window::default()), [2, 3, 4], "the document of the ask is one of three");
    assert_eq!(with(Window::Documents(1)), [2]);
    assert_eq!(with(Window::Days(3)), [2, 3, 4, 5]);
    assert_eq!(with(Window::All), [2, 3, 4, 5, 6]);
}
