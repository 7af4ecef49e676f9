//! The filter above the passages table and in the summary.

use std::sync::Arc;

use demarche::session::{CountScope, PassageFilter, PassageSet, PassagesAction};
use demarche::ui::commands::CommandId;
use demarche::ui::words::{analyse as words, passages, summary};
use egui::{Key, Modifiers};

use crate::support::session::sample_copy;
use crate::support::window::Window;

#[test]
fn a_filter_above_the_table_is_counted_while_it_is_typed_and_holds_everywhere() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    let all = window.session().passage_table().len();
    window.click(words::filter_everything());
    window.type_text("category:threat");
    let count = |window: &Window| window.session().filter_count("category:threat", CountScope::Visible);
    window.wait("it is counted", |window| count(window).is_some());
    let counted = count(&window).unwrap();
    assert_eq!(window.session().passage_table().len(), all, "nothing is filtered before Enter");
    window.run();
    assert!(window.says(&words::passing(counted.passing, counted.of)), "{:?}", window.labels());
    window.press(Modifiers::NONE, Key::Enter);
    window.wait("it is filtered", |window| window.session().passage_table().len() == counted.passing);
    window.press(Modifiers::ALT, Key::Num2);
    window.run();
    assert!(window.says(&summary::filtered(counted.passing, counted.of)), "{:?}", window.labels());
    assert_eq!(window.session().analyse().question().filter, "category:threat");
    window.command(CommandId::ClearFilter);
    window.run();
    assert_eq!(window.session().passage_table().len(), all);
}

#[test]
fn a_column_and_the_summary_change_terms_of_the_filter() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.press(Modifiers::ALT, Key::Num2);
    let threats = window.figure("Threat");
    window.click(&summary::bar_label("Threat", threats));
    assert_eq!(window.session().filter(), "category:threat");
    window.click(&passages::filter_by("Passage"));
    window.type_text("talks");
    assert_eq!(window.session().filter(), "category:threat \"talks\"");
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.session().passage_table().len() < threats);
}

#[test]
fn escape_leaves_the_passages_behind_a_figure() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    let all = window.session().passage_table().len();
    let behind = |window: &mut Window| {
        let session = window.harness.state_mut().as_mut().unwrap().session_mut().unwrap();
        let spans: Vec<_> = session.passage_table().spans().take(3).collect();
        let among = Some(Arc::new(PassageSet::new("three passages".to_owned(), spans)));
        session.perform(PassagesAction::Filter(PassageFilter { among, ..PassageFilter::default() }));
        assert_eq!(session.passage_table().len(), 3);
        window.run();
    };
    behind(&mut window);
    window.command(CommandId::FocusPassages);
    window.run();
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(window.session().passage_table().len(), all);
    // In the text as well, once nothing is selected there.
    behind(&mut window);
    window.command(CommandId::FocusText);
    window.run();
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(window.session().passage_table().len(), all);
}
