//! The Analyse screen: a filter on top, the views on the left, the current view in the middle, and the passages behind a
//! number on the right. On this screen no key ever tags.

mod answers;
mod behind;
mod choice;
mod empty;
mod figure;
mod fill_in;
mod filter;
mod head;
mod keyboard;
mod notes;
mod passage;
mod passages;
mod room;
mod scale;
mod sentence;
mod table;
mod views;
mod waiting;

use std::collections::HashMap;
use std::sync::Arc;

use egui::{CentralPanel, Frame, Key, Margin, Panel, Rangef, RichText, ScrollArea, Ui};

use crate::commands::CommandId;
use crate::panels::banners;
use crate::requests::Requests;
use crate::sides::{self, Side, Sides};
use crate::theme::{Tokens, size, space, strong};
use crate::widgets::{self, Along};
use crate::words::analyse as words;
use demarche_analysis::bargain::PassageSet;
use demarche_analysis::views::{Missing, View};
use demarche_model::ViewKind;
use demarche_session::{AnalyseAction, AnalyseResult, Behind, ReadingFound, Session};

use super::Around;
use answers::AnswersPane;
use behind::{closed_groups, mark_date, node_name, passages_of, show_cell};
use figure::{CellEvent, FigureState};
use filter::TopBar;
use table::{At, Shown, TableEvent, TableState};
use views::ViewList;

/// Least height of a view with its options, in points.
const CENTRE_PT: f32 = 320.0;
/// Greatest height of the caption, in points.
const CAPTION_PT: f32 = 96.0;
/// Least width of a reading beside others, in points.
const BESIDE_PT: f32 = 480.0;
/// Least height of a reading above or below others, in points.
const READING_PT: f32 = 300.0;

/// The state of the screen between frames.
#[derive(Default)]
pub struct AnalyseScreen {
    filter: TopBar,
    views: ViewList,
    answers: AnswersPane,
    /// A table per view and reading.
    tables: HashMap<(ViewKind, usize), TableState>,
    /// A figure per view and reading.
    figures: HashMap<(ViewKind, usize), FigureState>,
    part: Part,
}

/// The part of the screen that keys walk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    /// The table of a reading, by its position.
    Table(usize),
    /// The passages behind a number.
    Passages,
    /// The demands and offers with possible answers.
    Waiting,
    /// The possible answers.
    Answers,
}

impl Default for Part {
    fn default() -> Self {
        Self::Table(0)
    }
}

impl AnalyseScreen {
    /// Gives the keyboard to the filter.
    pub fn edit_filter(&mut self) {
        self.filter.edit();
    }

    /// Gives the keyboard to the demands and offers with possible answers.
    pub fn go_to_answers(&mut self) {
        self.part = Part::Waiting;
    }

