//! The scale of conflict and cooperation, with the weight of each category.

use egui::{DragValue, Popup, PopupCloseBehavior, ScrollArea, Ui};

use super::choice::captioned;
use crate::theme::icons as m;
use crate::theme::{size, space, strong};
use crate::widgets;
use crate::words::analyse_options as names;
use demarche_analysis::bargain::{Scale, Weights};
use demarche_model::{Category, Project};
use demarche_session::AnalyseQuestion;

/// Greatest height of the list of weights, in points.
const LIST_PT: f32 = 380.0;
/// Greatest absolute weight that can be set.
const GREATEST: f64 = 10.0;

/// Shows the choice of a scale, and a button with its weights.
pub(super) fn scale(ui: &mut Ui, project: &Project, asked: &mut AnalyseQuestion) {
    captioned(ui, names::scale(), &mut asked.scale, &Scale::ALL, |scale| names::scale_of(*scale).to_owned());
    let button = ui.button(names::weights()).on_hover_text(names::weights_hint());
    let popup = Popup::from_toggle_button_response(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .width(320.0);
    popup.show(|ui| weights(ui, project, asked));
}

fn weights(ui: &mut Ui, project: &Project, asked: &mut AnalyseQuestion) {
    let known = Weights::new(project.codebook(), asked.scale, &asked.weights);
    widgets::heading(ui, &names::scale_changed(asked.scale, known.changed()), |ui| {
        if known.changed() > 0 && ui.small_button(names::reset_weights()).clicked() {
            asked.weights.clear();
        }
    });
    widgets::weak(ui, names::weights_note());
    ui.add_space(space::XS);
    ScrollArea::vertical().max_height(LIST_PT).show(ui, |ui| {
        for category in &project.codebook().categories {
            weight(ui, category, &known, asked);
        }
    });
}

fn weight(ui: &mut Ui, category: &Category, known: &Weights, asked: &mut AnalyseQuestion) {
    let is_changed = asked.weights.contains_key(&category.id);
    let before = known.value(&category.id);
    let mut value = before.unwrap_or_default();
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        let (rect, _) = ui.allocate_exact_size(egui::vec2(170.0, size::ROW), egui::Sense::hover());
        widgets::swatch(ui, rect.left_center() + egui::vec2(8.0, 0.0), category.colour);
        let font =
            if is_changed { strong(size::INTERFACE) } else { egui::FontId::proportional(size::INTERFACE) };
        let colour = crate::theme::Tokens::of(ui).text;
        widgets::line(ui, rect.with_min_x(rect.left() + 20.0), &category.name, font, colour);
        let drag = DragValue::new(&mut value).range(-GREATEST..=GREATEST).speed(0.1).max_decimals(2);
        let shown = match before {
            Some(_) => drag,
            None => drag.custom_formatter(|_, _| names::no_weight().to_owned()),
        };
        let field = ui.add(shown);
        field.widget_info(|| egui::WidgetInfo::drag_value(true, value));
        if field.changed() {
            asked.weights.insert(category.id.clone(), value);
        }
        if is_changed && widgets::icon_button(ui, m::ICON_CLOSE, names::reset_weight()).clicked() {
            asked.weights.remove(&category.id);
        }
    });
}
