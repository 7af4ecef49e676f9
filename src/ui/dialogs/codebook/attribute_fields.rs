//! The fields of an attribute: what is typed of it, until it is taken.

use std::collections::BTreeSet;

use egui::Ui;
use smol_str::SmolStr;

use crate::theme::space;
use crate::widgets::{self, bare_field, message_line, text_field, text_list};
use demarche_model::{AttributeDef, AttributeKind, Codebook, Date, Value};
use demarche_session::Session;

/// The kinds, with what they are called.
const KINDS: [(&str, &str); 8] = [
    ("one choice", "One of a list of choices"),
    ("several choices", "Any number of a list of choices"),
    ("actor", "One of the project's actors"),
    ("issue", "One of the project's issues"),
    ("text", "Free text"),
    ("number", "A number"),
    ("yes or no", "Yes or no"),
    ("date", "A date"),
];

/// What a kind is called.
pub fn kind_name(kind: &AttributeKind) -> &'static str {
    KINDS[kind_number(kind)].0
}

fn kind_number(kind: &AttributeKind) -> usize {
    match kind {
        AttributeKind::Choice(_) => 0,
        AttributeKind::Choices(_) => 1,
        AttributeKind::Actor => 2,
        AttributeKind::Issue => 3,
        AttributeKind::Text => 4,
        AttributeKind::Number => 5,
        AttributeKind::Flag => 6,
        AttributeKind::Date => 7,
    }
}

/// What is typed of an attribute.
pub struct AttributeFields {
    draft: AttributeDef,
    hotkey: String,
    kind: usize,
    choices: Vec<String>,
    /// The default where it is typed: a text, a number, a date.
    typed: String,
    focus_name: bool,
}

