//! The Analyse screen: a filter on top, the views on the left, the current view in the middle, and the passages behind a
//! number on the right. On this screen no key ever tags.

mod filter;
mod head;
mod passages;
mod sentence;
mod table;

use std::sync::Arc;

use egui::{CentralPanel, Frame, Margin, Panel, RichText, Ui};

use crate::panels::banners;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use crate::words::analyse as words;
use demarche_analysis::bargain::PassageSet;
use demarche_analysis::views::{Sentence, Table};
use demarche_model::ViewKind;
use demarche_session::{AnalyseAction, AnalyseResult, Behind, ReadingFound, Session};

use self::table::{At, TableEvent, TableState};
use super::Around;
use filter::FilterBar;

/// Views that are listed first; the others follow below *More*.
const FIRST: usize = 6;

/// The state of the screen between frames.
#[derive(Default)]
pub struct AnalyseScreen {
    filter: FilterBar,
    /// A table per reading.
    tables: Vec<TableState>,
}

impl AnalyseScreen {
    /// Shows the screen.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, around: &mut Around<'_>, requests: &mut Requests) {
        let tokens = Tokens::of(ui);
        let side =
            Frame::new().fill(tokens.panel).inner_margin(Margin::symmetric(space::M as i8, space::S as i8));
        let page =
            Frame::new().fill(tokens.page).inner_margin(Margin::symmetric(space::L as i8, space::S as i8));
        Panel::top("analyse filter").frame(side).show(ui, |ui| self.filter.ui(ui, session, requests));
        let (mut left, mut right) = (around.settings.left_open, around.settings.right_open);
        Panel::left("analyse views")
            .default_size(190.0)
            .size_range(150.0..=320.0)
            .frame(side)
            .show_collapsible(ui, &mut left, |ui| views(ui, session, requests));
        Panel::right("analyse passages")
            .default_size(300.0)
            .size_range(220.0..=560.0)
            .frame(side)
            .show_collapsible(ui, &mut right, |ui| passages::passages(ui, session, requests));
        (around.settings.left_open, around.settings.right_open) = (left, right);
        CentralPanel::default().frame(page).show(ui, |ui| {
            banners::ui(ui, session, requests);
            self.centre(ui, session, requests);
        });
    }

    fn centre(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        head::head(ui, session, requests);
        let Some(result) = session.analyse().result().cloned() else {
            return widgets::empty_page(ui, words::not_counted_yet(), "");
        };
        notes(ui, session, &result);
        self.tables.resize_with(result.readings.len(), TableState::default);
        let several = result.readings.len() > 1;
        let height = ui.available_height() / result.readings.len().max(1) as f32;
        for (at, reading) in result.readings.iter().enumerate() {
            ui.push_id(at, |ui| {
                if several {
                    let name = reading.coder.as_ref().map_or("", |id| session.project().name_of(id));
                    ui.label(RichText::new(name).font(strong(size::INTERFACE)));
                }
                ui.allocate_ui(egui::vec2(ui.available_width(), height - 30.0), |ui| {
                    self.reading(ui, at, reading, requests);
                });
            });
        }
    }

    /// Shows what the view has found in one reading: a sentence, the table and its caption.
    fn reading(&mut self, ui: &mut Ui, at: usize, reading: &ReadingFound, requests: &mut Requests) {
        let answer = reading.found.answer();
        if let Some(missing) = &answer.missing {
            let (title, hint) = words::missing(missing);
            return widgets::empty_page(ui, &title, &hint);
        }
        let show = |(title, passages): (String, Arc<PassageSet>)| {
            AnalyseAction::Show(Behind { title, reading: at, passages })
        };
        if let Some(clicked) = sentence::sentence(ui, &answer.sentence, size::HEADING) {
            requests.push(show(clicked));
        }
        ui.add_space(space::S);
        let caption = caption_height(&answer.caption.0);
        let height = (ui.available_height() - caption).max(120.0);
        ui.allocate_ui(egui::vec2(ui.available_width(), height), |ui| {
            if let Some(event) = self.tables[at].ui(ui, &answer.table) {
                self.follow(at, event, &answer.table, requests);
            }
        });
        ui.add_space(space::XS);
        if let Some(clicked) = sentence::notes(ui, &answer.caption.0) {
            requests.push(show(clicked));
        }
    }

    /// Shows the passages behind the cell that was marked.
    fn follow(&mut self, reading: usize, event: TableEvent, table: &Table, requests: &mut Requests) {
        let (TableEvent::Marked(at) | TableEvent::Opened(at)) = event;
        self.tables[reading].marked = Some(at);
        match passages_of(table, at) {
            Some((title, passages)) => {
                requests.push(AnalyseAction::Show(Behind { title, reading, passages }));
            }
            None => requests.push(AnalyseAction::Clear),
        }
    }
}

/// The passages behind a cell, with a title such as `Estmark × fees`.
fn passages_of(table: &Table, at: At) -> Option<(String, Arc<PassageSet>)> {
    let row = table.rows.get(at.row)?;
    let passages = row.cells.get(at.column)?.passages.clone()?;
    let first = row.cells.first().map(|cell| words::value(&cell.value)).unwrap_or_default();
    let column = table.columns.get(at.column).map(|column| column.title.as_str()).unwrap_or_default();
    let title = if at.column == 0 { first } else { format!("{first} × {column}") };
    Some((title, passages))
}

fn caption_height(notes: &[Sentence]) -> f32 {
    notes.len() as f32 * 18.0 + space::S
}

/// Shows the list of views.
fn views(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    widgets::heading(ui, words::views(), |_| {});
    let question = session.analyse().question();
    for (at, kind) in ViewKind::ALL.into_iter().enumerate() {
        if at == FIRST {
            ui.add_space(space::S);
            widgets::caption(ui, words::more());
        }
        let current = question.view == kind;
        let (rect, response) = widgets::row(ui, size::ROW, current, words::view(kind));
        let tokens = Tokens::of(ui);
        let font =
            if current { strong(size::INTERFACE) } else { egui::FontId::proportional(size::INTERFACE) };
        widgets::line(ui, rect.shrink2(egui::vec2(space::S, 0.0)), words::view(kind), font, tokens.text);
        if response.on_hover_text(words::view_hint(kind)).clicked() && !current {
            let mut asked = question.clone();
            asked.view = kind;
            requests.push(AnalyseAction::Ask(Box::new(asked)));
        }
    }
}

/// Shows what is not counted, and why.
fn notes(ui: &mut Ui, session: &Session, result: &AnalyseResult) {
    let name = |id| session.project().name_of(id).to_owned();
    if result.unread > 0 {
        widgets::weak(ui, words::reading(result.documents - result.unread, result.documents));
    }
    for reading in &result.readings {
        if let Some(person) = &reading.stand_in {
            widgets::weak(ui, words::stand_in(&name(person)));
        }
    }
    if !result.undecided.is_empty() {
        widgets::weak(ui, words::undecided(result.undecided.len()));
    }
    let left_out: Vec<String> =
        result.not_counted.iter().map(|(id, number)| words::not_counted(&name(id), *number)).collect();
    if !left_out.is_empty() {
        widgets::weak(ui, left_out.join(" "));
    }
    if !result.unreadable.is_empty() {
        widgets::weak(ui, words::unreadable(result.unreadable.len()));
    }
}
