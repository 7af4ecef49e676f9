//! The fields of a category, with what is typed until it is applied.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::theme::icons as m;
use egui::Ui;
use smol_str::SmolStr;

use super::colours::colour_choice;
use super::role_choice::role_choice;
use crate::theme::space;
use crate::widgets::{self, bare_field, message_line, text_field, text_list};
use crate::words::{categories as words, common, roles as role_words};
use demarche_model::{Category, CategoryId, Codebook, MoveRole, OwnRole};

/// Width in points of the field for the key.
const KEY_WIDTH: f32 = 72.0;

/// The fields of a category.
pub struct CategoryFields {
    draft: Category,
    hotkey: String,
    codes: Vec<(String, String)>,
    /// The role that the category states itself; its code is not among the others.
    role: OwnRole,
    focus_name: bool,
    /// Whether the name was edited: an empty name is no mistake before that.
    name_edited: bool,
}

/// The events of a frame.
#[derive(Default)]
pub struct FieldEvents {
    /// Whether the user is typing, so that nothing is applied yet.
    pub typing: bool,
    /// Whether Enter was pressed in the name or the key.
    pub entered: bool,
    /// The category that is to give its key to this one.
    pub release_key_of: Option<CategoryId>,
}

impl CategoryFields {
    /// The fields with the category's values.
    pub fn new(category: &Category) -> Self {
        let codes = category.codes.iter().filter(|(scheme, _)| *scheme != MoveRole::SCHEME);
        let codes = codes.map(|(scheme, codes)| (scheme.to_string(), codes.join(", ")));
        Self {
            draft: category.clone(),
            hotkey: category.hotkey.map(String::from).unwrap_or_default(),
            codes: codes.collect(),
            role: category.own_role(),
            focus_name: false,
            name_edited: false,
        }
    }

    /// Gives the keyboard to the name.
    pub fn focus_name(&mut self) {
        self.focus_name = true;
    }

    /// Shows name, key, colour, parent and definition.
    pub fn main(&mut self, ui: &mut Ui, codebook: &Codebook) -> FieldEvents {
        let mut events = FieldEvents::default();
        self.name_and_key(ui, &mut events);
        self.messages(ui, codebook, &mut events);
        widgets::caption(ui, words::colour());
        colour_choice(ui, &mut self.draft.colour);
        ui.add_space(space::S);
        self.parent(ui, codebook);
        ui.add_space(space::S);
        widgets::caption(ui, role_words::role());
        role_choice(ui, role_words::role(), &mut self.role);
        ui.add_space(space::S);
        let (name, definition) = (common::definition(), &mut self.draft.definition);
        events.typing |= text_field(ui, name, definition, 3, words::definition_hint()).has_focus();
        events
    }

    /// Shows coding rules, examples, and codes in other schemes; returns whether the user is typing.
    pub fn more(&mut self, ui: &mut Ui) -> bool {
        ui.add_space(space::S);
        let mut typing = false;
        let draft = &mut self.draft;
        typing |= text_field(ui, words::include(), &mut draft.include, 2, words::include_hint()).has_focus();
        ui.add_space(space::S);
        typing |= text_field(ui, words::exclude(), &mut draft.exclude, 2, words::exclude_hint()).has_focus();
        ui.add_space(space::S);
        widgets::caption(ui, words::examples());
        typing |= text_list(ui, words::example(), &mut draft.examples, "");
        ui.add_space(space::S);
        widgets::caption(ui, words::codes());
        typing | self.codes(ui)
    }

    /// Shows whether the category is closed to new passages.
    pub fn retired(&mut self, ui: &mut Ui) {
        ui.checkbox(&mut self.draft.retired, words::retired()).on_hover_text(words::retired_hint());
    }

    fn name_and_key(&mut self, ui: &mut Ui, events: &mut FieldEvents) {
        ui.horizontal_top(|ui| {
            let width = ui.available_width() - KEY_WIDTH - space::S;
            ui.allocate_ui(egui::vec2(width, 0.0), |ui| {
                ui.vertical(|ui| {
                    let field = text_field(ui, common::name(), &mut self.draft.name, 1, "");
                    if std::mem::take(&mut self.focus_name) {
                        field.request_focus();
                    }
                    self.name_edited |= field.changed();
                    events.typing |= field.has_focus();
                    events.entered |= entered(&field);
                });
            });
            ui.vertical(|ui| {
                ui.set_width(KEY_WIDTH);
                let field = text_field(ui, words::key(), &mut self.hotkey, 1, words::key_none());
                let field = field.on_hover_text(words::key_hint());
                let typed = self.hotkey.trim().chars().last();
                if field.changed() {
                    self.hotkey = typed.map(|key| key.to_lowercase().to_string()).unwrap_or_default();
                }
                events.typing |= field.has_focus();
                events.entered |= entered(&field);
            });
        });
    }

    /// Shows what can't be applied as it is.
    fn messages(&mut self, ui: &mut Ui, codebook: &Codebook, events: &mut FieldEvents) {
        if let Some(clash) = self.key_clash(codebook) {
            let text = words::key_taken(&self.hotkey, &clash.name);
            if message_line(ui, Some(&text), Some(words::use_key_here())) {
                events.release_key_of = Some(clash.id.clone());
            }
            return;
        }
        let untouched = self.draft.name.is_empty() && !self.name_edited;
        let problem = self.problem(codebook).filter(|_| !untouched);
        message_line(ui, problem.as_deref(), None);
    }

