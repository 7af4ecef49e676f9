//! The start page: shown while no project is open.

mod presence;
mod recent;
mod row;

use std::path::PathBuf;

use egui::{Id, Key, RichText, ScrollArea, Ui};

use self::presence::Presence;
use crate::commands::CommandId;
use crate::theme::{Tokens, size, space, strong};
use crate::words::{start as words, window as window_words};
use crate::{Settings, keys, widgets};

/// The commands that the page offers, in order.
const ACTIONS: [CommandId; 5] = [
    CommandId::NewFromFiles,
    CommandId::NewProject,
    CommandId::OpenProject,
    CommandId::OpenPacket,
    CommandId::OpenSample,
];

/// Widths of the page, of the commands and between the two columns, in points.
const PAGE: f32 = 940.0;
const COMMANDS: f32 = 320.0;
const GAP: f32 = 40.0;

/// Least width of the page for two columns, in points.
const TWO_COLUMNS: f32 = 660.0;

/// Height of the page, in points, below which no room is left above it.
const LOW: f32 = 480.0;

/// What the user chose on the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StartChoice {
    /// A command.
    Run(CommandId),
    /// A project to open.
    Open(PathBuf),
    /// A project to remove from the recent ones.
    Forget(PathBuf),
}

/// The state of the page.
#[derive(Default)]
pub struct StartPage {
    presence: Presence,
}

impl StartPage {
    /// Shows the page. `failure` is why a project could not be opened.
    pub fn ui(&mut self, ui: &mut Ui, settings: &Settings, failure: Option<&str>) -> Option<StartChoice> {
        self.presence.follow(ui.ctx(), settings);
        let frame = egui::Frame::new().fill(Tokens::of(ui).page).inner_margin(space::XL);
        let page = egui::CentralPanel::default().frame(frame).show(ui, |ui| {
            let area = ScrollArea::vertical().auto_shrink(false);
            area.show(ui, |ui| self.page(ui, settings, failure)).inner
        });
        page.inner
    }

    fn page(&self, ui: &mut Ui, settings: &Settings, failure: Option<&str>) -> Option<StartChoice> {
        // The scroll bar is over the margin.
        let width = (ui.available_width() - space::M).min(PAGE);
        let margin = (ui.available_width() - width) / 2.0;
        let top = ((ui.clip_rect().height() - LOW) / 4.0).clamp(0.0, space::XL * 2.0);
        ui.add_space(top);
        let centred = ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.add_space(margin);
            ui.vertical(|ui| {
                ui.set_width(width);
                heading(ui, failure);
                self.columns(ui, width, settings)
            })
            .inner
        });
        centred.inner
    }

    /// Shows commands and recent projects, next to each other if there is room.
    fn columns(&self, ui: &mut Ui, width: f32, settings: &Settings) -> Option<StartChoice> {
        let (mut upper, mut lower) = (Vec::new(), Vec::new());
        let choice = if width < TWO_COLUMNS {
            let command = commands(ui, &mut upper);
            ui.add_space(space::XL);
            command.or(recent::ui(ui, settings, &self.presence, &mut lower))
        } else {
            let columns = ui.horizontal_top(|ui| {
                let command = column(ui, COMMANDS, |ui| commands(ui, &mut upper));
                ui.add_space(GAP);
                let rest = width - COMMANDS - GAP;
                command.or(column(ui, rest, |ui| recent::ui(ui, settings, &self.presence, &mut lower)))
            });
            columns.inner
        };
        // The last project gets the keyboard, if there is one.
        focus_first(ui, lower.first().or(upper.first()).copied());
        move_focus(ui, &upper);
        move_focus(ui, &lower);
        choice
    }
}

fn column<R>(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let column = ui.vertical(|ui| {
        ui.set_width(width);
        contents(ui)
    });
    column.inner
}

fn heading(ui: &mut Ui, failure: Option<&str>) {
    let tokens = Tokens::of(ui);
    ui.label(RichText::new(window_words::app_name()).font(strong(26.0)).color(tokens.text));
    ui.label(RichText::new(words::subtitle()).color(tokens.text_weak));
    ui.add_space(space::L);
    if let Some(failure) = failure {
        ui.label(RichText::new(window_words::failure(failure)).color(tokens.error));
        ui.add_space(space::M);
    }
}

fn commands(ui: &mut Ui, rows: &mut Vec<Id>) -> Option<StartChoice> {
    let mut chosen = None;
    widgets::heading(ui, words::start(), |_| {});
    for id in ACTIONS {
        let command = id.command();
        let (name, icon) = (command.name, command.icon);
        let response = row::action(ui, name, icon, command.help, &keys::display(ui.ctx(), command.id));
        rows.push(response.id);
        if response.clicked() {
            chosen = Some(StartChoice::Run(id));
        }
    }
    ui.add_space(space::S);
    ui.label(RichText::new(words::drop_hint()).size(size::SMALL).color(Tokens::of(ui).text_weak));
    chosen
}

/// Gives the keyboard to a row while nothing else has it, so that the page can be used without a mouse.
fn focus_first(ui: &Ui, first: Option<Id>) {
    let is_covered =
        ui.memory(|memory| memory.top_modal_layer().is_some()) || egui::Popup::is_any_open(ui.ctx());
    if let Some(first) = first.filter(|_| !is_covered) {
        ui.memory_mut(|memory| {
            if memory.focused().is_none() {
                memory.request_focus(first);
            }
        });
    }
}

/// Moves the keyboard from row to row with the arrow keys, past the buttons in them.
fn move_focus(ui: &Ui, rows: &[Id]) {
    let focused = ui.memory(|memory| memory.focused());
    let Some(at) = rows.iter().position(|row| focused == Some(*row)) else { return };
    let (down, up) = ui.input(|input| (input.key_pressed(Key::ArrowDown), input.key_pressed(Key::ArrowUp)));
    let to = match (down, up) {
        (true, _) => at + 1,
        (false, true) => at.saturating_sub(1),
        (false, false) => return,
    };
    if let Some(row) = rows.get(to) {
        ui.memory_mut(|memory| memory.request_focus(*row));
    }
}