    /// Shows the screen.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, around: &mut Around<'_>, requests: &mut Requests) {
        let tokens = Tokens::of(ui);
        let side =
            Frame::new().fill(tokens.panel).inner_margin(Margin::symmetric(space::M as i8, space::S as i8));
        let page =
            Frame::new().fill(tokens.page).inner_margin(Margin::symmetric(space::L as i8, space::S as i8));
        Panel::top("analyse filter").frame(side).show(ui, |ui| self.filter.ui(ui, session, requests));
        let sides = around.divide(ui.available_width(), sides::ANALYSE, true);
        let left = self.left(ui, session, sides, &mut around.settings.left_open, side, requests);
        self.step_out(ui, session);
        self.right(ui, session, sides.right_of(left), &mut around.settings.right_open, side, requests);
        CentralPanel::default().frame(page).show(ui, |ui| {
            banners::ui(ui, session, requests);
            room::at_least(ui, CENTRE_PT, |ui| self.centre(ui, session, requests));
        });
    }

    /// Shows the views, unless they have no room. Returns the width of the panel.
    fn left(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        sides: Sides,
        open: &mut bool,
        frame: Frame,
        requests: &mut Requests,
    ) -> f32 {
        if *open && !sides.has(Side::Left) {
            return 0.0;
        }
        let widths = sides.left.unwrap_or(sides::ANALYSE.left);
        let width = widgets::panel_size(ui, "analyse views", Along::Width, 190.0, widths);
        let panel = Panel::left("analyse views").size_range(widths).frame(frame);
        panel.show_collapsible(ui, open, |ui| {
            if self.views.ui(ui, session, self.part == Part::Waiting, requests) {
                self.part = Part::Answers;
            }
        });
        if *open { width } else { 0.0 }
    }

    /// Shows the passages behind a number, unless they have no room.
    fn right(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        widths: Option<Rangef>,
        open: &mut bool,
        frame: Frame,
        requests: &mut Requests,
    ) {
        if *open && widths.is_none() {
            return;
        }
        let widths = widths.unwrap_or(sides::ANALYSE.right);
        widgets::panel_size(ui, "analyse passages", Along::Width, 300.0, widths);
        let panel = Panel::right("analyse passages").size_range(widths).frame(frame);
        panel.show_collapsible(ui, open, |ui| {
            passages::passages(ui, session, self.part == Part::Passages, requests);
        });
    }

    /// Goes back from the passages or possible answers to the table with Escape.
    fn step_out(&mut self, ui: &Ui, session: &Session) {
        let is_gone = match self.part {
            Part::Table(_) => false,
            Part::Passages => session.analyse().listed().is_none(),
            Part::Waiting => session.analyse().question().view != ViewKind::Asks,
            Part::Answers => session.possible_answers().is_none(),
        };
        let may_leave = !matches!(self.part, Part::Table(_)) && keyboard::is_free(ui);
        let escape = may_leave && keyboard::take(ui, Key::Escape);
        if is_gone || escape {
            self.part = Part::default();
        }
    }

    fn centre(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        head::head(ui, session, requests);
        let Some(result) = session.analyse().result().cloned() else {
            return widgets::empty_page(ui, words::not_counted_yet(), "");
        };
        if let Some(refusal) = &result.refusal {
            widgets::empty_page(ui, words::filter_refused(), &refusal.to_string());
            return ui.vertical_centered(|ui| empty::clear_filter(ui, requests)).inner;
        }
        notes::notes(ui, session, &result, requests);
        let has_several = result.readings.len() > 1;
        if result.question.view == ViewKind::Asks && (!has_several || session.possible_answers().is_some()) {
            let pane = Frame::new().inner_margin(Margin { top: space::S as i8, ..Margin::ZERO });
            let is_active = matches!(self.part, Part::Answers);
            Panel::bottom("possible answers")
                .resizable(true)
                .default_size(200.0)
                .size_range(120.0..=(ui.available_height() * 0.6).max(121.0))
                .frame(pane)
                .show(ui, |ui| self.answers.ui(ui, session, is_active, requests));
        }
        self.readings(ui, session, &result, requests);
    }

    /// Shows the readings: those of several coders side by side, or one below the other if there is no room.
    fn readings(&mut self, ui: &mut Ui, session: &Session, result: &AnalyseResult, requests: &mut Requests) {
        if let [only] = result.readings.as_slice() {
            return self.reading(ui, session, 0, only, requests);
        }
        let count = result.readings.len().max(1);
        if ui.available_width() / count as f32 >= BESIDE_PT {
            return ui.columns(count, |columns| {
                for ((at, reading), ui) in result.readings.iter().enumerate().zip(columns) {
                    ui.push_id(at, |ui| {
                        ui.set_min_size(ui.available_size());
                        self.coded(ui, session, at, reading, requests);
                    });
                }
            });
        }
        let height = (ui.available_height() / count as f32 - space::S).max(READING_PT);
        ScrollArea::vertical().id_salt("readings").auto_shrink(false).show(ui, |ui| {
            for (at, reading) in result.readings.iter().enumerate() {
                ui.push_id(at, |ui| {
                    room::exactly(ui, height, |ui| self.coded(ui, session, at, reading, requests));
                });
            }
        });
    }

    /// Shows the reading of one of several coders, below their name.
    fn coded(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        at: usize,
        reading: &ReadingFound,
        requests: &mut Requests,
    ) {
        let name = reading.coder.as_ref().map_or("", |id| session.project().name_of(id));
        ui.label(RichText::new(name).font(strong(size::INTERFACE)));
        self.reading(ui, session, at, reading, requests);
    }

    /// Shows what the view has found in one reading: a sentence, the table and its caption.
    fn reading(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        at: usize,
        reading: &ReadingFound,
        requests: &mut Requests,
    ) {
        let answer = reading.found.answer();
        let is_empty = answer.table.rows.is_empty();
        if let Some(missing) = &answer.missing {
            if is_empty || !matches!(missing, Missing::Dates { .. }) {
                return empty::page(ui, session, (at, reading), missing, requests);
            }
            empty::line(ui, session, (at, reading), missing, requests);
        }
        if let Some(lacking) = &reading.lacking {
            empty::line(ui, session, (at, reading), lacking, requests);
        }
        let show = |(title, passages): (String, Arc<PassageSet>)| {
            AnalyseAction::Show(Behind { title, reading: at, passages })
        };
        if !answer.sentence.is_empty() {
            ui.add_space(space::XS);
            if let Some(clicked) = sentence::sentence(ui, &answer.sentence, size::HEADING) {
                requests.push(show(clicked));
            }
            ui.add_space(space::S);
        }
        let caption = Panel::bottom(ui.scope_id().with("caption"));
        let caption = caption.resizable(false).show_separator_line(false).frame(Frame::NONE);
        caption.show(ui, |ui| {
            ScrollArea::vertical().max_height(CAPTION_PT).min_scrolled_height(CAPTION_PT).show(ui, |ui| {
                ui.add_space(space::XS);
                let links = |ui: &mut Ui| fill_in::links(ui, session, at, reading, requests);
                if let Some(clicked) = sentence::notes(ui, &answer.caption.0, links) {
                    requests.push(show(clicked));
                }
                ui.add_space(space::XS);
            });
        });
        match &reading.figure {
            Some(figure) if !session.analyse().shows_table() => {
                let state = self.figures.entry((reading.found.kind(), at)).or_default();
                let is_active = self.part == Part::Table(at);
                if let Some(event) = state.ui(ui, figure, session.analyse().serial(), is_active) {
                    self.follow(session, at, reading, event, requests);
                }
            }
            Some(_) | None => self.table(ui, session, at, reading, requests),
        }
    }

    /// Shows or opens the passages behind cells of a figure.
    fn follow(
        &mut self,
        session: &Session,
        at: usize,
        reading: &ReadingFound,
        event: CellEvent,
        requests: &mut Requests,
    ) {
        self.part = Part::Table(at);
        let show = |title, passages| AnalyseAction::Show(Behind { title, reading: at, passages });
        match event {
            CellEvent::Left => requests.push(AnalyseAction::Clear),
            CellEvent::Marked { title, passages, bin } => {
                mark_date(reading, bin, requests);
                requests.push(show(title, passages));
            }
            CellEvent::Opened { title, passages, bin, by_pointer } => {
                mark_date(reading, bin, requests);
                requests.push(show(title, passages.clone()));
                if by_pointer && matches!(reading.found, View::Time(_)) {
                    requests.push(CommandId::EditCalendar);
                } else {
                    self.enter(reading, &passages, requests);
                }
            }
            CellEvent::Moved { node, place } => {
                if let Some(name) = node_name(reading, node) {
                    let mut asked = session.analyse().question().clone();
                    asked.options.towards.places.insert(name, place);
                    requests.push(AnalyseAction::Ask(Box::new(asked)));
                }
            }
        }
    }

    /// Opens the only one of some passages, or goes to the list of several.
    fn enter(&mut self, reading: &ReadingFound, passages: &PassageSet, requests: &mut Requests) {
        match reading.spans(passages).as_slice() {
            [] => {}
            [only] => passages::open(only, requests),
            _ => {
                self.part = Part::Passages;
                requests.push(AnalyseAction::MarkPassage(0));
            }
        }
    }

    fn table(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        at: usize,
        reading: &ReadingFound,
        requests: &mut Requests,
    ) {
        let table = &reading.found.answer().table;
        let closed = closed_groups(&reading.found);
        let is_active = self.part == Part::Table(at);
        let shown = Shown { table, serial: session.analyse().serial(), closed: &closed, is_active };
        let state = self.tables.entry((reading.found.kind(), at)).or_default();
        let Some(event) = state.ui(ui, shown) else { return };
        match event {
            TableEvent::Marked(cell) => {
                state.mark(Some(cell), table);
                self.part = Part::Table(at);
                mark_date(reading, Some(cell.row), requests);
                show_cell(reading, at, cell, requests);
            }
            TableEvent::Opened(cell) => {
                state.mark(Some(cell), table);
                self.open(session, at, reading, cell, requests);
            }
            TableEvent::Left => {
                state.mark(None, table);
                requests.push(AnalyseAction::Clear);
            }
        }
    }

    /// Opens a cell: its only passage, the list if it has several, or the possible answers of a demand or offer.
    fn open(
        &mut self,
        session: &Session,
        at: usize,
        reading: &ReadingFound,
        cell: At,
        requests: &mut Requests,
    ) {
        show_cell(reading, at, cell, requests);
        let table = &reading.found.answer().table;
        let is_candidates = table.columns.get(cell.column).is_some_and(|column| column.name == "candidates");
        let Some((_, behind)) = passages_of(table, cell) else { return };
        let has_answers = session.possible_answers().is_some_and(|answers| !answers.answers.is_empty());
        if is_candidates && has_answers {
            self.part = Part::Answers;
            return;
        }
        self.enter(reading, &behind, requests);
    }
}
