//! The confusion matrix of two annotators. A click on a cell shows its passages.

use std::ops::Range;

use egui::{FontId, RichText, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use crate::words::agreement as words;
use demarche_analysis::agreement::{Agreement, ConfusionMatrix, DrillDown};
use demarche_model::CategoryId;
use demarche_session::{AgreementAction, Session};

use super::arranged::ArrangedMatrix;
use super::name;
use crate::requests::Requests;

/// Width of the row headings, in points.
const NAME: f32 = 190.0;
/// Width of a cell, in points.
const CELL: f32 = 86.0;
/// Height of a row, in points.
const ROW: f32 = 25.0;

/// Shows a matrix with the categories that at least one of the two has used.
pub(super) fn table(
    ui: &mut Ui,
    session: &Session,
    agreement: &Agreement,
    arranged: &ArrangedMatrix,
    requests: &mut Requests,
) {
    let Some(confusion) = agreement.confusions.get(arranged.at) else { return };
    let matrix = Matrix::new(session, agreement, confusion, arranged);
    ui.add_space(space::L);
    ui.horizontal(|ui| {
        ui.label(RichText::new(words::confusion()).font(strong(size::INTERFACE)));
        ui.add_space(space::S);
        widgets::weak(ui, words::confusion_hint(&matrix.first, &matrix.second));
    });
    if matrix.labels.len() < 2 {
        widgets::weak(ui, words::nothing_tagged());
        return;
    }
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let columns = widgets::visible_columns(ui, NAME, CELL, matrix.labels.len());
    let titles: Vec<String> =
        matrix.labels[columns.clone()].iter().map(|label| matrix.title(*label)).collect();
    ui.horizontal(|ui| matrix.head(ui, columns.clone(), &titles));
    widgets::visible_rows(ui, ROW, matrix.labels.len(), |ui, at| {
        ui.horizontal(|ui| matrix.row(ui, matrix.labels[at], columns.clone(), &titles, requests));
    });
}

/// Returns the width of a matrix.
pub(super) fn width(matrix: &ArrangedMatrix) -> f32 {
    NAME + CELL * matrix.labels.len() as f32
}

/// A confusion matrix on the screen.
struct Matrix<'a> {
    session: &'a Session,
    agreement: &'a Agreement,
    confusion: &'a ConfusionMatrix,
    /// The labels that at least one of the two has used.
    labels: &'a [usize],
    /// The name of the annotator of the rows.
    first: String,
    /// The name of the annotator of the columns.
    second: String,
    /// The greatest count.
    most: usize,
}

impl<'a> Matrix<'a> {
    fn new(
        session: &'a Session,
        agreement: &'a Agreement,
        confusion: &'a ConfusionMatrix,
        arranged: &'a ArrangedMatrix,
    ) -> Self {
        let name = |id| name(session.project(), id);
        let (first, second) = (name(&confusion.first), name(&confusion.second));
        Self { session, agreement, confusion, labels: &arranged.labels, first, second, most: arranged.most }
    }

    fn category(&self, label: usize) -> Option<CategoryId> {
        self.agreement.categories.get(label).cloned()
    }

    fn title(&self, label: usize) -> String {
        match self.agreement.categories.get(label) {
            Some(id) => self.session.project().codebook().name_of(id).to_owned(),
            None => words::nothing().to_owned(),
        }
    }

    /// Shows the headings of some columns.
    fn head(&self, ui: &mut Ui, columns: Range<usize>, titles: &[String]) {
        let tokens = Tokens::of(ui);
        ui.allocate_exact_size(vec2(NAME, ROW), Sense::hover());
        ui.add_space(CELL * columns.start as f32);
        for title in titles {
            let (rect, response) = ui.allocate_exact_size(vec2(CELL, ROW), Sense::hover());
            let inner = rect.shrink2(vec2(3.0, 0.0));
            widgets::line(ui, inner, title, FontId::proportional(size::SMALL), tokens.text_weak);
            response.on_hover_ui(|ui| drop(ui.label(words::tagged_by(&self.second, title))));
        }
        ui.add_space(CELL * (self.labels.len() - columns.end) as f32);
    }

