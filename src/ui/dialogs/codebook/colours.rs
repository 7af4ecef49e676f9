//! Choosing a colour: those that can be told apart, or one's own.

use egui::{Role, Sense, Ui, WidgetInfo, vec2};

use crate::theme::{Tokens, space};
use crate::widgets;
use demarche_model::Colour;

/// What the colours of the palette are called, in its order.
const NAMES: [&str; 12] = [
    "Vermilion",
    "Green",
    "Sky blue",
    "Blue",
    "Crimson",
    "Pink",
    "Ochre",
    "Grey",
    "Violet",
    "Brown",
    "Leaf green",
    "Petrol",
];

/// The palette, and a button for any other colour.
pub fn colour_choice(ui: &mut Ui, chosen: &mut Colour) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for (colour, name) in Colour::PALETTE.into_iter().zip(NAMES) {
            let (rect, response) = ui.allocate_exact_size(vec2(24.0, 24.0), Sense::click());
            let on = *chosen == colour;
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, name));
            ui.painter().rect_filled(rect.shrink(4.0), 4.0, Tokens::of(ui).category(colour));
            if on || response.has_focus() {
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
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Another colour"));
        if button.on_hover_text("Another colour").changed() {
            *chosen = Colour(rgb);
        }
    });
}
