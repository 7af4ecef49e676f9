//! Freezing a round in the window, and looking at one.

use demarche::model::Status;
use demarche::session::Screen;
use demarche::ui::words::{banners, board, freeze as words, return_document as returns};
use egui::{Key, Modifiers};

use crate::support::session::{CommandId, open, passages, sample_copy, small, tag, works_here};
use crate::support::talks::written;
use crate::support::team::team;
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

#[test]
fn a_lead_returns_a_document_with_a_reason_and_its_coder_sees_it_on_the_board() {
    let (_dir, root) = written(&team(&[&[("ana", Status::Done, &[0]), ("ben", Status::Done, &[0])]]));
    works_here(&root, "lena");
    let mut window = Window::on(&root);
    window.command(CommandId::ReturnDocument);
    assert!(window.says(returns::title()) && window.says("Ana"), "{:?}", window.labels());
    window.click("Ben");
    window.fill(returns::reason(), "read the annex");
    window.click(returns::confirm());
    window.run();
    let document = window.session().project().document(&"d001".into()).unwrap();
    let made: Vec<_> = document.reviews[&"lena".into()].returns.iter().collect();
    assert_eq!((made[0].0.as_str(), made[0].1.reason.as_str(), made.len()), ("ben", "read the annex", 1));
    window.command(CommandId::Save);
    window.wait("it is saved", |window| !window.session().has_unsaved());
    drop(window);

    works_here(&root, "ben");
    let mut window = Window::on(&root);
    window.wait("it is returned", |window| window.session().status(&"d001".into()) == Status::InProgress);
    assert!(window.session().notices().iter().any(|notice| notice.text.contains("read the annex")));
    window.press(CTRL, Key::Num5);
    window.wait("the work is counted", |window| window.session().jobs().running().is_empty());
    window.run();
    window.click(&board::to_do(1));
    window.run();
    let title = window.session().project().documents()[0].meta.title.clone();
    let lead = window.session().project().name_of(&"lena".into()).to_owned();
    let row = board::open_with_remark(&title, &board::returned_by(&lead, "read the annex"));
    assert!(window.says(&row), "{:?}", window.labels());
    window.click(&row);
    assert_eq!(window.session().screen(), Screen::Annotate);
}
