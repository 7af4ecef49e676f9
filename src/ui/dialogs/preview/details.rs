//! The selected file: its details, encoding, what was left out, and its text.

use egui::{RichText, Ui};

use super::ImportPreview;
use crate::requests::Requests;
use crate::theme::{Tokens, icons, size, space};
use crate::widgets::{self, MetaFields};
use crate::words::import as words;
use demarche_analysis::dateline::dateline;
use demarche_io::Loss;
use demarche_io::import::NewDocument;
use demarche_model::{DocumentId, DocumentMeta};
use demarche_session::{Candidate, CandidateContent, Preview, PreviewAction};

/// Font size of the text in points.
const TEXT_SIZE: f32 = 14.0;

/// The encodings that are offered, by their names in the Encoding Standard.
const ENCODINGS: [&str; 16] = [
    "UTF-8",
    "UTF-16LE",
    "UTF-16BE",
    "windows-1252",
    "windows-1250",
    "windows-1251",
    "windows-1253",
    "windows-1254",
    "windows-1256",
    "KOI8-R",
    "GB18030",
    "Big5",
    "Shift_JIS",
    "EUC-JP",
    "EUC-KR",
    "ISO-8859-2",
];

/// What the fields were filled from: the index of a file, the serial of its preview, and the encoding.
pub(super) type FieldsKey = (usize, u64, Option<String>);

impl ImportPreview {
    /// Shows the selected file; returns whether the fields are valid.
    pub(super) fn details(&mut self, ui: &mut Ui, preview: &Preview, requests: &mut Requests) -> bool {
        let Some((at, candidate)) = self.selected_candidate(preview) else { return true };
        match &candidate.content {
            CandidateContent::Failed(problem) => {
                self.failed(ui, (at, candidate), &problem.message, requests);
                true
            }
            CandidateContent::Document(found) => self.document(ui, preview, (at, candidate), found, requests),
        }
    }

    fn failed(
        &mut self,
        ui: &mut Ui,
        (at, candidate): (usize, &Candidate),
        why: &str,
        requests: &mut Requests,
    ) {
        let tokens = Tokens::of(ui);
        ui.add_space(space::S);
        ui.label(RichText::new(words::unreadable()).font(crate::theme::strong(size::INTERFACE)));
        ui.add_space(space::XS);
        ui.label(RichText::new(why).color(tokens.error));
        if let Some(path) = candidate.path() {
            ui.add_space(space::XS);
            widgets::weak(ui, path.display().to_string());
        }
        if candidate.asks_encoding() {
            ui.add_space(space::M);
            ui.horizontal(|ui| encoding(ui, (at, candidate), "", requests));
        }
    }

    fn document(
        &mut self,
        ui: &mut Ui,
        preview: &Preview,
        (at, candidate): (usize, &Candidate),
        found: &NewDocument,
        requests: &mut Requests,
    ) -> bool {
        let is_valid = self.fields(ui, preview, (at, candidate), &found.meta, requests);
        ui.add_space(space::XS);
        ui.horizontal(|ui| self.facts(ui, (at, candidate), found, requests));
        doubts(ui, found);
        not_as_in_file(ui, found);
        if let Some(title) = &found.existing {
            let text = words::existing_explanation(title);
            ui.label(RichText::new(text).size(size::SMALL).color(Tokens::of(ui).warning));
        }
        ui.add_space(space::XS);
        let tokens = Tokens::of(ui);
        let frame = egui::Frame::new().fill(tokens.page).stroke(egui::Stroke::new(1.0, tokens.line));
        frame.corner_radius(size::RADIUS).show(ui, |ui| {
            // The reader recognises a text by its allocation; the id does not matter here.
            self.reader.ui(ui, &DocumentId::new("preview"), &found.text, &found.anchors, TEXT_SIZE);
        });
        is_valid
    }