impl AttributeFields {
    /// Begins with what the attribute says.
    pub fn new(attribute: &AttributeDef) -> Self {
        let choices = match &attribute.kind {
            AttributeKind::Choice(choices) | AttributeKind::Choices(choices) => {
                choices.iter().map(|choice| choice.to_string()).collect()
            }
            _ => Vec::new(),
        };
        let typed = match &attribute.default {
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Date(date)) => date.to_string(),
            _ => String::new(),
        };
        Self {
            draft: attribute.clone(),
            hotkey: attribute.hotkey.map(String::from).unwrap_or_default(),
            kind: kind_number(&attribute.kind),
            choices,
            typed,
            focus_name: false,
        }
    }

    /// Gives the name the keyboard.
    pub fn focus_name(&mut self) {
        self.focus_name = true;
    }

    /// Shows the fields; says whether somebody is typing.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session) -> bool {
        let codebook = session.project().codebook();
        let mut typing = self.name_and_key(ui);
        message_line(ui, self.problem(codebook).as_deref(), None);
        widgets::caption(ui, "Kind");
        widgets::combo(ui, "Kind", KINDS[self.kind].0, 220.0, |ui| {
            for (number, (name, hint)) in KINDS.iter().enumerate() {
                ui.selectable_value(&mut self.kind, number, *name).on_hover_text(*hint);
            }
        });
        if self.kind != kind_number(&self.draft.kind) {
            self.draft.default = None;
            self.typed.clear();
            self.draft.kind = self.finished_kind();
        }
        if self.kind < 2 {
            ui.add_space(space::S);
            widgets::caption(ui, "Choices");
            typing |= text_list(ui, "choice", &mut self.choices, "");
        }
        ui.add_space(space::S);
        widgets::caption(ui, "New passages start with");
        typing |= self.default(ui, session);
        ui.add_space(space::S);
        typing |= text_field(ui, "Definition", &mut self.draft.definition, 3, "What it says of a passage")
            .has_focus();
        ui.add_space(space::S);
        self.categories(ui, codebook);
        typing
    }

    fn name_and_key(&mut self, ui: &mut Ui) -> bool {
        let mut typing = false;
        ui.horizontal_top(|ui| {
            let width = ui.available_width() - 80.0;
            ui.allocate_ui(egui::vec2(width, 0.0), |ui| {
                ui.vertical(|ui| {
                    let field = text_field(ui, "Name", &mut self.draft.name, 1, "");
                    if std::mem::take(&mut self.focus_name) {
                        field.request_focus();
                    }
                    typing |= field.has_focus();
                });
            });
            ui.vertical(|ui| {
                ui.set_width(60.0);
                let field = text_field(ui, "Key", &mut self.hotkey, 1, "none");
                let field = field.on_hover_text("The letter that leads to it in the inspector");
                if field.changed() {
                    let last = self.hotkey.trim().chars().last();
                    self.hotkey = last.map(|key| key.to_lowercase().to_string()).unwrap_or_default();
                }
                typing |= field.has_focus();
            });
        });
        typing
    }

    /// Why name or key can't be taken as they are.
    fn problem(&self, codebook: &Codebook) -> Option<String> {
        let name = self.draft.name.trim();
        if name.is_empty() {
            return Some("An attribute needs a name.".to_owned());
        }
        if !self.hotkey.is_empty() && self.key().is_none() {
            return Some("A key is a letter from a to z.".to_owned());
        }
        let mut others = codebook.attributes.iter().filter(|other| other.id != self.draft.id);
        if let Some(clash) = others.clone().find(|other| other.hotkey.is_some() && other.hotkey == self.key())
        {
            return Some(format!("{} is the key of {}.", self.hotkey, clash.name));
        }
        others.any(|other| other.name == name).then(|| format!("There is another attribute {name}."))
    }

    fn key(&self) -> Option<char> {
        self.hotkey.trim().chars().next().filter(char::is_ascii_lowercase)
    }

    fn default(&mut self, ui: &mut Ui, session: &Session) -> bool {
        let project = session.project();
        match self.draft.kind {
            AttributeKind::Choice(_) => {
                let choices = self.choices.clone();
                self.default_of(ui, &choices);
            }
            AttributeKind::Actor => self.default_of(ui, project.actors()),
            AttributeKind::Issue => self.default_of(ui, project.issues()),
            AttributeKind::Choices(_) => self.several_defaults(ui),
            AttributeKind::Flag => {
                let mut on = self.draft.default == Some(Value::Flag(true));
                ui.checkbox(&mut on, "yes");
                self.draft.default = on.then_some(Value::Flag(true));
            }
            _ => return self.typed_default(ui),
        }
        false
    }

    fn default_of(&mut self, ui: &mut Ui, choices: &[String]) {
        let shown = match &self.draft.default {
            Some(Value::Choice(choice)) => choice.to_string(),
            _ => "nothing".to_owned(),
        };
        widgets::combo(ui, "New passages start with", shown, 220.0, |ui| {
            ui.selectable_value(&mut self.draft.default, None, "nothing");
            for choice in choices {
                let value = Some(Value::Choice(choice.into()));
                ui.selectable_value(&mut self.draft.default, value, choice);
            }
        });
    }

    fn several_defaults(&mut self, ui: &mut Ui) {
        let mut chosen: BTreeSet<SmolStr> = match &self.draft.default {
            Some(Value::Choices(chosen)) => chosen.clone(),
            _ => BTreeSet::new(),
        };
        if self.choices.is_empty() {
            widgets::weak(ui, "Add choices first.");
        }
        ui.horizontal_wrapped(|ui| {
            for choice in &self.choices {
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
        self.draft.default = (!chosen.is_empty()).then_some(Value::Choices(chosen));
    }

    fn typed_default(&mut self, ui: &mut Ui) -> bool {
        let hint = match self.draft.kind {
            AttributeKind::Number => "nothing, or a number",
            AttributeKind::Date => "nothing, or 2026-03-14",
            _ => "nothing",
        };
        let typing = bare_field(ui, "New passages start with", &mut self.typed, hint, 220.0).has_focus();
        let value = self.value();
        let wrong =
            (value.is_none() && !self.typed.trim().is_empty()).then_some("This does not fit the kind.");
        message_line(ui, wrong, None);
        self.draft.default = value;
        typing
    }

    fn value(&self) -> Option<Value> {
        let typed = self.typed.trim();
        match self.draft.kind {
            _ if typed.is_empty() => None,
            AttributeKind::Number => {
                typed.parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Number)
            }
            AttributeKind::Date => Date::parse(typed).map(|date| Value::Date(date.to_string().into())),
            _ => Some(Value::Text(typed.to_owned())),
        }
    }

    fn categories(&mut self, ui: &mut Ui, codebook: &Codebook) {
        widgets::caption(ui, "For these categories");
        let chosen = &mut self.draft.categories;
        let mut all = chosen.is_empty();
        if ui.checkbox(&mut all, "all categories").changed() {
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

    fn finished_kind(&self) -> AttributeKind {
        let choices = || {
            let mut seen = BTreeSet::new();
            let trimmed = self.choices.iter().map(|choice| SmolStr::new(choice.trim()));
            trimmed.filter(|choice| !choice.is_empty() && seen.insert(choice.clone())).collect()
        };
        match self.kind {
            0 => AttributeKind::Choice(choices()),
            1 => AttributeKind::Choices(choices()),
            2 => AttributeKind::Actor,
            3 => AttributeKind::Issue,
            4 => AttributeKind::Text,
            5 => AttributeKind::Number,
            6 => AttributeKind::Flag,
            _ => AttributeKind::Date,
        }
    }

    /// The attribute as typed. What can't be taken stays as `base` has it.
    pub fn finished(&self, base: &AttributeDef, codebook: &Codebook) -> AttributeDef {
        let mut attribute = AttributeDef { kind: self.finished_kind(), ..self.draft.clone() };
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
