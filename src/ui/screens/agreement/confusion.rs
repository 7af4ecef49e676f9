//! What two annotators have tagged the same passages with. A click on a cell shows them.

use egui::{FontId, RichText, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use demarche_analysis::agreement::{Agreement, Aim, Confusion};
use demarche_model::CategoryId;
use demarche_session::{AgreementAction, Session};

use super::name;
use crate::requests::Requests;

/// Width of the names of rows and of a cell, and height of a row, in points.
const NAME: f32 = 190.0;
const CELL: f32 = 86.0;
const ROW: f32 = 25.0;

/// Shows a matrix with those categories alone that one of the two has used.
pub(super) fn table(
    ui: &mut Ui,
    session: &Session,
    agreement: &Agreement,
    confusion: &Confusion,
    requests: &mut Requests,
) {
    let nothing = agreement.categories.len();
    let used = |label: &usize| {
        *label == nothing
            || confusion.counts[*label].iter().any(|&count| count > 0)
            || confusion.counts.iter().any(|row| row[*label] > 0)
    };
    let labels: Vec<usize> = (0..=nothing).filter(used).collect();
    let (first, second) =
        (name(session.project(), &confusion.first), name(session.project(), &confusion.second));
    ui.add_space(space::L);
    ui.horizontal(|ui| {
        ui.label(RichText::new("Confusion").font(strong(size::INTERFACE)));
        ui.add_space(space::S);
        widgets::weak(
            ui,
            format!("Rows: {first}. Columns: {second}. Passages are matched by overlap, one to one; a click shows them."),
        );
    });
    if labels.len() < 2 {
        widgets::weak(ui, "Neither has tagged anything in these documents.");
        return;
    }
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let tokens = Tokens::of(ui);
    let title = |label: usize| match agreement.categories.get(label) {
        Some(id) => session.project().codebook().name_of(id).to_owned(),
        None => "nothing".to_owned(),
    };
    ui.horizontal(|ui| {
        ui.allocate_exact_size(vec2(NAME, ROW), Sense::hover());
        for &label in &labels {
            let (rect, response) = ui.allocate_exact_size(vec2(CELL, ROW), Sense::hover());
            let inner = rect.shrink2(vec2(3.0, 0.0));
            widgets::line(ui, inner, &title(label), FontId::proportional(size::SMALL), tokens.text_weak);
            response.on_hover_text(format!("{second}: {}", title(label)));
        }
    });
    let most = confusion.counts.iter().flatten().copied().max().unwrap_or(1).max(1);
    for &row in &labels {
        ui.horizontal(|ui| {
            let (rect, response) = ui.allocate_exact_size(vec2(NAME, ROW), Sense::hover());
            let category =
                agreement.categories.get(row).and_then(|id| session.project().codebook().category(id));
            if let Some(category) = category {
                widgets::swatch(ui, pos2(rect.left() + 8.0, rect.center().y), category.colour);
            }
            let font = FontId::proportional(size::INTERFACE);
            widgets::line(ui, rect.with_min_x(rect.left() + 20.0), &title(row), font, tokens.text);
            response.on_hover_text(format!("{first}: {}", title(row)));
            for &column in &labels {
                let count = confusion.counts[row][column];
                let words = match (row == column, row == nothing, column == nothing) {
                    (true, true, _) => String::new(),
                    (true, false, _) => format!("both {}", title(row)),
                    (_, true, _) => format!("{second} {}, {first} nothing", title(column)),
                    (_, _, true) => format!("{first} {}, {second} nothing", title(row)),
                    _ => format!("{first} {}, {second} {}", title(row), title(column)),
                };
                if cell(ui, count, count as f32 / most as f32, row == column, &words) {
                    let label = |label: usize| agreement.categories.get(label).cloned();
                    requests.push(open(confusion, label(row), label(column)));
                }
            }
        });
    }
}

fn open(confusion: &Confusion, row: Option<CategoryId>, column: Option<CategoryId>) -> AgreementAction {
    let (first, second) = (confusion.first.clone(), confusion.second.clone());
    AgreementAction::Open(Aim::Cell { first, second, row, column })
}

/// A count; says whether it was clicked.
fn cell(ui: &mut Ui, count: usize, strength: f32, agreed: bool, words: &str) -> bool {
    let sense = if count > 0 { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(CELL, ROW), sense);
    let tokens = Tokens::of(ui);
    let inner = rect.shrink(1.5);
    if count == 0 {
        if !words.is_empty() {
            let font = FontId::proportional(size::INTERFACE);
            ui.painter().text(inner.center(), egui::Align2::CENTER_CENTER, "·", font, tokens.text_faint);
        }
        return false;
    }
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, format!("{words}: {count}")));
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
    response
        .on_hover_text(format!("{words}: {}. Click to see them.", widgets::plural(count, "passage")))
        .clicked()
}
