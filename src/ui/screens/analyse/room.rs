//! Room of a fixed height, for parts that use all the height they get.

use egui::{ScrollArea, Ui, vec2};

/// Shows `content` in the available height, or scrolls if that is less than `least` points.
pub(super) fn at_least(ui: &mut Ui, least: f32, content: impl FnOnce(&mut Ui)) {
    if ui.available_height() >= least {
        return content(ui);
    }
    ScrollArea::vertical()
        .id_salt("low window")
        .auto_shrink(false)
        .show(ui, |ui| exactly(ui, least, content));
}

/// Shows `content` in a height of so many points.
pub(super) fn exactly(ui: &mut Ui, height: f32, content: impl FnOnce(&mut Ui)) {
    let room = vec2(ui.available_width(), height);
    ui.allocate_ui(room, |ui| {
        ui.set_min_size(room);
        ui.set_max_size(room);
        content(ui);
    });
}
