//! The shortcuts of all commands, which can be changed.

use egui::{Align, Button, EventFilter, KeyboardShortcut, Layout, RichText, ScrollArea, Ui, vec2};

use super::capture::{Captured, capture};
use crate::commands::{COMMANDS, Command, CommandId, Menu};
use crate::keymap::{Keymap, KeymapProblem, defaults, reserved, shortcut};
use crate::theme::icons as m;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use crate::words::{common, shortcuts as words};
use demarche_io::settings::ShortcutChanges;

/// Width of the shortcut of a command, in points.
const KEYS: f32 = 190.0;

/// The page of shortcuts.
pub struct ShortcutEditor {
    query: String,
    focused: bool,
    state: State,
    known: Known,
}

/// What is being changed.
enum State {
    Idle,
    /// The next key is the shortcut of a command.
    Capturing(CommandId),
    /// A key that a command can't have, with the reason.
    Refused(CommandId, String),
    /// Shortcuts of a command that others have.
    Clash(CommandId, Vec<KeyboardShortcut>),
    /// The question whether all are reset.
    ResetAll,
}

/// The keymap of some changes.
struct Known {
    changes: ShortcutChanges,
    keymap: Keymap,
    problems: Vec<KeymapProblem>,
}

impl Known {
    fn new(changes: &ShortcutChanges) -> Self {
        let (keymap, problems) = Keymap::new(changes);
        Self { changes: changes.clone(), keymap, problems }
    }
}

impl ShortcutEditor {
    /// The page, with the changes of the settings.
    pub fn new(changes: &ShortcutChanges) -> Self {
        Self { query: String::new(), focused: false, state: State::Idle, known: Known::new(changes) }
    }

    /// Returns whether the next key is a shortcut.
    pub fn is_capturing(&self) -> bool {
        matches!(self.state, State::Capturing(_))
    }

    /// Shows the page, in the given height.
    pub fn ui(&mut self, ui: &mut Ui, changes: &mut ShortcutChanges, height: f32) {
        self.take_key(ui, changes);
        if self.known.changes != *changes {
            self.known = Known::new(changes);
        }
        let top = ui.cursor().top();
        self.head(ui, changes);
        for problem in &self.known.problems {
            ui.label(RichText::new(words::problem(problem)).size(size::SMALL).color(Tokens::of(ui).warning));
        }
        ui.add_space(space::XS);
        let height = (height - (ui.cursor().top() - top)).max(60.0);
        let area = ScrollArea::vertical().id_salt("shortcuts").max_height(height).min_scrolled_height(height);
        area.auto_shrink([false, false]).show(ui, |ui| {
            ui.set_width(ui.available_width() - space::M);
            self.list(ui, changes);
        });
    }

