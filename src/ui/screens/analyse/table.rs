//! The table of a view: sorted by a click on a heading, walked with the arrow keys, drawn only where it is visible.

use std::cmp::Ordering;

use egui::{FontId, Key, Modifiers, Rect, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use crate::words::analyse as words;
use demarche_analysis::views::{Cell, CellValue, Column, ColumnKind, Table};

/// Height of a row, in points.
const ROW_PT: f32 = 26.0;
/// Narrowest and widest column of texts, in points.
const TEXT_PT: [f32; 2] = [90.0, 340.0];
/// Narrowest column of numbers, in points.
const NUMBER_PT: f32 = 72.0;
/// Number of rows that decide how wide a column is.
const MEASURED: usize = 60;

/// What happened in the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TableEvent {
    /// A cell was marked, by its row in the table's own order.
    Marked(At),
    /// A cell was opened with Enter or a double click.
    Opened(At),
}

/// A cell: its row in the table's own order, and its column.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(super) struct At {
    pub row: usize,
    pub column: usize,
}

/// The state of a table between frames.
#[derive(Default)]
pub(super) struct TableState {
    sort: Option<(usize, bool)>,
    /// The rows in the order in which they are shown.
    order: Vec<usize>,
    /// The table for which `order` and `widths` hold, by its address and number of rows.
    known: Option<(usize, usize)>,
    widths: Vec<f32>,
    /// The marked cell.
    pub marked: Option<At>,
    scroll_to_marked: bool,
}

impl TableState {
    /// Shows the table.
    pub(super) fn ui(&mut self, ui: &mut Ui, table: &Table) -> Option<TableEvent> {
        self.follow(ui, table);
        let mut event = self.keys(ui, table);
        ScrollArea::both().id_salt("analyse table").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            let total: f32 = self.widths.iter().sum();
            ui.set_min_width(total);
            self.head(ui, table);
            let top = ui.cursor().top();
            if let Some(at) = self.marked.filter(|_| std::mem::take(&mut self.scroll_to_marked)) {
                self.scroll_to(ui, top, at);
            }
            let order = self.order.clone();
            widgets::visible_rows(ui, ROW_PT, order.len(), |ui, shown| {
                event = self.row(ui, table, order[shown]).or(event);
            });
        });
        event
    }

    /// Brings order and widths up to date if the table is another one.
    fn follow(&mut self, ui: &Ui, table: &Table) {
        let now = (std::ptr::from_ref(table).addr(), table.rows.len());
        if self.known == Some(now) {
            return;
        }
        self.known = Some(now);
        self.sort = self.sort.filter(|(column, _)| *column < table.columns.len());
        let is_there = |at: &At| at.row < table.rows.len() && at.column < table.columns.len();
        self.marked = self.marked.filter(is_there);
        self.widths = (0..table.columns.len()).map(|column| width(ui, table, column)).collect();
        self.arrange(table);
    }

    fn arrange(&mut self, table: &Table) {
        self.order = (0..table.rows.len()).collect();
        let Some((column, descending)) = self.sort else { return };
        self.order.sort_by(|&a, &b| {
            let cell = |row: usize| table.rows[row].cells.get(column);
            let order = compare(cell(a), cell(b));
            if descending { order.reverse() } else { order }
        });
    }

    fn head(&mut self, ui: &mut Ui, table: &Table) {
        let tokens = Tokens::of(ui);
        let mut clicked = None;
        let row = ui.horizontal(|ui| {
            for (at, column) in table.columns.iter().enumerate() {
                let (rect, response) = ui.allocate_exact_size(vec2(self.widths[at], ROW_PT), Sense::click());
                let sign = match self.sort {
                    Some((sorted, descending)) if sorted == at => words::sorted(descending),
                    Some(_) | None => "",
                };
                let title = format!("{}{sign}", column.title);
                let inner = rect.shrink2(vec2(space::S, 0.0));
                let font = FontId::proportional(size::SMALL);
                let line = match column.kind {
                    ColumnKind::Text => widgets::line,
                    ColumnKind::Number => widgets::line_right,
                };
                line(ui, inner, &title, font, tokens.text_weak);
                response.widget_info(|| WidgetInfo::labeled(egui::Role::ColumnHeader, true, &title));
                if response.on_hover_text(words::sort_by(&column.title)).clicked() {
                    clicked = Some(at);
                }
            }
        });
        let rect = row.response.rect;
        ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, tokens.line));
        if let Some(column) = clicked {
            self.sort_by(column, table);
        }
    }

    /// Sorts by a column: numbers from the greatest down at first, texts from A; a third click restores the order.
    fn sort_by(&mut self, column: usize, table: &Table) {
        let first = table.columns[column].kind == ColumnKind::Number;
        self.sort = match self.sort {
            Some((sorted, descending)) if sorted == column && descending == first => Some((column, !first)),
            Some((sorted, _)) if sorted == column => None,
            Some(_) | None => Some((column, first)),
        };
        self.arrange(table);
    }

    fn row(&self, ui: &mut Ui, table: &Table, row: usize) -> Option<TableEvent> {
        let mut event = None;
        ui.horizontal(|ui| {
            for (column, def) in table.columns.iter().enumerate() {
                let Some(cell) = table.rows[row].cells.get(column) else { break };
                event = self.cell(ui, def, cell, At { row, column }).or(event);
            }
        });
        event
    }

    fn cell(&self, ui: &mut Ui, column: &Column, cell: &Cell, at: At) -> Option<TableEvent> {
        let tokens = Tokens::of(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(self.widths[at.column], ROW_PT), Sense::click());
        let is_marked = self.marked == Some(at);
        let clickable = cell.passages.as_ref().is_some_and(|passages| !passages.is_empty());
        if is_marked {
            ui.painter().rect_filled(rect.shrink(1.0), f32::from(size::RADIUS), tokens.selected);
            widgets::focus_ring(ui, rect.shrink(1.0));
        } else if response.hovered() && clickable {
            ui.painter().rect_filled(rect.shrink(1.0), f32::from(size::RADIUS), tokens.hover);
        }
        let text = words::value(&cell.value);
        let label = words::cell(&column.title, &text);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Cell, true, &label));
        let inner = rect.shrink2(vec2(space::S, 0.0));
        let colour = if cell.value == CellValue::None { tokens.text_faint } else { tokens.text };
        let font = if is_marked { strong(size::INTERFACE) } else { FontId::proportional(size::INTERFACE) };
        match column.kind {
            ColumnKind::Text => {
                let end = widgets::line(ui, inner, &text, font, colour);
                if end >= inner.right() - 1.0 {
                    response.clone().on_hover_text(&text);
                }
            }
            ColumnKind::Number => {
                widgets::line_right(ui, inner, &text, font, colour);
            }
        }
        if response.double_clicked() {
            Some(TableEvent::Opened(at))
        } else {
            response.clicked().then_some(TableEvent::Marked(at))
        }
    }

    /// Moves the mark with the arrow keys while no field has the keyboard.
    fn keys(&mut self, ui: &Ui, table: &Table) -> Option<TableEvent> {
        if ui.ctx().egui_wants_keyboard_input() || self.order.is_empty() || table.columns.is_empty() {
            return None;
        }
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let at = self.marked.unwrap_or_default();
        if self.marked.is_some() && pressed(Key::Enter) {
            return Some(TableEvent::Opened(at));
        }
        let shown = self.order.iter().position(|row| *row == at.row).unwrap_or(0);
        let last = (self.order.len() - 1, table.columns.len() - 1);
        let to = if pressed(Key::ArrowDown) {
            (self.marked.map_or(0, |_| (shown + 1).min(last.0)), at.column)
        } else if pressed(Key::ArrowUp) {
            (shown.saturating_sub(1), at.column)
        } else if pressed(Key::ArrowRight) {
            (shown, (at.column + 1).min(last.1))
        } else if pressed(Key::ArrowLeft) {
            (shown, at.column.saturating_sub(1))
        } else if pressed(Key::Home) {
            (0, at.column)
        } else if pressed(Key::End) {
            (last.0, at.column)
        } else {
            return None;
        };
        self.scroll_to_marked = true;
        Some(TableEvent::Marked(At { row: self.order[to.0], column: to.1 }))
    }

    fn scroll_to(&self, ui: &Ui, top: f32, at: At) {
        let shown = self.order.iter().position(|row| *row == at.row).unwrap_or(0) as f32;
        let left = ui.cursor().left() + self.widths[..at.column].iter().sum::<f32>();
        let corner = pos2(left, top + shown * ROW_PT);
        ui.scroll_to_rect(Rect::from_min_size(corner, vec2(self.widths[at.column], ROW_PT)), None);
    }
}

