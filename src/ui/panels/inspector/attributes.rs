//! The attributes of the selected passages: a row for each, and the keys that lead to the rows.
//!
//! The list has the keyboard focus as a whole: a letter leads to the attribute with that key, and Enter leads back to the
//! list.

use crate::theme::icons::MaterialIcon;
use egui::{Event, EventFilter, Id, Key, Modifiers, Rect, Sense, Ui, vec2};

use crate::commands::CommandId;
use crate::theme::{Tokens, size, space};
use crate::words::inspector as words;
use crate::{keys, widgets};
use demarche_model::{AttributeId, Value, ValueInput};
use demarche_session::{AnnotateAction, Session};

use super::field::Draft;
use super::inputs::{AttributeRow, CommonValue, Inputs, field_id};
use super::key_hints::key_hints;
use super::picker::Picker;
use super::tab::{Direction, Walk};
use crate::commands::FocusCommand;
use crate::requests::Requests;

/// The state of the list between frames.
#[derive(Default)]
pub(super) struct Attributes {
    /// The row at which the list gets the keyboard focus in the next frame.
    pub(super) focus: Option<usize>,
    /// The attribute whose row that is, if it was named.
    wanted: Option<AttributeId>,
    /// The row at the keyboard cursor.
    pub(super) cursor: usize,
    /// Whether Tab has led to the cursor, so that it leads on.
    pub(super) is_walking: bool,
    pub(super) walk: Option<Walk>,
    /// The row to scroll to.
    reveal: Option<usize>,
    /// The field that gets the keyboard focus in the next frame.
    pub(super) focus_field: Option<Id>,
    pub(super) draft: Option<Draft>,
    /// The value of the previous passage, offered in the typed field with the focus.
    pub(super) previous: Option<Value>,
    pub(super) picker: Option<Picker>,
}

impl Attributes {
    fn id() -> Id {
        Id::unique("attributes of the passage")
    }

    /// Gives the list the keyboard focus in the next frame.
    pub fn focus(&mut self) {
        self.focus_at(0);
    }

    /// Gives the list the keyboard focus in the next frame, with the cursor at a row.
    pub(super) fn focus_at(&mut self, row: usize) {
        self.focus = Some(row);
        self.is_walking = false;
    }

    /// Gives the row of an attribute the keyboard focus in the next frame.
    pub fn focus_on(&mut self, attribute: AttributeId) {
        self.focus_at(0);
        self.wanted = Some(attribute);
    }

    /// Sets a value that was typed for passages that are no longer selected, so that it is not lost.
    pub fn keep_draft(&mut self, session: &Session, requests: &mut Requests) {
        let Some(draft) = self.draft.take_if(|draft| draft.at != session.selected_spans()) else { return };
        let Some(attribute) = session.project().codebook().attribute(&draft.attribute) else { return };
        let to = attribute.kind.parse(&draft.text);
        if to.is_some() || draft.text.trim().is_empty() {
            requests.push(AnnotateAction::SetAttribute { at: draft.at, attribute: draft.attribute, to });
        }
    }

    /// Shows the rows.
    pub fn ui(&mut self, ui: &mut Ui, inputs: Inputs<'_>, requests: &mut Requests) {
        let codebook = inputs.session.project().codebook();
        let fits: Vec<_> = codebook.attributes.iter().filter(|a| inputs.common.fits(a)).collect();
        let keys = key_hints(&fits);
        let row = |(attribute, letter)| AttributeRow {
            attribute,
            letter,
            value: CommonValue::new(inputs.common, attribute),
        };
        let rows: Vec<AttributeRow<'_>> = fits.into_iter().zip(keys).map(row).collect();
        let keyboard = self.keyboard(ui, inputs, &rows, requests);
        if rows.is_empty() {
            widgets::weak(ui, words::no_attributes());
        }
        ui.spacing_mut().item_spacing.y = 2.0;
        for (index, row) in rows.iter().enumerate() {
            if self.reveal.take_if(|row| *row == index).is_some() {
                let next = ui.available_rect_before_wrap();
                ui.scroll_to_rect(next.with_max_y(next.top() + size::ROW), None);
            }
            self.row(ui, inputs, row, keyboard.then_some(index == self.cursor), requests);
        }
        self.follow_walk(ui, inputs, &rows, requests);
        leftovers(ui, inputs, requests);
    }

