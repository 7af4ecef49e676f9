//! A list of values: typing filters it, arrow keys move in it, and Enter, a digit or a click selects a value.

use crate::theme::icons as m;
use egui::{Align, Event, FontId, Key, Popup, PopupCloseBehavior, RectAlign, Response, Ui, vec2};
use smol_str::SmolStr;

use crate::theme::{Tokens, size, space};
use crate::widgets;
use crate::words::inspector as words;
use demarche_model::{AttributeId, Value};

use super::tab::Direction;

/// Most rows that are shown; typing finds the others.
const SHOWN: usize = 200;

/// Greatest height of the list, in points.
const HEIGHT: f32 = 9.0 * size::ROW + 8.0 * space::XS;

/// Least width of the list, in points.
const WIDTH: f32 = 190.0;

/// An open list.
pub(super) struct Picker {
    /// The attribute whose values it offers.
    pub attribute: AttributeId,
    typed: String,
    /// The value of the previous passage, which Enter takes.
    pub previous: Option<Value>,
    /// The direction in which Tab has left the list.
    pub left: Option<Direction>,
    /// The row at the keyboard cursor, once it was moved.
    at: Option<usize>,
    /// The values that match what is typed.
    found: Vec<SmolStr>,
    found_for: Option<(String, u64)>,
}

/// The values of a list.
pub(super) type Options<'a> = Box<dyn Iterator<Item = &'a str> + 'a>;

/// The contents of a list.
pub(super) struct Offer<'a> {
    /// Returns the values.
    pub options: &'a dyn Fn() -> Options<'a>,
    /// The revision of the values.
    pub revision: u64,
    /// The values that are set.
    pub set: &'a [SmolStr],
    /// The verb of the entry that adds a value to the list: `New actor`.
    pub add: &'a str,
}

/// The outcome of a list in this frame.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum PickerEvent {
    /// The list stays open.
    Nothing,
    /// This value was selected.
    Value(SmolStr),
    /// This value was typed; it has to be added to the list and selected.
    New(SmolStr),
    /// The value of the previous passage was taken.
    Previous(Value),
    /// Escape was pressed.
    Cancel,
    /// The click was outside the list.
    Elsewhere,
}

impl Picker {
    /// Creates an open list with this text typed. `previous` is offered while nothing is typed.
    pub(super) fn new(attribute: &AttributeId, typed: String, previous: Option<Value>) -> Self {
        let attribute = attribute.clone();
        Self { attribute, typed, previous, left: None, at: None, found: Vec::new(), found_for: None }
    }

    /// Clears what is typed, after one of several values was selected.
    pub(super) fn clear(&mut self) {
        self.typed.clear();
    }

    /// Shows the list under its field.
    pub(super) fn ui(&mut self, field: &Response, offer: Offer<'_>) -> PickerEvent {
        let mut open = true;
        let popup = Popup::from_response(field)
            .open_bool(&mut open)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .align(RectAlign::BOTTOM_END)
            .gap(2.0)
            .width(field.rect.width().max(WIDTH));
        let width = field.rect.width().max(WIDTH);
        let event = popup.show(|ui| {
            ui.set_width(width);
            self.content(ui, offer)
        });
        match event.map(|event| event.inner).unwrap_or(PickerEvent::Nothing) {
            PickerEvent::Nothing if !open => PickerEvent::Elsewhere,
            event => event,
        }
    }

    fn content(&mut self, ui: &mut Ui, offer: Offer<'_>) -> PickerEvent {
        let keys = Keys::take(ui);
        if keys.escape {
            return PickerEvent::Cancel;
        }
        self.left = Direction::take(ui);
        let digit = if self.typed.is_empty() { take_digit(ui) } else { None };
        let before = self.typed.clone();
        let field = egui::TextEdit::singleline(&mut self.typed)
            .hint_text(self.previous.as_ref().map_or(words::type_to_filter().into(), words::previous_value))
            .lock_focus(true)
            .desired_width(f32::INFINITY);
        let field = ui.add(field);
        if !field.has_focus() {
            field.request_focus();
        }
        let wanted = (self.typed.clone(), offer.revision);
        if self.found_for.as_ref() != Some(&wanted) {
            self.found = matching((offer.options)(), &self.typed);
            self.found_for = Some(wanted);
            self.at = None;
        }
        let typed = self.typed.trim();
        let new = !typed.is_empty() && !self.found.iter().any(|option| option == typed);
        let count = self.found.len() + usize::from(new);
        let ghost = self.previous.as_ref().filter(|_| self.typed.is_empty() && offer.set.is_empty());
        let is_first = |option: &SmolStr| {
            offer.set.contains(option) || ghost.is_some_and(|g| g.texts().eq([option.as_str()]))
        };
        let first = self.found.iter().position(|option| self.typed.is_empty() && is_first(option));
        let last = count.saturating_sub(1);
        let at = self.at.or(first).unwrap_or(0).min(last);
        let at = match (keys.down, keys.up) {
            (true, _) => (at + 1).min(last),
            (_, true) => at.saturating_sub(1),
            _ => at,
        };
        if keys.down || keys.up {
            self.at = Some(at);
        }
        let moved = keys.down || keys.up || before != self.typed;
        let taken = ghost.filter(|_| keys.enter && self.at.is_none()).cloned();
        let clicked = self.rows(ui, &offer, new, at, moved);
        if let Some(previous) = taken.filter(|_| clicked.is_none()) {
            return PickerEvent::Previous(previous);
        }
        let was_chosen = self.at.is_some() || !self.typed.is_empty();
        let is_set = self.found.get(at).is_some_and(|option| offer.set.contains(option));
        let tabbed = self.left.is_some() && was_chosen && !is_set;
        let enter = ((keys.enter || tabbed) && count > 0).then_some(at);
        match clicked.or(digit.filter(|digit| *digit < self.found.len())).or(enter) {
            Some(row) => match self.found.get(row) {
                Some(option) => PickerEvent::Value(option.clone()),
                None => PickerEvent::New(self.typed.trim().into()),
            },
            None => PickerEvent::Nothing,
        }
    }

