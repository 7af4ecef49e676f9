//! The menu bar: menus, the switch between screens, undo, redo and the palette.

use egui::{Button, RichText, Ui};

use crate::commands::{Command, CommandId, DialogCommand, Entry, Menu, entries};
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::words::menu_bar as words;
use crate::{Settings, keys, screens, widgets};
use demarche_session::Session;

use super::menu_keys::MenuKeys;

/// Shows the menu bar. `focus` gives the keyboard to its first menu. `open` receives the recent project that was clicked.
pub fn ui(
    ui: &mut Ui,
    session: &Session,
    settings: &Settings,
    focus: bool,
    requests: &mut Requests,
    open: &mut Option<std::path::PathBuf>,
) {
    let form = BarForm::fitting(ui);
    egui::MenuBar::new().ui(ui, |ui| {
        let mut menus = |ui: &mut Ui| {
            let buttons = Menu::ALL.map(|menu| {
                ui.menu_button(menu, |ui| contents(ui, menu, session, settings, requests, open)).response
            });
            buttons.into_iter().next()
        };
        let first = match form {
            BarForm::OneMenu => {
                let all = ui.menu_button(words::menu(), |ui| {
                    ui.set_min_width(140.0);
                    menus(ui);
                });
                Some(all.response)
            }
            BarForm::Wide | BarForm::ShortSearch | BarForm::ShortSwitch => menus(ui),
        };
        if let Some(first) = first.filter(|_| focus) {
            first.request_focus();
        }
        if form >= BarForm::ShortSwitch {
            screens::switch_menu(ui, session, requests);
        } else {
            screens::switch(ui, session, tools_width(form), requests);
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            palette_button(ui, form, requests);
            tool(ui, session, CommandId::Redo, requests);
            tool(ui, session, CommandId::Undo, requests);
        });
    });
}

/// The form of the bar: the first that fits, from wide to narrow.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum BarForm {
    /// Everything is written out.
    Wide,
    /// The search is an icon.
    ShortSearch,
    /// The switch between screens is a menu, too.
    ShortSwitch,
    /// The menus are in one menu.
    OneMenu,
}

/// Least width of a menu, in points.
const WIDTH: f32 = 290.0;

/// Width of the button that opens the palette, in points.
const SEARCH: f32 = 230.0;

/// What the button of a menu is wider than its name, in points.
const MENU_PADDING: f32 = 4.0;

/// Width of an icon button, with the space before it, in points.
const ICON: f32 = 28.0 + space::S;

/// Returns the width of what is on the right: search, redo and undo.
fn tools_width(form: BarForm) -> f32 {
    let search = if form == BarForm::Wide { SEARCH } else { ICON };
    search + 2.0 * ICON + 2.0 * space::S
}

impl BarForm {
    fn fitting(ui: &Ui) -> Self {
        let font = egui::TextStyle::Button.resolve(ui.style());
        let text =
            |name: &str| ui.painter().layout_no_wrap(name.to_owned(), font.clone(), Tokens::of(ui).text);
        let width = |name: &&str| text(name).size().x + MENU_PADDING + ui.spacing().item_spacing.x;
        let menus: f32 = Menu::ALL.iter().map(width).sum();
        let needed = |form: Self| {
            let switch = if form >= Self::ShortSwitch { screens::SWITCH_MENU } else { screens::SWITCH };
            menus + switch + tools_width(form) + 2.0 * space::S
        };
        let forms = [Self::Wide, Self::ShortSearch, Self::ShortSwitch];
        forms.into_iter().find(|form| needed(*form) <= ui.available_width()).unwrap_or(Self::OneMenu)
    }
}

/// Shows the entries of a menu.
fn contents(
    ui: &mut Ui,
    menu: &str,
    session: &Session,
    settings: &Settings,
    requests: &mut Requests,
    open: &mut Option<std::path::PathBuf>,
) {
    ui.set_min_width(WIDTH);
    // A long menu would not fit into a low window.
    let room = ui.ctx().content_rect().bottom() - ui.cursor().top() - space::L;
    let area = egui::ScrollArea::vertical().max_height(room).min_scrolled_height(room);
    area.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.spacing_mut().button_padding.x = space::S;
        if menu == "File" {
            recent(ui, session, settings, open);
        }
        let mut keys = MenuKeys::default();
        listed(ui, menu, session, settings, &mut keys, requests);
        keys.follow(ui);
    });
}

