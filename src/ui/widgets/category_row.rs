//! A category as a row of a list: its key, colour, name and number of passages.

use egui::{FontId, Rect, Response, Sense, Ui, pos2, vec2};

use super::{count, key_cap, line, line_right, row_sensing, sign, swatch};
use crate::theme::icons::MaterialIcon;
use crate::theme::{Tokens, size, space};
use crate::words::codebook as words;
use demarche_model::Category;

/// Distance of the name from the left edge of the row, in points.
const NAME: f32 = 46.0;

/// The right end of a category's row.
#[derive(Clone, Copy, Default)]
pub struct RowEnd {
    /// Width that stays free, in points.
    pub free_px: f32,
    /// A sign before the number of passages.
    pub sign: Option<MaterialIcon>,
}

/// Shows a category at a depth of the tree.
pub fn category_row(
    ui: &mut Ui,
    category: &Category,
    depth: usize,
    spans: usize,
    selected: bool,
    sense: Sense,
    trailing: RowEnd,
) -> Response {
    let (rect, response) = row_sensing(ui, size::ROW, selected, &category.name, sense);
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
    let right = rect.with_max_x(rect.right() - space::S.max(trailing.free_px));
    let faint = if spans == 0 { tokens.text_faint } else { tokens.text_weak };
    let end = line_right(ui, right, &count(spans), FontId::proportional(size::SMALL), faint);
    let end = sign(ui, trailing.sign, pos2(end, rect.center().y));
    let name = Rect::from_min_max(
        pos2(rect.left() + NAME + indent, rect.top()),
        pos2(end - space::S, rect.bottom()),
    );
    let font = FontId::proportional(size::INTERFACE);
    if category.retired {
        line(ui, name, &words::retired(&category.name), font, tokens.text_faint);
    } else {
        line(ui, name, &category.name, font, tokens.text);
    }
    response
}
