//! What is said of the chosen passages: a row for each attribute, and the keys that lead to the rows.
//!
//! The list of attributes takes the keyboard as a whole: a letter leads to the attribute of that letter, and from there
//! Enter leads back to the list.

use crate::theme::icons::MaterialIcon;
use egui::{Event, EventFilter, Id, Key, Modifiers, Rect, Sense, Ui, vec2};

use crate::theme::{Tokens, size, space};
use crate::widgets;
use demarche_model::{Value, ValueInput};
use demarche_session::{AnnotateAction, Session};

use super::desk::{Desk, Line, Said, field_id};
use super::field::Draft;
use super::letters::letters;
use super::picker::Picker;
use crate::commands::FocusCommand;
use crate::requests::Requests;

/// What the list remembers between frames.
#[derive(Default)]
pub(super) struct Attributes {
    /// The list shall have the keyboard at the next frame.
    focus: bool,
    /// The row that the keyboard stands at.
    row: usize,
    /// The row that shall come into sight.
    reveal: Option<usize>,
    /// The field that shall have the keyboard at the next frame.
    pub(super) go: Option<Id>,
    pub(super) draft: Option<Draft>,
    pub(super) picker: Option<Picker>,
}

impl Attributes {
    fn id() -> Id {
        Id::unique("attributes of the passage")
    }

    /// Gives the list the keyboard at the next frame.
    pub fn focus(&mut self) {
        self.focus = true;
    }

    /// Sees to it that what was typed for passages that are no longer chosen is not lost.
    pub fn keep_draft(&mut self, session: &Session, requests: &mut Requests) {
        let Some(draft) = self.draft.take_if(|draft| draft.at != session.selected_spans()) else { return };
        let Some(attribute) = session.project().codebook().attribute(&draft.of) else { return };
        let to = attribute.kind.parse(&draft.text);
        if to.is_some() || draft.text.trim().is_empty() {
            requests.push(AnnotateAction::SetAttribute { at: draft.at, attribute: draft.of, to });
        }
    }

    /// Shows the rows.
    pub fn ui(&mut self, ui: &mut Ui, desk: Desk<'_>, requests: &mut Requests) {
        let codebook = desk.session.project().codebook();
        let fits: Vec<_> = codebook.attributes.iter().filter(|a| desk.common.fits(a)).collect();
        let letters = letters(&fits);
        let line = |(attribute, letter)| Line { attribute, letter, value: Said::of(desk.common, attribute) };
        let lines: Vec<Line<'_>> = fits.into_iter().zip(letters).map(line).collect();
        let keyboard = self.keyboard(ui, desk, &lines, requests);
        if lines.is_empty() {
            widgets::weak(ui, "The codebook has no attribute for this.");
        }
        ui.spacing_mut().item_spacing.y = 2.0;
        for (number, line) in lines.iter().enumerate() {
            if self.reveal.take_if(|row| *row == number).is_some() {
                let next = ui.available_rect_before_wrap();
                ui.scroll_to_rect(next.with_max_y(next.top() + size::ROW), None);
            }
            self.row(ui, desk, line, keyboard.then_some(number == self.row), requests);
        }
        leftovers(ui, desk, requests);
    }

