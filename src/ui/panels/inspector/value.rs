//! The value of an attribute in its row, by kind: a list, yes or no, or a field.

use crate::theme::icons as m;
use egui::{FontId, Rect, Response, Sense, StrokeKind, Ui, vec2};
use smol_str::SmolStr;

use crate::theme::{Tokens, size, space};
use crate::widgets;
use crate::words::{attribute as kinds, inspector as words};
use demarche_model::{AttributeDef, Value, ValueInput, ValueList};
use demarche_session::{CodebookAction, CodebookChange};

use super::attributes::{Attributes, icon_in};
use super::field::{self, Left};
use super::inputs::{AttributeRow, CommonValue, Inputs, field_id};
use super::picker::{Offer, Options, Picker, PickerEvent};
use super::tab::Direction;
use crate::requests::Requests;

impl Attributes {
    /// Shows the value, and lets the user edit it.
    pub(super) fn value(
        &mut self,
        ui: &mut Ui,
        inputs: Inputs<'_>,
        row: &AttributeRow<'_>,
        rect: Rect,
        requests: &mut Requests,
    ) {
        if !inputs.editable {
            return read_only(ui, rect, row);
        }
        match row.attribute.kind.input() {
            ValueInput::Flag => flag(ui, inputs, row, rect, requests),
            ValueInput::Typed => self.typed(ui, inputs, row, rect, requests),
            ValueInput::Listed { .. } => self.listed(ui, inputs, row, rect, requests),
        }
    }

    /// Shows a value that is typed.
    fn typed(
        &mut self,
        ui: &mut Ui,
        inputs: Inputs<'_>,
        row: &AttributeRow<'_>,
        rect: Rect,
        requests: &mut Requests,
    ) {
        let (attribute, id) = (row.attribute, field_id(row.attribute));
        let draft = self.draft.as_ref().filter(|draft| draft.attribute == attribute.id);
        let value = row.value.value().map(Value::to_string).unwrap_or_default();
        let mut text = draft.map_or(value, |draft| draft.text.clone());
        let error = draft.and_then(|draft| draft.error.clone());
        let has_focus = ui.memory(|memory| memory.has_focus(id));
        let tab = if has_focus { Direction::take(ui) } else { None };
        let hint = self.hint(row, has_focus);
        let (changed, left, response) = field::ui(ui, rect, id, attribute, &hint, &mut text, error.is_some());
        if self.focus_field.take_if(|field| *field == id).is_some() {
            response.request_focus();
        }
        if response.gained_focus() {
            self.previous = inputs.previous(row);
        }
        if changed {
            self.draft = Some(inputs.draft(attribute, text.clone()));
        }
        match left {
            Left::No => {}
            Left::Escape => {
                self.draft = None;
                self.focus();
            }
            Left::Enter | Left::Elsewhere => {
                self.apply_draft(inputs, row, left, requests);
            }
        }
        if let Some(tab) = tab.filter(|_| self.apply_draft(inputs, row, Left::Elsewhere, requests)) {
            response.surrender_focus();
            self.leave(attribute, tab);
        }
        match self
            .draft
            .as_ref()
            .filter(|draft| draft.attribute == attribute.id)
            .and_then(|d| d.error.as_ref())
        {
            Some(error) => {
                let colour = Tokens::of(ui).error;
                ui.label(egui::RichText::new(error).size(size::SMALL).color(colour));
            }
            None if response.has_focus() => {}
            None => {
                response.on_hover_text(text);
            }
        }
    }

    /// Returns the text of an empty field: the value of the previous passage while it has the focus, or what to type.
    fn hint(&self, row: &AttributeRow<'_>, has_focus: bool) -> String {
        let hint = match (row.value, &self.previous) {
            (CommonValue::Several, _) => words::several_values(),
            (CommonValue::Unset, Some(previous)) if has_focus => return words::previous_value(previous),
            (CommonValue::Unset | CommonValue::Same(_), _) => {
                kinds::typing_hint(&row.attribute.kind).unwrap_or(words::no_value())
            }
        };
        hint.to_owned()
    }

    /// Sets the value that was typed, or that of the previous passage on Enter in an empty field. Returns false, and shows
    /// why, if the text is not a value.
    fn apply_draft(
        &mut self,
        inputs: Inputs<'_>,
        row: &AttributeRow<'_>,
        left: Left,
        requests: &mut Requests,
    ) -> bool {
        if let Some(mut draft) = self.draft.take_if(|draft| draft.attribute == row.attribute.id) {
            let (kind, text) = (&row.attribute.kind, draft.text.trim());
            let to = kind.parse(text);
            if to.is_none() && !text.is_empty() {
                draft.error = Some(kinds::not_a_value(kind, text));
                self.draft = Some(draft);
                if left == Left::Enter {
                    self.focus_field = Some(field_id(row.attribute));
                }
                return false;
            }
            inputs.set(row.attribute, to, requests);
        } else if let Some(previous) = self.previous.take_if(|_| left == Left::Enter)
            && row.value == CommonValue::Unset
        {
            inputs.set(row.attribute, Some(previous), requests);
        }
        if left == Left::Enter {
            self.focus();
        }
        true
    }

