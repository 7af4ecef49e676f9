//! Choices among a few named values.

use std::ops::RangeInclusive;

use egui::text::{LayoutJob, TextFormat};
use egui::{DragValue, FontId, Ui, vec2};

use crate::theme::{Tokens, size, space};
use crate::widgets;
use crate::words::analyse_options as words;

/// Width of the arrow and margins of a combo box, in points.
const AROUND_PT: f32 = 38.0;
/// Greatest height of the values of a choice in a popover, in points.
const VALUES_PT: f32 = 110.0;

/// Shows a combo box with its caption inside, so that both wrap to the next line together.
pub(super) fn captioned<T: Clone + PartialEq>(
    ui: &mut Ui,
    caption: &str,
    value: &mut T,
    all: &[T],
    name: impl Fn(&T) -> String,
) {
    let mut text = LayoutJob::default();
    let colours = Tokens::of(ui);
    for (part, colour) in [(format!("{caption}  "), colours.text_weak), (name(value), colours.text)] {
        let font = FontId::proportional(size::INTERFACE);
        text.append(&part, 0.0, TextFormat::simple(font, colour));
    }
    let width = ui.painter().layout_job(text.clone()).size().x + AROUND_PT;
    widgets::combo(ui, caption, text, width, |ui| values(ui, value, all, name));
}

/// Shows a field for a number, with its caption inside.
pub(super) fn number(ui: &mut Ui, caption: &str, value: &mut usize, range: RangeInclusive<usize>) {
    let prefix = format!("{caption}  ");
    let font = FontId::proportional(size::INTERFACE);
    let text = ui.painter().layout_no_wrap(format!("{prefix}{value}"), font, Tokens::of(ui).text);
    let room = vec2(text.size().x + 2.0 * space::M, size::ROW);
    let drag = DragValue::new(value).range(range).speed(0.1).prefix(prefix);
    // With its size known, it wraps to the next line as a whole.
    ui.add_sized(room, drag).on_hover_text(words::number_hint());
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
