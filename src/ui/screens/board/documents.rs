//! The work of each coder in each document.

use egui::{FontId, Rect, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::panels::documents::status_mark;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use crate::words::{agreement as figures, board as words};
use demarche_analysis::board::{Board, DocumentWork};
use demarche_model::{Annotator, Status};
use demarche_session::{BoardAction, BoardSort, NavigateAction, Screen, Session};

use super::grid::{Grid, Part, button, fields};
use crate::commands::CommandId;

/// Least widths of title, progress, open differences and agreement, in points.
const WIDTHS: [f32; 4] = [230.0, 84.0, 84.0, 90.0];

/// Greatest width of the title, in points.
const WIDEST_TITLE: f32 = 460.0;

/// Width of a person's column, in points.
const COLUMN: f32 = 132.0;

/// What each of these columns is sorted by.
const SORTS: [BoardSort; 4] =
    [BoardSort::Title, BoardSort::Progress, BoardSort::Differences, BoardSort::Agreement];

/// Shows the matrix.
pub(super) fn ui(ui: &mut Ui, session: &Session, board: &Board, requests: &mut Requests) {
    let table = Table::new(ui.available_width(), session, board);
    let grid = Grid {
        name: "board documents",
        head_pt: 78.0,
        row_pt: size::ROW,
        left_pt: table.widths.iter().take(table.fixed()).sum(),
        column_pt: COLUMN,
        rows: session.board().rows().len(),
        columns: board.coders().len(),
    };
    grid.ui(ui, |ui, rect, part| match part {
        Part::Corner => table.corner(ui, rect, requests),
        Part::Head(column) => table.head(ui, rect, column),
        Part::Left(row) => table.left(ui, rect, row, requests),
        Part::Cell(row, column) => table.cell(ui, rect, (row, column), requests),
    });
}

struct Table<'a> {
    session: &'a Session,
    board: &'a Board,
    /// The coders as the project lists them.
    people: Vec<Option<&'a Annotator>>,
    /// The widths of the columns that stay on the left, in points.
    widths: [f32; 4],
}

impl<'a> Table<'a> {
    /// Titles get what the columns leave of the width.
    fn new(width_pt: f32, session: &'a Session, board: &'a Board) -> Self {
        let [title, rest @ ..] = WIDTHS;
        let others = rest.iter().sum::<f32>() + COLUMN * board.coders().len() as f32;
        let title = (width_pt - others).clamp(title, WIDEST_TITLE);
        let people = board.coders().iter().map(|coder| session.project().annotator(coder)).collect();
        Self { session, board, people, widths: [title, rest[0], rest[1], rest[2]] }
    }

    /// Number of columns that stay on the left: a coder who works blind has no use for those about the others.
    fn fixed(&self) -> usize {
        if self.session.board_is_mine_alone() { 1 } else { WIDTHS.len() }
    }

    /// The position and the work of the document in a row.
    fn row(&self, row: usize) -> Option<(usize, &DocumentWork)> {
        let at = *self.session.board().rows().get(row)?;
        Some((at, self.board.documents().get(at)?))
    }

    fn title(&self, work: &DocumentWork) -> &str {
        self.session.project().document(work.id()).map_or("", |document| &document.meta.title)
    }

    fn name(&self, column: usize) -> &str {
        self.board.coders().get(column).map_or("", |coder| self.session.project().name_of(coder))
    }

    fn corner(&self, ui: &mut Ui, rect: Rect, requests: &mut Requests) {
        let tokens = Tokens::of(ui);
        let heading = rect.with_min_y(rect.bottom() - size::ROW);
        let order = self.session.board().order();
        for (by, field) in SORTS.into_iter().zip(fields(heading, self.widths)).take(self.fixed()) {
            let sign = if order.by == by { crate::words::analyse::sorted(order.descending) } else { "" };
            let title = format!("{}{sign}", words::column(by));
            let response = button(ui, field, ("sort", words::column(by)), || words::sort_by(by));
            let (font, text) = (FontId::proportional(size::SMALL), field.shrink2(vec2(space::S, 0.0)));
            match by {
                BoardSort::Title | BoardSort::Hand => {
                    widgets::line(ui, text, &title, font, tokens.text_weak);
                }
                BoardSort::Progress | BoardSort::Differences | BoardSort::Agreement => {
                    widgets::line_right(ui, text, &title, font, tokens.text_weak);
                }
            }
            if response.on_hover_text(words::column_hint(by)).clicked() {
                requests.push(BoardAction::Sort(order.clicked(by)));
            }
        }
    }

    /// Shows a coder with their progress, pace and last activity.
    fn head(&self, ui: &mut Ui, rect: Rect, column: usize) {
        let Some(work) = self.board.work().get(column) else { return };
        let tokens = Tokens::of(ui);
        let (name, now) = (self.name(column), self.session.env().now());
        let response = ui.interact(rect, ui.scope_id().with(("head", column)), Sense::hover());
        response.widget_info(|| {
            WidgetInfo::labeled(Role::ColumnHeader, true, words::coder_label(name, work, now))
        });
        let lines = rect.shrink2(vec2(space::S, space::XS));
        let line = |at: usize| {
            let top = lines.top() + at as f32 * 17.0;
            Rect::from_x_y_ranges(lines.x_range(), top..=top + 17.0)
        };
        widgets::line(ui, line(0), name, strong(size::INTERFACE), tokens.text);
        let small = || FontId::proportional(size::SMALL);
        let facts = [
            words::done_of(work.done, work.assigned),
            words::pace_and_left(work),
            words::last_activity(work.last_change, now),
        ];
        for (at, fact) in facts.iter().enumerate() {
            widgets::line(ui, line(at + 1), fact, small(), tokens.text_weak);
        }
        response.on_hover_ui(|ui| {
            ui.label(RichText::new(name).font(strong(size::INTERFACE)));
            words::coder_facts(work, now).into_iter().for_each(|fact| drop(widgets::weak(ui, fact)));
        });
    }