    /// Shows a row with its cells in some columns.
    fn row(
        &self,
        ui: &mut Ui,
        row: usize,
        columns: Range<usize>,
        titles: &[String],
        requests: &mut Requests,
    ) {
        let (rect, response) = ui.allocate_exact_size(vec2(NAME, ROW), Sense::hover());
        let codebook = self.session.project().codebook();
        if let Some(category) = self.category(row).and_then(|id| codebook.category(&id)) {
            widgets::swatch(ui, pos2(rect.left() + 8.0, rect.center().y), category.colour);
        }
        let (title, font) = (self.title(row), FontId::proportional(size::INTERFACE));
        widgets::line(ui, rect.with_min_x(rect.left() + 20.0), &title, font, Tokens::of(ui).text);
        response.on_hover_text(words::tagged_by(&self.first, &title));
        ui.add_space(CELL * columns.start as f32);
        for (&column, column_title) in self.labels[columns.clone()].iter().zip(titles) {
            let count = self.confusion.count(row, column);
            let strength = count as f32 / self.most as f32;
            let explain = || self.explanation((row, &title), (column, column_title));
            if ui.push_id(column, |ui| cell(ui, count, strength, row == column, explain)).inner {
                requests.push(drill_down(self.confusion, self.category(row), self.category(column)));
            }
        }
        ui.add_space(CELL * (self.labels.len() - columns.end) as f32);
    }

    /// Returns what a cell counts.
    fn explanation(&self, (row, row_title): (usize, &str), (column, column_title): (usize, &str)) -> String {
        let nothing = self.agreement.categories.len();
        if row != column {
            return words::each(&self.first, row_title, &self.second, column_title);
        }
        if row == nothing { String::new() } else { words::both(row_title) }
    }
}

/// Returns the action that shows the passages of a cell.
fn drill_down(
    confusion: &ConfusionMatrix,
    row: Option<CategoryId>,
    column: Option<CategoryId>,
) -> AgreementAction {
    let (first, second) = (confusion.first.clone(), confusion.second.clone());
    AgreementAction::DrillDown(DrillDown::Cell { first, second, row, column })
}

/// Shows a count, and returns whether it was clicked.
fn cell(ui: &mut Ui, count: usize, strength: f32, agreed: bool, explain: impl Fn() -> String) -> bool {
    let sense = if count > 0 { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(CELL, ROW), sense);
    let tokens = Tokens::of(ui);
    let inner = rect.shrink(1.5);
    if count == 0 {
        if !explain().is_empty() {
            let font = FontId::proportional(size::INTERFACE);
            ui.painter().text(inner.center(), egui::Align2::CENTER_CENTER, "·", font, tokens.text_faint);
        }
        return false;
    }
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, words::cell(&explain(), count)));
    let colour = if agreed { tokens.good } else { tokens.warning };
    ui.painter().rect_filled(inner, 3.0, colour.gamma_multiply(0.12 + 0.4 * strength));
    if agreed {
        ui.painter().rect_stroke(inner, 3.0, Stroke::new(1.0, colour), StrokeKind::Inside);
    }
    if response.hovered() {
        ui.painter().rect_stroke(inner, 3.0, Stroke::new(1.0, tokens.text_weak), StrokeKind::Inside);
    }
    if response.has_focus() {
        widgets::focus_ring(ui, inner);
    }
    let font = FontId::proportional(size::INTERFACE);
    ui.painter().text(inner.center(), egui::Align2::CENTER_CENTER, widgets::count(count), font, tokens.text);
    response.on_hover_ui(|ui| drop(ui.label(words::cell_hint(&explain(), count)))).clicked()
}
