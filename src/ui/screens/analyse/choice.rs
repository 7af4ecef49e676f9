//! Choices among a few named values.

use egui::Ui;

use crate::theme::space;
use crate::widgets;

/// Width of a choice, in points.
const CHOICE_PT: f32 = 118.0;
/// Greatest height of the values of a choice in a popover, in points.
const VALUES_PT: f32 = 110.0;

/// Shows a caption and a combo box after it.
pub(super) fn captioned<T: Clone + PartialEq>(
    ui: &mut Ui,
    caption: &str,
    value: &mut T,
    all: &[T],
    name: impl Fn(&T) -> String,
) {
    widgets::weak(ui, caption);
    let current = name(value);
    widgets::combo(ui, caption, &current, CHOICE_PT, |ui| values(ui, value, all, name));
}

/// Shows a caption with the values below it, in a popover, in which no combo box can open.
pub(super) fn open<T: Clone + PartialEq>(
    ui: &mut Ui,
    caption: &str,
    value: &mut T,
    all: &[T],
    name: impl Fn(&T) -> String,
) {
    ui.add_space(space::XS);
    widgets::caption(ui, caption);
    egui::ScrollArea::vertical().id_salt(caption).max_height(VALUES_PT).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| values(ui, value, all, name));
    });
}

fn values<T: Clone + PartialEq>(ui: &mut Ui, value: &mut T, all: &[T], name: impl Fn(&T) -> String) {
    for one in all {
        if ui.selectable_label(value == one, name(one)).clicked() {
            *value = one.clone();
        }
    }
}
