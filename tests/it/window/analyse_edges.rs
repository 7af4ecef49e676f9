//! The Analyse screen at its edges: every view of every odd project is computed, says something and can be walked.

use std::path::Path;
use std::sync::Arc;

use demarche::analysis::bargain::{Collectives, Window as AnswerWindow};
use demarche::analysis::views::{Missing, View};
use demarche::model::*;
use demarche::session::{AnalyseAction, AnalyseQuestion, ReadingFound};
use demarche::ui::words::analyse as words;
use egui::{Key, Modifiers};

use crate::support::talks::{Talk, said, talks, words as words_of_talks, written};
use crate::support::window::{CTRL, Window};

const A: (usize, usize) = (0, 3);
const B: (usize, usize) = (5, 8);
const C: (usize, usize) = (10, 13);

/// Two dated documents in which A demands and B answers.
fn two() -> Vec<Talk> {
    vec![
        (Some("2026-03-01"), vec![said("demand", &[A], "A", "B"), said("offer", &[B], "B", "A")]),
        (Some("2026-03-05"), vec![said("concession", &[A], "B", "A"), said("rejection", &[C], "A", "B")]),
    ]
}

/// Opens a project at the Analyse screen.
fn analysing(root: &Path) -> Window {
    let mut window = Window::on(root);
    window.press(CTRL, Key::Num4);
    settle(&mut window);
    window
}

fn settle(window: &mut Window) {
    window.wait("the view is computed", |window| window.session().analysis_is_fresh());
    window.run();
}

fn ask(window: &mut Window, change: impl FnOnce(&mut AnalyseQuestion)) {
    let mut asked = window.session().analyse().question().clone();
    change(&mut asked);
    let app = window.harness.state_mut().as_mut().unwrap();
    app.session_mut().unwrap().perform(AnalyseAction::Ask(Box::new(asked)));
    settle(window);
}

fn show(window: &mut Window, view: ViewKind) {
    ask(window, |asked| asked.view = view);
}

fn reading(window: &Window) -> ReadingFound {
    window.session().analyse().result().unwrap().readings[0].clone()
}

fn missing(window: &Window) -> Option<Missing> {
    reading(window).found.answer().missing.clone()
}

/// Shows every view as figure and as table and walks into it. What a view says is on the window, in full or as what is missing.
fn every_view(window: &mut Window) {
    for view in ViewKind::ALL {
        show(window, view);
        for _ in 0..2 {
            let found = reading(window);
            let answer = found.found.answer();
            match &answer.missing {
                Some(missing) if answer.table.rows.is_empty() => {
                    assert!(window.says(&words::missing(missing, view).0), "{view:?}: {:?}", window.labels());
                }
                Some(_) | None => {
                    let passages = |cell: &demarche::analysis::views::Cell| cell.passages.clone();
                    let all = answer.table.rows.iter().flat_map(|row| row.cells.iter().filter_map(passages));
                    for set in all {
                        assert!(set.iter().all(|index| found.passing.contains(index) || !set.is_empty()));
                    }
                    for key in [Key::ArrowDown, Key::ArrowRight, Key::ArrowDown, Key::Escape] {
                        window.press(Modifiers::NONE, key);
                    }
                }
            }
            window.press(Modifiers::NONE, Key::T);
            settle(window);
        }
    }
}

/// A window on a project, after every view was shown.
fn walked(project: &Project) -> (tempfile::TempDir, Window) {
    let (dir, root) = written(project);
    let mut window = analysing(&root);
    every_view(&mut window);
    (dir, window)
}

fn with_relations(change: impl FnOnce(&mut Relations), project: Project) -> Project {
    let mut relations = Relations::default();
    change(&mut relations);
    project.with_relations(relations)
}

#[test]
fn no_actors() {
    let (_dir, mut window) = walked(&talks(&[(Some("2026-03-01"), vec![said("demand", &[A], "", "")])]));
    show(&mut window, ViewKind::Matrix);
    let found = reading(&window);
    assert_eq!(found.lacking, Some(Missing::Actors { passages: 1 }));
    assert!(!found.found.answer().table.rows.is_empty(), "rows are documents");
}

#[test]
fn one_document() {
    let (_dir, mut window) = walked(&talks(&two()[..1]));
    show(&mut window, ViewKind::Movement);
    assert_eq!(missing(&window), Some(Missing::Steps { moves: 2 }));
}

#[test]
fn no_dates() {
    let undated: Vec<Talk> = two().into_iter().map(|(_, moves)| (None, moves)).collect();
    let (_dir, mut window) = walked(&talks(&undated));
    show(&mut window, ViewKind::Time);
    assert_eq!(missing(&window), Some(Missing::Dates { undated: 2, documents: 2 }));
    let View::Time(view) = reading(&window).found else { panic!("the view over time") };
    assert!(!view.bins.is_empty(), "bars in the order of documents");
}

