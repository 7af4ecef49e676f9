//! A table of figures: a row per category, a column per measure. A click on a figure shows its passages.

use egui::{Color32, FontId, Rect, Response, RichText, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use demarche_analysis::agreement::{DrillDown, Figure, FigureTable, NoInterval, Subject, Undefined, Unit};
use demarche_analysis::differences::DifferenceKind;
use demarche_session::{AgreementAction, CompareAction, DifferenceFilter, Session};

use super::choices::Click;
use crate::commands::CommandId;
use crate::requests::Requests;

/// Width of the names of rows, of the numbers, and of a figure, in points.
const NAME: f32 = 190.0;
const COUNT: f32 = 64.0;
const FIGURE: f32 = 158.0;

/// Height of a row.
const ROW: f32 = 25.0;

/// Shows a table with its heading, and below it why figures are undefined.
pub(super) fn table(
    ui: &mut Ui,
    session: &Session,
    table: &FigureTable<'_>,
    click: Click,
    requests: &mut Requests,
) {
    ui.add_space(space::M);
    ui.horizontal(|ui| {
        let title = RichText::new(table.title()).font(strong(size::INTERFACE));
        ui.label(title);
        ui.add_space(space::XS);
        let documents = widgets::plural(table.documents(), "document");
        let hint = if table.attributes {
            "What two say of a passage that both have tagged with one category; saying nothing is a value, too."
        } else {
            table.unit.help()
        };
        widgets::weak(ui, format!("{documents} · {hint}"));
    });
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    head(ui, table);
    let mut reasons: Vec<Undefined> = Vec::new();
    for row in &table.rows {
        ui.horizontal(|ui| {
            name(ui, session, row.subject);
            let (rect, response) = ui.allocate_exact_size(vec2(COUNT, ROW), Sense::hover());
            let number = widgets::count(row.size());
            let tokens = Tokens::of(ui);
            widgets::line_right(ui, rect, &number, FontId::proportional(size::SMALL), tokens.text_weak);
            response.on_hover_text(format!("{number} {}", counted(table, row.size())));
            for figure in &row.figures {
                match figure {
                    None => drop(ui.allocate_exact_size(vec2(FIGURE, ROW), Sense::hover())),
                    Some(figure) => {
                        if cell(ui, session, figure, &mut reasons).clicked() {
                            open(session, figure, click, requests);
                        }
                    }
                }
            }
        });
    }
    footnotes(ui, table, &reasons);
}

/// What a row counts.
fn counted(table: &FigureTable<'_>, number: usize) -> &'static str {
    let one = number == 1;
    match (table.attributes, table.unit) {
        (true, _) => "pairs of passages that both have tagged with one category",
        (false, Unit::Span) if one => "passage of one of the two",
        (false, Unit::Span) => "passages, those of both counted",
        (false, Unit::Character) => "tagged stretches of all annotators",
        (false, Unit::Sentence) => "sentences",
        (false, Unit::Token) => "words and marks",
    }
}

fn head(ui: &mut Ui, table: &FigureTable<'_>) {
    let tokens = Tokens::of(ui);
    let font = FontId::proportional(size::SMALL);
    let row = ui.horizontal(|ui| {
        ui.allocate_exact_size(vec2(NAME, ROW), Sense::hover());
        let (rect, response) = ui.allocate_exact_size(vec2(COUNT, ROW), Sense::hover());
        widgets::line_right(ui, rect, "n", font.clone(), tokens.text_weak);
        response.on_hover_text("How many the figures stand on");
        for measure in &table.measures {
            let (rect, response) = ui.allocate_exact_size(vec2(FIGURE, ROW), Sense::hover());
            widgets::line_right(ui, rect, measure.name(), font.clone(), tokens.text_weak);
            response.widget_info(|| WidgetInfo::labeled(egui::Role::ColumnHeader, true, measure.name()));
            response.on_hover_text(measure.help());
        }
    });
    let rect = row.response.rect;
    ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, tokens.line));
}

fn name(ui: &mut Ui, session: &Session, subject: &Subject) {
    let (rect, _) = ui.allocate_exact_size(vec2(NAME, ROW), Sense::hover());
    let tokens = Tokens::of(ui);
    let codebook = session.project().codebook();
    let category = match subject {
        Subject::Category(id) => codebook.category(id),
        _ => None,
    };
    if let Some(category) = category {
        widgets::swatch(ui, pos2(rect.left() + 8.0, rect.center().y), category.colour);
    }
    let font = match subject {
        Subject::Overall => strong(size::INTERFACE),
        _ => FontId::proportional(size::INTERFACE),
    };
    let left = if category.is_some() { rect.left() + 20.0 } else { rect.left() + 2.0 };
    widgets::line(ui, rect.with_min_x(left), &subject.name(codebook), font, tokens.text);
}