    /// Shows a value of a list.
    fn listed(
        &mut self,
        ui: &mut Ui,
        inputs: Inputs<'_>,
        row: &AttributeRow<'_>,
        rect: Rect,
        requests: &mut Requests,
    ) {
        let attribute = row.attribute;
        let set = texts(row.value);
        let unlisted: Vec<&SmolStr> = set
            .iter()
            .filter(|word| !options(inputs, attribute).any(|option| option == word.as_str()))
            .collect();
        let (field, adder) = match unlisted.is_empty() {
            true => (rect, None),
            false => (rect.with_max_x(rect.right() - 22.0), Some(rect.with_min_x(rect.right() - 20.0))),
        };
        let response = choice_field(ui, field, row, !unlisted.is_empty());
        if let Some(adder) = adder {
            add_button(ui, adder, inputs, attribute, &unlisted, requests);
        }
        let open = self.picker.as_ref().is_some_and(|picker| picker.attribute == attribute.id);
        if response.clicked() {
            self.picker = (!open).then(|| Picker::new(&attribute.id, String::new(), inputs.previous(row)));
            return;
        }
        let Some(picker) = self.picker.as_mut().filter(|_| open) else { return };
        let add = match attribute.kind.list() {
            Some(ValueList::Actors) => words::new_actor(),
            Some(ValueList::Issues) => words::new_issue(),
            Some(ValueList::Own(_)) | None => words::add_to_list(),
        };
        let revision = inputs.session.project().list_revision();
        let offer = Offer { options: &|| options(inputs, attribute), revision, set: &set, add };
        let event = picker.ui(&response, offer);
        let left = picker.left.take();
        self.picked(inputs, row, event, requests);
        if let Some(left) = left {
            self.leave(attribute, left);
        }
    }

    /// Carries out what was picked in a list.
    fn picked(
        &mut self,
        inputs: Inputs<'_>,
        row: &AttributeRow<'_>,
        event: PickerEvent,
        requests: &mut Requests,
    ) {
        let attribute = row.attribute;
        match event {
            PickerEvent::Nothing => {}
            PickerEvent::Previous(value) => {
                self.picker = None;
                self.focus();
                inputs.set(attribute, Some(value), requests);
            }
            PickerEvent::Value(word) => self.select(inputs, row, &word, requests),
            PickerEvent::New(word) => {
                // Actors and issues join their list in the step that sets them.
                if attribute.kind.own_list().is_some() {
                    add_to_list(inputs, attribute, &[&word], requests);
                }
                self.select(inputs, row, &word, requests);
            }
            PickerEvent::Cancel => {
                self.picker = None;
                self.focus();
            }
            PickerEvent::Elsewhere => self.picker = None,
        }
    }

    /// Sets the selected value. The list stays open if the attribute takes several.
    fn select(
        &mut self,
        inputs: Inputs<'_>,
        row: &AttributeRow<'_>,
        word: &SmolStr,
        requests: &mut Requests,
    ) {
        let kind = &row.attribute.kind;
        if !kind.takes_several() {
            self.picker = None;
            self.focus();
            return inputs.set(row.attribute, kind.chosen([word.clone()]), requests);
        }
        if let Some(picker) = &mut self.picker {
            picker.clear();
        }
        let mut several = texts(row.value);
        match several.iter().position(|known| known == word) {
            Some(at) => drop(several.remove(at)),
            None => several.push(word.clone()),
        }
        inputs.set(row.attribute, kind.chosen(several), requests);
    }
}

/// Returns the texts of a value, one for each of several choices.
fn texts(value: CommonValue<'_>) -> Vec<SmolStr> {
    value.value().into_iter().flat_map(Value::texts).map(SmolStr::from).collect()
}

/// Returns the entries of an attribute's list.
fn options<'a>(inputs: Inputs<'a>, attribute: &'a AttributeDef) -> Options<'a> {
    let project = inputs.session.project();
    Box::new(attribute.kind.choices(project))
}

/// Adds entries to the list that an attribute takes its values from.
fn add_to_list(inputs: Inputs<'_>, attribute: &AttributeDef, new: &[&SmolStr], requests: &mut Requests) {
    let longer = |list: &[String]| list.iter().cloned().chain(new.iter().map(|w| w.to_string())).collect();
    let more = |list: &[SmolStr]| list.iter().chain(new.iter().copied()).cloned().collect();
    let project = inputs.session.project();
    let put = |kind| CodebookChange::PutAttribute(Box::new(AttributeDef { kind, ..attribute.clone() }));
    let change = match attribute.kind.list() {
        Some(ValueList::Actors) => CodebookChange::SetActors(longer(project.actors())),
        Some(ValueList::Issues) => CodebookChange::SetIssues(longer(project.issues())),
        Some(ValueList::Own(list)) => put(attribute.kind.with_list(more(list))),
        None => return,
    };
    requests.push(CodebookAction::Change(change));
}

