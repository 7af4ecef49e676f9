//! A choice of colour: one of the palette, or any other.

use egui::{Role, Sense, Ui, WidgetInfo, vec2};

use crate::theme::{Tokens, space};
use crate::{widgets, words::categories as words};
use demarche_model::Colour;

/// Shows the palette and a button for another colour.
pub fn colour_choice(ui: &mut Ui, chosen: &mut Colour) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for (colour, name) in Colour::PALETTE.into_iter().zip(words::colours()) {
            let (rect, response) = ui.allocate_exact_size(vec2(24.0, 24.0), Sense::click());
            let is_chosen = *chosen == colour;
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, name));
            ui.painter().rect_filled(rect.shrink(4.0), 4.0, Tokens::of(ui).category(colour));
            if is_chosen || response.has_focus() {
                widgets::focus_ring(ui, rect);
            }
            if response.on_hover_text(name).clicked() {
                *chosen = colour;
            }
        }
        ui.add_space(space::S);
        ui.spacing_mut().interact_size = vec2(36.0, 16.0);
        let Colour(mut rgb) = *chosen;
        let button = ui.color_edit_button_srgb(&mut rgb);
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, words::another_colour()));
        if button.on_hover_text(words::another_colour()).changed() {
            *chosen = Colour(rgb);
        }
    });
}
