//! The list of files: whether each can be imported, and whether it is ticked.

use egui::{FontId, Rect, Ui, pos2, vec2};

use super::ImportPreview;
use crate::requests::Requests;
use crate::theme::{Tokens, icons, size, space, strong};
use crate::words::unknown_names::{checking, entry};
use crate::{widgets, words::import as words};
use demarche_session::{Candidate, CandidateContent, Preview, PreviewAction};

/// Height of a row in points.
const ROW_HEIGHT: f32 = 42.0;
/// Width of the tick in points.
const TICK_WIDTH: f32 = 26.0;
/// Height in points of the line below the list.
const NOTE_HEIGHT: f32 = 36.0;
/// Size in points of the sign of a file that is doubtful or can't be read.
const SIGN: f32 = 15.0;

impl ImportPreview {
    pub(super) fn list(&mut self, ui: &mut Ui, preview: &Preview, requests: &mut Requests) {
        ui.set_min_size(ui.available_size());
        let candidates = preview.candidates();
        if candidates.len() > 1 {
            tick_all(ui, preview, requests);
            let to_check = candidates.iter().filter(|candidate| candidate.is_doubtful()).count();
            if to_check > 0 {
                let text = egui::RichText::new(words::to_check(to_check)).size(size::SMALL);
                ui.label(text.color(Tokens::of(ui).warning));
            }
        }
        let mut scroll = egui::ScrollArea::vertical().id_salt("files").auto_shrink(false);
        if std::mem::take(&mut self.scroll_to_selected) {
            let offset = self.selected as f32 * (ROW_HEIGHT + ui.spacing().item_spacing.y)
                - ui.available_height() / 2.0;
            scroll = scroll.vertical_scroll_offset(offset.max(0.0));
        }
        let labelled = preview.labelled();
        let names = preview.names().all().len();
        let names_height = if names > 0 { ROW_HEIGHT + ui.spacing().item_spacing.y } else { 0.0 };
        let passed_over = preview.passed_over();
        let passed_height =
            if passed_over.is_empty() { 0.0 } else { ROW_HEIGHT + ui.spacing().item_spacing.y };
        let note_height = if labelled > 0 { NOTE_HEIGHT + names_height } else { 0.0 } + passed_height;
        let scroll = scroll.max_height(ui.available_height() - note_height);
        scroll.show_rows(ui, ROW_HEIGHT, candidates.len(), |ui, rows| {
            for place in rows {
                let at = preview.order().get(place).copied();
                let Some((at, candidate)) = at.and_then(|at| Some((at, candidates.get(at)?))) else {
                    continue;
                };
                let (clicked, ticked) = row(ui, candidate, self.selected == place);
                if clicked {
                    self.selected = place;
                }
                if let Some(include) = ticked {
                    requests.push(PreviewAction::Include { at, include });
                }
            }
        });
        let warning = Tokens::of(ui).warning;
        if names > 0 && extra_row(ui, &entry(names), warning, self.selected == candidates.len()) {
            self.selected = candidates.len();
        }
        if labelled > 0 {
            let is_checking = preview.reading().is_none() && !preview.is_ready();
            let note = if is_checking { checking().to_owned() } else { words::labelled(labelled) };
            widgets::weak(ui, note);
        }
        let passed_row = candidates.len() + usize::from(names > 0);
        let text = words::passed_over(passed_over.len());
        let colour = Tokens::of(ui).text;
        if !passed_over.is_empty() && extra_row(ui, &text, colour, self.selected == passed_row) {
            self.selected = passed_row;
        }
    }
}

fn tick_all(ui: &mut Ui, preview: &Preview, requests: &mut Requests) {
    let candidates = preview.candidates();
    let is_new = |candidate: &&Candidate| candidate.document().is_some_and(|found| found.existing.is_none());
    let (new, included) = (candidates.iter().filter(is_new).count(), preview.included());
    let mut all = included >= new && new > 0;
    let text = words::selected_files(included, candidates.len());
    ui.horizontal(|ui| {
        ui.add_space(space::XS);
        let tick = egui::Checkbox::new(&mut all, text).indeterminate(included > 0 && included < new);
        if ui.add_enabled(new > 0, tick).changed() {
            requests.push(PreviewAction::IncludeAll(all));
        }
    });
    ui.add_space(space::XS);
}

