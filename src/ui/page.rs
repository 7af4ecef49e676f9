//! The centre of the window: the text of the open document, or why there is none.

use std::sync::Arc;

use egui::Ui;

use demarche_model::{
    AnnotatorId, Document, DocumentId, Layer, Span, SpanRef, TextRange, Verdict, Visibility,
};
use demarche_session::{LinkEnd, NavigateAction, Pane, PaneKey, Screen, Session};

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
    /// The earlier version that is shown, and whether its passages are known.
    earlier: (Option<u32>, bool),
    /// The annotators who are compared; none on the Annotate screen.
    compared: Vec<AnnotatorId>,
}

impl PaintKey {
    fn new(session: &Session, pane: Pane<'_>, document: &Document) -> Self {
        Self {
            document: document.id().clone(),
            revision: document.revision,
            list_revision: session.project().list_revision(),
            link_revision: session.link_revision(),
            find_serial: session.find().serial(),
            screen: session.screen(),
            me: session.me().clone(),
            visibility: pane.visibility(),
            earlier: (pane.earlier(), pane.is_taggable()),
            compared: match session.screen() {
                Screen::Annotate | Screen::Analyse | Screen::Board => Vec::new(),
                Screen::Compare | Screen::Agreement => session.compared_people(),
            },
        }
    }
}

/// The text view of a pane, and what it has painted last.
pub struct PageState {
    view: TextView,
    painted: Option<PaintKey>,
    revision: u64,
}

impl PageState {
    /// The state of a pane that has shown nothing yet.
    pub fn new(pane: PaneKey) -> Self {
        Self { view: TextView::new(pane), painted: None, revision: 0 }
    }

    /// Returns the byte of the text at which the user reads.
    pub fn reading_position(&self) -> usize {
        self.view.reading_position()
    }

    /// Shows the text of a pane, or why there is none. `name` is its accessible name. Returns whether it has the keyboard
    /// focus; `None` if there is no text.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        (session, pane): (&Session, Pane<'_>),
        (settings, name): (&Settings, &str),
        requests: &mut Requests,
    ) -> Option<bool> {
        let Some(document) = pane.document() else {
            no_document(ui, session, requests);
            return None;
        };
        let Some((text, anchors)) = pane.text() else {
            match session.read_failure(document.id()) {
                Some(why) => widgets::empty_page(ui, words::unreadable_document(), why),
                None => widgets::empty_page(ui, words::opening(), ""),
            }
            return None;
        };
        self.update_revision(session, pane, document);
        let layers = layers(session, pane, document);
        let (hits, current_hit) = hits(session, pane);
        let page = Page {
            name,
            is_active: pane.is_focused(),
            id: document.id(),
            text,
            anchors,
            layers: &layers,
            codebook: session.project().codebook(),
            selection: pane.selection(),
            current_span: pane.current(),
            selected_spans: session.selected_set().filter(|_| pane.is_focused()),
            changes: if session.screen() == Screen::Annotate { pane.changes() } else { &[] },
            hits,
            bookmarks: pane.bookmarks(),
            current_hit,
            relations: Some(session),
            reveal: pane.reveal(),
            editable: session.read_only().is_none() && pane.is_taggable(),
            marker: session.marker().map(|category| &category.id),
            snap: settings.snap,
            select_sentences: settings.select_sentences,
            size_pt: settings.text_size,
            look: &settings.look,
            revision: self.revision,
        };
        let before = self.view.reading_position();
        let response = self.view.ui(ui, &page, requests);
        if settings.left_open && settings.contents && self.view.reading_position() != before {
            // The contents were shown before the text in this frame, and follow in the next one.
            ui.ctx().request_repaint();
        }
        Some(response.has_focus())
    }

    /// Returns the text view.
    pub fn view(&mut self) -> &mut TextView {
        &mut self.view
    }

    /// Returns what the session has to know of what the pane shows.
    pub fn sight(&self, pane: Pane<'_>) -> Option<NavigateAction> {
        let document = pane.document().filter(|_| pane.text().is_some())?;
        let seen = self.view.seen();
        (!pane.is_showing(seen)).then(|| NavigateAction::See(pane.key(), document.id().clone(), seen))
    }

    /// Increases the view's revision if anything that it paints has changed.
    fn update_revision(&mut self, session: &Session, pane: Pane<'_>, document: &Document) {
        let key = PaintKey::new(session, pane, document);
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

/// Returns the search hits in a pane, and the index of the current one. The search is in the text of the focused pane.
fn hits<'a>(session: &'a Session, pane: Pane<'_>) -> (&'a [TextRange], Option<usize>) {
    let find = session.find();
    let same =
        session.focused_pane().text().zip(pane.text()).is_some_and(|((a, _), (b, _))| Arc::ptr_eq(a, b));
    match same {
        true => (find.hits(), find.current().filter(|_| pane.is_focused())),
        false => (&[], None),
    }
}

/// Returns the visible layers: those selected above the text on the Annotate screen, the compared ones on the others.
fn layers<'a>(session: &'a Session, pane: Pane<'a>, document: &'a Document) -> Vec<PageLayer<'a>> {
    let name = |annotator: &'a AnnotatorId| session.project().name_of(annotator);
    let initials = |annotator: &'a AnnotatorId| initials(session, annotator);
    if session.screen() == Screen::Annotate {
        let page = |(annotator, layer): (&'a AnnotatorId, &'a Arc<Layer>)| {
            let mine = session.may_edit(annotator);
            let dash = if mine { Dash::Solid } else { dash_of(session, annotator) };
            let layer = PageLayer::new(annotator, name(annotator), layer, mine);
            PageLayer { dash, ..layer.initials(initials(annotator)) }
        };
        return pane.layers().map(page).collect();
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
    let people = session.compared_people().into_iter();
    let people = people.chain([AnnotatorId::consensus()]);
    people.map(|annotator| (annotator.clone(), dash_of(session, &annotator))).collect()
}

/// Returns the dash pattern of a person, which is the same in every document: by their position in the project. The
/// consensus has no gaps.
pub fn dash_of(session: &Session, annotator: &AnnotatorId) -> Dash {
    session.coder_position(annotator).map_or(Dash::Solid, Dash::for_annotator)
}
