//! A category as a row of a list: its key, its colour, its name, how often it tags.

use egui::{FontId, Rect, Response, Sense, Ui, pos2, vec2};

use super::{count, key_cap, line, line_right, row_sensing, swatch};
use crate::theme::{Tokens, size, space};
use demarche_model::Category;

/// Where the name begins, from the row's left.
const NAME: f32 = 46.0;

/// Shows a category at this depth of the tree.
pub fn category_row(
    ui: &mut Ui,
    category: &Category,
    depth: usize,
    spans: usize,
    chosen: bool,
    sense: Sense,
) -> Response {
    let (rect, response) = row_sensing(ui, size::ROW, chosen, &category.name, sense);
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let tokens = Tokens::of(ui);
    let indent = depth as f32 * space::L;
    let key = Rect::from_center_size(pos2(rect.left() + space::M, rect.center().y), vec2(16.0, 17.0));
    if let Some(hotkey) = category.hotkey {
        key_cap(ui, key, &hotkey.to_string());
    }
    swatch(ui, pos2(rect.left() + NAME - 13.0 + indent, rect.center().y), category.colour);
    let right = rect.with_max_x(rect.right() - space::S);
    let faint = if spans == 0 { tokens.text_faint } else { tokens.text_weak };
    let end = line_right(ui, right, &count(spans), FontId::proportional(size::SMALL), faint);
    let name = Rect::from_min_max(
        pos2(rect.left() + NAME + indent, rect.top()),
        pos2(end - space::S, rect.bottom()),
    );
    let font = FontId::proportional(size::INTERFACE);
    if category.retired {
        line(ui, name, &format!("{} (retired)", category.name), font, tokens.text_faint);
    } else {
        line(ui, name, &category.name, font, tokens.text);
    }
    response
}
