//! Widgets that several panels share.

mod category_row;
mod fields;
pub mod figure;
mod meta_fields;
mod panel_size;
mod verdict;

use std::ops::Range;
use std::sync::Arc;

use crate::theme::icons::MaterialIcon;
use egui::{
    Align2, Color32, FontId, Galley, Rect, Response, RichText, Role, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

use demarche_model::{Category, Colour};

use super::commands::Command;
use super::keys;
use super::theme::{Tokens, size, space, strong};

pub use crate::words::grammar::count;
pub use category_row::{RowEnd, category_row};
pub use fields::{bare_field, message_line, text_field, text_list};
pub use meta_fields::MetaFields;
pub use panel_size::{Along, panel_size};
pub use verdict::{initials_badge, verdict_icon};

/// Width of an icon button, in points.
pub const ICON_BUTTON: f32 = 34.0;

/// Shows a button that is only an icon. `name` is its tooltip and accessible name.
pub fn icon_button(ui: &mut Ui, icon: MaterialIcon, name: &str) -> Response {
    let text = icon.rich_text().size(18.0);
    let button = egui::Button::new(text).frame_when_inactive(false).min_size(vec2(ICON_BUTTON, size::ROW));
    let response = ui.scope(|ui| {
        // The glyph is taller than text; with padding the button would stick out of its row.
        ui.spacing_mut().button_padding.y = 0.0;
        ui.add(button)
    });
    let response = response.inner;
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response.on_hover_text(name)
}

/// Shows an [`icon_button`] that can be on.
pub fn icon_toggle(ui: &mut Ui, icon: MaterialIcon, is_on: bool, name: &str) -> Response {
    let colour = if is_on { Tokens::of(ui).accent } else { Tokens::of(ui).text_weak };
    let text = icon.rich_text().size(18.0).color(colour);
    let button = egui::Button::selectable(is_on, text).min_size(vec2(ICON_BUTTON, size::ROW));
    let response = ui.scope(|ui| {
        ui.spacing_mut().button_padding.y = 0.0;
        ui.add(button)
    });
    let response = response.inner;
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_on, name));
    response.on_hover_text(name)
}

/// Returns a menu entry with the shortcut of a command, if it has one.
pub fn menu_entry<'a>(ui: &Ui, content: impl egui::IntoAtoms<'a>, command: &Command) -> egui::Button<'a> {
    let (button, shortcut) = (egui::Button::new(content), keys::display(ui.ctx(), command.id));
    if shortcut.is_empty() { button } else { button.shortcut_text(shortcut) }
}

/// Shows a combo box. `name` is its accessible name, and has to be unique in its panel.
pub fn combo<'a>(
    ui: &mut Ui,
    name: &str,
    selected: impl egui::IntoAtoms<'a>,
    width: f32,
    choices: impl FnOnce(&mut Ui),
) -> Response {
    // A longer choice is cut, so that what stands next to the menu does not move.
    let combo = egui::ComboBox::from_id_salt(name).selected_text(selected).width(width).truncate();
    let response = combo.show_ui(ui, choices).response;
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, name));
    response
}

/// Shows the heading of a part of a panel; `right` adds buttons on the right.
pub fn heading(ui: &mut Ui, text: &str, right: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        let tokens = Tokens::of(ui);
        ui.label(RichText::new(text).font(strong(size::INTERFACE)).color(tokens.text));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            right(ui);
        });
    });
}

/// Shows [`empty_state`] in the middle of a page.
pub fn empty_page(ui: &mut Ui, title: &str, hint: &str) {
    ui.add_space(ui.available_height() * 0.3);
    empty_state(ui, title, hint);
}

/// Shows what an empty panel is for and how to fill it.
pub fn empty_state(ui: &mut Ui, title: &str, hint: &str) {
    let tokens = Tokens::of(ui);
    ui.vertical_centered(|ui| {
        ui.add_space(space::XL);
        ui.label(RichText::new(title).font(strong(size::INTERFACE)).color(tokens.text_weak));
        ui.add_space(space::XS);
        ui.label(RichText::new(keys::in_sentence(ui.ctx(), hint)).color(tokens.text_weak));
        ui.add_space(space::L);
    });
}

/// Shows a caption above a field.
pub fn caption(ui: &mut Ui, text: &str) {
    let tokens = Tokens::of(ui);
    ui.label(RichText::new(text).size(size::SMALL).color(tokens.text_weak));
}

/// Shows small, weak text.
pub fn weak(ui: &mut Ui, text: impl Into<String>) -> Response {
    let text = weak_text(ui, text);
    ui.label(text)
}

/// Text in the style of [`weak`].
pub fn weak_text(ui: &Ui, text: impl Into<String>) -> RichText {
    RichText::new(text.into()).size(size::SMALL).color(Tokens::of(ui).text_weak)
}

