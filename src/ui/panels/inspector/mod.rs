//! The picked passage: what it is tagged as, what is said of it, the note, who and when. Several chosen ones: what they
//! have in common. With nothing picked, the document.

mod also_here;
mod attributes;
mod desk;
mod field;
mod head;
mod history;
mod letters;
mod links;
mod note;
mod picker;
mod several;
mod value;

use egui::{FontFamily, FontId, RichText, Ui};

use crate::requests::Requests;
use crate::theme::{READING, Tokens, size, space};
use crate::widgets::{self, MetaFields};
use demarche_model::{AnnotatorId, DocumentMeta, Span, SpanRef, Text};
use demarche_session::{DocumentAction, SelectedSummary, Session};

use self::attributes::Attributes;
use self::desk::Desk;
use self::note::Note;

/// Characters of the passage that are shown at most.
const QUOTE: usize = 600;

/// What the panel remembers between frames: texts that are being typed, and what the chosen passages have in common.
#[derive(Default)]
pub struct Inspector {
    note: Note,
    attributes: Attributes,
    common: Option<(MadeFor, SelectedSummary)>,
    meta: Option<(DocumentMeta, MetaFields)>,
}

/// What [`Common`] depends on.
#[derive(PartialEq)]
struct MadeFor {
    revision: u64,
    chosen: u64,
    several: bool,
    picked: Option<SpanRef>,
    me: AnnotatorId,
}

impl Inspector {
    /// Gives the note the keyboard at the next frame.
    pub fn focus_note(&mut self) {
        self.note.focus();
    }

    /// Gives the attributes the keyboard at the next frame.
    pub fn focus_attributes(&mut self) {
        self.attributes.focus();
    }

    /// Shows the picked passage, or the document.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        self.attributes.keep_draft(session, requests);
        let picked = session.current().zip(session.current_span());
        egui::ScrollArea::vertical().id_salt("inspector").auto_shrink(false).show(ui, |ui| {
            match (picked, session.document().and_then(|d| d.text.as_ref())) {
                (Some(_), _) if session.selected_set().is_some() => self.several(ui, session, requests),
                (Some((at, span)), Some(text)) => self.passage(ui, session, at, span, text, requests),
                _ => self.document(ui, session, requests),
            }
        });
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
        let mine = session.may_edit(&at.layer.annotator) && session.read_only().is_none();
        head::ui(ui, session, at, span, mine, requests);
        ui.add_space(space::S);
        quote(ui, &span.quote(text));
        let place = session.locate(span.ranges.cover()).to_string();
        if !place.is_empty() {
            ui.add_space(space::XS);
            widgets::weak(ui, place).on_hover_text("Where the passage stands in the document");
        }
        ui.add_space(space::S);
        self.said(ui, session, mine, requests);
        self.note.ui(ui, at, span, mine, requests);
        links::ui(ui, session, at, requests);
        also_here::ui(ui, session, at, span, requests);
        ui.add_space(space::M);
        head::foot(ui, session, at, span, mine, requests);
        history::ui(ui, session, at, span, requests);
    }

    fn several(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let common = self.common(session);
        let editable = common.mine > 0 && session.read_only().is_none();
        several::head(ui, session, &common, editable, requests);
        ui.add_space(space::M);
        self.common_said(ui, session, &common, editable, requests);
        ui.add_space(space::M);
        several::foot(ui, session, &common, editable, requests);
        self.put_back(common);
    }

    /// The attributes of what is chosen.
    fn said(&mut self, ui: &mut Ui, session: &Session, editable: bool, requests: &mut Requests) {
        let common = self.common(session);
        self.common_said(ui, session, &common, editable, requests);
        self.put_back(common);
    }

    fn common_said(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        common: &SelectedSummary,
        editable: bool,
        requests: &mut Requests,
    ) {
        let desk = Desk { session, at: session.selected_spans(), common, editable };
        ui.scope(|ui| self.attributes.ui(ui, desk, requests));
    }

    /// What the chosen passages have in common: looked up anew only where they or the project have changed. To be put
    /// back after use.
    fn common(&mut self, session: &Session) -> SelectedSummary {
        let now = MadeFor {
            revision: session.project().revision(),
            chosen: session.selected_serial(),
            several: session.selected_set().is_some(),
            picked: session.current().cloned(),
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
            return widgets::empty_state(ui, "Nothing open", "Open a document in the list at the left.");
        };
        widgets::heading(ui, "Document", |_| {});
        ui.add_space(space::XS);
        let known = self.meta.take().filter(|(of, _)| *of == document.meta);
        let (_, mut fields) =
            known.unwrap_or_else(|| (document.meta.clone(), MetaFields::new(&document.meta)));
        let left = ui.add_enabled_ui(session.read_only().is_none(), |ui| fields.ui(ui)).inner;
        if left && let Some(meta) = fields.applied_to(&document.meta) {
            requests.push(DocumentAction::SetMeta(Box::new(meta)));
        }
        self.meta = Some((document.meta.clone(), fields));
        ui.add_space(space::M);
        let origin = &document.meta.origin;
        let from = if origin.file_name.is_empty() { "pasted text" } else { origin.file_name.as_str() };
        widgets::weak(
            ui,
            format!(
                "{} characters, from {from} ({})",
                widgets::count(document.meta.characters),
                origin.encoding
            ),
        );
        ui.add_space(space::L);
        ui.separator();
        widgets::empty_state(
            ui,
            "No passage picked",
            "Click a tagged passage, or press Tab in the text, to see and change it here. \
             To tag: select words, then press the key of a category.",
        );
    }
}

fn quote(ui: &mut Ui, words: &str) {
    let tokens = Tokens::of(ui);
    let shown = demarche_analysis::context::shorten(words, QUOTE);
    let font = FontId::new(15.0, FontFamily::Name(READING.into()));
    let frame = egui::Frame::new().fill(tokens.page).corner_radius(size::RADIUS).inner_margin(space::S);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(egui::Label::new(RichText::new(format!("“{shown}”")).font(font)).wrap().selectable(true));
    });
}
