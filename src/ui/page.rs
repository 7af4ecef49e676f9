//! The centre of the window: the text of the open document, or why there is none.

use std::sync::Arc;

use egui::Ui;

use demarche_model::{AnnotatorId, Document, DocumentId, Layer, Span, SpanRef, Verdict, Visibility};
use demarche_session::{LinkEnd, NavigateAction, Screen, Session};

use super::Settings;
use super::textview::{Dash, Page, PageLayer, Relations, TextView};
use super::theme::space;
use super::widgets;
use crate::commands::CommandId;
use crate::requests::Requests;
use crate::words::window as words;

/// The values that the painting of the text depends on. If one changes, the view has to collect its spans again.
#[derive(PartialEq)]
struct PaintKey {
    document: DocumentId,
    revision: u64,
    list_revision: u64,
    link_revision: u64,
    find_serial: u64,
    screen: Screen,
    me: AnnotatorId,
    visibility: Visibility,
    /// The annotators who are compared; none on the Annotate screen.
    compared: Vec<AnnotatorId>,
}

impl PaintKey {
    fn new(session: &Session, document: &Document) -> Self {
        Self {
            document: document.id().clone(),
            revision: document.revision,
            list_revision: session.project().list_revision(),
            link_revision: session.link_revision(),
            find_serial: session.find().serial(),
            screen: session.screen(),
            me: session.me().clone(),
            visibility: session.visibility(),
            compared: match session.screen() {
                Screen::Annotate | Screen::Analyse => Vec::new(),
                Screen::Compare | Screen::Agreement => session.compared_people(),
            },
        }
    }
}

/// The text view, and what it has painted last.
pub struct PageState {
    view: TextView,
    painted: Option<PaintKey>,
    revision: u64,
    focus: bool,
}

impl Default for PageState {
    fn default() -> Self {
        Self { view: TextView::new(), painted: None, revision: 0, focus: true }
    }
}

impl PageState {
    /// Gives the text the keyboard focus in the next frame.
    pub fn request_focus(&mut self) {
        self.focus = true;
    }

    /// Leaves the keyboard focus to another part of the window that requests it in the same frame.
    pub fn leave_focus(&mut self) {
        self.focus = false;
    }

    /// Returns whether the text has the keyboard focus.
    pub fn has_focus(&self, ctx: &egui::Context) -> bool {
        ctx.memory(|memory| memory.has_focus(TextView::id()))
    }

    /// Returns the byte of the text at which the user reads.
    pub fn reading_position(&self) -> usize {
        self.view.reading_position()
    }

    /// Shows the text, or why there is none.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, settings: &Settings, requests: &mut Requests) {
        let Some(document) = session.document() else {
            return no_document(ui, session, requests);
        };
        let read = document.text.as_ref().map(|text| (text, &document.anchors));
        let Some((text, anchors)) = read.or(session.early_text()) else {
            return match session.read_failure(document.id()) {
                Some(why) => widgets::empty_page(ui, words::unreadable_document(), why),
                None => widgets::empty_page(ui, words::opening(), ""),
            };
        };
        self.update_revision(session, document);
        let layers = layers(session, document);
        let page = Page {
            id: document.id(),
            text,
            anchors,
            layers: &layers,
            codebook: session.project().codebook(),
            selection: session.text_selection(),
            current_span: session.current(),
            selected_spans: session.selected_set(),
            hits: session.find().hits(),
            bookmarks: session.bookmarks_here(),
            current_hit: session.find().current(),
            relations: Some(session),
            reveal: session.reveal(),
            editable: session.read_only().is_none() && read.is_some(),
            marker: session.marker().map(|category| &category.id),
            snap: settings.snap,
            select_sentences: settings.select_sentences,
            size_pt: settings.text_size,
            look: &settings.look,
            revision: self.revision,
        };
        let before = self.view.reading_position();
        let response = self.view.ui(ui, &page, requests);
        if !session.shows_range(document.id(), self.view.seen()) {
            requests.push(NavigateAction::See(document.id().clone(), self.view.seen()));
        }
        if settings.left_open && settings.contents && self.view.reading_position() != before {
            // The contents were shown before the text in this frame, and follow in the next one.
            ui.ctx().request_repaint();
        }
        if std::mem::take(&mut self.focus) {
            response.request_focus();
        }
    }

    /// Increases the view's revision if anything that it paints has changed.
    fn update_revision(&mut self, session: &Session, document: &Document) {
        let key = PaintKey::new(session, document);
        if self.painted.as_ref() != Some(&key) {
            self.painted = Some(key);
            self.revision += 1;
        }
    }
}

