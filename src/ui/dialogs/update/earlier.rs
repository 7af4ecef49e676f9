//! Earlier versions of a document's text, with the user's passages that are still in doubt.

use egui::{FontFamily, FontId, RichText, TextFormat, Ui, text::LayoutJob};

use super::super::{Outcome, close_button, title};
use crate::theme::{READING, Tokens, size, space};
use crate::{widgets, words::update as words};
use demarche_analysis::context::shorten;
use demarche_io::project::format_time;
use demarche_model::{Document, DocumentId, TextRange};
use demarche_session::{PendingPassage, Session};

/// The greatest number of bytes that are shown at once; a longer text is shown in parts.
const PART_BYTES: usize = 20_000;

/// The dialog of earlier versions.
pub struct EarlierForm {
    document: DocumentId,
    version: Option<u32>,
    /// The first byte of the part that is shown.
    start: usize,
    /// The key of the selected passage.
    selected: Option<u32>,
    /// The passages in this version, under the revision of the project and the version.
    pending: Option<((u64, u32), Vec<PendingPassage>)>,
}

impl EarlierForm {
    /// The dialog with the latest of the earlier versions.
    pub fn new(document: DocumentId) -> Self {
        Self { document, version: None, start: 0, selected: None, pending: None }
    }

    /// Shows the dialog.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session) -> Outcome {
        let Some(document) = session.project().document(&self.document) else { return Outcome::Close };
        title(ui, words::earlier_title());
        let Some(version) = self.versions(ui, session, document) else { return close_button(ui) };
        let key = (session.project().revision(), version);
        if self.pending.as_ref().is_none_or(|(known, _)| *known != key) {
            let pending = session.pending_passages(&self.document).into_iter();
            self.pending = Some((key, pending.filter(|passage| passage.version == version).collect()));
        }
        let taken = self.pending.take();
        let pending = taken.as_ref().map_or(&[][..], |(_, pending)| pending.as_slice());
        ui.add_space(space::S);
        self.passages(ui, pending);
        self.text(ui, document, version, pending);
        self.pending = taken;
        close_button(ui)
    }

    /// Shows the versions and where the chosen one is from; returns it.
    fn versions(&mut self, ui: &mut Ui, session: &Session, document: &Document) -> Option<u32> {
        let version = self.version.or_else(|| document.other_texts.keys().next_back().copied())?;
        ui.horizontal_wrapped(|ui| {
            for number in document.other_texts.keys().rev() {
                if ui.selectable_label(*number == version, words::version(*number)).clicked() {
                    (self.version, self.start, self.selected) = (Some(*number), 0, None);
                }
            }
            widgets::weak(ui, provenance(session, document, version));
        });
        Some(version)
    }

    /// Shows the passages in doubt; a click goes to a passage.
    fn passages(&mut self, ui: &mut Ui, pending: &[PendingPassage]) {
        if pending.is_empty() {
            return drop(widgets::weak(ui, words::none_pending()));
        }
        widgets::caption(ui, words::pending());
        let height = (size::ROW + ui.spacing().item_spacing.y) * 4.0_f32.min(pending.len() as f32);
        let scroll = egui::ScrollArea::vertical().id_salt("pending").max_height(height);
        scroll.show_rows(ui, size::ROW, pending.len(), |ui, rows| {
            for passage in pending.get(rows).unwrap_or_default() {
                let label = shorten(&passage.old.quote, 110);
                let selected = self.selected == Some(passage.key);
                let (rect, response) = widgets::row(ui, size::ROW, selected, &label);
                let rect = rect.shrink2(egui::vec2(space::S, 0.0));
                let font = FontId::proportional(size::INTERFACE);
                widgets::line(ui, rect, &label, font, Tokens::of(ui).text);
                if response.clicked() {
                    self.selected = Some(passage.key);
                    self.start = passage.old_ranges.start().saturating_sub(PART_BYTES / 20);
                }
            }
        });
        ui.add_space(space::S);
    }

    fn text(&mut self, ui: &mut Ui, document: &Document, version: u32, pending: &[PendingPassage]) {
        let Some(other) = document.other_texts.get(&version) else { return };
        let text = other.text.as_str();
        let start = text.floor_char_boundary(self.start.min(text.len()));
        let end = text.ceil_char_boundary((start + PART_BYTES).min(text.len()));
        let part = TextRange { start, end };
        self.part_buttons(ui, text, part);
        let selected = pending.iter().find(|passage| Some(passage.key) == self.selected);
        let marked = selected.and_then(|passage| passage.old_ranges.cover().intersect(part));
        let id = ("earlier", version, start);
        egui::ScrollArea::vertical().id_salt(id).max_height(360.0).auto_shrink(false).show(ui, |ui| {
            let job = part_job(ui, text, part, marked);
            ui.add(egui::Label::new(job).wrap().selectable(true));
        });
    }

    /// Shows buttons for the parts before and after, if the text has more than one.
    fn part_buttons(&mut self, ui: &mut Ui, text: &str, part: TextRange) {
        let (has_before, has_after) = (part.start > 0, part.end < text.len());
        if !has_before && !has_after {
            return;
        }
        ui.horizontal(|ui| {
            if ui.add_enabled(has_before, egui::Button::new(words::earlier_part())).clicked() {
                self.start = part.start.saturating_sub(PART_BYTES);
            }
            if ui.add_enabled(has_after, egui::Button::new(words::later_part())).clicked() {
                self.start = part.end;
            }
            let position = words::part(100 * part.start / text.len().max(1));
            ui.label(RichText::new(position).size(size::SMALL).color(Tokens::of(ui).text_weak));
        });
    }
}

/// The file that a version was imported from, and who replaced it on which day.
fn provenance(session: &Session, document: &Document, version: u32) -> String {
    let versions = &document.meta.versions;
    let earlier = versions.earlier.iter().find(|text| text.version.number == version);
    let file = earlier.map(|text| text.origin.file_name.clone()).filter(|name| !name.is_empty());
    let mut later = versions.earlier.iter().map(|text| &text.version).chain([&versions.current]);
    let next = later.find(|next| next.number > version);
    let replaced = next.and_then(|next| next.made.as_ref()).map(|(time, by)| {
        let day = &format_time(*time)[..10];
        words::replaced(session.project().name_of(by), day)
    });
    let parts: Vec<String> = file.into_iter().chain(replaced).collect();
    parts.join(", ")
}

/// Lays out a part of the text with a range marked.
fn part_job(ui: &Ui, text: &str, part: TextRange, marked: Option<TextRange>) -> LayoutJob {
    let tokens = Tokens::of(ui);
    let font = FontId::new(size::HEADING, FontFamily::Name(READING.into()));
    let plain = TextFormat { line_height: Some(22.0), ..TextFormat::simple(font, tokens.text) };
    let marking = TextFormat {
        background: tokens.selection,
        underline: egui::Stroke::new(1.5, tokens.accent),
        ..plain.clone()
    };
    let marked = marked.unwrap_or(TextRange { start: part.end, end: part.end });
    let mut job = LayoutJob::default();
    let mut add = |from: usize, to: usize, format: &TextFormat| {
        job.append(text.get(from..to).unwrap_or_default(), 0.0, format.clone());
    };
    add(part.start, marked.start, &plain);
    add(marked.start, marked.end, &marking);
    add(marked.end, part.end, &plain);
    job
}
