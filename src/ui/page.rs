//! The centre of the window: the text of the document that is shown, or why there is none.

use std::sync::Arc;

use egui::Ui;

use demarche_model::{AnnotatorId, Document, DocumentId, Layer, Span, SpanRef, Verdict, Visibility};
use demarche_session::{LinkEnd, Screen, Session};

use super::Settings;
use super::textview::{Dash, Page, PageLayer, Relations, TextView};
use super::theme::space;
use super::widgets;
use crate::commands::ImportCommand;
use crate::requests::Requests;

/// What the view paints of the session: another one of these, and it has to paint anew.
#[derive(PartialEq)]
struct Seen {
    document: DocumentId,
    revision: u64,
    list_revision: u64,
    link_revision: u64,
    find_serial: u64,
    screen: Screen,
    me: AnnotatorId,
    visibility: Visibility,
    /// Who is compared; nobody on the Annotate screen.
    compared: Vec<AnnotatorId>,
}

impl Seen {
    fn of(session: &Session, document: &Document) -> Self {
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
                Screen::Annotate => Vec::new(),
                Screen::Compare | Screen::Agreement => session.compared_people(),
            },
        }
    }
}

/// The view, and what it was last told.
pub struct PageState {
    view: TextView,
    seen: Option<Seen>,
    revision: u64,
    focus: bool,
}

impl Default for PageState {
    fn default() -> Self {
        Self { view: TextView::new(), seen: None, revision: 0, focus: true }
    }
}

impl PageState {
    /// Gives the text the keyboard at the next frame.
    pub fn request_focus(&mut self) {
        self.focus = true;
    }

    /// Whether the text has the keyboard.
    pub fn has_focus(&self, ctx: &egui::Context) -> bool {
        ctx.memory(|memory| memory.has_focus(TextView::id()))
    }

    /// The byte of the text that one reads at.
    pub fn reading(&self) -> usize {
        self.view.reading()
    }

    /// Shows the text.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, settings: &Settings, requests: &mut Requests) {
        let Some(document) = session.document() else {
            return no_document(ui, session, requests);
        };
        let Some(text) = &document.text else {
            return match session.read_failure(document.id()) {
                Some(why) => widgets::empty_page(ui, "This document can't be shown", why),
                None => widgets::empty_page(ui, "Opening…", ""),
            };
        };
        self.count_changes(session, document);
        let layers = layers(session, document);
        let page = Page {
            id: document.id(),
            text,
            anchors: &document.anchors,
            layers: &layers,
            codebook: session.project().codebook(),
            selection: session.text_selection(),
            picked: session.current(),
            chosen: session.selected_set(),
            hits: session.find().hits(),
            current_hit: session.find().current(),
            relations: Some(session),
            reveal: session.reveal(),
            editable: session.read_only().is_none(),
            snap: settings.snap,
            size_px: settings.text_size,
            revision: self.revision,
        };
        let response = self.view.ui(ui, &page, requests);
        if std::mem::take(&mut self.focus) {
            response.request_focus();
        }
    }

    /// Moves the view's revision on when anything has changed that it paints.
    fn count_changes(&mut self, session: &Session, document: &Document) {
        let now = Seen::of(session, document);
        if self.seen.as_ref() != Some(&now) {
            self.seen = Some(now);
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

/// The layers to show: as chosen for tagging, everybody's where they are compared.
fn layers<'a>(session: &'a Session, document: &'a Document) -> Vec<PageLayer<'a>> {
    let name = |annotator: &'a AnnotatorId| session.project().name_of(annotator);
    let short = |annotator: &'a AnnotatorId| initials(session, annotator);
    if session.screen() == Screen::Annotate {
        let shown = session.layers(document);
        let page = |(annotator, layer): (&'a AnnotatorId, &'a Arc<Layer>)| {
            PageLayer::new(annotator, name(annotator), layer, session.may_edit(annotator))
                .short(short(annotator))
        };
        return shown.map(page).collect();
    }
    compared_layers(session, document)
}

fn initials(session: &Session, annotator: &AnnotatorId) -> String {
    let person = session.project().annotator(annotator);
    person.map_or_else(|| session.project().name_of(annotator).to_owned(), |person| person.display_initials())
}

/// The layers that are compared, each with a lane and a dash of its own; the consensus lies below them.
fn compared_layers<'a>(session: &'a Session, document: &'a Document) -> Vec<PageLayer<'a>> {
    let project = session.project();
    let mut out = Vec::new();
    for (at, (annotator, dash)) in lines(session).into_iter().enumerate() {
        let Some((annotator, layer)) = document.layers.get_key_value(&annotator) else { continue };
        if session.may_see(document.id(), annotator) {
            let (name, mine) = (project.name_of(annotator), session.may_edit(annotator));
            let lane = Some(u8::try_from(at).unwrap_or(u8::MAX));
            let layer = PageLayer::new(annotator, name, layer, mine).short(initials(session, annotator));
            out.push(PageLayer { lane, dash, ..layer });
        }
    }
    out
}

fn no_document(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    if !session.project().documents().is_empty() {
        return widgets::empty_page(
            ui,
            "No document is open",
            "Pick one at the left, or press Ctrl+K and type a part of its title.",
        );
    }
    widgets::empty_page(
        ui,
        "This project is empty",
        "Drop texts, Word or PDF files, web pages or labelled passages on this window, or:",
    );
    ui.vertical_centered(|ui| {
        if super::widgets::primary_button(ui, "Import documents…").clicked() {
            requests.push(ImportCommand::Files);
        }
        ui.add_space(space::XS);
        if ui.button("Import from the clipboard").clicked() {
            requests.push(ImportCommand::Clipboard);
        }
    });
}

/// The lines of those who are compared, and of the consensus, which lies below them: the only one without gaps.
pub fn lines(session: &Session) -> Vec<(AnnotatorId, Dash)> {
    let people = session.compared_people().into_iter().enumerate();
    let lines = people.map(|(at, annotator)| (annotator, Dash::broken(at)));
    lines.chain([(AnnotatorId::consensus(), Dash::Solid)]).collect()
}
