//! The value of an attribute in its row, by kind: a list to choose from, yes or no, or a field.

use crate::theme::icons as m;
use egui::{FontId, Rect, Response, Sense, StrokeKind, Ui, vec2};
use smol_str::SmolStr;

use crate::theme::{Tokens, size, space};
use crate::{widgets, words};
use demarche_model::{AttributeDef, Value, ValueInput, ValueList};
use demarche_session::{CodebookAction, CodebookChange};

use super::attributes::{Attributes, icon_in};
use super::desk::{Desk, Line, Said, field_id};
use super::field::{self, Left};
use super::picker::{Offer, Options, Picked, Picker};
use crate::requests::Requests;

impl Attributes {
    pub(super) fn value(
        &mut self,
        ui: &mut Ui,
        desk: Desk<'_>,
        line: &Line<'_>,
        rect: Rect,
        requests: &mut Requests,
    ) {
        if !desk.editable {
            return read_only(ui, rect, line);
        }
        match line.attribute.kind.input() {
            ValueInput::Flag => flag(ui, desk, line, rect, requests),
            ValueInput::Typed => self.typed(ui, desk, line, rect, requests),
            ValueInput::Listed { .. } => self.listed(ui, desk, line, rect, requests),
        }
    }

    /// A value that is typed.
    fn typed(&mut self, ui: &mut Ui, desk: Desk<'_>, line: &Line<'_>, rect: Rect, requests: &mut Requests) {
        let (attribute, id) = (line.attribute, field_id(line.attribute));
        let draft = self.draft.as_ref().filter(|draft| draft.of == attribute.id);
        let value = line.value.value().map(Value::to_string).unwrap_or_default();
        let mut text = draft.map_or(value, |draft| draft.text.clone());
        let error = draft.and_then(|draft| draft.error.clone());
        let hint = match line.value {
            Said::Several => "several values",
            Said::Nothing | Said::Same(_) => words::attribute::typing_hint(&attribute.kind).unwrap_or("–"),
        };
        let (changed, left, response) = field::ui(ui, rect, id, attribute, hint, &mut text, error.is_some());
        if self.go.take_if(|go| *go == id).is_some() {
            response.request_focus();
        }
        if changed {
            self.draft = Some(desk.draft(attribute, text.clone()));
        }
        match left {
            Left::No => {}
            Left::Escape => {
                self.draft = None;
                self.focus();
            }
            Left::Enter | Left::Elsewhere => self.take(desk, line, left, requests),
        }
        match self.draft.as_ref().filter(|draft| draft.of == attribute.id).and_then(|d| d.error.as_ref()) {
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

    /// Sets the value that was typed, or says why the text is not one.
    fn take(&mut self, desk: Desk<'_>, line: &Line<'_>, left: Left, requests: &mut Requests) {
        if let Some(mut draft) = self.draft.take_if(|draft| draft.of == line.attribute.id) {
            let (kind, text) = (&line.attribute.kind, draft.text.trim());
            let to = kind.parse(text);
            if to.is_none() && !text.is_empty() {
                draft.error = Some(words::attribute::not_a_value(kind, text));
                self.draft = Some(draft);
                if left == Left::Enter {
                    self.go = Some(field_id(line.attribute));
                }
                return;
            }
            desk.set(line.attribute, to, requests);
        }
        if left == Left::Enter {
            self.focus();
        }
    }

    /// A value of a list.
    fn listed(&mut self, ui: &mut Ui, desk: Desk<'_>, line: &Line<'_>, rect: Rect, requests: &mut Requests) {
        let attribute = line.attribute;
        let chosen = texts(line.value);
        let unlisted: Vec<&SmolStr> = chosen
            .iter()
            .filter(|word| !options(desk, attribute).any(|option| option == word.as_str()))
            .collect();
        let (field, adder) = match unlisted.is_empty() {
            true => (rect, None),
            false => (rect.with_max_x(rect.right() - 22.0), Some(rect.with_min_x(rect.right() - 20.0))),
        };
        let response = choice_field(ui, field, line, !unlisted.is_empty());
        if let Some(adder) = adder {
            add_button(ui, adder, desk, attribute, &unlisted, requests);
        }
        let open = self.picker.as_ref().is_some_and(|picker| picker.of == attribute.id);
        if response.clicked() {
            self.picker = (!open).then(|| Picker::new(&attribute.id, String::new()));
            return;
        }
        let Some(picker) = self.picker.as_mut().filter(|_| open) else { return };
        let add = match attribute.kind.list() {
            Some(ValueList::Actors) => "New actor",
            Some(ValueList::Issues) => "New issue",
            Some(ValueList::Own(_)) | None => "Add to the list:",
        };
        let revision = desk.session.project().list_revision();
        let offer = Offer { options: &|| options(desk, attribute), revision, chosen: &chosen, add };
        match picker.ui(&response, offer) {
            Picked::Nothing => {}
            Picked::Value(word) => self.chose(desk, line, &word, requests),
            Picked::New(word) => {
                // Actors and issues join their list in the step that sets them.
                if attribute.kind.own_list().is_some() {
                    add_to_list(desk, attribute, &[&word], requests);
                }
                self.chose(desk, line, &word, requests);
            }
            Picked::Cancel => {
                self.picker = None;
                self.focus();
            }
            Picked::Elsewhere => self.picker = None,
        }
    }

    /// Sets what was chosen; of several choices the list stays open.
    fn chose(&mut self, desk: Desk<'_>, line: &Line<'_>, word: &SmolStr, requests: &mut Requests) {
        let kind = &line.attribute.kind;
        if !kind.takes_several() {
            self.picker = None;
            self.focus();
            return desk.set(line.attribute, kind.chosen([word.clone()]), requests);
        }
        if let Some(picker) = &mut self.picker {
            picker.again();
        }
        let mut several = texts(line.value);
        match several.iter().position(|known| known == word) {
            Some(at) => drop(several.remove(at)),
            None => several.push(word.clone()),
        }
        desk.set(line.attribute, kind.chosen(several), requests);
    }
}

/// The texts of a value, one for each of several choices.
fn texts(value: Said<'_>) -> Vec<SmolStr> {
    value.value().into_iter().flat_map(Value::texts).map(SmolStr::from).collect()
}

/// The entries of an attribute's list.
fn options<'a>(desk: Desk<'a>, attribute: &'a AttributeDef) -> Options<'a> {
    let project = desk.session.project();
    Box::new(attribute.kind.choices(project))
}

/// Adds words to the list that an attribute takes its values from.
fn add_to_list(desk: Desk<'_>, attribute: &AttributeDef, new: &[&SmolStr], requests: &mut Requests) {
    let longer = |list: &[String]| list.iter().cloned().chain(new.iter().map(|w| w.to_string())).collect();
    let more = |list: &[SmolStr]| list.iter().chain(new.iter().copied()).cloned().collect();
    let project = desk.session.project();
    let put = |kind| CodebookChange::PutAttribute(Box::new(AttributeDef { kind, ..attribute.clone() }));
    let change = match attribute.kind.list() {
        Some(ValueList::Actors) => CodebookChange::SetActors(longer(project.actors())),
        Some(ValueList::Issues) => CodebookChange::SetIssues(longer(project.issues())),
        Some(ValueList::Own(list)) => put(attribute.kind.with_list(more(list))),
        None => return,
    };
    requests.push(CodebookAction::Change(change));
}

fn add_button(
    ui: &mut Ui,
    rect: Rect,
    desk: Desk<'_>,
    attribute: &AttributeDef,
    unlisted: &[&SmolStr],
    requests: &mut Requests,
) {
    let name = format!("Add to the list of {}", attribute.name.to_lowercase());
    if icon_in(ui, rect, field_id(attribute).with("add"), m::ICON_PLAYLIST_ADD, &name).clicked() {
        add_to_list(desk, attribute, unlisted, requests);
    }
}

/// The field that opens a list.
fn choice_field(ui: &Ui, rect: Rect, line: &Line<'_>, unlisted: bool) -> Response {
    let tokens = Tokens::of(ui);
    let response = ui.interact(rect, field_id(line.attribute), Sense::click());
    let text = shown(line.value);
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(egui::Role::ComboBox, true, line.attribute.name.as_str());
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
    let words = rect.shrink2(vec2(space::S, 0.0)).with_max_x(rect.right() - 18.0);
    let colour = match line.value {
        Said::Same(_) if unlisted => tokens.warning,
        Said::Same(_) => tokens.text,
        _ => tokens.text_weak,
    };
    let end = widgets::line(ui, words, &text, FontId::proportional(size::INTERFACE), colour);
    let arrow = FontId::new(18.0, m::ICON_ARROW_DROP_DOWN.font_family());
    let right = rect.with_max_x(rect.right() - 1.0);
    widgets::line_right(ui, right, m::ICON_ARROW_DROP_DOWN.codepoint, arrow, tokens.text_weak);
    if unlisted {
        let name = line.attribute.name.to_lowercase();
        return response.on_hover_text(format!("“{text}” is not in the list of {name}"));
    }
    let long = end >= words.right() - 1.0;
    let several = line.value == Said::Several;
    match (several, long) {
        (true, _) => {
            response.on_hover_text("The chosen passages say different things; what you choose replaces it")
        }
        (_, true) => response.on_hover_text(text),
        _ => response,
    }
}

/// Yes, no, or neither.
fn flag(ui: &mut Ui, desk: Desk<'_>, line: &Line<'_>, rect: Rect, requests: &mut Requests) {
    let tokens = Tokens::of(ui);
    let (left, right) = rect.split_left_right_at_fraction(0.5);
    let halves = [
        ("yes", true, left.with_max_x(left.right() - 1.0)),
        ("no", false, right.with_min_x(right.left() + 1.0)),
    ];
    for (word, flag, rect) in halves {
        let on = line.value == Said::Same(&Value::Flag(flag));
        let id = field_id(line.attribute).with(word);
        let response = ui.interact(rect, id, Sense::click());
        let name = format!("{}: {word}", line.attribute.name);
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, on, &name));
        let visuals = ui.style().interact(&response);
        let fill = if on { tokens.chosen } else { visuals.weak_bg_fill };
        let stroke = if on { egui::Stroke::new(1.0, tokens.accent) } else { visuals.bg_stroke };
        ui.painter().rect(rect, visuals.corner_radius, fill, stroke, StrokeKind::Inside);
        if response.has_focus() {
            widgets::focus_ring(ui, rect);
        }
        let colour = if on { tokens.text } else { tokens.text_weak };
        let font = FontId::proportional(size::INTERFACE);
        ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, word, font, colour);
        let several = line.value == Said::Several;
        let response = if several {
            response.on_hover_text("The chosen passages say different things")
        } else {
            response
        };
        if response.clicked() {
            desk.set(line.attribute, (!on).then_some(Value::Flag(flag)), requests);
        }
    }
}

/// What others have said.
fn read_only(ui: &Ui, rect: Rect, line: &Line<'_>) {
    let tokens = Tokens::of(ui);
    let text = shown(line.value);
    let colour = if line.value == Said::Nothing { tokens.text_faint } else { tokens.text };
    widgets::line(ui, rect, &text, FontId::proportional(size::INTERFACE), colour);
    let response = ui.interact(rect, field_id(line.attribute), Sense::hover());
    let name = format!("{}: {text}", line.attribute.name);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &name));
    response.on_hover_text(text);
}

fn shown(value: Said<'_>) -> String {
    match value {
        Said::Nothing => "–".to_owned(),
        Said::Same(value) => value.to_string(),
        Said::Several => "several values".to_owned(),
    }
}
