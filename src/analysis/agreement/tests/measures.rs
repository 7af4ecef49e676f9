//! Figures over all categories, by chance and against the consensus, worked out by hand; and what counts.

use super::*;

/// Four sentences of 15 bytes, including the line end.
const TEXT: &str = "We ask for it.\nWe ask for it.\nWe ask for it.\nWe ask for it.";

fn check(got: FigureValue, wanted: f64) {
    let got = got.unwrap();
    assert!((got - wanted).abs() < 1e-9, "{got}, not {wanted}");
}

/// Case multi-label: both put the same two categories on one sentence.
#[test]
fn the_overall_figure_of_sets_is_perfect_where_both_give_the_same_two_categories() {
    let tagged = || vec![span("demand", 0, 14), span("offer", 0, 14), span("threat", 45, 50)];
    let work = || vec![("ana", Status::Done, tagged()), ("ben", Status::Done, tagged())];
    let answer = answer(&project(&[(TEXT, work())]), &["ana", "ben"]);
    for measure in [Measure::AlphaMasi, Measure::AlphaJaccard, Measure::MacroMean] {
        check(value(&answer, measure, Unit::Sentence, "", &["ana", "ben"]), 1.0);
    }
    let kappa = value(&answer, Measure::CohenKappa, Unit::Sentence, "", &["ana", "ben"]);
    assert_eq!(kappa, Err(Undefined::SeveralLabels));
    check(value(&answer, Measure::Presence, Unit::Document, "", &["ana", "ben"]), 1.0);
}

#[test]
fn sets_that_overlap_count_in_part() {
    // ana {d,o} {d} {} {t}, ben {d} {d} {} {t}.
    let ana = vec![span("demand", 0, 5), span("offer", 0, 5), span("demand", 15, 20), span("threat", 45, 50)];
    let ben = vec![span("demand", 0, 5), span("demand", 15, 20), span("threat", 45, 50)];
    let project = project(&[(TEXT, vec![("ana", Status::Done, ana), ("ben", Status::Done, ben)])]);
    let answer = answer(&project, &["ana", "ben"]);
    let of = |measure| value(&answer, measure, Unit::Sentence, "", &["ana", "ben"]);
    // {d,o} 1, {d} 3, {} 2, {t} 2 of 8: Σ n (8 − n) = 7 + 15 + 12 + 12.
    check(of(Measure::AlphaJaccard), 1.0 - 7.0 * 1.0 / (46.0 - 2.0 * 3.0 * 0.5));
    check(of(Measure::AlphaMasi), 1.0 - 7.0 * (2.0 * 2.0 / 3.0) / (46.0 - 2.0 * 3.0 / 3.0));
    // offer: ana 1 0 0 0, ben 0 0 0 0; α = 1 − 7 · 2 / (2 · 1 · 7) = 0. demand and threat: 1.
    check(of(Measure::MacroMean), 2.0 / 3.0);
}

#[test]
fn chance_is_even_or_follows_the_labels() {
    let ana = vec![span("demand", 0, 5), span("demand", 18, 20)];
    let ben = vec![span("demand", 3, 9)];
    let project = project(&[(TEXT, vec![("ana", Status::Done, ana), ("ben", Status::Done, ben)])]);
    let all = answer(&project, &["ana", "ben"]);
    let of = |measure, category| value(&all, measure, Unit::Sentence, category, &["ana", "ben"]);
    // demand: ana 1 1 0 0, ben 1 0 0 0; the share of demand is 3/8.
    check(of(Measure::BrennanPrediger, "demand"), 0.5);
    check(of(Measure::GwetAc1, "demand"), (0.75 - 30.0 / 64.0) / (1.0 - 30.0 / 64.0));
    // All: four labels with none; Σ π (1 − π) = 2 · 15/64.
    check(of(Measure::BrennanPrediger, ""), (0.75 - 0.25) / 0.75);
    check(of(Measure::GwetAc1, ""), (0.75 - 10.0 / 64.0) / (1.0 - 10.0 / 64.0));
    check_left_out(&project, &all, (Measure::GwetAc1, Unit::Sentence, "offer"), ["ana", "ben"]);
}