impl Relations for Session {
    fn links_at(&self, at: &SpanRef) -> Vec<LinkEnd> {
        self.links_shown_at(at)
    }

    fn link_sentence(&self, at: &SpanRef, end: &LinkEnd) -> String {
        Self::link_sentence(self, at, end)
    }

    fn link_start(&self) -> Option<&SpanRef> {
        Self::link_start(self)
    }

    fn verdict_on(&self, document: &DocumentId, owner: &AnnotatorId, span: &Span) -> Option<Verdict> {
        Self::verdict_on(self, self.project().document(document)?, owner, span)
    }
}

/// Returns the visible layers: those selected above the text on the Annotate screen, the compared ones on the others.
fn layers<'a>(session: &'a Session, document: &'a Document) -> Vec<PageLayer<'a>> {
    let name = |annotator: &'a AnnotatorId| session.project().name_of(annotator);
    let initials = |annotator: &'a AnnotatorId| initials(session, annotator);
    if session.screen() == Screen::Annotate {
        let shown = session.layers(document);
        let page = |(annotator, layer): (&'a AnnotatorId, &'a Arc<Layer>)| {
            PageLayer::new(annotator, name(annotator), layer, session.may_edit(annotator))
                .initials(initials(annotator))
        };
        return shown.map(page).collect();
    }
    compared_layers(session, document)
}

fn initials(session: &Session, annotator: &AnnotatorId) -> String {
    let person = session.project().annotator(annotator);
    person.map_or_else(|| session.project().name_of(annotator).to_owned(), |person| person.display_initials())
}

/// Returns the layers that are compared, each with a lane and a dash pattern of its own; the consensus is in the lowest
/// lane.
fn compared_layers<'a>(session: &'a Session, document: &'a Document) -> Vec<PageLayer<'a>> {
    let project = session.project();
    let mut out = Vec::new();
    for (at, (annotator, dash)) in underline_dashes(session).into_iter().enumerate() {
        let layers = document.layers.iter().filter(|(owner, _)| owner.whole() == annotator);
        for (annotator, layer) in layers.filter(|(owner, _)| session.may_see(document.id(), owner)) {
            let (name, mine) = (project.name_of(annotator), session.may_edit(annotator));
            let lane = Some(u8::try_from(at).unwrap_or(u8::MAX));
            let layer = PageLayer::new(annotator, name, layer, mine).initials(initials(session, annotator));
            out.push(PageLayer { lane, dash, ..layer });
        }
    }
    out
}

fn no_document(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    if !session.project().documents().is_empty() {
        return widgets::empty_page(ui, words::no_document(), words::no_document_hint());
    }
    widgets::empty_page(ui, words::empty_project(), words::empty_project_hint());
    ui.vertical_centered(|ui| {
        let import = CommandId::ImportDocuments.command();
        if widgets::primary_button(ui, import.name).clicked() {
            requests.push(import.id);
        }
        ui.add_space(space::XS);
        let paste = CommandId::ImportClipboard.command();
        if ui.button(paste.name).clicked() {
            requests.push(paste.id);
        }
    });
}

/// Returns the dash patterns of the compared annotators, and of the consensus below them, the only one without gaps.
pub fn underline_dashes(session: &Session) -> Vec<(AnnotatorId, Dash)> {
    let people = session.compared_people().into_iter().enumerate();
    let dashes = people.map(|(at, annotator)| (annotator, Dash::for_annotator(at)));
    dashes.chain([(AnnotatorId::consensus(), Dash::Solid)]).collect()
}
