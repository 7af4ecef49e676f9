//! All keyboard shortcuts and mouse gestures, with a search.

use egui::{FontId, RichText, Ui, vec2};

use super::{Outcome, entered};
use crate::commands::{COMMANDS, Command, GESTURES, KeyContext, Menu};
use crate::keymap::Keymap;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use crate::words::{common, help as words};

/// Height in points of the rest of the window and of the dialog around the list.
const REST: f32 = 190.0;

/// Width from which there are two columns, in points.
const TWO_COLUMNS: f32 = 640.0;

/// The search in the list of shortcuts.
#[derive(Default)]
pub struct ShortcutsForm {
    query: String,
    focused: bool,
}

/// A part of the list.
struct Group {
    title: &'static str,
    rows: Vec<(&'static str, String)>,
}

impl ShortcutsForm {
    /// Shows the list.
    pub fn ui(&mut self, ui: &mut Ui) -> Outcome {
        super::title(ui, words::shortcuts());
        let field = egui::TextEdit::singleline(&mut self.query).hint_text(words::search_shortcuts());
        let field = ui.add(field.desired_width(f32::INFINITY));
        if !std::mem::replace(&mut self.focused, true) {
            field.request_focus();
        }
        ui.add_space(space::XS);
        let groups = groups(&self.query, &Keymap::of(ui.ctx()));
        let height = (ui.ctx().content_rect().height() - REST).max(120.0);
        let area =
            egui::ScrollArea::vertical().id_salt("shortcuts").max_height(height).min_scrolled_height(height);
        area.auto_shrink([false, false]).show(ui, |ui| {
            if groups.is_empty() {
                widgets::empty_state(ui, words::no_shortcuts(), words::no_shortcuts_hint());
            } else {
                columns(ui, &groups);
            }
        });
        self.buttons(ui)
    }

    /// Shows the buttons that close the list, or lead to the settings page.
    fn buttons(&self, ui: &mut Ui) -> Outcome {
        ui.add_space(space::M);
        let row = ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if widgets::primary_button(ui, common::close()).clicked() {
                return Outcome::Close;
            }
            if ui.button(words::change_shortcuts()).clicked() {
                Outcome::ChangeShortcuts
            } else {
                Outcome::Stay
            }
        });
        match row.inner {
            Outcome::Stay if entered(ui, true) => Outcome::Close,
            outcome => outcome,
        }
    }
}

/// The shortcuts that match, by menu and part of the window.
fn groups(query: &str, keymap: &Keymap) -> Vec<Group> {
    let query = query.to_lowercase();
    let has = |texts: &[&str]| {
        let all = texts.join("\n").to_lowercase();
        query.split_whitespace().all(|word| all.contains(word))
    };
    let of_commands = Menu::ALL.into_iter().map(|title| {
        let in_menu = COMMANDS.iter().filter(|command| command.menu.name() == title);
        let with_keys = in_menu.map(|command| (command, keymap.display_all(command.id)));
        let found = with_keys.filter(|(command, keys)| {
            !keys.is_empty() && has(&[title, command.name, command.help, &keys.join(" ")])
        });
        let rows = found.map(|(command, keys)| (command.name, shown_keys(command, &keys)));
        Group { title, rows: rows.collect() }
    });
    let of_gestures = GESTURES.iter().map(|group| {
        let found = group.rows.iter().filter(|(keys, what)| has(&[group.title, &keys.join(" "), what]));
        Group { title: group.title, rows: found.map(|(keys, what)| (*what, keys.join(", "))).collect() }
    });
    of_gestures.chain(of_commands).filter(|group| !group.rows.is_empty()).collect()
}

/// The first key of a command, with the place where it works.
fn shown_keys(command: &Command, keys: &[String]) -> String {
    let first = keys.first().cloned().unwrap_or_default();
    match command.key_context {
        KeyContext::Text => words::in_text(&first),
        KeyContext::Window | KeyContext::OutsideFields | KeyContext::Compare | KeyContext::Analyse => first,
    }
}

/// Shows groups in one or two columns of about the same length.
fn columns(ui: &mut Ui, groups: &[Group]) {
    let count = if ui.available_width() >= TWO_COLUMNS { 2 } else { 1 };
    let lines = |group: &Group| group.rows.len() + 2;
    let half = groups.iter().map(lines).sum::<usize>().div_ceil(count);
    ui.columns(count, |columns| {
        let mut shown = 0;
        for group in groups {
            let at = (shown / half.max(1)).min(count - 1);
            shown += lines(group);
            if let Some(column) = columns.get_mut(at) {
                show_group(column, group);
            }
        }
    });
}

fn show_group(ui: &mut Ui, group: &Group) {
    ui.add_space(space::S);
    ui.label(RichText::new(group.title).font(strong(size::INTERFACE)));
    for (name, keys) in &group.rows {
        row(ui, name, keys);
    }
}

/// Shows a shortcut. A long name wraps.
fn row(ui: &mut Ui, name: &str, keys: &str) {
    let tokens = Tokens::of(ui);
    let font = FontId::proportional(size::INTERFACE);
    let keys_galley = ui.painter().layout_no_wrap(keys.to_owned(), font.clone(), tokens.text_weak);
    let width = ui.available_width();
    let room = width - keys_galley.size().x - 2.0 * space::L;
    let name_galley = ui.painter().layout(name.to_owned(), font, tokens.text, room);
    let height = name_galley.size().y + space::XS;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), egui::Sense::hover());
    let label = words::shortcut(name, keys);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, label.clone()));
    let right = egui::pos2(rect.right() - space::L - keys_galley.size().x, rect.top());
    ui.painter().galley(rect.left_top(), name_galley, tokens.text);
    ui.painter().galley(right, keys_galley, tokens.text_weak);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(query: &str) -> Vec<&'static str> {
        groups(query, &Keymap::default())
            .into_iter()
            .flat_map(|group| group.rows)
            .map(|(name, _)| name)
            .collect()
    }

    #[test]
    fn shortcuts_are_found_by_name_key_and_place() {
        let all = COMMANDS.iter().filter(|command| !command.keys.is_empty()).count();
        let gestures: usize = GESTURES.iter().map(|group| group.rows.len()).sum();
        assert_eq!(names("").len(), all + gestures);
        assert_eq!(names("undo"), ["Undo", "Redo"], "by their help, too");
        assert!(names("ctrl+m").contains(&"Start link"));
        assert!(names("text triple-click").contains(&"Select sentence"));
        assert!(groups("zebra", &Keymap::default()).is_empty());
    }
}
