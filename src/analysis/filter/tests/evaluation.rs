use super::super::*;
use super::sample::{Tags, id, numbers, project, views};
use crate::bargain::AskState;
use demarche_model::{DocumentId, Edit, LayerId, Stamp, Visibility};

/// Checks the passages that filters find in the sample.
fn check(cases: &[(&str, &[u128])]) {
    let project = project();
    let asks = [(id(1), AskState::Open), (id(3), AskState::Met)].into();
    let facts = Tags { asks, ledger_revision: 0 };
    for (filter, expected) in cases {
        assert_eq!(numbers(filter, &project, &facts), *expected, "{filter}");
    }
}

#[test]
fn names_find_their_passages() {
    check(&[
        ("category:demand", &[1, 11]),
        ("category:=demand", &[11]),
        ("category:dem*", &[1, 11]),
        ("category:any", &[1, 2, 3, 4, 5, 11, 21, 22]),
        ("role:demand,deed-", &[1, 11, 21]),
        ("role:none", &[4, 5]),
        ("role:any -role:threat", &[1, 3, 11, 21]),
        ("actor:Estmark", &[1, 2, 3]),
        ("actor:Estmark actor:Norvania", &[3]),
        ("-actor:Estmark", &[4, 5, 11, 21, 22]),
        ("actor:none", &[4, 5, 11, 21, 22]),
        ("target:none", &[1, 2, 4, 5, 11, 21, 22]),
        ("target:\"none\"", &[3]),
        ("issue:fees", &[1, 21]),
        ("issue:=fees", &[21]),
        ("issue:fees,none", &[1, 2, 4, 5, 11, 21, 22]),
        ("issue:any -issue:fees", &[3]),
        ("document:d2", &[21, 22]),
        ("document:\"press brief\"*", &[1, 2, 3, 4, 5, 11]),
        ("author:none", &[21, 22]),
        ("author:any", &[1, 2, 3, 4, 5, 11]),
        ("source:Gazette -author:\"Ida Holt\"", &[21, 22]),
    ]);
}

#[test]
fn dates_and_states_find_their_passages() {
    check(&[
        ("date:2026-02", &[1, 2, 3, 4, 5, 11]),
        ("date:2026-03..", &[5]),
        ("date:..2025,none", &[21, 22]),
        ("when:any", &[5]),
        ("when:2026-12-31", &[5]),
        ("created:2026-03-14", &[1, 2, 3, 4, 5, 11, 21, 22]),
        ("created:2026-03-15..", &[]),
        ("review:accepted", &[1]),
        ("review:accepted,rejected", &[1, 2]),
        ("review:none document:d1", &[3, 4, 5, 11]),
        ("status:done", &[1, 2, 3, 4, 5]),
        ("status:progress", &[11, 21, 22]),
        ("ask:open", &[1]),
        ("ask:any", &[1, 3]),
        ("ask:none document:d2", &[21, 22]),
        ("is:ask", &[1, 3]),
        ("is:denied", &[5]),
        ("is:denied,linked", &[1, 2, 3, 5, 21, 22]),
    ]);
}

#[test]
fn texts_and_attributes_find_their_passages() {
    check(&[
        ("fees", &[1, 11, 22]),
        ("\"LIFT the\"", &[1, 11]),
        ("port -\"accept the\"", &[3]),
        ("text:rain", &[5]),
        ("text:=rain", &[]),
        ("text:=rained", &[5]),
        ("rain* ain*", &[]),
        ("surv*", &[4]),
        ("ata", &[4]),
        ("note:FIGURES", &[4]),
        ("note:any", &[4]),
        ("words:1..2", &[4, 5, 22]),
        ("words:..1,4", &[1, 3, 5, 21]),
        ("characters:6", &[5]),
        ("characters:18..", &[1, 3, 21]),
        ("@voice:quoted", &[2]),
        ("@voice:any", &[2]),
        ("@position:-5..3", &[3]),
        ("@position:0..", &[]),
        ("@position:none document:d2", &[21, 22]),
        ("@negated:yes", &[5]),
        ("@negated:no", &[]),
        ("@aside:\"they say\"", &[4]),
        ("@when:2026-05", &[5]),
        ("@issue:fees", &[1, 21]),
    ]);
}

#[test]
fn views_and_alternatives_find_their_passages() {
    check(&[
        ("", &[1, 2, 3, 4, 5, 11, 21, 22]),
        ("any", &[1, 2, 3, 4, 5, 11, 21, 22]),
        ("-any", &[]),
        ("view:fees", &[1, 21]),
        ("view:hard", &[1]),
        ("view:fees,hard -view:hard", &[21]),
        ("(role:threat | issue:fees) document:d1", &[1, 2]),
        ("role:threat | issue:fees", &[1, 2, 21, 22]),
        ("role:threat |", &[1, 2, 3, 4, 5, 11, 21, 22]),
    ]);
}

