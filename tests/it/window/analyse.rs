//! The Analyse screen, driven with the keyboard: from a number to its passages and back.

use std::collections::BTreeSet;

use demarche::analysis::bargain::CoderChoice;
use demarche::analysis::summary::Day;
use demarche::analysis::views::{TowardsShape, View};
use demarche::io::export::analysis::ViewFormat;
use demarche::model::{AnnotatorId, AttributeId, SpanRef, ViewKind};
use demarche::session::{AnalyseAction, AnalyseQuestion, AnnotateAction, Behind, Screen};
use demarche::ui::words::{
    analyse as words, calendar as calendar_words, common, export_view as export_words,
};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::session::analyse::give_roles;
use crate::support::session::{sample_copy, steps};
use crate::support::window::{CTRL, Window};

/// A window on the sample at its Analyse screen, once that is computed.
fn open() -> (tempfile::TempDir, Window) {
    let (dir, root) = sample_copy();
    give_roles(&root);
    let mut window = Window::on(&root);
    window.press(CTRL, Key::Num4);
    assert_eq!(window.session().screen(), Screen::Analyse);
    settle(&mut window);
    (dir, window)
}

fn settle(window: &mut Window) {
    window.wait("the view is computed", |window| window.session().analysis_is_fresh());
    window.run();
}

fn press(window: &mut Window, keys: &[Key]) {
    for key in keys {
        window.press(Modifiers::NONE, *key);
    }
}

/// Shows the list of demands and offers, and marks the first one with possible answers.
fn mark_ask(window: &mut Window) {
    window.click(words::view(ViewKind::Asks));
    settle(window);
    for _ in 0..40 {
        press(window, &[Key::ArrowDown]);
        if window.session().possible_answers().is_some_and(|answers| answers.answers.len() > 1) {
            return;
        }
    }
    panic!("a demand has possible answers");
}

#[test]
fn keys_lead_from_a_cell_to_a_passage_and_back_to_the_cell() {
    let (_dir, mut window) = open();
    press(&mut window, &[Key::T, Key::ArrowDown, Key::ArrowRight]);
    let listed = window.session().analyse().listed().cloned().unwrap();
    assert!(listed.spans.len() > 1, "{}", listed.title);
    press(&mut window, &[Key::Enter, Key::ArrowDown, Key::Enter]);
    assert_eq!(window.session().screen(), Screen::Annotate);
    assert_eq!(window.session().current(), Some(&listed.spans[1]));
    window.press(CTRL, Key::Num4);
    settle(&mut window);
    assert_eq!(window.session().analyse().listed().unwrap().marked, Some(1));
    // Out of the list, and on from the same cell.
    press(&mut window, &[Key::Escape, Key::ArrowLeft, Key::ArrowRight]);
    assert_eq!(window.session().analyse().listed().unwrap().spans, listed.spans);
    press(&mut window, &[Key::Escape]);
    assert!(window.session().analyse().listed().is_none());
}

#[test]
fn a_figure_is_walked_and_leads_to_its_passages() {
    let (_dir, mut window) = open();
    press(&mut window, &[Key::ArrowDown, Key::ArrowDown, Key::ArrowRight]);
    let listed = window.session().analyse().listed().cloned().unwrap();
    assert!(listed.spans.len() > 1, "{}", listed.title);
    press(&mut window, &[Key::Enter, Key::ArrowDown, Key::Enter]);
    assert_eq!(window.session().current(), Some(&listed.spans[1]));
    window.press(CTRL, Key::Num4);
    settle(&mut window);
    press(&mut window, &[Key::Escape, Key::ArrowLeft, Key::ArrowRight]);
    assert_eq!(window.session().analyse().listed().unwrap().spans, listed.spans);
    // The mark survives an edit that changes the number.
    let session = window.harness.state_mut().as_mut().unwrap().session_mut().unwrap();
    session.perform(AnnotateAction::Remove(vec![listed.spans[1].clone()]));
    settle(&mut window);
    press(&mut window, &[Key::ArrowLeft, Key::ArrowRight]);
    assert_eq!(window.session().analyse().listed().unwrap().spans.len(), listed.spans.len() - 1);
    press(&mut window, &[Key::Escape]);
    assert!(window.session().analyse().listed().is_none());
}

#[test]
fn no_key_tags_on_this_screen() {
    let (_dir, mut window) = open();
    let before = (steps(window.session()), window.session().totals().spans);
    for (key, sign) in [(Key::Num1, "1"), (Key::Num5, "5"), (Key::T, "t"), (Key::D, "d"), (Key::Y, "y")] {
        window.write(key, sign);
    }
    press(&mut window, &[Key::Delete, Key::Backspace]);
    assert_eq!((steps(window.session()), window.session().totals().spans), before);
}

