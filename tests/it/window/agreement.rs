//! The Agreement screen: figures, what they open, and what is left out.

use demarche::analysis::agreement::{Measure, NoInterval};
use demarche::session::{AnnotateAction, NavigateAction, Screen, TextSelection};
use demarche::ui::words::{agreement as words, window as notices};
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::session::sample_copy;
use crate::support::window::{CTRL, Window};

/// A window on the sample at its Agreement screen, once that is computed.
fn open() -> (tempfile::TempDir, Window) {
    let (dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.press(CTRL, egui::Key::Num3);
    assert_eq!(window.session().screen(), Screen::Agreement);
    window.wait("figures are there", |window| window.session().agreement_is_fresh());
    window.run();
    (dir, window)
}

/// The buttons whose names begin so.
fn buttons(window: &Window, start: &str) -> Vec<String> {
    let nodes = window.harness.query_all_by_role(Role::Button);
    let labels = nodes.filter_map(|node| node.accesskit_node().label());
    labels.filter(|label| label.starts_with(start)).collect()
}

fn rows(window: &Window) -> usize {
    window.session().passage_table().len()
}

#[test]
fn a_figure_says_its_value_and_opens_its_passages() {
    let (_dir, mut window) = open();
    let label = buttons(&window, "F1, exact, Passages, All categories: 0.").pop().unwrap();
    assert!(window.says(&NoInterval::TooFewDocuments.to_string()), "{:?}", window.labels());
    window.click(&label);
    window.wait("the table is filtered", |window| window.session().passage_filter().among.is_some());
    window.run();
    let all = rows(&window);
    assert!(all > 10 && window.says("passages behind F1, exact"), "{:?}", window.labels());
    window.click(words::click_differences());
    window.click(&label);
    window.wait("the differences are shown", |window| rows(window) < all);
    assert!(rows(&window) > 0);
    window.run();
    assert!(window.says("differences behind F1, exact"));
    // A passage leads to its text.
    let row = window.harness.query_all_by_role(Role::Row).next().unwrap().rect().left_center();
    window.click_at(row + egui::vec2(60.0, 0.0));
    assert_eq!(window.session().screen(), Screen::Annotate);
    assert!(window.session().current().is_some());
}

#[test]
fn a_figure_opens_its_differences_in_compare() {
    let (_dir, mut window) = open();
    let label = buttons(&window, "F1, exact, Passages, Justification: 0.").pop().unwrap();
    window.click(words::click_compare());
    window.click(&label);
    window.run();
    let session = window.session();
    assert_eq!(session.screen(), Screen::Compare);
    assert_eq!(session.difference_filter().category, Some("justification".into()));
    assert_eq!(session.compared_people().len(), 2, "those of the figure, not the reviewer");
    assert!(!session.difference_rows().is_empty());
}

#[test]
fn what_is_compared_can_be_chosen_and_figures_follow() {
    let (_dir, mut window) = open();
    assert!(buttons(&window, "Krippendorff's α, Tokens").is_empty());
    window.click("Tokens");
    window.wait("tokens are compared", |window| {
        window.session().agreement_is_fresh() && window.session().agreement().choice().units.len() == 4
    });
    for unit in ["Passages", "Characters"] {
        let place = window.harness.get_by_role_and_label(Role::CheckBox, unit).rect().center();
        window.click_at(place);
    }
    window.wait("fewer are compared", |window| window.session().agreement_is_fresh());
    window.run();
    assert!(
        !buttons(&window, "Krippendorff's α, Tokens, All categories").is_empty(),
        "{:?}",
        window.labels()
    );
    assert!(buttons(&window, "F1").is_empty());
}

#[test]
fn with_one_annotator_the_screen_says_what_to_do() {
    let (_dir, mut window) = open();
    let ben = window.session().agreement_candidates()[1].clone();
    let name = window.session().project().annotator(&ben).unwrap().name.clone();
    window.click(&name);
    assert!(window.says(words::two_needed()) && window.says(words::select_two()), "{:?}", window.labels());
    window.click(&name);
    window.wait("figures are back", |window| window.session().agreement_is_fresh());
}

#[test]
fn figures_follow_an_edit_and_can_be_copied() {
    let (_dir, mut window) = open();
    let before = window.session().agreement().result().unwrap().agreement.clone();
    let session = window.harness.state_mut().as_mut().unwrap().session_mut().unwrap();
    let span = session.passage_table().row(0).unwrap().at();
    session.perform(NavigateAction::GoTo(span));
    session.perform(NavigateAction::SelectText(TextSelection { anchor: 0, head: 30 }));
    session.perform(AnnotateAction::Tag("threat".into()));
    assert!(!session.agreement_is_fresh());
    window.wait("figures are new", |window| window.session().agreement_is_fresh());
    let after = window.session().agreement().result().unwrap().agreement.clone();
    assert_ne!(after.figures, before.figures);
    let text = window.session().agreement_text().unwrap();
    assert!(text.contains(Measure::AlphaU.name()) && text.contains("All categories\t"), "{text}");
    let csv = window.session().agreement_csv().unwrap();
    assert!(
        csv.starts_with("measure,unit,subject,annotators,value,low,high,n,documents,why,continuum\n"),
        "{csv}"
    );
    assert_eq!(csv.lines().count(), after.figures.len() + 1);
    window.click(words::copy_csv());
    assert!(window.says(notices::figures_copied()), "{:?}", window.labels());
}

#[test]
fn the_report_is_written_from_the_button_with_its_raw_data_next_to_it() {
    let (dir, mut window) = open();
    let path = dir.path().join("study.html");
    window.perform(demarche::session::AgreementAction::WriteReport(path.clone()));
    window.wait("the report is written", |window| window.session().report().is_some());
    let report = window.session().report().expect("a report");
    assert_eq!(report.path.as_ref(), Some(&path));
    assert_eq!(report.lines.len(), 3, "{report:?}");
    for name in ["study.html", "study-units.csv", "study-units-key.csv"] {
        assert!(path.with_file_name(name).is_file(), "{name}");
    }
}
