//! Memos and bookmarks in the window.

use demarche::model::{Memo, MemoSubject};
use demarche::session::AnalysisNotesAction;
use demarche::ui::commands::CommandId;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::support::session::sample_copy;
use crate::support::window::{CTRL, Window};

const NONE: Modifiers = Modifiers::NONE;

fn open_memo(window: &Window) -> MemoSubject {
    MemoSubject::Document(window.session().document().unwrap().id().clone())
}

fn text(window: &Window, subject: &MemoSubject) -> String {
    window.session().my_memo(subject).map_or(String::new(), |memo| memo.text.clone())
}

#[test]
fn a_memo_is_typed_at_once_kept_and_one_step_to_undo() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    let subject = open_memo(&window);
    window.press(CTRL | Modifiers::ALT, Key::M);
    window.type_text("Noisy");
    assert_eq!(text(&window, &subject), "Noisy", "kept as it is typed");
    window.type_text(" scan");
    window.press(NONE, Key::Enter);
    window.type_text("Page 2 is missing");
    assert_eq!(text(&window, &subject), "Noisy scan\nPage 2 is missing");
    // Digits and letters are text here, not categories.
    window.write(Key::Num1, "1");
    assert_eq!(text(&window, &subject), "Noisy scan\nPage 2 is missing1");
    assert_eq!(window.session().undo_stack().labels().count(), 1);
    window.press(NONE, Key::F5);
    window.press(CTRL, Key::Z);
    assert_eq!(text(&window, &subject), "");
    window.press(CTRL | Modifiers::SHIFT, Key::Z);
    assert_eq!(text(&window, &subject), "Noisy scan\nPage 2 is missing1");
}

#[test]
fn the_list_shows_all_memos_and_a_click_goes_there() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    let second = window.session().project().documents()[1].id().clone();
    let title = window.session().project().documents()[1].meta.title.clone();
    let subjects =
        [MemoSubject::Project, MemoSubject::Document(second.clone()), MemoSubject::Category("threat".into())];
    for subject in subjects {
        let text = format!("About {}", subject.id());
        window.perform(AnalysisNotesAction::WriteMemo { subject, text });
    }
    window.press(Modifiers::ALT, Key::Num5);
    for id in ["project", second.as_str(), "threat"] {
        assert!(window.says(&format!("About {id}")), "{:?}", window.labels());
    }
    window.click(&format!("Memo on {title}: About {second}"));
    window.wait("the document is open", |window| {
        window.session().document().is_some_and(|document| *document.id() == second)
    });
    assert_eq!(window.session().shown_memo(), Some(&MemoSubject::Document(second.clone())));
    window.type_text("!");
    assert!(text(&window, &MemoSubject::Document(second)).contains('!'), "the memo has the keyboard");
}

#[test]
fn memos_of_others_are_shown_read_only_below_mine() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    let mut theirs = demarche::model::AnalysisNotes::default();
    let memo = Memo::new("Ben's view of it", demarche::model::Stamp(1_700_000_000));
    theirs.memos.insert(MemoSubject::Project, memo.into());
    let part = demarche::model::NotesPart::Memos;
    let mut project = window.session().project().clone();
    project.set_analysis_notes_from_disk(&"ben".into(), part, &theirs);
    let folder = demarche::io::project::Folder::new(&root);
    let key = demarche::io::project::FileKey::AnalysisNotes("ben".into(), part);
    demarche::io::project::write(&folder, &demarche::io::project::snapshot(&project, &[key].into())).unwrap();
    window.wait("it comes", |window| window.session().memos().len() == 2);
    window.command(CommandId::ProjectMemo);
    assert!(window.says("Ben's view of it"), "{:?}", window.labels());
    window.type_text("Mine");
    assert_eq!(text(&window, &MemoSubject::Project), "Mine");
    assert_eq!(window.session().memos().len(), 3);
}

#[test]
fn a_context_menu_opens_the_memo_on_a_category() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    let name = window.session().project().codebook().categories[0].name.clone();
    let id = window.session().project().codebook().categories[0].id.clone();
    let row = window.harness.get_all_by_label(&name).next().unwrap().rect().center();
    for pressed in [true, false] {
        window.event(Event::PointerMoved(row));
        window.event(Event::PointerButton {
            pos: row,
            button: egui::PointerButton::Secondary,
            pressed,
            modifiers: NONE,
        });
    }
    window.run();
    window.click("Add memo…");
    window.type_text("Wide");
    assert_eq!(text(&window, &MemoSubject::Category(id)), "Wide");
}

#[test]
fn bookmarks_are_set_seen_and_listed() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.press(CTRL, Key::F2);
    assert_eq!(window.session().bookmarks_here().len(), 1);
    assert!(window.says("Bookmark"), "{:?}", window.labels());
    let at = window.session().bookmarks_here()[0].at;
    window.press(CTRL, Key::End);
    assert_ne!(window.session().text_selection().head, at);
    window.press(Modifiers::SHIFT, Key::F2);
    assert_eq!(window.session().text_selection().head, at);
    window.press(CTRL, Key::End);
    window.command(CommandId::ListBookmarks);
    let quote = window.session().bookmarks()[0].quote.clone();
    let title = window.session().document().unwrap().meta.title.clone();
    window.click(&format!("{quote} – {title}"));
    assert_eq!(window.session().text_selection().head, at);
    window.command(CommandId::ListBookmarks);
    window.click(&format!("Remove the bookmark “{quote}”"));
    assert!(window.session().bookmarks().is_empty());
}
