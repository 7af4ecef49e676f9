//! The work of each coder, how they stand to the others, and the agreement of each with each.

use egui::{FontId, Rect, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use crate::requests::Requests;
use crate::theme::{Tokens, icons as m, size, space, strong};
use crate::widgets;
use crate::words::{agreement as figures, board as words};
use demarche_analysis::agreement::{Standing, Standings};
use demarche_analysis::board::Board;
use demarche_session::{BoardAction, Session};

use super::grid::{Grid, Part, button, fields};

/// Widths of name, progress, passages, pace, what is left, last activity, mean agreement and its course, in points.
const WIDTHS: [f32; 8] = [150.0, 74.0, 74.0, 74.0, 118.0, 96.0, 78.0, 112.0];

/// Shows the table.
pub(super) fn ui(ui: &mut Ui, session: &Session, board: &Board, requests: &mut Requests) {
    let agreement = session.board().agreement().map(|agreement| &**agreement);
    // Figures of other people than those of the rows wait for the next computation.
    let agreement = agreement.filter(|agreement| agreement.coders() == board.coders());
    let table = Table { session, board, agreement };
    let grid = Grid {
        name: "board people",
        head_pt: 44.0,
        row_pt: size::ROW + 2.0,
        left_pt: WIDTHS.iter().take(table.fixed()).sum(),
        column_pt: 72.0,
        rows: board.coders().len(),
        columns: if agreement.is_some() { board.coders().len() } else { 0 },
    };
    grid.ui(ui, |ui, rect, part| match part {
        Part::Corner => table.corner(ui, rect),
        Part::Head(column) => table.head(ui, rect, column),
        Part::Left(row) => table.left(ui, rect, row),
        Part::Cell(row, column) => table.pair(ui, rect, (row, column), requests),
    });
}

struct Table<'a> {
    session: &'a Session,
    board: &'a Board,
    agreement: Option<&'a Standings>,
}

