//! The page of the original beside the text.

use std::cell::RefCell;
use std::fs;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use demarche::io::settings::{RightTab, Settings};
use demarche::session::{
    Env, NavigateAction, Original, OriginalAction, PageWish, PreviewAction, Session, Work,
};
use demarche::ui::words::original as words;
use egui::{Key, Modifiers};
use tempfile::TempDir;

use crate::support::session::{START, small};
use crate::support::window::Window;

/// Returns a PDF of A4 pages with one line each.
fn pdf(lines: &[&str]) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let mut kids = String::new();
    for line in lines {
        let shown = format!("BT /F1 14 Tf 72 700 Td ({line}) Tj ET");
        objects.push(format!("<< /Length {} >>\nstream\n{shown}\nendstream", shown.len()));
        let content = objects.len();
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R \
             /Resources << /Font << /F1 3 0 R >> >> >>"
        ));
        kids.push_str(&format!("{} 0 R ", objects.len()));
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", lines.len());
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", number + 1));
    }
    let start = out.len();
    out.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1));
    places.iter().for_each(|place| out.push_str(&format!("{place:010} 00000 n \n")));
    let size = places.len() + 1;
    out.push_str(&format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    out.into_bytes()
}

const LINES: [&str; 3] = [
    "Norvania proposes to suspend the talks in Halden.",
    "Estmark offers a guarantee for the northern port.",
    "Both parties agree to meet again in the spring.",
];

/// A window on a project into which this file has been imported, with the page beside the text.
fn imported(name: &str, bytes: &[u8], keep_pdfs: bool) -> (TempDir, Window) {
    let (dir, root) = small(&["Words that were typed.\n"]);
    let path = dir.path().join(name);
    fs::write(&path, bytes).unwrap();
    let settings = Settings { keep_pdfs, right_tab: RightTab::Page, ..Settings::default() };
    let mut window = Window::with_settings(&root, settings);
    window.perform(PreviewAction::Open(vec![path]));
    window.wait("the file is read", |window| {
        window.session().preview().is_some_and(|preview| preview.is_ready())
    });
    window.press(Modifiers::NONE, Key::Enter);
    window.wait("it is imported", |window| window.session().project().documents().len() == 2);
    window.run();
    (dir, window)
}

fn shows(window: &Window, page: usize) -> bool {
    window.says(&words::page(page, 3, 0))
}

#[test]
fn the_page_follows_the_text_until_the_user_turns_it() {
    let (_dir, mut window) = imported("talks.pdf", &pdf(&LINES), true);
    window.wait("the first page", |window| shows(window, 1));
    assert!(window.says(&words::of(3)));
    let third = window.session().document().unwrap().text.as_ref().unwrap().as_str().find("Both").unwrap();
    window.perform(NavigateAction::GoToOffset(third + 2));
    window.wait("the page of the caret", |window| shows(window, 3));
    window.click(words::previous());
    window.wait("the page before", |window| shows(window, 2));
    window.fill(words::field(), "1");
    window.press(Modifiers::NONE, Key::Enter);
    window.wait("the page that was typed", |window| shows(window, 1));
    window.perform(NavigateAction::GoToOffset(0));
    window.perform(NavigateAction::GoToOffset(third));
    window.wait("the page of the caret again", |window| shows(window, 3));
}

#[test]
fn without_a_kept_pdf_the_panel_says_what_to_do() {
    let (_dir, mut window) = imported("talks.pdf", &pdf(&LINES), false);
    assert!(window.says(words::not_kept()) && window.says(words::settings()), "{:?}", window.labels());
    let (_dir, root) = small(&["Words that were typed.\n"]);
    window = Window::with_settings(&root, Settings { right_tab: RightTab::Page, ..Settings::default() });
    assert!(window.says(words::no_pdf()) && !window.says(words::settings()));
}

#[test]
fn a_page_that_can_not_be_drawn_says_why_and_the_original_can_be_opened() {
    let (_dir, mut window) = imported("talks.pdf", &pdf(&LINES), true);
    window.wait("the first page", |window| shows(window, 1));
    let opened: Rc<RefCell<Vec<PathBuf>>> = Rc::default();
    let seen = opened.clone();
    window.app().open_files_with(move |path| {
        seen.borrow_mut().push(path.to_owned());
        Ok(())
    });
    window.click(words::open());
    let path = opened.borrow().first().cloned().expect("opened");
    assert_eq!(path.extension().unwrap(), "pdf");
    window.command(crate::support::session::CommandId::Save);
    window.wait("it is saved", |_| path.exists());
    fs::write(&path, b"%PDF-1.4 and no more").unwrap();
    window.click(words::next());
    window.wait("the reason", |window| window.says(words::not_drawn()));
    assert!(window.says("damaged"), "{:?}", window.labels());
    fs::write(&path, pdf(&LINES)).unwrap();
    window.click(words::retry());
    window.wait("the second page", |window| shows(window, 2));
}

#[test]
fn only_the_page_that_was_asked_for_last_is_shown() {
    let (dir, root) = small(&["Words that were typed.\n"]);
    let path = dir.path().join("talks.pdf");
    fs::write(&path, pdf(&LINES)).unwrap();
    let held: Arc<Mutex<Vec<Work>>> = Arc::default();
    let is_holding = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let (later, holds) = (held.clone(), is_holding.clone());
    let env = Env::fixed(START).with_spawn(move |work| {
        if holds.load(std::sync::atomic::Ordering::Relaxed) {
            later.lock().unwrap().push(work);
        } else {
            std::thread::spawn(work);
        }
    });
    let mut session = Session::open(&root, env).unwrap();
    session.keep_pdfs(true);
    session.finish_jobs();
    session.perform(demarche::session::ExchangeAction::Import(vec![path]));
    session.finish_jobs();
    let document = session.project().documents().last().unwrap().clone();
    let Original::Pdf(pdf) = session.original_of(&document) else { panic!("it is kept") };
    let wish = |page| PageWish { pdf: pdf.clone(), page, width_px: 100 };
    is_holding.store(true, std::sync::atomic::Ordering::Relaxed);
    session.perform(OriginalAction::Draw(wish(0)));
    session.perform(OriginalAction::Draw(wish(2)));
    session.perform(OriginalAction::Draw(wish(2)));
    let works = std::mem::take(&mut *held.lock().unwrap());
    assert_eq!(works.len(), 2, "what is being drawn is not drawn twice");
    // The later one is done first.
    works.into_iter().rev().for_each(|work| work());
    session.tick();
    let pages = session.original_pages();
    assert!(pages.drawn(&wish(2)).is_some() && pages.drawn(&wish(0)).is_none());
    assert!(pages.fault(&wish(0)).is_none() && !pages.is_answered(&wish(0)));
    assert_eq!(pages.count(&pdf), Some(3));
}