#[test]
fn a_filter_is_completed_applied_and_removed_as_a_chip() {
    let (_dir, mut window) = open();
    press(&mut window, &[Key::T, Key::ArrowDown]);
    window.write(Key::Slash, "/");
    window.type_text("rol");
    press(&mut window, &[Key::Tab]);
    window.type_text("dem");
    press(&mut window, &[Key::ArrowDown, Key::Enter, Key::Enter]);
    assert_eq!(window.session().screen(), Screen::Analyse, "the marked cell does not open");
    assert_eq!(window.session().analyse().question().filter, "role:demand");
    settle(&mut window);
    window.write(Key::Slash, "/");
    window.type_text("actor:nobody");
    press(&mut window, &[Key::Enter]);
    assert_eq!(window.session().analyse().question().filter, "role:demand", "an error is not applied");
    press(&mut window, &[Key::Escape]);
    let label = window.labels().into_iter().find(|label| label.ends_with('×')).unwrap();
    window.click(&label);
    assert_eq!(window.session().analyse().question().filter, "");
}

#[test]
fn a_possible_answer_is_linked_and_dismissed_with_a_key() {
    let (_dir, mut window) = open();
    mark_ask(&mut window);
    let before = (steps(window.session()), window.session().possible_answers().unwrap());
    window.write(Key::N, "n");
    settle(&mut window);
    let after = window.session().possible_answers().unwrap();
    assert_eq!(after.ask, before.1.ask);
    assert!(!after.answers.contains(&before.1.answers[0]));
    let answer = after.answer().unwrap().span.clone();
    window.write(Key::Y, "y");
    assert_eq!(steps(window.session()), before.0 + 2);
    settle(&mut window);
    assert_eq!(window.session().possible_answers().unwrap().linked, std::slice::from_ref(&answer));
    assert!(window.session().links_of(&answer).iter().any(|end| end.link.to == before.1.ask.span));
}

#[test]
fn a_view_is_saved_and_changed() {
    let (_dir, mut window) = open();
    window.write(Key::S, "s");
    press(&mut window, &[Key::Enter]);
    let view = window.session().saved_views()[0].view.clone();
    assert_eq!(view.name, words::view(ViewKind::Matrix));
    assert_eq!(window.session().analyse().opened(), Some(view.id));
    window.write(Key::Period, ".");
    settle(&mut window);
    assert!(window.says(&words::saved_view(&view.name, true)), "{:?}", window.labels());
}

#[test]
fn every_view_leads_from_a_key_to_a_passage_and_back() {
    let (_dir, mut window) = open();
    for view in ViewKind::ALL {
        window.click(words::view(view));
        settle(&mut window);
        let keys = [Key::ArrowDown, Key::ArrowRight].into_iter().cycle().take(24);
        let is_listed = |window: &Window| {
            window.session().analyse().listed().is_some_and(|listed| !listed.spans.is_empty())
        };
        for key in keys {
            if is_listed(&window) {
                break;
            }
            press(&mut window, &[key]);
        }
        assert!(is_listed(&window), "{view:?}");
        press(&mut window, &[Key::Enter]);
        let listed = window.session().analyse().listed().unwrap().spans.clone();
        if window.session().screen() == Screen::Analyse {
            press(&mut window, &[Key::Enter]);
        }
        assert_eq!(window.session().screen(), Screen::Annotate, "{view:?}");
        assert!(listed.contains(window.session().current().unwrap()), "{view:?}");
        window.press(CTRL, Key::Num4);
        settle(&mut window);
        assert_eq!(window.session().analyse().question().view, view);
        assert_eq!(window.session().analyse().listed().unwrap().spans, listed);
        press(&mut window, &[Key::Escape, Key::Escape]);
        assert!(window.session().analyse().listed().is_none(), "{view:?}");
    }
}

#[test]
fn a_view_is_exported_with_a_key() {
    let (dir, mut window) = open();
    window.write(Key::X, "x");
    assert!(window.says(export_words::title()), "{:?}", window.labels());
    window.click(export_words::format(ViewFormat::CsvWide));
    let path = dir.path().join("view.csv");
    window.fill(common::file(), &path.display().to_string());
    press(&mut window, &[Key::Enter]);
    window.wait("the file is written", |_| path.is_file());
    let text = std::fs::read_to_string(&path).unwrap();
    let table = &window.session().analyse().result().unwrap().readings[0].found.answer().table;
    assert_eq!(text.lines().count(), table.rows.len() + 1);
    assert!(window.session().has_one_figure());
}