    /// Shows the heading, which has the keyboard focus while letters lead to rows, and returns whether it has.
    fn keyboard(
        &mut self,
        ui: &mut Ui,
        inputs: Inputs<'_>,
        rows: &[AttributeRow<'_>],
        requests: &mut Requests,
    ) -> bool {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
        let response = ui.interact(rect, Self::id(), Sense::focusable_noninteractive());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::List, true, words::attributes()));
        let requested = std::mem::take(&mut self.focus);
        if let Some(row) = requested.filter(|_| inputs.editable) {
            response.request_focus();
            let wanted = self.wanted.take();
            let at = rows.iter().position(|row| Some(&row.attribute.id) == wanted.as_ref()).unwrap_or(row);
            (self.cursor, self.picker, self.reveal) = (at, None, Some(at));
        }
        let keyboard = inputs.editable && response.has_focus();
        let tokens = Tokens::of(ui);
        let small = egui::FontId::proportional(size::SMALL);
        widgets::line(ui, rect, words::attributes(), small.clone(), tokens.text_weak);
        if keyboard {
            widgets::line_right(ui, rect, words::attribute_keys(), small, tokens.accent);
            // Keys of the frame in which the list gets the focus belong to the widget that had it before.
            if requested.is_none() {
                self.keys(ui, inputs, rows, requests);
            }
        } else if inputs.editable {
            let keys = keys::display(ui.ctx(), CommandId::EditAttributes);
            widgets::line_right(ui, rect, &keys, small, tokens.text_faint);
        }
        keyboard
    }

    fn keys(&mut self, ui: &Ui, inputs: Inputs<'_>, rows: &[AttributeRow<'_>], requests: &mut Requests) {
        let tab = self.is_walking;
        let filter = EventFilter { tab, horizontal_arrows: false, vertical_arrows: true, escape: true };
        ui.ctx().memory_mut(|memory| memory.set_focus_lock_filter(Self::id(), filter));
        let take = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let last = rows.len().saturating_sub(1);
        self.cursor = self.cursor.min(last);
        if take(Key::Escape) {
            return requests.push(FocusCommand::Text);
        }
        if let (true, Some(row)) = (tab, rows.get(self.cursor))
            && let Some(to) = Direction::take(ui)
        {
            return self.leave(row.attribute, to);
        }
        let before = self.cursor;
        if take(Key::ArrowDown) {
            self.cursor = (self.cursor + 1).min(last);
        }
        if take(Key::ArrowUp) {
            self.cursor = self.cursor.saturating_sub(1);
        }
        if self.cursor != before {
            self.reveal = Some(self.cursor);
        }
        if (take(Key::Delete) || take(Key::Backspace))
            && let Some(row) = rows.get(self.cursor)
        {
            inputs.set(row.attribute, None, requests);
        }
        if take(Key::Enter) || take(Key::Space) {
            return self.open(ui, inputs, rows, self.cursor, String::new(), requests);
        }
        if let Some((letter, rest)) = take_letter(ui)
            && let Some(index) = rows.iter().position(|row| row.letter == Some(letter))
        {
            self.cursor = index;
            self.open(ui, inputs, rows, index, rest, requests);
        }
    }

    /// Opens the field of a row with what was already typed.
    pub(super) fn open(
        &mut self,
        ui: &Ui,
        inputs: Inputs<'_>,
        rows: &[AttributeRow<'_>],
        index: usize,
        typed: String,
        requests: &mut Requests,
    ) {
        let Some(row) = rows.get(index) else { return };
        self.reveal = Some(index);
        match row.attribute.kind.input() {
            ValueInput::Flag => {
                let next = match row.value {
                    CommonValue::Same(Value::Flag(on)) => on.then_some(Value::Flag(false)),
                    CommonValue::Same(_) | CommonValue::Unset | CommonValue::Several => {
                        Some(Value::Flag(true))
                    }
                };
                inputs.set(row.attribute, next, requests);
            }
            ValueInput::Typed => {
                self.focus_field = Some(field_id(row.attribute));
                if !typed.is_empty() {
                    self.draft = Some(inputs.draft(row.attribute, typed));
                }
            }
            ValueInput::Listed { .. } => {
                self.picker = Some(Picker::new(&row.attribute.id, typed, inputs.previous(row)));
                ui.ctx().memory_mut(|memory| memory.surrender_focus(Self::id()));
            }
        }
    }

    /// Shows an attribute: key, name, value, and a button that clears it. `here` tells whether the keyboard cursor is on
    /// it, and is `None` if the list does not have the focus.
    fn row(
        &mut self,
        ui: &mut Ui,
        inputs: Inputs<'_>,
        row: &AttributeRow<'_>,
        here: Option<bool>,
        requests: &mut Requests,
    ) {
        let tokens = Tokens::of(ui);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::ROW), Sense::hover());
        if here == Some(true) {
            ui.painter().rect_filled(
                rect.expand2(vec2(space::XS, 0.0)),
                f32::from(size::RADIUS),
                tokens.selected,
            );
        }
        let parts = Parts::of(rect);
        caption(ui, parts.name, row, here.is_some());
        self.value(ui, inputs, row, parts.value, requests);
        if inputs.editable && row.value != CommonValue::Unset {
            let name = words::clear(&row.attribute.name);
            if clear(ui, parts.clear, field_id(row.attribute), &name) {
                self.draft = None;
                inputs.set(row.attribute, None, requests);
            }
        }
    }
}