    /// Shows the search, and the button that resets all shortcuts.
    fn head(&mut self, ui: &mut Ui, changes: &mut ShortcutChanges) {
        if let State::ResetAll = self.state {
            let count = changes.entries().map_or(1, Iterator::count);
            if let Some(yes) = question(ui, &words::ask_reset_all(count), words::reset_all()) {
                self.state = State::Idle;
                if yes {
                    *changes = ShortcutChanges::default();
                }
            }
            return;
        }
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let has_changes = *changes != ShortcutChanges::default();
                if ui.add_enabled(has_changes, Button::new(words::reset_all())).clicked() {
                    self.state = State::ResetAll;
                }
                let width = ui.available_width() - space::S;
                let field =
                    widgets::bare_field(ui, words::search_name(), &mut self.query, words::search(), width);
                if !std::mem::replace(&mut self.focused, true) {
                    field.request_focus();
                }
            });
        });
    }

    fn list(&mut self, ui: &mut Ui, changes: &mut ShortcutChanges) {
        let mut is_empty = true;
        for menu in Menu::ALL {
            let in_menu = COMMANDS.iter().filter(|command| command.menu.name() == menu);
            let found: Vec<&Command> = in_menu.filter(|command| self.matches(command)).collect();
            if found.is_empty() {
                continue;
            }
            is_empty = false;
            ui.add_space(space::S);
            ui.label(RichText::new(menu).font(strong(size::INTERFACE)));
            for command in found {
                self.row(ui, command, changes);
            }
        }
        if is_empty {
            widgets::empty_state(ui, words::no_command(), words::no_command_hint());
        }
    }

    fn matches(&self, command: &Command) -> bool {
        let keys = self.known.keymap.display_all(command.id).join(" ");
        let all = [command.menu.name(), command.name, command.help, &keys].join("\n").to_lowercase();
        self.query.to_lowercase().split_whitespace().all(|word| all.contains(word))
    }

    /// Shows a command with its shortcut, and below it what came of changing that.
    fn row(&mut self, ui: &mut Ui, command: &'static Command, changes: &mut ShortcutChanges) {
        let rect = ui.available_rect_before_wrap();
        let rect = rect.with_max_y(rect.top() + size::ROW);
        if !ui.is_rect_visible(rect.expand(size::ROW)) {
            ui.allocate_exact_size(rect.size(), egui::Sense::hover());
            return;
        }
        ui.allocate_ui_with_layout(rect.size(), Layout::right_to_left(Align::Center), |ui| {
            ui.set_min_height(size::ROW);
            self.buttons(ui, command, changes);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(egui::Label::new(command.name).truncate());
            });
        });
        self.below(ui, command, changes);
    }

    /// Shows the shortcut, as a button that changes it, and the buttons that remove and reset it.
    fn buttons(&mut self, ui: &mut Ui, command: &'static Command, changes: &mut ShortcutChanges) {
        let default = displayed(defaults(command.id));
        let is_changed = changes.contains(command.id.name());
        ui.add_enabled_ui(is_changed, |ui| {
            if widgets::icon_button(ui, m::ICON_UNDO, &words::reset_one(command.name, &default)).clicked() {
                self.assign(changes, command.id, defaults(command.id).collect());
            }
        });
        let keys = displayed(self.known.keymap.shortcuts(command.id).iter().copied());
        ui.add_enabled_ui(!self.known.keymap.shortcuts(command.id).is_empty(), |ui| {
            if widgets::icon_button(ui, m::ICON_CLOSE, &words::remove(command.name)).clicked() {
                self.assign(changes, command.id, Vec::new());
            }
        });
        let is_capturing = matches!(self.state, State::Capturing(id) if id == command.id);
        let text = if is_capturing { words::capture() } else { &keys };
        let colour = if is_changed || is_capturing { Tokens::of(ui).accent } else { Tokens::of(ui).text };
        let button = Button::new(RichText::new(text).color(colour)).min_size(vec2(KEYS, 0.0)).truncate();
        let button = ui.add_sized(vec2(KEYS, size::ROW - space::XS), button);
        let name =
            if is_capturing { words::capture().to_owned() } else { words::change(command.name, &keys) };
        button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
        if is_capturing {
            button.request_focus();
            let filter =
                EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(button.id, filter));
            button.on_hover_text(words::capture_hint());
        } else if button.on_hover_text(words::change_hint(command.help, &default)).clicked() {
            self.state = State::Capturing(command.id);
        }
    }

    /// Shows why a key can't be taken, or which commands have it.
    fn below(&mut self, ui: &mut Ui, command: &'static Command, changes: &mut ShortcutChanges) {
        match &self.state {
            State::Refused(id, why) if *id == command.id => {
                ui.label(RichText::new(why).size(size::SMALL).color(Tokens::of(ui).error));
            }
            State::Clash(id, shortcuts) if *id == command.id => {
                let (id, shortcuts) = (*id, shortcuts.clone());
                let text = self.clash_text(id, &shortcuts);
                if let Some(yes) = question(ui, &text, words::replace()) {
                    self.state = State::Idle;
                    if yes {
                        self.replace(changes, id, &shortcuts);
                    }
                }
            }
            State::Refused(..) | State::Clash(..) | State::Idle | State::Capturing(_) | State::ResetAll => {}
        }
    }

    fn clash_text(&self, id: CommandId, shortcuts: &[KeyboardShortcut]) -> String {
        let taken = shortcuts.iter().filter_map(|&shortcut| {
            let owners = self.known.keymap.owners(id, shortcut);
            let names: Vec<&str> = owners.iter().map(|owner| owner.command().name).collect();
            (!names.is_empty()).then(|| words::clash(&shortcut::display(shortcut), &names))
        });
        taken.collect::<Vec<_>>().join(" ")
    }

    /// Takes the key that was pressed for a shortcut.
    fn take_key(&mut self, ui: &Ui, changes: &mut ShortcutChanges) {
        let State::Capturing(id) = self.state else { return };
        match capture(ui.ctx()) {
            None => {}
            Some(Captured::Cancel) => self.state = State::Idle,
            Some(Captured::Shortcut(shortcut)) => match reserved(id.command(), shortcut) {
                Some(why) => {
                    let why = words::reserved(&shortcut::display(shortcut), why);
                    self.state = State::Refused(id, why);
                }
                None => self.assign(changes, id, vec![shortcut]),
            },
        }
    }

    /// Gives shortcuts to a command, or asks first if others have them.
    fn assign(&mut self, changes: &mut ShortcutChanges, id: CommandId, shortcuts: Vec<KeyboardShortcut>) {
        let is_taken = |shortcut: &KeyboardShortcut| !self.known.keymap.owners(id, *shortcut).is_empty();
        if shortcuts.iter().any(is_taken) {
            self.state = State::Clash(id, shortcuts);
        } else {
            self.state = State::Idle;
            set(changes, id, &shortcuts);
        }
    }

    /// Gives shortcuts to a command, and takes them from others.
    fn replace(&self, changes: &mut ShortcutChanges, id: CommandId, shortcuts: &[KeyboardShortcut]) {
        for shortcut in shortcuts {
            for owner in self.known.keymap.owners(id, *shortcut) {
                let mut left = self.known.keymap.shortcuts(owner).to_vec();
                left.retain(|other| !shortcuts.contains(other));
                set(changes, owner, &left);
            }
        }
        set(changes, id, shortcuts);
    }
}

/// Notes the shortcuts of a command if they are not the defaults.
fn set(changes: &mut ShortcutChanges, id: CommandId, shortcuts: &[KeyboardShortcut]) {
    if defaults(id).eq(shortcuts.iter().copied()) {
        changes.reset(id.name());
    } else {
        let keys = shortcuts.iter().map(|shortcut| shortcut::Written(*shortcut).to_string());
        changes.set(id.name(), keys.collect());
    }
}

fn displayed(shortcuts: impl Iterator<Item = KeyboardShortcut>) -> String {
    let keys: Vec<String> = shortcuts.map(shortcut::display).collect();
    if keys.is_empty() { words::none().to_owned() } else { keys.join("  ") }
}

/// Shows a question with a button that agrees, and Cancel. Returns the answer.
fn question(ui: &mut Ui, text: &str, yes: &str) -> Option<bool> {
    let mut answer = None;
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(text).color(Tokens::of(ui).warning));
        if ui.button(yes).clicked() {
            answer = Some(true);
        }
        if ui.button(common::cancel()).clicked() {
            answer = Some(false);
        }
    });
    answer
}
