//! A table of overall figures: a row per document, round or person.

use egui::{FontId, RichText, Sense, Ui, vec2};

use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use crate::words::agreement as words;
use demarche_analysis::agreement::PooledFigure;

use super::pairs;

/// Width of the row headings, in points.
pub(super) const NAME: f32 = 276.0;
/// Width of a column, in points.
const CELL: f32 = 86.0;
/// Height of the column headings, in points.
const HEAD: f32 = 40.0;
/// Height of a row, in points.
pub(super) const ROW: f32 = 25.0;

/// Returns the width of a table with so many figures in a row.
pub(super) fn width(figures: usize) -> f32 {
    NAME + CELL * figures as f32
}

/// Shows the heading of a table, and its explanation.
pub(super) fn heading(ui: &mut Ui, title: &str, hint: &str) {
    ui.add_space(space::L);
    ui.horizontal(|ui| {
        ui.label(RichText::new(title).font(strong(size::INTERFACE)));
        ui.add_space(space::XS);
        widgets::weak(ui, hint);
    });
}

/// Shows a table of so many rows with the columns of `figures`. `row` shows the heading of a row, [`NAME`] points wide, and
/// returns its name and figures.
pub(super) fn table<'a>(
    ui: &mut Ui,
    figures: &[PooledFigure],
    rows: usize,
    mut row: impl FnMut(&mut Ui, usize) -> (String, &'a [PooledFigure]),
) {
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.allocate_exact_size(vec2(NAME, HEAD), Sense::hover());
        for figure in figures {
            let (rect, response) = ui.allocate_exact_size(vec2(CELL, HEAD), Sense::hover());
            let small = FontId::proportional(size::SMALL);
            let (upper, lower) = rect.shrink(3.0).split_top_bottom_at_fraction(0.5);
            widgets::line_right(ui, upper, figure.measure.short_name(), small.clone(), tokens.text_weak);
            widgets::line_right(ui, lower, figure.unit.name(), small, tokens.text_faint);
            response.on_hover_text(figure.measure.help());
        }
    });
    widgets::visible_rows(ui, ROW, rows, |ui, at| {
        ui.horizontal(|ui| {
            let (name, figures) = row(ui, at);
            for figure in figures {
                pairs::value(ui, Some(figure.value), &words::pair(&name, figure.measure.name()));
            }
        });
    });
}