#[test]
fn year_only_dates() {
    let years: Vec<Talk> = two().into_iter().map(|(_, moves)| (Some("2026"), moves)).collect();
    let (_dir, mut window) = walked(&talks(&years));
    ask(&mut window, |asked| {
        asked.view = ViewKind::Time;
        asked.width = Some(demarche::analysis::bargain::BinWidth::Month);
    });
    let View::Time(view) = reading(&window).found else { panic!("the view over time") };
    assert!(view.bins.iter().all(|bin| bin.is_uncertain()), "{:?}", view.bins);
}

#[test]
fn two_targets_count_in_both_and_once_in_all() {
    let talk = (Some("2026-03-01"), vec![said("demand", &[A], "A", "B,Institute")]);
    let (_dir, mut window) = walked(&talks(&[talk]));
    show(&mut window, ViewKind::Towards);
    let View::Towards(view) = reading(&window).found else { panic!("interactions") };
    assert_eq!((view.edges.len(), view.moves.len()), (2, 1));
}

#[test]
fn a_collective_can_stand_for_its_members() {
    let project = talks(&[(Some("2026-03-01"), vec![said("demand", &[A], "Both", "Institute")])]);
    let members = ["A".to_owned(), "B".to_owned()].into();
    let project = with_relations(|all| drop(all.members.insert("Both".to_owned(), members)), project);
    let (_dir, mut window) = walked(&project);
    show(&mut window, ViewKind::Towards);
    let edges = |window: &Window| match reading(window).found {
        View::Towards(view) => view.edges.len(),
        _ => 0,
    };
    assert_eq!(edges(&window), 1);
    ask(&mut window, |asked| asked.rules.collectives = Collectives::Members);
    assert_eq!(edges(&window), 2);
    every_view(&mut window);
}

#[test]
fn a_person_counts_as_their_party() {
    let project = talks(&[(Some("2026-03-01"), vec![said("demand", &[A], "Minister", "B")])]);
    let party = |all: &mut Relations| drop(all.persons.insert("Minister".to_owned(), "A".to_owned()));
    let (_dir, mut window) = walked(&with_relations(party, project));
    show(&mut window, ViewKind::Towards);
    let View::Towards(view) = reading(&window).found else { panic!("interactions") };
    assert_eq!(view.nodes[0].name.as_deref(), Some("A"));
}

#[test]
fn what_an_observer_demands_is_a_recommendation() {
    let project = talks(&[(Some("2026-03-01"), vec![said("demand", &[A], "Institute", "B")])]);
    let observer = |all: &mut Relations| {
        all.observers.insert("Institute".to_owned());
    };
    let (_dir, mut window) = walked(&with_relations(observer, project));
    show(&mut window, ViewKind::Asks);
    assert!(reading(&window).ledger.asks().all(|ask| ask.is_recommendation));
}

#[test]
fn a_discontinuous_passage_counts_once() {
    let (_dir, mut window) = walked(&talks(&[(Some("2026-03-01"), vec![said("demand", &[A, C], "A", "B")])]));
    show(&mut window, ViewKind::Codeline);
    let View::Codeline(view) = reading(&window).found else { panic!("within documents") };
    assert_eq!((view.lines[0].marks.len(), view.lines[0].moves().len()), (2, 1));
}

#[test]
fn a_demand_inside_an_offer_is_a_condition() {
    let moves = vec![said("offer", &[(0, 13)], "A", "B"), said("demand", &[B], "A", "B")];
    let (_dir, mut window) = walked(&talks(&[(Some("2026-03-01"), moves)]));
    show(&mut window, ViewKind::Asks);
    assert_eq!(reading(&window).ledger.asks().filter(|ask| ask.is_condition).count(), 1);
}

#[test]
fn retired_and_aliased_categories_keep_their_role() {
    let project = talks(&[(
        Some("2026-03-01"),
        vec![said("threat", &[A], "A", "B"), said("old-demand", &[B], "A", "B")],
    )]);
    let mut codebook = (**project.codebook()).clone();
    codebook.aliases.insert("old-demand".into(), "demand".into());
    for category in codebook.categories.iter_mut().filter(|category| category.id.as_str() == "threat") {
        Arc::make_mut(category).retired = true;
    }
    let documents = project.documents().iter().map(|document| (**document).clone()).collect();
    let (people, actors) = (project.annotators().to_vec(), project.actors().to_vec());
    let issues = project.issues().to_vec();
    let project = Project::assemble("Talks".to_owned(), people, actors, issues, codebook, documents);
    let (_dir, mut window) = walked(&project);
    show(&mut window, ViewKind::Asks);
    let reading = reading(&window);
    assert_eq!(reading.ledger.len(), 1);
    assert!(reading.moves.iter().all(|(_, passage)| passage.role.is_some()));
}

