//! The visible rows of the table.

use egui::{Color32, Rect, Response, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use crate::theme::{Tokens, size};
use crate::widgets;
use crate::words::passages as words;
use demarche_session::{PassagesAction, Session, TableLine};

use super::columns::VisibleColumn;
use super::{PassagesPanel, cell, inside, menu};
use crate::requests::Requests;

impl PassagesPanel {
    /// Shows the rows, and returns the horizontal scroll offset in points.
    pub(super) fn body(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        columns: &[VisibleColumn],
        requests: &mut Requests,
    ) -> f32 {
        let whole = ui.available_rect_before_wrap();
        let table = ui.interact(whole, Self::id(), Sense::click());
        table.widget_info(|| WidgetInfo::labeled(Role::Table, true, words::title()));
        if std::mem::take(&mut self.wants_focus) || table.clicked() {
            table.request_focus();
        }
        self.keys(ui, session, requests);
        self.page = (whole.height() / size::ROW) as usize;
        let width = columns.last().map_or(0.0, |column| column.left + column.width);
        let lines = session.passage_table().lines();
        let area = ScrollArea::both().id_salt("passages").auto_shrink(false);
        let out = area.show_viewport(ui, |ui, viewport| {
            ui.set_min_size(vec2(width, lines as f32 * size::ROW));
            let origin = ui.min_rect().min;
            let first = (viewport.top() / size::ROW).max(0.0) as usize;
            let last = (viewport.bottom() / size::ROW).ceil().max(0.0) as usize;
            let rect_of = |line: usize| {
                let top = origin + vec2(0.0, line as f32 * size::ROW);
                Rect::from_min_size(top, vec2(width.max(viewport.width()), size::ROW))
            };
            for line in first..last.min(lines) {
                self.line(ui, rect_of(line), line, session, columns, requests);
            }
            if let Some(row) = self.show_row.take() {
                let rect = rect_of(session.passage_table().line_of(row));
                // Scrolls vertically only, so that the columns on the right stay visible.
                let visible = rect.with_min_x(ui.clip_rect().left()).with_max_x(ui.clip_rect().right());
                ui.scroll_to_rect(visible, None);
            }
        });
        let here = |at| session.passage_table().position(session.project(), at);
        if table.has_focus() && self.cursor.as_ref().and_then(here).is_none() {
            widgets::focus_ring(ui, whole);
        }
        out.state.clamped_offset().x
    }

    fn line(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        line: usize,
        session: &Session,
        columns: &[VisibleColumn],
        requests: &mut Requests,
    ) {
        match session.passage_table().line(line) {
            Some(TableLine::Row(row)) => self.row(ui, rect, row, session, columns, requests),
            Some(heading @ TableLine::Group { .. }) => group(ui, rect, heading, session, requests),
            None => {}
        }
    }

    fn row(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        index: usize,
        session: &Session,
        columns: &[VisibleColumn],
        requests: &mut Requests,
    ) {
        let Some(row) = session.passage_table().row(index) else { return };
        let Some(passage) = row.passage(session.project()) else { return };
        let at = row.at();
        let selected = match session.selected_set() {
            Some(set) => set.holds(&at),
            None => session.current() == Some(&at),
        };
        // Rows can be clicked but not focused: the table has the focus, so that Tab leaves it.
        let response = ui.interact(rect, Self::id().with(("row", row.span)), Sense::CLICK);
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, selected, cell::label(&passage)));
        background(ui, rect, selected, &response);
        let focused = ui.memory(|memory| memory.has_focus(Self::id()));
        if focused && self.cursor.as_ref().is_some_and(|at| at.span == row.span) {
            widgets::focus_ring(ui, rect.intersect(ui.clip_rect()));
        }
        for column in columns {
            let left = rect.left() + column.left;
            let area = rect.with_min_x(left).with_max_x(left + column.width);
            if area.intersects(ui.clip_rect()) {
                cell::cell(ui, inside(area), &column.column, &passage);
            }
        }
        if response.clicked() {
            self.wants_focus = true;
            let modifiers = ui.input(|input| input.modifiers);
            if modifiers.command {
                self.toggle(at, session, requests);
            } else if modifiers.shift {
                self.extend(index, session, requests);
            } else {
                self.go_to(at, requests);
            }
        }
        if response.secondary_clicked() && !selected {
            self.go_to(row.at(), requests);
        }
        response.context_menu(|ui| menu::of_rows(ui, session, &row.at(), requests));
    }
}

fn background(ui: &Ui, rect: Rect, selected: bool, response: &Response) {
    let tokens = Tokens::of(ui);
    let fill = match (selected, response.hovered()) {
        (true, _) => tokens.selected,
        (false, true) => tokens.hover,
        (false, false) => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, f32::from(size::RADIUS), fill);
}

/// Shows the heading of a group. A click collapses or expands it.
fn group(ui: &mut Ui, rect: Rect, heading: TableLine<'_>, session: &Session, requests: &mut Requests) {
    let TableLine::Group { key, rows, first, closed } = heading else { return };
    let passages = session.passage_table();
    let Some(column) = passages.grouped_by() else { return };
    let row = passages.row(first);
    let name = row.and_then(|row| Some(row.passage(session.project())?.text(column))).unwrap_or_default();
    let name = if name.is_empty() { words::empty_value(column) } else { name.as_str() };
    let response = ui.interact(rect, PassagesPanel::id().with(("group", key)), Sense::CLICK);
    let label = words::value(name, rows);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, !closed, &label));
    let tokens = Tokens::of(ui);
    let fill = if response.hovered() { tokens.hover } else { tokens.raised };
    ui.painter().rect_filled(rect.shrink2(vec2(0.0, 1.0)), f32::from(size::RADIUS), fill);
    // The heading stays visible when the table is scrolled horizontally.
    let visible = rect.with_min_x(rect.left().max(ui.clip_rect().left()));
    let child = ui.new_child(UiBuilder::new().max_rect(visible));
    cell::heading(&child, inside(visible), name, rows, closed);
    let close = |group| PassagesAction::CloseGroup { group, closed: !closed };
    if response.clicked() {
        requests.push(close(Some(key.clone())));
    }
    response.context_menu(|ui| {
        let (one, all) = if closed {
            (words::expand(), words::expand_all())
        } else {
            (words::collapse(), words::collapse_all())
        };
        if ui.button(one).clicked() {
            requests.push(close(Some(key.clone())));
            ui.close();
        }
        if ui.button(all).clicked() {
            requests.push(close(None));
            ui.close();
        }
    });
}