/// Shows a clickable row over the whole width, with a background if it is hovered or selected. Returns its area, to paint
/// on.
pub fn row(ui: &mut Ui, height: f32, selected: bool, label: &str) -> (Rect, Response) {
    row_sensing(ui, height, selected, label, Sense::click())
}

/// Shows a [`row`] that senses other input as well, such as dragging.
pub fn row_sensing(ui: &mut Ui, height: f32, selected: bool, label: &str, sense: Sense) -> (Rect, Response) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), sense);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, label));
    let tokens = Tokens::of(ui);
    let fill = match (selected, response.hovered()) {
        (true, _) => tokens.selected,
        (false, true) => tokens.hover,
        (false, false) => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, f32::from(size::RADIUS), fill);
    if response.has_focus() {
        focus_ring(ui, rect);
    }
    (rect, response)
}

/// Paints a ring around the widget that has the keyboard focus.
pub fn focus_ring(ui: &Ui, rect: Rect) {
    let stroke = Stroke::new(1.5, Tokens::of(ui).accent);
    ui.painter().rect_stroke(rect, f32::from(size::RADIUS), stroke, StrokeKind::Inside);
}

/// Paints one line of text, shortened with `…` to fit, and returns its right end.
pub fn line(ui: &Ui, rect: Rect, text: &str, font: FontId, colour: Color32) -> f32 {
    let galley = shortened(ui, rect, text, font, colour);
    let end = rect.left() + galley.size().x;
    let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, colour);
    end
}

/// Paints text that ends at the right edge of `rect`, and returns its left end.
pub fn line_right(ui: &Ui, rect: Rect, text: &str, font: FontId, colour: Color32) -> f32 {
    ui.painter().text(rect.right_center(), Align2::RIGHT_CENTER, text, font, colour).left()
}

/// As [`line_right`], shortened with `…` to fit.
pub fn line_right_short(ui: &Ui, rect: Rect, text: &str, font: FontId, colour: Color32) -> f32 {
    let galley = shortened(ui, rect, text, font, colour);
    let at = pos2(rect.right() - galley.size().x, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, colour);
    at.x
}

/// One line of text, shortened with `…` to the width of `rect`.
fn shortened(ui: &Ui, rect: Rect, text: &str, font: FontId, colour: Color32) -> Arc<Galley> {
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, colour);
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width().max(0.0));
    ui.painter().layout_job(job)
}

/// Paints a small sign, if there is one, that ends before what is painted at a point in the middle of a row. Returns its left
/// end.
pub fn sign(ui: &Ui, icon: Option<MaterialIcon>, before: egui::Pos2) -> f32 {
    let Some(icon) = icon else { return before.x };
    let at = before - vec2(space::S, 0.0);
    let font = FontId::new(13.0, icon.font_family());
    ui.painter().text(at, Align2::RIGHT_CENTER, icon.codepoint, font, Tokens::of(ui).text_weak).left()
}

/// Paints the colour of a category as a small square.
pub fn swatch(ui: &Ui, centre: egui::Pos2, colour: Colour) {
    let rect = Rect::from_center_size(centre, Vec2::splat(11.0));
    ui.painter().rect_filled(rect, 3.0, Tokens::of(ui).category(colour));
}

/// Paints a [`swatch`], which is grey if the category was removed.
pub fn swatch_at(ui: &Ui, centre: egui::Pos2, colour: Option<Colour>) {
    swatch(ui, centre, colour.unwrap_or(Colour([0x7A, 0x7A, 0x7A])));
}

/// Paints a key as on a keyboard.
pub fn key_cap(ui: &Ui, rect: Rect, key: &str) {
    let tokens = Tokens::of(ui);
    ui.painter().rect(rect, 3.0, tokens.raised, Stroke::new(1.0, tokens.line), StrokeKind::Inside);
    let font = FontId::proportional(size::SMALL);
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, key, font, tokens.text_weak);
}

/// Shows a category as an entry of a menu: its swatch, name and key.
pub fn category_item(ui: &mut Ui, category: &Category) -> Response {
    let key = category.hotkey.map(|key| key.to_string()).unwrap_or_default();
    let (rect, response) = row(ui, size::ROW, false, &category.name);
    swatch(ui, rect.left_center() + vec2(space::M, 0.0), category.colour);
    let tokens = Tokens::of(ui);
    let text = rect.with_min_x(rect.left() + space::XL).with_max_x(rect.right() - space::XL);
    line(ui, text, &category.name, FontId::proportional(size::INTERFACE), tokens.text);
    let right = rect.with_max_x(rect.right() - space::S);
    line_right(ui, right, &key, FontId::proportional(size::SMALL), tokens.text_weak);
    response
}

