//! The list of files: whether each can come in, and whether it shall.

use egui::{FontId, Rect, Ui, pos2, vec2};

use super::ImportPreview;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use demarche_session::{Candidate, CandidateContent, Preview, PreviewAction};

/// Height of a row in points.
const ROW: f32 = 42.0;
/// Width of the tick in points.
const TICK: f32 = 26.0;

impl ImportPreview {
    pub(super) fn list(&mut self, ui: &mut Ui, preview: &Preview, requests: &mut Requests) {
        ui.set_min_size(ui.available_size());
        let candidates = preview.candidates();
        if candidates.len() > 1 {
            tick_all(ui, preview, requests);
        }
        let mut scroll = egui::ScrollArea::vertical().id_salt("files").auto_shrink(false);
        if std::mem::take(&mut self.follow) {
            let offset = self.at as f32 * (ROW + ui.spacing().item_spacing.y) - ui.available_height() / 2.0;
            scroll = scroll.vertical_scroll_offset(offset.max(0.0));
        }
        let labelled = preview.labelled();
        let below = if labelled > 0 { 36.0 } else { 0.0 };
        scroll.max_height(ui.available_height() - below).show_rows(ui, ROW, candidates.len(), |ui, rows| {
            for at in rows {
                let Some(candidate) = candidates.get(at) else { continue };
                let (chosen, ticked) = row(ui, candidate, self.at == at);
                if chosen {
                    self.at = at;
                }
                if let Some(include) = ticked {
                    requests.push(PreviewAction::Include { at, include });
                }
            }
        });
        if labelled > 0 {
            let files = widgets::plural(labelled, "file");
            widgets::weak(ui, format!("{files} of labelled passages come in after the texts."));
        }
    }
}

fn tick_all(ui: &mut Ui, preview: &Preview, requests: &mut Requests) {
    let can =
        preview.candidates().iter().filter(|c| c.document().is_some_and(|found| found.existing.is_none()));
    let (can, taken) = (can.count(), preview.included());
    let mut all = taken >= can && can > 0;
    let text = format!("{} of {} come in", widgets::count(taken), widgets::count(preview.candidates().len()));
    ui.horizontal(|ui| {
        ui.add_space(space::XS);
        let tick = egui::Checkbox::new(&mut all, text).indeterminate(taken > 0 && taken < can);
        if ui.add_enabled(can > 0, tick).changed() {
            requests.push(PreviewAction::IncludeAll(all));
        }
    });
    ui.add_space(space::XS);
}

/// Shows a candidate; says whether it was clicked, and what its tick was set to.
fn row(ui: &mut Ui, candidate: &Candidate, chosen: bool) -> (bool, Option<bool>) {
    let (status, colour) = status(ui, candidate);
    let name = &candidate.name;
    let (rect, response) = widgets::row(ui, ROW, chosen, &format!("{name}: {status}"));
    let tokens = Tokens::of(ui);
    let tick = Rect::from_min_size(rect.min + vec2(space::XS, 2.0), vec2(TICK, size::ROW));
    let mut take = candidate.included;
    let possible = candidate.document().is_some();
    // The tick lies inside the row, and must not take room of its own below it.
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(tick));
    let put = inside.add_enabled(possible, egui::Checkbox::without_text(&mut take));
    put.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::CheckBox, possible, candidate.included, format!("Take {name}"))
    });
    let left = tick.right() + space::XS;
    let top =
        Rect::from_min_max(pos2(left, rect.top() + 3.0), pos2(rect.right() - space::S, rect.top() + 23.0));
    let font = if chosen { strong(size::INTERFACE) } else { FontId::proportional(size::INTERFACE) };
    let text = if possible { tokens.text } else { tokens.text_weak };
    widgets::line(ui, top, name, font, text);
    let below = Rect::from_min_max(pos2(left, top.bottom() - 2.0), pos2(top.right(), rect.bottom() - 2.0));
    widgets::line(ui, below, &status, FontId::proportional(size::SMALL), colour);
    let ticked = put.changed().then_some(take);
    (response.on_hover_text(format!("{name}\n{status}")).clicked(), ticked)
}

fn status(ui: &Ui, candidate: &Candidate) -> (String, egui::Color32) {
    let tokens = Tokens::of(ui);
    match &candidate.content {
        CandidateContent::Failed(why) => (why.clone(), tokens.error),
        CandidateContent::Document(found) => match &found.existing {
            Some(title) => (format!("already here as “{title}”"), tokens.warning),
            None => {
                let left_out = match found.dropped.iter().map(|loss| loss.count).sum::<usize>() {
                    0 => String::new(),
                    count => format!(" · {} left out", widgets::count(count)),
                };
                let characters = widgets::plural(found.imported.text.characters(), "character");
                (format!("{characters}{left_out}"), tokens.text_weak)
            }
        },
    }
}
