//! What opens at a column's funnel: words to look for, values to pick from, or a first and a last.

use std::collections::BTreeSet;

use egui::{RichText, ScrollArea, TextEdit, Ui};
use smol_str::SmolStr;

use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::widgets;
use demarche_session::{
    Column, ColumnFilter, ColumnKind, PassageFilter, PassagesAction, Session, ValueCount,
};

/// Values from which on a list has a field to search it.
const MANY: usize = 10;

/// The values of the column whose list is open.
#[derive(Default)]
pub(super) struct Values {
    /// What they were counted for.
    of: Option<(Column, u64, PassageFilter, demarche_session::Shown)>,
    counted: Vec<ValueCount>,
    search: String,
}

impl Values {
    /// Shows what a column can be filtered by.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        column: &Column,
        title: &str,
        requests: &mut Requests,
    ) {
        let filter = session.passage_table().filter();
        let mut wanted = filter.clone();
        match column.kind(session.project().codebook()) {
            ColumnKind::Text => holds(ui, column, title, &mut wanted),
            ColumnKind::Range => between(ui, column, title, &mut wanted),
            ColumnKind::List => self.list(ui, session, column, &mut wanted),
        }
        ui.add_space(space::XS);
        let limited = filter.is_filtered(column);
        if ui.add_enabled(limited, egui::Button::new("Let all through")).clicked() {
            wanted.clear(column);
        }
        if wanted != *filter {
            requests.push(PassagesAction::Filter(wanted));
        }
    }

    /// Counts the values if anything but this column's own limit has changed.
    fn count(&mut self, session: &Session, column: &Column) {
        let mut others = session.passage_table().filter().clone();
        others.clear(column);
        let of = (column.clone(), session.project().revision(), others, session.shown().clone());
        if self.of.as_ref() != Some(&of) {
            if self.of.as_ref().is_none_or(|(before, ..)| before != column) {
                self.search.clear();
            }
            self.counted = session.passage_values(column);
            self.of = Some(of);
        }
    }

    fn list(&mut self, ui: &mut Ui, session: &Session, column: &Column, wanted: &mut PassageFilter) {
        self.count(session, column);
        let mut picked = wanted.values(column);
        if self.counted.len() > MANY {
            let field =
                TextEdit::singleline(&mut self.search).hint_text("find…").desired_width(f32::INFINITY);
            ui.add(field);
        }
        let search = self.search.to_lowercase();
        let found: Vec<&ValueCount> = self
            .counted
            .iter()
            .filter(|value| search.is_empty() || value.name.to_lowercase().contains(&search))
            .collect();
        if found.is_empty() {
            widgets::weak(ui, "Nothing to pick from.");
        }
        let before = picked.clone();
        let area = ScrollArea::vertical().max_height(260.0).auto_shrink([false, true]);
        area.show_rows(ui, size::ROW, found.len(), |ui, rows| {
            for value in found.iter().take(rows.end).skip(rows.start) {
                value_row(ui, session, column, value, &mut picked);
            }
        });
        if picked != before {
            wanted.set_values(column, picked);
        }
    }
}

fn value_row(
    ui: &mut Ui,
    session: &Session,
    column: &Column,
    value: &ValueCount,
    picked: &mut BTreeSet<SmolStr>,
) {
    let on = picked.contains(&value.key);
    let name = if value.name.is_empty() { column.empty_label() } else { value.name.as_str() };
    let label = format!("{name}: {}", widgets::plural(value.count, "passage"));
    let (rect, response) = widgets::row(ui, size::ROW, on, &label);
    let tokens = Tokens::of(ui);
    let tick = crate::theme::icons::ICON_CHECK.rich_text().size(15.0).color(tokens.accent);
    if on {
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(rect.translate(egui::vec2(4.0, 4.0))));
        child.label(tick);
    }
    let mut left = rect.left() + 24.0;
    let category = session.project().codebook().category(&value.key.as_str().into());
    if let Some(category) = category.filter(|_| *column == Column::Category) {
        widgets::swatch(ui, egui::pos2(left + 6.0, rect.center().y), category.colour);
        left += 18.0;
    }
    let colour = if value.name.is_empty() { tokens.text_weak } else { tokens.text };
    let font = egui::FontId::proportional(size::INTERFACE);
    let words = rect.with_min_x(left).with_max_x(rect.right() - 46.0);
    widgets::line(ui, words, name, font, colour);
    let right = rect.with_max_x(rect.right() - space::S);
    let small = egui::FontId::proportional(size::SMALL);
    widgets::line_right(ui, right, &widgets::count(value.count), small, tokens.text_weak);
    if response.clicked() && !picked.remove(&value.key) {
        picked.insert(value.key.clone());
    }
}

fn holds(ui: &mut Ui, column: &Column, title: &str, wanted: &mut PassageFilter) {
    let mut words = match wanted.columns.get(column) {
        Some(ColumnFilter::Holds(words)) => words.clone(),
        _ => String::new(),
    };
    let caption = ui.label(RichText::new(format!("{title} holds")).size(size::SMALL));
    let field = ui.add(TextEdit::singleline(&mut words).hint_text("words").desired_width(f32::INFINITY));
    let field = field.labelled_by(caption.id);
    focus_at_first(ui, &field);
    if field.changed() {
        wanted.set_column_filter(column, ColumnFilter::Holds(words));
    }
}

fn between(ui: &mut Ui, column: &Column, title: &str, wanted: &mut PassageFilter) {
    let (mut from, mut to) = match wanted.columns.get(column) {
        Some(ColumnFilter::Between { from, to }) => (from.clone(), to.clone()),
        _ => (String::new(), String::new()),
    };
    let hint = if *column == Column::Date { "2026-03-14, 2026-03 or 2026" } else { "open" };
    let mut changed = false;
    for (name, end) in [("from", &mut from), ("to", &mut to)] {
        let caption = ui.label(RichText::new(format!("{title} {name}")).size(size::SMALL));
        let field = ui.add(TextEdit::singleline(end).hint_text(hint).desired_width(f32::INFINITY));
        let field = field.labelled_by(caption.id);
        if name == "from" {
            focus_at_first(ui, &field);
        }
        changed |= field.changed();
    }
    if changed {
        wanted.set_column_filter(column, ColumnFilter::Between { from, to });
    }
}

/// Gives a field the keyboard when its popup opens.
fn focus_at_first(ui: &Ui, field: &egui::Response) {
    let nobody = ui.memory(|memory| memory.focused().is_none_or(|id| id != field.id));
    let now = ui.ctx().cumulative_pass_nr();
    let first = ui.ctx().data_mut(|data| {
        let shown: &mut u64 = data.get_temp_mut_or_default(field.id);
        let first = *shown + 1 < now;
        *shown = now;
        first
    });
    if first && nobody {
        field.request_focus();
    }
}