#[test]
fn a_listed_demand_is_judged_and_the_judgement_is_undone() {
    let (_dir, mut window) = open();
    window.click(words::view(ViewKind::Asks));
    settle(&mut window);
    let listed = |window: &Window| {
        window.session().analyse().result().unwrap().readings[0].listed_asks.as_ref().clone()
    };
    let before = listed(&window);
    assert!(before.with_answers.len() > 5);
    assert!(window.says(&words::possible_answers(before.with_answers.len())));
    mark_ask(&mut window);
    window.write(Key::N, "n");
    settle(&mut window);
    assert_eq!(listed(&window).dismissed.len(), before.dismissed.len() + 1);
    window.click(&words::show_dismissed(listed(&window).dismissed.len(), false));
    window.run();
    window.click(words::restore());
    settle(&mut window);
    assert_eq!(listed(&window), before);
}

#[test]
fn an_event_is_added_at_the_marked_bin() {
    let (_dir, mut window) = open();
    window.click(words::view(ViewKind::Time));
    settle(&mut window);
    press(&mut window, &[Key::ArrowDown, Key::ArrowRight]);
    let date = window.session().analyse().marked_date().cloned().unwrap();
    let before = window.session().events().len();
    window.write(Key::E, "e");
    assert!(window.says(calendar_words::title()), "{:?}", window.labels());
    window.type_text("Talks resume");
    window.click(calendar_words::add());
    let events = window.session().events();
    assert_eq!(events.len(), before + 1);
    assert!(events.iter().any(|(_, event)| event.label == "Talks resume" && event.date == date));
}

#[test]
fn a_click_within_a_document_goes_to_the_passage() {
    let (_dir, mut window) = open();
    window.click(words::view(ViewKind::Codeline));
    settle(&mut window);
    let reading = window.session().analyse().result().unwrap().readings[0].clone();
    let View::Codeline(view) = &reading.found else { panic!("within documents") };
    let at = reading.moves.span_ref(view.lines[0].marks[0].passage);
    let project = window.session().project();
    let text = project.document(&at.layer.document).unwrap().text.clone().unwrap();
    let quote: String = project.span(&at).unwrap().ranges.quote(&text).chars().take(30).collect();
    let places = window.harness.query_all_by(|node| {
        node.role() == Role::ListItem && node.label().is_some_and(|label| label.contains(&quote))
    });
    let place = places.last().unwrap().rect().center();
    window.click_at(place);
    assert_eq!(window.session().screen(), Screen::Annotate);
    assert_eq!(window.session().current(), Some(&at));
}

#[test]
fn overlapping_passages_are_shown_whole_or_by_the_words_they_share() {
    let (_dir, mut window) = open();
    window.click(words::view(ViewKind::Together));
    settle(&mut window);
    press(&mut window, &[Key::ArrowDown]);
    let listed = window.session().analyse().listed().unwrap().clone();
    assert_eq!(listed.shared.len(), listed.spans.len());
    window.click(words::shared_words());
    assert!(window.session().analyse().shows_shared());
    window.click(words::whole_passages());
    assert!(!window.session().analyse().shows_shared());
}

#[test]
fn an_actor_of_the_network_keeps_the_place_to_which_it_is_dragged() {
    let (_dir, mut window) = open();
    window.click(words::view(ViewKind::Towards));
    settle(&mut window);
    let session = window.harness.state_mut().as_mut().unwrap().session_mut().unwrap();
    let mut asked = session.analyse().question().clone();
    asked.options.towards.shape = TowardsShape::Network;
    session.perform(AnalyseAction::Ask(Box::new(asked)));
    settle(&mut window);
    let nodes = window.harness.query_all_by(|node| {
        node.role() == Role::ListItem
            && node.label().is_some_and(|label| label.starts_with("Orsa Institute\n"))
    });
    let from = nodes.last().unwrap().rect().center();
    window.drag(from, from + egui::vec2(60.0, 40.0));
    settle(&mut window);
    let places = &window.session().analyse().question().options.towards.places;
    assert!(places.contains_key("Orsa Institute"), "{places:?}");
    window.write(Key::S, "s");
    press(&mut window, &[Key::Enter]);
    let saved = window.session().saved_views();
    assert!(saved.iter().any(|entry| entry.view.nodes.contains_key("Orsa Institute")));
}