/// Moves the tabs of a row closer together if there are fewer points than `width`. Returns whether it is so.
pub fn squeeze_tabs(ui: &mut Ui, width: f32) -> bool {
    let is_narrow = ui.available_width() < width;
    if is_narrow {
        ui.spacing_mut().item_spacing.x = 1.0;
        ui.spacing_mut().button_padding.x = 2.0;
    }
    is_narrow
}

/// Shows a tab, and returns whether it was clicked.
pub fn tab(ui: &mut Ui, current: bool, name: &str, hint: &str) -> bool {
    tab_button(ui, current, name, hint).clicked()
}

/// Shows a [`tab`], and returns its response.
pub fn tab_button(ui: &mut Ui, current: bool, name: &str, hint: &str) -> Response {
    let tokens = Tokens::of(ui);
    let font = if current { strong(size::INTERFACE) } else { FontId::proportional(size::INTERFACE) };
    let colour = if current { tokens.text } else { tokens.text_weak };
    // Not in a scope, which would not wrap to the next line.
    let before = std::mem::replace(&mut ui.visuals_mut().selection.bg_fill, tokens.selected);
    let button = egui::Button::selectable(current, RichText::new(name).font(font).color(colour));
    let response = ui.add(button.wrap_mode(egui::TextWrapMode::Extend));
    ui.visuals_mut().selection.bg_fill = before;
    response.on_hover_text(keys::in_sentence(ui.ctx(), hint))
}

/// Shows a tab as an icon, where names don't fit, and returns its response.
pub fn tab_icon(ui: &mut Ui, current: bool, icon: MaterialIcon, (name, hint): (&str, &str)) -> Response {
    let response = icon_toggle(ui, icon, current, name);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, current, name));
    response.on_hover_text(keys::in_sentence(ui.ctx(), hint))
}

/// Returns the width of a row of tabs with these names, in points, whichever of them is the current one.
pub fn tabs_width<const N: usize>(ui: &Ui, names: [&str; N]) -> f32 {
    let width = |name: &str| {
        let galley =
            ui.painter().layout_no_wrap(name.to_owned(), strong(size::INTERFACE), egui::Color32::PLACEHOLDER);
        galley.size().x + 2.0 * ui.spacing().button_padding.x
    };
    names.map(width).iter().sum::<f32>() + ui.spacing().item_spacing.x * (N.saturating_sub(1)) as f32
}

/// Shows the rows of a table that are inside the clip rectangle, and leaves space for the others. `height` is the
/// height of a row with its spacing.
pub fn visible_rows(ui: &mut Ui, height: f32, count: usize, mut row: impl FnMut(&mut Ui, usize)) {
    let shown = visible(ui.clip_rect().y_range(), ui.cursor().top(), height, count);
    ui.add_space(height * shown.start as f32);
    for at in shown.clone() {
        ui.push_id(at, |ui| row(ui, at));
    }
    ui.add_space(height * (count - shown.end) as f32);
}

/// Returns the columns of a table that are inside the clip rectangle. The first one begins at `indent`; all are `width`
/// wide.
pub fn visible_columns(ui: &Ui, indent: f32, width: f32, count: usize) -> Range<usize> {
    visible(ui.clip_rect().x_range(), ui.cursor().left() + indent, width, count)
}

/// Returns which items of a given size in a row or column are inside a clip range, plus one on either side, so that the
/// keyboard can move to it.
fn visible(clip: egui::Rangef, start: f32, size: f32, count: usize) -> Range<usize> {
    let index = |at: f32| ((at - start) / size).clamp(0.0, count as f32);
    let first = (index(clip.min).floor() as usize).saturating_sub(1);
    first..(index(clip.max).ceil() as usize + 1).min(count).max(first)
}

/// Shows a progress bar; `part` is from 0 to 1.
pub fn bar(ui: &mut Ui, width: f32, part: f32, colour: Color32) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(width, 6.0), Sense::hover());
    let done = rect.with_max_x(rect.left() + rect.width() * part.clamp(0.0, 1.0));
    ui.painter().rect_filled(rect, 3, Tokens::of(ui).line);
    ui.painter().rect_filled(done, 3, colour);
    response
}

/// Returns the height of a line of small text with a small button in it, in points.
pub fn line_height() -> f32 {
    22.0
}

/// Shows the primary button of a dialog.
pub fn primary_button(ui: &mut Ui, text: &str) -> Response {
    let tokens = Tokens::of(ui);
    let button = ui.add(egui::Button::new(RichText::new(text).color(tokens.on_accent)).fill(tokens.accent));
    if button.has_focus() {
        // egui's own ring has the colour of the button.
        focus_ring(ui, button.rect.expand(3.0));
    }
    button
}
