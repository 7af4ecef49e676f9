//! A list to choose a value from: narrowed by typing, walked with arrow keys, chosen from with Enter, a digit or a click.

use crate::theme::icons as m;
use egui::{Align, Event, FontId, Key, Popup, PopupCloseBehavior, RectAlign, Response, Ui, vec2};
use smol_str::SmolStr;

use crate::theme::{Tokens, size, space};
use crate::widgets;
use demarche_model::AttributeId;

/// Rows that are shown at most; typing finds the others.
const SHOWN: usize = 200;

/// Greatest height of the list in points.
const HEIGHT: f32 = 9.0 * size::ROW + 8.0 * space::XS;

/// Narrowest list in points.
const WIDTH: f32 = 190.0;

/// A list that is open.
pub(super) struct Picker {
    /// The attribute that it is for.
    pub of: AttributeId,
    typed: String,
    at: Option<usize>,
    found: Vec<SmolStr>,
    found_for: Option<(String, u64)>,
}

/// What can be chosen from.
pub(super) type Options<'a> = Box<dyn Iterator<Item = &'a str> + 'a>;

/// What a list offers.
pub(super) struct Offer<'a> {
    /// What can be chosen.
    pub options: &'a dyn Fn() -> Options<'a>,
    /// Moves on when these change.
    pub revision: u64,
    /// What is chosen.
    pub chosen: &'a [SmolStr],
    /// What adding a word that is not in the list is called: `New actor`.
    pub add: &'a str,
}

/// What became of a list in this frame.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Picked {
    /// It stays open.
    Nothing,
    /// This was chosen.
    Value(SmolStr),
    /// This was typed, is not in the list, and shall be added to it and chosen.
    New(SmolStr),
    /// Nothing was chosen: Escape.
    Cancel,
    /// Nothing was chosen: a click elsewhere.
    Elsewhere,
}

impl Picker {
    /// A list that opens with these words typed.
    pub(super) fn new(of: &AttributeId, typed: String) -> Self {
        Self { of: of.clone(), typed, at: None, found: Vec::new(), found_for: None }
    }

    /// Begins anew, as after a choice of several.
    pub(super) fn again(&mut self) {
        self.typed.clear();
    }

    /// Shows the list under its field.
    pub(super) fn ui(&mut self, field: &Response, offer: Offer<'_>) -> Picked {
        let mut open = true;
        let popup = Popup::from_response(field)
            .open_bool(&mut open)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .align(RectAlign::BOTTOM_END)
            .gap(2.0)
            .width(field.rect.width().max(WIDTH));
        let width = field.rect.width().max(WIDTH);
        let picked = popup.show(|ui| {
            ui.set_width(width);
            self.content(ui, offer)
        });
        match picked.map(|picked| picked.inner).unwrap_or(Picked::Nothing) {
            Picked::Nothing if !open => Picked::Elsewhere,
            picked => picked,
        }
    }

    fn content(&mut self, ui: &mut Ui, offer: Offer<'_>) -> Picked {
        let keys = Keys::take(ui);
        if keys.escape {
            return Picked::Cancel;
        }
        let digit = if self.typed.is_empty() { take_digit(ui) } else { None };
        let before = self.typed.clone();
        let field = egui::TextEdit::singleline(&mut self.typed)
            .hint_text("type to narrow")
            .desired_width(f32::INFINITY);
        let field = ui.add(field);
        if !field.has_focus() {
            field.request_focus();
        }
        let wanted = (self.typed.clone(), offer.revision);
        if self.found_for.as_ref() != Some(&wanted) {
            self.found = narrowed((offer.options)(), &self.typed);
            self.found_for = Some(wanted);
            self.at = None;
        }
        let typed = self.typed.trim();
        let new = !typed.is_empty() && !self.found.iter().any(|option| option == typed);
        let count = self.found.len() + usize::from(new);
        let first =
            self.found.iter().position(|option| self.typed.is_empty() && offer.chosen.contains(option));
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
        let clicked = self.rows(ui, &offer, new, at, moved);
        let enter = (keys.enter && count > 0).then_some(at);
        match clicked.or(digit.filter(|digit| *digit < self.found.len())).or(enter) {
            Some(row) => match self.found.get(row) {
                Some(option) => Picked::Value(option.clone()),
                None => Picked::New(self.typed.trim().into()),
            },
            None => Picked::Nothing,
        }
    }

    /// The rows; says which was clicked.
    fn rows(&self, ui: &mut Ui, offer: &Offer<'_>, new: bool, at: usize, moved: bool) -> Option<usize> {
        let mut clicked = None;
        egui::ScrollArea::vertical().id_salt("options").max_height(HEIGHT).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for (number, option) in self.found.iter().enumerate() {
                let cap = (self.typed.is_empty() && number < 9).then_some(number + 1);
                let response = option_row(ui, option, cap, number == at, offer.chosen.contains(option));
                if moved && number == at {
                    response.scroll_to_me(Some(Align::Center));
                }
                if response.clicked() {
                    clicked = Some(number);
                }
            }
            if new {
                let text = format!("{} “{}”", offer.add, self.typed.trim());
                if option_row(ui, &text, None, at == self.found.len(), false).clicked() {
                    clicked = Some(self.found.len());
                }
            } else if self.found.is_empty() {
                widgets::weak(ui, "The list is empty; type what shall be in it.");
            }
        });
        clicked
    }
}

fn option_row(ui: &mut Ui, text: &str, cap: Option<usize>, at: bool, chosen: bool) -> Response {
    let tokens = Tokens::of(ui);
    let (rect, response) = widgets::row(ui, size::ROW, at, text);
    if let Some(cap) = cap {
        let place = rect.left_center() + vec2(space::XS + 9.0, 0.0);
        widgets::key_cap(ui, egui::Rect::from_center_size(place, vec2(17.0, 17.0)), &cap.to_string());
    }
    let words = rect.with_min_x(rect.left() + 28.0).with_max_x(rect.right() - 22.0);
    let end = widgets::line(ui, words, text, FontId::proportional(size::INTERFACE), tokens.text);
    if chosen {
        let right = rect.with_max_x(rect.right() - space::XS);
        widgets::line_right(
            ui,
            right,
            m::ICON_CHECK.codepoint,
            FontId::new(15.0, m::ICON_CHECK.font_family()),
            tokens.accent,
        );
    }
    if end >= words.right() - 1.0 { response.on_hover_text(text) } else { response }
}

/// Keys that steer the list.
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

/// The number of the row whose digit was pressed.
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

/// The options that hold what is typed: those first that begin with it, then those in which a word does. All of them, as
/// they stand in the list, where nothing is typed.
fn narrowed<'a>(options: impl Iterator<Item = &'a str>, typed: &str) -> Vec<SmolStr> {
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
    use super::narrowed;

    #[test]
    fn what_begins_with_the_words_comes_first() {
        let options = ["Estmark", "Lake Union", "Skippers’ union", "Norvania", "reunion"];
        let found = |typed| narrowed(options.into_iter(), typed);
        assert_eq!(found(""), options);
        assert_eq!(found("un"), ["Lake Union", "Skippers’ union", "reunion"]);
        assert_eq!(found("N"), ["Norvania", "Lake Union", "Skippers’ union", "reunion"]);
        assert_eq!(found("lake u"), ["Lake Union"]);
        assert!(found("x").is_empty());
    }
}
