//! A category, new or known.

use std::sync::Arc;

use egui::{RichText, Ui};

use super::Outcome;
use crate::model::{Category, CategoryId, Codebook, Colour, slug};
use crate::session::{Action, CodebookChange, Session};
use crate::ui::theme::{Tokens, size, space};
use crate::ui::widgets;

/// What is being filled in.
pub struct CategoryForm {
    category: Category,
    hotkey: String,
    new: bool,
    focused: bool,
}

impl CategoryForm {
    /// A new category, with a colour and a key that are free.
    pub fn new(codebook: &Codebook) -> Self {
        let used: Vec<Colour> = codebook.categories.iter().map(|category| category.colour).collect();
        let free = Colour::PALETTE.into_iter().find(|colour| !used.contains(colour));
        let hotkey = ('1'..='9').chain('a'..='z').find(|key| codebook.by_hotkey(*key).is_none());
        let category = Category {
            hotkey,
            ..Category::new(
                CategoryId::new(""),
                "",
                free.unwrap_or_else(|| Colour::nth(codebook.categories.len())),
            )
        };
        Self { hotkey: hotkey.map(String::from).unwrap_or_default(), category, new: true, focused: false }
    }

    /// A category of the codebook.
    pub fn edit(category: &Category) -> Self {
        let hotkey = category.hotkey.map(String::from).unwrap_or_default();
        Self { category: category.clone(), hotkey, new: false, focused: false }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, actions: &mut Vec<Action>) -> Outcome {
        super::title(ui, if self.new { "New category" } else { "Category" });
        let codebook = session.project().codebook();
        self.name_and_key(ui);
        self.colours(ui);
        for (name, field, rows) in [
            ("Definition", &mut self.category.definition, 2),
            ("Include", &mut self.category.include, 2),
            ("Exclude", &mut self.category.exclude, 2),
        ] {
            widgets::caption(ui, name);
            ui.add(egui::TextEdit::multiline(field).desired_rows(rows).desired_width(f32::INFINITY));
        }
        let problem = self.problem(codebook);
        ui.add_space(space::XS);
        let text = problem.clone().unwrap_or_else(|| " ".to_owned());
        ui.label(RichText::new(text).size(size::SMALL).color(Tokens::of(ui).error));
        match buttons(ui, self.new, problem.is_none() && !self.category.name.trim().is_empty()) {
            Some(true) => {
                actions
                    .push(Action::Codebook(CodebookChange::PutCategory(Box::new(self.finished(codebook)))));
                Outcome::Close
            }
            Some(false) => Outcome::Close,
            None => Outcome::Stay,
        }
    }

    fn name_and_key(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            ui.vertical(|ui| {
                widgets::caption(ui, "Name");
                let field = ui.add(egui::TextEdit::singleline(&mut self.category.name).desired_width(360.0));
                if !std::mem::replace(&mut self.focused, true) {
                    field.request_focus();
                }
            });
            ui.vertical(|ui| {
                widgets::caption(ui, "Key");
                ui.add(egui::TextEdit::singleline(&mut self.hotkey).char_limit(1).desired_width(40.0));
            });
        });
    }

    fn colours(&mut self, ui: &mut Ui) {
        widgets::caption(ui, "Colour");
        ui.horizontal(|ui| {
            for colour in Colour::PALETTE {
                let (rect, response) = ui.allocate_exact_size(egui::vec2(24.0, 24.0), egui::Sense::click());
                ui.painter().rect_filled(rect.shrink(3.0), 4.0, Tokens::of(ui).category(colour));
                if self.category.colour == colour {
                    widgets::focus_ring(ui, rect);
                }
                if response.clicked() {
                    self.category.colour = colour;
                }
            }
            let Colour(mut rgb) = self.category.colour;
            if ui.color_edit_button_srgb(&mut rgb).on_hover_text("Another colour").changed() {
                self.category.colour = Colour(rgb);
            }
        });
    }

    /// Why the category can't be taken as it is.
    fn problem(&self, codebook: &Codebook) -> Option<String> {
        let key = self.key();
        if !self.hotkey.trim().is_empty() && key.is_none() {
            return Some("A key is a digit from 1 to 9 or a letter from a to z.".to_owned());
        }
        let other = |category: &&Arc<Category>| category.id != self.category.id && !category.retired;
        let clash =
            codebook.categories.iter().filter(other).find(|category| key.is_some() && category.hotkey == key);
        if let Some(clash) = clash {
            return Some(format!("This key tags as {} already.", clash.name));
        }
        let name = self.category.name.trim();
        let same = codebook.categories.iter().filter(other).any(|category| category.name == name);
        same.then(|| format!("There is a category {name} already."))
    }

    fn key(&self) -> Option<char> {
        let key = self.hotkey.trim().chars().next()?.to_ascii_lowercase();
        (key.is_ascii_lowercase() || ('1'..='9').contains(&key)).then_some(key)
    }

    fn finished(&self, codebook: &Codebook) -> Category {
        let mut category = Category { hotkey: self.key(), ..self.category.clone() };
        category.name = category.name.trim().to_owned();
        if self.new {
            category.id = codebook.free_id(&slug(&category.name, "category"));
        }
        category
    }
}

/// As [`super::buttons`], but Enter is for the fields of several lines.
fn buttons(ui: &mut Ui, new: bool, enabled: bool) -> Option<bool> {
    let mut answer = None;
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        ui.add_enabled_ui(enabled, |ui| {
            if widgets::primary_button(ui, if new { "Add category" } else { "Apply" }).clicked() {
                answer = Some(true);
            }
        });
        if ui.button("Cancel").clicked() {
            answer = Some(false);
        }
    });
    answer
}
