//! The table of a view: sorted by a click on a heading, walked with the arrow keys, drawn only where it is visible.

mod keys;
mod order;
mod widths;

use std::collections::{BTreeMap, BTreeSet};

use egui::{CursorIcon, FontId, Rect, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use crate::words::analyse as words;
use demarche_analysis::views::{Cell, CellValue, Column, ColumnKind, Table};

use order::Line;

/// Height of a row, in points.
const ROW_PT: f32 = 26.0;
/// Half of the width at which the edge of a heading is caught, in points.
const EDGE_PT: f32 = 4.0;
/// Narrowest column, in points.
const NARROWEST_PT: f32 = 40.0;
/// Number of cells that tell a row from others: those of a demand up to its words, without its outcome.
const NAMING: usize = 6;

/// What happened in the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TableEvent {
    /// A cell was marked.
    Marked(At),
    /// A cell was opened with Enter or a double click.
    Opened(At),
    /// The mark was removed.
    Left,
}

/// A cell: its row in the table's own order, and its column.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(super) struct At {
    pub row: usize,
    pub column: usize,
}

/// The table to show, and what is known about it.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    /// The table.
    pub table: &'a Table,
    /// A number that changes with the table.
    pub serial: u64,
    /// The groups that are closed at the start.
    pub closed: &'a [String],
    /// Whether keys walk it.
    pub is_active: bool,
}

/// The state of a table between frames.
#[derive(Default)]
pub(super) struct TableState {
    sort: Option<(usize, bool)>,
    /// The groups that are open although they start closed, or the other way round.
    toggled: BTreeSet<String>,
    lines: Vec<Line>,
    /// The serial of the table and the width for which `lines` and `widths` hold.
    known: Option<(u64, f32)>,
    widths: Vec<f32>,
    /// The widths of columns that were dragged, by their titles.
    dragged: BTreeMap<String, f32>,
    /// The decimals of each column.
    decimals: Vec<usize>,
    marked: Option<At>,
    /// What the marked row and column say, to find them in the next table.
    marked_names: Option<(Vec<String>, String)>,
    /// The heading of a group that the keyboard is at, by its line.
    group: Option<usize>,
    scroll_to_marked: bool,
}

