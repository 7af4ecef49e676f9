//! A table of figures with a row per category and a column per measure. A click on a figure shows its passages.

use std::ops::Range;

use egui::{Color32, FontId, Label, Rect, Response, RichText, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use crate::words::agreement as words;
use demarche_analysis::agreement::{DrillDown, Figure, NoInterval, Subject, Undefined};
use demarche_analysis::differences::DifferenceKind;
use demarche_session::{AgreementAction, CompareAction, DifferenceFilter, Session};

use super::arranged::{ArrangedRow, ArrangedTable};
use super::choices::Click;
use crate::commands::CommandId;
use crate::requests::Requests;

/// Width of the row headings, in points.
const NAME: f32 = 190.0;
/// Width of the sample sizes, in points.
const COUNT: f32 = 64.0;
/// Width of a figure with its interval, in points.
const FIGURE: f32 = 158.0;
/// Width of a figure in a table without intervals, in points.
const NARROW: f32 = 80.0;
/// Space between a figure and the right edge of its column, in points.
const PADDING: f32 = 6.0;
/// Width of an interval with the space before it, in points.
const INTERVAL: f32 = 70.0;
/// Height of a row, in points.
const ROW: f32 = 25.0;
/// Least width of a table with its heading, in points.
const HEADING: f32 = 580.0;
/// Space between two columns of tables, in points.
const GAP: f32 = space::XL + 2.0 * space::S;
/// Rows that a table takes besides those of its figures.
const HEAD_ROWS: usize = 4;

/// Shows a table with its heading, and below it the reasons why figures are undefined.
pub(super) fn table(
    ui: &mut Ui,
    session: &Session,
    table: &ArrangedTable,
    click: Click,
    requests: &mut Requests,
) {
    ui.add_space(space::M);
    ui.horizontal(|ui| {
        let title = RichText::new(title(session, table)).font(strong(size::INTERFACE));
        ui.label(title);
        ui.add_space(space::XS);
        let hint = words::table_hint(table.rows_are, table.unit, table.documents);
        let hint = widgets::weak_text(ui, hint);
        ui.add(Label::new(hint).truncate());
    });
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let columns = widgets::visible_columns(ui, NAME + COUNT, figure_width(table), table.measures.len());
    head(ui, table, columns.clone());
    widgets::visible_rows(ui, ROW, table.rows.len(), |ui, at| {
        ui.horizontal(|ui| row(ui, session, table, &table.rows[at], columns.clone(), click, requests));
    });
    footnotes(ui, table);
}

/// Returns the heading of a table; one about the consensus says whom it compares with it.
fn title(session: &Session, table: &ArrangedTable) -> String {
    match &table.against_consensus {
        Some(annotator) => words::against_consensus(&super::name(session.project(), annotator)),
        None => table.title.to_owned(),
    }
}

/// Returns the width of a column: more if there are intervals.
fn figure_width(table: &ArrangedTable) -> f32 {
    if table.has_intervals { FIGURE } else { NARROW }
}

/// Distributes tables over columns: two if they fit next to each other, with about as many rows in each. Returns the tables of
/// each column with its width.
pub(super) fn columns(tables: &[ArrangedTable], room: f32) -> Vec<(&[ArrangedTable], f32)> {
    let widest = |tables: &[ArrangedTable]| tables.iter().map(width).fold(HEADING, f32::max);
    let rows =
        |tables: &[ArrangedTable]| tables.iter().map(|table| table.rows.len() + HEAD_ROWS).sum::<usize>();
    let fits =
        |(left, right): &(&[ArrangedTable], &[ArrangedTable])| widest(left) + GAP + widest(right) <= room;
    let splits = (1..tables.len()).map(|at| tables.split_at(at)).filter(fits);
    match splits.min_by_key(|(left, right)| rows(left).max(rows(right))) {
        Some((left, right)) => vec![(left, widest(left)), (right, widest(right))],
        None => vec![(tables, widest(tables).max(room))],
    }
}

/// Shows a row with its figures in some columns.
fn row(
    ui: &mut Ui,
    session: &Session,
    table: &ArrangedTable,
    row: &ArrangedRow,
    columns: Range<usize>,
    click: Click,
    requests: &mut Requests,
) {
    let width = figure_width(table);
    let about = table.rows_are.name_of(&row.subject, session.project().codebook());
    name(ui, session, &row.subject, &about);
    let (rect, response) = ui.allocate_exact_size(vec2(COUNT, ROW), Sense::hover());
    let number = widgets::count(row.size);
    let tokens = Tokens::of(ui);
    widgets::line_right(ui, rect, &number, FontId::proportional(size::SMALL), tokens.text_weak);
    response.on_hover_ui(|ui| drop(ui.label(words::sample(table.rows_are, table.unit, row.size))));
    ui.add_space(width * columns.start as f32);
    for at in columns.clone() {
        match row.figures.get(at).and_then(Option::as_ref) {
            None => drop(ui.allocate_exact_size(vec2(width, ROW), Sense::hover())),
            Some(figure) => {
                if ui.push_id(at, |ui| cell(ui, &about, figure, width, &table.reasons)).inner.clicked() {
                    open(session, figure, click, requests);
                }
            }
        }
    }
    ui.add_space(width * (table.measures.len() - columns.end) as f32);
}

/// Returns the width of a table.
pub(super) fn width(table: &ArrangedTable) -> f32 {
    NAME + COUNT + figure_width(table) * table.measures.len() as f32
}

/// Shows the column headings.
fn head(ui: &mut Ui, table: &ArrangedTable, columns: Range<usize>) {
    let width = figure_width(table);
    let tokens = Tokens::of(ui);
    let font = FontId::proportional(size::SMALL);
    let row = ui.horizontal(|ui| {
        ui.allocate_exact_size(vec2(NAME, ROW), Sense::hover());
        let (rect, response) = ui.allocate_exact_size(vec2(COUNT, ROW), Sense::hover());
        widgets::line_right(ui, rect, words::sample_size(), font.clone(), tokens.text_weak);
        response.on_hover_text(words::sample_size_hint());
        ui.add_space(width * columns.start as f32);
        for measure in &table.measures[columns.clone()] {
            let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
            let rect = rect.with_max_x(rect.right() - PADDING);
            let name = if width < FIGURE { measure.short_name() } else { measure.name() };
            widgets::line_right(ui, rect, name, font.clone(), tokens.text_weak);
            response.widget_info(|| WidgetInfo::labeled(egui::Role::ColumnHeader, true, measure.name()));
            response.on_hover_text(measure.help());
        }
        ui.add_space(width * (table.measures.len() - columns.end) as f32);
    });
    let rect = row.response.rect;
    ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, tokens.line));
}

