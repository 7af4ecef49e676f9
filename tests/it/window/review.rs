//! Reviewing in the window, by keyboard alone; the inbox of the one who tagged; the dialog of people; blind work.

use demarche::model::{DecisionState, SpanRef, Status, Verdict};
use demarche::session::{DocumentAction, NavigateAction, ProjectAction, Session, Shown};
use demarche::ui::words::{banners, common, people, propose, review as words};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::session::{CommandId, root_of, sample_copy, steps};
use crate::support::window::{CTRL, Window};

const NONE: Modifiers = Modifiers::NONE;
const ALT: Modifiers = Modifiers::ALT;

fn session(window: &mut Window) -> &mut Session {
    window.harness.state_mut().as_mut().unwrap().session_mut().unwrap()
}

fn verdict(window: &Window, at: &SpanRef) -> Option<Verdict> {
    let document = window.session().project().document(&at.layer.document)?;
    document.decision(window.session().me(), at.span)?.verdict
}

fn picked(window: &Window) -> SpanRef {
    window.session().current().unwrap().clone()
}

#[test]
fn a_reviewer_decides_comments_and_proposes_by_keyboard_and_the_annotator_takes_it_over() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.press(ALT, Key::Num3);
    let all = window.session().review().items().len();
    assert!(all > 80 && window.says(&words::position(Some(0), all)), "{:?}", window.labels());
    let first = picked(&window);
    assert_eq!(first.layer.annotator.as_str(), "ben");
    window.press(ALT, Key::A);
    let second = picked(&window);
    assert!(
        first != second && window.says(&words::position(Some(1), all)) && window.says(&words::decided(1))
    );
    window.press(ALT, Key::Q);
    window.write(Key::R, "r");
    let third = picked(&window);
    window.write(Key::D, "d");
    let fourth = picked(&window);
    let verdicts = [&first, &second, &third].map(|at| verdict(&window, at));
    assert_eq!(verdicts, [Some(Verdict::Accepted), Some(Verdict::Rejected), Some(Verdict::Disputed)]);
    window.press(NONE, Key::ArrowUp);
    assert_eq!(picked(&window), third);
    window.write(Key::C, "c");
    window.type_text("Why so?");
    window.press(NONE, Key::Enter);
    assert!(window.says("Why so?"), "the thread shows it: {:?}", window.labels());
    window.press(ALT, Key::N);
    assert_eq!(picked(&window), fourth);
    window.press(NONE, Key::F5);
    window.press(CTRL | Modifiers::SHIFT, Key::ArrowRight);
    window.press(CTRL | Modifiers::SHIFT, Key::ArrowRight);
    window.press(ALT, Key::P);
    assert!(
        window.says(propose::title()) && window.says(propose::this_text("").trim_end_matches(['“', '”'])),
        "{:?}",
        window.labels()
    );
    window.type_text("These words are enough.");
    window.press(NONE, Key::Enter);
    assert!(!window.says(propose::title()));
    assert_eq!(window.session().review().decided(), 4);
    let before = steps(window.session());
    window.press(CTRL, Key::Z);
    assert_eq!((verdict(&window, &fourth), steps(window.session())), (None, before - 1));
    window.press(CTRL | Modifiers::SHIFT, Key::Z);
    assert_eq!(verdict(&window, &fourth), Some(Verdict::Disputed));

    session(&mut window).perform(ProjectAction::WorkAs { name: "Ben Okafor".to_owned() });
    window.press(ALT, Key::Num4);
    assert!(window.says("new decisions on your passages"), "the status bar says so");
    while window.session().current() != Some(&fourth) {
        window.press(ALT, Key::I);
    }
    assert!(
        window.says(words::proposes()) && window.says("These words are enough."),
        "{:?}",
        window.labels()
    );
    let old = window.session().current_span().unwrap().ranges.clone();
    window.press(ALT, Key::T);
    assert_ne!(window.session().current_span().unwrap().ranges, old);
    assert!(window.says(&words::decision("Ana Reyes", words::proposes(), DecisionState::Applied)));
    window.press(CTRL, Key::Z);
    assert_eq!(window.session().project().span(&fourth).unwrap().ranges, old);
}

#[test]
fn the_cards_say_in_words_what_was_decided() {
    let (_dir, root) = sample_copy();
    let window = Window::on(&root);
    let cards: Vec<String> =
        window.labels().into_iter().filter(|label| label.starts_with("Card: ")).collect();
    assert!(cards.iter().any(|card| card.contains(", accepted")), "{cards:?}");
    assert!(window.says("new decisions on your passages"));
}

#[test]
fn blind_work_hides_others_in_the_window_until_the_document_is_done() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    let s = session(&mut window);
    s.perform(ProjectAction::SetBlind(true));
    s.perform(ProjectAction::WorkAs { name: "Ben Okafor".to_owned() });
    s.perform(DocumentAction::SetStatus("d001".into(), Status::InProgress));
    s.perform(NavigateAction::Show(Shown::Everyone));
    window.run();
    let others = |window: &Window| {
        let marks = window.harness.query_all_by_role(Role::Mark);
        let hers = |mark: &egui_kittest::Node<'_>| {
            mark.accesskit_node().description().as_deref() == Some("Ana Reyes")
        };
        marks.filter(hers).count()
    };
    assert!(window.says(banners::blind()), "{:?}", window.labels());
    assert_eq!(others(&window), 0);
    let mine = window.session().passage_table().spans().filter(|at| at.layer.document == "d001".into());
    assert!(mine.into_iter().all(|at| at.layer.annotator.as_str() == "ben"));
    window.press(CTRL, Key::Enter);
    assert!(!window.says(banners::blind()) && others(&window) > 0, "{:?}", window.labels());
}

#[test]
fn people_are_added_and_given_documents_in_a_dialog() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.command(CommandId::People);
    assert!(window.says(people::assignments()) && window.says(people::blind()));
    window.click(people::new());
    window.type_text("Dora Vance");
    window.press(NONE, Key::Enter);
    window.click(people::blind());
    window.click(&people::assigned("Ben Okafor", "Press briefing, Estmark"));
    window.click(common::apply());
    let project = window.session().project();
    assert!(project.is_blind() && project.annotator(&"dora-vance".into()).is_some());
    let ben = project.annotator(&"ben".into()).unwrap();
    assert!(!ben.is_assigned(&"d001".into()) && ben.is_assigned(&"d002".into()));
    assert!(root_of(window.session()).exists());
}

#[test]
fn what_alt_with_a_key_writes_besides_tags_nothing() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    let before = steps(window.session());
    let key = |pressed, modifiers| Event::Key {
        key: Key::Num3,
        physical_key: Some(Key::Num3),
        pressed,
        repeat: false,
        modifiers,
    };
    // As X11 sends it where Alt is let go at once.
    let events = [key(true, ALT), Event::Text("3".to_owned()), key(false, NONE)];
    window.harness.input_mut().events.extend(events);
    window.run();
    assert_eq!(picked(&window).layer.annotator.as_str(), "ben", "the queue has begun");
    assert_eq!(steps(window.session()), before);
}