/// A figure with its interval; a bar under it shows how far it is from 0 to 1.
fn cell(ui: &mut Ui, session: &Session, figure: &Figure, reasons: &mut Vec<Undefined>) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(FIGURE, ROW), Sense::click());
    let about = figure.subject.name(session.project().codebook());
    let value = match figure.value {
        Ok(value) => shown(value),
        Err(why) => format!("undefined: {why}"),
    };
    let label = format!("{}, {}, {about}: {value}", figure.measure.name(), figure.unit.name());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &label));
    let tokens = Tokens::of(ui);
    let inner = rect.shrink2(vec2(3.0, 2.0)).with_min_x(rect.left() + space::M);
    if response.hovered() {
        ui.painter().rect_filled(inner, f32::from(size::RADIUS), tokens.hover);
    }
    if response.has_focus() {
        widgets::focus_ring(ui, inner);
    }
    let text = inner.with_max_x(inner.right() - 3.0);
    match figure.value {
        Ok(value) => {
            let room = FontId::proportional(size::SMALL);
            let interval = figure
                .interval
                .map_or(String::new(), |(low, high)| format!("{} – {}", shown(low), shown(high)));
            let left = widgets::line_right(ui, text, &interval, room, tokens.text_weak);
            let end = if interval.is_empty() { text.right() } else { left - space::S };
            widgets::line_right(
                ui,
                text.with_max_x(end),
                &shown(value),
                strong(size::INTERFACE),
                tokens.text,
            );
            bar(ui, inner, value, tokens.accent);
        }
        Err(why) => {
            let known = reasons.iter().position(|reason| *reason == why).unwrap_or_else(|| {
                reasons.push(why);
                reasons.len() - 1
            });
            let mark = format!("– {}", letter(known));
            widgets::line_right(ui, text, &mark, FontId::proportional(size::INTERFACE), tokens.text_faint);
        }
    }
    // Made only for the one under the pointer.
    response.on_hover_ui(|ui| drop(ui.label(hint(figure))))
}

fn bar(ui: &Ui, rect: Rect, value: f64, colour: Color32) {
    let share = value.clamp(0.0, 1.0) as f32;
    let low = Rect::from_min_max(
        pos2(rect.left() + 3.0, rect.bottom() - 2.0),
        pos2(rect.right() - 3.0, rect.bottom()),
    );
    ui.painter().rect_filled(low, 1.0, colour.gamma_multiply(0.15));
    ui.painter().rect_filled(
        low.with_max_x(low.left() + low.width() * share),
        1.0,
        colour.gamma_multiply(0.8),
    );
}

/// Two digits, as journals print them; a minus sign that is one.
fn shown(value: f64) -> String {
    let text = format!("{value:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text.replace('-', "−") }
}

fn hint(figure: &Figure) -> String {
    let mut hint = figure.measure.help().to_owned();
    match figure.value {
        Ok(value) => {
            hint += &format!("\n\nHere: {value:.4}, from {}.", widgets::plural(figure.documents, "document"))
        }
        Err(why) => hint += &format!("\n\nUndefined here: {why}."),
    }
    match (figure.value, figure.interval) {
        (Ok(_), Ok((low, high))) => {
            hint += &format!(" In 95 % of 2,000 draws of documents it lies between {low:.3} and {high:.3}.");
        }
        (Ok(_), Err(why)) if why != NoInterval::NotDrawn => hint += &format!(" No interval: {why}."),
        _ => {}
    }
    hint + "\n\nClick to see what is behind it."
}

/// Shows what is behind a figure.
fn open(session: &Session, figure: &Figure, click: Click, requests: &mut Requests) {
    if click != Click::Compare {
        let aim = drill_down(figure, click == Click::Differences);
        return requests.push(AgreementAction::DrillDown(aim));
    }
    // The consensus is no annotator whom one compares.
    let all = session.comparable();
    let people: Vec<_> = figure.annotators.iter().filter(|id| all.contains(id)).cloned().collect();
    let people = (people.len() > 1 && people.len() < all.len()).then_some(people);
    let mut filter = DifferenceFilter::default();
    match &figure.subject {
        Subject::Overall => {}
        Subject::Category(id) => filter.category = Some(id.clone()),
        Subject::Attribute(_) => filter.kinds = [DifferenceKind::Attribute].into(),
    }
    requests.push(CommandId::ShowCompare);
    requests.push(CompareAction::People(people));
    requests.push(CompareAction::Filter(filter));
}

fn drill_down(figure: &Figure, differing: bool) -> DrillDown {
    DrillDown::Figure {
        measure: figure.measure,
        unit: figure.unit,
        subject: figure.subject.clone(),
        annotators: figure.annotators.clone(),
        differing,
    }
}

/// Says why figures are undefined, and why there are no intervals.
fn footnotes(ui: &mut Ui, table: &FigureTable<'_>, reasons: &[Undefined]) {
    ui.add_space(space::XS);
    for (number, reason) in reasons.iter().enumerate() {
        widgets::weak(ui, format!("– {}  {reason}", letter(number)));
    }
    let figures = || table.rows.iter().flat_map(|row| row.figures.iter().flatten());
    if figures().any(|figure| figure.value.is_ok() && figure.interval == Err(NoInterval::TooFewDocuments)) {
        widgets::weak(ui, format!("No intervals: {}.", NoInterval::TooFewDocuments));
    }
}

/// There are fewer reasons than letters.
fn letter(number: usize) -> char {
    ('a'..='z').nth(number).unwrap_or('?')
}