/// Shows the button that adds values to the list of their attribute.
fn add_button(
    ui: &mut Ui,
    rect: Rect,
    inputs: Inputs<'_>,
    attribute: &AttributeDef,
    unlisted: &[&SmolStr],
    requests: &mut Requests,
) {
    let name = words::add_to_list_of(&attribute.name);
    if icon_in(ui, rect, field_id(attribute).with("add"), m::ICON_PLAYLIST_ADD, &name).clicked() {
        add_to_list(inputs, attribute, unlisted, requests);
    }
}

/// Shows the field that opens a list.
fn choice_field(ui: &Ui, rect: Rect, row: &AttributeRow<'_>, unlisted: bool) -> Response {
    let tokens = Tokens::of(ui);
    let response = ui.interact(rect, field_id(row.attribute), Sense::click());
    let text = shown(row.value);
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(egui::Role::ComboBox, true, row.attribute.name.as_str());
        info.current_text_value = Some(text.clone());
        info
    });
    let visuals = ui.style().interact(&response);
    ui.painter().rect(
        rect,
        visuals.corner_radius,
        visuals.weak_bg_fill,
        visuals.bg_stroke,
        StrokeKind::Inside,
    );
    if response.has_focus() {
        widgets::focus_ring(ui, rect);
    }
    let inner = rect.shrink2(vec2(space::S, 0.0)).with_max_x(rect.right() - 18.0);
    let colour = match row.value {
        CommonValue::Same(_) if unlisted => tokens.warning,
        CommonValue::Same(_) => tokens.text,
        CommonValue::Unset | CommonValue::Several => tokens.text_weak,
    };
    let end = widgets::line(ui, inner, &text, FontId::proportional(size::INTERFACE), colour);
    let arrow = FontId::new(18.0, m::ICON_ARROW_DROP_DOWN.font_family());
    let right = rect.with_max_x(rect.right() - 1.0);
    widgets::line_right(ui, right, m::ICON_ARROW_DROP_DOWN.codepoint, arrow, tokens.text_weak);
    if unlisted {
        return response.on_hover_text(words::not_in_list(&text, &row.attribute.name));
    }
    let long = end >= inner.right() - 1.0;
    let several = row.value == CommonValue::Several;
    match (several, long) {
        (true, _) => response.on_hover_text(words::several_values_replace_hint()),
        (false, true) => response.on_hover_text(text),
        (false, false) => response,
    }
}

/// Shows yes, no, or neither.
fn flag(ui: &mut Ui, inputs: Inputs<'_>, row: &AttributeRow<'_>, rect: Rect, requests: &mut Requests) {
    let tokens = Tokens::of(ui);
    let (left, right) = rect.split_left_right_at_fraction(0.5);
    let halves = [
        (words::yes(), true, left.with_max_x(left.right() - 1.0)),
        (words::no(), false, right.with_min_x(right.left() + 1.0)),
    ];
    for (word, flag, rect) in halves {
        let on = row.value == CommonValue::Same(&Value::Flag(flag));
        let id = field_id(row.attribute).with(flag);
        let response = ui.interact(rect, id, Sense::click());
        let name = words::value_label(&row.attribute.name, word);
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, on, &name));
        let visuals = ui.style().interact(&response);
        let fill = if on { tokens.selected } else { visuals.weak_bg_fill };
        let stroke = if on { egui::Stroke::new(1.0, tokens.accent) } else { visuals.bg_stroke };
        ui.painter().rect(rect, visuals.corner_radius, fill, stroke, StrokeKind::Inside);
        if response.has_focus() {
            widgets::focus_ring(ui, rect);
        }
        let colour = if on { tokens.text } else { tokens.text_weak };
        let font = FontId::proportional(size::INTERFACE);
        ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, word, font, colour);
        let several = row.value == CommonValue::Several;
        let response = if several { response.on_hover_text(words::several_values_hint()) } else { response };
        if response.clicked() {
            inputs.set(row.attribute, (!on).then_some(Value::Flag(flag)), requests);
        }
    }
}

/// Shows a value that can't be edited.
fn read_only(ui: &Ui, rect: Rect, row: &AttributeRow<'_>) {
    let tokens = Tokens::of(ui);
    let text = shown(row.value);
    let colour = if row.value == CommonValue::Unset { tokens.text_faint } else { tokens.text };
    widgets::line(ui, rect, &text, FontId::proportional(size::INTERFACE), colour);
    let response = ui.interact(rect, field_id(row.attribute), Sense::hover());
    let name = words::value_label(&row.attribute.name, &text);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &name));
    response.on_hover_text(text);
}

/// Returns a value as displayed.
fn shown(value: CommonValue<'_>) -> String {
    match value {
        CommonValue::Unset => words::no_value().to_owned(),
        CommonValue::Same(value) => value.to_string(),
        CommonValue::Several => words::several_values().to_owned(),
    }
}
