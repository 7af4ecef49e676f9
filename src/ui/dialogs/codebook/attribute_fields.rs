//! The fields of an attribute, with what is typed until it is applied.

use std::collections::BTreeSet;

use egui::Ui;
use smol_str::SmolStr;

use super::attribute_meaning;
use crate::theme::space;
use crate::widgets::{self, bare_field, message_line, text_field, text_list};
use crate::words::attribute::{self as words, kind_name, kind_tooltip};
use crate::words::common;
use demarche_model::{AttributeDef, AttributeKind, Codebook, Value, ValueInput, ValueList};
use demarche_session::Session;

/// Width in points of the field for the key.
const KEY_WIDTH: f32 = 72.0;

/// The fields of an attribute.
pub struct AttributeFields {
    draft: AttributeDef,
    hotkey: String,
    /// The list of a kind that has its own, as typed; kept while another kind is tried.
    choices: Vec<String>,
    /// The default of a kind whose values are typed: text, number, date.
    typed_default: String,
    focus_name: bool,
}

impl AttributeFields {
    /// The fields with the attribute's values.
    pub fn new(attribute: &AttributeDef) -> Self {
        let choices = attribute.kind.own_list().unwrap_or_default();
        let default = attribute.default.as_ref().filter(|_| attribute.kind.input() == ValueInput::Typed);
        Self {
            draft: attribute.clone(),
            hotkey: attribute.hotkey.map(String::from).unwrap_or_default(),
            choices: choices.iter().map(ToString::to_string).collect(),
            typed_default: default.map(Value::to_string).unwrap_or_default(),
            focus_name: false,
        }
    }

    /// Gives the keyboard to the name.
    pub fn focus_name(&mut self) {
        self.focus_name = true;
    }

