//! Freezing a round in the window, and looking at one.

use demarche::session::Screen;
use demarche::ui::words::{banners, freeze as words};
use egui::{Key, Modifiers};

use crate::support::session::{CommandId, open, passages, sample_copy, small, tag};
use crate::support::window::{CTRL, Window};

#[test]
fn a_round_is_frozen_after_a_look_at_what_is_not_done_and_can_be_opened() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.command(CommandId::FreezeRound);
    window.wait("passages are read", |window| !window.session().is_reading_layers());
    window.run();
    assert!(window.says(words::title()) && window.says(words::last_change()), "{:?}", window.labels());
    window.fill(words::note(), "after the training");
    window.press(Modifiers::NONE, Key::Enter);
    window.wait("the round is frozen", |window| {
        root.join("rounds/r1-ana/round.ron").is_file() && window.has_project()
    });

    window.press(CTRL, Key::Num3);
    assert_eq!(window.session().screen(), Screen::Agreement);
    window.wait("rounds are listed", |window| window.session().rounds().len() == 1);
    window.run();
    window.click(words::choice());
    window.run();
    let round = words::round(&window.session().rounds()[0]);
    window.click(&round);
    window.wait("the round is open", |window| window.session().open_round().is_some());
    assert_eq!(window.session().screen(), Screen::Agreement);
    window.wait("figures are there", |window| window.session().agreement_is_fresh());
    assert!(window.session().read_only().is_some());
    window.wait("rounds are listed", |window| window.session().rounds().len() == 1);
    window.run();
    window.click(words::choice());
    window.run();
    window.click(words::today());
    window.wait("the project is open", |window| window.session().open_round().is_none());
    assert_eq!(window.session().read_only(), None);
}

#[test]
fn a_banner_reopens_a_document_that_is_done() {
    let (_dir, root) = small(&["Norvania will suspend the talks."]);
    let mut session = open(&root);
    tag(&mut session, "talks", "threat");
    session.toggle_done();
    let mut window = Window::with(session);
    window.command(CommandId::RemovePassage);
    window.run();
    assert_eq!(passages(window.session()), ["ana threat: talks"]);
    window.click(banners::reopen());
    window.run();
    window.command(CommandId::RemovePassage);
    assert_eq!(passages(window.session()).len(), 0);
}
