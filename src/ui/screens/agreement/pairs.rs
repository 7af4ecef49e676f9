//! The agreement of every pair of annotators in one table: who agrees with whom, and who stands apart.

use egui::{FontId, RichText, Sense, Ui, WidgetInfo, vec2};

use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use crate::words::agreement as words;
use demarche_analysis::agreement::{FigureValue, PairMatrix};
use demarche_session::{AgreementResult, Session};

use super::name;

/// Width of the row headings, in points.
const NAME: f32 = 190.0;
/// Width of a cell, in points.
const CELL: f32 = 86.0;
/// Height of a row, in points.
const ROW: f32 = 25.0;

/// Shows a matrix, with each annotator's mean at the end of the row.
pub(super) fn table(ui: &mut Ui, session: &Session, result: &AgreementResult, matrix: &PairMatrix) {
    let people = &result.agreement.question.annotators;
    let names = |at: usize| name(session.project(), &people[at]);
    ui.add_space(space::M);
    ui.horizontal(|ui| {
        let title = words::each_pair(matrix.measure.name(), matrix.unit.name());
        ui.label(RichText::new(title).font(strong(size::INTERFACE))).on_hover_text(matrix.measure.help());
        ui.add_space(space::XS);
        widgets::weak(ui, words::each_pair_hint());
    });
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let tokens = Tokens::of(ui);
    let small = FontId::proportional(size::SMALL);
    let columns = widgets::visible_columns(ui, NAME + CELL, CELL, people.len());
    ui.horizontal(|ui| {
        ui.allocate_exact_size(vec2(NAME, ROW), Sense::hover());
        let (rect, _) = ui.allocate_exact_size(vec2(CELL, ROW), Sense::hover());
        widgets::line_right(ui, rect.shrink(3.0), words::mean(), small.clone(), tokens.text_weak);
        ui.add_space(CELL * columns.start as f32);
        for at in columns.clone() {
            let (rect, _) = ui.allocate_exact_size(vec2(CELL, ROW), Sense::hover());
            widgets::line_right_short(ui, rect.shrink(3.0), &names(at), small.clone(), tokens.text_weak);
        }
        ui.add_space(CELL * (people.len() - columns.end) as f32);
    });
    widgets::visible_rows(ui, ROW, people.len(), |ui, row| {
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(NAME, ROW), Sense::hover());
            let font = FontId::proportional(size::INTERFACE);
            widgets::line(ui, rect.with_min_x(rect.left() + 2.0), &names(row), font, tokens.text);
            value(ui, matrix.mean(row).map(Ok), &words::mean_of(&names(row)));
            ui.add_space(CELL * columns.start as f32);
            for column in columns.clone() {
                let figure = matrix.figure(row, column).map(|figure| figure.value);
                value(ui, figure, &words::pair(&names(row), &names(column)));
            }
            ui.add_space(CELL * (people.len() - columns.end) as f32);
        });
    });
}

/// Returns the width of a matrix of so many annotators.
pub(super) fn width(people: usize) -> f32 {
    NAME + CELL * (people as f32 + 1.0)
}

/// Shows a value on a ground that is the stronger the higher it is, or the reason why there is none.
pub(super) fn value(ui: &mut Ui, value: Option<FigureValue>, about: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(CELL, ROW), Sense::hover());
    let Some(value) = value else { return };
    let tokens = Tokens::of(ui);
    let inner = rect.shrink(1.5);
    let shown = match value {
        Ok(number) => {
            let strength = number.clamp(0.0, 1.0) as f32;
            ui.painter().rect_filled(inner, 3.0, tokens.accent.gamma_multiply(0.04 + 0.26 * strength));
            words::value(number)
        }
        Err(_) => "–".to_owned(),
    };
    let text = inner.with_max_x(inner.right() - space::XS);
    widgets::line_right(ui, text, &shown, FontId::proportional(size::INTERFACE), tokens.text);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, words::of_cell(about, &shown)));
    match value {
        Ok(_) => response.on_hover_text(about),
        Err(why) => response.on_hover_text(words::undefined_in(about, why)),
    };
}