impl Table<'_> {
    /// Number of columns that stay on the left: those of agreement only if there is any.
    fn fixed(&self) -> usize {
        if self.session.board_is_mine_alone() { WIDTHS.len() - 2 } else { WIDTHS.len() }
    }

    fn name(&self, coder: usize) -> &str {
        self.board.coders().get(coder).map_or("", |coder| self.session.project().name_of(coder))
    }

    fn corner(&self, ui: &mut Ui, rect: Rect) {
        let tokens = Tokens::of(ui);
        let row = rect.with_min_y(rect.bottom() - size::ROW);
        let columns = words::people_columns().into_iter().zip(fields(row, WIDTHS));
        for (at, ((title, hint), field)) in columns.enumerate().take(self.fixed()) {
            let response = ui.interact(field, ui.scope_id().with(("column", at)), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, title));
            let (text, font) = (field.shrink2(vec2(space::S, 0.0)), FontId::proportional(size::SMALL));
            if at == 0 {
                widgets::line(ui, text, title, font, tokens.text_weak);
            } else {
                widgets::line_right(ui, text, title, font, tokens.text_weak);
            }
            response.on_hover_text(hint);
        }
    }

    fn head(&self, ui: &mut Ui, rect: Rect, column: usize) {
        let text = rect.with_min_y(rect.bottom() - size::ROW).shrink2(vec2(space::XS, 0.0));
        let name = self.name(column);
        let response = ui.interact(rect, ui.scope_id().with(("head", column)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, name));
        let font = FontId::proportional(size::SMALL);
        widgets::line_right_short(ui, text, name, font, Tokens::of(ui).text_weak);
        response.on_hover_text(name);
    }

    fn left(&self, ui: &mut Ui, rect: Rect, row: usize) {
        let Some(work) = self.board.work().get(row) else { return };
        let tokens = Tokens::of(ui);
        let now = self.session.env().now();
        let [name, facts @ ..] = fields(rect, WIDTHS);
        let inner = |field: Rect| field.shrink2(vec2(space::S, 0.0));
        widgets::line(ui, inner(name), self.name(row), strong(size::INTERFACE), tokens.text);
        let texts = [
            words::short_done_of(work.done, work.assigned),
            widgets::count(work.spans),
            words::pace(work),
            words::left(work),
            words::ago(work.last_change, now),
        ];
        for (text, field) in texts.iter().zip(facts) {
            widgets::line_right(ui, inner(field), text, FontId::proportional(size::SMALL), tokens.text);
        }
        let whole = ui.interact(name.union(facts[4]), ui.scope_id().with(("coder", row)), Sense::hover());
        whole.widget_info(|| {
            WidgetInfo::labeled(Role::RowHeader, true, words::coder_label(self.name(row), work, now))
        });
        whole.on_hover_ui(|ui| {
            ui.label(RichText::new(self.name(row)).font(strong(size::INTERFACE)));
            words::coder_facts(work, now).into_iter().for_each(|fact| drop(widgets::weak(ui, fact)));
        });
        if let Some(standing) = self.agreement.and_then(|agreement| agreement.of_coders().get(row)) {
            let [.., mean, course] = facts;
            self.standing(ui, (mean, course), row, standing);
        }
    }

    /// Shows the mean agreement of a coder with the others, and how it has changed.
    fn standing(&self, ui: &mut Ui, (mean, course): (Rect, Rect), row: usize, standing: &Standing) {
        let tokens = Tokens::of(ui);
        let marked = |is_marked: bool| if is_marked { tokens.warning } else { tokens.text };
        let font = FontId::proportional(size::SMALL);
        for (field, text, is_marked) in [
            (mean, words::mean(standing), standing.stands_apart),
            (course, words::course(standing), standing.has_drifted()),
        ] {
            let inner = field.shrink2(vec2(space::S, 0.0));
            let left = widgets::line_right(ui, inner, &text, font.clone(), marked(is_marked));
            if is_marked {
                let icon = m::ICON_WARNING;
                let before = inner.with_max_x(left - space::XS);
                widgets::line_right(
                    ui,
                    before,
                    icon.codepoint,
                    FontId::new(13.0, icon.font_family()),
                    tokens.warning,
                );
            }
        }
        let Some(measure) = self.agreement.map(Standings::measure) else { return };
        let response = ui.interact(mean.union(course), ui.scope_id().with(("standing", row)), Sense::hover());
        let label = || words::standing_label(self.name(row), standing);
        response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, label()));
        response.on_hover_text(words::standing_hint(measure, standing));
    }

    /// Shows the agreement of two coders.
    fn pair(&self, ui: &mut Ui, rect: Rect, (row, column): (usize, usize), requests: &mut Requests) {
        let tokens = Tokens::of(ui);
        let Some(agreement) = self.agreement else { return };
        let Some(figure) = agreement.pair(row, column) else {
            ui.painter().rect_filled(rect.shrink(1.0), 0.0, tokens.panel);
            return;
        };
        let shown = figure.value.map_or_else(|_| "–".to_owned(), figures::value);
        let label = || words::pair_label(self.name(row), self.name(column), &shown);
        if let Ok(value) = figure.value {
            let strength = value.clamp(0.0, 1.0) as f32 * 0.35;
            ui.painter().rect_filled(rect.shrink(1.0), 0.0, tokens.accent.gamma_multiply(strength));
        }
        let response = button(ui, rect, ("pair", row, column), label);
        let colour = if figure.value.is_ok() { tokens.text } else { tokens.text_faint };
        let text = rect.shrink2(vec2(space::S, 0.0));
        widgets::line_right(ui, text, &shown, FontId::proportional(size::SMALL), colour);
        let hint = || words::pair_hint((self.name(row), self.name(column)), agreement.measure(), figure);
        let coders = self.board.coders();
        if response.clicked() {
            let (first, second) = (row.min(column), row.max(column));
            requests.push(BoardAction::OpenPair(coders[first].clone(), coders[second].clone()));
        }
        response.on_hover_ui(|ui| drop(ui.label(hint())));
    }
}
