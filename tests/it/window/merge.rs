//! What a person does in the window to bring two copies of a project together.

use std::fs;
use std::path::Path;

use demarche::model::merge::Side;
use demarche::session::{AnnotateAction, MergeAction};
use demarche::ui::words::{banners, merge as words, packet};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::support::session::*;
use crate::support::window::Window;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Clicks on the button whose name begins so.
fn click(window: &mut Window, start: &str) {
    let fits = |label: Option<String>| label.is_some_and(|label| label.starts_with(start));
    let button = window.harness.query_all_by(|node| node.role() == Role::Button && fits(node.label())).last();
    let at = button.unwrap_or_else(|| panic!("{start}:\n{}", window.labels().join("\n"))).rect().center();
    window.click_at(at);
}

/// The sample with a copy in which one passage is another category's, and one is new; here it is a third category's.
fn two() -> (tempfile::TempDir, demarche::session::Session, demarche::model::SpanRef) {
    let (dir, root) = small(&["Norvania will suspend the talks. The fee must come down."]);
    let mut session = open(&root);
    let talks = tag(&mut session, "talks", "threat");
    session.save_now().unwrap();
    drop(session);
    let other = dir.path().join("other");
    copy(&root, &other);
    let mut there = open_later(&other);
    there.perform(AnnotateAction::SetCategory { at: vec![talks.clone()], category: "offer".into() });
    tag(&mut there, "fee", "demand");
    there.save_now().unwrap();
    drop(there);
    let mut here = open_later(&root);
    here.perform(AnnotateAction::SetCategory { at: vec![talks.clone()], category: "demand".into() });
    here.perform(MergeAction::Start(other));
    here.finish_jobs();
    (dir, here, talks)
}

fn category<'a>(window: &'a Window, at: &demarche::model::SpanRef) -> &'a str {
    window.session().project().span(at).unwrap().category.as_str()
}

#[test]
fn a_conflict_is_shown_with_both_sides_and_the_chosen_one_comes_in() {
    let (_dir, here, talks) = two();
    let mut window = Window::with(here);
    assert!(
        window.says(words::title()) && window.says(&words::conflicts(1, 1)),
        "{}",
        window.labels().join("\n")
    );
    let here = words::version(Side::Ours, false, "Demand, “talks”");
    let there = words::version(Side::Theirs, false, "Offer, “talks”");
    assert!(window.says(&here) && window.says(&there));
    assert!(window.says(words::no_base()));
    click(&mut window, &there);
    let chosen = words::version(Side::Theirs, true, "Offer, “talks”");
    assert!(window.says(&chosen) && window.says(&words::conflicts(1, 0)));
    assert_eq!(category(&window, &talks), "demand", "nothing has happened yet");
    click(&mut window, words::confirm());
    assert_eq!(category(&window, &talks), "offer");
    assert_eq!(passages(window.session()), ["ana offer: talks", "ana demand: fee"]);
    window.press(crate::support::window::CTRL, Key::Z);
    assert_eq!(passages(window.session()), ["ana demand: talks"], "one step back");
}

#[test]
fn escape_gives_the_merge_up() {
    let (_dir, here, talks) = two();
    let mut window = Window::with(here);
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!window.says(words::no_base()) && window.session().merging().is_none());
    assert_eq!(category(&window, &talks), "demand");
}

#[test]
fn a_packet_is_written_for_somebody_new() {
    let (dir, root) = small(&["Norvania will suspend the talks.", "A second text."]);
    let mut window = Window::with(open(&root));
    window.command(CommandId::SendPacket);
    assert!(
        window.says(packet::send_title()) && window.says(&packet::documents(2, 2)),
        "{}",
        window.labels().join("\n")
    );
    assert!(window.says("A second text") || window.says("Text \"d002\""));
    window.press(Modifiers::NONE, Key::Escape);
    drop(window);
    let path = dir.path().join("for-zoe.demarche-packet");
    let mut again = open_later(&root);
    again.perform(MergeAction::WritePacket {
        name: "Zoë".to_owned(),
        documents: vec!["d002".into()],
        path: path.clone(),
    });
    again.finish_jobs();
    assert!(path.is_file() && again.project().annotators().iter().any(|annotator| annotator.name == "Zoë"));
}

#[test]
fn a_banner_offers_to_merge_a_copy_of_a_synchronising_program() {
    let (_dir, root) = small(&["Norvania will suspend the talks."]);
    let mut session = open(&root);
    tag(&mut session, "talks", "threat");
    session.save_now().unwrap();
    drop(session);
    let file = root.join("layers/ana/d001.ron");
    let copy = "layers/ana/d001 (Ana's conflicted copy 2026-11-27).ron";
    fs::rename(&file, root.join(copy)).unwrap();
    let mut window = Window::on(&root);
    assert!(window.says(&banners::sync_conflict(copy, 0)), "{}", window.labels().join("\n"));
    click(&mut window, "Merge");
    assert_eq!(passages(window.session()), ["ana threat: talks"]);
    assert!(!window.says(&banners::sync_conflict(copy, 0)));
}
