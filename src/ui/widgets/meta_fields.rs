//! The fields for the details of a document: title, date, author, source.

use egui::{RichText, Ui};

use super::caption;
use crate::theme::{Tokens, size, space};
use crate::words::document as words;
use demarche_model::{Date, DocumentMeta};

/// The fields with what is typed in them.
pub struct MetaFields {
    title: String,
    date: String,
    author: String,
    source: String,
}

impl MetaFields {
    /// Creates the fields with the details of a document.
    pub fn new(meta: &DocumentMeta) -> Self {
        Self {
            title: meta.title.clone(),
            date: meta.date.as_ref().map(|date| date.to_string()).unwrap_or_default(),
            author: meta.author.clone(),
            source: meta.source.clone(),
        }
    }

    /// Shows the fields in two rows: first the title, then the others.
    pub fn ui_in_rows(&mut self, ui: &mut Ui) {
        let gap = space::S;
        super::text_field(ui, words::title(), &mut self.title, 1, "");
        let width = (ui.available_width() - 2.0 * gap) / 3.0;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            let fields = [
                (words::date(), &mut self.date, words::date_hint()),
                (words::author(), &mut self.author, words::author_hint()),
                (words::source(), &mut self.source, words::source_hint()),
            ];
            for (name, field, hint) in fields {
                ui.vertical(|ui| {
                    ui.set_width(width);
                    super::text_field(ui, name, field, 1, hint);
                });
            }
        });
        self.error(ui);
    }

    /// Shows the fields, and returns whether one of them lost the focus.
    pub fn ui(&mut self, ui: &mut Ui) -> bool {
        let mut left = false;
        let fields = [
            (words::title(), &mut self.title, ""),
            (words::date(), &mut self.date, words::date_hint()),
            (words::author(), &mut self.author, words::author_hint()),
            (words::source(), &mut self.source, words::source_hint()),
        ];
        for (name, field, hint) in fields {
            caption(ui, name);
            let response =
                ui.add(egui::TextEdit::singleline(field).hint_text(hint).desired_width(f32::INFINITY));
            left |= response.lost_focus();
        }
        self.error(ui);
        left
    }

    /// Shows what is wrong in the fields.
    fn error(&self, ui: &mut Ui) {
        let wrong = if self.title.trim().is_empty() {
            words::title_missing()
        } else if !self.date.trim().is_empty() && Date::parse(&self.date).is_none() {
            words::not_a_date()
        } else {
            return;
        };
        ui.label(RichText::new(wrong).size(size::SMALL).color(Tokens::of(ui).error));
    }

    /// Returns the details with what was typed, or `None` if a field is invalid.
    pub fn applied_to(&self, meta: &DocumentMeta) -> Option<DocumentMeta> {
        let date = match self.date.trim() {
            "" => None,
            date => Some(Date::parse(date)?),
        };
        let title = self.title.trim().to_owned();
        (!title.is_empty()).then(|| DocumentMeta {
            title,
            date,
            author: self.author.trim().to_owned(),
            source: self.source.trim().to_owned(),
            ..meta.clone()
        })
    }
}