    /// Why name or key can't be applied as they are.
    pub fn problem(&self, codebook: &Codebook) -> Option<String> {
        let name = self.draft.name.trim();
        if name.is_empty() {
            return Some(words::name_missing().to_owned());
        }
        if !self.hotkey.trim().is_empty() && self.key().is_none() {
            return Some(words::key_invalid().to_owned());
        }
        if let Some(clash) = self.key_clash(codebook) {
            return Some(words::key_taken(&self.hotkey, &clash.name));
        }
        let same = codebook.categories.iter().any(|other| other.id != self.draft.id && other.name == name);
        same.then(|| words::name_taken(name))
    }

    fn key(&self) -> Option<char> {
        let key = self.hotkey.trim().chars().next()?.to_ascii_lowercase();
        (key.is_ascii_lowercase() || ('1'..='9').contains(&key)).then_some(key)
    }

    fn key_clash<'a>(&self, codebook: &'a Codebook) -> Option<&'a Arc<Category>> {
        let key = self.key().filter(|_| !self.draft.retired)?;
        codebook.by_hotkey(key).filter(|other| other.id != self.draft.id)
    }

    fn parent(&mut self, ui: &mut Ui, codebook: &Codebook) {
        widgets::caption(ui, words::parent());
        let own = |id: &CategoryId| *id == self.draft.id || codebook.is_descendant(id, &self.draft.id);
        let parent = self.draft.parent.as_ref().filter(|id| codebook.category(id).is_some());
        let shown = parent.map_or(words::no_parent(), |id| codebook.name_of(id)).to_owned();
        let mut chosen = self.draft.parent.clone();
        widgets::combo(ui, words::parent(), shown, 220.0, |ui| {
            ui.selectable_value(&mut chosen, None, words::no_parent());
            for category in codebook.categories.iter().filter(|category| !own(&category.id)) {
                if widgets::category_item(ui, category).clicked() {
                    chosen = Some(category.id.clone());
                    ui.close();
                }
            }
        });
        self.draft.parent = chosen;
    }

    fn codes(&mut self, ui: &mut Ui) -> bool {
        let mut typing = false;
        let mut remove = None;
        for (index, (scheme, codes)) in self.codes.iter_mut().enumerate() {
            ui.push_id(("code", index), |ui| {
                ui.horizontal(|ui| {
                    let number = index + 1;
                    let field = bare_field(ui, &words::scheme(number), scheme, words::scheme_hint(), 120.0);
                    typing |= field.has_focus();
                    let width = ui.available_width() - widgets::ICON_BUTTON - space::S;
                    let name = words::codes_of(number);
                    typing |= bare_field(ui, &name, codes, words::codes_hint(), width).has_focus();
                    if widgets::icon_button(ui, m::ICON_CLOSE, &words::remove_scheme(number)).clicked() {
                        remove = Some(index);
                    }
                });
            });
        }
        if let Some(index) = remove {
            self.codes.remove(index);
        }
        if ui.button(words::add_scheme()).on_hover_text(words::add_scheme_hint()).clicked() {
            self.codes.push((String::new(), String::new()));
        }
        typing
    }

    /// The category as typed. What is invalid stays as in `base`.
    pub fn finished(&self, base: &Category, codebook: &Codebook) -> Category {
        let mut category = self.draft.clone();
        category.name = category.name.trim().to_owned();
        if category.name.is_empty() {
            category.name.clone_from(&base.name);
        }
        let refused = self.key_clash(codebook).is_some() || !self.hotkey.is_empty() && self.key().is_none();
        let others = |key: &char| codebook.by_hotkey(*key).is_some_and(|other| other.id != base.id);
        category.hotkey = if refused { base.hotkey.filter(|key| !others(key)) } else { self.key() };
        for text in category.examples.iter_mut() {
            *text = text.trim().to_owned();
        }
        category.examples.retain(|text| !text.is_empty());
        category.codes = codes_of(&self.codes);
        if self.role != base.own_role() {
            return category.with_role(self.role);
        }
        let codes = base.codes.get_key_value(MoveRole::SCHEME);
        category.codes.extend(codes.map(|(scheme, codes)| (scheme.clone(), codes.clone())));
        category
    }
}

fn entered(field: &egui::Response) -> bool {
    field.lost_focus() && field.ctx.input(|input| input.key_pressed(egui::Key::Enter))
}

/// The codes as typed, by scheme.
fn codes_of(typed: &[(String, String)]) -> BTreeMap<SmolStr, Vec<SmolStr>> {
    let mut out: BTreeMap<SmolStr, Vec<SmolStr>> = BTreeMap::new();
    for (scheme, codes) in typed {
        let codes = codes.split(',').map(str::trim).filter(|code| !code.is_empty()).map(SmolStr::new);
        let codes: Vec<SmolStr> = codes.collect();
        if !scheme.trim().is_empty() && !codes.is_empty() {
            out.entry(scheme.trim().into()).or_default().extend(codes);
        }
    }
    out
}