#[test]
fn a_passage_whose_place_is_lost_counts_but_is_nowhere_in_the_text() {
    let (_dir, root) = written(&talks(&two()));
    let (old, new) = (words_of_talks(), "Bbb. ".repeat(40));
    std::fs::write(root.join("documents/d001.v2.txt"), &new).unwrap();
    let [old_sum, new_sum] = [&old, &new].map(|text| demarche::io::sha256(text.as_bytes()));
    let project = std::fs::read_to_string(root.join("project.ron")).unwrap();
    let updated = |line: &str| {
        match line.contains("id: \"d001\"") {
        true => line.replace(&old_sum, &new_sum).replace(
            "characters: 200)",
            &format!(
                "characters: 200, version: 2, updated: \"2026-03-15T09:00:00Z\", updated_by: \"ana\", earlier: \
                 [(version: 1, text_sha256: \"{old_sum}\", characters: 200)])"
            ),
        ),
        false => line.to_owned(),
    }
    };
    let lines: Vec<String> = project.lines().map(updated).collect();
    std::fs::write(root.join("project.ron"), lines.join("\n")).unwrap();
    let mut window = analysing(&root);
    every_view(&mut window);
    show(&mut window, ViewKind::Codeline);
    let reading = reading(&window);
    let lost = reading.moves.iter().filter(|(_, passage)| passage.has_no_place).count();
    let View::Codeline(view) = &reading.found else { panic!("within documents") };
    let placed: usize = view.lines.iter().map(|line| line.moves().len()).sum();
    assert!(lost > 0 && placed + lost == reading.moves.len(), "{lost} {placed}");
}

#[test]
fn a_layer_that_cannot_be_read_is_named() {
    let (_dir, root) = written(&talks(&two()));
    std::fs::write(root.join("layers/ana/d001.ron"), "(format: 1, broken").unwrap();
    let mut window = analysing(&root);
    every_view(&mut window);
    assert_eq!(window.session().analyse().result().unwrap().unreadable.len(), 1);
    assert!(window.says(&words::unreadable(1)), "{:?}", window.labels());
}

#[test]
fn a_blind_coder_sees_their_own_passages_alone() {
    let project = talks(&two()).with_blind(true);
    let documents = project.documents().iter().map(|document| {
        let mut document = (**document).clone();
        let layer = document.layers[&AnnotatorId::new("ana")].clone();
        document.layers.insert("ben".into(), layer);
        document
    });
    let documents = documents.take(1).collect();
    let (people, actors) = (project.annotators().to_vec(), project.actors().to_vec());
    let (issues, codebook) = (project.issues().to_vec(), (**project.codebook()).clone());
    let project =
        Project::assemble("Talks".to_owned(), people, actors, issues, codebook, documents).with_blind(true);
    let (_dir, window) = walked(&project);
    let result = window.session().analyse().result().unwrap().clone();
    assert!(result.not_counted.iter().all(|(coder, _)| coder.as_str() != "ben"), "{:?}", result.not_counted);
    let owners = |reading: &ReadingFound| {
        reading.moves.iter().map(|(_, one)| reading.moves.owner(one.owner).clone()).collect::<Vec<_>>()
    };
    assert!(result.readings.iter().flat_map(owners).all(|owner| owner.as_str() == "ana"));
}

#[test]
fn nothing_passes_the_filter() {
    let (_dir, root) = written(&talks(&two()));
    let mut window = analysing(&root);
    ask(&mut window, |asked| asked.filter = "role:threat".to_owned());
    every_view(&mut window);
    assert_eq!(missing(&window), Some(Missing::FilteredOut { all: 4 }));
    window.click(words::clear_filter());
    settle(&mut window);
    assert_eq!(missing(&window), None);
}

#[test]
fn without_roles_every_view_opens() {
    let project = talks(&two());
    let mut codebook = (**project.codebook()).clone();
    for category in &mut codebook.categories {
        Arc::make_mut(category).codes.remove("MOVE");
    }
    let documents = project.documents().iter().map(|document| (**document).clone()).collect();
    let (people, actors) = (project.annotators().to_vec(), project.actors().to_vec());
    let issues = project.issues().to_vec();
    let (_dir, mut window) =
        walked(&Project::assemble("Talks".to_owned(), people, actors, issues, codebook, documents));
    show(&mut window, ViewKind::Asks);
    assert_eq!(missing(&window), Some(Missing::Roles));
}

#[test]
fn a_hundred_thousand_passages_can_be_walked() {
    let place = |at: usize| (at % 40 * 5, at % 40 * 5 + 3);
    let kinds = ["demand", "offer", "concession", "rejection"];
    let one = |at: usize| {
        let (from, to) = if at.is_multiple_of(2) { ("A", "B") } else { ("B", "A") };
        said(kinds[at % kinds.len()], &[place(at)], from, to)
    };
    let talk = |_| (Some("2026-03-01"), (0..100).map(one).collect());
    let (_dir, root) = written(&talks(&(0..1000).map(talk).collect::<Vec<Talk>>()));
    let mut window = analysing(&root);
    ask(&mut window, |asked| asked.window = AnswerWindow::Documents(1));
    for view in [ViewKind::Matrix, ViewKind::Asks, ViewKind::Towards] {
        show(&mut window, view);
        window.press(Modifiers::NONE, Key::ArrowDown);
        window.press(Modifiers::NONE, Key::ArrowRight);
    }
    assert_eq!(reading(&window).moves.len(), 100_000);
}