    fn left(&self, ui: &mut Ui, rect: Rect, row: usize, requests: &mut Requests) {
        let Some((at, work)) = self.row(row) else { return };
        let [title, done, open, agreement] = fields(rect, self.widths);
        self.title_field(ui, title, work, requests);
        if self.fixed() == 1 {
            return;
        }
        let tokens = Tokens::of(ui);
        let progress = self.board.progress()[at];
        let text = words::short_done_of(progress.done, progress.assigned);
        let font = || FontId::proportional(size::SMALL);
        let inner = |field: Rect| field.shrink2(vec2(space::S, 0.0));
        let colour = match progress.assigned > 0 && progress.done == progress.assigned {
            true => tokens.good,
            false => tokens.text_weak,
        };
        widgets::line_right(ui, inner(done), &text, font(), colour);
        let hint = ui.interact(done, ui.scope_id().with(("done", row)), Sense::hover());
        hint.on_hover_text(words::progress_hint(progress));
        if let Some(count) = work.open_differences() {
            let label = || words::open_differences(self.title(work), count);
            let response = button(ui, open, ("open", row), label);
            let (shown, colour) = match count {
                0 => (widgets::count(0), tokens.text_faint),
                _ => (widgets::count(count), tokens.text),
            };
            widgets::line_right(ui, inner(open), &shown, font(), colour);
            self.compare(response.on_hover_text(words::open_hint(count)).clicked(), work, requests);
        }
        self.agreement_field(ui, agreement, (row, work), requests);
    }

    fn title_field(&self, ui: &mut Ui, rect: Rect, work: &DocumentWork, requests: &mut Requests) {
        let title = self.title(work);
        let response = button(ui, rect, ("title", work.id().as_str()), || words::open_document(title));
        let text = rect.shrink2(vec2(space::S, 0.0));
        widgets::line(ui, text, title, FontId::proportional(size::INTERFACE), Tokens::of(ui).text);
        if response.clicked() {
            requests.push(CommandId::ShowAnnotate);
            requests.push(NavigateAction::OpenDocument(work.id().clone()));
        }
        response.on_hover_text(title);
    }

    fn agreement_field(
        &self,
        ui: &mut Ui,
        rect: Rect,
        (row, work): (usize, &DocumentWork),
        requests: &mut Requests,
    ) {
        let Some(agreement) = self.session.board().agreement() else { return };
        let Some(value) = agreement.document(work.id()) else { return };
        let tokens = Tokens::of(ui);
        let shown = value.map_or_else(|_| "–".to_owned(), figures::value);
        let measure = agreement.measure();
        let label = || words::document_agreement(self.title(work), measure, &shown);
        let response = button(ui, rect, ("agreement", row), label);
        let text = rect.shrink2(vec2(space::S, 0.0));
        let colour = if value.is_ok() { tokens.text } else { tokens.text_faint };
        widgets::line_right(ui, text, &shown, FontId::proportional(size::SMALL), colour);
        let response = response.on_hover_text(words::document_agreement_hint(measure, value));
        self.compare(response.clicked(), work, requests);
    }

    /// Opens the differences of a document.
    fn compare(&self, is_clicked: bool, work: &DocumentWork, requests: &mut Requests) {
        debug_assert_eq!(self.session.screen(), Screen::Board);
        if is_clicked {
            requests.push(BoardAction::OpenDifferences(work.id().clone()));
        }
    }

    /// Shows the status and the passages of a coder in a document.
    fn cell(&self, ui: &mut Ui, rect: Rect, (row, column): (usize, usize), requests: &mut Requests) {
        let Some((_, work)) = self.row(row) else { return };
        let (Some(coder), Some(person)) = (self.board.coders().get(column), self.people.get(column)) else {
            return;
        };
        let tokens = Tokens::of(ui);
        let is_assigned = person.is_none_or(|person| person.is_assigned(work.id()));
        let layer = work.layer(column);
        let status = layer.map_or(Status::New, |layer| layer.status);
        let spans = layer.map_or(0, |layer| layer.spans);
        let what = words::cell(status, is_assigned, spans);
        let label = || words::cell_label(self.title(work), self.name(column), &what);
        let response = button(ui, rect, ("cell", row, column), label);
        let middle = rect.center().y;
        let small = FontId::proportional(size::SMALL);
        if layer.is_some() || is_assigned {
            status_mark(ui, pos2(rect.left() + space::L, middle), status);
        }
        let text = rect.with_min_x(rect.left() + space::L + space::M);
        if layer.is_some() {
            let count = widgets::count(spans);
            let end = widgets::line(ui, text, &count, small.clone(), tokens.text);
            if !is_assigned {
                let rest = text.with_min_x(end + space::XS);
                widgets::line(ui, rest, words::extra(), small, tokens.text_faint);
            }
        } else if !is_assigned {
            let dash = rect.with_min_x(rect.left() + space::M);
            widgets::line(ui, dash, "–", small, tokens.text_faint);
        }
        if response.clicked() {
            requests.push(BoardAction::OpenLayer(work.id().clone(), coder.clone()));
        }
        response.on_hover_ui(|ui| {
            ui.label(RichText::new(self.title(work)).font(strong(size::INTERFACE)));
            widgets::weak(ui, words::cell_label("", self.name(column), &what));
            widgets::weak(ui, words::assigned(is_assigned));
            let last = layer.and_then(|layer| layer.last_change);
            widgets::weak(ui, words::last_change(last));
            widgets::weak(ui, words::cell_hint());
        });
    }
}
