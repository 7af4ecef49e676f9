//! The rows of the start page: a name with a line below it.

use egui::{Align2, Color32, EventFilter, FontId, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::theme::icons::MaterialIcon;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;

/// Width of the icon with its space, in points.
const ICON: f32 = 40.0;

/// Room for a shortcut, in points.
const SHORTCUT: f32 = 60.0;

/// Shows a row with this height that can be clicked, or chosen with Enter. Returns its area, to paint on.
pub fn row(ui: &mut Ui, height: f32, label: &str) -> (Rect, Response) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, label));
    if response.hovered() {
        ui.painter().rect_filled(rect, f32::from(size::RADIUS), Tokens::of(ui).hover);
    }
    if response.has_focus() {
        widgets::focus_ring(ui, rect);
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    (rect, response)
}

/// Shows a command with what it does.
pub fn action(ui: &mut Ui, name: &str, icon: Option<MaterialIcon>, help: &str, shortcut: &str) -> Response {
    let tokens = Tokens::of(ui);
    let small = FontId::proportional(size::SMALL);
    let wrap = ui.available_width() - ICON - space::S;
    let help = ui.painter().layout(help.to_owned(), small.clone(), tokens.text_weak, wrap);
    let name_height = size::INTERFACE + space::S;
    let (rect, response) = row(ui, name_height + help.size().y + 2.0 * space::S, name);
    let inner = rect.shrink2(vec2(0.0, space::S));
    if let Some(icon) = icon {
        let font = FontId::new(20.0, icon.font_family());
        let centre = egui::pos2(rect.left() + ICON / 2.0, rect.center().y);
        ui.painter().text(centre, Align2::CENTER_CENTER, icon.codepoint, font, tokens.accent);
    }
    let text = inner.with_min_x(inner.left() + ICON).with_max_x(inner.right() - space::S);
    let line = text.with_max_y(text.top() + name_height);
    widgets::line(ui, line.with_max_x(line.right() - SHORTCUT), name, strong(size::INTERFACE), tokens.text);
    widgets::line_right(ui, line, shortcut, small, tokens.text_weak);
    ui.painter().galley(line.left_bottom(), help, Color32::PLACEHOLDER);
    response
}