/// The areas of the parts of a row.
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

/// Shows key and name; the tooltip has the definition of the attribute.
fn caption(ui: &Ui, rect: Rect, row: &AttributeRow<'_>, keyboard: bool) {
    let tokens = Tokens::of(ui);
    let cap = Rect::from_center_size(rect.left_center() + vec2(8.5, 0.0), vec2(17.0, 17.0));
    if let Some(letter) = row.letter {
        let letter = letter.to_string();
        if keyboard {
            ui.painter().rect_filled(cap, 3.0, tokens.accent);
            let font = crate::theme::strong(size::SMALL);
            ui.painter().text(cap.center(), egui::Align2::CENTER_CENTER, &letter, font, tokens.on_accent);
        } else {
            widgets::key_cap(ui, cap, &letter);
        }
    }
    let name = &row.attribute.name;
    let text = rect.with_min_x(cap.right() + 6.0);
    widgets::line(ui, text, name, egui::FontId::proportional(size::SMALL), tokens.text_weak);
    let response = ui.interact(rect, field_id(row.attribute).with("name"), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, name));
    response.on_hover_ui(|ui| {
        ui.strong(name);
        if !row.attribute.definition.is_empty() {
            ui.label(&row.attribute.definition);
        }
        if let Some(letter) = row.letter {
            let keys = keys::display(ui.ctx(), CommandId::EditAttributes);
            widgets::weak(ui, words::attribute_key(&keys, letter));
        }
    });
}

/// Shows a small ×, and returns whether it was clicked.
fn clear(ui: &Ui, rect: Rect, id: Id, name: &str) -> bool {
    icon_in(ui, rect, id.with("clear"), crate::theme::icons::ICON_CLOSE, name).clicked()
}

/// Shows an icon button in a given area, so that it does not increase the height of its row.
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

/// Shows values whose attributes are not defined for these categories.
fn leftovers(ui: &mut Ui, inputs: Inputs<'_>, requests: &mut Requests) {
    let codebook = inputs.session.project().codebook();
    let stray = inputs
        .common
        .values
        .iter()
        .filter(|(id, _)| codebook.attribute(id).is_none_or(|attribute| !inputs.common.fits(attribute)));
    for (number, (id, value)) in stray.enumerate() {
        if number == 0 {
            ui.add_space(space::XS);
            widgets::caption(ui, words::undefined_attributes());
        }
        let name = codebook.attribute(id).map_or(id.as_str(), |a| a.name.as_str());
        let value = value.as_ref().map_or_else(|| words::several_values().to_owned(), Value::to_string);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::ROW), Sense::hover());
        let parts = Parts::of(rect);
        let (small, tokens) = (egui::FontId::proportional(size::SMALL), Tokens::of(ui));
        widgets::line(ui, parts.name, name, small.clone(), tokens.text_weak);
        widgets::line(ui, parts.value, &value, small, tokens.text_weak);
        let label = words::value_label(name, &value);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &label));
        response.on_hover_text(label);
        if inputs.editable
            && clear(ui, parts.clear, Id::unique(("attribute", id.as_str())), &words::clear(name))
        {
            let at = inputs.at.to_vec();
            requests.push(AnnotateAction::SetAttribute { at, attribute: id.clone(), to: None });
        }
    }
}

/// Consumes what was typed, and returns its first letter or digit and the rest. If that is not a Latin letter, the key on
/// the keyboard counts.
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
