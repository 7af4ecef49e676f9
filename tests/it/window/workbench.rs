//! What a person does in the window, and what they see then.

use std::fs;

use demarche::io::project::{Folder, check};
use demarche::session::{NavigateAction, ProjectAction};
use demarche::ui::commands::CommandId;
use demarche::ui::words;
use egui::accesskit::Role;
use egui::{Key, Modifiers, ViewportCommand, ViewportEvent, ViewportId};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::project::files;
use crate::support::session::{open, passages, sample_copy, small};
use crate::support::window::{CTRL, Window};

/// How a paragraph of the sample's first document begins; its first words carry no tag of Ana's.
const PARAGRAPH: &str = "18 February";

/// The words that are selected.
fn selected(window: &Window) -> String {
    let session = window.session();
    session.document().unwrap().text.as_ref().unwrap().slice(session.text_selection().range()).to_owned()
}

#[test]
fn words_are_dragged_over_tagged_with_a_key_counted_undone_saved_and_there_again() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    let before = window.figure("Threat");
    window.select_in(PARAGRAPH);
    let words = selected(&window);
    assert!(words.starts_with(PARAGRAPH) && !words.ends_with(' '), "“{words}” are whole words");
    window.write(Key::Num5, "5");
    assert_eq!(window.figure("Threat"), before + 1);
    assert!(window.says(&format!("Threat: {words}")), "the text shows the new passage");
    window.press(CTRL, Key::Z);
    assert_eq!(window.figure("Threat"), before);
    window.press(CTRL | Modifiers::SHIFT, Key::Z);
    assert_eq!(window.figure("Threat"), before + 1);
    window.press(CTRL, Key::S);
    window.wait("it is saved", |window| !window.session().has_unsaved());
    drop(window);
    let window = Window::on(&root);
    assert_eq!(window.figure("Threat"), before + 1);
    assert!(window.says(&format!("Threat: {words}")));
}

#[test]
fn a_click_in_the_list_opens_a_document() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.click("Policy paper: Two berths and a sealed box");
    assert_eq!(window.session().view_state().document, Some("d004".into()));
    let text = window.session().document().unwrap().text.clone().unwrap();
    let first = text.as_str().lines().next().unwrap();
    assert!(window.says(first), "the text is shown");
}

#[test]
fn a_click_on_a_category_shows_its_passages_and_again_all() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    let all = window.session().passage_table().total();
    let threats = window.figure("Threat");
    window.click("Threat");
    assert!(window.says(&format!("{threats} of {all}")), "{:?}", window.labels());
    window.click("Threat");
    assert!(window.says(&format!("{all} of {all}")));
}

#[test]
fn a_click_on_a_figure_shows_its_passages() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    let (all, demands) = (window.session().passage_table().total(), window.figure("Demand"));
    let row = window.harness.query_all_by_label_contains("Demand: ").next().unwrap().rect().center();
    window.click_at(row);
    assert!(window.says(&format!("{demands} of {all}")));
}

#[test]
fn the_palette_finds_a_document_by_typing() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.press(CTRL, Key::K);
    window.type_text("commu");
    assert!(window.says("Joint communiqué, second round"));
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.session().view_state().document, Some("d003".into()));
    assert!(!window.says("Nothing of this name"), "the palette has closed");
    window.press(CTRL, Key::K);
    window.type_text("mark as done");
    window.press(Modifiers::NONE, Key::Enter);
    let status = window.session().status(&"d003".into());
    assert!(window.session().undo_stack().undo_label().is_some(), "a command runs from there: {status:?}");
}

#[test]
fn ctrl_f_finds_and_enter_goes_on() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.press(CTRL, Key::F);
    window.type_text("Norvania");
    let hits = window.session().find().hits().len();
    assert!(hits > 3 && window.says(&format!("1 of {hits}")), "{:?}", window.labels());
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(selected(&window), "Norvania");
    window.press(Modifiers::NONE, Key::F3);
    assert!(window.says(&format!("2 of {hits}")));
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.session().find().hits().is_empty() && !window.says(&format!("2 of {hits}")));
}

#[test]
fn a_click_on_a_passage_shows_it_in_the_inspector_where_its_note_can_be_written() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    let mark = window.harness.query_all_by_role(Role::Mark).next().unwrap();
    let (label, place) = (mark.accesskit_node().label().unwrap(), mark.rect().center());
    window.click_at(place);
    let picked = window.session().current_span().unwrap().clone();
    let name = window.session().project().codebook().name_of(&picked.category).to_owned();
    assert!(label.starts_with(&name), "{label}");
    let first: String = label.chars().skip(name.len() + 2).take(20).collect();
    assert!(window.labels().iter().filter(|l| l.contains(&first)).count() > 2, "text, inspector, table");
    window.press(Modifiers::NONE, Key::F2);
    window.press(CTRL, Key::A);
    "sure".chars().for_each(|sign| window.type_text(&sign.to_string()));
    assert_eq!(window.session().current_span().unwrap().note, "sure");
    window.press(Modifiers::NONE, Key::F5);
    window.press(CTRL, Key::Z);
    assert_eq!(window.session().current_span().unwrap().note, picked.note, "one step");
    assert_eq!(window.session().undo_stack().undo_label(), None);
}