/// Width of a column, from its heading and its first rows.
fn width(ui: &Ui, table: &Table, column: usize) -> f32 {
    let measure = |text: String, size| {
        let font = FontId::proportional(size);
        ui.painter().layout_no_wrap(text, font, egui::Color32::PLACEHOLDER).size().x
    };
    let def = &table.columns[column];
    let head = measure(def.title.clone(), size::SMALL) + space::L;
    let cells = table.rows.iter().take(MEASURED).filter_map(|row| row.cells.get(column));
    let widest = cells.map(|cell| measure(words::value(&cell.value), size::INTERFACE)).fold(head, f32::max);
    let padded = widest + 2.0 * space::S + 2.0;
    match def.kind {
        ColumnKind::Text => padded.clamp(TEXT_PT[0], TEXT_PT[1]),
        ColumnKind::Number => padded.max(NUMBER_PT),
    }
}

/// Compares two cells: numbers before texts, and nothing last.
fn compare(a: Option<&Cell>, b: Option<&Cell>) -> Ordering {
    let number = |cell: Option<&Cell>| match cell.map(|cell| &cell.value) {
        Some(CellValue::Count(count)) => Some(*count as f64),
        Some(CellValue::Number(number)) => Some(*number),
        Some(CellValue::Text(_) | CellValue::None) | None => None,
    };
    let text = |cell: Option<&Cell>| match cell.map(|cell| &cell.value) {
        Some(CellValue::Text(text)) => Some(text.to_lowercase()),
        Some(CellValue::Count(_) | CellValue::Number(_) | CellValue::None) | None => None,
    };
    match (number(a), number(b)) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => match (text(a), text(b)) {
            (Some(a), Some(b)) => a.cmp(&b),
            (a, b) => b.is_some().cmp(&a.is_some()),
        },
    }
}