    /// Shows the rows, and returns the one that was clicked.
    fn rows(&self, ui: &mut Ui, offer: &Offer<'_>, new: bool, at: usize, moved: bool) -> Option<usize> {
        let mut clicked = None;
        egui::ScrollArea::vertical().id_salt("options").max_height(HEIGHT).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for (number, option) in self.found.iter().enumerate() {
                let cap = (self.typed.is_empty() && number < 9).then_some(number + 1);
                let response = option_row(ui, option, cap, number == at, offer.set.contains(option));
                if moved && number == at {
                    response.scroll_to_me(Some(Align::Center));
                }
                if response.clicked() {
                    clicked = Some(number);
                }
            }
            if new {
                let text = words::new_option(offer.add, self.typed.trim());
                if option_row(ui, &text, None, at == self.found.len(), false).clicked() {
                    clicked = Some(self.found.len());
                }
            } else if self.found.is_empty() {
                widgets::weak(ui, words::empty_list());
            }
        });
        clicked
    }
}

/// Shows a value with its digit; `at` tells whether the keyboard cursor is on it.
fn option_row(ui: &mut Ui, text: &str, cap: Option<usize>, at: bool, set: bool) -> Response {
    let tokens = Tokens::of(ui);
    let (rect, response) = widgets::row(ui, size::ROW, at, text);
    if let Some(cap) = cap {
        let centre = rect.left_center() + vec2(space::XS + 9.0, 0.0);
        widgets::key_cap(ui, egui::Rect::from_center_size(centre, vec2(17.0, 17.0)), &cap.to_string());
    }
    let name = rect.with_min_x(rect.left() + 28.0).with_max_x(rect.right() - 22.0);
    let end = widgets::line(ui, name, text, FontId::proportional(size::INTERFACE), tokens.text);
    if set {
        let right = rect.with_max_x(rect.right() - space::XS);
        widgets::line_right(
            ui,
            right,
            m::ICON_CHECK.codepoint,
            FontId::new(15.0, m::ICON_CHECK.font_family()),
            tokens.accent,
        );
    }
    if end >= name.right() - 1.0 { response.on_hover_text(text) } else { response }
}

/// The keys that control the list.
struct Keys {
    down: bool,
    up: bool,
    enter: bool,
    escape: bool,
}

impl Keys {
    fn take(ui: &Ui) -> Self {
        ui.input_mut(|input| {
            let mut take = |key| input.consume_key(egui::Modifiers::NONE, key);
            Self {
                down: take(Key::ArrowDown),
                up: take(Key::ArrowUp),
                enter: take(Key::Enter),
                escape: take(Key::Escape),
            }
        })
    }
}

/// Consumes a digit, and returns the number of its row.
fn take_digit(ui: &Ui) -> Option<usize> {
    ui.input_mut(|input| {
        let digit = |event: &Event| match event {
            Event::Text(text) => {
                text.parse::<usize>().ok().filter(|digit| (1..=9).contains(digit) && text.len() == 1)
            }
            _ => None,
        };
        let at = input.events.iter().position(|event| digit(event).is_some())?;
        digit(&input.events.remove(at)).map(|digit| digit - 1)
    })
}

/// Returns the values that contain what is typed: first those that begin with it, then those with a word that does. If
/// nothing is typed, returns all in their order.
fn matching<'a>(options: impl Iterator<Item = &'a str>, typed: &str) -> Vec<SmolStr> {
    let typed = typed.trim().to_lowercase();
    let rank = |option: &str| {
        let option = option.to_lowercase();
        let mut words = option.split(|c: char| !c.is_alphanumeric());
        match option.find(&typed)? {
            0 => Some(0),
            _ if words.any(|word| word.starts_with(&typed)) => Some(1),
            _ => Some(2),
        }
    };
    let mut found: Vec<(i32, &str)> = options.filter_map(|option| Some((rank(option)?, option))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().take(SHOWN).map(|(_, option)| option.into()).collect()
}

#[cfg(test)]
mod tests {
    use super::matching;

    #[test]
    fn what_begins_with_the_words_comes_first() {
        let options = ["Estmark", "Lake Union", "Skippers’ union", "Norvania", "reunion"];
        let found = |typed| matching(options.into_iter(), typed);
        assert_eq!(found(""), options);
        assert_eq!(found("un"), ["Lake Union", "Skippers’ union", "reunion"]);
        assert_eq!(found("N"), ["Norvania", "Lake Union", "Skippers’ union", "reunion"]);
        assert_eq!(found("lake u"), ["Lake Union"]);
        assert!(found("x").is_empty());
    }
}