    /// The heading, which has the keyboard when letters lead to rows. Says whether it has.
    fn keyboard(&mut self, ui: &mut Ui, desk: Desk<'_>, lines: &[Line<'_>], requests: &mut Requests) -> bool {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
        let response = ui.interact(rect, Self::id(), Sense::focusable_noninteractive());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::List, true, "Attributes"));
        let asked = std::mem::take(&mut self.focus);
        if asked && desk.editable {
            response.request_focus();
            (self.row, self.picker, self.reveal) = (0, None, Some(0));
        }
        let keyboard = desk.editable && response.has_focus();
        let tokens = Tokens::of(ui);
        let small = egui::FontId::proportional(size::SMALL);
        widgets::line(ui, rect, "Who, whom, about what", small.clone(), tokens.text_weak);
        if keyboard {
            widgets::line_right(ui, rect, "letter · Esc", small, tokens.accent);
            // Keys of the frame in which the list was asked for belong to what was there before.
            if !asked {
                self.keys(ui, desk, lines, requests);
            }
        } else if desk.editable {
            widgets::line_right(ui, rect, "Ctrl+J", small, tokens.text_faint);
        }
        keyboard
    }

    fn keys(&mut self, ui: &Ui, desk: Desk<'_>, lines: &[Line<'_>], requests: &mut Requests) {
        let filter =
            EventFilter { tab: false, horizontal_arrows: false, vertical_arrows: true, escape: true };
        ui.ctx().memory_mut(|memory| memory.set_focus_lock_filter(Self::id(), filter));
        let take = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let last = lines.len().saturating_sub(1);
        self.row = self.row.min(last);
        if take(Key::Escape) {
            return requests.push(FocusCommand::Text);
        }
        let row = self.row;
        if take(Key::ArrowDown) {
            self.row = (self.row + 1).min(last);
        }
        if take(Key::ArrowUp) {
            self.row = self.row.saturating_sub(1);
        }
        if self.row != row {
            self.reveal = Some(self.row);
        }
        if (take(Key::Delete) || take(Key::Backspace))
            && let Some(line) = lines.get(self.row)
        {
            desk.set(line.attribute, None, requests);
        }
        if take(Key::Enter) || take(Key::Space) {
            return self.open(ui, desk, lines, self.row, String::new(), requests);
        }
        if let Some((letter, rest)) = take_letter(ui)
            && let Some(row) = lines.iter().position(|line| line.letter == Some(letter))
        {
            self.row = row;
            self.open(ui, desk, lines, row, rest, requests);
        }
    }

    /// Leads to the field of a row; what was typed already goes with it.
    fn open(
        &mut self,
        ui: &Ui,
        desk: Desk<'_>,
        lines: &[Line<'_>],
        row: usize,
        typed: String,
        requests: &mut Requests,
    ) {
        let Some(line) = lines.get(row) else { return };
        self.reveal = Some(row);
        match line.attribute.kind.input() {
            ValueInput::Flag => {
                let next = match line.value {
                    Said::Same(Value::Flag(on)) => on.then_some(Value::Flag(false)),
                    Said::Same(_) | Said::Nothing | Said::Several => Some(Value::Flag(true)),
                };
                desk.set(line.attribute, next, requests);
            }
            ValueInput::Typed => {
                self.go = Some(field_id(line.attribute));
                if !typed.is_empty() {
                    self.draft = Some(desk.draft(line.attribute, typed));
                }
            }
            ValueInput::Listed { .. } => {
                self.picker = Some(Picker::new(&line.attribute.id, typed));
                ui.ctx().memory_mut(|memory| memory.surrender_focus(Self::id()));
            }
        }
    }

    /// One attribute: letter, name, value, and a button that clears it. `here` says whether the keyboard stands at it,
    /// `None` where the list has no keyboard.
    fn row(
        &mut self,
        ui: &mut Ui,
        desk: Desk<'_>,
        line: &Line<'_>,
        here: Option<bool>,
        requests: &mut Requests,
    ) {
        let tokens = Tokens::of(ui);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::ROW), Sense::hover());
        if here == Some(true) {
            ui.painter().rect_filled(
                rect.expand2(vec2(space::XS, 0.0)),
                f32::from(size::RADIUS),
                tokens.chosen,
            );
        }
        let parts = Parts::of(rect);
        caption(ui, parts.name, line, here.is_some());
        self.value(ui, desk, line, parts.value, requests);
        if desk.editable && line.value != Said::Nothing {
            let name = format!("Clear {}", line.attribute.name.to_lowercase());
            if clear(ui, parts.clear, field_id(line.attribute), &name) {
                self.draft = None;
                desk.set(line.attribute, None, requests);
            }
        }
    }
}

/// Where the parts of a row lie.
struct Parts {
    name: Rect,
    value: Rect,
    clear: Rect,
}

impl Parts {
    fn of(rect: Rect) -> Self {
        let name = (rect.width() * 0.36).clamp(84.0, 150.0);
        let split = rect.left() + name;
        let end = rect.right() - 22.0;
        Self {
            name: rect.with_max_x(split - space::XS),
            value: Rect::from_min_max(
                egui::pos2(split, rect.top() + 1.0),
                egui::pos2(end, rect.bottom() - 1.0),
            ),
            clear: Rect::from_min_max(egui::pos2(end + 2.0, rect.top() + 3.0), rect.max - vec2(0.0, 3.0)),
        }
    }
}

