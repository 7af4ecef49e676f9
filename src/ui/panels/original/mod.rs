//! The page of the original that belongs to the place being read, with the passage outlined.

mod bar;
mod picture;

use std::sync::Arc;

use egui::Ui;

use crate::commands::ProgramCommand;
use crate::requests::Requests;
use crate::widgets;
use crate::words::{original as words, window};
use bar::{Bar, Turn};
use demarche_model::{Document, DocumentId, TextRange};
use demarche_session::{
    KeptPdf, NavigateAction, Original, OriginalAction, PageArea, PageFault, PageWish, Session, areas,
};
use picture::{Picture, Zoom};

/// A page that the user has turned to. It is shown until the text is read on another page.
struct Chosen {
    document: DocumentId,
    page: usize,
    /// The page that was read at that time.
    read: usize,
}

/// The areas of a passage, and what they were found for.
struct Outlined {
    document: DocumentId,
    revision: u64,
    passage: Vec<TextRange>,
    areas: Vec<PageArea>,
}

/// The state of the panel between frames.
#[derive(Default)]
pub struct OriginalPanel {
    zoom: Zoom,
    chosen: Option<Chosen>,
    bar: Bar,
    picture: Picture,
    outlined: Option<Outlined>,
    /// The page that was asked for last.
    asked: Option<PageWish>,
}

impl OriginalPanel {
    /// Gives the field with the number of the page the keyboard in the next frame.
    pub fn request_focus(&mut self) {
        self.bar.request_focus();
    }

    /// Shows the panel. `reading` is the reading position in bytes.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, reading: usize, requests: &mut Requests) {
        let Some(document) = session.document() else {
            return widgets::empty_state(ui, window::no_document(), words::no_document_hint());
        };
        match session.original_of(document) {
            Original::NotKept => {
                widgets::empty_state(ui, words::not_kept(), words::not_kept_hint());
                let open = |ui: &mut Ui| ui.button(words::settings()).clicked();
                if ui.vertical_centered(open).inner {
                    requests.push(ProgramCommand::Settings);
                }
            }
            Original::NoPdf => widgets::empty_state(ui, words::no_pdf(), words::no_pdf_hint()),
            Original::NotPdf => {
                widgets::empty_state(ui, words::not_pdf(), words::not_pdf_hint());
                let open = |ui: &mut Ui| ui.button(words::open()).clicked();
                if ui.vertical_centered(open).inner {
                    requests.push(OriginalAction::Open);
                }
            }
            Original::Pdf(pdf) => self.pdf(ui, (session, document), pdf, reading, requests),
        }
    }

    fn pdf(
        &mut self,
        ui: &mut Ui,
        (session, document): (&Session, &Arc<Document>),
        pdf: KeptPdf,
        reading: usize,
        requests: &mut Requests,
    ) {
        let pages = session.original_pages();
        let count = pages.count(&pdf);
        let areas = self.outline(session, document, &pdf);
        let read = read_page(document, reading, &areas);
        self.chosen.take_if(|chosen| chosen.document != *document.id() || chosen.read != read);
        let last = count.map_or(usize::MAX, |count| count.saturating_sub(1));
        let page = self.chosen.as_ref().map_or(read, |chosen| chosen.page).min(last);
        for turn in self.bar.ui(ui, &document.anchors, (page, count), &mut self.zoom) {
            match turn {
                Turn::To(page) => {
                    self.chosen = Some(Chosen { document: document.id().clone(), page, read });
                    // It is shown in the next frame.
                    ui.ctx().request_repaint();
                }
                Turn::ToText(at) => requests.push(NavigateAction::GoToOffset(at)),
                Turn::OpenOriginal => requests.push(OriginalAction::Open),
            }
        }
        if document.is_loaded() && document.anchors.pages().len() == 0 {
            widgets::weak(ui, words::no_pages());
        }
        let shown = self.picture.width_px(ui, self.zoom);
        let wish = PageWish { pdf, page, width_px: shown };
        if self.asked.as_ref() != Some(&wish) || !pages.is_answered(&wish) {
            requests.push(OriginalAction::Draw(wish.clone()));
            self.asked = Some(wish.clone());
        }
        if let Some(fault) = pages.fault(&wish) {
            return show_fault(ui, fault, requests);
        }
        match pages.drawn(&wish) {
            Some(drawn) => {
                let areas: Vec<PageArea> = areas.into_iter().filter(|area| area.page == page).collect();
                self.picture.ui(ui, drawn, (page, &areas), self.zoom);
            }
            None => {
                ui.vertical_centered(|ui| widgets::weak(ui, words::drawing()));
            }
        }
    }

    /// Returns the areas of the selected words or, without a selection, of the current passage.
    fn outline(&mut self, session: &Session, document: &Document, pdf: &KeptPdf) -> Vec<PageArea> {
        let (Some(placed), Some(text)) = (session.original_pages().placed(pdf), &document.text) else {
            return Vec::new();
        };
        let passage = passage(session, document);
        let is_known = |known: &Outlined| {
            known.document == *document.id()
                && known.revision == document.revision
                && known.passage == passage
        };
        if !self.outlined.as_ref().is_some_and(is_known) {
            let areas = passage.iter().flat_map(|range| areas(placed, text.as_str(), *range)).collect();
            let document_id = document.id().clone();
            let revision = document.revision;
            self.outlined = Some(Outlined { document: document_id, revision, passage, areas });
        }
        self.outlined.as_ref().map(|known| known.areas.clone()).unwrap_or_default()
    }
}

/// Returns the ranges that are outlined: the selected words or, without a selection, the current passage.
fn passage(session: &Session, document: &Document) -> Vec<TextRange> {
    let selected = session.text_selection();
    if session.focused_pane().earlier().is_some() {
        // Its offsets are those of another text.
        return Vec::new();
    }
    if !selected.is_empty() {
        return vec![selected.range()];
    }
    let current = session.current().filter(|current| current.layer.document == *document.id());
    let span = current.and(session.current_span());
    span.map(|span| span.ranges.iter().collect()).unwrap_or_default()
}

/// Returns the index of the page that is being read. A page on which the outlined passage begins goes before the page of the
/// reading position if that is inside the passage.
fn read_page(document: &Document, reading: usize, areas: &[PageArea]) -> usize {
    let by_anchor = document.anchors.pages_to(reading).saturating_sub(1);
    match areas {
        [first, .., last] if (first.page..=last.page).contains(&by_anchor) => first.page,
        _ => by_anchor,
    }
}

fn show_fault(ui: &mut Ui, fault: &PageFault, requests: &mut Requests) {
    widgets::empty_state(ui, words::not_drawn(), &fault.to_string());
    ui.vertical_centered(|ui| {
        if ui.button(words::open()).clicked() {
            requests.push(OriginalAction::Open);
        }
        if ui.button(words::retry()).clicked() {
            requests.push(OriginalAction::Retry);
        }
    });
}