/// Shows the commands and submenus of a menu, with a separator between groups.
fn listed(
    ui: &mut Ui,
    menu: &str,
    session: &Session,
    settings: &Settings,
    keys: &mut MenuKeys,
    requests: &mut Requests,
) {
    let mut group = None;
    for item in entries(menu) {
        if group.is_some_and(|group| group != item.group()) {
            ui.separator();
        }
        group = Some(item.group());
        match item {
            Entry::Command(command) => {
                let response = entry(ui, command, session, settings, requests);
                keys.add(command.name, &response);
            }
            Entry::Submenu(submenu, commands) => {
                let name = words::submenu(submenu);
                let button = ui.menu_button((no_icon(), name), |ui| {
                    ui.set_min_width(WIDTH);
                    ui.spacing_mut().button_padding.x = space::S;
                    for command in commands {
                        entry(ui, command, session, settings, requests);
                    }
                });
                keys.add(name, &button.response);
            }
        }
    }
}

/// The space of an icon.
fn no_icon() -> egui::Atom<'static> {
    egui::AtomExt::atom_size(RichText::new(" ").size(16.0), egui::vec2(20.0, 18.0))
}

fn entry(
    ui: &mut Ui,
    command: &'static Command,
    session: &Session,
    settings: &Settings,
    requests: &mut Requests,
) -> egui::Response {
    let enabled = (command.enabled)(session);
    let title = command.title(session);
    let checked = command.checked.is_some_and(|checked| checked(session, settings));
    let mark = if checked { Some(crate::theme::icons::ICON_CHECK) } else { command.icon };
    let icon = mark.map_or_else(|| RichText::new(" "), |icon| icon.rich_text()).size(16.0);
    let icon = egui::AtomExt::atom_size(icon, egui::vec2(20.0, 18.0));
    let button = widgets::menu_entry(ui, (icon, title), command);
    let response = ui.add_enabled(enabled.is_ok(), button);
    let response = response.on_hover_text(keys::in_sentence(ui.ctx(), command.help));
    let response = match enabled {
        Err(why) => {
            let why = words::unavailable(command.help, why);
            response.on_disabled_hover_text(keys::in_sentence(ui.ctx(), &why))
        }
        Ok(()) => response,
    };
    if response.clicked() {
        requests.push(command.id);
        ui.close();
    }
    response
}

/// Number of recent projects in the menu.
const RECENT: usize = 8;

/// Shows the recent projects in a menu of their own.
fn recent(ui: &mut Ui, session: &Session, settings: &Settings, open: &mut Option<std::path::PathBuf>) {
    let others = settings.recent.iter().filter(|project| project.path != session.folder().root());
    let others: Vec<_> = others.take(RECENT).collect();
    if others.is_empty() {
        return;
    }
    ui.menu_button((no_icon(), words::recent()), |ui| {
        ui.set_min_width(WIDTH);
        for project in others {
            let path = project.path.display().to_string();
            if ui.button(project.shown_name()).on_hover_text(path).clicked() {
                *open = Some(project.path.clone());
                ui.close();
            }
        }
    });
    ui.separator();
}

fn tool(ui: &mut Ui, session: &Session, id: CommandId, requests: &mut Requests) {
    let command = id.command();
    let Some(icon) = command.icon else { return };
    let enabled = (command.enabled)(session).is_ok();
    let name = keys::with_shortcut(ui.ctx(), &command.title(session), id);
    ui.add_enabled_ui(enabled, |ui| {
        if widgets::icon_button(ui, icon, &name).clicked() {
            requests.push(command.id);
        }
    });
}

fn palette_button(ui: &mut Ui, form: BarForm, requests: &mut Requests) {
    let tokens = Tokens::of(ui);
    if form > BarForm::Wide {
        let name = keys::with_shortcut(ui.ctx(), words::palette(), CommandId::Palette);
        if widgets::icon_button(ui, crate::theme::icons::ICON_SEARCH, &name).clicked() {
            requests.push(DialogCommand::Palette);
        }
        return;
    }
    let icon = crate::theme::icons::ICON_SEARCH.rich_text().size(16.0).color(tokens.text_weak);
    let text = RichText::new(words::palette()).color(tokens.text_weak);
    let keys =
        RichText::new(keys::display(ui.ctx(), CommandId::Palette)).size(size::SMALL).color(tokens.text_weak);
    let button = Button::new((icon, text))
        .right_text(keys)
        .min_size(egui::vec2(SEARCH, size::ROW))
        .fill(tokens.raised);
    let hint = keys::with_shortcut(ui.ctx(), words::palette_hint(), CommandId::Palette);
    if ui.add(button).on_hover_text(hint).clicked() {
        requests.push(DialogCommand::Palette);
    }
    ui.add_space(space::XS);
}