#[test]
fn a_row_of_the_table_leads_to_its_passage() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.click("Letter of the Minister, Norvania");
    let rows = window.harness.query_all_by_role(Role::Row).filter(|node| {
        node.accesskit_node().label().is_some_and(|label| label.contains("Press briefing, Estmark"))
    });
    let row = rows.map(|node| node.rect()).min_by(|a, b| a.top().total_cmp(&b.top())).unwrap();
    window.click_at(row.center());
    assert_eq!(window.session().view_state().document, Some("d001".into()));
    assert!(window.session().current_span().is_some());
}

#[test]
fn the_keyboard_alone_is_enough_to_tag() {
    let (_dir, root) = small(&["Norvania will suspend the talks.\n"]);
    let mut window = Window::on(&root);
    window.press(CTRL | Modifiers::SHIFT, Key::ArrowRight);
    assert_eq!(selected(&window), "Norvania");
    window.write(Key::Num1, "1");
    assert_eq!(passages(window.session()), ["ana demand: Norvania"]);
    window.press(Modifiers::ALT, Key::ArrowRight);
    assert_eq!(passages(window.session()), ["ana demand: Norvania will"]);
    window.press(Modifiers::NONE, Key::Delete);
    assert_eq!(passages(window.session()), [""; 0]);
    window.press(CTRL, Key::Z);
    assert_eq!(passages(window.session()), ["ana demand: Norvania will"]);
}

#[test]
fn a_project_that_somebody_has_open_shows_a_banner() {
    let (_dir, root) = sample_copy();
    let first = open(&root);
    let mut window = Window::on(&root);
    assert!(window.says("Read-only: ") && window.says("in another Demarche on"));
    let before = window.figure("Threat");
    window.select_in(PARAGRAPH);
    window.write(Key::Num5, "5");
    assert_eq!(window.figure("Threat"), before);
    drop((window, first));
    assert!(!Window::on(&root).says("Read-only: "));
}

#[test]
fn an_empty_project_says_what_to_do() {
    let (_dir, root) = small(&[]);
    let window = Window::on(&root);
    for text in [
        words::window::empty_project(),
        CommandId::ImportDocuments.command().name,
        words::documents::empty(),
        words::passages::empty(),
    ] {
        assert!(window.says(text), "{text}: {:?}", window.labels());
    }
}

#[test]
fn a_file_dropped_on_the_window_is_shown_and_enter_imports_it() {
    let (_dir, root) = small(&[]);
    let file = root.with_file_name("briefing.txt");
    fs::write(&file, "A dropped briefing\n\nHello.\n").unwrap();
    let mut window = Window::on(&root);
    window.drop_file(&file);
    window.wait("it is shown", |window| window.says("Import 1 document"));
    assert!(window.session().document().is_none() && window.says("Hello."));
    window.press(Modifiers::NONE, Key::Enter);
    assert!(window.says("A dropped briefing") && window.says("Hello."));
    assert_eq!(fs::read_to_string(&file).unwrap(), "A dropped briefing\n\nHello.\n");
}

/// Asks the window to close, as the system does when its cross is clicked.
fn close(window: &mut Window) {
    let viewport = window.harness.input_mut().viewports.get_mut(&ViewportId::ROOT).unwrap();
    viewport.events.push(ViewportEvent::Close);
    window.run();
}

#[test]
fn closing_with_unsaved_work_saves_without_a_question() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.select_in(PARAGRAPH);
    window.write(Key::Num5, "5");
    let shipped = files(&root);
    close(&mut window);
    assert!(!window.asked(&ViewportCommand::CancelClose) && !window.session().has_unsaved());
    assert_ne!(files(&root)["layers/ana/d001.ron"], shipped["layers/ana/d001.ron"]);
}

#[test]
fn a_project_whose_folder_is_gone_has_a_banner_and_closes_without_loss() {
    let (dir, root) = sample_copy();
    let mut window = Window::on(&root);
    let away = dir.path().join("away");
    fs::rename(&root, &away).unwrap();
    window.select_in(PARAGRAPH);
    window.write(Key::Num5, "5");
    window.press(CTRL, Key::S);
    window.wait("the fault is found", |window| window.session().save_fault().is_some());
    let [banner] = &window.session().faults()[..] else { panic!("{:?}", window.session().faults()) };
    let banner = banner.clone();
    assert!(window.says(&banner) && window.says("Try again"), "{:?}", window.labels());
    close(&mut window);
    window.click("Close, save later");
    assert!(window.asked(&ViewportCommand::Close) && window.session().has_unsaved());
    let tagged = passages(window.session()).len();
    drop(window);
    fs::rename(&away, &root).unwrap();
    let again = open(&root);
    assert_eq!((passages(&again).len(), again.has_unsaved()), (tagged, false));
    assert_eq!(check(&Folder::new(root.as_path())).unwrap(), []);
}

