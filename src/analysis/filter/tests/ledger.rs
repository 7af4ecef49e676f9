use super::super::{FactSettings, Facts, MoveFacts};
use super::sample::{id, names, numbers, project};
use crate::bargain::{Ledger, LedgerOptions, Moves, Reading, ReportedAt};
use demarche_model::{Edit, LayerId, Project, Relations, Span, Value, Visibility};

/// Changes the attributes of one of Ana's passages in the first document.
fn tag(project: &mut Project, number: u128, attribute: &str, value: Value) {
    let layer = LayerId::new(&"d1".into(), &"ana".into());
    let mut span = Span::clone(project.layer(&layer).unwrap().span(id(number)).unwrap());
    span.attributes.insert(attribute.into(), value);
    project.apply(Edit::SetSpan { layer, id: id(number), to: Some(span.into()) }).unwrap();
}

/// The passages of Ana and Ben that pass, by the facts of Ana's reading.
fn found(project: &Project, has_members: bool, filter: &str) -> Vec<u128> {
    found_with(project, FactSettings { has_members, ..FactSettings::default() }, filter)
}

fn found_with(project: &Project, settings: FactSettings, filter: &str) -> Vec<u128> {
    let visible = Visibility::default();
    let moves = Moves::of(project, &Reading::of_coder("ana".into(), visible.clone()));
    let ledger = Ledger::of(&moves, LedgerOptions::default());
    let readings = [(&moves, &ledger)];
    numbers(filter, project, &MoveFacts::new(project, &visible, readings, settings))
}

#[test]
fn facts_come_from_moves_and_ledgers() {
    let mut project = project();
    tag(&mut project, 4, "when", Value::Date("2026-02-18".into()));
    for (filter, expected) in [
        ("actor:Estmark", vec![1, 2, 3]),
        ("target:\"none\"", vec![3]),
        ("issue:fees", vec![1, 21]),
        ("ask:open", vec![1, 11]),
        ("ask:refused", vec![3]),
        ("ask:none", vec![2, 4, 5, 21, 22]),
        ("is:ask", vec![1, 3, 11]),
        ("is:denied", vec![5]),
        ("is:move document:d1", vec![1, 2, 3, 4, 11]),
        ("date:2026-02 when:any", vec![4, 5]),
        ("date:none", vec![21, 22]),
        ("is:unsure", vec![21, 22]),
        ("is:suggested", vec![]),
        ("answered-by(-ask:open document:d2)", vec![1, 3]),
        ("answers(ask:open)", vec![22]),
    ] {
        assert_eq!(found(&project, false, filter), expected, "{filter}");
    }
}

#[test]
fn persons_and_members_are_found_by_both_names() {
    let mut relations = Relations::default();
    relations.persons.insert("Skippers’ union".into(), "Norvania".into());
    relations.members.insert("none".into(), ["Estmark".into(), "Norvania".into()].into());
    let mut project = project().with_relations(relations);
    tag(&mut project, 4, "actor", names(&["Skippers’ union"]));
    for (has_members, filter, expected) in [
        (false, "actor:Norvania", vec![3, 4]),
        (false, "actor:\"Skippers’ union\"", vec![4]),
        (false, "target:Estmark", vec![]),
        (false, "target:\"none\"", vec![3]),
        (true, "target:Estmark target:Norvania", vec![3]),
    ] {
        assert_eq!(found(&project, has_members, filter), expected, "{filter}");
    }
}

#[test]
fn repeats_and_uncertain_order_depend_on_other_passages() {
    let mut project = project();
    // 2 repeats 1, which is of another role until both are threats.
    assert_eq!(found(&project, false, "is:repeat"), Vec::<u128>::new());
    let layer = LayerId::new(&"d1".into(), &"ana".into());
    let recode = Edit::Recode { layer, spans: [id(1)].into(), from: "ultimatum".into(), to: "threat".into() };
    project.apply(recode).unwrap();
    assert_eq!(found(&project, false, "is:repeat"), [2]);

    let layer = LayerId::new(&"d2".into(), &"ana".into());
    let mut dated = Span::clone(project.layer(&layer).unwrap().span(id(21)).unwrap());
    dated.attributes.insert("when".into(), Value::Date("2026-03".into()));
    project.apply(Edit::SetSpan { layer, id: id(21), to: Some(dated.into()) }).unwrap();
    // 5 is of some day in 2026.
    assert_eq!(found(&project, false, "is:unsure"), [5, 21, 22]);
}

#[test]
fn revisions_tell_settings_and_readings_apart() {
    let project = project();
    let visible = Visibility::default();
    let facts = |coder: &str, has_members: bool| {
        let moves = Moves::of(&project, &Reading::of_coder(coder.into(), visible.clone()));
        let ledger = Ledger::of(&moves, LedgerOptions::default());
        let readings = [(&moves, &ledger)];
        let facts = MoveFacts::new(
            &project,
            &visible,
            readings,
            FactSettings { has_members, ..FactSettings::default() },
        );
        (facts.settings_revision(), facts.ledger_revision())
    };
    assert_eq!(facts("ana", false), facts("ana", false));
    assert_ne!(facts("ana", false).0, facts("ana", true).0);
    assert_ne!(facts("ana", false).1, facts("ben", false).1);
}

#[test]
fn a_reported_move_has_the_date_of_its_report_unless_that_is_switched_off() {
    let mut project = project();
    tag(&mut project, 2, "time", Value::Choice("past".into()));
    let found = |reported, filter: &str| {
        let settings = FactSettings { reported, ..FactSettings::default() };
        found_with(&project, settings, filter)
    };
    assert_eq!(found(ReportedAt::Report, "is:reported"), [2]);
    assert_eq!(found(ReportedAt::Report, "date:2026-02 category:threat"), [2]);
    assert_eq!(found(ReportedAt::Unknown, "date:2026-02 category:threat"), Vec::<u128>::new());
    assert_eq!(found(ReportedAt::Unknown, "date:none document:d1"), [2]);
}