/// Shows the heading of a row.
fn name(ui: &mut Ui, session: &Session, subject: &Subject, title: &str) {
    let (rect, _) = ui.allocate_exact_size(vec2(NAME, ROW), Sense::hover());
    let tokens = Tokens::of(ui);
    let codebook = session.project().codebook();
    let category = match subject {
        Subject::Category(id) => codebook.category(id),
        Subject::Overall | Subject::Attribute(_) | Subject::Link(_) => None,
    };
    if let Some(category) = category {
        widgets::swatch(ui, pos2(rect.left() + 8.0, rect.center().y), category.colour);
    }
    let font = match subject {
        Subject::Overall => strong(size::INTERFACE),
        Subject::Category(_) | Subject::Attribute(_) | Subject::Link(_) => {
            FontId::proportional(size::INTERFACE)
        }
    };
    let left = if category.is_some() { rect.left() + 20.0 } else { rect.left() + 2.0 };
    widgets::line(ui, rect.with_min_x(left), title, font, tokens.text);
}

/// Shows a figure with its interval, and a bar that shows it on a scale from 0 to 1.
fn cell(ui: &mut Ui, about: &str, figure: &Figure, width: f32, reasons: &[Undefined]) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::click());
    response
        .widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, words::figure_label(figure, about)));
    let tokens = Tokens::of(ui);
    let inner = rect.shrink2(vec2(PADDING / 2.0, 2.0)).with_min_x(rect.left() + space::M);
    if response.hovered() {
        ui.painter().rect_filled(inner, f32::from(size::RADIUS), tokens.hover);
    }
    if response.has_focus() {
        widgets::focus_ring(ui, inner);
    }
    let text = rect.with_max_x(rect.right() - PADDING);
    match figure.value {
        Ok(value) => {
            let small = FontId::proportional(size::SMALL);
            let interval = figure.interval.map_or(String::new(), |(low, high)| words::interval(low, high));
            let left = widgets::line_right(ui, text, &interval, small, tokens.text_weak);
            // Values are aligned, however wide their intervals are.
            let end = match interval.is_empty() {
                true => text.right(),
                false => (left - space::S).min(text.right() - INTERVAL),
            };
            let (font, shown) = (strong(size::INTERFACE), words::value(value));
            widgets::line_right(ui, text.with_max_x(end), &shown, font, tokens.text);
            bar(ui, inner, value, tokens.accent);
        }
        Err(why) => {
            let known = reasons.iter().position(|reason| *reason == why).unwrap_or(reasons.len());
            let mark = words::undefined_mark(letter(known));
            widgets::line_right(ui, text, &mark, FontId::proportional(size::INTERFACE), tokens.text_faint);
        }
    }
    // A closure, as the text is needed only for the figure under the pointer.
    response.on_hover_ui(|ui| drop(ui.label(words::figure_hint(figure))))
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

/// Shows the passages of a figure.
fn open(session: &Session, figure: &Figure, click: Click, requests: &mut Requests) {
    if click != Click::Compare {
        let drill_down = drill_down(figure, click == Click::Differences);
        return requests.push(AgreementAction::DrillDown(drill_down));
    }
    // The consensus can't be compared with annotators.
    let all = session.taggers();
    let people: Vec<_> = figure.annotators.iter().filter(|id| all.contains(id)).cloned().collect();
    let people = (people.len() > 1 && people.len() < all.len()).then_some(people);
    let mut filter = DifferenceFilter::default();
    match &figure.subject {
        Subject::Category(id) => filter.category = Some(id.clone()),
        Subject::Attribute(_) => filter.kinds = [DifferenceKind::Attribute].into(),
        // Compare has no differences of links.
        Subject::Overall | Subject::Link(_) => {}
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
        annotators: figure.annotators.to_vec(),
        differing,
    }
}

/// Shows the reasons why figures are undefined, and why there are no intervals.
fn footnotes(ui: &mut Ui, table: &ArrangedTable) {
    ui.add_space(space::XS);
    for (number, reason) in table.reasons.iter().enumerate() {
        widgets::weak(ui, words::undefined(letter(number), *reason));
    }
    if table.too_few_documents {
        widgets::weak(ui, words::no_intervals(NoInterval::TooFewDocuments));
    }
}

/// Returns the letter of a reason. There are fewer reasons than letters.
fn letter(number: usize) -> char {
    ('a'..='z').nth(number).unwrap_or('?')
}