#[test]
fn each_annotator_is_compared_with_the_consensus() {
    let work = vec![
        ("ana", Status::Done, vec![span("demand", 0, 5), span("offer", 15, 20), span("offer", 30, 35)]),
        ("ben", Status::Done, vec![span("demand", 0, 5)]),
        ("consensus", Status::New, vec![span("demand", 0, 5), span("offer", 15, 20)]),
    ];
    // Where one person alone has worked, the consensus is theirs.
    let alone = vec![
        ("ana", Status::Done, vec![span("demand", 0, 5)]),
        ("consensus", Status::New, vec![span("demand", 0, 5)]),
    ];
    let project = project(&[(TEXT, work), (TEXT, alone)]);
    let found = answer(&project, &["ana", "ben"]);
    let of = |measure, who, category| value(&found, measure, Unit::Span, category, &[who, "consensus"]);
    check(of(Measure::Precision, "ana", ""), 2.0 / 3.0);
    check(of(Measure::Recall, "ana", ""), 1.0);
    check(of(Measure::F1Exact, "ana", ""), 0.8);
    check(of(Measure::Precision, "ben", ""), 1.0);
    check(of(Measure::Recall, "ben", "offer"), 0.0);
    assert_eq!(of(Measure::Precision, "ben", "offer"), Err(Undefined::NothingTagged));
    // The same if the consensus is one of those compared, whichever comes first, but for the second document.
    let named = answer(&project, &["consensus", "ana"]);
    check(value(&named, Measure::Precision, Unit::Span, "", &["consensus", "ana"]), 3.0 / 4.0);
    check(value(&named, Measure::Recall, Unit::Span, "", &["consensus", "ana"]), 1.0);
}

/// Cases half-read, only-opened and nothing-found-not-done.
#[test]
fn only_done_documents_count_once_anybody_uses_done() {
    let tagged = || vec![span("demand", 0, 5)];
    let both = |ana, ben| vec![("ana", ana, tagged()), ("ben", ben, tagged())];
    let compared = |project: &Project, statuses| {
        let question = Question { draws: 0, statuses, ..Question::new(ids(&["ana", "ben"])) };
        measure(project, &question, &SegmentCache::default(), &()).unwrap()
    };
    let (done, begun) = (Status::Done, Status::InProgress);
    let unused = project(&[(TEXT, both(begun, begun))]);
    let once_used = compared(&unused, Statuses::DoneOnceUsed);
    assert_eq!((once_used.compared.len(), once_used.done_only), (1, false));
    assert_eq!(compared(&unused, Statuses::Done).compared.len(), 0);
    let opened = vec![("ana", done, tagged()), ("ben", begun, vec![])];
    let nothing_found = vec![("ana", done, vec![]), ("ben", done, vec![])];
    let used = project(&[
        (TEXT, both(done, begun)),
        (TEXT, both(done, done)),
        (TEXT, opened),
        (TEXT, nothing_found),
    ]);
    let once_used = compared(&used, Statuses::DoneOnceUsed);
    assert_eq!(once_used.compared, ["d001", "d003"].map(DocumentId::new));
    assert!(once_used.done_only && once_used.absences[0].is_empty());
    let ben = &once_used.absences[1];
    assert_eq!((&*ben.not_done, &*ben.not_begun), (&["d000".into()][..], &["d002".into()][..]));
    assert_eq!(ben.counted, 2);
    let all = compared(&used, Statuses::All);
    assert_eq!(all.compared, ["d000", "d001", "d003"].map(DocumentId::new));
}

/// The best pairing of overlapping passages, where taking the greatest overlap first costs a match.
#[test]
fn overlapping_passages_are_paired_so_that_most_match() {
    // The long passage of ana shares most with the second of ben, and her short one meets that alone.
    let ana = vec![span("demand", 0, 20), span("demand", 20, 22)];
    let ben = vec![span("demand", 0, 4), span("demand", 4, 22)];
    let project = project(&[(TEXT, vec![("ana", Status::Done, ana), ("ben", Status::Done, ben)])]);
    let answer = answer(&project, &["ana", "ben"]);
    check(value(&answer, Measure::F1Overlap, Unit::Span, "", &["ana", "ben"]), 0.5);
}

#[test]
fn categories_can_count_as_those_above_them() {
    let work = vec![
        ("ana", Status::Done, vec![span("offer", 0, 5), span("demand", 0, 5), span("threat", 30, 35)]),
        ("ben", Status::Done, vec![span("demand", 0, 5), span("threat", 30, 35)]),
    ];
    let mut project = project(&[(TEXT, work)]);
    let mut codebook = (**project.codebook()).clone();
    Arc::make_mut(&mut codebook.categories[1]).parent = Some("demand".into());
    let documents = project.documents().iter().map(|document| (**document).clone()).collect();
    project = Project::assemble(String::new(), vec![], vec![], vec![], codebook, documents);
    let of = |parents, categories: Option<&str>| {
        let categories = categories.map(|id| [CategoryId::new(id)].into());
        let question = Question { draws: 0, parents, categories, ..Question::new(ids(&["ana", "ben"])) };
        measure(&project, &question, &SegmentCache::default(), &()).unwrap()
    };
    let f1 =
        |answer: &Agreement, category| value(answer, Measure::F1Exact, Unit::Span, category, &["ana", "ben"]);
    check(f1(&of(false, None), ""), 0.8);
    let above = of(true, None);
    assert_eq!(above.categories, ["demand", "threat"].map(CategoryId::new));
    check(f1(&above, ""), 1.0);
    check(f1(&of(true, Some("demand")), "demand"), 1.0);
    check(f1(&of(true, Some("offer")), "demand"), 0.0);
}
