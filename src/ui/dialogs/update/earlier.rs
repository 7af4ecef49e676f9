//! The texts that a document had before, to read, with the passages that still wait in them.

use egui::{RichText, Ui};

use super::super::{Outcome, close_button, title};
use crate::theme::{Tokens, size, space};
use crate::widgets;
use demarche_analysis::context::shorten;
use demarche_model::{Document, DocumentId, TextRange};
use demarche_session::{PendingPassage, Session};

/// Bytes of the text that are shown at once; a longer text is turned over in parts.
const PART: usize = 20_000;

/// The dialog of the earlier texts.
pub struct EarlierForm {
    document: DocumentId,
    version: Option<u32>,
    /// First byte of the part that is shown.
    start: usize,
    /// The passage that was looked for last.
    shown: Option<u32>,
    /// The passages that wait in this text, and the state of the project and the version that they are of.
    known: Option<((u64, u32), Vec<PendingPassage>)>,
}

impl EarlierForm {
    /// Begins with the latest text before the one that is shown.
    pub fn new(document: DocumentId) -> Self {
        Self { document, version: None, start: 0, shown: None, known: None }
    }

    /// Shows the dialog.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session) -> Outcome {
        let Some(document) = session.project().document(&self.document) else { return Outcome::Close };
        title(ui, "Earlier text");
        let Some(version) = self.versions(ui, session, document) else { return close_button(ui) };
        let revision = (session.project().revision(), version);
        if self.known.as_ref().is_none_or(|(known, _)| *known != revision) {
            let waiting = session.pending_passages(&self.document).into_iter();
            self.known = Some((revision, waiting.filter(|waiting| waiting.version == version).collect()));
        }
        let known = self.known.take();
        let waiting = known.as_ref().map_or(&[][..], |(_, waiting)| waiting.as_slice());
        ui.add_space(space::S);
        self.passages(ui, waiting);
        self.text(ui, document, version, waiting);
        self.known = known;
        close_button(ui)
    }

    /// Which of the texts; when it was the document's.
    fn versions(&mut self, ui: &mut Ui, session: &Session, document: &Document) -> Option<u32> {
        let version = self.version.or_else(|| document.other_texts.keys().next_back().copied())?;
        ui.horizontal_wrapped(|ui| {
            for number in document.other_texts.keys().rev() {
                if ui.selectable_label(*number == version, format!("Version {number}")).clicked() {
                    (self.version, self.start, self.shown) = (Some(*number), 0, None);
                }
            }
            let known = document.meta.versions.earlier.iter().find(|text| text.version.number == version);
            let from = known.map(|text| text.origin.file_name.clone()).filter(|name| !name.is_empty());
            let next = document.meta.versions.earlier.iter().map(|text| &text.version);
            let next = next.chain([&document.meta.versions.current]).find(|next| next.number > version);
            let until = next.and_then(|next| next.made.as_ref()).map(|(at, by)| {
                let name = session.project().annotator(by).map_or(by.as_str(), |by| by.name.as_str());
                format!("replaced by {name} on {}", &demarche_io::project::format_time(*at)[..10])
            });
            let said: Vec<String> = from.into_iter().chain(until).collect();
            widgets::weak(ui, said.join(", "));
        });
        Some(version)
    }

    /// The passages that wait in this text; a click leads to them.
    fn passages(&mut self, ui: &mut Ui, waiting: &[PendingPassage]) {
        if waiting.is_empty() {
            return drop(widgets::weak(ui, "None of your passages waits in this text."));
        }
        widgets::caption(ui, "Your passages in doubt");
        let height = (size::ROW + ui.spacing().item_spacing.y) * 4.0_f32.min(waiting.len() as f32);
        egui::ScrollArea::vertical().id_salt("waiting").max_height(height).show_rows(
            ui,
            size::ROW,
            waiting.len(),
            |ui, range| {
                for passage in waiting.get(range).unwrap_or_default() {
                    let label = shorten(&passage.old.quote, 110);
                    let chosen = self.shown == Some(passage.key);
                    let (rect, response) = widgets::row(ui, size::ROW, chosen, &label);
                    let font = egui::FontId::proportional(size::INTERFACE);
                    widgets::line(
                        ui,
                        rect.shrink2(egui::vec2(space::S, 0.0)),
                        &label,
                        font,
                        Tokens::of(ui).text,
                    );
                    if response.clicked() {
                        self.shown = Some(passage.key);
                        self.start = passage.old_ranges.start().saturating_sub(PART / 20);
                    }
                }
            },
        );
        ui.add_space(space::S);
    }

    fn text(&mut self, ui: &mut Ui, document: &Document, version: u32, waiting: &[PendingPassage]) {
        let Some(other) = document.other_texts.get(&version) else { return };
        let text = other.text.as_str();
        let start = text.floor_char_boundary(self.start.min(text.len()));
        let end = text.ceil_char_boundary((start + PART).min(text.len()));
        let (first, last) = (start > 0, end < text.len());
        if first || last {
            ui.horizontal(|ui| {
                if ui.add_enabled(first, egui::Button::new("Earlier in the text")).clicked() {
                    self.start = start.saturating_sub(PART);
                }
                if ui.add_enabled(last, egui::Button::new("Later in the text")).clicked() {
                    self.start = end;
                }
                let share = 100 * start / text.len().max(1);
                ui.label(
                    RichText::new(format!("from {share} %"))
                        .size(size::SMALL)
                        .color(Tokens::of(ui).text_weak),
                );
            });
        }
        let chosen = waiting.iter().find(|passage| Some(passage.key) == self.shown);
        let mark = chosen.and_then(|passage| passage.old_ranges.cover().intersect(TextRange { start, end }));
        let id = ("earlier", version, start);
        egui::ScrollArea::vertical().id_salt(id).max_height(360.0).auto_shrink(false).show(ui, |ui| {
            let job = marked(ui, text, TextRange { start, end }, mark);
            ui.add(egui::Label::new(job).wrap().selectable(true));
        });
    }
}

/// A part of the text, with a stretch of it set off.
fn marked(ui: &Ui, text: &str, part: TextRange, mark: Option<TextRange>) -> egui::text::LayoutJob {
    let tokens = Tokens::of(ui);
    let font = egui::FontId::new(size::HEADING, egui::FontFamily::Name(crate::theme::READING.into()));
    let plain = egui::TextFormat { line_height: Some(22.0), ..egui::TextFormat::simple(font, tokens.text) };
    let mut job = egui::text::LayoutJob::default();
    let mark = mark.unwrap_or(TextRange { start: part.end, end: part.end });
    let mut add = |from: usize, to: usize, format: &egui::TextFormat| {
        job.append(text.get(from..to).unwrap_or_default(), 0.0, format.clone());
    };
    let set = egui::TextFormat {
        background: tokens.selection,
        underline: egui::Stroke::new(1.5, tokens.accent),
        ..plain.clone()
    };
    add(part.start, mark.start, &plain);
    add(mark.start, mark.end, &set);
    add(mark.end, part.end, &plain);
    job
}