    /// Shows title, date, author and source, which are applied as they are typed; returns whether they are valid.
    fn fields(
        &mut self,
        ui: &mut Ui,
        preview: &Preview,
        (at, candidate): (usize, &Candidate),
        meta: &DocumentMeta,
        requests: &mut Requests,
    ) -> bool {
        let key: FieldsKey = (at, preview.serial(), candidate.encoding.clone());
        let known = self.fields.take().filter(|(known, _)| *known == key);
        let mut fields = known.map_or_else(|| MetaFields::new(meta), |(_, fields)| fields);
        fields.ui_in_rows(ui);
        let applied = fields.applied_to(meta);
        self.fields = Some((key, fields));
        let is_valid = applied.is_some();
        if let Some(applied) = applied.filter(|applied| applied != meta) {
            requests.push(PreviewAction::SetMeta { at, meta: Box::new(applied) });
        }
        is_valid
    }

    /// Shows the size of the text, and its encoding.
    fn facts(
        &mut self,
        ui: &mut Ui,
        (at, candidate): (usize, &Candidate),
        found: &NewDocument,
        requests: &mut Requests,
    ) {
        let anchors = &found.anchors;
        let (pages, headings) = (anchors.pages().len(), anchors.headings().len());
        let characters = found.text.characters();
        widgets::weak(ui, words::facts(characters, pages, headings, anchors.times().len()));
        if candidate.asks_encoding() {
            encoding(ui, (at, candidate), &found.meta.origin.encoding, requests);
        }
        if found.meta.date.is_none()
            && let Some(date) = dateline(found.text.as_str())
            && ui.button(words::use_date(&date)).on_hover_text(words::use_date_hint()).clicked()
        {
            let meta = DocumentMeta { date: Some(date), ..found.meta.clone() };
            requests.push(PreviewAction::SetMeta { at, meta: Box::new(meta) });
            // They are filled again from what is set.
            self.fields = None;
        }
    }
}

/// Shows the menu of encodings, in which the file is read again.
fn encoding(ui: &mut Ui, (at, candidate): (usize, &Candidate), read_as: &str, requests: &mut Requests) {
    let shown = match (&candidate.encoding, read_as) {
        (Some(chosen), _) => chosen.clone(),
        (None, "") => words::encoding_menu().to_owned(),
        (None, detected) => detected.to_owned(),
    };
    let mut selected = None;
    let menu = widgets::combo(ui, words::encoding(), RichText::new(shown).size(size::SMALL), 120.0, |ui| {
        if ui.selectable_label(candidate.encoding.is_none(), words::detect_encoding()).clicked() {
            selected = Some(None);
        }
        for name in ENCODINGS {
            let chosen = candidate.encoding.as_deref() == Some(name);
            if ui.selectable_label(chosen, name).clicked() {
                selected = Some(Some(name.to_owned()));
            }
        }
    });
    menu.on_hover_text(words::encoding_hint());
    if let Some(encoding) = selected.filter(|selected| *selected != candidate.encoding) {
        requests.push(PreviewAction::ReadAgain { at, encoding });
    }
}

/// Shows the reasons to look at the text, with a sign.
fn doubts(ui: &mut Ui, found: &NewDocument) {
    if found.doubts.is_empty() {
        return;
    }
    let colour = Tokens::of(ui).warning;
    ui.horizontal_wrapped(|ui| {
        let icon = icons::ICON_WARNING;
        let font = egui::FontId::new(size::INTERFACE, icon.font_family());
        ui.label(RichText::new(icon.codepoint).font(font).color(colour));
        ui.label(RichText::new(words::doubts(found.doubts.iter().copied())).color(colour));
    });
}

/// Shows what the text has not as the file.
fn not_as_in_file(ui: &mut Ui, found: &NewDocument) {
    for (effect, losses) in Loss::by_effect(&found.dropped) {
        widgets::weak(ui, words::not_as_in_file(effect, &losses));
    }
}
