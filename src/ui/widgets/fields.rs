//! Fields with a caption that names them, and lists of short texts.

use crate::theme::icons as m;
use egui::{Align, Layout, Response, RichText, TextEdit, Ui};

use super::{ICON_BUTTON, icon_button, line_height};
use crate::theme::{Tokens, size, space};

/// A caption and under it a field that it names; of several rows where `rows` is more than one.
pub fn text_field(ui: &mut Ui, name: &str, text: &mut String, rows: usize, hint: &str) -> Response {
    let tokens = Tokens::of(ui);
    let caption = ui.label(RichText::new(name).size(size::SMALL).color(tokens.text_weak));
    let field =
        if rows > 1 { TextEdit::multiline(text).desired_rows(rows) } else { TextEdit::singleline(text) };
    ui.add(field.hint_text(hint).desired_width(f32::INFINITY)).labelled_by(caption.id)
}

/// A field in a row, named for screen readers alone.
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

/// A list of short texts that are added, changed, moved and taken out in their rows. `one` is what an entry is called.
/// Says whether somebody is typing in it.
pub fn text_list(ui: &mut Ui, one: &str, list: &mut Vec<String>, hint: &str) -> bool {
    let mut typing = false;
    let mut change = None;
    let count = list.len();
    for (at, text) in list.iter_mut().enumerate() {
        ui.push_id((one, at), |ui| {
            ui.horizontal(|ui| {
                let width = (ui.available_width() - 3.0 * ICON_BUTTON - 3.0 * space::S).max(60.0);
                let field = bare_field(ui, &format!("{one} {}", at + 1), text, hint, width);
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

fn entry_buttons(ui: &mut Ui, one: &str, at: usize, count: usize) -> Option<Change> {
    ui.spacing_mut().item_spacing.x = space::XS;
    let number = at + 1;
    let mut button = |enabled: bool, icon, name: String, change| {
        let clicked = ui.add_enabled_ui(enabled, |ui| icon_button(ui, icon, &name).clicked()).inner;
        clicked.then_some(change)
    };
    let up = button(at > 0, m::ICON_ARROW_UPWARD, format!("Move {one} {number} up (Alt+↑)"), Change::Up(at));
    let name = format!("Move {one} {number} down (Alt+↓)");
    let down = button(number < count, m::ICON_ARROW_DOWNWARD, name, Change::Down(at));
    let remove = button(true, m::ICON_CLOSE, format!("Remove {one} {number}"), Change::Remove(at));
    up.or(down).or(remove)
}

/// The field at the end of a list: what is typed there becomes an entry with Enter, or when the field is left.
fn new_entry(ui: &mut Ui, one: &str, list: &mut Vec<String>) -> bool {
    let id = ui.make_persistent_id(("new", one));
    let mut typed: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let field =
        bare_field(ui, &format!("New {one}"), &mut typed, &format!("Add {one}, then Enter"), f32::INFINITY);
    let added = field.lost_focus() && !typed.trim().is_empty();
    if added {
        list.push(typed.trim().to_owned());
        typed.clear();
        if ui.input(|input| input.key_pressed(egui::Key::Enter)) {
            field.request_focus();
        }
    }
    ui.data_mut(|data| data.insert_temp(id, typed));
    // What was added is whole, though the next may be typed at once.
    field.has_focus() && !added
}

/// A message that has a line of its own, whether it is there or not, so that nothing below it moves.
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