impl TableState {
    /// Shows the table.
    pub(super) fn ui(&mut self, ui: &mut Ui, shown: Shown<'_>) -> Option<TableEvent> {
        self.follow(ui, shown);
        let table = shown.table;
        let mut event = if shown.is_active { self.keys(ui, shown) } else { None };
        ScrollArea::horizontal().id_salt("table").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            ui.set_width(self.widths.iter().sum::<f32>().max(ui.available_width()));
            ui.vertical(|ui| {
                self.head(ui, shown);
                ScrollArea::vertical().id_salt("rows").auto_shrink(false).show(ui, |ui| {
                    if std::mem::take(&mut self.scroll_to_marked) {
                        self.scroll(ui);
                    }
                    let lines = std::mem::take(&mut self.lines);
                    widgets::visible_rows(ui, ROW_PT, lines.len(), |ui, at| match &lines[at] {
                        Line::Row(row) => event = self.row(ui, table, *row).or(event),
                        Line::Group { title, count, is_open } => {
                            let heading = words::group(title, *count, *is_open);
                            if group(ui, &heading, self.group == Some(at)) {
                                self.toggle(title);
                            }
                        }
                    });
                    self.lines = lines;
                });
            });
        });
        event
    }

    /// Marks a cell, or none.
    pub(super) fn mark(&mut self, at: Option<At>, table: &Table) {
        self.marked = at;
        self.group = None;
        self.marked_names = at.and_then(|at| names(table, at));
    }

    /// Opens or closes a group.
    fn toggle(&mut self, title: &str) {
        if !self.toggled.remove(title) {
            self.toggled.insert(title.to_owned());
        }
        self.known = None;
    }

    /// Brings lines, widths and mark up to date if the table is another one.
    fn follow(&mut self, ui: &Ui, shown: Shown<'_>) {
        let now = (shown.serial, ui.available_width());
        if self.known == Some(now) {
            return;
        }
        let table = shown.table;
        let is_same_table = self.known.is_some_and(|(serial, _)| serial == shown.serial);
        self.known = Some(now);
        self.sort = self.sort.filter(|(column, _)| *column < table.columns.len());
        if !is_same_table {
            self.marked = self.marked_names.as_ref().and_then(|names| find(table, names, self.marked));
        }
        self.decimals = widths::decimals(table);
        self.widths = widths::widths(ui, table, &self.decimals, now.1);
        for (width, column) in self.widths.iter_mut().zip(&table.columns) {
            *width = self.dragged.get(&column.title).copied().unwrap_or(*width);
        }
        self.arrange(shown);
    }

    fn arrange(&mut self, shown: Shown<'_>) {
        let is_closed = |title: &str| {
            let starts_closed = shown.closed.iter().any(|closed| closed == title);
            starts_closed != self.toggled.contains(title)
        };
        self.lines = match self.sort {
            None => order::grouped(shown.table, is_closed),
            Some((column, descending)) => {
                let groups = shown.table.rows.iter().filter_map(|row| row.group.as_deref());
                let closed = groups.filter(|title| is_closed(title)).collect();
                order::sorted(shown.table, column, descending, &closed)
            }
        };
    }

    fn head(&mut self, ui: &mut Ui, shown: Shown<'_>) {
        let table = shown.table;
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
                match column.kind {
                    ColumnKind::Text => {
                        widgets::line(ui, inner, &title, font, tokens.text_weak);
                    }
                    ColumnKind::Number => heading_right(ui, inner, &title, font, tokens.text_weak),
                }
                response.widget_info(|| WidgetInfo::labeled(egui::Role::ColumnHeader, true, &title));
                if response.on_hover_text(words::sort_by(&column.title)).clicked() {
                    clicked = Some(at);
                }
            }
        });
        let rect = row.response.rect;
        ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, tokens.line));
        self.edges(ui, table, rect);
        if let Some(column) = clicked {
            self.sort_by(column, shown);
        }
    }

    /// Lets the user resize a column by dragging the right edge of its heading. A double click resets the width.
    fn edges(&mut self, ui: &Ui, table: &Table, head: Rect) {
        let mut right = head.left();
        for (at, column) in table.columns.iter().enumerate() {
            right += self.widths[at];
            let edge = Rect::from_x_y_ranges(right - EDGE_PT..=right + EDGE_PT, head.y_range());
            let edge = ui.interact(edge, ui.scope_id().with(("edge", at)), Sense::CLICK | Sense::DRAG);
            let edge = edge.on_hover_cursor(CursorIcon::ResizeHorizontal);
            if edge.hovered() || edge.dragged() {
                ui.painter().vline(right, head.y_range(), egui::Stroke::new(1.0, Tokens::of(ui).accent));
            }
            if edge.double_clicked() {
                self.dragged.remove(&column.title);
                self.known = None;
            } else if edge.dragged() {
                let width = (self.widths[at] + edge.drag_delta().x).max(NARROWEST_PT);
                self.widths[at] = width;
                self.dragged.insert(column.title.clone(), width);
            }
        }
    }

    /// Sorts by a column: numbers from the greatest down at first, texts from A; a third click restores the order.
    fn sort_by(&mut self, column: usize, shown: Shown<'_>) {
        let first = shown.table.columns[column].kind == ColumnKind::Number;
        self.sort = match self.sort {
            Some((sorted, descending)) if sorted == column && descending == first => Some((column, !first)),
            Some((sorted, _)) if sorted == column => None,
            Some(_) | None => Some((column, first)),
        };
        self.arrange(shown);
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
        let text = words::value_with(&cell.value, self.decimals[at.column]);
        let label = words::cell(&column.title, &text);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Cell, true, &label));
        let inner = rect.shrink2(vec2(space::S, 0.0));
        let is_nothing = matches!(cell.value, CellValue::None | CellValue::Count(0));
        let colour = if is_nothing { tokens.text_faint } else { tokens.text };
        let font = if is_marked { strong(size::INTERFACE) } else { FontId::proportional(size::INTERFACE) };
        match column.kind {
            ColumnKind::Text => {
                widgets::line(ui, inner, &text, font.clone(), colour);
                let whole = || ui.painter().layout_no_wrap(text.clone(), font, colour).size().x;
                if response.hovered() && whole() > inner.width() {
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

    fn scroll(&self, ui: &Ui) {
        let Some(line) = self.line() else { return };
        let column = self.marked.map_or(0, |at| at.column.min(self.widths.len().saturating_sub(1)));
        let left = ui.cursor().left() + self.widths[..column].iter().sum::<f32>();
        let corner = pos2(left, ui.cursor().top() + line as f32 * ROW_PT);
        let width = self.widths.get(column).copied().unwrap_or_default();
        ui.scroll_to_rect(Rect::from_min_size(corner, vec2(width, ROW_PT)), None);
    }
}

/// Shows the heading of a group. Returns whether it was clicked.
fn group(ui: &mut Ui, heading: &str, is_marked: bool) -> bool {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_PT), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, heading));
    if is_marked {
        widgets::focus_ring(ui, rect.shrink(1.0));
    } else if response.hovered() {
        ui.painter().rect_filled(rect.shrink(1.0), f32::from(size::RADIUS), tokens.hover);
    }
    widgets::line(ui, rect.shrink2(vec2(space::S, 0.0)), heading, strong(size::SMALL), tokens.text_weak);
    response.clicked()
}

/// Paints a right-aligned heading, truncated with `…` to fit.
fn heading_right(ui: &Ui, rect: Rect, text: &str, font: FontId, colour: egui::Color32) {
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, colour);
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width().max(0.0));
    let galley = ui.painter().layout_job(job);
    let at = pos2(rect.right() - galley.size().x, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, colour);
}

/// What the row and the column of a cell say: the first texts of the row, and the heading of the column.
fn names(table: &Table, at: At) -> Option<(Vec<String>, String)> {
    let row = table.rows.get(at.row)?;
    let texts = row.cells.iter().take(NAMING).filter_map(|cell| match &cell.value {
        CellValue::Text(text) => Some(text.to_string()),
        CellValue::None | CellValue::Count(_) | CellValue::Number(_) => None,
    });
    Some((texts.collect(), table.columns.get(at.column)?.title.clone()))
}

/// The cell whose row and column say the same, the one at the same place if there are several.
fn find(table: &Table, known: &(Vec<String>, String), before: Option<At>) -> Option<At> {
    let is_same = |at: At| names(table, at).as_ref() == Some(known);
    let column = table.columns.iter().position(|column| column.title == known.1)?;
    let at = |row| At { row, column };
    let stays = before.filter(|before| is_same(*before));
    let moved = || (0..table.rows.len()).map(at).find(|at| is_same(*at));
    stays.or_else(moved)
}
