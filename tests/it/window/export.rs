//! Exporting and printing in the window.

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

use demarche::io::export::ExportGroup;
use demarche::session::{ExchangeAction, PrintContent, PrintRequest};
use demarche::ui::words::{common, export as words};
use egui::{Key, Modifiers};

use crate::support::session::sample_copy;
use crate::support::window::{CTRL, Window};

const NONE: Modifiers = Modifiers::NONE;

/// A window on the sample, and the files that it has opened with the system's programs.
fn window() -> (tempfile::TempDir, Window, Rc<RefCell<Vec<PathBuf>>>) {
    let (dir, root) = sample_copy();
    let mut window = Window::on(&root);
    let opened = Rc::new(RefCell::new(Vec::new()));
    let list = opened.clone();
    window.app().open_files_with(move |path| {
        list.borrow_mut().push(path.to_owned());
        Ok(())
    });
    (dir, window, opened)
}

fn wait(window: &mut Window) {
    window.wait("the file is written", |window| window.session().jobs().running().is_empty());
    window.run();
}

#[test]
fn formats_are_grouped_and_the_last_one_is_offered_again() {
    let (dir, mut window, opened) = window();
    window.press(CTRL, Key::E);
    for group in ExportGroup::ALL {
        assert!(window.says(words::group(group)), "{:?}", window.labels());
    }
    window.click("HTML report to read and print");
    let path = dir.path().join("out.html");
    window.fill(common::file(), &path.display().to_string());
    window.press(NONE, Key::Enter);
    wait(&mut window);
    assert!(path.is_file());
    window.click(common::open());
    window.click(common::show_in_folder());
    assert_eq!(*opened.borrow(), [path, dir.path().to_owned()]);
    window.click(common::close());
    window.press(CTRL, Key::E);
    assert!(window.is_chosen("HTML report to read and print"));
}

#[test]
fn a_page_to_print_is_opened_once_it_is_written() {
    let (dir, mut window, opened) = window();
    let shown = window.session().document().unwrap().meta.title.clone();
    for (content, has_title) in
        [(PrintContent::Document, true), (PrintContent::Table, true), (PrintContent::Report, false)]
    {
        let path = dir.path().join(format!("{content:?}.html"));
        window.perform(ExchangeAction::Print(PrintRequest { content, path: path.clone() }));
        wait(&mut window);
        assert_eq!(opened.borrow().last(), Some(&path));
        let page = std::fs::read_to_string(&path).unwrap();
        assert!(page.contains("@media print") && !page.contains("<script"), "{content:?}");
        assert!(!has_title || page.contains(&shown), "{content:?}");
    }
}
