//! Fields with captions, and lists of short texts.

use crate::theme::icons as m;
use egui::{Align, Layout, Response, RichText, TextEdit, Ui};

use super::{ICON_BUTTON, icon_button, line_height};
use crate::theme::{Tokens, size, space};
use crate::words::fields as words;

/// Shows a caption and a field below it. The field has several lines if `rows` is more than one.
pub fn text_field(ui: &mut Ui, name: &str, text: &mut String, rows: usize, hint: &str) -> Response {
    let tokens = Tokens::of(ui);
    let caption = ui.label(RichText::new(name).size(size::SMALL).color(tokens.text_weak));
    let field =
        if rows > 1 { TextEdit::multiline(text).desired_rows(rows) } else { TextEdit::singleline(text) };
    ui.add(field.hint_text(hint).desired_width(f32::INFINITY)).labelled_by(caption.id)
}

/// Shows a field without a caption. `name` is its accessible name.
pub fn bare_field(ui: &mut Ui, name: &str, text: &mut String, hint: &str, width: f32) -> Response {
    let field = ui.add(TextEdit::singleline(text).hint_text(hint).desired_width(width));
    let value = text.clone();
    field.widget_info(|| {
        let mut info = egui::WidgetInfo::text_edit(true, "", &value, "");
        info.label = Some(name.to_owned());
        info
    });
    field
}

/// Shows a list of short texts in which the user can add, edit, move and remove entries. `one` is the noun for an entry.
/// Returns whether the user is typing in it.
pub fn text_list(ui: &mut Ui, one: &str, list: &mut Vec<String>, hint: &str) -> bool {
    let mut typing = false;
    let mut change = None;
    let count = list.len();
    for (at, text) in list.iter_mut().enumerate() {
        ui.push_id((one, at), |ui| {
            ui.horizontal(|ui| {
                let width = (ui.available_width() - 3.0 * ICON_BUTTON - 3.0 * space::S).max(60.0);
                let field = bare_field(ui, &words::entry(one, at + 1), text, hint, width);
                typing |= field.has_focus();
                if field.lost_focus() && text.trim().is_empty() {
                    change = Some(Change::Remove(at));
                }
                change = keys(ui, &field, at).or(entry_buttons(ui, one, at, count)).or(change.take());
            });
        });
    }
    typing |= new_entry(ui, one, list);
    if let Some(change) = change {
        change.apply(list);
    }
    typing
}

/// A change of a list.
#[derive(Clone, Copy)]
enum Change {
    Up(usize),
    Down(usize),
    Remove(usize),
}

impl Change {
    fn apply(self, list: &mut Vec<String>) {
        match self {
            Self::Up(at) if at > 0 && at < list.len() => list.swap(at, at - 1),
            Self::Down(at) if at + 1 < list.len() => list.swap(at, at + 1),
            Self::Remove(at) if at < list.len() => {
                list.remove(at);
            }
            _ => {}
        }
    }
}

/// Handles the keys of an entry.
fn keys(ui: &Ui, field: &Response, at: usize) -> Option<Change> {
    if !field.has_focus() {
        return None;
    }
    ui.input_mut(|input| {
        let mut take = |key| input.consume_key(egui::Modifiers::ALT, key);
        match (take(egui::Key::ArrowUp), take(egui::Key::ArrowDown)) {
            (true, _) => Some(Change::Up(at)),
            (_, true) => Some(Change::Down(at)),
            _ => None,
        }
    })
}

/// Shows the buttons of an entry.
fn entry_buttons(ui: &mut Ui, one: &str, at: usize, count: usize) -> Option<Change> {
    ui.spacing_mut().item_spacing.x = space::XS;
    let number = at + 1;
    let mut button = |enabled: bool, icon, name: String, change| {
        let clicked = ui.add_enabled_ui(enabled, |ui| icon_button(ui, icon, &name).clicked()).inner;
        clicked.then_some(change)
    };
    let up = button(at > 0, m::ICON_ARROW_UPWARD, words::move_up(one, number), Change::Up(at));
    let name = words::move_down(one, number);
    let down = button(number < count, m::ICON_ARROW_DOWNWARD, name, Change::Down(at));
    let remove = button(true, m::ICON_CLOSE, words::remove(one, number), Change::Remove(at));
    up.or(down).or(remove)
}

/// Shows the field at the end of a list. Enter or leaving the field adds what is typed to the list.
fn new_entry(ui: &mut Ui, one: &str, list: &mut Vec<String>) -> bool {
    let id = ui.make_persistent_id(("new", one));
    let mut typed: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let field =
        bare_field(ui, &words::new_entry(one), &mut typed, &words::new_entry_hint(one), f32::INFINITY);
    let added = field.lost_focus() && !typed.trim().is_empty();
    if added {
        list.push(typed.trim().to_owned());
        typed.clear();
        if ui.input(|input| input.key_pressed(egui::Key::Enter)) {
            field.request_focus();
        }
    }
    ui.data_mut(|data| data.insert_temp(id, typed));
    // An added entry is complete, although the field keeps the focus for the next one.
    field.has_focus() && !added
}

/// Shows a message with an optional button, and returns whether that was clicked. Without a message the line stays empty, so
/// that nothing below it moves.
pub fn message_line(ui: &mut Ui, text: Option<&str>, action: Option<&str>) -> bool {
    let tokens = Tokens::of(ui);
    ui.allocate_ui_with_layout(
        egui::vec2(ui.available_width(), line_height()),
        Layout::left_to_right(Align::Center),
        |ui| {
            ui.set_min_height(line_height());
            let Some(text) = text else { return false };
            ui.label(RichText::new(text).size(size::SMALL).color(tokens.error));
            action.is_some_and(|action| ui.small_button(action).clicked())
        },
    )
    .inner
}
