//! A grid whose head stays on top and whose first columns stay on the left. Only what is in view is shown, so its cost does
//! not depend on its size.

use std::ops::Range;

use egui::{Rect, Response, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::theme::{Tokens, size};
use crate::widgets;

/// The measures of a grid, in points, and its numbers of rows and columns.
#[derive(Clone, Copy)]
pub(super) struct Grid {
    /// Its name among the grids of the screen.
    pub name: &'static str,
    /// Height of the head.
    pub head_pt: f32,
    /// Height of a row.
    pub row_pt: f32,
    /// Width of the columns that stay.
    pub left_pt: f32,
    /// Width of a column.
    pub column_pt: f32,
    pub rows: usize,
    pub columns: usize,
}

/// A part of a grid that is to be shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// The head of the columns that stay.
    Corner,
    /// The head of a column.
    Head(usize),
    /// The columns that stay, in a row.
    Left(usize),
    /// A cell by row and column.
    Cell(usize, usize),
}

impl Grid {
    /// Shows the parts that are in view.
    pub(super) fn ui(self, ui: &mut Ui, mut part: impl FnMut(&mut Ui, Rect, Part)) {
        let whole = vec2(
            self.left_pt + self.column_pt * self.columns as f32,
            self.head_pt + self.row_pt * self.rows as f32,
        );
        ScrollArea::both().id_salt(self.name).auto_shrink(false).show_viewport(ui, |ui, viewport| {
            ui.set_min_size(whole);
            let origin = ui.max_rect().min;
            let view = viewport.translate(origin.to_vec2()).intersect(ui.clip_rect());
            let split = view.min + vec2(self.left_pt, self.head_pt);
            let body = viewport.size() - vec2(self.left_pt, self.head_pt);
            let rows = in_view(viewport.min.y, body.y, self.row_pt, self.rows);
            let columns = in_view(viewport.min.x, body.x, self.column_pt, self.columns);
            let row_rect = |row: usize| {
                let top = origin.y + self.head_pt + row as f32 * self.row_pt;
                Rect::from_x_y_ranges(view.x_range(), top..=top + self.row_pt)
            };
            let column_range = |column: usize| {
                let left = origin.x + self.left_pt + column as f32 * self.column_pt;
                left..=left + self.column_pt
            };
            let left_range = view.left()..=split.x;
            quarter(ui, "cells", Rect::from_min_max(split, view.max), |ui| {
                for row in rows.clone() {
                    line_below(ui, row_rect(row));
                    for column in columns.clone() {
                        let rect = Rect::from_x_y_ranges(column_range(column), row_rect(row).y_range());
                        part(ui, rect, Part::Cell(row, column));
                    }
                }
            });
            let below = Rect::from_min_max(pos2(view.left(), split.y), pos2(split.x, view.bottom()));
            quarter(ui, "left", below, |ui| {
                for row in rows.clone() {
                    line_below(ui, row_rect(row));
                    let rect = Rect::from_x_y_ranges(left_range.clone(), row_rect(row).y_range());
                    part(ui, rect, Part::Left(row));
                }
            });
            let head_range = view.top()..=split.y;
            let right = Rect::from_min_max(pos2(split.x, view.top()), pos2(view.right(), split.y));
            quarter(ui, "head", right, |ui| {
                for column in columns {
                    let rect = Rect::from_x_y_ranges(column_range(column), head_range.clone());
                    part(ui, rect, Part::Head(column));
                }
            });
            quarter(ui, "corner", Rect::from_min_max(view.min, split), |ui| {
                part(ui, Rect::from_min_max(view.min, split), Part::Corner);
            });
            let line = Stroke::new(1.0, Tokens::of(ui).line);
            ui.painter().hline(view.x_range(), split.y, line);
        });
    }
}

/// Returns the rows or columns of a size that are in view, from an offset on.
fn in_view(from: f32, room: f32, size: f32, count: usize) -> Range<usize> {
    let index = |at: f32| (at / size).clamp(0.0, count as f32);
    let first = index(from).floor() as usize;
    first..(index(from + room.max(0.0)).ceil() as usize).max(first)
}

/// Shows one of the four parts of a grid, which scroll in different directions.
fn quarter(ui: &mut Ui, name: &str, rect: Rect, show: impl FnOnce(&mut Ui)) {
    if !rect.is_positive() {
        return;
    }
    let mut part = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(name));
    part.set_clip_rect(rect.intersect(ui.clip_rect()));
    show(&mut part);
}

fn line_below(ui: &Ui, row: Rect) {
    let line = Stroke::new(1.0, Tokens::of(ui).line.gamma_multiply(0.6));
    ui.painter().hline(row.x_range(), row.bottom() - 0.5, line);
}

/// Shows a field of a grid that can be clicked. `label` is its accessible name.
pub(super) fn button(
    ui: &Ui,
    rect: Rect,
    key: impl std::hash::Hash + std::fmt::Debug,
    label: impl Fn() -> String,
) -> Response {
    let response = ui.interact(rect, ui.scope_id().with(key), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, label()));
    let tokens = Tokens::of(ui);
    if response.hovered() {
        ui.painter().rect_filled(rect.shrink(1.0), f32::from(size::RADIUS), tokens.hover);
    }
    if response.has_focus() {
        widgets::focus_ring(ui, rect.shrink(1.0));
    }
    response
}

/// Divides a row into fields of these widths, from the left.
pub(super) fn fields<const N: usize>(row: Rect, widths: [f32; N]) -> [Rect; N] {
    let mut left = row.left();
    widths.map(|width| {
        let field = Rect::from_x_y_ranges(left..=left + width, row.y_range());
        left += width;
        field
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_in_view_is_shown() {
        assert_eq!(in_view(0.0, 100.0, 25.0, 10_000), 0..4);
        assert_eq!(in_view(30.0, 100.0, 25.0, 10_000), 1..6);
        assert_eq!(in_view(0.0, 100.0, 25.0, 2), 0..2);
        assert_eq!(in_view(500.0, -20.0, 25.0, 2), 2..2);
        assert_eq!(in_view(0.0, 100.0, 25.0, 0), 0..0);
    }
}
