//! The fields for what is known of a document: title, date, author, source.

use egui::{RichText, Ui};

use super::caption;
use crate::theme::{Tokens, size, space};
use demarche_model::{Date, DocumentMeta};

/// What is typed into the fields.
pub struct MetaFields {
    title: String,
    date: String,
    author: String,
    source: String,
}

impl MetaFields {
    /// Begins with what is known.
    pub fn new(meta: &DocumentMeta) -> Self {
        Self {
            title: meta.title.clone(),
            date: meta.date.as_ref().map(|date| date.to_string()).unwrap_or_default(),
            author: meta.author.clone(),
            source: meta.source.clone(),
        }
    }

    /// Shows the fields in two rows: the title, then all else.
    pub fn ui_in_rows(&mut self, ui: &mut Ui) {
        let gap = space::S;
        super::text_field(ui, "Title", &mut self.title, 1, "");
        let width = (ui.available_width() - 2.0 * gap) / 3.0;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            let fields = [
                ("Date", &mut self.date, "2026-03-14, 2026-03 or 2026"),
                ("Author", &mut self.author, "who wrote or said it"),
                ("Source", &mut self.source, "publisher, address"),
            ];
            for (name, field, hint) in fields {
                ui.vertical(|ui| {
                    ui.set_width(width);
                    super::text_field(ui, name, field, 1, hint);
                });
            }
        });
        self.complain(ui);
    }

    /// Shows the fields; says whether one of them has been left.
    pub fn ui(&mut self, ui: &mut Ui) -> bool {
        let mut left = false;
        let fields = [
            ("Title", &mut self.title, ""),
            ("Date", &mut self.date, "2026-03-14, 2026-03 or 2026"),
            ("Author", &mut self.author, "who wrote or said it"),
            ("Source", &mut self.source, "publisher, address, archive"),
        ];
        for (name, field, hint) in fields {
            caption(ui, name);
            let response =
                ui.add(egui::TextEdit::singleline(field).hint_text(hint).desired_width(f32::INFINITY));
            left |= response.lost_focus();
        }
        self.complain(ui);
        left
    }

    /// Says what is wrong in the fields.
    fn complain(&self, ui: &mut Ui) {
        let wrong = if self.title.trim().is_empty() {
            "A title is needed."
        } else if !self.date.trim().is_empty() && Date::parse(&self.date).is_none() {
            "Not a date; write 2026-03-14, 2026-03 or 2026."
        } else {
            return;
        };
        ui.label(RichText::new(wrong).size(size::SMALL).color(Tokens::of(ui).error));
    }

    /// The details with what was typed; `None` where that can't be.
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
