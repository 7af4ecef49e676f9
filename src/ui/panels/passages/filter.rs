//! The filter of a column: a text to search for, a list of values, or a range.

use std::collections::BTreeSet;

use egui::{RichText, ScrollArea, TextEdit, Ui};
use smol_str::SmolStr;

use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::widgets;
use crate::words::passages as words;
use demarche_analysis::search::folded;
use demarche_session::{
    Column, ColumnFilter, ColumnKind, PassageFilter, PassagesAction, Session, ValueCount,
};

/// Number of values from which a list has a search field.
const SEARCH_FROM: usize = 11;

/// What is typed into the filter of a column.
#[derive(Default)]
pub(super) struct Values {
    /// The column whose values were shown last.
    column: Option<Column>,
    search: String,
    typed: Option<TypedRange>,
}

/// The ends of a range as they are typed in a popup.
struct TypedRange {
    column: Column,
    ends: [String; 2],
    /// The pass in which the popup was shown last.
    pass: u64,
}

impl Values {
    /// Shows the filter of a column.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        column: &Column,
        title: &str,
        requests: &mut Requests,
    ) {
        let filter = session.passage_filter();
        let mut wanted = filter.clone();
        match column.kind(session.project().codebook()) {
            ColumnKind::Text => contains(ui, column, title, &mut wanted),
            ColumnKind::Range => self.between(ui, column, title, &mut wanted),
            ColumnKind::List => self.list(ui, session, column, &mut wanted, requests),
        }
        ui.add_space(space::XS);
        let filtered = filter.is_filtered(column);
        if ui.add_enabled(filtered, egui::Button::new(words::clear_filter())).clicked() {
            wanted.clear(column);
            self.typed = None;
        }
        if wanted != *filter {
            requests.push(PassagesAction::Filter(wanted));
        }
    }

    /// Shows the values, as they were counted last.
    fn list(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        column: &Column,
        wanted: &mut PassageFilter,
        requests: &mut Requests,
    ) {
        if self.column.as_ref() != Some(column) {
            self.search.clear();
            self.column = Some(column.clone());
        }
        if !session.values_are_fresh(column) {
            requests.push(PassagesAction::CountValues(column.clone()));
        }
        let Some(counted) = session.passage_values(column) else {
            widgets::weak(ui, words::counting());
            return;
        };
        let mut selected = wanted.values(column);
        if counted.len() >= SEARCH_FROM {
            let field = TextEdit::singleline(&mut self.search).hint_text(words::filter_values_hint());
            ui.add(field.desired_width(f32::INFINITY));
        }
        let search = folded(&self.search);
        let found: Vec<&ValueCount> = counted
            .iter()
            .filter(|value| search.is_empty() || folded(&value.name).contains(&search))
            .collect();
        if found.is_empty() {
            widgets::weak(ui, words::no_values());
        }
        let before = selected.clone();
        let area = ScrollArea::vertical().max_height(260.0).auto_shrink([false, true]);
        area.show_rows(ui, size::ROW, found.len(), |ui, rows| {
            for value in found.iter().take(rows.end).skip(rows.start) {
                value_row(ui, session, column, value, &mut selected);
            }
        });
        if selected != before {
            wanted.set_values(column, selected);
        }
    }
}

/// Shows a value with its number of passages. A click selects it or removes it from the selected ones.
fn value_row(
    ui: &mut Ui,
    session: &Session,
    column: &Column,
    value: &ValueCount,
    selected: &mut BTreeSet<SmolStr>,
) {
    let on = selected.contains(&value.key);
    let name = if value.name.is_empty() { words::empty_value(column) } else { value.name.as_str() };
    let (rect, response) = widgets::row(ui, size::ROW, on, &words::value(name, value.count));
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
    let text = rect.with_min_x(left).with_max_x(rect.right() - 46.0);
    widgets::line(ui, text, name, font, colour);
    let right = rect.with_max_x(rect.right() - space::S);
    let small = egui::FontId::proportional(size::SMALL);
    widgets::line_right(ui, right, &widgets::count(value.count), small, tokens.text_weak);
    if response.clicked() && !selected.remove(&value.key) {
        selected.insert(value.key.clone());
    }
}

fn contains(ui: &mut Ui, column: &Column, title: &str, wanted: &mut PassageFilter) {
    let mut text = match wanted.columns.get(column) {
        Some(ColumnFilter::Holds(text)) => text.clone(),
        _ => String::new(),
    };
    let caption = ui.label(RichText::new(words::contains(title)).size(size::SMALL));
    let field = TextEdit::singleline(&mut text).hint_text(words::contains_hint());
    let field = ui.add(field.desired_width(f32::INFINITY));
    let field = field.labelled_by(caption.id);
    focus_when_opened(ui, &field);
    if field.changed() {
        wanted.set_column_filter(column, ColumnFilter::Holds(text));
    }
}

impl Values {
    /// Shows the fields of a range. What is typed stays as it is, though only whole dates and numbers filter.
    fn between(&mut self, ui: &mut Ui, column: &Column, title: &str, wanted: &mut PassageFilter) {
        let now = ui.ctx().cumulative_pass_nr();
        let typed = self.typed.take().filter(|typed| typed.column == *column && typed.pass + 1 >= now);
        let [mut from, mut to] = typed.map_or_else(|| ends(column, wanted), |typed| typed.ends);
        let hint = if *column == Column::Date { words::date_hint() } else { words::range_hint() };
        let mut changed = false;
        for (first, name, end) in [(true, words::from(title), &mut from), (false, words::to(title), &mut to)]
        {
            let caption = ui.label(RichText::new(name).size(size::SMALL));
            let field = ui.add(TextEdit::singleline(end).hint_text(hint).desired_width(f32::INFINITY));
            let field = field.labelled_by(caption.id);
            if first {
                focus_when_opened(ui, &field);
            }
            changed |= field.changed();
        }
        self.typed = Some(TypedRange { column: column.clone(), ends: [from.clone(), to.clone()], pass: now });
        if changed {
            wanted.set_column_filter(column, ColumnFilter::Between { from, to });
        }
    }
}

/// The ends of the range that a column is filtered by.
fn ends(column: &Column, filter: &PassageFilter) -> [String; 2] {
    match filter.columns.get(column) {
        Some(ColumnFilter::Between { from, to }) => [from.clone(), to.clone()],
        _ => Default::default(),
    }
}

/// Gives a field the keyboard focus when its popup opens.
fn focus_when_opened(ui: &Ui, field: &egui::Response) {
    let unfocused = ui.memory(|memory| memory.focused().is_none_or(|id| id != field.id));
    let now = ui.ctx().cumulative_pass_nr();
    let opened = ui.ctx().data_mut(|data| {
        let shown: &mut u64 = data.get_temp_mut_or_default(field.id);
        let opened = *shown + 1 < now;
        *shown = now;
        opened
    });
    if opened && unfocused {
        field.request_focus();
    }
}
