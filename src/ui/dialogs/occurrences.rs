//! Tagging every place where some words stand.

use egui::{RichText, Ui};

use super::Outcome;
use crate::category_keys;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::widgets;
use demarche_analysis::search::Query;
use demarche_model::CategoryId;
use demarche_session::{AnnotateAction, OccurrenceScope, Session, count_occurrences};

/// Text that is counted at most while one types, in bytes.
const COUNTED: usize = 4 << 20;

/// What is being filled in.
pub struct OccurrencesForm {
    query: Query,
    scope: OccurrenceScope,
    category: Option<CategoryId>,
    counted: Option<(Query, OccurrenceScope, Option<usize>)>,
}

impl OccurrencesForm {
    /// Offers the selected words.
    pub fn new(session: &Session) -> Self {
        Self {
            query: session.selected_words().unwrap_or_default(),
            scope: OccurrenceScope::Document,
            category: session.last_category().cloned(),
            counted: None,
        }
    }

    /// Shows the form. A category's key chooses it.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        super::title(ui, "Tag every occurrence");
        widgets::caption(ui, "Words");
        let field = ui.add(egui::TextEdit::singleline(&mut self.query.pattern).desired_width(f32::INFINITY));
        ui.horizontal(|ui| {
            ui.checkbox(&mut self.query.whole_words, "whole words");
            ui.checkbox(&mut self.query.match_case, "match case");
        });
        ui.horizontal(|ui| {
            ui.radio_value(&mut self.scope, OccurrenceScope::Document, "in this document");
            ui.radio_value(&mut self.scope, OccurrenceScope::Project, "in all documents");
        });
        self.count(ui, session);
        ui.add_space(space::S);
        widgets::caption(ui, "Tag as");
        self.categories(ui, session, field.has_focus());
        let ready = self.category.is_some() && self.query.compile().is_ok();
        match (super::buttons(ui, "Tag all", ready), self.category.clone()) {
            (Some(true), Some(category)) => {
                requests.push(AnnotateAction::TagEvery {
                    query: self.query.clone(),
                    scope: self.scope,
                    category,
                });
                Outcome::Close
            }
            (Some(_), _) => Outcome::Close,
            (None, _) => Outcome::Stay,
        }
    }

    fn count(&mut self, ui: &mut Ui, session: &Session) {
        let known = self
            .counted
            .as_ref()
            .is_some_and(|(query, scope, _)| *query == self.query && *scope == self.scope);
        if !known {
            let count = count_occurrences(session, &self.query, self.scope, COUNTED);
            self.counted = Some((self.query.clone(), self.scope, count));
        }
        let text = match self.counted.as_ref().and_then(|(_, _, count)| *count) {
            Some(0) => "Stands nowhere there.".to_owned(),
            Some(1) => "Stands there once.".to_owned(),
            Some(count) => format!(
                "Stands there {} times. What is tagged so already stays as it is.",
                widgets::count(count)
            ),
            None => "Will be counted when it is tagged.".to_owned(),
        };
        ui.label(RichText::new(text).size(size::SMALL).color(Tokens::of(ui).text_weak));
    }

    fn categories(&mut self, ui: &mut Ui, session: &Session, typing: bool) {
        let codebook = session.project().codebook();
        if !typing {
            let pressed = ui.input_mut(|input| category_keys::consume(input, codebook));
            self.category = pressed.into_iter().next_back().or(self.category.take());
        }
        egui::ScrollArea::vertical().id_salt("categories").max_height(220.0).show(ui, |ui| {
            for category in codebook.categories.iter().filter(|category| !category.retired) {
                let chosen = self.category.as_ref() == Some(&category.id);
                let response = widgets::category_item(ui, category);
                if chosen {
                    widgets::focus_ring(ui, response.rect);
                }
                if response.clicked() {
                    self.category = Some(category.id.clone());
                }
            }
        });
    }
}