    /// Shows the fields; returns whether the user is typing.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session) -> bool {
        let codebook = session.project().codebook();
        let mut typing = self.name_and_key(ui);
        message_line(ui, self.problem(codebook).as_deref(), None);
        widgets::caption(ui, words::kind());
        self.kind(ui);
        if self.draft.kind.own_list().is_some() {
            ui.add_space(space::S);
            widgets::caption(ui, words::choices());
            typing |= text_list(ui, words::choice(), &mut self.choices, "");
        }
        ui.add_space(space::S);
        widgets::caption(ui, words::default());
        typing |= self.default(ui, session);
        ui.add_space(space::S);
        let (name, definition) = (common::definition(), &mut self.draft.definition);
        typing |= text_field(ui, name, definition, 3, words::definition_hint()).has_focus();
        ui.add_space(space::S);
        typing |= attribute_meaning::unit(ui, &mut self.draft);
        attribute_meaning::meanings(ui, &mut self.draft, &self.choices);
        ui.add_space(space::S);
        self.categories(ui, codebook);
        typing
    }

    fn kind(&mut self, ui: &mut Ui) {
        widgets::combo(ui, words::kind(), kind_name(&self.draft.kind), 220.0, |ui| {
            for kind in AttributeKind::ALL {
                let is_chosen = kind.is_same(&self.draft.kind);
                let option =
                    ui.selectable_label(is_chosen, kind_name(&kind)).on_hover_text(kind_tooltip(&kind));
                if option.clicked() && !is_chosen {
                    self.draft.kind = kind;
                    self.draft.default = None;
                    self.typed_default.clear();
                }
            }
        });
    }

    fn name_and_key(&mut self, ui: &mut Ui) -> bool {
        let mut typing = false;
        ui.horizontal_top(|ui| {
            let width = ui.available_width() - KEY_WIDTH - space::S;
            ui.allocate_ui(egui::vec2(width, 0.0), |ui| {
                ui.vertical(|ui| {
                    let field = text_field(ui, common::name(), &mut self.draft.name, 1, "");
                    if std::mem::take(&mut self.focus_name) {
                        field.request_focus();
                    }
                    typing |= field.has_focus();
                });
            });
            ui.vertical(|ui| {
                ui.set_width(KEY_WIDTH);
                let field = text_field(ui, words::key(), &mut self.hotkey, 1, words::key_none());
                let field = field.on_hover_text(words::key_hint());
                if field.changed() {
                    let last = self.hotkey.trim().chars().last();
                    self.hotkey = last.map(|key| key.to_lowercase().to_string()).unwrap_or_default();
                }
                typing |= field.has_focus();
            });
        });
        typing
    }

    /// Why name or key can't be applied as they are.
    fn problem(&self, codebook: &Codebook) -> Option<String> {
        let name = self.draft.name.trim();
        if name.is_empty() {
            return Some(words::name_missing().to_owned());
        }
        if !self.hotkey.is_empty() && self.key().is_none() {
            return Some(words::key_invalid().to_owned());
        }
        let mut others = codebook.attributes.iter().filter(|other| other.id != self.draft.id);
        if let Some(clash) = others.clone().find(|other| other.hotkey.is_some() && other.hotkey == self.key())
        {
            return Some(words::key_taken(&self.hotkey, &clash.name));
        }
        others.any(|other| other.name == name).then(|| words::name_taken(name))
    }

    fn key(&self) -> Option<char> {
        self.hotkey.trim().chars().next().filter(char::is_ascii_lowercase)
    }

    /// Shows the default; returns whether the user is typing.
    fn default(&mut self, ui: &mut Ui, session: &Session) -> bool {
        let project = session.project();
        match self.draft.kind.input() {
            ValueInput::Listed { list, several } => {
                let own = self.choices.clone();
                let choices = match list {
                    ValueList::Own(_) => &own,
                    ValueList::Actors => project.actors(),
                    ValueList::Issues => project.issues(),
                };
                if several { self.default_choices(ui, choices) } else { self.default_choice(ui, choices) }
            }
            ValueInput::Flag => {
                let mut on = self.draft.default == Some(Value::Flag(true));
                ui.checkbox(&mut on, words::yes());
                self.draft.default = on.then_some(Value::Flag(true));
            }
            ValueInput::Typed => return self.typed_default(ui),
        }
        false
    }

    fn default_choice(&mut self, ui: &mut Ui, choices: &[String]) {
        let default = self.draft.default.as_ref();
        let shown = default.map_or_else(|| words::nothing().to_owned(), Value::to_string);
        widgets::combo(ui, words::default(), shown, 220.0, |ui| {
            ui.selectable_value(&mut self.draft.default, None, words::nothing());
            for choice in choices {
                let value = Some(Value::Choice(choice.into()));
                ui.selectable_value(&mut self.draft.default, value, choice);
            }
        });
    }

    fn default_choices(&mut self, ui: &mut Ui, choices: &[String]) {
        let default = self.draft.default.iter();
        let mut chosen: BTreeSet<SmolStr> = default.flat_map(Value::choices).cloned().collect();
        if choices.is_empty() {
            widgets::weak(ui, words::no_choices());
        }
        ui.horizontal_wrapped(|ui| {
            for choice in choices {
                let choice = SmolStr::new(choice.trim());
                let mut on = chosen.contains(&choice);
                if ui.checkbox(&mut on, choice.as_str()).changed() {
                    if on {
                        chosen.insert(choice)
                    } else {
                        chosen.remove(&choice)
                    };
                }
            }
        });
        self.draft.default = self.draft.kind.chosen(chosen);
    }

    fn typed_default(&mut self, ui: &mut Ui) -> bool {
        let hint = words::default_hint(&self.draft.kind);
        let typed = &mut self.typed_default;
        let typing = bare_field(ui, words::default(), typed, &hint, 220.0).has_focus();
        let value = self.draft.kind.parse(typed);
        let invalid = value.is_none() && !typed.trim().is_empty();
        message_line(ui, invalid.then_some(words::default_invalid()), None);
        self.draft.default = value;
        typing
    }

    fn categories(&mut self, ui: &mut Ui, codebook: &Codebook) {
        widgets::caption(ui, words::categories());
        let chosen = &mut self.draft.categories;
        let mut all = chosen.is_empty();
        if ui.checkbox(&mut all, words::all_categories()).changed() {
            chosen.clear();
            if !all {
                chosen.extend(codebook.categories.first().map(|category| category.id.clone()));
            }
        }
        if all {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            for category in &codebook.categories {
                let mut on = chosen.contains(&category.id);
                if ui.checkbox(&mut on, &category.name).changed() {
                    chosen.retain(|id| *id != category.id);
                    if on {
                        chosen.push(category.id.clone());
                    }
                }
            }
        });
    }

    /// The kind with the list as typed.
    fn finished_kind(&self) -> AttributeKind {
        let mut seen = BTreeSet::new();
        let trimmed = self.choices.iter().map(|choice| SmolStr::new(choice.trim()));
        let list = trimmed.filter(|choice| !choice.is_empty() && seen.insert(choice.clone())).collect();
        self.draft.kind.with_list(list)
    }

    /// The attribute as typed. What is invalid stays as in `base`.
    pub fn finished(&self, base: &AttributeDef, codebook: &Codebook) -> AttributeDef {
        let mut attribute = AttributeDef { kind: self.finished_kind(), ..self.draft.clone() };
        attribute.unit = attribute.unit.map(|unit| unit.trim().to_owned()).filter(|unit| !unit.is_empty());
        attribute.name = attribute.name.trim().to_owned();
        if attribute.name.is_empty() {
            attribute.name.clone_from(&base.name);
        }
        let others = codebook.attributes.iter().filter(|other| other.id != base.id);
        let taken: Vec<char> = others.filter_map(|other| other.hotkey).collect();
        let refused = self.key().map_or(!self.hotkey.is_empty(), |key| taken.contains(&key));
        attribute.hotkey = if refused { base.hotkey } else { self.key() };
        attribute
    }
}
