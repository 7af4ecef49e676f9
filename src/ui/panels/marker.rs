//! Marker mode in the window: the chip above the text, and the toggle on a category.

use egui::{Align2, FontId, Rect, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use crate::commands::CommandId;
use crate::requests::Requests;
use crate::theme::icons as m;
use crate::theme::{Tokens, size, space};
use crate::words::marker as words;
use crate::{keys, widgets};
use demarche_model::Category;
use demarche_session::{AnnotateAction, Session};

/// Width of the toggle on a category, in points.
pub const TOGGLE: f32 = 22.0;

/// Room that the chip needs next to the title, in points; the status bar names the category as well.
const CHIP: f32 = 190.0;

/// Shows the category of marker mode, if there is room. A click ends the mode.
pub fn chip(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let Some(category) = session.marker().filter(|_| ui.available_width() > CHIP) else { return };
    let tokens = Tokens::of(ui);
    let colour = tokens.category(category.colour);
    let text = RichText::new(words::chip(&category.name)).size(size::SMALL).color(tokens.text);
    let close = m::ICON_CLOSE.rich_text().size(14.0).color(tokens.text_weak);
    // The swatch is painted into the space before the text.
    let button = egui::Button::new((RichText::new("    "), text, close))
        .fill(colour.gamma_multiply(0.16))
        .stroke(egui::Stroke::new(1.0, colour));
    let response = ui.add(button);
    let centre = response.rect.left_center() + vec2(space::M + 3.0, 0.0);
    widgets::swatch(ui, centre, category.colour);
    let name = keys::with_shortcut(ui.ctx(), words::end(), CommandId::ClearSelection);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words::chip(&category.name)));
    if response.on_hover_text(name).clicked() {
        requests.push(AnnotateAction::SetMarker(None));
    }
}

/// Shows the marker mode toggle on the right of a category's row while the pointer is over the row.
pub fn toggle(
    ui: &Ui,
    session: &Session,
    row: &egui::Response,
    category: &Category,
    requests: &mut Requests,
) {
    let is_on = is_marker(session, category);
    let rect = Rect::from_min_max(row.rect.right_top() - vec2(TOGGLE, 0.0), row.rect.max);
    let sense = if category.retired { Sense::hover() } else { Sense::click() };
    let response = ui.interact(rect, row.id.with("marker"), sense);
    let name = words::toggle(&category.name);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_on, &name));
    let is_shown = is_on || response.has_focus() || ui.rect_contains_pointer(row.rect);
    if category.retired || !is_shown {
        return;
    }
    let tokens = Tokens::of(ui);
    let icon = if is_on { m::ICON_LABEL } else { m::ICON_NEW_LABEL };
    let colour = if is_on { tokens.accent } else { tokens.text_weak };
    if response.hovered() {
        ui.painter().rect_filled(rect.shrink(2.0), f32::from(size::RADIUS), tokens.hover);
    }
    if response.has_focus() {
        widgets::focus_ring(ui, rect);
    }
    let font = FontId::new(15.0, icon.font_family());
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon.codepoint, font, colour);
    if response.on_hover_text(words::toggle_hint()).clicked() {
        requests.push(set(session, category));
    }
}

/// Returns whether marker mode is on with this category.
pub fn is_marker(session: &Session, category: &Category) -> bool {
    session.marker().is_some_and(|marker| marker.id == category.id)
}

/// Returns the action that starts marker mode with a category, or ends it.
pub fn set(session: &Session, category: &Category) -> AnnotateAction {
    AnnotateAction::SetMarker((!is_marker(session, category)).then(|| category.id.clone()))
}
