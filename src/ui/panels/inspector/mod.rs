//! The inspector. It shows the current passage: its category, attributes, note, links and history. Of several selected
//! passages it shows what they have in common, and if none is selected, the document.

mod attributes;
mod field;
mod head;
mod history;
mod inputs;
mod key_hints;
mod links;
mod note;
mod overlapping;
mod picker;
mod several;
mod tab;
mod value;
mod walk;

use egui::{FontFamily, FontId, RichText, Ui};

use crate::requests::Requests;
use crate::theme::{READING, Tokens, size, space};
use crate::widgets::{self, MetaFields};
use crate::words::{documents, inspector as words, window};
use demarche_model::{AnnotatorId, AttributeId, DocumentMeta, Span, SpanRef, Text};
use demarche_session::{DocumentAction, SelectedSummary, Session};

use self::attributes::Attributes;
use self::inputs::Inputs;
use self::note::Note;

/// Most characters of the passage that are shown.
const QUOTE: usize = 600;

/// Most points that they take, so that the attributes are in view as well.
const QUOTE_HEIGHT: f32 = 84.0;

/// Least height of what is scrolled above the note, in points.
const LEAST_HEIGHT: f32 = 60.0;

/// The state of the panel between frames: texts that are being typed, and what the selected passages have in common.
#[derive(Default)]
pub struct Inspector {
    note: Note,
    attributes: Attributes,
    common: Option<(SummaryKey, SelectedSummary)>,
    meta: Option<(DocumentMeta, MetaFields)>,
}

/// The values that a [`SelectedSummary`] depends on.
#[derive(PartialEq)]
struct SummaryKey {
    revision: u64,
    selected_serial: u64,
    several: bool,
    current: Option<SpanRef>,
    me: AnnotatorId,
}

impl Inspector {
    /// Gives the note the keyboard focus in the next frame.
    pub fn focus_note(&mut self) {
        self.note.focus();
    }

    /// Gives the attributes the keyboard focus in the next frame.
    pub fn focus_attributes(&mut self) {
        self.attributes.focus();
    }

    /// Gives one of the attributes the keyboard focus in the next frame.
    pub fn focus_attribute(&mut self, attribute: AttributeId) {
        self.attributes.focus_on(attribute);
    }

    /// Shows the current passage, the selected ones, or the document.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        self.attributes.keep_draft(session, requests);
        let current = session.current().zip(session.current_span());
        let single = current.filter(|_| session.selected_set().is_none());
        // The note stays in view below what is scrolled.
        let height = ui.available_height() - single.map_or(0.0, |_| self.note.height());
        let area = egui::ScrollArea::vertical().id_salt("inspector").max_height(height.max(LEAST_HEIGHT));
        area.auto_shrink(false).show(ui, |ui| {
            match (current, session.document().and_then(|d| d.text.as_ref())) {
                (Some(_), _) if session.selected_set().is_some() => self.several(ui, session, requests),
                (Some((at, span)), Some(text)) => self.passage(ui, session, at, span, text, requests),
                _ => self.document(ui, session, requests),
            }
        });
        if let Some((at, span)) = single {
            self.note.ui(ui, at, span, is_mine(session, at), requests);
        }
    }

    fn passage(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        at: &SpanRef,
        span: &Span,
        text: &Text,
        requests: &mut Requests,
    ) {
        let mine = is_mine(session, at);
        head::ui(ui, session, at, span, mine, requests);
        ui.add_space(space::S);
        quote(ui, &span.quote(text));
        let location = session.locate(span.ranges.cover()).to_string();
        if !location.is_empty() {
            ui.add_space(space::XS);
            widgets::weak(ui, location).on_hover_text(words::location_hint());
        }
        ui.add_space(space::S);
        let common = self.take_summary(session);
        self.attributes(ui, session, &common, mine, requests);
        self.put_back(common);
        links::ui(ui, session, at, requests);
        overlapping::ui(ui, session, at, span, requests);
        ui.add_space(space::M);
        head::foot(ui, session, at, span, mine, requests);
        history::ui(ui, session, at, span, requests);
    }

    fn several(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let common = self.take_summary(session);
        let editable = common.mine > 0 && session.read_only().is_none();
        several::head(ui, session, &common, editable, requests);
        ui.add_space(space::M);
        self.attributes(ui, session, &common, editable, requests);
        ui.add_space(space::M);
        several::foot(ui, session, &common, editable, requests);
        self.put_back(common);
    }

    /// Shows the attributes of the selected passages.
    fn attributes(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        common: &SelectedSummary,
        editable: bool,
        requests: &mut Requests,
    ) {
        let inputs = Inputs { session, at: session.selected_spans(), common, editable };
        ui.scope(|ui| self.attributes.ui(ui, inputs, requests));
    }

    /// Takes the summary of the selected passages out of the cache, computing it if they or the project have changed. It
    /// has to be put back after use.
    fn take_summary(&mut self, session: &Session) -> SelectedSummary {
        let now = SummaryKey {
            revision: session.project().revision(),
            selected_serial: session.selected_serial(),
            several: session.selected_set().is_some(),
            current: session.current().cloned(),
            me: session.me().clone(),
        };
        match self.common.take() {
            Some((key, common)) if key == now => {
                self.common = Some((key, SelectedSummary::default()));
                common
            }
            _ => {
                self.common = Some((now, SelectedSummary::default()));
                session.selected_summary()
            }
        }
    }

    fn put_back(&mut self, common: SelectedSummary) {
        if let Some((_, slot)) = &mut self.common {
            *slot = common;
        }
    }

    fn document(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let Some(document) = session.document() else {
            return widgets::empty_state(ui, window::no_document(), window::no_document_hint());
        };
        widgets::heading(ui, words::document(), |_| {});
        ui.add_space(space::XS);
        let known = self.meta.take().filter(|(meta, _)| *meta == document.meta);
        let (_, mut fields) =
            known.unwrap_or_else(|| (document.meta.clone(), MetaFields::new(&document.meta)));
        let left = ui.add_enabled_ui(session.read_only().is_none(), |ui| fields.ui(ui)).inner;
        if left && let Some(meta) = fields.applied_to(&document.meta) {
            requests.push(DocumentAction::SetMeta(Box::new(meta)));
        }
        self.meta = Some((document.meta.clone(), fields));
        ui.add_space(space::M);
        let origin = &document.meta.origin;
        let characters = document.meta.characters;
        widgets::weak(ui, documents::origin(characters, &origin.file_name, &origin.encoding));
        ui.add_space(space::L);
        ui.separator();
        widgets::empty_state(ui, words::no_passage(), words::no_passage_hint());
    }
}

/// Returns whether the user may change a passage.
fn is_mine(session: &Session, at: &SpanRef) -> bool {
    session.may_edit(&at.layer.annotator) && session.read_only().is_none()
}

/// Shows the words of the passage.
fn quote(ui: &mut Ui, quote: &str) {
    let tokens = Tokens::of(ui);
    let shown = demarche_analysis::context::shorten(quote, QUOTE);
    let font = FontId::new(15.0, FontFamily::Name(READING.into()));
    let frame = egui::Frame::new().fill(tokens.page).corner_radius(size::RADIUS).inner_margin(space::S);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let area = egui::ScrollArea::vertical().id_salt("quote").max_height(QUOTE_HEIGHT);
        area.show(ui, |ui| {
            ui.add(egui::Label::new(RichText::new(words::quote(&shown)).font(font)).wrap().selectable(true));
        });
    });
}