#[test]
fn relations_look_at_other_passages_of_the_layer() {
    let project = project();
    for (filter, expected) in [
        ("near(category:threat)", vec![1]),
        ("near(category:threat; 1 paragraph)", vec![1, 3, 4, 5]),
        ("before(category:threat)", vec![1]),
        ("before(category:offer; 1 sentence)", vec![2]),
        ("after(category:demand)", vec![2, 3, 4, 5]),
        ("after(any; 0 words)", vec![2, 3, 4]),
        ("same-sentence(any)", vec![]),
        ("same-paragraph(category:offer)", vec![4, 5]),
        ("same-document(role:threat)", vec![1, 3, 4, 5]),
        ("overlaps(any)", vec![]),
        ("-near(any; 1 paragraph)", vec![11, 21, 22]),
        ("near(near(category:threat); 0 paragraphs)", vec![2]),
    ] {
        assert_eq!(numbers(filter, &project, &Tags::default()), expected, "{filter}");
    }
}

#[test]
fn links_lead_to_all_visible_layers() {
    let project = project();
    for (filter, expected) in [
        ("answers(any)", vec![21, 22]),
        ("answers(role:offer)", vec![21]),
        ("answers(actor:Estmark)", vec![21, 22]),
        ("answered-by(any)", vec![1, 3]),
        ("answered-by(role:threat)", vec![1]),
        ("answered-by(role:demand)", vec![]),
        ("linked(any)", vec![1, 2, 3, 21, 22]),
        ("linked(role:threat)", vec![1]),
        ("answered-by(answers(role:offer))", vec![3]),
        ("-linked(any)", vec![4, 5, 11]),
    ] {
        assert_eq!(numbers(filter, &project, &Tags::default()), expected, "{filter}");
    }
    let bound = Filter::parse("answered-by(any)").unwrap().bind(&project, &views()).unwrap();
    let ana = Visibility::from(Some(vec!["ana".into()]));
    let corpus = Corpus { project: &project, visible: &ana, facts: &() };
    let passing = bound.passing(corpus, &project.documents()[0], &["ana".into()]);
    assert_eq!(passing.layers[0].spans, [id(3)]);
}

#[test]
fn uncertain_dates_are_counted() {
    let project = project();
    let passing = |filter: &str| {
        let bound = Filter::parse(filter).unwrap().bind(&project, &views()).unwrap();
        let facts = Tags::default();
        let corpus = Corpus { project: &project, visible: &Visibility::default(), facts: &facts };
        let passing = bound.passing(corpus, &project.documents()[0], &["ana".into()]);
        (passing.count(), passing.of(), passing.uncertain())
    };
    assert_eq!(passing("date:2026-02"), (5, 5, 1));
    assert_eq!(passing("date:2026"), (5, 5, 0));
    assert_eq!(passing("-date:2026-02"), (0, 5, 0));
    assert_eq!(passing("date:2026-02 | category:remark"), (5, 5, 0));
    assert_eq!(passing("@when:2026-03"), (1, 5, 1));
    // Of another passage, no date is counted.
    assert_eq!(passing("after(date:2026-03) | before(date:2026-03)"), (4, 5, 0));
}

#[test]
fn documents_that_are_not_loaded_have_no_passages() {
    let project = project();
    let bound = Filter::default().bind(&project, &views()).unwrap();
    let corpus = Corpus { project: &project, visible: &Visibility::default(), facts: &() };
    let unread = project.document(&DocumentId::from("d3")).unwrap();
    assert_eq!(bound.passing(corpus, unread, &["ana".into()]), Passing::default());
    let other = bound.passing(corpus, &project.documents()[0], &["nobody".into()]);
    assert!(other.layers.is_empty());
}

#[test]
fn passages_of_several_ranges_are_compared_range_by_range() {
    use demarche_model::{Ranges, Span, TextRange};
    let mut project = project();
    let layer = LayerId::new(&"d2".into(), &"ana".into());
    let mut add = |number: u128, ranges: &[(usize, usize)]| {
        let ranges = Ranges::new(ranges.iter().map(|&(start, end)| TextRange::new(start, end))).unwrap();
        let span = Span::new(id(number), "remark".into(), ranges, Stamp(0));
        project.apply(Edit::SetSpan { layer: layer.clone(), id: id(number), to: Some(span.into()) }).unwrap();
    };
    // 31 [0 4)          [20 24)
    // 32      [6  8)
    // 33  [1 3)          [21 23)
    // 34 [0                   24)
    // 35 [0 4)          [20 24)
    add(31, &[(0, 4), (20, 24)]);
    add(32, &[(6, 8)]);
    add(33, &[(1, 3), (21, 23)]);
    add(34, &[(0, 24)]);
    add(35, &[(0, 4), (20, 24)]);
    for (filter, expected) in [
        ("overlaps(any)", vec![21, 31, 32, 33, 34, 35]),
        ("category:remark -overlaps(exact(any))", vec![32]),
        ("inside(any)", vec![31, 32, 33, 35]),
        ("contains(any)", vec![31, 34, 35]),
        ("exact(any)", vec![31, 35]),
        ("inside(exact(any))", vec![31, 33, 35]),
        ("contains(words:1)", vec![34]),
    ] {
        let mut found = numbers(&format!("document:d2 {filter}"), &project, &Tags::default());
        found.retain(|number| *number != 22);
        found.sort_unstable();
        assert_eq!(found, expected, "{filter}");
    }
}