/// Letter and name; the tooltip says what the attribute means.
fn caption(ui: &Ui, rect: Rect, line: &Line<'_>, keyboard: bool) {
    let tokens = Tokens::of(ui);
    let cap = Rect::from_center_size(rect.left_center() + vec2(8.5, 0.0), vec2(17.0, 17.0));
    if let Some(letter) = line.letter {
        let letter = letter.to_string();
        if keyboard {
            ui.painter().rect_filled(cap, 3.0, tokens.accent);
            let font = crate::theme::strong(size::SMALL);
            ui.painter().text(cap.center(), egui::Align2::CENTER_CENTER, &letter, font, tokens.on_accent);
        } else {
            widgets::key_cap(ui, cap, &letter);
        }
    }
    let name = &line.attribute.name;
    let words = rect.with_min_x(cap.right() + 6.0);
    widgets::line(ui, words, name, egui::FontId::proportional(size::SMALL), tokens.text_weak);
    let response = ui.interact(rect, field_id(line.attribute).with("name"), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, name));
    response.on_hover_ui(|ui| {
        ui.strong(name);
        if !line.attribute.definition.is_empty() {
            ui.label(&line.attribute.definition);
        }
        if let Some(letter) = line.letter {
            widgets::weak(ui, format!("Ctrl+J, then {letter}"));
        }
    });
}

/// A small ×; says whether it was clicked.
fn clear(ui: &Ui, rect: Rect, id: Id, name: &str) -> bool {
    icon_in(ui, rect, id.with("clear"), crate::theme::icons::ICON_CLOSE, name).clicked()
}

/// A button with an icon alone at a place of its row, so that it does not make the row higher.
pub(super) fn icon_in(ui: &Ui, rect: Rect, id: Id, icon: MaterialIcon, name: &str) -> egui::Response {
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
    let tokens = Tokens::of(ui);
    if response.hovered() {
        ui.painter().rect_filled(rect, f32::from(size::RADIUS), tokens.hover);
    }
    if response.has_focus() {
        widgets::focus_ring(ui, rect);
    }
    let colour = if response.hovered() { tokens.text } else { tokens.text_weak };
    let font = egui::FontId::new(15.0, icon.font_family());
    ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, icon.codepoint, font, colour);
    response.on_hover_text(name)
}

/// Values that stand there although no attribute of these categories is defined for them.
fn leftovers(ui: &mut Ui, desk: Desk<'_>, requests: &mut Requests) {
    let codebook = desk.session.project().codebook();
    let stray = desk
        .common
        .values
        .iter()
        .filter(|(id, _)| codebook.attribute(id).is_none_or(|attribute| !desk.common.fits(attribute)));
    for (number, (id, value)) in stray.enumerate() {
        if number == 0 {
            ui.add_space(space::XS);
            widgets::caption(ui, "Said as well, though not for this category");
        }
        let name = codebook.attribute(id).map_or(id.as_str(), |a| a.name.as_str());
        let value = value.as_ref().map_or_else(|| "several values".to_owned(), Value::to_string);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::ROW), Sense::hover());
        let parts = Parts::of(rect);
        let (small, tokens) = (egui::FontId::proportional(size::SMALL), Tokens::of(ui));
        widgets::line(ui, parts.name, name, small.clone(), tokens.text_weak);
        widgets::line(ui, parts.value, &value, small, tokens.text_weak);
        response
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{name}: {value}")));
        response.on_hover_text(format!("{name}: {value}"));
        if desk.editable
            && clear(ui, parts.clear, Id::unique(("attribute", id.as_str())), &format!("Clear {name}"))
        {
            let at = desk.at.to_vec();
            requests.push(AnnotateAction::SetAttribute { at, attribute: id.clone(), to: None });
        }
    }
}

/// Takes the first letter or digit that was typed out of the input, and what was typed after it. Where nothing was
/// typed, or nothing Latin, the key itself counts.
fn take_letter(ui: &Ui) -> Option<(char, String)> {
    ui.input_mut(|input| {
        if input.modifiers.ctrl || input.modifiers.command || input.modifiers.alt {
            return None;
        }
        let mut typed = String::new();
        let mut key = None;
        input.events.retain(|event| match event {
            Event::Text(text) => {
                typed.push_str(text);
                false
            }
            Event::Key { key: logical, physical_key, pressed: true, modifiers, .. } if !modifiers.any() => {
                key = key.or(char_of(*logical)).or(physical_key.and_then(char_of));
                true
            }
            _ => true,
        });
        let first = typed.chars().next().filter(char::is_ascii_alphanumeric);
        let rest: String = typed.chars().skip(1).collect();
        Some((first.or(key)?.to_ascii_lowercase(), rest))
    })
}

fn char_of(key: Key) -> Option<char> {
    let mut name = key.name().chars();
    name.next().filter(|c| c.is_ascii_alphanumeric() && name.next().is_none())
}