#[test]
fn enter_saves_and_closes_unless_another_button_has_the_focus() {
    for (focused, saves) in [(None, true), (Some("Cancel"), false)] {
        let (dir, root) = sample_copy();
        let mut window = Window::on(&root);
        window.select_in(PARAGRAPH);
        window.write(Key::Num5, "5");
        let away = dir.path().join("away");
        fs::rename(&root, &away).unwrap();
        close(&mut window);
        assert!(window.asked(&ViewportCommand::CancelClose), "saving has failed");
        fs::rename(&away, &root).unwrap();
        if let Some(button) = focused {
            window.harness.get_by_role_and_label(Role::Button, button).focus();
            window.run();
        }
        window.press(Modifiers::NONE, Key::Enter);
        window.run();
        assert!(!window.says("Save before closing?"), "{:?}", window.labels());
        assert_eq!(window.asked(&ViewportCommand::Close), saves, "{focused:?}");
        assert_eq!(window.session().has_unsaved(), !saves, "{focused:?}");
    }
}

#[test]
fn a_title_of_any_length_fits_the_window() {
    let title = words::window::title(&"Talks ".repeat(4_000_000), Some(&"Text ".repeat(1_000_000)), true);
    assert!(title.len() < 1000 && title.starts_with("• Text Text") && title.contains("Talks Talks"));
}

#[test]
fn closing_without_unsaved_work_asks_nothing() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    close(&mut window);
    assert!(!window.says("Save before closing?") && !window.asked(&ViewportCommand::CancelClose));
}

#[test]
fn asking_whether_to_close_keeps_the_dialog_that_is_open() {
    let (dir, root) = small(&["A text."]);
    let mut window = Window::on(&root);
    fs::rename(&root, dir.path().join("away")).unwrap();
    window
        .harness
        .state_mut()
        .as_mut()
        .unwrap()
        .session_mut()
        .unwrap()
        .perform(ProjectAction::SetBlind(true));
    window.command(CommandId::NewCategory);
    window.type_text("Appeal");
    close(&mut window);
    assert!(window.says("Save before closing?") && !window.says("Appeal"));
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!window.says("Save before closing?") && window.says("Appeal"), "{:?}", window.labels());
}

#[test]
fn every_widget_of_the_workbench_has_a_name() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.harness.check_accessibility();
    let (at, _) = crate::support::session::spans(window.session())[0].clone();
    let app = window.harness.state_mut().as_mut().unwrap();
    app.session_mut().unwrap().perform(NavigateAction::GoTo(at));
    for key in ["1", "2"] {
        window.press(Modifiers::ALT, Key::from_name(key).unwrap());
        window.harness.check_accessibility();
    }
    window.press(CTRL, Key::F);
    window.harness.check_accessibility();
}

#[test]
fn a_damaged_project_is_repaired_from_the_window() {
    use crate::support::project::edit;
    use demarche::io::project::Folder;
    use demarche::ui::words::damaged as words;

    let (_dir, root) = small(&["A text.\n"]);
    let (_other, damaged) = sample_copy();
    edit(&Folder::new(&damaged), "project.ron", "id: \"d002\", title:", "id: \"d002\", title");
    let mut window = Window::on(&root);
    window.show_damage(&damaged);
    assert!(window.labels().iter().any(|label| label.starts_with("project.ron:")), "{:?}", window.labels());
    window.click(words::open_read_only());
    assert_eq!(window.session().folder().root(), damaged);
    assert!(window.session().read_only().is_some());
    window.show_damage(&damaged);
    window.click(words::repair());
    assert_eq!(window.session().folder().root(), damaged);
    assert_eq!((window.session().read_only(), window.session().project().documents().len()), (None, 5));
    assert!(damaged.join("project.ron.before-repair").exists());
}

#[test]
fn a_folder_that_has_lost_its_project_file_is_rebuilt_from_the_window() {
    use demarche::ui::words::damaged as words;

    let (_dir, root) = small(&["A text.\n"]);
    let (_other, lost) = sample_copy();
    std::fs::remove_file(lost.join("project.ron")).unwrap();
    let mut window = Window::on(&root);
    window.show_damage(&lost);
    assert!(window.labels().iter().any(|label| label == words::rebuild_hint()), "{:?}", window.labels());
    window.click(words::repair());
    assert_eq!(window.session().folder().root(), lost);
    assert_eq!((window.session().read_only(), window.session().project().documents().len()), (None, 5));
    assert_eq!(window.session().problems(), []);
}