/// Shows the entry of something that is no file: the names that the project lacks, or the files that are passed over. Returns
/// whether it was clicked.
fn extra_row(ui: &mut Ui, text: &str, colour: egui::Color32, is_selected: bool) -> bool {
    let (rect, response) = widgets::row(ui, ROW_HEIGHT, is_selected, text);
    let line = Rect::from_min_max(
        pos2(rect.left() + space::XS + TICK_WIDTH + space::XS, rect.top()),
        pos2(rect.right() - space::S, rect.bottom()),
    );
    let font = if is_selected { strong(size::INTERFACE) } else { FontId::proportional(size::INTERFACE) };
    widgets::line(ui, line, text, font, colour);
    response.clicked()
}

/// Shows a file; returns whether it was clicked, and what its tick was set to.
fn row(ui: &mut Ui, candidate: &Candidate, selected: bool) -> (bool, Option<bool>) {
    let (status, colour) = status(ui, candidate);
    let name = &candidate.name;
    let (rect, response) = widgets::row(ui, ROW_HEIGHT, selected, &words::file(name, &status));
    let tokens = Tokens::of(ui);
    let tick = Rect::from_min_size(rect.min + vec2(space::XS, 2.0), vec2(TICK_WIDTH, size::ROW));
    let mut include = candidate.included;
    let possible = candidate.document().is_some();
    // A child, so that the tick is inside the row and takes no space below it.
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(tick));
    let checkbox = inside.add_enabled(possible, egui::Checkbox::without_text(&mut include));
    checkbox.widget_info(|| {
        let role = egui::Role::CheckBox;
        egui::WidgetInfo::selected(role, possible, candidate.included, words::include(name))
    });
    let left = tick.right() + space::XS;
    let top =
        Rect::from_min_max(pos2(left, rect.top() + 3.0), pos2(rect.right() - space::S, rect.top() + 23.0));
    let font = if selected { strong(size::INTERFACE) } else { FontId::proportional(size::INTERFACE) };
    let text = if possible { tokens.text } else { tokens.text_weak };
    let top = warning(ui, top, candidate);
    widgets::line(ui, top, name, font, text);
    let below = Rect::from_min_max(
        pos2(left, top.bottom() - 2.0),
        pos2(rect.right() - space::S, rect.bottom() - 2.0),
    );
    widgets::line(ui, below, &status, FontId::proportional(size::SMALL), colour);
    let ticked = checkbox.changed().then_some(include);
    (response.on_hover_text(format!("{name}\n{status}")).clicked(), ticked)
}

/// The status of a file, and the colour of its text.
fn status(ui: &Ui, candidate: &Candidate) -> (String, egui::Color32) {
    let tokens = Tokens::of(ui);
    match &candidate.content {
        CandidateContent::Failed(problem) => (problem.message.clone(), tokens.error),
        CandidateContent::Document(found) => match &found.existing {
            Some(title) => (words::existing(title), tokens.warning),
            None if !found.doubts.is_empty() => {
                (words::doubts_in_list(found.doubts.iter().copied()), tokens.warning)
            }
            None => (words::length(found.text.characters(), &found.dropped), tokens.text_weak),
        },
    }
}

/// Paints a warning sign at the right end of a line, for a file that is doubtful or can't be read. Returns the rest of the line.
fn warning(ui: &Ui, line: Rect, candidate: &Candidate) -> Rect {
    let tokens = Tokens::of(ui);
    let (icon, colour) = match candidate.document() {
        None => (icons::ICON_ERROR, tokens.error),
        Some(_) if candidate.is_doubtful() => (icons::ICON_WARNING, tokens.warning),
        Some(_) => return line,
    };
    let font = FontId::new(SIGN, icon.font_family());
    let left = widgets::line_right(ui, line, icon.codepoint, font, colour);
    line.with_max_x(left - space::XS)
}
