//! The fields of a category: what is typed of it, until it is taken.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::theme::icons as m;
use egui::Ui;
use smol_str::SmolStr;

use super::colours::colour_choice;
use crate::theme::space;
use crate::widgets::{self, bare_field, message_line, text_field, text_list};
use demarche_model::{Category, CategoryId, Codebook};

/// What is typed of a category.
pub struct CategoryFields {
    draft: Category,
    hotkey: String,
    codes: Vec<(String, String)>,
    focus_name: bool,
}

/// What came of showing the fields.
#[derive(Default)]
pub struct Shown {
    /// Somebody is typing, so that nothing shall be taken yet.
    pub typing: bool,
    /// Enter was pressed in the name or the key.
    pub entered: bool,
    /// A category whose key is wanted for this one.
    pub take_key_of: Option<CategoryId>,
}

impl CategoryFields {
    /// Begins with what the category says.
    pub fn new(category: &Category) -> Self {
        let codes = category.codes.iter().map(|(scheme, codes)| (scheme.to_string(), codes.join(", ")));
        Self {
            draft: category.clone(),
            hotkey: category.hotkey.map(String::from).unwrap_or_default(),
            codes: codes.collect(),
            focus_name: false,
        }
    }

    /// Gives the name the keyboard.
    pub fn focus_name(&mut self) {
        self.focus_name = true;
    }

    /// The fields that a category can't do without, and its meaning.
    pub fn main(&mut self, ui: &mut Ui, codebook: &Codebook) -> Shown {
        let mut shown = Shown::default();
        self.name_and_key(ui, &mut shown);
        self.messages(ui, codebook, &mut shown);
        widgets::caption(ui, "Colour");
        colour_choice(ui, &mut self.draft.colour);
        ui.add_space(space::S);
        self.parent(ui, codebook);
        ui.add_space(space::S);
        let hint = "What it means, in a sentence or two";
        shown.typing |= text_field(ui, "Definition", &mut self.draft.definition, 3, hint).has_focus();
        shown
    }

    /// What helps people to tag alike, and what ties the category to other schemes.
    pub fn more(&mut self, ui: &mut Ui) -> bool {
        ui.add_space(space::S);
        let mut typing = false;
        let draft = &mut self.draft;
        typing |=
            text_field(ui, "Include", &mut draft.include, 2, "What is to be tagged with it").has_focus();
        ui.add_space(space::S);
        typing |= text_field(ui, "Exclude", &mut draft.exclude, 2, "What is not").has_focus();
        ui.add_space(space::S);
        widgets::caption(ui, "Examples");
        typing |= text_list(ui, "example", &mut draft.examples, "");
        ui.add_space(space::S);
        widgets::caption(ui, "Codes of other schemes");
        typing | self.codes(ui)
    }

    /// Whether it is closed for new passages.
    pub fn retired(&mut self, ui: &mut Ui) {
        ui.checkbox(&mut self.draft.retired, "Retired").on_hover_text(
            "Closed for new passages. What is tagged with it stays, and it can be opened again.",
        );
    }

    fn name_and_key(&mut self, ui: &mut Ui, shown: &mut Shown) {
        ui.horizontal_top(|ui| {
            let width = ui.available_width() - 80.0;
            ui.allocate_ui(egui::vec2(width, 0.0), |ui| {
                ui.vertical(|ui| {
                    let field = text_field(ui, "Name", &mut self.draft.name, 1, "");
                    if std::mem::take(&mut self.focus_name) {
                        field.request_focus();
                    }
                    shown.typing |= field.has_focus();
                    shown.entered |= entered(&field);
                });
            });
            ui.vertical(|ui| {
                ui.set_width(60.0);
                let field = text_field(ui, "Key", &mut self.hotkey, 1, "none");
                let field = field.on_hover_text("The key that tags with it: 1–9 or a letter");
                let typed = self.hotkey.trim().chars().last();
                if field.changed() {
                    self.hotkey = typed.map(|key| key.to_lowercase().to_string()).unwrap_or_default();
                }
                shown.typing |= field.has_focus();
                shown.entered |= entered(&field);
            });
        });
    }

    /// Says at once what can't be taken as it is.
    fn messages(&mut self, ui: &mut Ui, codebook: &Codebook, shown: &mut Shown) {
        if let Some(clash) = self.key_clash(codebook) {
            let text = format!("{} is the key of {}.", self.hotkey, clash.name);
            if message_line(ui, Some(&text), Some("Take it over")) {
                shown.take_key_of = Some(clash.id.clone());
            }
            return;
        }
        message_line(ui, self.problem(codebook).as_deref(), None);
    }

    /// Why the name or the key can't be taken.
    pub fn problem(&self, codebook: &Codebook) -> Option<String> {
        let name = self.draft.name.trim();
        if name.is_empty() {
            return Some("A category needs a name.".to_owned());
        }
        if !self.hotkey.trim().is_empty() && self.key().is_none() {
            return Some("A key is a digit from 1 to 9 or a letter from a to z.".to_owned());
        }
        if let Some(clash) = self.key_clash(codebook) {
            return Some(format!("{} is the key of {}.", self.hotkey, clash.name));
        }
        let same = codebook.categories.iter().any(|other| other.id != self.draft.id && other.name == name);
        same.then(|| format!("There is another category {name}."))
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
        widgets::caption(ui, "Stands under");
        let own = |id: &CategoryId| *id == self.draft.id || codebook.is_descendant(id, &self.draft.id);
        let parent = self.draft.parent.as_ref().filter(|id| codebook.category(id).is_some());
        let chosen = parent.map_or("nothing", |id| codebook.name_of(id)).to_owned();
        let mut wanted = self.draft.parent.clone();
        widgets::combo(ui, "Stands under", chosen, 220.0, |ui| {
            ui.selectable_value(&mut wanted, None, "nothing");
            for category in codebook.categories.iter().filter(|category| !own(&category.id)) {
                if widgets::category_item(ui, category).clicked() {
                    wanted = Some(category.id.clone());
                    ui.close();
                }
            }
        });
        self.draft.parent = wanted;
    }

    fn codes(&mut self, ui: &mut Ui) -> bool {
        let mut typing = false;
        let mut remove = None;
        for (at, (scheme, codes)) in self.codes.iter_mut().enumerate() {
            ui.push_id(("code", at), |ui| {
                ui.horizontal(|ui| {
                    let number = at + 1;
                    let field = bare_field(ui, &format!("Scheme {number}"), scheme, "Scheme", 120.0);
                    typing |= field.has_focus();
                    let width = ui.available_width() - widgets::ICON_BUTTON - space::S;
                    let name = format!("Codes of scheme {number}");
                    typing |= bare_field(ui, &name, codes, "Codes, with commas", width).has_focus();
                    if widgets::icon_button(ui, m::ICON_CLOSE, &format!("Remove scheme {number}")).clicked() {
                        remove = Some(at);
                    }
                });
            });
        }
        if let Some(at) = remove {
            self.codes.remove(at);
        }
        if ui.button("Add a scheme").on_hover_text("Such as CAMEO with the code 13").clicked() {
            self.codes.push((String::new(), String::new()));
        }
        typing
    }

    /// The category as typed. What can't be taken stays as `base` has it.
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
        category
    }
}

fn entered(field: &egui::Response) -> bool {
    field.lost_focus() && field.ctx.input(|input| input.key_pressed(egui::Key::Enter))
}

/// The codes as typed, those of one scheme together.
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