#[test]
fn what_moves_lack_is_filled_in_and_a_key_leads_back() {
    let (_dir, root) = sample_copy();
    give_roles(&root);
    let mut window = Window::on(&root);
    window.press(CTRL, Key::Num4);
    settle(&mut window);
    let session = window.session();
    let result = session.analyse().result().unwrap().clone();
    let target = AttributeId::new("target");
    let unspecified = result.readings[0].unspecified.iter().find(|one| one.attribute == target).unwrap();
    let lacking = result.readings[0].spans(&unspecified.passages);
    assert!(!lacking.is_empty());
    window.click(&words::fill_in("Target"));
    assert_eq!(window.session().screen(), Screen::Annotate);
    assert_eq!(window.session().current(), Some(&lacking[0]));
    window.wait("the table is filtered", |window| {
        let rows: BTreeSet<SpanRef> = window.session().passage_table().spans().collect();
        rows == lacking.iter().cloned().collect()
    });
    // The keyboard is at the attribute: Enter opens its values, and letters choose one.
    window.run();
    press(&mut window, &[Key::Enter]);
    window.type_text("Norv");
    press(&mut window, &[Key::Enter]);
    let filled = window.session().project().span(&lacking[0]).unwrap();
    assert_eq!(filled.attributes.get(&target).map(ToString::to_string).as_deref(), Some("Norvania"));
    assert!(window.session().filter().contains("target:none"), "{}", window.session().filter());
    window.press(CTRL, Key::Num4);
    settle(&mut window);
    assert_eq!(window.session().filter(), "");
    assert_eq!(window.session().analyse().listed().unwrap().spans, lacking);
    // From the list, with a key.
    press(&mut window, &[Key::F]);
    assert_eq!(window.session().screen(), Screen::Annotate);
}

#[test]
fn possible_answers_are_reached_from_the_keyboard() {
    let (_dir, mut window) = open();
    press(&mut window, &[Key::A]);
    assert!(window.session().possible_answers().is_none(), "the matrix lists no demands");
    window.click(words::view(ViewKind::Asks));
    settle(&mut window);
    press(&mut window, &[Key::A]);
    window.run();
    let first = window.session().possible_answers().unwrap();
    assert!(!first.answers.is_empty());
    press(&mut window, &[Key::ArrowDown]);
    let second = window.session().possible_answers().unwrap();
    assert_ne!(second.ask, first.ask);
    // On to its answers, back to the table, and to no cell.
    press(&mut window, &[Key::Enter, Key::ArrowDown]);
    assert_eq!(window.session().possible_answers().unwrap().ask, second.ask);
    // The first line is the heading of a group.
    press(&mut window, &[Key::Escape, Key::ArrowDown, Key::ArrowDown]);
    assert!(window.session().analyse().listed().is_some());
    press(&mut window, &[Key::Escape]);
    assert!(window.session().analyse().listed().is_none());
}

#[test]
fn what_is_new_since_the_user_looked_passes() {
    let (_dir, root) = sample_copy();
    give_roles(&root);
    let mut window = Window::on(&root);
    window.press(CTRL, Key::Num4);
    settle(&mut window);
    let first = window.session().analyse().looked_before();
    assert_eq!(first, None, "nobody has looked yet");
    window.click(words::new_since());
    assert!(!window.labels().iter().any(|label| label.starts_with("The last time")), "no such date yet");
    press(&mut window, &[Key::Escape]);
    window.session().save_local_state();
    drop(window);
    let mut window = Window::on(&root);
    window.press(CTRL, Key::Num4);
    settle(&mut window);
    let day = window.session().analyse().looked_before().unwrap();
    window.click(words::new_since());
    window.click(&words::since_i_looked(&day));
    settle(&mut window);
    assert_eq!(window.session().filter(), words::tagged_since(&day));
    let result = window.session().analyse().result().unwrap().clone();
    let reading = &result.readings[0];
    let tagged_since = |index| {
        let at = reading.moves.span_ref(index);
        Day::from_stamp(window.session().project().span(&at).unwrap().created) >= day
    };
    let expected = reading.moves.iter().filter(|(index, _)| tagged_since(*index)).count();
    assert_eq!(reading.passing.len(), expected);
}

#[test]
fn everyone_is_shown_side_by_side_without_the_consensus() {
    let (_dir, mut window) = open();
    let session = window.harness.state_mut().as_mut().unwrap().session_mut().unwrap();
    let asked = AnalyseQuestion { coders: CoderChoice::Everyone, ..session.analyse().question().clone() };
    session.perform(AnalyseAction::Ask(Box::new(asked)));
    settle(&mut window);
    let result = window.session().analyse().result().unwrap().clone();
    let coders: Vec<_> = result.readings.iter().filter_map(|reading| reading.coder.clone()).collect();
    assert_eq!(coders, ["ana", "ben"].map(AnnotatorId::new));
    for coder in &coders {
        assert!(window.says(window.session().project().name_of(coder)), "{:?}", window.labels());
    }
    // A number of each leads to passages of that coder alone.
    for (at, coder) in coders.iter().enumerate() {
        let reading = &result.readings[at];
        let behind = Behind { title: String::new(), reading: at, passages: reading.passing.clone() };
        let session = window.harness.state_mut().as_mut().unwrap().session_mut().unwrap();
        session.perform(AnalyseAction::Show(behind));
        let listed = session.analyse().listed().unwrap();
        assert!(listed.spans.iter().all(|at| at.layer.annotator == *coder));
    }
}
